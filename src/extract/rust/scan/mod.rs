//! One `.rs` file on its own -> its items, as far as documentation needs them.
//!
//! Enters: the text of a file. Leaves: a [`Scan`]: items with their places, attributes, doc comments (as places in the
//! text), signatures, imports, and the items within them. Nothing is looked up, no body is parsed, and no syntax tree
//! outlives the item that it was made for. Files that depend on the features or macros of their crate are read again
//! once those are known.

mod attributes;
mod cfg;
mod context;
mod declarations;
mod deprecation;
mod doc_value;
mod expanded;
mod fields;
mod flags;
mod imports;
mod item;
mod lenient;
mod lints;
mod macros;
mod reader;
mod references;
mod signature;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{RepoPath, SourceFile};

use super::syntax::{Head, outline};
use reader::{Account, Reader};

pub(crate) use attributes::{Attributes, DocPart, Inline};
pub(crate) use cfg::{Cfg, Environment, Features};
pub(crate) use context::{Context, Macros};
pub(crate) use deprecation::Deprecation;
pub(crate) use expanded::made as scan_made;
pub(crate) use imports::{Import, Imported};
pub(crate) use item::{Call, Implementation, Item, ItemKind, MacroKind, Visibility};
pub(crate) use lints::Lints;
pub(crate) use references::{FileCalls, FileReferences, MacroCall, ModuleDeclaration, modules_of};
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
    /// Whether its attributes depend on features that were not known.
    pub(crate) depends: bool,
    /// Whether it may have items that are not among these, because they could not be parsed.
    pub(crate) is_partial: bool,
}

impl Scan {
    /// The same, in which it is settled under `environment` what is there, whoever asks under which other.
    pub(crate) fn settled(mut self, environment: &Environment) -> Self {
        settle(&mut self.items, environment);
        self
    }
}

/// Calls itself for what is within items, as deep as they are read.
fn settle(items: &mut [Item], environment: &Environment) {
    for item in items {
        item.attributes.settled = Some(item.attributes.is_present(environment));
        settle(&mut item.children, environment);
    }
}

/// Longer files are generated tables, whose reading would cost more than it tells.
const LONGEST: usize = 32 * 1024 * 1024;

/// Reads `file`, of which nothing else is known but whether pages show all of it.
pub(crate) fn scan(file: &SourceFile, shows_all: bool) -> Scan {
    scan_in(file, &Environment::default(), &Macros::default(), shows_all)
}

/// Reads `file` as a part of a crate.
pub(crate) fn scan_in(file: &SourceFile, environment: &Environment, macros: &Macros, shows_all: bool) -> Scan {
    let text = file.text();
    if text.len() > LONGEST {
        let message = format!("`{}` is larger than {} MB and was left out", file.path(), LONGEST / 1024 / 1024);
        let diagnostic = Diagnostic::new(Code::FileTooLarge, message, file.span(0..0));
        return Scan { diagnostics: vec![diagnostic], is_partial: true, ..Scan::default() };
    }
    let (outline, broken) = outline(text, 0..text.len());
    let account = Account::default();
    let mut reader = Reader::new(text, Context { environment, macros, file: file.path(), shows_all }, &account);
    let attributes = reader.inner_attributes(&outline);
    let items = reader.items(&outline);
    let problem = match (broken, reader.into_problem()) {
        (Some(broken), Some(other)) if other.range.start < broken.range.start => Some(other),
        (Some(broken), _) => Some(broken),
        (None, other) => other,
    };
    // `include!("list.txt")` may be of an expression, and so may that of a file of Rust; or of statements.
    let begins = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("//"));
    let is_expression = file.path().extension() != "rs"
        || begins.is_some_and(|line| line.starts_with(['[', '(', '{', '"', '&']) || is_statement(line));
    let diagnostics = problem.filter(|_| !is_expression).map(|problem| {
        let hint = "the other items of the file are documented; `cargo check` tells more";
        Diagnostic::new(Code::InvalidRust, problem.message, file.span(problem.range)).label(problem.label).hint(hint)
    });
    let (depends, is_partial) = (account.depends.get(), account.is_partial.get() || diagnostics.is_some());
    Scan { items, attributes, diagnostics: diagnostics.into_iter().collect(), depends, is_partial }
}

/// Whether `line` begins with a statement, as in a file that is included in a function.
fn is_statement(line: &str) -> bool {
    let rest = line.trim_start_matches(|next: char| next.is_ascii_alphanumeric() || next == '_');
    line.starts_with("let ") || rest.len() < line.len() && rest.starts_with('.')
}

/// The function whose name begins at `place` in `file`, whoever may use it.
pub(crate) fn function_at(file: &SourceFile, environment: &Environment, place: u32) -> Option<Item> {
    let text = file.text();
    let (outline, _) = outline(text, 0..text.len());
    let place = place as usize;
    let mut chunks = &outline.chunks;
    // As deep as outlines are.
    let chunk = loop {
        let around = chunks.iter().find(|chunk| (chunk.start..chunk.end).contains(&place))?;
        if around.head == Some(Head::Function) {
            break around;
        }
        chunks = &around.items.chunks;
    };
    let account = Account::default();
    let context = Context { environment, macros: &Macros::default(), file: file.path(), shows_all: true };
    Reader::new(text, context, &account).item(chunk, reader::Within::Module)
}

/// Macro calls within macro calls are followed this far.
const DEEPEST_CALLS: usize = 16;

/// The place of `range` in a file.
pub(crate) fn span_in(file: RepoPath, range: &Range<u32>) -> crate::source::Span {
    crate::source::Span::new(file, range.start as usize..range.end as usize)
}
