//! Dashboards of Grafana, as JSON.
//!
//! Enters: JSON files with panels (<https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/>),
//! as they are exported or inside of what an API takes (`{"dashboard": …}`). Leaves: one `dashboard` node for each, with its
//! panels, their queries, and the metrics that those use.

use std::sync::Arc;

use rayon::prelude::*;

use super::promql;
use super::wording::{qualifiers, slug, slug_path};
use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::data::{self, Value};
use crate::diagnostic::Diagnostics;
use crate::discover::{Outset, SourceTree};
use crate::graph::{
    Block, Code, Column, ColumnStyle, Fact, Fragment, Home, Kind, Link, LinkIndex, Need, Node, NodeId, Prose, Relation,
    Section, Target,
};
use crate::source::{Interned, Note, RepoPath, SourceFile, Span, stored};

static SECTION: Section = Section { slug: "dashboards", label: "Dashboards", icon: "alert", order: 37 };

static COLUMNS: [Column; 1] = [Column { label: "Tags", fact: "tags", style: ColumnStyle::Text }];

static DASHBOARD: Kind = Kind {
    name: "dashboard",
    label: "Dashboard",
    plural: "Dashboards",
    section: &SECTION,
    order: 0,
    scheme: "dashboard",
    list: Some(&COLUMNS),
    facet: "Dashboards",
};

static SPEC: ExtractorSpec =
    ExtractorSpec { name: "dashboards", version: 1, kinds: &[&DASHBOARD], contracts_from: &[] };

/// Panels lie in rows, and rows in dashboards; nothing lies deeper.
const DEEPEST: usize = 4;

/// Reads dashboards.
#[derive(Debug)]
pub(crate) struct Dashboards;

/// A panel with queries.
#[derive(Debug)]
struct Panel {
    title: String,
    description: String,
    queries: Vec<(String, Span)>,
}

/// A dashboard.
#[derive(Debug)]
pub(crate) struct Dashboard {
    title: String,
    span: Span,
    description: String,
    uid: String,
    tags: Vec<String>,
    panels: Vec<Panel>,
}

impl Extractor for Dashboards {
    /// Its name among the dashboards: `shop`, `payments/shop`.
    type About = String;
    type Scan = (Option<Dashboard>, Diagnostics);

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<String>> {
        let may_be = |path: RepoPath| {
            path.has_extension(&["json"]) && tree.of_head::<Start>(path).is_some_and(|start| start.may_be_of_dashboard)
        };
        let paths: Vec<RepoPath> = tree.files().filter(|path| options.admits(*path, || may_be(*path))).collect();
        let files: Vec<Arc<SourceFile>> =
            tree.sources(&paths).into_par_iter().filter(|file| file.noted::<Outlook>().is_dashboard).collect();
        let names = qualifiers(&files.iter().map(|file| file.path()).collect::<Vec<_>>());
        let input = |(file, about)| Input { files: vec![file], reason: "with panels of Grafana", about };
        files.into_iter().zip(names).map(input).collect()
    }

    fn scan(&self, file: &Arc<SourceFile>) -> (Option<Dashboard>, Diagnostics) {
        let (value, found) = data::read_json(file, 0..file.text().len());
        let dashboard =
            value.as_ref().and_then(|value| value.get("dashboard").or(Some(value))).map(|value| read(file, value));
        (dashboard, found)
    }

    fn extract(&self, input: &Input<String>, scans: &[Arc<(Option<Dashboard>, Diagnostics)>]) -> Fragment {
        let (dashboard, found) = &*scans[0];
        let mut fragment = Fragment { diagnostics: found.clone(), ..Fragment::default() };
        if let Some(dashboard) = dashboard {
            add_node(dashboard, &input.about, &mut fragment);
        }
        fragment
    }
}

/// Whether a file begins as dashboards do: with one of the keys that stand first in them, as Grafana writes them or as people do.
#[derive(PartialEq)]
struct Start {
    may_be_of_dashboard: bool,
}

/// Keys of dashboards, of those around them, and of what an export needs.
const KEYS: &[&str] = &[
    "__elements",
    "__inputs",
    "__requires",
    "annotations",
    "dashboard",
    "editable",
    "gnetId",
    "graphTooltip",
    "hideControls",
    "panels",
    "refresh",
    "rows",
    "schemaVersion",
    "sharedCrosshair",
    "style",
    "templating",
    "time",
    "timepicker",
    "timezone",
    "uid",
];

impl Outset for Start {
    const LENGTH: usize = 4 * 1024;

    fn of(head: &str) -> Self {
        let strings = head.split('"').skip(1).step_by(2);
        Self { may_be_of_dashboard: strings.into_iter().any(|string| KEYS.contains(&string)) }
    }
}

/// Whether a file is a dashboard, judged without parsing it.
#[derive(PartialEq)]
struct Outlook {
    is_dashboard: bool,
}

