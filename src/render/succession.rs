//! What superseded what -> a banner above the text of what no longer holds, and a picture of the whole chain.
//!
//! The picture is SVG, made when the page is: boxes from the oldest to the newest, each a link, with an arrow to what took
//! its place; dashed where that is so of a part.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::relations::supersessions;
use super::standpoint::Standpoint;
use super::values;
use super::view::{BannerView, LinkView, Tone};
use crate::graph::{Fact, Node, NodeId, Relation, escape};

/// A chain with more is cut.
const MOST: usize = 24;

const WIDTH: usize = 216;
const HEIGHT: usize = 64;
const GAP_ACROSS: usize = 52;
const GAP_DOWN: usize = 14;

/// So many letters fit in a line of a box.
const LETTERS: usize = 25;

/// What took the place of `node`, or of a part of it.
pub(super) fn banner<'a>(from: Standpoint<'a>, node: &Node) -> Option<BannerView<'a>> {
    if !has_successions(node) {
        return None;
    }
    let all = supersessions(from.pages.resolved, node.id);
    let newer = |whole: bool| -> Vec<&'a Node> {
        let newer = all.iter().filter(|(_, older, is_whole)| *older == node.id && *is_whole == whole);
        newer.filter_map(|(newer, ..)| from.graph().node(*newer)).collect()
    };
    let links = |nodes: &[&'a Node]| -> Vec<LinkView<'a>> { nodes.iter().filter_map(|node| from.link(node)).collect() };
    let is_closed = status(node) == Some("superseded");
    // What is only proposed has taken nobody's place yet.
    let in_force = |node: &&&Node| !matches!(status(node), Some("proposed" | "draft" | "rejected" | "withdrawn"));
    let whole = newer(true);
    let whole: Vec<&Node> = whole.iter().filter(|newer| is_closed || in_force(newer)).copied().collect();
    if is_closed || !whole.is_empty() {
        return Some(BannerView { label: "Superseded by", links: links(&whole) });
    }
    let part = newer(false);
    let part: Vec<&Node> = part.iter().filter(in_force).copied().collect();
    (!part.is_empty()).then(|| BannerView { label: "Partly superseded by", links: links(&part) })
}

