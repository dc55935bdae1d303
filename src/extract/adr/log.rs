//! Which files are decisions, to which log each belongs, and what it is called across the repository.
//!
//! A repository can have many logs, and each counts from one. So a number is a name within its log: the records of
//! one log, the *main* one, are called `adr:0007`; those of the others `adr:<log>/0007`. The main log is that whose
//! folder is named for decisions (before those for RFCs and before those known by content alone), lies highest, and
//! stands first by path: none of which changes when records are added.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::likeness::{Likeness, is_about_the_log};
use super::name::{
    self, RecordName, is_numbered, is_own, own_label, read_labelled, read_name, short_label, without_label,
};
use super::place::{Folders, Place, Sign, is_text_of_folder, sign_of_folder};
use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::extract::Input;
use crate::extract::date::{Orders, Slashes};
use crate::extract::wording::{slug, slug_path};
use crate::source::{NameSet, RepoPath, SourceFile, Sources};

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
    /// Whether its log has another record of its number, which another word counts: `F007` and `0007`.
    pub(super) shares_number: bool,
}

struct Candidate {
    file: Arc<SourceFile>,
    likeness: Arc<Likeness>,
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
        .filter(|path| path.has_extension(&["md", "markdown", "adoc", "asciidoc"]) && !options.exclude.matches(*path))
        .collect();
    let mut folders = Folders::default();
    let mut candidates = by_name(tree, options, &pages, &mut folders);
    if options.paths.is_none() {
        candidates.extend(by_content(tree, &pages, &candidates, &mut folders));
    }
    candidates.retain(|candidate| !candidate.likeness.is_unfilled);
    read_own_labels(&mut candidates);
    split_mixed_logs(&mut candidates);
    name_records(tree, candidates)
}

