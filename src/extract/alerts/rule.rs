//! One rule of a rule file, whatever it was written in.

use super::template::{is_filled_in, rendered};
use crate::source::{Span, folded};

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It fires.
    Alert,
    /// It keeps the result of an expression as a metric.
    Recording,
}

/// The language of a rule's expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Of Prometheus; whatever cannot be read as such is worth a finding.
    PromQl,
    /// PromQL, or something that reads like it: of another database, or filled in by a template.
    Alike,
}

/// An alerting or recording rule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(super) purpose: Purpose,
    /// The alert's name, or the metric's.
    pub(super) name: String,
    /// Where the name stands.
    pub(super) span: Span,
    /// The name of its group; empty for none.
    pub(super) group: String,
    pub(super) expr: String,
    /// Where the expression stands.
    pub(super) expr_span: Span,
    pub(super) language: Language,
    /// How long the expression must hold; empty when not stated.
    pub(super) wait: String,
    pub(super) labels: Vec<Pair>,
    pub(super) annotations: Vec<Pair>,
}

/// A label or an annotation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) span: Span,
}

impl Rule {
    /// Whether somebody can call it by its name: what a template or a reader fills in is nobody's name yet.
    pub(super) fn is_named(&self) -> bool {
        !self.name.is_empty() && !is_filled_in(&self.name) && !self.name.starts_with('<')
    }

    /// The value of a label; empty when there is none.
    pub(super) fn label(&self, name: &str) -> &str {
        self.labels.iter().find(|pair| pair.name == name).map_or("", |pair| &pair.text)
    }

    /// The value of the first annotation of one of `names`; empty when there is none.
    pub(super) fn annotation(&self, names: &[&str]) -> &str {
        let named = |name: &&str| self.annotations.iter().find(|pair| pair.name == *name);
        names.iter().find_map(named).map_or("", |pair| pair.text.trim())
    }

    /// Where the runbook is, as written: an annotation, or a label. One that is called an address comes before others.
    pub(super) fn runbook(&self) -> Option<&Pair> {
        let pairs = || self.annotations.iter().chain(&self.labels).filter(|pair| !pair.text.trim().is_empty());
        let rank = |pair: &&Pair| runbook_names().position(|name| name == folded(&pair.name));
        pairs().filter(|pair| rank(pair).is_some()).min_by_key(rank)
    }

    /// With what a template leaves as it stands in place of what it fills in.
    pub(super) fn rendered(mut self, variables: &[(&str, &str)]) -> Self {
        let fill = |text: &mut String| {
            if is_filled_in(text) {
                *text = rendered(text, variables);
            }
        };
        [&mut self.name, &mut self.group, &mut self.expr, &mut self.wait].into_iter().for_each(fill);
        self.labels.iter_mut().chain(&mut self.annotations).for_each(|pair| fill(&mut pair.text));
        self
    }
}

/// The names under which rules say where their runbook is, without separators and case; the clearest first.
fn runbook_names() -> impl Iterator<Item = &'static str> {
    let names = [
        "runbookurl",
        "runbook",
        "runbooklink",
        "runbookuri",
        "runbookpath",
        "runbookurls",
        "runbooks",
        "playbookurl",
        "playbook",
        "playbooklink",
        "sopurl",
        "sop",
        "sops",
    ];
    names.into_iter()
}

/// Whether an annotation of this name says where the runbook is.
pub(super) fn is_runbook(name: &str) -> bool {
    let name = folded(name);
    runbook_names().any(|known| known == name)
}
