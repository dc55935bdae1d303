//! A file -> the other files of its crate, found without reading anything else.
//!
//! A macro by example may declare modules wherever it is called, so that its text and the calls are told as well.

use memchr::memmem;

use super::attributes::Attributes;
use super::reader::{Account, Reader};
use super::{Context, DEEPEST_CALLS, Environment, LONGEST, Macros, macros};
use crate::extract::rust::syntax::{Chunk, Head, Lexer, Outline, outline};
use crate::source::{Interned, Note, RepoPath, SourceFile, stored};

/// A `mod name;`, found without reading anything else.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ModuleDeclaration {
    /// The modules around it in this file, with their `#[path]`.
    pub(crate) within: Vec<(Interned, Option<String>)>,
    /// Its name.
    pub(crate) name: Interned,
    /// Its `#[path]`.
    pub(crate) path: Option<String>,
    /// Paths that it may have under conditions of which nobody knows yet whether they hold.
    pub(crate) possible_paths: Vec<String>,
}

/// A macro by example whose rules may declare modules.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MacroText {
    pub(crate) name: Interned,
    /// Its rules.
    pub(crate) rules: String,
}

/// A call of a macro where items stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MacroCall {
    /// The modules around it in this file, with their `#[path]`.
    pub(crate) within: Vec<(Interned, Option<String>)>,
    pub(crate) name: Interned,
    /// What it is given.
    pub(crate) arguments: String,
}

/// Longer arguments name no modules.
const LONGEST_ARGUMENTS: usize = 4096;

/// What a file refers to: other files of its crate.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FileReferences {
    /// Its modules in other files.
    pub(crate) modules: Vec<ModuleDeclaration>,
    /// Paths in `include_str!`, relative to its folder.
    pub(crate) included: Vec<String>,
    /// Paths in `include!`, likewise.
    pub(crate) code: Vec<String>,
    /// Its macros that may declare modules.
    pub(crate) macros: Vec<MacroText>,
    /// The first names of the paths that it re-exports from.
    pub(crate) re_exported: Vec<String>,
}

/// The calls of macros in a file. Wanted only in a crate of which some macro declares modules.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FileCalls {
    pub(crate) calls: Vec<MacroCall>,
}

stored! {
    struct ModuleDeclaration { within, name, path, possible_paths }
    struct MacroText { name, rules }
    struct MacroCall { within, name, arguments }
    struct FileReferences { modules, included, code, macros, re_exported }
    struct FileCalls { calls }
}

impl Note for FileReferences {
    const NAME: &'static str = "references of a Rust file";

    fn of(file: &SourceFile) -> Self {
        Self::of_text(file.text())
    }
}

impl Note for FileCalls {
    const NAME: &'static str = "macro calls of a Rust file";

    fn of(file: &SourceFile) -> Self {
        let text = file.text();
        if text.len() > LONGEST {
            return Self::default();
        }
        Self { calls: Walk::of(text, &outline_of(text, 0..text.len())).calls }
    }
}

impl FileReferences {
    /// The files that `text` refers to.
    pub(crate) fn of_text(text: &str) -> Self {
        if text.len() > LONGEST {
            return Self::default();
        }
        // Most files name no other, which is told much sooner than where their items stand.
        let walk = match may_declare(text) {
            true => Walk::of(text, &outline_of(text, 0..text.len())),
            false => Walk::default(),
        };
        let (included, code) = match memmem::find(text.as_bytes(), b"include") {
            Some(_) => (literal_arguments(text, "include_str!"), literal_arguments(text, "include!")),
            None => (Vec::new(), Vec::new()),
        };
        Self { modules: walk.modules, included, code, macros: walk.macros, re_exported: re_exported(text) }
    }
}

/// The first names of the paths of `pub use`.
fn re_exported(text: &str) -> Vec<String> {
    let name = |at: usize| {
        let rest = text[at + "pub use ".len()..].trim_start().trim_start_matches("::");
        let end = rest.find(|character: char| !character.is_alphanumeric() && character != '_')?;
        Some(rest[..end].to_owned())
            .filter(|name| !matches!(name.as_str(), "" | "crate" | "self" | "super" | "std" | "core"))
    };
    let mut names: Vec<String> = memmem::find_iter(text.as_bytes(), b"pub use ").filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether `mod name;` may stand somewhere in `text`.
fn may_declare(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"mod").any(|at| {
        let rest = &text[at + 3..];
        let name = rest.trim_start();
        let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '#' | '$');
        let behind = name.trim_start_matches(is_word);
        // What a comment hides is not looked at.
        name.len() < rest.len() && (behind.trim_start().starts_with(';') || behind.trim_start().starts_with('/'))
    })
}

/// What a text refers to, found item by item.
#[derive(Default)]
struct Walk {
    modules: Vec<ModuleDeclaration>,
    macros: Vec<MacroText>,
    calls: Vec<MacroCall>,
}

impl Walk {
    fn of(text: &str, outline: &Outline) -> Self {
        let mut walk = Self::default();
        walk.collect(text, outline, &mut Vec::new(), 0);
        walk
    }

