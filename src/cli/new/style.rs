//! What the records of a log look like.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::slug;
use crate::source::SourceFile;

/// The look of a log's records. Unless it has any: as Michael Nygard proposed, and adr-tools writes them.
pub(super) struct Style {
    /// What stands before the title in the heading, with `{}` for the number, `{0}` for one with as many digits as
    /// `width`; empty for nothing.
    heading: String,
    width: usize,
    /// Whether the log is in AsciiDoc.
    is_asciidoc: bool,
    /// Names in the front matter, or the attributes of the header.
    front_matter: Vec<&'static str>,
    /// What stands around the names of status and date where they are items below the heading: `- ` and `: `, nothing and `:: `.
    items: Option<(&'static str, &'static str)>,
    /// Whether a line below the heading gives the date.
    date_line: bool,
    sections: Vec<String>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            heading: "{}. ".to_owned(),
            width: 0,
            is_asciidoc: false,
            front_matter: Vec::new(),
            items: None,
            date_line: true,
            sections: ["Status", "Context", "Decision", "Consequences"].map(str::to_owned).to_vec(),
        }
    }
}

impl Style {
    /// The style of `latest`, the first of which bears `number`: what stands around the sections is the first one's, and
    /// its sections are those that at least half of the records have.
    pub(super) fn of(number: Option<i64>, latest: &[Arc<SourceFile>]) -> Self {
        let Some(model) = latest.first() else { return Self::default() };
        let is_asciidoc = model.path().has_extension(&["adoc", "asciidoc"]);
        let (front_matter, body) = split_front_matter(model.text());
        let mark = if is_asciidoc { ":" } else { "" };
        let given = if is_asciidoc { body.split("\n== ").next().unwrap_or(body) } else { front_matter };
        let stated = |name: &&str| given.lines().any(|line| line.starts_with(&format!("{mark}{name}:")));
        let names = ["title", "status", "state", "date", "revdate"];
        let mut style = Self {
            heading: String::new(),
            is_asciidoc,
            front_matter: names.into_iter().filter(stated).collect(),
            date_line: false,
            ..Self::default()
        };
        let (first, second) = style.marks();
        let head = body.split(&format!("\n{second} ")).next().unwrap_or(body);
        for line in head.lines() {
            let item = line.trim_start_matches(['*', '-', ' ']).to_lowercase();
            if item.starts_with("status") && item.len() < line.len() {
                style.items = Some(if is_asciidoc { ("* ", ": ") } else { ("- ", ": ") });
            } else if is_asciidoc && item.starts_with("status::") {
                style.items = Some(("", ":: "));
            }
            style.date_line |= line.starts_with("Date:") && !line.starts_with("Date::");
            let title = line.strip_prefix(first).and_then(|rest| rest.strip_prefix(' '));
            if let (Some(heading), Some(number), true) = (title, number, style.heading.is_empty()) {
                (style.heading, style.width) = numbering(heading, number);
            }
        }
        let mut common: BTreeMap<String, usize> = BTreeMap::new();
        for file in latest {
            for section in sections(split_front_matter(file.text()).1, second) {
                *common.entry(slug(section, '-')).or_default() += 1;
            }
        }
        let of_model = sections(body, second).into_iter();
        let shared: Vec<String> = of_model
            .filter(|section| common.get(&slug(section, '-')).is_some_and(|count| 2 * count >= latest.len()))
            .map(str::to_owned)
            .collect();
        // A log of single paragraphs is no model.
        if shared.len() > 1 {
            style.sections = shared;
        }
        style
    }

    /// What stands before a title, and before a section's.
    fn marks(&self) -> (&'static str, &'static str) {
        if self.is_asciidoc { ("=", "==") } else { ("#", "##") }
    }

    /// A record.
    pub(super) fn compose(&self, number: Option<i64>, title: &str, date: &str) -> String {
        let mut text = String::new();
        let given = self.front_matter.iter().map(|name| match *name {
            // JSON's strings are YAML's.
            "title" => format!("title: {}", serde_json::Value::from(title)),
            "status" | "state" => format!("{name}: proposed"),
            _ => format!("{name}: {date}"),
        });
        let given: Vec<String> = given.collect();
        if !given.is_empty() && !self.is_asciidoc {
            text.push_str(&format!("---\n{}\n---\n\n", given.join("\n")));
        }
        let numbering = number.map_or_else(String::new, |number| {
            self.heading
                .replace("{0}", &format!("{number:0width$}", width = self.width))
                .replace("{}", &number.to_string())
        });
        let (first, second) = self.marks();
        text.push_str(&format!("{first} {numbering}{title}\n"));
        for attribute in given.iter().filter(|_| self.is_asciidoc) {
            text.push_str(&format!(":{attribute}\n"));
        }
        text.push('\n');
        if let Some((before, between)) = self.items {
            text.push_str(&format!("{before}Status{between}proposed\n{before}Date{between}{date}\n\n"));
        } else if self.date_line {
            text.push_str(&format!("Date: {date}\n\n"));
        }
        for section in &self.sections {
            let prompt = match prompt(section) {
                comment if self.is_asciidoc && comment.starts_with('<') => {
                    format!("// {}", comment.trim_start_matches("<!-- ").trim_end_matches(" -->"))
                }
                prompt => prompt.to_owned(),
            };
            text.push_str(&format!("{second} {section}\n\n{prompt}\n\n"));
        }
        text.trim_end().to_owned() + "\n"
    }
}

