//! Rule files of Prometheus -> alerting rules.
//!
//! Format: <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/>; the same groups stand below
//! `spec` in a `PrometheusRule` object, in the items of a list of such objects, and in the values of charts.

use crate::data::Value;
use crate::source::Span;

/// One alerting rule.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The alert's name.
    pub(super) name: String,
    /// Where the name stands.
    pub(super) span: Span,
    /// The name of its group; empty for none.
    pub(super) group: String,
    pub(super) expr: String,
    /// How long the expression must hold; empty when not stated.
    pub(super) wait: String,
    pub(super) labels: Vec<(String, Value)>,
    pub(super) annotations: Vec<(String, Value)>,
}

/// Groups lie no deeper than this in the objects that people wrap around them.
const DEEPEST: usize = 8;

/// Aliases can make a small file wide; a rule file has fewer values than this.
const MOST_VALUES: usize = 1_000_000;

/// The alerting rules in `documents`, in their order. What is no rule is passed over.
pub(super) fn find_rules(documents: &[Value]) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut left = MOST_VALUES;
    for document in documents {
        search(document, DEEPEST, &mut left, &mut rules);
    }
    rules
}

fn search(value: &Value, depth: usize, left: &mut usize, rules: &mut Vec<Rule>) {
    if depth == 0 || *left == 0 {
        return;
    }
    *left -= 1;
    let groups = value.get("groups").map(Value::items).unwrap_or_default();
    for group in groups {
        let name = group.get("name").and_then(Value::to_text).unwrap_or_default();
        let listed = group.get("rules").map(Value::items).unwrap_or_default();
        *left = left.saturating_sub(listed.len());
        rules.extend(listed.iter().filter_map(|rule| read_rule(rule, &name)));
    }
    if groups.iter().any(|group| group.get("rules").is_some()) {
        return;
    }
    for entry in value.entries() {
        search(&entry.value, depth - 1, left, rules);
    }
    for item in value.items() {
        search(item, depth - 1, left, rules);
    }
}

fn read_rule(rule: &Value, group: &str) -> Option<Rule> {
    let alert = rule.get("alert")?;
    let name = alert.to_text()?.trim().to_owned();
    // A name that a template fills in is nobody's name yet.
    if name.is_empty() || name.contains("{{") || name.contains("[[") {
        return None;
    }
    let text =
        |key: &str| rule.get(key).and_then(Value::to_text).map(|text| text.trim().to_owned()).unwrap_or_default();
    let pairs = |key: &str| {
        let entries = rule.get(key).map(Value::entries).unwrap_or_default();
        entries.iter().map(|entry| (entry.key.to_string(), entry.value.clone())).collect()
    };
    Some(Rule {
        name,
        span: alert.span,
        group: group.to_owned(),
        expr: text("expr"),
        wait: text("for"),
        labels: pairs("labels"),
        annotations: pairs("annotations"),
    })
}

impl Rule {
    /// The value of a label, as text; empty when there is none.
    pub(super) fn label(&self, name: &str) -> String {
        find(&self.labels, name).and_then(Value::to_text).unwrap_or_default()
    }

    /// The value of the first annotation of one of `names`, as text; empty when there is none.
    pub(super) fn annotation(&self, names: &[&str]) -> String {
        let found = names.iter().find_map(|name| find(&self.annotations, name).and_then(Value::to_text));
        found.map(|text| text.trim().to_owned()).unwrap_or_default()
    }

    /// Where the runbook is, as written: an annotation, or a label.
    pub(super) fn runbook_url(&self) -> Option<(String, Span)> {
        let named = |(name, value): &(String, Value)| {
            let text = is_runbook_url(name).then(|| value.to_text()).flatten()?;
            (!text.trim().is_empty()).then(|| (text.trim().to_owned(), value.span))
        };
        self.annotations.iter().chain(&self.labels).find_map(named)
    }
}

/// Whether an annotation of this name says where the runbook is.
pub(super) fn is_runbook_url(name: &str) -> bool {
    matches!(name.to_lowercase().replace(['_', '-'], "").as_str(), "runbookurl" | "runbook" | "runbooklink")
}

fn find<'v>(pairs: &'v [(String, Value)], name: &str) -> Option<&'v Value> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}
