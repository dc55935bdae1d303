//! A page as the place from which others are linked.

use std::borrow::Cow;

use super::Pages;
use super::address::Addresses;
use super::rows::Rows;
use super::values;
use super::view::{LinkView, PageLinkView, PagingView, ValueView};
use crate::graph::{Graph, Node, NodeId};
use crate::plan::{Place, Route, SectionPlan, SitePlan};

/// So many pages of a long list before and behind the current one are linked, beside the first and the last.
const AROUND: usize = 2;

/// The page at one address.
#[derive(Clone, Copy)]
pub(super) struct Standpoint<'a> {
    pub(super) pages: Pages<'a>,
    pub(super) route: Route,
    /// What leads to the site's root from any address; `None` for a page whose address is known.
    root: Option<&'a str>,
}

impl<'a> Standpoint<'a> {
    pub(super) fn new(pages: Pages<'a>, route: Route) -> Self {
        Self { pages, route, root: None }
    }

    /// A page that a server shows at any address: its links start from the server's root.
    pub(super) fn anywhere(pages: Pages<'a>, route: Route) -> Self {
        let base = pages.project.site.base_url.as_deref().unwrap_or_default();
        let path =
            base.find("://").and_then(|scheme| base[scheme + 3..].find('/').map(|slash| &base[scheme + 3 + slash..]));
        Self { root: Some(path.unwrap_or("/")), ..Self::new(pages, route) }
    }

    pub(super) fn graph(self) -> &'a Graph {
        &self.pages.resolved.graph
    }

    pub(super) fn plan(self) -> &'a SitePlan {
        self.pages.plan
    }

    /// What leads from the page to the site's root.
    pub(super) fn root(self) -> Cow<'a, str> {
        self.root.map_or_else(|| self.route.to_root().into(), Cow::Borrowed)
    }

    /// The whole address of what is at `href`; empty when the site's is not known.
    pub(super) fn url(self, href: &str) -> String {
        self.pages.project.site.base_url.as_ref().map(|base| format!("{base}{href}")).unwrap_or_default()
    }

    /// The rows of the list of `section`.
    pub(super) fn rows(self, section: &SectionPlan) -> Option<&'a Rows> {
        self.pages.common.rows(self.graph(), self.plan(), section.section.slug)
    }

    /// The addresses of the page at `route`.
    pub(super) fn to(self, route: Route) -> Addresses<'a> {
        self.to_place(Place { route, anchor: None })
    }

    /// The addresses of `place`.
    pub(super) fn to_place(self, place: Place) -> Addresses<'a> {
        Addresses::new(self.route, self.root, place)
    }

    /// The addresses of `id`: its page, or its place on one.
    pub(super) fn to_node(self, id: NodeId) -> Option<Addresses<'a>> {
        self.plan().place(id).map(|place| Addresses::new(self.route, self.root, place))
    }

    /// A link to `node` that says what kind of thing it is.
    pub(super) fn link(self, node: &'a Node) -> Option<LinkView<'a>> {
        let Addresses { href, to } = self.to_node(node.id)?;
        Some(LinkView { title: &node.title, href, to, label: node.kind.label })
    }

    /// A value that is the title of `id` and leads there.
    pub(super) fn value(self, id: NodeId) -> Option<ValueView<'a>> {
        let Addresses { href, to } = self.to_node(id)?;
        Some(ValueView { href, to, ..values::plain(self.graph().node(id)?.title.as_str()) })
    }

    /// The page `number` of a long list whose pages are at `routes`; `None` for one page.
    pub(super) fn paging(self, routes: &[Route], number: usize) -> Option<PagingView<'a>> {
        let count = routes.len();
        if count < 2 {
            return None;
        }
        let page = |number: usize, gap: bool| {
            let Addresses { href, to } = self.to(*routes.get(number.checked_sub(1)?)?);
            Some(PageLinkView { number, href, to, gap })
        };
        let near = number.saturating_sub(AROUND).max(1)..=(number + AROUND).min(count);
        let numbers: Vec<usize> = (1..=count).filter(|at| *at == 1 || *at == count || near.contains(at)).collect();
        let before = std::iter::once(0).chain(numbers.iter().copied());
        Some(PagingView {
            number,
            pages: numbers.iter().zip(before).filter_map(|(&at, before)| page(at, at > before + 1)).collect(),
            previous: page(number.saturating_sub(1), false),
            next: page(number + 1, false),
        })
    }
}
