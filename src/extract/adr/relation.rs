//! How a record stands to others, as people write it: "Superseded by [9. Use Y](0009-use-y.md)", "Amends ADR-3".
//!
//! A relation needs a verb and a target in one clause. Negated, conditional and past forms are none: "does not
//! supersede", "supersedes 3 when accepted", "(was: superseded by 3)".

mod clause;
mod related;
mod target;
mod verb;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use self::clause::clauses;
pub(super) use self::related::{Listing, listing, read_entry, read_heading, read_list, read_related};
use self::target::{Named, bare_numbers, targets};
pub(super) use self::target::{RecordTarget, read_name_of_record, record_at_address};
pub(super) use self::verb::relation_of_name;
use self::verb::{Meaning, partly};
use crate::extract::wording::regex;
use crate::graph::Relation;

/// A relation that a record states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedRelation {
    pub(super) relation: Relation,
    /// Whether it is stated from the other end: "superseded by".
    pub(super) flipped: bool,
    pub(super) target: RecordTarget,
    /// Where the target is named.
    pub(super) place: StatedIn,
    /// Whether it stands where records state their relations, rather than in running text.
    pub(super) sure: bool,
}

/// Where a relation is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StatedIn {
    /// In the record's text.
    Text(Range<usize>),
    /// In the data file beside it.
    Aside(Range<usize>),
}

impl StatedRelation {
    /// Whether it says of the whole record that another one replaced it.
    pub(super) fn is_end(&self) -> bool {
        self.relation == Relation::Supersedes && self.flipped
    }

    /// The same, where the text that it was read in begins at `start`.
    fn moved(mut self, start: usize) -> Self {
        if let StatedIn::Text(range) = &mut self.place {
            *range = start + range.start..start + range.end;
        }
        self
    }

    /// Where it stands in the record's text.
    pub(super) fn text_range(&self) -> Option<Range<usize>> {
        match &self.place {
            StatedIn::Text(range) => Some(range.clone()),
            StatedIn::Aside(_) => None,
        }
    }
}

/// The relations that the range `value` of `text` states for a name that is itself the verb.
pub(super) fn read_value(text: &str, value: Range<usize>, (relation, flipped): Meaning) -> Vec<StatedRelation> {
    static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)^\W*(?:nothing|none|no\b|n/?a\b|not\b|tbd)|^\s*[\u{2014}\u{2013}-]+\s*(?:$|[(\u{b7}])")
    });
    let clause = &text[value.clone()];
    if NOTHING.is_match(clause) || is_conditional(clause) {
        return Vec::new();
    }
    let targets = targets(clause, true);
    let before_first = targets.first().and_then(|(_, first)| clause.get(..first.start)).unwrap_or_default();
    let is_part = !flipped && (is_of_a_part(clause, &targets) || is_partial(before_first));
    let relation = if is_part { partly(relation) } else { relation };
    let ends: Vec<usize> = targets.iter().skip(1).map(|(_, range)| range.start).chain([clause.len()]).collect();
    let mut before = targets.first().map_or(0, |(_, range)| range.start);
    let mut stated = Vec::new();
    for ((target, range), end) in targets.into_iter().zip(ends) {
        let after = clause.get(range.end..end).unwrap_or_default();
        let is_of_part = is_limited(after) || names_more(clause.get(before..range.start).unwrap_or_default());
        before = range.end;
        stated.push(StatedRelation {
            relation: if is_of_part { partly(relation) } else { relation },
            flipped,
            sure: is_certain(&target),
            target,
            place: StatedIn::Text(value.start + range.start..value.start + range.end),
        });
    }
    stated
}

