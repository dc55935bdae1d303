//! Rust workspaces that others wrote -> what reading them costs, beside `cargo doc`.
//!
//! cargo has checked all dependencies before, and the crates themselves: only its documenting is measured.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Bench;
use super::measure::measure;
use super::reading::{Reading, memory, processor, wall};
use super::spread::{Spread, grouped, number};
use crate::livedoc::remove;
use crate::table::Table;

/// One row for each workspace.
///
/// # Errors
/// A workspace cannot be read, or livedoc or cargo cannot document it.
pub(crate) fn table(bench: &Bench<'_>) -> io::Result<String> {
    let mut table = Table::with_heads(&[
        "",
        "lines",
        "extraction: processor s",
        "check: processor s",
        "memory MB",
        "build: processor s",
        "wall s",
        "cargo doc: processor s",
        "wall s",
        "×",
    ]);
    for workspace in &bench.arguments.workspaces {
        let name = workspace.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let measured = measured(bench, &workspace.canonicalize()?)?;
        eprintln!("{name}: {:.2} s", measured.build.median);
        table.row(&row(&name, &measured));
    }
    Ok(format!(
        "livedoc {} on {}; nothing left from before, the median of {}. `cargo doc --no-deps` with all that it needs checked \
         before.\n\n{}",
        bench.version,
        bench.machine,
        bench.arguments.runs,
        table.text()
    ))
}

/// What one workspace came to.
struct Measured {
    lines: u64,
    extraction: Spread,
    check: Spread,
    memory: Spread,
    build: Spread,
    build_wall: Spread,
    cargo: Option<(Spread, Spread)>,
}

fn row(name: &str, measured: &Measured) -> Vec<String> {
    let none = || ("–".to_owned(), "–".to_owned(), "–".to_owned());
    let (cargo, cargo_wall, ratio) = measured.cargo.as_ref().map_or_else(none, |(processor, wall)| {
        (number(processor.median), number(wall.median), number(processor.median / measured.build.median))
    });
    vec![
        name.to_owned(),
        grouped(measured.lines),
        number(measured.extraction.median),
        number(measured.check.median),
        number(measured.memory.median),
        number(measured.build.median),
        number(measured.build_wall.median),
        cargo,
        cargo_wall,
        ratio,
    ]
}

fn measured(bench: &Bench<'_>, workspace: &Path) -> io::Result<Measured> {
    let folder = bench.folder()?;
    let (log, site, target) = (folder.path().join("log"), folder.path().join("site"), folder.path().join("target"));
    let cargo = || {
        let mut command = Command::new("cargo");
        command.args(["doc", "--no-deps", "--quiet"]).current_dir(workspace).env("CARGO_TARGET_DIR", &target);
        command
    };
    let document = || {
        let measured = measure(&mut cargo(), &[0], bench.arguments.limit, &log);
        measured.map_err(|failure| io::Error::other(failure.to_string()))
    };
    // What it needs is checked now; a workspace that cannot be compiled here has no figures of cargo.
    let compiles = document().is_ok();
    let (mut reading, mut cargos) = (Reading::default(), Vec::new());
    for _ in 0..bench.arguments.runs {
        reading.once(bench, workspace, &site, &log)?;
        if compiles {
            remove(&target.join("doc"))?;
            cargos.push(document()?);
        }
    }
    let nothing = || io::Error::other("nothing was measured");
    Ok(Measured {
        lines: lines(workspace)?,
        extraction: reading.extraction().ok_or_else(nothing)?,
        check: processor(&reading.checks).ok_or_else(nothing)?,
        memory: memory(&reading.checks).ok_or_else(nothing)?,
        build: processor(&reading.builds).ok_or_else(nothing)?,
        build_wall: wall(&reading.builds).ok_or_else(nothing)?,
        cargo: processor(&cargos).zip(wall(&cargos)),
    })
}

/// The lines of all Rust files below `folder`, without hidden folders and `target`.
fn lines(folder: &Path) -> io::Result<u64> {
    let mut count = 0;
    let mut waiting: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                if !name.starts_with('.') && name != "target" {
                    waiting.push(entry.path());
                }
            } else if name.ends_with(".rs") {
                count += fs::read(entry.path())?.iter().filter(|byte| **byte == b'\n').count() as u64;
            }
        }
    }
    Ok(count)
}
