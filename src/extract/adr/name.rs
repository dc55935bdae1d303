//! What the names of records tell: `0007-use-postgresql`, `adr-007-…`, `20200925-…`, "ADR-0007: Use PostgreSQL".

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::date;
use crate::extract::wording::regex;

/// What a file's or folder's name says about the record in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordName {
    /// `adr` of `adr-007-…`, in lower case.
    pub(super) label: Option<String>,
    /// 7 of `0007-use-postgresql`.
    pub(super) number: Option<u32>,
    /// ISO 8601, of `20200925-…`, `2020-09-25-…` and `202009-…`.
    pub(super) date: Option<String>,
    /// The words behind all that.
    pub(super) words: String,
}

/// Whether the stem of a file's name, or a folder's name, counts or dates a record.
pub(super) fn is_numbered(stem: &str) -> bool {
    may_count(stem) && read_name(stem).is_numbered()
}

/// The label before the number in a name, if many logs have it.
pub(super) fn label(stem: &str) -> Option<String> {
    may_count(stem).then(|| read_name(stem).label).flatten().filter(|label| !is_own(label))
}

impl RecordName {
    /// Whether the name counts or dates the record: what ordinary pages' names rarely do.
    pub(super) fn is_numbered(&self) -> bool {
        self.number.is_some() || self.date.is_some()
    }
}

/// The words before a number that say what it counts.
const LABELS: [&str; 10] = ["adr", "edr", "tdr", "pdr", "dr", "rfc", "rfd", "kep", "jep", "decision"];

/// Whether a name may begin with a number, with or without a label: most names do not.
fn may_count(stem: &str) -> bool {
    let has_label = |label: &&str| stem.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    // Other scripts have digits, too, and letters that stand for these ones.
    !stem.is_ascii()
        || stem.starts_with(|first: char| first.is_ascii_digit())
        || LABELS.iter().any(has_label)
        || padded_label(stem).is_some()
}

/// A label of the log's own that nobody takes for a word: `DEC` of `DEC-0007-use-x`, `X-ADR-Shop` of `X-ADR-Shop-0007-use-x`.
fn padded_label(stem: &str) -> Option<&str> {
    let says_so = |label: &&str| label.split(['-', '_']).any(|part| part == "ADR");
    let label = own_label(stem).filter(|label| !label.contains(char::is_lowercase) || says_so(label))?;
    stem[label.len()..].trim_start_matches(['-', '_']).starts_with('0').then_some(label)
}

/// The words before a number in a name, which may be a label of the log's own: `dec` of `dec-7-use-x`, `ADR-BE` of `ADR-BE-7`.
pub(super) fn own_label(stem: &str) -> Option<&str> {
    let digits = stem.find(|one: char| one.is_ascii_digit())?;
    let label = stem[..digits].trim_end_matches(['-', '_']);
    let behind = stem[digits..].trim_start_matches(|one: char| one.is_ascii_digit());
    let is_label =
        label.len() <= 16 && label.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'));
    let is_number =
        stem.len() - digits - behind.len() <= 6 && (behind.is_empty() || behind.starts_with(['-', '_', '.', ' ']));
    (!label.is_empty() && is_label && is_number).then_some(label)
}

/// Such a label as series of proposals have: `fip` of `fip-0001`, `tap` of `tap3`, `A` of `A1-use-x`, and none of `capm3-use-x`.
pub(super) fn short_label(stem: &str) -> Option<&str> {
    let label = own_label(stem).filter(|label| label.len() <= 5)?;
    let behind = &stem[label.len()..];
    let is_apart = behind.starts_with(['-', '_']) || behind.bytes().all(|byte| byte.is_ascii_digit());
    (is_apart || !label.contains(char::is_lowercase)).then_some(label)
}

/// Reads a name whose number stands behind a label of the log's own.
pub(super) fn read_labelled(stem: &str, label: &str) -> RecordName {
    let name = read_name(stem[label.len()..].trim_start_matches(['-', '_']));
    RecordName { label: Some(label.to_lowercase()), ..name }
}

/// Whether `label` is what some log calls its records, and not what many do.
pub(super) fn is_own(label: &str) -> bool {
    !LABELS.contains(&label) && !matches!(label, "pep" | "eip")
}

