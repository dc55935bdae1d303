//! How a finding is mended, where that is certain.

use crate::source::{SourceFile, Span, stored};

/// What mends a finding: all of it, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is written otherwise, in one file or several.
    pub edits: Vec<Edit>,
}

/// Words in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is taken out; empty where something is only put in.
    pub span: Span,
    /// What is put in.
    pub replacement: String,
}

stored! {
    struct Fix { edits }
    struct Edit { span, replacement }
}

impl Edit {
    /// `replacement` in the place of what stands at `span`.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// The smallest edit that makes `text` of what `file` says. `None` when it says that.
    pub fn into_text(file: &SourceFile, text: &str) -> Option<Self> {
        let old = file.text();
        let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs.take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum()
        };
        let start = shared(&mut old.chars().zip(text.chars()));
        let end = shared(&mut old[start..].chars().rev().zip(text[start..].chars().rev()));
        (old != text).then(|| Self::new(file.span(start..old.len() - end), &text[start..text.len() - end]))
    }
}

impl From<Edit> for Fix {
    fn from(edit: Edit) -> Self {
        Self { edits: vec![edit] }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::Edit;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn the_smallest_edit_between_two_texts() {
        let cases = [
            ("Status: Accepted\n", "Status: Superseded\n", Some((8..14, "Supersed"))),
            ("aa", "aaa", Some((2..2, "a"))),
            ("aaa", "aa", Some((2..3, ""))),
            ("é\n", "è\n", Some((0..2, "è"))),
            ("a", "a", None),
        ];
        for (old, new, expected) in cases {
            let file = SourceFile::new(RepoPath::new("a.md").unwrap(), old.to_owned());
            let found = Edit::into_text(&file, new).map(|edit| (edit.span.range(), edit.replacement));
            assert_eq!(found, expected.map(|(range, text)| (range, text.to_owned())), "{old} {new}");
        }
    }
}
