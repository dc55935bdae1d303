//! Commands in a page -> what they name of its repository.
//!
//! Enters: code between backticks, and listings. Leaves: [`Named`] things, each with its place. Placeholders are left out, and so is
//! all that is said of somewhere else: of a project that a reader begins, of sources that were unpacked, and what the page's own
//! listings declare.

mod arguments;
mod cargo;
mod just;
mod make;
mod node;

use std::ops::Range;

use self::arguments::is_name;
use super::shell::{Invocation, Word, has_prompts, invocations};
use crate::graph::{Code, Named, Thing};
use crate::source::{MappedText, Span};

/// The languages of listings with commands.
const SHELLS: &[&str] = &["sh", "bash", "shell", "zsh"];

/// Those in which lines without a prompt are output.
const SESSIONS: &[&str] = &["console", "shell-session", "shellsession", "sh-session"];

/// Words before a command, which is the same without them.
const BEFORE: &[&str] = &["sudo", "time", "env", "exec", "nohup", "command", "then", "do", "else", "if", "while", "!"];

/// What leaves the repository, or makes other files than it has.
const LEADS_AWAY: &[&str] = &["cmake", "configure", "meson", "tar", "unzip", "ssh", "pushd", "popd"];

/// Longer texts are no commands.
const LONGEST: usize = 500;

/// What the commands of a page name.
#[derive(Debug, Default)]
pub(super) struct Commands {
    found: Vec<(Named, Span)>,
    /// The listings that are not commands.
    declared: String,
    /// Whether the page has gone on to a project that the reader has begun.
    is_elsewhere: bool,
}

/// What a command says.
#[derive(Debug, Default, PartialEq)]
struct Said {
    /// The folder in which it is run.
    folder: Option<String>,
    /// The package of which the others are parts.
    package: Option<String>,
    names: Vec<(Thing, String, Range<usize>)>,
}

impl Said {
    /// Adds `name`, which is written at `range`, unless it stands for others.
    fn push(&mut self, thing: Thing, name: &str, range: Range<usize>) {
        if is_name(name) {
            self.names.push((thing, name.to_owned(), range));
        }
    }
}

impl Commands {
    /// Takes the code of a span that is written at `range` of `text`.
    pub(super) fn span(&mut self, code: &str, text: &MappedText, range: Range<usize>) {
        let has_tool = || code.contains("git clone") || TOOLS.iter().any(|(tool, _)| code.contains(tool));
        let is_command = code.len() < LONGEST && code.contains(' ') && has_tool();
        if self.is_elsewhere || !is_command {
            return;
        }
        let at = text.text().get(range.clone()).and_then(|written| written.find(code)).map(|at| range.start + at);
        let place = |part: Range<usize>| match at {
            Some(at) => text.span(at + part.start..at + part.end),
            None => text.span(range.clone()),
        };
        // What is only mentioned leads nobody away.
        self.take(&invocations(code, false), place);
    }

    /// Takes a listing, with the text as it is written.
    pub(super) fn listing(&mut self, code: &Code, written: &MappedText) {
        let language = code.language.as_str();
        // Without any prompt a session is a list of commands.
        let is_session = has_prompts(written.text()) && (SESSIONS.contains(&language) || language.is_empty());
        if !is_session && !SHELLS.contains(&language) && !SESSIONS.contains(&language) {
            self.declared.push_str(&code.text);
            self.declared.push('\n');
        } else if !self.is_elsewhere {
            self.is_elsewhere = self.take(&invocations(written.text(), is_session), |part| written.span(part));
        }
    }

    /// What they name that the page itself does not declare.
    pub(super) fn finish(self) -> impl Iterator<Item = (Named, Span)> {
        let Self { found, declared, .. } = self;
        found.into_iter().filter(move |(named, _)| !declares(&declared, &named.name))
    }

