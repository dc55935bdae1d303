//! Which files are decisions, to which log each belongs, and what it is called across the repository.
//!
//! A repository can have many logs, and each counts from one. So a number is a name within its log: the records of
//! one log, the *main* one, are called `adr:0007`; those of the others `adr:<log>/0007`. The main log is that whose
//! folder is named for decisions (before those for RFCs and before those known by content alone), lies highest, and
//! stands first by path: none of which changes when records are added.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::name::{RecordName, read_name, without_label};
use super::outline::{Section, outline};
use super::statement::read_statements;
use super::template::{is_about_the_log, is_unfilled, reads_like_a_record};
use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::extract::date::{Slashes, order_in};
use crate::extract::wording::{slug, slug_path};
use crate::extract::{Input, front_matter};
use crate::source::{RepoPath, SourceFile, Sources};

/// What the tree tells about one record.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The folder of its log.
    pub(super) log: RepoPath,
    /// The name behind `adr:`.
    pub(super) id: String,
    /// Its address below the section's: `0007-use-postgresql`, `packages/core/0003-x`.
    pub(super) route: String,
    /// What its log calls a record: `adr`, `rfc`, `kep`. `None` where neither files nor folder tell.
    pub(super) label: Option<String>,
    /// What its file's or folder's name says.
    pub(super) name: RecordName,
    /// That name itself, in lower case.
    pub(super) stem: String,
    /// Under which heading it is listed: the log's folder, where there are several, and the folders below it.
    pub(super) group: String,
    /// How its log writes dates.
    pub(super) slashes: Slashes,
}

/// How sure it is that a folder is a log; the surer ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// It is named for decisions.
    Decisions,
    /// Its files are: `adr-007-…`.
    Files,
    /// It is named for proposals, which a team decides on.
    Proposals,
    /// Its files are numbered and read like decisions.
    Content,
}

struct Candidate {
    file: Arc<SourceFile>,
    log: RepoPath,
    sign: Sign,
    name: RecordName,
    stem: String,
    reason: &'static str,
}

/// The decisions among the files of `tree`, by log and path.
pub(super) fn find_records(tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
    let pages: Vec<RepoPath> = tree
        .files()
        .filter(|path| path.has_extension(&["md", "markdown"]) && !options.exclude.matches(*path))
        .collect();
    let mut candidates = by_name(tree, options, &pages);
    if options.paths.is_none() {
        candidates.extend(by_content(tree, &pages, &candidates));
    }
    candidates.retain(|candidate| !is_template(&candidate.file));
    split_mixed_logs(&mut candidates);
    name_records(tree, candidates)
}

fn is_template(file: &SourceFile) -> bool {
    is_unfilled(file.text(), front_matter::end(file.text()))
}

/// Where a file stands: the folder that is the log, and the part of its path below it that names the record.
struct Place {
    log: RepoPath,
    sign: Sign,
    stem: &'static str,
}

/// The files in folders that are named for decisions or proposals, those whose own names are, and those that the
/// configuration names.
fn by_name(tree: &SourceTree, options: &ExtractorOptions, pages: &[RepoPath]) -> Vec<Candidate> {
    let mut places: Vec<(RepoPath, Place)> = Vec::new();
    let mut labelled: BTreeMap<(RepoPath, String), Vec<RepoPath>> = BTreeMap::new();
    for &path in pages {
        if let Some(paths) = &options.paths {
            if paths.matches(path) {
                let place = place_in_folder(path);
                places.push((
                    path,
                    place.unwrap_or(Place { log: path.parent(), sign: Sign::Decisions, stem: path.stem() }),
                ));
            }
        } else if let Some(place) = place_in_folder(path) {
            places.push((path, place));
        } else if let Some(label) = read_name(path.stem()).label {
            labelled.entry((path.parent(), label)).or_default().push(path);
        }
    }
    for ((folder, label), paths) in labelled {
        // One file called `rfc-7231-…` is about somebody else's; several are a log.
        if paths.len() > 1 || matches!(label.as_str(), "adr" | "edr" | "tdr") {
            let place = |path: RepoPath| Place { log: folder, sign: Sign::Files, stem: path.stem() };
            places.extend(paths.into_iter().map(|path| (path, place(path))));
        }
    }
    places.sort_by_key(|(path, _)| *path);
    let chosen = options.paths.is_some();
    // Where no file of a folder for decisions is numbered, all of them are called by their words.
    let numbering: BTreeSet<RepoPath> =
        places.iter().filter(|(_, place)| read_name(place.stem).is_numbered()).map(|(_, place)| place.log).collect();
    let candidates = places.into_iter().filter_map(|(path, place)| {
        if is_about_the_log(place.stem) || path.folders().any(is_template_folder) {
            return None;
        }
        let name = read_name(place.stem);
        let file = tree.source(path)?;
        let folder = place.log.file_name().to_lowercase();
        let by_words = matches!(folder.as_str(), "adr" | "adrs") && !numbering.contains(&place.log);
        let record = chosen
            || name.is_numbered()
            || by_words
            || without_label(place.stem) != place.stem
            || reads_like_a_record(file.text(), front_matter::end(file.text()), &name);
        let reason = match place.sign {
            _ if chosen => "named in the configuration",
            Sign::Decisions => "in a folder of decisions",
            Sign::Files => "named like a decision",
            Sign::Proposals | Sign::Content => "in a folder of proposals",
        };
        let stem = place.stem.to_lowercase();
        record.then(|| Candidate { file, log: place.log, sign: place.sign, name, stem, reason })
    });
    candidates.collect()
}

