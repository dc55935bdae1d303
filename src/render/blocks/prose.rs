//! Prose with holes -> HTML.

use super::code;
use crate::graph::{Block, Field, Hole, NodeId, Prose};
use crate::render::links::PageLinks;

/// Appends `prose`, which belongs to `owner`, with every hole filled.
pub(super) fn fill(html: &mut String, prose: &Prose, owner: NodeId, links: &PageLinks<'_>) {
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
            Hole::Href(index) => html.push_str(&links.href_attributes(owner, *index)),
            Hole::Page(id) => html.push_str(&links.way(*id, None)),
            Hole::Source(index) => html.push_str(&links.source_attributes(owner, *index)),
            Hole::Title(index) => html.push_str(&links.title(owner, *index)),
            Hole::Code(listing) => code::write(html, listing),
        }
    }
    html.push_str(prose.html.get(from..).unwrap_or_default());
}

/// `prose` with every hole filled.
pub(super) fn filled(prose: &Prose, owner: NodeId, links: &PageLinks<'_>) -> String {
    let mut html = String::new();
    fill(&mut html, prose, owner, links);
    html
}

/// The words of `html` that may stand within a link: code stays marked, every other tag goes.
pub(super) fn without_links(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
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

/// All prose in `block`.
pub(super) fn of_block(block: &Block) -> Vec<&Prose> {
    match block {
        Block::Heading { content: prose, .. } | Block::Prose(prose) | Block::Signature(prose) => vec![prose],
        Block::Fields(fields) => {
            let mut found = Vec::new();
            let mut waiting: Vec<&Field> = fields.iter().collect();
            while let Some(field) = waiting.pop() {
                found.extend([&field.kind, &field.description]);
                waiting.extend(&field.children);
            }
            found
        }
        Block::Code(_) | Block::Operation { .. } => Vec::new(),
    }
}
