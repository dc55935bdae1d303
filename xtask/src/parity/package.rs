//! A crate's name -> its source, and what rustdoc says of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::livedoc::make_root;

/// A folder in which packages are fetched and documented.
pub(crate) struct Workshop {
    folder: PathBuf,
}

/// A package from the registry.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// What its library is called in code.
    pub(crate) library: String,
    /// A copy of its source.
    pub(crate) folder: PathBuf,
    /// `package.metadata.docs.rs`
    documentation: Value,
}

impl Workshop {
    /// One in `folder`.
    ///
    /// # Errors
    /// It cannot be made.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.canonicalize()? })
    }

    /// Fetches `name`, or `name@version`.
    ///
    /// # Errors
    /// The registry does not have it, or it has no library.
    pub(crate) fn package(&self, named: &str) -> io::Result<Package> {
        let (name, version) =
            named.split_once('@').map_or((named, "*".to_owned()), |(name, version)| (name, format!("={version}")));
        // A package that depends on it is how cargo is asked for a package.
        let asking = self.folder.join("asking").join(name);
        fs::create_dir_all(asking.join("src"))?;
        fs::write(asking.join("src/lib.rs"), "")?;
        let manifest = format!(
            "[package]\nname = \"asking\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{name} = \"{version}\"\n"
        );
        fs::write(asking.join("Cargo.toml"), manifest)?;
        let said = succeed(Command::new("cargo").args(["metadata", "--format-version", "1"]).current_dir(&asking))?;
        let metadata: Value = serde_json::from_str(&said)?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let found = packages.filter(|package| package["name"] == name).max_by_key(|package| {
            let numbers = package["version"].as_str().unwrap_or_default().split(['.', '-', '+']);
            numbers.map(|number| number.parse().unwrap_or(0)).collect::<Vec<u64>>()
        });
        let found = found.ok_or_else(|| Error::other("cargo did not tell where it is"))?;
        let is_library = |target: &&Value| {
            let kinds = target["kind"].as_array().into_iter().flatten().filter_map(Value::as_str);
            kinds.into_iter().any(|kind| kind == "proc-macro" || kind.ends_with("lib"))
        };
        let library = found["targets"].as_array().into_iter().flatten().find(is_library);
        let library = library.ok_or_else(|| Error::other("it has no library"))?;
        let version = found["version"].as_str().unwrap_or_default();
        let folder = self.folder.join("source").join(format!("{name}-{version}"));
        if !folder.exists() {
            let manifest = Path::new(found["manifest_path"].as_str().unwrap_or_default());
            copy(manifest.parent().unwrap_or(manifest), &folder)?;
            let manifest = folder.join("Cargo.toml");
            fs::write(&manifest, without_tests(&fs::read_to_string(&manifest)?))?;
            // It locks what only tests need, too.
            let _ = fs::remove_file(folder.join("Cargo.lock"));
            make_root(&folder)?;
        }
        Ok(Package {
            name: name.to_owned(),
            version: version.to_owned(),
            library: library["name"].as_str().unwrap_or_default().replace('-', "_"),
            folder,
            documentation: found["metadata"]["docs"]["rs"].clone(),
        })
    }

    /// What rustdoc says of the package, with the features with which docs.rs documents it
    /// (<https://docs.rs/about/metadata>).
    ///
    /// # Errors
    /// It cannot be documented.
    pub(crate) fn document(&self, package: &Package) -> io::Result<Value> {
        let Package { documentation, name, version, .. } = package;
        let kept = self.folder.join("json").join(format!("{name}-{version}.json"));
        if !kept.exists() {
            let mut command = Command::new("cargo");
            command.args(["rustdoc", "--lib", "--quiet"]).current_dir(&package.folder);
            if documentation["all-features"] == true {
                command.arg("--all-features");
            }
            if documentation["no-default-features"] == true {
                command.arg("--no-default-features");
            }
            let features: Vec<&str> = strings(&documentation["features"]).collect();
            if !features.is_empty() {
                command.arg("--features").arg(features.join(","));
            }
            command.args(["--", "-Zunstable-options", "--output-format", "json", "--cfg", "docsrs"]);
            command.args(flags(&documentation["rustdoc-args"]));
            let target = self.folder.join("target");
            let environment: BTreeMap<&str, String> = BTreeMap::from([
                ("RUSTC_BOOTSTRAP", "1".to_owned()),
                ("RUSTFLAGS", flags(&documentation["rustc-args"]).join(" ")),
                ("CARGO_TARGET_DIR", target.to_string_lossy().into_owned()),
            ]);
            succeed(command.envs(environment))?;
            fs::create_dir_all(self.folder.join("json"))?;
            fs::copy(target.join("doc").join(format!("{}.json", package.library)), &kept)?;
        }
        Ok(serde_json::from_slice(&fs::read(&kept)?)?)
    }

    /// `rustc 1.95.0`
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn compiler(&self) -> io::Result<String> {
        let said = succeed(Command::new("rustc").arg("--version"))?;
        Ok(said.split(" (").next().unwrap_or_default().trim().to_owned())
    }
}

/// A manifest without what only tests and benches need, features of those among it: that may ask for what the registry does not have.
fn without_tests(manifest: &str) -> String {
    let is_of_tests = |header: &str| {
        let name = header.trim_start_matches('[').trim_end_matches(']');
        name.contains("dev-dependencies") || name == "test" || name == "bench"
    };
    let dropped: Vec<String> = manifest
        .lines()
        .filter_map(|line| line.trim_end().strip_prefix("[dev-dependencies.")?.strip_suffix(']'))
        .map(|name| format!("\"{name}/"))
        .collect();
    let mut kept = true;
    let keep = |line: &&str| {
        if line.starts_with('[') {
            kept = !is_of_tests(line.trim_end());
        }
        kept && !dropped.iter().any(|name| line.contains(name))
    };
    manifest.split_inclusive('\n').filter(keep).collect()
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The `--cfg NAME` among arguments for a compiler, in that form. The others are for HTML, or for docs.rs.
fn flags(arguments: &Value) -> Vec<&str> {
    let words: Vec<&str> = strings(arguments).collect();
    let pairs = words.windows(2).filter(|pair| pair[0] == "--cfg").map(|pair| pair[1]);
    let joined = words.iter().filter_map(|word| word.strip_prefix("--cfg="));
    pairs.chain(joined).flat_map(|name| ["--cfg", name]).collect()
}

/// What the program prints.
fn succeed(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let tail: Vec<&str> = said.lines().rev().take(5).collect();
        return Err(Error::other(tail.into_iter().rev().collect::<Vec<_>>().join("\n")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{flags, without_tests};

    #[test]
    fn what_only_tests_need_is_left_out() {
        let manifest = "[package]\nname = \"a\"\n[dev-dependencies.b]\nversion = \"1\"\n[[test]]\nname = \"c\"\n[features]\nd = []\ne = [\"b/f\"]\n";
        assert_eq!(without_tests(manifest), "[package]\nname = \"a\"\n[features]\nd = []\n");
    }

    #[test]
    fn only_conditions_are_taken_from_the_arguments() {
        let arguments = json!(["--cfg", "docsrs", "--generate-link-to-definition", "--cfg=tokio_unstable"]);
        assert_eq!(flags(&arguments), ["--cfg", "docsrs", "--cfg", "tokio_unstable"]);
        assert!(flags(&json!(null)).is_empty());
    }
}
