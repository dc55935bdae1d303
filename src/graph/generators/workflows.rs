//! Files that a workflow of continuous integration writes beside a site before that is made: nobody else has them.

use std::collections::BTreeSet;

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// Whether a workflow of the repository writes the file `path`: `shop --help > docs/commands.md`.
pub(super) fn write(resolver: &Resolver<'_>, path: RepoPath) -> bool {
    let writes = |workflow: RepoPath| {
        let file = resolver.files.source(workflow);
        file.is_some_and(|file| file.told(read_outputs).0.contains(path.as_str()))
    };
    resolver.sites().workflows().any(writes)
}

/// Whether the file at `path` says what continuous integration does.
pub(super) fn is_workflow(path: RepoPath) -> bool {
    path.file_name() == ".gitlab-ci.yml"
        || path.parent().as_str().ends_with(".github/workflows") && path.has_extension(&["yaml", "yml"])
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

#[cfg(test)]
mod tests {
    use super::read_outputs;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn files_that_commands_write() {
        let text = "run: shop docs > ./docs/a.md\nrun: shop -o \"docs/b.md\" --all\nrun: x >> $OUT\n";
        let path = RepoPath::new(".github/workflows/docs.yml").unwrap_or_else(RepoPath::root);
        let outputs = read_outputs(&SourceFile::new(path, text.to_owned()));
        assert_eq!(outputs.0.into_iter().collect::<Vec<_>>(), ["docs/a.md", "docs/b.md"]);
    }
}
