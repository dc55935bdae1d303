//! Packages -> the crates that are documented.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::at_hand::{find_library, read_manifest};
use super::flag_aliases::FlagAliases;
use super::lock::{self, Lock};
use super::manifest::{self, Inheritable, Manifest, Package};
use super::modules::{CrateFiles, follow};
use super::workspace::{Manifests, Member, members};
use super::{CrateSource, Dependency, TargetKind};
use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::extract::rust::scan::Environment;
use crate::extract::rust::scans::SharedScans;
use crate::source::{Files, RepoPath, SourceFile, Sources};

/// A crate, its manifest, and its files: the root first.
pub(crate) struct FoundCrate {
    pub(crate) source: CrateSource,
    pub(crate) manifest: Arc<SourceFile>,
    pub(crate) files: Vec<Arc<SourceFile>>,
}

/// What there is to document.
#[derive(Default)]
pub(crate) struct FoundCrates {
    pub(crate) crates: Vec<FoundCrate>,
    /// Manifests that cannot be read.
    pub(crate) broken: Vec<Arc<SourceFile>>,
}

/// A crate whose items others may show as theirs.
struct Candidate {
    found: FoundCrate,
    member: Member,
    /// What it re-exports from, as it calls them.
    re_exported: BTreeSet<String>,
}

/// A crate before its files are known.
struct Target {
    member: Member,
    name: String,
    kind: TargetKind,
    root: RepoPath,
}

/// The crates of the repository, in the order of their packages' folders, libraries first.
pub(crate) fn find_crates(tree: &SourceTree, options: &ExtractorOptions) -> FoundCrates {
    let readable: BTreeSet<RepoPath> = tree.files().filter(|path| !options.exclude.matches(*path)).collect();
    let paths: Vec<RepoPath> = readable.iter().copied().filter(|path| path.file_name() == "Cargo.toml").collect();
    let mut found = FoundCrates::default();
    let mut files: BTreeMap<RepoPath, Arc<SourceFile>> = BTreeMap::new();
    let mut manifests = Manifests::new();
    for file in tree.sources(&paths) {
        files.insert(file.path().parent(), Arc::clone(&file));
        match &file.told(manifest::read).manifest {
            Some(manifest) => drop(manifests.insert(manifest.folder, Arc::clone(manifest))),
            None => found.broken.push(file),
        }
    }
    let members: Vec<Member> = match &options.paths {
        None => members(&manifests),
        // Chosen by hand: whatever the workspace says.
        Some(chosen) => manifests
            .iter()
            .filter(|(folder, manifest)| {
                manifest.package.is_some() && chosen.matches(in_folder(**folder, "Cargo.toml"))
            })
            .map(|(&folder, _)| Member { folder, workspace: workspace_above(&manifests, folder) })
            .collect(),
    };
    let package = |member: &Member| manifests.get(&member.folder).and_then(|manifest| manifest.package.as_ref());
    let of_member =
        |member: &Member| package(member).map(|package| targets(*member, package, &readable)).unwrap_or_default();
    let mut targets: Vec<Target> = members.iter().flat_map(of_member).collect();
    let libraries = name_targets(&mut targets);
    let locks = read_locks(tree, &members);
    let context = Context { manifests: &manifests, libraries: &libraries, locks: &locks, tree, options };
    let mut candidates: Vec<Candidate> = Vec::new();
    let followed: Vec<CrateFiles> = targets.par_iter().map(|target| follow(tree, target.root, &readable)).collect();
    for (target, followed) in targets.into_iter().zip(followed) {
        let folder = target.member.folder;
        let (Some(manifest), Some(file)) = (manifests.get(&folder), files.get(&folder)) else { continue };
        candidates.extend(candidate(target, file, manifest, &context, followed));
    }
    add_dependencies(&mut candidates, &context);
    found.crates = inline(candidates);
    found
}

fn candidate(
    target: Target,
    file: &Arc<SourceFile>,
    manifest: &Manifest,
    context: &Context<'_>,
    followed: CrateFiles,
) -> Option<Candidate> {
    let member = target.member;
    let source = describe(target, manifest, context, &followed).filter(|_| !followed.files.is_empty())?;
    let compiled = source.compiled.and_then(|path| context.tree.source(path));
    let files = compiled.into_iter().chain(followed.files).collect();
    let found = FoundCrate { manifest: Arc::clone(file), files, source };
    Some(Candidate { found, member, re_exported: followed.re_exported })
}