/// Reads the stem of a file's name, or a folder's name.
pub(super) fn read_name(stem: &str) -> RecordName {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"^(?i)({})[-_ ]*", LABELS.join("|"))));
    static DATE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(\d{4})(?:([-_])(\d{1,2})([-_])(\d{1,2})|()(\d{2})()(\d{2}))(?:[-_ T]+|$)"));
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{1,6})(?:[-_. ]+|$)"));
    static MONTH: LazyLock<Regex> = LazyLock::new(|| regex(r"^((?:19|20)\d{2})-(\d{2})-+(?:\D|$)"));

    if let Some(label) = padded_label(stem).filter(|label| is_own(&label.to_lowercase())) {
        return read_labelled(stem, label);
    }
    let mut name = RecordName::default();
    let mut rest = stem;
    if let Some(found) = LABEL.captures(rest)
        && rest[found[0].len()..].starts_with(|next: char| next.is_ascii_digit())
    {
        name.label = Some(found[1].to_lowercase());
        rest = &rest[found[0].len()..];
    }
    if let Some(found) = DATE.captures(rest)
        && let Some([separator, month, other, day]) = date_parts(&found)
        && separator == other
        && let Some(date) = date::iso(&found[1], month, day)
    {
        name.date = Some(date);
        rest = &rest[found[0].len()..];
    }
    if let Some(found) = MONTH.captures(rest).filter(|_| name.date.is_none())
        && date::iso(&found[1], &found[2], "01").is_some()
    {
        name.date = Some(format!("{}-{}", &found[1], &found[2]));
        rest = rest["2024-03".len()..].trim_start_matches('-');
    }
    static SHORT: LazyLock<Regex> = LazyLock::new(|| regex(r"^(1[5-9]|[23]\d)-(0[1-9]|1[0-2])-+[a-z]"));
    if let Some(found) = SHORT.captures(rest).filter(|_| name.date.is_none() && name.label.is_none()) {
        name.date = Some(format!("20{}-{}", &found[1], &found[2]));
        rest = rest["24-03".len()..].trim_start_matches('-');
    }
    if let Some(found) = NUMBER.captures(rest) {
        let behind = &rest[found[0].len()..];
        // `1.2-notes` is a version.
        let version = found[0].ends_with('.') && behind.starts_with(|next: char| next.is_ascii_digit());
        let date = date_of_digits(&found[1]).filter(|_| name.date.is_none());
        if date.is_some() {
            name.date = date;
            rest = behind;
        } else if !version {
            name.number = found[1].parse().ok();
            rest = behind;
        }
    }
    name.words = rest.to_owned();
    name
}

/// `2020-05` of `202005` and `2025-05-15` of `250515`, which are more digits than any log has needed.
fn date_of_digits(digits: &str) -> Option<String> {
    let (year, month) = digits.split_at_checked(4).filter(|_| digits.len() == 6)?;
    if matches!(year.get(..2), Some("19" | "20")) && date::iso(year, month, "01").is_some() {
        return Some(format!("{year}-{month}"));
    }
    let is_recent = ("10".."40").contains(&&digits[..2]);
    is_recent.then(|| date::iso(&format!("20{}", &digits[..2]), &digits[2..4], &digits[4..])).flatten()
}

/// Of a date in a name the month, the day, and what stands before each.
fn date_parts<'a>(found: &regex::Captures<'a>) -> Option<[&'a str; 4]> {
    let first = if found.get(2).is_some() { 2 } else { 6 };
    let part = |index: usize| found.get(index).map(|part| part.as_str());
    Some([part(first)?, part(first + 1)?, part(first + 2)?, part(first + 3)?])
}

/// The date at the end of a name: `sessions-2026-02-18`, `sessions-2026-02-18-#4560`.
pub(super) fn date_behind(words: &str) -> Option<String> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"[-_](\d{4})-(\d{2})-(\d{2})(?:-?#\d+)?$"));
    let found = DATE.captures(words)?;
    date::iso(&found[1], &found[2], &found[3])
}

/// Words without what a file without a number is called: `rfc-bigger-carts` is about bigger carts.
pub(super) fn without_label(words: &str) -> &str {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?i)(?:adr|rfc|rfd|kep)[-_]"));
    LABEL.find(words).map_or(words, |label| &words[label.end()..])
}

