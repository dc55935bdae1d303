//! The page of a named schema.

use super::content::example_of;
use super::document::{Named, reference_of};
use super::fields::{Rows, marks};
use super::kind::SCHEMA;
use super::notes::notes;
use super::operation::more;
use super::page::{Context, Page};
use super::route::Routes;
use super::shape::{shape, types};
use crate::data::{Data, Value};
use crate::graph::{Block, Fact, Field, Fragment, Home, Node, Relation};
use crate::source::Interned;

/// Adds the node of the specification's schema number `index` to `fragment`.
pub(super) fn add<'d>(
    context: &'d Context<'d>,
    index: usize,
    order: i64,
    routes: &mut Routes,
    fragment: &mut Fragment,
) {
    let document = context.document;
    let entry = document.schemas[index];
    let named = Named::Own(index);
    let id = document.schema_id(named);
    let route = routes.take(&format!("schemas/{}", entry.key.replace('/', "-")));
    let mut node = Node::new(id, &SCHEMA, &*entry.key, entry.key_span, Home::page(route));
    node.parent = Some(document.id());
    "Schemas".clone_into(&mut node.group);
    node.order = Some(order);
    node.names = vec![Interned::new(&entry.key), Interned::new(&format!("{}/{}", document.name, entry.key))];

    let mut page = Page::new(context, id);
    // A schema may only say that it is another one; the other one's page says the rest.
    let (other, _) = document.schema(&entry.value);
    let value = if other.is_some_and(|other| other != named) { &entry.value } else { document.follow(&entry.value) };
    if let Some(stated) = value.get("type") {
        let fact = match stated.data {
            Data::List(_) => Fact::from(types(value)),
            _ => Fact::from(stated.to_text().unwrap_or_default()),
        };
        node.facts.insert("type", fact);
    }
    node.summary = page.markdown(value.get("description"), 2);
    if let Some(title) = value.get("title").and_then(Value::as_str)
        && node.summary.is_empty()
        && title != &*entry.key
    {
        title.trim().clone_into(&mut node.summary);
    }
    more(&mut page, value);
    let mut rows = Rows::of_schema(named);
    let kind = shape(&mut page, value, Some(Relation::RefersTo));
    let marks = marks(&entry.value, value);
    let notes = notes_without_example(value);
    let overview = Field { name: entry.key.to_string(), kind, marks, notes, ..Field::default() };
    let fields = rows.of_own(&mut page, value);
    if fields.is_empty() || !overview.notes.is_empty() || !overview.marks.is_empty() || !is_plain_object(value) {
        page.body.push(Block::Fields(vec![overview]));
    }
    if !fields.is_empty() {
        page.heading(2, "Fields");
        page.body.push(Block::Fields(fields));
    }
    if let Some(example) = example_of(value) {
        page.heading(2, "Example");
        page.example(example, "application/json", "");
    }
    page.finish(node, fragment);
}

fn notes_without_example(value: &Value) -> Vec<(String, String)> {
    let mut notes = notes(value);
    notes.retain(|(name, _)| name != "example");
    notes
}

/// Whether its fields say all there is to say about its type.
fn is_plain_object(value: &Value) -> bool {
    let types = types(value);
    value.get("properties").is_some()
        && reference_of(value).is_none()
        && (types.is_empty() || types == ["object"])
        && ["oneOf", "anyOf", "allOf", "nullable"].iter().all(|key| value.get(key).is_none())
}
