//! livedoc on more and more pages and nodes -> what one of them costs.

use std::path::Path;
use std::{fs, io};

use corpus::File;

use super::Bench;
use super::measure::measure;
use super::spread::{Spread, grouped, number};
use super::text::Text;
use super::weight::Weight;
use crate::livedoc::{self, FINE, OUTPUT, nodes_in};
use crate::table::Table;

const USUAL_SIZES: [usize; 4] = [1_000, 5_000, 10_000, 50_000];

/// What there is more and more of.
#[derive(Clone, Copy)]
enum Kind {
    Pages,
    Code,
    Specifications,
}

/// What one size came to.
struct Point {
    nodes: u64,
    input: u64,
    processor: Spread,
    memory: Spread,
    output: u64,
}

/// One table: pages of each corpus, nodes of code and of specifications, each at all sizes.
///
/// # Errors
/// A corpus cannot be read or laid out, or livedoc cannot build it.
pub(crate) fn table(bench: &Bench<'_>) -> io::Result<String> {
    let mut table = Table::with_heads(&[
        "",
        "input MB",
        "processor s",
        "ms each",
        "× the first",
        "memory MB",
        "KB each",
        "KB for each more",
        "output KB each",
    ]);
    let sizes = bench.arguments.pages_or(&USUAL_SIZES);
    for (kind, label) in
        [(Kind::Pages, "pages"), (Kind::Code, "nodes from code"), (Kind::Specifications, "nodes from OpenAPI")]
    {
        let mut points: Vec<Point> = Vec::new();
        for size in &sizes {
            points.push(measured(bench, kind, *size)?);
            if let Some((first, point)) = points.first().zip(points.last()) {
                table.row(&row(label, first, point));
            }
        }
    }
    Ok(format!(
        "livedoc {} on {}; full builds with nothing left from before, the median of {}.\n\n{}",
        bench.version,
        bench.machine,
        bench.arguments.runs,
        table.text()
    ))
}

fn measured(bench: &Bench<'_>, kind: Kind, size: usize) -> io::Result<Point> {
    let folder = bench.folder()?;
    let root = folder.path().join("repository");
    livedoc::make_root(&root)?;
    let input = lay_out(bench, &root, kind, size)?;
    let log = folder.path().join("log");
    let mut costs = Vec::new();
    for _ in 0..bench.arguments.runs {
        livedoc::clean(&root)?;
        let cost = measure(&mut bench.livedoc.build(&root), FINE, bench.arguments.limit, &log);
        costs.push(cost.map_err(|failure| io::Error::other(failure.to_string()))?);
    }
    let said = fs::read_to_string(&log)?;
    let silent = || io::Error::other(format!("it did not say how many nodes there are: {said}"));
    let point = Point {
        nodes: nodes_in(&said).ok_or_else(silent)?,
        input,
        processor: Spread::of_times(costs.iter().map(|cost| cost.processor)).ok_or_else(silent)?,
        memory: Spread::of(costs.iter().map(|cost| cost.memory as f64)).ok_or_else(silent)?,
        output: Weight::of(&root.join(OUTPUT), |_| true)?.bytes,
    };
    eprintln!("{} nodes: {:.2} s", grouped(point.nodes), point.processor.median);
    Ok(point)
}

/// Writes `size` things of `kind`; their bytes.
fn lay_out(bench: &Bench<'_>, root: &Path, kind: Kind, size: usize) -> io::Result<u64> {
    match kind {
        Kind::Code => corpus::write(root, corpus::crates(size)),
        Kind::Specifications => corpus::write(root, corpus::specifications(size)),
        Kind::Pages => {
            let mut bytes = 0;
            for page in Text::open(&bench.arguments.corpora[0], size)?.pages() {
                let page = page?;
                bytes += corpus::write(&root.join("docs"), [File { text: page.text(), path: page.path }])?;
            }
            Ok(bytes)
        }
    }
}

fn row(label: &str, first: &Point, point: &Point) -> Vec<String> {
    let each = |point: &Point| point.processor.median / point.nodes as f64;
    let kilobytes = |bytes: f64, nodes: u64| number(bytes / 1e3 / nodes as f64);
    let more = match point.nodes.saturating_sub(first.nodes) {
        0 => "–".to_owned(),
        more => kilobytes(point.memory.median - first.memory.median, more),
    };
    vec![
        format!("{} {label}", grouped(point.nodes)),
        number(point.input as f64 / 1e6),
        point.processor.shown(number),
        number(each(point) * 1e3),
        number(each(point) / each(first)),
        number(point.memory.median / 1e6),
        kilobytes(point.memory.median, point.nodes),
        more,
        kilobytes(point.output as f64, point.nodes),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Point, row};
    use crate::bench::spread::Spread;

    #[test]
    fn what_one_costs_is_beside_the_smallest() {
        let point = |nodes: u64, seconds: f64, megabytes: f64| Point {
            nodes,
            input: nodes * 5_000,
            processor: Spread { median: seconds, least: seconds, most: seconds },
            memory: Spread { median: megabytes * 1e6, least: 0.0, most: 0.0 },
            output: nodes * 12_000,
        };
        let (first, last) = (point(1_000, 0.4, 50.0), point(10_000, 4.4, 140.0));
        let cells = |point: &Point| row("pages", &first, point).join(" | ");
        assert_eq!(cells(&first), "1,000 pages | 5.00 | 0.40 | 0.40 | 1.00 | 50.0 | 50.0 | – | 12.0");
        assert_eq!(cells(&last), "10,000 pages | 50.0 | 4.40 | 0.44 | 1.10 | 140 | 14.0 | 10.0 | 12.0");
    }
}
