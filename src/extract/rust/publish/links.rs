//! Where names lead: those in signatures, and those in doc comments
//! (<https://doc.rust-lang.org/rustdoc/write-documentation/linking-to-items-by-name.html>).

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Publication;
use super::missing::Missing;
use crate::extract::rust::package::Dependency;
use crate::extract::rust::resolve::{DefinitionId, ModuleId, Namespace, Resolution, segments, std_address};
use crate::extract::rust::scan::{Attributes, Imported, Item, ItemKind, Lints};
use crate::graph::{NodeId, Target};
use crate::source::Interned;

/// Where a name is looked up.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) module: ModuleId,
    /// What `Self` means.
    pub(super) self_type: Option<DefinitionId>,
    /// Names of type and const parameters, innermost last.
    pub(super) parameters: [&'s [Interned]; 2],
    /// Of which links somebody wants to be told, as far as what stands in a module says so.
    pub(super) lints: Lints,
}

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// There.
    To(Target),
    /// To something that has no page, or that this cannot know.
    Unknown,
    /// Certainly nowhere.
    Nowhere(Missing),
}

/// A path as a doc comment writes it.
struct WrittenPath<'t> {
    segments: Vec<Interned>,
    namespace: Option<Namespace>,
    anchor: Option<&'t str>,
}

impl<'s> Scope<'s> {
    pub(super) fn of_module(module: ModuleId) -> Self {
        Self { module, self_type: None, parameters: [&[], &[]], lints: Lints::default() }
    }

    /// That of what has `attributes` and stands in this one.
    pub(super) fn below(&self, attributes: &Attributes) -> Self {
        Self { lints: attributes.lints.within(self.lints), ..*self }
    }

    fn is_parameter(&self, name: Interned) -> bool {
        self.parameters.iter().any(|names| names.contains(&name))
    }
}

