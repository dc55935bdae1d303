//! Words on pages, and the history of git -> when the words were written.
//!
//! What is no more, and was there when somebody wrote about it, is what he meant. What was gone by then he did not: it is an example, of
//! the reader's, or of another repository.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::word::has_word;
use crate::discover::{History, Moment};
use crate::source::RepoPath;

/// What is written in one go may be committed so much later, in seconds: two months.
const LATER: i64 = 60 * 24 * 60 * 60;

/// So many versions of a page are looked at, of many every so many-th.
const MOST_VERSIONS: usize = 12;

/// So many files that a page may have come from are looked at.
const MOST_ORIGINS: usize = 32;

/// Words on a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words {
    pub(super) page: RepoPath,
    pub(super) text: String,
}

impl Words {
    fn stand_in(&self, text: &str) -> bool {
        has_word(text.as_bytes(), &self.text)
    }
}

/// Those of `words` that were written before something was lost, or soon after. A page that is younger counts as what its first commit
/// took away in its stead.
pub(super) fn written_before_loss(
    subject: Subject<'_>,
    history: &History,
    words: BTreeSet<(Words, Moment)>,
) -> BTreeSet<(Words, Moment)> {
    let mut wanted: BTreeMap<(Words, Moment), Vec<(Moment, RepoPath)>> = BTreeMap::new();
    for (words, lost) in words {
        let time = |moment: Moment| history.commit(moment).map_or(0, |commit| commit.time);
        let page = words.page;
        let then = history.versions(page).find(|version| time(*version) <= time(lost) + LATER);
        let places = match (then, history.versions(page).next_back()) {
            (Some(then), _) => names(history, page).map(|name| (then, name)).collect(),
            (None, Some(first)) => origins(history, page, first).map(|name| (lost.before(), name)).collect(),
            (None, None) => Vec::new(),
        };
        wanted.insert((words, lost), places);
    }
    let all = wanted.values().flatten().copied().collect();
    let texts = history.texts_at(subject.tree.root(), &all);
    let stands = |((words, _), places): &((Words, Moment), Vec<(Moment, RepoPath)>)| {
        places.iter().filter_map(|place| texts.get(place)).any(|text| words.stand_in(text))
    };
    wanted.into_iter().filter(stands).map(|(found, _)| found).collect()
}

/// At which moments `words` stood on their pages, as far as versions are looked at: of a page, and of what its first commit took away in
/// its stead. Those that no commit has are left out.
pub(super) fn written_at(
    subject: Subject<'_>,
    history: &History,
    words: BTreeSet<Words>,
) -> BTreeMap<Words, BTreeSet<Moment>> {
    let places = |page: RepoPath| -> Vec<(Moment, RepoPath)> {
        let of_page = versions(history, page).into_iter();
        let of_page = of_page.flat_map(|version| names(history, page).map(move |name| (version, name)));
        let born = history.versions(page).next_back();
        let of_origins =
            born.into_iter().flat_map(|born| origins(history, page, born).map(move |name| (born.before(), name)));
        of_page.chain(of_origins).collect()
    };
    let texts = history.texts_at(subject.tree.root(), &words.iter().flat_map(|words| places(words.page)).collect());
    let stood = |words: Words| {
        let stands = |place: &(Moment, RepoPath)| texts.get(place).is_some_and(|text| words.stand_in(text));
        let moments = places(words.page).into_iter().filter(stands).map(|(moment, _)| moment).collect();
        (words, moments)
    };
    words.into_iter().map(stood).collect()
}

/// Versions of the file at `page`, the oldest among them, newest first.
fn versions(history: &History, page: RepoPath) -> Vec<Moment> {
    let all: Vec<Moment> = history.versions(page).collect();
    let step = all.len().div_ceil(MOST_VERSIONS).max(1);
    let mut some: Vec<Moment> = all.iter().rev().step_by(step).copied().collect();
    some.reverse();
    some
}

/// The names that the file at `page` has and had.
fn names(history: &History, page: RepoPath) -> impl Iterator<Item = RepoPath> {
    std::iter::once(page).chain(history.former(page))
}

/// What a commit took away when it wrote `page` for the first time: it may be that, under another name and edited.
fn origins(history: &History, page: RepoPath, first: Moment) -> impl Iterator<Item = RepoPath> {
    let gone = history.taken_away_at(first).filter(move |gone| gone.extension() == page.extension());
    gone.take(MOST_ORIGINS)
}
