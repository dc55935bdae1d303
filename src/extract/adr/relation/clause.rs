//! A text -> the clauses in it, each of which may state how a record stands to others.

use std::ops::Range;

/// The clauses of `range`: split at sentence ends, semicolons, empty lines and list items, not inside of brackets.
pub(super) fn clauses(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = range.start;
    let mut depth = 0_u32;
    let words = &text[range.clone()];
    let mut characters = words.char_indices().peekable();
    while let Some((index, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let at = range.start + index;
        let splits = match character {
            '[' | '(' => {
                depth += 1;
                false
            }
            ']' | ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            '\n' => {
                let below = &words[index + 1..];
                let splits = begins_clause(below) && (!expects_target(&text[start..at]) || is_sentence_item(below));
                depth = if splits { 0 } else { depth };
                splits
            }
            ';' => depth == 0,
            '.' => depth == 0 && next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if splits {
            clauses.push(start..at);
            start = at + character.len_utf8();
        }
    }
    clauses.push(start..range.end);
    clauses
}

/// Whether a line begins something new, rather than going on with the line above.
fn begins_clause(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    line.starts_with(|first: char| first.is_uppercase() || matches!(first, '-' | '*' | '+' | '\n' | '|'))
        || line.is_empty()
}

/// "- This ADR supersedes …" below "In short:".
fn is_sentence_item(line: &str) -> bool {
    let words = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    words.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("this "))
}

fn expects_target(clause: &str) -> bool {
    let clause = clause.trim_end();
    let start = clause.char_indices().rev().nth(12).map_or(0, |(start, _)| start);
    let clause = clause[start..].to_lowercase();
    [" by", "sedes", "cedes", "amends", "extends", "requires", " to", ":", ",", " and"]
        .iter()
        .any(|end| clause.ends_with(end))
        || matches!(clause.as_str(), "by")
}