/// The place of a file below a folder whose name says what is in it: the innermost such folder.
fn place_in_folder(path: RepoPath) -> Option<Place> {
    let folders: Vec<&'static str> = path.folders().collect();
    let (depth, sign) = folders
        .iter()
        .enumerate()
        .rev()
        .find_map(|(depth, folder)| sign_of_folder(folder).map(|sign| (depth, sign)))?;
    let log = RepoPath::new(&folders[..=depth].join("/"))?;
    // A folder with a number is one record, with its README as the text and the rest beside it.
    let stem = match folders[depth + 1..].iter().position(|folder| read_name(folder).is_numbered()) {
        Some(position) => {
            let own = folders[depth + 1 + position];
            let is_text = folders.len() == depth + 2 + position
                && (matches!(path.stem().to_lowercase().as_str(), "readme" | "index") || path.stem() == own);
            return is_text.then_some(Place { log, sign, stem: own });
        }
        None => path.stem(),
    };
    Some(Place { log, sign, stem })
}

fn sign_of_folder(name: &str) -> Option<Sign> {
    let name = name.to_lowercase().replace(['_', ' '], "-");
    match name.as_str() {
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
        "rfc" | "rfcs" | "rfd" | "rfds" | "kep" | "keps" | "enhancements" | "proposals" => Some(Sign::Proposals),
        _ => None,
    }
}

fn is_template_folder(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "template" | "templates" | "assets" | "images" | "examples")
}

