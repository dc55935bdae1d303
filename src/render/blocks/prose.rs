//! Prose with holes -> HTML.

use super::code;
use crate::graph::{Hole, NodeId, Prose};
use crate::render::links::PageLinks;

/// Appends `prose`, which belongs to `owner`, with every hole filled.
pub(super) fn fill<'a>(html: &mut String, prose: &'a Prose, owner: NodeId, links: &PageLinks<'a>) {
    html.reserve(prose.html.len() + prose.slots.len() * 48);
    let mut from = 0;
    for slot in &prose.slots {
        // A slot that is out of order or within a character would be a fault of an extractor; it then stands late.
        let at = slot.at as usize;
        if let Some(text) = prose.html.get(from..at) {
            html.push_str(text);
            from = at;
        }
        match &slot.hole {
            Hole::Code(listing) => code::write(html, listing),
            hole => links.fill(owner, hole).push_html(hole, html),
        }
    }
    html.push_str(prose.html.get(from..).unwrap_or_default());
}

/// `prose` with every hole filled.
pub(super) fn filled<'a>(prose: &'a Prose, owner: NodeId, links: &PageLinks<'a>) -> String {
    let mut html = String::new();
    fill(&mut html, prose, owner, links);
    html
}

/// The words of `html` that may stand within a link: code stays marked, every other tag goes.
pub(super) fn without_links(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
        text.push_str(&rest[..start]);
        let tag = &rest[start..];
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        if matches!(&tag[..end], "<code>" | "</code>") {
            text.push_str(&tag[..end]);
        }
        rest = &tag[end..];
    }
    text.push_str(rest);
    text
}