impl Publication<'_> {
    /// Where a path in a signature leads.
    pub(super) fn signature_way(&self, path: &str, scope: &Scope<'_>) -> Option<Target> {
        let path = segments(path);
        if scope.is_parameter(path[0]) {
            return None;
        }
        if path[0].as_str() == "Self" {
            let [_, name] = path.as_slice() else { return None };
            return self.member_way(scope.self_type?, *name, None);
        }
        let spaces = [Namespace::Type, Namespace::Value];
        let found = spaces
            .iter()
            .find_map(|space| self.names.resolve(&path, *space, scope.module).map(|found| (found, *space)));
        let (found, space) = found?;
        self.target(&found, Some(space))
    }

    /// Where a link in a doc comment leads.
    pub(super) fn doc_way(&self, written: &str, scope: &Scope<'_>) -> Way {
        let Some(path) = read_path(written) else {
            return kind_twice(written).map_or(Way::Unknown, Way::Nowhere);
        };
        let way = self.path_way(&path, scope);
        match (way, path.anchor) {
            (Way::To(Target::Known(id)), Some(anchor)) => {
                Way::To(Target::Named { scheme: Interned::new("rust"), text: format!("{}#{anchor}", id.name()) })
            }
            (way, _) => way,
        }
    }

    fn path_way(&self, path: &WrittenPath<'_>, scope: &Scope<'_>) -> Way {
        let mut segments = path.segments.clone();
        if segments.first().is_some_and(|first| first.as_str() == "Self") {
            let Some(self_type) = scope.self_type else { return Way::Unknown };
            let target = match segments.as_slice() {
                [_] => self.node_of(self_type).map(Target::Known),
                [_, name] => self.member_way(self_type, *name, path.namespace),
                _ => None,
            };
            return target.map_or(Way::Unknown, Way::To);
        }
        if segments.len() == 1 && scope.is_parameter(segments[0]) {
            return Way::Unknown;
        }
        let spaces = path.namespace.map_or_else(|| Namespace::ALL.to_vec(), |space| vec![space]);
        let found =
            spaces.iter().filter_map(|space| Some((self.names.resolve(&segments, *space, scope.module)?, *space)));
        let found: Vec<_> = found.collect();
        if !found.is_empty() {
            // Of a private module and a public function with one name, the function is meant.
            let targets = found.iter().find_map(|(found, space)| self.target(found, path.namespace.or(Some(*space))));
            return targets.map_or(Way::Unknown, Way::To);
        }
        let whole = segments.clone();
        let Some(name) = segments.pop().filter(|_| !segments.is_empty()) else { return Way::Unknown };
        match self.names.resolve(&segments, Namespace::Type, scope.module) {
            Some(Resolution::Definition(owner)) if self.definition(owner).module.is_none() => {
                match self.member_way(owner, name, path.namespace) {
                    Some(target) => Way::To(target),
                    None => self.missing_member(owner, name),
                }
            }
            Some(Resolution::Variant(owner, index)) => {
                let variant = self.definition(owner).item.and_then(|item| item.children.get(index));
                let field = variant.and_then(|variant| variant.children.iter().find(|field| field.name == name));
                let field = field.and_then(|field| self.node_of_member(owner, field)).map(Target::Known);
                let target = field.or_else(|| self.target(&Resolution::Variant(owner, index), None));
                target.map_or(Way::Unknown, Way::To)
            }
            _ => self.missing_item(&whole, &spaces, scope.module),
        }
    }

    /// Where `name` behind a type or trait leads.
    fn member_way(&self, owner: DefinitionId, name: Interned, namespace: Option<Namespace>) -> Option<Target> {
        let definition = self.definition(owner);
        let owner = match self.names.alias_target(definition) {
            Some(Resolution::Definition(target)) if definition.item.is_some_and(is_alias) => target,
            Some(found @ Resolution::Standard(_)) if definition.item.is_some_and(is_alias) => {
                let Resolution::Standard(path) = found else { return None };
                return self.target(&Resolution::Standard(format!("{path}::{name}")), namespace);
            }
            _ => owner,
        };
        // `()` behind a name means a function, not a field, and `field@` before it the other.
        let fits = |item: &Item| match namespace {
            Some(Namespace::Value) => !matches!(item.kind, ItemKind::Field),
            Some(Namespace::Type) => !matches!(item.kind, ItemKind::Method { .. }),
            _ => true,
        };
        let found = self.members.find(self.krate, self.names, owner, name, &fits);
        let found = found.or_else(|| self.members.find(self.krate, self.names, owner, name, &|_| true))?;
        let node = self.node_of_member(found.owner, found.item);
        node.or_else(|| self.node_of(found.owner).filter(|_| found.owner != owner)).map(Target::Known)
    }

    /// Of what comes from another crate: what it is called there, and its page. `through` is the re-export that shows it here as
    /// `name`.
    pub(super) fn origin(
        &self,
        id: DefinitionId,
        through: Option<(ModuleId, usize)>,
        name: Interned,
    ) -> Option<(String, Option<Target>)> {
        let source = self.krate.source_of(self.definition(id).within);
        if std::ptr::eq(source, self.krate.source) {
            return None;
        }
        let re_exported = through.and_then(|(module, index)| {
            let import = self.krate.modules[module.0 as usize].imports[index].import;
            let found = self.names.resolve_import(&import.path, Namespace::Type, module)?;
            let Resolution::External(user, path) = found else { return None };
            let name = matches!(import.brings, Imported::Glob).then_some(name.as_str());
            let path = joined(std::iter::once(path.as_str()).chain(name));
            let (dependency, rest) = self.names.dependency(user, &path)?;
            Some((joined([dependency.library().as_str(), rest].into_iter()), page_in(dependency, rest)))
        });
        Some(re_exported.unwrap_or_else(|| (self.krate.defined_path(id), self.elsewhere(id))))
    }

    /// The page of `id` in the crate that it comes from, when that is another one.
    fn elsewhere(&self, id: DefinitionId) -> Option<Target> {
        let source = self.krate.source_of(self.definition(id).within);
        if std::ptr::eq(source, self.krate.source) {
            return None;
        }
        let path = self.krate.defined_path(id);
        let rest = path.split_once("::").map_or("", |(_, rest)| rest);
        if source.is_documented { Some(named(&path)) } else { on_docs_rs(&source.package, &source.version, rest) }
    }

    /// Where something that was found is documented.
    pub(super) fn target(&self, found: &Resolution, namespace: Option<Namespace>) -> Option<Target> {
        match found {
            Resolution::Definition(id) => self.node_of(*id).map(Target::Known).or_else(|| self.elsewhere(*id)),
            Resolution::Variant(owner, index) => {
                let item = self.definition(*owner).item?;
                self.node_of_member(*owner, item.children.get(*index)?).map(Target::Known)
            }
            Resolution::Standard(path) => std_address(path, namespace).map(web),
            Resolution::External(user, path) => {
                let (dependency, rest) = self.names.dependency(*user, path)?;
                // What has no page of its own here may have one where it is re-exported.
                let here = || match self.names.inlined(*user, path, namespace.unwrap_or(Namespace::Type))? {
                    Resolution::Definition(id) => self.node_of(id).map(Target::Known),
                    _ => None,
                };
                let has_no_page = matches!(dependency, Dependency::Registry { root: Some(_), .. });
                has_no_page.then(here).flatten().or_else(|| page_in(dependency, rest))
            }
        }
    }
}

fn web(text: String) -> Target {
    Target::Named { scheme: Interned::new("https"), text }
}

/// The page of what is at `path` below the root of a dependency.
fn page_in(dependency: &Dependency, path: &str) -> Option<Target> {
    match dependency {
        Dependency::Local(local) => Some(named(&joined([local.as_str(), path].into_iter()))),
        Dependency::Registry { package, version, .. } => on_docs_rs(package, version, path),
    }
}

/// The page of what is at `path` in a crate of the repository.
fn named(path: &str) -> Target {
    Target::Named { scheme: Interned::new("rust"), text: path.to_owned() }
}

