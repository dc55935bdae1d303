//! A change of a thing and a page that refers to it -> whether the page shows what changed.

use super::called::fits_only_then;
use super::change::Change;
use super::passage::{Page, Passage, is_telling};
use super::reference::{Reference, Way};
use super::stated::is_stated;
use super::written::Written;
use crate::check::word::has_word;

/// Whether what the page at `text` says of `name` may no longer hold.
/// `is_anywhere` tells whether a source has a text, `file` is all of the file of the thing.
pub(super) fn is_touched(
    (reference, text): (&Reference<'_>, &str),
    name: &str,
    (then, now): (&Written, &Written),
    file: &str,
    is_anywhere: impl Fn(&str) -> bool,
) -> bool {
    let Some(change) = Change::between(then, now, file) else { return false };
    let is_explicit = reference.is_explicit(text);
    if change.is_out_of_use || is_explicit && change.is_seen {
        return true;
    }
    let page = Page::new(text);
    let offset = reference.span.start as usize;
    let (near, around) = match reference.way {
        Way::ByThing => (page.whole(), page.whole()),
        _ if is_explicit => (page.section(offset), page.section(offset)),
        _ => (page.block(offset), page.section(offset)),
    };
    let shows = |name: &String| {
        let is_shown = |passage: &Passage| has_word(passage.code.as_bytes(), name);
        match is_telling(name) {
            true => is_shown(&around) || is_shown(&page.whole()) && !is_anywhere(name),
            false => reference.way != Way::ByThing && is_shown(&near),
        }
    };
    let is_misused = || match (then.call, now.call) {
        (Some(then), Some(now)) => fits_only_then(&around.listing, name, then, now),
        _ => false,
    };
    let states = |value: &String| {
        let is_number = value.starts_with(|first: char| first.is_ascii_digit());
        let is_meant = is_number || is_telling(value) || reference.way != Way::ByThing;
        // A duration that is not another everywhere may be that of a window: `rate(x[5m])`.
        let is_elsewhere = now.parts.iter().any(|part| part.contains(value.as_str()));
        is_meant && if is_elsewhere { is_stated(&near.without_windows(), value) } else { is_stated(&near, value) }
    };
    change.names.iter().any(shows) || change.values.iter().any(states) || is_misused()
}
