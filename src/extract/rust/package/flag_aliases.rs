//! A build script -> the flags that it gives to the compiler by name, `cfg_aliases! { apple: { target_os = "macos" } }`
//! (<https://docs.rs/cfg_aliases>). What it does beyond that nobody knows without running it.

use memchr::memmem;

use crate::extract::rust::scan::{Cfg, Environment};
use crate::extract::rust::syntax::{Lexer, TokenKind};
use crate::source::{Note, SourceFile, stored};

/// Names and the conditions that they stand for, in the order in which they are written: later ones may name earlier ones.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FlagAliases {
    aliases: Vec<Alias>,
}

#[derive(Debug, PartialEq)]
struct Alias {
    name: String,
    condition: String,
}

stored! {
    struct FlagAliases { aliases }
    struct Alias { name, condition }
}

impl Note for FlagAliases {
    const NAME: &'static str = "flag aliases of a build script";

    fn of(file: &SourceFile) -> Self {
        let text = file.text();
        let calls = memmem::find_iter(text.as_bytes(), b"cfg_aliases!");
        Self { aliases: calls.flat_map(|call| aliases(&text[call..])).collect() }
    }
}

impl FlagAliases {
    /// Adds to `environment` which of the names certainly are flags, and which certainly are not.
    pub(super) fn settle(&self, environment: &mut Environment) {
        for Alias { name, condition } in &self.aliases {
            let holds = syn::parse_str::<Cfg>(condition).ok().and_then(|condition| condition.holds(environment));
            let names = match holds {
                Some(true) => &mut environment.flags,
                Some(false) => &mut environment.denied,
                None => continue,
            };
            names.insert(name.clone());
        }
    }
}

/// What the call with which `text` begins says.
fn aliases(text: &str) -> Vec<Alias> {
    let mut lexer = Lexer::new(text, 0..text.len());
    let mut aliases = Vec::new();
    if lexer.by_ref().nth(2).is_none_or(|open| open.kind != TokenKind::Open) {
        return aliases;
    }
    while let Some(name) = lexer.next().filter(|name| name.kind == TokenKind::Word) {
        let (colon, open) = (lexer.next(), lexer.next());
        let is_alias = colon.is_some_and(|colon| &text[colon.range()] == ":")
            && open.is_some_and(|open| open.kind == TokenKind::Open);
        let Some(start) = open.filter(|_| is_alias).map(|open| open.end) else { break };
        let Some(close) = lexer.close() else { break };
        aliases.push(Alias { name: text[name.range()].to_owned(), condition: text[start..close.start].to_owned() });
        if lexer.peek().is_some_and(|next| &text[next.range()] == ",") {
            lexer.next();
        }
    }
    aliases
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Environment, FlagAliases};
    use crate::source::{Note, RepoPath, SourceFile};

    #[test]
    fn what_certainly_is_a_flag() {
        let text = "fn main() {\n    cfg_aliases! {\n        linux: { target_os = \"linux\" },\n        apple: { any(target_os = \"macos\", target_os = \"ios\") },\n        kernel: { any(linux, apple) },\n        bare: { not(kernel) },\n        odd: { unheard_of },\n    }\n}\n";
        let file = SourceFile::new(RepoPath::new("build.rs").unwrap(), text.to_owned());
        let mut environment = Environment::default();
        FlagAliases::of(&file).settle(&mut environment);
        assert_eq!(environment.flags.into_iter().collect::<Vec<_>>(), ["kernel", "linux"]);
        assert_eq!(environment.denied.into_iter().collect::<Vec<_>>(), ["apple", "bare"]);
        for broken in ["cfg_aliases!", "cfg_aliases! { a", "cfg_aliases! { a: b }", "cfg_aliases! { a: { b"] {
            let file = SourceFile::new(RepoPath::new("build.rs").unwrap(), broken.to_owned());
            assert_eq!(FlagAliases::of(&file), FlagAliases::default(), "{broken}");
        }
    }
}
