//! Saving a file while `livedoc serve` runs -> the time until the changed page is there.
//!
//! Twice: until the server hands it out, asked for as soon as it is announced on the channel that open pages listen to;
//! and until a real Chromium shows it, where there is one.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Bench;
use super::edits::{Edit, edits, lay_out};
use super::preview::{PATIENCE, Preview};
use super::spread::{Spread, grouped, ninth_decile, number};
use crate::table::Table;
use crate::tools;

const USUAL_PAGES: [usize; 2] = [1_000, 10_000];

/// Nobody saves twice at once; what a rebuild leaves for later is done by then.
const PAUSE: Duration = Duration::from_millis(500);

/// Saves that do not count: the first of a kind finds nothing ready.
const WARM_UP: usize = 2;

/// One table: each kind of source at each number of pages.
///
/// # Errors
/// A repository cannot be laid out or served, or an edit does not arrive.
pub(crate) fn table(bench: &Bench<'_>) -> io::Result<String> {
    let browser = browser(bench.root);
    let mut table =
        Table::with_heads(&["", "served: median ms", "nine of ten", "in the browser: median ms", "nine of ten"]);
    for pages in bench.arguments.pages_or(&USUAL_PAGES) {
        let folder = bench.folder()?;
        let repository = folder.path().join("repository");
        lay_out(bench.root, &repository, pages)?;
        let edits = edits(&bench.livedoc, &repository)?;
        for edit in &edits {
            let served = served(bench, edit, &repository)?;
            let shown = match &browser {
                Some(browser) => shown(bench, browser, edit, &repository)?,
                None => Vec::new(),
            };
            let row = row(edit.kind, pages, &served, &shown);
            eprintln!("{}", row.join(" | "));
            table.row(&row);
        }
    }
    Ok(format!(
        "livedoc {} on {}; {} edits of each.\n\n{}",
        bench.version,
        bench.machine,
        bench.arguments.edits,
        table.text()
    ))
}

fn row(kind: &str, pages: usize, served: &[f64], shown: &[f64]) -> Vec<String> {
    let mut cells = vec![format!("{kind}, {} pages", grouped(pages as u64))];
    for times in [served, shown] {
        let figures =
            [Spread::of(times.iter().copied()).map(|spread| spread.median), ninth_decile(times.iter().copied())];
        cells.extend(figures.map(|figure| figure.map_or_else(|| "–".to_owned(), number)));
    }
    cells
}

/// Milliseconds from each save to the page with it, asked for whenever there is news.
fn served(bench: &Bench<'_>, edit: &Edit, repository: &Path) -> io::Result<Vec<f64>> {
    let preview = Preview::open(bench.livedoc.program(), repository)?;
    preview.page(&edit.page)?;
    let news = preview.news(&edit.page)?;
    let mut times = Vec::new();
    for number in 0..WARM_UP + bench.arguments.edits {
        thread::sleep(PAUSE);
        // What is still on the way is about the last edit.
        while news.try_recv().is_ok() {}
        let word = format!("edited-{number}-times");
        let start = Instant::now();
        edit.save(&word)?;
        loop {
            let silent = |_| io::Error::other(format!("an edit of the {} does not arrive", edit.kind));
            news.recv_timeout(PATIENCE).map_err(silent)?;
            if preview.page(&edit.page)?.contains(&word) {
                break;
            }
        }
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    edit.restore()?;
    Ok(times.split_off(WARM_UP))
}

/// A real browser, and all that is needed to drive it.
struct Browser {
    chromium: PathBuf,
}

fn browser(root: &Path) -> Option<Browser> {
    let found = tools::packages(&root.join("tests/browser")).and_then(|()| tools::chromium());
    match found {
        Ok(chromium) => Some(Browser { chromium }),
        Err(tools::Missing(what)) => {
            eprintln!("no figures of a browser: {what}");
            None
        }
    }
}

/// Milliseconds from each save to the page with it in the browser, on a preview of its own.
fn shown(bench: &Bench<'_>, browser: &Browser, edit: &Edit, repository: &Path) -> io::Result<Vec<f64>> {
    let mut command = Command::new("node");
    command.arg("latency.mjs").arg(repository).arg(edit.source);
    command.arg((WARM_UP + bench.arguments.edits).to_string()).arg(edit.mark);
    command.env("CHROME", &browser.chromium).env("LIVEDOC", bench.livedoc.program());
    command.current_dir(bench.root.join("tests/browser")).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("an edit of the {} does not reach the browser", edit.kind)));
    }
    let said: Value = serde_json::from_slice(&output.stdout)?;
    Ok(said["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).skip(WARM_UP).collect())
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn a_row_has_the_middle_and_the_ninth_of_ten() {
        let times: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!(row("guide", 1_000, &times, &[]).join(" | "), "guide, 1,000 pages | 10.5 | 18.0 | – | –");
    }
}
