//! A comparison -> Markdown for a pull request: what breaks first, the rest behind a fold.

use std::io::{self, Write};

use super::text::names;
use super::{Comparison, by_subject};
use crate::compare::{Change, Changes};
use crate::diagnostic::print::{as_code, escaped};

pub(super) fn print(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### API changes: {}", comparison.summary())?;
    for group in &comparison.changes {
        let id = group.specification.map(|id| format!(" ({})", as_code(id.as_str()))).unwrap_or_default();
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
        writeln!(out, "- {}", as_code(&first.title))?;
        for change in changes {
            let mark = if breaking { "**Breaking:** " } else { "" };
            let place = format!("{}:{}", change.span.file, comparison.line(change));
            writeln!(
                out,
                "  - {mark}{} ({}{})",
                escaped(&change.told_of("it")),
                as_code(&place),
                concerned(comparison, change)
            )?;
        }
    }
    Ok(())
}

fn concerned(comparison: &Comparison<'_>, change: &Change) -> String {
    let names: Vec<String> = names(comparison, &change.affected).iter().map(|name| as_code(name)).collect();
    match change.affected.len() - names.len() {
        _ if names.is_empty() => String::new(),
        0 => format!(", used by {}", names.join(", ")),
        more => format!(", used by {} and {more} more", names.join(", ")),
    }
}
