//! A build to disk, with what is kept between runs in the project's `.livedoc/` folder.

use crate::cache::Store;
use crate::config::Project;
use crate::discover::Recollection;
use crate::output::{Delivery, Nowhere, Record, WriteError, Written};
use crate::search::Index;
use crate::source::ContentHash;

use super::{Analysis, Earlier, Progress, Stage, analyse, build};

/// The folder below the project's root in which runs leave what the next one can use.
pub const CACHE_FOLDER: &str = ".livedoc";

/// Fragments that no run asks for any longer may fill so many bytes: those of another branch, to which somebody returns.
const SPARE: u64 = 128 * 1024 * 1024;

/// What the index of the search is kept as.
const SEARCH: &str = "search";

/// What is known of the files is kept as.
const FILES: &str = "files";

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
    let delivery = Delivery::begin(folder, &project.root, &before)?;
    let analysis = match store {
        Some(store) => {
            let known = store.load(SEARCH).unwrap_or_default();
            let previous = Index::from_bytes(&known);
            let build = |earlier: Earlier<'_>| build(project, earlier, previous.as_ref(), &delivery, progress);
            let (analysis, index) = remembering(store, build, |made| made.as_ref().ok().map(|(analysis, _)| analysis))?;
            let bytes = index.to_bytes();
            if bytes != known {
                store.save(SEARCH, &bytes);
            }
            analysis
        }
        None => build(project, Earlier::NOTHING, None, &delivery, progress)?.0,
    };
    progress.begin(Stage::Write);
    let (written, record) = delivery.finish()?;
    if let Some(store) = store
        && record != before
    {
        store.save(&name, &record.to_bytes());
    }
    Ok(Delivered { analysis, written })
}

/// Reads and checks `project`, and with a theme of its own makes its pages, because only that can fail. Nothing is
/// written but what is kept for the next run.
pub fn check_site(project: &Project, store: Option<&Store>, progress: &dyn Progress) -> Analysis {
    let has_theme = project.site.theme.under(&project.root).is_dir();
    let analysis = |earlier: Earlier<'_>| match has_theme {
        false => Ok(analyse(project, earlier, progress)),
        true => build(project, earlier, None, &Nowhere, progress).map(|(analysis, _)| analysis),
    };
    let found = match store {
        Some(store) => remembering(store, analysis, |found| found.as_ref().ok()),
        None => analysis(Earlier::NOTHING),
    };
    // Nowhere takes everything.
    found.unwrap_or_else(|_| analyse(project, Earlier::NOTHING, progress))
}

/// Does `run` with what earlier runs left in `store`, and leaves there what the next one can use: what was read by then, as
/// `analysis` finds it in what was made.
fn remembering<T>(
    store: &Store,
    run: impl FnOnce(Earlier<'_>) -> T,
    analysis: impl FnOnce(&T) -> Option<&Analysis>,
) -> T {
    let fragments = store.pack("fragments", SPARE);
    let files = store.load(FILES).and_then(|bytes| Recollection::from_bytes(&bytes)).unwrap_or_default();
    let made = run(Earlier { fragments: &fragments, files: &files });
    fragments.close();
    if let Some(found) = analysis(&made).map(|analysis| analysis.tree.recollection())
        && !found.says_as(&files)
    {
        store.save(FILES, &found.to_bytes());
    }
    made
}