/// The chain that `node` is in, as SVG; empty when it stands alone.
pub(super) fn picture(from: Standpoint<'_>, node: &Node) -> String {
    if !has_successions(node) {
        return String::new();
    }
    let (nodes, edges) = chain(from, node.id);
    if edges.is_empty() {
        return String::new();
    }
    let places = places(from, &nodes, &edges);
    let (right, bottom) = places.values().fold((0, 0), |(right, bottom), (x, y)| (right.max(*x), bottom.max(*y)));
    let (width, height) = (right + WIDTH + 4, bottom + HEIGHT + 4);
    let mut svg = format!("<svg width=\"{width}\" height=\"{height}\" viewBox=\"-2 -2 {width} {height}\">");
    for (newer, older, is_whole) in &edges {
        let (Some((x, y)), Some((to_x, to_y))) = (places.get(older), places.get(newer)) else { continue };
        arrow(&mut svg, (x + WIDTH, y + HEIGHT / 2), (*to_x, to_y + HEIGHT / 2), *is_whole);
    }
    for (id, (x, y)) in &places {
        if let Some(each) = from.graph().node(*id) {
            push_box(&mut svg, from, each, (*x, *y), *id == node.id);
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Whether things of its kind supersede each other, as their list tells.
fn has_successions(node: &Node) -> bool {
    node.kind.list.is_some_and(|columns| columns.iter().any(|column| column.fact == Relation::Supersedes.passive()))
}

type Edges = BTreeSet<(NodeId, NodeId, bool)>;

/// What is connected with `id` by supersessions.
fn chain(from: Standpoint<'_>, id: NodeId) -> (BTreeSet<NodeId>, Edges) {
    let (mut nodes, mut edges, mut waiting) = (BTreeSet::from([id]), Edges::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        for (newer, older, is_whole) in supersessions(from.pages.resolved, id) {
            for end in [newer, older] {
                if nodes.len() < MOST && nodes.insert(end) {
                    waiting.push(end);
                }
            }
            if nodes.contains(&newer) && nodes.contains(&older) {
                edges.insert((newer, older, is_whole));
            }
        }
    }
    // A whole supersession says more than one of a part.
    let whole: Edges = edges.iter().filter(|edge| edge.2).copied().collect();
    edges.retain(|(newer, older, is_whole)| *is_whole || !whole.contains(&(*newer, *older, true)));
    (nodes, edges)
}

/// Where each box stands: a column for each generation, the oldest first.
fn places(from: Standpoint<'_>, nodes: &BTreeSet<NodeId>, edges: &Edges) -> BTreeMap<NodeId, (usize, usize)> {
    let mut generation: BTreeMap<NodeId, usize> = nodes.iter().map(|id| (*id, 0)).collect();
    // As often as the longest way without a circle has steps.
    for _ in 0..nodes.len() {
        for (newer, older, _) in edges {
            let above = generation.get(older).copied().unwrap_or(0) + 1;
            let own = generation.entry(*newer).or_default();
            *own = (*own).max(above).min(nodes.len() - 1);
        }
    }
    let mut columns: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    for (id, generation) in generation {
        columns.entry(generation).or_default().push(id);
    }
    let order = |id: &NodeId| (from.graph().node(*id).and_then(|node| node.order), *id);
    let mut places = BTreeMap::new();
    for (column, ids) in columns.values_mut().enumerate() {
        ids.sort_by_key(order);
        let spots = ids.iter().enumerate();
        places.extend(spots.map(|(row, id)| (*id, (column * (WIDTH + GAP_ACROSS), row * (HEIGHT + GAP_DOWN)))));
    }
    places
}

fn arrow(svg: &mut String, (x, y): (usize, usize), (to_x, to_y): (usize, usize), is_whole: bool) {
    let class = if is_whole { "" } else { " class=\"part\"" };
    let (near, far) = (x + GAP_ACROSS / 2, to_x.saturating_sub(GAP_ACROSS / 2));
    let tip = to_x.saturating_sub(8);
    // A string takes whatever is written.
    let _ = write!(svg, "<path{class} d=\"M{x} {y}C{near} {y} {far} {to_y} {tip} {to_y}\"/>");
    let _ = write!(svg, "<path class=\"tip\" d=\"M{to_x} {to_y}l-9 -5v10z\"/>");
}

fn push_box(svg: &mut String, from: Standpoint<'_>, node: &Node, (x, y): (usize, usize), is_current: bool) {
    let number = values::number(node, "number").map_or_else(String::new, |number| format!("{number}. "));
    let status = status(node).unwrap_or_default();
    let tone = match values::tone(status) {
        Tone::Neutral => "neutral",
        Tone::Info => "info",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    };
    let name = escape(&format!("{number}{}", node.title));
    let label = if status.is_empty() { name.clone() } else { format!("{name}, {}", escape(status)) };
    let to = from.to_node(node.id).map(|addresses| addresses.to.text()).filter(|_| !is_current);
    let (open, close) = match &to {
        Some(to) => (format!("<a class=\"tone-{tone}\" href=\"{}\" aria-label=\"{label}\">", escape(to)), "</a>"),
        None => (format!("<g class=\"tone-{tone} current\" aria-label=\"{label}\" aria-current=\"page\">"), "</g>"),
    };
    let _ = write!(
        svg,
        "{open}<title>{name}</title><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\"/>"
    );
    let _ = write!(svg, "<text class=\"status\" x=\"{}\" y=\"{}\">{}</text>", x + 12, y + 18, escape(status));
    for (line, words) in lines(&format!("{number}{}", node.title)).iter().enumerate() {
        let _ = write!(svg, "<text x=\"{}\" y=\"{}\">{}</text>", x + 12, y + 36 + line * 17, escape(words));
    }
    svg.push_str(close);
}

/// A title in two lines of a box.
fn lines(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.len() - 1;
        let length = lines[last].chars().count();
        if length == 0 || length + 1 + word.chars().count() <= LETTERS {
            if length > 0 {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    for (index, line) in lines.iter_mut().enumerate() {
        if line.chars().count() > LETTERS || (is_cut && index == 1) {
            let kept: String = line.chars().take(LETTERS - 1).collect();
            *line = format!("{}…", kept.trim_end());
        }
    }
    lines
}

fn status(node: &Node) -> Option<&str> {
    match node.facts.get("status") {
        Some(Fact::Text(status)) => Some(status),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn titles_fit_into_their_boxes() {
        let cases: [(&str, &[&str]); 4] = [
            ("7. Use MySQL", &["7. Use MySQL"]),
            ("12. Use PostgreSQL for everything", &["12. Use PostgreSQL for", "everything"]),
            (
                "1. a very long title that does not fit into two lines",
                &["1. a very long title that", "does not fit into two…"],
            ),
            ("Donaudampfschifffahrtsgesellschaft", &["Donaudampfschifffahrtsge…"]),
        ];
        for (title, expected) in cases {
            assert_eq!(lines(title), expected);
        }
    }
}
