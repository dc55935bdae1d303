//! Files that a build or a workflow of continuous integration writes beside a site before that is made: nobody else has them. And
//! files of which a build makes others.

use std::collections::BTreeSet;

use crate::graph::resolve::Resolver;
use crate::source::{Files, RepoPath, SourceFile};

/// Files that say what is made of what in the folder in which they stand.
const BUILDS: &[&str] = &["meson.build", "Makefile", "GNUmakefile", "CMakeLists.txt"];

/// Whether a workflow of the repository writes the file `path`: `shop --help > docs/commands.md`; or a build does.
pub(super) fn write(resolver: &Resolver<'_>, path: RepoPath) -> bool {
    let writes = |workflow: RepoPath| {
        let file = resolver.files.source(workflow);
        file.is_some_and(|file| file.told(read_outputs).0.contains(path.as_str()))
    };
    is_output(resolver.files, path) || resolver.sites().workflows().any(writes)
}

/// Whether a build in a folder above `path` makes it, or a folder above it.
pub fn is_output(files: &dyn Files, path: RepoPath) -> bool {
    let makes = |folder: RepoPath| {
        let rest = path.strip_folder(folder).unwrap_or_default();
        let builds = BUILDS.iter().filter_map(|name| files.source(files.find(folder, name)?));
        builds.into_iter().any(|file| {
            let made = file.told(read_made);
            let is_made = |name: &String| {
                rest.strip_prefix(name.as_str()).is_some_and(|below| below.is_empty() || below.starts_with('/'))
            };
            made.outputs.iter().any(is_made) || made.endings.iter().any(|ending| rest.ends_with(ending))
        })
    };
    path.above().any(makes)
}

/// Whether a build beside the page makes others of it.
pub(super) fn takes(files: &dyn Files, page: RepoPath) -> bool {
    let build = files.find(page.parent(), "meson.build").and_then(|path| files.source(path));
    build.is_some_and(|file| file.told(read_made).inputs.contains(page.file_name()))
}

/// Whether the file at `path` says what continuous integration does.
pub(super) fn is_workflow(path: RepoPath) -> bool {
    path.file_name() == ".gitlab-ci.yml"
        || path.parent().as_str().ends_with(".github/workflows") && path.has_extension(&["yaml", "yml"])
}

/// Whether a file called `name` says what is made of what.
pub(super) fn is_build(name: &str) -> bool {
    BUILDS.contains(&name)
}

/// The files that commands of a workflow write to, as they are written there.
#[derive(Debug, PartialEq)]
pub(super) struct Outputs(BTreeSet<String>);

pub(super) fn read_outputs(file: &SourceFile) -> Outputs {
    const SIGNS: &[&str] = &["> ", "--output ", "--output=", " -o "];
    let behind = |line: &str| -> Vec<String> {
        let starts = SIGNS.iter().flat_map(|sign| line.match_indices(sign).map(|(at, sign)| at + sign.len()));
        let words = starts.filter_map(|start| line[start..].split_whitespace().next());
        let paths = words.map(|word| word.trim_matches(['"', '\'', ';']).trim_start_matches("./").to_owned());
        paths.filter(|path| path.contains('.')).collect()
    };
    Outputs(file.text().lines().flat_map(behind).collect())
}

/// What a build makes, and of what, from its folder.
#[derive(Debug, PartialEq)]
pub(super) struct Made {
    /// Files and folders.
    outputs: BTreeSet<String>,
    /// What names end with whose beginning is computed.
    endings: BTreeSet<String>,
    /// Texts of which it makes them.
    inputs: BTreeSet<String>,
}

pub(super) fn read_made(file: &SourceFile) -> Made {
    let mut made = Made { outputs: BTreeSet::new(), endings: BTreeSet::new(), inputs: BTreeSet::new() };
    match file.path().file_name() {
        "meson.build" => read_meson(file.text(), &mut made),
        "CMakeLists.txt" => made.outputs.extend(behind_word(file.text(), "OUTPUT").map(str::to_owned)),
        _ => made.outputs.extend(targets(file.text()).map(str::to_owned)),
    }
    made
}