/// The relations that the sentences in `range` of `text` state. In `running` text only sentences about the record as a
/// whole count ("This ADR supersedes …"), and only those of supersession and amendment; elsewhere every clause does.
pub(super) fn read_sentences(text: &str, range: Range<usize>, running: bool) -> Vec<StatedRelation> {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:\W|\d|note\b|update\b|warning\b|in\s+short\b)*(?:this\s+(?:adr|decision|rfc|rfd|kep|record|decision\s+record|document|proposal)|we)\s+(?:(?:in\s+part|partly|partially|also|now|hereby|is|has|been|was)\s+)*super(?:s|c|sc)ee?de|^\W*(?:(?:partly|partially)\s+)?super(?:s|c|sc)ee?ded\b[^\[]{0,40}\bby\b|\]?,?\s+(?:which|that)\s+super(?:s|c|sc)ee?des\s+this\s+(?:adr|decision|rfc|record|document|proposal)\b|^[\W_]*(?:this\s+(?:adr|decision|rfc|record|document|proposal)\s+(?:is|was|has\s+been)\s+)?(?:abandoned|deprecated|replaced)\s+in\s+favou?r\s+of\b|^\W*(?:(?:partly|partially)\s+)?(?:supersedes|amends|refines|extends|builds\s+on|amended(?:\s+on)?(?:\s+[\d-]+)?\s+(?:by|per))\s+(?:\[|adr)|^\W*(?:depends\s+(?:up)?on|depende\s+de|requires)\s+\[?(?:adr|kep|rfc)\b|^[\W_]*this\s+(?:(?:adr|decision|rfc|record|document|proposal)\s+)?(?:is\s+(?:an?\s+|the\s+)?(?:follow[-\s]?(?:on|up)|extension|continuation|refinement)\b|reverses\s+\[|supplements\b|updates\s+(?:some|parts?)\b)|^\W*(?:this\s+(?:adr|decision|rfc|record|document))\s+(?:also\s+)?(?:amends|(?:is|was|has\s+been)\s+(?:super(?:s|c|sc)ee?ded|replaced|amended))",
        )
    });
    static VERBS: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)super|amend|refin|clarif|exten|build|adds|depend|requir|replac|obsolet|relate|abandon|deprecat|follow|continuation|generali|supplement|updates|revers",
        )
    });
    let mut found = Vec::new();
    for clause in clauses(text, range) {
        let words = &text[clause.clone()];
        // Most sentences have no such verb, and what tells one apart costs more.
        if !VERBS.is_match(words) || running && !SUBJECT.is_match(from_subject(words)) {
            continue;
        }
        for mut stated in read_clause(words) {
            if running
                && !matches!(
                    stated.relation,
                    Relation::Supersedes
                        | Relation::PartlySupersedes
                        | Relation::Amends
                        | Relation::Extends
                        | Relation::Requires
                )
            {
                continue;
            }
            stated.sure &= !running;
            found.push(stated.moved(clause.start));
        }
    }
    found
}

/// A sentence from where it speaks of the record: "To have one rule, this ADR supersedes …".
fn from_subject(sentence: &str) -> &str {
    let begins = |at: &usize| {
        let words = sentence[*at..].trim_start_matches([',', ' ']);
        words.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("this ")) && words.contains("supersedes")
    };
    let is_plain = |at: &usize| !sentence[..*at].contains(['[', ']', ':', ';']);
    let comma = sentence.match_indices(", ").map(|(at, _)| at).find(|at| begins(at));
    comma.filter(is_plain).map_or(sentence, |at| &sentence[at + 2..])
}

