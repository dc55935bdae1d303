//! Series of proposals that number and describe their records in a way of their own: improvement proposals (BIP, FIP, CEP), whose
//! preamble is a listing, a table or front matter.
//!
//! Enters: the text of a file. Leaves: the preamble's place, and by which word and number the record calls itself.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// How far into a file a record introduces itself, in bytes.
const OPENING: usize = 2_000;

/// The lines of the listing with which the text behind `from` begins, if it states a status among other things (BIP 1).
pub(super) fn preamble(text: &str, from: usize) -> Option<Range<usize>> {
    static LISTING: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"\A\s*(?:#[^\n]*\n\s*){0,2}(?:```|~~~)[^\n`]*\n((?:[ \t]*[^\n`:]+:[^\n]*\n|[ \t]+[^\n`]*\n|[ \t]*\n)*)")
    });
    static STATUS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?im)^[ \t]*status[ \t]*:"));
    let lines = LISTING.captures(&text[from..])?.get(1)?;
    let is_preamble = lines.as_str().lines().count() > 2 && STATUS.is_match(lines.as_str());
    is_preamble.then(|| from + lines.start()..from + lines.end())
}

/// By what word, in lower case, and number a record calls itself: `aip: 20` or `SIP-Number | 1` in its preamble, "# CEP 47 - …" as its title.
pub(super) fn own_number(text: &str) -> Option<(String, u32)> {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        regex(r#"(?im)^[ \t|>*-]*["']?([a-z]{2,5})(?:[ -]?number)?["']?[ \t]*[:|][ \t]*["']?#?(\d{1,6})["']?[ \t|]*$"#)
    });
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r#"(?m)^(?:#[ \t]+|title[ \t]*[:=][ \t]*["']?)?([A-Z]{2,5})(?:[ \t]+#?|[-#])(\d{1,6})(?:[ \t]*[:–—-]|[ \t]*$)"#,
        )
    });
    let mut end = OPENING.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let found: Vec<_> = [&TITLE, &KEY].into_iter().flat_map(|form| form.captures_iter(&text[..end])).collect();
    let of_series = found.iter().find(|found| is_series(&found[1].to_lowercase()));
    let found = of_series.or_else(|| found.first())?;
    Some((found[1].to_lowercase(), found[2].parse().ok()?))
}

/// Whether `word`, in lower case, may be what a series calls its records: some enhancement or improvement proposal, or a request.
pub(super) fn is_series(word: &str) -> bool {
    const OTHERS: &[&str] = &["cap", "cfp", "simd", "tap"];
    const WORDS: &[&str] =
        &["chip", "clip", "deep", "dip", "jeep", "keep", "rip", "ship", "step", "strip", "trip", "zip"];
    let is_proposal = (3..=5).contains(&word.len()) && (word.ends_with("ep") || word.ends_with("ip"));
    OTHERS.contains(&word) || is_proposal && !WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{own_number, preamble};

    #[test]
    fn numbers() {
        let cases = [
            ("---\naip: 20\ntitle: X\n---\n", "aip-20"),
            ("---\nfip: \"0001\"\n---\n", "fip-1"),
            ("```\n  BIP: 451\n  Title: X\n```\n", "bip-451"),
            ("|  SIP-Number | 1 |\n|---|---|\n", "sip-1"),
            ("# CEP 47 - Index\n", "cep-47"),
            ("# VEP #10: GPUs\n", "vep-10"),
            ("---\ntitle: \"GEP-1748: Clusters\"\n---\n", "gep-1748"),
            ("NIP-01\n======\n", "nip-1"),
            ("title = \"SIP 002 - Settings\"\n---\n", "sip-2"),
            ("* TAP: 3\n* Title: X\n", "tap-3"),
            ("Step: 3\nBIP: 7\n", "bip-7"),
            ("Some words.\n", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            let found = own_number(text).map(|(label, number)| format!("{label}-{number}"));
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn preambles() {
        let cases = [
            ("## Preamble\n\n```\nCAP: 1\nTitle: X\nStatus: Final\n```\n", true),
            ("```\n  BIP: 1\n  Authors: A\n           B\n  Status: Draft\n```\n", true),
            ("# X\n\nSome words.\n\n```\nA: 1\nB: 2\nStatus: Final\n```\n", false),
            ("```\nlet x: u32 = 1;\n```\n", false),
        ];
        for (text, expected) in cases {
            assert_eq!(preamble(text, 0).is_some(), expected, "{text}");
        }
    }
}
