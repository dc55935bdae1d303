//! HTML that stands in Markdown: sanitised, its links and ids taken into account.
//!
//! Raw HTML comes in pieces (`<details>` here, `</details>` three paragraphs later), so the HTML of the whole text is
//! sanitised at once. Holes survive that as an attribute that says which one it is.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::vec;

use ammonia::{Builder, UrlRelative};

use super::{Options, math};
use crate::graph::{Hole, Prose};

/// The attribute that stands for a hole while HTML is sanitised.
pub(super) const HOLE: &str = "data-livedoc-hole";

/// Deeper than this, raw HTML is shown as text: browsers flatten it beyond 512, and sanitising takes time by depth.
const DEEPEST: usize = 400;

/// Longer texts are no pages that anybody reads, and sanitising takes sixty times their size in memory.
const LONGEST: usize = 4 * 1024 * 1024;

/// Whether `html` is comments and blanks only. A comment that never ends reaches to the end, as in browsers.
pub(super) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim_start();
    let mut found = false;
    while let Some(comment) = rest.strip_prefix("<!--") {
        found = true;
        rest = comment.find("-->").map_or("", |end| comment[end + 3..].trim_start());
    }
    found && rest.is_empty()
}

/// The element that `html` is, when it is one that needs no sanitising: void and without attributes.
pub(super) fn void_element(html: &str) -> Option<&'static str> {
    let name = html.trim().strip_prefix('<')?.strip_suffix('>')?.trim_end_matches('/').trim_end();
    let elements = [("br", "<br>"), ("hr", "<hr>"), ("wbr", "<wbr>")];
    elements.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, element)| element)
}

