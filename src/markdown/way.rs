//! A folder and a path of the repository -> how a link in a file of that folder leads there.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::source::RepoPath;

/// What means something else in the destination of a link, or ends it.
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'%').add(b'#').add(b'?').add(b'(').add(b')').add(b'<').add(b'>').add(b'\\').add(b'"');

/// The destination of a link to `path` in a file of `folder`.
pub fn way_to(folder: RepoPath, path: RepoPath) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.parts().collect(), path.parts().collect());
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    let way = up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/");
    encoded(if way.is_empty() { "." } else { &way })
}

/// The destination of a link to `path` from the root.
pub fn way_from_root(path: RepoPath) -> String {
    format!("/{}", encoded(path.as_str()))
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::{RepoPath, way_to};

    #[test]
    fn links_between_files() {
        let path = |text: &str| RepoPath::new(text).unwrap_or_else(RepoPath::root);
        let cases = [
            ("docs/adr", "docs/adr/0007-x.md", "0007-x.md"),
            ("docs/adr/0009-y", "docs/adr/0007-x/README.md", "../0007-x/README.md"),
            ("docs/adr", "docs", ".."),
            ("docs/adr", "docs/adr", "."),
            ("", "0007 x (1).md", "0007%20x%20%281%29.md"),
        ];
        for (folder, to, expected) in cases {
            assert_eq!(way_to(path(folder), path(to)), expected);
        }
    }
}
