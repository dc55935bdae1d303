//! A status that is no usual one, in a log where the others are.

use std::collections::BTreeMap;

use super::Subject;
use super::decision::{decisions, log, status};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames};
use crate::graph::Node;

/// What logs call a record's standing.
const KNOWN: &[&str] = &[
    "proposed",
    "accepted",
    "rejected",
    "deprecated",
    "superseded",
    "draft",
    "partly superseded",
    "implemented",
    "in development",
    "in implementation",
    "under implementation",
    "piloting",
    "partially implemented",
    "partially accepted",
    "invalid",
    "invalidated",
    "not implemented",
    "withdrawn",
    "amended",
    "active",
    "inactive",
    "final",
    "done",
    "complete",
    "completed",
    "closed",
    "open",
    "deferred",
    "postponed",
    "on hold",
    "paused",
    "stalled",
    "abandoned",
    "obsolete",
    "retired",
    "replaced",
    "archived",
    "cancelled",
    "canceled",
    "declined",
    "in review",
    "review",
    "under review",
    "for review",
    "reviewing",
    "in progress",
    "wip",
    "work in progress",
    "discussion",
    "in discussion",
    "under discussion",
    "demonstrated",
    "trial",
    "experimental",
    "provisional",
    "implementable",
    "published",
    "released",
    "decided",
    "agreed",
    "ratified",
    "recommended",
    "not accepted",
    "committed",
    "exploring",
    "ready",
    "ready for release",
    "ready for review",
    "idea",
    "living",
    "informational",
    "current",
];

/// A log with fewer usual statuses shows no habit.
const LEAST: usize = 3;

/// Statuses of one record alone, in logs of which nearly all others have usual ones.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mut logs: BTreeMap<&str, Vec<(&Node, String)>> = BTreeMap::new();
    for node in decisions(subject) {
        if let Some(status) = status(node) {
            logs.entry(log(node)).or_default().push((node, status.replace('-', " ")));
        }
    }
    let nearest = NearestNames::new(KNOWN.iter().copied());
    let mut found = Diagnostics::new();
    for stated in logs.into_values() {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, status) in &stated {
            *count.entry(status).or_default() += 1;
        }
        let usual: usize = KNOWN.iter().filter_map(|known| count.get(known)).sum();
        if usual < LEAST || usual * 4 < stated.len() * 3 {
            continue;
        }
        // A word that a log uses twice is one of its own.
        let alone = stated
            .iter()
            .filter(|(_, status)| count.get(status.as_str()) == Some(&1) && !KNOWN.contains(&status.as_str()));
        found.extend(alone.map(|(node, status)| {
            let message = format!("\u{201c}{status}\u{201d} is a status that no other decision of this log has");
            let hint = match nearest.find(status).first() {
                Some(near) => format!("did you mean \u{201c}{near}\u{201d}?"),
                None => "use one of the words that the others use, and say the rest beside it".to_owned(),
            };
            Diagnostic::new(Code::UnknownDecisionStatus, message, node.span).hint(hint)
        }));
    }
    found
}
