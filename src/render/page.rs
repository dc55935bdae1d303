//! A planned page -> its view.

use super::blocks::{Body, body};
use super::links::{PageLinks, href};
use super::overall::Overall;
use super::relations::link;
use super::tables::{child_tables, section_tables};
use super::values;
use super::view::{
    CardView, ContentView, ContentsView, HeadView, Html, LinkView, ListView, NodeView, NotFoundView, OverviewView,
    PageView, Shared, SourceView, TableView,
};
use crate::graph::{Block, Fact, Facts, Node, NodeId};
use crate::plan::{Page, PageContent, Route, breadcrumbs};

/// The front page names this many entries of a section.
const FIRST_ENTRIES: usize = 5;

/// Everything that the template of `page` may show.
pub fn view(overall: &Overall<'_>, page: &Page) -> PageView {
    match page.content {
        PageContent::Node(id) => match overall.resolved.graph.node(id) {
            Some(node) => node_page(overall, page.route, node),
            None => not_found_page(overall, page.route),
        },
        PageContent::Section(section) => list_page(overall, page.route, section.slug),
        PageContent::Overview => overview_page(overall, page.route),
        PageContent::NotFound => not_found_page(overall, page.route),
    }
}

fn node_page(overall: &Overall<'_>, route: Route, node: &Node) -> PageView {
    let graph = &overall.resolved.graph;
    let root = route.to_root();
    // The graph's own copy, so that what is within it lives as long.
    let shown = graph.node(node.id).map(|node| overall.on_page(node)).unwrap_or_default();
    let text = body(node, &overall.within, &PageLinks::new(overall.resolved, overall.plan, route, &root));
    let children = child_tables(overall.tables(), node);
    let crumbs = breadcrumbs(graph, overall.plan, node);
    let is_front = route.as_str().is_empty();
    let neighbours = overall.neighbours.get(&node.id).copied().unwrap_or_default();
    let neighbour = |id: Option<NodeId>| id.and_then(|id| link(graph.node(id)?, overall.plan));
    let head = HeadView {
        trail: crumbs.iter().map(|crumb| crumb.route.encoded()).chain([route.encoded()]).collect(),
        groups: groups_above(overall, node),
        description: if node.summary.is_empty() && is_front { description(overall) } else { node.summary.clone() },
        ..head(overall, route, &node.title, node.kind.section.slug)
    };
    let facts = facts_beside(node);
    let content = NodeView {
        kind: node.kind.name,
        label: node.kind.label,
        id: node.id.as_str(),
        badges: values::badges(&facts),
        facts: values::facts(&facts),
        contents: contents(&text, &children),
        body: Html::new(&text.html),
        breadcrumbs: crumbs
            .into_iter()
            .map(|crumb| LinkView { title: crumb.title, href: crumb.route.encoded(), label: "" })
            .collect(),
        previous: neighbour(neighbours.previous),
        next: neighbour(neighbours.next),
        children,
        relations: overall.connections.of_page(&shown, overall.resolved, overall.plan),
        source: source(overall, node),
        minutes: match node.facts.get("minutes") {
            Some(Fact::Number(minutes)) => *minutes,
            _ => 0,
        },
        overview: is_front.then(|| overview(overall)),
    };
    PageView {
        site: overall.site.clone(),
        root,
        page: head,
        navigation: overall.navigations.of_page(node),
        content: ContentView::Node(Box::new(content)),
    }
}

fn list_page(overall: &Overall<'_>, route: Route, slug: &'static str) -> PageView {
    let plan = overall.plan.section(slug);
    let tables = plan.map(|plan| section_tables(overall.tables(), plan)).unwrap_or_default();
    let first = plan.and_then(|plan| overall.resolved.graph.node(*plan.pages.first()?));
    PageView {
        site: overall.site.clone(),
        root: route.to_root(),
        page: head(overall, route, plan.map_or("", |plan| plan.section.label), slug),
        navigation: first.map_or_else(|| Shared::new(&Vec::new()), |first| overall.navigations.of_page(first)),
        content: ContentView::List(ListView { count: tables.iter().map(|table| table.rows.len()).sum(), tables }),
    }
}

