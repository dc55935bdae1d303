//! Owners: who answers for which files, and the systems, components and teams of a software catalog.
//!
//! Enters: the CODEOWNERS file and the descriptors of a catalog (`catalog-info.yaml` and its like), all of them at once, because
//! they speak of the same teams. Leaves: nodes for teams and people and for what the catalog describes, what connects them, and
//! whose each file is ([`OwnedFile`]): its last rule in CODEOWNERS says so, and where that says nothing the nearest descriptor
//! in its folder or one above.

mod catalog;
mod code_owners;
mod connect;
mod folder;
mod kind;
mod name;
mod outset;
mod owned;
mod page;
mod pattern;
mod people;
mod place;
mod said;
mod section;
mod skeleton;
mod unmatched;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::catalog::Entity;
use self::outset::Outlook;
use self::people::People;
use self::said::Said;
use super::{Extractor, ExtractorSpec, Input};
use crate::config::{ExtractorOptions, Forge};
use crate::diagnostic::Diagnostics;
use crate::discover::SourceTree;
use crate::graph::{Fragment, NodeId};
use crate::source::{Files, RepoPath, SourceFile};

pub(super) use skeleton::files_of_skeletons;

static SPEC: ExtractorSpec = ExtractorSpec { name: "owners", version: 3, kinds: kind::ALL, contracts_from: &[] };

/// Reads owners and catalogs.
#[derive(Debug)]
pub(crate) struct Owners;

/// What one file says.
#[derive(Debug)]
pub(crate) enum Scan {
    /// It is read when it is known who reads it.
    CodeOwners,
    Catalog(Vec<Entity>, Diagnostics),
}

/// What somebody may answer for.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The files of the repository, sorted.
    paths: Arc<[RepoPath]>,
    /// Its folders that hold none: places of other repositories.
    empty: Arc<[RepoPath]>,
    /// Who reads its CODEOWNERS, if that is known.
    reader: Option<pattern::Forge>,
    /// Where it is published, whatever the commit.
    forge: Option<Forge>,
}

impl Extractor for Owners {
    type About = About;
    type Scan = Scan;

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        let readable: BTreeSet<RepoPath> = tree.files().collect();
        let reader = place::forge(options.forge.as_ref().map(|forge| forge.url.as_str()), tree);
        let code_owners = place::places(reader).find(|place| readable.contains(place));
        let fits = |path: RepoPath| {
            path.has_extension(&["yaml", "yml"])
                && (path.stem() == "catalog-info"
                    || tree.of_head::<Outlook>(path).is_some_and(|outlook| outlook.is_descriptor))
        };
        let descriptors = readable.iter().copied().filter(|path| fits(*path));
        let all = code_owners.into_iter().chain(descriptors);
        let wanted: Vec<RepoPath> = all.filter(|path| options.admits(*path, || true)).collect();
        let files = tree.sources(&wanted);
        if files.is_empty() {
            return Vec::new();
        }
        let (folders, paths): (BTreeSet<RepoPath>, BTreeSet<RepoPath>) =
            tree.paths().partition(|path| tree.is_folder(*path));
        let full: BTreeSet<RepoPath> = tree.paths().map(RepoPath::parent).collect();
        let empty = folders.difference(&full).copied().collect();
        let forge = options.forge.clone().map(|forge| Forge { revision: "HEAD".to_owned(), ..forge });
        let about = About { paths: paths.into_iter().collect(), empty, reader, forge };
        vec![Input { files, reason: "says who owns what", about }]
    }

    fn scan(&self, file: &Arc<SourceFile>) -> Scan {
        if place::is_place(file.path()) {
            return Scan::CodeOwners;
        }
        let (entities, diagnostics) = catalog::read(file);
        Scan::Catalog(entities, diagnostics)
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<Scan>]) -> Fragment {
        let about = &input.about;
        let mut fragment = Fragment::default();
        let (mut rules, mut entities) = (None, Vec::new());
        for (file, scan) in input.files.iter().zip(scans) {
            match &**scan {
                Scan::CodeOwners => {
                    let read = code_owners::read(file, about.reader);
                    fragment.diagnostics.extend(read.diagnostics.iter().cloned());
                    let applied = read.apply(&about.paths, &about.empty);
                    fragment.diagnostics.extend(unmatched::unmatched_patterns(&read, &applied, &about.paths));
                    rules = Some((read, applied));
                }
                Scan::Catalog(read, diagnostics) => {
                    fragment.diagnostics.extend(diagnostics.iter().cloned());
                    entities.extend(read.iter().map(|entity| (file.path(), entity)));
                }
            }
        }
        let all: Vec<&Entity> = entities.iter().map(|(_, entity)| *entity).collect();
        let people = People::new(&all, rules.as_ref().map(|(rules, _)| rules));
        let (entities, duplicates) = said::described(entities);
        fragment.diagnostics.extend(duplicates);
        let said = Said { about, rules, entities, people };
        describe(&said, &mut fragment);
        fragment.owned = owned::owned_files(&said);
        fragment
    }
}

/// Adds the pages of all entities and owners, and what connects them.
fn describe(said: &Said<'_>, fragment: &mut Fragment) {
    let owners = said.owners();
    let lines = said.lines();
    let lines = |id: NodeId| lines.get(&id).map_or(&[][..], Vec::as_slice);
    let described: BTreeSet<NodeId> = said.entities.iter().filter_map(|described| described.id).collect();
    let nodes: BTreeSet<NodeId> = described.iter().chain(owners.keys()).copied().collect();
    let elsewhere = connect::elsewhere(said, &nodes);
    for described in &said.entities {
        let Some(id) = described.id else { continue };
        let owner = owners.get(&id).map(|found| &found.owner);
        let elsewhere = elsewhere.get(&id).map_or(&[][..], Vec::as_slice);
        let known = page::Known { owner, lines: lines(id), documents: said.documents(described), elsewhere };
        page::add_entity(described.entity, id, &known, fragment);
    }
    for (id, owner) in owners.iter().filter(|(id, _)| !described.contains(id)) {
        page::add_owner(owner, lines(*id), fragment);
    }
    connect::connect(said, &nodes, fragment);
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Owners);
    }
}
