//! Owners: who answers for which files, and the systems, components and teams of a software catalog.
//!
//! Enters: the CODEOWNERS file and the descriptors of a catalog (`catalog-info.yaml` and its like), all of them at once, because
//! they speak of the same teams. Leaves: nodes for teams and people and for what the catalog describes, what connects them, and
//! whose each file is ([`OwnedFile`]): its last rule in CODEOWNERS says so, and where that says nothing the nearest descriptor
//! in its folder or one above.

mod catalog;
mod code_owners;
mod kind;
mod name;
mod page;
mod pattern;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::catalog::Entity;
use self::code_owners::{Applied, CodeOwners, PLACES, Rule};
use self::name::{EntityName, Owner};
use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::discover::SourceTree;
use crate::graph::{Fragment, Link, Need, NodeId, OwnedFile, Relation, Target};
use crate::source::{Files, Interned, RepoPath, SourceFile, Span};

static SPEC: ExtractorSpec = ExtractorSpec { name: "owners", version: 2, kinds: kind::ALL, contracts_from: &[] };

/// Reads owners and catalogs.
#[derive(Debug)]
pub(crate) struct Owners;

/// What one file says.
#[derive(Debug)]
pub(crate) enum Scan {
    CodeOwners(CodeOwners),
    Catalog(Vec<Entity>, Diagnostics),
}

/// What somebody may answer for.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The files of the repository, sorted.
    paths: Arc<[RepoPath]>,
    /// Its folders that hold none: places of other repositories.
    empty: Arc<[RepoPath]>,
}

impl Extractor for Owners {
    type About = About;
    type Scan = Scan;

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        let readable: BTreeSet<RepoPath> = tree.files().collect();
        let places = PLACES.iter().filter_map(|place| RepoPath::new(place));
        let code_owners = places.into_iter().find(|place| readable.contains(place));
        let fits = |path: RepoPath| {
            path.has_extension(&["yaml", "yml"])
                && (path.stem() == "catalog-info"
                    || tree.of_head::<catalog::Outlook>(path).is_some_and(|outlook| outlook.is_descriptor))
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
        let about = About { paths: paths.into_iter().collect(), empty };
        vec![Input { files, reason: "says who owns what", about }]
    }

    fn scan(&self, file: &Arc<SourceFile>) -> Scan {
        if PLACES.contains(&file.path().as_str()) {
            return Scan::CodeOwners(code_owners::read(file));
        }
        let (entities, diagnostics) = catalog::read(file);
        Scan::Catalog(entities, diagnostics)
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<Scan>]) -> Fragment {
        let mut said = Said {
            paths: &input.about.paths,
            rules: None,
            entities: Vec::new(),
            files: Vec::new(),
            by_slug: BTreeMap::new(),
        };
        let mut fragment = Fragment::default();
        for (file, scan) in input.files.iter().zip(scans) {
            match &**scan {
                Scan::CodeOwners(rules) => {
                    fragment.diagnostics.extend(rules.diagnostics.iter().cloned());
                    said.rules = Some((rules, rules.apply(&input.about.paths, &input.about.empty)));
                }
                Scan::Catalog(entities, diagnostics) => {
                    fragment.diagnostics.extend(diagnostics.iter().cloned());
                    said.entities.extend(entities.iter().map(|entity| (file.path(), entity)));
                    said.files.push((file.path(), entities.as_slice()));
                    let people = entities.iter().filter(|entity| matches!(entity.name.kind.as_str(), "group" | "user"));
                    said.by_slug.extend(people.map(|entity| {
                        let slug = if entity.slug.is_empty() { &entity.name.name } else { &entity.slug };
                        (slug.to_lowercase(), &entity.name)
                    }));
                }
            }
        }
        fragment.diagnostics.extend(said.unmatched_patterns());
        let owners = said.owners();
        let patterns = said.patterns();
        let patterns = |id: NodeId| patterns.get(&id).map_or(&[][..], Vec::as_slice);
        for (file, entity) in &said.entities {
            if said.definition(*file, entity).is_none() {
                let Some(id) = entity.name.id() else { continue };
                page::add_entity(entity, owners.get(&id).map(|found| &found.owner), patterns(id), &mut fragment);
            }
        }
        let known: BTreeSet<NodeId> = fragment.nodes.iter().map(|node| node.id).collect();
        for owner in owners.values().filter(|owner| !known.contains(&owner.owner.id())) {
            page::add_owner(owner, patterns(owner.owner.id()), &mut fragment);
        }
        said.connect(&mut fragment);
        fragment.owned = said.owned();
        fragment
    }
}

