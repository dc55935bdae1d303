//! Runbooks: what to do when something fails, as Markdown.
//!
//! Enters: the Markdown files in folders for runbooks. Leaves: one `runbook` node for each, with what its front matter
//! states, its parts and steps, and its `mitigates` links to the alerts that it names.

mod folder;
mod sections;
mod steps;

use std::sync::Arc;

use self::folder::About;
use super::front_matter::{self, FrontMatter};
use super::wording::title_of_words;
use super::{Extractor, ExtractorSpec, Input, review};
use crate::config::ExtractorOptions;
use crate::data::Value;
use crate::discover::SourceTree;
use crate::graph::{
    Column, ColumnStyle, Facts, Fragment, Home, Kind, Link, Need, Node, NodeId, Relation, Section, Target,
};
use crate::markdown::{self, Dialect, FirstHeading};
use crate::source::{Interned, MappedText, SourceFile, folded};

static SECTION: Section = Section { slug: "runbooks", label: "Runbooks", icon: "runbook", order: 30 };

static COLUMNS: [Column; 3] = [
    Column { label: "Severity", fact: "severity", style: ColumnStyle::Badge },
    Column { label: "Owner", fact: "owner", style: ColumnStyle::Text },
    Column { label: "Alerts", fact: "mitigates", style: ColumnStyle::Related },
];

static RUNBOOK: Kind = Kind {
    name: "runbook",
    label: "Runbook",
    plural: "Runbooks",
    section: &SECTION,
    order: 0,
    scheme: "runbook",
    list: Some(&COLUMNS),
    facet: "Runbooks",
};

static SPEC: ExtractorSpec = ExtractorSpec { name: "runbooks", version: 4, kinds: &[&RUNBOOK], contracts_from: &[] };

/// Reads runbooks.
#[derive(Debug)]
pub(crate) struct Runbooks;

impl Extractor for Runbooks {
    type About = About;
    type Scan = ();

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        folder::find_runbooks(tree, options)
    }

    fn scan(&self, _file: &Arc<SourceFile>) {}

    fn extract(&self, input: &Input<About>, _scans: &[Arc<()>]) -> Fragment {
        let (file, about) = (&input.files[0], &input.about);
        let front_matter = front_matter::read(file);
        let options = markdown::Options {
            schemes: super::schemes(),
            dialect: Dialect::Page,
            first_heading: FirstHeading::IsTitle,
            top_level: 2,
            anchor_prefix: "",
            first_link: 0,
        };
        let document = markdown::read(&MappedText::of_range(file, front_matter.end..file.text().len()), &options);
        let id = NodeId::new("runbook", &about.id);
        let stated = || front_matter.values.as_ref()?.get("title")?.to_text();
        let (title, span) = match document.title {
            Some((title, span)) => (title, span),
            None => (stated().unwrap_or_else(|| title_of_words(file.path().stem())), file.span(0..0)),
        };
        let mut node = Node::new(id, &RUNBOOK, title, span, Home::page(format!("{}/{}/", SECTION.slug, about.route)));
        node.summary = document.summary;
        node.facts = facts(&front_matter);
        let (mut body, parts) = sections::name_parts(document.body);
        steps::mark_steps(&mut body);
        node.body = body.into();
        if !parts.is_empty() {
            node.facts.insert("sections", parts.into());
        }
        node.group.clone_from(&about.group);
        node.order = front_matter.values.as_ref().and_then(|values| values.get("weight")?.as_integer());
        node.names = names(file, about);
        let mut links: Vec<Link> = document.links.into_iter().map(|link| link.mention(id)).collect();
        links.extend(mitigated(&front_matter, id));
        let diagnostics = front_matter.diagnostics.into_iter().chain(document.diagnostics).collect();
        Fragment { nodes: vec![node], links, diagnostics, ..Fragment::default() }
    }
}

/// The names by which references and alerts find it: the file's as it stands, below its folder, and with nothing but
/// letters and digits, as the addresses of published runbooks have it.
fn names(file: &SourceFile, about: &About) -> Vec<Interned> {
    let stem = file.path().stem();
    let mut names = vec![stem.to_owned(), about.route.clone(), folded(stem)];
    names.sort_unstable();
    names.dedup();
    names.iter().filter(|name| **name != about.id && !name.is_empty()).map(|name| Interned::new(name)).collect()
}

fn facts(front_matter: &FrontMatter) -> Facts {
    let mut facts = Facts::new();
    let find = |names: &[&str]| names.iter().find_map(|name| front_matter.values.as_ref()?.get(name));
    let text = |names: &[&str]| find(names).and_then(Value::to_text).filter(|text| !text.trim().is_empty());
    if let Some(severity) = text(&["severity", "priority"]) {
        facts.insert("severity", severity.to_lowercase().into());
    }
    let services: Vec<String> =
        ["services", "service"].iter().filter_map(|name| find(&[name])).flat_map(texts).collect();
    if !services.is_empty() {
        facts.insert("services", services.into());
    }
    if let Some(owner) = text(&["owner", "owners", "team", "owner_slack"]) {
        facts.insert("owner", owner.into());
    }
    review::insert(&mut facts, text(review::REVIEWED).as_deref(), text(review::INTERVAL).as_deref());
    facts
}

/// A text, or those of a list.
fn texts(value: &Value) -> Vec<String> {
    let one = std::iter::once(value).chain(value.items());
    let texts = one.filter_map(Value::to_text).flat_map(|text| text.split(',').map(str::to_owned).collect::<Vec<_>>());
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The alerts that the front matter names, as one or as a list.
fn mitigated(front_matter: &FrontMatter, id: NodeId) -> Vec<Link> {
    let values = ["alerts", "alert"].iter().filter_map(|name| front_matter.values.as_ref()?.get(name));
    let named = values.flat_map(|value| std::iter::once(value).chain(value.items()));
    let links = named.filter_map(|value| {
        let name = value.as_str()?.trim();
        let name = name.strip_prefix("alert:").unwrap_or(name);
        (!name.is_empty()).then(|| Link {
            from: id,
            relation: Relation::Mitigates,
            target: Target::Named { scheme: Interned::new("alert"), text: name.to_owned() },
            span: value.span,
            need: Need::Must,
            flipped: false,
        })
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Runbooks);
    }
}
