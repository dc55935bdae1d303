//! A status as people write it -> the word of the graph.

use std::sync::LazyLock;

use regex::Regex;

use super::find_status::StatedStatus;
use super::outline::{Line, plain};
use super::statement::read_line;
use super::status_words::{is_superseded_elsewhere, normal};
use crate::extract::wording::regex;

/// The status that `text` states, in its normal form: `accepted` for "Approved by the board", the file's own word in
/// lower case for others. `None` when it states none: it is empty, an unfilled template, or prose without a verdict.
pub(super) fn read_status(text: &str) -> Option<String> {
    static STRUCK: LazyLock<Regex> = LazyLock::new(|| regex(r"~~[^~]*~~"));
    let text = plain(&STRUCK.replace_all(last_stage(text), " ")).to_lowercase();
    let text = without_choices(&text);
    if is_choice(&text) || names_many(&text.replace([',', '`'], " ")) {
        return None;
    }
    if is_superseded(&text) {
        return Some("superseded".to_owned());
    }
    let text = last_of_arrows(&text);
    let text = text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let phrase = first_phrase(text);
    let words: Vec<&str> = phrase.split_whitespace().collect();
    match words.as_slice() {
        [] => None,
        ["none" | "n" | "na" | "nil" | "tbd" | "todo" | "status"] => None,
        ["amended" | "extended"] if !text.contains("ed by ") => Some(words.join(" ")),
        [
            "supersedes" | "supercedes" | "superseeds" | "amends" | "amended" | "extends" | "extended" | "replaces"
            | "relates",
            ..,
        ] => None,
        ["partly" | "partially", word, ..] if normal(word) == Some("superseded") => {
            Some("partly superseded".to_owned())
        }
        [word, ..] if normal(word) == Some("superseded") => Some("partly superseded".to_owned()),
        // "Decision proposed; …", "Proposal accepted"
        ["decision" | "proposal" | "adr" | "rfc" | "currently", word] if normal(word).is_some() => {
            normal(word).map(str::to_owned)
        }
        [word, ..] if normal(word).is_some() => normal(word).map(str::to_owned),
        ["to", "be", _] => Some(words.join(" ")),
        // The beginning of a sentence is no status.
        [
            "the" | "this" | "these" | "a" | "an" | "we" | "it" | "is" | "as" | "when" | "if" | "there" | "to"
            | "right" | "currently" | "today" | "now",
            ..,
        ] => verdict(text),
        words if words.len() <= 4 && phrase.len() <= 40 => Some(words.join(" ")),
        _ => verdict(text),
    }
}

