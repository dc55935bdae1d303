//! What alerts say of their runbooks -> the pages and places that they mean.
//!
//! An alert's `runbook_url` has one of these forms, and each is told by what it is, never by how it ends: an address of the
//! site itself or of what another tool publishes of this repository, of this repository's files on its forge (on any branch), or below an address that the configuration maps to a
//! folder; a path in the repository; a base that a template fills in, with a page or a place behind it; a name. Any other
//! address is somebody else's. Names are compared without case and separators, and only when one thing has them.

use super::followed::End;
use super::paths::{self, decode};
use super::resolve::{Followed, Resolver, split_anchor};
use super::runbook_names::{folded_parts, is_filled_in, page_at_end, rest_below, split_base, stem};
use super::{Graph, Link, Node, NodeId};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{RepoPath, folded};

/// The scheme of links that have an alert's `runbook_url` as it is written.
pub(super) const URL: &str = "runbook-url";

/// The scheme of links from an alert to whatever runbook is called like it.
pub(super) const OF_ALERT: &str = "runbook-of";

/// Whether links of this fragment depend on what other pages are called, and on the places on them.
pub(super) fn asks_for_names(graph: &Graph, fragment: usize) -> bool {
    graph.fragments()[fragment].nodes.iter().any(|node| node.kind.name == "alert")
}

/// A runbook that is called like the alert `name`, or a section of one.
pub(super) fn follow_name(resolver: &Resolver<'_>, name: &str) -> Followed {
    let folded = folded(name);
    let by_name = resolver.runbooks.by_name(resolver.graph).get(&folded).map_or(&[][..], Vec::as_slice);
    if let [one] = by_name {
        return (End::Node { id: *one, anchor: None }, None);
    }
    let places = resolver.runbooks.places(resolver);
    let found = [folded.clone(), format!("alertname{folded}"), format!("alert{folded}")];
    for folded in found.iter().filter(|_| by_name.is_empty()) {
        let on_runbooks =
            places.get(folded).into_iter().flatten().filter(|(page, _)| is_runbook(resolver.graph, *page));
        if let [(page, anchor)] = on_runbooks.collect::<Vec<_>>().as_slice() {
            return (End::Node { id: *page, anchor: Some(*anchor) }, None);
        }
    }
    (End::Nowhere, None)
}

/// What `written`, the `runbook_url` of the alert `from`, leads to.
pub(super) fn follow_url(resolver: &Resolver<'_>, from: &Node, link: &Link, written: &str) -> Followed {
    if let Some(reference) = written.strip_prefix("runbook:").filter(|rest| !rest.starts_with("//")) {
        return resolver.follow_reference(from, link, "runbook", reference);
    }
    if let Some(mapped) = follow_mapped(resolver, link, written) {
        return mapped;
    }
    if is_filled_in(written.split(['?', '#']).next().unwrap_or(written)) || written.starts_with("[[") {
        return follow_filled_in(resolver, from, link, written);
    }
    if written.starts_with("http://") || written.starts_with("https://") {
        return follow_address(resolver, from, link, written);
    }
    if written.contains("://") || written.chars().any(char::is_whitespace) {
        return (End::Nowhere, None);
    }
    follow_path(resolver, from, link, written)
}

