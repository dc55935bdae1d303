//! Chunks of text -> items, one declaration at a time.

use std::cell::Cell;
use std::ops::Range;

use syn::Attribute;
use syn::parse::Parse;

use super::super::syntax::{Chunk, Head, Lexer, Outline, Problem, TokenKind};
use super::attributes::{Origin, is_of_macro, path_text, short};
use super::item::{Item, ItemKind, Visibility};
use super::{Attributes, Context, DocPart, Signature, flags, imports, lenient};
use crate::source::Interned;

/// Where items stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Module,
    Trait,
    Implementation,
    ForeignBlock,
}

/// Reads the items of one file.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) context: Context<'a>,
    pub(super) account: &'a Account,
    problem: Option<Problem>,
    /// How many macro calls are open.
    pub(super) calls: usize,
    /// The macro that the innermost of them calls.
    pub(super) caller: Interned,
    /// How many declarations in the innermost one could not be parsed.
    pub(super) failures: usize,
    /// How many of the items around have attributes that are macros.
    rewritten: usize,
}

/// How many bytes of rules, calls and expansions are read for one file: a macro may call itself twice, and more.
const MOST_EXPANDED: usize = 16 * 1024 * 1024;

/// What readers of one file count together.
pub(super) struct Account {
    /// Set when what was read depends on features that are not known.
    pub(super) depends: Cell<bool>,
    /// Set when there is something that could not be parsed.
    pub(super) is_partial: Cell<bool>,
    left: Cell<usize>,
}

impl Default for Account {
    fn default() -> Self {
        Self { depends: Cell::new(false), is_partial: Cell::new(false), left: Cell::new(MOST_EXPANDED) }
    }
}

impl Account {
    /// Whether so many bytes more may be read for expansions.
    pub(super) fn may_expand(&self, bytes: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(bytes));
        left > bytes
    }
}

/// What syn made of a declaration, and where that came from.
pub(super) struct Parsed<'a, T> {
    pub(super) tree: T,
    pub(super) origin: Origin<'a>,
}

/// Frees what proc-macro2 keeps of the texts that it has read. Places of earlier trees are invalid from then on.
struct FreeSpans;

impl Drop for FreeSpans {
    fn drop(&mut self) {
        proc_macro2::extra::invalidate_current_thread_spans();
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, context: Context<'a>, account: &'a Account) -> Self {
        let caller = Interned::new("");
        Self { text, context, account, problem: None, calls: 0, caller, failures: 0, rewritten: 0 }
    }

    /// The first thing that could not be parsed.
    pub(super) fn into_problem(self) -> Option<Problem> {
        self.problem
    }

