//! The names that somebody most likely meant.
//!
//! Enters: a name that does not exist, and those that do. Leaves: up to three of them, the likeliest first.

use std::collections::{BTreeMap, BTreeSet};

/// How many names are offered at most.
const MOST: usize = 3;

/// Words with fewer letters are a part of anything.
const SHORTEST_WORDS: usize = 4;

/// More edits than this make another name, however long it is.
const MOST_EDITS: usize = 6;

/// Names that exist, arranged so that many wrong ones can be looked up in them.
#[derive(Debug)]
pub struct NearestNames<'a> {
    /// By the number of characters of their folded form.
    by_length: BTreeMap<usize, Vec<Candidate<'a>>>,
    /// By what stands behind their last `/` or `::`, folded: where a thing that moved is found again.
    by_last_part: BTreeMap<String, Vec<&'a str>>,
    /// By the first and by the last word of that, folded: where a thing that got a longer name is found again.
    by_word: BTreeMap<String, Vec<&'a str>>,
}

#[derive(Debug)]
struct Candidate<'a> {
    name: &'a str,
    folded: String,
    letters: Letters,
}

impl<'a> NearestNames<'a> {
    /// Arranges `names`.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_length: BTreeMap<usize, Vec<Candidate<'a>>> = BTreeMap::new();
        let mut by_last_part: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
        let mut by_word: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
        for name in names {
            let folded = fold(name);
            let letters = letters(&folded);
            by_last_part.entry(fold(last_part(name))).or_default().push(name);
            if name.contains(':') && !name.contains("::") {
                // In names of scripts a colon separates words.
                by_last_part.entry(fold(&name.replace(':', "-"))).or_default().push(name);
            }
            // A name of one word is no longer than any.
            if let [first, .., last] = words(last_part(name)).as_slice() {
                by_word.entry(first.clone()).or_default().push(name);
                by_word.entry(last.clone()).or_default().push(name);
            }
            // People leave out the number that a file's name begins with.
            let words = folded.trim_start_matches(|first: char| first.is_ascii_digit()).to_owned();
            if words.len() < folded.len() && words.len() >= 3 {
                let entry = by_length.entry(words.chars().count()).or_default();
                entry.push(Candidate { name, letters: self::letters(&words), folded: words });
            }
            by_length.entry(folded.chars().count()).or_default().push(Candidate { name, folded, letters });
        }
        Self { by_length, by_last_part, by_word }
    }

    /// The likeliest names for `name`: those that differ only in case and separators; else a few with the same last
    /// part, because things move more often than they are renamed; else, unless there is one with a single edit between, a
    /// few that begin or end with all of its words; else those with few edits between (optimal string alignment, one edit
    /// for each three characters, as rustc does it). What differs in a number alone is something else.
    pub fn find(&self, name: &str) -> Vec<&'a str> {
        let folded = fold(name);
        let length = folded.chars().count();
        let same = self.by_length.get(&length).into_iter().flatten().filter(|candidate| candidate.folded == folded);
        let same = pick(same.map(|candidate| (0, candidate.name)));
        if !same.is_empty() {
            return same;
        }
        let last = fold(last_part(name));
        let moved = self.by_last_part.get(&last).map_or(&[][..], Vec::as_slice);
        if last.chars().count() >= 3 && !moved.is_empty() && moved.len() <= MOST {
            return pick(moved.iter().map(|&candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate)));
        }
        // One number is as good as another: 41 is no misspelling of 42.
        if length < 2 || folded.chars().all(|character| character.is_ascii_digit()) {
            return Vec::new();
        }
        let most_edits = (length / 3).clamp(1, MOST_EDITS);
        let letters = letters(&folded);
        let near = self.by_length.range(length.saturating_sub(most_edits)..=length + most_edits);
        // Most candidates need no closer look than at their letters.
        let near = near.flat_map(|(_, candidates)| candidates);
        let near = near.filter(|candidate| fewest_edits(&letters, &candidate.letters) <= most_edits);
        let near = near.filter(|candidate| parts_resemble(&folded, &candidate.folded));
        let near = near.filter(|candidate| !differ_in_number(&folded, &candidate.folded));
        let near = near.map(|candidate| (strsim::osa_distance(&folded, &candidate.folded), candidate.name));
        let near: Vec<(usize, &str)> = near.filter(|(edits, _)| *edits <= most_edits).collect();
        let is_slip = near.iter().any(|(edits, _)| *edits == 1);
        let longer = if is_slip { Vec::new() } else { self.longer(name) };
        if longer.is_empty() { pick(near.into_iter()) } else { longer }
    }

    /// The names whose last part begins or ends with all words of that of `name`, when they are few.
    fn longer(&self, name: &str) -> Vec<&'a str> {
        let wanted = words(last_part(name));
        let is_telling =
            wanted.concat().chars().filter(|character| character.is_alphabetic()).count() >= SHORTEST_WORDS;
        let (Some(first), Some(last)) = (wanted.first().filter(|_| is_telling), wanted.last()) else {
            return Vec::new();
        };
        let ending = ending(name);
        let folder = name.strip_suffix(last_part(name)).unwrap_or_default();
        let is_longer = |candidate: &&&str| {
            let words = words(last_part(candidate));
            let fits = words.len() > wanted.len() && (words.starts_with(&wanted) || words.ends_with(&wanted));
            // One word alone tells of a file in the same folder only.
            let is_there = wanted.len() > 1 || candidate.strip_suffix(last_part(candidate)) == Some(folder);
            fits && is_there && self::ending(candidate) == ending
        };
        let bearers = [first, last].map(|word| self.by_word.get(word).map_or(&[][..], Vec::as_slice));
        let longer: BTreeSet<&str> = bearers.into_iter().flatten().filter(is_longer).copied().collect();
        if longer.len() > MOST {
            Vec::new()
        } else {
            pick(longer.iter().map(|candidate| (candidate.len(), *candidate)))
        }
    }
}

