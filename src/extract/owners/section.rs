//! A line of GitLab's CODEOWNERS -> the section that it opens.

/// Rules that are asked together: `[Documentation]`, `^[Optional]`, `[Two approvals][2] @default`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// As it is written first.
    pub(super) name: String,
    /// Whether nobody has to approve.
    pub(super) is_optional: bool,
    /// How many have to, where that is said.
    pub(super) approvals: Option<u32>,
}

/// The beginning of a section.
#[derive(Debug, PartialEq)]
pub(super) struct Opening {
    pub(super) section: Section,
    /// Where what stands behind its name begins in the line.
    pub(super) end: usize,
    /// Whether something stands right behind its name, as where a pattern was meant. GitLab takes the line for a section all
    /// the same.
    pub(super) is_attached: bool,
}

/// The section that `line` opens, which begins with its first word.
pub(super) fn opening(line: &str) -> Option<Opening> {
    let (name, behind) = name(line)?.split_once(']')?;
    let count = behind.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let count = count.filter(|(count, _)| count.bytes().all(|byte| byte.is_ascii_digit()));
    let (approvals, rest) = count.map_or((None, behind), |(count, rest)| (count.parse().ok(), rest));
    let section = Section { name: name.trim().to_owned(), is_optional: line.starts_with('^'), approvals };
    let is_attached = !rest.is_empty() && !rest.starts_with(char::is_whitespace);
    Some(Opening { section, end: line.len() - rest.len(), is_attached })
}

/// Whether `line` is plainly meant to open a section.
pub(super) fn is_plain(line: &str) -> bool {
    opening(line).is_some_and(|opening| !opening.is_attached && !opening.section.name.is_empty())
}

/// Whether the name of a section begins in `line` and does not end.
pub(super) fn is_unclosed(line: &str) -> bool {
    name(line).is_some_and(|name| !name.contains(']'))
}

fn name(line: &str) -> Option<&str> {
    line.strip_prefix('^').unwrap_or(line).strip_prefix('[')
}

impl Section {
    /// What readers see: `Documentation (optional, 2 approvals)`; empty for the rules before all sections.
    pub(super) fn label(&self) -> String {
        let optional = self.is_optional.then(|| "optional".to_owned());
        let approvals = self.approvals.filter(|count| *count > 1).map(|count| format!("{count} approvals"));
        let notes: Vec<String> = optional.into_iter().chain(approvals).collect();
        if notes.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, notes.join(", ")) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{is_plain, is_unclosed, opening};

    #[test]
    fn sections() {
        let cases = [
            ("[Documentation]", "Documentation", true),
            ("^[Database] @a", "Database (optional)", true),
            ("[Two words][2] @a", "Two words (2 approvals)", true),
            ("^[Both][3]", "Both (optional, 3 approvals)", true),
            ("[None][]", "None", true),
            ("[One][1] @a", "One", true),
            ("[a-z]x/page.md @a", "a-z", false),
        ];
        for (line, label, plain) in cases {
            assert_eq!((opening(line).unwrap().section.label().as_str(), is_plain(line)), (label, plain), "{line}");
        }
    }

    #[test]
    fn what_opens_no_section() {
        for (line, unclosed) in [("docs/ @a", false), ("[Def", true), ("^[x @a", true), ("^a", false)] {
            assert_eq!((opening(line), is_unclosed(line)), (None, unclosed), "{line}");
        }
    }
}
