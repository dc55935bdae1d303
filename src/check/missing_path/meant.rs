//! The words around a path -> whether they say that it is no more, or is to be made, or is the reader's.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Subject;
use crate::check::audience::is_abandoned;
use crate::check::citation::{block_around, is_said_to_be_gone};
use crate::check::document::is_withdrawn;
use crate::check::elsewhere::is_elsewhere;
use crate::graph::Link;
use crate::source::{RepoPath, Sources};

/// Whether the words around `link` say that it is no more, or is to be made, or that they are about something of the reader's.
pub(super) fn is_meant_otherwise(subject: Subject<'_>, link: &Link, path: RepoPath) -> bool {
    const AROUND: &str = r"(?i)\byour (?:own )?(?:\w+ )?(?:app|application|code|crate|file|package|project|repo|repository|site|workspace)\b|\bmight\b|\bcd into an?\b|\be\.g\.|\bfor example, if\b|\bdocker hub\b|\b(?:container|docker) images?\b|\bthere (?:is|are) no\b|\bha(?:s|ve) no\b|\bdoes(?: not|n't) exist\b|\b(?:when|once|if|until) (?:it is |it's |they are |they )?(?:added|created|exists?|present)\b|\bstarting state\b|\b(?:originally|initially)\b|\bnot yet\b|\bplanned\b|\bavoid\b|\btypically\b|\busually\b|\bfor example\b|\bsuch as\b|\bfuture\b|\bmust be empty\b|\b(?:is|are|gets?|be|explicitly)\s+(?:re-?)?generated\b|\bauto-?generated\b|\bmounted\b|\bmust not\b|\bmove to\b|\bgit-?ignored\b|\bignored from\b|\b(?:deletes?|deleted|deprecated|removed|retired|dropped|moved|replaced|renamed|formerly|previously|legacy|obsolete|outdated|stale)\b|\bno longer\b|\bused to\b|\b(?:was|were|had)\b|例如|比如|例えば|예를 들어";
    const BEFORE: &str = r"(?i)(?:\byour(?: own)?|\b(?:former|old(?:er)?|previous)|\b(?:add|adding|creat(?:e|es|ing)|generat(?:e|es|ing)|nam(?:ed|e it)|call(?:ed|it))\b[^.`]{0,40})\s*$";
    // What a program or the reader is to make, or nobody.
    const TO_BE: &str = r"(?i)(?:\b(?:do not|don't|never)\b[^.`]{0,60}|\b(?:should|will)\s+(?:appear|be\s+(?:\w+ly\s+)?(?:cached|copied|created|downloaded|dumped|generated|output|placed|produced|put|saved|stored|written))\b[^.`]{0,60}|\b(?:cop(?:y|ies|ying)|mov(?:e|es|ing)|renam(?:e|es|ing))\b[^\n]{0,80}\b(?:to|as)|\b(?:mov(?:e|es|ing)|renam(?:e|es|ing))(?:\s+the)?|\b(?:is|are|gets?)\s+(?:dumped|saved|written)\s+(?:in)?to\b[^.`]{0,40}|\b(?:includ|sav|stor|writ)(?:e|ing)\s+(?:it|them|this)\s+(?:as|(?:in)?to))\s*$";
    const NEW_FILE: &str =
        r"(?i)\b(?:add|adding|creat(?:e|es|ing))\s+(?:an?\s+|the\s+)?(?:new\s+)?file\s+(?:at|in|under)\s*$";
    static TO_BE_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(TO_BE).ok());
    static NEW_FILE_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NEW_FILE).ok());
    static AROUND_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(AROUND).ok());
    static BEFORE_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(BEFORE).ok());
    let patterns = [&AROUND_IT, &BEFORE_IT, &TO_BE_IT, &NEW_FILE_IT].map(|pattern| pattern.as_ref());
    let [Some(around), Some(before), Some(to_be), Some(new_file)] = patterns else { return true };
    let Some(file) = subject.tree.source(link.span.file) else { return true };
    let (text, range) = (file.text(), link.span.range());
    if is_withdrawn(text)
        || is_abandoned(subject, link.span.file)
        || is_told_of(text, text[range.clone()].trim_matches('`'))
        || is_of_named_repository(text, subject.own_name())
    {
        return true;
    }
    let block = block_around(text, &range);
    let lead = text[block.start..range.start].trim_end_matches('`').trim_end();
    // A file is made in a folder that is there.
    let is_made = before.is_match(lead) && ![" in", " to", " into", " under"].iter().any(|word| lead.ends_with(word));
    let heading = text[..block.start].lines().rev().find(|line| line.starts_with(['#', '=']));
    let is_struck = text[block.clone()].contains("~~")
        || heading.is_some_and(|heading| past().is_none_or(|past| past.is_match(heading)));
    // Nobody makes a file in a file: it is to have this name.
    let is_new = !path.extension().is_empty() && new_file.is_match(lead);
    let is_to_be = is_made || is_new || to_be.is_match(lead);
    let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    // What a listing is to be saved as: a file of the reader.
    let is_heading = text[line..range.start].starts_with('#')
        && text[line..range.start].trim_matches(['#', ' ', '`']).is_empty()
        && text[range.end..].trim_start_matches('`').starts_with('\n');
    is_to_be
        || is_heading
        || heading.is_some_and(is_example)
        || is_value(lead, &text[range.end..])
        || is_in_column_of_others(text, &block, lead)
        || is_struck
        || is_elsewhere(&text[block.clone()], subject.own_name())
        || heading.is_some_and(|heading| is_elsewhere(heading, subject.own_name()))
        || around.is_match(&text[block.clone()])
        || is_said_to_be_gone(&text[block.clone()])
        || lead_in(text, block.start).is_some_and(|lead| around.is_match(lead))
}

