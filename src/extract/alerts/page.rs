//! The rules of one name in one file -> the alert's node and its links.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Rule, is_runbook_url};
use super::rule_file::About;
use super::runbook::{NamedRunbook, of_same_name, read_url};
use super::{ALERT, SECTION};
use crate::data::Value;
use crate::extract::wording::{slug, slug_path};
use crate::graph::{
    Block, Code, Fact, Facts, Field, Fragment, Home, Link, LinkIndex, Need, Node, NodeId, Prose, Relation, Target,
    escape,
};
use crate::source::{Interned, Span};

const SUMMARY: [&str; 2] = ["summary", "title"];
const DESCRIPTION: [&str; 2] = ["description", "message"];

/// Adds the alert that `rules` (one at least) are about to `fragment`.
pub(super) fn add_alert(rules: &[&Rule], about: &About, fragment: &mut Fragment) {
    let rule = rules[0];
    let name = &rule.name;
    let (id, route) = match about.shared.contains(name) {
        true => (format!("{}/{name}", about.qualifier), format!("{}/{}", slug_path(&about.qualifier), page_name(name))),
        false => (name.clone(), page_name(name)),
    };
    let id = NodeId::new("alert", &id);
    let mut node = Node::new(id, &ALERT, name, rule.span, Home::page(format!("{}/{route}/", SECTION.slug)));
    let described = || rules.iter().map(|rule| rule.annotation(&DESCRIPTION)).find(|text| !text.is_empty());
    let summary = rules.iter().map(|rule| rule.annotation(&SUMMARY)).find(|text| !text.is_empty());
    node.summary = summary.or_else(described).unwrap_or_default();
    node.facts = facts(rules);
    node.group.clone_from(&rule.group);
    let names = BTreeSet::from([name.clone(), slug(name)]);
    node.names = names.iter().filter(|name| *name != id.name()).map(|name| Interned::new(name)).collect();
    let mut page = Page { id, links: Vec::new(), body: Vec::new() };
    for (index, rule) in rules.iter().enumerate() {
        if rules.len() > 1 {
            page.heading(&variant(rule, index), &format!("rule-{}", index + 1), 2);
        }
        page.add_rule(rule, about, fragment, if rules.len() > 1 { 3 } else { 2 }, index);
    }
    page.link(of_same_name(name), Need::May, rule.span);
    node.body = page.body.into();
    fragment.links.extend(page.links);
    fragment.nodes.push(node);
}

/// An alert's name as part of an address: as it stands, but for what an address cannot hold.
fn page_name(name: &str) -> String {
    let kept = |character: char| if character.is_alphanumeric() || "-_.".contains(character) { character } else { '-' };
    name.chars().map(kept).collect::<String>().trim_matches(['-', '.']).to_owned()
}

/// How one of several rules differs from the others.
fn variant(rule: &Rule, index: usize) -> String {
    let parts =
        [rule.label("severity"), if rule.wait.is_empty() { String::new() } else { format!("for {}", rule.wait) }];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { format!("Rule {}", index + 1) } else { format!("Rule {}: {}", index + 1, parts.join(", ")) }
}

/// What all rules agree on, by name; and each rule on its own where there are several, with all their severities.
fn facts(rules: &[&Rule]) -> Facts {
    let stated = |rule: &Rule| {
        let runbook_url = rule.runbook_url().map(|(url, _)| url).unwrap_or_default();
        [
            ("severity", rule.label("severity")),
            ("expr", rule.expr.clone()),
            ("for", rule.wait.clone()),
            ("group", rule.group.clone()),
            ("runbook_url", runbook_url),
        ]
    };
    let first = stated(rules[0]);
    let others: Vec<_> = rules[1..].iter().map(|rule| stated(rule)).collect();
    let mut facts = Facts::new();
    for (index, (name, value)) in first.into_iter().enumerate() {
        if !value.is_empty() && others.iter().all(|other| other[index].1 == value) {
            facts.insert(name, value.into());
        }
    }
    if !others.is_empty() {
        let severities: Vec<String> = rules.iter().map(|rule| rule.label("severity")).collect();
        let distinct: BTreeSet<&String> = severities.iter().filter(|severity| !severity.is_empty()).collect();
        if distinct.len() > 1 {
            facts.insert(
                "severity",
                Fact::List(distinct.into_iter().map(|severity| severity.as_str().into()).collect()),
            );
        }
        let each = rules.iter().map(|rule| {
            let values = stated(rule).into_iter().filter(|(_, value)| !value.is_empty());
            Fact::Map(values.map(|(name, value)| (name.to_owned(), value.into())).collect::<BTreeMap<_, Fact>>())
        });
        facts.insert("rules", Fact::List(each.collect()));
    }
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

    /// A link that the alert states about its runbook.
    fn link(&mut self, target: Target, need: Need, span: Span) -> LinkIndex {
        let index = LinkIndex(u32::try_from(self.links.len()).unwrap_or(u32::MAX));
        self.links.push(Link { from: self.id, relation: Relation::Mitigates, target, span, need, flipped: true });
        index
    }

    fn add_rule(&mut self, rule: &Rule, about: &About, fragment: &mut Fragment, level: u8, index: usize) {
        let suffix = if level > 2 { format!("-{}", index + 1) } else { String::new() };
        for told in [rule.annotation(&SUMMARY), rule.annotation(&DESCRIPTION)] {
            if !told.is_empty() {
                self.body.push(Block::Prose(paragraphs(&told)));
            }
        }
        if let Some((url, span)) = rule.runbook_url() {
            self.add_runbook(&url, span, about, fragment);
        }
        if !rule.expr.is_empty() {
            self.heading("Expression", &format!("expression{suffix}"), level);
            let code = Code { language: "promql".to_owned(), text: rule.expr.clone(), title: String::new() };
            self.body.push(Block::Code(code));
        }
        // What stands above is not shown again.
        let told = |name: &str| SUMMARY.contains(&name) || DESCRIPTION.contains(&name) || is_runbook_url(name);
        self.add_table("Labels", &format!("labels{suffix}"), level, &rule.labels, |name| !is_runbook_url(name));
        self.add_table("Annotations", &format!("annotations{suffix}"), level, &rule.annotations, |name| !told(name));
    }

    fn add_runbook(&mut self, url: &str, span: Span, about: &About, fragment: &mut Fragment) {
        let NamedRunbook { targets, is_address, diagnostic } = read_url(url, span, about);
        fragment.diagnostics.extend(diagnostic);
        let indexes: Vec<LinkIndex> = targets.into_iter().map(|(target, need)| self.link(target, need, span)).collect();
        let mut prose = Prose::html("<p>Runbook: ");
        match indexes.first().filter(|_| is_address) {
            Some(index) => prose.push_link(*index, url),
            None => prose.append(Prose::html(format!("<code>{}</code>", escape(url)))),
        }
        prose.append(Prose::html("</p>"));
        self.body.push(Block::Prose(prose));
    }

    fn add_table(
        &mut self,
        words: &str,
        anchor: &str,
        level: u8,
        pairs: &[(String, Value)],
        shown: impl Fn(&str) -> bool,
    ) {
        let fields: Vec<Field> = pairs
            .iter()
            .filter(|(name, _)| shown(name))
            .filter_map(|(name, value)| {
                let text = value.to_text()?;
                Some(Field { name: name.clone(), description: paragraphs(text.trim()), ..Field::default() })
            })
            .collect();
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
