//! A page for tests: what stands on it and where its links lead.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::path::PathBuf;
use std::sync::Arc;

use super::links::PageLinks;
use super::prepare::prepare;
use super::text::Text;
use crate::config::Project;
use crate::graph::{
    Block, Fragment, Home, Kind, Link, Need, Node, NodeId, Prose, Relation, Section, Target, assemble, resolve,
};
use crate::plan::{Route, plan};
use crate::source::{Files, Interned, RepoPath, SourceFile, Sources, Span};

static SECTION: Section = Section { slug: "things", label: "Things", icon: "page", order: 1 };
static KIND: Kind = Kind {
    name: "thing",
    label: "Thing",
    plural: "Things",
    section: &SECTION,
    order: 1,
    scheme: "thing",
    list: Some(&[]),
    facet: "thing",
};

/// A repository with one picture in it.
struct OnePicture;

impl Sources for OnePicture {
    fn source(&self, _path: RepoPath) -> Option<Arc<SourceFile>> {
        None
    }
}

impl Files for OnePicture {
    fn contains(&self, path: RepoPath) -> bool {
        path.as_str() == "docs/a b.png"
    }

    fn is_folder(&self, _path: RepoPath) -> bool {
        false
    }

    fn follow(&self, path: RepoPath) -> RepoPath {
        path
    }

    fn is_beside(&self, _folder: RepoPath, _relative: &str) -> bool {
        false
    }

    fn is_absent(&self, _path: RepoPath) -> bool {
        false
    }

    fn is_ignored(&self, _path: RepoPath) -> bool {
        false
    }

    fn paths(&self) -> Box<dyn Iterator<Item = RepoPath> + '_> {
        Box::new(RepoPath::new("docs/a b.png").into_iter())
    }
}

fn node(name: &str, title: &str) -> Node {
    let span = Span::start_of(RepoPath::new("docs/page.md").unwrap());
    Node::new(NodeId::new("thing", name), &KIND, title, span, Home::page(format!("things/{name}/")))
}

pub(super) fn link(scheme: &str, text: &str, need: Need) -> Link {
    let target = Target::Named { scheme: Interned::new(scheme), text: text.to_owned() };
    let span = Span::start_of(RepoPath::new("docs/page.md").unwrap());
    Link { from: NodeId::new("thing", "page"), relation: Relation::Mentions, target, span, need, flipped: false }
}

/// What `make` makes of the text of the page whose blocks are `blocks` and whose links are `links`. Beside it there is the
/// page `other`, and `part` is within it at `#part`.
pub(super) fn made<T>(blocks: Vec<Block>, links: Vec<Link>, make: impl Fn(&Text<'_>) -> T) -> T {
    let mut page = node("page", "Page");
    page.body = blocks.into();
    let mut part = node("part", "A part");
    part.home = Home::Within { node: page.id, anchor: "part".to_owned() };
    part.body = vec![Block::Prose(Prose::html("<p>of it</p>"))].into();
    let fragment = Fragment { nodes: vec![page, part, node("other", "Other <b>")], links, ..Fragment::default() };
    let (graph, _) = assemble(vec![Arc::new(fragment)]);
    let project = Project::unconfigured(PathBuf::from("/repository"));
    let resolved = resolve(graph, &OnePicture, &project);
    let (plan, _) = plan(&resolved, &|_, _| true);
    let common = prepare(&resolved, &plan, &project);
    let links = PageLinks::new(&resolved, &plan, &OnePicture, Route::new("things/page/"));
    let page = resolved.graph.node(NodeId::new("thing", "page")).unwrap();
    make(&Text::new(&resolved.graph, &common, page, links))
}
