//! Routes, as code that serves them states them -> the operations that describe them.
//!
//! Enters: the links of one fragment that name a route (`GET /orders/{id}`, with the operation id behind it where one is known).
//! Leaves: for each the one operation that it is. Names of parameters do not matter. Code and specification may each lack a
//! prefix of the path; what the routes of one router have in common tells which. What may be several operations is none.

use std::collections::{BTreeMap, HashMap};

use super::lookup::shared_folders;
use super::{End, Fact, Fragment, Graph, Home, Link, Node, NodeId, ResolvedGraph, Target};
use crate::source::RepoPath;

/// The operations of a graph, by method and end of path.
#[derive(Debug, Default)]
pub(super) struct Operations {
    all: Vec<Operation>,
    /// By method and last segment: places in `all`.
    by_end: HashMap<(String, String), Vec<usize>>,
    /// How many operations each specification has.
    sizes: HashMap<NodeId, usize>,
}

#[derive(Debug)]
struct Operation {
    id: NodeId,
    specification: NodeId,
    file: RepoPath,
    /// Its path, and that below each server; the shortest first.
    paths: Vec<Segments>,
    operation_id: String,
}

/// The segments of a path, with `{}` for each parameter.
type Segments = Vec<String>;

/// What a path in code has other than the one in the specification, at its beginning.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    None,
    /// Code does not say these first segments.
    Missing(Segments),
    /// The specification does not say these first segments.
    Surplus(Segments),
}

/// An operation that a route may be.
#[derive(Clone, Debug)]
struct Candidate {
    operation: usize,
    difference: Difference,
}

/// Tags lie in each other no deeper.
const DEEPEST: usize = 16;

/// The specification that `operation` is a part of, directly or as one of a tag.
pub fn specification_of(graph: &Graph, operation: &Node) -> Option<NodeId> {
    let above = |node: &&Node| node.parent.and_then(|parent| graph.node(parent));
    let first = above(&operation)?;
    // The bound stops a circle.
    let way = std::iter::successors(Some(first), above).take(DEEPEST);
    way.filter(|node| node.kind.name == "api").map(|node| node.id).next()
}

impl Operations {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut operations = Self::default();
        for node in graph.nodes().filter(|node| node.kind.name == "operation") {
            let Some(specification) = specification_of(graph, node) else { continue };
            let calls = node.names.iter().filter_map(|name| name.as_str().split_once(" /"));
            let calls: Vec<(&str, Segments)> = calls.map(|(method, path)| (method, segments(path))).collect();
            // A name that has a document before its method is no method on a path.
            let Some(&(method, _)) = calls.iter().find(|(method, _)| !method.contains('/')) else { continue };
            let mut paths: Vec<Segments> =
                calls.iter().filter(|call| call.0 == method).map(|call| call.1.clone()).collect();
            paths.sort_by_key(Vec::len);
            let place = operations.all.len();
            // All of its paths end alike.
            let end = paths.first().and_then(|path| path.last()).cloned().unwrap_or_default();
            operations.by_end.entry((method.to_owned(), end)).or_default().push(place);
            *operations.sizes.entry(specification).or_default() += 1;
            let id = node.facts.get("operation_id");
            let operation_id = if let Some(Fact::Text(id)) = id { id.clone() } else { String::new() };
            operations.all.push(Operation { id: node.id, specification, file: node.span.file, paths, operation_id });
        }
        operations
    }

    fn candidates(&self, route: &Route<'_>) -> Vec<Candidate> {
        let end = route.path.last().cloned().unwrap_or_default();
        let found = self.by_end.get(&(route.method.to_owned(), end)).into_iter().flatten();
        let fits = |&operation: &usize| {
            let difference = difference(&route.path, &self.all[operation].paths)?;
            Some(Candidate { operation, difference })
        };
        found.filter_map(fits).collect()
    }
}

/// What `route` has other than the path that fits it best; `None` when none does.
fn difference(route: &Segments, paths: &[Segments]) -> Option<Difference> {
    if paths.contains(route) {
        return Some(Difference::None);
    }
    // Parameters alone are the end of anything.
    if route.iter().any(|segment| segment != "{}")
        && let Some(path) = paths.iter().rev().find(|path| path.ends_with(route))
    {
        return Some(Difference::Missing(path[..path.len() - route.len()].to_vec()));
    }
    let is_told = |path: &&Segments| path.iter().any(|segment| segment != "{}") && route.ends_with(path);
    let path = paths.iter().rev().find(is_told)?;
    Some(Difference::Surplus(route[..route.len() - path.len()].to_vec()))
}

