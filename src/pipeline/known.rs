//! What a run found out from what the files say, for the next one: where the links lead, and the keys of the pages.
//!
//! Enters: what the last run left, and what was read now. Leaves: the graph of the last run, when what is written anew since then
//! may be put into that; and the keys of those pages on which nothing of it shows. Whoever cannot be certain says `None`, and all
//! is done as in a clean build.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::config::Project;
use crate::diagnostic::Diagnostics;
use crate::discover::SourceTree;
use crate::extract::Unit;
use crate::graph::{Directions, End, FollowedLinks, Fragment, Node, NodeId, ResolvedGraph, assemble};
use crate::plan::{Page, PageContent};
use crate::source::{ContentHash, ContentHasher, Note, SourceFile, Stored, Unread, stored};

use super::{Earlier, Publication};

/// What an analysis was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Basis {
    /// Which files there are, and the settings by which links are followed.
    setting: ContentHash,
    /// The key of each unit.
    units: Vec<ContentHash>,
}

/// Where the links of a run led.
#[derive(Debug)]
pub struct KnownLinks {
    /// The hash of what that run knew of the files.
    files: ContentHash,
    /// The hash of all that follows.
    hash: ContentHash,
    basis: Basis,
    /// By fragment.
    followed: Vec<Arc<FollowedLinks>>,
}

/// The keys of the pages of a build.
#[derive(Debug, PartialEq, Eq)]
pub struct PageKeys {
    /// What all pages depend on beside the graph: the settings, the theme, and the past.
    surroundings: ContentHash,
    /// In the order of the pages.
    keys: Vec<ContentHash>,
}

/// The keys of the pages of the last build.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownPages {
    /// The hash of where the links led then.
    links: ContentHash,
    of: PageKeys,
}

stored! {
    struct Basis { setting, units }
    struct PageKeys { surroundings, keys }
    struct KnownPages { links, of }
}

/// The graph of the last run, and what is written anew since.
pub(super) struct LastGraph {
    pub(super) resolved: ResolvedGraph,
    /// What was wrong with its identities.
    pub(super) assembled: Diagnostics,
    /// The fragments that are others now, and those.
    pub(super) rewritten: Vec<(Arc<Fragment>, Arc<Fragment>)>,
    /// The hash of where its links led.
    links: ContentHash,
}

/// Which pages show what is written anew, when no other shows anything of it.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// The hash of where the links of the graph before led.
    since: ContentHash,
    /// The nodes whose pages these are.
    pages: BTreeSet<NodeId>,
}

impl Basis {
    /// That of what is read from `units` of `tree`. `None` when nobody could tell that it is still the same.
    pub(super) fn of(project: &Project, tree: &SourceTree, units: &[Unit]) -> Option<Self> {
        let mut hasher = ContentHasher::default();
        hasher.hash(tree.layout()?);
        let settings = (&project.forge, &project.site.base_url, &project.extractors);
        // A hasher takes whatever is printed.
        let _ = write!(hasher, "{settings:?}");
        Some(Self { setting: hasher.content_hash(), units: units.iter().map(|unit| unit.key).collect() })
    }
}

impl KnownLinks {
    /// Where the links of `resolved` lead, which was made from `basis`, as bytes for keeping beside what is known of the files, which
    /// has the hash `files`; and the hash by which pages name them.
    pub(super) fn to_bytes(basis: &Basis, resolved: &ResolvedGraph, files: ContentHash) -> (Vec<u8>, ContentHash) {
        let mut bytes = Vec::new();
        Stored::<()>::write(&files, &mut bytes);
        let head = bytes.len();
        Stored::<()>::write(basis, &mut bytes);
        Stored::<()>::write(&resolved.followed().to_vec(), &mut bytes);
        let hash = ContentHash::of(&bytes[head..]);
        (bytes, hash)
    }

    /// What [`KnownLinks::to_bytes`] gave.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        let files = Stored::read(&mut unread)?;
        let hash = ContentHash::of(unread.rest());
        let (basis, followed) = (Stored::read(&mut unread)?, Stored::read(&mut unread)?);
        unread.is_empty().then_some(Self { files, hash, basis, followed })
    }

    /// Whether their run knew of the files what has the hash `files`.
    pub(super) fn are_beside(&self, files: ContentHash) -> bool {
        self.files == files
    }

    /// The hash by which pages name them, if they are those of what was made from `basis`.
    pub(super) fn hash_of(&self, basis: &Basis) -> Option<ContentHash> {
        (self.basis == *basis).then_some(self.hash)
    }

    /// The graph that they are of, when `fragments`, which were read on the same settings, say something else only where texts were
    /// written anew.
    pub(super) fn graph(
        &self,
        basis: &Basis,
        fragments: &[Arc<Fragment>],
        tree: &SourceTree,
        earlier: &Earlier<'_>,
    ) -> Option<LastGraph> {
        if self.basis.setting != basis.setting || self.basis.units.len() != fragments.len() {
            return None;
        }
        // Who follows the links of others by a file that tells nothing else, follows them where they led.
        let directs_alike = earlier.files.otherwise(tree).all(|(file, known)| {
            known.note::<Directions>().is_some_and(|directions| directions == Directions::of(&file))
        });
        if !directs_alike {
            return None;
        }
        let mut rewritten = Vec::new();
        let mut last = Vec::with_capacity(fragments.len());
        for ((was, is), fragment) in self.basis.units.iter().zip(&basis.units).zip(fragments) {
            if was == is {
                last.push(Arc::clone(fragment));
            } else {
                let before = earlier.fragments.find(*was)?;
                rewritten.push((Arc::clone(&before), Arc::clone(fragment)));
                last.push(before);
            }
        }
        let (graph, assembled) = assemble(last);
        let resolved = ResolvedGraph::known(graph, self.followed.clone())?;
        Some(LastGraph { resolved, assembled, rewritten, links: self.hash })
    }
}

