//! The headings of a runbook -> which of the parts that runbooks have they open, whatever they are called.
//!
//! The parts are those of <https://runbooks.prometheus-operator.dev/docs/add-runbook/>: what an alert means, what it does to
//! people, how to find the cause, and what to do; and whom to call.

use std::collections::BTreeSet;

use crate::graph::{Block, Prose};

/// The parts, each with the words that open it. Words that end with `…` may have others behind them.
#[rustfmt::skip]
const PARTS: &[(&str, &[&str])] = &[
    ("meaning", &["meaning", "summary", "overview", "description", "definition", "symptom", "symptoms", "what is happening",
        "what does this alert mean", "what this means", "what it means", "alert details", "explanation", "how it works"]),
    ("impact", &["impact", "impacts", "consequence", "consequences", "customer impact", "user impact", "business impact",
        "service impact", "user facing impact", "blast radius", "effects", "what is affected"]),
    ("diagnosis", &["diagnosis", "diagnose", "diagnosing", "diagnostic", "diagnostics", "diagnostic steps", "investigation",
        "investigate", "investigating", "how to investigate…", "how to diagnose…", "triage", "troubleshoot", "troubleshooting…",
        "debugging", "checks", "quick checks", "initial checks", "possible causes", "possible cause", "potential causes", "causes",
        "cause", "root cause", "analysis", "how to check…"]),
    ("mitigation", &["mitigation", "mitigations", "mitigate", "mitigation steps", "resolution", "resolutions", "resolution steps",
        "resolve", "resolving", "how to resolve…", "how to mitigate…", "remediation", "remediation steps", "remediate", "remedy",
        "recovery", "recovery steps", "how to fix…", "fix", "fixes", "how to recover…", "solution", "solutions", "workaround", "actions", "action",
        "what to do", "corrective action", "corrective actions", "response", "steps", "procedure"]),
    ("escalation", &["escalation", "escalate", "escalation path", "whom to call", "who to contact", "contacts", "contact"]),
];

/// The part that a heading of these words opens.
pub(super) fn part(heading: &str) -> Option<&'static str> {
    let letters = |character: char| if character.is_alphabetic() { character } else { ' ' };
    let words: String = heading.to_lowercase().replace(['\'', '\u{2019}'], "").chars().map(letters).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let opens = |known: &&str| match known.strip_suffix('…') {
        Some(known) => words.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')),
        None => words == *known,
    };
    PARTS.iter().find(|(_, known)| known.iter().any(opens)).map(|(part, _)| *part)
}

/// The parts in `body`, in their order, each once. Parts that stand in it once can be linked to by their names, whatever
/// their headings say.
pub(super) fn name_parts(body: Vec<Block>) -> (Vec<Block>, Vec<&'static str>) {
    let mut parts: Vec<&'static str> = Vec::new();
    let of_heading = |block: &Block| match block {
        Block::Heading { content, .. } => part(&content.plain_text()),
        _ => None,
    };
    let all: Vec<&'static str> = body.iter().filter_map(of_heading).collect();
    for part in &all {
        if !parts.contains(part) {
            parts.push(part);
        }
    }
    let taken: BTreeSet<String> = body
        .iter()
        .filter_map(|block| match block {
            Block::Heading { anchor, .. } => Some(anchor.clone()),
            _ => None,
        })
        .collect();
    let is_once = |part: &str| all.iter().filter(|other| **other == part).count() == 1;
    let mut named = Vec::with_capacity(body.len());
    for block in body {
        if let Some(part) = of_heading(&block).filter(|part| is_once(part) && !taken.contains(*part)) {
            let mut place = Prose::html(format!("<span id=\"{part}\"></span>"));
            place.anchors.push(part.to_owned());
            named.push(Block::Prose(place));
        }
        named.push(block);
    }
    (named, parts)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn headings() {
        let cases = [
            ("Meaning", Some("meaning")),
            ("1. Impact:", Some("impact")),
            ("\u{1f50d} Investigation", Some("diagnosis")),
            ("How to **fix**", Some("mitigation")),
            ("How to fix it when the disk is full", Some("mitigation")),
            ("Troubleshooting the ring", Some("diagnosis")),
            ("Who to contact", Some("escalation")),
            ("Mitigating circumstances", None),
            ("HighErrorRate", None),
            ("", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(part(heading), expected, "{heading}");
        }
    }
}
