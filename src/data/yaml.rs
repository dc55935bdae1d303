//! YAML 1.2 with places, built from granit-parser's events; the core schema types plain scalars (YAML 1.2.2, 10.3.2).
//!
//! An alias shares its anchor's value. `<<` merges maps as YAML 1.1 has it (<https://yaml.org/type/merge.html>),
//! because people still write it. A document that breaks off keeps what stands before; the next one is read again.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Tag};

use super::keys::Keys;
use super::tabs::without_tabs_in_flow;
use super::{DEEPEST, Data, Entry, Map, Value, report, report_repeated, too_deep};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceFile;

/// Entries that merge keys may copy into the maps of one file. Merging large maps many times over would cost memory
/// by the product of both.
const MOST_MERGED: usize = 300_000;

/// An alias that stands for more values than this makes a small file stand for very much. It is shared all the same.
const MOST_ALIASED: u64 = 10_000_000;

/// Reads the YAML documents in `range` of `file` (YAML 1.2, core schema). An alias shares its anchor's value.
pub fn read_yaml(file: &SourceFile, range: Range<usize>) -> (Vec<Value>, Diagnostics) {
    let Some(text) = file.text().get(range.clone()) else { return (Vec::new(), Diagnostics::new()) };
    let text = &*without_tabs_in_flow(text);
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut builder = Builder::new(file, range.start);
    loop {
        let broken = match parser.next_event() {
            None => break,
            Some(Ok((event, place))) => builder.event(&event, builder.place(&place)).is_err(),
            Some(Err(error)) => {
                builder.scan_error(&error);
                true
            }
        };
        if broken {
            builder.close_all();
            if !matches!(parser.proceed_next_document(), Ok(true)) {
                break;
            }
        }
    }
    builder.close_all();
    (builder.documents, builder.diagnostics)
}

/// The document cannot be read on.
struct Broken;

struct Builder<'t> {
    file: &'t SourceFile,
    shift: usize,
    /// The collections that are open, outermost first.
    open: Vec<Collection>,
    /// What anchors stand for. Ids are unique over all documents.
    anchors: HashMap<usize, (Value, Extent)>,
    documents: Vec<Value>,
    keys: Keys,
    merged: usize,
    /// Whether an alias has been said to stand for too much.
    is_wide: bool,
    diagnostics: Diagnostics,
}

struct Collection {
    start: usize,
    end: usize,
    anchor: usize,
    extent: Extent,
    content: Content,
}

/// How much lies within a value, its aliases written out.
#[derive(Clone, Copy, Default)]
struct Extent {
    /// How many levels.
    height: usize,
    /// How many values.
    size: u64,
}

enum Content {
    List(Vec<Value>),
    Map { entries: Vec<Entry>, key: Option<Key>, merges: Vec<Value> },
}

struct Key {
    text: Arc<str>,
    place: Range<usize>,
    is_merge: bool,
}

impl<'t> Builder<'t> {
    fn new(file: &'t SourceFile, shift: usize) -> Self {
        Self {
            file,
            shift,
            open: Vec::new(),
            anchors: HashMap::new(),
            documents: Vec::new(),
            keys: Keys::default(),
            merged: 0,
            is_wide: false,
            diagnostics: Diagnostics::new(),
        }
    }

    /// The offsets of `span` in the file.
    fn place(&self, span: &granit_parser::Span) -> Range<usize> {
        let start = span.start.byte_offset().unwrap_or(0) + self.shift;
        let end = span.end.byte_offset().unwrap_or(0) + self.shift;
        start..end.max(start)
    }

    fn find(&mut self, message: impl Into<String>, place: Range<usize>) {
        let diagnostic = Diagnostic::new(Code::InvalidYaml, message, self.file.span(place));
        report(&mut self.diagnostics, diagnostic);
    }

