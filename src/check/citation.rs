//! What a file says around its links to decisions, as far as the rules ask.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::source::{Note, SourceFile, Span, stored};

/// The links of a file that name a decision by its number, or that stand in words about the past.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Citations {
    links: Vec<Citation>,
}

/// One of them.
#[derive(Debug, PartialEq)]
struct Citation {
    start: u32,
    end: u32,
    /// 12 in "ADR-12".
    number: Option<u32>,
    /// Whether the words around it say that it is history.
    is_past: bool,
}

stored! {
    struct Citations { links }
    struct Citation { start, end, number, is_past }
}

impl Note for Citations {
    const NAME: &'static str = "citations of decisions";

    fn of(file: &SourceFile) -> Self {
        let text = file.text();
        let links = links(text).filter_map(|(range, words)| {
            let (number, is_past) = (number_in(words), is_about_the_past(text, &range));
            let place = u32::try_from(range.start).ok().zip(u32::try_from(range.end).ok());
            let (start, end) = place.filter(|_| number.is_some() || is_past)?;
            Some(Citation { start, end, number, is_past })
        });
        Self { links: links.collect() }
    }
}

impl Citations {
    /// The number by which the link at `span` names a decision.
    pub(super) fn number(&self, span: Span) -> Option<u32> {
        self.at(span)?.number
    }

    /// Whether the words around the link at `span` say that it leads to the past.
    pub(super) fn is_past(&self, span: Span) -> bool {
        self.at(span).is_some_and(|citation| citation.is_past)
    }

    fn at(&self, span: Span) -> Option<&Citation> {
        self.links.iter().find(|citation| (citation.start..citation.end).contains(&span.start))
    }
}

/// The links of `text`, in Markdown or AsciiDoc: where each stands, and its words.
fn links(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"\[([^\[\]\n]{0,200})\](?:\([^()\s]{1,400}(?:\s[^()\n]*)?\)|\[[^\[\]\n]{0,200}\])|(?:xref|link):[^\s\[\]]{1,400}\[([^\[\]\n]{0,200})\]|<<[^<>\n,]{1,200}(?:,([^<>\n]{0,200}))?>>|\[adr:[^\[\]\n]{1,100}\]|<adr:[^<>\n]{1,100}>",
        )
        .ok()
    });
    let found = LINK.iter().flat_map(move |link| link.captures_iter(text));
    found.filter_map(|found| {
        let words = found.get(1).or(found.get(2)).or(found.get(3)).map_or("", |words| words.as_str());
        Some((found.get(0)?.range(), words))
    })
}

/// The number in words that are nothing but a decision's name, or begin with one: "ADR-12", "ADR 12: Use X".
fn number_in(words: &str) -> Option<u32> {
    static NAME: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\W*(?i:adr|edr|tdr|rfd|kep|jep)s?[\s#_-]{0,3}(\d{1,6})(?:\W|$)").ok());
    NAME.as_ref()?.captures(words)?.get(1)?.as_str().parse().ok()
}

/// Whether the paragraph, item or row around `link`, or the heading above it, speaks of what was.
pub(super) fn is_about_the_past(text: &str, link: &Range<usize>) -> bool {
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)supers|superc|replac|obsolet|deprecat|histor|former|previous|no longer|not any ?more|original|earlier|\bold(?:er)?\b|legacy|retired|\bused to\b|withdr|revisit|revers|revert|abandon|reject|change ?log|amend|\binitial|evol|\buntil\b|moved (?:away|from)|instead of|\bwas\b|\bwere\b|\bhad\b|outdated|archiv|removed|dropped|gone|✗|~~",
        )
        .ok()
    });
    let Some(past) = PAST.as_ref() else { return true };
    let block = block_around(text, link);
    let words = &text[block.clone()];
    if past.is_match(words) || is_said_to_be_gone(words) {
        return true;
    }
    let heading = text[..block.start].lines().rev().take(400).find(|line| {
        let line = line.trim_start_matches(['/', '!', ' ', '*']);
        line.starts_with('#') || line.starts_with("==")
    });
    heading.is_some_and(|heading| past.is_match(heading))
}

