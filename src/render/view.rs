//! What templates see: these types and nothing else.
//!
//! A template cannot ask the graph; what is not in its view it cannot show. So a page depends on exactly its view and
//! its theme, and the two together are the key under which its HTML may be kept.
//!
//! Every `href` is an address below the site's root: templates write `{{ root }}{{ link.href }}`. Every `url` is a whole
//! address. [`Html`] is safe as it stands; all other text is escaped where it is written.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use tera::Value;

/// One page: the variables of its template.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// What every page shares.
    pub site: Shared<SiteView>,
    /// What leads from the page to the site's root: `../../`.
    pub root: String,
    /// What is said about the page as a whole.
    pub page: HeadView,
    /// The part of its section that stands beside the page.
    pub navigation: Shared<Vec<NavigationGroupView>>,
    /// What the page shows, by the name of what it is: `node`, `list` or `overview`; nothing when nothing was found.
    #[serde(flatten)]
    pub content: ContentView,
}

/// What a page shows. Each has a template of its own.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentView {
    /// A node and what is within it: `node.html`.
    Node(Box<NodeView>),
    /// The list of a section: `list.html`.
    List(ListView),
    /// The front page of a repository without a README: `overview.html`.
    Overview(OverviewView),
    /// The page for addresses that do not exist: `not-found.html`.
    NotFound(NotFoundView),
}

/// What every page shares.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// One sentence; empty for none.
    pub description: String,
    /// BCP 47: `en`.
    pub language: String,
    /// The repository's page on its forge; empty for none.
    pub url: String,
    /// What readers choose from at the top.
    pub sections: Vec<SectionView>,
    /// Who made it: `livedoc 0.1.0`.
    pub generator: &'static str,
}

/// A section of the site.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// Its name in addresses.
    pub slug: &'static str,
    /// What readers see.
    pub label: &'static str,
    /// Its list, or the page that stands there instead.
    pub href: String,
    /// The name of its icon.
    pub icon: &'static str,
    /// How many things it lists.
    pub count: usize,
}

/// What is said about a page as a whole.
#[derive(Debug, Serialize)]
pub struct HeadView {
    /// Its title, without the site's.
    pub title: String,
    /// Its address.
    pub href: String,
    /// One or two sentences for search engines; empty for none.
    pub description: String,
    /// Its whole address; empty when the site's is not known.
    pub url: String,
    /// The slug of its section; empty for none.
    pub section: &'static str,
    /// The address of its section's list; empty for none.
    pub list: String,
    /// The addresses of the pages above it, and its own.
    pub trail: Vec<String>,
    /// The labels of the groups of the navigation in which those stand.
    pub groups: Vec<String>,
}

/// A link to a page or a place on it.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// What it leads to.
    pub title: String,
    /// Where that is.
    pub href: String,
    /// What kind of thing it is, "Decision"; empty where that is plain.
    pub label: &'static str,
}

/// Entries of the navigation under one heading.
#[derive(Debug, Serialize)]
pub struct NavigationGroupView {
    /// The heading; empty for none.
    pub label: String,
    /// Whether it is open wherever the reader is.
    pub open: bool,
    /// The entries.
    pub items: Vec<Shared<NavigationItemView>>,
    /// How many siblings of its entries, and of those of the groups before it, are not shown: the section's list has them.
    pub left_out: usize,
}

/// An entry of the navigation.
#[derive(Debug, Serialize)]
pub struct NavigationItemView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// A short mark before the title: an HTTP method; empty for none.
    pub mark: String,
    /// What is below it.
    pub groups: Vec<NavigationGroupView>,
}

/// A node's page.
#[derive(Debug, Serialize)]
pub struct NodeView {
    /// The name of its kind in the graph: `adr`.
    pub kind: &'static str,
    /// What its kind is called: "Decision".
    pub label: &'static str,
    /// Its id in the graph: `adr:0007`.
    pub id: &'static str,
    /// Status, severity, method.
    pub badges: Vec<ValueView>,
    /// What else its source states about it.
    pub facts: Vec<FactView>,
    /// Its text, with everything that is shown within it.
    pub body: Html,
    /// The headings of the text.
    pub contents: Vec<ContentsView>,
    /// The way down from the front page; the page itself is not part of it.
    pub breadcrumbs: Vec<LinkView>,
    /// The page before in reading order.
    pub previous: Option<LinkView>,
    /// The page behind in reading order.
    pub next: Option<LinkView>,
    /// The pages below it, by group or kind.
    pub children: Vec<TableView>,
    /// What it is connected with, by relation.
    pub relations: Vec<RelationView>,
    /// Where it is written.
    pub source: SourceView,
    /// How long it takes to read, in minutes; 0 when that is not known.
    pub minutes: i64,
    /// On the front page: what there is to read.
    pub overview: Option<OverviewView>,
}