/// The likeliest of `candidates` for `name`; see [`NearestNames::find`].
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    NearestNames::new(candidates).find(name).into_iter().next()
}

/// A hint that offers `names`: "did you mean `a`, `b` or `c`?". Empty for none.
pub fn did_you_mean(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => format!("did you mean {only}?"),
        [first @ .., last] => format!("did you mean {} or {last}?", first.join(", ")),
    }
}

/// Whether the last parts of two folded names are near, however much of a long way to them is the same.
fn parts_resemble(left: &str, right: &str) -> bool {
    let (left, right) = (last_part(left), last_part(right));
    let length = left.chars().count();
    strsim::osa_distance(left, right) <= (length / 3).clamp(1, MOST_EDITS)
}

/// The first few by edits, then by name.
fn pick<'a>(scored: impl Iterator<Item = (usize, &'a str)>) -> Vec<&'a str> {
    let mut scored: Vec<(usize, &str)> = scored.collect();
    scored.sort_unstable();
    let mut picked = Vec::new();
    for (_, name) in scored {
        if picked.len() < MOST && !picked.contains(&name) {
            picked.push(name);
        }
    }
    picked
}

/// Without case and without what people use between words.
fn fold(name: &str) -> String {
    name.chars().filter(|character| !matches!(character, '-' | '_' | ' ' | '.')).flat_map(char::to_lowercase).collect()
}

