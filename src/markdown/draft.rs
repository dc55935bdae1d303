//! A text's HTML while it is written: one run, with marks where the headings are, that is cut into blocks at the end.

use std::iter::Peekable;
use std::ops::Range;
use std::vec;

use super::TitleRule;
use crate::graph::{Block, Hole, LinkIndex, Prose, Slot, plain_text, push_escaped, push_text};
use crate::source::Span;

/// HTML with holes, headings and all.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) prose: Prose,
    /// The headings that open a section of the page, in order, none inside another.
    pub(super) sections: Vec<Section>,
    /// Ids beside those of sections, and where they stand.
    pub(super) anchors: Vec<(usize, String)>,
    /// Where the digit of each `<h1` and `</h1` stands, with those inside containers.
    pub(super) level_digits: Vec<usize>,
}

/// A heading that opens a section of the page.
pub(super) struct Section {
    pub(super) level: u8,
    pub(super) anchor: String,
    /// The whole element.
    pub(super) element: Range<usize>,
    /// What stands between its tags.
    pub(super) content: Range<usize>,
    /// Whether neither words nor headings stand before it.
    pub(super) opens: bool,
    /// Where it is written.
    pub(super) source: Span,
}

impl Draft {
    /// A draft with room for the HTML of `length` bytes of Markdown.
    pub(super) fn of_length(length: usize) -> Self {
        let html = String::with_capacity(length + length / 8);
        Self { prose: Prose { html, ..Prose::default() }, ..Self::default() }
    }

    pub(super) fn push(&mut self, html: &str) {
        self.prose.html.push_str(html);
    }

    pub(super) fn push_text(&mut self, text: &str) {
        push_text(&mut self.prose.html, text);
    }

    pub(super) fn push_hole(&mut self, hole: Hole) {
        self.prose.push_hole(hole);
    }

    pub(super) fn len(&self) -> usize {
        self.prose.html.len()
    }

