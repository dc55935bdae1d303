//! The patterns of CODEOWNERS files -> which files they mean.
//!
//! They look like those of `.gitignore` and are none. On GitHub `docs/*` means the files in `docs` and none below its folders. On
//! GitLab a pattern is held against whole paths as Ruby's `File.fnmatch` does it: one that does not begin with `/` may begin
//! anywhere, one that ends with `/` means all in that folder, and nothing else means what is in a folder. A final `**` is one `*`.
//! (<https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>,
//! <https://docs.gitlab.com/user/project/codeowners/reference/>)

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// Longer patterns are nobody's.
const LONGEST: usize = 1_000;

/// Who reads the patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forge {
    GitHub,
    GitLab,
}

/// The globs, over whole paths, of which a file that `pattern` means matches one.
///
/// # Errors
/// What cannot be understood, in a few words.
pub(super) fn globs(pattern: &str, forge: Forge) -> Result<Vec<Glob>, &'static str> {
    if pattern.len() > LONGEST {
        return Err("the pattern is too long");
    }
    if forge == Forge::GitHub && pattern.starts_with('!') {
        return Err("GitHub knows no patterns that begin with `!`");
    }
    let texts = match forge {
        Forge::GitHub => on_github(pattern),
        Forge::GitLab => vec![on_gitlab(pattern)],
    };
    let all: Option<Vec<Glob>> = texts.iter().map(|text| glob(text)).collect();
    all.ok_or("the pattern cannot be understood")
}

fn on_github(pattern: &str) -> Vec<String> {
    let body = pattern.trim_start_matches('/');
    let (body, is_folder) = match body.strip_suffix('/') {
        Some(folder) => (folder, true),
        None => (body, false),
    };
    if body.is_empty() {
        return vec!["**".to_owned()];
    }
    let is_anchored = pattern.starts_with('/') || body.contains('/');
    let escaped = literal_braces(body);
    let from_root = if is_anchored { escaped } else { format!("**/{escaped}") };
    let itself = (!is_folder).then(|| from_root.clone());
    let below = (!body.ends_with("/*")).then(|| format!("{}/**", from_root.trim_end_matches("/**")));
    itself.into_iter().chain(below).collect()
}

fn on_gitlab(pattern: &str) -> String {
    if pattern == "*" {
        return "**".to_owned();
    }
    let (body, is_anchored) = match pattern.strip_prefix('/') {
        Some(rest) => (rest.trim_start_matches('/'), true),
        None => (pattern, false),
    };
    let mut parts: Vec<String> = if is_anchored { Vec::new() } else { vec!["**".to_owned()] };
    let written: Vec<&str> = body.split('/').collect();
    for (place, part) in written.iter().enumerate() {
        match (*part, place + 1 == written.len()) {
            ("", true) => parts.extend(["**", "*"].map(str::to_owned)),
            ("**", false) => parts.push("**".to_owned()),
            (part, _) => parts.push(literal_braces(&with_single_stars(part))),
        }
    }
    parts.join("/")
}

fn literal_braces(pattern: &str) -> String {
    pattern.replace('{', "[{]").replace('}', "[}]")
}

/// Several `*` within a name are one.
fn with_single_stars(part: &str) -> String {
    let mut single = part.to_owned();
    while single.contains("**") {
        single = single.replace("**", "*");
    }
    single
}

fn glob(text: &str) -> Option<Glob> {
    GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build().ok()
}

/// Patterns that are asked together.
pub(super) struct Patterns {
    globs: GlobSet,
    /// For each glob the pattern that it belongs to.
    of: Vec<usize>,
}

impl Patterns {
    /// Patterns by the globs of each. `None` when they are too much.
    pub(super) fn new<'g>(patterns: impl IntoIterator<Item = &'g [Glob]>) -> Option<Self> {
        let mut builder = GlobSetBuilder::new();
        let mut of = Vec::new();
        for (number, globs) in patterns.into_iter().enumerate() {
            for glob in globs {
                builder.add(glob.clone());
                of.push(number);
            }
        }
        Some(Self { globs: builder.build().ok()?, of })
    }

    /// The patterns that mean the file at `path`, ascending, each once.
    pub(super) fn meaning(&self, path: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self.globs.matches(path).into_iter().map(|glob| self.of[glob]).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Forge, Patterns, globs};

    #[test]
    fn what_patterns_mean() {
        let (github, gitlab) = (Forge::GitHub, Forge::GitLab);
        let cases = [
            (github, "*", "a/b.rs", true),
            (github, "*.js", "deep/in/a.js", true),
            (github, "*.js", "a.jsx", false),
            (github, "/build/logs/", "build/logs/x/y", true),
            (github, "/build/logs/", "other/build/logs/x", false),
            (github, "docs/*", "docs/a.md", true),
            (github, "docs/*", "docs/b/a.md", false),
            (github, "docs/*", "x/docs/a.md", false),
            (gitlab, "docs/*", "x/docs/a.md", true),
            (gitlab, "docs/*", "docs/b/a.md", false),
            (gitlab, "*", "a/.b/c.rs", true),
            (gitlab, "/", "x/y", true),
            (gitlab, "docs", "x/docs", true),
            (gitlab, "docs", "docs/a.md", false),
            (gitlab, "docs/", "x/docs/y/a.md", true),
            (gitlab, "/docs/", "docs/a.md", true),
            (gitlab, "/docs/", "docs/", true),
            (gitlab, "/docs/", "x/docs/a.md", false),
            (gitlab, "/docs", "docs/a.md", false),
            (gitlab, "/docs/**", "docs/a.md", true),
            (gitlab, "/docs/**", "docs/b/a.md", false),
            (gitlab, "/docs/**/*", "docs/b/a.md", true),
            (gitlab, "/docs/**/*", "docs/a.md", true),
            (gitlab, "/docs/**/", "docs/b/a.md", true),
            (gitlab, "/docs/a**.md", "docs/abc.md", true),
            (gitlab, "/docs/a**/x", "docs/a/b/x", false),
            (gitlab, "**/docs/*.md", "docs/a.md", true),
            (gitlab, "[a-c].md", "x/b.md", true),
            (gitlab, "a{b,c}", "ab", false),
            (gitlab, "with\\ space/", "x/with space/y", true),
            (github, "apps/", "x/apps/y/z", true),
            (github, "apps/", "apps", false),
            (github, "/apps/github", "apps/github", true),
            (github, "/apps/github", "apps/github/x/y", true),
            (github, "**/logs", "deep/a/logs/x", true),
            (github, "**/logs", "logs", true),
            (github, "/docs/**", "docs/a/b", true),
            (github, "/src/**/mod.rs", "src/mod.rs", true),
            (github, "/src/**/mod.rs", "src/a/b/mod.rs", true),
            (github, "a{b}", "a{b}", true),
            (github, "a{b,c}", "ab", false),
            (github, "with\\ space.md", "x/with space.md", true),
            (github, "README.md", "x/README.md", true),
            (github, "/README.md", "x/README.md", false),
            (github, "/", "x/y", true),
        ];
        for (forge, pattern, path, expected) in cases {
            let patterns = Patterns::new([globs(pattern, forge).unwrap().as_slice()]).unwrap();
            assert_eq!(!patterns.meaning(path).is_empty(), expected, "{forge:?} {pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern() {
        for pattern in ["!a", "[", &"**/".repeat(500)] {
            assert!(globs(pattern, Forge::GitHub).is_err(), "{pattern}");
        }
        assert!(globs("!a", Forge::GitLab).is_ok());
    }
}