/// `output : 'types'`, `output : [ name + '-fixed.md' ]`, `input : [ 'a.md' ]` (Meson, `custom_target`).
fn read_meson(text: &str, made: &mut Made) {
    for (key, is_output) in [("output", true), ("input", false)] {
        for (at, _) in text.match_indices(key) {
            let Some(value) = text[at + key.len()..].trim_start().strip_prefix(':').map(str::trim_start) else {
                continue;
            };
            let value = match value.strip_prefix('[') {
                Some(list) => list.split(']').next(),
                None => value.split(['\n', ',']).next(),
            };
            let value = value.unwrap_or_default();
            // Every other piece stands between quotes.
            let mut before = "";
            for (index, piece) in value.split('\'').enumerate() {
                if index % 2 == 0 {
                    before = piece.trim_end();
                } else if !is_output {
                    made.inputs.insert(piece.to_owned());
                } else if before.ends_with(['+', '/']) {
                    made.endings.insert(piece.to_owned());
                } else if !piece.contains('@') {
                    made.outputs.insert(piece.to_owned());
                }
            }
        }
    }
    // An ending such as `.md` says nothing.
    made.endings.retain(|ending| ending.trim_start_matches('.').contains(['-', '_', '.']));
    made.inputs.retain(|input| input.ends_with(".md"));
}

/// The words behind each `word` of CMake, without folders of the build.
fn behind_word<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = &'t str> {
    let behind = text.split(word).skip(1).filter_map(|rest| rest.split_whitespace().next());
    let paths = behind.map(|path| path.trim_matches(['"', ')']).rsplit_once("}/").map_or(path, |(_, rest)| rest));
    paths.filter(|path| path.contains('.'))
}

/// The documents that rules of Make are for.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let rules = text.lines().filter(|line| !line.starts_with(['\t', '#', ' ', '.']));
    let names = rules.filter_map(|line| line.split_once(':')).filter(|(_, rest)| !rest.starts_with('='));
    names
        .flat_map(|(names, _)| names.split_whitespace())
        .filter(|name| name.ends_with(".md") && !name.contains(['%', '$']))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{read_made, read_outputs};
    use crate::source::{RepoPath, SourceFile};

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile::new(RepoPath::new(path).unwrap(), text.to_owned())
    }

    #[test]
    fn files_that_commands_write() {
        let text = "run: shop docs > ./docs/a.md\nrun: shop -o \"docs/b.md\" --all\nrun: x >> $OUT\n";
        let outputs = read_outputs(&file(".github/workflows/docs.yml", text));
        assert_eq!(outputs.0.into_iter().collect::<Vec<_>>(), ["docs/a.md", "docs/b.md"]);
    }

    #[test]
    fn files_that_builds_make() {
        let meson = "x = custom_target(\n  input : [ gen, 'head.md' ],\n  output : [ 'conf.md', 'types' ],\n)\n\
                     custom_target(output : name + '-fixed.md')\ny = custom_target(output : '@BASENAME@.md')\n";
        let cases = [
            ("meson.build", meson, "conf.md types | -fixed.md | head.md"),
            ("Makefile", "docs/a.md: a.txt\n\tcat a.txt > $@\n.PHONY: b.md\nX := c.md\n%.md: x\n", "docs/a.md |  | "),
            (
                "CMakeLists.txt",
                "add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/doc/a.md\n COMMAND x)\n",
                "doc/a.md |  | ",
            ),
        ];
        for (name, text, expected) in cases {
            let made = read_made(&file(name, text));
            let list = |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
            let found = format!("{} | {} | {}", list(&made.outputs), list(&made.endings), list(&made.inputs));
            assert_eq!(found, expected, "{name}");
        }
    }
}
