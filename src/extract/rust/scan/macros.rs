//! What can be known of macros without expanding them.

use std::ops::Range;

use super::super::syntax::{Lexer, Token, TokenKind};

/// Longer matchers are shown as they are written.
const WIDEST: usize = 90;

/// Whether what stands between the brackets of a macro call begins as an item does. Cheap: looks at one token.
pub(super) fn may_hold_items(text: &str, content: &Range<usize>) -> bool {
    let mut lexer = Lexer::new(text, content.clone());
    let Some(first) = lexer.next() else { return false };
    match first.kind {
        TokenKind::OuterDoc => true,
        TokenKind::Punctuation => lexer.text(first) == "#",
        TokenKind::Word => {
            matches!(
                lexer.text(first),
                "pub"
                    | "fn"
                    | "struct"
                    | "enum"
                    | "union"
                    | "trait"
                    | "impl"
                    | "mod"
                    | "use"
                    | "type"
                    | "const"
                    | "static"
                    | "async"
                    | "unsafe"
                    | "extern"
                    | "macro_rules"
            ) || lexer.next().is_some_and(|next| matches!(lexer.text(next), "!" | "::"))
        }
        _ => false,
    }
}

/// A branch of `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Branch {
    /// Where conditions stand, each with whether it must hold.
    pub(super) conditions: Vec<(Range<usize>, bool)>,
    /// What is between its braces.
    pub(super) content: Range<usize>,
}

/// The branches of a call that chooses between items by conditions. `None` for any other.
pub(super) fn branches(text: &str, content: &Range<usize>) -> Option<Vec<Branch>> {
    let mut lexer = Lexer::new(text, content.clone());
    let mut branches = Vec::new();
    let mut failed: Vec<(Range<usize>, bool)> = Vec::new();
    loop {
        let next = lexer.next()?;
        let mut conditions = failed.clone();
        let open = match lexer.text(next) {
            "if" => {
                let words = [lexer.next()?, lexer.next()?, lexer.next()?].map(|token| lexer.text(token));
                let open = lexer.next()?;
                if words != ["#", "[", "cfg"] || lexer.text(open) != "(" {
                    return None;
                }
                let end = lexer.close()?.end;
                let condition = open.end..end - 1;
                conditions.push((condition.clone(), true));
                failed.push((condition, false));
                lexer.next().filter(|close| lexer.text(*close) == "]")?;
                lexer.next()?
            }
            _ => next,
        };
        if lexer.text(open) != "{" {
            return None;
        }
        let end = lexer.close()?.end;
        let is_last = conditions.len() == failed.len() && conditions.iter().all(|(_, holds)| !holds);
        branches.push(Branch { conditions, content: open.end..end - 1 });
        match lexer.next() {
            None => return (!failed.is_empty()).then_some(branches),
            Some(word) if !is_last && lexer.text(word) == "else" => {}
            Some(_) => return None,
        }
    }
}

/// The macro's arms as readers need them: what each takes, and no more of what it makes than `...`.
pub(super) fn matchers(text: &str, content: &Range<usize>) -> Vec<String> {
    let mut lexer = Lexer::new(text, content.clone());
    let mut arms = Vec::new();
    while let Some(open) = lexer.next() {
        if open.kind != TokenKind::Open {
            continue;
        }
        let Some(end) = lexer.close().map(|close| close.end) else { break };
        // `=> { … }`.
        let arrow = lexer.next();
        let body = lexer.next();
        if body.is_some_and(|body| body.kind == TokenKind::Open) && lexer.close().is_none()
            || arrow.is_none_or(|arrow| lexer.text(arrow) != "=>")
        {
            break;
        }
        let matcher = &text[open.start..end];
        let line = matcher.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        arms.push(if line.len() > WIDEST { in_lines(matcher) } else { line });
    }
    arms
}

/// `matcher` in the lines in which it is written, those behind the first indented once and as deep as they are beside each
/// other.
fn in_lines(matcher: &str) -> String {
    let mut lines = matcher.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let mut written = lines.next().unwrap_or_default().to_owned();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let least = lines.clone().map(indent).min().unwrap_or(0);
    lines.for_each(|line| written.extend(["\n    ", line.get(least..).unwrap_or_default()]));
    written
}

