//! The files of a crate -> the environment variables that it reads while it runs, by their names.
//!
//! Known are `env::var`, `dotenvy::var`, functions and macros that are called for the environment (`env_or("X", 1)`), `env` of
//! clap and of those who do as it does, and readers of all variables that begin alike (envy, figment, config). A name may be a
//! constant of the crate. What is read while the crate is compiled (`env!`) and what tests read is none of it.

use std::ops::Range;
use std::sync::Arc;

use super::constants::{Constant, constants};
use super::declared::Declared;
use super::syntax::TokenKind;
use super::tokens::{Tokens, string};
use crate::graph::is_variable_name;
use crate::source::SourceFile;

/// What is in the names of functions that write the environment, or read none.
const WRITERS: &[&str] = &["set", "remove", "clear", "mock", "guard", "with_env", "without", "option_env", "temp_env"];

/// Derives that know a bare `env`, by their attributes.
const ATTRIBUTES: &[&str] = &["arg", "clap", "structopt"];

/// What a file says of the environment.
#[derive(Debug, Default)]
pub(super) struct Variables {
    pub(super) read: Vec<Read>,
    /// Constants that may be names.
    pub(super) constants: Vec<Constant>,
}

/// A place where the environment is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) name: Name,
    /// Where that stands.
    pub(super) place: Range<usize>,
    /// Where the name of the function, type, static or constant begins in which it stands.
    pub(super) owner: Option<usize>,
}

/// How a variable is named.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// `APP_PORT`; with `*` in it for what is put in while it runs: `APP_*`.
    Literal(String),
    /// By a constant of this name, and `*` where others follow.
    Constant(String, &'static str),
}

/// The variables that `file` reads.
pub(super) fn variables(file: &SourceFile) -> Arc<Variables> {
    file.derived(|file| {
        let text = file.text();
        let is_telling =
            ["env", "Env"].iter().any(|part| memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some());
        let is_test = file.path().as_str().split('/').any(|part| matches!(part, "tests" | "tests.rs" | "test.rs"));
        Variables { read: if is_telling && !is_test { read(text) } else { Vec::new() }, constants: constants(text) }
    })
}

fn read(text: &str) -> Vec<Read> {
    let tokens = Tokens::of(text);
    let mut declared = Declared::default();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = test(&tokens, at) {
            at = end;
            continue;
        }
        let owner = declared.at(&tokens, at);
        let named = match tokens.kind(at) {
            Some(TokenKind::Open) => call(&tokens, at),
            Some(TokenKind::Word) if matches!(tokens.at(at), "env" | "from" | "name") => attribute(&tokens, at),
            _ => None,
        };
        if let Some((name, place)) = named {
            found.push(Read { name, place: tokens.place(place), owner });
        }
        at += 1;
    }
    found
}

/// Behind the item that is only there for tests, if `at` is its attribute.
pub(super) fn test(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.at(at) != "#" || tokens.at(at + 1) != "[" {
        return None;
    }
    let within = tokens.within(at + 1);
    let words: Vec<&str> = within.clone().map(|at| tokens.at(at)).collect();
    let is_test = match words.as_slice() {
        ["cfg", rest @ ..] => rest.contains(&"test") && !rest.contains(&"not"),
        words => words.iter().take_while(|word| **word != "(").last() == Some(&"test"),
    };
    if !is_test {
        return None;
    }
    let mut end = within.end + 1;
    while end < tokens.len() && !matches!(tokens.at(end), ";" | "{" | "," | "}" | ")") {
        end = tokens.behind(end);
    }
    Some(if tokens.at(end) == "{" { tokens.behind(end) } else { end })
}

