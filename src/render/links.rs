//! Resolved links -> what stands in their place on one page.
//!
//! [`PageLinks::fill`] is all that the text of a page learns of the world outside of its nodes. What it answers goes into
//! the page's key, so that a page is made anew when a link of it leads elsewhere, and only then.

use super::address::Way;
use crate::graph::{End, Hole, LinkIndex, Need, Node, NodeId, ResolvedGraph, Target, push_escaped, push_text};
use crate::plan::{Place, Route, SitePlan, asset_route};
use crate::source::{Interned, RepoPath, Sources};

/// Schemes that a page may lead to. Others (`javascript`, `data`) can run code in the reader's browser.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sftp", "ssh", "git", "irc", "ircs"];

/// The links of one page.
pub(super) struct PageLinks<'a> {
    resolved: &'a ResolvedGraph,
    plan: &'a SitePlan,
    sources: &'a (dyn Sources + Sync),
    page: Route,
}

/// What stands in a hole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fill<'a> {
    /// Nothing: plain text, or a listing, which depends on itself alone.
    Nothing,
    /// A place of the site, as an address from the page.
    Place {
        /// The address.
        way: Way<'static>,
        /// Whether the page there has a copy in Markdown.
        has_copy: bool,
    },
    /// A whole address.
    Web(&'a str),
    /// What nothing was found for, as it was written.
    Broken(&'a str),
    /// Words.
    Title(&'a str),
    /// A line of a file, as an address from the page.
    Line(Way<'static>),
}

/// The line in which `node` is written, on the page that shows its file.
pub(super) fn source_place(plan: &SitePlan, sources: &dyn Sources, node: &Node) -> Option<Place> {
    let route = plan.file(node.span.file)?;
    let line = sources.source(node.span.file)?.line(node.span.start);
    Some(Place { route, anchor: Some(Interned::new(&line.to_string())) })
}

/// Whether `url` is a whole address that a page may lead to.
pub(super) fn is_safe(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    SCHEMES.iter().any(|safe| safe.eq_ignore_ascii_case(scheme))
}

impl<'a> PageLinks<'a> {
    /// The links of the page at `page`.
    pub(super) fn new(
        resolved: &'a ResolvedGraph,
        plan: &'a SitePlan,
        sources: &'a (dyn Sources + Sync),
        page: Route,
    ) -> Self {
        Self { resolved, plan, sources, page }
    }

    /// The way from the page to the line in which `node` is written, where a page shows that.
    pub(super) fn to_source(&self, node: &Node) -> Option<Way<'static>> {
        let place = source_place(self.plan, self.sources, node)?;
        Some(Way::new(self.page, place))
    }

    /// What stands in `hole` in the prose of `owner`.
    pub(super) fn fill(&self, owner: NodeId, hole: &'a Hole) -> Fill<'a> {
        match hole {
            Hole::Href(index) => match self.end(owner, *index) {
                Some(End::Node { id, anchor }) => self.to_node(*id, *anchor),
                Some(End::Asset(path)) => self.to(asset_route(*path)),
                Some(End::Section(slug)) => self.plan.section(slug).map_or(Fill::Nothing, |plan| self.to(plan.route)),
                Some(End::Web(url)) if is_safe(url) => Fill::Web(url),
                Some(End::Web(_)) | None => Fill::Nothing,
                Some(End::Nowhere) => self.broken(owner, *index),
            },
            Hole::Source(index) => match self.end(owner, *index) {
                Some(End::Asset(path)) => self.to(asset_route(*path)),
                Some(End::Web(url)) if is_safe(url) => Fill::Web(url),
                Some(End::Nowhere) => self.broken(owner, *index),
                _ => Fill::Nothing,
            },
            Hole::Page(id) => self.to_node(*id, None),
            Hole::Title(index) => Fill::Title(self.title(owner, *index)),
            Hole::Code(_) => Fill::Nothing,
            Hole::Remark(words) => Fill::Title(words),
            Hole::Line { file, line } => self.to_line(*file, *line),
        }
    }

    fn to_line(&self, file: RepoPath, line: u32) -> Fill<'a> {
        let anchor = || Some(Interned::new(&line.to_string()));
        let place = self.plan.file(file).map(|route| Place { route, anchor: anchor() });
        place.map_or(Fill::Nothing, |place| Fill::Line(Way::new(self.page, place)))
    }

    /// The way from the page to `id`, or to the place `anchor` on its page.
    fn to_node(&self, id: NodeId, anchor: Option<Interned>) -> Fill<'a> {
        let Some(place) = self.plan.place(id) else { return Fill::Nothing };
        let place = Place { anchor: anchor.or(place.anchor), ..place };
        Fill::Place { way: Way::new(self.page, place), has_copy: true }
    }

    fn to(&self, route: Route) -> Fill<'a> {
        Fill::Place { way: Way::new(self.page, Place { route, anchor: None }), has_copy: false }
    }

    /// The title of what a link of `owner` leads to; the words of the reference when that has none.
    fn title(&self, owner: NodeId, index: LinkIndex) -> &'a str {
        match self.end(owner, index) {
            Some(End::Node { id, .. }) => self.resolved.graph.node(*id).map_or("", |node| &node.title),
            Some(End::Section(slug)) => self.plan.section(slug).map_or("", |plan| plan.section.label),
            Some(End::Web(url)) => url,
            Some(End::Asset(path)) => path.file_name(),
            Some(End::Nowhere) | None => self.written(owner, index),
        }
    }

    /// What may be something else altogether is plain text; what must lead somewhere says that it does not.
    fn broken(&self, owner: NodeId, index: LinkIndex) -> Fill<'a> {
        let graph = &self.resolved.graph;
        match graph.link_of_hole(owner, index).map(|position| graph.link(position)) {
            Some(link) if link.need == Need::Must => Fill::Broken(self.written(owner, index)),
            _ => Fill::Nothing,
        }
    }

    fn end(&self, owner: NodeId, index: LinkIndex) -> Option<&'a End> {
        self.resolved.graph.link_of_hole(owner, index).and_then(|position| self.resolved.end(position))
    }

    fn written(&self, owner: NodeId, index: LinkIndex) -> &'a str {
        let graph = &self.resolved.graph;
        let link = graph.link_of_hole(owner, index).map(|position| graph.link(position));
        link.map_or("", |link| match &link.target {
            Target::Known(id) => id.name(),
            Target::Named { text, .. } => text,
        })
    }
}

impl Fill<'_> {
    /// Appends what stands in the hole `hole`.
    pub(super) fn push_html(&self, hole: &Hole, html: &mut String) {
        let (attribute, behind) = match hole {
            Hole::Source(_) => (" src=\"", "\" loading=\"lazy\""),
            _ => (" href=\"", "\""),
        };
        match self {
            Fill::Nothing => {}
            Fill::Place { way, .. } => push_attribute(html, attribute, &way.text(), behind),
            Fill::Web(url) => push_attribute(html, attribute, url, behind),
            Fill::Broken(written) => {
                push_attribute(html, " class=\"broken\" title=\"Nothing is found for: ", written, "\"")
            }
            Fill::Title(title) => push_text(html, title),
            Fill::Line(way) => push_source(way, html),
        }
    }
}

/// Appends a link to the line at `way`.
pub(super) fn push_source(way: &Way<'_>, html: &mut String) {
    push_attribute(html, " <a class=\"to-source\" href=\"", &way.text(), "\">Source</a>");
}

/// Appends `before`, `value` escaped, and `behind`.
pub(super) fn push_attribute(html: &mut String, before: &str, value: &str, behind: &str) {
    html.push_str(before);
    push_escaped(html, value);
    html.push_str(behind);
}
