//! What a record states as "name: value", in whatever form: `Status: x`, `* Status: x`, `**Status:** x`, a table's row.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::outline::Line;
use crate::extract::wording::regex;

/// A name and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// In lower case, words separated by single spaces: `superseded by`.
    pub(super) name: String,
    /// Where the value stands in the file.
    pub(super) value: Range<usize>,
}

/// `<tr><td> Status </td><td> Accepted </td></tr>`
static HTML_ROW: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^\s*<tr>\s*<t[dh]>\s*([\w /()-]{1,40}?)\s*</t[dh]>\s*<td>\s*(.*?)\s*</td>"));

/// The statements among `lines` of `text`.
pub(super) fn read_statements(text: &str, lines: &[Line<'_>]) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if is_row(lines, index) {
            read_row(lines, index, &mut statements);
            continue;
        }
        if line.text.trim_start().starts_with('<')
            && let Some(row) = HTML_ROW.captures(line.text)
            && let Some((name, value)) = row.get(1).zip(row.get(2))
        {
            let value = line.start + value.start()..line.start + value.end();
            statements.push(Statement { name: fold(name.as_str()), value });
            continue;
        }
        // "**Supersedes:** none · **Amended by:** [9](9.md)"
        let parts: Vec<(usize, &str)> = parts(line.text);
        for &(start, part) in parts.iter().skip(1) {
            let read = read_line(part).filter(|(_, value)| !value.is_empty());
            statements.extend(read.map(|(name, value)| {
                let start = line.start + start;
                Statement { name, value: start + value.start..start + value.end }
            }));
        }
        let Some((name, value)) = parts.first().and_then(|(_, part)| read_line(part)) else { continue };
        let value = match value.is_empty() {
            true => lines_below(text, &lines[index + 1..]),
            false => Some(line.start + value.start..line.start + value.end),
        };
        if let Some(value) = value {
            statements.push(Statement { name, value });
        }
    }
    statements
}

/// A line with several statements, each behind a dot in its middle, where each begins.
fn parts(line: &str) -> Vec<(usize, &str)> {
    let mut starts = vec![0];
    let states = |start: &usize| read_line(&line[*start..]).is_some();
    starts.extend(line.match_indices(" · **").map(|(at, _)| at + " · ".len()).filter(states));
    // "**Date:** 2024 **Status:** Accepted"
    let is_named = |at: &usize| states(at) && line[*at..].split("**").nth(1).is_some_and(|name| name.ends_with(':'));
    if line.trim_start().starts_with("**") {
        starts.extend(line.match_indices(" **").map(|(at, _)| at + 1).filter(is_named));
        starts.sort_unstable();
        starts.dedup();
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    starts.iter().zip(ends).map(|(&start, end)| (start, line[start..end].trim_end_matches([' ', '·']))).collect()
}

/// The value of the first statement of one of `names`, the earlier names first.
pub(super) fn find<'s>(statements: &'s [Statement], names: &[&str]) -> Option<&'s Statement> {
    names.iter().find_map(|name| statements.iter().find(|statement| statement.name == *name))
}

/// Whether `line` states something.
pub(super) fn is_statement(line: &str) -> bool {
    read_line(line).is_some()
}

/// The name that `line` states something of, folded, and where in it the value stands.
pub(super) fn read_line(line: &str) -> Option<(String, Range<usize>)> {
    // Marks of quotes and lists, then the name in emphasis or not, then a colon inside or outside of it.
    static COLON: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?[*_`]{0,3}([^\W\d_][\w /()-]{0,40}?)[*_`]{0,3}\s*(?::+[*_`]{0,3}(?:\s+|$)|：[*_`]{0,3}\s*)",
        )
    });
    static BOLD: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"^[\s>]*(?:[-*+]\s+)?(?:\*\*|__)([^\W\d_][\w -]{0,40}?)\.?(?:\*\*|__)(?:\s*[-–—]\s+|\s+)")
    });
    let found = COLON.captures(line).or_else(|| BOLD.captures(line))?;
    let start = found[0].len();
    let value = line[start..].trim_end().trim_end_matches(['*', '_']).trim_end();
    Some((fold(&found[1]), start..start + value.len()))
}

