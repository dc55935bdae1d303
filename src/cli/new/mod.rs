//! `livedoc new KIND TITLE [DIR]`: a page to begin with, where its like already stand and in their style.

mod adr;
mod page;
mod runbook;
mod style;
mod supersession;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::arguments::{Everywhere, New, NewKind};
use super::progress::progress;
use super::report::{Channel, remark, say};
use super::start::{request, start};
use super::today::today;
use super::{Exit, Failure};
use crate::diagnostic::print::Format;
use crate::pipeline::{Earlier, analyse};
use crate::source::RepoPath;

/// A file to be written.
#[derive(Debug, PartialEq, Eq)]
struct Draft {
    path: RepoPath,
    text: String,
    /// Files that are there and what they are to say instead.
    changed: Vec<(RepoPath, String)>,
    /// What is left to the user; empty for nothing.
    remark: String,
}

/// Longer names are cut: some file systems end at 143 bytes.
const LONGEST_SLUG: usize = 80;

pub(super) fn run(command: &New, everywhere: &Everywhere) -> Result<Exit, Failure> {
    if command.alert.is_some() && command.kind != NewKind::Runbook {
        return Err(Failure::usage("`--alert` is for runbooks"));
    }
    let title = command.title.as_ref().or(command.alert.as_ref()).map_or("", String::as_str);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if slug(&title, '-').is_empty() {
        return Err(Failure::usage("a title needs letters or digits"));
    }
    let request = request(&command.dir, everywhere, Vec::new());
    let loaded = match start(&request, everywhere, Format::Human, Channel::Beside)? {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let analysis = {
        let progress = progress(everywhere.quiet);
        analyse(&loaded.project.without_history(), Earlier::NOTHING, progress.as_ref())
    };
    let draft = match (command.kind, &command.alert) {
        (NewKind::Adr, _) => adr::draft(&analysis, &title, &today().to_string(), &command.supersedes)?,
        _ if !command.supersedes.is_empty() => return Err(Failure::usage("only a decision supersedes decisions")),
        (NewKind::Runbook, Some(alert)) => runbook::for_alert(&analysis, alert, &title)?,
        (NewKind::Runbook, None) => runbook::draft(&analysis, &title),
        (NewKind::Guide, _) => page::guide(&analysis, &title),
    };
    let path = draft.path.under(&loaded.project.root);
    write_new(&path, &draft.text)?;
    say(|out| writeln!(out, "{}", path.display()))?;
    for (old, text) in &draft.changed {
        let path = old.under(&loaded.project.root);
        let failed = |error| Failure::machine(format!("`{}` cannot be written: {error}", path.display()));
        let before = std::fs::read_to_string(&path).map_err(failed)?;
        std::fs::write(&path, with_line_ends_of(&before, text)).map_err(failed)?;
        say(|out| writeln!(out, "{}", path.display()))?;
    }
    if !draft.remark.is_empty() && !everywhere.quiet {
        remark(&draft.remark);
    }
    Ok(Exit::Clean)
}

/// Writes a file that does not exist yet, and the folders above it.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::usage(format!("`{}` exists already", path.display())),
        _ => Failure::machine(format!("`{}` cannot be written: {error}", path.display())),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
}

/// `text` with the line ends, and the mark before the first line, that `before` has.
fn with_line_ends_of(before: &str, text: &str) -> String {
    let mark = if before.starts_with('\u{FEFF}') && !text.starts_with('\u{FEFF}') { "\u{FEFF}" } else { "" };
    let has_returns = before.contains("\r\n") && !text.contains('\r');
    if has_returns { format!("{mark}{}", text.replace('\n', "\r\n")) } else { format!("{mark}{text}") }
}

/// `text` as a part of a file name: letters and digits in lower case, with `separator` between words.
fn slug(text: &str, separator: char) -> String {
    let mut slug = String::new();
    for word in text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if slug.is_empty() {
            slug = word.chars().take(LONGEST_SLUG).collect();
        } else if slug.len() + word.len() < LONGEST_SLUG {
            slug.push(separator);
            slug.push_str(&word);
        } else {
            break;
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::{slug, with_line_ends_of};

    #[test]
    fn line_ends() {
        let cases = [("a\r\nb", "x\ny", "x\r\ny"), ("a\nb", "x\ny", "x\ny"), ("\u{FEFF}a", "x", "\u{FEFF}x")];
        for (before, text, expected) in cases {
            assert_eq!(with_line_ends_of(before, text), expected);
        }
    }

    #[test]
    fn slugs() {
        let cases = [
            ("Use PostgreSQL 16!", "use-postgresql-16"),
            ("  ../../etc/passwd ", "etc-passwd"),
            ("Größe & Übersicht", "größe-übersicht"),
            ("?!", ""),
        ];
        for (title, expected) in cases {
            assert_eq!(slug(title, '-'), expected);
        }
        assert!(slug(&"word ".repeat(100), '-').len() <= 80);
        assert!(slug(&"w".repeat(1000), '-').len() <= 80);
    }
}
