//! `Cargo.toml`, as far as documentation depends on it
//! (<https://doc.rust-lang.org/cargo/reference/manifest.html>).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::data::{Value, read_toml};
use crate::diagnostic::Diagnostics;
use crate::extract::rust::scan::Features;
use crate::source::{RepoPath, SourceFile};

/// One manifest.
#[derive(Debug, PartialEq)]
pub(super) struct Manifest {
    /// The folder that it describes.
    pub(super) folder: RepoPath,
    pub(super) package: Option<Package>,
    pub(super) workspace: Option<Workspace>,
}

/// `[package]` and what belongs to it.
#[derive(Debug, PartialEq)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: Inheritable,
    pub(super) description: Inheritable,
    pub(super) edition: Inheritable,
    /// The folder of the workspace's manifest, when it is given.
    pub(super) workspace: Option<String>,
    /// Whether it has a build script; `None` when it is not said.
    pub(super) build: Option<bool>,
    pub(super) library: Option<Target>,
    pub(super) programs: Vec<Target>,
    /// Whether programs are found by where their files stand.
    pub(super) finds_programs: bool,
    pub(super) finds_library: bool,
    pub(super) dependencies: Vec<DependencyEntry>,
    /// What `--cfg` says in `[package.metadata.docs.rs]`.
    pub(super) flags: BTreeSet<String>,
    /// The features with which it is documented: those of `[package.metadata.docs.rs]`, else its default ones.
    pub(super) features: Features,
}

/// A value that may stand in the workspace's manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inheritable {
    Given(String),
    FromWorkspace,
    Absent,
}

/// `[lib]` or `[[bin]]`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Target {
    pub(super) name: Option<String>,
    pub(super) path: Option<String>,
    pub(super) is_procedural_macro: bool,
    /// Whether `cargo doc` documents it.
    pub(super) documented: bool,
}

/// One line of `[dependencies]`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DependencyEntry {
    /// The name in code, with hyphens.
    pub(super) key: String,
    /// The package's own name.
    pub(super) package: String,
    /// The requirement, without operators; empty for none.
    pub(super) version: String,
    /// The folder of a local package, relative to the manifest's.
    pub(super) path: Option<String>,
    /// Whether the rest stands in the workspace's manifest.
    pub(super) from_workspace: bool,
}

/// `[workspace]`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Workspace {
    pub(super) members: Vec<String>,
    pub(super) exclude: Vec<String>,
    pub(super) version: String,
    pub(super) description: String,
    pub(super) edition: String,
    pub(super) dependencies: Vec<DependencyEntry>,
}

/// What reading a manifest gives.
#[derive(PartialEq)]
pub(super) struct Read {
    /// `None` when it is no TOML.
    pub(super) manifest: Option<Arc<Manifest>>,
    /// Why.
    diagnostics: Diagnostics,
}

/// Reads a manifest.
pub(super) fn read(file: &SourceFile) -> Read {
    let (value, diagnostics) = read_toml(file, 0..file.text().len());
    let Some(value) = value.filter(|_| diagnostics.is_empty()) else { return Read { manifest: None, diagnostics } };
    let package = value.get("package").or_else(|| value.get("project"));
    let package = package.and_then(|package| read_package(&value, package));
    let workspace = value.get("workspace").map(read_workspace);
    let manifest = Manifest { folder: file.path().parent(), package, workspace };
    Read { manifest: Some(Arc::new(manifest)), diagnostics }
}

/// What is wrong with a manifest.
pub(crate) fn problems(file: &SourceFile) -> Diagnostics {
    file.told(read).diagnostics.clone()
}

fn read_package(manifest: &Value, package: &Value) -> Option<Package> {
    let mut dependencies = Vec::new();
    let targets = manifest.get("target").map_or(&[][..], Value::entries);
    let tables = std::iter::once(manifest).chain(targets.iter().map(|entry| &entry.value));
    for table in tables {
        dependencies.extend(read_dependencies(table.get("dependencies")));
    }
    let flag = |key: &str| package.get(key).and_then(Value::as_bool).unwrap_or(true);
    Some(Package {
        name: text(package, "name")?,
        version: inheritable(package, "version"),
        description: inheritable(package, "description"),
        edition: inheritable(package, "edition"),
        workspace: text(package, "workspace"),
        build: package.get("build").map(|build| build.as_bool() != Some(false)),
        library: manifest.get("lib").map(read_target),
        programs: manifest.get("bin").map_or(&[][..], Value::items).iter().map(read_target).collect(),
        finds_programs: flag("autobins"),
        finds_library: flag("autolib"),
        dependencies,
        flags: documentation_flags(package),
        features: documentation_features(manifest, package),
    })
}

