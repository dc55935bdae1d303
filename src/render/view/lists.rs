//! Lists: of things in tables, of pages, of sections.

use std::borrow::Cow;

use serde::Serialize;

use super::{Href, LinkView, SectionView, Tone, ValueView, Way};

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
    /// The heading of the column of numbers before the title; empty for none.
    pub number: &'static str,
    /// The columns behind the title.
    pub columns: Vec<ColumnView>,
    /// The things that have a date, by year; empty where fewer than two have one.
    pub timeline: Vec<YearView<'a>>,
    /// The things.
    pub rows: Vec<RowView<'a>>,
}

/// A column of a table.
#[derive(Debug, Hash, Serialize)]
pub struct ColumnView {
    /// Its heading.
    pub label: &'static str,
    /// Whether its values tell the things apart into a few classes, by which readers choose: statuses, tags.
    pub is_facet: bool,
}

/// A year of a timeline.
#[derive(Debug, Hash, Serialize)]
pub struct YearView<'a> {
    /// `2024`.
    pub year: &'a str,
    /// What is of that year, the earliest first.
    pub marks: Vec<MarkView<'a>>,
}

/// A thing on a timeline.
#[derive(Debug, Hash, Serialize)]
pub struct MarkView<'a> {
    /// Its number, else the beginning of its title.
    pub text: Cow<'a, str>,
    /// What it is called.
    pub title: &'a str,
    /// ISO 8601, as far as it is known.
    pub date: &'a str,
    /// What stands beside its title in the table: its status; empty for nothing.
    pub status: Cow<'a, str>,
    /// The colour of that.
    pub tone: Tone,
    /// Where it is.
    pub href: Href,
    /// Where it is, from the page.
    pub to: Way<'a>,
}

/// A thing in a table.
#[derive(Debug, Hash, Serialize)]
pub struct RowView<'a> {
    /// Its number; empty for none.
    pub number: Cow<'a, str>,
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