/// A heading without the record's number, and that number: "7. Use X", "ADR-0007: Use X", "RFC 7 - Use X".
/// `file_number` settles whether a bare number before the words is one ("7 Use X").
pub(super) fn read_title(heading: &str, file_number: Option<u32>) -> (String, Option<u32>) {
    const LABEL: &str = r"(?:(?:any|architecture|architectural|technical|design)\s+)?(?:decision\s+record|adr|edr|tdr|pdr|dr|rfc|rfd|kep|jep|pep|eip|decision|(?:enhancement|improvement)\s+proposal(?:\s+\([a-z]{2,6}\)?)?)";
    // "Aries RFC 0015: ACKs" names the organisation as well.
    static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(r"^(?:[A-Z]\w+\s+)?(?i:{LABEL})[\s:_#№-]*(\d+)(?:\)?\s*[.:)\]|–—]+\s*|\)?\s*-+(?:\s+|$)|\s+|$)"))
    });
    static LABEL_ONLY: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"^(?i){LABEL}\s*(?::|\s[–—-])\s+")));
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| regex(r"^\[?#?(\d+)\]?(?:[.:)–—]+\s+|\s+[-–—|:]+\s+)"));
    static BARE: LazyLock<Regex> = LazyLock::new(|| regex(r"^#?(\d+)(?:[\s.:_-]+)"));

    // "SHOP-0007: Use X": a label of the log's own.
    static OWN: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:[A-Z]{1,10}[\s_-]?){1,3}[\s_#-]*(\d+)\s*(?:[.:)–—]+|\s[-–—|])\s+"));
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(r"^(?:(?:[A-Z]\w+\s+)?(?i:{LABEL})[\s:#–—-]*|[\s–—-]+)?\d{{4}}-\d{{2}}-\d{{2}}\s*[:–—-]+\s*"))
    });

    let heading = without_brackets(heading.trim());
    if let Some(dated) = DATED.find(heading) {
        return (heading[dated.end()..].trim().to_owned(), None);
    }
    for (pattern, sure) in [(&LABELLED, true), (&NUMBERED, true), (&BARE, false), (&OWN, false)] {
        if let Some(found) = pattern.captures(heading) {
            let number = found[1].parse().ok();
            if sure || number == file_number {
                let rest = &heading[found[0].len()..];
                // "1. RFC 3645 - …"
                let label = LABELLED
                    .captures(rest)
                    .filter(|label| file_number.is_some() && label[1].parse().ok() == file_number);
                let (rest, number) = match label {
                    Some(label) => (&rest[label[0].len()..], label[1].parse().ok()),
                    None => (rest, number),
                };
                let rest = DATED.find(rest).map_or(rest, |dated| &rest[dated.end()..]);
                return (rest.trim().to_owned(), number);
            }
        }
    }
    match LABEL_ONLY.find(heading) {
        Some(found) => (heading[found.end()..].trim().to_owned(), None),
        None => (heading.to_owned(), None),
    }
}

/// Some fill in the brackets of a template and leave them: `[Use X]`.
fn without_brackets(heading: &str) -> &str {
    let inner = heading.strip_prefix('[').and_then(|heading| heading.strip_suffix(']'));
    inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(heading)
}

