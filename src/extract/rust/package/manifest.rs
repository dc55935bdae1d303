//! `Cargo.toml`, as far as documentation depends on it
//! (<https://doc.rust-lang.org/cargo/reference/manifest.html>).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::lint_levels::{StatedLints, read_lints};
use crate::data::{Value, read_toml};
use crate::diagnostic::Diagnostics;
use crate::extract::rust::scan::{Features, Lints};
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
    /// `[features]`: what each turns on.
    pub(super) feature_table: BTreeMap<String, Vec<String>>,
    /// The features with which it is documented: those of `[package.metadata.docs.rs]`, else its default ones.
    pub(super) chosen_features: ChosenFeatures,
    /// `[lints]`.
    pub(super) lints: StatedLints,
}

/// The features that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ChosenFeatures {
    All,
    Named(Vec<String>),
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
    /// `[workspace.lints]`.
    pub(super) lints: Lints,
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

/// What is wrong with a manifest first, of which the rest may be a consequence. One that tests work on may be wrong on purpose, and a
/// template is none yet.
pub(crate) fn problems(file: &SourceFile) -> Diagnostics {
    let is_data = file.path().folders().any(|folder| matches!(folder, "test" | "tests"));
    // cargo-generate fills in templates.
    let is_data = is_data || ["{%", "{{"].iter().any(|sign| file.text().contains(sign));
    if is_data { Diagnostics::new() } else { file.told(read).diagnostics.iter().take(1).cloned().collect() }
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
        feature_table: manifest.get("features").map(read_features).unwrap_or_default(),
        chosen_features: documentation_features(package),
        lints: read_lints(manifest.get("lints")),
    })
}

/// The features with which docs.rs documents a package (<https://docs.rs/about/metadata>).
fn documentation_features(package: &Value) -> ChosenFeatures {
    let metadata = package.get("metadata").and_then(|metadata| metadata.get("docs")?.get("rs"));
    let flag = |key: &str| metadata.and_then(|metadata| metadata.get(key)?.as_bool()) == Some(true);
    if flag("all-features") {
        return ChosenFeatures::All;
    }
    let chosen = metadata.and_then(|metadata| metadata.get("features")).map_or(&[][..], Value::items);
    let default = (!flag("no-default-features")).then_some("default");
    ChosenFeatures::Named(chosen.iter().filter_map(Value::as_str).chain(default).map(str::to_owned).collect())
}

fn read_features(table: &Value) -> BTreeMap<String, Vec<String>> {
    let entry = |entry: &crate::data::Entry| {
        let enabled = entry.value.items().iter().filter_map(Value::as_str).map(str::to_owned).collect();
        (entry.key.to_string(), enabled)
    };
    table.entries().iter().map(entry).collect()
}

impl Package {
    /// The features that are on when it is documented with `chosen`, or with its own choice
    /// (<https://doc.rust-lang.org/cargo/reference/features.html>).
    pub(super) fn features(&self, chosen: Option<&[String]>) -> Features {
        let chosen = match (chosen, &self.chosen_features) {
            (Some(names), _) if names.iter().any(|name| name == "*") => return Features::All,
            (None, ChosenFeatures::All) => return Features::All,
            (Some(names), _) => names,
            (None, ChosenFeatures::Named(names)) => names,
        };
        let mut waiting: Vec<&str> = chosen.iter().map(String::as_str).collect();
        let mut features = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            // `package/feature` turns the package on; `package?/feature` and `dep:package` name no feature.
            let name = name.split_once('/').map_or(name, |(package, _)| package);
            if name.ends_with('?') || name.starts_with("dep:") || !features.insert(name.to_owned()) {
                continue;
            }
            waiting.extend(self.feature_table.get(name).into_iter().flatten().map(String::as_str));
        }
        Features::Only(features)
    }
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
        lints: match read_lints(workspace.get("lints")) {
            StatedLints::Own(lints) => lints,
            StatedLints::OfWorkspace => Lints::default(),
        },
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Features, read};
    use crate::source::{RepoPath, SourceFile};

    fn features(documentation: &str, chosen: Option<&[&str]>) -> Features {
        let text = format!(
            "[package]\nname = \"a\"\n[features]\ndefault = [\"std\"]\nstd = []\nnet = [\"dep:bytes\", \"time\", \"mio/os\", \"log?/std\"]\ntime = []\n\
             [package.metadata.docs.rs]\n{documentation}\n"
        );
        let manifest = read(&SourceFile::new(RepoPath::new("Cargo.toml").unwrap(), text)).manifest.unwrap();
        let chosen: Option<Vec<String>> = chosen.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        manifest.package.as_ref().unwrap().features(chosen.as_deref())
    }

    #[test]
    fn features_that_are_on() {
        let only = |names: &[&str]| Features::Only(names.iter().map(|name| (*name).to_owned()).collect());
        let cases = [
            ("", None, only(&["default", "std"])),
            ("all-features = true", None, Features::All),
            ("no-default-features = true", None, only(&[])),
            ("features = [\"net\"]", None, only(&["default", "mio", "net", "std", "time"])),
            ("all-features = true", Some(&["time"][..]), only(&["time"])),
            ("", Some(&["*"][..]), Features::All),
        ];
        for (documentation, chosen, expected) in cases {
            assert_eq!(features(documentation, chosen), expected, "{documentation} {chosen:?}");
        }
    }
}
