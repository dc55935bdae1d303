//! A publication -> all files of its site, handed on as they are made.
//!
//! What would come out the same as last time is not made: a page is known by its key, a document of the search index by the
//! key of its page. Nothing that is made stays in memory but the index, which takes what is on a page as soon as it is made.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::output::{Sink, SitePath, WriteError};
use crate::plan::Page;
use crate::render::MadePage;
use crate::search::Index;
use crate::source::ContentHash;

use super::indexing::Indexing;
use super::known::{KnownPages, PageKeys};
use super::progress::{piece, stage};
use super::publication::{GRAPH, Publication};
use super::{Amount, Progress};

/// Makes every file of `publication` that `sink` does not have yet, `known` being the keys of the pages that it has and `previous` the
/// index of them. What is wrong with templates of the project; the index; and the keys of the pages.
pub(super) fn publish(
    publication: &Publication,
    known: Option<&KnownPages>,
    previous: Option<&Index>,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(Diagnostics, Index, PageKeys), WriteError> {
    let pages: Vec<&Page> = publication.pages().all().collect();
    // With nothing to compare with, a page is looked at once.
    let is_known = previous.is_some() || sink.has_pages();
    let keys =
        is_known.then(|| stage!(progress, Compare, keys(publication, &pages, known), |keys| Amount::items(keys.len())));
    let keys = keys.as_deref();
    let indexing = Indexing::new(publication, &pages, previous.zip(keys));
    let problems = Mutex::new(Diagnostics::new());
    let page = |place: usize| -> Result<(bool, ContentHash), WriteError> {
        let known = keys.map(|keys| keys[place]);
        if let Some(key) = known.filter(|key| piece!("keep", sink.keeps(*key))) {
            return Ok((false, key));
        }
        let (made, key) = piece!("page", make(publication, pages[place], known));
        piece!("index", indexing.add(place, made.places));
        // A page that a template failed on says so again the next time.
        let name = made.problem.is_none().then_some(key);
        problems.lock().unwrap_or_else(PoisonError::into_inner).extend(made.problem);
        piece!(
            "write",
            for (path, bytes) in made.files {
                sink.take(name, SitePath::new(&path), bytes)?;
            }
        );
        Ok((true, key))
    };
    let render = || (0..pages.len()).into_par_iter().map(page).collect::<Result<(Vec<bool>, Vec<ContentHash>), _>>();
    let (made, keys) = stage!(progress, Render, render(), |made| Amount::items(count(made)))?;
    let finish = || {
        let index = || {
            let index = indexing.finish(&made, &keys);
            searched(&index, sink).map(|()| index)
        };
        let (index, others) = rayon::join(index, || others(publication, sink));
        others.and(index)
    };
    let index = stage!(progress, Index, finish(), |index| {
        Amount::items(index.as_ref().map_or(0, |index| index.files().count()))
    })?;
    let mut diagnostics = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    // A template fails on every page alike.
    diagnostics.sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
    diagnostics.dedup();
    Ok((diagnostics, index, PageKeys::of(publication, keys)))
}

fn keys(publication: &Publication, pages: &[&Page], known: Option<&KnownPages>) -> Vec<ContentHash> {
    let known = known.and_then(|known| known.keys(publication, pages)).unwrap_or_else(|| vec![None; pages.len()]);
    let keys = pages.par_iter().zip(known).map(|(page, known)| known.unwrap_or_else(|| publication.key(page)));
    keys.collect()
}

/// `page` and its key.
fn make(publication: &Publication, page: &Page, known: Option<ContentHash>) -> (MadePage, ContentHash) {
    let sheet = publication.pages().sheet(page);
    let key = known.unwrap_or_else(|| publication.key_of(&sheet));
    (sheet.make(), key)
}

/// Hands on the files of the search.
fn searched(index: &Index, sink: &dyn Sink) -> Result<(), WriteError> {
    let files: Vec<_> = index.files().collect();
    let take =
        |(path, bytes): (_, Arc<[u8]>)| sink.take(None, SitePath::new(&format!("search/{path}")), bytes.to_vec());
    files.into_par_iter().try_for_each(take)
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

fn count(rendered: &Result<(Vec<bool>, Vec<ContentHash>), WriteError>) -> usize {
    rendered.iter().flat_map(|(made, _)| made).filter(|made| **made).count()
}
