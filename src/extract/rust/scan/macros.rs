//! What can be known of macros without expanding them.

use std::ops::Range;

use super::super::syntax::{Lexer, Token, TokenKind};
use super::Cfg;

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

/// The macro's arms as readers need them: what each takes, and no more of what it makes than `...`.
pub(super) fn matchers(text: &str, content: &Range<usize>) -> Vec<String> {
    let mut lexer = Lexer::new(text, content.clone());
    let mut arms = Vec::new();
    while let Some(open) = lexer.next() {
        if open.kind != TokenKind::Open {
            continue;
        }
        let Some(end) = group_end(&mut lexer) else { break };
        // `=> { … }`.
        let arrow = lexer.next();
        let body = lexer.next();
        if body.is_some_and(|body| body.kind == TokenKind::Open) && group_end(&mut lexer).is_none()
            || arrow.is_none_or(|arrow| lexer.text(arrow) != "=>")
        {
            break;
        }
        let matcher = &text[open.start..end];
        arms.push(matcher.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "));
    }
    arms
}

/// Behind the bracket that closes the one just read.
fn group_end(lexer: &mut Lexer<'_>) -> Option<usize> {
    let mut depth = 1_usize;
    for token in lexer.by_ref() {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(token.end);
        }
    }
    None
}

/// For a macro whose only arm is `($($item:item)*) => { $( #[cfg(…)] $item )* }`: the conditions that it puts on the
/// items. `None` for any other.
pub(super) fn wraps_items(text: &str, content: &Range<usize>) -> Option<Vec<Cfg>> {
    let lexer = Lexer::new(text, content.clone());
    let mut tokens = lexer.clone();
    let open = tokens.next()?;
    let end = group_end(&mut tokens)?;
    let matcher: String = Lexer::new(text, open.start..end).map(|token| lexer.text(token)).collect();
    let name = matcher.strip_prefix("($($")?.split(':').next()?;
    let plain = [format!("($(${name}:item)*)"), format!("($(${name}:item)+)")];
    if !plain.contains(&matcher) {
        return None;
    }
    let body = end..content.end;
    let rest: Vec<Token> = Lexer::new(text, body.clone()).collect();
    let arrows = rest.iter().filter(|token| lexer.text(**token) == "=>").count();
    let uses = rest.iter().filter(|token| lexer.text(**token) == name).count();
    (arrows == 1 && uses == 1).then(|| conditions(text, body))
}

/// Every `#[cfg(…)]` in `text[range]`.
fn conditions(text: &str, range: Range<usize>) -> Vec<Cfg> {
    let mut lexer = Lexer::new(text, range);
    let mut found = Vec::new();
    let mut last = ["", "", ""];
    while let Some(token) = lexer.next() {
        last = [last[1], last[2], lexer.text(token)];
        if last == ["#", "[", "cfg"]
            && let Some(open) = lexer.next()
            && let Some(end) = group_end(&mut lexer)
        {
            let condition = &text[open.end..end - 1];
            found.push(syn::parse_str(condition.trim().trim_end_matches(',')).unwrap_or(Cfg::Unknown));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Cfg;
    use super::{matchers, wraps_items};

    #[test]
    fn arms() {
        let text = " ($a:expr) => { $a };\n ($a:expr,\n   $b:expr $(,)?) => {{ $a + $b }}; ";
        assert_eq!(matchers(text, &(0..text.len())), ["($a:expr)", "($a:expr, $b:expr $(,)?)"]);
        assert!(matchers("(", &(0..1)).is_empty());
    }

    #[test]
    fn macros_that_pass_items_on() {
        let feature = Cfg::Value("feature".to_owned(), "rt".to_owned());
        let cases = [
            (
                "($($item:item)*) => { $( #[cfg(feature = \"rt\")] #[cfg_attr(docsrs, doc(cfg(feature = \"rt\")))] $item )* }",
                Some(vec![feature]),
            ),
            ("($($item:item)*) => { $( $item )* }", Some(Vec::new())),
            ("($($item:item)*) => { mod a { $( $item )* } $( $item )* }", None),
            ("($name:ident) => { struct $name; }", None),
        ];
        for (text, expected) in cases {
            assert_eq!(wraps_items(text, &(0..text.len())), expected, "{text}");
        }
    }
}
