//! Words and blocks -> lines of Markdown, inside of lists and quotes.
//!
//! A block says that it begins; what separates it from the one before is written when its first words come.

/// Lists and quotes inside more of them than this begin their lines as the one around them does.
const DEEPEST: usize = 32;

/// The longest name of an entity is about as long.
const LONGEST_ENTITY: usize = 32;

/// Markdown that is being written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// What each line begins with: `> ` for each quote, blanks for each list around it.
    prefix: String,
    /// How long the prefix was outside of each list and quote that is open.
    outside: Vec<usize>,
    /// What is due before the next words.
    gap: Gap,
    /// Whether a list item or quote has just begun: its first block stands right behind its mark.
    is_fresh: bool,
    /// Whether this is a cell of a table, which has one line.
    pub(super) in_cell: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Line,
    Blank,
}

impl Lines {
    /// Nothing yet, with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// How much is written.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// All that is written, with a line end behind it.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text
    }

    /// What comes stands apart from what is before, by a blank line.
    pub(super) fn block(&mut self) {
        self.due(Gap::Blank);
    }

    /// What comes stands on a line of its own.
    pub(super) fn line(&mut self) {
        self.due(Gap::Line);
    }

    /// What comes is another word.
    pub(super) fn space(&mut self) {
        self.due(Gap::Space);
    }

    fn due(&mut self, gap: Gap) {
        let gap = if self.in_cell { Gap::Space } else { gap };
        if !self.is_fresh && !self.text.is_empty() {
            self.gap = self.gap.max(gap);
        }
    }

    /// Whether words that come now are the first of their line.
    pub(super) fn is_line_start(&self) -> bool {
        self.is_fresh || self.gap >= Gap::Line || self.text.is_empty()
    }

    /// Writes what is due before words.
    pub(super) fn begin(&mut self) {
        self.is_fresh = false;
        match std::mem::take(&mut self.gap) {
            Gap::Nothing => {}
            Gap::Space => self.text.push(' '),
            Gap::Line => self.end_line(),
            Gap::Blank => {
                self.end_line();
                let length = self.text.trim_end_matches(' ').len();
                self.text.truncate(length);
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(&self.prefix);
    }

    /// Opens a list item or a quote: `mark` stands before its first line, `prefix` before the others.
    pub(super) fn open(&mut self, mark: &str, prefix: &str) {
        self.begin();
        self.text.push_str(mark);
        self.outside.push(self.prefix.len());
        if self.outside.len() <= DEEPEST {
            self.prefix.push_str(prefix);
        }
        self.is_fresh = true;
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self) {
        self.prefix.truncate(self.outside.pop().unwrap_or(0));
        self.is_fresh = false;
    }

    /// Writes `text` as it is; it must have no line end.
    pub(super) fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.begin();
            self.text.push_str(text);
        }
    }

    /// What comes stands on the next line, whether it is a block or not.
    pub(super) fn below(&mut self) {
        self.line();
        self.is_fresh = true;
    }

    /// Writes `mark` right behind the last word, before any space that is due.
    pub(super) fn push_behind(&mut self, mark: &str) {
        self.text.push_str(mark);
    }

    /// Writes `text` as it is, line by line.
    pub(super) fn push_verbatim(&mut self, text: &str) {
        self.begin();
        for (number, line) in lines_of(text).enumerate() {
            if number > 0 {
                self.end_line();
            }
            self.text.push_str(line.trim_end_matches('\r'));
        }
    }

    /// Writes a listing. In a table it is one line of code.
    pub(super) fn push_listing(&mut self, language: &str, text: &str) {
        if self.in_cell {
            self.push_code(text);
            return;
        }
        let fence = "`".repeat(longest_run(text, b'`').max(2) + 1);
        self.block();
        self.push(&fence);
        self.text.push_str(language);
        self.line();
        self.push_verbatim(text);
        self.line();
        self.push(&fence);
        self.block();
    }

    /// Writes `text` as code on one line.
    pub(super) fn push_code(&mut self, text: &str) {
        self.begin();
        let fence = match longest_run(text, b'`') {
            0 => "`".to_owned(),
            length => "`".repeat(length + 1),
        };
        let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        self.text.push_str(&fence);
        self.text.push_str(space);
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.text.push(' ');
            }
            for (number, part) in line.split('|').enumerate() {
                // The bars of tables part cells even in code.
                self.text.push_str(if number == 0 {
                    ""
                } else if self.in_cell {
                    "\\|"
                } else {
                    "|"
                });
                self.text.push_str(part);
            }
        }
        self.text.push_str(space);
        self.text.push_str(&fence);
    }

    /// Writes words without entities, so that they are read as words.
    pub(super) fn push_words(&mut self, words: &str) {
        let mut is_line_start = self.is_line_start();
        for (number, line) in lines_of(words).enumerate() {
            if number > 0 {
                if self.in_cell {
                    self.space()
                } else {
                    self.line()
                }
                is_line_start = true;
            }
            let trimmed = if is_line_start { line.trim_start() } else { line };
            let words = trimmed.trim_end();
            if !words.is_empty() {
                if trimmed.starts_with(char::is_whitespace) {
                    self.space();
                }
                self.begin();
                push_escaped(&mut self.text, words.trim_start(), is_line_start, self.in_cell);
                is_line_start = false;
            }
            if words.len() < trimmed.len() {
                self.space();
            }
        }
    }

    /// What is written from `start` on, which was [`Lines::len`] once.
    pub(super) fn since(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default()
    }

    /// Puts `text` in the place of what is written from `start` on.
    pub(super) fn replace(&mut self, start: usize, text: &str) {
        self.text.truncate(start);
        self.text.push_str(text);
    }

    /// Puts a line of `text` before what is written from `start` on.
    pub(super) fn insert_line(&mut self, start: usize, text: &str) {
        let line = format!("{text}\n{}", self.prefix);
        self.text.insert_str(start, &line);
    }
}

