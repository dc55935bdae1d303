//! Whether a file reads like a record: what stands among decisions and is none are templates, indexes, READMEs.

use super::find_status::STATUS_NAMES;
use super::history;
use super::name::{RecordName, read_name};
use super::outline::{Line, Section, outline};
use super::series;
use super::statement::{Statement, read_statements};
use crate::extract::date::Orders;
use crate::extract::{asciidoc, front_matter};
use crate::source::{Note, SourceFile, stored};

/// What a file has of what records have.
#[derive(PartialEq)]
pub(super) struct Likeness {
    /// Whether its title is a placeholder that nobody has filled: `# [short title of the solved problem]`, `# NUMBER. TITLE`.
    pub(super) is_unfilled: bool,
    /// What its dates tell about the order of days and months.
    pub(super) orders: Orders,
    states_status: bool,
    /// Sections in which something is decided.
    decides: usize,
    /// Sections that stand around those.
    around: usize,
    /// Sections in which something is proposed.
    proposes: usize,
    /// Whether its front matter says when somebody proposed something.
    is_dated: bool,
    /// Whether one of its sections is what only proposals have.
    is_proposed: bool,
    /// By what word and number it calls itself; none and zero where it does not.
    label: String,
    number: u32,
}

stored! {
    struct Likeness { is_unfilled, orders, states_status, decides, around, proposes, is_dated, is_proposed, label, number }
}

impl Note for Likeness {
    const NAME: &'static str = "likeness to a decision record, 5";

    fn of(file: &SourceFile) -> Self {
        let asciidoc = file.path().has_extension(asciidoc::EXTENSIONS).then(|| asciidoc::read(file));
        let (text, from) = match &asciidoc {
            Some((text, front_matter)) => (text.text(), front_matter.end),
            None => (file.text(), front_matter::end(file.text())),
        };
        let sections = outline(text, from);
        let names: Vec<String> = sections.iter().map(|section| super::record::folded(section.title)).collect();
        // Once each: a journal has a decision a day.
        let has = |wanted: &[&str]| wanted.iter().filter(|wanted| names.iter().any(|name| name == *wanted)).count();
        let opening: Vec<Line<'_>> =
            sections.iter().take(2).flat_map(|section| section.lines.iter().copied()).collect();
        let stated = read_statements(text, &opening);
        let states_status = states_status(text, from, &sections, &names, &opening, &stated);
        let (label, number) = series::own_number(text).unwrap_or_default();
        Self {
            is_unfilled: is_unfilled(&sections, states_status),
            orders: Orders::of(stated_dates(text, &sections, &stated)),
            states_status,
            decides: has(&DECIDES),
            around: has(&AROUND),
            proposes: has(&PROPOSES),
            is_dated: has_dates(&text[..from]),
            is_proposed: has(&["proposal", "drawbacks", "detailed design", "unresolved questions"]) > 0,
            label,
            number,
        }
    }
}

impl Likeness {
    /// Whether it has a section in which something is decided.
    pub(super) fn is_decided(&self) -> bool {
        self.decides > 0
    }

    /// Whether it reads like a proposal wherever proposals are: it states a status, or has the sections that they have.
    pub(super) fn is_proposal(&self) -> bool {
        self.states_status || self.proposes > 2
    }

    /// Whether it states a status and what it proposes.
    pub(super) fn is_proposed(&self) -> bool {
        self.states_status && self.is_proposed && self.proposes > 1
    }

    /// Whether it calls itself as its file is called, in a series of proposals or with a status.
    pub(super) fn is_of_series(&self, name: &RecordName) -> bool {
        let is_same = || name.label.as_ref() == Some(&self.label);
        name.number == Some(self.number)
            && (series::is_series(&self.label) || !self.label.is_empty() && self.states_status && is_same())
    }

    /// Whether a file that is called `name` reads like a record: it states a status, or has sections that records have.
    pub(super) fn is_record(&self, name: &RecordName) -> bool {
        let Self { decides, around, proposes, .. } = *self;
        let named = name.number.is_some() || name.label.is_some();
        (self.states_status && decides + around + proposes > 0)
            || decides + around > 1
            || (named && proposes > 2)
            || (proposes > 2 && self.is_dated)
    }
}