/// Whether there is so much of it, or it is nested so deeply, that sanitising would cost too much.
pub(super) fn is_too_much(html: &str) -> bool {
    if html.len() > LONGEST {
        return true;
    }
    let mut depth = 0_usize;
    let bytes = html.as_bytes();
    for (at, _) in html.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() && !is_void(name_at(&html[at + 1..])) => depth += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The elements that have no end tag (HTML, "void elements").
pub(super) fn is_void(name: &str) -> bool {
    let void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    void.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The name with which `text` begins.
pub(super) fn name_at(text: &str) -> &str {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// The HTML of `prose` made safe, its holes written as elements and attributes that name them by their place in
/// `prose.slots`.
pub(super) fn clean(prose: &Prose, options: &Options<'_>) -> String {
    let mut html = String::with_capacity(prose.html.len() + prose.slots.len() * 30);
    let mut from = 0;
    for (index, slot) in prose.slots.iter().enumerate() {
        let at = slot.at as usize;
        html.push_str(&prose.html[from..at]);
        from = at;
        let (before, behind) = match slot.hole {
            Hole::Href(_) | Hole::Page(_) | Hole::Source(_) => ("", ""),
            Hole::Title(_) | Hole::Remark(_) | Hole::Line { .. } => ("<span", "></span>"),
            Hole::Code(_) => ("<pre", "></pre>"),
        };
        html.push_str(&format!("{before} {HOLE}=\"{index}\"{behind}"));
    }
    html.push_str(&prose.html[from..]);
    options.schemes.sanitiser().clean(&html).to_string()
}

/// What GitHub lets through, and what [`super::writer`] writes.
pub(super) fn sanitiser(schemes: &BTreeSet<&'static str>) -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(["input", "picture", "section", "source", "tfoot"])
        .add_tags(math::ELEMENTS)
        .add_url_schemes(schemes.iter().copied())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .add_generic_attributes(["align", "aria-hidden", "aria-label", "dir", "id", "name"])
        .add_tag_attributes("a", [HOLE])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("img", [HOLE])
        .add_tag_attributes("input", ["checked"])
        .add_tag_attributes("ol", ["reversed", "type"])
        .add_tag_attributes("pre", [HOLE])
        .add_tag_attributes("source", ["media", "srcset", "type"])
        .add_tag_attributes("span", [HOLE])
        .set_tag_attribute_value("input", "disabled", "")
        .set_tag_attribute_value("input", "type", "checkbox")
        .allowed_classes(classes());
    for element in math::ELEMENTS {
        builder.add_tag_attributes(element, math::ATTRIBUTES);
    }
    builder
}

fn classes() -> HashMap<&'static str, HashSet<&'static str>> {
    let alerts = ["alert", "alert-note", "alert-tip", "alert-important", "alert-warning", "alert-caution"];
    HashMap::from([
        ("a", HashSet::from(["footnote-back"])),
        ("code", HashSet::from(["math", "math-display"])),
        ("div", alerts.into_iter().chain(["table-scroll"]).collect()),
        ("p", HashSet::from(["alert-label"])),
        ("section", HashSet::from(["footnotes"])),
        ("sup", HashSet::from(["footnote-mention"])),
    ])
}

/// Where raw HTML writes its addresses, in order.
pub(super) struct Places<'a> {
    text: &'a str,
    values: Vec<Range<usize>>,
    next: usize,
    headings: vec::IntoIter<Range<usize>>,
}

impl<'a> Places<'a> {
    /// Those in the parts `raw` of `text`.
    pub(super) fn new(text: &'a str, raw: &[Range<usize>]) -> Self {
        let (mut values, mut headings) = (Vec::new(), Vec::new());
        for part in raw {
            let html = text.get(part.clone()).unwrap_or_default();
            let tags = html
                .match_indices("<h")
                .filter(|(at, _)| html[at + 2..].starts_with(|digit: char| digit.is_ascii_digit()));
            headings.extend(tags.map(|(at, _)| part.start + at..part.end));
            for (at, _) in html.match_indices('=') {
                let name = html[..at].trim_end().as_bytes();
                if ends_with_name(name, b"href") || ends_with_name(name, b"src") {
                    let value = html[at + 1..].trim_start();
                    let start = part.start + html.len() - value.len();
                    values.push(value_range(value, start));
                }
            }
        }
        Self { text, values, next: 0, headings: headings.into_iter() }
    }

    /// Where the next heading is written.
    pub(super) fn next_heading(&mut self) -> Range<usize> {
        self.headings.next().unwrap_or_default()
    }

    /// Where the next `href` or `src` that reads `value` is written; else where the one at hand is.
    pub(super) fn find(&mut self, value: &str) -> Option<Range<usize>> {
        /// What a comment or an element that is left out may hide.
        const SKIPPED: usize = 32;
        let rest = self.values.get(self.next..)?;
        let found = rest.iter().take(SKIPPED).position(|range| self.text.get(range.clone()) == Some(value));
        let place = rest.get(found.unwrap_or(0)).cloned();
        self.next += found.map_or(0, |skipped| skipped + 1);
        place
    }
}

fn ends_with_name(text: &[u8], name: &[u8]) -> bool {
    text.len() > name.len()
        && text[text.len() - name.len()..].eq_ignore_ascii_case(name)
        && text[text.len() - name.len() - 1].is_ascii_whitespace()
}

/// Where the attribute value that `text` begins with stands, without its quotes.
fn value_range(text: &str, start: usize) -> Range<usize> {
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let length = text.bytes().skip(1).position(|byte| byte == *quote).unwrap_or(text.len() - 1);
            start + 1..start + 1 + length
        }
        _ => {
            start
                ..start + text.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'>').unwrap_or(text.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_comment, is_too_much, void_element};

    #[test]
    fn comments_and_void_elements() {
        let cases = [("<!-- a -->\n", true), ("<!-- a --><!-- b", true), ("<!-- a --> b", false), (" ", false)];
        for (html, expected) in cases {
            assert_eq!(is_comment(html), expected, "{html}");
        }
        assert_eq!([void_element("<BR/>"), void_element("<br class=x>")], [Some("<br>"), None]);
        assert!(is_too_much(&"<div>".repeat(401)) && !is_too_much(&"<br><p>x</p>".repeat(1000)));
    }
}
