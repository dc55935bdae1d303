//! Where documents name environment variables, for the rules about them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use regex::Regex;

use super::Subject;
use super::citation::{block_around, is_about_the_past};
use crate::source::{Note, RepoPath, SourceFile, Sources, stored};

/// The endings of files that people write for people.
const DOCUMENTS: &[&str] = &["md", "mdx", "markdown", "adoc", "asciidoc", "rst", "txt"];

/// What names begin with that others read, or give to everybody.
#[rustfmt::skip]
const OF_OTHERS: &[&str] = &[
    "ANDROID", "ANTHROPIC", "AWS", "AZURE", "BUILD", "BUILDKITE", "CARGO", "CIRCLE", "CMAKE", "CONDA", "CUDA", "DATABASE", "DOCKER",
    "DOTNET", "GCP", "GIT", "GITHUB", "GITLAB", "GOOGLE", "GRPC", "HTTP", "HTTPS", "JAVA", "JEMALLOC", "KAFKA", "KUBERNETES",
    "LLVM", "MACOSX", "MALLOC", "MINIO", "MYSQL", "NIX", "NODE", "NPM", "OPENAI", "OPENSSL", "OTEL", "POSTGRES", "PROMETHEUS", "PYTHON",
    "REDIS", "RUST", "RUSTC", "RUSTDOC", "SENTRY", "SERVER", "SSH", "SSL", "SYSTEMD", "TEST", "TESTS", "TLS", "TOKIO", "USER", "VAULT", "XDG",
];

/// The namings of variables in a document.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Namings {
    pub(super) list: Vec<Naming>,
}

/// One of them.
#[derive(Debug, PartialEq)]
pub(super) struct Naming {
    pub(super) name: String,
    start: u32,
    end: u32,
    /// Whether it is in a code span or a listing.
    pub(super) is_code: bool,
    /// Whether a shell puts its value in: `$NAME`.
    pub(super) is_put_in: bool,
    /// Whether the words around it speak of what was, or is to come, or of an example.
    pub(super) is_past: bool,
}

stored! {
    struct Namings { list }
    struct Naming { name, start, end, is_code, is_put_in, is_past }
}

impl Naming {
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Note for Namings {
    const NAME: &'static str = "namings of environment variables, 5";

    fn of(file: &SourceFile) -> Self {
        static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[A-Z][A-Z0-9]{2,}_[A-Z0-9_]+\b").ok());
        let text = file.text();
        let (Some(names), true) = (NAME.as_ref(), text.contains('_')) else { return Self::default() };
        let mut list = Vec::new();
        let mut fence: Option<&str> = None;
        let (mut is_program, mut is_shell) = (false, false);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let marks = line.trim_start_matches([' ', '\t', '>']);
            let mark = ["```", "~~~", "----"].into_iter().find(|mark| marks.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => {
                    fence = Some(mark);
                    let language = marks[mark.len()..].trim();
                    is_program = is_of_program(language);
                    is_shell = SHELLS.contains(&language);
                }
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            for found in names.find_iter(line) {
                let (before, behind) = (&line[..found.start()], &line[found.end()..]);
                // Parts of other names, placeholders and calls.
                let is_longer = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric());
                let is_part = (before.ends_with(['.', '*', '-', '/', '<', '%', '@', ':']) && !before.ends_with("-D"))
                    || behind.starts_with(['*', '<', '{', '[', '(', '!', '-', '/'])
                    || behind.strip_prefix('.').is_some_and(is_longer)
                    || behind.starts_with("::")
                    || found.as_str().ends_with('_')
                    || before.trim_end().ends_with("-e") && runs_image(line)
                    // In a program the name of a variable is a text, and others are of constants.
                    || fence.is_some() && is_program && !before.ends_with(['"', '\'', '`'])
                    // "download MODEL_ID": what stands for a value.
                    || fence.is_some() && is_shell && is_argument(before, behind);
                if is_part {
                    continue;
                }
                let range = start + found.start()..start + found.end();
                let place = u32::try_from(range.start).ok().zip(u32::try_from(range.end).ok());
                let Some((first, end)) = place else { continue };
                list.push(Naming {
                    name: found.as_str().to_owned(),
                    start: first,
                    end,
                    is_code: fence.is_some() || before.matches('`').count() % 2 == 1,
                    is_put_in: before.ends_with('$') || before.ends_with("${") || before.ends_with("$("),
                    is_past: is_about_the_past(text, &range)
                        || is_example(before)
                        || is_to_come(&text[block_around(text, &range)]),
                });
            }
            start += line.len();
        }
        Self { list }
    }
}

/// How listings of a shell are marked.
const SHELLS: &[&str] = &["bash", "console", "sh", "shell", "shell-session", "terminal", "zsh"];

/// Whether a word between `before` and `behind` in a shell is handed to a program: it is neither set nor put in.
fn is_argument(before: &str, behind: &str) -> bool {
    let is_set = behind.starts_with('=');
    let is_put_in = before.ends_with(['$', '{', '(', '"', '\'', '`', '=', '!']);
    let word = before.split_whitespace().next_back().unwrap_or_default();
    !is_set
        && !is_put_in
        && !word.is_empty()
        && !matches!(word, "export" | "unset" | "env" | "#" | "declare" | "local" | "$" | ">")
}

