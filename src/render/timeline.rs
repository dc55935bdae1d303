//! Things with dates -> a line of years, each with what is of it.

use std::borrow::Cow;

use super::address::Addresses;
use super::standpoint::Standpoint;
use super::values;
use super::view::{MarkView, Tone, YearView};
use crate::graph::{Column, ColumnStyle, Fact, Node};

/// So many letters of a title stand for what has no number.
const LETTERS: usize = 12;

/// The timeline of `nodes`, whose list has `columns`: none when no column gives a date, or fewer than two, or than half, have one.
pub(super) fn timeline<'a>(
    from: Standpoint<'a>,
    columns: &[&'static Column],
    nodes: impl Iterator<Item = &'a Node> + Clone,
) -> Vec<YearView<'a>> {
    if !columns.iter().any(|column| column.fact == "date") {
        return Vec::new();
    }
    let column = |style: ColumnStyle| columns.iter().find(|column| column.style == style);
    let count = nodes.clone().count();
    let mut dated: Vec<(&'a str, &'a Node)> = nodes.filter_map(|node| Some((date(node)?, node))).collect();
    if dated.len() < 2 || dated.len() * 2 < count {
        return Vec::new();
    }
    dated.sort_by_key(|(date, node)| (*date, node.order, node.id));
    let mark = |&(date, node): &(&'a str, &'a Node)| {
        let badge = column(ColumnStyle::Badge)
            .and_then(|column| values::badge(column.fact, node.facts.get(column.fact)?).into_iter().next());
        let number = column(ColumnStyle::Number).and_then(|column| values::number(node, column.fact));
        let Addresses { href, to } = from.to_node(node.id)?;
        let (status, tone) = badge.map_or((Cow::Borrowed(""), Tone::Neutral), |badge| (badge.text, badge.tone));
        Some(MarkView {
            text: number.unwrap_or_else(|| beginning(&node.title)),
            title: &node.title,
            date,
            status,
            tone,
            href,
            to,
        })
    };
    let years = dated.chunk_by(|(left, _), (right, _)| year(left) == year(right));
    years.map(|run| YearView { year: year(run[0].0), marks: run.iter().filter_map(mark).collect() }).collect()
}

fn date(node: &Node) -> Option<&str> {
    match node.facts.get("date") {
        Some(Fact::Text(date)) => Some(date),
        _ => None,
    }
}

fn year(date: &str) -> &str {
    date.get(..4).unwrap_or(date)
}

/// The first words of a title.
fn beginning(title: &str) -> Cow<'_, str> {
    match title.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()).into(),
        None => title.into(),
    }
}
