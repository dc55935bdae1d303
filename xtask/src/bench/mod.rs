//! `cargo xtask bench`: what builds and edits cost, measured beside other generators -> tables, for the terminal and the
//! book.

mod api;
mod arguments;
mod builds;
mod code;
mod edits;
mod growth;
mod latency;
mod measure;
mod peers;
mod preview;
mod reading;
mod spread;
mod text;
mod weight;

use std::io;
use std::path::Path;

use tempfile::TempDir;

use arguments::Part;
pub(crate) use arguments::{Arguments, USAGE, arguments};

use crate::livedoc::Livedoc;
use crate::{book, machine};

/// Where figures are shown, from the project's root.
const PAGE: &str = "book/src/performance.md";

/// What all measurements need.
pub(crate) struct Bench<'a> {
    arguments: &'a Arguments,
    root: &'a Path,
    livedoc: Livedoc,
    version: String,
    machine: String,
}

impl Bench<'_> {
    /// A folder that goes away with the measurement.
    fn folder(&self) -> io::Result<TempDir> {
        match &self.arguments.folder {
            Some(parent) => tempfile::tempdir_in(parent),
            None => tempfile::tempdir(),
        }
    }
}

/// Measures what `arguments` name, prints a table for each part, and puts it into the book if that is wanted.
///
/// # Errors
/// livedoc cannot be built or run, a corpus cannot be laid out, or the book has no place for a table.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> io::Result<()> {
    let livedoc = Livedoc::find(arguments.livedoc.as_deref(), root)?;
    let version = livedoc.version()?;
    let bench = Bench { arguments, root, livedoc, version, machine: machine::machine() };
    for part in &arguments.parts {
        let (name, table) = match part {
            Part::Builds => ("builds", builds::tables(&bench)?),
            Part::Growth => ("growth", growth::table(&bench)?),
            Part::Latency => ("latency", latency::table(&bench)?),
            Part::Code => ("code", code::table(&bench)?),
            Part::Api => ("api", api::table(&bench)?),
        };
        println!("{table}");
        if arguments.write {
            book::write(bench.root, PAGE, name, &table)?;
        }
    }
    Ok(())
}
