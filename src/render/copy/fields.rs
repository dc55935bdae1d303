//! A tree of named values -> nested lists.

use super::html::{Piece, Pieces, push_decoded};
use super::lines::Lines;
use super::prose;
use crate::graph::{Field, Hole, NodeId, Prose};
use crate::render::links::{Fill, PageLinks};

/// Trees are shown this deep, as on the page.
const DEEPEST: usize = 64;

/// Appends `fields`, which belong to `owner`: for each its name, type and marks, then what it means, its constraints, and
/// what it consists of.
pub(super) fn write<'a>(lines: &mut Lines, fields: &'a [Field], owner: NodeId, links: &PageLinks<'a>) {
    lines.block();
    // The fields still to be written and how deep they are; `None` closes the item of one.
    let mut waiting: Vec<Option<(&'a Field, usize)>> = fields.iter().rev().map(|field| Some((field, 0))).collect();
    while let Some(next) = waiting.pop() {
        let Some((field, depth)) = next else {
            lines.close();
            lines.line();
            continue;
        };
        write_field(lines, field, owner, links);
        waiting.push(None);
        if depth + 1 < DEEPEST {
            waiting.extend(field.children.iter().rev().map(|field| Some((field, depth + 1))));
        }
    }
    lines.block();
}

fn write_field<'a>(lines: &mut Lines, field: &'a Field, owner: NodeId, links: &PageLinks<'a>) {
    lines.line();
    lines.open("- ", "  ");
    if !field.name.is_empty() {
        lines.push_code(&field.name);
        lines.space();
    }
    prose::write(lines, &field.kind, owner, links);
    for mark in &field.marks {
        lines.space();
        lines.push("(");
        lines.push_words(mark);
        lines.push_behind(")");
    }
    if !field.description.is_empty() {
        lines.below();
        prose::write(lines, &field.description, owner, links);
    }
    lines.line();
    for (number, (name, value)) in field.notes.iter().enumerate() {
        if number > 0 {
            lines.push_behind(",");
            lines.space();
        }
        lines.push_words(name);
        lines.push_behind(":");
        lines.space();
        lines.push_code(value);
    }
    lines.line();
}

/// The words of `prose` as they stand, without marks: a declaration.
pub(super) fn verbatim<'a>(prose: &'a Prose, owner: NodeId, links: &PageLinks<'a>) -> String {
    let mut text = String::with_capacity(prose.html.len());
    for piece in Pieces::new(prose) {
        match piece {
            Piece::Words(words) => push_decoded(&mut text, words),
            Piece::Hole(hole @ Hole::Title(_)) => {
                if let Fill::Title(title) = links.fill(owner, hole) {
                    text.push_str(title);
                }
            }
            Piece::Hole(_) | Piece::Open { .. } | Piece::Close(_) => {}
        }
    }
    text
}
