//! The tokens of a file -> its functions, with their attributes and bodies. Functions within functions belong to those.

use std::ops::Range;

use super::super::syntax::TokenKind;
use super::super::tokens::Tokens;

/// A function, as ranges of tokens.
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    /// Where its name begins in the file.
    pub(super) place: usize,
    /// What stands between the brackets of each of its attributes.
    pub(super) attributes: Vec<Range<usize>>,
    /// What stands between its braces; nothing for one that is only declared.
    pub(super) body: Range<usize>,
}

/// Every function of a file, in order.
pub(super) fn functions<'a>(tokens: &Tokens<'a>) -> Vec<Function<'a>> {
    let mut functions = Vec::new();
    let mut attributes = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens.at(at) {
            "#" if tokens.at(at + 1) == "[" => {
                attributes.push(tokens.within(at + 1));
                at = tokens.close(at + 1) + 1;
            }
            "fn" if tokens.kind(at + 1) == Some(TokenKind::Word) => {
                let mut end = at + 2;
                while end < tokens.len() && !matches!(tokens.at(end), "{" | ";") {
                    end = tokens.behind(end);
                }
                let body = if tokens.at(end) == "{" { tokens.within(end) } else { end..end };
                functions.push(Function {
                    name: tokens.at(at + 1).trim_start_matches("r#"),
                    place: tokens.start(at + 1),
                    attributes: std::mem::take(&mut attributes),
                    body,
                });
                at = tokens.behind(end);
            }
            "pub" if tokens.at(at + 1) == "(" => at = tokens.behind(at + 1),
            "pub" | "async" | "unsafe" | "const" | "extern" | "default" => at += 1,
            text => {
                // The name of an ABI stands between.
                if !text.starts_with('"') {
                    attributes.clear();
                }
                at += 1;
            }
        }
    }
    functions
}

#[cfg(test)]
mod tests {
    use super::{Tokens, functions};

    #[test]
    fn functions_have_attributes_and_bodies() {
        let text = "
            #[a] struct S;
            #[b(c)] #[d] pub(crate) async unsafe extern \"C\" fn r#first<const N: usize>(x: [u8; 2]) -> impl Fn() where T: U { fn inner() {} 1 }
            trait T { #[e] fn second(); fn third() {} }
            const F: fn() = x;
            fn";
        let tokens = Tokens::of(text);
        let found: Vec<_> = functions(&tokens).iter().map(|it| (it.name, it.attributes.len(), it.body.len())).collect();
        assert_eq!(found, [("first", 2, 7), ("second", 1, 0), ("third", 0, 0)]);
    }
}