const DECIDES: [&str; 6] =
    ["decision", "decision outcome", "decisions", "our decision", "the decision", "decision made"];

const AROUND: [&str; 10] = [
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
];

const PROPOSES: [&str; 21] = [
    "summary",
    "explanation",
    "internal details",
    "reference-level explanation",
    "trade-offs and mitigations",
    "prior art",
    "prior art and alternatives",
    "future possibilities",
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
];

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
            | "skill"
            | "agents"
            | "claude"
            | "guide"
            | "guidelines"
            | "how-to"
            | "howto"
            | "process"
            | "workflow"
    ) || words().any(|word| matches!(word, "template" | "templates"))
        || words().next_back() == Some("index") && words().all(|word| INDEX_OF.contains(&word))
}

/// Words of the names of indexes: `adr-index`, `index`.
const INDEX_OF: &[&str] = &["adr", "adrs", "decision", "decisions", "index", "rfc", "rfcs"];

fn is_unfilled(sections: &[Section<'_>], states_status: bool) -> bool {
    let Some(title) = sections.iter().find(|section| section.level == 1) else { return false };
    let words =
        title.title.trim_start_matches(|character: char| character.is_ascii_digit() || ".:-#* ".contains(character));
    let words = words.strip_prefix("ADR").unwrap_or(words).trim_start_matches([' ', ':', '-']);
    let bracketed = [('[', ']'), ('{', '}'), ('<', '>')]
        .into_iter()
        .any(|(open, close)| words.starts_with(open) && words.ends_with(close));
    // A title that is a link stands in brackets, too, but its address follows them. Some fill in the brackets and leave them.
    const ASKS: [&str; 9] = ["decision", "name", "problem", "short", "solution", "title", "titel", "titre", "your"];
    let asks = || ASKS.iter().any(|word| words.to_lowercase().contains(word));
    bracketed && (!states_status || asks())
        || words.contains("TITLE")
        || words.starts_with("NUMBER")
        || words.contains("YYYY-MM-DD")
}

/// Whether front matter says when somebody proposed something.
fn has_dates(front_matter: &str) -> bool {
    front_matter.lines().any(|line| line.starts_with("creation-date:") || line.starts_with("start-date:"))
}

fn states_status(
    text: &str,
    from: usize,
    sections: &[Section<'_>],
    names: &[String],
    opening: &[Line<'_>],
    stated: &[Statement],
) -> bool {
    let is_status = |statement: &Statement| {
        statement.name.ends_with("status")
            || STATUS_NAMES.contains(&statement.name.as_str())
            || matches!(statement.name.as_str(), "rfc pr" | "feature name")
    };
    let meta = sections.iter().skip(2).filter(|section| section.title.eq_ignore_ascii_case("meta"));
    let meta: Vec<Line<'_>> = meta.flat_map(|section| section.lines.iter().copied()).collect();
    let in_preamble = || {
        let lines = &text[series::preamble(text, from)?];
        lines.lines().find(|line| line.trim_start().to_lowercase().starts_with("status"))
    };
    let states = if meta.is_empty() {
        stated.iter().any(is_status)
    } else {
        // A value may stand in the first of these lines, below a name in the last of the others.
        read_statements(text, &[opening, &meta].concat()).iter().any(is_status)
    };
    states
        || names.iter().any(|name| name == "status")
        || text[..from]
            .lines()
            .map(str::to_lowercase)
            .any(|line| line.starts_with("status:") || line.starts_with("state:"))
        || in_preamble().is_some()
}

/// Every date that `text` states for itself, as written.
fn stated_dates<'a>(
    text: &'a str,
    sections: &'a [Section<'a>],
    stated: &'a [Statement],
) -> impl Iterator<Item = &'a str> {
    let dates = stated.iter().filter(|statement| statement.name.contains("date"));
    let dated = |section: &&Section<'_>| {
        ["date", "status"].contains(&section.title.to_lowercase().as_str()) || history::is_history(section)
    };
    let below = sections.iter().filter(dated).flat_map(|section| &section.lines).map(|line| line.text);
    dates.map(|statement| &text[statement.value.clone()]).chain(below)
}