    /// Calls itself for modules and calls within the text, to a bounded depth.
    fn collect(&mut self, text: &str, outline: &Outline, within: &mut Vec<(Interned, Option<String>)>, calls: usize) {
        for chunk in &outline.chunks {
            match chunk.head {
                Some(Head::Module) => {
                    let Some(declaration) = declaration(text, chunk, within) else { continue };
                    if chunk.content.is_empty() && text.as_bytes().get(chunk.body) != Some(&b'{') {
                        self.modules.push(declaration);
                    } else {
                        within.push((declaration.name, declaration.path));
                        self.collect(text, &chunk.items, within, calls);
                        within.pop();
                    }
                }
                Some(Head::MacroRules) => {
                    let rules = text.get(chunk.content.clone()).unwrap_or_default();
                    let name = word_behind(text, chunk, "!").filter(|_| rules.contains("mod "));
                    self.macros.extend(name.map(|name| MacroText { name, rules: rules.to_owned() }));
                }
                Some(Head::MacroCall) if calls < DEEPEST_CALLS => {
                    let arguments = text.get(chunk.content.clone()).unwrap_or_default();
                    if arguments.len() <= LONGEST_ARGUMENTS {
                        let mut words = Lexer::new(text, chunk.keywords..chunk.content.start);
                        let words: Vec<&str> = words.clone().map(|token| words.by_ref().text(token)).collect();
                        let name = words.iter().rposition(|word| *word == "!").and_then(|place| place.checked_sub(1));
                        self.calls.extend(name.map(|place| MacroCall {
                            within: within.clone(),
                            name: Interned::new(words[place]),
                            arguments: arguments.to_owned(),
                        }));
                    }
                    if let Some(branches) = macros::branches(text, &chunk.content) {
                        for branch in branches {
                            self.collect(text, &outline_of(text, branch.content), within, calls + 1);
                        }
                    } else if macros::may_hold_items(text, &chunk.content) {
                        self.collect(text, &outline_of(text, chunk.content.clone()), within, calls + 1);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The modules that `text`, what a macro made, declares in other files; `within` are the modules around its call.
pub(crate) fn modules_of(text: &str, within: &[(Interned, Option<String>)]) -> Vec<ModuleDeclaration> {
    let mut walk = Walk::default();
    walk.collect(text, &outline_of(text, 0..text.len()), &mut within.to_vec(), 0);
    walk.modules
}

fn outline_of(text: &str, range: std::ops::Range<usize>) -> Outline {
    outline(text, range).0
}

/// The word behind `mark` in the declaration of `chunk`.
fn word_behind(text: &str, chunk: &Chunk, mark: &str) -> Option<Interned> {
    let lexer = Lexer::new(text, chunk.keywords..chunk.body);
    let name = lexer.clone().map(|token| lexer.text(token)).skip_while(|word| *word != mark).nth(1)?;
    Some(Interned::new(name.trim_start_matches("r#")))
}

/// A module as it is declared; `None` when it is not there for documentation.
fn declaration(text: &str, chunk: &Chunk, within: &[(Interned, Option<String>)]) -> Option<ModuleDeclaration> {
    let name = word_behind(text, chunk, "mod")?;
    let mut attributes = Attributes::default();
    if chunk.attributes < chunk.keywords {
        let (environment, macros, account) = (Environment::default(), Macros::default(), Account::default());
        // Nothing is looked up by file here.
        let context = Context { environment: &environment, macros: &macros, file: RepoPath::root(), shows_all: false };
        attributes = Reader::new(text, context, &account).module_attributes(chunk)?;
        if !attributes.is_present(&environment) {
            return None;
        }
    }
    let Attributes { path, possible_paths, .. } = attributes;
    Some(ModuleDeclaration { within: within.to_vec(), name, path, possible_paths })
}

/// The literal arguments of every call of `name` in `text`.
fn literal_arguments(text: &str, name: &str) -> Vec<String> {
    let argument = |(at, _): (usize, &str)| {
        let rest = text[at..].strip_prefix(name)?.trim_start();
        let rest = rest.strip_prefix(['(', '[', '{'])?.trim_start().strip_prefix('"')?;
        rest.split_once('"').map(|(path, _)| path.to_owned())
    };
    let mut paths: Vec<String> = text.match_indices(name).filter_map(argument).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{FileCalls, LONGEST_ARGUMENTS};
    use crate::source::{Note, RepoPath, SourceFile};

    #[test]
    fn calls_that_may_declare_modules() {
        let calls = |modules: usize| {
            let names: String = (0..modules).map(|number| format!("    migration_of_orders_{number},\n")).collect();
            let text = format!("migrations!(\n{names});\n");
            FileCalls::of(&SourceFile::new(RepoPath::new("src/a.rs").unwrap(), text)).calls.len()
        };
        assert_eq!((calls(1), calls(100), calls(LONGEST_ARGUMENTS)), (1, 1, 0));
    }
}