fn read_clause(clause: &str) -> Vec<StatedRelation> {
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\b(?:(super(?:s|c|sc)ee?d(?:es?|ing)|replaces|obsoletes|reverses)|(super(?:s|c|sc)ee?ded\b[^.;\[\]]{0,60}?\bby|(?:replaced|obsoleted)\s+by|(?:abandoned|deprecated|replaced|superseded)\s+in\s+favou?r\s+of)|(amends|refines|clarifies|updates\s+(?:some|parts?)\b|refinement\s+of)|((?:amended|refined|clarified)\b[^.;\[\]]{0,40}?\b(?:by|per))|(extends|supplements|builds\s+(?:up)?on|adds\s+to|(?:follow[-\s]?(?:on|up)|extension|continuation|generali[sz]ation)\b[^.;\[\]]{0,40}?\b(?:to|of))|(extended\s+by)|(requires|depends\s+(?:up)?on|depende\s+de)|(required\s+by)|(relate[sd]\s+to))\b",
        )
    });
    const MEANINGS: [Meaning; 9] = [
        (Relation::Supersedes, false),
        (Relation::Supersedes, true),
        (Relation::Amends, false),
        (Relation::Amends, true),
        (Relation::Extends, false),
        (Relation::Extends, true),
        (Relation::Requires, false),
        (Relation::Requires, true),
        (Relation::RelatesTo, false),
    ];
    let named = targets(clause, false);
    // A clause with more verbs or names than that is a list of words, not a sentence.
    const MOST: usize = 100;
    if named.len() > MOST {
        return Vec::new();
    }
    let mut verbs: Vec<(Range<usize>, Meaning)> = VERB
        .captures_iter(clause)
        .filter_map(|found| {
            let index = (0..MEANINGS.len()).find(|&index| found.get(index + 1).is_some())?;
            Some((found.get(0)?.range(), MEANINGS[index]))
        })
        .take(MOST)
        .filter(|(verb, _)| !named.iter().any(|(_, range)| range.contains(&verb.start)))
        .collect();
    if verbs.is_empty() {
        verbs.extend(bare_participle(clause).map(|verb| (verb, (Relation::Supersedes, true))));
    }
    let mut stated = superseding_clause(clause, &named);
    // Behind its targets a verb may be qualified, up to the words that lead to the next verb.
    let mut from = 0;
    for (index, (verb, (relation, flipped))) in verbs.iter().enumerate() {
        let next = verbs.get(index + 1).map_or(clause.len(), |(next, _)| next.start);
        let before = &clause[from..verb.start];
        // What is said in brackets ends with them.
        let reach = verb.end + end_of_brackets(&clause[verb.end..next]);
        let behind = named.iter().filter(|(_, range)| range.start >= verb.end && range.end <= reach).cloned();
        // "Supersedes 3": a bare number right behind the verb.
        let bare = bare_numbers(clause, verb.end..next);
        let targets: Vec<Named> = behind.chain(bare).collect();
        let told = targets.iter().map(|(_, range)| range.end).max().unwrap_or(verb.end);
        let end = if next == clause.len() { next } else { told + end_of_phrase(&clause[told..next]) };
        from = end;
        let (words, after) = (&clause[verb.clone()], &clause[verb.end..end]);
        if is_negated(before) || is_conditional(after) {
            continue;
        }
        let shifted: Vec<Named> = targets
            .iter()
            .map(|(target, range)| (target.clone(), range.start - verb.end..range.end - verb.end))
            .collect();
        let of_a_part = (*flipped && names_a_part(before))
            || is_partial(before)
            || is_partial(words)
            || targets.first().is_some_and(|(_, first)| is_partial(&clause[verb.end..first.start]))
            || (!flipped && is_of_a_part(after, &shifted));
        let relation = if of_a_part { partly(*relation) } else { *relation };
        let ends: Vec<usize> = targets.iter().skip(1).map(|(_, range)| range.start).chain([end.max(told)]).collect();
        stated.extend(targets.into_iter().zip(ends).map(|((target, range), end)| StatedRelation {
            relation: if is_limited(clause.get(range.end..end).unwrap_or_default()) {
                partly(relation)
            } else {
                relation
            },
            flipped: *flipped,
            sure: is_certain(&target),
            target,
            place: StatedIn::Text(range),
        }));
    }
    stated
}

/// "… in [9](9.md), which supersedes this decision."
fn superseding_clause(clause: &str, named: &[Named]) -> Vec<StatedRelation> {
    static WHICH: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)^,?\s+(?:which|that)\s+super(?:s|c|sc)ee?des\s+this\b"));
    let which = named.iter().filter(|(_, range)| WHICH.is_match(&clause[range.end..]));
    let which = which.map(|(target, range)| StatedRelation {
        relation: Relation::Supersedes,
        flipped: true,
        sure: is_certain(target),
        target: target.clone(),
        place: StatedIn::Text(range.clone()),
    });
    which.collect()
}

/// Whether `target` is certainly a record: words that are put together like a file's name, `10-seed`, may be any, and so may a path from
/// nowhere in particular, `notes/3.md`.
fn is_certain(target: &RecordTarget) -> bool {
    match target {
        RecordTarget::Name { label: None, name } => !name.contains('-'),
        RecordTarget::Path(path) => path.starts_with('.') || !path.contains('/'),
        _ => true,
    }
}