/// Whether a listing marked with `language` is of a program, rather than of a shell or of settings.
fn is_of_program(language: &str) -> bool {
    const LANGUAGES: &[&str] = &[
        "c",
        "cpp",
        "cs",
        "csharp",
        "go",
        "golang",
        "java",
        "javascript",
        "js",
        "jsx",
        "kotlin",
        "php",
        "py",
        "python",
        "rb",
        "rs",
        "ruby",
        "rust",
        "scala",
        "swift",
        "ts",
        "tsx",
        "typescript",
    ];
    let name = language.split(|one: char| !one.is_alphanumeric()).find(|word| !word.is_empty());
    name.is_some_and(|name| LANGUAGES.contains(&name.to_lowercase().as_str()))
}

/// Whether `line` hands variables to a program in an image, which is mostly somebody else's.
fn runs_image(line: &str) -> bool {
    ["docker run ", "podman run "].iter().any(|run| line.contains(run))
}

/// Whether a name behind `before` is an example of one: "e.g. `SHOP_X`", "`x` -> `SHOP_X`".
fn is_example(before: &str) -> bool {
    let before = before.trim_end_matches(['`', ' ', ',']).to_lowercase();
    ["e.g.", "for example", "->"].iter().any(|sign| before.ends_with(sign))
}

/// Whether `words` say that what they name is planned, or is no variable.
fn is_to_come(words: &str) -> bool {
    static TO_COME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:implementation may|may add|upgrade path|planned|not yet|future|proposed|tbd)\b|\bnot\s+env(?:ironment)?\s+var").ok()
    });
    TO_COME.as_ref().is_none_or(|to_come| to_come.is_match(words))
}

/// Every document that has a page, with the variables that it names. Others are left alone: nobody may have asked for their texts.
pub(super) fn namings(subject: Subject<'_>) -> BTreeMap<RepoPath, Arc<Namings>> {
    let written: BTreeSet<RepoPath> = subject.resolved.graph.nodes().map(|node| node.span.file).collect();
    let documents: Vec<RepoPath> = written.into_iter().filter(|path| is_document(*path)).collect();
    let read = |path: &RepoPath| Some((*path, subject.tree.source(*path)?.noted::<Namings>()));
    documents.par_iter().filter_map(read).filter(|(_, namings)| !namings.list.is_empty()).collect()
}

/// Whether people write the file at `path` for people.
pub(super) fn is_document(path: RepoPath) -> bool {
    path.has_extension(DOCUMENTS) && path.file_name() != "CMakeLists.txt"
}

/// What `name` begins with, when that tells whose it is.
pub(super) fn namespace(name: &str) -> Option<&str> {
    let (namespace, _) = name.split_once('_')?;
    (namespace.len() > 2 && !OF_OTHERS.contains(&namespace)).then_some(namespace)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Namings, Note, RepoPath, SourceFile};

    #[test]
    fn where_documents_name_variables() {
        let cases = [
            ("set `APP_PORT=80`", "APP_PORT code"),
            ("| `APP_PORT` | x |", "APP_PORT code"),
            (
                "```\nexport APP_PORT=1 $APP_HOST ${APP_NAME}\n```",
                "APP_PORT code, APP_HOST code put-in, APP_NAME code put-in",
            ),
            ("APP_PORT.", "APP_PORT"),
            ("`APP_*` `APP_<NAME>` `APP_X_` `a::APP_Y` `APP_Z()` `secrets.APP_T` `APP_PORT.rs` `A_B`", ""),
            ("`APP_OLD` was removed", "APP_OLD code past"),
            ("The implementation may add `APP_NEW`.", "APP_NEW code past"),
            ("```\ndocker run -e APP_SKIP=1 shop/db\n```", ""),
            ("```rust\nget(APP_USER); env::var(\"APP_PORT\")\n```", "APP_PORT code"),
            ("```bash\nshop get ORDER_ID\nexport APP_PORT=1 APP_HOST=2\n```", "APP_PORT code, APP_HOST code"),
            ("Begins with `APP_`: `key` -> `APP_KEY`, e.g. `APP_X_Y`", "APP_KEY code past, APP_X_Y code past"),
            ("| `APP_PORT` | the port, e.g. 80 |", "APP_PORT code"),
        ];
        for (text, expected) in cases {
            let file = SourceFile::new(RepoPath::new("a.md").unwrap(), text.to_owned());
            let found: Vec<String> = Namings::of(&file)
                .list
                .iter()
                .map(|it| {
                    let flags = [(it.is_code, " code"), (it.is_put_in, " put-in"), (it.is_past, " past")];
                    let flags: String = flags.iter().filter(|(is, _)| *is).map(|(_, flag)| *flag).collect();
                    format!("{}{flags}", it.name)
                })
                .collect();
            assert_eq!(found.join(", "), expected, "{text}");
        }
    }
}