/// Whether `words` say in another language than English that something is no more.
pub(super) fn is_said_to_be_gone(words: &str) -> bool {
    static GONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let latin = r"\b(?:eliminad|borrad|removid|rimoss|sparit|retirad)[aeios]{1,2}\b|\bsupprim(?:é|er)|\bgelöscht|\bentfernt|\bentfäll|\bya no\b|\bn.existe (?:plus|pas)\b|\bнет больше\b";
        let others = "удал[её]н|已删|已被?删除|删除|已移除|移除|已废弃|废弃|已弃用|弃用|作废|不存在|不再|已迁|削除|廃止|移動済|삭제|제거|폐기";
        Regex::new(&format!("(?i){latin}|{others}")).ok()
    });
    GONE.as_ref().is_none_or(|gone| gone.is_match(words))
}

/// The lines between the empty ones around `link`; of a list or a table, its item or row.
pub(super) fn block_around(text: &str, link: &Range<usize>) -> Range<usize> {
    let begins = |line: &str| {
        let line = line.trim_start_matches(['/', '!', ' ', '\t', '>']);
        line.starts_with(['-', '*', '+', '|'])
            || line.split_once(". ").is_some_and(|(digits, _)| digits.parse::<u32>().is_ok())
    };
    let is_empty = |line: &str| line.trim_matches(['/', '!', ' ', '\t', '>', '*', '\r', '\n']).is_empty();
    let mut start = text[..link.start].rfind('\n').map_or(0, |end| end + 1);
    while start > 0 && !begins(line_at(text, start)) {
        let above = text[..start - 1].rfind('\n').map_or(0, |end| end + 1);
        if is_empty(line_at(text, above)) {
            break;
        }
        start = above;
    }
    let mut end = text[link.end..].find('\n').map_or(text.len(), |at| link.end + at + 1);
    while end < text.len() && !is_empty(line_at(text, end)) && !begins(line_at(text, end)) {
        end += line_at(text, end).len() + 1;
    }
    start..end.min(text.len())
}

fn line_at(text: &str, start: usize) -> &str {
    text[start..].split('\n').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Citations, is_about_the_past, links, number_in};
    use crate::source::{Note, RepoPath, SourceFile};

    #[test]
    fn numbers() {
        let cases = [
            ("ADR-12", Some(12)),
            ("ADR 0012: Use X", Some(12)),
            ("adr#7", Some(7)),
            ("see ADR-12", None),
            ("ADR-12b", None),
            ("12", None),
            ("", None),
        ];
        for (words, expected) in cases {
            assert_eq!(number_in(words), expected, "{words}");
        }
    }

    #[test]
    fn what_is_about_the_past() {
        let cases = [
            ("We use queues, see [it](7.md).", false),
            ("We used queues ([it](7.md)), which was a mistake.", true),
            ("- until May: [it](7.md)\n- now: [that](9.md)", true),
            ("- it is superseded\n- [it](7.md)", false),
            ("## History\n\nSee [it](7.md)", true),
            ("Superseded by 9.\n\nSee [it](7.md) for queues", false),
            ("| 7 | [it](7.md) | Superseded |", true),
            ("[it](7.md) 整目录已删。", true),
            ("/// Stored as `x` does,\n/// see [it](7.md).", false),
        ];
        for (text, expected) in cases {
            let (range, _) = links(text).next().unwrap_or_default();
            assert_eq!(is_about_the_past(text, &range), expected, "{text}");
        }
    }

    #[test]
    fn links_are_found_by_their_place() {
        let text = "a [ADR-7](7.md) and xref:8.adoc[ADR 8]".to_owned();
        let file = SourceFile::new(RepoPath::root(), text);
        let citations = Citations::of(&file);
        assert_eq!(citations.number(file.span(10..14)), Some(7));
        assert_eq!(citations.number(file.span(20..38)), Some(8));
        assert_eq!(citations.number(file.span(0..1)), None);
    }
}
