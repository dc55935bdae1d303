//! How much of a crate is documented, as facts of its modules.

use crate::extract::rust::kinds;
use crate::graph::{Fact, Node, NodeId};
use crate::source::NameMap;

/// How many things there are, and how many of them are documented.
#[derive(Clone, Copy, Default)]
struct Count {
    items: i64,
    documented: i64,
}

/// States on each crate and module among `nodes` how much of it is documented: itself and everything that is published
/// below it.
pub(super) fn state(nodes: &mut [Node]) {
    let above: NameMap<NodeId, Option<NodeId>> = nodes.iter().map(|node| (node.id, node.parent)).collect();
    let mut counts: NameMap<NodeId, Count> = NameMap::default();
    for node in nodes.iter() {
        let documented = i64::from(node.facts.get("documented") == Some(&Fact::Flag(true)));
        let mut here = Some(node.id);
        // As deep as modules go, and one member.
        while let Some(id) = here {
            let count = counts.entry(id).or_default();
            count.items += 1;
            count.documented += documented;
            here = above.get(&id).copied().flatten();
        }
    }
    let is_module = |node: &&mut Node| [&kinds::CRATE, &kinds::MODULE].iter().any(|kind| kind.name == node.kind.name);
    for node in nodes.iter_mut().filter(is_module) {
        let Some(Count { items, documented }) = counts.get(&node.id).copied() else { continue };
        let percent = documented * 100 / items.max(1);
        node.facts.extend([("items", Fact::Number(items)), ("documented_items", Fact::Number(documented))]);
        node.facts.insert("coverage", format!("{percent} %: {documented} of {items} documented").into());
    }
}