fn overview_page(overall: &Overall<'_>, route: Route) -> PageView {
    let head = head(overall, route, &overall.project.site.title, "");
    PageView {
        site: overall.site.clone(),
        root: route.to_root(),
        page: HeadView { description: description(overall), ..head },
        navigation: Shared::new(&Vec::new()),
        content: ContentView::Overview(overview(overall)),
    }
}

/// A server shows this page at any address, so its links start from the server's root.
fn not_found_page(overall: &Overall<'_>, route: Route) -> PageView {
    let base = overall.project.site.base_url.as_deref().unwrap_or_default();
    let path = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    PageView {
        site: overall.site.clone(),
        root: format!("/{path}"),
        page: head(overall, route, "Page not found", ""),
        navigation: Shared::new(&Vec::new()),
        content: ContentView::NotFound(NotFoundView {}),
    }
}

fn head(overall: &Overall<'_>, route: Route, title: &str, section: &'static str) -> HeadView {
    let href = route.encoded();
    HeadView {
        title: title.to_owned(),
        url: overall.project.site.base_url.as_ref().map(|base| format!("{base}{href}")).unwrap_or_default(),
        description: String::new(),
        section,
        list: overall.plan.section(section).map(|plan| plan.route.encoded()).unwrap_or_default(),
        trail: vec![href.clone()],
        groups: Vec::new(),
        href,
    }
}

fn description(overall: &Overall<'_>) -> String {
    overall.project.site.description.clone()
}

/// The facts of `node` that no block of its text shows.
fn facts_beside(node: &Node) -> Facts {
    let mut facts = node.facts.clone();
    if node.body.iter().any(|block| matches!(block, Block::Operation { .. })) {
        facts.retain(|name, _| !["method", "path", "deprecated"].contains(name));
    }
    facts
}

/// The labels of the navigation's groups in which `node` and the pages above it stand.
fn groups_above(overall: &Overall<'_>, node: &Node) -> Vec<String> {
    let mut labels = Vec::new();
    let mut above = Some(node);
    // As deep as the navigation goes; the bound also stops a circle.
    for _ in 0..16 {
        let Some(node) = above else { break };
        let label = overall.navigations.group_label(node);
        if !label.is_empty() {
            labels.push(label.to_owned());
        }
        above = node.parent.and_then(|parent| overall.resolved.graph.page_of(parent));
    }
    labels
}

/// The headings of the two highest levels, and those of the tables behind the text.
fn contents(text: &Body, children: &[TableView]) -> Vec<ContentsView> {
    let highest = text.headings.iter().map(|heading| heading.level).min().unwrap_or(2);
    let headings = text.headings.iter().filter(|heading| heading.level <= highest.saturating_add(1));
    let headings = headings.map(|heading| ContentsView {
        title: Html::new(&heading.title),
        anchor: heading.anchor.clone(),
        level: heading.level - highest + 2,
    });
    let tables = children.iter().filter(|table| !table.label.is_empty()).map(|table| ContentsView {
        title: Html::new(&crate::graph::escape(&table.label)),
        anchor: table.anchor.clone(),
        level: 2,
    });
    headings.chain(tables).collect()
}

fn source(overall: &Overall<'_>, node: &Node) -> SourceView {
    let path = node.span.file;
    let file = (node.span.start > 0).then(|| overall.sources.source(path)).flatten();
    let line = file.map_or(1, |file| file.position(node.span.start).line);
    let forge = overall.project.forge.as_ref();
    let anchor = if line > 1 { Some(format!("L{line}")) } else { None };
    SourceView {
        path: path.as_str().to_owned(),
        line,
        url: forge.map(|forge| forge.address(path, false, anchor.as_deref())).unwrap_or_default(),
    }
}

fn overview(overall: &Overall<'_>) -> OverviewView {
    let plans = overall.plan.sections.iter().zip(&overall.sections);
    let cards = plans.map(|(plan, section)| {
        let roots = plan.roots.iter().filter_map(|id| overall.resolved.graph.node(*id));
        let roots = roots.filter(|node| href(overall.plan, node.id).is_some_and(|href| !href.is_empty()));
        CardView {
            section: section.clone(),
            links: roots.take(FIRST_ENTRIES).filter_map(|node| link(node, overall.plan)).collect(),
        }
    });
    OverviewView { cards: cards.collect() }
}
