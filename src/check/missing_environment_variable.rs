//! An environment variable that a document tells people to set and that no code reads.

use std::collections::{BTreeMap, BTreeSet};

use super::citation::block_around;
use super::document::tells_of_now;
use super::elsewhere::words_around;
use super::variable::{Naming, is_document, namespace, namings};
use super::word::{ends, has_word};
use super::{Subject, missing_configuration_variable};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::discover::Question;
use crate::graph::ReadVariables;
use crate::source::{Files, RepoPath, Sources, Span};

/// So many variables of a namespace have to be read before one is missed.
const ENOUGH: usize = 2;

/// What is in names that stand for others.
const PLACEHOLDERS: &[&str] = &["XXX", "YOUR", "FOO", "EXAMPLE", "DUMMY"];

/// Variables of a namespace of which code reads most that documents name, where nothing else in the repository has the name.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let read = ReadVariables::of(&subject.resolved.graph);
    let mut own: BTreeMap<&str, usize> = BTreeMap::new();
    for namespace in read.names.keys().filter_map(|name| namespace(name)) {
        *own.entry(namespace).or_default() += 1;
    }
    own.retain(|_, count| *count >= ENOUGH);
    if own.is_empty() && !read.has_prefixes() {
        return Diagnostics::new();
    }
    let documents = namings(subject);
    let mut found = missing_configuration_variable::missing(subject, &documents, &read);
    let nodes = subject.resolved.graph.nodes().filter(|node| tells_of_now(node));
    let pages: BTreeSet<RepoPath> = nodes.map(|node| node.span.file).collect();
    let put_in: BTreeSet<&str> = documents
        .values()
        .flat_map(|namings| &namings.list)
        .filter(|naming| naming.is_put_in)
        .map(|naming| naming.name.as_str())
        .collect();
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut missing: BTreeMap<&str, Vec<(RepoPath, &Naming)>> = BTreeMap::new();
    for (path, namings) in documents.iter().filter(|(path, _)| pages.contains(path)) {
        for naming in namings.list.iter().filter(|naming| naming.is_code) {
            let name = naming.name.as_str();
            let Some(namespace) = namespace(name).filter(|namespace| own.contains_key(namespace)) else { continue };
            if read.names.contains_key(name) {
                known.entry(namespace).or_default().insert(name);
            } else if !put_in.contains(name) && !read.may_have(name) && !naming.is_past {
                missing.entry(name).or_default().push((*path, naming));
            }
        }
    }
    missing.retain(|name, _| !PLACEHOLDERS.iter().any(|part| name.contains(part)));
    if missing.is_empty() {
        return found;
    }
    let elsewhere = subject.tree.ask(&Elsewhere::of(missing.keys().copied().collect(), read.are_open()));
    missing.retain(|name, _| !elsewhere.contains(*name));
    let missing_of = |own: &str| missing.keys().filter(|name| namespace(name) == Some(own)).count();
    let is_sure = |own: &str| {
        let known = known.get(own).map_or(0, BTreeSet::len);
        known > 0 && known >= missing_of(own)
    };
    let near = NearestNames::new(read.names.keys().map(String::as_str));
    for (name, places) in &missing {
        if !namespace(name).is_some_and(is_sure) {
            continue;
        }
        let longer = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('_'));
        let alike = read.names.keys().map(String::as_str).filter(|other| longer(other, name) || longer(name, other));
        let alike: Vec<&str> = alike.take(3).collect();
        let near = if alike.is_empty() { near.find(name) } else { alike };
        let hint = match near.as_slice() {
            [] => "read it again, or take it out of the text".to_owned(),
            near => did_you_mean(near),
        };
        // Once for a page is enough.
        let mut seen = BTreeSet::new();
        let places = places.iter().filter(|(path, _)| seen.insert(*path));
        let is_of_other = |path: RepoPath, naming: &Naming| {
            is_of_dependency(subject, path, naming) || is_of_package(subject, path, naming)
        };
        for (path, naming) in places.filter(|(path, naming)| !is_of_other(*path, naming)) {
            let message = format!("no code reads the environment variable `{name}`");
            let span = Span::new(*path, naming.range());
            found.push(Diagnostic::new(Code::MissingEnvironmentVariable, message, span).hint(hint.clone()));
        }
    }
    found
}