    /// Notes what `invocations` name; whether they begin another project.
    fn take(&mut self, invocations: &[Invocation], place: impl Fn(Range<usize>) -> Span) -> bool {
        // The folder in each depth of parentheses.
        let mut folders: Vec<Option<String>> = vec![None];
        for Invocation { words, depth } in invocations {
            let innermost = folders.last().cloned().flatten();
            folders.resize(depth + 1, innermost);
            let words = without_beginning(words);
            let Some((tool, arguments)) = words.split_first() else { continue };
            let tool = tool.text.as_str();
            if LEADS_AWAY.contains(&tool.trim_start_matches("./")) {
                return false;
            }
            if begins_project(tool, arguments) {
                return true;
            }
            let here = folders.last().cloned().flatten();
            if tool == "cd" {
                let Some(folder) = arguments.first().and_then(|to| entered(here.as_deref(), &to.text)) else {
                    return false;
                };
                if let Some(last) = folders.last_mut() {
                    *last = folder;
                }
            }
            if tool == "git"
                && let Some((address, range)) = cloned(arguments)
            {
                let named = Named { thing: Thing::Repository, name: address, package: None, folder: None };
                self.found.push((named, place(range)));
            }
            let Some((_, read)) = TOOLS.iter().find(|(name, _)| *name == tool) else { continue };
            let Said { folder, package, names } = read(arguments);
            let folder = match folder {
                None => here,
                Some(folder) => match entered(here.as_deref(), &folder) {
                    Some(folder) => folder,
                    None => continue,
                },
            };
            let named = |(thing, name, range)| {
                let package = package.clone().filter(|_| thing != Thing::Package);
                (Named { thing, name, package, folder: folder.clone() }, place(range))
            };
            self.found.extend(names.into_iter().map(named));
        }
        false
    }
}

type Read = fn(&[Word]) -> Said;

const TOOLS: &[(&str, Read)] = &[
    ("cargo", cargo::read),
    ("just", just::read),
    ("make", make::read),
    ("npm", node::read_npm),
    ("pnpm", node::read_pnpm),
    ("yarn", node::read_yarn),
];

