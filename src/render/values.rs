//! Facts -> badges, cells and lists of values.

use std::borrow::Cow;

use super::address::Addresses;
use super::view::{FactView, Tone, ValueStyle, ValueView};
use crate::graph::{Fact, Facts, Node};

/// Facts that a page shows beside its title.
const BADGES: &[&str] = &["status", "severity", "method", "deprecated", "condition"];

/// Facts that the text of a page shows already, or that say nothing to readers.
const SHOWN_ELSEWHERE: &[&str] = &[
    "documented",
    "documented_items",
    "expr",
    "items",
    "labels",
    "metrics",
    "minutes",
    "operation_id",
    "order",
    "rules",
    "runbook_url",
    "sections",
    "signature",
    "tag",
    "visibility",
];

/// Facts whose values are code.
const CODE: &[&str] = &["expr", "for", "group", "log", "path", "reads", "shown_on", "threshold", "type"];

/// Values that are longer get a line of their own.
const LONG: usize = 32;

/// Facts are shown this deep: those of a thing in a list, and no further.
const DEEPEST: usize = 2;

/// Status, severity, method: what stands beside a title, unless the text shows it.
pub(super) fn badges<'a>(facts: &'a Facts, shown_by_text: &[&str]) -> Vec<ValueView<'a>> {
    let names = BADGES.iter().filter(|name| !shown_by_text.contains(name));
    let stated = names.filter_map(|name| Some((*name, facts.get(name)?)));
    stated.flat_map(|(name, fact)| badge(name, fact)).collect()
}

/// The badges that the fact `name` makes.
pub(super) fn badge<'a>(name: &'a str, fact: &'a Fact) -> Vec<ValueView<'a>> {
    let texts = match fact {
        Fact::Flag(false) => Vec::new(),
        Fact::Flag(true) => vec![name.into()],
        other => texts(other),
    };
    texts.into_iter().map(|text| ValueView { tone: tone(&text), style: ValueStyle::Badge, ..plain(text) }).collect()
}

/// Every fact that is not shown elsewhere, by label.
pub(super) fn facts<'a>(facts: &'a Facts, shown_by_text: &[&str]) -> Vec<FactView<'a>> {
    let is_shown = |name: &&str| ![BADGES, SHOWN_ELSEWHERE, shown_by_text].iter().any(|names| names.contains(name));
    let shown = facts.iter().filter(|(name, _)| is_shown(name));
    shown.filter_map(|(name, fact)| fact_view(name, fact, 0)).collect()
}

fn fact_view<'a>(name: &'a str, fact: &'a Fact, depth: usize) -> Option<FactView<'a>> {
    let mut view = FactView { label: label(name), values: Vec::new(), groups: Vec::new(), is_long: false };
    let items = match fact {
        Fact::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in items {
        match item {
            Fact::Map(map) if depth < DEEPEST => {
                view.groups.push(map.iter().filter_map(|(name, fact)| fact_view(name, fact, depth + 1)).collect());
            }
            other => view.values.extend(values(name, other)),
        }
    }
    let length: usize = view.values.iter().map(|value| value.text.chars().count() + 2).sum();
    view.is_long = length > LONG || !view.groups.is_empty();
    (!view.values.is_empty() || !view.groups.is_empty()).then_some(view)
}

/// The number that the fact `name` gives.
pub(super) fn number<'a>(node: &Node, name: &str) -> Option<Cow<'a, str>> {
    match node.facts.get(name)? {
        Fact::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}

/// The values of the fact `name`.
pub(super) fn values<'a>(name: &str, fact: &'a Fact) -> Vec<ValueView<'a>> {
    let style = if CODE.contains(&name) { ValueStyle::Code } else { ValueStyle::Text };
    let view = |text: Cow<'a, str>| {
        let is_address = text.starts_with("https://") || text.starts_with("http://");
        let url = if is_address { text.clone() } else { Cow::Borrowed("") };
        ValueView { style, url, ..plain(text) }
    };
    texts(fact).into_iter().filter(|text| !text.is_empty()).map(view).collect()
}