/// Has `file` tell what the next run will want to compare.
pub(super) fn note_directions(file: &SourceFile) {
    if Directions::are_kept(file) {
        file.noted::<Directions>();
    }
}

impl LastGraph {
    /// Which pages show what is written anew in `now`. `None` when others may show some of it.
    pub(super) fn reach(&self, now: &ResolvedGraph) -> Option<Reach> {
        let before = &self.resolved;
        let followed = before.followed().iter().zip(now.followed()).enumerate();
        let followed_anew = followed.filter(|(_, (old, new))| !Arc::ptr_eq(old, new)).map(|(number, _)| number);
        let mut pages = BTreeSet::new();
        for number in followed_anew {
            if !leads(before, number).eq(leads(now, number)) {
                return None;
            }
            let (old, new) = (before.graph.fragments().get(number)?, now.graph.fragments().get(number)?);
            if Arc::ptr_eq(old, new) {
                continue;
            }
            if old.nodes.len() != new.nodes.len() || !old.nodes.iter().zip(&new.nodes).all(are_seen_alike) {
                return None;
            }
            for node in &new.nodes {
                pages.insert(now.graph.page_of(node.id)?.id);
            }
        }
        Some(Reach { since: self.links, pages })
    }
}

/// Whether other pages show the same of both.
fn are_seen_alike((old, new): (&Node, &Node)) -> bool {
    let is_told_alike =
        (old.id, &old.title, &old.summary, &old.facts) == (new.id, &new.title, &new.summary, &new.facts);
    // Others may name the line.
    is_told_alike && (old.span.start, new.span.start) == (0, 0)
}

/// The links of a fragment that lead to something of the repository, with that.
fn leads(resolved: &ResolvedGraph, number: usize) -> impl Iterator<Item = (NodeId, usize, bool, &End)> {
    let links = resolved.graph.fragments().get(number).map_or(&[][..], |fragment| &fragment.links);
    let leads =
        links.iter().zip(resolved.ends_of(number)).filter(|(_, end)| !matches!(end, End::Nowhere | End::Web(_)));
    leads.map(|(link, end)| (link.from, link.relation as usize, link.flipped, end))
}

impl PageKeys {
    /// The `keys` of all pages of `publication`.
    pub(super) fn of(publication: &Publication, keys: Vec<ContentHash>) -> Self {
        Self { surroundings: surroundings(publication), keys }
    }
}

impl KnownPages {
    /// Those of a build in which the links led where the hash `links` says.
    pub(super) fn new(links: ContentHash, of: PageKeys) -> Self {
        Self { links, of }
    }

    /// As bytes, for keeping.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        Stored::<()>::write(self, &mut bytes);
        bytes
    }

    /// What [`KnownPages::to_bytes`] gave.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        Stored::read(&mut unread).filter(|_| unread.is_empty())
    }

    /// The key of each of `pages`, which are all of `publication`: `None` for those that may have another one now.
    pub(super) fn keys(&self, publication: &Publication, pages: &[&Page]) -> Option<Vec<Option<ContentHash>>> {
        let reach = publication.analysis.reach.as_ref()?;
        let PageKeys { surroundings: known, keys } = &self.of;
        if self.links != reach.since || keys.len() != pages.len() || *known != surroundings(publication) {
            return None;
        }
        let is_reached = |page: &Page| match page.content {
            PageContent::Node(id) => reach.pages.contains(&id),
            // Nobody knows which files were shown.
            PageContent::File { .. } => true,
            _ => false,
        };
        Some(pages.iter().zip(keys).map(|(page, key)| Some(*key).filter(|_| !is_reached(page))).collect())
    }
}

fn surroundings(publication: &Publication) -> ContentHash {
    let past = publication.analysis.history.as_ref().map(|history| history.head());
    let project = &publication.project;
    let mut hasher = ContentHasher::default();
    hasher.hash(publication.analysis.theme.hash());
    // A hasher takes whatever is printed.
    let _ = write!(hasher, "{past:?} {project:?}");
    hasher.content_hash()
}