/// An address below one that the configuration maps to a folder or a file.
fn follow_mapped(resolver: &Resolver<'_>, link: &Link, written: &str) -> Option<Followed> {
    let squeezed: String = written.chars().filter(|character| !character.is_whitespace()).collect();
    let bases = resolver.runbook_bases.iter().map(|(base, path)| {
        let base: String = base.chars().filter(|character| !character.is_whitespace()).collect();
        (base.trim_end_matches('/').to_owned(), *path)
    });
    let mut fitting: Vec<(String, RepoPath)> = bases
        .filter(|(base, _)| {
            squeezed
                .strip_prefix(base.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
        })
        .collect();
    fitting.sort_by_key(|(base, _)| std::cmp::Reverse(base.len()));
    let (base, folder) = fitting.into_iter().next()?;
    let (rest, anchor) = split_anchor(&squeezed[base.len()..]);
    let rest = decode(rest.split('?').next().unwrap_or(rest));
    let rest = rest.trim_matches('/');
    if is_filled_in(rest) {
        return Some((End::Nowhere, None));
    }
    let page = match rest {
        "" => resolver.lookup.by_file(folder),
        rest => page_below(resolver, folder, rest),
    };
    if let Some(page) = page {
        return Some(at(resolver, link, page, anchor));
    }
    let missing = folder.join(rest.trim_start_matches('/')).unwrap_or(folder);
    Some((End::Nowhere, Some(not_found(resolver, missing, link))))
}

/// The one page whose file lies at `rest` below `folder`, case, separators and ending aside.
fn page_below(resolver: &Resolver<'_>, folder: RepoPath, rest: &str) -> Option<NodeId> {
    let exact = folder.join(rest).and_then(|path| resolver.lookup.by_file(path));
    let names = resolver.runbooks.by_name(resolver.graph);
    let last = folded(stem(rest.rsplit('/').next().unwrap_or(rest)));
    let wanted = folded_parts(stem(rest));
    let is_there = |id: &&NodeId| {
        let path = resolver.graph.node(**id).and_then(|node| node.span.file.strip_folder(folder));
        path.is_some_and(|path| folded_parts(stem(path)) == wanted)
    };
    let pages = || resolver.graph.nodes().filter(|node| resolver.lookup.by_file(node.span.file) == Some(node.id));
    exact
        .or_else(|| names.get(&last)?.iter().find(is_there).copied())
        // Pages of other kinds are no runbooks by name, and may lie there all the same.
        .or_else(|| pages().map(|node| node.id).find(|id| is_there(&id)))
}

/// A base that a template fills in, and what stands behind it.
fn follow_filled_in(resolver: &Resolver<'_>, from: &Node, link: &Link, written: &str) -> Followed {
    let Some((base, behind)) = split_base(written) else { return (End::Nowhere, None) };
    if is_filled_in(behind) {
        return (End::Nowhere, None);
    }
    let (path, anchor) = split_anchor(behind);
    let path = decode(path.split('?').next().unwrap_or(path));
    let path = path.trim_matches('/');
    if path.is_empty() {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return (End::Nowhere, None) };
        return match resolver.runbooks.base(resolver, base) {
            Some(page) => resolver.follow_anchor(page, link, anchor),
            None => (place_alone(resolver, from, anchor), None),
        };
    }
    let page =
        runbook_called(resolver, from, path).or_else(|| resolver.lookup.by_end_of_path(&stem(path).to_lowercase()));
    page.map_or((End::Nowhere, None), |page| at(resolver, link, page, anchor))
}

/// The one runbook, or page, that has a place of this name.
fn place_alone(resolver: &Resolver<'_>, from: &Node, anchor: &str) -> End {
    let places = resolver.runbooks.places(resolver).get(&folded(anchor)).map_or(&[][..], Vec::as_slice);
    let of_runbooks: Vec<_> = places.iter().filter(|(page, _)| is_runbook(resolver.graph, *page)).collect();
    match (of_runbooks.as_slice(), places) {
        ([(page, anchor)], _) | ([], [(page, anchor)]) if *page != from.id => {
            End::Node { id: *page, anchor: Some(*anchor) }
        }
        _ => End::Nowhere,
    }
}

/// An address: of the site, of this repository on its forge, or of somebody else.
fn follow_address(resolver: &Resolver<'_>, from: &Node, link: &Link, address: &str) -> Followed {
    if let Some(rest) = resolver.base_url.and_then(|base| address.strip_prefix(base)) {
        let (route, anchor) = split_anchor(rest);
        let route = route.split('?').next().unwrap_or(route);
        if let Some(id) = resolver.lookup.by_route(route) {
            return at(resolver, link, id, anchor);
        }
        if let Some(path) = RepoPath::new(route).filter(|path| *path != RepoPath::root()) {
            return (End::Web(address.to_owned()), Some(not_found(resolver, path, link)));
        }
    }
    if let Some(own) = resolver.runbooks.own(resolver).iter().find(|own| rest_below(address, &own.base).is_some()) {
        let (route, anchor) = split_anchor(rest_below(address, &own.base).unwrap_or_default());
        return match page_at_end(resolver, route) {
            Some(page) => at(resolver, link, page, anchor),
            None => {
                let path = RepoPath::new(route.split('?').next().unwrap_or(route).trim_matches('/'));
                let missing = path.filter(|path| own.is_whole && *path != RepoPath::root());
                (End::Web(address.to_owned()), missing.map(|path| not_found(resolver, path, link)))
            }
        };
    }
    let candidates = resolver.forge.map(|forge| forge.paths_of(address)).unwrap_or_default();
    let there = candidates.paths.iter().copied().find(|path| resolver.files.contains(*path));
    if let Some(path) = there {
        let path = resolver.files.follow(path);
        let index = ["README.md", "_index.md", "index.md"].into_iter().filter_map(|name| path.join(name));
        let page = std::iter::once(path).chain(index).find_map(|path| resolver.lookup.by_file(path));
        let page = page.filter(|page| *page != from.id && !candidates.anchor.is_some_and(paths::is_line_anchor));
        return page.map_or((End::Web(address.to_owned()), None), |page| at(resolver, link, page, candidates.anchor));
    }
    match candidates.paths.first().filter(|_| candidates.is_current) {
        Some(path) => (End::Web(address.to_owned()), Some(not_found(resolver, *path, link))),
        None => (End::Web(address.to_owned()), None),
    }
}

