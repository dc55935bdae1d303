//! A listing and the name of a function -> how it is called or declared there.

use super::blank::shape;
use super::written::Call;
use crate::check::word::has_word;

/// Whether `listing` calls or declares the function of that name as it was, and not as it is.
pub(super) fn fits_only_then(listing: &str, name: &str, then: Call, now: Call) -> bool {
    let (owner, own) = name.rsplit_once("::").map_or(("", name), |(owner, own)| (owner, own));
    let owner = owner.rsplit("::").next().unwrap_or_default();
    if own.is_empty() {
        return false;
    }
    let shape = shape(listing);
    shape.match_indices(own).any(|(at, _)| {
        let (before, rest) = (&shape[..at], &shape[at + own.len()..]);
        let Some(arguments) = arguments(rest) else { return false };
        let way = match before {
            _ if before.trim_end().ends_with("fn") => Way::Declared,
            _ if before.ends_with('.') => Way::OnValue,
            _ if before.ends_with("::") && before.trim_end_matches("::").ends_with(owner) => Way::OnType,
            _ if before.ends_with("::") => return false,
            _ if before.ends_with(|one: char| one.is_alphanumeric() || one == '_') => return false,
            // A function alone has no owner that would be told.
            _ if !then.is_method && !owner.starts_with(char::is_uppercase) => Way::OnType,
            _ => return false,
        };
        let fits = |call: Call| match way {
            Way::Declared => arguments == (call.parameters + usize::from(call.is_method)),
            Way::OnValue => call.is_method && arguments == call.parameters,
            Way::OnType => arguments == call.parameters + usize::from(call.is_method),
        };
        // What declares it of the very type is about nothing else.
        let is_own = || matches!(way, Way::Declared) && !owner.is_empty() && has_word(shape.as_bytes(), owner);
        !fits(now) && (fits(then) || is_own())
    })
}

/// How a function is named.
enum Way {
    Declared,
    OnValue,
    OnType,
}

/// How many arguments stand in the parentheses at the beginning of `rest`. `None` for none, and for what leaves some out.
fn arguments(rest: &str) -> Option<usize> {
    let rest =
        rest.strip_prefix('(').or_else(|| Some(rest.trim_start_matches(':').strip_prefix('<')?.split_once(">(")?.1))?;
    let (mut depth, mut count, mut has_any) = (0_usize, 0, false);
    for (place, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' if depth == 0 => {
                // Closures have commas of their own.
                let is_elided = rest[..place].contains(['\u{2026}', '|']) || rest[..place].contains("..");
                return (!is_elided).then_some(count + usize::from(has_any));
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                count += usize::from(has_any);
                has_any = false;
                continue;
            }
            _ => {}
        }
        has_any |= !byte.is_ascii_whitespace();
    }
    None
}