/// The features that are on (<https://doc.rust-lang.org/cargo/reference/features.html>).
fn documentation_features(manifest: &Value, package: &Value) -> Features {
    let metadata = package.get("metadata").and_then(|metadata| metadata.get("docs")?.get("rs"));
    let flag = |key: &str| metadata.and_then(|metadata| metadata.get(key)?.as_bool()) == Some(true);
    if flag("all-features") {
        return Features::All;
    }
    let chosen = metadata.and_then(|metadata| metadata.get("features")).map_or(&[][..], Value::items);
    let default = (!flag("no-default-features")).then(|| "default".to_owned());
    let mut waiting: Vec<String> = chosen.iter().filter_map(Value::as_str).map(str::to_owned).chain(default).collect();
    let table = manifest.get("features");
    let mut features = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        // `package/feature` turns the package on; `package?/feature` and `dep:package` name no feature.
        let name = match name.split_once('/') {
            Some((package, _)) if !package.ends_with('?') => package.to_owned(),
            Some(_) => continue,
            None => name,
        };
        if name.starts_with("dep:") || !features.insert(name.clone()) {
            continue;
        }
        let enabled = table.and_then(|table| table.get(&name)).map_or(&[][..], Value::items);
        waiting.extend(enabled.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    Features::Only(features)
}

/// The flags that docs.rs hands to the compiler (<https://docs.rs/about/metadata>).
fn documentation_flags(package: &Value) -> BTreeSet<String> {
    let metadata = package.get("metadata").and_then(|metadata| metadata.get("docs")?.get("rs"));
    let arguments = ["rustdoc-args", "rustc-args"].into_iter().filter_map(|key| metadata?.get(key));
    let words: Vec<&str> = arguments.flat_map(Value::items).filter_map(Value::as_str).collect();
    let pairs = words.windows(2).filter(|pair| pair[0] == "--cfg").map(|pair| pair[1]);
    let joined = words.iter().filter_map(|word| word.strip_prefix("--cfg="));
    pairs.chain(joined).map(str::to_owned).collect()
}

fn read_target(target: &Value) -> Target {
    let flag = |key: &str| target.get(key).and_then(Value::as_bool);
    let kinds = target.get("crate-type").or_else(|| target.get("crate_type")).map_or(&[][..], Value::items);
    Target {
        name: text(target, "name"),
        path: text(target, "path"),
        is_procedural_macro: flag("proc-macro").or_else(|| flag("proc_macro")).unwrap_or(false)
            || kinds.iter().any(|kind| kind.as_str() == Some("proc-macro")),
        documented: flag("doc").unwrap_or(true),
    }
}

fn read_workspace(workspace: &Value) -> Workspace {
    let strings = |key: &str| {
        let items = workspace.get(key).map_or(&[][..], Value::items);
        items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let package = workspace.get("package");
    let inherited = |key: &str| package.and_then(|package| text(package, key)).unwrap_or_default();
    Workspace {
        members: strings("members"),
        exclude: strings("exclude"),
        version: inherited("version"),
        description: inherited("description"),
        edition: inherited("edition"),
        dependencies: read_dependencies(workspace.get("dependencies")),
    }
}

fn read_dependencies(table: Option<&Value>) -> Vec<DependencyEntry> {
    let entries = table.map_or(&[][..], Value::entries);
    let read = |entry: &crate::data::Entry| {
        let value = &entry.value;
        let version = value.as_str().map(str::to_owned).or_else(|| text(value, "version")).unwrap_or_default();
        DependencyEntry {
            key: entry.key.to_string(),
            package: text(value, "package").unwrap_or_else(|| entry.key.to_string()),
            version: plain_version(&version),
            path: text(value, "path"),
            from_workspace: value.get("workspace").and_then(Value::as_bool) == Some(true),
        }
    };
    entries.iter().map(read).collect()
}

/// The version in a requirement, which docs.rs takes for the newest that is compatible. Empty when there is none.
fn plain_version(requirement: &str) -> String {
    let first = requirement.split(',').next().unwrap_or_default();
    let version = first.trim_start_matches(['^', '~', '=', '>', '<', ' ']).trim();
    let is_plain = version.starts_with(|first: char| first.is_ascii_digit()) && !version.contains('*');
    if is_plain && !first.trim_start().starts_with('<') { version.to_owned() } else { String::new() }
}

fn text(table: &Value, key: &str) -> Option<String> {
    table.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn inheritable(table: &Value, key: &str) -> Inheritable {
    match table.get(key) {
        None => Inheritable::Absent,
        Some(value) => match value.as_str() {
            Some(text) => Inheritable::Given(text.to_owned()),
            None => Inheritable::FromWorkspace,
        },
    }
}