/// Whether what stands below `heading` is an example: "Example", "Example 2: a plug-in".
fn is_example(heading: &str) -> bool {
    let words = heading.trim_matches(['#', '=', ' ']);
    let begins = words.get(..7).is_some_and(|first| first.eq_ignore_ascii_case("example"));
    begins && words[7..].trim_start().chars().next().is_none_or(|next| next.is_ascii_digit() || next == ':')
}

/// Whether `text` says that what it tells of is in another repository than the one called `own`: "**Repository**: https://…".
fn is_of_named_repository(text: &str, own: Option<&str>) -> bool {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?im)^[\s>*_-]*(?:source\s+)?repository[*_]*\s*:[*_]*\s*[\[<]?[^\n]*?https?://[^/\s]+/[\w.-]+/([\w.-]+)",
        )
        .ok()
    });
    let named = NAMED.as_ref().and_then(|named| named.captures(text)).and_then(|found| found.get(1));
    named.is_some_and(|named| own.is_some_and(|own| named.as_str().trim_end_matches(".git") != own))
}

/// The paragraph that ends with a colon, before the list that has the item at `start`.
fn lead_in(text: &str, start: usize) -> Option<&str> {
    const MARKS: [&str; 4] = ["- ", "* ", "+ ", "|"];
    let is_marked = |line: &str| MARKS.iter().any(|mark| line.trim_start().starts_with(mark));
    let is_item = |line: &&str| is_marked(line) || line.starts_with([' ', '\t']);
    if !text[start..].lines().next().is_some_and(|line| is_item(&line)) {
        return None;
    }
    let above = text[..start].lines().rev().find(|line| !line.trim().is_empty() && !is_item(line))?;
    above.trim_end().trim_end_matches('*').ends_with(':').then_some(above)
}

/// Whether `text` says somewhere what a file called `name` is: "`./api` is a file that holds an address".
fn is_told_of(text: &str, name: &str) -> bool {
    ["file", "folder", "directory"].iter().any(|thing| text.contains(&format!("`{name}` is a {thing} that ")))
}

/// Whether a cell between `lead` and `rest` is the value of a setting, `| `SHOP_KEY` | `…` |`, which may be any.
fn is_value(lead: &str, rest: &str) -> bool {
    let mut cells = lead.trim_start().split('|');
    let first = cells.by_ref().nth(1).map(|cell| cell.trim().trim_matches('`'));
    let is_alone = lead.ends_with('|') && rest.trim_start_matches('`').trim_start_matches(' ').starts_with(['|', '\n']);
    let is_variable = |name: &str| {
        name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    lead.trim_start().starts_with('|') && is_alone && cells.next().is_some() && first.is_some_and(is_variable)
}

/// Whether the cell behind `lead`, in the row `block` of a table, is in a column of what was, or is to be made.
fn is_in_column_of_others(text: &str, block: &Range<usize>, lead: &str) -> bool {
    static HEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:copy|copied|creates?|created|output|outputs|destination|generates?|generated|old|removed|deleted|archived|former|before|was|previous|from)\b").ok()
    });
    if !lead.starts_with('|') {
        return false;
    }
    let column = lead.matches('|').count();
    let table = text[..block.start].lines().rev().take_while(|line| line.trim_start().starts_with('|'));
    let head = table.last().and_then(|head| head.split('|').nth(column));
    head.is_some_and(|head| !head.contains('`') && HEADS.as_ref().is_none_or(|heads| heads.is_match(head)))
}

/// Words in headings above what was.
fn past() -> Option<&'static Regex> {
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:change ?log|deprecated|files changed|formerly|histor\w*|legacy|(?:changed|modified) files|old|previous\w*|removed|upgrad\w*|retired|deleted|obsolete|before)\b")
            .ok()
    });
    PAST.as_ref()
}
