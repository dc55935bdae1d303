//! The levels of rustdoc's lints that a package states outside of its code: `[lints.rustdoc]` in its manifest or its workspace's
//! (<https://doc.rust-lang.org/cargo/reference/manifest.html#the-lints-section>), and `rustdocflags` in the settings of Cargo
//! (<https://doc.rust-lang.org/cargo/reference/config.html#buildrustdocflags>).

use super::at_hand::SETTINGS;
use crate::data::{Value, read_toml};
use crate::discover::SourceTree;
use crate::extract::rust::scan::Lints;
use crate::source::{Files, RepoPath, SourceFile, Sources};

/// What `[lints]` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatedLints {
    /// The same as the workspace.
    OfWorkspace,
    Own(Lints),
}

impl StatedLints {
    /// The lints of a package in `folder`, with those of its workspace and of the settings around it.
    pub(super) fn settled(self, workspace: Option<Lints>, tree: &SourceTree, folder: RepoPath) -> Lints {
        let stated = match self {
            Self::OfWorkspace => workspace.unwrap_or_default(),
            Self::Own(lints) => lints,
        };
        stated.within(of_settings(tree, folder))
    }
}

/// Reads `[lints]` of a manifest, or `[workspace.lints]`.
pub(super) fn read_lints(lints: Option<&Value>) -> StatedLints {
    let Some(lints) = lints else { return StatedLints::Own(Lints::default()) };
    if lints.get("workspace").and_then(Value::as_bool) == Some(true) {
        return StatedLints::OfWorkspace;
    }
    let mut stated = Lints::default();
    let mut entries: Vec<_> = lints.get("rustdoc").map_or(&[][..], Value::entries).iter().collect();
    // A single lint stands over the group, wherever it is written.
    entries.sort_by_key(|entry| &*entry.key != "all");
    for entry in entries {
        // `x = "allow"` or `x = { level = "allow", priority = -1 }`
        let level = entry.value.as_str().or_else(|| entry.value.get("level")?.as_str());
        stated.set(level.unwrap_or_default(), &["rustdoc", &entry.key.to_string().replace('-', "_")]);
    }
    StatedLints::Own(stated)
}

/// What flags in the settings of Cargo say of the crates in `folder`: the nearest settings first.
fn of_settings(tree: &SourceTree, folder: RepoPath) -> Lints {
    let settings =
        std::iter::once(folder).chain(folder.above()).flat_map(|folder| SETTINGS.map(|name| folder.join(name)));
    let files = settings.flatten().filter(|path| tree.contains(*path)).filter_map(|path| tree.source(path));
    files.fold(Lints::default(), |lints, file| lints.within(*file.told(read_flags)))
}

fn read_flags(settings: &SourceFile) -> Lints {
    let (value, _) = read_toml(settings, 0..settings.text().len());
    let flags = value.as_ref().and_then(|value| value.get("build")?.get("rustdocflags"));
    let listed = flags.map_or(&[][..], Value::items).iter().filter_map(Value::as_str);
    let words = listed.chain(flags.and_then(Value::as_str)).flat_map(str::split_whitespace);
    let mut stated = Lints::default();
    let mut level = "";
    for word in words {
        let (given, lint) = match word {
            "-A" | "--allow" => ("allow", ""),
            "-W" | "--warn" | "-D" | "--deny" | "-F" | "--forbid" => ("warn", ""),
            _ => match word.split_at_checked(2) {
                Some(("-A", lint)) => ("allow", lint),
                Some(("-W" | "-D" | "-F", lint)) => ("warn", lint),
                _ => (level, word),
            },
        };
        level = if lint.is_empty() { given } else { "" };
        let names: Vec<&str> = lint.split("::").collect();
        if !given.is_empty() {
            stated.set(given, &names);
        }
    }
    stated
}

#[cfg(test)]
mod tests {
    use super::{Lints, StatedLints, read_flags, read_lints};
    use crate::data::read_toml;
    use crate::source::{RepoPath, SourceFile};

    fn file(name: &str, text: &str) -> Option<SourceFile> {
        Some(SourceFile::new(RepoPath::new(name)?, text.to_owned()))
    }

    #[test]
    fn what_manifests_allow() {
        let cases = [
            ("[lints.rustdoc]\nprivate_intra_doc_links = \"allow\"", Some((false, true))),
            ("[lints.rustdoc]\nall = { level = \"allow\", priority = -1 }", Some((true, true))),
            (
                "[lints.rustdoc]\nbroken_intra_doc_links = \"deny\"\nall = { level = \"allow\", priority = -1 }",
                Some((false, true)),
            ),
            ("[lints.rust]\nunsafe_code = \"allow\"", Some((false, false))),
            ("[lints]\nworkspace = true", None),
        ];
        for (text, expected) in cases {
            let stated = file("Cargo.toml", text).and_then(|file| {
                let (value, _) = read_toml(&file, 0..text.len());
                Some(read_lints(value?.get("lints")))
            });
            let allowed = |lints: Lints| (lints.allow_broken(), lints.allow_private());
            let found = match stated {
                Some(StatedLints::Own(lints)) => Some(allowed(lints)),
                _ => None,
            };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_settings_allow() {
        let cases = [
            ("rustdocflags = [\"-Arustdoc::private_intra_doc_links\"]", true),
            ("rustdocflags = [\"--cfg\", \"docsrs\", \"-A\", \"rustdoc::private_intra_doc_links\"]", true),
            ("rustdocflags = \"-D warnings -Arustdoc::all\"", true),
            ("rustdocflags = [\"-Drustdoc::private_intra_doc_links\"]", false),
            ("rustflags = [\"-Arustdoc::private_intra_doc_links\"]", false),
        ];
        for (line, expected) in cases {
            let lints = file("config.toml", &format!("[build]\n{line}\n")).map(|file| read_flags(&file));
            assert_eq!(lints.map(Lints::allow_private), Some(expected), "{line}");
        }
    }
}
