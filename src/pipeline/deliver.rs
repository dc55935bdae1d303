//! A build to disk, with what is kept between runs in the project's `.livedoc/` folder.

use crate::cache::Store;
use crate::config::Project;
use crate::output::{Delivery, Nowhere, Record, WriteError, Written};
use crate::search::Index;
use crate::source::ContentHash;

use super::{Analysis, Forgetful, Progress, Stage, analyse, build};

/// The folder below the project's root in which runs leave what the next one can use.
pub const CACHE_FOLDER: &str = ".livedoc";

/// Fragments that no run asks for any longer may fill so many bytes: those of another branch, to which somebody returns.
const SPARE: u64 = 128 * 1024 * 1024;

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
    let before = store.and_then(|store| Record::from_bytes(&store.load(&name)?)).unwrap_or_default();
    let delivery = Delivery::begin(folder, &project.root, &before)?;
    let analysis = match store {
        Some(store) => {
            let fragments = store.pack("fragments", SPARE);
            let known = store.load(SEARCH).unwrap_or_default();
            let previous = Index::from_bytes(&known);
            let (analysis, index) = build(project, &fragments, previous.as_ref(), &delivery, progress)?;
            fragments.close();
            let bytes = index.to_bytes();
            if bytes != known {
                store.save(SEARCH, &bytes);
            }
            analysis
        }
        None => build(project, &Forgetful, None, &delivery, progress)?.0,
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
    let Some(store) = store else { return analysis(project, &Forgetful, has_theme, progress) };
    let fragments = store.pack("fragments", SPARE);
    let found = analysis(project, &fragments, has_theme, progress);
    fragments.close();
    found
}

fn analysis(
    project: &Project,
    fragments: &dyn super::FragmentCache,
    makes_pages: bool,
    progress: &dyn Progress,
) -> Analysis {
    // Nowhere takes everything.
    let made = makes_pages.then(|| build(project, fragments, None, &Nowhere, progress).ok()).flatten();
    made.map_or_else(|| analyse(project, fragments, progress), |(analysis, _)| analysis)
}
