//! Texts, and the files beside documents -> which of the texts stand there in quotes: a program, or who uses it, makes what is called so.

use std::collections::BTreeSet;

use memchr::memmem;

use crate::discover::Question;
use crate::source::RepoPath;

/// Which texts stand in quotes, or behind a variable, in code and configuration: a program or its user makes what is not there.
#[derive(Clone, PartialEq)]
pub(super) struct InQuotes {
    pub(super) texts: BTreeSet<String>,
}

impl Question for InQuotes {
    fn concerns(&self, path: RepoPath) -> bool {
        !path.has_extension(&["adoc", "lock", "markdown", "md", "mdx", "rst", "txt"])
    }

    fn answer(&self, bytes: &[u8]) -> BTreeSet<String> {
        let is_quote = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| b"\"'".contains(byte));
        let is_quoted = |path: &&String| {
            let mut found = memmem::find_iter(bytes, path.as_bytes());
            found.any(|at| {
                let end = at + path.len();
                is_quote(Some(end)) && (is_quote(at.checked_sub(1)) || is_behind_variable(&bytes[..at]))
            })
        };
        self.texts.iter().filter(is_quoted).cloned().collect()
    }
}

/// Whether `before` ends with a variable of the environment that stands for a folder, `$DATA/` or `${DATA}/`: that is the reader's, unless
/// it is that of the repository.
fn is_behind_variable(before: &[u8]) -> bool {
    const OWN: &[&str] = &["PROJECT", "REPO", "ROOT", "SCRIPT", "SOURCE", "WORKSPACE"];
    let Some(name) = before.strip_suffix(b"/") else { return false };
    let name = name.strip_suffix(b"}").unwrap_or(name);
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let Some(end) = name.iter().rposition(|byte| !is_part(byte)) else { return false };
    let is_own = OWN.iter().any(|own| memmem::find(&name[end..], own.as_bytes()).is_some());
    end + 1 < name.len() && !is_own && (name[end] == b'$' || name[..=end].ends_with(b"${"))
}