/// For a macro whose only arm passes items on, `($($item:item)*) => { $( #[cfg(…)] $item )* }`: where the attributes
/// stand that it gives them. `None` for any other.
pub(super) fn given_attributes(text: &str, content: &Range<usize>) -> Option<Range<usize>> {
    let lexer = Lexer::new(text, content.clone());
    let mut tokens = lexer.clone();
    let open = tokens.next()?;
    let end = tokens.close()?.end;
    let matcher: String = Lexer::new(text, open.start..end).map(|token| lexer.text(token)).collect();
    let name = matcher.trim_start_matches(['(', '[', '{', '$']).split(':').next()?;
    let variable = format!("${name}");
    let inside = &matcher[1..matcher.len() - 1];
    let repeats = [format!("$({variable}:item)*"), format!("$({variable}:item)+")].iter().any(|form| form == inside);
    if !repeats && inside != format!("{variable}:item") {
        return None;
    }
    let body: Vec<Token> = Lexer::new(text, end..content.end).collect();
    let words: Vec<&str> = body.iter().map(|token| lexer.text(*token)).collect();
    let first = match (words.as_slice(), repeats) {
        (["=>", "{" | "(" | "[", "$", "(", ..], true) => 4,
        (["=>", "{" | "(" | "[", ..], false) => 2,
        _ => return None,
    };
    let at = words.iter().position(|word| *word == name)?;
    let behind: String = words[at + 1..].concat();
    let is_all = if repeats { behind.starts_with(")*") || behind.starts_with(")+") } else { true };
    let ends = behind.trim_start_matches([')', '*', '+', '}', ']', ';']).is_empty();
    (is_all && ends && at > first && words[at - 1] == "$").then(|| body[first].start..body[at - 1].start)
}

#[cfg(test)]
mod tests {
    use super::{branches, given_attributes, matchers};

    #[test]
    fn arms() {
        let text = " ($a:expr) => { $a };\n ($a:expr,\n   $b:expr $(,)?) => {{ $a + $b }}; ";
        assert_eq!(matchers(text, &(0..text.len())), ["($a:expr)", "($a:expr, $b:expr $(,)?)"]);
        assert!(matchers("(", &(0..1)).is_empty());
    }

    #[test]
    fn branches_under_conditions() {
        let text = "if #[cfg(a)] { x } else if #[cfg(all(b, c))] { y } else { z }";
        let found = branches(text, &(0..text.len())).expect("these are branches");
        let said: Vec<_> = found
            .iter()
            .map(|branch| {
                let conditions = branch.conditions.iter().map(|(range, holds)| (&text[range.clone()], *holds));
                (conditions.collect::<Vec<_>>(), text[branch.content.clone()].trim())
            })
            .collect();
        let expected = [
            (vec![("a", true)], "x"),
            (vec![("a", false), ("all(b, c)", true)], "y"),
            (vec![("a", false), ("all(b, c)", false)], "z"),
        ];
        assert_eq!(said, expected);
        for other in ["", "fn a() {}", "{ x }", "if a { b }", "if #[cfg(a)] { x } else { y } z", "if #[cfg(a)] { x"] {
            assert_eq!(branches(other, &(0..other.len())), None, "{other}");
        }
    }

    #[test]
    fn macros_that_pass_items_on() {
        let cases = [
            ("($($item:item)*) => { $( #[cfg(a)] #[doc = \"b\"] $item )* }", Some("#[cfg(a)] #[doc = \"b\"] ")),
            ("($($item:item)*) => { $( $item )* };", Some("")),
            ("($one:item) => { /// c\n #[macro_export] $one }", Some("/// c\n #[macro_export] ")),
            ("($($item:item)*) => { mod a { $( $item )* } }", None),
            ("($($item:item)*) => { $( $item )* fn more() {} }", None),
            ("($($item:item)*) => { $( $item )* } ($a:ty) => {}", None),
            ("($name:ident) => { struct $name; }", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = given_attributes(text, &(0..text.len()));
            assert_eq!(found.map(|range| &text[range]), expected, "{text}");
        }
    }
}