/// What a heading says its number counts, in lower case: `rfc` of "RFC 7231 in short".
pub(super) fn heading_label(heading: &str) -> Option<String> {
    static LABEL: LazyLock<Regex> =
        LazyLock::new(|| regex(&format!(r"^(?i:(?:[A-Z]\w+\s+)?({})s?)[\s:_#№-]*\d", LABELS.join("|"))));
    LABEL.captures(heading.trim()).map(|found| found[1].to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{read_name, read_title};

    #[test]
    fn names() {
        let cases = [
            ("0032-use-x", Some(32), None, "use-x"),
            ("adr-004-module-loading", Some(4), None, "module-loading"),
            ("ADR0007", Some(7), None, ""),
            ("ADR_12_x", Some(12), None, "x"),
            ("rfc-015-names", Some(15), None, "names"),
            ("20200925-use-x", None, Some("2020-09-25"), "use-x"),
            ("2021-06-11_007-with-pattern", Some(7), Some("2021-06-11"), "with-pattern"),
            ("2020-06-18-2625-revisit", Some(2625), Some("2020-06-18"), "revisit"),
            ("2022-11-2-14714-expand", Some(14714), Some("2022-11-02"), "expand"),
            ("2022-03-14-2fa-login", None, Some("2022-03-14"), "2fa-login"),
            ("202005-scalable-rules", None, Some("2020-05"), "scalable-rules"),
            ("2025-11-several-tenants", None, Some("2025-11"), "several-tenants"),
            ("202055-x", Some(202_055), None, "x"),
            ("22-04-localize", None, Some("2022-04"), "localize"),
            ("250515-tiproxy", None, Some("2025-05-15"), "tiproxy"),
            ("990515-x", Some(990_515), None, "x"),
            ("20209925-x", None, None, "20209925-x"),
            ("1.2-notes", None, None, "1.2-notes"),
            ("use-x", None, None, "use-x"),
            ("DEC-0007-use-x", Some(7), None, "use-x"),
            ("ADR-BE-001", Some(1), None, ""),
            ("X-ADR-Shop-0007-use-x", Some(7), None, "use-x"),
            ("UTF-8-names", None, None, "UTF-8-names"),
            ("dec-0007-use-x", None, None, "dec-0007-use-x"),
            ("decision-makers", None, None, "decision-makers"),
            ("7", Some(7), None, ""),
            ("99999999999-x", None, None, "99999999999-x"),
            ("", None, None, ""),
        ];
        for (stem, number, date, words) in cases {
            let name = read_name(stem);
            assert_eq!((name.number, name.date.as_deref(), name.words.as_str()), (number, date, words), "{stem}");
        }
    }

    #[test]
    fn titles() {
        let cases = [
            ("7. Use PostgreSQL", None, "Use PostgreSQL", Some(7)),
            ("ADR-0007: Use X", None, "Use X", Some(7)),
            ("ADR 003: IBC handlers", None, "IBC handlers", Some(3)),
            ("ADR 7 Use X", None, "Use X", Some(7)),
            ("ADR#7 - Use X", None, "Use X", Some(7)),
            ("RFC #2625 - Rework", None, "Rework", Some(2625)),
            ("KEP-2185: Random", None, "Random", Some(2185)),
            ("0006 - Clients: Use Jest", None, "Clients: Use Jest", Some(6)),
            ("00002. Analysis", None, "Analysis", Some(2)),
            ("Architecture Decision Record: Modules", None, "Modules", None),
            ("ADR: 007 Use X", None, "Use X", Some(7)),
            ("RFC For Test Case Management", None, "RFC For Test Case Management", None),
            ("3 ways to fail", None, "3 ways to fail", None),
            ("3 Use X", Some(3), "Use X", Some(3)),
            ("2.0 is out", None, "2.0 is out", None),
            ("7", Some(7), "7", None),
            ("ADR-7", None, "", Some(7)),
            ("DR 007: GraphQL", None, "GraphQL", Some(7)),
            ("Dr. 7 is here", None, "Dr. 7 is here", None),
            ("Aries RFC 0015: ACKs", None, "ACKs", Some(15)),
            ("RFC 4155 - 2020-09-29 - AWS S3 source", None, "AWS S3 source", Some(4155)),
            ("RFC 2023-05-03 - Data volume", None, "Data volume", None),
            ("2020-09-29 - AWS S3 source", None, "AWS S3 source", None),
            ("1. RFC 3645 - 2020-08-31 - GraphQL", Some(3645), "GraphQL", Some(3645)),
            ("Decision makers", None, "Decision makers", None),
            ("12-factor apps", None, "12-factor apps", None),
            ("ADR: 3-layer adapters", Some(1), "3-layer adapters", None),
            ("SHOP-0007: Use X", Some(7), "Use X", Some(7)),
            ("SHOP-0007: Use X", Some(8), "SHOP-0007: Use X", None),
            ("ADR-BE-007: Use X", Some(7), "Use X", Some(7)),
            ("D-007 — Use X", Some(7), "Use X", Some(7)),
            ("F010 — Use X", Some(10), "Use X", Some(10)),
            ("[Use X]", Some(7), "Use X", None),
            ("Dex Enhancement Proposal (DEP) 4600 - 2026-03-02 - Grants", None, "Grants", Some(4600)),
            ("Dex Enhancement Proposal (DEP 4560) - 2026-02-18 - Auth Sessions", None, "Auth Sessions", Some(4560)),
            ("Enhancement Proposal: Sessions", None, "Sessions", None),
            ("Dex Enhancement Proposal (DEP) - 2026-02-28 - CEL", None, "CEL", None),
        ];
        for (heading, file_number, title, number) in cases {
            assert_eq!(read_title(heading, file_number), (title.to_owned(), number), "{heading}");
        }
    }
}