/// Adds the dependencies whose source is at hand and from which one of `candidates` re-exports something, or one of those does.
fn add_dependencies(candidates: &mut Vec<Candidate>, context: &Context<'_>) {
    let mut known = BTreeSet::new();
    let mut place = 0;
    while let Some(Candidate { found, member, .. }) = candidates.get(place) {
        let workspace = Some(member.workspace.unwrap_or(member.folder));
        let roots = found.source.dependencies.values().filter_map(|dependency| match dependency {
            Dependency::Registry { root, version, .. } => Some(((*root)?, version.clone())),
            Dependency::Local(_) => None,
        });
        let new: Vec<(RepoPath, String)> = roots.filter(|(root, _)| known.insert(*root)).collect();
        candidates.extend(new.into_iter().filter_map(|(root, version)| {
            let is_package = |folder: &RepoPath| context.tree.contains(in_folder(*folder, "Cargo.toml"));
            let folder = root.above().find(is_package)?;
            let (file, manifest) = read_manifest(context.tree, folder)?;
            let within: BTreeSet<RepoPath> = context.tree.paths().filter(|path| path.is_below(folder)).collect();
            let libraries = targets(Member { folder, workspace }, manifest.package.as_ref()?, &within);
            let library = libraries.into_iter().find(|target| target.root == root)?;
            let followed = follow(context.tree, root, &within);
            let mut added = candidate(library, &file, &manifest, context, followed)?;
            let source = &mut added.found.source;
            (source.is_documented, source.version, source.compiled) = (false, version, None);
            Some(added)
        }));
        place += 1;
    }
}

/// Gives each library the crates that it re-exports from, and those that they do. The crates that are documented.
fn inline(candidates: Vec<Candidate>) -> Vec<FoundCrate> {
    let from = |candidate: &Candidate| {
        let source = &candidate.found.source;
        let wanted = candidate.re_exported.iter().filter(|_| source.target != TargetKind::Program);
        let place = |name: &String| {
            let dependency = source.dependencies.get(name)?;
            candidates.iter().position(|other| dependency.is(&other.found.source))
        };
        wanted.filter_map(place).collect::<Vec<usize>>()
    };
    let direct: Vec<Vec<usize>> = candidates.iter().map(from).collect();
    let mut crates: Vec<FoundCrate> = candidates.into_iter().map(|candidate| candidate.found).collect();
    for place in 0..crates.len() {
        let (mut wanted, mut waiting) = (Vec::new(), direct[place].clone());
        while let Some(next) = waiting.pop() {
            if next != place && !wanted.contains(&next) {
                wanted.push(next);
                waiting.extend(&direct[next]);
            }
        }
        wanted.sort_unstable();
        for next in wanted {
            crates[next].source.is_inlined = true;
            let source = CrateSource { inlined: Vec::new(), ..crates[next].source.clone() };
            let is_own = |path: RepoPath| source.files.contains(&path) || source.compiled == Some(path);
            let files: Vec<Arc<SourceFile>> =
                crates[next].files.iter().filter(|file| is_own(file.path())).cloned().collect();
            let found = &mut crates[place];
            found.source.included.extend(source.included.clone());
            found.source.inlined.push(source);
            found.files.extend(files);
        }
    }
    crates.retain(|found| found.source.is_documented);
    crates
}

fn in_folder(folder: RepoPath, name: &str) -> RepoPath {
    folder.join(name).unwrap_or(folder)
}

fn workspace_above(manifests: &Manifests, folder: RepoPath) -> Option<RepoPath> {
    let mut here = folder;
    loop {
        if manifests.get(&here).is_some_and(|manifest| manifest.workspace.is_some()) {
            return Some(here);
        }
        if here == RepoPath::root() {
            return None;
        }
        here = here.parent();
    }
}

