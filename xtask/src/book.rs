//! A table -> the page of the book that shows it.

use std::path::Path;
use std::{fs, io};

/// Puts `table` between the comments `<!-- name -->` and `<!-- /name -->` of `page`, from the project's root.
///
/// # Errors
/// The page cannot be read or written, or has no such comments (`InvalidData`).
pub(crate) fn write(root: &Path, page: &str, name: &str, table: &str) -> io::Result<()> {
    let path = root.join(page);
    let replaced = replace(&fs::read_to_string(&path)?, name, table);
    let missing =
        || io::Error::new(io::ErrorKind::InvalidData, format!("{page} has no `<!-- {name} -->` … `<!-- /{name} -->`"));
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
    use super::replace;
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
    fn the_pages_have_a_place_for_each_part() {
        for (page, parts) in [
            ("book/src/performance.md", &["builds", "growth", "latency", "code"][..]),
            ("book/src/extract/rust.md", &["parity"]),
        ] {
            let page = std::fs::read_to_string(root().join(page)).expect("the page is there");
            for part in parts {
                assert!(replace(&page, part, "").is_some(), "{part}");
            }
        }
    }
}
