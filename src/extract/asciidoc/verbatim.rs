//! Blocks that are shown as they are laid out: listings and tables.

use std::ops::Range;

use super::inline::convert;
use super::reader::Reader;
use super::table;

impl Reader<'_> {
    pub(super) fn listing(&mut self, lines: Range<usize>, delimiter: &str, style: &str) {
        self.detach();
        let mut words = style.split([',', '%', '#', '.']).map(str::trim);
        let first = words.next().unwrap_or_default();
        let language = match first {
            "source" | "listing" | "" => words.next().filter(|word| !word.contains('=')).unwrap_or_default(),
            "literal" | "verse" | "stem" => "",
            diagram => diagram,
        };
        let language = delimiter.strip_prefix("```").map_or(language, str::trim);
        let place = self.lines.get(lines.start.saturating_sub(1)).cloned().unwrap_or(0..0);
        let fence = if lines.clone().any(|index| self.line(index).contains("```")) { "`````" } else { "```" };
        self.put_block(&format!("{fence}{language}"), place.clone());
        for index in lines {
            let Some(range) = self.lines.get(index).cloned() else { break };
            self.put_block(&self.text[range.clone()], range);
        }
        self.put_block(fence, place);
        self.blank();
    }

    pub(super) fn table(&mut self, lines: Range<usize>, style: &str, separator: char) {
        let end = lines.end.min(self.lines.len());
        let table = table::read(self.text, &self.lines[lines.start.min(end)..end], style, separator);
        self.detach();
        let Some(width) = table.rows.iter().map(Vec::len).max() else { return };
        for (index, row) in table.rows.iter().enumerate() {
            let place = row.first().and_then(|cell| cell.first()).map_or(0..0, |part| part.start..part.start);
            if index == 0 && !table.has_header {
                self.put_block(&format!("|{}", " |".repeat(width)), place.clone());
                self.put_block(&format!("|{}", "---|".repeat(width)), place.clone());
            }
            self.put_block_start("|", place.clone());
            for column in 0..width {
                for (part, range) in row.get(column).into_iter().flatten().enumerate() {
                    self.text(if part > 0 { " " } else { "" }, range.start..range.start);
                    let pieces = convert(&self.text[range.clone()], range.start, &self.names);
                    for (markdown, origin) in pieces {
                        let escaped = markdown.replace("\\|", "|").replace('|', "\\|").replace('\n', " ");
                        self.text(&escaped, origin);
                    }
                }
                self.text("|", place.clone());
            }
            self.text("\n", place.clone());
            if index == 0 && table.has_header {
                self.put_block(&format!("|{}", "---|".repeat(width)), place);
            }
        }
        self.blank();
    }
}
