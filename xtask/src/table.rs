//! Rows of cells -> a Markdown table.

/// A table whose first column names what the others are about.
pub(crate) struct Table {
    text: String,
}

impl Table {
    /// With these heads; all columns but the first hold figures and stand to the right.
    pub(crate) fn with_heads(heads: &[&str]) -> Self {
        let marks: Vec<&str> =
            heads.iter().enumerate().map(|(place, _)| if place == 0 { "---" } else { "---:" }).collect();
        Self { text: format!("| {} |\n|{}|\n", heads.join(" | "), marks.join("|")) }
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    /// The Markdown.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_has_heads_and_rows() {
        let mut table = Table::with_heads(&["", "processor", "memory"]);
        table.row(&["livedoc".to_owned(), "1.2 s".to_owned(), "30 MB".to_owned()]);
        assert_eq!(table.text(), "|  | processor | memory |\n|---|---:|---:|\n| livedoc | 1.2 s | 30 MB |\n");
    }
}
