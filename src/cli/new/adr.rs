//! A new decision: in the repository's log, with its next number, in the style of its latest record.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Draft, slug};
use crate::graph::{Fact, Node};
use crate::pipeline::Analysis;
use crate::source::{Files, RepoPath, SourceFile, Sources};

/// How a log's records are written. Unless it has any: as Michael Nygard proposed, and adr-tools does.
struct Style {
    /// What stands before the number in file names.
    prefix: String,
    /// How many digits a number has at least.
    width: usize,
    /// What stands between number and title.
    separator: char,
    /// What stands before the title in the heading, with `{}` for the number; empty for nothing.
    heading: String,
    /// Names in the front matter.
    front_matter: Vec<&'static str>,
    /// Whether status and date are items of a list below the heading.
    items: bool,
    /// The sections.
    sections: Vec<String>,
}

pub(super) fn draft(analysis: &Analysis, title: &str, date: &str) -> Draft {
    let (folder, records) = largest_log(analysis);
    let latest = records.last().and_then(|record| Some((record.0, analysis.tree.source(record.1.span.file)?)));
    let style = latest.as_ref().map_or_else(Style::default, |(number, file)| Style::of(*number, file));
    let number = latest.map_or(1, |(number, _)| number.saturating_add(1));
    let name = format!(
        "{}{number:0width$}{}{}.md",
        style.prefix,
        style.separator,
        slug(title, if style.separator == '_' { '_' } else { '-' }),
        width = style.width
    );
    let path = folder.join(&name).unwrap_or(folder);
    Draft { path, text: style.compose(number, title, date), remark: String::new() }
}

/// The folder with the most records, and these by number. Without any: where adr-tools would begin.
fn largest_log(analysis: &Analysis) -> (RepoPath, Vec<(i64, &Node)>) {
    let mut logs: BTreeMap<RepoPath, Vec<(i64, &Node)>> = BTreeMap::new();
    for node in analysis.resolved.graph.nodes().iter().filter(|node| node.kind.name == "adr") {
        if let Some(Fact::Number(number)) = node.facts.get("number") {
            logs.entry(node.span.file.parent()).or_default().push((*number, node));
        }
    }
    let largest = logs.into_iter().max_by_key(|(folder, records)| (records.len(), std::cmp::Reverse(*folder)));
    let (folder, mut records) = largest.unwrap_or_else(|| {
        let usual = ["docs/adr", "doc/adr", "adr", "docs/decisions", "docs/architecture/decisions"];
        let usual = usual.into_iter().filter_map(RepoPath::new);
        let there = usual.clone().find(|folder| analysis.tree.is_folder(*folder));
        (there.or_else(|| usual.clone().next()).unwrap_or_else(RepoPath::root), Vec::new())
    });
    records.sort_by_key(|(number, node)| (*number, node.id));
    (folder, records)
}

impl Default for Style {
    fn default() -> Self {
        Self {
            prefix: String::new(),
            width: 4,
            separator: '-',
            heading: "{}. ".to_owned(),
            front_matter: Vec::new(),
            items: false,
            sections: ["Status", "Context", "Decision", "Consequences"].map(str::to_owned).to_vec(),
        }
    }
}

impl Style {
    /// The style of the record `number` in `file`.
    fn of(number: i64, file: &Arc<SourceFile>) -> Self {
        let mut style = Self { heading: String::new(), ..Self::default() };
        if let Some((prefix, digits, rest)) = around_number(file.path().stem(), number) {
            style.prefix = prefix.to_owned();
            style.width = digits.len();
            style.separator = rest.chars().next().filter(|first| !first.is_alphanumeric()).unwrap_or('-');
        }
        let (front_matter, body) = split_front_matter(file.text());
        let names = ["title", "status", "date"];
        let stated = |name: &&str| front_matter.lines().any(|line| line.starts_with(&format!("{name}:")));
        style.front_matter = names.into_iter().filter(stated).collect();
        let mut sections = Vec::new();
        let mut listing = false;
        for line in body.lines() {
            listing ^= line.trim_start().starts_with("```");
            match line.split_once(' ') {
                _ if listing => {}
                Some(("#", heading)) if style.heading.is_empty() => style.heading = numbering(heading, number),
                Some(("##", section)) => sections.push(section.trim().to_owned()),
                Some(("*" | "-", item)) if sections.is_empty() => {
                    style.items |= item.trim_start_matches('*').to_lowercase().starts_with("status");
                }
                _ => {}
            }
        }
        // A record without sections is no model.
        if sections.len() > 1 {
            style.sections = sections;
        }
        style
    }

