//! A new runbook: where its like stand, and for an alert with what its rule says.

use std::collections::BTreeMap;

use super::{Draft, slug};
use crate::cli::Failure;
use crate::diagnostic::{did_you_mean, nearest};
use crate::graph::{Fact, Node};
use crate::pipeline::Analysis;
use crate::source::{Files, RepoPath, Sources};

/// The parts of a runbook, and what belongs into each, as a comment.
const PARTS: [(&str, &str); 4] = [
    ("Meaning", "What the alert says, and when it fires"),
    ("Impact", "Who notices, and how badly"),
    ("Diagnosis", "Where to look, with the commands to copy"),
    ("Mitigation", "What to do, step by step, and how to tell that it worked"),
];

/// A runbook called `title`.
pub(super) fn draft(analysis: &Analysis, title: &str) -> Draft {
    Draft { path: place(analysis, title), text: compose(title, "", ""), changed: Vec::new(), remark: String::new() }
}

/// A runbook for the alert of the name `alert`.
///
/// # Errors
/// No alert has the name.
pub(super) fn for_alert(analysis: &Analysis, alert: &str, title: &str) -> Result<Draft, Failure> {
    let alerts = || analysis.resolved.graph.nodes().filter(|node| node.kind.name == "alert");
    let name = alert.strip_prefix("alert:").unwrap_or(alert);
    let is_meant = |node: &&Node| node.title == name || node.id.name() == name;
    let mut meant: Vec<&Node> = alerts().filter(is_meant).collect();
    if meant.is_empty() {
        meant = alerts().filter(|node| node.title.eq_ignore_ascii_case(name)).collect();
    }
    let Some(first) = meant.first() else {
        let near = nearest(name, alerts().map(|node| node.title.as_str()));
        let hint = near.map_or_else(|| "`livedoc graph` lists every alert".to_owned(), |near| did_you_mean(&[near]));
        return Err(Failure::usage(format!("no alert is called `{name}`")).hint(hint));
    };
    let title = if title == alert { first.title.as_str() } else { title };
    let path = place(analysis, &spaced(title, analysis));
    let severity = meant.iter().find_map(|node| severity(node));
    let names = meant.iter().map(|node| scalar(node.id.name())).collect::<Vec<_>>().join(", ");
    let severity_line = severity.map(|severity| format!("severity: {}\n", scalar(&severity))).unwrap_or_default();
    let front_matter = format!("---\n{severity_line}alerts: [{names}]\n---\n\n");
    let text = compose(title, &front_matter, &meaning(first));
    let line = analysis.tree.source(first.span.file).map_or(1, |file| file.line(first.span.start));
    let file = first.span.file;
    let has_url = first.facts.contains_key("runbook_url");
    let rest = if has_url { String::new() } else { format!("; set `runbook_url: {path}` there, too") };
    let remark = format!("it has the severity, the expression and the name of the alert at {file}:{line}{rest}");
    Ok(Draft { path, text, changed: Vec::new(), remark })
}

/// Where a runbook called `title` belongs.
fn place(analysis: &Analysis, title: &str) -> RepoPath {
    let usual = ["docs/runbooks", "runbooks", "doc/runbooks", "docs/runbook"];
    let folder = usual_folder(analysis, "runbook", &usual);
    let single = !title.contains(' ') && title.chars().all(char::is_alphanumeric);
    let name = if single && is_after_alerts(analysis) { title.to_owned() } else { slug(title, '-') };
    folder.join(&format!("{name}.md")).unwrap_or(folder)
}

/// Whether runbooks are called after their alerts, letter by letter.
fn is_after_alerts(analysis: &Analysis) -> bool {
    files_of(analysis, "runbook").any(|path| path.stem().contains(char::is_uppercase))
}

/// `HighErrorRate` as words, where files of runbooks are not called as alerts are.
fn spaced(title: &str, analysis: &Analysis) -> String {
    if is_after_alerts(analysis) || title.contains(' ') {
        return title.to_owned();
    }
    let mut words = String::new();
    let mut before = ' ';
    for character in title.chars() {
        if character.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
            words.push(' ');
        }
        words.push(character);
        before = character;
    }
    words
}

fn compose(title: &str, front_matter: &str, meaning: &str) -> String {
    let part = |(heading, prompt): (&str, &str)| {
        let known = if heading == "Meaning" { meaning } else { "" };
        format!("## {heading}\n\n{known}<!-- {prompt} -->\n")
    };
    format!("{front_matter}# {title}\n\n{}", PARTS.map(part).join("\n"))
}

/// What the rule of an alert says.
fn meaning(alert: &Node) -> String {
    let rules = match alert.facts.get("rules") {
        Some(Fact::List(rules)) => {
            rules.iter().filter_map(|rule| if let Fact::Map(rule) = rule { Some(rule) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let mut text = if alert.summary.is_empty() { String::new() } else { format!("{}\n\n", alert.summary) };
    let stated = |rule: Option<&BTreeMap<String, Fact>>, name: &str| {
        let fact = rule.and_then(|rule| rule.get(name)).or_else(|| alert.facts.get(name));
        if let Some(Fact::Text(text)) = fact { text.clone() } else { String::new() }
    };
    let all: Vec<Option<&BTreeMap<String, Fact>>> =
        if rules.is_empty() { vec![None] } else { rules.into_iter().map(Some).collect() };
    for rule in all {
        let (expr, threshold, wait) = (stated(rule, "expr"), stated(rule, "threshold"), stated(rule, "for"));
        let fires = match (threshold.is_empty(), wait.is_empty()) {
            (false, false) => format!("It fires when the value is `{threshold}` for `{wait}`:\n\n"),
            (false, true) => format!("It fires when the value is `{threshold}`:\n\n"),
            (true, false) => format!("It fires when this holds for `{wait}`:\n\n"),
            (true, true) => String::new(),
        };
        if !expr.is_empty() {
            text.push_str(&format!("{fires}```promql\n{}\n```\n\n", expr.trim_end()));
        }
    }
    text
}

/// The most urgent severity that an alert states first.
fn severity(alert: &Node) -> Option<String> {
    match alert.facts.get("severity")? {
        Fact::Text(severity) => Some(severity.clone()).filter(|severity| !severity.contains("{{")),
        Fact::List(severities) => {
            severities.iter().find_map(|one| if let Fact::Text(text) = one { Some(text.clone()) } else { None })
        }
        _ => None,
    }
}

/// `text` as YAML has it: JSON's strings are YAML's.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|part| part.is_alphanumeric() || "-_./".contains(part));
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// The folder with the most pages of `kind`; else the first usual one that exists; else the first usual one.
fn usual_folder(analysis: &Analysis, kind: &str, usual: &[&str]) -> RepoPath {
    let mut folders: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for path in files_of(analysis, kind) {
        *folders.entry(path.parent()).or_default() += 1;
    }
    let fullest = folders.into_iter().max_by_key(|(folder, count)| (*count, std::cmp::Reverse(*folder)));
    let usual = usual.iter().filter_map(|folder| RepoPath::new(folder));
    let there = || usual.clone().find(|folder| analysis.tree.is_folder(*folder)).or_else(|| usual.clone().next());
    fullest.map(|(folder, _)| folder).or_else(there).unwrap_or_else(RepoPath::root)
}

fn files_of<'a>(analysis: &'a Analysis, kind: &'a str) -> impl Iterator<Item = RepoPath> + 'a {
    let nodes = analysis.resolved.graph.nodes();
    nodes.filter(move |node| node.kind.name == kind).map(|node| node.span.file)
}
