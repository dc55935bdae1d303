//! What stands inside a paragraph: words, code, links, images.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs, Tag, TagEnd};

use super::draft::Draft;
use super::links::{LinkForm, Links, ParsedLink};
use super::summary::Summary;
use super::{Options, bare_url, math};
use crate::graph::plain_text;
use crate::graph::{Hole, LinkIndex};
use crate::source::MappedText;

/// The state between two events of running text.
pub(super) struct Inline<'a> {
    text: &'a MappedText,
    pub(super) links: Links<'a>,
    /// Words that are not written yet: an address may go on in the next event.
    pending: String,
    pending_range: Range<usize>,
    /// Whether an element ended where the words that are not written yet begin.
    is_behind_element: bool,
    anchor_prefix: &'a str,
    open: Vec<OpenLink>,
    /// The outermost image that is open.
    image: Option<Image>,
    /// How many images are open inside it.
    inner_images: usize,
}

struct OpenLink {
    /// How it ends: nothing for a link that is written as its words alone.
    end: &'static str,
    /// For a link whose words are a name: where they begin.
    name: Option<(LinkIndex, usize)>,
    /// Whether its words are left out, because a title stands for them.
    is_silent: bool,
}

struct Image {
    source: Option<Result<LinkIndex, String>>,
    title: String,
    words: String,
}

impl<'a> Inline<'a> {
    pub(super) fn new(text: &'a MappedText, options: &'a Options<'a>) -> Self {
        Self {
            text,
            links: Links::new(text, options),
            pending: String::new(),
            pending_range: 0..0,
            is_behind_element: false,
            anchor_prefix: options.anchor_prefix,
            open: Vec::new(),
            image: None,
            inner_images: 0,
        }
    }

    pub(super) fn in_image(&self) -> bool {
        self.image.is_some()
    }

    /// Takes words; they are written by the next [`Inline::flush`].
    pub(super) fn text(&mut self, words: &str, range: Range<usize>, summary: &mut Summary) {
        if let Some(image) = &mut self.image {
            image.words.push_str(words);
            return;
        }
        summary.push(words);
        if self.is_silent() {
            return;
        }
        if self.pending.is_empty() {
            self.pending_range = range.clone();
        }
        self.pending_range.end = range.end;
        self.pending.push_str(words);
    }

    /// Writes the words that have come so far, with the addresses in them as links.
    pub(super) fn flush(&mut self, draft: &mut Draft) {
        if self.pending.is_empty() {
            return;
        }
        let words = std::mem::take(&mut self.pending);
        let mut from = 0;
        if let Some((length, id)) = attribute_list(&words).filter(|_| self.is_behind_element) {
            from = length;
            draft.push("<a");
            draft.push_anchor(format!("{}{id}", self.anchor_prefix));
            draft.push("></a>");
        }
        self.is_behind_element = false;
        if self.open.is_empty() && bare_url::has_any(&words) {
            let is_verbatim = self.text.text().get(self.pending_range.clone()) == Some(words.as_str());
            for address in bare_url::addresses(&words) {
                let start = self.pending_range.start;
                let place =
                    if is_verbatim { start + address.start..start + address.end } else { self.pending_range.clone() };
                let Some(index) = self.links.address(&words[address.clone()], place) else { continue };
                draft.push_text(&words[from..address.start]);
                draft.prose.push_link(index, &words[address.clone()]);
                from = address.end;
            }
        }
        draft.push_text(&words[from..]);
        self.pending = words;
        self.pending.clear();
    }

