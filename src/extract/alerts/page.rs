//! The rules of one name in one file -> a node and its links.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Language, Pair, Purpose, Rule, is_runbook};
use super::rule_file::About;
use super::{ALERT, RECORDING_RULE, SECTION};
use crate::diagnostic::{self, Diagnostic};
use crate::extract::promql::{self, Query, Unread};
use crate::extract::wording::{slug, slug_path};
use crate::graph::{
    Block, Code, Fact, Facts, Field, Fragment, Home, Link, LinkIndex, Need, Node, NodeId, Prose, Relation, Target,
    escape,
};
use crate::source::{Interned, Span};

const SUMMARY: [&str; 2] = ["summary", "title"];
const DESCRIPTION: [&str; 2] = ["description", "message"];

/// Adds the alert or recording rule that `rules` (one at least) are about to `fragment`.
pub(super) fn add_node(rules: &[&Rule], about: &About, fragment: &mut Fragment) {
    let rule = rules[0];
    let name = &rule.name;
    let is_alert = rule.purpose == Purpose::Alert;
    let kind = if is_alert { &ALERT } else { &RECORDING_RULE };
    let (id, route) = match about.shared.contains(name) {
        true => (format!("{}/{name}", about.qualifier), format!("{}/{}", slug_path(&about.qualifier), page_name(name))),
        false => (name.clone(), page_name(name)),
    };
    let id = NodeId::new(kind.scheme, &id);
    let folder = if is_alert { "" } else { "recorded/" };
    let mut node = Node::new(id, kind, name, rule.span, Home::page(format!("{}/{folder}{route}/", SECTION.slug)));
    let told = |names: &[&str]| {
        let texts = rules.iter().map(|rule| rule.annotation(names));
        texts.map(str::to_owned).find(|text| !text.is_empty())
    };
    node.summary = told(&SUMMARY).or_else(|| told(&DESCRIPTION)).unwrap_or_default();
    let queries: Vec<Query> = rules.iter().map(|rule| query(rule, fragment)).collect();
    node.facts = facts(rules, &queries);
    node.group.clone_from(&rule.group);
    let names = BTreeSet::from([name.clone(), slug(name)]);
    node.names = names.iter().filter(|name| *name != id.name()).map(|name| Interned::new(name)).collect();
    let mut page = Page { id, links: Vec::new(), body: Vec::new() };
    for (index, (rule, query)) in rules.iter().zip(&queries).enumerate() {
        if rules.len() > 1 {
            page.heading(&variant(rule, index), &format!("rule-{}", index + 1), 2);
        }
        page.add_rule(rule, query, if rules.len() > 1 { 3 } else { 2 }, index);
    }
    if is_alert {
        page.link("runbook-of", name, Relation::Mitigates, Need::May, rule.span);
    }
    node.body = page.body.into();
    fragment.links.extend(page.links);
    fragment.nodes.push(node);
}

/// What the expression of `rule` says; what is wrong with it goes into `fragment`.
fn query(rule: &Rule, fragment: &mut Fragment) -> Query {
    if rule.expr.is_empty() {
        return Query::default();
    }
    let problem = match promql::read(&rule.expr) {
        Ok(query) => return query,
        Err(Unread::Invalid(reason)) if rule.language == Language::PromQl => {
            // What goes into a text of another language is written for that.
            if let Ok(query) = promql::read(&rule.expr.replace("\\\"", "\"")) {
                return query;
            }
            format!("the expression of `{}` is no PromQL: {reason}", rule.name)
        }
        Err(Unread::TooLarge) => format!("the expression of `{}` is too large to be read", rule.name),
        Err(Unread::Invalid(_) | Unread::Other) => return Query::default(),
    };
    let problem = Diagnostic::new(diagnostic::Code::InvalidPromql, problem, rule.expr_span)
        .hint("it is shown as it is written; which metrics it uses is not known");
    fragment.diagnostics.push(problem);
    Query::default()
}

