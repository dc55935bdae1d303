//! A page in the making: its blocks, and the links that it states on the way.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::document::{Document, Named};
use super::example::listing;
use super::name::slug;
use crate::data::{Value, mapped_text};
use crate::diagnostic::Diagnostics;
use crate::extract::schemes;
use crate::graph::{Block, Fragment, Hole, Link, LinkIndex, Need, Node, NodeId, Prose, Relation, Target};
use crate::markdown::{self, Dialect, FirstHeading, WrittenLink};
use crate::source::{Interned, MappedText, RepoPath, Span};

/// Rows of a page's own subject: parameters, the fields of the schema whose page it is.
const MOST_ROWS: usize = 5_000;

/// Rows of what lies deeper, or has a page of its own.
const MOST_DEEPER_ROWS: usize = 300;

/// Schemas that are looked into for one page.
const MOST_STEPS: usize = 20_000;

/// How much of a description is read for its first words, in characters.
const FIRST_WORDS: usize = 1_000;

/// What all pages of a specification share.
pub(super) struct Context<'d> {
    /// The specification.
    pub(super) document: &'d Document<'d>,
    /// The places of the overview's page, once it is made.
    pub(super) overview: BTreeSet<String>,
    /// Operations by operation id: what Redoc's `#operation/…` links mean.
    pub(super) operations: &'d HashMap<&'d str, NodeId>,
    /// Tags that have pages, by what is left of their names in an address.
    tags: &'d BTreeMap<String, NodeId>,
    /// How much more may be shown again that stands elsewhere in the specification, over all pages.
    repeats: Repeats,
}

/// A small file can refer to itself so often that its pages would be a thousand times as long. What is repeated is
/// bounded by the file's length, generously.
struct Repeats {
    rows: Cell<usize>,
    values: Cell<usize>,
    /// Values in code samples.
    samples: Cell<usize>,
}

impl<'d> Context<'d> {
    pub(super) fn new(
        document: &'d Document<'d>,
        operations: &'d HashMap<&'d str, NodeId>,
        tags: &'d BTreeMap<String, NodeId>,
    ) -> Self {
        let length = document.length();
        let repeats = Repeats {
            rows: Cell::new(3_000 + length / 16),
            values: Cell::new(12_000 + length / 8),
            samples: Cell::new(4_000 + length / 4),
        };
        Self { document, overview: BTreeSet::new(), operations, tags, repeats }
    }
}

/// A page in the making.
pub(super) struct Page<'d> {
    pub(super) context: &'d Context<'d>,
    id: NodeId,
    pub(super) body: Vec<Block>,
    links: Vec<Link>,
    schemas: HashMap<(Relation, NodeId), LinkIndex>,
    anchors: BTreeSet<String>,
    diagnostics: Diagnostics,
    /// How many descriptions stand on the page.
    texts: usize,
    rows_left: usize,
    deeper_rows_left: usize,
    steps_left: usize,
}

impl<'d> Page<'d> {
    pub(super) fn new(context: &'d Context<'d>, id: NodeId) -> Self {
        Self {
            context,
            id,
            body: Vec::new(),
            links: Vec::new(),
            schemas: HashMap::new(),
            anchors: BTreeSet::new(),
            diagnostics: Diagnostics::new(),
            texts: 0,
            rows_left: MOST_ROWS,
            deeper_rows_left: MOST_DEEPER_ROWS,
            steps_left: MOST_STEPS,
        }
    }

    /// Puts the page's blocks into `node`, and `node` with what else it brings into `fragment`. Gives the page's places.
    pub(super) fn finish(self, mut node: Node, fragment: &mut Fragment) -> BTreeSet<String> {
        node.body = self.body.into();
        fragment.nodes.push(node);
        fragment.links.extend(self.links);
        fragment.diagnostics.extend(self.diagnostics);
        self.anchors
    }

    pub(super) fn document(&self) -> &'d Document<'d> {
        self.context.document
    }

    /// Whether there is room for another row of the page's own subject; takes it.
    pub(super) fn take_row(&mut self) -> bool {
        take(&mut self.rows_left)
    }

    /// Whether there is room for another row of what lies deeper, or stands elsewhere; takes it.
    pub(super) fn take_deeper_row(&mut self) -> bool {
        let mut left = self.context.repeats.rows.get();
        let room = take(&mut left) && take(&mut self.deeper_rows_left);
        self.context.repeats.rows.set(left);
        room
    }

