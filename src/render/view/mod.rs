//! What templates see: these types and nothing else.
//!
//! A template cannot ask the graph; what is not in its view it cannot show. So a page depends on exactly its view and
//! its theme, and the two together are the key under which its HTML may be kept.
//!
//! Of every link there are two addresses: `href` starts from the site's root (templates write `{{ root }}{{ link.href }}`),
//! `to` from the page itself, which is shorter. Every `url` is a whole address. [`Html`] is safe as it stands; all other
//! text is escaped where it is written.

mod lists;

use std::borrow::Cow;

use serde::Serialize;

pub use super::address::{Href, Way};
pub use super::value::{Html, Shared};
pub use lists::{
    CardView, ColumnView, ListView, MarkView, OverviewView, PageLinkView, PagingView, RowView, TableView, YearView,
};

/// One page: the variables of its template.
#[derive(Debug, Hash, Serialize)]
pub struct PageView<'a> {
    /// What every page shares.
    pub site: Shared<SiteView<'static>>,
    /// What leads from the page to the site's root: `../../`.
    pub root: Cow<'a, str>,
    /// What is said about the page as a whole.
    pub page: HeadView<'a>,
    /// The part of its section that stands beside the page; `none` where nothing does.
    pub navigation: Option<NavigationView<'a>>,
    /// What the page shows, by the name of what it is: `node`, `list`, `file` or `overview`; nothing when nothing was found.
    #[serde(flatten)]
    pub content: ContentView<'a>,
}

/// What a page shows. Each has a template of its own.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentView<'a> {
    /// A node and what is within it: `node.html`.
    Node(Box<NodeView<'a>>),
    /// The list of a section, or more of what is below a node: `list.html`.
    List(Box<ListView<'a>>),
    /// A file of the repository, as it is written: `file.html`.
    File(Box<FileView<'a>>),
    /// The front page of a repository without a README: `overview.html`.
    Overview(OverviewView<'a>),
    /// The page for addresses that do not exist: `not-found.html`.
    NotFound(NotFoundView),
}

/// What every page shares.
#[derive(Debug, Hash, Serialize)]
pub struct SiteView<'a> {
    /// Its name.
    pub title: &'a str,
    /// One sentence; empty for none.
    pub description: &'a str,
    /// BCP 47: `en`.
    pub language: &'a str,
    /// The repository's page on its forge; empty for none.
    pub url: &'a str,
    /// What readers choose from at the top.
    pub sections: Vec<SectionView>,
    /// Who made it: `livedoc 0.1.0`.
    pub generator: &'static str,
}

/// A section of the site.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SectionView {
    /// Its name in addresses.
    pub slug: &'static str,
    /// What readers see.
    pub label: &'static str,
    /// Its list, or the page that stands there instead.
    pub href: Cow<'static, str>,
    /// The name of its icon.
    pub icon: &'static str,
}

/// What is said about a page as a whole.
#[derive(Debug, Hash, Serialize)]
pub struct HeadView<'a> {
    /// Its title, without the site's.
    pub title: &'a str,
    /// Its address.
    pub href: Cow<'static, str>,
    /// One or two sentences for search engines; empty for none.
    pub description: &'a str,
    /// Its whole address; empty when the site's is not known.
    pub url: String,
    /// Where its copy in Markdown is, from the page; empty for none.
    pub copy: String,
    /// The slug of its section; empty for none.
    pub section: &'static str,
    /// The address of its section's list; empty for none.
    pub list: Cow<'static, str>,
}

/// A link to a page or a place on it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct LinkView<'a> {
    /// What it leads to.
    pub title: &'a str,
    /// Where that is.
    pub href: Href,
    /// Where that is, from the page.
    pub to: Way<'a>,
    /// What kind of thing it is, "Decision"; empty where that is plain.
    pub label: &'static str,
}

/// What stands beside a page.
#[derive(Debug, Hash, Serialize)]
pub struct NavigationView<'a> {
    /// The pages that are below no other.
    pub run: NavigationRunView<'a>,
    /// What scripts need to find all of the section, `guides/64`; empty when what is shown is all.
    pub tree: String,
}

/// Siblings in the navigation.
#[derive(Debug, Hash, Serialize)]
pub struct NavigationRunView<'a> {
    /// Those that are shown.
    pub groups: Vec<NavigationGroupView<'a>>,
    /// Whether there are others.
    pub is_cut: bool,
    /// What they are below: the title of a page, or what the section is called.
    pub within: &'a str,
    /// The page that lists them all.
    pub href: Href,
    /// Where that is, from the page.
    pub to: Way<'a>,
}

/// Entries of the navigation under one heading.
#[derive(Debug, Hash, Serialize)]
pub struct NavigationGroupView<'a> {
    /// The heading; empty for none.
    pub label: &'a str,
    /// The entries.
    pub items: Vec<NavigationItemView<'a>>,
}

/// An entry of the navigation.
#[derive(Debug, Hash, Serialize)]
pub struct NavigationItemView<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Where it is.
    pub href: Href,
    /// Where it is, from the page.
    pub to: Way<'a>,
    /// A short mark before the title: an HTTP method; empty for none.
    pub mark: &'a str,
    /// Whether it is the page itself.
    pub current: bool,
    /// Whether what is below it is open at first.
    pub open: bool,
    /// What is below it; `none` for nothing.
    pub below: Option<NavigationRunView<'a>>,
}

/// What stands above the text of something that no longer holds.
#[derive(Debug, Hash, Serialize)]
pub struct BannerView<'a> {
    /// How it stands to what is linked: "Superseded by".
    pub label: &'static str,
    /// What took its place; empty where that is not known.
    pub links: Vec<LinkView<'a>>,
}

