//! `Cargo.lock`: which versions of its dependencies a package uses.

use std::collections::BTreeMap;

use crate::source::SourceFile;

/// The locked packages. A lock file is written by Cargo, in one form, and can be very long: it is read line by line.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Lock {
    /// By name, each with its version and the dependencies it lists (`name` or `name version`).
    packages: BTreeMap<String, Vec<Locked>>,
}

#[derive(Debug, Default, PartialEq)]
struct Locked {
    version: String,
    dependencies: Vec<String>,
}

/// Reads a lock file.
pub(super) fn read(file: &SourceFile) -> Lock {
    let mut lock = Lock::default();
    for block in file.text().split("[[package]]").skip(1) {
        let mut name = "";
        let mut locked = Locked::default();
        for line in block.lines().map(str::trim) {
            if let Some(value) = line.strip_prefix("name = ") {
                name = value.trim_matches('"');
            } else if let Some(value) = line.strip_prefix("version = ") {
                locked.version = value.trim_matches('"').to_owned();
            } else if let Some(dependency) = line.strip_prefix('"') {
                locked.dependencies.push(dependency.trim_end_matches([',', '"']).to_owned());
            } else if line.starts_with('[') {
                break;
            }
        }
        lock.packages.entry(name.to_owned()).or_default().push(locked);
    }
    lock
}

impl Lock {
    /// The version of `dependency` that the package `package` uses.
    pub(super) fn version(&self, package: &str, dependency: &str) -> Option<&str> {
        let candidates = self.packages.get(dependency)?;
        if let [only] = candidates.as_slice() {
            return Some(&only.version);
        }
        let users = self.packages.get(package).into_iter().flatten();
        let mut listed = users.flat_map(|user| &user.dependencies);
        listed.find_map(|listed| {
            let mut words = listed.split(' ');
            (words.next() == Some(dependency)).then(|| words.next()).flatten()
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn versions() {
        let text = "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\n \"bytes\",\n \"syn 2.0.1\",\n]\n\n\
                    [[package]]\nname = \"bytes\"\nversion = \"1.9.0\"\n\n[[package]]\nname = \"syn\"\nversion = \"1.0.9\"\n\n\
                    [[package]]\nname = \"syn\"\nversion = \"2.0.1\"\n";
        let lock = super::read(&SourceFile::new(RepoPath::new("Cargo.lock").unwrap(), text.to_owned()));
        let cases = [("bytes", Some("1.9.0")), ("syn", Some("2.0.1")), ("serde", None)];
        for (dependency, expected) in cases {
            assert_eq!(lock.version("shop", dependency), expected, "{dependency}");
        }
        assert_eq!(lock.version("other", "syn"), None);
    }
}
