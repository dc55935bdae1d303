//! Code between backticks -> what it names, when it looks like the name of something in the repository.

use super::destination::Destination;
use super::keys::is_key;
use crate::graph::{KEY, Need, Target, VARIABLE, is_variable_name};
use crate::source::Interned;

/// Longer texts are no names.
const LONGEST: usize = 200;

/// What `code` names: a file (`src/orders.rs`, `docs/guides/`), or an item of Rust (`shop::orders::Order`), an
/// environment variable (`SHOP_PORT`, `SHOP_PORT=80`), a key of a configuration (`store.max-size`). It may be something else altogether.
pub(super) fn named(code: &str) -> Option<Destination> {
    if code.len() > LONGEST {
        return None;
    }
    let variable = code.split('=').next().unwrap_or(code);
    let (scheme, code) = match () {
        () if is_item(code) => ("code", code),
        () if variable.contains('_') && is_variable_name(variable) => (VARIABLE, variable),
        () if is_key(code) => (KEY, code),
        () if is_path(code) => ("file-name", code),
        () => return None,
    };
    let target = Target::Named { scheme: Interned::new(scheme), text: code.to_owned() };
    Some(Destination::Target(target, Need::May))
}

/// Names with `::` between them, `()` or `!` behind the last one.
fn is_item(code: &str) -> bool {
    let path = code.strip_suffix("()").or_else(|| code.strip_suffix('!')).unwrap_or(code);
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && name.chars().all(|character| character.is_alphanumeric() || character == '_')
    };
    path.contains("::") && path.split("::").all(is_name)
}

/// Parts with `/` between them, without anything that stands for other names.
fn is_path(code: &str) -> bool {
    let path = code.split_once(':').map_or(code, |(path, line)| {
        if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') { path } else { code }
    });
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let is_name = |part: &&str| {
        matches!(*part, "." | "..")
            || part.chars().all(|character| character.is_alphanumeric() || "-_.+@".contains(character))
    };
    parts.len() > 1
        && !parts[0].is_empty()
        && parts.iter().all(|part| !part.is_empty() && is_name(part))
        && parts.iter().any(|part| part.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn what_looks_like_a_name() {
        let names = [
            "src/orders.rs",
            "docs/guides/",
            "../a/b.md",
            "src/lib.rs:12",
            "shop::orders::Order",
            "shop::place()",
            "a::b!",
            "SHOP_PORT",
            "SHOP_PORT=80 ./shop",
            "store.max-size",
        ];
        for code in names {
            assert!(named(code).is_some(), "{code}");
        }
        let others = [
            "a",
            "a.rs",
            "A.b",
            "1.2",
            "a.b()",
            "/etc/passwd",
            "~/x/y",
            "a/*.rs",
            "a b/c",
            "https://a/b",
            "a/<b>/c",
            "{a}/b",
            "1/2",
            "a::<b>",
            "::a",
            "$A/b",
            "a//b",
            "",
            "a/b:c",
            "PORT",
        ];
        for code in others {
            assert!(named(code).is_none(), "{code}");
        }
    }
}
