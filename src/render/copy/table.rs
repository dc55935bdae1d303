//! The rows of a table -> lines of cells, with the line that Markdown wants below the first.

use super::lines::Lines;

/// A table that is being written.
pub(super) struct Table {
    /// Where the first row begins, until it is complete.
    first_row: Option<usize>,
    /// How the columns are aligned.
    columns: Vec<&'static str>,
    /// Whether the first row has headings.
    has_head: bool,
    is_first: bool,
    /// Whether it stands in a cell of another one: then its words are all that is written.
    is_inner: bool,
}

impl Table {
    pub(super) fn new(is_inner: bool) -> Self {
        Self { first_row: None, columns: Vec::new(), has_head: false, is_first: true, is_inner }
    }

    pub(super) fn begin_row(&mut self, lines: &mut Lines) {
        if self.is_inner {
            lines.space();
            return;
        }
        lines.line();
        lines.begin();
        if self.is_first {
            self.first_row = Some(lines.len());
        }
        lines.push("|");
    }

    pub(super) fn begin_cell(&mut self, lines: &mut Lines, is_head: bool, align: Option<&str>) {
        lines.space();
        if self.is_inner {
            return;
        }
        lines.in_cell = true;
        if self.is_first {
            self.has_head |= is_head;
            self.columns.push(match align {
                Some("left") => ":--",
                Some("center") => ":-:",
                Some("right") => "--:",
                _ => "---",
            });
        }
    }

    pub(super) fn end_cell(&mut self, lines: &mut Lines) {
        lines.space();
        if !self.is_inner {
            lines.in_cell = false;
            lines.push("|");
        }
    }

    pub(super) fn end_row(&mut self, lines: &mut Lines) {
        if self.is_inner {
            return;
        }
        if let Some(start) = self.first_row.take() {
            let line = |cell: fn(&'static str) -> &'static str| -> String {
                self.columns.iter().fold("|".to_owned(), |line, align| format!("{line}{}|", cell(align)))
            };
            let below = line(|align| align);
            if self.has_head {
                lines.line();
                lines.push(&below);
            } else {
                lines.insert_line(start, &below);
                lines.insert_line(start, &line(|_| " "));
            }
            self.is_first = false;
        }
        lines.line();
    }
}
