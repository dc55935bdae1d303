//! Alerts: the alerting and recording rules of Prometheus, Loki and of what reads their rule files.
//!
//! Enters: files with rules, in YAML, JSON or Jsonnet, as they are or as templates for them. Leaves: one `alert` or
//! `recording-rule` node for each file and name, with the metrics that it uses, and the links by which an alert names its
//! runbook.
//!
//! | module | |
//! |---|---|
//! | `rule_file` | the tree -> which files hold rules |
//! | `read` | a file -> its rules, by whichever reader fits |
//! | `values` | values of YAML, JSON, Jsonnet -> rules |
//! | `jsonnet` | Jsonnet -> values |
//! | `template` | lines of a template -> rules |
//! | `page` | rules of one name -> a node |

mod jsonnet;
mod page;
mod read;
mod rule;
mod rule_file;
mod template;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::read::RuleFile;
use self::rule::{Purpose, Rule};
use self::rule_file::About;
use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::graph::{Column, ColumnStyle, Fragment, Kind, Section};
use crate::source::SourceFile;

static SECTION: Section = Section { slug: "alerts", label: "Alerts", icon: "alert", order: 35 };

static COLUMNS: [Column; 3] = [
    Column { label: "Severity", fact: "severity", style: ColumnStyle::Badge },
    Column { label: "Group", fact: "group", style: ColumnStyle::Text },
    Column { label: "Runbook", fact: "mitigated by", style: ColumnStyle::RelatedOrAt("runbook_url") },
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

static RECORDED_COLUMNS: [Column; 2] = [
    Column { label: "Group", fact: "group", style: ColumnStyle::Text },
    Column { label: "Used by", fact: "referred to by", style: ColumnStyle::Related },
];

static RECORDING_RULE: Kind = Kind {
    name: "recording-rule",
    label: "Recording rule",
    plural: "Recording rules",
    section: &SECTION,
    order: 1,
    scheme: "record",
    list: Some(&RECORDED_COLUMNS),
    facet: "Alerts",
};

static SPEC: ExtractorSpec =
    ExtractorSpec { name: "alerts", version: 2, kinds: &[&ALERT, &RECORDING_RULE], contracts_from: &[] };

/// Reads alerting and recording rules.
#[derive(Debug)]
pub(crate) struct Alerts;

impl Extractor for Alerts {
    type About = About;
    type Scan = Arc<RuleFile>;

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        rule_file::find_rule_files(tree, options)
    }

    fn scan(&self, file: &Arc<SourceFile>) -> Arc<RuleFile> {
        read::rules_of(file)
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<Arc<RuleFile>>]) -> Fragment {
        let RuleFile { rules, found } = &**scans[0];
        let mut fragment = Fragment { diagnostics: found.clone(), ..Fragment::default() };
        let mut by_name: BTreeMap<(bool, &str), Vec<&Rule>> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| rule.is_named()) {
            by_name.entry((rule.purpose == Purpose::Alert, &rule.name)).or_default().push(rule);
        }
        let mut named: Vec<Vec<&Rule>> = by_name.into_values().collect();
        named.sort_by_key(|rules| rules[0].span);
        for rules in named {
            page::add_node(&rules, &input.about, &mut fragment);
        }
        fragment
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Alerts);
    }
}