/// `text` without the list of statuses that a template left beside the chosen one: "Proposed [Proposed, Accepted, Rejected]".
fn without_choices(text: &str) -> String {
    static BRACKETS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^([^\[({]*\w[^\[({]*)(?:\[([^\]]*)\]|\(([^)]*)\)|\{([^}]*)\})"));
    let choices = BRACKETS.captures(text).filter(|found| {
        let inside = found.get(2).or(found.get(3)).or(found.get(4));
        inside.is_some_and(|inside| names_many(&inside.as_str().replace(['|', ',', '/'], " ")))
    });
    choices.map_or_else(|| text.to_owned(), |found| format!("{}{}", &found[1], &text[found[0].len()..]))
}

/// Of "proposed → accepted" the last; an arrow in prose leads from nothing to nothing.
fn last_of_arrows(text: &str) -> &str {
    let (before, last) = ["→", "⇒", "->"].iter().find_map(|arrow| text.rsplit_once(arrow)).unwrap_or(("", text));
    let is_status = |word: &str| normal(word).is_some() || matches!(word, "draft" | "review" | "rfc" | "open");
    let mut words = before.split_whitespace();
    let begins = words.clone().count() <= 4 * (1 + before.matches(['→', '⇒', '>']).count());
    let leads_on = last.split_whitespace().next().is_some_and(|word| !word.contains(|one: char| one.is_ascii_digit()));
    if begins && leads_on && words.any(is_status) { last } else { text }
}

/// Of stages in a row, each with its date, the last: "Proposed on 2021-07-12, accepted on 2021-08-04".
pub(super) fn last_stage(text: &str) -> &str {
    let stages: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|stage| !stage.is_empty()).collect();
    let is_stage = |stage: &&str| {
        let word = stage.split_whitespace().next().unwrap_or_default().to_lowercase();
        normal(&word).is_some() && stage.contains(|one: char| one.is_ascii_digit())
    };
    match stages.last() {
        Some(last) if stages.len() > 1 && stages.iter().all(is_stage) && !text.contains('[') => last,
        _ => text,
    }
}

/// The status that a section of that name states: its first line with one, a ticked box, the last of several dated lines.
pub(super) fn read_section<'l>(lines: &[Line<'l>]) -> Option<(String, Line<'l>)> {
    let said: Vec<Line<'l>> = lines.iter().copied().filter(|line| !line.is_blank()).collect();
    let (quoted, own): (Vec<Line<'l>>, Vec<Line<'l>>) =
        said.iter().copied().partition(|line| line.text.trim_start().starts_with('>'));
    // Many templates explain the statuses in a quote above the status itself.
    let said = if own.is_empty() { quoted } else { own };
    let boxes = said.iter().filter(|line| is_box(line.text, true) || is_box(line.text, false)).count();
    if boxes > 0 {
        // Each step on the way is ticked off.
        let ticked = said.iter().rfind(|line| is_box(line.text, true))?;
        return read_status(after_box(ticked.text)).map(|status| (status, *ticked));
    }
    let says_so = |line: &&Line<'_>| {
        let words = plain(without_marks(line.text)).to_lowercase();
        is_superseded(&words) && !names_many(&words)
    };
    // "The rule for names is\nsuperseded by [9](9.md)"
    let goes_on = |at: usize| {
        let above = at.checked_sub(1).and_then(|above| said.get(above));
        let is_next = above.is_some_and(|above| said[at].start <= above.range().end + 2);
        let is_open = above.is_some_and(|above| !above.text.trim_end().ends_with(['.', ';', ':', '!']));
        is_next && is_open && said[at].text.trim_start().starts_with(char::is_lowercase)
    };
    if let Some((_, line)) = said.iter().enumerate().find(|(at, line)| says_so(line) && !goes_on(*at)) {
        return Some(("superseded".to_owned(), *line));
    }
    // "Issue: …" is about something else.
    let states_other = |line: &&Line<'_>| {
        let name = read_line(line.text).map(|(name, _)| name);
        name.is_some_and(|name| {
            matches!(name.as_str(), "issue" | "issues" | "author" | "authors" | "date" | "pr" | "tracking issue")
        })
    };
    let dated: Vec<_> = said.iter().filter(|line| dated_status(line.text).is_some()).collect();
    if dated.len() > 1 {
        return dated.last().and_then(|line| dated_status(line.text).map(|status| (status, **line)));
    }
    let first = said.iter().find(|line| !states_other(line))?;
    let status = dated_status(first.text).or_else(|| read_status(without_marks(first.text)))?;
    Some((status, *first))
}

/// Whether `status` is one that most logs have.
pub(super) fn is_usual(status: &str) -> bool {
    normal(status).is_some() || matches!(status, "draft" | "implemented" | "withdrawn" | "partly superseded")
}

/// Whether `text`, in lower case, says of the whole record that it is superseded: not of a part, not once, not perhaps.
pub(super) fn is_superseded(text: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^\W*(?:(?:accepted|approved|proposed|rejected|deprecated|implemented|and|but|now|it|is|been|has|this|adr|rfc|decision|record)\s+|(?:was)\s+)*super(?:s|c|sc)ee?ded\b(.*)",
        )
    });
    static LESS: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:in part|partly|partially|parts? of|sections?|some of|except|for (?:the|some|all|new)|once|when|if|until|unless)\b",
        )
    });
    static STANDS: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:preserved in decision|still (?:holds|stands|applies)|remains? (?:valid|in (?:force|effect)|current))\b",
        )
    });
    if is_superseded_elsewhere(text) {
        return true;
    }
    let clauses = text.split(['.', ';', '(', ',', '–', '—', '·', '•', '\n']);
    // What is said first holds: the rest tells of the part.
    let is_in_part = clauses.clone().next().is_some_and(|first| first.contains("super") && LESS.is_match(first));
    if is_in_part || STANDS.is_match(text) {
        return false;
    }
    // "Accepted (superseded the old renderer)" is what replaced something.
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^\s*(?:$|[^\w\s]|\d|(?:by|on|in|as|since|through|via|with|see|due|for|because|and|now|here|entirely|fully|completely|after|at|upon|from|following)\b)",
        )
    });
    clauses.enumerate().any(|(at, clause)| {
        WHOLE.captures(clause).is_some_and(|found| {
            let rest = &found[1];
            (at == 0 || BY.is_match(rest)) && !LESS.is_match(rest) && !clause.trim_start().starts_with("was ")
        })
    })
}

