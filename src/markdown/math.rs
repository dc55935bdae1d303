//! Formulas: TeX -> MathML, which browsers lay out without a script.

use std::ops::Range;
use std::panic::catch_unwind;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

use super::draft::Draft;

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Among words.
    Inline,
    /// On lines of its own.
    Display,
}

/// The elements of presentation MathML that formulas are made of (MathML Core, 3).
pub(super) const ELEMENTS: [&str; 25] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// What may stand on them.
pub(super) const ATTRIBUTES: [&str; 18] = [
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "height",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "stretchy",
    "symmetric",
];

/// Writes the formula `tex`: as MathML, or as it stands when it cannot be read.
pub(super) fn push(draft: &mut Draft, tex: &str, style: Style) {
    if let Some(mathml) = mathml(tex, style) {
        draft.push(&mathml);
        return;
    }
    draft.push(if style == Style::Display { "<code class=\"math math-display\">" } else { "<code class=\"math\">" });
    draft.push_text(tex.trim());
    draft.push("</code>");
}

/// Whether the dollar signs around `range` are meant as a formula, by GitHub's rule: no letter or digit stands
/// directly before or behind. `$HOME/bin:$PATH` is none.
pub(super) fn is_formula(text: &str, range: &Range<usize>) -> bool {
    let joins = |character: char| character.is_alphanumeric() || matches!(character, '_' | '{' | '(' | '$');
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let behind = text.get(range.end..).and_then(|behind| behind.chars().next());
    !before.is_some_and(|character| character.is_alphanumeric() || character == '$') && !behind.is_some_and(joins)
}

fn mathml(tex: &str, style: Style) -> Option<String> {
    if !is_modest(tex) {
        return None;
    }
    // The converter is young; a formula that it trips over is shown as it stands.
    let converted = catch_unwind(|| convert(tex, style)).ok().flatten()?;
    // Nor does it escape everything that it copies.
    Some(SANITISER.clean(&converted).to_string())
}

fn convert(tex: &str, style: Style) -> Option<String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(tex, &storage).collect();
    if events.iter().any(Result::is_err) {
        return None;
    }
    let display_mode = if style == Style::Display { DisplayMode::Block } else { DisplayMode::Inline };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events.into_iter(), RenderConfig { display_mode, ..RenderConfig::default() }).ok()?;
    Some(mathml)
}

/// Whether a formula is one that people write: the converter's time and stack grow with the depth of a formula, and
/// definitions could make a short one long.
fn is_modest(tex: &str) -> bool {
    const LONGEST: usize = 4000;
    const DEEPEST: usize = 40;
    const LONGEST_RUN: usize = 40;
    /// Definitions, and what the converter reads wrongly.
    const REFUSED: [&str; 8] =
        ["\\def", "\\gdef", "\\edef", "\\xdef", "\\let", "\\newcommand", "\\renewcommand", "\\char"];
    if tex.len() > LONGEST || REFUSED.iter().any(|command| tex.contains(command)) {
        return false;
    }
    // Commands without anything between them take each other as arguments.
    let (mut depth, mut run, mut in_command) = (0_usize, 0_usize, false);
    for byte in tex.bytes() {
        match byte {
            b'\\' => {
                run += 1;
                in_command = true;
            }
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if in_command && byte.is_ascii_alphabetic() => continue,
            b' ' | b'\n' => in_command = false,
            _ => (run, in_command) = (0, false),
        }
        if depth > DEEPEST || run > LONGEST_RUN {
            return false;
        }
    }
    true
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.add_tags(ELEMENTS).add_generic_attributes(ATTRIBUTES);
    builder
});

#[cfg(test)]
mod tests {
    use super::{Style, is_modest, mathml};

    #[test]
    fn formulas() {
        let cases = [
            ("x^2", Some("<math display=\"inline\"><msup><mi>x</mi><mn>2</mn></msup></math>")),
            ("a < b", Some("<math display=\"inline\"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>")),
            ("\\frac{1}{", None),
            ("\\nosuchthing", None),
            ("\\char é", None),
            ("\\def\\a{x}\\a", None),
        ];
        for (tex, expected) in cases {
            assert_eq!(mathml(tex, Style::Inline).as_deref(), expected, "{tex}");
        }
        let hostile = mathml("\\operatorname{</math><script>alert(1)</script>}", Style::Inline).unwrap_or_default();
        assert!(!hostile.contains("script"), "{hostile}");
    }

    #[test]
    fn what_nobody_writes_is_not_converted() {
        assert!(!is_modest(&"\\sqrt".repeat(50)) && !is_modest(&"{".repeat(50)) && !is_modest(&"x".repeat(5000)));
        assert!(is_modest(&"\\alpha + \\beta_{i} ".repeat(100)));
    }
}