/// `text` by its line ends, as [`str::split`] does it, but in a fraction of the time.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

/// How many of `character`, which is ASCII, stand in a row at most.
fn longest_run(text: &str, character: u8) -> usize {
    let (mut longest, mut length, mut next) = (0, 0, 0);
    for at in memchr::memchr_iter(character, text.as_bytes()) {
        length = if at == next { length + 1 } else { 1 };
        longest = longest.max(length);
        next = at + 1;
    }
    longest
}

/// The bytes that may be a mark. Most are not, and one look tells.
static MAY_MARK: [bool; 256] = {
    let marks = b"\\`*[_<&|~";
    let mut table = [false; 256];
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Appends `words` with a backslash before what would be a mark.
fn push_escaped(text: &mut String, words: &str, is_line_start: bool, in_cell: bool) {
    let mut rest = words;
    if is_line_start {
        let mark = line_mark(words);
        text.push_str(&words[..mark]);
        rest = &words[mark..];
        if mark > 0 || begins_line(words) {
            text.push('\\');
        }
    }
    let mut from = 0;
    let bytes = rest.as_bytes();
    for (at, byte) in rest.bytes().enumerate().filter(|(_, byte)| MAY_MARK[usize::from(*byte)]) {
        let next = bytes.get(at + 1);
        let is_mark = match byte {
            b'\\' => next.is_some_and(u8::is_ascii_punctuation),
            b'`' | b'*' | b'[' => true,
            // Between letters an underscore is one.
            b'_' => {
                let is_letter =
                    |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
                !(is_letter(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_letter(next))
            }
            b'<' => next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')),
            b'&' => {
                let entity = bytes[at + 1..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
                    .take(LONGEST_ENTITY);
                let length = entity.count();
                length > 1 && bytes.get(at + 1 + length) == Some(&b';')
            }
            b'|' => in_cell,
            b'~' => next == Some(&b'~'),
            _ => false,
        };
        if is_mark {
            text.push_str(&rest[from..at]);
            text.push('\\');
            from = at;
        }
    }
    text.push_str(&rest[from..]);
}

/// Whether `words` would begin a heading, a quote or a list.
fn begins_line(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    match first.as_bytes().first() {
        Some(b'>') => true,
        Some(b'#') => first.len() <= 6 && first.bytes().all(|byte| byte == b'#'),
        Some(b'-' | b'+') => first.len() == 1 || first.bytes().all(|byte| byte == b'-'),
        Some(b'=') => first.bytes().all(|byte| byte == b'='),
        _ => false,
    }
}

/// Of `1. a`, which would begin a list, the length of the number.
fn line_mark(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &words.as_bytes()[digits..];
    let is_mark = matches!(rest.first(), Some(b'.' | b')')) && matches!(rest.get(1), None | Some(b' '));
    if (1..10).contains(&digits) && is_mark { digits } else { 0 }
}
