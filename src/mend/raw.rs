//! Edits of a text as livedoc reads it -> the same edits of the file as it is, with its line ends and its byte order mark.

use crate::diagnostic::Edit;

/// `raw` with `edits` made, of which no two are about the same place.
pub(super) fn apply(raw: &str, edits: &[&Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| edit.span);
    let line_end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
    let mark = if raw.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut new = String::with_capacity(raw.len());
    // How far `raw` has been taken over, and where that is in the text without what that leaves out.
    let (mut taken, mut read) = (0, 0);
    let mut advance = |to: usize, new: Option<&mut String>| {
        let from = taken;
        taken = taken.max(mark);
        while read < to && taken < raw.len() {
            let is_pair = raw[taken..].starts_with("\r\n");
            let width = raw[taken..].chars().next().map_or(1, char::len_utf8);
            taken += if is_pair { 2 } else { width };
            read += if is_pair { 1 } else { width };
        }
        if let Some(new) = new {
            new.push_str(&raw[from..taken]);
        }
    };
    for edit in edits {
        advance(edit.span.range().start, Some(&mut new));
        advance(edit.span.range().end, None);
        new.push_str(&edit.replacement.replace('\n', line_end));
    }
    advance(usize::MAX, Some(&mut new));
    new
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::apply;
    use crate::diagnostic::Edit;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn what_nobody_edits_stays_byte_for_byte() {
        let cases = [
            ("a b c\n", "b", "X", "a X c\n"),
            ("a\r\nb\r\nc", "b", "X\nY", "a\r\nX\r\nY\r\nc"),
            ("a\r\nb\nc\r\n", "b\n", "", "a\r\nc\r\n"),
            ("a\r\nb\r\nc", "b\n", "", "a\r\nc"),
            ("\u{feff}é b", "é", "X", "\u{feff}X b"),
            ("\u{feff}é\r\nb", "b", "X", "\u{feff}é\r\nX"),
        ];
        for (raw, old, new, expected) in cases {
            let file = SourceFile::new(RepoPath::new("a.md").unwrap(), raw.to_owned());
            let start = file.text().find(old).unwrap();
            let edit = Edit::new(file.span(start..start + old.len()), new);
            assert_eq!(apply(raw, &[&edit]), expected, "{raw:?}");
        }
    }
}
