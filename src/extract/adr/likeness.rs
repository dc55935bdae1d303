//! What stands among decisions and is none: templates, indexes, READMEs.

use super::name::{RecordName, read_name};
use super::outline::{Section, outline};

/// Whether a file of this stem is about the log rather than one of its records. `0012-session-template` is a record.
pub(super) fn is_about_the_log(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let name = read_name(&stem);
    if name.number.is_some_and(|number| number > 0) || name.date.is_some() {
        return name.words == "template";
    }
    let words = || stem.split(|character: char| !character.is_alphanumeric());
    matches!(
        stem.as_str(),
        "readme"
            | "_index"
            | "index"
            | "_category_"
            | "toc"
            | "summary"
            | "contributing"
            | "changelog"
            | "glossary"
            | "overview"
            | "license"
            | "code_of_conduct"
            | "security"
            | "_sidebar"
            | "navigation"
    ) || words().any(|word| matches!(word, "template" | "templates"))
}

/// Whether the title of `text` is a placeholder that nobody has filled: `# [short title of the solved problem]`,
/// `# NUMBER. TITLE`.
pub(super) fn is_unfilled(text: &str, from: usize) -> bool {
    let sections = outline(text, from);
    let Some(title) = sections.iter().find(|section| section.level == 1) else { return false };
    let words =
        title.title.trim_start_matches(|character: char| character.is_ascii_digit() || ".:-#* ".contains(character));
    let words = words.strip_prefix("ADR").unwrap_or(words).trim_start_matches([' ', ':', '-']);
    let bracketed = [('[', ']'), ('{', '}'), ('<', '>')]
        .into_iter()
        .any(|(open, close)| words.starts_with(open) && words.ends_with(close));
    // A title that is a link stands in brackets, too, but its address follows them.
    bracketed || words.contains("TITLE") || words.starts_with("NUMBER") || words.contains("YYYY-MM-DD")
}

/// Whether `text` reads like a record: it states a status, or has sections that records have.
pub(super) fn reads_like_a_record(text: &str, from: usize, name: &RecordName) -> bool {
    let sections = outline(text, from);
    let has = |wanted: &[&str]| {
        sections.iter().filter(|section| wanted.contains(&super::record::folded(section.title).as_str())).count()
    };
    let states_status = states_status(text, from, &sections);
    let decides = has(&["decision", "decision outcome", "decisions", "our decision", "the decision", "decision made"]);
    let around = has(&[
        "context",
        "context and problem statement",
        "consequences",
        "considered options",
        "decision drivers",
        "rationale",
        "alternatives considered",
        "pros and cons of the options",
        "options considered",
        "positive consequences",
    ]);
    let proposes = has(&[
        "summary",
        "motivation",
        "proposal",
        "drawbacks",
        "alternatives",
        "unresolved questions",
        "background",
        "rationale",
        "detailed design",
        "guide-level explanation",
        "problem",
        "rationale and alternatives",
        "design",
        "open questions",
    ]);
    let named = name.number.is_some() || name.label.is_some();
    (states_status && decides + around + proposes > 0)
        || decides + around > 1
        || (named && proposes > 2)
        || (proposes > 2 && has_dates(&text[..from]))
}

/// Whether front matter says when somebody proposed something.
fn has_dates(front_matter: &str) -> bool {
    front_matter.lines().any(|line| line.starts_with("creation-date:") || line.starts_with("start-date:"))
}

fn states_status(text: &str, from: usize, sections: &[Section<'_>]) -> bool {
    let meta = sections.iter().skip(2).filter(|section| section.title.eq_ignore_ascii_case("meta"));
    let lines: Vec<_> = sections.iter().take(2).chain(meta).flat_map(|section| section.lines.iter().copied()).collect();
    let stated = super::statement::read_statements(text, &lines);
    stated.iter().any(|statement| {
        statement.name.ends_with("status") || matches!(statement.name.as_str(), "rfc pr" | "feature name")
    }) || sections.iter().any(|section| super::record::folded(section.title) == "status")
        || text[..from].lines().any(|line| line.starts_with("status:") || line.starts_with("state:"))
}
