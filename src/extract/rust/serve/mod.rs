//! A crate -> which of its functions serve which routes of HTTP.
//!
//! Enters: a resolved crate and the texts of its files. Leaves: [`Served`], one for each method on a path. Only crates that
//! use one of the [`FRAMEWORKS`] are looked at, and of those only files with a telling word, by their tokens: what a program
//! computes is not known. A prefix that is not known is left out, so a path may lack its beginning.
//!
//! | module | |
//! |---|---|
//! | `functions` | tokens -> functions, their attributes and bodies |
//! | `attributes` | the attributes of a function -> routes |
//! | `router` | the body of a function -> routes, and where they stand |
//! | `prefixes` | where routes stand -> the prefixes of their paths |

mod attributes;
mod functions;
mod prefixes;
mod router;
#[cfg(test)]
mod router_tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::resolve::{Crate, DefinitionId, Members, ModuleId, Names, Namespace, Resolution, implementation, segments};
use super::scan::{Item, ItemKind};
use super::tokens::{self, Tokens};
use crate::source::{Interned, NameMap, RepoPath, SourceFile, Span};
use attributes::Stated;
use functions::functions;
use prefixes::{Mount, Mounts};
use router::{Router, Written, router};

/// The names by which code knows frameworks whose routes are read.
const FRAMEWORKS: &[&str] = &[
    "actix_web",
    "aide",
    "axum",
    "axum_extra",
    "dropshot",
    "poem",
    "poem_openapi",
    "rocket",
    "utoipa",
    "utoipa_actix_web",
    "utoipa_axum",
];

/// A file with none of these states no route.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "route", "[get(", "[post(", "[put(", "[delete(", "[patch(", "[head(", "[options(", "::get(", "::post(", "::put(",
    "::delete(", "::patch(", "::path(", "[oai(", "endpoint", "channel {", ".at(", "mount(", "scope(", "resource(", "service(",
];

/// A function that serves a method on a path.
pub(super) struct Served {
    pub(super) handler: Handler,
    /// In upper case.
    pub(super) method: String,
    /// As it is written, behind the prefixes that are known.
    pub(super) path: String,
    /// What a description that is made from the code calls it.
    pub(super) operation_id: Option<String>,
    /// Where the route is written.
    pub(super) span: Span,
}

/// A function of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Handler {
    Function(DefinitionId),
    /// A method, by its address: the scans stay where they are while their crate is published.
    Method(*const Item),
}

/// Which functions of `krate` serve what, in the order of its files.
pub(super) fn served(
    krate: &Crate<'_>,
    names: &Names<'_>,
    members: &Members,
    files: &HashMap<RepoPath, Arc<SourceFile>>,
) -> Vec<Served> {
    if !FRAMEWORKS.iter().any(|framework| krate.source.dependencies.contains_key(*framework)) {
        return Vec::new();
    }
    let is_telling = |file: &&Arc<SourceFile>| {
        TELLING.iter().any(|word| memmem::find(file.text().as_bytes(), word.as_bytes()).is_some())
    };
    let telling: Vec<&Arc<SourceFile>> =
        krate.source.files.iter().filter_map(|path| files.get(path)).filter(is_telling).collect();
    let known = known_functions(krate, &telling);
    let mut sites = Vec::new();
    for file in telling {
        let tokens = Tokens::of(file.text());
        for function in functions(&tokens) {
            let Some(known) = known.get(&(file.path(), function.place)) else { continue };
            let stated = attributes::stated(&tokens, &function.attributes, function.name);
            let router = router(&tokens, function.body);
            if !stated.is_empty() || router.is_some() {
                sites.push(Site { file: file.path(), name: Interned::new(function.name), known, stated, router });
            }
        }
    }
    Joiner { krate, names, members, sites: &sites }.join()
}

/// A function with routes.
struct Site<'k> {
    file: RepoPath,
    name: Interned,
    known: &'k Known,
    stated: Vec<Stated>,
    router: Option<Router>,
}

/// What is known of a function by its place.
struct Known {
    handler: Handler,
    module: ModuleId,
    /// The type that it belongs to, as its `impl` writes it.
    self_type: Vec<Interned>,
}

/// The functions in `files`, by file and the place of their names.
fn known_functions(krate: &Crate<'_>, files: &[&Arc<SourceFile>]) -> HashMap<(RepoPath, usize), Known> {
    let telling: HashSet<RepoPath> = files.iter().map(|file| file.path()).collect();
    let is_own = |module: ModuleId| std::ptr::eq(krate.source_of(module), krate.source);
    let mut known = HashMap::new();
    let mut add = |file: RepoPath, item: &Item, module, handler, self_type: &[Interned]| {
        let key = (file, item.place.start as usize);
        known.entry(key).or_insert_with(|| Known { handler, module, self_type: self_type.to_vec() });
    };
    for (index, definition) in (0_u32..).zip(&krate.definitions) {
        let (file, module) = (definition.span.file, definition.within);
        let Some(item) = definition.item.filter(|_| telling.contains(&file) && is_own(module)) else { continue };
        match item.kind {
            ItemKind::Function => add(file, item, module, Handler::Function(DefinitionId(index)), &[]),
            ItemKind::Trait => {
                for method in methods_in(item) {
                    add(file, method, module, Handler::Method(method), &[item.name]);
                }
            }
            _ => {}
        }
    }
    for site in krate.implementations.iter().filter(|site| telling.contains(&site.file) && is_own(site.module)) {
        let Some(implementation) = implementation(site) else { continue };
        for method in methods_in(site.item) {
            add(site.file, method, site.module, Handler::Method(method), &segments(&implementation.of));
        }
    }
    known
}