/// The variable that a call with the bracket at `open` reads, and where it is named.
fn call(tokens: &Tokens<'_>, open: usize) -> Option<(Name, Range<usize>)> {
    let mut word = open.checked_sub(1)?;
    let is_macro = tokens.at(word) == "!";
    if is_macro {
        word = word.checked_sub(1)?;
    }
    if tokens.at(word) == ">" {
        let angle = (word.saturating_sub(16)..word).rev().find(|at| tokens.at(*at) == "<")?;
        word = angle.checked_sub(if tokens.at(angle.checked_sub(1)?) == "::" { 2 } else { 1 })?;
    }
    if tokens.kind(word) != Some(TokenKind::Word) {
        return None;
    }
    let callee = tokens.at(word);
    let before = word.checked_sub(1).map_or("", |at| tokens.at(at));
    let of = if before == "::" { word.checked_sub(2).map_or("", |at| tokens.at(at)) } else { "" };
    let is_of_env = matches!(of, "env" | "dotenvy" | "dotenv" | "Env" | "Environment" | "envy");
    if before == "fn" {
        return None;
    }
    let arguments = || tokens.arguments(tokens.within(open));
    match callee {
        "vars" | "vars_os" if of == "env" => return Some((Name::Literal("*".to_owned()), word..word + 1)),
        "raw" if of == "Env" => return Some((Name::Literal("*".to_owned()), word..word + 1)),
        "from_env" if of == "envy" => return Some((Name::Literal("*".to_owned()), word..word + 1)),
        "prefixed" | "with_prefix" if is_of_env => {
            let first = arguments().first()?.clone();
            let name = match named(tokens, first.clone()) {
                Some(Name::Literal(name)) => Name::Literal(format!("{}*", name.trim_end_matches('*'))),
                Some(Name::Constant(name, _)) => Name::Constant(name, "*"),
                None => Name::Literal("*".to_owned()),
            };
            return Some((name, first));
        }
        _ => {}
    }
    let lower = callee.to_lowercase();
    let is_reader = match callee {
        "var" | "var_os" => is_of_env || (before != "." && of.is_empty() && callee == "var_os"),
        // Of a builder of clap; a command is given a value, too.
        "env" if before == "." => arguments().len() == 1,
        // At compile time.
        "env" if is_macro => false,
        _ => {
            let is_word = |part: &str| matches!(part, "env" | "envvar" | "getenv");
            let is_called = lower.split('_').any(is_word) && !WRITERS.iter().any(|writer| lower.contains(writer));
            // `command.env_x("X", value)` may write.
            is_called && (before != "." || lower.contains("from") || lower.contains("get") || lower.contains("var"))
        }
    };
    if !is_reader {
        return None;
    }
    let first = arguments().first()?.clone();
    let name = match (named(tokens, first.clone()), callee) {
        (Some(name), _) => name,
        // By a name that comes from elsewhere.
        (None, "var" | "var_os") => Name::Literal("*".to_owned()),
        (None, _) => return None,
    };
    Some((name, first))
}

/// How the argument at `range` names a variable.
fn named(tokens: &Tokens<'_>, mut range: Range<usize>) -> Option<Name> {
    while tokens.at(range.start) == "&" {
        range.start += 1;
    }
    if let Some(name) = tokens.string(range.clone()) {
        let is_name = name.split('*').all(|part| part.is_empty() || is_variable_name(part));
        return (is_name && !name.is_empty()).then_some(Name::Literal(name));
    }
    if let Some(path) = tokens.path(range.clone()) {
        let name = path.last()?.as_str();
        return is_variable_name(name).then(|| Name::Constant(name.to_owned(), ""));
    }
    if tokens.at(range.start + 1) == "!" && matches!(tokens.at(range.start), "format" | "concat") {
        let first = range.start + 3;
        let text = string(tokens.at(first)).unwrap_or_else(|| "*".to_owned());
        let text = if tokens.at(range.start) == "concat" { text + "*" } else { with_holes(&text) };
        return Some(Name::Literal(text));
    }
    None
}

/// A text of `format!` with `*` for what is put in.
fn with_holes(text: &str) -> String {
    let mut pattern = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        pattern.push_str(before);
        pattern.push('*');
        rest = behind.split_once('}').map_or("", |(_, rest)| rest);
    }
    pattern + rest
}

