//! Which file holds a module (<https://doc.rust-lang.org/reference/items/modules.html#module-source-filenames>).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Included;
use crate::discover::SourceTree;
use crate::extract::rust::expand::expand;
use crate::extract::rust::scan::{FileCalls, FileReferences, MacroCall, ModuleDeclaration, modules_of};
use crate::source::{Files, Interned, RepoPath, SourceFile, Sources, Whole};

/// Where the files of a module's children are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ModuleFolder {
    /// The folder of `name.rs` and `name/mod.rs`.
    folder: RepoPath,
    /// The folder that a `#[path]` starts from.
    path_base: RepoPath,
}

impl ModuleFolder {
    /// For the modules of the file `file`; `owns_folder` for crate roots and files that a `#[path]` names, which are
    /// treated as a `mod.rs`.
    pub(crate) fn of_file(file: RepoPath, owns_folder: bool) -> Self {
        let parent = file.parent();
        let folder = if owns_folder || file.file_name() == "mod.rs" { parent } else { join(parent, file.stem()) };
        Self { folder, path_base: parent }
    }

    /// For the modules in `mod name { … }`.
    pub(crate) fn inline(self, name: Interned, path: Option<&str>) -> Self {
        let folder = match path {
            Some(path) => self.path_base.join(path).unwrap_or(self.folder),
            None => join(self.folder, name.as_str()),
        };
        Self { folder, path_base: folder }
    }

    /// The files that may hold `mod name;`, and whether each owns its folder. `possible` are paths that it may have.
    pub(crate) fn candidates(self, name: Interned, path: Option<&str>, possible: &[String]) -> Vec<(RepoPath, bool)> {
        let at = |path: &str| self.path_base.join(path).map(|file| (file, true));
        let mut candidates: Vec<(RepoPath, bool)> = path.and_then(at).into_iter().collect();
        if path.is_none() {
            candidates.push((join(self.folder, &format!("{name}.rs")), false));
            candidates.push((join(self.folder, &format!("{name}/mod.rs")), true));
        }
        candidates.extend(possible.iter().filter_map(|path| at(path)));
        candidates
    }
}

fn join(folder: RepoPath, name: &str) -> RepoPath {
    folder.join(name).unwrap_or(folder)
}

/// The files of a crate.
#[derive(Default)]
pub(super) struct CrateFiles {
    /// The root first, the others by path.
    pub(super) files: Vec<Arc<SourceFile>>,
    pub(super) included: BTreeMap<RepoPath, Included>,
    pub(super) unread: BTreeSet<RepoPath>,
    /// What it re-exports from, as it calls them: other crates, and modules of its own.
    pub(super) re_exported: BTreeSet<String>,
}

/// Follows the module tree from `root`. `readable` are the files that may be read.
pub(super) fn follow(tree: &SourceTree, root: RepoPath, readable: &BTreeSet<RepoPath>) -> CrateFiles {
    let mut found = CrateFiles::default();
    let mut seen = BTreeSet::from([root]);
    let mut next = vec![(root, true)];
    let mut made = Made::default();
    while !next.is_empty() {
        let paths: Vec<RepoPath> = next.iter().map(|(path, _)| *path).collect();
        tree.sources(&paths);
        let mut declared = Vec::new();
        for (path, owns_folder) in next {
            let Some(file) = tree.source(path) else { continue };
            let references = file.noted::<FileReferences>();
            for relative in &references.included {
                if let Some(path) = path.parent().join(relative)
                    && let Some(file) = tree.contains(path).then(|| tree.source(path)).flatten()
                {
                    // What documents another file stands in that one's input.
                    file.told(Whole::of);
                    found.included.insert(path, Included(file));
                }
            }
            for relative in &references.code {
                let code = path.parent().join(relative).filter(|path| readable.contains(path));
                declared.extend(code.map(|path| (path, true)));
            }
            for declaration in &references.modules {
                declared.extend(locate(tree, path, owns_folder, declaration, readable, &mut found.unread));
            }
            found.re_exported.extend(references.re_exported.iter().cloned());
            made.learn(&file, owns_folder, &references);
            found.files.push(file);
        }
        for (path, owns_folder, declaration) in made.modules() {
            declared.extend(locate(tree, path, owns_folder, &declaration, readable, &mut found.unread));
        }
        next = declared.into_iter().filter(|(path, _)| seen.insert(*path)).collect();
    }
    // Macros may declare what stands beside.
    let folders: BTreeSet<RepoPath> = seen.iter().map(|path| path.parent()).collect();
    let is_beside =
        |path: &RepoPath| path.extension() == "rs" && !seen.contains(path) && folders.contains(&path.parent());
    found.unread.extend(readable.iter().copied().filter(is_beside));
    if let Some((_, others)) = found.files.split_first_mut() {
        others.sort_by_key(|file| file.path());
    }
    found
}

