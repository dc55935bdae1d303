//! Whole builds of the same pages by livedoc and its peers, in turn -> a table.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Bench;
use super::measure::{Cost, Failure, measure};
use super::peers::{Highlighting, PEERS, Peer};
use super::spread::{Spread, megabytes, number};
use super::text::Text;
use super::weight::Weight;
use crate::livedoc::{self, FINE, OUTPUT};
use crate::table::Table;

const USUAL_PAGES: [usize; 1] = [1_000];

/// A row of the table: one way to build, and what it came to.
struct Row {
    label: String,
    costs: Result<Vec<Cost>, Failure>,
    output: Weight,
    /// `None` without search.
    index: Option<Weight>,
    highlighting: Highlighting,
}

/// A peer with its pages laid out.
struct Contender {
    peer: &'static Peer,
    folder: PathBuf,
}

/// A table for each corpus and each number of pages.
///
/// # Errors
/// A corpus cannot be read or laid out, or livedoc itself cannot build it.
pub(crate) fn tables(bench: &Bench<'_>) -> io::Result<String> {
    let versions = versions(bench);
    let mut text = format!(
        "Measured on {}. Builds of each: {}, in turn; the median, in brackets the least and the most. MB are millions of \
         bytes, × is beside livedoc's full build.\n",
        bench.machine, bench.arguments.runs
    );
    for corpus in &bench.arguments.corpora {
        for count in bench.arguments.pages_or(&USUAL_PAGES) {
            let pages = Text::open(corpus, count)?;
            let (rows, input) = compare(bench, &pages, &versions)?;
            text.push_str(&format!("\n**{}: {} of Markdown**\n\n", pages.label(), megabytes(input as f64)));
            text.push_str(&table(&rows, input));
        }
    }
    Ok(text)
}

/// The peers to measure that are there, with their versions.
fn versions(bench: &Bench<'_>) -> Vec<(&'static Peer, String)> {
    let wanted = |peer: &Peer| match &bench.arguments.peers {
        Some(names) => names.iter().any(|name| name == peer.program),
        None => true,
    };
    let found = PEERS.iter().filter(|peer| wanted(peer)).filter_map(|peer| match peer.version() {
        Some(version) => Some((peer, version)),
        None => {
            eprintln!("{} is not on the PATH", peer.program);
            None
        }
    });
    found.collect()
}

/// Lays `pages` out for all and builds them in turn; the rows, and the bytes of Markdown.
fn compare(bench: &Bench<'_>, pages: &Text, peers: &[(&'static Peer, String)]) -> io::Result<(Vec<Row>, u64)> {
    let folder = bench.folder()?;
    let own = folder.path().join("livedoc");
    livedoc::make_root(&own)?;
    let mut input = 0;
    for page in pages.pages() {
        let page = page?;
        input += corpus::write(&own.join("docs"), [corpus::File { text: page.text(), path: page.path }])?;
    }
    let mut contenders = Vec::new();
    let mut rows = own_rows(bench);
    for (place, (peer, version)) in peers.iter().enumerate() {
        let folder = folder.path().join(format!("{place}-{}", peer.program));
        peer.lay_out(&folder, pages.pages())?;
        let label = peer.label.replacen(',', &format!(" {version},"), 1);
        let label = if label == peer.label { format!("{label} {version}") } else { label };
        rows.push(Row::new(label, peer.highlighting));
        contenders.push(Contender { peer, folder });
    }
    let log = folder.path().join("log");
    for round in 1..=bench.arguments.runs {
        let (ours, theirs) = rows.split_at_mut(OWN_STEPS.len());
        build_own(bench, &own, &log, round, ours)?;
        for (contender, row) in contenders.iter().zip(theirs) {
            build_peer(bench, contender, &log, row)?;
        }
    }
    Ok((rows, input))
}

/// What livedoc is measured at, one after the other.
const OWN_STEPS: [&str; 3] = ["", ", after an edit of one page", ", nothing changed"];

fn own_rows(bench: &Bench<'_>) -> Vec<Row> {
    let label = |step: &str| format!("livedoc {}{step}", bench.version);
    OWN_STEPS.iter().map(|step| Row::new(label(step), Highlighting::Built)).collect()
}

/// A full build with nothing left from before, then one in a new process after an edit, then one with nothing changed.
fn build_own(bench: &Bench<'_>, folder: &Path, log: &Path, round: usize, rows: &mut [Row]) -> io::Result<()> {
    livedoc::clean(folder)?;
    for (step, row) in rows.iter_mut().enumerate() {
        if step == 1 {
            livedoc::edit(&folder.join("docs/000/page-00000.md"), round)?;
        }
        row.run(&mut bench.livedoc.build(folder), FINE, bench.arguments.limit, log);
        if let Err(failure) = &row.costs {
            return Err(io::Error::other(failure.to_string()));
        }
        row.weigh(&folder.join(OUTPUT), Some(|path| path.starts_with("search/")))?;
    }
    Ok(())
}

fn build_peer(bench: &Bench<'_>, contender: &Contender, log: &Path, row: &mut Row) -> io::Result<()> {
    let Contender { peer, folder } = contender;
    if row.costs.is_err() {
        return Ok(());
    }
    peer.clean(folder)?;
    row.run(Command::new(peer.program).args(peer.arguments).current_dir(folder), &[0], bench.arguments.limit, log);
    if row.costs.is_ok() { row.weigh(&folder.join(peer.output), peer.index) } else { Ok(()) }
}

