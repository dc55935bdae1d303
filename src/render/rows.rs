//! Nodes -> the rows of tables in the order in which they stand, and the pages that they are split into.

use std::collections::HashMap;
use std::ops::Range;

use crate::graph::{Graph, Kind, Node, NodeId};
use crate::plan::{ROWS, SectionPlan};

/// Rows by kind and group.
#[derive(Debug)]
pub(super) struct Rows {
    /// Every row, in order.
    pub(super) nodes: Vec<NodeId>,
    /// The tables, as ranges of the rows.
    tables: Vec<(&'static Kind, Range<usize>)>,
    /// Whether they are of several kinds.
    pub(super) is_mixed: bool,
    /// Where each node stands; only for the lists of sections.
    places: HashMap<NodeId, usize>,
}

impl Rows {
    /// The rows of the list of `section`: those of its pages that are listed.
    pub(super) fn of_section(graph: &Graph, section: &SectionPlan) -> Self {
        let mut rows = Self::new(section.listed.iter().filter_map(|id| graph.node(*id)));
        rows.places = rows.nodes.iter().copied().enumerate().map(|(place, id)| (id, place)).collect();
        rows
    }

    /// `nodes`: one table for each kind, split by group where its things have groups.
    pub(super) fn new<'a>(nodes: impl Iterator<Item = &'a Node>) -> Self {
        let mut runs: Vec<(&'static Kind, Vec<NodeId>)> = Vec::new();
        let mut index: HashMap<(&str, &str), usize> = HashMap::new();
        for node in nodes {
            let at = *index.entry((node.kind.name, node.group.as_str())).or_insert_with(|| {
                runs.push((node.kind, Vec::new()));
                runs.len() - 1
            });
            runs[at].1.push(node.id);
        }
        runs.sort_by_key(|(kind, _)| kind.order);
        let is_mixed = runs.windows(2).any(|pair| pair[0].0.name != pair[1].0.name);
        let mut rows = Self { nodes: Vec::new(), tables: Vec::new(), is_mixed, places: HashMap::new() };
        for (kind, nodes) in runs {
            let start = rows.nodes.len();
            rows.nodes.extend(nodes);
            rows.tables.push((kind, start..rows.nodes.len()));
        }
        rows
    }

    /// The tables on the page `number`, from 1, with those of their rows that stand there.
    pub(super) fn page(&self, number: usize) -> impl Iterator<Item = (&'static Kind, &[NodeId])> {
        let start = number.saturating_sub(1).saturating_mul(ROWS);
        let page = start..start.saturating_add(ROWS);
        self.tables.iter().filter_map(move |(kind, rows)| {
            let rows = rows.start.max(page.start)..rows.end.min(page.end);
            Some((*kind, self.nodes.get(rows).filter(|rows| !rows.is_empty())?))
        })
    }

    /// The page, from 1, on which `id` stands.
    pub(super) fn page_of(&self, id: NodeId) -> Option<usize> {
        self.places.get(&id).map(|place| place / ROWS + 1)
    }
}