/// What calls of macros declare.
#[derive(Default)]
struct Made {
    /// The rules of macros that may declare modules, by name: all that have it, whatever their conditions.
    rules: BTreeMap<Interned, Vec<String>>,
    /// The files that may have calls, and whether each owns its folder.
    files: Vec<(Arc<SourceFile>, bool)>,
}

impl Made {
    fn learn(&mut self, file: &Arc<SourceFile>, owns_folder: bool, references: &FileReferences) {
        for text in &references.macros {
            self.rules.entry(text.name).or_default().push(text.rules.clone());
        }
        self.files.push((Arc::clone(file), owns_folder));
    }

    /// The modules that calls declare whose macro is known.
    fn modules(&self) -> Vec<(RepoPath, bool, ModuleDeclaration)> {
        let mut modules = Vec::new();
        if self.rules.is_empty() {
            return modules;
        }
        for (file, owns_folder) in &self.files {
            for call in &file.noted::<FileCalls>().calls {
                for rules in self.rules.get(&call.name).into_iter().flatten() {
                    let declared = declared_by(call, rules).into_iter();
                    modules.extend(declared.map(|declaration| (file.path(), *owns_folder, declaration)));
                }
            }
        }
        modules
    }
}

/// The modules that `call` of a macro with these rules declares.
fn declared_by(call: &MacroCall, rules: &str) -> Vec<ModuleDeclaration> {
    let expansion = expand(rules, 0..rules.len(), &call.arguments, 0..call.arguments.len());
    expansion.map(|expansion| modules_of(&expansion.text, &call.within)).unwrap_or_default()
}

fn locate(
    tree: &SourceTree,
    file: RepoPath,
    owns_folder: bool,
    declaration: &ModuleDeclaration,
    readable: &BTreeSet<RepoPath>,
    unread: &mut BTreeSet<RepoPath>,
) -> Option<(RepoPath, bool)> {
    let mut folder = ModuleFolder::of_file(file, owns_folder);
    for (name, path) in &declaration.within {
        folder = folder.inline(*name, path.as_deref());
    }
    let candidates = folder.candidates(declaration.name, declaration.path.as_deref(), &declaration.possible_paths);
    let found = candidates.iter().copied().find(|(path, _)| readable.contains(path));
    if found.is_none() {
        let may_be = |path: &RepoPath| tree.contains(*path) || is_made(tree, *path);
        unread.extend(candidates.into_iter().map(|(path, _)| path).filter(may_be));
    }
    found
}

/// Endings of templates of which programs make files of code.
const TEMPLATES: &[&str] = &["in", "j2", "jinja", "template", "tera", "tmpl", "tpl"];

/// Whether building makes the file at `path`: git keeps it out, or there is a template of it.
fn is_made(tree: &SourceTree, path: RepoPath) -> bool {
    let has_template =
        |ending: &&str| RepoPath::new(&format!("{path}.{ending}")).is_some_and(|path| tree.contains(path));
    tree.is_ignored(path) || TEMPLATES.iter().any(has_template)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::ModuleFolder;
    use crate::source::{Interned, RepoPath};

    #[test]
    fn where_modules_stand() {
        let cases = [
            ("src/lib.rs", true, &[][..], None, "src/x.rs src/x/mod.rs"),
            ("src/a.rs", false, &[], None, "src/a/x.rs src/a/x/mod.rs"),
            ("src/a/mod.rs", false, &[], None, "src/a/x.rs src/a/x/mod.rs"),
            ("src/a.rs", false, &["in"], None, "src/a/in/x.rs src/a/in/x/mod.rs"),
            ("src/a.rs", false, &[], Some("y.rs"), "src/y.rs"),
            ("src/a.rs", false, &["in"], Some("y.rs"), "src/a/in/y.rs"),
            ("src/a/mod.rs", false, &["in"], Some("../y.rs"), "src/a/y.rs"),
            ("src/a.rs", true, &[], None, "src/x.rs src/x/mod.rs"),
        ];
        let folder = ModuleFolder::of_file(RepoPath::new("src/lib.rs").unwrap(), true);
        let found = folder.candidates(Interned::new("x"), None, &["z/x.rs".to_owned()]);
        assert_eq!(found.last().map(|(path, _)| path.as_str()), Some("src/z/x.rs"), "what may be is looked for last");
        for (file, owns_folder, inline, path, expected) in cases {
            let mut folder = ModuleFolder::of_file(RepoPath::new(file).unwrap(), owns_folder);
            for name in inline {
                folder = folder.inline(Interned::new(name), None);
            }
            let found = folder.candidates(Interned::new("x"), path, &[]);
            let found: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(found.join(" "), expected, "{file} {inline:?} {path:?}");
        }
    }
}
