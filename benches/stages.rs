//! What each stage costs on a corpus that is made here: `cargo bench --bench stages [-- PAGES…]`.
//!
//! Prints the median wall time of five runs for each stage and size, and what that is for a page, so that a cost which
//! grows faster than the pages is seen at once. Times are for comparing on one machine in one run, not for passing.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use livedoc::config::Project;
use livedoc::{check, discover, extract, graph, plan, render, search, theme};

const RUNS: usize = 5;

fn main() -> std::io::Result<()> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 10_000] } else { sizes };
    println!("{:>7} {:>9} {:>10} {:>12}", "pages", "stage", "ms", "µs a page");
    for pages in sizes {
        let folder = tempfile::tempdir()?;
        write_corpus(folder.path(), pages)?;
        let mut runs: Vec<Vec<(&str, Duration)>> = (0..RUNS).map(|_| run(folder.path())).collect();
        for stage in 0..runs[0].len() {
            runs.sort_by_key(|run| run[stage].1);
            let (name, time) = runs[RUNS / 2][stage];
            let each = time.as_secs_f64() * 1e6 / pages as f64;
            println!("{pages:>7} {name:>9} {:>10.1} {each:>12.2}", time.as_secs_f64() * 1e3);
        }
    }
    Ok(())
}

/// Every stage once, and how long each took.
fn run(folder: &Path) -> Vec<(&'static str, Duration)> {
    let project = Project::unconfigured(folder.to_path_buf());
    let mut times = Vec::new();
    let mut start = Instant::now();
    let mut lap = |name: &'static str| {
        times.push((name, start.elapsed()));
        start = Instant::now();
    };
    let tree = discover::discover(&project);
    lap("discover");
    let fragments = extract::claim(&tree, &project).units.iter().map(|unit| std::sync::Arc::new(unit.read())).collect();
    lap("extract");
    let (assembled, _) = graph::assemble(fragments);
    lap("assemble");
    let (resolved, _) = graph::resolve(assembled, &tree, &project);
    lap("resolve");
    let (planned, _) = plan::plan(&resolved);
    lap("plan");
    let _ = check::check(&resolved, &planned);
    lap("check");
    let (loaded, _) = theme::load(&project, &tree);
    let (files, _) = render::render(&resolved, &planned, &project, &loaded, &tree);
    lap("render");
    let found = search::found_in(&resolved.graph, &planned);
    let index = search::index(&found, |id| search::describe(&resolved, &planned, *id));
    lap("index");
    assert!(files.len() + index.len() > found.len(), "every node has a page");
    times
}

/// `pages` guides of a few kilobytes in folders of fifty, each with headings, a listing, a table and links to others.
fn write_corpus(folder: &Path, pages: usize) -> std::io::Result<()> {
    const WORDS: [&str; 24] = [
        "order", "payment", "queue", "retry", "timeout", "ledger", "stock", "reserve", "refund", "region", "replica",
        "index", "cache", "deploy", "metric", "alert", "budget", "schema", "token", "session", "worker", "batch",
        "stream", "shard",
    ];
    for page in 0..pages {
        let mut text = format!("# Page {page} about {}s\n\n", WORDS[page % WORDS.len()]);
        for section in 0..6 {
            // Writing to a string does not fail.
            let _ = writeln!(text, "## The {} of part {section}\n", WORDS[(page + section * 5) % WORDS.len()]);
            for sentence in 0..10 {
                let word = |step: usize| WORDS[(page * 7 + section * 3 + sentence * 11 + step) % WORDS.len()];
                let _ = write!(text, "A {} waits for the {} until its {} is {}. ", word(0), word(5), word(9), word(14));
            }
            let other = (page * 31 + section * 17) % pages;
            let _ = writeln!(text, "See [another page](../{:03}/page-{other}.md).\n", other / 50);
        }
        let _ = writeln!(text, "```rust\nfn page_{page}() -> u32 {{\n    {page}\n}}\n```\n\n| a | b |\n|---|---|");
        let _ = writeln!(text, "| {page} | 1 |");
        let place = folder.join(format!("docs/{:03}/page-{page}.md", page / 50));
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(place, text)?;
    }
    Ok(())
}
