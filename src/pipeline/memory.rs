//! What earlier runs left in the project's `.livedoc/` folder -> a run that goes by it; what that found -> the folder.
//!
//! All of it is read at once, and all of it written at once: it is in many files, and a machine has many processors. What is
//! damaged or of another program is as if it were not there.

use crate::cache::Store;
use crate::discover::{History, Recollection};
use crate::external::Answers;
use crate::source::ContentHash;

use super::fragments::Packed;
use super::known::{KnownLinks, KnownPages, PageKeys};
use super::{Analysis, Earlier};

/// What is known of the files is kept as.
const FILES: &str = "files";

/// Where links lead is kept as.
const LINKS: &str = "links";

/// The keys of the pages are kept as.
const PAGES: &str = "pages";

/// What git knows is kept as.
const HISTORY: &str = "history";

/// What other sites answered is kept as.
const ANSWERS: &str = "answers";

/// What earlier runs left.
pub(super) struct Memory<'s> {
    store: &'s Store,
    fragments: Packed<'s>,
    files: Recollection,
    /// The hash of `files` as they were kept.
    hash: ContentHash,
    links: Option<KnownLinks>,
    pages: Option<KnownPages>,
    history: Option<History>,
    answers: Option<Answers>,
}

impl<'s> Memory<'s> {
    /// What is in `store`. `with_pages` and `with_answers`: whether this run will want to know of those.
    pub(super) fn open(store: &'s Store, with_pages: bool, with_answers: bool) -> Self {
        let files = || {
            let bytes = store.load(FILES).unwrap_or_default();
            (Recollection::from_bytes(&bytes).unwrap_or_default(), ContentHash::of(&bytes))
        };
        let links = || KnownLinks::from_bytes(&store.load(LINKS)?);
        let pages = || KnownPages::from_bytes(&store.load(PAGES)?);
        let history = || History::from_bytes(&store.load(HISTORY)?);
        let answers = || Answers::from_bytes(&store.load(ANSWERS)?);
        let small = || (with_pages.then(pages).flatten(), history(), with_answers.then(answers).flatten());
        let ((fragments, small), ((files, hash), links)) =
            rayon::join(|| rayon::join(|| Packed::open(store), small), || rayon::join(files, links));
        let (pages, history, answers) = small;
        // Those of a run that knew the files otherwise are of no use: nobody could tell what was written since.
        let links = links.filter(|links| links.are_beside(hash));
        Self { store, fragments, files, hash, links, pages, history, answers }
    }

    /// It, for a run to go by.
    pub(super) fn earlier(&self) -> Earlier<'_> {
        Earlier {
            fragments: &self.fragments,
            links: self.links.as_ref(),
            pages: self.pages.as_ref(),
            files: &self.files,
            history: self.history.as_ref(),
            answers: self.answers.as_ref(),
        }
    }

    /// Whether something that a run relied on turned out to be damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.fragments.is_damaged()
    }

    /// Forgets what the sources say, so that all of them are read again. What other sites answered.
    pub(super) fn forget(self) -> Option<Answers> {
        self.fragments.forget();
        self.answers
    }

    /// Leaves what a run found that went by it: `made`, and when it made pages their `keys`.
    pub(super) fn keep(self, made: &Analysis, keys: Option<PageKeys>) {
        let Self { store, fragments, files, hash, links, pages, history, answers } = self;
        let graph = || {
            let found = made.tree.recollection();
            let mut now = hash;
            if !found.says_as(&files) {
                let bytes = found.to_bytes();
                now = ContentHash::of(&bytes);
                store.save(FILES, &bytes);
            }
            let Some(basis) = made.basis.as_ref().filter(|_| made.tree.is_remembered()) else { return };
            let links = links.filter(|_| now == hash).and_then(|links| links.hash_of(basis)).unwrap_or_else(|| {
                let (bytes, links) = KnownLinks::to_bytes(basis, &made.resolved, now);
                store.save(LINKS, &bytes);
                links
            });
            if let Some(keys) =
                keys.map(|keys| KnownPages::new(links, keys)).filter(|keys| pages.as_ref() != Some(keys))
            {
                store.save(PAGES, &keys.to_bytes());
            }
        };
        rayon::join(graph, || fragments.close());
        if let Some(found) = made.answers.as_ref().filter(|found| Some(*found) != answers.as_ref()) {
            store.save(ANSWERS, &found.to_bytes());
        }
        if let Ok(found) = &made.history
            && !history.is_some_and(|history| history.knows_as(found))
        {
            store.save(HISTORY, &found.to_bytes());
        }
    }
}
