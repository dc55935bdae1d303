//! The beginning of a YAML file -> whether it is a descriptor of a catalog, or one of its templates.

use crate::discover::Outset;

/// What the beginning of a file tells.
#[derive(PartialEq)]
pub(super) struct Outlook {
    pub(super) is_descriptor: bool,
    /// Whether the first thing that it describes is a template.
    pub(super) is_template: bool,
}

/// So much behind the comments at the head of a file is looked at.
const LOOKED_AT: usize = 512;

impl Outset for Outlook {
    const LENGTH: usize = 4 * 1024;

    fn of(head: &str) -> Self {
        let body = without_preamble(head);
        let end = (0..=LOOKED_AT.min(body.len())).rev().find(|end| body.is_char_boundary(*end));
        let body = &body[..end.unwrap_or_default()];
        let is_descriptor = body.lines().any(|line| value(line, "apiVersion").is_some_and(is_of_catalog));
        let mut kinds = body.lines().filter_map(|line| value(line, "kind"));
        Self { is_descriptor, is_template: is_descriptor && kinds.any(|kind| kind == "Template") }
    }
}

/// What follows the comments, empty lines and marks with which a file may begin.
fn without_preamble(head: &str) -> &str {
    let mut rest = head.trim_start_matches('\u{feff}');
    loop {
        let line = rest.lines().next().unwrap_or_default();
        let text = line.trim();
        let is_preamble = text.is_empty() || text.starts_with('#') || text.starts_with('%') || text == "---";
        if !is_preamble || rest.is_empty() {
            return rest;
        }
        rest = rest[line.len()..].trim_start_matches(['\r', '\n']);
    }
}

/// What `line` says of `key`.
fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let stated = line.trim_start_matches(['-', ' ']).strip_prefix(key)?.strip_prefix(':')?;
    Some(stated.trim().trim_matches(['"', '\'']))
}

fn is_of_catalog(version: &str) -> bool {
    ["backstage.io/", "roadie.io/", "scaffolder.backstage.io/"].iter().any(|group| version.starts_with(group))
}

#[cfg(test)]
mod tests {
    use super::{Outlook, Outset};

    #[test]
    fn beginnings() {
        let comment = "# All that sells.\n\n".repeat(60);
        let cases = [
            ("apiVersion: backstage.io/v1alpha1\nkind: API\n", (true, false)),
            ("# c\r\n\r\n---\r\n- apiVersion: \"backstage.io/v1alpha1\"\r\n", (true, false)),
            (&format!("{comment}---\n{comment}kind: System\napiVersion: backstage.io/v1alpha1"), (true, false)),
            ("apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template", (true, true)),
            ("apiVersion: v1\nkind: Template", (false, false)),
            (&format!("a: |\n{}\napiVersion: backstage.io/v1alpha1", " x\n".repeat(300)), (false, false)),
            ("# only a comment", (false, false)),
            ("", (false, false)),
        ];
        for (head, expected) in cases {
            let found = Outlook::of(head);
            assert_eq!((found.is_descriptor, found.is_template), expected, "{head}");
        }
    }
}