/// Whether `text` lists the statuses to choose from: "accepted | rejected", "accepted or rejected".
pub(super) fn is_choice(text: &str) -> bool {
    let first = text.trim().lines().next().unwrap_or_default().replace(" or ", "|");
    let parts: Vec<&str> = first.split(['|', '/']).collect();
    let known = |part: &&str| {
        let word = part.split_whitespace().next().unwrap_or_default();
        normal(word.trim_matches(|character: char| !character.is_alphanumeric())).is_some()
    };
    // "provisional|implementable|implemented|…" of a template that nobody has filled in.
    let is_list = first.matches('|').count() > 2 && !first.contains(' ');
    is_list || parts.len() > 1 && parts.into_iter().filter(known).count() > 1
}

/// Whether `text` names so many statuses that it is about them: "Valid statuses are: …".
fn names_many(text: &str) -> bool {
    text.split_whitespace().filter_map(normal).collect::<std::collections::BTreeSet<_>>().len() > 2
}

/// What stands before the first mark or word that begins a remark: "accepted" of "accepted (see #12)".
fn first_phrase(text: &str) -> &str {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"[^\w\s'’-]|\n|\s-\s|\s(?:by|on|in|at|as|since|via|see|with|and|but|until|from|because)\s|\s\d")
    });
    let start = if text.starts_with("in ") || text.starts_with("on ") || text.starts_with("work ") { 8 } else { 0 };
    let phrase =
        REMARK.find_at(text, floor(text, start.min(text.len()))).map_or(text, |remark| &text[..remark.start()]);
    phrase.trim().trim_end_matches(|character: char| !character.is_alphanumeric())
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0)
}

/// The status in a sentence: "this proposal has been accepted by …".
fn verdict(text: &str) -> Option<String> {
    static VERDICT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:is|was|been|now|currently)\s+(?:now\s+|currently\s+)?(accepted|approved|adopted|proposed|rejected|deprecated)\b",
        )
    });
    VERDICT.captures(text).and_then(|found| normal(&found[1])).map(str::to_owned)
}

/// What a status says as it is written, in one line, where that is more than its normal form.
pub(super) fn further_words(stated: &StatedStatus) -> Option<String> {
    let words = plain(without_marks(&stated.raw));
    let words = ["[x] ", "[X] "].iter().find_map(|ticked| words.strip_prefix(ticked)).unwrap_or(&words).to_owned();
    let letters = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (said, normal): (String, String) = (letters(&words), letters(&stated.status));
    // Longer words are no status.
    (said != normal && !said.is_empty()).then(|| words.chars().take(200).collect())
}

fn without_marks(line: &str) -> &str {
    static MARKS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(?:[*_]{0,3}(?i:status)[*_]{0,3}\s*:[*_]{0,3}\s*)?"));
    MARKS.find(line).map_or(line, |marks| &line[marks.end()..])
}

fn is_box(line: &str, ticked: bool) -> bool {
    let rest = line.trim_start().trim_start_matches(['-', '*', '+']).trim_start();
    if ticked { rest.starts_with("[x]") || rest.starts_with("[X]") } else { rest.starts_with("[ ]") }
}

fn after_box(line: &str) -> &str {
    line.split_once(']').map_or(line, |(_, rest)| rest)
}

