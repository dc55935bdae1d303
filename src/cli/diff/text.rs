//! A comparison -> text for people: what changed by specification and call, what breaks marked.

use std::io::{self, Write};

use super::{Comparison, by_subject};
use crate::cli::report::painted;
use crate::compare::Change;
use crate::graph::NodeId;

/// So many of the calls that a change concerns are named.
const NAMED: usize = 3;

pub(super) fn print(comparison: &Comparison<'_>, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let paint = |code: &str, text: &str| painted(colour, code, text);
    for group in &comparison.changes {
        let id = group.specification.map(|id| format!(" ({id})")).unwrap_or_default();
        writeln!(out, "{}{id}", paint("1;4", &group.title))?;
        for changes in by_subject(group) {
            let Some(first) = changes.first() else { continue };
            writeln!(out, "\n  {}", paint("1", &first.title))?;
            for change in changes {
                let mark = if change.is_breaking { paint("1;31", "breaking") } else { "        ".to_owned() };
                let line = comparison.line(change);
                writeln!(out, "    {mark}  {}", change.told_of("it"))?;
                let place = format!("{}:{line}", change.span.file);
                let concerned = concerned(comparison, change);
                writeln!(out, "              {}", paint("2", &format!("{place}{concerned}")))?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", comparison.summary())
}

/// ", used by GET /orders and 2 more".
fn concerned(comparison: &Comparison<'_>, change: &Change) -> String {
    let names = names(comparison, &change.affected);
    match names.as_slice() {
        [] => String::new(),
        names => {
            let more = change.affected.len() - names.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(", used by {}{more}", names.join(", "))
        }
    }
}

/// What the first of `calls` are called.
pub(super) fn names(comparison: &Comparison<'_>, calls: &[NodeId]) -> Vec<String> {
    calls.iter().take(NAMED).map(|id| comparison.title(*id)).collect()
}