fn methods_in(item: &Item) -> impl Iterator<Item = &Item> {
    item.children.iter().filter(|item| matches!(item.kind, ItemKind::Method { .. }))
}

/// Follows names between functions.
struct Joiner<'j> {
    krate: &'j Crate<'j>,
    names: &'j Names<'j>,
    members: &'j Members,
    sites: &'j [Site<'j>],
}

impl Joiner<'_> {
    fn join(&self) -> Vec<Served> {
        let mounts = self.mounts();
        let mut served = Vec::new();
        for (at, site) in self.sites.iter().enumerate() {
            for stated in &site.stated {
                for prefix in mounts.of_site(at) {
                    served.push(Served {
                        handler: site.known.handler,
                        method: stated.method.clone(),
                        path: format!("{prefix}/{}", stated.path.trim_start_matches('/')),
                        operation_id: stated.operation_id.clone(),
                        span: span(site.file, &stated.place),
                    });
                }
            }
            let Some(router) = &site.router else { continue };
            for route in &router.routes {
                let (Some(path), Some(handler)) =
                    (self.path(&route.path, site), self.function(&route.handler, site.known))
                else {
                    continue;
                };
                for prefix in mounts.of_scope(at, route.scope) {
                    served.push(Served {
                        handler,
                        method: route.method.clone(),
                        path: format!("{prefix}/{}", path.trim_start_matches('/')),
                        operation_id: None,
                        span: span(site.file, &route.place),
                    });
                }
            }
        }
        served
    }

    /// Where the routes of each function are put.
    fn mounts(&self) -> Mounts {
        let places: HashMap<Handler, usize> =
            self.sites.iter().enumerate().map(|(at, site)| (site.known.handler, at)).collect();
        let mut by_name: NameMap<Interned, usize> = NameMap::default();
        self.sites.iter().for_each(|site| *by_name.entry(site.name).or_default() += 1);
        let mut mounts = Mounts::new(self.sites.len());
        for (at, site) in self.sites.iter().enumerate() {
            let Some(router) = &site.router else { continue };
            for scope in &router.scopes {
                mounts.add_scope(at, self.path(&scope.prefix, site), scope.parents.clone());
            }
            for mention in &router.mentions {
                if !mention.path.last().is_some_and(|name| by_name.contains_key(name)) {
                    continue;
                }
                let target = self.function(&mention.path, site.known).and_then(|handler| places.get(&handler));
                if let Some(&target) = target.filter(|target| **target != at) {
                    mounts.mount(target, Mount { site: at, scope: mention.scope });
                }
            }
        }
        mounts
    }

    /// The text of a path, if it stands in the code.
    fn path(&self, written: &Written, site: &Site<'_>) -> Option<String> {
        match written {
            Written::Text(text) => Some(text.clone()),
            Written::Name(name) => match self.names.resolve(name, Namespace::Value, site.known.module)? {
                Resolution::Definition(id) => {
                    let item = self.krate.definitions[id.0 as usize].item?;
                    let (_, value) = item.signature.text.split_once(" = ")?;
                    matches!(item.kind, ItemKind::Constant).then(|| tokens::string(value)).flatten()
                }
                _ => None,
            },
            Written::Unknown => None,
        }
    }

    /// The function of this crate that `path` means in the function `from`.
    fn function(&self, path: &[Interned], from: &Known) -> Option<Handler> {
        if let Some(Resolution::Definition(id)) = self.names.resolve(path, Namespace::Value, from.module) {
            let definition = &self.krate.definitions[id.0 as usize];
            let is_own = std::ptr::eq(self.krate.source_of(definition.within), self.krate.source);
            let is_function = definition.item.is_some_and(|item| matches!(item.kind, ItemKind::Function));
            return (is_own && is_function).then_some(Handler::Function(id));
        }
        let (name, owner) = path.split_last()?;
        let owner = if matches!(owner, [name] if name.as_str() == "Self") { &from.self_type } else { owner };
        match self.names.resolve(owner, Namespace::Type, from.module)? {
            Resolution::Definition(owner) => {
                let is_method = |item: &Item| matches!(item.kind, ItemKind::Method { .. });
                let member = self.members.find(self.krate, self.names, owner, *name, &is_method)?;
                Some(Handler::Method(std::ptr::from_ref(member.item)))
            }
            _ => None,
        }
    }
}

fn span(file: RepoPath, place: &Range<usize>) -> Span {
    Span::new(file, place.clone())
}
