//! Listings -> HTML in which words carry the class of what they are.
//!
//! Enters: a language and a text. Leaves: escaped HTML with `<span class="k">` and its like; colours are the style
//! sheet's. The same listing is coloured once, whichever pages and threads show it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};

use crate::graph::push_text;
use crate::source::ContentHash;

/// Longer listings are shown plain: nobody reads them word by word, and grammars are slow.
const LONGEST: usize = 128 * 1024;

/// Listings with longer lines are shown plain: grammars can take quadratic time on a line.
const LONGEST_LINE: usize = 2_000;

/// What is kept at most; beyond it a part is forgotten.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// What a scope means to a reader, most particular first. Scopes are those of Sublime Text's naming guide.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("constant.character.escape", "x"),
    ("string", "s"),
    ("constant", "n"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("storage", "k"),
    ("variable.language", "k"),
    ("variable.function", "f"),
    ("entity.name.function", "f"),
    ("entity.name.macro", "f"),
    ("support.function", "f"),
    ("support.macro", "f"),
    ("entity.name.tag", "t"),
    ("entity.name", "y"),
    ("support.type.property-name", "t"),
    ("support", "y"),
    ("entity.other.inherited-class", "y"),
    ("entity.other.attribute-name", "t"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.heading", "y"),
    ("meta.diff.header", "c"),
    ("meta.annotation", "x"),
];

/// Strings in this scope are names: the keys of JSON.
const KEY: &str = "meta.mapping.key";

/// `text` as HTML, coloured when `language` is known and the text is of a size that readers read.
pub(super) fn highlight(language: &str, text: &str) -> Arc<str> {
    if language.is_empty() || text.len() > LONGEST || text.lines().any(|line| line.len() > LONGEST_LINE) {
        return plain(text).into();
    }
    let Some(syntax) = syntax(language) else { return plain(text).into() };
    let key = ContentHash::of(format!("{}\0{text}", syntax.name).as_bytes());
    let cell = memo().cell(key);
    let html = cell.get_or_init(|| {
        let html: Arc<str> = colour(syntax, text).unwrap_or_else(|| plain(text)).into();
        memo().grown(html.len());
        html
    });
    Arc::clone(html)
}

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// The grammar of `language`, a name or file ending as people write it behind a fence.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "text" | "txt" | "plain" | "plaintext" | "console" | "output" | "mermaid" => return None,
        "shell" | "shellscript" | "zsh" => "sh",
        "jsonc" | "json5" | "jsonl" => "json",
        "golang" => "go",
        "docker" | "containerfile" => "dockerfile",
        "protobuf" => "proto",
        "hcl" => "tf",
        "csharp" => "cs",
        "jsx" => "tsx",
        other => other,
    };
    syntaxes().find_syntax_by_token(token).filter(|syntax| syntax.name != "Plain Text")
}

/// `text` with its words in classes. `None` when the grammar fails on it.
fn colour(syntax: &SyntaxReference, text: &str) -> Option<String> {
    let mut writer = Writer { html: String::with_capacity(text.len() * 3 / 2), open: None };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        for (at, operation) in state.parse_line(line, syntaxes()).ok()? {
            if at > from {
                writer.push(class(stack.as_slice()), &line[from..at]);
                from = at;
            }
            if !matches!(operation, ScopeStackOp::Noop) {
                stack.apply(&operation).ok()?;
            }
        }
        writer.push(class(stack.as_slice()), &line[from..]);
    }
    writer.close();
    Some(writer.html)
}

fn plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    push_text(&mut html, text);
    html
}

/// Words of one class that stand side by side share a `<span>`.
struct Writer {
    html: String,
    open: Option<&'static str>,
}

impl Writer {
    fn push(&mut self, class: Option<&'static str>, text: &str) {
        let is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if class != self.open && !is_blank {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        push_text(&mut self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}

/// The class of the innermost scope that has one.
fn class(scopes: &[Scope]) -> Option<&'static str> {
    static CLASS_OF: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    static KEY_SCOPE: OnceLock<Option<Scope>> = OnceLock::new();
    let scope = |name: &str| Scope::new(name).ok();
    let table =
        CLASS_OF.get_or_init(|| CLASSES.iter().filter_map(|(name, class)| Some((scope(name)?, *class))).collect());
    let key = KEY_SCOPE.get_or_init(|| scope(KEY));
    let class_of =
        |scope: &Scope| table.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    let class = scopes.iter().rev().find_map(class_of)?;
    let is_key = class == "s" && scopes.iter().any(|scope| key.is_some_and(|key| key.is_prefix_of(*scope)));
    Some(if is_key { "t" } else { class })
}

/// Listings that have been coloured. A pure function's results: forgetting one costs time and changes nothing.
struct Memo {
    shards: [Mutex<Shard>; 16],
    bytes: AtomicUsize,
}

type Shard = HashMap<ContentHash, Arc<OnceLock<Arc<str>>>>;

fn memo() -> &'static Memo {
    static MEMO: OnceLock<Memo> = OnceLock::new();
    MEMO.get_or_init(|| Memo { shards: std::array::from_fn(|_| Mutex::default()), bytes: AtomicUsize::new(0) })
}

impl Memo {
    /// Where the result for `key` stands or will stand. Threads that want the same one wait for the first.
    fn cell(&self, key: ContentHash) -> Arc<OnceLock<Arc<str>>> {
        let shard = usize::from(key.to_string().bytes().next().unwrap_or(0)) % self.shards.len();
        let mut shard = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shard.entry(key).or_default())
    }

    /// Counts a new result, and begins anew when they have become too many.
    fn grown(&self, bytes: usize) {
        if self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > KEPT_BYTES {
            self.bytes.store(0, Ordering::Relaxed);
            for shard in &self.shards {
                shard.lock().unwrap_or_else(PoisonError::into_inner).clear();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{highlight, syntax};

    #[test]
    fn words_have_classes_and_everything_is_escaped() {
        let cases = [
            ("rust", "fn a() {}", "<span class=\"k\">fn </span><span class=\"f\">a</span>() {}"),
            ("", "<script>", "&lt;script&gt;"),
            ("nosuchlanguage", "a < b", "a &lt; b"),
            ("json", "{\"a\": 1}", "{<span class=\"t\">\"a\"</span>: <span class=\"n\">1</span>}"),
            ("yaml", "a: b # c\n", ""),
        ];
        for (language, text, expected) in cases {
            let html = highlight(language, text);
            assert!(expected.is_empty() || &*html == expected, "{language} {text}: {html}");
            assert!(!html.contains("<script>"));
        }
    }

    #[test]
    fn names_that_people_write_behind_a_fence() {
        let names = [
            "rust",
            "rs",
            "sh",
            "bash",
            "shell",
            "toml",
            "yaml",
            "yml",
            "json",
            "ts",
            "typescript",
            "js",
            "javascript",
            "python",
            "py",
            "go",
            "sql",
            "dockerfile",
            "html",
            "css",
            "diff",
            "xml",
            "java",
            "kotlin",
            "c",
            "cpp",
            "proto",
            "hcl",
            "makefile",
            "ini",
            "graphql",
            "ruby",
            "nix",
            "jsx",
            "tsx",
            "markdown",
            "http",
            "lua",
        ];
        let unknown: Vec<_> = names.into_iter().filter(|name| syntax(name).is_none()).collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[test]
    fn listings_that_would_take_long_are_plain() {
        let line = format!("let a = \"{}\";", "x<".repeat(2_000));
        assert!(!highlight("rust", &line).contains("<span"));
        assert!(!highlight("rust", &"let a = 1;\n".repeat(20_000)).contains("<span"));
    }
}