/// A name as part of an address: as it stands, but for what an address cannot hold.
fn page_name(name: &str) -> String {
    let kept = |character: char| if character.is_alphanumeric() || "-_.".contains(character) { character } else { '-' };
    name.chars().map(kept).collect::<String>().trim_matches(['-', '.']).to_owned()
}

/// How one of several rules differs from the others.
fn variant(rule: &Rule, index: usize) -> String {
    let wait = if rule.wait.is_empty() { String::new() } else { format!("for {}", rule.wait) };
    let parts: Vec<&str> = [rule.label("severity"), &wait].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { format!("Rule {}", index + 1) } else { format!("Rule {}: {}", index + 1, parts.join(", ")) }
}

/// What all rules agree on, by name; and each rule on its own where there are several, with all their severities. Metrics and
/// labels are those of all rules.
fn facts(rules: &[&Rule], queries: &[Query]) -> Facts {
    let stated = |(rule, query): (&&Rule, &Query)| {
        let runbook = rule.runbook().map(|pair| pair.text.trim().to_owned()).unwrap_or_default();
        [
            ("severity", rule.label("severity").to_owned()),
            ("expr", rule.expr.clone()),
            ("threshold", query.threshold.clone()),
            ("for", rule.wait.clone()),
            ("group", rule.group.clone()),
            ("runbook_url", runbook),
        ]
    };
    let all: Vec<_> = rules.iter().zip(queries).map(stated).collect();
    let mut facts = Facts::new();
    for (index, (name, value)) in all[0].iter().enumerate() {
        if !value.is_empty() && all.iter().all(|other| other[index].1 == *value) {
            facts.insert(name, value.clone().into());
        }
    }
    if all.len() > 1 {
        let distinct: BTreeSet<&str> = rules.iter().map(|rule| rule.label("severity")).collect();
        let distinct: Vec<Fact> =
            distinct.into_iter().filter(|severity| !severity.is_empty()).map(Into::into).collect();
        if distinct.len() > 1 {
            facts.insert("severity", Fact::List(distinct));
        }
        let each = all.iter().map(|values| {
            let values = values.iter().filter(|(_, value)| !value.is_empty());
            Fact::Map(
                values.map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect::<BTreeMap<_, Fact>>(),
            )
        });
        facts.insert("rules", Fact::List(each.collect()));
    }
    let mut list = |name: &'static str, of: fn(&Query) -> &Vec<Interned>| {
        let names: BTreeSet<&str> = queries.iter().flat_map(of).map(|name| name.as_str()).collect();
        if !names.is_empty() {
            facts.insert(name, Fact::List(names.into_iter().map(Into::into).collect()));
        }
    };
    list("metrics", |query| &query.metrics);
    list("labels", |query| &query.labels);
    facts
}

struct Page {
    id: NodeId,
    links: Vec<Link>,
    body: Vec<Block>,
}

impl Page {
    fn heading(&mut self, words: &str, anchor: &str, level: u8) {
        self.body.push(Block::Heading { level, anchor: anchor.to_owned(), content: Prose::text(words) });
    }

    fn link(&mut self, scheme: &str, text: &str, relation: Relation, need: Need, span: Span) -> LinkIndex {
        let index = LinkIndex(u32::try_from(self.links.len()).unwrap_or(u32::MAX));
        let target = Target::Named { scheme: Interned::new(scheme), text: text.to_owned() };
        // What an alert says of its runbook is stated by the one that is mitigated.
        let flipped = relation == Relation::Mitigates;
        self.links.push(Link { from: self.id, relation, target, span, need, flipped });
        index
    }