    fn scan_error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0) + self.shift;
        let text = self.file.text();
        let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return report(&mut self.diagnostics, too_deep(Code::InvalidYaml, self.file.span(at..at)));
        }
        let length = text[at..].chars().next().filter(|&character| character != '\n').map_or(0, char::len_utf8);
        let diagnostic = Diagnostic::new(Code::InvalidYaml, error.info(), self.file.span(at..at + length))
            .label("what follows in this document is left out");
        report(&mut self.diagnostics, diagnostic);
    }

    fn event(&mut self, event: &Event<'_>, place: Range<usize>) -> Result<(), Broken> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, *style, *anchor, tag.as_deref(), place),
            Event::SequenceStart(_, anchor, _) => self.start(Content::List(Vec::new()), *anchor, place)?,
            Event::MappingStart(_, anchor, _) => {
                let content = Content::Map { entries: Vec::new(), key: None, merges: Vec::new() };
                self.start(content, *anchor, place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place.end),
            Event::Alias(anchor) => self.alias(*anchor, place),
            Event::UnresolvedAlias(name) => {
                self.find(format!("no anchor `&{name}` stands before this alias"), place.clone());
                self.add(Value { data: Data::Null, span: self.file.span(place) }, Extent::default(), false);
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, tag: Option<&Tag>, place: Range<usize>) {
        let span = self.file.span(place);
        // Keys are mostly plain; they are kept as they are written, whatever they would be as a value.
        if anchor == 0
            && let Some(Collection { content: Content::Map { key: key @ None, .. }, .. }) = self.open.last_mut()
        {
            let is_merge = text == "<<" && style == ScalarStyle::Plain;
            let written = if span.start == span.end { "" } else { text };
            *key = Some(Key { text: self.keys.share(written), place: span.range(), is_merge });
            return;
        }
        let data = match tag.and_then(Tag::core_suffix) {
            Some("str") => Data::String(Arc::from(text)),
            Some(_) => plain(text),
            None if tag.is_none() && style == ScalarStyle::Plain => plain(text),
            None => Data::String(Arc::from(text)),
        };
        let value = Value { data, span };
        if anchor != 0 {
            self.anchors.insert(anchor, (value.clone(), Extent::default()));
        }
        self.add(value, Extent::default(), style == ScalarStyle::Plain);
    }

    fn alias(&mut self, anchor: usize, place: Range<usize>) {
        let span = self.file.span(place.clone());
        let (value, extent) = match self.anchors.get(&anchor) {
            Some((value, extent)) if self.open.len() + extent.height <= DEEPEST => (value.clone(), *extent),
            Some(_) => {
                report(&mut self.diagnostics, too_deep(Code::InvalidYaml, span));
                (Value { data: Data::Null, span }, Extent::default())
            }
            None => {
                self.find("this alias stands inside the value that it stands for", place);
                (Value { data: Data::Null, span }, Extent::default())
            }
        };
        if extent.size > MOST_ALIASED && !self.is_wide {
            self.is_wide = true;
            self.find(format!("this alias stands for more than {MOST_ALIASED} values"), span.range());
        }
        if let Some(top) = self.open.last_mut() {
            top.end = span.range().end;
        }
        self.add(value, extent, false);
    }

    fn start(&mut self, content: Content, anchor: usize, place: Range<usize>) -> Result<(), Broken> {
        if self.open.len() >= DEEPEST {
            report(&mut self.diagnostics, too_deep(Code::InvalidYaml, self.file.span(place)));
            return Err(Broken);
        }
        self.open.push(Collection { start: place.start, end: place.end, anchor, extent: Extent::default(), content });
        Ok(())
    }

    /// Closes the innermost collection. `end` is where the parser saw its end: behind the bracket of a flow
    /// collection, but at the next token of a block collection, whose own end is that of its last value.
    fn end(&mut self, end: usize) {
        let Some(collection) = self.open.pop() else { return };
        let flow = matches!(self.file.text().as_bytes().get(collection.start), Some(b'[' | b'{'))
            && matches!(self.file.text().as_bytes().get(end.wrapping_sub(1)), Some(b']' | b'}'));
        let span = self.file.span(collection.start..if flow { end } else { collection.end });
        let data = match collection.content {
            Content::List(items) => Data::List(Arc::from(items)),
            Content::Map { mut entries, key, merges } => {
                if let Some(key) = key {
                    // The document breaks off behind a key.
                    let at = key.place.end;
                    let value = Value { data: Data::Null, span: self.file.span(at..at) };
                    entries.push(Entry { key: key.text, key_span: self.file.span(key.place), value });
                }
                self.merge(&mut entries, &merges);
                let map = Map::new(entries);
                report_repeated(&mut self.diagnostics, &map);
                Data::Map(map)
            }
        };
        let value = Value { data, span };
        let extent = Extent { height: collection.extent.height + 1, ..collection.extent };
        if collection.anchor != 0 {
            self.anchors.insert(collection.anchor, (value.clone(), extent));
        }
        self.add(value, extent, false);
    }

    fn close_all(&mut self) {
        while let Some(collection) = self.open.last() {
            self.end(collection.end);
        }
        // Anchors reach no further than their document.
        self.anchors.clear();
    }

    /// Puts a finished value where it belongs: into the collection around it, or among the documents.
    fn add(&mut self, value: Value, extent: Extent, plain: bool) {
        let Some(top) = self.open.last_mut() else {
            self.documents.push(value);
            self.anchors.clear();
            return;
        };
        top.extent.height = top.extent.height.max(extent.height);
        top.extent.size = top.extent.size.saturating_add(extent.size).saturating_add(1);
        let place = value.span.range();
        if place.start >= top.start {
            top.end = top.end.max(place.end);
        }
        match &mut top.content {
            Content::List(items) => items.push(value),
            Content::Map { entries, key, merges } => match key.take() {
                None => {
                    let written = value.to_text();
                    let written = written.as_deref().or_else(|| self.file.text().get(place.clone()));
                    let text = self.keys.share(written.unwrap_or_default());
                    *key = Some(Key { is_merge: plain && &*text == "<<", text, place });
                }
                Some(key) if key.is_merge && is_mergeable(&value) => merges.push(value),
                Some(key) => {
                    entries.push(Entry { key: key.text, key_span: self.file.span(key.place), value });
                }
            },
        }
    }

    /// Adds what `merges` hold and `entries` do not; the earlier merge wins.
    fn merge(&mut self, entries: &mut Vec<Entry>, merges: &[Value]) {
        if merges.is_empty() {
            return;
        }
        let mut names: HashSet<Arc<str>> = entries.iter().map(|entry| Arc::clone(&entry.key)).collect();
        let maps = merges.iter().flat_map(|merge| match &merge.data {
            Data::List(maps) => maps,
            _ => std::slice::from_ref(merge),
        });
        for map in maps {
            for entry in map.entries() {
                if self.merged >= MOST_MERGED {
                    let message = format!("merge keys copy more than {MOST_MERGED} entries");
                    self.find(message, map.span.range());
                    return;
                }
                self.merged += 1;
                if names.insert(Arc::clone(&entry.key)) {
                    entries.push(entry.clone());
                }
            }
        }
    }
}

fn is_mergeable(value: &Value) -> bool {
    match &value.data {
        Data::Map(_) => true,
        Data::List(items) => items.iter().all(|item| matches!(item.data, Data::Map(_))),
        _ => false,
    }
}

/// The value of a plain scalar by the core schema.
fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
        "true" | "True" | "TRUE" => return Data::Bool(true),
        "false" | "False" | "FALSE" => return Data::Bool(false),
        _ => {}
    }
    // Most scalars are words.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return Data::String(Arc::from(text));
    }
    if let Some(number) = integer(text) {
        return Data::Integer(number);
    }
    if is_number(text) { Data::Number(Arc::from(text)) } else { Data::String(Arc::from(text)) }
}

fn integer(text: &str) -> Option<i64> {
    let all = |digits: &str, is_digit: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(is_digit);
    if let Some(octal) = text.strip_prefix("0o") {
        return all(octal, |byte| (b'0'..=b'7').contains(byte)).then(|| i64::from_str_radix(octal, 8).ok())?;
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return all(hexadecimal, u8::is_ascii_hexdigit).then(|| i64::from_str_radix(hexadecimal, 16).ok())?;
    }
    text.parse().ok()
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(unsigned);
    let mut rest = &unsigned[whole..];
    let mut any = whole > 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        any |= length > 0;
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return any && !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    any && rest.is_empty()
}
