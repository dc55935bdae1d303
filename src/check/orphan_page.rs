//! A page to which no other page leads.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Home, Node, Relation};

/// The names of files that are the pages of their folders.
const INDEXES: &[&str] = &["readme", "index", "_index"];

/// Guides that nothing links to: readers find them in the navigation only. The pages of folders and those that stand at the root of
/// a repository are found without.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let is_orphan = |(position, node): &(usize, &Node)| {
        let file = node.span.file;
        let is_found = INDEXES.contains(&file.stem().to_lowercase().as_str()) || !file.as_str().contains('/');
        let is_page = matches!(&node.home, Home::Page { route, .. } if !route.is_empty());
        let leads_here = |link: &u32| graph.link(*link as usize).relation != Relation::Owns;
        let is_listed = graph.links_from(node.id).any(|link| graph.link(link).flipped);
        node.kind.name == "guide"
            && is_page
            && !is_found
            && !is_listed
            && !subject.resolved.incoming(*position).iter().any(leads_here)
    };
    let orphans = graph.nodes().enumerate().filter(is_orphan);
    let finding = |(_, node): (usize, &Node)| {
        Diagnostic::new(Code::OrphanPage, format!("no page links to \u{201c}{}\u{201d}", node.title), node.span)
            .hint("link to it from where its readers are, or take it out")
    };
    orphans.map(finding).collect()
}