    fn add_rule(&mut self, rule: &Rule, query: &Query, level: u8, index: usize) {
        let suffix = if level > 2 { format!("-{}", index + 1) } else { String::new() };
        for told in [rule.annotation(&SUMMARY), rule.annotation(&DESCRIPTION)] {
            if !told.is_empty() {
                self.body.push(Block::Prose(paragraphs(told)));
            }
        }
        if let Some(pair) = rule.runbook().filter(|_| rule.purpose == Purpose::Alert) {
            self.add_runbook(pair);
        }
        if !rule.expr.is_empty() {
            self.heading("Expression", &format!("expression{suffix}"), level);
            let code = Code { language: "promql".to_owned(), text: rule.expr.clone(), title: String::new() };
            self.body.push(Block::Code(code));
        }
        // Of a single rule the head of the page says so.
        if level > 2 && !query.threshold.is_empty() {
            let wait =
                if rule.wait.is_empty() { String::new() } else { format!(" for <code>{}</code>", escape(&rule.wait)) };
            let threshold = escape(&query.threshold);
            self.body.push(Block::Prose(Prose::html(format!("<p>Fires when <code>{threshold}</code>{wait}.</p>"))));
        }
        if rule.expr.is_empty() {
            self.body.push(Block::Prose(Prose::html("<p>The rule has no expression that can be read.</p>")));
        }
        self.add_metrics(query, rule.expr_span, &format!("metrics{suffix}"), level);
        // What stands above is not shown again.
        let told = |name: &str| SUMMARY.contains(&name) || DESCRIPTION.contains(&name) || is_runbook(name);
        self.add_table("Labels", &format!("labels{suffix}"), level, &rule.labels, |name| !is_runbook(name));
        self.add_table("Annotations", &format!("annotations{suffix}"), level, &rule.annotations, |name| !told(name));
    }

    fn add_runbook(&mut self, pair: &Pair) {
        let written = pair.text.trim();
        let index = self.link("runbook-url", written, Relation::Mitigates, Need::Must, pair.span);
        let mut prose = Prose::html("<p>Runbook: ");
        prose.push_link(index, written);
        prose.append(Prose::html("</p>"));
        self.body.push(Block::Prose(prose));
    }

    /// The metrics of an expression, each with a link to the rule that records it or the code that emits it.
    fn add_metrics(&mut self, query: &Query, span: Span, anchor: &str, level: u8) {
        if query.metrics.is_empty() {
            return;
        }
        self.heading("Metrics", anchor, level);
        let mut prose = Prose::html("<ul>");
        for metric in &query.metrics {
            let index = self.link("metric", metric.as_str(), Relation::RefersTo, Need::May, span);
            prose.append(Prose::html("<li><code>"));
            prose.push_link(index, metric.as_str());
            prose.append(Prose::html("</code></li>"));
        }
        prose.append(Prose::html("</ul>"));
        self.body.push(Block::Prose(prose));
    }

    fn add_table(&mut self, words: &str, anchor: &str, level: u8, pairs: &[Pair], shown: impl Fn(&str) -> bool) {
        let field = |pair: &Pair| Field {
            name: pair.name.clone(),
            description: paragraphs(pair.text.trim()),
            ..Field::default()
        };
        let fields: Vec<Field> = pairs.iter().filter(|pair| shown(&pair.name)).map(field).collect();
        if !fields.is_empty() {
            self.heading(words, anchor, level);
            self.body.push(Block::Fields(fields));
        }
    }
}

/// `text` as paragraphs, line by line, with the parts that the alert manager fills in as code.
fn paragraphs(text: &str) -> Prose {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let html: Vec<String> = blocks
        .map(|block| {
            let lines: Vec<String> = block.lines().map(|line| with_templates(line.trim())).collect();
            format!("<p>{}</p>", lines.join("<br>\n"))
        })
        .collect();
    Prose::html(html.join("\n"))
}

fn with_templates(line: &str) -> String {
    let mut html = String::new();
    let mut rest = line;
    while let Some(open) = rest.find("{{") {
        let Some(length) = rest[open..].find("}}") else { break };
        let end = open + length + 2;
        html.push_str(&escape(&rest[..open]));
        html.push_str(&format!("<code>{}</code>", escape(&rest[open..end])));
        rest = &rest[end..];
    }
    html + &escape(rest)
}