/// `words` without variables that are set and words that change nothing.
fn without_beginning(words: &[Word]) -> &[Word] {
    let is_set = |word: &str| {
        let (name, _) = word.split_once('=').unwrap_or_default();
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let begins = |word: &&Word| BEFORE.contains(&word.text.as_str()) || is_set(&word.text);
    &words[words.iter().take_while(begins).count()..]
}

/// Programs whose `init` is about the repository itself, or about nothing in it.
const HARMLESS: &[&str] = &["conda", "dvc", "git", "helm", "kubeadm", "pre-commit", "terraform", "tofu"];

/// Whether a command begins a project that is not in this repository.
fn begins_project(tool: &str, arguments: &[Word]) -> bool {
    let first = arguments.first().map_or("", |word| word.text.as_str());
    match (tool, first) {
        ("npm" | "pnpm" | "yarn" | "bun", "create") | ("cargo", "generate") => true,
        ("npx" | "bunx", first) if first.starts_with("create-") || first.starts_with("degit") => true,
        (tool, "init" | "new" | "startproject") => !HARMLESS.contains(&tool),
        _ => false,
    }
}

/// The folder after going to `to`, `None` for where it all began. `None` when that is not in the repository.
fn entered(from: Option<&str>, to: &str) -> Option<Option<String>> {
    if to.starts_with(['/', '~', '$', '-', '<', '{']) || to.contains(['$', '<', '*']) {
        return None;
    }
    let mut parts: Vec<&str> = from.into_iter().flat_map(|from| from.split('/')).collect();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            // Above where it began anything may be.
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some((!parts.is_empty()).then(|| parts.join("/")))
}

/// The address of the repository that `git clone` fetches.
fn cloned(arguments: &[Word]) -> Option<(String, Range<usize>)> {
    let (first, rest) = arguments.split_first()?;
    // A branch may have a slash as well.
    let find = |part: char| rest.iter().find(|word| word.text.contains(part)).filter(|_| first.text == "clone");
    let address = find(':').or_else(|| find('/'))?;
    Some((address.text.replace(' ', "-"), address.range.clone()))
}

/// Whether a listing of a page gives `name` to something: a script, a target, a crate.
fn declares(listings: &str, name: &str) -> bool {
    let is_declared = |line: &str| {
        let line = line.trim_start().trim_start_matches('@');
        let is_first = line
            .strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '=']) || rest.starts_with(' '));
        is_first || ['"', '\''].iter().any(|quote| line.contains(&format!("{quote}{name}{quote}")))
    };
    !listings.is_empty() && listings.contains(name) && listings.lines().any(is_declared)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Commands, MappedText};
    use crate::graph::Code;
    use crate::source::{RepoPath, Span};

    fn written(text: &str) -> MappedText {
        MappedText::at(text, Span::start_of(RepoPath::new("a.md").unwrap()))
    }

    fn found(commands: Commands) -> String {
        commands.finish().map(|(named, _)| named.to_string()).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_code_between_backticks_names() {
        let cases = [
            ("make test lint", "make-target test, make-target lint"),
            ("make -C docs -j4 html V=1", "make-target html in docs"),
            ("make -j 4 -f x.mk html", ""),
            ("make NAME", ""),
            ("make <target>", ""),
            ("make src/a.o", ""),
            ("RUST_LOG=debug cargo run -p shop --bin serve -- --bin no", "cargo-package shop, cargo-bin serve of shop"),
            (
                "cargo +nightly test --test=api --features one,two -F 'three four'",
                "cargo-test api, cargo-feature one, cargo-feature two, cargo-feature three, cargo-feature four",
            ),
            ("cargo build -pshop --example my-example --bench '*'", "cargo-package shop"),
            ("cargo build -p shop --features myfeature,mysql", "cargo-package shop, cargo-feature mysql of shop"),
            ("cargo install shop --features x", ""),
            ("cargo install --path crates/shop --bin serve", "cargo-bin serve in crates/shop"),
            ("cargo nextest run -p shop@1.0", "cargo-package shop"),
            ("cargo xtask codegen", "cargo-alias xtask"),
            ("cargo add -p x", ""),
            ("just test a b", "just-recipe test"),
            ("just web::build", "just-recipe web::build"),
            ("just --list", ""),
            ("npm run build:web -- --x", "npm-script build:web"),
            ("npm --prefix web run build", "npm-script build in web"),
            ("npm test", "npm-script test"),
            ("npm run dev/build", ""),
            ("npm run restart", ""),
            ("npm install x", ""),
            ("pnpm lint:deps", "npm-script lint:deps"),
            ("pnpm --filter web run build", "npm-script build"),
            ("pnpm vitest", ""),
            ("yarn run eslint", ""),
            ("yarn g:lint", "npm-script g:lint"),
            ("remake it", ""),
        ];
        for (code, expected) in cases {
            let mut commands = Commands::default();
            commands.span(code, &written(code), 0..code.len());
            assert_eq!(found(commands), expected, "{code}");
        }
    }

    #[test]
    fn what_listings_name() {
        let cases: &[(&[(&str, &str)], &str)] = &[
            (
                &[("sh", "cd web && npm run aa\nnpm run bb\ncd ..\nmake cc")],
                "npm-script aa in web, npm-script bb in web, make-target cc",
            ),
            (&[("sh", "(cd web; npm run aa); make cc")], "npm-script aa in web, make-target cc"),
            (&[("console", "$ make aa\nmake: bb")], "make-target aa"),
            (&[("", "$ make aa\nmake: bb"), ("", "make bb"), ("rust", "make bb")], "make-target aa"),
            (&[("sh", "cd /tmp\nmake aa"), ("sh", "make bb")], "make-target bb"),
            (&[("sh", "cmake ..\nmake aa")], ""),
            (&[("sh", "cargo new shop\ncargo run --bin aa"), ("sh", "make bb")], ""),
            (&[("sh", "git clone https://x.example/a/b\nmake cc")], "repository https://x.example/a/b, make-target cc"),
            (&[("sh", "git clone -b a/1 https://x.example/b")], "repository https://x.example/b"),
            (&[("sh", "npm run own\nnpm run other"), ("json", "{\"scripts\": {\"own\": 1}}")], "npm-script other"),
            (&[("sh", "make own"), ("makefile", "own: x")], ""),
        ];
        for (listings, expected) in cases {
            let mut commands = Commands::default();
            for (language, text) in *listings {
                let code = Code { language: (*language).to_owned(), text: (*text).to_owned(), title: String::new() };
                commands.listing(&code, &written(text));
            }
            assert_eq!(found(commands), *expected, "{listings:?}");
        }
    }
}
