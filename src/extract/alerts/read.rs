//! A rule file -> its rules, by whichever reader fits: as YAML or JSON, as Jsonnet, or line by line where it is no YAML.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::rule::{Language, Rule};
use super::template::{self, is_filled_in};
use super::{jsonnet, values};
use crate::data;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceFile;

/// The rules of a file, and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct RuleFile {
    /// In the file's order.
    pub(super) rules: Vec<Rule>,
    pub(super) found: Diagnostics,
}

/// The rules of `file`, which is read once.
pub(super) fn rules_of(file: &SourceFile) -> Arc<RuleFile> {
    file.derived(read)
}

fn read(file: &SourceFile) -> RuleFile {
    if file.path().has_extension(&["jsonnet", "libsonnet"]) {
        return read_jsonnet(file);
    }
    let whole = 0..file.text().len();
    let (documents, mut found) = match file.path().has_extension(&["json"]) {
        true => {
            let (value, found) = data::read_json(file, whole.clone());
            (value.into_iter().collect(), found)
        }
        false => data::read_yaml(file, whole.clone()),
    };
    let is_template = first_directive(file).is_some();
    let (mut rules, inside) = values::find_rules(file, &documents, Language::PromQl);
    found.extend(inside);
    let broken = found.iter().find(|found| found.code == Code::InvalidYaml).and_then(|found| found.span);
    if let Some(place) = broken {
        // What is missing where a text breaks off is no further fault.
        found.retain(|found| found.code != Code::InvalidRule);
        let known: BTreeSet<u32> = rules.iter().map(|rule| rule.span.start).collect();
        // A document that breaks off may have kept half a rule: what stands before the last one is whole.
        let scanned = template::scan(file, whole);
        let is_new = |rule: &Rule| !known.contains(&rule.span.start) || rule.span.start >= place.start;
        match is_template {
            true => rules = scanned,
            false => rules.extend(scanned.into_iter().filter(is_new)),
        }
        if let Some(line) = first_directive(file) {
            found.retain(|found| found.code != Code::InvalidYaml);
            let note = format!("`{}` is a template: its rules are read line by line", file.path());
            let hint =
                "what is filled in is not known: names, severities and expressions are shown as they are written";
            let note = Diagnostic::new(Code::TemplatedRules, note, file.line_span(line));
            found.push(note.related(place, "it is no YAML here").hint(hint));
        }
    }
    let variables = template::variables(file.text());
    let rules = rules.into_iter().map(|rule| rule.rendered(&variables)).collect();
    RuleFile { rules, found }
}

fn read_jsonnet(file: &SourceFile) -> RuleFile {
    // That it is a program says its name: nobody has to be told that what it computes is not known.
    let (rules, found) = values::find_rules(file, &[jsonnet::read(file)], Language::Alike);
    RuleFile { rules, found }
}

/// The first line, counted from 1, that a template engine would take out or fill in.
fn first_directive(file: &SourceFile) -> Option<u32> {
    let is_directive = |line: &str| {
        let open = line.trim_start_matches(['"', '\'']);
        is_filled_in(line) && !(line.contains("$labels") || line.contains("$value")) || open.trim().starts_with("{%")
    };
    let line = file.text().lines().position(is_directive)?;
    u32::try_from(line + 1).ok()
}
