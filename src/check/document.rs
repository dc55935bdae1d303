//! Which documents say what is, and not what was or what may come.

use std::sync::LazyLock;

use regex::Regex;

use crate::graph::Node;
use crate::source::{RepoPath, SourceFile, Sources};

/// What people keep true. Decisions are history.
const KEPT_TRUE: &[&str] = &["guide", "runbook"];

/// Beginnings of words in the names of documents that tell what was.
#[rustfmt::skip]
const OF_CHANGES: &[&str] = &["changelog", "changes", "history", "migrat", "news", "release", "roadmap", "summary", "upgrad"];

/// Beginnings of words in the paths of documents that tell of other times: what was proposed, decided, or went wrong.
#[rustfmt::skip]
const OF_OTHER_TIMES: &[&str] = &[
    "adr", "archiv", "arquiv", "blog", "changelog", "changes", "decision", "design", "history", "incident", "meeting", "migrat", "minutes",
    "news", "postmortem", "proposal", "release", "revisions", "rfc", "rfd", "roadmap", "todo", "upgrad", "versioned",
];

/// Words in the paths of documents that tell what is to be done, or what was found, and stay as they were then.
#[rustfmt::skip]
const OF_PLANS: &[&str] = &[
    "audits", "backlog", "backlogs", "brief", "briefs", "dispatch", "dispatches", "draft", "drafts", "epic", "epics", "findings", "follow",
    "followup", "followups", "handoff", "handoffs", "investigation", "old", "plan", "planning", "plans", "prd", "prds", "proposed",
    "report", "reports", "research", "retrospective", "reviews", "sdd", "spec", "speckit", "specs", "sprint", "sprints", "stories", "story",
    "summaries", "summary", "task", "tasks", "ticket", "tickets", "worklog",
];

/// Words that are a report's only where its whole name is shouted, `FEATURE-AUDIT.md`: `session.md` and `shell-completion.md` are guides.
#[rustfmt::skip]
const OF_REPORTS: &[&str] = &[
    "analysis", "audit", "complete", "completed", "completion", "gap", "phase", "progress", "refactoring", "review", "session",
];

/// Whether `page` is one that people keep true, and not a changelog, a proposal or the like.
pub(super) fn tells_of_now(page: &Node) -> bool {
    let path = page.span.file;
    KEPT_TRUE.contains(&page.kind.name) && !has_word(path.as_str(), OF_OTHER_TIMES) && !path.folders().any(is_version)
}

/// Whether a folder is called as a version is, `v1.4`, `2.x`: what is in it tells of that version.
fn is_version(folder: &str) -> bool {
    let number = folder.strip_prefix("version-").unwrap_or(folder).trim_start_matches('v');
    let is_part = |part: &str| part == "x" || !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    number.contains('.') && number.split(['.', '-']).take(2).all(is_part)
}

/// Whether the document at `path` is a record of changes, a plan or a list of all there is.
pub(super) fn is_record_of_changes(path: RepoPath) -> bool {
    has_word(path.stem(), OF_CHANGES)
}

/// Whether the file says what changed with each release.
pub(super) fn is_changelog(path: RepoPath) -> bool {
    const NAMES: &[&str] = &["changelog", "release-note", "release_note", "release notes", "releasenotes"];
    let names = path.folders().chain([path.stem()]).map(str::to_lowercase);
    let is_whole = matches!(path.stem().to_lowercase().as_str(), "changes" | "history" | "news" | "releases");
    is_whole || names.into_iter().any(|name| NAMES.iter().any(|part| name.contains(part)))
}

/// Whether the front matter of `text` says that another text took its place: `status: deprecated`, `replaced_by: …`.
pub(super) fn is_withdrawn(text: &str) -> bool {
    const STATUSES: &[&str] = &["deprecated", "obsolete", "rejected", "superseded", "withdrawn"];
    let data = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---")).map_or("", |(data, _)| data);
    data.lines().filter_map(|line| line.split_once(':')).any(|(key, value)| {
        let value = value.trim().trim_matches(['"', '\'']).to_lowercase();
        match key {
            "status" | "state" => STATUSES.contains(&value.as_str()),
            "replaced_by" | "superseded_by" | "replaced-by" | "superseded-by" => !value.is_empty(),
            _ => false,
        }
    })
}

