//! Names, and the code of a repository -> which of them stand in it, whatever the language.

use std::collections::BTreeSet;

use super::word::has_word;
use crate::discover::Question;
use crate::source::RepoPath;

/// Endings of files of code, which people write.
#[rustfmt::skip]
pub(super) const CODE: &[&str] = &[
    "c", "cc", "cpp", "cs", "erl", "ex", "go", "h", "hpp", "java", "js", "jsx", "kt", "move", "php", "pl", "proto", "py", "rb", "rs",
    "scala", "sh", "sol", "swift", "ts", "tsx",
];

/// Which names stand in code.
#[derive(Clone, PartialEq)]
pub(super) struct InCode {
    pub(super) names: BTreeSet<String>,
}

impl Question for InCode {
    fn concerns(&self, path: RepoPath) -> bool {
        path.has_extension(CODE)
    }

    fn answer(&self, bytes: &[u8]) -> BTreeSet<String> {
        self.names.iter().filter(|name| has_word(bytes, name)).cloned().collect()
    }
}