/// The variable that `env = "X"`, clap's bare `env` or what envconfig and env-config have at `at` read.
fn attribute(tokens: &Tokens<'_>, at: usize) -> Option<(Name, Range<usize>)> {
    if !matches!(at.checked_sub(1).map_or("", |at| tokens.at(at)), "(" | ",") {
        return None;
    }
    let is_env = tokens.at(at) == "env";
    // As long as attributes are.
    let nearest = || (at.saturating_sub(64)..at).rev().find(|open| tokens.is_open(*open) && tokens.close(*open) > at);
    let attribute = || Some((nearest()?, tokens.at(nearest()?.checked_sub(1)?)));
    match tokens.at(at + 1) {
        "=" => {
            let value = at + 2;
            let mut end = value + 1;
            while end < tokens.len() && !matches!(tokens.at(end), "," | ")" | "]" | ";") {
                end = tokens.behind(end);
            }
            let is_known = is_env || attribute().is_some_and(|(_, name)| matches!(name, "envconfig" | "env_config"));
            Some((named(tokens, value..end).filter(|_| is_known)?, value..end))
        }
        "," | ")" if is_env => {
            let (open, name) = attribute()?;
            let is_known = ATTRIBUTES.contains(&name) && tokens.at(open.checked_sub(2)?) == "[";
            let mut field = tokens.close(open) + 2;
            while is_known && tokens.at(field) == "#" {
                field = tokens.behind(field + 1);
            }
            if tokens.at(field) == "pub" {
                field += 1;
                field = if tokens.is_open(field) { tokens.behind(field) } else { field };
            }
            let is_field = is_known && tokens.kind(field) == Some(TokenKind::Word) && tokens.at(field + 1) == ":";
            let name = tokens.at(field).trim_start_matches("r#").to_uppercase();
            is_field.then(|| (Name::Literal(name), at..at + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, read};

    #[test]
    fn variables_are_named_by_what_reads_them() {
        let text = r#"
            const HOST: &str = "APP_HOST";
            #[derive(Parser)]
            struct Options {
                #[arg(long, env = "APP_PORT", default_value_t = 80)] port: u16,
                #[clap(long, env)] #[serde(default)] pub(crate) app_name: String,
                #[arg(long, env = names::USER)] user: String,
                #[envconfig(from = "APP_LEVEL")] level: u8,
                #[env_config(default = 1, name = "APP_DEPTH")] depth: u8,
                #[serde(from = "APP_NOT")] not: u8,
            }
            fn main() {
                std::env::var("APP_A"); env::var_os(HOST); dotenvy::var("APP_B");
                env_or("APP_C", 1); parse_env::<u8>("APP_D"); self.get_env("APP_E");
                Arg::new("x").env("APP_F"); Command::new("x").env("NOT_A", "1").env_remove("NOT_B");
                env!("NOT_C"); option_env!("NOT_D"); env::set_var("NOT_E", "1"); set_env("NOT_F");
                env::var(format!("APP_{x}_URL")); Env::prefixed("FIG_"); Environment::with_prefix("CONF");
                env::var(name); env::vars(); f.var("NOT_G");
            }
            #[cfg(test)] mod tests { fn f() { env::var("NOT_H"); } }
            #[tokio::test] async fn g() { env::var("NOT_I"); }
            #[cfg(not(test))] fn last() { env::var("APP_G"); }
        "#;
        let found: Vec<String> = read(text)
            .iter()
            .map(|read| {
                let owner = read.owner.map_or("", |at| text[at..].split([' ', ':', '(']).next().unwrap_or_default());
                match &read.name {
                    Name::Literal(name) => format!("{owner} {name}"),
                    Name::Constant(name, rest) => format!("{owner} of {name}{rest}"),
                }
            })
            .collect();
        let expected = [
            "Options APP_PORT",
            "Options APP_NAME",
            "Options of USER",
            "Options APP_LEVEL",
            "Options APP_DEPTH",
            "main APP_A",
            "main of HOST",
            "main APP_B",
            "main APP_C",
            "main APP_D",
            "main APP_E",
            "main APP_F",
            "main APP_*_URL",
            "main FIG_*",
            "main CONF*",
            "main *",
            "main *",
            "last APP_G",
        ];
        assert_eq!(found, expected);
    }
}