stored! { struct Outlook { is_dashboard } }

impl Note for Outlook {
    const NAME: &'static str = "outlook of a dashboard";

    fn of(file: &SourceFile) -> Self {
        let has = |key: &str| file.text().contains(key);
        let has_queries = has("\"targets\"") && (has("\"expr\"") || has("\"datasource\""));
        Self { is_dashboard: has("\"panels\"") && has_queries && (has("\"schemaVersion\"") || has("\"templating\"")) }
    }
}

fn read(file: &SourceFile, value: &Value) -> Dashboard {
    let title = value.get("title");
    let text = |key: &str| value.get(key).and_then(Value::to_text).unwrap_or_default();
    let mut panels = Vec::new();
    add_panels(value, DEEPEST, &mut panels);
    Dashboard {
        title: title.and_then(Value::to_text).map(|title| title.trim().to_owned()).unwrap_or_default(),
        span: title.map_or_else(|| file.span(0..0), |title| title.span),
        description: text("description"),
        uid: text("uid"),
        tags: value.get("tags").map(Value::items).unwrap_or_default().iter().filter_map(Value::to_text).collect(),
        panels,
    }
}

/// The panels in `panels`, `rows` and what is collapsed in them.
fn add_panels(value: &Value, depth: usize, panels: &mut Vec<Panel>) {
    let lists = ["panels", "rows"].iter().filter_map(|key| value.get(key)).flat_map(Value::items);
    for panel in lists {
        let text = |key: &str| panel.get(key).and_then(Value::to_text).unwrap_or_default();
        let targets = panel.get("targets").map(Value::items).unwrap_or_default();
        let query = |target: &Value| {
            let expr = target.get("expr")?;
            expr.to_text().filter(|text| !text.trim().is_empty()).map(|text| (text.trim().to_owned(), expr.span))
        };
        let queries: Vec<(String, Span)> = targets.iter().filter_map(query).collect();
        if !queries.is_empty() {
            panels.push(Panel { title: text("title"), description: text("description"), queries });
        }
        if depth > 0 {
            add_panels(panel, depth - 1, panels);
        }
    }
}

fn add_node(dashboard: &Dashboard, name: &str, fragment: &mut Fragment) {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let title = if dashboard.title.is_empty() { stem } else { &dashboard.title };
    let name = slug_path(name);
    let id = NodeId::new("dashboard", &name);
    let home = Home::page(format!("{}/{name}/", SECTION.slug));
    let mut node = Node::new(id, &DASHBOARD, title, dashboard.span, home);
    node.summary.clone_from(&dashboard.description);
    node.names = [slug(title), dashboard.uid.clone()]
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| Interned::new(name))
        .collect();
    let mut metrics = std::collections::BTreeMap::new();
    let mut body = Vec::new();
    for (number, panel) in (1..).zip(&dashboard.panels) {
        let words = if panel.title.is_empty() { format!("Panel {number}") } else { panel.title.clone() };
        body.push(Block::Heading { level: 2, anchor: format!("panel-{number}"), content: Prose::text(&words) });
        if !panel.description.is_empty() {
            let mut prose = Prose::html("<p>");
            prose.push_text(&panel.description);
            prose.append(Prose::html("</p>"));
            body.push(Block::Prose(prose));
        }
        for (query, span) in &panel.queries {
            body.push(Block::Code(Code { language: "promql".to_owned(), text: query.clone(), title: String::new() }));
            for metric in promql::read(query).unwrap_or_default().metrics {
                metrics.entry(metric.as_str()).or_insert(*span);
            }
        }
    }
    if dashboard.panels.is_empty() {
        body.push(Block::Prose(Prose::html("<p>No panel of it has a query that can be read.</p>")));
    }
    if !metrics.is_empty() {
        body.push(Block::Heading { level: 2, anchor: "metrics".to_owned(), content: Prose::text("Metrics") });
        let mut prose = Prose::html("<ul>");
        for (index, (metric, span)) in (0..).zip(&metrics) {
            let target = Target::Named { scheme: Interned::new("metric"), text: (*metric).to_owned() };
            let (relation, need) = (Relation::RefersTo, Need::May);
            fragment.links.push(Link { from: id, relation, target, span: *span, need, flipped: false });
            prose.append(Prose::html("<li><code>"));
            prose.push_link(LinkIndex(index), metric);
            prose.append(Prose::html("</code></li>"));
        }
        prose.append(Prose::html("</ul>"));
        body.push(Block::Prose(prose));
        node.facts.insert("metrics", Fact::List(metrics.into_keys().map(Into::into).collect()));
    }
    if !dashboard.tags.is_empty() {
        node.facts.insert("tags", dashboard.tags.clone().into());
    }
    node.body = body.into();
    fragment.nodes.push(node);
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Dashboards);
    }
}