/// What all files say.
struct Said<'a> {
    paths: &'a [RepoPath],
    rules: Option<(&'a CodeOwners, Applied)>,
    entities: Vec<(RepoPath, &'a Entity)>,
    files: Vec<(RepoPath, &'a [Entity])>,
    /// The teams and people of the catalog by what the forge calls them, or else by their names.
    by_slug: BTreeMap<String, &'a EntityName>,
}

/// An owner, and where it is named first.
struct Mentioned {
    owner: Owner,
    span: Span,
}

impl Said<'_> {
    /// Who owns anything, by id.
    fn owners(&self) -> BTreeMap<NodeId, Mentioned> {
        let mut owners = BTreeMap::new();
        let rules = self.rules.iter().flat_map(|(rules, _)| &rules.rules);
        for (rule, owner) in rules.flat_map(|rule| rule.owners.iter().map(move |owner| (rule, owner))) {
            let owner = self.known(owner);
            owners.entry(owner.id()).or_insert_with(|| Mentioned { owner, span: rule.span });
        }
        for named in self.entities.iter().filter_map(|(_, entity)| entity.owner.as_ref()) {
            let scheme = if named.name.kind == "user" { "user" } else { "team" };
            let owner = Owner { scheme, name: named.name.name.clone(), handle: String::new() };
            owners.entry(owner.id()).or_insert_with(|| Mentioned { owner, span: named.span });
        }
        owners
    }

    /// `owner` as the catalog knows it: some forges write groups as they write people.
    fn known(&self, owner: &Owner) -> Owner {
        let handle = owner.handle.trim_start_matches('@').to_lowercase();
        let entity = self.by_slug.get(&handle).or_else(|| self.by_slug.get(&owner.name));
        match entity {
            Some(name) => {
                let scheme = if name.kind == "user" { "user" } else { "team" };
                Owner { scheme, name: name.name.clone(), ..owner.clone() }
            }
            None => owner.clone(),
        }
    }

    /// The rules of CODEOWNERS that mean no file.
    fn unmatched_patterns(&self) -> Diagnostics {
        let Some((rules, applied)) = self.rules.as_ref().filter(|(rules, _)| !rules.is_generated) else {
            return Diagnostics::new();
        };
        let unmatched = rules.rules.iter().zip(&applied.is_used).filter(|(_, is_used)| !**is_used);
        // Made when the first one is found.
        let near = LazyCell::new(|| {
            let folders: BTreeSet<RepoPath> = self.paths.iter().map(|path| path.parent()).collect();
            NearestNames::new(self.paths.iter().copied().chain(folders).map(RepoPath::as_str))
        });
        let finding = |(rule, _): (&Rule, &bool)| {
            let hint = match near.find(rule.pattern.trim_matches('/')).as_slice() {
                [] => "take the line out, or mend the path".to_owned(),
                near => did_you_mean(near),
            };
            let message = format!("`{}` means no file of the repository", rule.pattern);
            Diagnostic::new(Code::UnmatchedCodeownersPattern, message, rule.span).hint(hint)
        };
        unmatched.map(finding).collect()
    }

    /// For each owner the patterns that name it, each with how many files hold to it.
    fn patterns(&self) -> BTreeMap<NodeId, Vec<(&str, usize)>> {
        let mut found: BTreeMap<NodeId, Vec<(&str, usize)>> = BTreeMap::new();
        let Some((rules, applied)) = &self.rules else { return found };
        let mut counts = vec![0; rules.rules.len()];
        applied.holding.iter().flatten().for_each(|rule| counts[*rule] += 1);
        for (rule, count) in rules.rules.iter().zip(counts) {
            let named: BTreeSet<NodeId> = rule.owners.iter().map(|owner| self.known(owner).id()).collect();
            for id in named {
                found.entry(id).or_default().push((&rule.pattern, count));
            }
        }
        found
    }

    /// Whose each file is.
    fn owned(&self) -> Vec<OwnedFile> {
        let mut folders: BTreeMap<RepoPath, Vec<(NodeId, Span)>> = BTreeMap::new();
        for (file, entities) in &self.files {
            // What stands in a folder is code first; the others are mostly what it belongs to. Where a file describes the things of
            // several owners, nobody knows whose the folder is.
            let owners_of = |kind: &&str| {
                let of_kind = entities.iter().filter(|entity| entity.name.kind == **kind);
                let owners = of_kind.filter_map(|entity| entity.owner.as_ref());
                owners.filter_map(|owner| Some((owner.name.id()?, owner.span))).collect::<BTreeMap<NodeId, Span>>()
            };
            let named = ["component", "system", "domain"].iter().map(owners_of).find(|owners| !owners.is_empty());
            let named = named.filter(|owners| owners.len() == 1).unwrap_or_default();
            folders.entry(file.parent()).or_default().extend(named);
        }
        let mut owned = Vec::new();
        for (place, path) in self.paths.iter().enumerate() {
            let rules = self
                .rules
                .iter()
                .flat_map(|(rules, applied)| applied.holding[place].iter().map(|&rule| &rules.rules[rule]));
            let mut claimed = None;
            let mut owners: BTreeMap<NodeId, Span> = BTreeMap::new();
            for rule in rules {
                claimed = Some(rule.span);
                owners.extend(rule.owners.iter().map(|owner| (self.known(owner).id(), rule.span)));
            }
            if claimed.is_none() {
                let mut above = std::iter::successors(Some(path.parent()), |folder| {
                    (*folder != RepoPath::root()).then(|| folder.parent())
                });
                owners.extend(
                    above
                        .find_map(|folder| folders.get(&folder).filter(|found| !found.is_empty()))
                        .into_iter()
                        .flatten()
                        .copied(),
                );
            }
            if let Some(span) = claimed.filter(|_| owners.is_empty()) {
                // A pattern without an owner takes its files out.
                owned.push(OwnedFile { owner: None, path: *path, span });
            }
            let owned_by = |(owner, span)| OwnedFile { owner: Some(owner), path: *path, span };
            owned.extend(owners.into_iter().map(owned_by));
        }
        owned
    }

    /// The file in which an API of the catalog is defined, if it is one of the repository: it has a page of its own.
    fn definition(&self, file: RepoPath, entity: &Entity) -> Option<RepoPath> {
        let (path, _) = entity.definition.as_ref()?;
        let path = file.parent().join(path)?;
        self.paths.binary_search(&path).is_ok().then_some(path)
    }

    /// What stands for the entity called `name`, if anything does.
    fn target(&self, name: &EntityName, nodes: &BTreeSet<NodeId>) -> Option<Target> {
        let defined = self.entities.iter().filter(|(_, entity)| entity.name == *name);
        let path = defined.into_iter().find_map(|(file, entity)| self.definition(*file, entity));
        if let Some(path) = path {
            return Some(Target::Named { scheme: Interned::new("path"), text: address(path) });
        }
        name.id().filter(|id| nodes.contains(id)).map(Target::Known)
    }

    /// Adds what connects entities and their owners.
    fn connect(&self, fragment: &mut Fragment) {
        let nodes: BTreeSet<NodeId> = fragment.nodes.iter().map(|node| node.id).collect();
        for (_, entity) in &self.entities {
            let Some(own) = self.target(&entity.name, &nodes) else { continue };
            let owner = entity.owner.as_ref().map(|named| (Relation::Owns, true, named));
            let others = entity.connections.iter().map(|found| (found.relation, found.is_flipped, &found.other));
            for (relation, is_flipped, named) in owner.into_iter().chain(others) {
                let Some(other) = self.target(&named.name, &nodes) else { continue };
                // A link is stated by a node, and one of the two may be a page that somebody else makes.
                let (from, target, flipped) = match (&own, other) {
                    (Target::Known(from), target) => (*from, target, is_flipped),
                    (target @ Target::Named { .. }, Target::Known(from)) => (from, target.clone(), !is_flipped),
                    (Target::Named { .. }, Target::Named { .. }) => continue,
                };
                fragment.links.push(Link { from, relation, target, span: named.span, need: Need::May, flipped });
            }
        }
    }
}

/// `path` as a link from the root.
fn address(path: RepoPath) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const SPECIAL: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?').add(b'%');
    format!("/{}", utf8_percent_encode(path.as_str(), SPECIAL))
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Owners);
    }
}
