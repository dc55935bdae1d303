//! Two texts of a file -> a unified diff, as git writes it and `git apply` reads it.

use similar::TextDiff;

use super::MendedFile;

/// What becomes of `file`, with three lines around each change.
pub fn difference(file: &MendedFile) -> String {
    let MendedFile { path, old, new } = file;
    let diff = TextDiff::from_lines(old.as_str(), new.as_str());
    // A name with blanks ends at a tab.
    let behind = if path.as_str().contains(' ') { "\t" } else { "" };
    let names = (format!("a/{path}{behind}"), format!("b/{path}{behind}"));
    diff.unified_diff().context_radius(3).header(&names.0, &names.1).to_string()
}
