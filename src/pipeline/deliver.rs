//! A build to disk, and a check; both go by what earlier runs left and leave what they found.

use std::sync::OnceLock;

use crate::cache::Store;
use crate::config::Project;
use crate::external::Answers;
use crate::output::{Delivery, Nowhere, Record, WriteError, Written};
use crate::search::Index;
use crate::source::ContentHash;

use super::memory::Memory;
use super::progress::stage;
use super::{Amount, Analysis, Earlier, Progress, analyse, build};

/// The folder below the project's root in which runs leave what the next one can use.
pub const CACHE_FOLDER: &str = ".livedoc";

/// What the index of the search is kept as.
const SEARCH: &str = "search";

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
    let record = || store.and_then(|store| Record::from_bytes(&store.load(&name)?)).unwrap_or_default();
    let memory = || store.map(|store| Memory::open(store, true, false));
    let recall = || rayon::join(memory, record);
    let (memory, before) = stage!(progress, Recall, recall(), |_| Amount::default());
    let known = OnceLock::new();
    let previous = || known.get_or_init(|| store.and_then(|store| Index::from_bytes(&store.load(SEARCH)?))).as_ref();
    let build = |earlier: Earlier<'_>| -> Result<_, WriteError> {
        let delivery = Delivery::begin(folder, &project.root, &before)?;
        let (analysis, index, pages) = build(project, earlier, previous, &delivery, progress)?;
        Ok((analysis, (index, pages, delivery)))
    };
    let ((analysis, (index, keys, delivery)), memory) = std::thread::scope(|scope| {
        // Nobody needs it before the pages, and finding the files keeps one processor busy.
        scope.spawn(previous);
        remembering(memory, build)
    })?;
    let write = || -> Result<Written, WriteError> {
        let (written, record) = delivery.finish()?;
        if let Some(store) = store.filter(|_| record != before) {
            store.save(&name, &record.to_bytes());
        }
        Ok(written)
    };
    let keep_index = || {
        let is_kept = previous().is_some_and(|previous| index.is(previous));
        if let Some(store) = store.filter(|_| !is_kept) {
            store.save(SEARCH, &index.to_bytes());
        }
    };
    let keep = || memory.map(|memory| memory.keep(&analysis, Some(keys)));
    let write = || rayon::join(write, || rayon::join(keep_index, keep));
    let (written, _) = stage!(progress, Write, write(), |_| Amount::default());
    Ok(Delivered { analysis, written: written? })
}

/// Reads and checks `project`, and with a theme of its own makes its pages, because only that can fail. Nothing is
/// written but what is kept for the next run. Other sites are asked where the project wants that.
pub fn check_site(project: &Project, store: Option<&Store>, progress: &dyn Progress) -> Analysis {
    let has_theme = project.site.theme.under(&project.root).is_dir();
    let asks = project.external.check;
    let none = Answers::default();
    let analysis = |earlier: Earlier<'_>| {
        let earlier = Earlier { answers: earlier.answers.or(asks.then_some(&none)), ..earlier };
        match has_theme {
            false => Ok((analyse(project, earlier, progress), ())),
            true => build(project, earlier, || None, &Nowhere, progress).map(|(analysis, ..)| (analysis, ())),
        }
    };
    let recall = || store.map(|store| Memory::open(store, false, asks));
    let memory = stage!(progress, Recall, recall(), |_| Amount::default());
    let Ok(((analysis, ()), memory)) = remembering(memory, analysis) else {
        // Nowhere takes everything.
        return analyse(project, Earlier::NOTHING, progress);
    };
    let keep = || memory.map(|memory| memory.keep(&analysis, None));
    stage!(progress, Write, keep(), |_| Amount::default());
    analysis
}

/// Does `run` with what earlier runs left. When it turns out half-way that what they left is damaged, all is forgotten and `run`
/// begins again; else the memory comes back, for adding to it.
fn remembering<'s, T>(
    memory: Option<Memory<'s>>,
    run: impl Fn(Earlier<'_>) -> Result<(Analysis, T), WriteError>,
) -> Result<((Analysis, T), Option<Memory<'s>>), WriteError> {
    let made = run(memory.as_ref().map_or(Earlier::NOTHING, Memory::earlier))?;
    match memory {
        Some(memory) if memory.is_damaged() => {
            // One of them writes to the output folder at a time.
            drop(made);
            let answers = memory.forget();
            Ok((run(Earlier { answers: answers.as_ref(), ..Earlier::NOTHING })?, None))
        }
        memory => Ok((made, memory)),
    }
}
