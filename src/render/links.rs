//! Resolved links -> what stands in the HTML of one page.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::graph::{End, LinkIndex, Need, NodeId, ResolvedGraph, Target, escape};
use crate::plan::{Route, SitePlan, asset_route};

/// Characters that cannot stand in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'#');

/// Schemes that a page may lead to. Others (`javascript`, `data`) can run code in the reader's browser.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sftp", "ssh", "git", "irc", "ircs"];

/// The links of one page.
pub(super) struct PageLinks<'a> {
    resolved: &'a ResolvedGraph,
    plan: &'a SitePlan,
    page: Route,
    root: &'a str,
}

/// The address of a node below the site's root, with its anchor.
pub(super) fn href(plan: &SitePlan, id: NodeId) -> Option<String> {
    let place = plan.place(id)?;
    Some(with_anchor(place.route.encoded(), place.anchor.as_deref()))
}

fn with_anchor(mut href: String, anchor: Option<&str>) -> String {
    if let Some(anchor) = anchor {
        href.push('#');
        href.extend(utf8_percent_encode(anchor, FRAGMENT));
    }
    href
}

/// Whether `url` is a whole address that a page may lead to.
pub(super) fn is_safe(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    SCHEMES.iter().any(|safe| safe.eq_ignore_ascii_case(scheme))
}

impl<'a> PageLinks<'a> {
    /// The links of the page at `page`, from which `root` leads to the site's root.
    pub(super) fn new(resolved: &'a ResolvedGraph, plan: &'a SitePlan, page: Route, root: &'a str) -> Self {
        Self { resolved, plan, page, root }
    }

    /// The attributes of an `<a` that stands for a link of `owner`.
    pub(super) fn href_attributes(&self, owner: NodeId, index: LinkIndex) -> String {
        match self.end(owner, index) {
            Some(End::Node { id, anchor }) => self.way(*id, anchor.as_deref()),
            Some(End::Asset(path)) => format!(" href=\"{}{}\"", self.root, escape(&asset_route(*path).encoded())),
            Some(End::Section(slug)) => match self.plan.section(slug) {
                Some(section) => format!(" href=\"{}{}\"", self.root, section.route.encoded()),
                None => String::new(),
            },
            Some(End::Web(url)) if is_safe(url) => format!(" href=\"{}\" rel=\"noopener\"", escape(url)),
            Some(End::Web(_)) | None => String::new(),
            Some(End::Nowhere) => self.broken(owner, index),
        }
    }

    /// The attributes of an `<img` that stands for a link of `owner`.
    pub(super) fn source_attributes(&self, owner: NodeId, index: LinkIndex) -> String {
        match self.end(owner, index) {
            Some(End::Asset(path)) => {
                format!(" src=\"{}{}\" loading=\"lazy\"", self.root, escape(&asset_route(*path).encoded()))
            }
            Some(End::Web(url)) if is_safe(url) => format!(" src=\"{}\" loading=\"lazy\"", escape(url)),
            Some(End::Nowhere) => self.broken(owner, index),
            _ => String::new(),
        }
    }

    /// The title of what a link of `owner` leads to, escaped; the words of the reference when that has none.
    pub(super) fn title(&self, owner: NodeId, index: LinkIndex) -> String {
        let title: Cow<'_, str> = match self.end(owner, index) {
            Some(End::Node { id, .. }) => self.resolved.graph.node(*id).map_or("", |node| &node.title).into(),
            Some(End::Section(slug)) => self.plan.section(slug).map_or("", |plan| plan.section.label).into(),
            Some(End::Web(url)) => url.into(),
            Some(End::Asset(path)) => path.file_name().into(),
            Some(End::Nowhere) | None => self.written(owner, index).into(),
        };
        escape(&title)
    }

    /// The attributes of an `<a` that leads to a node, or to the place `anchor` on its page.
    pub(super) fn way(&self, id: NodeId, anchor: Option<&str>) -> String {
        let Some(place) = self.plan.place(id) else { return String::new() };
        let anchor = anchor.or(place.anchor.as_deref());
        let on_this_page = place.route == self.page && anchor.is_some();
        let page = if on_this_page { String::new() } else { format!("{}{}", self.root, place.route.encoded()) };
        format!(" href=\"{}\"", escape(&with_anchor(page, anchor)))
    }

    /// What may be something else altogether is plain text; what must lead somewhere says that it does not.
    fn broken(&self, owner: NodeId, index: LinkIndex) -> String {
        let graph = &self.resolved.graph;
        match graph.link_of_hole(owner, index).map(|position| graph.link(position)) {
            Some(link) if link.need == Need::Must => {
                format!(" class=\"broken\" title=\"Nothing is found for: {}\"", escape(&self.written(owner, index)))
            }
            _ => String::new(),
        }
    }

    fn end(&self, owner: NodeId, index: LinkIndex) -> Option<&'a End> {
        self.resolved.graph.link_of_hole(owner, index).and_then(|position| self.resolved.ends.get(position))
    }

    fn written(&self, owner: NodeId, index: LinkIndex) -> String {
        let graph = &self.resolved.graph;
        let link = graph.link_of_hole(owner, index).map(|position| graph.link(position));
        link.map_or_else(String::new, |link| match &link.target {
            Target::Known(id) => id.name().to_owned(),
            Target::Named { text, .. } => text.clone(),
        })
    }
}