/// The files in folders that are named for decisions or proposals, those whose own names are, and those that the
/// configuration names.
fn by_name(tree: &SourceTree, options: &ExtractorOptions, pages: &[RepoPath], folders: &mut Folders) -> Vec<Candidate> {
    let mut places: Vec<(RepoPath, Place)> = Vec::new();
    let mut labelled: BTreeMap<(RepoPath, String), Vec<RepoPath>> = BTreeMap::new();
    for &path in pages {
        if let Some(paths) = &options.paths {
            if paths.matches(path) {
                let place = folders.place(path);
                places.push((
                    path,
                    place.unwrap_or(Place { log: path.parent(), sign: Sign::Decisions, stem: path.stem() }),
                ));
            }
        } else if let Some(place) = folders.place(path) {
            places.push((path, place));
        } else if let Some(label) = name::label(path.stem()) {
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
    // Where no file of such a folder is numbered, all of them are called by their words.
    let numbering: BTreeSet<RepoPath> =
        places.iter().filter(|(_, place)| is_numbered(place.stem)).map(|(_, place)| place.log).collect();
    let read = places.into_iter().filter_map(|(path, place)| {
        if is_about_the_log(place.stem) || (!chosen && folders.is_for_templates(path)) {
            return None;
        }
        let name = read_name(place.stem);
        let file = tree.source(path)?;
        let likeness = file.noted::<Likeness>();
        let folder = place.log.file_name().to_lowercase();
        let by_words = matches!(folder.as_str(), "adr" | "adrs" | "rfc" | "rfcs") && !numbering.contains(&place.log);
        let record = chosen
            || name.is_numbered()
            || by_words
            || without_label(place.stem) != place.stem
            || likeness.is_record(&name)
            || (place.sign == Sign::Proposals && likeness.is_proposal());
        let reason = match place.sign {
            _ if chosen => "named in the configuration",
            Sign::Decisions => "in a folder of decisions",
            Sign::Files => "named like a decision",
            Sign::Proposals | Sign::Content => "in a folder of proposals",
        };
        let stem = place.stem.to_lowercase();
        Some((Candidate { file, likeness, log: place.log, sign: place.sign, name, stem, reason }, record))
    });
    with_the_like(read.collect())
}

/// Those that are records; where several pages stand right in a folder for proposals, all of them are.
fn with_the_like(read: Vec<(Candidate, bool)>) -> Vec<Candidate> {
    /// So many are a habit.
    const SEVERAL: usize = 3;
    let is_right_in =
        |candidate: &Candidate| candidate.sign == Sign::Proposals && candidate.file.path().parent() == candidate.log;
    let mut counts: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for (candidate, _) in read.iter().filter(|(candidate, _)| is_right_in(candidate)) {
        *counts.entry(candidate.log).or_default() += 1;
    }
    let is_usual = |candidate: &Candidate| is_right_in(candidate) && counts.get(&candidate.log) >= Some(&SEVERAL);
    let chosen = read.into_iter().filter(|(candidate, is_record)| *is_record || is_usual(candidate));
    chosen.map(|(candidate, _)| candidate).collect()
}

/// Folders of numbered or dated files that read like decisions and are none.
const OF_OTHERS: &[&str] = &[
    "change-requests",
    "cr",
    "crs",
    "diary",
    "epics",
    "journal",
    "journals",
    "meetings",
    "minutes",
    "prd",
    "prds",
    "req",
    "reqs",
    "requirements",
    "sprints",
    "stories",
    "user-stories",
    "worklog",
];

/// The numbered files, or READMEs of numbered folders, of folders in which most of them, and two at least, read like
/// decisions.
fn by_content(tree: &SourceTree, pages: &[RepoPath], known: &[Candidate], places: &mut Folders) -> Vec<Candidate> {
    let known: NameSet<RepoPath> = known.iter().map(|candidate| candidate.file.path()).collect();
    let mut folders: BTreeMap<RepoPath, Vec<(RepoPath, &'static str)>> = BTreeMap::new();
    for &path in pages {
        let (log, stem) = counted_as(path);
        let named = (is_numbered(stem) || short_label(stem).is_some()) && !is_about_the_log(stem);
        if named && !known.contains(&path) && places.place(path).is_none() && !places.is_for_templates(path) {
            folders.entry(log).or_default().push((path, stem));
        }
    }
    let mut candidates = Vec::new();
    let is_log = |folder: RepoPath| !OF_OTHERS.contains(&folder.file_name().to_lowercase().as_str());
    for (log, paths) in folders.into_iter().filter(|(log, paths)| paths.len() > 1 && is_log(*log)) {
        let read = paths.into_iter().filter_map(|(path, stem)| {
            let file = tree.source(path)?;
            let likeness = file.noted::<Likeness>();
            let name = match short_label(stem).filter(|_| !is_numbered(stem)) {
                Some(label) => read_labelled(stem, label),
                None => read_name(stem),
            };
            // Requirements, cases and tasks have labels, too.
            let is_own = name.label.as_deref().is_some_and(is_own);
            let alike = likeness.is_record(&name) && (!is_own || likeness.is_decided() || likeness.is_proposed());
            let alike = alike || likeness.is_of_series(&name);
            let reason = "numbered, with status and decision, among others";
            let stem = stem.to_lowercase();
            // "Step 1" among the numbered ones says nothing about them.
            let counts = alike || !is_own || is_numbered(&stem);
            counts.then_some((Candidate { file, likeness, log, sign: Sign::Content, name, stem, reason }, alike))
        });
        let read: Vec<(Candidate, bool)> = read.collect();
        let alike = read.iter().filter(|(_, alike)| *alike).count();
        if alike > 1 && alike * 2 >= read.len() {
            candidates.extend(read.into_iter().map(|(candidate, _)| candidate));
        }
    }
    candidates
}

/// The folder in which a page may be counted, and the name that may count it: its own, or that of its folder, if it is the text of that.
fn counted_as(path: RepoPath) -> (RepoPath, &'static str) {
    let (stem, folder) = (path.stem(), path.parent());
    let is_text = is_text_of_folder(&stem.to_lowercase()) || stem.eq_ignore_ascii_case(folder.file_name());
    if is_text { (folder.parent(), folder.file_name()) } else { (folder, stem) }
}

/// Numbers the records of logs that call theirs by a word of their own, `dec-7-use-x`: several do, and they are most of the log.
fn read_own_labels(candidates: &mut [Candidate]) {
    let label = |candidate: &Candidate| {
        let is_plain = !candidate.name.is_numbered() && candidate.name.label.is_none();
        is_plain.then(|| own_label(&candidate.stem).map(str::to_owned)).flatten()
    };
    let mut labels: BTreeMap<(RepoPath, String), usize> = BTreeMap::new();
    let mut records: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for candidate in candidates.iter() {
        *records.entry(candidate.log).or_default() += 1;
        if let Some(label) = label(candidate) {
            *labels.entry((candidate.log, label)).or_default() += 1;
        }
    }
    for candidate in candidates {
        let Some(label) = label(candidate) else { continue };
        let (named, all) = (labels.get(&(candidate.log, label.clone())), records.get(&candidate.log));
        if named.zip(all).is_some_and(|(named, all)| *named > 1 && named * 2 >= *all) {
            candidate.name = read_labelled(&candidate.stem, &label);
        }
    }
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
        let orders = records.iter().map(|record| record.likeness.orders);
        let slashes = orders.fold(Orders::default(), Orders::and).slashes();
        let prefix = qualifiers.get(&log).map_or_else(String::new, |qualifier| format!("{qualifier}/"));
        let ids = own_ids(&records);
        let mut counted: BTreeMap<u32, BTreeSet<Option<String>>> = BTreeMap::new();
        for record in &records {
            if let Some(number) = record.name.number {
                counted.entry(number).or_default().insert(record.name.label.clone());
            }
        }
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
                shares_number: record.name.number.is_some_and(|number| counted[&number].len() > 1),
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

/// The id of each record within its log: its number, else its name; both where a number stands twice, and where even that does with
/// the word that counts it, `cps-0003`, or the folders below the log.
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
    let stems = count(&mut records.iter().map(|record| slug(&record.stem)));
    let ids = records.iter().map(|record| {
        let (short, long) = (short(record), long(record));
        if shorts.get(&short) == Some(&1) {
            return short;
        }
        if longs.get(&long) == Some(&1) {
            return long;
        }
        let stem = slug(&record.stem);
        if stems.get(&stem) == Some(&1) && record.name.label.as_deref().is_some_and(is_own) {
            return stem;
        }
        let below = slug_path(folder_of(record).strip_folder(record.log).unwrap_or_default());
        [below, long].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    });
    ids.collect()
}

/// What people call a record: as its file says, or its log's folder.
fn label(record: &Candidate, log: RepoPath) -> Option<String> {
    let folder = log.file_name().to_lowercase();
    let of_folder = ["rfc", "rfd", "kep", "edr", "jep", "pep", "eip"]
        .into_iter()
        .find(|label| folder.trim_end_matches('s') == *label);
    let of_sign = (record.sign == Sign::Decisions).then_some("adr");
    record.name.label.clone().or_else(|| of_folder.or(of_sign).map(str::to_owned))
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
