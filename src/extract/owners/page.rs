//! Entities and owners -> the nodes that stand for them.

use super::Mentioned;
use super::catalog::Entity;
use super::kind;
use super::name::Owner;
use crate::extract::wording::{slug, slug_path};
use crate::graph::{Block, Fact, Fragment, Home, Kind, Node, NodeId, Prose};
use crate::markdown::{self, Dialect, FirstHeading};
use crate::source::{Interned, MappedText, Span};

/// Adds the page of `entity`; a team or a person is called by `owner` as well, and named by `patterns`.
pub(super) fn add_entity(entity: &Entity, owner: Option<&Owner>, patterns: &[(&str, usize)], fragment: &mut Fragment) {
    let Some(id) = entity.name.id() else { return };
    let kind = kind::of_scheme(id.scheme());
    let mut node = Node::new(id, kind, &entity.title, entity.span, home(kind, id));
    for (name, value) in &entity.facts {
        node.facts.insert(name, value.as_str().into());
    }
    if !entity.tags.is_empty() {
        node.facts.insert("tags", Fact::from(entity.tags.clone()));
    }
    node.names = vec![Interned::new(&entity.title)];
    call(&mut node, owner);
    let text = entity.description.as_ref().map(|(text, span)| describe(id, text, *span, fragment));
    let (summary, mut blocks) = text.unwrap_or_default();
    node.summary = summary;
    blocks.extend(files(patterns));
    node.body = blocks.into();
    fragment.nodes.push(node);
}

/// Adds the page of an owner that no catalog describes.
pub(super) fn add_owner(mentioned: &Mentioned, patterns: &[(&str, usize)], fragment: &mut Fragment) {
    let Mentioned { owner, span } = mentioned;
    let id = owner.id();
    let kind = kind::of_scheme(id.scheme());
    let mut node = Node::new(id, kind, owner.title(), *span, home(kind, id));
    call(&mut node, Some(owner));
    node.body = files(patterns).into();
    fragment.nodes.push(node);
}

/// Which patterns name an owner, each with the number of files that hold to it.
fn files(patterns: &[(&str, usize)]) -> Vec<Block> {
    if patterns.is_empty() {
        return Vec::new();
    }
    let mut list = Prose::html("<table><thead><tr><th>Pattern</th><th>Files</th></tr></thead><tbody>");
    for (pattern, count) in patterns {
        list.html.push_str("<tr><td><code>");
        list.push_text(pattern);
        list.html.push_str(&format!("</code></td><td>{count}</td></tr>"));
    }
    list.html.push_str("</tbody></table>");
    let heading = Block::Heading { level: 2, anchor: "files".to_owned(), content: Prose::text("Files") };
    vec![heading, Block::Prose(list)]
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
