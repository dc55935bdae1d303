//! Where a record stands: the folder that is its log, and the part of its path that names it.

use super::name::is_numbered;
use super::series::is_series;
use crate::source::{NameMap, RepoPath};

/// How sure it is that a folder is a log; the surer ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// It is named for decisions.
    Decisions,
    /// Its files are: `adr-007-…`.
    Files,
    /// It is named for proposals, which a team decides on.
    Proposals,
    /// Its files are numbered and read like decisions.
    Content,
}

/// The place of one file.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) log: RepoPath,
    pub(super) sign: Sign,
    pub(super) stem: &'static str,
}

/// What folders say, each judged once for all files in it.
#[derive(Default)]
pub(super) struct Folders(NameMap<RepoPath, Folder>);

#[derive(Clone, Copy)]
struct Folder {
    log: Option<LogFolder>,
    is_for_templates: bool,
}

/// A folder in one whose name says what is in it.
#[derive(Clone, Copy)]
struct LogFolder {
    /// The innermost such folder.
    log: RepoPath,
    sign: Sign,
    /// For a folder in the one of a single record: that one's name.
    record: Option<&'static str>,
    /// Whether it is that one itself.
    is_record: bool,
}

impl Folders {
    /// The place of a file below a folder whose name says what is in it. `None` elsewhere, and for what belongs to a record
    /// without being its text.
    pub(super) fn place(&mut self, path: RepoPath) -> Option<Place> {
        let LogFolder { log, sign, record, is_record } = self.of(path).log?;
        let Some(own) = record else { return Some(Place { log, sign, stem: path.stem() }) };
        // A folder with a number is one record, with its README as the text and the rest beside it.
        let stem = path.stem();
        let is_text = is_record && (is_text_of_folder(&stem.to_lowercase()) || stem == own);
        is_text.then_some(Place { log, sign, stem: own })
    }

    /// Whether a file is in a folder of templates, or of what pages show.
    pub(super) fn is_for_templates(&mut self, path: RepoPath) -> bool {
        self.of(path).is_for_templates
    }

    fn of(&mut self, path: RepoPath) -> Folder {
        *self.0.entry(path.parent()).or_insert_with_key(|folder| Folder {
            log: log_folder(*folder),
            is_for_templates: folder.parts().any(is_template_folder),
        })
    }
}

/// Whether a file of that stem, in lower case, is the text of a record that has a folder to itself.
pub(super) fn is_text_of_folder(stem: &str) -> bool {
    matches!(stem, "readme" | "index" | "adr" | "rfc" | "proposal") || is_series(stem)
}

fn log_folder(folder: RepoPath) -> Option<LogFolder> {
    let names: Vec<&'static str> = folder.parts().collect();
    let signs = names.iter().enumerate().rev();
    let (depth, sign) = signs.filter_map(|(depth, name)| Some((depth, sign_of_folder(name)?))).next()?;
    let log = RepoPath::new(&names[..=depth].join("/"))?;
    let below = &names[depth + 1..];
    let position = below.iter().position(|name| is_numbered(name));
    let is_record = position.is_some_and(|position| position + 1 == below.len());
    Some(LogFolder { log, sign, record: position.map(|position| below[position]), is_record })
}

/// What the name of a folder says.
pub(super) fn sign_of_folder(name: &str) -> Option<Sign> {
    let name = name.to_lowercase().replace(['_', ' '], "-");
    // arc42 numbers its chapters.
    match name.trim_start_matches(|first: char| first.is_ascii_digit()).trim_start_matches('-') {
        "adr"
        | "adrs"
        | "edr"
        | "edrs"
        | "decisions"
        | "decision-records"
        | "decision-record"
        | "decision-log"
        | "architecture-decisions"
        | "architectural-decisions"
        | "architecture-decision-records"
        | "architecture-decision-record"
        | "architectural-decision-records"
        | "architecture-decision-log"
        | "adr-log"
        | "design-decisions"
        | "technical-decisions" => Some(Sign::Decisions),
        "rfc" | "rfcs" | "rfd" | "rfds" | "kep" | "keps" | "jep" | "jeps" | "pep" | "peps" | "enhancements"
        | "proposals" => Some(Sign::Proposals),
        _ => None,
    }
}

/// Whether a folder holds what is no part of the repository's own documentation, or of the log: forms, pictures, examples, test data, reviews,
/// entries of a changelog, which may lie in `enhancements`.
fn is_template_folder(name: &str) -> bool {
    matches!(
        name.to_lowercase().replace('_', "-").trim_matches('-'),
        "template"
            | "templates"
            | "changelog"
            | "changelogs"
            | "unreleased"
            | "review"
            | "reviews"
            | "assets"
            | "images"
            | "example"
            | "examples"
            | "test"
            | "tests"
            | "testdata"
            | "test-data"
            | "fixture"
            | "fixtures"
            | "integration-tests"
    )
}
