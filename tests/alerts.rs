//! Real alerts, labelled by hand, and the runbooks that they must lead to: `tests/alerts/README.md` says how to read the table.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use livedoc::config::{ExtractorOptions, Forge, Project};
use livedoc::graph::{Fact, Node, Relation, edges};
use livedoc::pipeline::{Analysis, Earlier, Silent, analyse};
use livedoc::source::RepoPath;

/// One line of the table.
struct Row<'t> {
    file: &'t str,
    form: &'t str,
    alert: &'t str,
    severity: &'t str,
    wait: &'t str,
    group: &'t str,
    runbook_url: &'t str,
    expected: &'t str,
}

fn table(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/alerts").join(name)).unwrap()
}

fn cells(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect())
}

#[test]
fn alerts_lead_to_their_runbooks() {
    let (alerts, repositories) = (table("alerts.tsv"), table("repositories.tsv"));
    let mut rows: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for cells in cells(&alerts) {
        let [repository, file, form, alert, severity, wait, group, runbook_url, expected] = cells[..] else {
            panic!("{cells:?}")
        };
        let row = Row { file, form, alert, severity, wait, group, runbook_url, expected };
        rows.entry(repository).or_default().push(row);
    }
    let (mut count, mut wrong) = (0, Vec::new());
    for cells in cells(&repositories) {
        let [repository, forge, base, folder] = cells[..] else { panic!("{cells:?}") };
        let rows = &rows[repository];
        let sandbox = tempfile::tempdir().unwrap();
        let root = match std::env::var_os("LIVEDOC_ALERTS_ORIGINALS") {
            Some(originals) => PathBuf::from(originals).join(repository.replace('/', "+")),
            None => {
                write_repository(sandbox.path(), rows);
                sandbox.path().to_path_buf()
            }
        };
        let mut project = Project::unconfigured(root.canonicalize().unwrap());
        let (url, revision) = (forge.to_owned(), "0123456789abcdef".to_owned());
        project.forge = Some(Forge { url, revision, folder: RepoPath::root() });
        if !base.is_empty() {
            let runbook_bases = vec![(base.to_owned(), RepoPath::new(folder).unwrap())];
            let options = ExtractorOptions { runbook_bases, ..ExtractorOptions::default() };
            project.extractors.insert("alerts".to_owned(), options);
        }
        let analysis = analyse(&project, Earlier::NOTHING, &Silent);
        count += rows.len();
        wrong.extend(judge(&analysis, rows).into_iter().map(|problem| format!("{repository}: {problem}")));
    }
    assert!(count >= 400, "{count} alerts");
    // Of the originals one in fifty may be read otherwise; of what is made of the facts alone, none.
    let allowed = if std::env::var_os("LIVEDOC_ALERTS_ORIGINALS").is_some() { count / 50 } else { 0 };
    assert!(wrong.len() <= allowed, "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is not as the table has it.
fn judge(analysis: &Analysis, rows: &[Row<'_>]) -> Vec<String> {
    let graph = &analysis.resolved.graph;
    let alerts: BTreeMap<(&str, &str), &Node> = graph
        .nodes()
        .filter(|node| node.kind.name == "alert")
        .map(|node| ((node.span.file.as_str(), node.title.as_str()), node))
        .collect();
    let mut runbooks: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for edge in edges(&analysis.resolved).into_iter().filter(|edge| edge.relation == Relation::Mitigates) {
        let (Some(runbook), Some(alert)) = (graph.node(edge.from), graph.node(edge.to)) else { continue };
        let place = edge.anchor.map(|anchor| format!("#{}", fold(anchor.as_str()))).unwrap_or_default();
        let led = runbooks.entry((alert.span.file.as_str(), alert.title.as_str())).or_default();
        led.insert(format!("{}{place}", runbook.span.file));
    }
    let mut expected: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let page = match row.expected {
            "external" | "templated" | "-" => None,
            missing if missing.starts_with('!') => None,
            found => match found.split_once('#') {
                Some((page, place)) if place.starts_with('!') => Some(page.to_owned()),
                Some((page, place)) => Some(format!("{page}#{}", fold(place))),
                None => Some(found.to_owned()),
            },
        };
        expected.entry((row.file, row.alert)).or_default().extend(page);
    }
    for pages in expected.values_mut() {
        // A page as a whole is not said beside places on it.
        let places: BTreeSet<String> =
            pages.iter().filter_map(|page| Some(page.split_once('#')?.0.to_owned())).collect();
        pages.retain(|page| !places.contains(page));
    }
    let mut wrong = Vec::new();
    for row in rows {
        let key = (row.file, row.alert);
        let Some(node) = alerts.get(&key) else {
            wrong.push(format!("{key:?} is not there"));
            continue;
        };
        for (fact, value) in [("severity", row.severity), ("for", row.wait), ("group", row.group)] {
            if !states(node, fact, value) {
                wrong.push(format!("{key:?} has another {fact} than {value:?}: {:?}", node.facts));
            }
        }
        let led = runbooks.remove(&key).unwrap_or_default();
        if led != expected[&key] {
            wrong.push(format!("{key:?}, {:?} leads to {led:?}, not to {}", row.runbook_url, row.expected));
        }
        runbooks.insert(key, led);
        if row.expected.contains('!') && !is_found(analysis, row) {
            wrong.push(format!("{key:?}: nobody says that {} is missing", row.expected));
        }
    }
    wrong
}

/// Whether a finding in the file says what is missing.
fn is_found(analysis: &Analysis, row: &Row<'_>) -> bool {
    let (code, missing) = match row.expected.split_once("#!") {
        Some((_, place)) => ("broken-anchor", place),
        None => ("runbook-not-found", row.expected.trim_start_matches('!')),
    };
    analysis.diagnostics.iter().any(|found| {
        let is_here = found.span.is_some_and(|span| span.file.as_str() == row.file);
        is_here && found.code.name() == code && fold(&found.message).contains(&fold(missing))
    })
}

/// Whether the alert, or one of its rules, states `value`.
fn states(node: &Node, name: &str, value: &str) -> bool {
    let says = |fact: Option<&Fact>| match fact {
        Some(Fact::Text(text)) => text == value,
        Some(Fact::List(values)) => values.iter().any(|one| *one == Fact::from(value)),
        _ => value.is_empty(),
    };
    let of_rule = |rule: &Fact| matches!(rule, Fact::Map(facts) if says(facts.get(name)));
    let rules = match node.facts.get("rules") {
        Some(Fact::List(rules)) => rules.as_slice(),
        _ => &[],
    };
    says(node.facts.get(name)) || rules.iter().any(of_rule)
}

fn fold(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A repository in which what `rows` say holds.
fn write_repository(root: &Path, rows: &[Row<'_>]) {
    let mut files: BTreeMap<&str, Vec<&Row<'_>>> = BTreeMap::new();
    let mut pages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        files.entry(row.file).or_default().push(row);
        if matches!(row.expected, "external" | "templated" | "-") || row.expected.starts_with('!') {
            continue;
        }
        let (page, place) = row.expected.split_once('#').unwrap_or((row.expected, ""));
        pages.entry(page).or_default().insert(place);
    }
    for (file, rows) in files {
        let text = match rows[0].form {
            "jsonnet" => jsonnet(&rows),
            "template" => template(&rows),
            form => yaml(&rows, form == "object"),
        };
        write(root, file, &text);
    }
    for (page, places) in pages {
        let mut text = format!("# {page}\n\n## Impact\n\nSome.\n\n## Mitigation\n\nWhat to do.\n");
        for place in places.into_iter().filter(|place| !place.is_empty() && !place.starts_with('!')) {
            write!(text, "\n## {}\n\nThis.\n", place.replace('-', " ")).unwrap();
        }
        write(root, page, &text);
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Runs of rows that stand in one group.
fn groups<'r>(rows: &'r [&'r Row<'r>]) -> impl Iterator<Item = &'r [&'r Row<'r>]> {
    rows.chunk_by(|left, right| left.group == right.group)
}

fn yaml(rows: &[&Row<'_>], is_object: bool) -> String {
    let mut text = String::new();
    let indent = if is_object { "  " } else { "" };
    if is_object {
        text.push_str("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: rules\nspec:\n");
    }
    writeln!(text, "{indent}groups:").unwrap();
    for rows in groups(rows) {
        writeln!(text, "{indent}- name: {}\n{indent}  rules:", quoted(rows[0].group)).unwrap();
        for row in rows {
            writeln!(text, "{indent}  - alert: {}\n{indent}    expr: |\n{indent}      up == 0", quoted(row.alert))
                .unwrap();
            for (key, value) in [("for", row.wait)].into_iter().filter(|(_, value)| !value.is_empty()) {
                writeln!(text, "{indent}    {key}: {}", quoted(value)).unwrap();
            }
            if !row.severity.is_empty() {
                writeln!(text, "{indent}    labels:\n{indent}      severity: {}", quoted(row.severity)).unwrap();
            }
            if !row.runbook_url.is_empty() {
                let url = quoted(row.runbook_url);
                writeln!(text, "{indent}    annotations:\n{indent}      runbook_url: {url}").unwrap();
            }
        }
    }
    text
}

/// As charts have it: directives on lines of their own, values that are filled in, some with a default.
fn template(rows: &[&Row<'_>]) -> String {
    let mut text =
        "{{- if .Values.rules.create }}\nkind: PrometheusRule\nmetadata:\n  labels:\n{{ toYaml .Values.labels | \
                    indent 4 }}\nspec:\n  groups:\n"
            .to_owned();
    for rows in groups(rows) {
        writeln!(text, "  - name: {}\n    rules:", rows[0].group).unwrap();
        for row in rows {
            writeln!(text, "{{{{- if not (.Values.disabled.{} | default false) }}}}", row.alert).unwrap();
            writeln!(text, "    - alert: {}\n      annotations:", row.alert).unwrap();
            writeln!(text, "        {{{{- if not (hasKey $more \"summary\") }}}}").unwrap();
            writeln!(text, "        summary: '{{{{`{{{{`}}}} $labels.job {{{{`}}}}`}}}} is down.'").unwrap();
            if !row.runbook_url.is_empty() {
                writeln!(text, "        runbook_url: {}", row.runbook_url).unwrap();
            }
            writeln!(text, "        {{{{- end }}}}\n      expr: up{{job=\"{{{{ .Values.job }}}}\"}} == 0").unwrap();
            let default = |key: &str, value: &str| {
                format!("{{{{ dig \"{}\" \"{key}\" \"{value}\" .Values.custom }}}}", row.alert)
            };
            let written =
                |key: &str, value: &str| if value.contains("{{") { value.to_owned() } else { default(key, value) };
            if !row.wait.is_empty() {
                writeln!(text, "      for: {}", written("for", row.wait)).unwrap();
            }
            if !row.severity.is_empty() {
                writeln!(text, "      labels:\n        severity: {}", written("severity", row.severity)).unwrap();
            }
            text.push_str("{{- end }}\n");
        }
    }
    text + "{{- end }}\n"
}

fn jsonnet(rows: &[&Row<'_>]) -> String {
    let mut text = "local utils = import 'utils.libsonnet';\n{\n  prometheusAlerts+:: {\n    groups+: [\n".to_owned();
    for rows in groups(rows) {
        writeln!(text, "      {{\n        name: {},\n        rules: [", quoted(rows[0].group)).unwrap();
        for row in rows {
            writeln!(text, "          {{\n            alert: {},", quoted(row.alert)).unwrap();
            text.push_str("            expr: |||\n              up{%(selector)s} == 0\n            ||| % $._config,\n");
            if !row.wait.is_empty() {
                writeln!(text, "            'for': {},", quoted(row.wait)).unwrap();
            }
            if !row.severity.is_empty() {
                writeln!(text, "            labels: {{ severity: {} }},", quoted(row.severity)).unwrap();
            }
            if !row.runbook_url.is_empty() {
                writeln!(text, "            annotations+: {{ runbook_url: {} }},", quoted(row.runbook_url)).unwrap();
            }
            text.push_str("          },\n");
        }
        text.push_str("        ],\n      },\n");
    }
    text + "    ],\n  },\n}\n"
}
