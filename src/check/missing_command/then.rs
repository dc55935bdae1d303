//! What pages name, and the history of git -> what of it was declared while they named it.

use std::collections::BTreeSet;

use super::declarations::ends_with;
use super::snapshot::Snapshot;
use super::{Naming, Subject, Tool};
use crate::check::written::{Words, written_at};
use crate::discover::Moment;
use crate::graph::{Named, Thing};
use crate::source::RepoPath;

/// So many files of the past are read for a name at a moment, those next to its page first.
const MOST_FILES: usize = 100;

/// Something that a page names.
pub(super) type Name<'a> = (RepoPath, Thing, &'a str);

/// Those of `namings` that a file declared while they stood on their pages: they were meant, and are no more. Without a history nobody
/// can tell.
pub(super) fn declared_then<'a>(
    subject: Subject<'_>,
    paths: &[RepoPath],
    namings: &[(&'a Naming<'_>, Tool)],
) -> BTreeSet<Name<'a>> {
    let Ok(history) = subject.history else { return BTreeSet::new() };
    if namings.is_empty() {
        return BTreeSet::new();
    }
    let words = |naming: &Naming<'_>| Words { page: naming.page.span.file, text: naming.named.name.clone() };
    let written = written_at(subject, history, namings.iter().map(|(naming, _)| words(naming)).collect());
    let ever: BTreeSet<RepoPath> = paths.iter().copied().chain(history.gone_paths()).collect();
    let asked: Vec<(&Naming<'_>, Tool, Vec<RepoPath>)> =
        namings.iter().map(|(naming, tool)| (*naming, *tool, may_declare(naming, *tool, &ever))).collect();
    let moments = |naming: &Naming<'_>| written.get(&words(naming)).into_iter().flatten().copied();
    let of_each = |(naming, _, files): &(&Naming<'_>, Tool, Vec<RepoPath>)| -> Vec<(Moment, RepoPath)> {
        moments(naming).flat_map(|moment| files.iter().map(move |file| (moment, *file))).collect()
    };
    let texts = history.texts_at(subject.tree.root(), &asked.iter().flat_map(of_each).collect());
    let declared_at = |(naming, tool, files): &(&Naming<'_>, Tool, Vec<RepoPath>), moment: Moment| {
        let bytes = |path: RepoPath| Some(texts.get(&(moment, path))?.as_bytes().to_vec());
        let then = tool.read(&Snapshot { paths: files, bytes: &bytes });
        let Named { thing, name, .. } = &naming.named;
        // Nobody has looked whether the package had a program.
        then.may_have(*thing, name) || *thing == Thing::Program && then.may_have(Thing::Package, name)
    };
    let declared = asked.iter().filter(|asked| moments(asked.0).any(|moment| declared_at(asked, moment)));
    declared.map(|(naming, ..)| naming.name()).collect()
}

/// Which of the files that were `ever` there may say what `naming` means: those in a folder above the page, or in the one that is named,
/// included ones, and for Cargo, which finds packages wherever they are, all.
fn may_declare(naming: &Naming<'_>, tool: Tool, ever: &BTreeSet<RepoPath>) -> Vec<RepoPath> {
    let Naming { page, named, .. } = naming;
    let is_near = |path: &RepoPath| {
        let folder = path.parent();
        let is_named = || named.folder.as_deref().is_some_and(|named| ends_with(folder, named));
        folder == RepoPath::root() || page.span.file.is_below(folder) || is_named()
    };
    let is_read = |path: &&RepoPath| tool.is_read(**path) && path.file_name() != "Cargo.lock";
    let (near, others): (Vec<RepoPath>, Vec<RepoPath>) = ever.iter().filter(is_read).partition(|path| is_near(path));
    let others = others.into_iter().filter(|path| tool == Tool::Cargo || path.has_extension(INCLUDED));
    let mut files: Vec<RepoPath> = near.into_iter().chain(others).take(MOST_FILES).collect();
    files.sort_unstable();
    files
}

/// Endings of files that Makefiles and justfiles include.
const INCLUDED: &[&str] = &["just", "mak", "make", "mk"];
