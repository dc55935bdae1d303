//! Justfiles (<https://just.systems/man/en/>).

use super::declarations::Declarations;
use super::snapshot::Snapshot;
use crate::graph::Thing;
use crate::source::RepoPath;

/// The names of files that just goes by.
const HEADS: &[&str] = &["justfile", ".justfile"];

/// Recipes, aliases and modules.
pub(super) fn read(snapshot: &Snapshot<'_>) -> Declarations {
    let mut declarations = Declarations::default();
    for path in snapshot.paths.iter().filter(|path| is_read(**path)) {
        let bytes = (snapshot.bytes)(*path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut is_open = false;
        for line in text.lines() {
            match statement(line) {
                Some(Statement::Name(name)) => declarations.declare(Thing::Recipe, name, *path),
                Some(Statement::Import(file)) => {
                    is_open |= !path.parent().join(file).is_some_and(|file| snapshot.contains(file));
                }
                None => {}
            }
        }
        if is_head(*path) {
            declarations.add_head(*path, is_open);
        }
    }
    declarations
}

/// Whether the file at `path` is read for what it declares.
pub(super) fn is_read(path: RepoPath) -> bool {
    is_head(path) || path.has_extension(&["just"])
}

fn is_head(path: RepoPath) -> bool {
    HEADS.contains(&path.file_name().to_lowercase().as_str())
}

enum Statement<'t> {
    /// A recipe, an alias or a module.
    Name(&'t str),
    /// A file that belongs to this one.
    Import(&'t str),
}

fn statement(line: &str) -> Option<Statement<'_>> {
    let quoted = |text: &str| text.trim().trim_matches(['\'', '"']).len();
    if let Some(file) = line.strip_prefix("import ").or_else(|| line.strip_prefix("import? ")) {
        let file = file.trim();
        let start = file.len() - file.trim_start_matches(['\'', '"']).len();
        return Some(Statement::Import(&file[start..start + quoted(file)]));
    }
    for word in ["alias ", "mod ", "mod? "] {
        if let Some(rest) = line.strip_prefix(word) {
            return Some(Statement::Name(name_at(rest.trim_start())))
                .filter(|_| !name_at(rest.trim_start()).is_empty());
        }
    }
    let line = line.strip_prefix('@').unwrap_or(line);
    let name = name_at(line);
    let rest = &line[name.len()..];
    let (before, behind) = rest.split_once(':')?;
    let is_recipe =
        !name.is_empty() && (before.is_empty() || before.starts_with([' ', '\t'])) && !behind.starts_with('=');
    is_recipe.then_some(Statement::Name(name))
}

fn name_at(text: &str) -> &str {
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    &text[..text.find(|character| !is_part(character)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::{Statement, statement};

    #[test]
    fn statements() {
        let cases = [
            ("build:", "build"),
            ("@test-all *args='': build", "test-all"),
            ("build target=\"a:b\": x", "build"),
            ("alias b := build", "b"),
            ("mod? web 'x.just'", "web"),
            ("import 'a/b.just'", "<a/b.just>"),
            ("import? \"b.just\"", "<b.just>"),
            ("x := 'a:b'", ""),
            ("set shell := ['bash']", ""),
            ("export A := '1'", ""),
            ("  echo a: b", ""),
            ("# a: b", ""),
            ("[group: 'x']", ""),
            ("", ""),
        ];
        for (line, expected) in cases {
            let found = match statement(line) {
                Some(Statement::Name(name)) => name.to_owned(),
                Some(Statement::Import(file)) => format!("<{file}>"),
                None => String::new(),
            };
            assert_eq!(found, expected, "{line}");
        }
    }
}
