//! Lists: of things in tables, of pages, of sections.

use serde::Serialize;

use super::{Href, LinkView, SectionView, ValueView, Way};

/// The list of a section, or more of what is below a node; a page of it where it is long.
#[derive(Debug, Hash, Serialize)]
pub struct ListView<'a> {
    /// How many things it lists, on all its pages.
    pub count: usize,
    /// The way down from the front page, for what is below a node.
    pub breadcrumbs: Vec<LinkView<'a>>,
    /// The things on this page, by kind and group.
    pub tables: Vec<TableView<'a>>,
    /// The pages of the list; `none` when this is all of it.
    pub paging: Option<PagingView<'a>>,
}

/// The pages of a long list.
#[derive(Debug, Hash, Serialize)]
pub struct PagingView<'a> {
    /// Which of them this is, from 1.
    pub number: usize,
    /// Those that it leads to: the first, the last and those around it.
    pub pages: Vec<PageLinkView<'a>>,
    /// The page before.
    pub previous: Option<PageLinkView<'a>>,
    /// The page behind.
    pub next: Option<PageLinkView<'a>>,
}

/// A page of a long list.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PageLinkView<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Where it is.
    pub href: Href,
    /// Where it is, from the page.
    pub to: Way<'a>,
    /// Whether pages are left out between the one before and this one.
    pub gap: bool,
}

/// Things of one kind, or of one group.
#[derive(Debug, Hash, Serialize)]
pub struct TableView<'a> {
    /// The heading; empty for none.
    pub label: &'a str,
    /// The id of the heading.
    pub anchor: String,
    /// The headings of the columns behind the title.
    pub columns: Vec<&'static str>,
    /// The things.
    pub rows: Vec<RowView<'a>>,
}

/// A thing in a table.
#[derive(Debug, Hash, Serialize)]
pub struct RowView<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Where it is.
    pub href: Href,
    /// Where it is, from the page.
    pub to: Way<'a>,
    /// A sentence or two; empty for none.
    pub summary: &'a str,
    /// How many things of the table it is below.
    pub depth: u8,
    /// What stands beside its title where the table has no columns.
    pub badges: Vec<ValueView<'a>>,
    /// The values of each column.
    pub cells: Vec<Vec<ValueView<'a>>>,
}

/// What there is to read.
#[derive(Debug, Hash, Serialize)]
pub struct OverviewView<'a> {
    /// The sections with their first entries.
    pub cards: Vec<CardView<'a>>,
}

/// A section on the front page.
#[derive(Debug, Hash, Serialize)]
pub struct CardView<'a> {
    /// The section.
    pub section: SectionView,
    /// How many things it lists.
    pub count: usize,
    /// Its first entries.
    pub links: Vec<LinkView<'a>>,
}
