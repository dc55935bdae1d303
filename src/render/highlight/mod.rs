//! Listings -> HTML in which words carry the class of what they are.
//!
//! Enters: a language and a text. Leaves: escaped HTML with `<b>`, `<i>` and `<i class=s>`; colours are the style sheet's. The
//! same listing is coloured once, whichever pages and threads show it.

mod classes;
mod json;
mod languages;
mod memo;
mod sample;

use syntect::parsing::{BasicScopeStackOp, ParseState, ScopeStack, ScopeStackOp, SyntaxReference};

use crate::extract::{RustMark, rust_marks};
use crate::graph::push_text;
use classes::Classes;
use languages::{syntax, syntaxes};

pub(super) use sample::push_sample;

/// The classes of most words in most listings, which have elements of their own because that is much of a page otherwise.
const KEYWORD: &str = "k";
const TYPE: &str = "y";

/// Longer listings are shown plain: nobody reads them word by word, and grammars are slow.
const LONGEST: usize = 128 * 1024;

/// Listings with longer lines are shown plain: grammars can take quadratic time on a line.
const LONGEST_LINE: usize = 2_000;

/// Appends `text`, coloured when `language` is known and the text is of a size that readers read.
pub(super) fn push_highlighted(html: &mut String, language: &str, text: &str) {
    let is_short = || text.len() <= LONGEST && text.lines().all(|line| line.len() <= LONGEST_LINE);
    match syntax(language).filter(|_| is_short()) {
        None => push_text(html, text),
        Some(syntax) if syntax.name == "Rust" => push_rust(html, text),
        Some(syntax) if syntax.name == "JSON" => json::push_json(html, text),
        Some(syntax) => html.push_str(&memo::remembered(&syntax.name, text, || {
            colour(syntax, text).unwrap_or_else(|| {
                let mut plain = String::new();
                push_text(&mut plain, text);
                plain
            })
        })),
    }
}

/// Rust with its words in classes, by its own lexer: that costs less than it does to remember what came out.
fn push_rust(html: &mut String, text: &str) {
    html.reserve(text.len() * 3 / 2);
    let mut writer = Writer { html, open: None };
    for (mark, range) in rust_marks(text) {
        let class = match mark {
            RustMark::Nothing => None,
            RustMark::Comment => Some("c"),
            RustMark::Keyword => Some(KEYWORD),
            RustMark::Text => Some("s"),
            RustMark::Constant => Some("n"),
            RustMark::Function => Some("f"),
            RustMark::Type => Some(TYPE),
            RustMark::Attribute => Some("x"),
        };
        writer.push(class, &text[range]);
    }
    writer.close();
}

/// `text` with its words in classes. `None` when the grammar fails on it.
fn colour(syntax: &SyntaxReference, text: &str) -> Option<String> {
    let mut html = String::with_capacity(text.len() * 2);
    let mut writer = Writer { html: &mut html, open: None };
    let mut state = ParseState::new(syntax);
    let (mut stack, mut classes) = (ScopeStack::new(), Classes::default());
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        for (at, operation) in state.parse_line(line, syntaxes()).ok()? {
            if at > from {
                writer.push(classes.current(), &line[from..at]);
                from = at;
            }
            if !matches!(operation, ScopeStackOp::Noop) {
                let applied = stack.apply_with_hook(&operation, |basic, _| match basic {
                    BasicScopeStackOp::Push(scope) => classes.push(scope),
                    BasicScopeStackOp::Pop => classes.pop(),
                });
                applied.ok()?;
            }
        }
        writer.push(classes.current(), &line[from..]);
    }
    writer.close();
    Some(html)
}

/// Words of one class that stand side by side share an element.
struct Writer<'h> {
    html: &'h mut String,
    open: Option<&'static str>,
}

impl Writer<'_> {
    fn push(&mut self, class: Option<&'static str>, text: &str) {
        if class != self.open {
            // White space has no colour: it stays with the words before it.
            let is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
            if !is_blank {
                self.close();
                match class {
                    None => {}
                    Some(KEYWORD) => self.html.push_str("<b>"),
                    Some(TYPE) => self.html.push_str("<i>"),
                    Some(class) => self.html.extend(["<i class=", class, ">"]),
                }
                self.open = class;
            }
        }
        push_text(self.html, text);
    }

    fn close(&mut self) {
        match self.open.take() {
            None => {}
            Some(KEYWORD) => self.html.push_str("</b>"),
            Some(_) => self.html.push_str("</i>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push_highlighted;

    fn highlight(language: &str, text: &str) -> String {
        let mut html = String::new();
        push_highlighted(&mut html, language, text);
        html
    }

    #[test]
    fn words_have_classes_and_everything_is_escaped() {
        let cases = [
            ("rust", "fn a() {}", "<b>fn </b><i class=f>a</i>() {}"),
            ("", "<script>", "&lt;script&gt;"),
            ("nosuchlanguage", "a < b", "a &lt; b"),
            ("json", "{\"a\": 1}", "{<i class=t>\"a\"</i>: <i class=n>1</i>}"),
            ("yaml", "a: b # c\n", ""),
            // What grammars have been seen to go round for ever at.
            ("js", "x /*\n", ""),
            ("javascript", "{\n  \"a\": \"b\"\n  /*\n   c\n  */\n}\n", ""),
            ("javascript", "export default () => {\n}\n/**\n*/\n", ""),
            ("svelte", "<script>\nx /*\n</script>\n", ""),
            ("html", "<script>\nx /*\n</script>\n", ""),
            ("ts", "i < 0 ? (l) : ([i + 1]);\n", ""),
        ];
        for (language, text, expected) in cases {
            let html = highlight(language, text);
            assert!(expected.is_empty() || html == expected, "{language} {text}: {html}");
            assert!(!html.contains("<script>"));
        }
    }

    #[test]
    fn listings_that_would_take_long_are_plain() {
        let line = format!("let a = \"{}\";", "x<".repeat(2_000));
        assert!(!highlight("rust", &line).contains("<i"));
        assert!(!highlight("rust", &"let a = 1;\n".repeat(20_000)).contains("<i"));
    }
}
