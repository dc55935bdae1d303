//! A table -> the page of the book that shows it.

use std::path::Path;
use std::{fs, io};

/// Where figures are shown, from the project's root.
pub(crate) const PAGE: &str = "book/src/performance.md";

/// Puts `table` between the comments `<!-- name -->` and `<!-- /name -->` of the page.
///
/// # Errors
/// The page cannot be read or written, or has no such comments (`InvalidData`).
pub(crate) fn write(root: &Path, name: &str, table: &str) -> io::Result<()> {
    let path = root.join(PAGE);
    let page = fs::read_to_string(&path)?;
    let replaced = replace(&page, name, table);
    let missing =
        || io::Error::new(io::ErrorKind::InvalidData, format!("{PAGE} has no `<!-- {name} -->` … `<!-- /{name} -->`"));
    fs::write(path, replaced.ok_or_else(missing)?)
}

fn replace(page: &str, name: &str, table: &str) -> Option<String> {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = page.split_once(&open)?;
    let (_, after) = rest.split_once(&close)?;
    Some(format!("{before}{open}\n{}\n\n{close}{after}", table.trim()))
}

#[cfg(test)]
mod tests {
    use super::{PAGE, replace};
    use crate::root;

    #[test]
    fn what_stands_between_the_comments_is_replaced() {
        let page = "# A\n\n<!-- builds -->\n\nold\n\n<!-- /builds -->\n\nEnd.\n";
        let once = "# A\n\n<!-- builds -->\n\n| new |\n\n<!-- /builds -->\n\nEnd.\n";
        assert_eq!(replace(page, "builds", "| new |\n").as_deref(), Some(once));
        assert_eq!(replace(once, "builds", "| new |").as_deref(), Some(once), "twice is once");
        assert_eq!(replace(page, "growth", "| new |"), None);
        assert_eq!(replace("<!-- builds -->\n", "builds", "| new |"), None);
    }

    #[test]
    fn the_page_has_a_place_for_each_part() {
        let page = std::fs::read_to_string(root().join(PAGE)).expect("the page is there");
        for part in ["builds", "growth", "latency"] {
            assert!(replace(&page, part, "").is_some(), "{part}");
        }
    }
}
