//! Links and images while they are open, and the list of what a text refers to.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memrchr_iter;
use pulldown_cmark::{LinkType, RefDefs};

use super::command::Commands;
use super::destination::{self, Destination};
use super::{Dialect, Options, WrittenLink, code_span, keys};
use crate::graph::{COMMAND, Code, KEY, LinkIndex, Need, Target};
use crate::source::{Interned, MappedText, Span};

/// What a text refers to, and the links that are open.
pub(super) struct Links<'a> {
    text: &'a MappedText,
    options: &'a Options<'a>,
    pub(super) list: Vec<WrittenLink>,
    /// Where the definitions begin that a link has used.
    used: HashSet<usize>,
    /// What the commands name that it shows.
    commands: Commands,
}

/// How a link is written as HTML.
pub(super) enum LinkForm {
    /// As `<a>` around its words.
    Words(LinkIndex),
    /// As `<a>` around the title of what it leads to.
    Title(LinkIndex),
    /// As `<a>` around its words, which are also the name that it refers to.
    NameIsWords(LinkIndex),
    /// As `<a>` with this address.
    Literal(String),
    /// As its words alone.
    Plain,
}

/// A link as the parser reports it.
pub(super) struct ParsedLink<'p> {
    pub(super) link_type: LinkType,
    pub(super) destination: &'p str,
    /// The label of a reference link.
    pub(super) label: &'p str,
    /// Where the whole link stands in the text.
    pub(super) range: Range<usize>,
}

impl<'a> Links<'a> {
    pub(super) fn new(text: &'a MappedText, options: &'a Options<'a>) -> Self {
        Self { text, options, list: Vec::new(), used: HashSet::new(), commands: Commands::default() }
    }

    /// Notes a link, and says how it is written.
    pub(super) fn link(&mut self, parsed: &ParsedLink<'_>, definitions: &RefDefs<'_>) -> LinkForm {
        let is_bare_reference = match parsed.link_type {
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::Autolink => true,
            LinkType::Email => {
                let address = format!("mailto:{}", parsed.destination);
                let index = self.add(named("mailto", address), Need::Must, self.text.span(parsed.range.clone()));
                return LinkForm::Words(index);
            }
            _ => false,
        };
        let found = match parsed.link_type {
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown => {
                destination::of_brackets(parsed.destination, false, self.options).unwrap_or(Destination::Nothing)
            }
            LinkType::ReferenceUnknown => {
                destination::of_brackets(parsed.destination, true, self.options).unwrap_or(Destination::Nothing)
            }
            LinkType::Autolink => destination::of_angles(parsed.destination, self.options),
            _ => destination::of_link(parsed.destination, self.options),
        };
        let span = self.text.span(written_at(self.text.text(), parsed, definitions));
        self.used.extend(definitions.get(parsed.label).map(|definition| definition.span.start));
        match found {
            Destination::Target(target, need) => {
                let names_node = matches!(&target, Target::Named { scheme, .. } if self.options.schemes.find(scheme.as_str()).is_some());
                let index = self.add(target, need, span);
                if is_bare_reference && names_node { LinkForm::Title(index) } else { LinkForm::Words(index) }
            }
            Destination::NameIsText(scheme) => {
                let span = self.text.span(parsed.range.clone());
                LinkForm::NameIsWords(self.add(named(scheme, String::new()), Need::Must, span))
            }
            Destination::Literal(address) => LinkForm::Literal(address),
            Destination::Nothing => LinkForm::Plain,
        }
    }

    /// Notes what definitions lead to that no link uses. rustdoc looks at those too: somebody meant the item, and a name
    /// that is gone shall be noticed.
    pub(super) fn unused(&mut self, definitions: &RefDefs<'_>) {
        let unused = definitions.iter().map(|(_, definition)| definition);
        let mut unused: Vec<_> = unused.filter(|definition| !self.used.contains(&definition.span.start)).collect();
        unused.sort_by_key(|definition| definition.span.start);
        for definition in unused {
            let found = destination::of_link(&definition.dest, self.options);
            if destination::is_code(&found)
                && let Destination::Target(target, need) = found
            {
                let text = self.text.text();
                let place = first_behind(text, definition.span.clone(), "]:", &definition.dest);
                let span = self.text.span(place.unwrap_or_else(|| definition.span.clone()));
                self.add(target, need, span);
            }
        }
    }

    /// Notes an image; what its source is, or `None` when it has none that may be shown.
    pub(super) fn image(
        &mut self,
        parsed: &ParsedLink<'_>,
        definitions: &RefDefs<'_>,
    ) -> Option<Result<LinkIndex, String>> {
        match destination::of_image(parsed.destination) {
            Destination::Target(target, need) => {
                let span = self.text.span(written_at(self.text.text(), parsed, definitions));
                Some(Ok(self.add(target, need, span)))
            }
            Destination::Literal(source) => Some(Err(source)),
            Destination::NameIsText(_) | Destination::Nothing => None,
        }
    }