/// The page of what is at `path` below the root of a package of the registry. `None` for what that does not have.
fn on_docs_rs(package: &str, version: &str, path: &str) -> Option<Target> {
    if version.is_empty() {
        return None;
    }
    let page = format!("https://docs.rs/{package}/{version}/{}/", package.replace('-', "_"));
    // Which kind of item it is, and so its address, is known to its own documentation alone.
    let search = utf8_percent_encode(path, NON_ALPHANUMERIC);
    Some(web(if path.is_empty() { page } else { format!("{page}?search={search}") }))
}

fn joined<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("::")
}

fn is_alias(item: &Item) -> bool {
    matches!(item.kind, ItemKind::TypeAlias)
}

/// Reads `struct@a::B<T>`, `c()`, `d!`, `E#section`. `None` when it is no path at all.
fn read_path(written: &str) -> Option<WrittenPath<'_>> {
    // The hash of `r#type` begins no anchor.
    let is_raw = |before: &str| before == "r" || ["::r", "`r", "@r"].iter().any(|end| before.ends_with(end));
    let hash = written.match_indices('#').map(|(at, _)| at).find(|at| !is_raw(&written[..*at]));
    let (path, anchor) = hash.map_or((written, None), |at| (&written[..at], Some(&written[at + 1..])));
    let path = path.trim().trim_matches('`').trim();
    let (mut path, mut namespace) = match path.split_once('@') {
        Some((kind, path)) => (path.trim(), Some(namespace_of(kind.trim())?)),
        None => (path, None),
    };
    for (suffix, space) in [
        ("!()", Namespace::Macro),
        ("!{}", Namespace::Macro),
        ("![]", Namespace::Macro),
        ("()", Namespace::Value),
        ("!", Namespace::Macro),
    ] {
        if let Some(rest) = path.strip_suffix(suffix).filter(|rest| !rest.is_empty()) {
            path = rest;
            namespace = namespace.or(Some(space));
            break;
        }
    }
    let plain = without_generics(path)?;
    let is_name = |segment: &str| {
        let mut characters = segment.chars();
        characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
            && characters.all(|character| character.is_alphanumeric() || character == '_')
    };
    let names = plain.strip_prefix("::").unwrap_or(&plain);
    let valid = names.split("::").all(|segment| is_name(segment.trim_start_matches("r#")));
    valid.then(|| WrittenPath { segments: segments(&plain), namespace, anchor })
}

/// `macro@macro@vec`, which rustdoc takes for an address.
fn kind_twice(written: &str) -> Option<Missing> {
    let (kind, path) = written.trim_matches('`').split_once('@')?;
    namespace_of(kind)?;
    read_path(path).filter(|path| path.namespace.is_some() && path.anchor.is_none())?;
    path.contains('@').then(|| Missing::KindTwice { kind: kind.to_owned(), path: path.to_owned() })
}

/// `a::Vec<T>::b` as `a::Vec::b`. `None` when the brackets do not match, or the path begins with one.
fn without_generics(path: &str) -> Option<String> {
    if path.starts_with('<') {
        return None;
    }
    let mut plain = String::with_capacity(path.len());
    let mut depth = 0_usize;
    for character in path.chars() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    let plain = plain.replace("::::", "::");
    let plain = plain.trim().trim_end_matches("::");
    (depth == 0 && !plain.is_empty()).then(|| plain.to_owned())
}

/// The table that a disambiguator means. `None` when it is none.
fn namespace_of(kind: &str) -> Option<Namespace> {
    Some(match kind {
        "struct" | "enum" | "trait" | "union" | "mod" | "module" | "type" | "tyalias" | "typealias" | "prim"
        | "primitive" | "field" => Namespace::Type,
        "const" | "constant" | "static" | "fn" | "function" | "method" | "value" | "variant" => Namespace::Value,
        "macro" | "derive" | "attr" => Namespace::Macro,
        _ => return None,
    })
}

/// The id of what a way leads to, when it is of this crate.
pub(super) fn known(target: &Target) -> Option<NodeId> {
    match target {
        Target::Known(id) => Some(*id),
        Target::Named { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Namespace, read_path};

    #[test]
    fn written_paths() {
        let cases = [
            ("Order", Some(("Order", None))),
            ("`crate::a::Order<T, U>::new()`", Some(("crate::a::Order::new", Some(Namespace::Value)))),
            ("struct@Order", Some(("Order", Some(Namespace::Type)))),
            ("macro@vec", Some(("vec", Some(Namespace::Macro)))),
            ("vec![]", Some(("vec", Some(Namespace::Macro)))),
            ("::std::fmt", Some(("::std::fmt", None))),
            ("Vec::<u8>::push", Some(("Vec::push", None))),
            ("r#type", Some(("type", None))),
            ("0..n", None),
            ("a b", None),
            ("someone@example", None),
            ("<T as Trait>::x", None),
            ("", None),
        ];
        for (written, expected) in cases {
            let found = read_path(written);
            let found = found.map(|path| {
                (path.segments.iter().map(|segment| segment.as_str()).collect::<Vec<_>>().join("::"), path.namespace)
            });
            assert_eq!(found, expected.map(|(path, namespace)| (path.to_owned(), namespace)), "{written}");
        }
    }
}
