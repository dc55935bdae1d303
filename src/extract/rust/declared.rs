//! Tokens -> what each of them is a part of: a function, type, static or constant.

use super::syntax::TokenKind;
use super::tokens::Tokens;

/// The outermost declaration that is open while tokens are walked through in their order.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// Where its name begins in the file, and behind which token it ends.
    open: Option<(usize, usize)>,
}

impl Declared {
    /// Where the name of that begins which the token at `at` is a part of.
    pub(super) fn at(&mut self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        if self.open.is_none_or(|(_, end)| at >= end) {
            self.open = declaration(tokens, at);
        }
        self.open.map(|(place, _)| place)
    }
}

/// What is declared at `at`: where its name begins, and behind which token it ends.
fn declaration(tokens: &Tokens<'_>, at: usize) -> Option<(usize, usize)> {
    let name = match tokens.at(at) {
        "fn" | "struct" | "enum" => at + 1,
        "static" | "const" if matches!(tokens.at(at + 1), "ref" | "mut") => at + 2,
        "static" | "const" => at + 1,
        _ => return None,
    };
    if tokens.kind(name) != Some(TokenKind::Word) {
        return None;
    }
    let has_body = matches!(tokens.at(at), "fn" | "struct" | "enum");
    let mut end = name + 1;
    while end < tokens.len() && tokens.at(end) != ";" && !(has_body && tokens.at(end) == "{") {
        if matches!(tokens.at(end), ")" | "}" | "]") {
            break;
        }
        end = tokens.behind(end);
    }
    let end = if has_body { tokens.behind(end) } else { end };
    Some((tokens.start(name), end))
}