/// A path: from the rule's file, from a folder above it, or from the root, as is more usual; or the name of a runbook.
fn follow_path(resolver: &Resolver<'_>, from: &Node, link: &Link, written: &str) -> Followed {
    let (path, anchor) = split_anchor(written);
    let path = decode(path.split('?').next().unwrap_or(path));
    let relative = path.trim_start_matches('/');
    if relative.is_empty() {
        return (End::Nowhere, None);
    }
    let own = from.span.file.parent();
    let folders = std::iter::once(RepoPath::root()).chain(from.span.file.above());
    let endings = ["", ".md", "/README.md", "/_index.md", "/index.md"];
    let folders: Vec<RepoPath> = folders.collect();
    let files =
        folders.iter().flat_map(|folder| endings.iter().filter_map(|end| folder.join(&format!("{relative}{end}"))));
    let files = files.filter(|path| resolver.files.contains(*path) && !resolver.files.is_folder(*path));
    if let Some(file) = files.map(|path| resolver.files.follow(path)).next() {
        return match resolver.lookup.by_file(file) {
            Some(page) => at(resolver, link, page, anchor),
            None => match resolver.forge {
                Some(forge) => (End::Web(forge.address(file, false, anchor)), None),
                None if resolver.files.is_absent(file) => (End::Nowhere, None),
                None => (End::Asset(file), None),
            },
        };
    }
    if let Some(page) = resolver.lookup.by_route(relative).or_else(|| runbook_called(resolver, from, relative)) {
        return at(resolver, link, page, anchor);
    }
    let first = relative.split('/').next().unwrap_or_default();
    let lies_here =
        || folders.iter().any(|folder| folder.join(first).is_some_and(|path| resolver.files.is_folder(path)));
    // A name without an ending may be a part of an address that another tool completes.
    if !(relative.ends_with(".md") && relative.contains('/') && (lies_here() || relative.starts_with('.'))) {
        return (End::Nowhere, None);
    }
    let missing = folders.iter().find(|folder| folder.join(first).is_some_and(|path| resolver.files.is_folder(path)));
    let missing = missing.and_then(|folder| folder.join(relative)).or_else(|| own.join(relative));
    match missing {
        Some(path) => (End::Nowhere, Some(not_found(resolver, path, link))),
        None => (End::Nowhere, None),
    }
}

/// The one runbook that the end of `path` names: with the folder before it, which tells runbooks of one name apart, or alone.
fn runbook_called(resolver: &Resolver<'_>, from: &Node, path: &str) -> Option<NodeId> {
    let parts = folded_parts(stem(path));
    let last = parts.last().filter(|last| !is_general(last))?;
    let found = resolver.runbooks.by_name(resolver.graph).get(last)?;
    let folder = parts.len().checked_sub(2).map(|at| &parts[at]).filter(|folder| !is_general(folder));
    let in_folder = |id: &&NodeId| {
        let file = resolver.graph.node(**id).map(|node| node.span.file);
        file.is_some_and(|file| file.folders().next_back().map(folded).as_ref() == folder)
    };
    let fitting: Vec<&NodeId> = found.iter().filter(|id| folder.is_some() && in_folder(id)).collect();
    match (fitting.as_slice(), found.as_slice()) {
        ([one], _) => Some(**one),
        (_, [one]) => Some(*one).filter(|one| *one != from.id),
        _ => None,
    }
}

/// A page, or the place on it.
fn at(resolver: &Resolver<'_>, link: &Link, page: NodeId, anchor: Option<&str>) -> Followed {
    match anchor.filter(|anchor| !anchor.is_empty() && !is_filled_in(anchor)) {
        Some(anchor) => resolver.follow_anchor(page, link, anchor),
        None => (End::Node { id: page, anchor: None }, None),
    }
}

/// An alert names a page of this repository that does not exist, and whoever is woken up by it will look there.
fn not_found(resolver: &Resolver<'_>, path: RepoPath, link: &Link) -> Diagnostic {
    let near = match resolver.near_paths(link, path) {
        near if near.is_empty() => resolver.lookup.near("runbook", stem(path.file_name())),
        near => near,
    };
    let hint = match near.as_slice() {
        [] => "write the runbook, or mend the address".to_owned(),
        near => did_you_mean(near),
    };
    let message = format!("there is no runbook `{path}` in the repository");
    Diagnostic::new(Code::RunbookNotFound, message, link.span).hint(hint)
}

fn is_runbook(graph: &Graph, id: NodeId) -> bool {
    graph.node(id).is_some_and(|node| node.kind.name == "runbook")
}

/// Names that say nothing.
fn is_general(name: &str) -> bool {
    let known =
        ["", "runbook", "runbooks", "readme", "index", "playbook", "playbooks", "docs", "wiki", "alerts", "content"];
    known.contains(&name)
}
