//! A supersession of which only one side is told.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::Subject;
use super::citation::block_around;
use super::decision::{decisions, is_decision, is_superseded, log, number, status};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Level};
use crate::extract::{NamedRecord, superseded_text, superseding_text};
use crate::graph::{Edge, End, Fact, Link, Need, Node, NodeId, Relation, edges_of};
use crate::markdown::way_to;
use crate::source::{SourceFile, Sources};

/// Statuses that tell a reader not to follow the decision.
#[rustfmt::skip]
const CLOSED: &[&str] = &[
    "superseded", "deprecated", "rejected", "obsolete", "withdrawn", "retired", "replaced", "abandoned", "archived",
];

/// Decisions that are superseded by another whose own status does not say so; those that say what superseded them, where that
/// does not know; and those that say that they are superseded, and not by what.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let supersessions = edges_of(subject.resolved, Relation::Supersedes);
    let pair = |edge: &Edge| {
        let (newer, older) = (graph.node(edge.from)?, graph.node(edge.to)?);
        (is_decision(newer) && is_decision(older)).then_some((*edge, newer, older))
    };
    let pairs: Vec<(Edge, &Node, &Node)> = supersessions.iter().filter_map(pair).collect();
    let mut found: Diagnostics =
        pairs.iter().filter_map(|(edge, newer, older)| still_open(subject, edge, newer, older)).collect();
    let knowing = Knowing::of(subject);
    let is_unknown = |newer, older| !knowing.mentions(newer, older) && !names(subject, newer, older);
    found.extend(pairs.iter().filter(|(_, newer, older)| is_unknown(newer, older)).map(|(edge, newer, older)| {
        let message = format!("`{}` says that `{}` superseded it, but that does not mention it", older.id, newer.id);
        let mut finding = Diagnostic::new(Code::SupersessionMismatch, message, newer.span)
            .related(edge.span, format!("`{}` says so here", older.id))
            .hint(format!("say there \u{201c}Supersedes {}\u{201d}, with a link", older.title));
        if knowing.habit.contains(log(newer)) {
            return finding.fix(told(subject, newer, older, superseding_text));
        }
        // Nobody says it in this log, which may be a custom.
        finding.level = Level::Note;
        finding
    }));
    let ended: BTreeSet<NodeId> = subject
        .resolved
        .links()
        .filter(|(link, _)| link.relation == Relation::Supersedes && link.flipped)
        .map(|(link, _)| link.from)
        .chain(pairs.iter().map(|(_, _, older)| older.id))
        .collect();
    let explained: BTreeSet<NodeId> =
        subject.resolved.links().filter_map(|(link, _)| explains(subject, link)).collect();
    let is_told = |node: &Node| {
        ended.contains(&node.id)
            || explained.contains(&node.id)
            || names_successor(subject, node)
            || says_more(subject, node)
    };
    let orphans = decisions(subject).filter(|node| is_superseded(node) && !is_told(node));
    // A log in which nobody says it has another habit.
    let habit: BTreeSet<&str> = pairs.iter().map(|(_, _, older)| log(older)).collect();
    found.extend(orphans.filter(|node| habit.contains(log(node))).map(|node| {
        let message = format!("`{}` is superseded, but does not say by what", node.id);
        Diagnostic::new(Code::SupersessionMismatch, message, node.span)
            .hint("name what replaced it, with a link: \u{201c}Superseded by \u{2026}\u{201d}")
    }));
    found
}

/// The superseded decision of which the words around `link` say what became of it.
fn explains(subject: Subject<'_>, link: &Link) -> Option<NodeId> {
    let node = subject.resolved.graph.node(link.from).filter(|node| is_decision(node) && is_superseded(node))?;
    let file = subject.tree.source(link.span.file)?;
    let around = file.text().get(block_around(file.text(), &link.span.range()))?.to_lowercase();
    (link.need == Need::Must && (around.contains("supersed") || around.contains("superced"))).then_some(node.id)
}

/// Whether the line that says that `node` is superseded has the title of another decision of its log.
fn names_successor(subject: Subject<'_>, node: &Node) -> bool {
    /// A shorter title may be any words.
    const SHORTEST: usize = 10;
    let Some(file) = subject.tree.source(node.span.file) else { return false };
    let text = file.text().to_lowercase();
    let says: Vec<&str> = text.lines().filter(|line| line.contains("supersed") || line.contains("superced")).collect();
    let is_other = |other: &Node| other.id != node.id && log(other) == log(node) && other.title.len() >= SHORTEST;
    decisions(subject).filter(|other| is_other(other)).any(|other| {
        let title = other.title.to_lowercase();
        says.iter().any(|line| line.contains(&title))
    })
}

