//! Prose -> Markdown, in one pass over its tags that never recurses.

use memchr::memchr;

use super::html::{Piece, Pieces, attribute, push_decoded};
use super::lines::Lines;
use super::table::Table;
use crate::graph::{Hole, NodeId, Prose};
use crate::render::links::{Fill, PageLinks};

/// Appends `prose`, which belongs to `owner`.
pub(super) fn write<'a>(lines: &mut Lines, prose: &'a Prose, owner: NodeId, links: &PageLinks<'a>) {
    let mut writer = Writer {
        lines,
        owner,
        links,
        open: Vec::new(),
        tables: Vec::new(),
        silent: 0,
        code: None,
        words: String::new(),
    };
    for piece in Pieces::new(prose) {
        writer.piece(piece);
    }
    while let Some(open) = writer.open.pop() {
        writer.close(open);
    }
}

struct Writer<'a, 'w> {
    lines: &'w mut Lines,
    owner: NodeId,
    links: &'w PageLinks<'a>,
    /// The elements that are open.
    open: Vec<Open>,
    tables: Vec<Table>,
    /// How many of them are not written at all.
    silent: usize,
    /// What stands in the code that is open.
    code: Option<String>,
    /// Words without entities, kept to be written to again.
    words: String,
}

/// An element, by what ends it.
enum Open {
    /// Nothing.
    Inline,
    /// A mark right behind its last word.
    Mark(&'static str),
    /// The address of a link whose words begin at `start`.
    Link {
        start: usize,
        address: String,
    },
    /// A block: what follows stands apart.
    Block,
    /// A line.
    Line,
    /// A list, with the number of its next item when it has numbers.
    List(Option<u64>),
    /// A list item, a quote.
    Container,
    /// Code among words.
    Code,
    /// A listing.
    Listing,
    /// A table, a row and a cell of one.
    Table,
    Row,
    Cell,
    /// A footnote's mention.
    Mention,
    /// What is not written.
    Silent,
}

impl<'a> Writer<'a, '_> {
    fn piece(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Words(words) => self.words(words),
            Piece::Hole(Hole::Code(code)) if self.silent == 0 => {
                self.lines
                    .push_listing(code.language.split([',', ' ', '{', '\t']).next().unwrap_or_default(), &code.text);
            }
            Piece::Hole(hole) => {
                if let (Fill::Title(title), 0) = (self.links.fill(self.owner, hole), self.silent) {
                    match &mut self.code {
                        Some(code) => code.push_str(title),
                        None => self.lines.push_words(title),
                    }
                }
            }
            Piece::Open { name, attributes, hole } => {
                if let Some(open) = self.element(name, attributes, hole) {
                    self.open.push(open);
                }
            }
            Piece::Close(name) => {
                if !is_void(name)
                    && let Some(open) = self.open.pop()
                {
                    self.close(open);
                }
            }
        }
    }

    fn words(&mut self, encoded: &str) {
        if self.silent > 0 {
            return;
        }
        if let Some(code) = &mut self.code {
            push_decoded(code, encoded);
        } else if memchr(b'&', encoded.as_bytes()).is_some() {
            self.words.clear();
            push_decoded(&mut self.words, encoded);
            self.lines.push_words(&self.words);
        } else {
            self.lines.push_words(encoded);
        }
    }

    /// Writes the begin of an element; gives what ends it, nothing for one that has no end.
    fn element(&mut self, name: &str, attributes: &'a str, hole: Option<&'a Hole>) -> Option<Open> {
        if is_void(name) {
            if self.silent == 0 && self.code.is_none() {
                self.void(name, attributes, hole);
            }
            return None;
        }
        if self.silent > 0
            || attribute(attributes, "class").is_some_and(|class| matches!(class, "footnote-back" | "alert-label"))
        {
            self.silent += 1;
            return Some(Open::Silent);
        }
        if self.code.is_some() {
            return Some(Open::Inline);
        }
        Some(match name {
            "em" | "i" => self.mark("*"),
            "strong" | "b" => self.mark("**"),
            "del" | "s" => self.mark("~~"),
            "code" | "samp" | "tt" => self.begin_code(Open::Code),
            "a" if matches!(self.open.last(), Some(Open::Mention)) => Open::Inline,
            "a" => self.link(attributes, hole),
            "sup" if attribute(attributes, "class") == Some("footnote-mention") => {
                self.lines.push("[^");
                Open::Mention
            }
            "sup" => self.mark_by("<sup>", "</sup>"),
            "sub" => self.mark_by("<sub>", "</sub>"),
            "pre" => self.begin_code(Open::Listing),
            "ul" => self.list(None),
            "ol" => self.list(Some(attribute(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.item(attributes),
            "blockquote" => self.container("> ", "> "),
            "div" => match attribute(attributes, "class").and_then(|class| class.strip_prefix("alert alert-")) {
                Some(kind) => {
                    let open = self.container("> ", "> ");
                    self.lines.push(&format!("[!{}]", kind.to_ascii_uppercase()));
                    self.lines.below();
                    open
                }
                None => self.block(),
            },
            "table" => {
                self.lines.block();
                self.tables.push(Table::new(self.lines.in_cell));
                Open::Table
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row(self.lines);
                }
                Open::Row
            }
            "th" | "td" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_cell(self.lines, name == "th", attribute(attributes, "align"));
                }
                Open::Cell
            }
            "dd" => self.container(": ", "  "),
            "dt" => {
                self.lines.block();
                Open::Line
            }
            "summary" => {
                self.lines.block();
                self.mark("**")
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.lines.block();
                if !self.lines.in_cell {
                    self.lines.push(&"######"[6 - usize::from(name.as_bytes()[1] - b'0')..]);
                    self.lines.space();
                }
                Open::Block
            }
            "p" | "details" | "figure" | "figcaption" | "section" | "dl" | "center" | "caption" => self.block(),
            _ => Open::Inline,
        })
    }

    fn void(&mut self, name: &str, attributes: &'a str, hole: Option<&'a Hole>) {
        match name {
            "br" if self.lines.in_cell || self.lines.is_line_start() => self.lines.space(),
            "br" => {
                self.lines.push_behind("\\");
                self.lines.line();
            }
            "hr" => {
                self.lines.block();
                self.lines.push("---");
                self.lines.block();
            }
            "input" => {
                self.lines.push(if attributes.contains(" checked") { "[x]" } else { "[ ]" });
                self.lines.space();
            }
            "img" => {
                let mut words = String::new();
                push_decoded(&mut words, attribute(attributes, "alt").unwrap_or_default());
                let words = words.replace(['\n', '[', ']'], " ");
                match self.address(attributes, "src", hole) {
                    Some(address) => self.lines.push(&format!("![{words}]({address})")),
                    None => self.lines.push_words(&words),
                }
            }
            _ => {}
        }
    }

    /// The address that an element leads to, as it stands in a link.
    fn address(&self, attributes: &str, name: &str, hole: Option<&'a Hole>) -> Option<String> {
        let address = match hole.map(|hole| self.links.fill(self.owner, hole)) {
            Some(Fill::Place { way, has_copy: true }) => of_copy(&way.text()),
            Some(Fill::Place { way, .. }) => way.text(),
            Some(Fill::Web(url)) => url.to_owned(),
            Some(Fill::Nothing | Fill::Broken(_) | Fill::Title(_) | Fill::Line(_)) => return None,
            None => {
                let mut address = String::new();
                push_decoded(&mut address, attribute(attributes, name)?);
                address
            }
        };
        let is_plain =
            !address.is_empty() && !address.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
        Some(if is_plain { address } else { format!("<{}>", address.replace(['<', '>', '\n'], "")) })
    }

    fn link(&mut self, attributes: &str, hole: Option<&'a Hole>) -> Open {
        let Some(address) = self.address(attributes, "href", hole) else { return Open::Inline };
        self.lines.begin();
        let start = self.lines.len();
        self.lines.push("[");
        Open::Link { start, address }
    }

    fn mark(&mut self, mark: &'static str) -> Open {
        self.mark_by(mark, mark)
    }

    fn mark_by(&mut self, begin: &'static str, end: &'static str) -> Open {
        self.lines.push(begin);
        Open::Mark(end)
    }

    fn begin_code(&mut self, open: Open) -> Open {
        self.code = Some(String::new());
        open
    }

    fn block(&mut self) -> Open {
        self.lines.block();
        Open::Block
    }

    /// A list in a list stands right below the words that it belongs to.
    fn list(&mut self, number: Option<u64>) -> Open {
        if self.in_list() {
            self.lines.line()
        } else {
            self.lines.block()
        }
        Open::List(number)
    }

    fn in_list(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::List(_)))
    }

    fn item(&mut self, attributes: &str) -> Open {
        self.lines.line();
        let footnote = attribute(attributes, "id").and_then(|id| id.rsplit_once("fn-")).map(|(_, number)| number);
        if let Some(number) = footnote.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
            self.lines.open(&format!("[^{number}]: "), "    ");
        } else {
            match self
                .open
                .iter_mut()
                .rev()
                .find_map(|open| if let Open::List(number) = open { Some(number) } else { None })
            {
                Some(Some(number)) => {
                    let mark = format!("{number}. ");
                    *number = number.saturating_add(1);
                    self.lines.open(&mark, &"              "[..mark.len().min(14)]);
                }
                _ => self.lines.open("- ", "  "),
            }
        }
        Open::Container
    }

    fn container(&mut self, mark: &str, prefix: &str) -> Open {
        if self.lines.in_cell {
            self.lines.space();
            return Open::Line;
        }
        if mark == ": " {
            self.lines.line()
        } else {
            self.lines.block()
        }
        self.lines.open(mark, prefix);
        Open::Container
    }

    fn close(&mut self, open: Open) {
        match open {
            Open::Inline => {}
            Open::Mark(mark) => self.lines.push_behind(mark),
            Open::Link { start, address } => {
                if self.lines.since(start + 1) == address && address.contains("://") {
                    self.lines.replace(start, &format!("<{address}>"));
                } else {
                    self.lines.push_behind(&format!("]({address})"));
                }
            }
            Open::List(_) if self.in_list() => self.lines.line(),
            Open::Block | Open::List(_) => self.lines.block(),
            Open::Line => self.lines.line(),
            Open::Container => {
                self.lines.close();
                self.lines.line();
            }
            Open::Code => {
                let code = self.code.take().unwrap_or_default();
                self.lines.push_code(&code);
            }
            Open::Listing => {
                let code = self.code.take().unwrap_or_default();
                self.lines.push_listing("", code.trim_matches('\n'));
            }
            Open::Table => {
                self.tables.pop();
                self.lines.block();
            }
            Open::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(self.lines);
                }
            }
            Open::Cell => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(self.lines);
                }
            }
            Open::Mention => self.lines.push_behind("]"),
            Open::Silent => self.silent -= 1,
        }
    }
}

/// The address of the copy of the page at `address`.
pub(super) fn of_copy(address: &str) -> String {
    let (page, anchor) = address.split_at(address.find('#').unwrap_or(address.len()));
    match page.strip_suffix(".html") {
        _ if page.is_empty() => anchor.to_owned(),
        Some(stem) => format!("{stem}.md{anchor}"),
        None => format!("{}index.md{anchor}", page.strip_prefix("./").unwrap_or(page)),
    }
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "input" | "source" | "track" | "wbr")
}
