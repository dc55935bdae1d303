//! The name of a language, as people write it behind a fence -> its grammar.

use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Grammars that can go round for ever at one place (`x /*`), and those that hold them.
/// (<https://github.com/trishume/syntect/issues/460>)
const ENDLESS: &[&str] = &["JavaScript", "Svelte"];

/// Every grammar.
pub(super) fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// The grammar of `language`, a name or file ending. `None` for what is not coloured.
pub(super) fn syntax(language: &str) -> Option<&'static SyntaxReference> {
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
        "javascript" | "js" | "mjs" | "cjs" => "javascript (babel)",
        "svelte" => "vue component",
        other => other,
    };
    let known = by_token();
    known.get(token).or_else(|| known.get(token.to_ascii_lowercase().as_str())).copied()
}

/// Grammars by name and by file ending, in lower case. An ending counts more than a name, a later grammar more than an
/// earlier one, as in [`SyntaxSet::find_syntax_by_token`].
fn by_token() -> &'static HashMap<String, &'static SyntaxReference> {
    static BY_TOKEN: OnceLock<HashMap<String, &'static SyntaxReference>> = OnceLock::new();
    BY_TOKEN.get_or_init(|| {
        let is_coloured = |name: &str| name != "Plain Text" && !ENDLESS.contains(&name);
        let coloured = || syntaxes().syntaxes().iter().filter(|syntax| is_coloured(&syntax.name));
        let names = coloured().map(|syntax| (syntax.name.to_ascii_lowercase(), syntax));
        let endings = coloured()
            .flat_map(|syntax| syntax.file_extensions.iter().map(move |ending| (ending.to_ascii_lowercase(), syntax)));
        names.chain(endings).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::syntax;

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
            "mjs",
            "svelte",
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
}