/// "Superseded [0019](0019-x.md)" needs no "by", where a record follows at once.
fn bare_participle(clause: &str) -> Option<Range<usize>> {
    static PARTICIPLE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)^[^\pL]*super(?:s|c|sc)ee?ded(?:\s*[:(>-]+|\s+see|\s+with)?\s*(\[|adr|$)"));
    let found = PARTICIPLE.captures(clause)?;
    Some(found.get(0)?.start()..found.get(1)?.start())
}

/// "Supersedes the retry policy of [3](3.md)" is about what the record says, not about the record.
fn is_of_a_part(words: &str, targets: &[Named]) -> bool {
    let first = targets.iter().map(|(_, range)| range.start).min().unwrap_or(0);
    words.get(..first).unwrap_or_default().split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count()
        > 2
}

/// ", and the membership model of [3](3.md)": whether words between two records name what the second one says.
fn names_more(between: &str) -> bool {
    let mut depth = 0_u32;
    let outside: String = between
        .chars()
        .filter(|one| {
            depth = if *one == '(' { depth + 1 } else { depth };
            let is_outside = depth == 0;
            depth = if *one == ')' { depth.saturating_sub(1) } else { depth };
            is_outside
        })
        .collect();
    outside.split_whitespace().filter(|word| word.contains(char::is_alphabetic) && *word != "and").count() > 2
}

/// "Implemented; the tool routing is superseded by [8](8.md)": whether the words before the verb name something else than the
/// record.
fn names_a_part(before: &str) -> bool {
    const OF_THE_WHOLE: &str = "a abandoned accepted active adr also and approved archived been but by changed closed completely \
        decision deferred deprecated document draft effectively entirely eventually final formally from \
        fully has implemented in is it itself kep later now obsolete on proposal proposed recently record \
        rejected rfc rfd since status subsequently that the then this to was whole withdrawn";
    const PLACED: &[&str] = &["as", "at", "by", "changed", "from", "in", "on", "since", "to"];
    let phrase = before.rsplit(['\u{2014}', '\u{2013}', ',', ';', ':', '.', '(']).next().unwrap_or(before);
    let words = phrase.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let is_dated = words.iter().any(|word| word.parse::<u32>().is_ok_and(|number| number > 99));
    let is_own = |word: &&String| !OF_THE_WHOLE.split(' ').any(|known| known == word.as_str());
    !is_dated
        && !words.iter().any(|word| PLACED.contains(&word.as_str()))
        && (1..=6).contains(&words.iter().filter(is_own).count())
}

/// "Supersedes ADR-3, serving mode only": whether what follows a record limits what was said of it.
fn is_limited(after: &str) -> bool {
    static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^['\u{2019}]s\b|^(?:[^.;\n]|\.\d){0,60}?\b(?:only|in part|partly|partially|partial|decisions?\s*#?\d|sections?\s+\S|points?\s+\d)|^[^.;\n]{0,60}?§",
        )
    });
    LIMIT.is_match(after)
}

/// Where `text` closes brackets that it has not opened; at its end otherwise.
fn end_of_brackets(text: &str) -> usize {
    let mut depth = 0_i32;
    let closing = text.char_indices().find(|(_, one)| {
        depth += i32::from(matches!(one, '(' | '[')) - i32::from(matches!(one, ')' | ']'));
        depth < 0
    });
    closing.map_or(text.len(), |(at, _)| at)
}

fn end_of_phrase(text: &str) -> usize {
    [",", " and ", " but "].iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len())
}

fn is_negated(before: &str) -> bool {
    static NEGATED: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)(?:n't|\b(?:not|never|no|nothing|none|neither|nor|without|if|when|once|unless|until|would|could|may|might|should|will|shall|to be|intends|plans|was:|were|previously|formerly|originally|instead of|rather than))\b|\(was\b",
        )
    });
    NEGATED.is_match(before)
}

fn is_conditional(after: &str) -> bool {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^\W*(?:nothing|none|no\b|n/a)|^\W*(?:put|leave|fill|insert)\b[^.;]{0,40}\b(?:n/a|none|blank|unless|if)\b|\b(?:when|if|once|unless|until|after|as soon as)\b[^.;]{0,40}?\b(?:accepted|approved|adopted|merged|ratified|implemented|agreed)\b",
        )
    });
    CONDITION.is_match(after)
}

fn is_partial(words: &str) -> bool {
    static PARTIAL: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)\b(?:in part|partly|partially|aspects? of|parts? of|some of|sections?)\b|部分"));
    PARTIAL.is_match(words)
}

#[cfg(test)]
mod tests;
