//! What figures depend on beside the programs: the machine, in one sentence.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// `2 cores of Intel(R) Xeon(R), 24 GB of memory, Linux 6.1.0`
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor =
        fact("/proc/cpuinfo", "model name").unwrap_or_else(|| said("sysctl", &["-n", "machdep.cpu.brand_string"]));
    let bytes: f64 = match fact("/proc/meminfo", "MemTotal") {
        Some(total) => total.trim_end_matches(" kB").parse::<f64>().unwrap_or_default() * 1024.0,
        None => said("sysctl", &["-n", "hw.memsize"]).parse().unwrap_or_default(),
    };
    format!("{cores} cores of {processor}, {:.0} GB of memory, {}", bytes / 1e9, said("uname", &["-sr"]))
}

/// The value behind `name` in a file of lines `name : value`.
fn fact(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(Path::new(file)).ok()?;
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned()).next()
}

/// What a program says, on one line; `unknown` when there is no such program.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output();
    let text =
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().replace('\n', " ")).unwrap_or_default();
    if text.is_empty() { "unknown".to_owned() } else { text }
}

/// The version in what a program says of itself: `hugo v0.168.0-e27a+extended linux/amd64` -> `0.168.0`.
pub(crate) fn version_in(said: &str) -> Option<&str> {
    said.split_whitespace().find_map(|word| {
        let word = word.trim_start_matches('v').trim_end_matches(',');
        let end = word.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(word.len());
        let numbers = &word[..end];
        (word.starts_with(|first: char| first.is_ascii_digit()) && numbers.contains('.')).then_some(numbers)
    })
}

#[cfg(test)]
mod tests {
    use super::{machine, version_in};

    #[test]
    fn versions_are_found_in_what_programs_say() {
        for (said, version) in [
            ("livedoc 0.1.0", Some("0.1.0")),
            ("mdbook v0.5.4", Some("0.5.4")),
            ("0.0.73", Some("0.0.73")),
            ("\u{1b}[95mRunning Hugo 0.168.0 via …\nhugo v0.168.0-e27a6760+extended linux/amd64", Some("0.168.0")),
            ("mkdocs, version 1.6.1 from /usr/lib/python3.11 (Python 3.11)", Some("1.6.1")),
            ("no idea", None),
        ] {
            assert_eq!(version_in(said), version, "{said}");
        }
    }

    #[test]
    fn the_machine_is_described_without_a_date() {
        let machine = machine();
        assert!(machine.contains("cores of") && machine.contains("GB of memory"), "{machine}");
        assert!(!machine.contains('#'), "{machine}");
    }
}
