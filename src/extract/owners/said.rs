//! What all files say of owners and of a catalog -> who owns anything, and what stands for each entity.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::About;
use super::catalog::Entity;
use super::code_owners::{Applied, CodeOwners};
use super::name::{EntityName, Owner};
use super::people::People;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{NodeId, Target};
use crate::source::{Interned, RepoPath, Span};

/// What all files say.
pub(super) struct Said<'a> {
    pub(super) about: &'a About,
    pub(super) rules: Option<(CodeOwners, Applied)>,
    pub(super) entities: Vec<Described<'a>>,
    pub(super) people: People<'a>,
}

/// An entity, and where it is described.
pub(super) struct Described<'a> {
    pub(super) file: RepoPath,
    pub(super) entity: &'a Entity,
    /// What it is called in the graph; `None` for what is no part of it.
    pub(super) id: Option<NodeId>,
}

/// An owner, and where it is named first.
pub(super) struct Mentioned {
    pub(super) owner: Owner,
    pub(super) span: Span,
}

/// A pattern that names an owner.
pub(super) struct Line<'a> {
    pub(super) pattern: &'a str,
    /// The section that it stands in; empty for none.
    pub(super) section: String,
    /// How many files hold to it.
    pub(super) files: usize,
}

/// Gives each entity its id; those whose name another one has get a number behind it, and a finding.
pub(super) fn described<'a>(entities: Vec<(RepoPath, &'a Entity)>) -> (Vec<Described<'a>>, Diagnostics) {
    let mut first: BTreeMap<NodeId, (Span, u32)> = BTreeMap::new();
    let mut diagnostics = Diagnostics::new();
    let mut described = Vec::with_capacity(entities.len());
    for (file, entity) in entities {
        let id = entity.name.id().map(|id| match first.get_mut(&id) {
            None => {
                first.insert(id, (entity.span, 1));
                id
            }
            Some((span, count)) => {
                *count += 1;
                let own = NodeId::new(id.scheme(), &format!("{}~{count}", id.name()));
                diagnostics.push(duplicate(id, own, entity.span, *span));
                own
            }
        });
        described.push(Described { file, entity, id });
    }
    (described, diagnostics)
}

fn duplicate(id: NodeId, own: NodeId, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, format!("`{id}` is described twice"), span)
        .label(format!("is called `{own}` for now"))
        .related(first, format!("`{id}` stands here first"))
        .hint("take one of them out, or give it another `metadata.name` or `metadata.namespace`")
}

impl Said<'_> {
    /// Who owns anything, by id.
    pub(super) fn owners(&self) -> BTreeMap<NodeId, Mentioned> {
        let mut owners = BTreeMap::new();
        let rules = self.rules.iter().flat_map(|(rules, _)| &rules.rules);
        for (rule, owner) in rules.flat_map(|rule| rule.owners.iter().map(move |owner| (rule, owner))) {
            let owner = self.people.known(owner);
            owners.entry(owner.id()).or_insert_with(|| Mentioned { owner, span: rule.span });
        }
        let named = self.entities.iter().filter_map(|described| described.entity.owner.as_ref());
        for named in named.filter(|named| named.name.is_owner()) {
            let EntityName { kind, name } = self.people.meant(&named.name);
            let scheme = if kind == "user" { "user" } else { "team" };
            let owner = Owner { scheme, name: name.clone(), handle: String::new() };
            owners.entry(owner.id()).or_insert_with(|| Mentioned { owner, span: named.span });
        }
        owners
    }

    /// For each owner the lines that name it.
    pub(super) fn lines(&self) -> BTreeMap<NodeId, Vec<Line<'_>>> {
        let mut found: BTreeMap<NodeId, Vec<Line<'_>>> = BTreeMap::new();
        let Some((rules, applied)) = &self.rules else { return found };
        let mut counts = vec![0; rules.rules.len()];
        applied.holding.iter().flat_map(|held| &held.rules).for_each(|rule| counts[*rule] += 1);
        for (rule, files) in rules.rules.iter().zip(counts) {
            let named: BTreeSet<NodeId> = rule.owners.iter().map(|owner| self.people.known(owner).id()).collect();
            for id in named {
                let section = rules.sections[rule.section].label();
                found.entry(id).or_default().push(Line { pattern: &rule.pattern, section, files });
            }
        }
        found
    }

    /// The file in which an API of the catalog is defined, if it is one of the repository: it has a page of its own.
    pub(super) fn definition(&self, described: &Described<'_>) -> Option<RepoPath> {
        let place = described.entity.definition.as_ref()?;
        let paths = match place.contains("://") {
            true => self.about.forge.as_ref()?.paths_of(&as_page(place)).paths,
            false => described.file.parent().join(place).into_iter().collect(),
        };
        paths.into_iter().find(|path| self.has(*path))
    }

    /// The first page of the documents of an entity.
    pub(super) fn documents(&self, described: &Described<'_>) -> Option<RepoPath> {
        let (place, _) = described.entity.documents.as_ref()?;
        let folder = described.file.parent().join(place)?;
        let pages = ["docs/index.md", "docs/README.md", "index.md", "README.md"];
        pages.iter().filter_map(|page| folder.join(page)).find(|path| self.has(*path))
    }

    fn has(&self, path: RepoPath) -> bool {
        self.about.paths.binary_search(&path).is_ok()
    }

    /// What stands for the entity called `name`, if anything does: the first one of that name.
    pub(super) fn target(&self, name: &EntityName, nodes: &BTreeSet<NodeId>) -> Option<Target> {
        let name = self.people.meant(name);
        let mut defined = self.entities.iter().filter(|described| described.entity.name == *name);
        if let Some(path) = defined.find_map(|described| self.definition(described)) {
            return Some(at(path));
        }
        name.id().filter(|id| nodes.contains(id)).map(Target::Known)
    }
}

/// The address of the page of a file of which `address` gives the text alone.
fn as_page(address: &str) -> Cow<'_, str> {
    let raw = address.strip_prefix("https://raw.githubusercontent.com/").and_then(|rest| {
        let mut parts = rest.splitn(3, '/');
        Some(format!("https://github.com/{}/{}/raw/{}", parts.next()?, parts.next()?, parts.next()?))
    });
    raw.map_or(Cow::Borrowed(address), Cow::Owned)
}

/// The page of the file at `path`.
pub(super) fn at(path: RepoPath) -> Target {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const SPECIAL: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?').add(b'%');
    let text = format!("/{}", utf8_percent_encode(path.as_str(), SPECIAL));
    Target::Named { scheme: Interned::new("path"), text }
}
