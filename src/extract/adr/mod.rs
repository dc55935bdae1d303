//! Decisions: architecture decision records, RFCs and their like, as Markdown or AsciiDoc.
//!
//! Enters: the files of a repository's decision logs. Leaves: one `adr` node for each record, with what it states about
//! itself, its text as the page, and its relations to other records.
//!
//! Forms: Michael Nygard's (adr-tools), MADR 2 to 4, log4brains, and RFC or KEP folders; facts are read from front matter,
//! from lines like `* Status: accepted`, from tables and from sections.

mod find_date;
mod find_relations;
mod find_status;
mod findings;
mod given;
mod history;
mod likeness;
mod listed;
mod log;
mod name;
mod outline;
mod place;
mod record;
mod relation;
mod series;
mod statement;
mod status;
mod status_words;
mod supersede;

use std::sync::Arc;

pub(crate) use self::supersede::{NamedRecord, superseded_text, superseding_text};

use self::log::About;
use self::name::is_own;
use self::record::Record;
use self::relation::{RecordTarget, StatedIn};
use super::front_matter::{self, FrontMatter};
use super::{Extractor, ExtractorSpec, Input, asciidoc};
use crate::config::ExtractorOptions;
use crate::data;
use crate::discover::SourceTree;
use crate::graph::{Column, ColumnStyle, Fragment, Home, Kind, Link, Need, Node, NodeId, Section, Target};
use crate::markdown::{self, Dialect, FirstHeading, WrittenLink};
use crate::source::{Interned, MappedText, SourceFile, Span};

static SECTION: Section = Section { slug: "adr", label: "Decisions", icon: "decision", order: 20 };

static COLUMNS: [Column; 5] = [
    Column { label: "Number", fact: "number", style: ColumnStyle::Number },
    Column { label: "Status", fact: "status", style: ColumnStyle::Badge },
    Column { label: "Date", fact: "date", style: ColumnStyle::Text },
    Column { label: "Tags", fact: "tags", style: ColumnStyle::Tags },
    Column { label: "Superseded by", fact: "superseded by", style: ColumnStyle::Related },
];

static DECISION: Kind = Kind {
    name: "adr",
    label: "Decision",
    plural: "Decisions",
    section: &SECTION,
    order: 0,
    scheme: "adr",
    list: Some(&COLUMNS),
    facet: "Decisions",
};

static SPEC: ExtractorSpec = ExtractorSpec { name: "adr", version: 6, kinds: &[&DECISION], contracts_from: &[] };

/// Reads decisions.
#[derive(Debug)]
pub(crate) struct Decisions;

impl Extractor for Decisions {
    type About = About;
    type Scan = ();

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        log::find_records(tree, options)
    }

    fn scan(&self, _file: &Arc<SourceFile>) {}

    fn extract(&self, input: &Input<About>, _scans: &[Arc<()>]) -> Fragment {
        let (file, about) = (&input.files[0], &input.about);
        let (text, front_matter) = read_text(file);
        let mut fragment = Fragment { diagnostics: front_matter.diagnostics.clone(), ..Fragment::default() };
        let beside = input.files.get(1);
        let aside = beside.and_then(|beside| {
            let (documents, found) = data::read_yaml(beside, 0..beside.text().len());
            fragment.diagnostics.extend(found);
            documents.into_iter().next()
        });
        let record = record::read_record(text.text(), &front_matter, aside.as_ref(), &about.name, about.slashes);
        let id = NodeId::new("adr", &about.id);
        let options = markdown::Options {
            schemes: super::schemes(),
            dialect: Dialect::Page,
            first_heading: if record.heading.is_some() { FirstHeading::IsTitle } else { FirstHeading::IsHeading },
            top_level: 2,
            anchor_prefix: "",
            first_link: 0,
        };
        let document = markdown::read(&body_text(&text, front_matter.end, &record), &options);
        let read_title = |(words, _): (String, _)| name::read_title(&words, about.name.number).0;
        let title = document.title.map(read_title).filter(|title| !title.is_empty());
        fragment.links = links(&text, beside.map(|beside| &**beside), about, &record, id, document.links);
        fragment.diagnostics.extend(document.diagnostics);
        fragment.diagnostics.extend(findings::conflicting_status(&text, &record));
        fragment.diagnostics.extend(findings::other_number(&text, about, &record));
        let mut node = decision(&text, about, &record, id);
        node.title = title.unwrap_or(node.title);
        if let Some(paragraph) = record.paragraph.clone() {
            let options = markdown::Options { dialect: Dialect::Description, ..options };
            let mut words = MappedText::new();
            words.push_part(&text, paragraph);
            node.summary = markdown::read(&words, &options).summary;
        }
        node.body = document.body.into();
        fragment.nodes.push(node);
        fragment
    }
}

