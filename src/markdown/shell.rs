//! Lines of a shell -> the commands in them, as words that know where they stand.
//!
//! Enters: a listing, or the code between two backticks. Leaves: what is certain to be a command. Of a text with prompts
//! everything else is output.

use std::ops::Range;

/// A command.
#[derive(Debug)]
pub(super) struct Invocation {
    /// Its words, without what is redirected.
    pub(super) words: Vec<Word>,
    /// In how many parentheses it stands.
    pub(super) depth: usize,
}

/// A word, without its quotes.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

const PROMPTS: &[&str] = &["$ ", "% ", "❯ "];

impl Word {
    /// Where `part`, which begins at `at` in the text, is written: all of the word, if quotes are in the way.
    pub(super) fn range_of(&self, at: usize, part: &str) -> Range<usize> {
        let quotes = self.range.len() - self.text.len().min(self.range.len());
        let start = self.range.start + quotes / 2 + at;
        if matches!(quotes, 0 | 2) { start..start + part.len() } else { self.range.clone() }
    }
}

/// The commands in `text`, of which `is_output` says that lines without a prompt are no commands. Ends where a quote stays open:
/// what follows is anybody's guess.
pub(super) fn invocations(text: &str, is_output: bool) -> Vec<Invocation> {
    let is_output = is_output || has_prompts(text);
    let mut found = Vec::new();
    let mut end_of_input: Option<String> = None;
    let mut at = 0;
    while at < text.len() {
        let line = line_at(text, at);
        if let Some(end) = &end_of_input {
            if line.trim() == end {
                end_of_input = None;
            }
            at += line.len() + 1;
            continue;
        }
        let code = line.trim_start();
        let prompt = PROMPTS.iter().find_map(|prompt| code.strip_prefix(prompt));
        let begin = at + line.len() - prompt.unwrap_or(code).len();
        let end = end_of_command(text, at);
        at = end + 1;
        if prompt.is_none() && is_output {
            continue;
        }
        let mut reader = Reader { text: &text[..end], at: begin, depth: 0, found: &mut found, end_of_input: None };
        if !reader.read() {
            break;
        }
        end_of_input = reader.end_of_input;
    }
    found
}

/// Whether lines of `text` begin with a prompt.
pub(super) fn has_prompts(text: &str) -> bool {
    text.lines().any(|line| PROMPTS.iter().any(|prompt| line.trim_start().starts_with(prompt)))
}

fn line_at(text: &str, start: usize) -> &str {
    text[start..].split('\n').next().unwrap_or_default()
}

/// The end of the line at `start` and of those that it goes on in.
fn end_of_command(text: &str, start: usize) -> usize {
    let mut end = start + line_at(text, start).len();
    while text[start..end].ends_with('\\') && end < text.len() {
        end += 1 + line_at(text, end + 1).len();
    }
    end
}

/// Reads one line.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    found: &'t mut Vec<Invocation>,
    /// What ends the input that stands below.
    end_of_input: Option<String>,
}

impl Reader<'_> {
    /// Whether all quotes that were opened were closed.
    fn read(&mut self) -> bool {
        let mut words = Vec::new();
        // Behind the sign of a redirection.
        let mut is_redirected = false;
        while let Some(next) = self.next() {
            match next {
                ' ' | '\t' | '\n' => self.at += 1,
                '\\' if self.text[self.at..].starts_with("\\\n") => self.at += 2,
                '#' => break,
                ';' | '&' | '|' | '(' | ')' => {
                    self.end(&mut words);
                    is_redirected = false;
                    self.depth = match next {
                        '(' => self.depth + 1,
                        ')' => self.depth.saturating_sub(1),
                        _ => self.depth,
                    };
                    self.at += 1;
                }
                '<' | '>' if self.placeholder().is_none() => {
                    let mark = &self.text[self.at..];
                    let marks = mark.len() - mark.trim_start_matches(['<', '>', '&', '-']).len();
                    let is_input = mark.starts_with("<<") && !mark.starts_with("<<<");
                    self.at += marks;
                    is_redirected = true;
                    if is_input {
                        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
                        let Some(word) = self.word() else { return false };
                        self.end_of_input = Some(word.text);
                    }
                }
                _ => {
                    let Some(word) = self.word() else { return false };
                    if !is_redirected && !word.text.is_empty() {
                        words.push(word);
                    }
                }
            }
        }
        self.end(&mut words);
        true
    }

    fn next(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn end(&mut self, words: &mut Vec<Word>) {
        if !words.is_empty() {
            self.found.push(Invocation { words: std::mem::take(words), depth: self.depth });
        }
    }

    /// The word that begins here; `None` when a quote stays open.
    fn word(&mut self) -> Option<Word> {
        let start = self.at;
        let mut text = String::new();
        while let Some(next) = self.next() {
            let rest = &self.text[self.at..];
            match next {
                '\'' | '"' => {
                    let quoted = &rest[1..];
                    let length = quoted.find(next)?;
                    text.push_str(&quoted[..length]);
                    self.at += length + 2;
                }
                '\\' if rest.starts_with("\\\n") => break,
                '\\' => {
                    let escaped: String = rest.chars().skip(1).take(1).collect();
                    self.at += 1 + escaped.len();
                    text.push_str(&escaped);
                }
                '<' | '>' => match self.placeholder() {
                    Some(length) => {
                        text.push_str(&rest[..length]);
                        self.at += length;
                    }
                    None => break,
                },
                ' ' | '\t' | '\n' | ';' | '&' | '|' | '(' | ')' => break,
                _ => {
                    text.push(next);
                    self.at += next.len_utf8();
                }
            }
        }
        // A number before the sign of a redirection.
        if text.bytes().all(|byte| byte.is_ascii_digit()) && self.text[self.at..].starts_with(['<', '>']) {
            text.clear();
        }
        Some(Word { text, range: start..self.at })
    }

    /// The length of `<name>` that begins here.
    fn placeholder(&self) -> Option<usize> {
        let inside = self.text[self.at..].strip_prefix('<')?;
        let length = inside.find('>')?;
        let is_name = inside[..length].chars().all(|character| {
            character.is_alphanumeric() || matches!(character, ' ' | '_' | '-' | '.' | '/' | '|' | ':')
        });
        (length > 0 && is_name && !inside.starts_with(' ')).then_some(length + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::invocations;

    #[test]
    fn commands_and_their_words() {
        let cases = [
            ("make test", "make|test"),
            ("$ make test\nok: 'it\n$ make lint # all", "make|test; make|lint"),
            ("A=1 cargo run \\\n  --bin x && make -C a b; c | d", "A=1|cargo|run|--bin|x; make|-C|a|b; c; d"),
            ("(cd a && make)", "cd|a +1; make +1"),
            ("make x > log 2>&1", "make|x"),
            ("make <target> [flags]", "make|<target>|[flags]"),
            ("cat <<EOF | sh\nmake x\nEOF\nmake y", "cat; sh; make|y"),
            ("echo \"a b\" 'c'd \\e", "echo|a b|cd|e"),
            ("make a\necho 'oh\nmake b", "make|a"),
            ("é ❯", "é|❯"),
            ("", ""),
            ("\\", ""),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = invocations(text, false)
                .iter()
                .map(|found| {
                    let words: Vec<&str> = found.words.iter().map(|word| word.text.as_str()).collect();
                    let depth = if found.depth > 0 { format!(" +{}", found.depth) } else { String::new() };
                    words.join("|") + &depth
                })
                .collect();
            assert_eq!(found.join("; "), expected, "{text}");
        }
    }
}
