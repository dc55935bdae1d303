//! A planned page -> its view, and what else it is made of.
//!
//! A page is its frame, which is its view without the text, and its text: the blocks of the nodes that it shows, and what
//! stands in their holes. Both making a page and telling whether it changed begin with these two, so that nothing can go
//! into a page that does not go into its key.

use std::borrow::Cow;
use std::sync::Arc;

use super::Pages;
use super::address::Addresses;
use super::alerts;
use super::blocks::{Body, body};
use super::changes::last_change;
use super::handlers;
use super::key::hash_of;
use super::links::{PageLinks, source_place};
use super::listing;
use super::navigation::navigation_view;
use super::owners;
use super::relations;
use super::standpoint::Standpoint;
use super::succession;
use super::tables::{child_rows, tables};
use super::text::{Text, TextKey};
use super::values;
use super::view::{
    CardView, ContentView, ContentsView, FactView, FileView, HeadView, Html, LinkView, ListView, NodeView,
    NotFoundView, OverviewView, PageView, RedirectView, SourceView, TableView,
};
use crate::graph::{Block, Fact, Node, NodeId, push_text};
use crate::plan::{Crumb, Page, PageContent, breadcrumbs};
use crate::source::{ContentHash, RepoPath, SourceFile};

/// The front page names this many entries of a section.
const FIRST_ENTRIES: usize = 5;

/// What a page is made of.
pub(super) enum Frame<'a> {
    /// The page of a node: its view without the text, and the text.
    Text(Box<PageView<'a>>, Text<'a>),
    /// A file: its view without the text, and the file.
    File(Box<PageView<'a>>, Arc<SourceFile>),
    /// Any other page.
    Page(Box<PageView<'a>>),
    /// An old address.
    Redirect(Box<RedirectView<'a>>),
}

impl<'a> Frame<'a> {
    /// What `page` is made of.
    pub(super) fn new(pages: Pages<'a>, page: &Page) -> Self {
        let from = Standpoint::new(pages, page.route);
        let node = |id: NodeId| pages.resolved.graph.node(id);
        match page.content {
            PageContent::Node(id) => match node(id) {
                Some(node) => {
                    let links = PageLinks::new(pages.resolved, pages.plan, pages.sources, page.route);
                    let text = Text::new(&pages.resolved.graph, pages.common, node, links);
                    Frame::Text(Box::new(node_page(from, node, &text)), text)
                }
                None => Frame::Page(Box::new(not_found_page(from))),
            },
            PageContent::Below { node: id, number } => match node(id) {
                Some(node) => Frame::Page(Box::new(below_page(from, node, number))),
                None => Frame::Page(Box::new(not_found_page(from))),
            },
            PageContent::Section { section, number } => Frame::Page(Box::new(list_page(from, section.slug, number))),
            PageContent::File { path, of } => match pages.sources.source(path).zip(node(of)) {
                Some((file, of)) => Frame::File(Box::new(file_page(from, path, of)), file),
                None => Frame::Page(Box::new(not_found_page(from))),
            },
            PageContent::Overview => Frame::Page(Box::new(overview_page(from))),
            PageContent::NotFound => Frame::Page(Box::new(not_found_page(Standpoint::anywhere(pages, page.route)))),
            PageContent::Redirect(id) => match redirect(from, id) {
                Some(view) => Frame::Redirect(Box::new(view)),
                None => Frame::Page(Box::new(not_found_page(from))),
            },
        }
    }

    /// The hash of everything that the page depends on; `body` answers for what the nodes say.
    pub(super) fn key(&self, theme: ContentHash, body: &dyn Fn(NodeId) -> ContentHash) -> ContentHash {
        match self {
            Frame::Text(view, text) => hash_of(&(theme, view, TextKey { text, body })),
            Frame::File(view, file) => hash_of(&(theme, view, file.hash())),
            Frame::Page(view) => hash_of(&(theme, view)),
            Frame::Redirect(view) => hash_of(&(theme, view)),
        }
    }
}

/// `view` with `text` in it.
pub(super) fn filled<'a>(mut view: PageView<'a>, text: &Text<'a>) -> PageView<'a> {
    if let ContentView::Node(node) = &mut view.content {
        let body = body(text);
        node.body = Html::new(&body.html);
        node.contents = contents(&body, &node.children);
    }
    view
}

/// `view` with the text of `file` in it.
pub(super) fn filled_with_file<'a>(mut view: PageView<'a>, file: &SourceFile) -> PageView<'a> {
    if let ContentView::File(shown) = &mut view.content {
        let text = file.glance();
        shown.numbers = Html::new(&listing::numbers(&text));
        shown.code = Html::new(&listing::code(file.path(), &text));
    }
    view
}