    /// Whether there is room for so many values more in code samples; takes it.
    pub(super) fn take_sample(&self, values: usize) -> bool {
        let left = &self.context.repeats.samples;
        let rest = left.get().checked_sub(values);
        left.set(rest.unwrap_or(left.get()));
        rest.is_some()
    }

    /// Whether another step into a schema may be taken; takes it. Aliases can make a small schema very wide.
    pub(super) fn take_step(&mut self) -> bool {
        take(&mut self.steps_left)
    }

    /// An id that nothing else on the page has, like `wish`.
    pub(super) fn anchor(&mut self, wish: &str) -> String {
        let wish = match slug(wish) {
            empty if empty.is_empty() => "section".to_owned(),
            slug => slug,
        };
        let mut anchor = wish.clone();
        let mut count = 1;
        while !self.anchors.insert(anchor.clone()) {
            count += 1;
            anchor = format!("{wish}-{count}");
        }
        anchor
    }

    /// Whether nothing else on the page has the id `anchor` so far; takes it.
    pub(super) fn take_anchor(&mut self, anchor: &str) -> bool {
        self.anchors.insert(anchor.to_owned())
    }

    /// Opens a section.
    pub(super) fn heading(&mut self, level: u8, words: &str) {
        self.heading_of(level, words, Prose::text(words));
    }

    /// Opens a section whose heading is more than words.
    pub(super) fn heading_of(&mut self, level: u8, anchor: &str, content: Prose) {
        let anchor = self.anchor(anchor);
        self.body.push(Block::Heading { level, anchor, content });
    }

    /// Adds running text, if there is any.
    pub(super) fn prose(&mut self, prose: Prose) {
        if !prose.is_empty() {
            self.body.push(Block::Prose(prose));
        }
    }

    /// Adds an example as a listing.
    pub(super) fn example(&mut self, value: &Value, media_type: &str, title: &str) {
        let mut left = self.context.repeats.values.get();
        self.body.push(Block::Code(listing(value, media_type, title, &mut left)));
        self.context.repeats.values.set(left);
    }

    /// Adds the Markdown of `value`, with headings from `top_level` down. Gives its first words.
    pub(super) fn markdown(&mut self, value: Option<&'d Value>, top_level: u8) -> String {
        let Some(value) = value else { return String::new() };
        let read = self.read(value, top_level);
        self.body.extend(read.body);
        read.summary
    }

    /// The Markdown of `value` as one piece of prose, for the cell of a table.
    pub(super) fn cell(&mut self, value: Option<&'d Value>) -> Prose {
        let mut prose = Prose::default();
        let Some(value) = value else { return prose };
        for block in self.read(value, 6).body {
            match block {
                Block::Prose(more) => prose.append(more),
                Block::Code(code) => prose.push_hole(Hole::Code(code.into())),
                Block::Heading { content, .. } => {
                    prose.html.push_str("<p><strong>");
                    prose.append(content);
                    prose.html.push_str("</strong></p>");
                }
                // Markdown makes no other blocks.
                Block::Signature(_)
                | Block::Samples(_)
                | Block::RequestForm(_)
                | Block::Operation { .. }
                | Block::Fields(_) => {}
            }
        }
        prose
    }

    /// The first words of the Markdown of `value`, for a list of what it describes.
    pub(super) fn first_words(&self, value: Option<&'d Value>) -> String {
        let Some(value) = value.map(|value| self.document().follow(value)) else { return String::new() };
        let text = value.as_str().unwrap_or_default();
        let end = text.char_indices().nth(FIRST_WORDS).map_or(text.len(), |(end, _)| end);
        let text = MappedText::at(&text[..end], value.span);
        let options = markdown::Options {
            schemes: schemes(),
            dialect: Dialect::Description,
            first_heading: FirstHeading::IsHeading,
            top_level: 6,
            anchor_prefix: "",
            first_link: 0,
        };
        markdown::read(&text, &options).summary
    }

    fn read(&mut self, value: &'d Value, top_level: u8) -> markdown::Document {
        // Some tools let a description stand in a file of its own.
        let value = self.document().follow(value);
        let text = mapped_text(self.document().file_of(value.span), value);
        // The first text of a page has its headings' own anchors.
        let prefix = if self.texts == 0 { String::new() } else { format!("text-{}-", self.texts) };
        self.texts += 1;
        let options = markdown::Options {
            schemes: schemes(),
            dialect: Dialect::Description,
            first_heading: FirstHeading::IsHeading,
            top_level,
            anchor_prefix: &prefix,
            first_link: u32::try_from(self.links.len()).unwrap_or(u32::MAX),
        };
        let mut read = markdown::read(&text, &options);
        self.diagnostics.append(&mut read.diagnostics);
        for link in std::mem::take(&mut read.links) {
            let (target, need) = self.settle(link.target, link.need);
            self.links.push(WrittenLink { target, need, ..link }.mention(self.id));
        }
        for block in &read.body {
            match block {
                Block::Heading { anchor, content, .. } => {
                    self.anchors.insert(anchor.clone());
                    self.anchors.extend(content.anchors.iter().cloned());
                }
                Block::Prose(prose) => self.anchors.extend(prose.anchors.iter().cloned()),
                _ => {}
            }
        }
        read
    }