fn is_asciidoc(file: &SourceFile) -> bool {
    file.path().has_extension(asciidoc::EXTENSIONS)
}

/// The text of `file` as Markdown, and what is given before it as data.
fn read_text(file: &SourceFile) -> (MappedText, FrontMatter) {
    if is_asciidoc(file) {
        return asciidoc::read(file);
    }
    (MappedText::of_file(file), front_matter::read(file))
}

/// The text behind the front matter with its title first, as a heading of the first level: whatever it was and wherever
/// it stood, it leaves the body and leaves its anchor there.
fn body_text(text: &MappedText, start: usize, record: &Record) -> MappedText {
    let end = text.text().len();
    let mut body = MappedText::new();
    let Some(heading) = record.heading.clone() else {
        body.push_part(text, start..end);
        return body;
    };
    body.push(&format!("# {}\n\n", record.heading_words), text.span(heading.clone()));
    for range in [start..heading.start, heading.end..end] {
        body.push_part(text, range);
    }
    body
}

fn decision(text: &MappedText, about: &About, record: &Record, id: NodeId) -> Node {
    let span = record.heading.clone().map_or_else(|| Span::start_of(text.file()), |heading| text.span(heading));
    let title = if record.title.is_empty() { about.stem.clone() } else { record.title.clone() };
    let mut node = Node::new(id, &DECISION, title, span, Home::page(format!("{}/{}/", SECTION.slug, about.route)));
    let number = about.name.number.or(record.number).or(record.given_number);
    if let Some(number) = number {
        node.facts.insert("number", i64::from(number).into());
        node.order = Some(i64::from(number));
    } else if let Some(date) = &about.name.date {
        node.order = date.replace('-', "").parse().ok();
    }
    if let Some(stated) = record.statuses.first() {
        node.facts.insert("status", stated.status.as_str().into());
        if let Some(words) = status::further_words(stated) {
            node.facts.insert("status_text", words.into());
        }
    }
    if let Some(date) = &record.date {
        node.facts.insert("date", date.as_str().into());
    }
    for (name, listed) in [("deciders", &record.deciders), ("tags", &record.tags)] {
        if !listed.is_empty() {
            node.facts.insert(name, listed.clone().into());
        }
    }
    node.facts.insert("log", about.log.as_str().into());
    node.group.clone_from(&about.group);
    node.names = names(about, number);
    node
}

/// What references may call the record: its number in any form, its stem, and both within its log.
fn names(about: &About, number: Option<u32>) -> Vec<Interned> {
    let mut names = vec![about.stem.clone(), scoped(about, &about.stem)];
    if let Some(number) = number {
        let label = about.label.as_deref().unwrap_or("adr");
        let of_label = [format!("{label}-{number}"), format!("{label}-{number:04}")];
        if is_own(label) {
            names.extend(of_label);
            // "ADR-F7" of F007.
            names.extend(["", "adr-"].map(|before| scoped(about, &format!("{before}{label}-{number}"))));
            if !about.shares_number {
                names.extend([number.to_string(), format!("{number:04}")]);
                names.extend([format!("adr-{number}"), format!("adr-{number:04}"), scoped(about, &number.to_string())]);
            }
        } else {
            names.extend([number.to_string(), format!("{number:04}")]);
            names.extend(of_label);
            names.push(scoped(about, &number.to_string()));
        }
    }
    names.iter().filter(|name| **name != about.id).map(|name| Interned::new(name)).collect()
}

/// A name that means a record of the same log, whatever other logs there are.
fn scoped(about: &About, name: &str) -> String {
    format!("{}/{name}", about.log)
}

