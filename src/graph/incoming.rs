//! Where links lead -> for each node the links that lead there.

use rayon::prelude::*;

use super::{End, Graph, NodeId};

/// For each node the positions of the links that lead to it.
#[derive(Debug)]
pub(super) struct Incoming {
    /// Where the positions of each node begin, and where the last ones end.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Incoming {
    /// Those of `graph`, of which `end` says where the link at each position leads.
    pub(super) fn of<'e>(graph: &Graph, end: impl Fn(usize) -> Option<&'e End> + Sync) -> Self {
        let target =
            |position: usize| end(position)?.other_than(graph.link(position).from).and_then(|id| graph.position(id));
        let targets: Vec<Option<usize>> = (0..graph.links().len()).into_par_iter().map(target).collect();
        let mut starts = vec![0; graph.nodes().len() + 1];
        for target in targets.iter().flatten() {
            starts[target + 1] += 1;
        }
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        let mut next = starts.clone();
        let mut positions = vec![0; targets.iter().flatten().count()];
        // A graph has fewer links than bytes of text, of which there are no more.
        for (position, target) in (0_u32..).zip(&targets) {
            if let Some(target) = *target {
                positions[next[target] as usize] = position;
                next[target] += 1;
            }
        }
        Self { starts, positions }
    }

    /// The positions of the links that lead to the node at the position `node`.
    pub(super) fn to(&self, node: usize) -> &[u32] {
        let start = |node: usize| self.starts.get(node).map_or(self.positions.len(), |start| *start as usize);
        &self.positions[start(node)..start(node + 1)]
    }
}

impl End {
    /// The node that it is, unless that is `from`.
    pub(super) fn other_than(&self, from: NodeId) -> Option<NodeId> {
        match self {
            Self::Node { id, .. } => Some(*id).filter(|id| *id != from),
            _ => None,
        }
    }
}