/// A path without its parameters' names, in whatever syntax: `/orders/{id}`, `/orders/:id`, `/orders/<id>?<page>`,
/// `/orders/{id:[0-9]{4}}`.
fn segments(path: &str) -> Segments {
    let mut segments = Segments::new();
    let mut segment = String::new();
    let mut depth = 0_usize;
    for character in path.chars().chain(['/']) {
        match character {
            '{' => {
                if depth == 0 {
                    segment.push_str("{}");
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 && character != '/' => {}
            '?' => {
                // A query is no part of the path.
                if !segment.is_empty() {
                    segments.push(std::mem::take(&mut segment));
                }
                break;
            }
            '/' if depth == 0 && !segment.is_empty() => segments.push(std::mem::take(&mut segment)),
            '/' => {}
            _ => segment.push(character),
        }
    }
    for segment in &mut segments {
        if segment.starts_with([':', '*', '<']) {
            "{}".clone_into(segment);
        }
    }
    segments
}

/// A route as a link names it.
struct Route<'l> {
    link: &'l Link,
    method: &'l str,
    path: Segments,
    /// What a description that is made from the code calls it.
    operation_id: Option<&'l str>,
    /// What its function belongs to: a trait, a type, or nothing.
    group: Option<NodeId>,
}

/// The routes that links of one fragment name, and what they are.
pub(super) struct Routes<'l> {
    found: HashMap<(NodeId, &'l str), NodeId>,
}

/// The name of the route that a link names.
fn route_of(link: &Link) -> Option<&str> {
    match &link.target {
        Target::Named { scheme, text } if scheme.as_str() == "route" => Some(text),
        _ => None,
    }
}

impl<'l> Routes<'l> {
    /// Those that `fragment` names, among `operations`.
    pub(super) fn of(graph: &Graph, fragment: &'l Fragment, operations: impl FnOnce() -> &'l Operations) -> Self {
        let routes: Vec<Route<'l>> = fragment.links.iter().filter_map(|link| route(graph, link)).collect();
        if routes.is_empty() {
            return Self { found: HashMap::new() };
        }
        let operations = operations();
        let mut groups: BTreeMap<Option<NodeId>, Vec<Route<'l>>> = BTreeMap::new();
        for route in routes {
            groups.entry(route.group).or_default().push(route);
        }
        let mut claims: BTreeMap<usize, Vec<(Route<'l>, Difference)>> = BTreeMap::new();
        for (_, routes) in groups {
            let group = Group::of(operations, &routes);
            let chosen: Vec<Option<Candidate>> = routes.iter().map(|route| group.choose(route)).collect();
            for (route, candidate) in routes.into_iter().zip(chosen) {
                if let Some(candidate) = candidate {
                    claims.entry(candidate.operation).or_default().push((route, candidate.difference));
                }
            }
        }
        let mut found = HashMap::new();
        for (operation, claims) in claims {
            let operation = &operations.all[operation];
            for (route, _) in agreed(operation, claims) {
                found.insert((route.link.from, route_of(route.link).unwrap_or_default()), operation.id);
            }
        }
        Self { found }
    }

    /// Where `link` leads, when it names a route.
    pub(super) fn end(&self, link: &Link) -> Option<End> {
        let found = self.found.get(&(link.from, route_of(link)?));
        Some(found.map_or(End::Nowhere, |id| End::Node { id: *id, anchor: None }))
    }
}

impl ResolvedGraph {
    /// The route that `link` names (`GET /orders`), if there is certainly no operation that describes it.
    pub fn undescribed_route<'l>(&self, link: &'l Link) -> Option<&'l str> {
        let text = route_of(link)?;
        let candidates = self.lookup().operations().candidates(&route(&self.graph, link)?);
        candidates.is_empty().then(|| text.match_indices(' ').nth(1).map_or(text, |(end, _)| &text[..end]))
    }
}

fn route<'l>(graph: &Graph, link: &'l Link) -> Option<Route<'l>> {
    let mut words = route_of(link)?.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let group = match graph.node(link.from)?.home {
        Home::Within { node, .. } => Some(node),
        Home::Page { .. } => None,
    };
    Some(Route { link, method, path: segments(path), operation_id: words.next(), group })
}

/// Of several routes that are one operation those that certainly are.
fn agreed<'l>(operation: &Operation, mut claims: Vec<(Route<'l>, Difference)>) -> Vec<(Route<'l>, Difference)> {
    let is_called_so = |route: &Route<'_>| route.operation_id == Some(operation.operation_id.as_str());
    if claims.iter().any(|(route, _)| is_called_so(route)) {
        claims.retain(|(route, _)| route.operation_id.is_none() || is_called_so(route));
    }
    if claims.iter().any(|(_, difference)| *difference == Difference::None) {
        claims.retain(|(_, difference)| *difference == Difference::None);
    } else if claims.iter().any(|(_, difference)| *difference != claims[0].1) {
        claims.clear();
    }
    claims
}