impl Row {
    fn new(label: String, highlighting: Highlighting) -> Self {
        Self { label, costs: Ok(Vec::new()), output: Weight::default(), index: None, highlighting }
    }

    /// One more run; a failure takes the place of all others.
    fn run(&mut self, command: &mut Command, fine: &[i32], limit: Duration, log: &Path) {
        match measure(command, fine, limit, log) {
            Ok(cost) => {
                eprintln!("{}: {:.2} s", self.label, cost.processor.as_secs_f64());
                if let Ok(costs) = &mut self.costs {
                    costs.push(cost);
                }
            }
            Err(failure) => {
                eprintln!("{}: {failure}", self.label);
                self.costs = Err(failure);
            }
        }
    }

    fn weigh(&mut self, output: &Path, index: Option<fn(&str) -> bool>) -> io::Result<()> {
        self.output = Weight::of(output, |_| true)?;
        self.index = index.map(|index| Weight::of(output, index)).transpose()?;
        Ok(())
    }

    fn spread(&self, figure: fn(&Cost) -> f64) -> Option<Spread> {
        Spread::of(self.costs.iter().flatten().map(figure))
    }
}

fn processor(cost: &Cost) -> f64 {
    cost.processor.as_secs_f64()
}

fn wall(cost: &Cost) -> f64 {
    cost.wall.as_secs_f64()
}

fn memory(cost: &Cost) -> f64 {
    cost.memory as f64
}

/// The first row is what the others are beside of.
fn table(rows: &[Row], input: u64) -> String {
    let mut table = Table::with_heads(&[
        "",
        "processor s",
        "×",
        "memory MB",
        "×",
        "wall s",
        "output MB",
        "of the input",
        "search index",
        "highlighting",
    ]);
    let beside = |row: &Row, figure: fn(&Cost) -> f64| {
        let (own, first) = row.spread(figure).zip(rows.first()?.spread(figure))?;
        Some(number(own.median / first.median))
    };
    for row in rows {
        let unknown = || "–".to_owned();
        let shown = |figure: fn(&Cost) -> f64, unit: f64| {
            row.spread(figure).map_or_else(unknown, |spread| spread.shown(|value| number(value / unit)))
        };
        let mut cells = vec![
            row.label.clone(),
            shown(processor, 1.0),
            beside(row, processor).unwrap_or_else(unknown),
            shown(memory, 1e6),
            beside(row, memory).unwrap_or_else(unknown),
            shown(wall, 1.0),
        ];
        match &row.costs {
            Ok(_) => cells.extend([
                number(row.output.bytes as f64 / 1e6),
                number(row.output.bytes as f64 / input as f64),
                row.index.map_or_else(|| "none".to_owned(), described),
            ]),
            Err(failure) => {
                cells[1] = failure.in_short();
                cells.extend([unknown(), unknown(), unknown()]);
            }
        }
        cells.push(row.highlighting.shown().to_owned());
        table.row(&cells);
    }
    table.text().to_owned()
}

/// `5.1 MB in 40 files, the largest 0.3 MB`
fn described(index: Weight) -> String {
    let all = megabytes(index.bytes as f64);
    match index.files {
        1 => format!("{all} in one file"),
        files => format!("{all} in {files} files, the largest {}", megabytes(index.largest as f64)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Row, table};
    use crate::bench::measure::{Cost, Failure};
    use crate::bench::peers::Highlighting;
    use crate::bench::weight::Weight;

    #[test]
    fn rows_are_beside_the_first() {
        let cost = |seconds: u64, megabytes: u64| Cost {
            processor: Duration::from_secs(seconds),
            wall: Duration::from_secs(seconds) / 2,
            memory: megabytes * 1_000_000,
        };
        let mut own = Row::new("livedoc 1.0.0".to_owned(), Highlighting::Built);
        own.costs = Ok(vec![cost(2, 30), cost(3, 30), cost(2, 30)]);
        own.output = Weight { files: 9, bytes: 20_000_000, largest: 0 };
        own.index = Some(Weight { files: 4, bytes: 1_500_000, largest: 500_000 });
        let mut heavy = Row::new("Heavy 2.0".to_owned(), Highlighting::InBrowser);
        heavy.costs = Ok(vec![cost(20, 300)]);
        heavy.output = Weight { files: 9, bytes: 40_000_000, largest: 0 };
        heavy.index = Some(Weight { files: 1, bytes: 9_000_000, largest: 9_000_000 });
        let mut slow = Row::new("Slow 3.0".to_owned(), Highlighting::None);
        slow.costs = Err(Failure::OverLimit(Duration::from_secs(600)));
        let expected = "\
|  | processor s | × | memory MB | × | wall s | output MB | of the input | search index | highlighting |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| livedoc 1.0.0 | 2.00 (2.00–3.00) | 1.00 | 30.0 | 1.00 | 1.00 (1.00–1.50) | 20.0 | 2.00 | 1.50 MB in 4 files, the largest 0.50 MB | yes |
| Heavy 2.0 | 20.0 | 10.0 | 300 | 10.0 | 10.0 | 40.0 | 4.00 | 9.00 MB in one file | in the browser |
| Slow 3.0 | over 600 s | – | – | – | – | – | – | – | no |
";
        assert_eq!(table(&[own, heavy, slow], 10_000_000), expected);
    }
}
