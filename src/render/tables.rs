//! Nodes -> tables: the lists of sections, and what is below a page.

use std::collections::BTreeSet;

use super::blocks::listed;
use super::links::href;
use super::relations::Connections;
use super::values;
use super::view::{RowView, TableView, ValueStyle, ValueView};
use crate::graph::{ColumnStyle, Graph, Home, Kind, Node, NodeId};
use crate::plan::{SectionPlan, SitePlan};

/// What tables are made from.
#[derive(Clone, Copy)]
pub(super) struct TableSource<'a> {
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a SitePlan,
    pub(super) connections: &'a Connections,
}

/// The tables of the list of `section`: one for each kind that is listed, split by group where its things have groups.
pub(super) fn section_tables(source: TableSource<'_>, section: &SectionPlan) -> Vec<TableView> {
    let pages = section.pages.iter().filter_map(|id| source.graph.node(*id));
    let listed: Vec<&Node> = pages.filter(|node| node.kind.list.is_some()).collect();
    tables(source, &listed, true)
}

/// The tables of what is right below `node`, has a page, and is not listed by its text.
pub(super) fn child_tables(source: TableSource<'_>, node: &Node) -> Vec<TableView> {
    let listed = listed(node);
    let pages = source.graph.children(node.id).filter(|child| matches!(child.home, Home::Page { .. }));
    let children: Vec<&Node> = pages.filter(|child| !listed.contains(&child.id)).collect();
    tables(source, &children, false)
}

fn tables(source: TableSource<'_>, nodes: &[&Node], is_list: bool) -> Vec<TableView> {
    let mut runs: Vec<(&'static Kind, &str, Vec<&Node>)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for node in nodes {
        let at = *index.entry((node.kind.name, node.group.as_str())).or_insert_with(|| {
            runs.push((node.kind, node.group.as_str(), Vec::new()));
            runs.len() - 1
        });
        runs[at].2.push(node);
    }
    runs.sort_by_key(|(kind, _, _)| kind.order);
    let several = runs.iter().map(|(kind, _, _)| kind.name).collect::<BTreeSet<_>>().len() > 1;
    let label = |kind: &'static Kind, group: &str| match (group.is_empty(), several, is_list) {
        (false, _, _) => group.to_owned(),
        (true, false, true) => String::new(),
        (true, _, _) => kind.plural.to_owned(),
    };
    let mut anchors = BTreeSet::new();
    runs.into_iter()
        .map(|(kind, group, nodes)| {
            let label = label(kind, group);
            TableView {
                anchor: anchor(&label, &mut anchors),
                label,
                columns: columns(kind, is_list).map(|column| column.label).collect(),
                rows: nodes.iter().map(|node| row(source, node, is_list)).collect(),
            }
        })
        .collect()
}

fn columns(kind: &'static Kind, is_list: bool) -> impl Iterator<Item = &'static crate::graph::Column> {
    kind.list.filter(|_| is_list).unwrap_or_default().iter()
}

fn row(source: TableSource<'_>, node: &Node, is_list: bool) -> RowView {
    let cells: Vec<Vec<ValueView>> = columns(node.kind, is_list).map(|column| cell(source, node, column)).collect();
    RowView {
        title: node.title.clone(),
        href: href(source.plan, node.id).unwrap_or_default(),
        summary: node.summary.clone(),
        depth: if is_list { depth(source.graph, node) } else { 0 },
        badges: if cells.is_empty() { values::badges(&node.facts) } else { Vec::new() },
        cells,
    }
}

fn cell(source: TableSource<'_>, node: &Node, column: &crate::graph::Column) -> Vec<ValueView> {
    if column.style == ColumnStyle::Related {
        let related = source.connections.about(node.id, column.fact);
        return related.into_iter().filter_map(|id| related_value(source, id)).collect();
    }
    let Some(fact) = node.facts.get(column.fact) else { return Vec::new() };
    match column.style {
        ColumnStyle::Badge => values::badge(column.fact, fact),
        ColumnStyle::Code => {
            let code = |value| ValueView { style: ValueStyle::Code, ..value };
            values::values(column.fact, fact).into_iter().map(code).collect()
        }
        ColumnStyle::Text | ColumnStyle::Related => values::values(column.fact, fact),
    }
}

fn related_value(source: TableSource<'_>, id: NodeId) -> Option<ValueView> {
    let node = source.graph.node(id)?;
    Some(ValueView { href: href(source.plan, id)?, ..values::plain(node.title.clone()) })
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
