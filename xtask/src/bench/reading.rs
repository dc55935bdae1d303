//! A repository -> what livedoc's reading of it and its site cost, run by run.

use std::path::Path;
use std::process::Command;
use std::{fs, io, str};

use super::Bench;
use super::measure::{Cost, measure};
use super::spread::Spread;
use crate::livedoc::{FINE, remove};

/// What runs on one repository came to.
#[derive(Default)]
pub(super) struct Reading {
    /// Seconds of processor time that extraction took.
    extractions: Vec<f64>,
    pub(super) checks: Vec<Cost>,
    pub(super) builds: Vec<Cost>,
}

impl Reading {
    /// Checks `repository` and builds it into the folder `site`, each once and with nothing left from before. What is said
    /// meanwhile goes to the file `log`.
    ///
    /// # Errors
    /// livedoc cannot be run, or fails.
    pub(super) fn once(&mut self, bench: &Bench<'_>, repository: &Path, site: &Path, log: &Path) -> io::Result<()> {
        let livedoc = |words: &[&str]| {
            let mut command = Command::new(bench.livedoc.program());
            command.arg("--no-cache").args(words).current_dir(repository);
            command
        };
        let run = |command: &mut Command| {
            measure(command, FINE, bench.arguments.limit, log).map_err(|failure| io::Error::other(failure.to_string()))
        };
        self.checks.push(run(&mut livedoc(&["check", "--timings"]))?);
        let said = fs::read(log)?;
        let extraction = extraction_in(str::from_utf8(&said).unwrap_or_default());
        self.extractions.push(extraction.ok_or_else(|| io::Error::other("it did not say what extraction costs"))?);
        remove(site)?;
        self.builds.push(run(livedoc(&["build", "--output-dir"]).arg(site))?);
        Ok(())
    }

    /// Seconds of processor time that extraction took; `None` before the first run.
    pub(super) fn extraction(&self) -> Option<Spread> {
        Spread::of(self.extractions.clone())
    }
}

/// Seconds of processor time.
pub(super) fn processor(costs: &[Cost]) -> Option<Spread> {
    Spread::of_times(costs.iter().map(|cost| cost.processor))
}

/// Seconds on the clock.
pub(super) fn wall(costs: &[Cost]) -> Option<Spread> {
    Spread::of_times(costs.iter().map(|cost| cost.wall))
}

/// Millions of bytes that were held at once.
pub(super) fn memory(costs: &[Cost]) -> Option<Spread> {
    Spread::of(costs.iter().map(|cost| cost.memory as f64 / 1e6))
}

/// The seconds of processor time in the row `extract` of what `--timings` prints.
fn extraction_in(said: &str) -> Option<f64> {
    let row = said.lines().find_map(|line| line.strip_prefix("extract "))?;
    row.split_whitespace().next()?.parse::<f64>().ok().map(|milliseconds| milliseconds / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::extraction_in;

    #[test]
    fn the_cost_of_extraction_is_in_the_timings() {
        let said = "stage        processor ms    wall ms\nclaim  245.0  257.3 1995\nextract            1353.3     2367.8        237\n";
        assert_eq!(extraction_in(said), Some(1.3533));
        assert_eq!(extraction_in("checked 3 pages"), None);
    }
}