/// The status of a line of history: "2024-03-01: accepted", "accepted 2024-03-01".
fn dated_status(line: &str) -> Option<String> {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"^\W*(?:\d{4}-\d{2}-\d{2})\W+([^\W\d_]+)|^\W*([^\W\d_]+)(?:\s+\w+)?\s+\(\d{4}-\d{2}-\d{2}\)\W*$")
    });
    let found = DATED.captures(line)?;
    normal(&found.get(1).or(found.get(2))?.as_str().to_lowercase()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::{read_section, read_status};

    #[test]
    fn statuses() {
        let cases = [
            ("`RFC by dd/mm, Proposed, In Discussion, Rejected, Accepted, ..., Superseded by ADR-XXX`", ""),
            ("provisional|implementable|implemented|deferred|replaced", ""),
            ("Decision proposed; tell us", "proposed"),
            ("Supercedes [20](20.md)", ""),
            ("Right now, the shop does it by hand", ""),
            ("Accepted", "accepted"),
            ("ACCEPTED", "accepted"),
            ("Approved by the board", "accepted"),
            ("adopted", "accepted"),
            ("Proposed on 2021-07-12, Accepted on 2021-08-04", "accepted"),
            ("Pending", "proposed"),
            ("✅ Accepted (documenting an existing thing)", "accepted"),
            ("🤔 Proposed", "proposed"),
            ("accepted 🎉", "accepted"),
            ("**Implemented (Swift 2.2)**", "implemented"),
            ("Returned for revision", "returned for revision"),
            ("Partially implemented.", "partially implemented"),
            ("on hold", "on hold"),
            ("in review by the team", "in review"),
            ("Completed 3/4/2018 [#12](https://example.com)", "completed"),
            ("Accepted - The PR has been merged", "accepted"),
            ("Accepted; supersedes ADR 3", "accepted"),
            ("Accepted (was: Superseded)", "accepted"),
            ("Accepted (was: Proposed)", "accepted"),
            ("Not accepted", "not accepted"),
            ("Superseded by [9](9.md)", "superseded"),
            ("superceded by ADR-9", "superseded"),
            ("⌛️ Superseded by [9](9.md)", "superseded"),
            ("Superseded (as never implemented) by [ADR 32](/adr/32)", "superseded"),
            ("Accepted, superseded by ADR-9", "superseded"),
            ("Accepted (superseded)", "superseded"),
            ("Accepted (superseded 2024-01-01 by ADR-9)", "superseded"),
            ("Accepted (superseded the old renderer)", "accepted"),
            ("Accepted (superseded ADR-3 and ADR-4)", "accepted"),
            ("**Amended (June 2024)** — see [the amendment](#x). Previously deferred.", "amended"),
            ("Amended by [9](9.md)", ""),
            ("Accepted. Superseded by ADR-9.", "superseded"),
            ("Partly superseded", "partly superseded"),
            ("Superseded in part by ADR-9", "partly superseded"),
            ("Accepted (partially superseded by ADR-9)", "accepted"),
            ("Accepted, will be superseded by ADR-9", "accepted"),
            ("Deprecated (no superseding ADR)", "deprecated"),
            ("~~Proposed~~ Accepted", "accepted"),
            ("Proposed → Accepted", "accepted"),
            ("Draft -> Proposed -> Accepted", "accepted"),
            ("**Accepted** — closes the dev → ship transition trap", "accepted"),
            ("Superseded in terminology, preserved in decision.", "partly superseded"),
            ("Partially superseded. Section 2 below — the rest — is superseded by [9](9.md)", "partly superseded"),
            ("[Accepted](https://example.com)", "accepted"),
            ("The proposal has been accepted by everybody in the room", "accepted"),
            ("We talked about this for a long while and went home", ""),
            ("[proposed | rejected | accepted | deprecated]", ""),
            ("{proposed | accepted}", ""),
            ("Proposed/Accepted/Rejected", ""),
            ("", ""),
            ("🤷", ""),
            ("N/A", ""),
            ("WIP", "wip"),
            ("accepté · 2026-07-06 → 2026-07-08", "accepted"),
            ("Proposed [Proposed, Accepted, Rejected, Superseded, etc.]", "proposed"),
            ("Proposal", "proposed"),
            ("Accepted · **Superseded by ADR-9**", "superseded"),
            ("Angenommen am 3.4.2024", "accepted"),
            ("已接受（2026-08-20）", "accepted"),
            ("承認済", "accepted"),
            ("Ersetzt durch ADR-9", "superseded"),
            ("Teilweise ersetzt durch ADR-9", "teilweise ersetzt durch adr-9"),
            ("已被 ADR-9 取代", "superseded"),
            ("Remplacé par l'ADR 9", "superseded"),
            ("To be implemented", "to be implemented"),
        ];
        for (text, expected) in cases {
            assert_eq!(read_status(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn sections() {
        let cases = [
            ("\nAccepted\n\nAmended by [9](9.md)\n", "accepted"),
            ("Superseded by [9](9.md)\n", "superseded"),
            ("Accepted\n\nSuperseded by [9](9.md)\n", "superseded"),
            ("Accepted. The rule for names is\nsuperseded by [9](9.md)'s; the rest stands.\n", "accepted"),
            ("Accepted.\nsuperseded by [9](9.md)\n", "superseded"),
            ("Accepted\n\nSupersedes [3](3.md)\n", "accepted"),
            ("> A decision may be proposed or accepted. If it is superseded, say so.\n\nAccepted\n", "accepted"),
            ("> Accepted\n", "accepted"),
            (
                "> Accepted or Rejected\n>\n> Valid statuses: \"Proposed\", \"Accepted\", \"Rejected\", \"Superseded by ADR-9\".\n",
                "",
            ),
            ("- [ ] Proposed\n- [x] Accepted\n", "accepted"),
            ("- [ ] Proposed\n- [ ] Accepted\n", ""),
            ("- [x] Proposed\n- [x] Accepted\n- [ ] Superseded\n", "accepted"),
            ("2019-01-01 proposed\n\n2019-02-01 accepted\n", "accepted"),
            ("2019-02-01: Accepted\n", "accepted"),
            ("**Status**: Accepted\n", "accepted"),
            ("* Accepted\n", "accepted"),
            ("\n\n", ""),
        ];
        for (text, expected) in cases {
            let sections = outline(text, 0);
            let found = read_section(&sections[0].lines).map(|(status, _)| status);
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }
}