fn node_page<'a>(from: Standpoint<'a>, node: &'a Node, text: &Text<'a>) -> PageView<'a> {
    let section = from.plan().section(node.kind.section.slug);
    let is_front = from.route.as_str().is_empty();
    let neighbour = |steps: isize| {
        let id = from.pages.common.neighbour(section?, node.id, steps)?;
        from.link(from.graph().node(id)?)
    };
    let shown_by_text = shown_by_text(node);
    let content = NodeView {
        kind: node.kind.name,
        label: node.kind.label,
        id: node.id.as_str(),
        name: values::name(node),
        badges: values::badges(&node.facts, shown_by_text),
        facts: facts(from, node, shown_by_text),
        banner: succession::banner(from, node),
        succession: Html::new(&succession::picture(from, node)),
        body: Html::new(""),
        contents: Vec::new(),
        breadcrumbs: crumbs(from, node),
        previous: neighbour(-1),
        next: neighbour(1),
        children: tables(from, &child_rows(from, node), 1, false),
        paging: from.paging(&from.plan().tables_of(node.id), 1),
        relations: relations::of_page(from, node, &text.nodes),
        source: source(from, node),
        minutes: match node.facts.get("minutes") {
            Some(Fact::Number(minutes)) => *minutes,
            _ => 0,
        },
        overview: is_front.then(|| overview(from)),
    };
    let mut view = page_view(from, &node.title, node.kind.section.slug, ContentView::Node(Box::new(content)));
    view.page.copy = from.route.way_to_copy();
    view.page.description = if node.summary.is_empty() && is_front { description(from) } else { &node.summary };
    view.navigation = section.map(|section| navigation_view(from, section, Some(node)));
    view
}

fn list_page<'a>(from: Standpoint<'a>, slug: &'static str, number: usize) -> PageView<'a> {
    let section = from.plan().section(slug);
    let rows = section.and_then(|section| from.rows(section));
    let list = ListView {
        count: rows.map_or(0, |rows| rows.nodes.len()),
        breadcrumbs: Vec::new(),
        tables: rows.map(|rows| tables(from, rows, number, true)).unwrap_or_default(),
        paging: section.and_then(|section| from.paging(&section.list, number)),
    };
    let title = section.map_or("", |section| section.section.label);
    let mut view = page_view(from, title, slug, ContentView::List(Box::new(list)));
    view.navigation = section.map(|section| navigation_view(from, section, None));
    view
}

/// The page `number` of the tables of what is below `node`.
fn below_page<'a>(from: Standpoint<'a>, node: &'a Node, number: usize) -> PageView<'a> {
    let rows = child_rows(from, node);
    let routes = from.plan().tables_of(node.id);
    let mut breadcrumbs = crumbs(from, node);
    breadcrumbs.extend(from.link(node).map(|link| LinkView { label: "", ..link }));
    let list = ListView {
        count: rows.nodes.len(),
        breadcrumbs,
        tables: tables(from, &rows, number, false),
        paging: from.paging(&routes, number),
    };
    let mut view = page_view(from, &node.title, node.kind.section.slug, ContentView::List(Box::new(list)));
    let section = from.plan().section(node.kind.section.slug);
    view.navigation = section.map(|section| navigation_view(from, section, Some(node)));
    view
}

/// The page of the file at `path`, which is a part of `of`.
fn file_page<'a>(from: Standpoint<'a>, path: RepoPath, of: &'a Node) -> PageView<'a> {
    let mut breadcrumbs = crumbs(from, of);
    breadcrumbs.extend(from.link(of).map(|link| LinkView { label: "", ..link }));
    let forge = from.pages.project.forge.as_ref();
    let url = forge.map(|forge| forge.address(path, false, None)).unwrap_or_default();
    let file = FileView { breadcrumbs, numbers: Html::new(""), code: Html::new(""), url };
    page_view(from, path.as_str(), of.kind.section.slug, ContentView::File(Box::new(file)))
}

fn overview_page<'a>(from: Standpoint<'a>) -> PageView<'a> {
    let mut view = page_view(from, &from.pages.project.site.title, "", ContentView::Overview(overview(from)));
    view.page.description = description(from);
    view
}

fn not_found_page<'a>(from: Standpoint<'a>) -> PageView<'a> {
    page_view(from, "Page not found", "", ContentView::NotFound(NotFoundView {}))
}