/// `name` around the digits that write `number`.
pub(super) fn around_number(name: &str, number: i64) -> Option<(&str, &str, &str)> {
    let start = name.find(|character: char| character.is_ascii_digit())?;
    let length = name[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = name[start..].split_at(length);
    (digits.parse() == Ok(number)).then_some((&name[..start], digits, rest))
}

/// What stands before the title in `heading`, with a placeholder for the number, and how many digits that has.
fn numbering(heading: &str, number: i64) -> (String, usize) {
    let Some((before, digits, rest)) = around_number(heading.trim(), number) else { return (String::new(), 0) };
    let between = rest.find(char::is_alphanumeric).map_or(rest, |title| &rest[..title]);
    let names_it = before.is_empty() || ["adr", "rfc", "kep", "decision"].contains(&slug(before, '-').as_str());
    if !names_it || between.is_empty() {
        return (String::new(), 0);
    }
    let placeholder = if digits.starts_with('0') { "{0}" } else { "{}" };
    (format!("{before}{placeholder}{between}"), digits.len())
}

fn split_front_matter(text: &str) -> (&str, &str) {
    let rest = text.strip_prefix("---").map(|rest| rest.trim_start_matches('\r'));
    let split = rest.and_then(|rest| rest.strip_prefix('\n')).and_then(|rest| rest.split_once("\n---"));
    split.and_then(|(given, rest)| Some((given, rest.split_once('\n')?.1))).unwrap_or(("", text))
}

/// The headings of the second level, which begin with `mark`.
fn sections<'a>(body: &'a str, mark: &str) -> Vec<&'a str> {
    let mut listing = false;
    let mut sections = Vec::new();
    for line in body.lines() {
        listing ^= line.trim_start().starts_with("```") || line == "----";
        let title = line.strip_prefix(mark).and_then(|rest| rest.strip_prefix(' '));
        if let Some(section) = title.filter(|_| !listing) {
            sections.push(section.trim());
        }
    }
    sections
}

/// What belongs into a section, as a comment; a status as it is at the beginning.
fn prompt(section: &str) -> &'static str {
    match slug(section, ' ').as_str() {
        "status" => "Proposed",
        "context" | "context and problem statement" => "<!-- What is the situation, and why must we decide? -->",
        "decision drivers" => "<!-- What weighs in: forces, constraints, wishes -->",
        "considered options" | "options" | "alternatives" => "<!-- Each option in a few words -->",
        "decision" | "decision outcome" => "<!-- What we do, and why this -->",
        "consequences" | "implications" => "<!-- What becomes easier, and what harder -->",
        _ => "<!-- To be written -->",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Style;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn a_new_record_looks_like_the_last_ones() {
        let cases: [(&[&str], &str); 5] = [
            (
                &["# 7. Old\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe\n"],
                "# 8. New\n\nDate: D\n\n## Status\n\nProposed\n\n## Context\n\n<!-- What is",
            ),
            (
                &[
                    "---\nstatus: accepted\ndate: 2020-01-01\n---\n# ADR-007: Old\n\n## Context and Problem Statement\n\n\
                   ## Decision Outcome\n",
                ],
                "---\nstatus: proposed\ndate: D\n---\n\n# ADR-008: New\n\n## Context and Problem Statement\n",
            ),
            (
                &["# Use 7 threads\n\n* Status: accepted\n* Date: 2020-01-01\n\n## Context\n\n## Decision\n"],
                "# New\n\n- Status: proposed\n- Date: D\n\n## Context\n",
            ),
            (
                &["# Old\n\n## Once only\n\n## Context\n\n## Decision\n", "## Context\n## Decision\n", "## context\n"],
                "# New\n\n## Context\n\n<!-- What is the situation, and why must we decide? -->\n\n## Decision\n",
            ),
            (&[""], "# New\n\n## Status\n"),
        ];
        for (texts, expected) in cases {
            let file = |text: &&str| Arc::new(SourceFile::new(RepoPath::root(), (*text).to_owned()));
            let latest: Vec<_> = texts.iter().map(file).collect();
            let text = Style::of(Some(7), &latest).compose(Some(8), "New", "D");
            assert!(text.starts_with(expected), "{texts:?}:\n{text}");
        }
    }

    #[test]
    fn a_log_in_asciidoc_goes_on_in_it() {
        let cases = [
            (
                "= ADR-007: Old\n:status: accepted\n:revdate: 2020-01-01\n\n== Context\n\nx\n\n== Decision\n",
                "= ADR-008: New\n:status: proposed\n:revdate: D\n\n== Context\n\n// What is the situation",
            ),
            (
                "= 7. Old\n\nStatus:: proposed\nDate:: 2020-01-01\n\n== Context\n\n== Decision\n",
                "= 8. New\n\nStatus:: proposed\nDate:: D\n\n== Context\n",
            ),
        ];
        for (text, expected) in cases {
            let path = RepoPath::new("adr/0007-old.adoc").unwrap_or_else(RepoPath::root);
            let latest = [Arc::new(SourceFile::new(path, text.to_owned()))];
            let text = Style::of(Some(7), &latest).compose(Some(8), "New", "D");
            assert!(text.starts_with(expected), "{text}");
        }
    }
}