/// The links of the text, in its order, and then the relations that no link of the text states.
fn links(
    text: &MappedText,
    beside: Option<&SourceFile>,
    about: &About,
    record: &Record,
    id: NodeId,
    written: Vec<WrittenLink>,
) -> Vec<Link> {
    let mut links: Vec<Link> = written
        .into_iter()
        .map(|link| {
            let target = published_number(&link.target, about).unwrap_or(link.target);
            WrittenLink { target, ..link }.mention(id)
        })
        .collect();
    let mut places: Vec<(usize, usize)> =
        links.iter().enumerate().map(|(i, link)| (link.span.range().start, i)).collect();
    places.sort_unstable();
    for stated in &record.relations {
        // The page of a record on the published log is that record.
        let by_address = relation::record_at_address(&stated.target);
        let is_ours = match &stated.target {
            RecordTarget::Name { label: Some(label), .. } => !is_own(label) || about.label.as_ref() == Some(label),
            _ => true,
        };
        // What is no log by name may mean the records of one that is.
        let sure = stated.sure && by_address.is_none() && is_ours && about.label.is_some();
        let target = by_address.as_ref().unwrap_or(&stated.target);
        let named = named_target(target, about);
        let span = match (&stated.place, beside) {
            (StatedIn::Text(range), _) => text.span(range.clone()),
            (StatedIn::Aside(range), Some(beside)) => beside.span(range.clone()),
            (StatedIn::Aside(_), None) => continue,
        };
        // An address behind "[RFC 1974]" may be its discussion; the relation is to the record.
        let same = |link: &Link| {
            !matches!(target, RecordTarget::Name { .. }) || named.as_ref().is_some_and(|named| *named == link.target)
        };
        let first = places.partition_point(|&(start, _)| start < span.range().start);
        let written = places.get(first).map(|&(_, index)| index).filter(|&index| {
            let link = links[index].span;
            link.file == span.file && link.range().end <= span.range().end
        });
        // A file on a forge may be one of this repository, whichever its log is.
        let is_file = by_address.is_some() && is_on_forge(&stated.target);
        let stating = written.filter(|&index| is_file || same(&links[index]));
        if let Some(index) = stating {
            links[index].relation = stated.relation;
            links[index].flipped = stated.flipped;
        }
        if let Some(target) = named.filter(|_| is_file || stating.is_none()) {
            let need = if sure { Need::Must } else { Need::May };
            links.push(Link { from: id, relation: stated.relation, target, span, need, flipped: stated.flipped });
        }
    }
    links
}

fn is_on_forge(target: &RecordTarget) -> bool {
    matches!(target, RecordTarget::Address(address) if address.contains("/blob/") || address.contains("/tree/"))
}

/// A record of this log by its address on a published site, `/adr/18`: the folder's name and the number.
fn published_number(target: &Target, about: &About) -> Option<Target> {
    let Target::Named { scheme, text } = target else { return None };
    let path = (scheme.as_str() == "path").then_some(text.as_str())?.strip_prefix('/')?;
    let (path, anchor) = path.split_once('#').map_or((path, ""), |(path, anchor)| (path, anchor));
    let (folder, number) = path.trim_end_matches('/').rsplit_once('/')?;
    let number: u32 = number.parse().ok()?;
    let own = folder.rsplit('/').next().is_some_and(|folder| folder.eq_ignore_ascii_case(about.log.file_name()));
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    let text = format!("{}{anchor}", scoped(about, &number.to_string()));
    own.then(|| Target::Named { scheme: Interned::new("adr"), text })
}

/// How a record that is named without a link of the text is looked up. `None` for the record itself, and for a number
/// of another kind of log ("RFC 44" among ADRs), which is not to be found here.
fn named_target(target: &RecordTarget, about: &About) -> Option<Target> {
    let (scheme, text) = match target {
        RecordTarget::Path(path) => ("path", path.clone()),
        RecordTarget::Address(address) => (address.split(':').next().unwrap_or("https"), address.clone()),
        RecordTarget::Name { label, name } => {
            let own = about.name.number.is_some_and(|number| *name == number.to_string());
            // "BE-7" among records that are called so, and "FE-7", which may be of the same log.
            if let Some(label) = label.as_deref().filter(|label| is_own(label)) {
                let is_itself = own && about.label.as_deref() == Some(label.strip_prefix("adr-").unwrap_or(label));
                return (!is_itself).then(|| named("adr", scoped(about, &format!("{label}-{name}"))));
            }
            let ours = |label: &String| {
                let own = about.label.as_deref();
                label == "decision" || label == "adr" && own.is_some_and(is_own) || own.is_none_or(|own| own == label)
            };
            let foreign = !label.as_ref().is_none_or(ours);
            if foreign || own {
                return None;
            }
            ("adr", scoped(about, name))
        }
    };
    Some(named(scheme, text))
}

fn named(scheme: &str, text: String) -> Target {
    Target::Named { scheme: Interned::new(scheme), text }
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Decisions);
    }
}