/// Routes that stand together: what they have in common.
struct Group<'o> {
    operations: &'o Operations,
    count: usize,
    /// How many of the routes each specification has, with what difference.
    votes: BTreeMap<(NodeId, Difference), usize>,
}

impl<'o> Group<'o> {
    fn of(operations: &'o Operations, routes: &[Route<'_>]) -> Self {
        let mut votes: BTreeMap<(NodeId, Difference), usize> = BTreeMap::new();
        for route in routes {
            for candidate in operations.candidates(route) {
                let specification = operations.all[candidate.operation].specification;
                *votes.entry((specification, candidate.difference)).or_default() += 1;
            }
        }
        Self { operations, count: routes.len(), votes }
    }

    fn operation(&self, candidate: &Candidate) -> &'o Operation {
        &self.operations.all[candidate.operation]
    }

    fn votes(&self, candidate: &Candidate) -> usize {
        let key = (self.operation(candidate).specification, candidate.difference.clone());
        self.votes.get(&key).copied().unwrap_or(0)
    }

    /// The operation that `route` is, if there is no doubt.
    fn choose(&self, route: &Route<'_>) -> Option<Candidate> {
        let mut candidates = self.operations.candidates(route);
        let is_called_so =
            |candidate: &Candidate| route.operation_id == Some(self.operation(candidate).operation_id.as_str());
        if candidates.iter().any(|candidate| candidate.difference == Difference::None) {
            candidates.retain(|candidate| candidate.difference == Difference::None);
        }
        if candidates.iter().any(is_called_so) {
            candidates.retain(is_called_so);
        }
        let nearness = |candidate: &Candidate| shared_folders(self.operation(candidate).file, route.link.span.file);
        keep_best(&mut candidates, nearness);
        keep_best(&mut candidates, |candidate| self.votes(candidate));
        // The specification that has these routes and no others.
        let size = |candidate: &Candidate| self.operations.sizes.get(&self.operation(candidate).specification).copied();
        if candidates.len() > 1 {
            candidates.retain(|candidate| size(candidate) == Some(self.votes(candidate)));
        }
        let [candidate] = candidates.as_slice() else { return None };
        let is_sure = match candidate.difference {
            _ if is_called_so(candidate) => true,
            // One path alone may be anybody's: `/health`.
            Difference::None => self.votes(candidate) > 1 || self.count <= 2,
            Difference::Missing(_) | Difference::Surplus(_) => {
                let words = route.path.iter().filter(|segment| *segment != "{}").count();
                self.votes(candidate) > 1 || self.count <= 2 && words > 1
            }
        };
        is_sure.then(|| candidate.clone())
    }
}

/// Keeps those of which `rank` is the highest.
fn keep_best(candidates: &mut Vec<Candidate>, rank: impl Fn(&Candidate) -> usize) {
    if let Some(best) = candidates.iter().map(&rank).max() {
        candidates.retain(|candidate| rank(candidate) == best);
    }
}

#[cfg(test)]
mod tests {
    use super::{Difference, difference, segments};

    #[test]
    fn names_of_parameters_do_not_matter() {
        let cases = [
            ("/orders/{id}", "orders/{}"),
            ("/orders/:order_id/", "orders/{}"),
            ("/files/{*rest}", "files/{}"),
            ("/files/*rest", "files/{}"),
            ("/orders/<id>?<page>&<size>", "orders/{}"),
            ("/orders?page=1", "orders"),
            ("/orders/{id:[0-9]{4}/x}", "orders/{}"),
            ("/orders/{id}.{format}", "orders/{}.{}"),
            ("//orders//{id", "orders"),
            ("/", ""),
            ("", ""),
        ];
        for (path, expected) in cases {
            assert_eq!(segments(path).join("/"), expected, "{path}");
        }
    }

    #[test]
    fn a_prefix_may_be_missing_on_either_side() {
        let part = |path: &str| segments(path);
        let cases = [
            ("/orders/{a}", "/orders/{b}", Some(Difference::None)),
            ("/api/v2/orders", "/orders", Some(Difference::Surplus(part("api/v2")))),
            ("/orders", "/api/v2/orders", Some(Difference::Missing(part("api/v2")))),
            ("/orders", "/reorders", None),
            ("/{id}", "/orders/{id}", None),
            ("/orders/{id}", "/{id}", None),
            ("/", "/orders", None),
            ("/", "/", Some(Difference::None)),
        ];
        for (route, path, expected) in cases {
            assert_eq!(difference(&segments(route), &[segments(path)]), expected, "{route} and {path}");
        }
    }
}