/// Whether the section that states that `node` is superseded goes on with a link, to whatever has taken its place.
fn says_more(subject: Subject<'_>, node: &Node) -> bool {
    let Some(file) = subject.tree.source(node.span.file) else { return false };
    let mut sections = file.text().split("\n#").skip(1);
    let status =
        sections.find(|section| section.trim_start_matches('#').trim_start().to_lowercase().starts_with("status"));
    status.is_some_and(|section| section.contains("]("))
}

fn still_open(subject: Subject<'_>, edge: &Edge, newer: &Node, older: &Node) -> Option<Diagnostic> {
    // "superseded-by-F085" is one word.
    let status = status(older).filter(|status| !CLOSED.contains(status) && !status.starts_with("superseded"))?;
    // "Accepted; the limits are superseded by ADR 9"
    let says_so = |text: &Fact| matches!(text, Fact::Text(text) if text.to_lowercase().contains("supersede"));
    if older.facts.get("status_text").is_some_and(says_so) {
        return None;
    }
    // A proposal replaces nothing until it is accepted.
    if matches!(self::status(newer), Some("proposed" | "draft" | "rejected" | "withdrawn")) {
        return None;
    }
    let message = format!("`{}` is superseded by `{}`, but its status is \u{201c}{status}\u{201d}", older.id, newer.id);
    let found = Diagnostic::new(Code::SupersessionMismatch, message, older.span)
        .related(edge.span, format!("`{}` supersedes it here", newer.id))
        .hint(format!("set its status to \u{201c}Superseded by {}\u{201d}, with a link", newer.title))
        .fix(told(subject, older, newer, superseded_text).filter(|edit| is_plain(subject, edit)));
    Some(found)
}

/// Whether `edit` takes out nothing but a word: what has a remark or a link is a status of a log with rules of its own.
fn is_plain(subject: Subject<'_>, edit: &Edit) -> bool {
    let file = subject.tree.source(edit.span.file);
    let old = file.as_ref().and_then(|file| file.text().get(edit.span.range()));
    old.is_some_and(|old| !old.contains(['(', '[', ':', ';', ',']))
}

/// A record's text, and another record -> the text with the other named in it.
type Tell = fn(&SourceFile, NamedRecord<'_>) -> Option<String>;

/// What makes the record `of` name `other`, as a new record's `--supersedes` would have it.
fn told(subject: Subject<'_>, of: &Node, other: &Node, tell: Tell) -> Option<Edit> {
    let file = subject.tree.source(of.span.file)?;
    let number = number(other).map_or_else(String::new, |number| format!("{number}. "));
    let title = format!("{number}{}", other.title);
    let path = way_to(of.span.file.parent(), other.span.file);
    Edit::into_text(&file, &tell(&file, NamedRecord { title: &title, path: &path })?)
}

/// Which decisions mention which, and in which logs the newer ones say what they supersede.
struct Knowing {
    mentioned: BTreeMap<NodeId, BTreeSet<NodeId>>,
    habit: BTreeSet<String>,
}

impl Knowing {
    fn of(subject: Subject<'_>) -> Self {
        let graph = &subject.resolved.graph;
        let mut knowing = Self { mentioned: BTreeMap::new(), habit: BTreeSet::new() };
        for (link, end) in subject.resolved.links() {
            let (End::Node { id, .. }, Some(from)) = (end, graph.node(link.from)) else { continue };
            if !is_decision(from) {
                continue;
            }
            knowing.mentioned.entry(from.id).or_default().insert(*id);
            if link.relation == Relation::Supersedes && !link.flipped {
                knowing.habit.insert(log(from).to_owned());
            }
        }
        knowing
    }

    /// Whether `newer` mentions `older`.
    fn mentions(&self, newer: &Node, older: &Node) -> bool {
        self.mentioned.get(&newer.id).is_some_and(|mentioned| mentioned.contains(&older.id))
    }
}

/// Whether `newer` names `older` by its number, without a link: "KEP-5339", "RFC 12".
fn names(subject: Subject<'_>, newer: &Node, older: &Node) -> bool {
    let (Some(Fact::Number(number)), Some(file)) = (older.facts.get("number"), subject.tree.source(newer.span.file))
    else {
        return false;
    };
    let name = Regex::new(&format!(r"(?i)\b[a-z]{{3,8}}[\s#_-]{{1,2}}0*{number}\b"));
    name.is_ok_and(|name| name.is_match(file.text()))
}
