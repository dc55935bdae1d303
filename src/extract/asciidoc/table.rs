//! The tables of AsciiDoc, whose cells may stand each on a line of its own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// A table as rows of cells, each as the lines of its text: where they stand.
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) has_header: bool,
}

pub(super) type Cell = Vec<Range<usize>>;

/// Wider ones are a mistake of reading.
const MOST_COLUMNS: usize = 60;

/// Reads the table whose lines, without its delimiters, are `lines` of `text`; `style` stands in brackets above it.
pub(super) fn read(text: &str, lines: &[Range<usize>], style: &str, separator: char) -> Table {
    let mut cells: Vec<Cell> = Vec::new();
    let mut on_first_line = 0;
    let mut blank_behind_first = false;
    let mut seen_lines = 0;
    for range in lines {
        let line = &text[range.clone()];
        if line.trim().is_empty() {
            blank_behind_first |= seen_lines == 1;
            continue;
        }
        if line.starts_with("//") {
            continue;
        }
        seen_lines += 1;
        let (continued, begun) = split(line, separator);
        if let Some(last) = cells.last_mut().filter(|_| !line[continued.clone()].trim().is_empty()) {
            last.push(trimmed(text, range.start + continued.start..range.start + continued.end));
        }
        for (times, cell) in begun {
            let place = trimmed(text, range.start + cell.start..range.start + cell.end);
            for _ in 0..times {
                cells.push(vec![place.clone()]);
            }
        }
        if seen_lines == 1 {
            on_first_line = cells.len();
        }
    }
    let columns = columns(style).unwrap_or(on_first_line).clamp(1, MOST_COLUMNS);
    let has_header = style.contains("header") || (blank_behind_first && on_first_line == columns && columns > 1);
    let rows = cells.chunks(columns).map(<[Cell]>::to_vec).collect();
    Table { rows, has_header }
}

/// The end of a cell that was begun on an earlier line, and the cells that begin on `line`, with how often each counts.
fn split(line: &str, separator: char) -> (Range<usize>, Vec<(usize, Range<usize>)>) {
    // What a cell spans and how it is laid out stands before its bar.
    static LAYOUT: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?:^|\s)(?:(\d+)(?:\.\d+)?([*+])|\.\d+\+)?(?:[<^>](?:\.[<^>])?|\.[<^>])?[a-z]?$"));
    let bars: Vec<usize> = line
        .char_indices()
        .filter(|&(at, character)| character == separator && !line[..at].ends_with('\\'))
        .map(|(at, _)| at)
        .collect();
    let Some(&first) = bars.first() else { return (0..line.len(), Vec::new()) };
    let mut ends = Vec::new();
    let mut times = Vec::new();
    for &bar in &bars {
        let before = &line[..bar];
        let layout = LAYOUT.captures(before);
        let cut = layout.as_ref().and_then(|found| found.get(0)).map_or(bar, |found| found.start());
        let count = layout.and_then(|found| found.get(1).and_then(|count| count.as_str().parse().ok()));
        ends.push(cut);
        times.push(count.unwrap_or(1).clamp(1, MOST_COLUMNS));
    }
    let cells = bars.iter().enumerate().map(|(index, &bar)| {
        let end = ends.get(index + 1).copied().unwrap_or(line.len()).max(bar + separator.len_utf8());
        (times[index], bar + separator.len_utf8()..end)
    });
    (0..ends[0].min(first), cells.collect())
}

/// The number of columns that `style` gives.
fn columns(style: &str) -> Option<usize> {
    static COLUMNS: LazyLock<Regex> = LazyLock::new(|| regex(r#"cols\s*=\s*(?:"([^"]*)"|([^,\]]+))"#));
    let found = COLUMNS.captures(style)?;
    let columns = found.get(1).or(found.get(2))?.as_str().trim();
    if let Ok(count) = columns.parse() {
        return Some(count);
    }
    let parts = columns.split([',', ';']).map(|part| {
        let times = part.split_once('*').and_then(|(times, _)| times.trim().parse::<usize>().ok());
        times.unwrap_or(1)
    });
    Some(parts.sum())
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}