/// The numbered files, or READMEs of numbered folders, of folders in which most of them, and two at least, read like
/// decisions.
fn by_content(tree: &SourceTree, pages: &[RepoPath], known: &[Candidate]) -> Vec<Candidate> {
    let known: BTreeSet<RepoPath> = known.iter().map(|candidate| candidate.file.path()).collect();
    let mut folders: BTreeMap<RepoPath, Vec<(RepoPath, &'static str)>> = BTreeMap::new();
    for &path in pages {
        let is_readme = path.stem().eq_ignore_ascii_case("readme");
        let (log, stem) = match is_readme {
            true => (path.parent().parent(), path.parent().file_name()),
            false => (path.parent(), path.stem()),
        };
        let named = read_name(stem).is_numbered() && !is_about_the_log(stem);
        if named && !known.contains(&path) && place_in_folder(path).is_none() && !path.folders().any(is_template_folder)
        {
            folders.entry(log).or_default().push((path, stem));
        }
    }
    let mut candidates = Vec::new();
    for (log, paths) in folders.into_iter().filter(|(_, paths)| paths.len() > 1) {
        let read = paths.into_iter().filter_map(|(path, stem)| {
            let (file, name) = (tree.source(path)?, read_name(stem));
            let alike = reads_like_a_record(file.text(), front_matter::end(file.text()), &name);
            let reason = "numbered, with status and decision, among others";
            let candidate = Candidate { file, log, sign: Sign::Content, name, stem: stem.to_lowercase(), reason };
            Some((candidate, alike))
        });
        let read: Vec<(Candidate, bool)> = read.collect();
        let alike = read.iter().filter(|(_, alike)| *alike).count();
        if alike > 1 && alike * 2 >= read.len() {
            candidates.extend(read.into_iter().map(|(candidate, _)| candidate));
        }
    }
    candidates
}

/// Where the folders below a log each count from one, each is a log of its own.
fn split_mixed_logs(candidates: &mut [Candidate]) {
    let mut folders: BTreeMap<(RepoPath, u32), BTreeSet<RepoPath>> = BTreeMap::new();
    let mut numbered: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for candidate in candidates.iter() {
        if let Some(number) = candidate.name.number {
            folders.entry((candidate.log, number)).or_default().insert(folder_of(candidate));
            *numbered.entry(candidate.log).or_default() += 1;
        }
    }
    let mut shared: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for ((log, _), folders) in folders {
        if folders.len() > 1 {
            *shared.entry(log).or_default() += folders.len();
        }
    }
    for candidate in candidates {
        let (shared, all) = (shared.get(&candidate.log).copied(), numbered.get(&candidate.log).copied());
        if shared.unwrap_or(0) * 4 > all.unwrap_or(0) {
            candidate.log = folder_of(candidate);
        }
    }
}

/// The folder in which a record is counted: its file's, or that of its own folder.
fn folder_of(candidate: &Candidate) -> RepoPath {
    let folder = candidate.file.path().parent();
    let own = folder.file_name().eq_ignore_ascii_case(&candidate.stem) && folder != candidate.log;
    if own { folder.parent() } else { folder }
}

fn name_records(tree: &SourceTree, candidates: Vec<Candidate>) -> Vec<Input<About>> {
    let mut logs: BTreeMap<RepoPath, Vec<Candidate>> = BTreeMap::new();
    for candidate in candidates {
        logs.entry(candidate.log).or_default().push(candidate);
    }
    let rank = |(log, records): &(&RepoPath, &Vec<Candidate>)| {
        (records.iter().map(|record| record.sign).min(), log.as_str().matches('/').count(), **log)
    };
    let main = logs.iter().min_by_key(rank).map(|(log, _)| *log);
    let qualifiers = qualifiers(logs.keys().copied().filter(|log| Some(*log) != main).collect());
    let several = logs.len() > 1;
    let mut inputs = Vec::new();
    for (log, records) in logs {
        let slashes = order_in(records.iter().flat_map(|record| stated_dates(record.file.text())));
        let prefix = qualifiers.get(&log).map_or_else(String::new, |qualifier| format!("{qualifier}/"));
        let ids = own_ids(&records);
        for (record, own) in records.into_iter().zip(ids) {
            let below = folder_of(&record).strip_folder(log).unwrap_or_default();
            let route = [slug_path(below), slug(&record.stem)].into_iter().filter(|part| !part.is_empty());
            let group = [log.as_str(), below].into_iter().skip(usize::from(!several)).filter(|part| !part.is_empty());
            let about = About {
                log,
                id: format!("{prefix}{own}"),
                route: format!("{prefix}{}", route.collect::<Vec<_>>().join("/")),
                group: group.collect::<Vec<_>>().join("/"),
                label: label(&record, log),
                name: record.name,
                stem: record.stem,
                slashes,
            };
            let beside = record.file.path().parent().join("kep.yaml").and_then(|path| tree.source(path));
            let files = std::iter::once(record.file).chain(beside).collect();
            inputs.push(Input { files, reason: record.reason, about });
        }
    }
    inputs
}

/// The id of each record within its log: its number, else its name; both where a number stands twice, and with the
/// folders below the log where even that does.
fn own_ids(records: &[Candidate]) -> Vec<String> {
    let short =
        |record: &Candidate| record.name.number.map_or_else(|| slug(&record.stem), |number| format!("{number:04}"));
    let long = |record: &Candidate| match record.name.number {
        Some(number) => format!("{number:04}-{}", slug(&record.name.words)).trim_end_matches('-').to_owned(),
        None => slug(&record.stem),
    };
    let count = |ids: &mut dyn Iterator<Item = String>| {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        ids.for_each(|id| *count.entry(id).or_default() += 1);
        count
    };
    let (shorts, longs) = (count(&mut records.iter().map(short)), count(&mut records.iter().map(long)));
    let ids = records.iter().map(|record| {
        let (short, long) = (short(record), long(record));
        if shorts.get(&short) == Some(&1) {
            return short;
        }
        if longs.get(&long) == Some(&1) {
            return long;
        }
        let below = slug_path(folder_of(record).strip_folder(record.log).unwrap_or_default());
        [below, long].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    });
    ids.collect()
}

/// What people call a record: as its file says, or its log's folder.
fn label(record: &Candidate, log: RepoPath) -> Option<String> {
    let folder = log.file_name().to_lowercase();
    let of_folder = ["rfc", "rfd", "kep", "edr"].into_iter().find(|label| folder.trim_end_matches('s') == *label);
    let of_sign = (record.sign == Sign::Decisions).then_some("adr");
    record.name.label.clone().or_else(|| of_folder.or(of_sign).map(str::to_owned))
}

/// Every date that `text` states for itself, as written.
fn stated_dates(text: &str) -> Vec<&str> {
    let sections = outline(text, front_matter::end(text));
    let lines: Vec<_> = sections.iter().take(2).flat_map(|section| section.lines.iter().copied()).collect();
    let stated = read_statements(text, &lines).into_iter().filter(|statement| statement.name.contains("date"));
    let dated = |section: &&Section<'_>| ["date", "status"].contains(&section.title.to_lowercase().as_str());
    let below = sections.iter().filter(dated).flat_map(|section| &section.lines).map(|line| line.text);
    stated.map(|statement| &text[statement.value]).chain(below).collect()
}

/// A short name for each log: its path without the parts that every log has, where that tells them apart.
fn qualifiers(logs: BTreeSet<RepoPath>) -> BTreeMap<RepoPath, String> {
    const COMMON: [&str; 6] = ["docs", "doc", "documentation", "architecture", "text", "src"];
    let short = |log: RepoPath| {
        let parts = log.as_str().split('/').filter(|part| !part.is_empty());
        let telling: Vec<String> = parts
            .filter(|part| {
                !COMMON.contains(&part.to_lowercase().as_str()) && sign_of_folder(part) != Some(Sign::Decisions)
            })
            .map(slug)
            .collect();
        telling.join("/")
    };
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for &log in &logs {
        *count.entry(short(log)).or_default() += 1;
    }
    logs.into_iter()
        .map(|log| {
            let name = short(log);
            let unique = !name.is_empty() && count.get(&name) == Some(&1);
            let whole = || log.as_str().split('/').map(slug).collect::<Vec<_>>().join("/");
            (log, if unique { name } else { whole() })
        })
        .collect()
}
