//! Formulas.

use std::ops::Range;

use super::draft::Draft;

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Among words.
    Inline,
    /// On lines of its own.
    Display,
}

/// Writes `tex` as it stands, marked as a formula.
pub(super) fn push(draft: &mut Draft, tex: &str, style: Style) {
    match style {
        Style::Inline => {
            draft.push("<code class=\"math\">");
            draft.push_text(tex);
            draft.push("</code>");
        }
        Style::Display => {
            draft.push("<pre class=\"math\">");
            draft.push_text(tex.trim());
            draft.push("</pre>");
        }
    }
}

/// Whether the dollar signs around `range` are meant as a formula, by GitHub's rule: no letter or digit stands
/// directly before or behind. `$HOME/bin:$PATH` is none.
pub(super) fn is_formula(text: &str, range: &Range<usize>) -> bool {
    let joins = |character: char| character.is_alphanumeric() || matches!(character, '_' | '{' | '(' | '$');
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let behind = text.get(range.end..).and_then(|behind| behind.chars().next());
    !before.is_some_and(|character| character.is_alphanumeric() || character == '$') && !behind.is_some_and(joins)
}