/// Whether the document at `path` stays as it was written: it tells what is to be done, or bears a year.
pub(super) fn is_of_one_time(path: RepoPath) -> bool {
    // 2024, or 20240301.
    let is_year = |word: &str| matches!(word.len(), 4 | 8) && (word.starts_with("19") || word.starts_with("20"));
    let is_year = |word: &str| is_year(word) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_of_step(path.stem())
        || is_shouted(path.stem()) && words(path.stem()).iter().any(|word| OF_REPORTS.contains(&word.as_str()))
        || words(path.as_str()).iter().any(|word| OF_PLANS.contains(&word.as_str()) || is_year(word))
}

/// Whether the page at `path` says at its beginning that it tells of one time: it has a date, is a plan, or is called a report.
pub(super) fn is_dated(files: &dyn Sources, path: RepoPath) -> bool {
    files.source(path).is_some_and(|file| file.told(read_head).is_of_record)
}

/// What the first lines of a text say.
#[derive(Debug, PartialEq)]
struct Head {
    is_of_record: bool,
}

fn read_head(file: &SourceFile) -> Head {
    Head { is_of_record: has_head_of_record(file.text()) }
}

/// So many lines of a text say what it is.
const LINES: usize = 20;

/// Whether `text` begins as what stays as it was written: "**Date:** 2024-05-01", "Status: PLAN", "# Audit Report". What says when
/// it was last looked at is kept true, and data above the text is for programs.
fn has_head_of_record(text: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^[\s>*_|#-]*(?:(?:\w+ )?date(?: completed| of \w+)?|generated|created|started|completed|as of|snapshot|datum|erstellt|fecha|data|créé|日期|日付|时间)\b[^\n:：|]{0,20}[:：|*].*20\d\d").ok()
    });
    static PLAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^[\s>*_|#-]*status\b\W{0,8}(?:plan|planned|planning|proposed|proposal|draft|todo|not started)\b",
        )
        .ok()
    });
    let (Some(date), Some(plan)) = (DATE.as_ref(), PLAN.as_ref()) else { return false };
    let data = text.strip_prefix("---\n").and_then(|text| Some(text.split_once("\n---\n")?.1));
    let head: Vec<&str> = data.unwrap_or(text).lines().take(LINES).collect();
    let title = head.iter().find_map(|line| line.strip_prefix("# ").or_else(|| line.strip_prefix("= ")));
    head.iter().any(|line| date.is_match(line) || plan.is_match(line)) || title.is_some_and(is_title_of_record)
}

/// Words before the last of a record's title: a "summary" or a "plan" of anything else may be what a guide is about.
#[rustfmt::skip]
const OF_WORK: &[&str] = &[
    "action", "analysis", "audit", "benchmark", "bug", "completion", "fix", "implementation", "improvement", "incident", "investigation",
    "layout", "migration", "optimization", "phase", "progress", "project", "refactor", "refactoring", "review", "session", "sprint", "status",
    "verification",
];

/// The last word of such a title.
#[rustfmt::skip]
const RECORDS: &[&str] = &[
    "audit", "cleanup", "complete", "completed", "findings", "fixes", "investigation", "plan", "report", "results", "review", "roadmap",
    "status", "summary", "verification",
];

/// Whether a title, or a part of it, ends as those of records do: "Cache: Implementation Summary", "Retrospective (May)".
fn is_title_of_record(title: &str) -> bool {
    const ALONE: &[&str] = &["handoff", "postmortem", "retrospective", "taskboard", "worklog"];
    const CHINESE: &[&str] = &["报告", "计划", "总结", "审计", "调研"];
    let mut parts =
        title.split([':', '(', ')', '—', '–', '：', '（', '）']).flat_map(|part| part.split(" - ")).map(str::trim);
    parts.any(|part| {
        let part = part.to_lowercase();
        let mut words = part.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
        let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        ALONE.contains(&last)
            || RECORDS.contains(&last) && OF_WORK.contains(&before)
            || CHINESE.iter().any(|end| last.ends_with(end))
    })
}

