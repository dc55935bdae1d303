//! Nodes -> tables: the lists of sections, and what is below a page.

use std::collections::BTreeSet;

use super::address::Addresses;
use super::relations;
use super::rows::Rows;
use super::standpoint::Standpoint;
use super::timeline::timeline;
use super::values;
use super::view::{ColumnView, RowView, TableView, ValueStyle, ValueView};
use crate::graph::{Column, ColumnStyle, Graph, Kind, Node, NodeId};
use crate::plan::children_in_tables;

/// What `node` has below it, by kind and group.
pub(super) fn child_rows(from: Standpoint<'_>, node: &Node) -> Rows {
    Rows::new(children_in_tables(from.graph(), node).into_iter())
}

/// The tables of the page `number` of `rows`: of the list of a section, or of what is below a page.
pub(super) fn tables<'a>(from: Standpoint<'a>, rows: &Rows, number: usize, is_list: bool) -> Vec<TableView<'a>> {
    let mut anchors = BTreeSet::new();
    let table = |(kind, nodes): (&'static Kind, &[NodeId])| {
        let nodes = || nodes.iter().filter_map(|id| from.graph().node(*id));
        let group = nodes().next().map_or("", |node| node.group.as_str());
        let label = match (group.is_empty(), rows.is_mixed, is_list) {
            (false, _, _) => group,
            (true, false, true) => "",
            (true, _, _) => kind.plural,
        };
        let listed: Vec<&'static Column> = columns(kind, is_list).collect();
        let has_tags = |column: &Column| nodes().any(|node| node.facts.contains_key(column.fact));
        let shown: Vec<&'static Column> = listed
            .iter()
            .copied()
            .filter(|column| column.style != ColumnStyle::Number)
            .filter(|column| column.style != ColumnStyle::Tags || has_tags(column))
            .collect();
        let number = listed.iter().find(|column| column.style == ColumnStyle::Number);
        TableView {
            label,
            anchor: anchor(label, &mut anchors),
            number: number.map_or("", |column| column.label),
            columns: shown.iter().map(|column| column_view(column)).collect(),
            timeline: timeline(from, &listed, nodes()),
            rows: nodes().map(|node| row(from, node, number.copied(), &shown, is_list)).collect(),
        }
    };
    rows.page(number).map(table).collect()
}

fn columns(kind: &'static Kind, is_list: bool) -> impl Iterator<Item = &'static Column> {
    kind.list.filter(|_| is_list).unwrap_or_default().iter()
}

fn column_view(column: &Column) -> ColumnView {
    let is_facet = matches!(column.style, ColumnStyle::Badge | ColumnStyle::Tags);
    ColumnView { label: column.label, is_facet }
}

fn row<'a>(
    from: Standpoint<'a>,
    node: &'a Node,
    number: Option<&Column>,
    columns: &[&'static Column],
    is_list: bool,
) -> RowView<'a> {
    let cells: Vec<Vec<ValueView<'a>>> = columns.iter().map(|column| cell(from, node, column)).collect();
    let Addresses { href, to } = from.to_node(node.id).unwrap_or(Addresses::NOWHERE);
    RowView {
        number: number.and_then(|column| values::number(node, column.fact)).unwrap_or_default(),
        title: &node.title,
        href,
        to,
        summary: &node.summary,
        depth: if is_list { depth(from.graph(), node) } else { 0 },
        badges: if cells.is_empty() { values::badges(&node.facts, &[]) } else { Vec::new() },
        cells,
    }
}

fn cell<'a>(from: Standpoint<'a>, node: &'a Node, column: &'static Column) -> Vec<ValueView<'a>> {
    if let ColumnStyle::Related | ColumnStyle::RelatedOrAt(_) = column.style {
        let related = relations::about(from.pages.resolved, node.id, column.fact);
        let related: Vec<ValueView<'a>> = related.into_iter().filter_map(|id| from.value(id)).collect();
        return match column.style {
            ColumnStyle::RelatedOrAt(fact) if related.is_empty() => elsewhere(node, fact),
            _ => related,
        };
    }
    let Some(fact) = node.facts.get(column.fact) else { return Vec::new() };
    match column.style {
        ColumnStyle::Badge | ColumnStyle::Tags => values::badge(column.fact, fact),
        ColumnStyle::Code => {
            let code = |value| ValueView { style: ValueStyle::Code, ..value };
            values::values(column.fact, fact).into_iter().map(code).collect()
        }
        ColumnStyle::Text | ColumnStyle::Related | ColumnStyle::RelatedOrAt(_) | ColumnStyle::Number => {
            values::values(column.fact, fact)
        }
    }
}

/// The address that `fact` states, as a link that is called by its host.
fn elsewhere<'a>(node: &'a Node, fact: &'static str) -> Vec<ValueView<'a>> {
    let stated = node.facts.get(fact).map(|stated| values::values(fact, stated)).unwrap_or_default();
    let addresses = stated.into_iter().filter(|value| !value.url.is_empty());
    let called = addresses.map(|value| {
        let host = value.url.split("://").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned);
        ValueView { text: host.unwrap_or_default().into(), ..value }
    });
    called.collect()
}

/// How many listed things of its own section `node` is below.
fn depth(graph: &Graph, node: &Node) -> u8 {
    let mut depth = 0;
    let mut parent = node.parent.and_then(|id| graph.node(id));
    while let Some(above) = parent.filter(|above| above.kind.section == node.kind.section && above.kind.list.is_some())
    {
        depth += 1;
        if depth == 4 {
            break;
        }
        parent = above.parent.and_then(|id| graph.node(id));
    }
    depth
}

/// The id of a heading that says `label`, unlike those given away before, and unlike those that headings of a text get.
fn anchor(label: &str, taken: &mut BTreeSet<String>) -> String {
    let words: Vec<String> = label
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let base = format!("_{}", words.join("-"));
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    let free = std::iter::once(base.clone()).chain(numbered).find(|anchor| !taken.contains(anchor));
    let anchor = free.unwrap_or(base);
    taken.insert(anchor.clone());
    anchor
}