    fn compose(&self, number: i64, title: &str, date: &str) -> String {
        let mut text = String::new();
        if !self.front_matter.is_empty() {
            text.push_str("---\n");
            for name in &self.front_matter {
                match *name {
                    // JSON's strings are YAML's.
                    "title" => text.push_str(&format!("title: {}\n", serde_json::Value::from(title))),
                    "status" => text.push_str("status: proposed\n"),
                    _ => text.push_str(&format!("date: {date}\n")),
                }
            }
            text.push_str("---\n\n");
        }
        let number = format!("{number:0width$}", width = if self.heading.contains("{0}") { self.width } else { 0 });
        let numbering = self.heading.replace("{0}", &number).replace("{}", &number);
        text.push_str(&format!("# {numbering}{title}\n\n"));
        let dated = self.front_matter.contains(&"date");
        if self.items {
            text.push_str(&format!("- Status: proposed\n- Date: {date}\n\n"));
        } else if !dated {
            text.push_str(&format!("Date: {date}\n\n"));
        }
        for section in &self.sections {
            text.push_str(&format!("## {section}\n\n{}\n\n", prompt(section)));
        }
        text.trim_end().to_owned() + "\n"
    }
}

/// `name` around the digits that write `number`.
fn around_number(name: &str, number: i64) -> Option<(&str, &str, &str)> {
    let start = name.find(|character: char| character.is_ascii_digit())?;
    let length = name[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = name[start..].split_at(length);
    (digits.parse() == Ok(number)).then_some((&name[..start], digits, rest))
}

/// What stands before the title in `heading`, with `{}` for the number, `{0}` for one with leading zeros.
fn numbering(heading: &str, number: i64) -> String {
    let Some((before, digits, rest)) = around_number(heading.trim(), number) else { return String::new() };
    let between = rest.find(char::is_alphanumeric).map_or(rest, |title| &rest[..title]);
    let names_it = before.is_empty() || ["adr", "rfc", "decision"].contains(&slug(before, '-').as_str());
    if !names_it || between.is_empty() {
        return String::new();
    }
    format!("{before}{}{between}", if digits.starts_with('0') { "{0}" } else { "{}" })
}

fn split_front_matter(text: &str) -> (&str, &str) {
    let rest = text.strip_prefix("---\n");
    rest.and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", text))
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
    fn a_new_record_looks_like_the_last_one() {
        let cases = [
            (
                "0007-x.md",
                "# 7. Old\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe\n",
                "# 8. New\n\nDate: D\n\n## Status\n\nProposed\n\n## Context\n\n<!-- What is",
            ),
            (
                "adr_007_x.md",
                "---\nstatus: accepted\ndate: 2020-01-01\n---\n# ADR-007: Old\n\n## Context and Problem Statement\n\n\
                 ## Decision Outcome\n",
                "---\nstatus: proposed\ndate: D\n---\n\n# ADR-008: New\n\n## Context and Problem Statement\n",
            ),
            (
                "7-x.md",
                "# Use 7 threads\n\n* Status: accepted\n* Date: 2020-01-01\n\n## Context\n\n## Decision\n",
                "# New\n\n- Status: proposed\n- Date: D\n\n## Context\n",
            ),
            ("7.md", "", "# New\n\nDate: D\n\n## Status\n"),
        ];
        for (name, latest, expected) in cases {
            let file = SourceFile::new(RepoPath::root().join(name).unwrap_or_else(RepoPath::root), latest.to_owned());
            let text = Style::of(7, &Arc::new(file)).compose(8, "New", "D");
            assert!(text.starts_with(expected), "{name}:\n{text}");
        }
    }
}
