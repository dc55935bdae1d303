//! Rust text -> where its items begin and end.
//!
//! Enters: the text of a file. Leaves: an [`Outline`]: chunks, one an item, whose bodies are told apart from what
//! declares them. Bodies are lexed, because only so their end is found, but never parsed.

mod head;
mod lexer;
mod marks;
mod nesting;
mod outline;

pub(crate) use head::Head;
pub(crate) use lexer::{Lexer, Token, TokenKind};
pub(crate) use marks::{Mark, marks};
pub(crate) use outline::{Chunk, Outline, Problem, first_item, outline};
