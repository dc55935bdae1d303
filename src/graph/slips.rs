//! A path that leads nowhere -> what to write instead, when it shows that something else than a path was meant.

use super::Node;
use super::resolve::Resolver;

/// What to write instead of `written` in the text of `from`, as a hint.
pub(super) fn instead(resolver: &Resolver<'_>, from: &Node, written: &str) -> Option<String> {
    slip(written).or_else(|| defined(resolver, from, written))
}

/// What to write instead of `written`, when the text of the page defines a link of this name: `[text](limits)` beside `[limits]: …`.
fn defined(resolver: &Resolver<'_>, from: &Node, written: &str) -> Option<String> {
    let text = resolver.files.source(from.span.file).filter(|_| !written.contains(['/', '.', '`']))?;
    let names = text.text().lines().filter_map(|line| Some(line.trim_start().strip_prefix('[')?.split_once("]:")?.0));
    let name = names.into_iter().find(|name| name.eq_ignore_ascii_case(written))?;
    Some(format!("`[{name}]: …` is defined in this file: write `[text][{name}]`"))
}

/// What to write instead of `written`, when that is plain: something else than a path was meant.
fn slip(written: &str) -> Option<String> {
    let (first, rest) = written.split_once('/').unwrap_or((written, ""));
    let is_host = |name: &str| {
        let (before, ending) = name.rsplit_once('.').unwrap_or_default();
        !before.is_empty() && matches!(ending, "com" | "dev" | "edu" | "gov" | "io" | "net" | "org")
    };
    let is_placeholder = |name: &str| matches!(name, "TODO" | "todo" | "TBD" | "tbd" | "FIXME");
    match written {
        _ if written.contains("://") => {
            Some("there is something before or behind the address, such as one more bracket".to_owned())
        }
        "broken-reference" => Some("GitBook had lost where this leads: link to something".to_owned()),
        "link" | "url" | "URL" => Some("a placeholder was left: link to something".to_owned()),
        _ if is_placeholder(written.split_once(':').map_or(written, |(first, _)| first)) => {
            Some("a placeholder was left: link to something".to_owned())
        }
        _ if first.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host)) && rest.is_empty() => {
            Some(format!("write `mailto:{written}`"))
        }
        _ if first.len() > 1 && first.starts_with('@') && rest.is_empty() => {
            Some("write the whole address of whom you mean".to_owned())
        }
        _ if is_host(first) => Some(format!("write `https://{written}`")),
        _ => {
            let (path, line) = written.rsplit_once(':')?;
            let is_line = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
            is_line.then(|| format!("write `{path}#L{line}`"))
        }
    }
}
