//! A whole file -> the two columns that its page shows side by side: the numbers of its lines, and its text.
//!
//! A line costs no element in the text, so that a page of a long file stays small and is drawn fast.

use std::fmt::Write;

use super::highlight::push_highlighted;
use crate::source::RepoPath;

/// The numbers of the lines of `text`, each a link to itself.
pub(super) fn numbers(text: &str) -> String {
    let count = text.lines().count();
    let mut html = String::with_capacity(count * 28);
    for number in 1..=count {
        // A string takes whatever is written.
        let _ = writeln!(html, "<a href=#{number} id={number}>{number}</a>");
    }
    html
}

/// `text`, which is that of the file at `path`, highlighted as the ending of its name says.
pub(super) fn code(path: RepoPath, text: &str) -> String {
    let ending = path.file_name().rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut html = String::with_capacity(text.len() * 3 / 2);
    push_highlighted(&mut html, ending, text);
    html
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{code, numbers};
    use crate::source::RepoPath;

    #[test]
    fn every_line_has_a_number() {
        let cases = [("", 0), ("\n", 1), ("a", 1), ("a\n", 1), ("a\n\nb", 3), ("/* a\n b */\n", 2)];
        for (text, count) in cases {
            let html = numbers(text);
            assert_eq!((html.lines().count(), html.matches("<a ").count()), (count, count), "{text:?}");
        }
        assert_eq!(numbers("a\nb"), "<a href=#1 id=1>1</a>\n<a href=#2 id=2>2</a>\n");
    }

    #[test]
    fn nothing_is_left_out_of_a_long_file() {
        let text = "let a = 1 < 2;\n".repeat(20_000);
        let html = code(RepoPath::new("src/long.rs").unwrap(), &text);
        assert_eq!(html.matches("1 &lt; 2;\n").count(), 20_000);
        assert!(code(RepoPath::new("src/short.rs").unwrap(), "fn a() {}").starts_with("<b>fn"));
    }
}
