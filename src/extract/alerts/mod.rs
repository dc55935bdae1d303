//! Alerts: the alerting rules of Prometheus and of what reads its rule files.
//!
//! Enters: YAML files with groups of rules, as they are or as `PrometheusRule` objects. Leaves: one `alert` node for
//! each file and name, and the links by which it names its runbook.

mod page;
mod rule;
mod rule_file;
mod runbook;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::rule::Rule;
use self::rule_file::About;
use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::data;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::SourceTree;
use crate::graph::{Column, ColumnStyle, Fragment, Kind, Section};
use crate::source::SourceFile;

static SECTION: Section = Section { slug: "alerts", label: "Alerts", icon: "alert", order: 35 };

static COLUMNS: [Column; 3] = [
    Column { label: "Severity", fact: "severity", style: ColumnStyle::Badge },
    Column { label: "Group", fact: "group", style: ColumnStyle::Text },
    Column { label: "Runbook", fact: "mitigated by", style: ColumnStyle::Related },
];

static ALERT: Kind = Kind {
    name: "alert",
    label: "Alert",
    plural: "Alerts",
    section: &SECTION,
    order: 0,
    scheme: "alert",
    list: Some(&COLUMNS),
    facet: "Alerts",
};

static SPEC: ExtractorSpec = ExtractorSpec { name: "alerts", version: 1, kinds: &[&ALERT], contracts_from: &[] };

/// Reads alerting rules.
#[derive(Debug)]
pub(crate) struct Alerts;

impl Extractor for Alerts {
    type About = About;
    type Scan = (Vec<Rule>, Diagnostics);

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        rule_file::find_rule_files(tree, options)
    }

    fn scan(&self, file: &Arc<SourceFile>) -> (Vec<Rule>, Diagnostics) {
        let (documents, found) = data::read_yaml(file, 0..file.text().len());
        let broken = found.iter().find(|found| found.code == Code::InvalidYaml).and_then(|found| found.span);
        // What a template's directives leave of a rule is not what will be deployed.
        if let Some(place) = broken
            && let Some(line) = first_directive(file)
        {
            let note = Diagnostic::new(
                Code::TemplatedRules,
                format!("the alerts in `{}` are not shown: it is a template", file.path()),
                file.line_span(line),
            );
            let note =
                note.related(place, "it is no YAML here").hint("document the rules as the template renders them");
            return (Vec::new(), vec![note]);
        }
        (rule::find_rules(&documents), found)
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<(Vec<Rule>, Diagnostics)>]) -> Fragment {
        let (rules, found) = &*scans[0];
        let mut fragment = Fragment { diagnostics: found.clone(), ..Fragment::default() };
        let mut by_name: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
        for rule in rules {
            by_name.entry(&rule.name).or_default().push(rule);
        }
        let mut alerts: Vec<Vec<&Rule>> = by_name.into_values().collect();
        alerts.sort_by_key(|rules| rules[0].span);
        for rules in alerts {
            page::add_alert(&rules, &input.about, &mut fragment);
        }
        fragment
    }
}

/// The first line, counted from 1, that a template engine would take out or fill in.
fn first_directive(file: &SourceFile) -> Option<u32> {
    let line = file.text().lines().position(|line| line.contains("{{"))?;
    u32::try_from(line + 1).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Alerts);
    }
}
