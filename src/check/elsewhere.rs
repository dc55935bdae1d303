//! Whether a page has gone on to another repository when it names something.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Subject;
use super::citation::block_around;
use crate::graph::{COMMAND, Named, NodeId, Target, Thing};
use crate::source::Span;

/// Where pages clone another repository: what follows may be said of it.
pub(super) struct Clones {
    /// The first on each page.
    first: BTreeMap<NodeId, Span>,
}

impl Clones {
    /// Those of all pages.
    pub(super) fn of(subject: Subject<'_>) -> Self {
        let mut first = BTreeMap::new();
        for (link, _) in subject.resolved.links() {
            let Target::Named { scheme, text } = &link.target else { continue };
            let named =
                Named::read(text).filter(|named| scheme.as_str() == COMMAND && named.thing == Thing::Repository);
            if named.is_some_and(|named| subject.own_name() != Some(name_in(&named.name))) {
                first.entry(link.from).or_insert(link.span);
            }
        }
        Self { first }
    }

    /// The one before `span` on `page`.
    pub(super) fn before(&self, page: NodeId, span: Span) -> Option<Span> {
        self.first.get(&page).copied().filter(|clone| clone.file != span.file || clone.start < span.start)
    }
}

/// The last part of the address of a repository: forks have the same.
fn name_in(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    let address = address.strip_suffix(".git").unwrap_or(address);
    address.rsplit(['/', ':']).next().unwrap_or(address)
}

/// What may say of a command at `range` of `text` where it is run: the section before it, and the rest of its paragraph.
pub(super) fn words_around<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    // A comment in a listing is no heading.
    let is_heading = |at: &usize| text[..*at].matches("\n```").count().is_multiple_of(2);
    let section = text[..range.start].rmatch_indices("\n#").map(|(at, _)| at).find(is_heading).unwrap_or(0);
    &text[section..block_around(text, range).end]
}

/// Whether `words` name another repository than the one called `own`: "in the website repository", "from a shop-docs checkout",
/// "Clone [shop/docs](https://github.com/shop/docs)", "1. In `docs`: …".
pub(super) fn is_elsewhere(words: &str, own: Option<&str>) -> bool {
    static REPOSITORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let named = r"\b(?:in|from|of)\s+(?:the|our)\s+[`\[\x22]?([a-z0-9][\w./-]*)[`\]\x22]?(?:\([^()\s]*\))?\s+(?:repo|repository|checkout)\b";
        // "See [its README](https://github.com/shop/compose/tree/main/x#readme)"
        let seen =
            r"\bsee\s+(?:the\s+)?\[[^\]]*\breadme\b[^\]]*\]\(https?://[^\s()/]+/[\w.-]+/([\w.-]+?)(?:\.git)?[/)#]";
        let code = r"\b(?:in|from|of)\s+`([a-z0-9][\w./-]*)`\s+(?:repo|repository|checkout)\b";
        let owned = r"\b([A-Z][\w-]*)['\x{2019}]s\s+(?:own\s+)?repo(?:sitory)?\b";
        let one_of_name = r"\b(?:in|from|of)\s+an?\s+[`\[\x22]?([a-z0-9][\w.]*[/-][\w./-]+)[`\]\x22]?(?:\([^()\s]*\))?\s+(?:repo|repository|checkout|clone)\b";
        let cloned = r"\bclon(?:e|ed|ing)\b[^.\n]{0,80}\]\(https?://[^\s()]*?/([\w.-]+?)(?:\.git)?/?\)";
        let item = r"(?m)^[ \t]*(?:[-*]|\d+[.)])[ \t]+in[ \t]+`([a-z0-9][\w-]*)`[ \t]*:";
        // "in [`shop/docs`](https://github.com/shop/docs)"
        let linked = r"\bin\s+\[[^\]]*\]\(https?://[^\s()/]+/[\w.-]+/([\w.-]+?)(?:\.git)?/?\)";
        // "From #PATH_TO/shop-docs:"
        let placed = r"(?m)^[ \t]*(?:from|in)[ \t]+[`#$<{]*/?path[_-]?to[\w>}]*/([\w.-]+)[`>}]*[ \t]*:";
        Regex::new(&format!("{owned}|(?i){named}|{code}|{one_of_name}|{cloned}|{item}|{linked}|{placed}|{seen}")).ok()
    });
    // "### Add a parser (shop-db)", of a repository beside this one.
    static BESIDE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)^#+[^\n]*\(([a-z0-9]+)-[a-z0-9-]+\)[ \t]*$").ok());
    if words.contains("that repository's ") || words.contains("that repository\u{2019}s ") {
        return true;
    }
    let first = own.map(|own| own.split('-').next().unwrap_or(own));
    let mut sisters = BESIDE.iter().flat_map(|heading| heading.captures_iter(words));
    if sisters.any(|sister| sister.get(1).map(|name| name.as_str()) == first) {
        return true;
    }
    /// Words before "repository" that tell nothing of which.
    const ANY: &[&str] = &[
        "above",
        "company",
        "organization",
        "project",
        "team",
        "user",
        "cloned",
        "current",
        "git",
        "github",
        "local",
        "main",
        "mono",
        "monorepo",
        "root",
        "same",
        "source",
        "up-to-date",
        "whole",
    ];
    static ABOVE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\bclone\s+the\s+(?:above|following|linked)\s+(?:project|repo)").ok());
    if ABOVE.as_ref().is_some_and(|above| above.is_match(words)) {
        return true;
    }
    let found = REPOSITORY.iter().flat_map(|repository| repository.captures_iter(words));
    let names = found.filter_map(|found| Some(found.iter().skip(1).flatten().next()?.as_str()));
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let mut others = names.map(last).filter(|name| !ANY.contains(&name.as_str()));
    others.any(|name| own.is_none_or(|own| own.to_lowercase() != name))
}

#[cfg(test)]
mod tests {
    use super::{is_elsewhere, words_around};

    #[test]
    fn where_a_command_is_run() {
        let cases = [
            ("Run `make x`", false),
            ("In the `website` repository run `make x`", true),
            ("In the shop repo run `make x`", false),
            ("See [Compose README](https://github.com/a/compose/tree/main/b#readme).\n\n```\nmake x\n```", true),
            ("See [the README](https://github.com/acme/shop#readme).\n\n```\nmake x\n```", false),
            ("In the root of `website` repo run `make x`", true),
            ("In the root of the repository run `make x`", false),
            ("from the same repository `make x`", false),
            ("- Clone [`a/b`](https://github.com/a/b) first\n- run `make x`", true),
            ("- Clone [it](https://github.com/acme/shop.git)\n- run `make x`", false),
            ("In the website repository.\n\n## Here\n\nRun `make x`", false),
            ("Refresh it from a shop-meta checkout, with `make x`", true),
            ("Run `make x` in the\n`website` repository.", true),
            ("Clone the [web](https://github.com/acme/web) and\n\n```sh\n# Then\nmake x\n```", true),
            ("1. In `website`: `make x`", true),
            ("From #PATH_TO/website:\n4) Run `make x`", true),
            ("From /path/to/shop:\n`make x`", false),
            ("It is of the [app](https://github.com/acme/app). Clone the above repository, then run `make x`", true),
            ("### Parse it (shop-db)\n\nRun `make x`", true),
            ("### Parse it (one-time)\n\nRun `make x`", false),
            ("From a clean checkout `make x`\n\nIn the website repository others", false),
        ];
        for (text, expected) in cases {
            let start = text.find("make x").unwrap_or_default();
            assert_eq!(is_elsewhere(words_around(text, &(start..start + 6)), Some("shop")), expected, "{text}");
        }
    }
}
