//! Specifications that others wrote -> what their sites cost and weigh, beside Redoc's.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Bench;
use super::measure::{Cost, measure};
use super::reading::{Reading, memory, processor, wall};
use super::spread::{Spread, grouped, number};
use crate::table::Table;

/// Redoc's own builder, on the PATH.
const REDOCLY: &str = "redocly";

/// Two rows for each specification: one of livedoc, one of Redoc where it can be run.
///
/// # Errors
/// A specification cannot be read, or livedoc cannot make its site.
pub(crate) fn table(bench: &Bench<'_>) -> io::Result<String> {
    let mut table = Table::with_heads(&[
        "",
        "MB",
        "extraction: processor s",
        "check: processor s",
        "memory MB",
        "build: processor s",
        "wall s",
        "memory MB",
        "pages",
        "output MB",
        "a page, compressed: median KB",
        "the largest KB",
    ]);
    for specification in &bench.arguments.specifications {
        let name = specification.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for row in rows(bench, &name, &specification.canonicalize()?)? {
            table.row(&row);
        }
    }
    Ok(format!(
        "livedoc {} on {}; nothing left from before, the median of {}.\n\n{}",
        bench.version,
        bench.machine,
        bench.arguments.runs,
        table.text()
    ))
}

fn rows(bench: &Bench<'_>, name: &str, specification: &Path) -> io::Result<Vec<Vec<String>>> {
    let folder = bench.folder()?;
    let (repository, log) = (folder.path().join("repository"), folder.path().join("log"));
    fs::create_dir(&repository)?;
    let size = fs::copy(specification, repository.join(name))?;
    let site = folder.path().join("site");
    let page = folder.path().join("redoc").join("index.html");
    let redocly = || {
        let mut command = Command::new(REDOCLY);
        command.args(["build-docs", name, "--output"]).arg(&page).current_dir(&repository);
        command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        command
    };
    let (mut reading, mut redocs) = (Reading::default(), Vec::new());
    for _ in 0..bench.arguments.runs {
        reading.once(bench, &repository, &site, &log)?;
        match measure(&mut redocly(), &[0], bench.arguments.limit, &log) {
            Ok(cost) => redocs.push(cost),
            Err(failure) => eprintln!("{REDOCLY}: {failure}"),
        }
    }
    let megabytes = number(size as f64 / 1e6);
    let median = |times: Option<Spread>| times.map_or_else(|| "–".to_owned(), |spread| number(spread.median));
    let own = Pages::of(&site)?;
    let mut row = vec![
        format!("{name}: livedoc"),
        megabytes.clone(),
        median(reading.extraction()),
        median(processor(&reading.checks)),
        median(memory(&reading.checks)),
    ];
    row.extend(costs(&reading.builds));
    row.extend(own.cells());
    let mut rows = vec![row];
    if !redocs.is_empty() {
        let none = || "–".to_owned();
        let mut row = vec![format!("{name}: Redoc"), megabytes, none(), none(), none()];
        row.extend(costs(&redocs));
        row.extend(Pages::of(page.parent().unwrap_or(&page))?.cells());
        rows.push(row);
    }
    Ok(rows)
}

/// The cells of processor time, time on the clock and memory.
fn costs(costs: &[Cost]) -> Vec<String> {
    let spreads = [processor(costs), wall(costs), memory(costs)];
    spreads.into_iter().map(|spread| spread.map_or_else(String::new, |spread| number(spread.median))).collect()
}

/// The pages of a site.
struct Pages {
    /// Bytes of everything beside them, too.
    output: u64,
    /// Bytes of each, compressed by gzip, the smallest first.
    compressed: Vec<usize>,
}

impl Pages {
    /// Those in `folder`.
    fn of(folder: &Path) -> io::Result<Self> {
        let mut pages = Self { output: 0, compressed: Vec::new() };
        let mut waiting: Vec<PathBuf> = vec![folder.to_path_buf()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    waiting.push(path);
                    continue;
                }
                let text = fs::read(&path)?;
                pages.output += text.len() as u64;
                if path.extension().is_some_and(|extension| extension == "html") {
                    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
                    encoder.write_all(&text)?;
                    pages.compressed.push(encoder.finish()?.len());
                }
            }
        }
        pages.compressed.sort_unstable();
        Ok(pages)
    }

    fn cells(&self) -> [String; 4] {
        let kilobytes = |bytes: Option<&usize>| number(bytes.copied().unwrap_or(0) as f64 / 1e3);
        [
            grouped(self.compressed.len() as u64),
            number(self.output as f64 / 1e6),
            kilobytes(self.compressed.get(self.compressed.len() / 2)),
            kilobytes(self.compressed.last()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Pages;

    #[test]
    fn pages_are_weighed_as_they_travel() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |path: &str, text: String| corpus::File { path: path.to_owned(), text };
        let files = [file("a.html", "x".repeat(9_000)), file("b/c.html", "y".into()), file("d.json", "{}".into())];
        corpus::write(folder.path(), files).expect("written");
        let pages = Pages::of(folder.path()).expect("read");
        assert_eq!((pages.output, pages.compressed.len()), (9_003, 2));
        assert!(pages.compressed[1] < 100, "{:?}", pages.compressed);
    }
}
