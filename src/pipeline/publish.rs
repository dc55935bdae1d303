//! A publication -> all files of its site, handed on as they are made.
//!
//! What would come out the same as last time is not made: a page is known by its key, a document of the search index by the
//! key of its page. Nothing that is made stays in memory but the index, which takes what is on a page as soon as it is made.

use std::sync::Mutex;
use std::sync::PoisonError;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::output::{Sink, SitePath, WriteError};
use crate::plan::Page;
use crate::search::Index;
use crate::source::ContentHash;

use super::indexing::Indexing;
use super::progress::{piece, stage};
use super::publication::{GRAPH, Publication};
use super::{Amount, Progress};

/// Makes every file of `publication` that `sink` does not have yet, `previous` being the index of what it has. What is wrong
/// with templates of the project, and the index.
pub(super) fn publish(
    publication: &Publication,
    previous: Option<&Index>,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(Diagnostics, Index), WriteError> {
    let pages: Vec<&Page> = publication.pages().all().collect();
    let keys = stage!(progress, Compare, keys(publication, &pages), |keys| Amount::items(keys.len()));
    let indexing = Indexing::new(publication, &pages, &keys, previous);
    let problems = Mutex::new(Diagnostics::new());
    let page = |place: usize| -> Result<bool, WriteError> {
        if piece!("keep", sink.keeps(keys[place])) {
            return Ok(false);
        }
        let made = piece!("page", publication.pages().make(pages[place]));
        piece!("index", indexing.add(place, made.places));
        // A page that a template failed on says so again the next time.
        let key = made.problem.is_none().then_some(keys[place]);
        problems.lock().unwrap_or_else(PoisonError::into_inner).extend(made.problem);
        piece!(
            "write",
            for (path, bytes) in made.files {
                sink.take(key, SitePath::new(&path), bytes)?;
            }
        );
        Ok(true)
    };
    let make = || (0..pages.len()).into_par_iter().map(page).collect::<Result<Vec<bool>, WriteError>>();
    let made = stage!(progress, Render, make(), |made| Amount::items(count(made)))?;
    others(publication, sink)?;
    let index = stage!(progress, Index, indexing.finish(&made), |index| Amount::items(index.files().count()));
    for (path, bytes) in index.files() {
        sink.take(None, SitePath::new(&format!("search/{path}")), bytes.to_vec())?;
    }
    let mut diagnostics = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    // A template fails on every page alike.
    diagnostics.sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
    diagnostics.dedup();
    Ok((diagnostics, index))
}

fn keys(publication: &Publication, pages: &[&Page]) -> Vec<ContentHash> {
    pages.par_iter().map(|page| publication.key(page)).collect()
}

/// Hands on the files beside the pages.
fn others(publication: &Publication, sink: &dyn Sink) -> Result<(), WriteError> {
    for (path, bytes) in publication.pages().others() {
        sink.take(None, SitePath::new(&path), bytes)?;
    }
    let analysis = &publication.analysis;
    analysis.plan.assets.par_iter().try_for_each(|(route, path)| {
        let bytes = analysis.tree.bytes(*path);
        bytes.map_or(Ok(()), |bytes| sink.take(None, SitePath::new(&route.file()), bytes))
    })?;
    sink.take(None, SitePath::new(GRAPH), publication.graph())
}

fn count(made: &Result<Vec<bool>, WriteError>) -> usize {
    made.iter().flatten().filter(|made| **made).count()
}
