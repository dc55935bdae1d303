//! A comparison -> Markdown for a pull request: what breaks first, the rest behind a fold.

use std::io::{self, Write};

use super::text::names;
use super::{Comparison, by_subject};
use crate::compare::{Change, Changes};

pub(super) fn print(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### API changes: {}", comparison.summary())?;
    for group in &comparison.changes {
        let id = group.specification.map(|id| format!(" ({})", code(id.as_str()))).unwrap_or_default();
        writeln!(out, "\n#### {}{id}\n", escaped(&group.title))?;
        list(comparison, group, true, out)?;
        let others = group.changes.iter().filter(|change| !change.is_breaking).count();
        if others > 0 {
            let are_all = others == group.changes.len();
            let label = if others == 1 {
                "1 change that breaks nothing"
            } else {
                &format!("{others} changes that break nothing")
            };
            let open = if are_all { " open" } else { "" };
            writeln!(out, "\n<details{open}><summary>{label}</summary>\n")?;
            list(comparison, group, false, out)?;
            writeln!(out, "\n</details>")?;
        }
    }
    Ok(())
}

fn list(comparison: &Comparison<'_>, group: &Changes, breaking: bool, out: &mut dyn Write) -> io::Result<()> {
    for changes in by_subject(group) {
        let changes: Vec<&Change> = changes.iter().filter(|change| change.is_breaking == breaking).collect();
        let Some(first) = changes.first() else { continue };
        writeln!(out, "- {}", code(&first.title))?;
        for change in changes {
            let mark = if breaking { "**Breaking:** " } else { "" };
            let place = format!("{}:{}", change.span.file, comparison.line(change));
            writeln!(
                out,
                "  - {mark}{} ({}{})",
                escaped(&change.told_of("it")),
                code(&place),
                concerned(comparison, change)
            )?;
        }
    }
    Ok(())
}

fn concerned(comparison: &Comparison<'_>, change: &Change) -> String {
    let names: Vec<String> = names(comparison, &change.affected).iter().map(|name| code(name)).collect();
    match change.affected.len() - names.len() {
        _ if names.is_empty() => String::new(),
        0 => format!(", used by {}", names.join(", ")),
        more => format!(", used by {} and {more} more", names.join(", ")),
    }
}

/// `text` as code.
pub(in crate::cli) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// `text`, in which code stands in backticks, so that nothing else of it means anything in Markdown or HTML.
pub(in crate::cli) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            escaped.push_str(&code(part));
            continue;
        }
        for character in part.chars() {
            if matches!(character, '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '~' | '&' | '@' | '!') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn only_code_means_anything() {
        let cases = [
            ("field `a_b` of <b>", "field `a_b` of \\<b\\>"),
            ("*Shop* [v2]", "\\*Shop\\* \\[v2\\]"),
            ("an odd ` tick", "an odd ` tick`"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
