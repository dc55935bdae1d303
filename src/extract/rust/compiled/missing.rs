//! The crate as source tells it, beside its JSON -> what source does not tell, by module.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use super::declaration::{implementation, is_shown, with_implementations};
use super::document::{Document, Id, Made, ids};
use super::mentions::imports;
use super::place::{Place, Places};
use super::type_text::{path, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::rust::package::CrateSource;
use crate::extract::rust::resolve::{
    Binding, Crate, DefinitionId, ImportSite, Members, ModuleId, Names, Namespace, Supplied, implementation as of_site,
    items_within,
};
use crate::extract::rust::scan::{Imported, scan_made};
use crate::source::{Interned, NameSet, RepoPath, SourceFile};

/// Deeper modules are left out.
const DEEPEST: usize = 128;

/// The search for what is missing in one crate.
pub(super) struct Search<'a> {
    krate: &'a Crate<'a>,
    source: &'a CrateSource,
    document: &'a Document<'a>,
    places: Places<'a>,
    members: Members,
    /// By module.
    supplied: BTreeMap<String, Vec<Supplied>>,
    /// Files that are no longer as they were when the JSON was made.
    stale: BTreeSet<RepoPath>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        krate: &'a Crate<'a>,
        source: &'a CrateSource,
        document: &'a Document<'a>,
        places: Places<'a>,
    ) -> Self {
        let all: NameSet<Interned> = krate.definitions.iter().map(|definition| definition.name).collect();
        let members = Members::new(krate, &Names::new(krate), &all);
        Self { krate, source, document, places, members, supplied: BTreeMap::new(), stale: BTreeSet::new() }
    }

    /// Looks through the module `id` of the JSON, which is `module` in source, and the modules in it.
    pub(super) fn module(&mut self, id: Id, module: ModuleId) {
        let mut waiting = vec![(id, module, 0_usize)];
        while let Some((id, module, depth)) = waiting.pop() {
            let Some(item) = self.document.item(id).filter(|item| item.kind == "module") else { continue };
            for inner in ids(item.inner.get("items")) {
                let Some(item) = self.document.item(inner) else { continue };
                match self.known(module, item) {
                    Known::Definition(id) => match self.krate.definitions[id.0 as usize].module {
                        Some(known) if depth < DEEPEST && item.kind == "module" => {
                            waiting.push((inner, known, depth + 1));
                        }
                        _ => self.implementations(id, module, item),
                    },
                    Known::Import => {}
                    Known::Not if item.is_public() => {
                        if let Some((file, range)) = self.place(module, item) {
                            let texts = with_implementations(self.document, item, 0);
                            let imports = self.imports(module, item);
                            texts.iter().chain([&imports]).for_each(|text| self.supply(module, text, file, &range));
                        }
                    }
                    Known::Not => {}
                }
            }
        }
    }

    /// What source has under the name of `item`.
    fn known(&self, module: ModuleId, item: Made<'_>) -> Known {
        let module = &self.krate.modules[module.0 as usize];
        let (name, spaces): (&str, &[Namespace]) = match item.kind {
            "use" if item.is("is_glob") => {
                let source = item.inner.get("source").map_or("", text);
                let is_same = |site: &ImportSite<'_>| {
                    let last = site.import.path.last().map(|last| last.as_str());
                    matches!(site.import.brings, Imported::Glob) && last == source.rsplit("::").next()
                };
                return if module.imports.iter().any(is_same) { Known::Import } else { Known::Not };
            }
            "use" => (item.inner.get("name").map_or("", text), &Namespace::ALL),
            "function" | "constant" | "static" => (item.name(), &[Namespace::Value]),
            "macro" | "proc_macro" => (item.name(), &[Namespace::Macro]),
            "impl" | "extern_crate" | "extern_type" | "primitive" | "keyword" => return Known::Import,
            _ => (item.name(), &[Namespace::Type]),
        };
        let name = Interned::new(name);
        let mut found = spaces.iter().filter_map(|space| module.names.get(&(*space, name))?.first());
        match found.next() {
            Some(Binding::Definition(id)) => Known::Definition(*id),
            Some(Binding::Import(_)) => Known::Import,
            None => Known::Not,
        }
    }

    /// Supplies what is implemented for the type `id` and not known.
    fn implementations(&mut self, id: DefinitionId, module: ModuleId, item: Made<'a>) {
        let Some(definition) = self.krate.definitions[id.0 as usize].item else { return };
        let sites: Vec<_> = self.members.of_type(id).iter().map(|&index| &self.krate.implementations[index]).collect();
        let inherent = sites.iter().filter(|site| of_site(site).is_some_and(|of| of.of_trait.is_none()));
        let names: HashSet<Interned> = inherent
            .flat_map(|site| items_within(site.item, &self.source.environment))
            .map(|member| member.name)
            .collect();
        let written = sites.iter().filter_map(|site| {
            let of_trait = of_site(site)?.of_trait.as_deref()?;
            let header = site.item.signature.text.split(" for ").next().unwrap_or_default();
            let given = header.find(of_trait).and_then(|start| header.get(start + of_trait.len()..));
            Some(key(of_trait, given.unwrap_or_default()))
        });
        let derived = definition.attributes.derives.iter().map(|path| key(path, ""));
        let traits: HashSet<String> = written.chain(derived).collect();
        for made in self.document.listed(item.inner, "impls").filter(|made| is_shown(*made)) {
            let of_trait = made.inner.get("trait").filter(|of| !of.entries().is_empty()).map(path);
            let (is_known, is_wanted): (bool, &dyn Fn(Made<'_>) -> bool) = match &of_trait {
                Some(path) => {
                    let (name, given) = path.split_at(path.find('<').unwrap_or(path.len()));
                    (traits.contains(&key(name, given)), &|_| true)
                }
                None => {
                    (false, &|member: Made<'_>| member.is_public() && !names.contains(&Interned::new(member.name())))
                }
            };
            let is_empty = of_trait.is_none() && !self.document.listed(made.inner, "items").any(is_wanted);
            if is_known || is_empty {
                continue;
            }
            // A macro may add methods to an implementation that is written.
            let first = self.document.listed(made.inner, "items").find(|member| is_wanted(*member));
            let inside = || first.filter(|_| of_trait.is_none()).and_then(|member| self.site(module, member));
            if let Some((file, range)) = self.site(module, made).or_else(inside) {
                let text = self.imports(module, made) + &implementation(self.document, made, is_wanted);
                self.supply(module, &text, file, &range);
            }
        }
    }

    /// Where what made `item` stands, if something did. Notes when source has changed.
    fn place(&mut self, module: ModuleId, item: Made<'_>) -> Option<(RepoPath, Range<u32>)> {
        if let Place::Gone(file) = self.places.of(item)
            && !matches!(item.kind, "module" | "use")
        {
            self.stale.insert(file);
        }
        self.site(module, item)
    }

    fn site(&self, module: ModuleId, item: Made<'_>) -> Option<(RepoPath, Range<u32>)> {
        match self.places.of(item) {
            Place::Made(file, range) => Some((file, range)),
            Place::Elsewhere => {
                let module = self.krate.modules[module.0 as usize].definition;
                let span = self.krate.definitions[module.0 as usize].span;
                Some((span.file, span.start..span.end))
            }
            Place::Written | Place::Gone(_) => None,
        }
    }

    /// Imports of what `item` names and `module` does not know.
    fn imports(&self, module: ModuleId, item: Made<'a>) -> String {
        let names = &self.krate.modules[module.0 as usize].names;
        let is_known = |name: &str| names.contains_key(&(Namespace::Type, Interned::new(name))) || name == item.name();
        imports(self.document, std::iter::once(item), is_known)
    }

    fn supply(&mut self, module: ModuleId, text: &str, file: RepoPath, range: &Range<u32>) {
        let path = self.krate.defined_path(self.krate.modules[module.0 as usize].definition);
        let items = scan_made(text, file, range, &self.source.environment);
        let supplied = items.into_iter().map(|item| Supplied { item, file });
        self.supplied.entry(path).or_default().extend(supplied);
    }

    /// Says which files have changed since the JSON in `file` was made.
    pub(super) fn stale(&self, file: &SourceFile) -> Option<Diagnostic> {
        let first = self.stale.first()?;
        let more = match self.stale.len() - 1 {
            0 => String::new(),
            1 => " and one more file".to_owned(),
            more => format!(" and {more} more files"),
        };
        let message = format!("`{}` was made from another state of `{first}`{more}", file.path());
        let hint = "make it again; what it has of these files is left out";
        Some(Diagnostic::new(Code::UnusableRustdocJson, message, file.span(0..0)).hint(hint))
    }

    /// What was found, without what stands in files that have changed.
    pub(super) fn into_supplied(mut self) -> BTreeMap<String, Vec<Supplied>> {
        for supplied in self.supplied.values_mut() {
            supplied.retain(|supplied| !self.stale.contains(&supplied.file));
        }
        self.supplied
    }
}

/// What source has under a name.
enum Known {
    Definition(DefinitionId),
    Import,
    Not,
}

/// A trait and its arguments, so that they are the same however their paths are written.
fn key(path: &str, given: &str) -> String {
    let short: String = given.split_whitespace().collect();
    let mut parts = vec![path.rsplit("::").next().unwrap_or(path).to_owned()];
    for part in short.split_inclusive(|character: char| !(character.is_alphanumeric() || "_:".contains(character))) {
        parts.push(part.rsplit("::").next().unwrap_or(part).to_owned());
    }
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn traits_are_the_same_however_their_paths_are_written() {
        let same =
            [("std::fmt::Debug", "", "Debug", ""), ("From", "<std::io::Error>", "::core::convert::From", "<Error>")];
        for (path, given, other, others) in same {
            assert_eq!(key(path, given), key(other, others));
        }
        assert_ne!(key("From", "<u8>"), key("From", "<u16>"));
    }
}
