//! The page of a tag: what it is about, and the calls that have it.

use super::call::Call;
use super::directory;
use super::grouping::Grouping;
use super::kind::{OPERATION, TAG};
use super::operation::more;
use super::page::{Context, Page};
use crate::data::Value;
use crate::graph::{Fact, Fragment, Home, Node, Prose};
use crate::source::Interned;

/// Adds the node of the tag at `place` to `fragment`.
pub(super) fn add<'d>(
    context: &'d Context<'d>,
    grouping: &Grouping<'d>,
    place: usize,
    calls: &[Call<'d>],
    fragment: &mut Fragment,
) {
    let document = context.document;
    let tag = &grouping.tags[place];
    let mut node = Node::new(tag.id, &TAG, &*tag.label, tag.span, Home::page(tag.route.clone()));
    node.parent = Some(tag.above.map_or(document.id(), |above| grouping.tags[above].id));
    node.group.clone_from(&tag.group);
    node.order = Some(i64::try_from(place).unwrap_or(i64::MAX));
    // A short name could be that of an operation or schema as well.
    if tag.label != tag.name {
        node.names = vec![Interned::new(&format!("{}/tags/{}", document.name, tag.label))];
    }
    node.facts.insert("tag", Fact::from(tag.name));
    if let Some(kind) = tag.declared.and_then(|tag| tag.get("kind")).and_then(Value::as_str) {
        node.facts.insert("kind", Fact::from(kind));
    }

    let mut page = Page::new(context, tag.id);
    if let Some(declared) = tag.declared {
        node.summary = page.markdown(declared.get("description"), 2);
        more(&mut page, declared);
    }
    let parts = grouping.parts(place);
    if !parts.is_empty() {
        page.heading(2, "Tags");
        directory::of_tags(&mut page, grouping, &parts);
    }
    let own = || tag.calls.iter().map(|&call| &calls[call]);
    let is_operation = |call: &&Call<'d>| std::ptr::eq(call.kind, &OPERATION);
    let of_operations = own().any(|call| is_operation(&call));
    let of_webhooks = own().any(|call| !is_operation(&call));
    for (heading, exist, operations) in [("Operations", of_operations, true), ("Webhooks", of_webhooks, false)] {
        if exist {
            page.heading(2, heading);
            let calls = own().filter(|call| is_operation(call) == operations);
            directory::of_calls(&mut page, calls, None, true);
        }
    }
    if tag.calls.is_empty() && parts.is_empty() {
        page.prose(Prose::html("<p>No operation has this tag.</p>"));
    }
    page.finish(node, fragment);
}
