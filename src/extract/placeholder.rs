//! An expression of which a template fills in parts -> one that can be parsed, with a stand-in for each part.
//!
//! Known forms: `{{ .x }}` and `[[ .x ]]` of Go, `%(x)s` of Jsonnet and Python, `<%= x %>` and `{% x %}` of ERB and Jinja,
//! `$x` and `${x}` of Grafana.

/// Part of every name that stands in for what is not known.
pub(super) const PLACEHOLDER: &str = "livedoc_filled_in";

/// `text` with something that may stand there in place of each part that a template fills in; whether there is any. Parts
/// within a name leave a name with [`PLACEHOLDER`] in it.
pub(super) fn without_placeholders(text: &str) -> (String, bool) {
    if !text.contains(['{', '%', '$', '[']) {
        return (text.to_owned(), false);
    }
    let mut filler = Filler { text, filled: String::with_capacity(text.len()), is_any: false, around: Vec::new() };
    filler.fill();
    (filler.filled, filler.is_any)
}

struct Filler<'t> {
    text: &'t str,
    filled: String,
    is_any: bool,
    /// The brackets and quotes that are open; a quote is always the last.
    around: Vec<char>,
}

impl Filler<'_> {
    fn fill(&mut self) {
        let mut at = 0;
        while let Some(next) = self.text[at..].chars().next() {
            if let Some((length, is_value)) = placeholder(&self.text[at..], self.around.last().copied()) {
                self.is_any = true;
                at += length;
                if is_value {
                    at += self.rest_of_run(at);
                    self.stand_in(&self.text[at..]);
                }
                continue;
            }
            self.see(next);
            self.filled.push(next);
            at += next.len_utf8();
        }
    }

    /// How long the placeholders are that follow without anything between.
    fn rest_of_run(&self, at: usize) -> usize {
        let mut length = 0;
        while let Some((next, _)) = placeholder(&self.text[at + length..], self.around.last().copied()) {
            length += next;
        }
        length
    }

    fn see(&mut self, next: char) {
        let quote = self.around.last().copied().filter(|open| matches!(open, '"' | '\'' | '`'));
        match (quote, next) {
            (Some(open), _) if open == next && !self.is_escaped(open) => drop(self.around.pop()),
            (Some(_), _) => {}
            (None, '"' | '\'' | '`' | '(' | '{' | '[') => self.around.push(next),
            (None, ')' | '}' | ']') => drop(self.around.pop()),
            _ => {}
        }
    }

    /// Whether an odd number of backslashes stands at the end of what there is.
    fn is_escaped(&self, open: char) -> bool {
        open != '`' && self.filled.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
    }

    fn stand_in(&mut self, rest: &str) {
        let before = self.filled.trim_end();
        let last = before.chars().next_back();
        let next = rest.trim_start().chars().next();
        let touches_word = |character: Option<char>| {
            character.is_some_and(|character| character.is_alphanumeric() || matches!(character, '_' | ':'))
        };
        let is_joined = touches_word(self.filled.chars().next_back()) || touches_word(rest.chars().next());
        match self.around.last() {
            Some('"' | '\'' | '`') => self.filled.push('x'),
            _ if !is_joined && is_offset(before) => self.filled.push_str("5m"),
            Some('[') if matches!(last, Some('[' | ':')) && !rest.starts_with(char::is_alphanumeric) => {
                self.filled.push_str("5m");
            }
            Some('[') => {}
            Some('{') if matches!(last, Some('=' | '~')) => self.filled.push_str("\"x\""),
            Some('{') if matches!(next, Some('=' | '!')) => self.filled.push_str(PLACEHOLDER),
            Some('{') => {
                if !matches!(last, Some('{' | ',')) {
                    self.filled.push(',');
                }
                self.filled.push_str(PLACEHOLDER);
                self.filled.push_str("=\"x\"");
                if !matches!(next, Some('}' | ',')) {
                    self.filled.push(',');
                }
            }
            _ if is_joined => self.filled.push_str(PLACEHOLDER),
            Some('(') if self.is_list() => {
                if !matches!(last, Some('(' | ',')) {
                    self.filled.push(',');
                }
                self.filled.push_str(PLACEHOLDER);
                if !matches!(next, Some(')' | ',')) {
                    self.filled.push(',');
                }
            }
            // A selector follows a name; so this is one.
            _ if matches!(next, Some('{' | '[')) => self.filled.push_str(PLACEHOLDER),
            // A number that stays unknown whatever is done with it.
            _ => self.filled.push_str("NaN"),
        }
    }

    /// Whether the innermost parenthesis lists labels.
    fn is_list(&self) -> bool {
        let mut depth = 0_usize;
        let open = self.filled.char_indices().rev().find(|(_, character)| {
            depth += usize::from(*character == ')');
            let is_open = *character == '(' && depth == 0;
            depth -= usize::from(*character == '(' && depth > 0);
            is_open
        });
        let before = open.map_or("", |(at, _)| self.filled[..at].trim_end());
        let word = before.rsplit(|character: char| !(character.is_alphanumeric() || character == '_')).next();
        let word = word.unwrap_or_default().to_lowercase();
        ["by", "without", "on", "ignoring", "group_left", "group_right"].contains(&word.as_str())
    }
}

/// Whether a duration follows `text`: it ends with `offset`, with a sign behind it or not.
fn is_offset(text: &str) -> bool {
    let text = text.trim_end_matches(['-', '+', ' ']);
    let word = text.rsplit(|character: char| !(character.is_alphanumeric() || character == '_')).next();
    word.is_some_and(|word| word.eq_ignore_ascii_case("offset"))
}

/// How long the placeholder at the start of `text` is, and whether it leaves a value: `{{ end }}` does not.
fn placeholder(text: &str, around: Option<char>) -> Option<(usize, bool)> {
    let pairs = [("{{", "}}"), ("[[", "]]"), ("<%", "%>"), ("{%", "%}")];
    for (open, close) in pairs {
        if let Some(inside) = text.strip_prefix(open) {
            let length = inside.find(close)?;
            return Some((open.len() + length + close.len(), leaves_value(open, &inside[..length])));
        }
    }
    if let Some(rest) = text.strip_prefix('%') {
        let named = rest.strip_prefix('(').and_then(|rest| rest.find(')').map(|end| end + 2)).unwrap_or(0);
        let precision = rest.get(named..)?.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let kind = rest.get(named + precision..)?.chars().next()?;
        let is_alone = !rest[named + precision + 1..].starts_with(|next: char| next.is_alphanumeric() && named == 0);
        return (matches!(kind, 's' | 'd' | 'f' | 'g' | 'i') && is_alone).then_some((named + precision + 2, true));
    }
    // In strings of regular expressions a dollar is an end.
    let rest = text.strip_prefix('$')?;
    if let Some(inside) = rest.strip_prefix('{') {
        return inside.find('}').map(|end| (end + 3, true));
    }
    let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let is_variable = length > 0 && !rest.starts_with(|first: char| first.is_ascii_digit());
    let is_end = matches!(around, Some('"' | '\'' | '`')) && length == 0;
    (is_variable && !is_end).then_some((length + 1, true))
}

/// Whether a directive is replaced by a value.
fn leaves_value(open: &str, inside: &str) -> bool {
    let inside = inside.trim_matches('-').trim();
    match open {
        "{%" => false,
        "<%" => inside.starts_with('='),
        _ => {
            let word = inside.split(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
            let is_control = ["if", "else", "end", "range", "with", "define", "block"].contains(&word);
            !is_control && !inside.starts_with("/*") && !inside.contains(":=")
        }
    }
}
