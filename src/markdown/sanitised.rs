//! Sanitised HTML -> a draft again: holes put back, links and ids of raw HTML noted, headings found.

use std::collections::{HashMap, HashSet};

use super::destination::{self, Destination};
use super::draft::{Draft, Section};
use super::raw_html::{HOLE, Places, is_void, name_at};
use super::writer::Writer;
use super::{Options, TitleRule, raw_html};
use crate::graph::{Hole, Slot, plain_text};
use crate::source::{MappedText, Span};

/// The HTML of `draft` made safe. What raw HTML refers to is added to the writer's links; a heading of raw HTML with
/// which the text begins may become its title.
pub(super) fn sanitise(
    draft: Draft,
    writer: &mut Writer<'_>,
    text: &MappedText,
    options: &Options<'_>,
    is_title: &TitleRule<'_>,
) -> (Draft, Option<(String, Span)>) {
    let html = raw_html::clean(&draft.prose, options);
    let sections = draft.sections.iter().map(|section| (section.anchor.clone(), (section.source, section.opens)));
    let mut reader = Reader {
        html: &html,
        at: 0,
        holes: draft.prose.slots.into_iter().map(Some).collect(),
        places: Places::new(text.text(), &writer.raw),
        text,
        options,
        is_title,
        sections: sections.collect(),
        seen: HashSet::new(),
        depth: 0,
        section: None,
        has_begun: false,
        title: None,
        draft: Draft::default(),
    };
    reader.read(writer);
    (reader.draft, reader.title)
}

struct Reader<'a> {
    html: &'a str,
    at: usize,
    holes: Vec<Option<Slot>>,
    places: Places<'a>,
    text: &'a MappedText,
    options: &'a Options<'a>,
    is_title: &'a TitleRule<'a>,
    /// Where Markdown's sections are written, by id, and whether the text begins with them.
    sections: HashMap<String, (Span, bool)>,
    seen: HashSet<String>,
    depth: usize,
    /// The heading outside of any element that is open.
    section: Option<Section>,
    /// Whether a heading or words have come.
    has_begun: bool,
    /// The heading inside of an element with which the text begins.
    title: Option<(String, Span)>,
    draft: Draft,
}