fn redirect<'a>(from: Standpoint<'a>, id: NodeId) -> Option<RedirectView<'a>> {
    let link = from.link(from.graph().node(id)?)?;
    let url = from.url(&link.href.text());
    Some(RedirectView { site: from.pages.common.site.clone(), root: from.route.to_root(), link, url })
}

fn page_view<'a>(
    from: Standpoint<'a>,
    title: &'a str,
    section: &'static str,
    content: ContentView<'a>,
) -> PageView<'a> {
    let href = from.route.encoded();
    let page = HeadView {
        title,
        url: from.url(&href),
        description: "",
        copy: String::new(),
        section,
        list: from.plan().section(section).map_or(Cow::Borrowed(""), |plan| plan.route.encoded()),
        href,
    };
    PageView { site: from.pages.common.site.clone(), root: from.root(), page, navigation: None, content }
}

fn description<'a>(from: Standpoint<'a>) -> &'a str {
    &from.pages.project.site.description
}

fn crumbs<'a>(from: Standpoint<'a>, node: &'a Node) -> Vec<LinkView<'a>> {
    let view = |crumb: Crumb<'a>| {
        let Addresses { href, to } = from.to(crumb.route);
        LinkView { title: crumb.title, href, to, label: "" }
    };
    breadcrumbs(from.graph(), from.plan(), node).into_iter().map(view).collect()
}

/// What is said of `node` below its title.
fn facts<'a>(from: Standpoint<'a>, node: &'a Node, shown_by_text: &[&str]) -> Vec<FactView<'a>> {
    let owners = owners::of_node(from, node);
    let mut hidden = shown_by_text.to_vec();
    hidden.extend(owners::is_stated_by(from, node, &owners).then_some("owner"));
    let known = alerts::of_node(from, node).into_iter().chain(handlers::of_node(from, node));
    let known = known.chain(owners::fact(from, &owners));
    known.chain(values::facts(&node.facts, &hidden)).collect()
}

/// The facts of `node` that a block of its text shows.
fn shown_by_text(node: &Node) -> &'static [&'static str] {
    // Only what has a method is an operation; the blocks of everything else need not be looked at.
    let is_operation = |block: &Block| matches!(block, Block::Operation { .. });
    let has_operation = node.facts.contains_key("method") && node.body.iter().any(is_operation);
    if has_operation { &["method", "path", "deprecated"] } else { &[] }
}

/// The headings of the two highest levels, and those of the tables behind the text.
fn contents<'a>(text: &Body, children: &[TableView<'a>]) -> Vec<ContentsView<'a>> {
    let highest = text.headings.iter().map(|heading| heading.level).min().unwrap_or(2);
    let headings = text.headings.iter().filter(|heading| heading.level <= highest.saturating_add(1));
    let headings = headings.map(|heading| ContentsView {
        title: Html::new(&heading.title),
        anchor: heading.anchor.clone().into(),
        level: heading.level - highest + 2,
    });
    let tables = children.iter().filter(|table| !table.label.is_empty()).map(|table| {
        let mut title = String::new();
        push_text(&mut title, table.label);
        ContentsView { title: Html::new(&title), anchor: table.anchor.clone().into(), level: 2 }
    });
    headings.chain(tables).collect()
}

fn source<'a>(from: Standpoint<'a>, node: &Node) -> SourceView<'a> {
    let path = node.span.file;
    let place = source_place(from.plan(), from.pages.sources, node);
    let Addresses { href, to } = place.map_or(Addresses::NOWHERE, |place| from.to_place(place));
    let file = (node.span.start > 0).then(|| from.pages.sources.source(path)).flatten();
    let line = file.map_or(1, |file| file.line(node.span.start));
    let forge = from.pages.project.forge.as_ref();
    let anchor = if line > 1 { Some(format!("L{line}")) } else { None };
    SourceView {
        path: path.as_str(),
        line,
        url: forge.map(|forge| forge.address(path, false, anchor.as_deref())).unwrap_or_default(),
        href,
        to,
        changed: last_change(from, path),
    }
}

fn overview<'a>(from: Standpoint<'a>) -> OverviewView<'a> {
    let plans = from.plan().sections.iter().zip(&from.pages.common.sections);
    let cards = plans.map(|(plan, section)| {
        let roots = plan.roots.iter().filter_map(|id| from.graph().node(*id));
        let links = roots.filter_map(|node| from.link(node)).filter(|link| !link.href.is_empty());
        CardView { section: section.clone(), count: plan.listed.len(), links: links.take(FIRST_ENTRIES).collect() }
    });
    OverviewView { cards: cards.collect() }
}
