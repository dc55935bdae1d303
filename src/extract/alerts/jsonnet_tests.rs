//! Jsonnet that nobody should write: reading it ends.

use super::read;
use crate::source::{RepoPath, SourceFile};

#[test]
fn whatever_stands_there_ends() {
    let deep = format!("{}alert: 'x'{}", "{a: [(".repeat(50_000), ")]}".repeat(50_000));
    let texts = [
        deep.as_str(),
        "}])",
        "{a",
        "{a:",
        "'",
        "|||",
        "|||\n x",
        "{'a' b: c}",
        "/*",
        "@",
        "{[x]: 1, assert y, local z = 2}",
    ];
    for text in texts {
        let file = SourceFile::new(RepoPath::root(), text.to_owned());
        assert!(read(&file).span.range().end == text.len(), "{}", &text[..text.len().min(20)]);
    }
}