/// Whether the words around `naming` name a package that the repository depends on, which may read the variable.
fn is_of_dependency(subject: Subject<'_>, path: RepoPath, naming: &Naming) -> bool {
    let Some(file) = subject.tree.source(path) else { return false };
    let block = &file.text()[block_around(file.text(), &naming.range())];
    let is_name = |word: &&str| {
        word.contains(['-', '_'])
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_0123456789".contains(&byte))
    };
    let names: Vec<&str> = block.split('`').skip(1).step_by(2).filter(is_name).collect();
    let declares = |text: &str, name: &str| {
        let begins = [format!("{name} ="), format!("{name}."), format!("\"{name}\":")];
        text.lines().map(str::trim_start).any(|line| begins.iter().any(|begin| line.starts_with(begin.as_str())))
    };
    let manifests = subject.tree.paths().filter(|path| matches!(path.file_name(), "Cargo.toml" | "package.json"));
    let mut manifests = manifests.filter_map(|path| subject.tree.source(path)).filter(|_| !names.is_empty());
    manifests.any(|file| names.iter().any(|name| declares(&file.glance(), name)))
}

/// Whether the section around `naming` is about a package of npm, `@shop/gateway`, that is not of this repository.
fn is_of_package(subject: Subject<'_>, path: RepoPath, naming: &Naming) -> bool {
    let Some(file) = subject.tree.source(path) else { return false };
    let section = words_around(file.text(), &naming.range());
    let is_name =
        |word: &&str| word.strip_prefix('@').is_some_and(|rest| rest.split('/').count() == 2 && !rest.contains(' '));
    let names: Vec<&str> = section.split('`').skip(1).step_by(2).filter(is_name).collect();
    let is_here = |name: &str| {
        let mut manifests = subject.tree.paths().filter(|path| path.file_name() == "package.json");
        let line = format!("\"name\": \"{name}\"");
        manifests.any(|path| subject.tree.source(path).is_some_and(|file| file.text().contains(&line)))
    };
    names.iter().any(|name| !is_here(name))
}

/// Which variables files beside documents have as a word, or put together: `"APP_{name}"`.
#[derive(Clone, PartialEq)]
struct Elsewhere {
    /// Words, each with the variable that it stands for.
    words: BTreeMap<String, String>,
    /// What the names of variables begin with.
    beginnings: BTreeMap<String, Vec<String>>,
}

impl Elsewhere {
    /// For `names`. With `is_open`, behind their namespace in small letters as well, as fields of a structure have them.
    fn of(names: BTreeSet<&str>, is_open: bool) -> Self {
        let mut asked = Self { words: BTreeMap::new(), beginnings: BTreeMap::new() };
        for name in names {
            asked.words.insert(name.to_owned(), name.to_owned());
            for (at, _) in name.match_indices('_') {
                asked.beginnings.entry(name[..=at].to_owned()).or_default().push(name.to_owned());
            }
            if let Some((_, field)) = name.split_once('_').filter(|_| is_open) {
                asked.words.insert(field.trim_start_matches('_').to_lowercase(), name.to_owned());
            }
        }
        asked
    }
}

impl Question for Elsewhere {
    fn concerns(&self, path: RepoPath) -> bool {
        !is_document(path)
    }

    fn answer(&self, bytes: &[u8]) -> BTreeSet<String> {
        // Something is put in behind it.
        let is_begun =
            |name: &str| ends(bytes, name).any(|end| bytes.get(end).is_some_and(|next| b"\"'{$%`<".contains(next)));
        let whole = self.words.iter().filter(|(word, _)| has_word(bytes, word)).map(|(_, name)| name);
        let begun = self.beginnings.iter().filter(|(beginning, _)| is_begun(beginning)).flat_map(|(_, names)| names);
        whole.chain(begun).cloned().collect()
    }
}
