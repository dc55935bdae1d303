//! What depends on a change -> text for people.

use std::io::{self, Write};

use super::Told;
use crate::cli::report::painted;
use crate::impact::Dependent;

pub(super) fn print(told: &Told<'_>, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let paint = |code: &str, text: &str| painted(colour, code, text);
    let (changed, unchanged): (Vec<&Dependent>, Vec<&Dependent>) =
        told.impact.documents.iter().partition(|found| found.is_changed);
    let lists = [
        ("To be read again", unchanged),
        ("Owners", told.impact.owners.iter().collect()),
        ("Changed as well", changed),
    ];
    for (label, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(out, "{}", paint("1;4", label))?;
        for found in list {
            writeln!(out, "  {} {}", paint("1", told.title(found.id)), paint("2", &format!("({})", found.id)))?;
            let names = told.names(&found.way);
            if !found.is_changed && !names.is_empty() {
                writeln!(
                    out,
                    "      {}",
                    paint("2", &format!("{}, from {}", told.path(found.id), names.join(" \u{2192} ")))
                )?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", told.summary())
}