/// `text` and nothing more.
pub(super) fn plain<'a>(text: impl Into<Cow<'a, str>>) -> ValueView<'a> {
    let Addresses { href, to } = Addresses::NOWHERE;
    ValueView { text: text.into(), style: ValueStyle::Text, tone: Tone::Neutral, href, to, url: Cow::Borrowed("") }
}

/// What code calls `node`: the path of what is declared in code, which states whether it is documented there.
pub(super) fn name(node: &Node) -> &str {
    match node.facts.get("path") {
        Some(Fact::Text(path)) if node.facts.contains_key("documented") => path,
        _ => "",
    }
}

/// A short mark before the title of `node`: its HTTP method.
pub(super) fn mark(node: &Node) -> &str {
    match node.facts.get("method") {
        Some(Fact::Text(method)) => method,
        _ => "",
    }
}

fn texts(fact: &Fact) -> Vec<Cow<'_, str>> {
    match fact {
        Fact::Text(text) => vec![text.into()],
        Fact::Number(number) => vec![number.to_string().into()],
        Fact::Flag(flag) => vec![if *flag { "yes" } else { "no" }.into()],
        Fact::List(items) => items.iter().filter(|item| !matches!(item, Fact::List(_))).flat_map(texts).collect(),
        Fact::Map(map) => {
            let words = map.iter().map(|(name, fact)| format!("{name}: {}", leaf(fact)));
            vec![words.collect::<Vec<_>>().join(", ").into()]
        }
    }
}

fn leaf(fact: &Fact) -> String {
    match fact {
        Fact::List(_) | Fact::Map(_) => "…".to_owned(),
        other => texts(other).concat(),
    }
}

/// `last_reviewed` as "Last reviewed".
fn label(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", characters.as_str()).replace(" id", " ID").replace(" url", " URL")
}

/// What the colour of a badge that says `text` tells. Words that are not known tell nothing.
pub(super) fn tone(text: &str) -> Tone {
    match text.to_lowercase().as_str() {
        "accepted" | "approved" | "adopted" | "implemented" | "done" | "active" | "get" => Tone::Good,
        "proposed" | "draft" | "info" | "low" | "notice" | "post" | "in progress" => Tone::Info,
        "warning" | "warn" | "medium" | "minor" | "put" | "patch" | "ticket" | "on hold" | "deferred" => Tone::Warn,
        "critical" | "page" | "high" | "major" | "error" | "emergency" | "fatal" | "delete" | "rejected"
        | "deprecated" | "superseded" | "obsolete" | "withdrawn" => Tone::Bad,
        _ => Tone::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{badges, facts};
    use crate::graph::{Fact, Facts};

    #[test]
    fn facts_as_readers_see_them() {
        let rule = BTreeMap::from([("expr".to_owned(), Fact::from("up == 0")), ("for".to_owned(), Fact::from("5m"))]);
        let stated = Facts::from_iter([
            ("status", Fact::from("accepted")),
            ("last_reviewed", Fact::from("2024-03-01")),
            ("deprecated", Fact::from(false)),
            ("documented", Fact::from(true)),
            ("servers", Fact::from(vec!["https://a.example", "/v1"])),
            ("parts", Fact::List(vec![Fact::Map(rule)])),
        ]);
        let shown: Vec<_> = badges(&stated, &[]).into_iter().map(|badge| badge.text).collect();
        assert_eq!(shown, ["accepted"]);
        let describe = |view: &super::FactView| {
            let values: Vec<_> = view.values.iter().map(|value| format!("{}{}", value.text, value.url)).collect();
            format!("{}: {} ({})", view.label, values.join(" | "), view.groups.len())
        };
        let described: Vec<_> = facts(&stated, &[]).iter().map(describe).collect();
        let expected =
            ["Last reviewed: 2024-03-01 (0)", "Parts:  (1)", "Servers: https://a.examplehttps://a.example | /v1 (0)"];
        assert_eq!(described, expected);
    }
}