/// Whether a name has several words, all in capitals.
fn is_shouted(stem: &str) -> bool {
    stem.contains(['-', '_']) && !stem.contains(char::is_lowercase)
}

/// Whether a document of this name tells how to get from one version to another: `v1.0-to-v1.1`.
fn is_of_step(stem: &str) -> bool {
    let is_version = |word: &str| word.trim_start_matches('v').starts_with(|first: char| first.is_ascii_digit());
    let mut steps = stem.match_indices("-to-");
    steps.any(|(at, to)| {
        is_version(&stem[at + to.len()..]) && is_version(stem[..at].rsplit(['-', '_']).next().unwrap_or_default())
    })
}

fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric()).map(str::to_lowercase).collect()
}

/// Whether a word in `name` begins with one of `beginnings`.
fn has_word(name: &str, beginnings: &[&str]) -> bool {
    let name = name.to_lowercase().replace("post-mortem", "postmortem").replace("change-log", "changelog");
    let mut words = name.split(|character: char| !character.is_alphanumeric());
    words.any(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)))
}

#[cfg(test)]
mod tests {
    use super::{OF_OTHER_TIMES, has_head_of_record, has_word, is_of_one_time, is_version};
    use crate::source::RepoPath;

    #[test]
    fn folders_of_versions() {
        let cases = [
            ("v1.4", true),
            ("0.3.0", true),
            ("2.x", true),
            ("version-1.2.x", true),
            ("v1", false),
            ("a.b", false),
            ("1", false),
        ];
        for (folder, expected) in cases {
            assert_eq!(is_version(folder), expected, "{folder}");
        }
    }

    #[test]
    fn documents_of_one_time() {
        let cases = [
            ("docs/plan.md", true),
            ("docs/stories/3.3.story.md", true),
            ("docs/hotspots-20240422.md", true),
            ("docs/FEATURE-AUDIT.md", true),
            ("E2E_GAP_ANALYSIS.md", true),
            ("docs/audit-log.md", false),
            ("docs/session.md", false),
            ("docs/shell-completion.md", false),
            ("AUDIT.md", false),
            ("docs/2024-05-01-x.md", true),
            ("docs/planets.md", false),
            ("docs/1/a.md", false),
            ("docs/v1.0-to-v1.1.md", true),
            ("docs/how-to-2.md", false),
            ("docs/prd/refunds.md", true),
        ];
        for (path, expected) in cases {
            assert_eq!(RepoPath::new(path).map(is_of_one_time), Some(expected), "{path}");
        }
    }

    #[test]
    fn heads_of_records() {
        let cases = [
            ("# Orders\n\n**Date:** 2024-05-01\n", true),
            ("# Orders\n\n> Generated: 2024-05-01\n", true),
            ("# Orders\n\n| Completion date | 2024-05-01 |\n", true),
            ("# Orders\n\n**Last updated:** 2024-05-01\n", false),
            ("---\ndate: 2024-05-01\n---\n# Orders\n", false),
            ("# Orders\n\nStatus: PLAN\n", true),
            ("# Orders\n\nStatus: stable\n", false),
            ("# Cart: Implementation Summary\n", true),
            ("# 产品审计\n", true),
            ("# Summary\n", false),
            ("# Plan\n", false),
            ("# How to read a report of the audit log\n", false),
            ("# Query plan cache\n", false),
            ("# Disaster Recovery Plan\n", false),
            ("# Shell Completion\n", false),
            ("# Signature Verification\n", false),
            ("# Search results\n", false),
            ("# Documentation Layout Audit\n", true),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(has_head_of_record(text), expected, "{text}");
        }
    }

    #[test]
    fn documents_of_other_times() {
        let cases = [
            ("CHANGELOG.md", true),
            ("docs/rfcs/12-x.md", true),
            ("docs/post-mortems/2024.md", true),
            ("docs/redesign.md", false),
            ("docs/exchanges.md", false),
            ("docs/deploy.md", false),
        ];
        for (path, expected) in cases {
            assert_eq!(has_word(path, OF_OTHER_TIMES), expected, "{path}");
        }
    }
}