/// A heading of the text.
#[derive(Debug, Serialize)]
pub struct ContentsView {
    /// Its words.
    pub title: Html,
    /// Its id on the page.
    pub anchor: String,
    /// 2 or 3.
    pub level: u8,
}

/// The things with which one relation connects a node.
#[derive(Debug, Serialize)]
pub struct RelationView {
    /// The relation as read from this page: "supersedes", "mentioned by".
    pub label: &'static str,
    /// The first of them.
    pub links: Vec<LinkView>,
    /// Those behind the first, shown on demand.
    pub more: Vec<LinkView>,
    /// How many more there are, which the page does not list.
    pub left_out: usize,
}

/// Where a node is written.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// From the repository's root.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// The line on the forge; empty when there is none.
    pub url: String,
}

/// A fact.
#[derive(Debug, Serialize)]
pub struct FactView {
    /// What it is called: "Last reviewed".
    pub label: String,
    /// Its values.
    pub values: Vec<ValueView>,
    /// For a fact that is a list of things with facts of their own: those.
    pub groups: Vec<Vec<FactView>>,
    /// Whether it needs a line of its own.
    pub is_long: bool,
}

/// A value of a fact, a cell of a table, a badge.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    /// Its words.
    pub text: String,
    /// How it looks.
    pub style: ValueStyle,
    /// What a badge's colour says.
    pub tone: Tone,
    /// Where it leads within the site; empty for nowhere.
    pub href: String,
    /// Where it leads on the web; empty for nowhere.
    pub url: String,
}

/// How a value looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

/// The list of a section.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// How many things it lists.
    pub count: usize,
    /// The things, by kind and group.
    pub tables: Vec<TableView>,
}

/// Things of one kind, or of one group.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// The heading; empty for none.
    pub label: String,
    /// The id of the heading.
    pub anchor: String,
    /// The headings of the columns behind the title.
    pub columns: Vec<&'static str>,
    /// The things.
    pub rows: Vec<RowView>,
}

/// A thing in a table.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// A sentence or two; empty for none.
    pub summary: String,
    /// How many things of the table it is below.
    pub depth: u8,
    /// What stands beside its title where the table has no columns.
    pub badges: Vec<ValueView>,
    /// The values of each column.
    pub cells: Vec<Vec<ValueView>>,
}

/// What there is to read.
#[derive(Debug, Serialize)]
pub struct OverviewView {
    /// The sections with their first entries.
    pub cards: Vec<CardView>,
}

/// A section on the front page.
#[derive(Debug, Serialize)]
pub struct CardView {
    /// The section.
    pub section: SectionView,
    /// Its first entries.
    pub links: Vec<LinkView>,
}

/// The page for addresses that do not exist.
#[derive(Debug, Serialize)]
pub struct NotFoundView {}

/// The page at an old address: the variables of `redirect.html`.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// What every page shares.
    pub site: Shared<SiteView>,
    /// What leads from the old address to the site's root.
    pub root: String,
    /// The page that is there now.
    pub link: LinkView,
    /// That page's whole address; empty when the site's is not known.
    pub url: String,
}

/// HTML that is safe as it stands.
#[derive(Clone, Debug)]
pub struct Html(Value);

impl Html {
    /// `html`, which must be safe.
    pub fn new(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A view that many pages show: turned into the template engine's form once, and handed on without copying.
#[derive(Debug)]
pub struct Shared<T> {
    value: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Shared<T> {
    /// Shares `view`.
    pub fn new(view: &T) -> Self {
        // Views are structs, lists and strings, which always have a form.
        let value = Value::try_from_serializable(view).unwrap_or_else(|_| Value::none());
        Self { value, of: PhantomData }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), of: PhantomData }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