    /// Notes an address that stands bare in the text.
    pub(super) fn address(&mut self, address: &str, range: Range<usize>) -> Option<LinkIndex> {
        match destination::of_link(address, self.options) {
            Destination::Target(target, need) => Some(self.add(target, need, self.text.span(range))),
            _ => None,
        }
    }

    /// Notes code that names something, where that is looked for: in comments of Rust their own links say what is meant.
    pub(super) fn named_in_code(&mut self, code: &str, range: Range<usize>) -> Option<LinkIndex> {
        match self.options.dialect {
            Dialect::RustDoc => return None,
            Dialect::Page => self.commands.span(code, self.text, range.clone()),
            Dialect::Description => {}
        }
        match code_span::named(code)? {
            Destination::Target(target, need) => Some(self.add(target, need, self.text.span(range))),
            _ => None,
        }
    }

    /// Notes a listing, with the text as it is written.
    pub(super) fn listing(&mut self, code: &Code, written: &MappedText) {
        if self.options.dialect == Dialect::Page {
            self.commands.listing(code, written);
            for (key, range) in keys::in_listing(&code.language, written.text()) {
                self.add(named(KEY, key), Need::May, written.span(range));
            }
        }
    }

    /// All of them, when the text is at its end: what commands name behind the others, because nothing shows that as a link.
    pub(super) fn finish(mut self) -> Vec<WrittenLink> {
        for (named, span) in std::mem::take(&mut self.commands).finish() {
            self.add(self::named(COMMAND, named.to_string()), Need::May, span);
        }
        self.list
    }

    /// Gives the link `index` the name that its words are.
    pub(super) fn name(&mut self, index: LinkIndex, words: String) {
        let position = index.0.saturating_sub(self.options.first_link) as usize;
        if let Some(WrittenLink { target: Target::Named { text, .. }, .. }) = self.list.get_mut(position) {
            *text = words;
        }
    }

    /// Lets links to places of this text lead there, where all its places stand behind a prefix.
    pub(super) fn prefix_anchors(&mut self, is_own: impl Fn(&str) -> bool) {
        let prefix = self.options.anchor_prefix;
        if prefix.is_empty() {
            return;
        }
        for link in &mut self.list {
            if let Target::Named { scheme, text } = &mut link.target
                && scheme.as_str() == "anchor"
                && is_own(&format!("{prefix}{text}"))
            {
                text.insert_str(0, prefix);
            }
        }
    }

    /// Adds a link to the list.
    pub(super) fn add(&mut self, target: Target, need: Need, span: Span) -> LinkIndex {
        let position = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(WrittenLink { target, need, span });
        LinkIndex(self.options.first_link.saturating_add(position))
    }
}

fn named(scheme: &str, text: String) -> Target {
    Target::Named { scheme: Interned::new(scheme), text }
}

/// Where the destination of a link is written: between its parentheses, in its definition, or else the whole link.
fn written_at(text: &str, parsed: &ParsedLink<'_>, definitions: &RefDefs<'_>) -> Range<usize> {
    let whole = parsed.range.clone();
    let found = match parsed.link_type {
        LinkType::Inline => last_destination(text, &whole, parsed.destination),
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => definitions
            .get(parsed.label)
            .and_then(|definition| first_behind(text, definition.span.clone(), "]:", parsed.destination)),
        LinkType::Autolink => Some(whole.start + 1..whole.end.saturating_sub(1)),
        _ => None,
    };
    found.unwrap_or(whole)
}

/// Where `destination` stands at the end of an inline link, found from the end: words may be long, and hold links.
fn last_destination(text: &str, whole: &Range<usize>, destination: &str) -> Option<Range<usize>> {
    /// Longer titles are not looked through.
    const TITLE: usize = 300;
    let mut from = whole.end.saturating_sub(destination.len() + TITLE).max(whole.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..whole.end];
    let at = memrchr_iter(b']', tail.as_bytes()).find(|at| {
        let Some(behind) = tail[at + 1..].strip_prefix('(') else { return false };
        let behind = behind.trim_start().trim_start_matches('<');
        behind.strip_prefix(destination).is_some_and(|rest| rest.starts_with([')', '>', ' ', '\n', '\t']))
    })?;
    first_behind(text, from + at..whole.end, "](", destination)
}

/// Where `destination` stands behind the first `mark` in `range`, with nothing but blanks and `<` between them.
fn first_behind(text: &str, range: Range<usize>, mark: &str, destination: &str) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let behind = part.find(mark)? + mark.len();
    let rest = part[behind..].trim_start().trim_start_matches('<');
    let start = range.end - rest.len();
    rest.starts_with(destination).then(|| start..start + destination.len())
}