/// The crates of one package, by their names in code.
fn targets(member: Member, package: &Package, readable: &BTreeSet<RepoPath>) -> Vec<Target> {
    let folder = member.folder;
    let mut found = Vec::new();
    let mut push = |name: &str, kind, root: RepoPath| {
        if readable.contains(&root) {
            found.push(Target { member, name: name.replace('-', "_"), kind, root });
        }
    };
    let library = package.library.as_ref();
    if package.finds_library || library.is_some() {
        let name = library.and_then(|library| library.name.as_deref()).unwrap_or(&package.name);
        let kind = if library.is_some_and(|library| library.is_procedural_macro) {
            TargetKind::ProceduralMacro
        } else {
            TargetKind::Library
        };
        let path = library.and_then(|library| library.path.as_deref()).unwrap_or("src/lib.rs");
        if library.is_none_or(|library| library.documented) {
            push(name, kind, in_folder(folder, path));
        }
    }
    for (name, root) in programs(package, folder, readable) {
        push(&name, TargetKind::Program, root);
    }
    found
}

/// The programs of a package and their files, by name.
fn programs(package: &Package, folder: RepoPath, readable: &BTreeSet<RepoPath>) -> BTreeMap<String, RepoPath> {
    let mut found = BTreeMap::new();
    if package.finds_programs {
        found.insert(package.name.clone(), in_folder(folder, "src/main.rs"));
        let bin = in_folder(folder, "src/bin");
        for path in readable.range(bin..).take_while(|path| path.is_below(bin)) {
            match path.strip_folder(bin).map(|rest| rest.split('/').collect::<Vec<_>>()).as_deref() {
                Some([file]) if file.ends_with(".rs") => found.insert(path.stem().to_owned(), *path),
                Some([name, "main.rs"]) => found.insert((*name).to_owned(), *path),
                _ => None,
            };
        }
    }
    for program in &package.programs {
        let Some(name) = &program.name else { continue };
        let given = program.path.as_deref().map(|path| in_folder(folder, path));
        let root = given.or_else(|| found.get(name).copied());
        if let Some(given) = given {
            found.retain(|_, root| *root != given);
        }
        match root {
            Some(root) if program.documented => drop(found.insert(name.clone(), root)),
            _ => drop(found.remove(name)),
        }
    }
    found
}

/// Makes the names of crates unique, and says which library each folder holds. A program called like a library has no
/// documentation of its own, as with `cargo doc`.
fn name_targets(targets: &mut Vec<Target>) -> BTreeMap<RepoPath, String> {
    targets.sort_by(|left, right| (left.member, left.kind, &left.name).cmp(&(right.member, right.kind, &right.name)));
    let names: BTreeSet<String> =
        targets.iter().filter(|target| target.kind != TargetKind::Program).map(|target| target.name.clone()).collect();
    targets.retain(|target| target.kind != TargetKind::Program || !names.contains(&target.name));
    let mut taken = BTreeSet::new();
    let mut libraries = BTreeMap::new();
    for target in targets {
        let plain = target.name.clone();
        let mut count = 1;
        while !taken.insert(target.name.clone()) {
            count += 1;
            target.name = format!("{plain}_{count}");
        }
        if target.kind != TargetKind::Program {
            libraries.insert(target.member.folder, target.name.clone());
        }
    }
    libraries
}

/// The lock files of the members' workspaces, by folder.
fn read_locks(tree: &SourceTree, members: &[Member]) -> BTreeMap<RepoPath, Arc<Lock>> {
    let folders: BTreeSet<RepoPath> = members.iter().map(|member| member.workspace.unwrap_or(member.folder)).collect();
    let locks = folders.into_iter().filter_map(|folder| {
        let path = in_folder(folder, "Cargo.lock");
        let file = tree.contains(path).then(|| tree.source(path)).flatten()?;
        Some((folder, file.told(lock::read)))
    });
    locks.collect()
}

struct Context<'a> {
    manifests: &'a Manifests,
    /// The name of the library in each folder.
    libraries: &'a BTreeMap<RepoPath, String>,
    locks: &'a BTreeMap<RepoPath, Arc<Lock>>,
    tree: &'a SourceTree,
    /// What the user asks for.
    options: &'a ExtractorOptions,
}

