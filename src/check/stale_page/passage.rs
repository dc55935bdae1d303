//! A page and a place on it -> the passage around that, and what it shows as code.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Shorter names stand in many places for many things.
const SHORTEST: usize = 4;

/// A part of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    /// All of it.
    pub(super) text: String,
    /// What it has between backticks and in listings, a line each.
    pub(super) code: String,
    /// What it has in listings.
    pub(super) listing: String,
}

impl Passage {
    /// The same without the windows of expressions: `rate(x[5m])`.
    pub(super) fn without_windows(&self) -> Self {
        static WINDOW: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[\d+[a-z]+(?::[^\]]*)?\]").ok());
        let text = WINDOW.as_ref().map(|window| window.replace_all(&self.text, "[]").into_owned());
        Self { text: text.unwrap_or_default(), ..self.clone() }
    }
}

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Heading,
    /// What opens or closes a listing.
    Fence,
    Listing,
    /// The first line of an item of a list.
    Item,
    Row,
    Prose,
}

/// A page, line by line: where each begins, what it is, and what it says.
pub(super) struct Page<'t> {
    lines: Vec<(usize, Kind, &'t str)>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut lines: Vec<(usize, Kind, &'t str)> = Vec::new();
        let (mut fence, mut start) = ("", 0);
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
            let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark)).unwrap_or_default();
            let is_fence = !mark.is_empty() && (fence.is_empty() || fence == mark);
            let kind = match bare {
                _ if is_fence => {
                    fence = if fence.is_empty() { mark } else { "" };
                    Kind::Fence
                }
                _ if !fence.is_empty() => Kind::Listing,
                "" => Kind::Blank,
                _ if bare.starts_with("# ")
                    || bare.starts_with("##")
                    || bare.starts_with("== ")
                    || bare.starts_with("===") =>
                {
                    Kind::Heading
                }
                _ if bare.starts_with("- ")
                    || bare.starts_with("* ")
                    || bare.starts_with("+ ")
                    || is_numbered(bare) =>
                {
                    Kind::Item
                }
                _ if bare.starts_with('|') => Kind::Row,
                _ => Kind::Prose,
            };
            lines.push((start, kind, line));
            start += line.len();
        }
        Self { lines }
    }

    /// The paragraph, item or row at `offset`, and the listings beside it.
    pub(super) fn block(&self, offset: usize) -> Passage {
        let line = self.line(offset);
        let kind = |at: usize| self.lines.get(at).map(|(_, kind, _)| *kind);
        let is_of_listing = |at: usize| matches!(kind(at), Some(Kind::Listing | Kind::Fence));
        let (mut start, mut end) = (line, line + 1);
        match kind(line) {
            Some(Kind::Listing | Kind::Fence) => {}
            Some(Kind::Row | Kind::Heading) => return self.passage(start..end),
            _ => {
                while start > 0
                    && kind(start) == Some(Kind::Prose)
                    && matches!(kind(start - 1), Some(Kind::Prose | Kind::Item))
                {
                    start -= 1;
                }
                while kind(end) == Some(Kind::Prose) || kind(start) == Some(Kind::Item) && self.is_below(end, start) {
                    end += 1;
                }
            }
        }
        let blank = |at: Option<usize>| at.filter(|at| kind(*at) == Some(Kind::Blank));
        let above = blank(start.checked_sub(1)).map_or(start, |above| above);
        if above > 0 && is_of_listing(above - 1) {
            start = above;
            while start > 0 && is_of_listing(start - 1) {
                start -= 1;
            }
        }
        let below = blank(Some(end)).map_or(end, |below| below + 1);
        if is_of_listing(below) {
            end = below;
            while is_of_listing(end) {
                end += 1;
            }
        }
        self.passage(start..end)
    }

    /// What stands between the headings around `offset`.
    pub(super) fn section(&self, offset: usize) -> Passage {
        let line = self.line(offset);
        let is_heading = |(_, kind, _): &(usize, Kind, &str)| *kind == Kind::Heading;
        let start = self.lines[..line].iter().rposition(is_heading).unwrap_or(0);
        let behind = self.lines.get(line + 1..).unwrap_or_default();
        let end = behind.iter().position(is_heading).map_or(self.lines.len(), |end| line + 1 + end);
        self.passage(start..end)
    }

    /// All of it.
    pub(super) fn whole(&self) -> Passage {
        self.passage(0..self.lines.len())
    }

    /// Its listings, line by line.
    pub(super) fn listings(&self) -> impl Iterator<Item = Vec<&'t str>> {
        let listings = self.lines.split(|(_, kind, _)| *kind != Kind::Listing).filter(|lines| !lines.is_empty());
        listings.map(|lines| lines.iter().map(|(_, _, line)| line.trim()).collect())
    }

    /// Whether the line at `at` is a item of a list in the one that begins at `start`.
    fn is_below(&self, at: usize, start: usize) -> bool {
        let depth = |at: usize| self.lines.get(at).map_or(0, |(_, _, line)| line.len() - line.trim_start().len());
        self.lines.get(at).is_some_and(|(_, kind, _)| *kind == Kind::Item) && depth(at) > depth(start)
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|(start, _, _)| *start <= offset).saturating_sub(1)
    }

    fn passage(&self, range: Range<usize>) -> Passage {
        let mut passage = Passage::default();
        let mut prose = String::new();
        for (_, kind, line) in self.lines.get(range).unwrap_or_default() {
            match kind {
                Kind::Fence => continue,
                Kind::Listing => passage.listing.push_str(line),
                _ => prose.push_str(line),
            }
            passage.text.push_str(line);
        }
        for code in in_backticks(&prose) {
            passage.code.push_str(code);
            passage.code.push('\n');
        }
        passage.code.push_str(&passage.listing);
        passage
    }
}

fn is_numbered(line: &str) -> bool {
    line.split_once([' ']).is_some_and(|(mark, _)| {
        let number = mark.trim_end_matches(['.', ')']);
        number.len() < mark.len() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What stands between backticks.
pub(super) fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`([^`\n]{1,200})`").ok());
    let spans = SPAN.iter().flat_map(move |span| span.captures_iter(text));
    spans.filter_map(|found| Some(found.get(1)?.as_str().trim()))
}

/// Whether `name` is no plain word, which stands in many places for many things.
pub(super) fn is_telling(name: &str) -> bool {
    let inner = name.get(1..).unwrap_or_default();
    let is_mark = |one: char| one.is_uppercase() || one.is_ascii_digit() || "_-./:".contains(one);
    name.len() >= SHORTEST && inner.contains(is_mark) && name.contains(char::is_alphabetic)
}