/// A node's page.
#[derive(Debug, Hash, Serialize)]
pub struct NodeView<'a> {
    /// The name of its kind in the graph: `adr`.
    pub kind: &'static str,
    /// What its kind is called: "Decision".
    pub label: &'static str,
    /// Its id in the graph: `adr:0007`.
    pub id: &'static str,
    /// What code calls it, for readers who copy it: `shop::orders::Order`; empty for what code does not name.
    pub name: &'a str,
    /// Status, severity, method.
    pub badges: Vec<ValueView<'a>>,
    /// What else its source states about it.
    pub facts: Vec<FactView<'a>>,
    /// What readers must know before they read it: that something else took its place; `none` where nothing did.
    pub banner: Option<BannerView<'a>>,
    /// What superseded what around it, as a picture in SVG; empty for nothing.
    pub succession: Html,
    /// Its text, with everything that is shown within it.
    pub body: Html,
    /// The headings of the text.
    pub contents: Vec<ContentsView<'a>>,
    /// The way down from the front page; the page itself is not part of it.
    pub breadcrumbs: Vec<LinkView<'a>>,
    /// The page before in reading order.
    pub previous: Option<LinkView<'a>>,
    /// The page behind in reading order.
    pub next: Option<LinkView<'a>>,
    /// The pages below it, by group or kind.
    pub children: Vec<TableView<'a>>,
    /// Where there are too many of those for one page: the pages that have them.
    pub paging: Option<PagingView<'a>>,
    /// What it is connected with, by relation.
    pub relations: Vec<RelationView<'a>>,
    /// Where it is written.
    pub source: SourceView<'a>,
    /// How long it takes to read, in minutes; 0 when that is not known.
    pub minutes: i64,
    /// On the front page: what there is to read.
    pub overview: Option<OverviewView<'a>>,
}

/// A heading of the text.
#[derive(Debug, Hash, Serialize)]
pub struct ContentsView<'a> {
    /// Its words.
    pub title: Html,
    /// Its id on the page.
    pub anchor: Cow<'a, str>,
    /// 2 or 3.
    pub level: u8,
}

/// The things with which one relation connects a node.
#[derive(Debug, Hash, Serialize)]
pub struct RelationView<'a> {
    /// The relation as read from this page: "supersedes", "mentioned by".
    pub label: &'static str,
    /// The first of them.
    pub links: Vec<LinkView<'a>>,
    /// Those behind the first, shown on demand.
    pub more: Vec<LinkView<'a>>,
    /// How many more there are, which the page does not list.
    pub left_out: usize,
}

/// Where a node is written.
#[derive(Debug, Hash, Serialize)]
pub struct SourceView<'a> {
    /// From the repository's root.
    pub path: &'a str,
    /// From 1.
    pub line: u32,
    /// The line on the forge; empty when there is none.
    pub url: String,
    /// The line on the page that shows the file; empty when there is none.
    pub href: Href,
    /// Where that is, from the page.
    pub to: Way<'a>,
    /// The file's last change; `none` when git does not know.
    pub changed: Option<ChangeView<'a>>,
}

/// A file of the repository.
#[derive(Debug, Hash, Serialize)]
pub struct FileView<'a> {
    /// The way down from the front page to what the file is a part of, which is the last of it.
    pub breadcrumbs: Vec<LinkView<'a>>,
    /// The numbers of the lines, one below the other, each a link to itself.
    pub numbers: Html,
    /// The text, highlighted.
    pub code: Html,
    /// The file on the forge; empty when there is none.
    pub url: String,
}

/// The last change of a file.
#[derive(Debug, Hash, Serialize)]
pub struct ChangeView<'a> {
    /// The day, as ISO 8601 has it.
    pub day: &'a str,
    /// Who wrote its latest commits, the last one first, each once.
    pub authors: Vec<&'a str>,
    /// The page of the last commit on the forge; empty for none.
    pub url: String,
}

/// A fact.
#[derive(Debug, Hash, Serialize)]
pub struct FactView<'a> {
    /// What it is called: "Last reviewed".
    pub label: String,
    /// Its values.
    pub values: Vec<ValueView<'a>>,
    /// For a fact that is a list of things with facts of their own: those.
    pub groups: Vec<Vec<FactView<'a>>>,
    /// Whether it needs a line of its own.
    pub is_long: bool,
}

/// A value of a fact, a cell of a table, a badge.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ValueView<'a> {
    /// Its words.
    pub text: Cow<'a, str>,
    /// How it looks.
    pub style: ValueStyle,
    /// What a badge's colour says.
    pub tone: Tone,
    /// Where it leads within the site; empty for nowhere.
    pub href: Href,
    /// Where that is, from the page.
    pub to: Way<'a>,
    /// Where it leads on the web; empty for nowhere.
    pub url: Cow<'a, str>,
}

/// How a value looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueStyle {
    /// As running text.
    Text,
    /// As code.
    Code,
    /// As a badge.
    Badge,
}

/// What a badge's colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing.
    Neutral,
    /// Something to know.
    Info,
    /// All is well.
    Good,
    /// Take care.
    Warn,
    /// Danger, or no longer valid.
    Bad,
}

/// The page for addresses that do not exist.
#[derive(Debug, Hash, Serialize)]
pub struct NotFoundView {}

/// The page at an old address: the variables of `redirect.html`.
#[derive(Debug, Hash, Serialize)]
pub struct RedirectView<'a> {
    /// What every page shares.
    pub site: Shared<SiteView<'static>>,
    /// What leads from the old address to the site's root.
    pub root: String,
    /// The page that is there now.
    pub link: LinkView<'a>,
    /// That page's whole address; empty when the site's is not known.
    pub url: String,
}
