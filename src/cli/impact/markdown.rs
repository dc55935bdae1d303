//! What depends on a change -> Markdown for a pull request: a list to tick off.

use std::io::{self, Write};

use super::Told;
use crate::diagnostic::print::{as_code, escaped};
use crate::impact::Dependent;

pub(super) fn print(told: &Told<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### To be read again: {}", told.summary())?;
    let unchanged: Vec<&Dependent> = told.impact.documents.iter().filter(|found| !found.is_changed).collect();
    if !unchanged.is_empty() {
        writeln!(out)?;
    }
    for found in unchanged {
        let way: Vec<String> = told.names(&found.way).iter().map(|name| as_code(name)).collect();
        let title = escaped(told.title(found.id));
        writeln!(out, "- [ ] **{title}** ({}), from {}", as_code(told.path(found.id)), way.join(" \u{2192} "))?;
    }
    if !told.impact.owners.is_empty() {
        let names: Vec<String> = told.impact.owners.iter().map(|found| escaped(told.title(found.id))).collect();
        writeln!(out, "\nOwners: {}", names.join(", "))?;
    }
    Ok(())
}