/// A value that stands below its name: the next lines up to an empty one, or the list that follows.
fn lines_below(text: &str, lines: &[Line<'_>]) -> Option<Range<usize>> {
    let first = lines.iter().position(|line| !line.is_blank()).filter(|&index| index <= 1)?;
    let taken = lines[first..].iter().take_while(|line| !line.is_blank() && read_line(line.text).is_none());
    let last = taken.last()?;
    let indent = lines[first].text.len() - lines[first].text.trim_start().len();
    let range = lines[first].start + indent..last.range().end;
    // Comments and listings between the lines are no values.
    (!text[range.clone()].contains("<!--")).then_some(range)
}

/// Whether the line at `index` is one of a table: it begins with a bar, or there is one in each line below the table's rule.
fn is_row(lines: &[Line<'_>], index: usize) -> bool {
    let text = lines[index].text;
    let mut above = lines[..index].iter().rev().take_while(|line| line.text.contains('|'));
    unquoted(text).starts_with('|') || text.contains('|') && above.any(|line| is_rule(line.text))
}

/// A table's row: a name beside its value, or names above their values.
fn read_row(lines: &[Line<'_>], index: usize, statements: &mut Vec<Statement>) {
    let cells = cells(&lines[index]);
    let is_head = lines.get(index + 1).is_some_and(|below| is_rule(below.text));
    let names_all = |cells: &[(String, Range<usize>)]| cells.iter().filter(|(name, _)| is_common(name)).count() >= 2;
    if is_rule(lines[index].text) || (is_head && names_all(&cells)) {
        return;
    }
    let is_row = |line: &Line<'_>| line.text.contains('|');
    let above = lines[..index].iter().rposition(|line| !is_row(line)).map_or(0, |blank| blank + 1);
    let rule = lines[above..index].iter().position(|line| is_rule(line.text)).map(|rule| above + rule);
    if let Some(head) = rule.and_then(|rule| rule.checked_sub(1)).filter(|head| *head >= above) {
        let heads = self::cells(&lines[head]);
        if names_all(&heads) {
            // Of several rows, which are a history, the last one counts.
            let is_last = lines.get(index + 1).is_none_or(|below| !is_row(below));
            let pairs = heads.into_iter().zip(cells).filter(|_| is_last);
            statements.extend(pairs.map(|((name, _), (_, value))| Statement { name, value }));
            return;
        }
    }
    if let [(name, _), (_, value), ..] = cells.as_slice()
        && !name.is_empty()
        && !value.is_empty()
    {
        statements.push(Statement { name: name.clone(), value: value.clone() });
    }
}

/// The cells of a row: folded as a name, and where they stand.
fn cells(line: &Line<'_>) -> Vec<(String, Range<usize>)> {
    let row = unquoted(line.text).trim_end();
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let indent = line.text.len() - unquoted(line.text).len();
    let mut start = line.start + indent + usize::from(row.starts_with('|'));
    let mut cells = Vec::new();
    for cell in inner.split('|') {
        let lead = cell.len() - cell.trim_start().len();
        let from = start + lead;
        cells.push((fold(cell), from..from + cell.trim().len()));
        start += cell.len() + 1;
    }
    cells
}

/// A line without the marks of a quote.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>'])
}

fn is_rule(line: &str) -> bool {
    let line = unquoted(line);
    line.contains("--") && line.chars().all(|character| matches!(character, '|' | '-' | ':' | ' ' | '\t'))
}

fn is_common(name: &str) -> bool {
    matches!(
        name,
        "status" | "date" | "author" | "authors" | "deciders" | "decision makers" | "number" | "id" | "title"
    )
}

fn fold(name: &str) -> String {
    let words = name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::read_statements;

    #[test]
    fn forms() {
        let cases: [(&str, &[(&str, &str)]); 26] = [
            ("Status: Accepted", &[("status", "Accepted")]),
            ("* Status: accepted", &[("status", "accepted")]),
            ("- **Status:** Accepted", &[("status", "Accepted")]),
            ("**Status**: Accepted", &[("status", "Accepted")]),
            ("**Status: Accepted**", &[("status", "Accepted")]),
            ("**Status** Accepted", &[("status", "Accepted")]),
            ("**Status.** Accepted", &[("status", "Accepted")]),
            ("_Date:_ 2024", &[("date", "2024")]),
            ("> Superseded by: [9](9.md)", &[("superseded by", "[9](9.md)")]),
            ("superseded-by: 9", &[("superseded by", "9")]),
            ("- **Date:** 2024 · **Amended by:** [9](9.md)", &[("amended by", "[9](9.md)"), ("date", "2024")]),
            ("**Date:** 2024 **Status:** Accepted", &[("status", "Accepted"), ("date", "2024")]),
            ("Status: Accepted · **Superseded by 9**", &[("status", "Accepted · **Superseded by 9")]),
            ("- Supersedes:\n  - [3](3.md)\n  - [4](4.md)\n", &[("supersedes", "- [3](3.md)\n  - [4](4.md)")]),
            ("Status:\n\nAccepted\n", &[("status", "Accepted")]),
            ("Status:\nDate: 2024", &[("date", "2024")]),
            ("| Status | Accepted |\n|---|---|\n| Date | 2024 |", &[("status", "Accepted"), ("date", "2024")]),
            ("| Status | Date |\n|--|--|\n| Accepted | 2024 |", &[("status", "Accepted"), ("date", "2024")]),
            (
                "| Date | Status |\n|--|--|\n| 2023 | Proposed |\n| 2024 | Accepted |",
                &[("date", "2024"), ("status", "Accepted")],
            ),
            (">| | |\n>|---|---|\n>| Status | `RFC` |", &[("status", "`RFC`")]),
            ("Name | Content\n---|---\nStatus | Accepted\n", &[("status", "Accepted")]),
            ("<tr><td> Status </td><td> Accepted </td></tr>", &[("status", "Accepted")]),
            ("状态：已接受", &[("状态", "已接受")]),
            ("Status: accepted <!-- or not -->", &[("status", "accepted")]),
            ("see http://example.com", &[]),
            ("```\nStatus: Accepted\n```", &[]),
        ];
        for (text, expected) in cases {
            let sections = outline(text, 0);
            let found: Vec<_> = read_statements(text, &sections[0].lines)
                .into_iter()
                .map(|found| (found.name, text[found.value].to_owned()))
                .collect();
            let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