/// The words of a name without its ending, folded.
fn words(name: &str) -> Vec<String> {
    let stem = name.strip_suffix(ending(name)).unwrap_or(name);
    let words = stem.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// `.md` of `docs/first-day.md`; nothing of what has none.
fn ending(name: &str) -> &str {
    let last = last_part(name);
    last.rfind('.').filter(|dot| *dot > 0).map_or("", |dot| &last[dot..])
}

/// Whether two folded names have different numbers and are the same otherwise. That with which the last part begins does not count: a
/// record may get another.
fn differ_in_number(left: &str, right: &str) -> bool {
    let parts = |name: &str| -> (String, String) {
        let last = last_part(name);
        let begin = name.len() - last.trim_start_matches(|first: char| first.is_ascii_digit()).len();
        let (digits, words): (Vec<char>, Vec<char>) = name[begin..].chars().partition(char::is_ascii_digit);
        let before = name[..begin].trim_end_matches(|last: char| last.is_ascii_digit());
        (digits.into_iter().collect(), before.chars().chain(words).collect())
    };
    let ((left_digits, left), (right_digits, right)) = (parts(left), parts(right));
    left == right && left_digits != right_digits && !left_digits.is_empty() && !right_digits.is_empty()
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

/// How often each letter occurs; several rare ones are counted together.
type Letters = [u8; 32];

fn letters(folded: &str) -> Letters {
    let mut letters = [0_u8; 32];
    for character in folded.chars() {
        let count = &mut letters[(u32::from(character) % 32) as usize];
        *count = count.saturating_add(1);
    }
    letters
}

/// An edit adds at most one letter and removes at most one: no fewer than these lead from one name to the other.
fn fewest_edits(left: &Letters, right: &Letters) -> usize {
    let (mut added, mut removed) = (0_u16, 0_u16);
    for (left, right) in left.iter().zip(right) {
        added += u16::from(right.saturating_sub(*left));
        removed += u16::from(left.saturating_sub(*right));
    }
    usize::from(added.max(removed))
}

#[cfg(test)]
mod tests {
    use super::{NearestNames, did_you_mean, nearest};

    #[test]
    fn likely_names_come_first_and_unlikely_ones_not_at_all() {
        let names = [
            "base-url",
            "title",
            "HighErrorRate",
            "high-latency",
            "docs/adr/0007-use-postgresql.md",
            "docs/guides/first-day.md",
            "a/README.md",
            "b/README.md",
            "c/README.md",
            "d/README.md",
            "shop::orders::Order",
            "0042",
            "0007-use-postgresql",
            "deserialise",
            "serialise-to-json",
            "rules/markdown_heading_capitalization.js",
            "all:lint-fix",
            "lint:fix",
            "amazon-linux-2023",
            "prototype-1",
            "first/screenshot.png",
            "records/0012-keep-orders.md",
        ];
        let cases: [(&str, &[&str]); 22] = [
            ("serialise", &["serialise-to-json"]),
            ("rules/heading_capitalization.js", &["rules/markdown_heading_capitalization.js"]),
            ("lint-fix", &["lint:fix", "all:lint-fix"]),
            ("amazon-linux-2", &[]),
            ("prototype-8", &[]),
            ("first/screenshot4.png", &["first/screenshot.png"]),
            ("records/0013-keep-orders.md", &["records/0012-keep-orders.md"]),
            ("docs/guides/frozen.md", &[]),
            ("use-postgresq", &["0007-use-postgresql"]),
            ("base_url", &["base-url"]),
            ("baseUrl", &["base-url"]),
            ("titel", &["title"]),
            ("high-error-rate", &["HighErrorRate"]),
            ("high-latncy", &["high-latency"]),
            ("0007-use-postgresql.md", &["docs/adr/0007-use-postgresql.md"]),
            ("onboarding/first-day.md", &["docs/guides/first-day.md"]),
            ("docs/guides/frist-day.md", &["docs/guides/first-day.md"]),
            ("shop::Order", &["shop::orders::Order"]),
            ("README.md", &["a/README.md", "b/README.md", "c/README.md"]),
            ("elsewhere/than/all/README.md", &[]),
            ("0041", &[]),
            ("colour", &[]),
        ];
        let index = NearestNames::new(names);
        for (name, expected) in cases {
            assert_eq!(index.find(name), expected, "{name}");
        }
    }

    #[test]
    fn hints() {
        assert_eq!(did_you_mean(&[]), "");
        assert_eq!(did_you_mean(&["a"]), "did you mean `a`?");
        assert_eq!(did_you_mean(&["a", "b", "c"]), "did you mean `a`, `b` or `c`?");
        assert_eq!(nearest("", ["a"]), None);
    }
}
