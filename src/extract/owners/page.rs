//! Entities and owners -> the nodes that stand for them.

use super::catalog::Entity;
use super::kind;
use super::name::Owner;
use super::said::{Line, Mentioned, at};
use crate::extract::wording::{slug, slug_path};
use crate::graph::{Block, Fact, Fragment, Home, Kind, Link, LinkIndex, Need, Node, NodeId, Prose, Relation, Target};
use crate::markdown::{self, Dialect, FirstHeading};
use crate::source::{Interned, MappedText, RepoPath, Span};

/// What is known of an entity beside what it says itself.
pub(super) struct Known<'a> {
    /// What the forge calls the team or the person.
    pub(super) owner: Option<&'a Owner>,
    /// The lines of CODEOWNERS that name it.
    pub(super) lines: &'a [Line<'a>],
    /// The first page of its documents.
    pub(super) documents: Option<RepoPath>,
    /// What it names and the repository does not have.
    pub(super) elsewhere: &'a [(&'static str, &'a str)],
}

/// Adds the page of `entity`, which is called `id`.
pub(super) fn add_entity(entity: &Entity, id: NodeId, known: &Known<'_>, fragment: &mut Fragment) {
    let kind = kind::of_scheme(id.scheme());
    let mut node = Node::new(id, kind, &entity.title, entity.span, home(kind, id));
    for (name, value) in &entity.facts {
        node.facts.insert(name, value.as_str().into());
    }
    if !entity.tags.is_empty() {
        node.facts.insert("tags", Fact::from(entity.tags.clone()));
    }
    node.names = vec![Interned::new(&entity.title)];
    call(&mut node, known.owner);
    let text = entity.description.as_ref().map(|(text, span)| describe(id, text, *span, fragment));
    let (summary, mut blocks) = text.unwrap_or_default();
    node.summary = summary;
    let documents = known.documents.zip(entity.documents.as_ref());
    let documents = documents.map(|(path, (_, span))| ("Documentation", at(path), *span));
    let others = entity.links.iter().map(|way| (way.title.as_str(), web(&way.address), way.span));
    blocks.extend(ways(id, documents.into_iter().chain(others), fragment));
    blocks.extend(elsewhere(known.elsewhere));
    blocks.extend(files(known.lines));
    node.body = blocks.into();
    fragment.nodes.push(node);
}

/// Adds the page of an owner that no catalog describes.
pub(super) fn add_owner(mentioned: &Mentioned, lines: &[Line<'_>], fragment: &mut Fragment) {
    let Mentioned { owner, span } = mentioned;
    let id = owner.id();
    let kind = kind::of_scheme(id.scheme());
    let mut node = Node::new(id, kind, owner.title(), *span, home(kind, id));
    call(&mut node, Some(owner));
    node.body = files(lines).into();
    fragment.nodes.push(node);
}

fn web(address: &str) -> Target {
    let scheme = Interned::new(address.split(':').next().unwrap_or_default());
    Target::Named { scheme, text: address.to_owned() }
}

/// A list of `links` behind those that the entity called `id` has stated.
fn ways<'a>(id: NodeId, links: impl Iterator<Item = (&'a str, Target, Span)>, fragment: &mut Fragment) -> Vec<Block> {
    let stated = fragment.links.iter().filter(|link| link.from == id).count();
    let mut list = Prose::html("<ul>");
    for (place, (title, target, span)) in (stated..).zip(links) {
        list.html.push_str("<li>");
        list.push_link(LinkIndex(u32::try_from(place).unwrap_or(u32::MAX)), title);
        list.html.push_str("</li>");
        let (relation, need) = (Relation::Mentions, Need::May);
        fragment.links.push(Link { from: id, relation, target, span, need, flipped: false });
    }
    if list.slots.is_empty() {
        return Vec::new();
    }
    list.html.push_str("</ul>");
    vec![heading("entity-links", "Links"), Block::Prose(list)]
}

/// What an entity names and the repository does not have.
fn elsewhere(names: &[(&'static str, &str)]) -> Vec<Block> {
    if names.is_empty() {
        return Vec::new();
    }
    let mut list = Prose::html("<ul>");
    for group in names.chunk_by(|left, right| left.0 == right.0) {
        list.html.push_str("<li>");
        list.push_text(group[0].0);
        for (place, (_, name)) in group.iter().enumerate() {
            list.html.push_str(if place == 0 { ": <code>" } else { ", <code>" });
            list.push_text(name);
            list.html.push_str("</code>");
        }
        list.html.push_str("</li>");
    }
    list.html.push_str("</ul>");
    vec![heading("not-described", "Not described in this repository"), Block::Prose(list)]
}

/// Which patterns name an owner, each with the number of files that hold to it, and its section where there are any.
fn files(lines: &[Line<'_>]) -> Vec<Block> {
    if lines.is_empty() {
        return Vec::new();
    }
    let has_sections = lines.iter().any(|line| !line.section.is_empty());
    let column = if has_sections { "<th>Section</th>" } else { "" };
    let mut list = Prose::html(format!("<table><thead><tr><th>Pattern</th>{column}<th>Files</th></tr></thead><tbody>"));
    for Line { pattern, section, files } in lines {
        list.html.push_str("<tr><td><code>");
        list.push_text(pattern);
        list.html.push_str("</code></td>");
        if has_sections {
            list.html.push_str("<td>");
            list.push_text(section);
            list.html.push_str("</td>");
        }
        list.html.push_str(&format!("<td>{files}</td></tr>"));
    }
    list.html.push_str("</tbody></table>");
    vec![heading("files", "Files"), Block::Prose(list)]
}

fn heading(anchor: &str, text: &str) -> Block {
    Block::Heading { level: 2, anchor: anchor.to_owned(), content: Prose::text(text) }
}

fn home(kind: &Kind, id: NodeId) -> Home {
    let name = slug_path(id.name());
    let name = if name.is_empty() { slug(id.as_str()) } else { name };
    Home::page(format!("{}/{}/{name}/", kind.section.slug, slug(kind.plural)))
}

/// Lets references find `node` by what the forge calls it.
fn call(node: &mut Node, owner: Option<&Owner>) {
    if let Some(handle) = owner.map(|owner| owner.handle.as_str()).filter(|handle| !handle.is_empty()) {
        node.facts.insert("handle", handle.into());
        node.names.extend([handle, handle.trim_start_matches('@')].map(Interned::new));
    }
    let own = node.id.name();
    node.names.retain(|name| name.as_str() != own);
    node.names.sort_unstable();
    node.names.dedup();
}

/// The summary and the blocks of a description.
fn describe(id: NodeId, text: &str, span: Span, fragment: &mut Fragment) -> (String, Vec<Block>) {
    let options = markdown::Options {
        schemes: crate::extract::schemes(),
        dialect: Dialect::Description,
        first_heading: FirstHeading::IsHeading,
        top_level: 2,
        anchor_prefix: "",
        first_link: 0,
    };
    let document = markdown::read(&MappedText::at(text, span), &options);
    fragment.diagnostics.extend(document.diagnostics);
    fragment.links.extend(document.links.into_iter().map(|link| link.mention(id)));
    (document.summary, document.body)
}
