//! A runbook and the alerts that lead to it -> what its page shows of them below its title.
//!
//! Whoever was woken up sees at once whether this is the page: which alerts it is for, when they fire, and how urgent they are.

use std::collections::BTreeMap;

use super::relations;
use super::standpoint::Standpoint;
use super::values::{badge, values};
use super::view::FactView;
use crate::graph::{Fact, Node};

/// So many rules are shown; the other alerts stand among the connections.
const SHOWN: usize = 12;

/// With more rules than this, expressions would push away what the page says: they stand on the pages of the alerts.
const WITH_EXPRESSION: usize = 6;

/// The alerts that `node` mitigates, each with its severity, when it fires, and its expression.
pub(super) fn of_node<'a>(from: Standpoint<'a>, node: &'a Node) -> Option<FactView<'a>> {
    if node.kind.name == "alert" {
        return None;
    }
    let alerts = relations::about(from.pages.resolved, node.id, "mitigates");
    let alerts = alerts.into_iter().filter_map(|id| from.graph().node(id)).filter(|alert| alert.kind.name == "alert");
    let mut alerts: Vec<&Node> = alerts.collect();
    alerts.sort_by_key(|alert| (&alert.title, alert.id));
    let mut groups: Vec<Vec<FactView<'a>>> =
        alerts.into_iter().flat_map(|alert| rules(from, alert)).take(SHOWN).collect();
    if groups.len() > WITH_EXPRESSION {
        groups.iter_mut().for_each(|facts| facts.retain(|fact| !fact.is_long));
    }
    let view = FactView { label: "Alerts".to_owned(), values: Vec::new(), groups, is_long: true };
    (!view.groups.is_empty()).then_some(view)
}

/// What is shown of each rule of `alert`.
fn rules<'a>(from: Standpoint<'a>, alert: &'a Node) -> Vec<Vec<FactView<'a>>> {
    let name = || FactView { values: from.value(alert.id).into_iter().collect(), ..fact("Alert") };
    let rules = match alert.facts.get("rules") {
        Some(Fact::List(rules)) => rules.as_slice(),
        _ => &[],
    };
    let of_rule = |rule: Option<&'a BTreeMap<String, Fact>>| {
        let stated = |key: &str| rule.and_then(|rule| rule.get(key)).or_else(|| alert.facts.get(key));
        let shown = [("Severity", "severity"), ("Fires when", "threshold"), ("For", "for"), ("Expression", "expr")];
        let shown = shown.into_iter().filter_map(|(label, key)| {
            let stated = stated(key)?;
            let values = if key == "severity" { badge(key, stated) } else { values(key, stated) };
            (!values.is_empty()).then(|| FactView { values, is_long: key == "expr", ..fact(label) })
        });
        std::iter::once(name()).chain(shown).collect()
    };
    match rules {
        [] => vec![of_rule(None)],
        rules => rules.iter().map(|rule| of_rule(if let Fact::Map(rule) = rule { Some(rule) } else { None })).collect(),
    }
}

fn fact<'a>(label: &str) -> FactView<'a> {
    FactView { label: label.to_owned(), values: Vec::new(), groups: Vec::new(), is_long: false }
}
