//! A build to disk, with what is kept between runs in the project's `.livedoc/` folder.

use std::sync::OnceLock;

use crate::cache::Store;
use crate::config::Project;
use crate::discover::{History, Recollection};
use crate::external::Answers;
use crate::output::{Delivery, Nowhere, Record, WriteError, Written};
use crate::search::Index;
use crate::source::ContentHash;

use super::fragments::Packed;
use super::known::{KnownLinks, KnownPages};
use super::{Analysis, Earlier, Progress, Stage, analyse, build};

/// The folder below the project's root in which runs leave what the next one can use.
pub const CACHE_FOLDER: &str = ".livedoc";

/// What the index of the search is kept as.
const SEARCH: &str = "search";

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

/// A site on disk.
pub struct Delivered {
    /// What is known and what was found.
    pub analysis: Analysis,
    /// What was written.
    pub written: Written,
}

/// Writes the site of `project`. `store` is where earlier runs left what they knew, if anything is to be kept.
///
/// # Errors
/// The output folder is not livedoc's to write to, or the machine failed.
pub fn deliver(project: &Project, store: Option<&Store>, progress: &dyn Progress) -> Result<Delivered, WriteError> {
    let folder = &project.site.output_dir;
    // Sites of one project in several folders are kept apart.
    let name = format!("site-{}", ContentHash::of(folder.as_os_str().as_encoded_bytes()).short());
    let before = store.and_then(|store| Record::from_bytes(&store.load(&name)?)).unwrap_or_default();
    let known = OnceLock::new();
    let previous = || known.get_or_init(|| store.and_then(|store| Index::from_bytes(&store.load(SEARCH)?))).as_ref();
    let pages = store.and_then(|store| KnownPages::from_bytes(&store.load(PAGES)?));
    let build = |earlier: Earlier<'_>| -> Result<_, WriteError> {
        let delivery = Delivery::begin(folder, &project.root, &before)?;
        let earlier = Earlier { pages: pages.as_ref(), ..earlier };
        let (analysis, index, pages) = build(project, earlier, previous, &delivery, progress)?;
        Ok((analysis, (index, pages, delivery)))
    };
    let (analysis, (index, keys, delivery)) = std::thread::scope(|scope| {
        // Nobody needs it before the pages, and finding the files keeps one processor busy.
        scope.spawn(previous);
        match store {
            Some(store) => remembering(store, None, build),
            None => build(Earlier::NOTHING),
        }
    })?;
    progress.begin(Stage::Write);
    let save = || {
        let is_kept = previous().is_some_and(|previous| index.is(previous));
        if let Some(store) = store.filter(|_| !is_kept) {
            store.save(SEARCH, &index.to_bytes());
        }
        if let Some((store, keys)) = store.zip(keys.filter(|keys| pages.as_ref() != Some(keys))) {
            store.save(PAGES, &keys.to_bytes());
        }
    };
    let (finished, ()) = rayon::join(|| delivery.finish(), save);
    let (written, record) = finished?;
    if let Some(store) = store
        && record != before
    {
        store.save(&name, &record.to_bytes());
    }
    Ok(Delivered { analysis, written })
}

/// Reads and checks `project`, and with a theme of its own makes its pages, because only that can fail. Nothing is
/// written but what is kept for the next run. Other sites are asked where the project wants that.
pub fn check_site(project: &Project, store: Option<&Store>, progress: &dyn Progress) -> Analysis {
    let has_theme = project.site.theme.under(&project.root).is_dir();
    let analysis = |earlier: Earlier<'_>| match has_theme {
        false => Ok((analyse(project, earlier, progress), ())),
        true => build(project, earlier, || None, &Nowhere, progress).map(|(analysis, ..)| (analysis, ())),
    };
    let asks = project.external.check;
    let known = store.filter(|_| asks).and_then(|store| Answers::from_bytes(&store.load(ANSWERS)?)).unwrap_or_default();
    let answers = asks.then_some(&known);
    let found = match store {
        Some(store) => remembering(store, answers, analysis),
        None => analysis(Earlier { answers, ..Earlier::NOTHING }),
    };
    // Nowhere takes everything.
    found.map_or_else(|_| analyse(project, Earlier::NOTHING, progress), |(analysis, ())| analysis)
}

/// Does `run` with what earlier runs left in `store`, and leaves there what the next one can use. When it turns out half-way
/// that what they left is damaged, all is forgotten and `run` begins again.
fn remembering<T>(
    store: &Store,
    answers: Option<&Answers>,
    run: impl Fn(Earlier<'_>) -> Result<(Analysis, T), WriteError>,
) -> Result<(Analysis, T), WriteError> {
    let files = || {
        let bytes = store.load(FILES).unwrap_or_default();
        (Recollection::from_bytes(&bytes).unwrap_or_default(), ContentHash::of(&bytes))
    };
    let ((fragments, links), (files, hash)) = rayon::join(|| (Packed::open(store), store.load(LINKS)), files);
    // Those of a run that knew the files otherwise are of no use: nobody could tell what was written since.
    let links = links.as_deref().and_then(|bytes| KnownLinks::from_bytes(bytes.strip_prefix(&hash.to_bytes())?));
    let history: Option<History> = store.load(HISTORY).and_then(|bytes| History::from_bytes(&bytes));
    let earlier = Earlier {
        fragments: &fragments,
        links: links.as_ref(),
        pages: None,
        files: &files,
        history: history.as_ref(),
        answers,
    };
    let made = run(earlier)?;
    if fragments.is_damaged() {
        // One of them writes to the output folder at a time.
        drop(made);
        fragments.forget();
        return run(Earlier { answers, ..Earlier::NOTHING });
    }
    fragments.close();
    let found = made.0.tree.recollection();
    let mut now = hash;
    if !found.says_as(&files) {
        let bytes = found.to_bytes();
        now = ContentHash::of(&bytes);
        store.save(FILES, &bytes);
    }
    if let Some(basis) = made.0.basis.as_ref().filter(|_| made.0.tree.is_remembered())
        && !links.is_some_and(|links| now == hash && links.are_of(basis))
    {
        let links = KnownLinks::of(basis, &made.0.resolved).to_bytes();
        store.save(LINKS, &[&now.to_bytes()[..], &links].concat());
    }
    if let Some(found) = made.0.answers.as_ref().filter(|found| Some(*found) != answers) {
        store.save(ANSWERS, &found.to_bytes());
    }
    if let Ok(found) = &made.0.history
        && !history.is_some_and(|history| history.knows_as(found))
    {
        store.save(HISTORY, &found.to_bytes());
    }
    Ok(made)
}