    /// What a link in a description means. Descriptions are also written for other tools: `#operation/getOrder` and the
    /// like lead to what they name, and an address that only has a meaning on the vendor's site is not missed here.
    fn settle(&self, target: Target, need: Need) -> (Target, Need) {
        let Target::Named { scheme, text } = &target else { return (target, need) };
        match scheme.as_str() {
            "anchor" => {
                let document = self.document();
                let operation = text.split_once("operation/").and_then(|(_, id)| self.context.operations.get(id));
                let schema = text.rsplit_once("schemas/").or_else(|| text.rsplit_once("schema/"));
                let schema = schema.and_then(|(_, name)| document.schemas.iter().position(|entry| *entry.key == *name));
                let known = operation.copied().or_else(|| Some(document.schema_id(Named::Own(schema?))));
                if let Some(id) = known {
                    return (Target::Known(id), Need::May);
                }
                if let Some(tag) = text.strip_prefix("tag/") {
                    if let Some(&id) = self.context.tags.get(&slug(tag)) {
                        return (Target::Known(id), Need::May);
                    }
                    let text = format!("{}#{}", document.name, slug(tag));
                    return (Target::Named { scheme: Interned::new("api"), text }, Need::May);
                }
                // Other tools show a specification as one page, so a place may be on the overview, or only on a page
                // that they make.
                if self.context.overview.contains(text) {
                    let text = format!("{}#{text}", document.name);
                    return (Target::Named { scheme: Interned::new("api"), text }, Need::May);
                }
                (target, Need::May)
            }
            "path" | "image" => {
                let path = text.split('#').next().unwrap_or_default();
                let file = path.rsplit('/').next().unwrap_or_default();
                let meant = !path.starts_with('/') && file.contains('.');
                (target, if meant { need } else { Need::May })
            }
            _ => (target, need),
        }
    }

    /// A link on `text` to a web address, when it is one.
    pub(super) fn push_web(&mut self, prose: &mut Prose, address: &Value, text: &str) {
        let Some(url) = address.as_str() else { return };
        match url.split_once(':') {
            Some((scheme @ ("http" | "https" | "mailto"), _)) => {
                let target = Target::Named { scheme: Interned::new(scheme), text: url.to_owned() };
                let index = self.state(Relation::Mentions, target, address.span, Need::May);
                prose.push_link(index, text);
            }
            _ => prose.push_text(text),
        }
    }

    /// A link on the name of a file that is copied into the site.
    pub(super) fn push_file(&mut self, prose: &mut Prose, path: RepoPath, text: &str) {
        let target = Target::Named { scheme: Interned::new("file"), text: path.as_str().to_owned() };
        let span = self.document().root.span;
        let index =
            self.state(Relation::Mentions, target, Span { start: span.start, end: span.start, ..span }, Need::May);
        prose.push_link(index, text);
    }

    /// A link on the name of a schema. With a relation the page states it; without one it only leads there.
    pub(super) fn push_schema(&mut self, prose: &mut Prose, schema: Named<'_>, states: Option<Relation>, span: Span) {
        let document = self.document();
        let id = document.schema_id(schema);
        let name = document.schema_name(schema);
        let own = matches!(schema, Named::Own(_));
        match states.or((!own).then_some(Relation::Mentions)) {
            Some(relation) => {
                let known = self.schemas.get(&(relation, id)).copied();
                let index = known.unwrap_or_else(|| self.state(relation, Target::Known(id), span, Need::May));
                self.schemas.insert((relation, id), index);
                prose.push_link(index, name);
            }
            None => prose.push_way(id, name),
        }
    }

    fn state(&mut self, relation: Relation, target: Target, span: Span, need: Need) -> LinkIndex {
        let index = LinkIndex(u32::try_from(self.links.len()).unwrap_or(u32::MAX));
        self.links.push(Link { from: self.id, relation, target, span, need, flipped: false });
        index
    }
}

fn take(left: &mut usize) -> bool {
    let room = *left > 0;
    *left = left.saturating_sub(1);
    room
}
