//! Who has which address.

use std::collections::HashMap;

use super::Route;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::graph::{Graph, Node, NodeId, is_language, suffixed};
use crate::source::{RepoPath, Span};

/// The addresses given away so far. Those that differ only in case are one: many file systems cannot tell them apart.
pub(super) struct Addresses {
    /// Files and folders that the site needs for itself.
    reserved: &'static [&'static str],
    owners: HashMap<String, Option<(NodeId, Span)>>,
    /// How many wanted an address that was taken, so that the next free one is not looked for from the start.
    refused: HashMap<String, u32>,
    diagnostics: Diagnostics,
}

impl Addresses {
    /// No address is given away, but `reserved` are not to be had, nor what is in them.
    pub(super) fn reserve(reserved: &'static [&'static str]) -> Self {
        Self { reserved, owners: HashMap::new(), refused: HashMap::new(), diagnostics: Diagnostics::new() }
    }

    pub(super) fn is_free(&self, route: Route) -> bool {
        self.owner(route).is_none()
    }

    /// Who has `route`; nobody in particular when the site needs it, or the folder that it is in, for itself.
    fn owner(&self, route: Route) -> Option<Option<(NodeId, Span)>> {
        let folder = route.as_str().split('/').next().unwrap_or_default();
        let reserved = self.reserved.iter().any(|taken| taken.eq_ignore_ascii_case(folder)).then_some(None);
        reserved.or_else(|| self.owners.get(&key(route)).copied())
    }

    /// Gives `route`, or the next free one like it, to the site.
    pub(super) fn take(&mut self, route: Route) -> Route {
        let mut free = (2..).map(|count: u32| Route::new(&suffixed(route.as_str(), &count.to_string())));
        let given = if self.is_free(route) { Some(route) } else { free.find(|route| self.is_free(*route)) };
        // The numbers do not end before the pages do.
        let given = given.unwrap_or(route);
        self.owners.insert(key(given), None);
        given
    }

    /// Gives `route` to `node`, or, when another has it, the next free one like it.
    pub(super) fn claim(&mut self, route: Route, node: &Node) -> Route {
        let Some(owner) = self.owner(route) else {
            self.owners.insert(key(route), Some((node.id, node.span)));
            return route;
        };
        let refused = self.refused.entry(key(route)).or_insert(1);
        *refused += 1;
        let mut free = (*refused..).map(|count: u32| Route::new(&suffixed(route.as_str(), &count.to_string())));
        // The numbers do not end before the pages do.
        let given = free.find(|route| self.is_free(*route)).unwrap_or(route);
        let diagnostic = match owner {
            Some((owner, span)) => {
                let message = format!("`{}` and `{owner}` both want the address `/{route}`", node.id);
                Diagnostic::new(Code::DuplicateRoute, message, node.span).related(span, format!("`{owner}` has it"))
            }
            None => {
                let message = format!("`{}` wants the address `/{route}`, which the site needs for itself", node.id);
                Diagnostic::new(Code::DuplicateRoute, message, node.span)
            }
        };
        let mut diagnostic = diagnostic.label(format!("stands at `/{given}` for now"));
        // An address that somebody gave to one of them against one that only this site gives to the other: of pages that have no folder in
        // common that is nobody's mistake.
        let is_stated = |id: NodeId| !route.as_str().trim_end_matches('/').ends_with(id.name());
        let is_beside = |span: Span| span.file.folders().next() == node.span.file.folders().next();
        let mut is_mistake = true;
        if let Some((_, span)) = owner.filter(|(owner, _)| is_stated(*owner) != is_stated(node.id)) {
            diagnostic.level = Level::Warn;
            is_mistake = is_beside(span);
        }
        if is_mistake {
            self.diagnostics.push(diagnostic.hint("give one of them another `slug` or file name"));
        }
        self.owners.insert(key(given), Some((node.id, node.span)));
        given
    }

    /// Gives `route` to `node` of `graph` as an old address, which another may have: then it leads there. One that is named twice, or
    /// is the new one, is no mistake, nor is that copies of one page, pages in several languages or of several sites say the same.
    pub(super) fn claim_old(
        &mut self,
        route: Route,
        node: &Node,
        graph: &Graph,
        are_of_one_site: &dyn Fn(RepoPath, RepoPath) -> bool,
    ) -> bool {
        let Some(owner) = self.owner(route) else {
            self.owners.insert(key(route), Some((node.id, node.span)));
            return true;
        };
        let language = |file: RepoPath| file.folders().find(|folder| is_language(folder));
        let is_in_other_language = |other: &Node| language(other.span.file) != language(node.span.file);
        let is_copy = |id| graph.node(id).is_some_and(|other| other.title == node.title || is_in_other_language(other));
        if owner.is_some_and(|(owner, _)| owner == node.id || is_copy(owner)) {
            return false;
        }
        // A page that stands there keeps its address, whoever says to have had it.
        let is_page = || {
            graph
                .nodes()
                .any(|other| is_at(other.span.file, &key(route)) && are_of_one_site(other.span.file, node.span.file))
        };
        // That this site needs it for itself is nobody's mistake.
        if let Some((owner, span)) = owner.filter(|(_, span)| are_of_one_site(span.file, node.span.file) && !is_page())
        {
            let message = format!("the old address `/{route}` of `{}` leads to `{owner}`", node.id);
            let mut diagnostic = Diagnostic::new(Code::DuplicateRoute, message, node.span)
                .related(span, format!("`{owner}` has it"))
                .hint("take it out of the `aliases` of one of them");
            diagnostic.level = Level::Warn;
            self.diagnostics.push(diagnostic);
        }
        false
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics
    }
}

/// Whether a generator gives the page of `file` the address `address`, of a site whose root may be any folder above.
fn is_at(file: RepoPath, address: &str) -> bool {
    let path = file.without_extension().to_lowercase();
    let path = path.strip_suffix("/index").or_else(|| path.strip_suffix("/_index")).unwrap_or(&path);
    path.strip_suffix(address).is_some_and(|before| before.ends_with('/'))
}

fn key(route: Route) -> String {
    route.as_str().trim_end_matches("index.html").trim_end_matches('/').to_lowercase()
}