    /// Takes any event but text.
    pub(super) fn event(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        definitions: &RefDefs<'_>,
        draft: &mut Draft,
        summary: &mut Summary,
    ) {
        self.is_behind_element = matches!(
            event,
            Event::Code(_)
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        );
        match event {
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let parsed = ParsedLink { link_type, destination: &dest_url, label: &id, range };
                self.open_image(&parsed, &title, definitions);
            }
            Event::End(TagEnd::Image) => self.close_image(draft),
            Event::Code(code) if self.in_image() => self.text(&code, range, summary),
            Event::SoftBreak | Event::HardBreak if self.in_image() => self.text(" ", range, summary),
            _ if self.in_image() => {}
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let parsed = ParsedLink { link_type, destination: &dest_url, label: &id, range };
                self.open_link(&parsed, &title, definitions, draft);
            }
            Event::End(TagEnd::Link) => self.close_link(draft),
            Event::SoftBreak | Event::HardBreak => {
                summary.push(" ");
                if !self.is_silent() {
                    draft.push(if event == Event::SoftBreak { "\n" } else { "<br>\n" });
                }
            }
            Event::Code(code) => {
                summary.push(&code);
                if !self.is_silent() {
                    let named = if self.open.is_empty() { self.links.named_in_code(&code, range) } else { None };
                    if let Some(index) = named {
                        draft.push("<a");
                        draft.push_hole(Hole::Href(index));
                        draft.push(">");
                    }
                    draft.push("<code>");
                    draft.push_text(&code);
                    draft.push(if named.is_some() { "</code></a>" } else { "</code>" });
                }
            }
            Event::InlineMath(tex) => {
                let text = self.text.text();
                if math::is_formula(text, &range) {
                    summary.push(&tex);
                    math::push(draft, &tex, math::Style::Inline);
                } else {
                    self.text(text.get(range.clone()).unwrap_or(&tex), range, summary);
                }
            }
            Event::DisplayMath(tex) => {
                summary.push(&tex);
                math::push(draft, &tex, math::Style::Display);
            }
            _ if self.is_silent() => {}
            Event::Start(tag) => draft.push(match tag {
                Tag::Emphasis => "<em>",
                Tag::Strong => "<strong>",
                Tag::Strikethrough => "<del>",
                _ => "",
            }),
            Event::End(tag) => draft.push(match tag {
                TagEnd::Emphasis => "</em>",
                TagEnd::Strong => "</strong>",
                TagEnd::Strikethrough => "</del>",
                _ => "",
            }),
            _ => {}
        }
    }

    fn is_silent(&self) -> bool {
        self.open.last().is_some_and(|link| link.is_silent)
    }

    fn open_link(&mut self, parsed: &ParsedLink<'_>, title: &str, definitions: &RefDefs<'_>, draft: &mut Draft) {
        let form = self.links.link(parsed, definitions);
        let mut open = OpenLink { end: "</a>", name: None, is_silent: false };
        match form {
            LinkForm::Words(index) => draft.push_link_start(index, title),
            LinkForm::NameIsWords(index) => {
                draft.push_link_start(index, title);
                open.name = Some((index, draft.len()));
            }
            LinkForm::Title(index) => {
                draft.push_link_start(index, title);
                draft.push_hole(Hole::Title(index));
                open.is_silent = true;
            }
            LinkForm::Literal(address) => {
                draft.push("<a");
                draft.push_attribute("href", &address);
                draft.push(">");
            }
            LinkForm::Plain => open.end = "",
        }
        self.open.push(open);
    }

    fn close_link(&mut self, draft: &mut Draft) {
        let Some(link) = self.open.pop() else { return };
        if let Some((index, start)) = link.name {
            self.links.name(index, plain_text(draft.prose.html.get(start..).unwrap_or_default()));
        }
        draft.push(link.end);
    }

    fn open_image(&mut self, parsed: &ParsedLink<'_>, title: &str, definitions: &RefDefs<'_>) {
        if self.image.is_some() {
            self.inner_images += 1;
            return;
        }
        let is_reference = matches!(
            parsed.link_type,
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown
        );
        let source = if is_reference { None } else { self.links.image(parsed, definitions) };
        self.image = Some(Image { source, title: title.to_owned(), words: String::new() });
    }

    fn close_image(&mut self, draft: &mut Draft) {
        if self.inner_images > 0 {
            self.inner_images -= 1;
            return;
        }
        let Some(image) = self.image.take() else { return };
        match image.source {
            Some(source) => {
                draft.push("<img");
                match source {
                    Ok(index) => draft.push_hole(Hole::Source(index)),
                    Err(literal) => draft.push_attribute("src", &literal),
                }
                draft.push_attribute("alt", &image.words);
                if !image.title.is_empty() {
                    draft.push_attribute("title", &image.title);
                }
                draft.push(">");
            }
            None => draft.push_text(&image.words),
        }
    }
}

/// The length of the attribute list with which `words` begin, and the id that it gives to what stands before it:
/// `{ #place .class }`, `{: #place }` (MkDocs' `attr_list`, kramdown).
fn attribute_list(words: &str) -> Option<(usize, &str)> {
    let inside = words.strip_prefix('{')?;
    let end = inside.find('}')?;
    let list = inside[..end].strip_prefix(':').unwrap_or(&inside[..end]);
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    let id = list.split_whitespace().find_map(|word| word.strip_prefix('#')).filter(|id| !id.is_empty())?;
    list.split_whitespace().all(is_attribute).then_some((end + 2, id))
}