fn describe(target: Target, manifest: &Manifest, context: &Context<'_>, files: &CrateFiles) -> Option<CrateSource> {
    let package = manifest.package.as_ref()?;
    let workspace = target.member.workspace.and_then(|folder| context.manifests.get(&folder));
    let workspace = workspace.and_then(|manifest| manifest.workspace.as_ref());
    let given = |value: &Inheritable, inherited: Option<&String>| match value {
        Inheritable::Given(text) => text.clone(),
        Inheritable::FromWorkspace => inherited.cloned().unwrap_or_default(),
        Inheritable::Absent => String::new(),
    };
    let edition = given(&package.edition, workspace.map(|workspace| &workspace.edition));
    let mut dependencies = dependencies(&target, package, context, &files.re_exported);
    if target.kind == TargetKind::Program
        && let Some(library) = context.libraries.get(&target.member.folder)
    {
        let name = package.library.as_ref().and_then(|library| library.name.as_ref()).unwrap_or(&package.name);
        dependencies.insert(name.replace('-', "_"), Dependency::Local(library.clone()));
    }
    let build_script = in_folder(target.member.folder, "build.rs");
    let is_generated = package.build.unwrap_or_else(|| context.tree.contains(build_script));
    let mut environment = Environment {
        flags: package.flags.clone(),
        denied: BTreeSet::new(),
        is_closed: !is_generated,
        features: package.features(context.options.features.as_deref()),
    };
    if let Some(script) = context.tree.source(build_script).filter(|_| is_generated) {
        script.noted::<FlagAliases>().settle(&mut environment);
    }
    Some(CrateSource {
        compiled: compiled(&target.name, context),
        name: target.name,
        target: target.kind,
        package: package.name.clone(),
        version: given(&package.version, workspace.map(|workspace| &workspace.version)),
        description: given(&package.description, workspace.map(|workspace| &workspace.description)),
        paths_from_root: edition.is_empty() || edition == "2015",
        is_generated,
        environment,
        lints: package.lints.settled(workspace.map(|workspace| workspace.lints), context.tree, target.member.folder),
        root: target.root,
        dependencies,
        included: files.included.clone(),
        unread: files.unread.clone(),
        files: files.files.iter().map(|file| file.path()).collect(),
        inlined: Vec::new(),
        is_documented: true,
        is_inlined: false,
        shared: SharedScans::default(),
    })
}

/// rustdoc's JSON of the crate `name`, in the first of the places where the user says that there may be some.
fn compiled(name: &str, context: &Context<'_>) -> Option<RepoPath> {
    let file = format!("{name}.json");
    let places = context.options.rustdoc_json.iter();
    let paths = places.filter_map(|place| if place.file_name() == file { Some(*place) } else { place.join(&file) });
    paths.into_iter().find(|path| context.tree.contains(*path) && !context.tree.is_folder(*path))
}

fn dependencies(
    target: &Target,
    package: &Package,
    context: &Context<'_>,
    re_exported: &BTreeSet<String>,
) -> BTreeMap<String, Dependency> {
    let Member { folder, workspace } = target.member;
    let shared = workspace.and_then(|folder| context.manifests.get(&folder)?.workspace.as_ref());
    let lock = context.locks.get(&workspace.unwrap_or(folder));
    let mut found = BTreeMap::new();
    for entry in &package.dependencies {
        let inherited = shared
            .filter(|_| entry.from_workspace)
            .and_then(|shared| shared.dependencies.iter().find(|other| other.key == entry.key));
        let (entry, base) = match (inherited, workspace) {
            (Some(inherited), Some(workspace)) => (inherited, workspace),
            _ => (entry, folder),
        };
        let given = entry.path.as_deref().and_then(|path| base.join(path));
        let called = entry.key.replace('-', "_");
        let dependency = match given.and_then(|path| context.libraries.get(&path)) {
            Some(name) => Dependency::Local(name.clone()),
            None => {
                let locked = lock.and_then(|lock| lock.version(&package.name, &entry.package));
                let version = locked.unwrap_or(&entry.version);
                let is_beside = given.is_some() && entry.version.is_empty();
                let version = match version {
                    _ if is_beside => "",
                    "" => "latest",
                    version => version,
                };
                let is_shown = target.kind != TargetKind::Program && re_exported.contains(&called);
                let root = || find_library(context.tree, workspace.unwrap_or(folder), &entry.package, version, given);
                Dependency::Registry {
                    package: entry.package.clone(),
                    version: version.to_owned(),
                    root: is_shown.then(root).flatten(),
                }
            }
        };
        found.insert(called, dependency);
    }
    found
}
