//! One step of the tests: a program that is run, the tests that its output counts, and the time it took.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// What became of a step.
pub(crate) struct Outcome {
    pub(crate) name: &'static str,
    pub(crate) tally: Tally,
    pub(crate) took: Duration,
}

impl Tally {
    /// One passed or one failed.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: usize::from(passed), failed: usize::from(!passed) }
    }

    /// What a program's output and its status say together: the tests it counted; or the step itself as one test, when
    /// it counted none, or when it failed although no test did.
    fn of(output: &str, succeeded: bool) -> Self {
        let mut tally = output.lines().filter_map(counted).fold(Self::default(), Self::plus);
        if tally == Self::default() {
            tally = Self::one(succeeded);
        } else if !succeeded && tally.failed == 0 {
            tally.failed = 1;
        }
        tally
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// The counts in a line of libtest (`test result: ok. 3 passed; 0 failed; …`) or of node's test runner (`# pass 3`).
fn counted(line: &str) -> Option<Tally> {
    let number = |text: &str| text.trim().parse().ok();
    if let Some(rest) = line.strip_prefix("test result: ") {
        let (_, counts) = rest.split_once(". ")?;
        let mut counts = counts.split("; ");
        let passed = number(counts.next()?.strip_suffix(" passed")?)?;
        let failed = number(counts.next()?.strip_suffix(" failed")?)?;
        return Some(Tally { passed, failed });
    }
    let node = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    if let Some(passed) = node.strip_prefix("pass ") {
        return Some(Tally { passed: number(passed)?, failed: 0 });
    }
    Some(Tally { passed: 0, failed: number(node.strip_prefix("fail ").or_else(|| node.strip_prefix("cancelled "))?)? })
}

/// Runs `work` as the step `name`.
pub(crate) fn step(name: &'static str, work: impl FnOnce() -> Tally) -> Outcome {
    println!("--- {name}");
    let start = Instant::now();
    let tally = work();
    let outcome = Outcome { name, tally, took: start.elapsed() };
    println!("    {}", outcome.line());
    outcome
}

/// Runs the program to its end and shows what it prints.
pub(crate) fn run(command: &mut Command) -> Tally {
    println!("    $ {}", written(command));
    match output(command) {
        Ok((output, succeeded)) => Tally::of(&output, succeeded),
        Err(error) => {
            println!("    cannot run it: {error}");
            Tally::one(false)
        }
    }
}

/// The program's standard output, shown while it comes, and whether it succeeded.
fn output(command: &mut Command) -> std::io::Result<(String, bool)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut output = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            // Somebody who closed the pipe does not want to read on; the tests still count.
            let _ = writeln!(std::io::stdout(), "{line}");
            output.push_str(&line);
            output.push('\n');
        }
    }
    Ok((output, child.wait()?.success()))
}

fn written(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

impl Outcome {
    /// `formatting: 1 passed, 0 failed in 1.2 s`
    pub(crate) fn line(&self) -> String {
        let Tally { passed, failed } = self.tally;
        format!("{}: {passed} passed, {failed} failed in {:.1} s", self.name, self.took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn tests_are_counted_from_output_and_status() {
        let libtest = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                       test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        let cases = [
            (libtest, false, (4, 2)),
            ("ok 1 - search\n# tests 5\n# pass 4\n# fail 1\n# cancelled 0\n", false, (4, 1)),
            ("ℹ pass 4\nℹ fail 0\n", true, (4, 0)),
            ("test result: ok. 3 passed; 0 failed; 0 ignored\n", false, (3, 1)),
            ("Finished", true, (1, 0)),
            ("error", false, (0, 1)),
        ];
        for (output, succeeded, (passed, failed)) in cases {
            assert_eq!(Tally::of(output, succeeded), Tally { passed, failed }, "{output}");
        }
    }
}
