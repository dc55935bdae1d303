//! `cargo xtask rustdoc-parity`: what livedoc publishes of crates from the registry, beside what rustdoc publishes.
//!
//! Each crate is fetched, documented by rustdoc as JSON (its unstable form, on a stable compiler), and read by livedoc;
//! the two are compared item by item.

mod address;
mod arguments;
mod compare;
mod item;
mod ours;
mod package;
mod rustdoc;

use std::io;
use std::path::Path;

pub(crate) use arguments::{Arguments, USAGE, arguments};
use compare::{Score, compare};
use package::Workshop;

use crate::book;
use crate::livedoc::Livedoc;
use crate::table::Table;

/// Where the last table is shown, from the project's root.
const PAGE: &str = "book/src/extract/rust.md";

/// Compares the crates that `arguments` name and prints a table.
///
/// # Errors
/// livedoc cannot be built or run, or the table has no place in the book. A crate that cannot be fetched or documented
/// is told and left out.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> io::Result<()> {
    let livedoc = Livedoc::find(arguments.livedoc.as_deref(), root)?;
    let folder = arguments.folder.clone().unwrap_or_else(|| root.join("target/parity"));
    let workshop = Workshop::new(&folder)?;
    let mut scores = Vec::new();
    for name in &arguments.crates {
        let scored = workshop.package(name).and_then(|package| {
            let theirs = rustdoc::read(&workshop.document(&package)?, &package)?;
            let ours = ours::read(&livedoc, &package)?;
            let (score, differences) = compare(&theirs, &ours);
            if arguments.differences {
                differences.iter().for_each(|difference| println!("{}: {difference}", package.name));
            }
            Ok((format!("{} {}", package.name, package.version), score))
        });
        match scored {
            Ok(scored) => {
                eprintln!("{}: {}", scored.0, scored.1);
                scores.push(scored);
            }
            Err(error) => eprintln!("{name} is left out: {error}"),
        }
    }
    let table = table(&scores);
    println!("{table}");
    if arguments.write {
        let said = format!("{table}\nMeasured with {} and livedoc {}.\n", workshop.compiler()?, livedoc.version()?);
        book::write(root, PAGE, "parity", &said)?;
    }
    Ok(())
}

fn table(scores: &[(String, Score)]) -> String {
    let heads = ["crate", "items", "recall", "precision", "documented", "links", "resolved", "wrong"];
    let mut table = Table::with_heads(&heads);
    let all = scores.iter().fold(Score::default(), |all, (_, score)| all.plus(score));
    let rows = scores.iter().map(|(name, score)| (name.as_str(), score)).chain([("all", &all)]);
    for (name, score) in rows {
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        table.row(&[
            name.to_owned(),
            score.theirs.to_string(),
            percent(score.recall()),
            percent(score.precision()),
            percent(score.documented()),
            score.links.to_string(),
            percent(score.resolved()),
            percent(score.wrong()),
        ]);
    }
    table.text().to_owned()
}