    /// Adds ` name="value"`.
    pub(super) fn push_attribute(&mut self, name: &str, value: &str) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        push_escaped(&mut self.prose.html, value);
        self.push("\"");
    }

    /// Adds `<a` with a hole for its address and, unless empty, a title; leaves the tag open.
    pub(super) fn push_link_start(&mut self, index: LinkIndex, title: &str) {
        self.push("<a");
        self.push_hole(Hole::Href(index));
        if !title.is_empty() {
            self.push_attribute("title", title);
        }
        self.push(">");
    }

    /// Adds `<h2 id="anchor">` and gives back where the element begins.
    pub(super) fn open_heading(&mut self, level: u8, anchor: &str) -> usize {
        let start = self.len();
        self.push("<h");
        self.push_level(level);
        self.push_attribute("id", anchor);
        self.push(">");
        start
    }

    /// Adds `</h2>`.
    pub(super) fn close_heading(&mut self, level: u8) {
        self.push("</h");
        self.push_level(level);
        self.push(">");
    }

    fn push_level(&mut self, level: u8) {
        self.level_digits.push(self.len());
        self.prose.html.push(char::from(b'0' + level.clamp(1, 6)));
    }

    /// Adds ` id="anchor"`, so that links may lead there.
    pub(super) fn push_anchor(&mut self, anchor: String) {
        self.push_attribute("id", &anchor);
        self.anchors.push((self.len(), anchor));
    }

    /// Takes `html` off the end, if it stands there.
    pub(super) fn drop_end(&mut self, html: &str) -> bool {
        let ends = self.prose.html.ends_with(html);
        if ends {
            self.prose.html.truncate(self.prose.html.len() - html.len());
        }
        ends
    }

    /// Adds all of `other` at the end.
    pub(super) fn append(&mut self, other: Draft) {
        let shift = self.len();
        self.level_digits.extend(other.level_digits.into_iter().map(|at| at + shift));
        self.anchors.extend(other.anchors.into_iter().map(|(at, anchor)| (at + shift, anchor)));
        self.sections.extend(other.sections.into_iter().map(|section| Section {
            element: section.element.start + shift..section.element.end + shift,
            content: section.content.start + shift..section.content.end + shift,
            ..section
        }));
        self.prose.append(other.prose);
    }

    /// Takes out the heading with which the text begins, when it is its title: level 1, or above every other heading.
    /// Its id stays behind, because links may lead to it.
    pub(super) fn take_title(&mut self, is_title: &TitleRule<'_>) -> Option<(String, Span)> {
        let first = self.sections.first()?;
        let words = plain_text(&self.prose.html[first.content.clone()]);
        let is_above = self.sections[1..].iter().all(|other| other.level > first.level);
        let may_be_title = first.opens && (is_above || (first.level == 1 && !is_version(&words)));
        if !may_be_title || words.is_empty() || !is_title.admits(&words) {
            return None;
        }
        let section = self.sections.remove(0);
        let (start, end) = (section.element.start, section.element.end);
        let mut place = String::from("<a id=\"");
        push_escaped(&mut place, &section.anchor);
        place.push_str("\"></a>");
        self.prose.slots.retain(|slot| !section.content.contains(&(slot.at as usize)));
        self.level_digits.retain(|at| !section.element.contains(at));
        self.anchors.retain(|(at, _)| !section.content.contains(at));
        self.prose.html.replace_range(start..end, &place);
        let moved = |at: usize| if at < end { at } else { at + place.len() - (end - start) };
        for slot in &mut self.prose.slots {
            slot.at = u32::try_from(moved(slot.at as usize)).unwrap_or(u32::MAX);
        }
        self.level_digits.iter_mut().for_each(|at| *at = moved(*at));
        self.anchors.iter_mut().for_each(|(at, _)| *at = moved(*at));
        for other in &mut self.sections {
            other.element = moved(other.element.start)..moved(other.element.end);
            other.content = moved(other.content.start)..moved(other.content.end);
        }
        let behind = self.anchors.partition_point(|(at, _)| *at < start);
        self.anchors.insert(behind, (start, section.anchor));
        Some((words, section.source))
    }

    /// The text as blocks, its highest heading at `top_level`.
    pub(super) fn into_blocks(mut self, top_level: u8) -> Vec<Block> {
        self.shift_levels(top_level);
        let mut blocks = Vec::with_capacity(self.sections.len() * 2 + 1);
        let mut rest = Rest {
            html: &self.prose.html,
            from: 0,
            slots: self.prose.slots.into_iter().peekable(),
            anchors: self.anchors.into_iter().peekable(),
        };
        for section in self.sections {
            push_prose(&mut blocks, rest.cut(section.element.start));
            rest.from = section.content.start;
            let content = rest.cut(section.content.end);
            rest.from = section.element.end;
            blocks.push(Block::Heading { level: section.level, anchor: section.anchor, content });
        }
        push_prose(&mut blocks, rest.cut(rest.html.len()));
        blocks
    }

    fn shift_levels(&mut self, top_level: u8) {
        let html = std::mem::take(&mut self.prose.html);
        let mut bytes = html.into_bytes();
        let highest = self.level_digits.iter().map(|&at| bytes[at]).min().unwrap_or(b'1');
        let shifted = |level: u8| (level - (highest - b'0') + top_level).min(6);
        for &at in &self.level_digits {
            bytes[at] = b'0' + shifted(bytes[at] - b'0');
        }
        for section in &mut self.sections {
            section.level = shifted(section.level);
        }
        // One digit took another's place, so this is UTF-8 as before.
        self.prose.html = String::from_utf8(bytes).unwrap_or_default();
    }
}

/// Whether a heading reads like `[v1.2.0] - May`: the first of many in a list of changes, not its title.
fn is_version(words: &str) -> bool {
    let words = words.trim_start_matches(['[', '(', 'v', 'V']);
    words.starts_with(|first: char| first.is_ascii_digit())
        || words.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("unreleased"))
}

fn push_prose(blocks: &mut Vec<Block>, prose: Prose) {
    if !prose.slots.is_empty() || !prose.html.trim().is_empty() {
        blocks.push(Block::Prose(prose));
    }
}

/// What has not been cut off yet.
struct Rest<'a> {
    html: &'a str,
    from: usize,
    slots: Peekable<vec::IntoIter<Slot>>,
    anchors: Peekable<vec::IntoIter<(usize, String)>>,
}

impl Rest<'_> {
    /// The prose from where the last cut was up to `end`.
    fn cut(&mut self, end: usize) -> Prose {
        let mut prose = Prose::html(&self.html[self.from..end]);
        while let Some(slot) = self.slots.next_if(|slot| slot.at as usize <= end) {
            let at = u32::try_from(slot.at as usize - self.from).unwrap_or(u32::MAX);
            prose.slots.push(Slot { at, ..slot });
        }
        while let Some((_, anchor)) = self.anchors.next_if(|(at, _)| *at <= end) {
            prose.anchors.push(anchor);
        }
        self.from = end;
        prose
    }
}
