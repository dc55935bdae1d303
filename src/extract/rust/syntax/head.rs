//! Keywords -> what an item is.

use super::lexer::TokenKind;

/// What the keywords of an item say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    Module,
    Use,
    ExternCrate,
    Struct,
    Enum,
    Union,
    Trait,
    Implementation,
    Function,
    Constant,
    Static,
    TypeAlias,
    /// `extern "C" { … }`.
    ForeignBlock,
    /// `macro_rules! name { … }`.
    MacroRules,
    /// `macro name(…) { … }`.
    DeclarativeMacro,
    /// `name! { … }`.
    MacroCall,
}

/// Tells from its keywords what an item is.
#[derive(Debug, Default)]
pub(super) struct HeadFinder<'a> {
    pub(super) head: Option<Head>,
    /// Whether no later keyword can change it: `const` may yet become `const fn`.
    settled: bool,
    last_word: &'a str,
}

impl<'a> HeadFinder<'a> {
    /// Takes the next token outside of brackets; `next` looks one further.
    pub(super) fn take(&mut self, text: &'a str, kind: TokenKind, next: impl Fn() -> Option<(TokenKind, &'a str)>) {
        if self.settled {
            return;
        }
        let word_follows = || next().is_some_and(|(kind, _)| kind == TokenKind::Word);
        let (head, settled) = match (kind, text) {
            (TokenKind::Word, "fn") => (Some(Head::Function), true),
            // `pub impl(self) trait` says who may implement it.
            (TokenKind::Word, "impl") if self.last_word == "pub" && next().is_some_and(|(_, text)| text == "(") => {
                (self.head, false)
            }
            (TokenKind::Word, "impl") => (Some(Head::Implementation), true),
            (TokenKind::Word, "trait") => (Some(Head::Trait), true),
            (TokenKind::Word, "crate") if self.head == Some(Head::ForeignBlock) => (Some(Head::ExternCrate), true),
            (TokenKind::Word, "unsafe" | "async" | "extern" | "safe" | "gen") if self.head.is_some() => {
                (self.head, false)
            }
            (TokenKind::Word, _) if self.head.is_some() => (self.head, true),
            (TokenKind::Word, "const") => (Some(Head::Constant), false),
            (TokenKind::Word, "extern") => (Some(Head::ForeignBlock), false),
            (TokenKind::Word, "struct") => (Some(Head::Struct), true),
            (TokenKind::Word, "enum") => (Some(Head::Enum), true),
            (TokenKind::Word, "union") if word_follows() => (Some(Head::Union), true),
            (TokenKind::Word, "mod") => (Some(Head::Module), true),
            (TokenKind::Word, "use") => (Some(Head::Use), true),
            (TokenKind::Word, "static") => (Some(Head::Static), true),
            (TokenKind::Word, "type") => (Some(Head::TypeAlias), true),
            (TokenKind::Word, "macro") if word_follows() => (Some(Head::DeclarativeMacro), true),
            (TokenKind::Punctuation, "!") if self.last_word == "macro_rules" => (Some(Head::MacroRules), true),
            (TokenKind::Punctuation, "!") if !self.last_word.is_empty() => (Some(Head::MacroCall), true),
            _ => (self.head, false),
        };
        (self.head, self.settled) = (head, settled);
        self.last_word = if kind == TokenKind::Word { text } else { "" };
    }

    pub(super) fn has_value(&self) -> bool {
        matches!(self.head, Some(Head::Constant | Head::Static))
    }

    pub(super) fn is_macro(&self) -> bool {
        matches!(self.head, Some(Head::MacroRules | Head::MacroCall))
    }

    pub(super) fn holds_items(&self) -> bool {
        matches!(self.head, Some(Head::Module | Head::Implementation | Head::Trait | Head::ForeignBlock))
    }

    pub(super) fn ends_with_braces(&self) -> bool {
        !matches!(self.head, Some(Head::Use | Head::ExternCrate | Head::TypeAlias | Head::Constant | Head::Static))
    }
}
