//! One `.rs` file on its own -> its items, as far as documentation needs them.
//!
//! Enters: the text of a file. Leaves: a [`Scan`]: items with their places, attributes, doc comments (as places in the
//! text), signatures, imports, and the items within them. Nothing is looked up, no body is parsed, and no syntax tree
//! outlives the item that it was made for.

mod attributes;
mod cfg;
mod declarations;
mod fields;
mod imports;
mod item;
mod macros;
mod reader;
mod signature;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Interned, Note, RepoPath, SourceFile, stored};

use super::syntax::{Chunk, Head, Lexer, Outline, outline};
use reader::Reader;

pub(crate) use attributes::{Attributes, DocPart, Inline};
pub(crate) use cfg::{Cfg, Environment};
pub(crate) use imports::{Import, Imported};
pub(crate) use item::{Implementation, Item, ItemKind, MacroKind, Visibility};
pub(crate) use signature::Signature;

/// What a file says on its own.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Its items, in order.
    pub(crate) items: Vec<Item>,
    /// The attributes and `//!` comments at its top.
    pub(crate) attributes: Attributes,
    /// The first thing that cannot be parsed.
    pub(crate) diagnostics: Diagnostics,
}

/// Longer files are generated tables, whose reading would cost more than it tells.
const LONGEST: usize = 32 * 1024 * 1024;

/// Reads `file`.
pub(crate) fn scan(file: &SourceFile) -> Scan {
    let text = file.text();
    if text.len() > LONGEST {
        let message = format!("`{}` is larger than {} MB and was left out", file.path(), LONGEST / 1024 / 1024);
        let diagnostic = Diagnostic::new(Code::FileTooLarge, message, file.span(0..0));
        return Scan { diagnostics: vec![diagnostic], ..Scan::default() };
    }
    let (outline, broken) = outline(text, 0..text.len());
    let mut reader = Reader::new(text);
    let attributes = reader.inner_attributes(&outline);
    let items = reader.items(&outline);
    let problem = match (broken, reader.into_problem()) {
        (Some(broken), Some(other)) if other.range.start < broken.range.start => Some(other),
        (Some(broken), _) => Some(broken),
        (None, other) => other,
    };
    let diagnostics = problem.map(|problem| {
        let hint = "the other items of the file are documented; `cargo check` tells more";
        Diagnostic::new(Code::InvalidRust, problem.message, file.span(problem.range)).label(problem.label).hint(hint)
    });
    Scan { items, attributes, diagnostics: diagnostics.into_iter().collect() }
}

/// A `mod name;`, found without reading anything else.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ModuleDeclaration {
    /// The modules around it in this file, with their `#[path]`.
    pub(crate) within: Vec<(Interned, Option<String>)>,
    /// Its name.
    pub(crate) name: Interned,
    /// Its `#[path]`.
    pub(crate) path: Option<String>,
}

/// What a file refers to: other files of its crate.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FileReferences {
    /// Its modules in other files.
    pub(crate) modules: Vec<ModuleDeclaration>,
    /// Paths in `include_str!`, relative to its folder.
    pub(crate) included: Vec<String>,
}

stored! {
    struct ModuleDeclaration { within, name, path }
    struct FileReferences { modules, included }
}

impl Note for FileReferences {
    const NAME: &'static str = "references of a Rust file";

    fn of(file: &SourceFile) -> Self {
        Self::of_text(file.text())
    }
}

impl FileReferences {
    /// The files that `text` refers to.
    pub(crate) fn of_text(text: &str) -> Self {
        let mut references = Self::default();
        if text.len() <= LONGEST {
            let (outline, _) = outline(text, 0..text.len());
            collect_modules(text, &outline, &mut Vec::new(), &mut references.modules, 0);
            references.included = included_paths(text);
        }
        references
    }
}

/// Macro calls within macro calls are followed this far.
const DEEPEST_CALLS: usize = 8;

fn collect_modules(
    text: &str,
    outline: &Outline,
    within: &mut Vec<(Interned, Option<String>)>,
    found: &mut Vec<ModuleDeclaration>,
    calls: usize,
) {
    for chunk in &outline.chunks {
        match chunk.head {
            Some(Head::Module) => {
                let Some((name, path)) = module_header(text, chunk) else { continue };
                if chunk.content.is_empty() && text.as_bytes().get(chunk.body) != Some(&b'{') {
                    found.push(ModuleDeclaration { within: within.clone(), name, path });
                } else {
                    within.push((name, path));
                    collect_modules(text, &chunk.items, within, found, calls);
                    within.pop();
                }
            }
            Some(Head::MacroCall) if calls < DEEPEST_CALLS && macros::may_hold_items(text, &chunk.content) => {
                let (outline, _) = super::syntax::outline(text, chunk.content.clone());
                collect_modules(text, &outline, within, found, calls + 1);
            }
            _ => {}
        }
    }
}

/// The name of a module and its `#[path]`; `None` when it is not there for documentation.
fn module_header(text: &str, chunk: &Chunk) -> Option<(Interned, Option<String>)> {
    let lexer = Lexer::new(text, chunk.keywords..chunk.body);
    let mut words = lexer.clone().map(|token| lexer.text(token)).skip_while(|word| *word != "mod");
    let name = words.nth(1)?;
    let mut path = None;
    if chunk.attributes < chunk.keywords {
        let attributes = Reader::new(text).module_attributes(chunk)?;
        if !attributes.is_present(&Environment::default()) {
            return None;
        }
        path = attributes.path;
    }
    Some((Interned::new(name.trim_start_matches("r#")), path))
}

/// The literal arguments of every `include_str!` in `text`.
fn included_paths(text: &str) -> Vec<String> {
    let argument = |(at, _): (usize, &str)| {
        let rest = text[at..].strip_prefix("include_str!")?.trim_start();
        let rest = rest.strip_prefix(['(', '[', '{'])?.trim_start().strip_prefix('"')?;
        rest.split_once('"').map(|(path, _)| path.to_owned())
    };
    let mut paths: Vec<String> = text.match_indices("include_str!").filter_map(argument).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The place of `range` in a file.
pub(crate) fn span_in(file: RepoPath, range: &Range<u32>) -> crate::source::Span {
    crate::source::Span::new(file, range.start as usize..range.end as usize)
}