/// A tag as the sanitiser writes it.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    /// Values as written, with entities.
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, writer: &mut Writer<'_>) {
        while let Some(start) = self.html[self.at..].find('<').map(|start| self.at + start) {
            let words = &self.html[self.at..start];
            self.has_begun |= !words.trim().is_empty();
            self.draft.push(words);
            self.at = start;
            let tag = self.next_tag();
            self.tag(&tag, writer);
        }
        let rest = &self.html[self.at..];
        self.draft.push(rest);
    }

    /// The tag at the current place, which is moved behind it.
    fn next_tag(&mut self) -> Tag<'a> {
        let mut rest = &self.html[self.at + 1..];
        let is_end = rest.starts_with('/');
        rest = rest.strip_prefix('/').unwrap_or(rest);
        let name = name_at(rest);
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        while let Some((attribute, behind)) = rest.strip_prefix(' ').and_then(|rest| rest.split_once("=\"")) {
            let Some((value, behind)) = behind.split_once('"') else { break };
            attributes.push((attribute, value));
            rest = behind;
        }
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        self.at = self.html.len() - rest.len() + end;
        Tag { name, is_end, attributes }
    }

    fn tag(&mut self, tag: &Tag<'a>, writer: &mut Writer<'_>) {
        let level = heading_level(tag.name);
        match (tag.is_end, level) {
            (true, level) => self.end(tag.name, level),
            (false, Some(level)) => self.heading(tag, level, writer),
            (false, None) if matches!(tag.name, "pre" | "span") && self.fill(tag) => {}
            (false, None) => self.element(tag, writer),
        }
    }

    fn end(&mut self, name: &str, level: Option<u8>) {
        self.depth = self.depth.saturating_sub(1);
        let content_end = self.draft.len();
        match level {
            Some(level) => self.draft.close_heading(level),
            None => {
                self.draft.push("</");
                self.draft.push(name);
                self.draft.push(">");
            }
        }
        if self.depth == 0
            && let Some(mut section) = self.section.take()
        {
            section.content.end = content_end;
            section.element.end = self.draft.len();
            self.draft.sections.push(section);
        }
    }

    fn heading(&mut self, tag: &Tag<'a>, level: u8, writer: &mut Writer<'_>) {
        let rest = &self.html[self.at..];
        let end_tag = format!("</{}>", tag.name);
        let content = rest.split(&end_tag).next().unwrap_or_default();
        let words = plain_text(content);
        let given = tag.attribute("id").map(decode);
        // An id that was given out already belongs to a heading of Markdown.
        let is_markdown = given.as_ref().is_some_and(|id| writer.slugs.has(id) && self.seen.insert(id.clone()));
        let anchor = match given {
            Some(id) if is_markdown => id,
            Some(id) => writer.slugs.unique(id),
            None => writer.slugs.of_words(&words),
        };
        let (source, opens) = match self.sections.get(&anchor) {
            Some(&known) => known,
            None if is_markdown => (self.text.span(0..0), false),
            None => (self.text.span(self.places.next_heading()), !self.has_begun),
        };
        self.has_begun = true;
        if self.depth > 0 && level == 1 && opens && !words.is_empty() && self.is_title.admits(&words) {
            // A title inside `<div align="center">` is a title.
            self.title = Some((words, source));
            self.draft.push("<a");
            self.draft.push_anchor(anchor);
            self.draft.push("></a>");
            self.at = (self.at + content.len() + end_tag.len()).min(self.html.len());
            return;
        }
        let start = self.draft.open_heading(level, &anchor);
        let name = tag.attribute("name").map(decode).filter(|name| *name != anchor);
        if self.depth == 0 {
            let content = self.draft.len()..self.draft.len();
            self.section = Some(Section { level, anchor, element: start..start, content, opens, source });
        } else {
            self.draft.anchors.push((start, anchor));
        }
        if let Some(name) = name {
            self.draft.push("<a");
            self.anchor(&name, writer);
            self.draft.push("></a>");
        }
        self.depth += 1;
    }

    /// Puts the hole back that `tag` stands for, and passes its end tag.
    fn fill(&mut self, tag: &Tag<'a>) -> bool {
        let Some(index) = tag.attribute(HOLE).and_then(|index| index.parse::<usize>().ok()) else { return false };
        let Some(slot) = self.holes.get_mut(index) else { return false };
        if !matches!(
            (tag.name, slot.as_ref().map(|slot| &slot.hole)),
            ("pre", Some(Hole::Code(_))) | ("span", Some(Hole::Title(_)))
        ) {
            return false;
        }
        let end = format!("</{}>", tag.name);
        let Some(length) = self.html[self.at..].starts_with(&end).then_some(end.len()) else { return false };
        let Some(slot) = slot.take() else { return false };
        self.at += length;
        self.has_begun = true;
        self.draft.push_hole(slot.hole);
        true
    }

    fn element(&mut self, tag: &Tag<'a>, writer: &mut Writer<'_>) {
        let relative_candidates = tag.attribute("srcset").is_some_and(|candidates| !candidates.contains("://"));
        if tag.name == "source" && relative_candidates {
            // Nobody would find these pictures; the `<img>` beside them is found.
            return;
        }
        self.draft.push("<");
        self.draft.push(tag.name);
        self.address(tag, writer);
        for &(name, value) in &tag.attributes {
            match name {
                HOLE | "href" | "src" => {}
                "id" | "name" => self.anchor(&decode(value), writer),
                _ => {
                    self.draft.push(" ");
                    self.draft.push(name);
                    self.draft.push("=\"");
                    self.draft.push(value);
                    self.draft.push("\"");
                }
            }
        }
        self.draft.push(">");
        if !is_void(tag.name) {
            self.depth += 1;
        }
    }

    /// Writes the hole, `href` or `src` of a tag.
    fn address(&mut self, tag: &Tag<'a>, writer: &mut Writer<'_>) {
        let hole = tag.attribute(HOLE).and_then(|index| index.parse::<usize>().ok());
        let hole = hole.and_then(|index| self.holes.get(index)?.as_ref()).map(|slot| slot.hole.clone());
        if let Some(hole @ (Hole::Href(_) | Hole::Page(_) | Hole::Source(_))) = hole {
            self.draft.push_hole(hole);
            return;
        }
        let Some((name, value)) = tag.attributes.iter().find(|(name, _)| matches!(*name, "href" | "src")) else {
            return;
        };
        let own = |kind: &str| {
            value.strip_prefix('#').is_some_and(|id| id.starts_with(&format!("{}{kind}-", self.options.anchor_prefix)))
        };
        if own("fn") || own("fnref") {
            self.draft.push(&format!(" href=\"{value}\""));
            return;
        }
        // GitBook marks the place of a heading so.
        let is_mark = *name == "href" && tag.attribute("id") == Some(*value) && !value.contains(['/', '.', ':']);
        if is_mark {
            return;
        }
        let written = decode(value);
        let place = self.places.find(value).map_or_else(|| self.text.span(0..0), |range| self.text.span(range));
        let found =
            if *name == "src" { destination::of_image(&written) } else { destination::of_link(&written, self.options) };
        match found {
            Destination::Target(target, need) => {
                let index = writer.inline.links.add(target, need, place);
                self.draft.push_hole(if *name == "src" { Hole::Source(index) } else { Hole::Href(index) });
            }
            Destination::Literal(address) => self.draft.push_attribute(name, &address),
            Destination::NameIsText(_) | Destination::Nothing => {}
        }
    }

    /// Writes an id, unless a heading or an earlier element has it.
    fn anchor(&mut self, id: &str, writer: &Writer<'_>) {
        let prefix = self.options.anchor_prefix;
        let id = if id.starts_with(prefix) { id.to_owned() } else { format!("{prefix}{id}") };
        if !id.is_empty() && !writer.slugs.has(&id) && self.seen.insert(id.clone()) {
            self.draft.push_anchor(id);
        }
    }
}

impl<'a> Tag<'a> {
    fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// An attribute's value without entities, of which the sanitiser writes these.
fn decode(value: &str) -> String {
    let replaced = value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    replaced.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}
