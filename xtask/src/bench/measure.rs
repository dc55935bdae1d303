//! A command -> what it cost: processor time and memory, its children's included.
//!
//! Processor time is what the kernel says when the process has ended (`wait4`): user and system time of it and of every
//! child that it waited for. Memory is the largest resident set of a single process, which the kernel knows exactly; of
//! processes that ran side by side it is the largest sum that was seen, which needs Linux's `/proc`.
//!
//! The kernel counts what the starting process has held as held by the started one (`exec` keeps the mark). So this
//! program must never hold a corpus: all of it passes through page by page.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use wait4::Wait4;

/// How often the memory of a family of processes is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// What a process and its children used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    /// User and system time, of all threads.
    pub(crate) processor: Duration,
    pub(crate) wall: Duration,
    /// Bytes.
    pub(crate) memory: u64,
}

/// Why there is no cost.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// It could not be started.
    NotStarted(String),
    /// It ended with a failure; the last that it said.
    Failed(String),
    /// It was ended after this time.
    OverLimit(Duration),
}

impl Failure {
    /// In a few words, for a table.
    pub(crate) fn in_short(&self) -> String {
        match self {
            Self::NotStarted(_) => "cannot be run".to_owned(),
            Self::Failed(_) => "failed".to_owned(),
            Self::OverLimit(limit) => format!("over {} s", limit.as_secs()),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotStarted(why) | Self::Failed(why) => write!(formatter, "{}: {why}", self.in_short()),
            Self::OverLimit(_) => write!(formatter, "{}", self.in_short()),
        }
    }
}

/// Runs `command` to its end, but no longer than `limit`; what it says goes to the file `log`. It has done what it should
/// if it ends with one of the statuses in `fine`.
pub(crate) fn measure(command: &mut Command, fine: &[i32], limit: Duration, log: &Path) -> Result<Cost, Failure> {
    let not_started = |error: io::Error| Failure::NotStarted(error.to_string());
    let output = File::create(log).map_err(not_started)?;
    let errors = output.try_clone().map_err(not_started)?;
    // A group of its own can be ended with all its children.
    command.stdin(Stdio::null()).stdout(output).stderr(errors).process_group(0);
    let start = Instant::now();
    let mut child = command.spawn().map_err(not_started)?;
    let id = child.id();
    let (sender, ended) = channel();
    let waiting = thread::spawn(move || {
        let used = child.wait4();
        // Whoever asked waits for this.
        let _ = sender.send((used, start.elapsed()));
    });
    let mut family = 0;
    let mut over = false;
    let (used, wall) = loop {
        match ended.recv_timeout(GLANCE) {
            Ok(end) => break end,
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::Failed("it was not waited for".to_owned())),
            Err(RecvTimeoutError::Timeout) => family = family.max(memory_of_family(id)),
        }
        if start.elapsed() > limit && !over {
            over = true;
            end_group(id);
        }
    };
    // It has sent its last word.
    let _ = waiting.join();
    let used = used.map_err(|error| Failure::Failed(error.to_string()))?;
    if over {
        return Err(Failure::OverLimit(limit));
    }
    if !used.status.code().is_some_and(|status| fine.contains(&status)) {
        return Err(Failure::Failed(format!("{}\n{}", used.status, tail(log))));
    }
    let processor = used.rusage.utime + used.rusage.stime;
    Ok(Cost { processor, wall, memory: used.rusage.maxrss.max(family) })
}

fn end_group(id: u32) {
    let group = i32::try_from(id).ok().and_then(Pid::from_raw);
    // One that has just ended needs no ending.
    let _ = group.map(|group| kill_process_group(group, Signal::KILL));
}

/// The resident memory of a process and its children together, if it has children; else 0. A page that two of them share
/// counts twice; but a child that is about to become another program has all of its parent's pages until then, and none of its own.
fn memory_of_family(id: u32) -> u64 {
    let mut waiting = vec![(id, None)];
    let mut members = 0;
    let mut pages = 0;
    while let Some((member, parent)) = waiting.pop() {
        let own = Held::by(member);
        if parent.is_some_and(|parent| own.is_still(&parent)) {
            continue;
        }
        members += 1;
        pages += own.pages;
        let threads = fs::read_dir(format!("/proc/{member}/task")).into_iter().flatten().flatten();
        for thread in threads {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            let children = children.split_whitespace().filter_map(|child| child.parse::<u32>().ok());
            waiting.extend(children.map(|child| (child, Some(own.clone()))));
        }
    }
    if members > 1 { pages * rustix::param::page_size() as u64 } else { 0 }
}

/// What a process holds, and of which program it is.
#[derive(Clone, Debug)]
struct Held {
    pages: u64,
    program: Option<PathBuf>,
}

impl Held {
    fn by(id: u32) -> Self {
        let statm = fs::read_to_string(format!("/proc/{id}/statm")).unwrap_or_default();
        let resident = statm.split(' ').nth(1).and_then(|resident| resident.parse::<u64>().ok());
        Self { pages: resident.unwrap_or_default(), program: fs::read_link(format!("/proc/{id}/exe")).ok() }
    }

    /// Whether it is what its `parent` holds: the two are looked at one after the other.
    fn is_still(&self, parent: &Self) -> bool {
        self.program == parent.program && self.pages.abs_diff(parent.pages) < parent.pages / 16
    }
}

/// The last lines of what was said.
fn tail(log: &Path) -> String {
    let said = fs::read(log).unwrap_or_default();
    let said = String::from_utf8_lossy(&said).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::{Failure, measure};

    fn shell(script: &str, limit: u64) -> Result<super::Cost, Failure> {
        let folder = tempfile::tempdir().expect("a folder for the log");
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        measure(&mut command, &[0], Duration::from_secs(limit), &folder.path().join("log"))
    }

    #[test]
    fn the_time_of_children_counts() {
        let busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        let cost = shell(&format!("sh -c '{busy}'; sh -c '{busy}'; true"), 60).expect("it ends");
        assert!(cost.processor > Duration::from_millis(50), "{cost:?}");
        assert!(cost.wall >= cost.processor / 2, "{cost:?}");
    }

    #[test]
    fn memory_is_the_largest_sum_that_was_held_at_once() {
        // The last bytes are held until there are no more.
        let hold = "(head -c 40000000 /dev/zero; sleep 0.5) | tail -c 40000000 > /dev/null";
        let small = shell("true", 60).expect("it ends").memory;
        let one = shell(hold, 60).expect("it ends").memory;
        let two = shell(&format!("{hold} & {hold}; wait"), 60).expect("it ends").memory;
        assert!(small > 0 && small < 30_000_000, "{small}");
        assert!(one > 40_000_000 && two > one + 30_000_000, "{one} {two}");
    }

    #[test]
    fn what_fails_and_what_never_ends_is_told_apart() {
        assert!(matches!(shell("echo lost >&2; exit 3", 60), Err(Failure::Failed(why)) if why.contains("lost")));
        assert_eq!(shell("sleep 60 & sleep 60", 1), Err(Failure::OverLimit(Duration::from_secs(1))));
        let missing = measure(
            &mut Command::new("no-such-program"),
            &[0],
            Duration::from_secs(1),
            &std::env::temp_dir().join("log"),
        );
        assert!(matches!(missing, Err(Failure::NotStarted(_))));
    }
}