    /// The attributes and `//!` comments with which `outline` begins.
    pub(super) fn inner_attributes(&mut self, outline: &Outline) -> Attributes {
        let _free = FreeSpans;
        let mut attributes = Attributes::default();
        let range = outline.inner.clone();
        let start = self.push_comments(range.clone(), TokenKind::InnerDoc, &mut attributes);
        if start < range.end
            && let Some(parsed) = self.parse_with(start, range.end, "", |input: syn::parse::ParseStream<'_>| {
                input.call(Attribute::parse_inner)
            })
        {
            attributes.read(&parsed.tree, parsed.origin);
        }
        attributes
    }

    /// The items of `outline`, a file's or a module's.
    pub(super) fn items(&mut self, outline: &Outline) -> Vec<Item> {
        self.all(outline, Within::Module)
    }

    /// The attributes of a module's declaration.
    pub(super) fn module_attributes(&mut self, chunk: &Chunk) -> Option<Attributes> {
        let _free = FreeSpans;
        let parsed = self.parse::<syn::ItemMod>(chunk, ";")?;
        let mut attributes = Attributes::default();
        attributes.read(&parsed.tree.attrs, parsed.origin);
        Some(attributes)
    }

    pub(super) fn all(&mut self, outline: &Outline, within: Within) -> Vec<Item> {
        let mut items = Vec::with_capacity(outline.chunks.len());
        for chunk in &outline.chunks {
            let _free = FreeSpans;
            match (chunk.head, within) {
                (Some(Head::ForeignBlock), _) => items.extend(self.foreign_block(chunk)),
                _ if self.calls > 0
                    && let Some(flags) = flags::flags(self.text, chunk) =>
                {
                    items.extend(self.flags(chunk, &flags));
                }
                _ => items.extend(self.item(chunk, within)),
            }
        }
        items
    }

    pub(super) fn item(&mut self, chunk: &Chunk, within: Within) -> Option<Item> {
        match chunk.head {
            Some(Head::Function) => self.function(chunk, within),
            Some(Head::Constant) => self.constant(chunk, within),
            Some(Head::Static) => self.statics(chunk, within),
            Some(Head::TypeAlias) => self.type_alias(chunk, within),
            Some(Head::Struct) => self.structure(chunk),
            Some(Head::Union) => self.union(chunk),
            Some(Head::Enum) => self.enumeration(chunk),
            Some(Head::Trait) => self.interface(chunk),
            Some(Head::Implementation) => self.implementation(chunk),
            Some(Head::Module) => self.module(chunk),
            Some(Head::Use) => self.import(chunk),
            Some(Head::ExternCrate) => self.extern_crate(chunk),
            Some(Head::MacroRules) => self.macro_rules(chunk),
            Some(Head::DeclarativeMacro) => self.declarative_macro(chunk),
            Some(Head::MacroCall) => self.macro_call(chunk, within),
            Some(Head::ForeignBlock) => None,
            None => {
                let _ = self.parse::<syn::Item>(chunk, "");
                None
            }
        }
    }

    /// Parses the declaration of `chunk`, with `tail` in place of its body.
    pub(super) fn parse<T: Parse>(&mut self, chunk: &Chunk, tail: &str) -> Option<Parsed<'a, T>> {
        self.parse_with(chunk.attributes, chunk.body, tail, T::parse)
    }

    pub(super) fn parse_with<T>(
        &mut self,
        start: usize,
        end: usize,
        tail: &str,
        parser: impl Fn(syn::parse::ParseStream<'_>) -> syn::Result<T>,
    ) -> Option<Parsed<'a, T>> {
        let source = self.text.get(start..end)?;
        let environment = self.context.environment;
        let origin = Origin { text: self.text, start, end, environment, depends: &self.account.depends };
        let joined;
        let source = if tail.is_empty() {
            source
        } else {
            joined = [source, tail].concat();
            &joined
        };
        match lenient::parse(source, &parser) {
            Ok(tree) => Some(Parsed { tree, origin }),
            Err(error) => {
                self.failures += 1;
                if self.calls == 0 {
                    self.account.is_partial.set(true);
                    // What a macro makes of it, nobody knows.
                    if self.rewritten == 0 && self.problem.is_none() && !begins_with_macro(source) {
                        self.problem = Some(problem(&error, origin));
                    }
                }
                None
            }
        }
    }

    /// The items of a body below an item with `attributes`.
    pub(super) fn all_below(&mut self, attributes: &[Attribute], outline: &Outline, within: Within) -> Vec<Item> {
        let is_rewritten = usize::from(attributes.iter().any(is_of_macro));
        self.rewritten += is_rewritten;
        let items = self.all(outline, within);
        self.rewritten -= is_rewritten;
        items
    }

    /// Adds the doc comments at the start of `range`; gives the place of what follows them.
    fn push_comments(&self, range: Range<usize>, kind: TokenKind, attributes: &mut Attributes) -> usize {
        let end = range.end;
        for token in Lexer::new(self.text, range) {
            if token.kind != kind {
                return token.start;
            }
            attributes.docs.push(DocPart::Comment(short(token.range())));
        }
        end
    }

    pub(super) fn attributes(&self, chunk: &Chunk, attributes: &[Attribute], origin: Origin<'_>) -> Attributes {
        let mut read = Attributes::default();
        self.push_comments(chunk.start..chunk.attributes, TokenKind::OuterDoc, &mut read);
        read.read(attributes, origin);
        read
    }

    /// An item with its declaration.
    pub(super) fn make(
        &self,
        chunk: &Chunk,
        kind: ItemKind,
        name: &syn::Ident,
        origin: Origin<'_>,
        visibility: &syn::Visibility,
        attributes: &[Attribute],
    ) -> Item {
        let signature = Signature::line(self.text, chunk.keywords..chunk.body);
        Item { signature, ..self.make_bare(chunk, kind, name, origin, visibility, attributes) }
    }

    /// An item whose declaration somebody else prints.
    pub(super) fn make_bare(
        &self,
        chunk: &Chunk,
        kind: ItemKind,
        name: &syn::Ident,
        origin: Origin<'_>,
        visibility: &syn::Visibility,
        attributes: &[Attribute],
    ) -> Item {
        Item {
            kind,
            name: imports::name(name),
            place: origin.place(name.span()),
            visibility: read_visibility(visibility),
            attributes: self.attributes(chunk, attributes, origin),
            signature: Signature::default(),
            parameters: Vec::new(),
            children: Vec::new(),
        }
    }

    /// A function that no page shows: its name is known, so that nobody is told that there is none. `None` when more of it
    /// must be known.
    pub(super) fn private_function(&self, chunk: &Chunk, kind: ItemKind) -> Option<Item> {
        if self.context.shows_all || chunk.attributes < chunk.keywords {
            return None;
        }
        let lexer = Lexer::new(self.text, chunk.keywords..chunk.body);
        if lexer.peek().is_none_or(|first| lexer.text(first) == "pub") {
            return None;
        }
        self.named_behind(chunk, kind, "fn")
    }

    /// An item of which only the name behind `keyword` is known.
    pub(super) fn named_behind(&self, chunk: &Chunk, kind: ItemKind, keyword: &str) -> Option<Item> {
        let mut lexer = Lexer::new(self.text, chunk.keywords..chunk.body);
        let _ = lexer.by_ref().find(|token| self.text.get(token.range()) == Some(keyword))?;
        let name = lexer.next().filter(|name| name.kind == TokenKind::Word)?;
        Some(Item {
            kind,
            name: Interned::new(lexer.text(name).trim_start_matches("r#")),
            place: short(name.range()),
            visibility: Visibility::Inherited,
            attributes: Attributes::default(),
            signature: Signature::default(),
            parameters: Vec::new(),
            children: Vec::new(),
        })
    }

    /// An item without a name, at its first keyword.
    pub(super) fn make_nameless(
        &self,
        chunk: &Chunk,
        kind: ItemKind,
        origin: Origin<'_>,
        attributes: &[Attribute],
    ) -> Item {
        let first = Lexer::new(self.text, chunk.keywords..chunk.end).next();
        Item {
            kind,
            name: Interned::new(""),
            place: short(first.map_or(chunk.keywords..chunk.keywords, |token| token.range())),
            visibility: Visibility::Inherited,
            attributes: self.attributes(chunk, attributes, origin),
            signature: Signature::default(),
            parameters: Vec::new(),
            children: Vec::new(),
        }
    }
}

/// Whether the attributes with which `source` begins are macros, some of them.
fn begins_with_macro(source: &str) -> bool {
    let attributes = |input: syn::parse::ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(attributes)
    };
    syn::parse::Parser::parse_str(attributes, source).is_ok_and(|attributes| attributes.iter().any(is_of_macro))
}

fn problem(error: &syn::Error, origin: Origin<'_>) -> Problem {
    let range = error.span().byte_range();
    let range = if range.is_empty() {
        origin.end.saturating_sub(1).max(origin.start)..origin.end
    } else {
        origin.range(error.span())
    };
    // An error in what stands for the body is an error at the end of the declaration.
    let range = if range.is_empty() { range.start.saturating_sub(1).max(origin.start)..range.end } else { range };
    let message = error.to_string();
    Problem { range, message: format!("this cannot be parsed: {message}"), label: "" }
}

pub(super) fn read_visibility(visibility: &syn::Visibility) -> Visibility {
    match visibility {
        syn::Visibility::Public(_) => Visibility::Public,
        syn::Visibility::Restricted(within) => Visibility::Within(path_text(&within.path)),
        syn::Visibility::Inherited => Visibility::Inherited,
    }
}
