//! The fields of a schema as rows: names, types, constraints, what they mean and what they consist of.
//!
//! Rows are bounded three ways, so that a specification that refers to itself, or to very much, still has pages that
//! can be read: a schema with a page of its own is spelt out once in a section and a few levels deep, nesting without
//! names ends as well, and a page has room for so many rows. Whatever is not spelt out is a link away.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Named, Version, reference_of};
use super::example::inline;
use super::notes::{constant, described_values, notes};
use super::page::Page;
use super::shape::{core, is_map, meant, shape, written};
use crate::data::{Data, Value};
use crate::graph::{Field, Prose, Relation};

/// How many levels of rows lie in each other.
const DEEPEST: usize = 6;

/// What may be said of a value as a whole, with what readers call it.
const CONDITIONS: &[(&str, &str)] = &[
    ("contains", "some item"),
    ("unevaluatedItems", "any other item"),
    ("contentSchema", "decoded"),
    ("if", "if"),
    ("then", "then"),
    ("else", "else"),
    ("not", "not"),
];

/// How the rows of a section are made.
#[derive(Clone)]
pub(super) struct Rows<'d> {
    /// What links on schemas state where the section itself refers to them.
    relation: Option<Relation>,
    /// How many named schemas may be spelt out inside each other.
    named_levels: usize,
    /// Those that have been.
    spelt_out: BTreeSet<Named<'d>>,
    /// Whether the first level of rows can be linked to.
    anchors: bool,
    /// Whether the rows being made stand on another page as well.
    is_elsewhere: bool,
}

impl<'d> Rows<'d> {
    /// The rows of an operation: the schemas that it names, and those they name.
    pub(super) fn of_operation(relation: Relation) -> Self {
        Self {
            relation: Some(relation),
            named_levels: 2,
            spelt_out: BTreeSet::new(),
            anchors: false,
            is_elsewhere: false,
        }
    }

    /// The rows of the page of `schema`: its own.
    pub(super) fn of_schema(schema: Named<'d>) -> Self {
        let spelt_out = BTreeSet::from([schema]);
        Self { relation: Some(Relation::RefersTo), named_levels: 0, spelt_out, anchors: true, is_elsewhere: false }
    }

    /// The type of `schema`, to stand where the section refers to it.
    pub(super) fn shape(&self, page: &mut Page<'d>, schema: &'d Value) -> Prose {
        shape(page, schema, self.relation)
    }

    /// The rows of what `schema` consists of. None for what has no parts, and for a schema that has been spelt out.
    pub(super) fn of(&mut self, page: &mut Page<'d>, schema: &'d Value) -> Vec<Field> {
        self.parts(page, schema, 0)
    }

    /// The rows of `value`, the schema whose page it is.
    pub(super) fn of_own(&mut self, page: &mut Page<'d>, value: &'d Value) -> Vec<Field> {
        let mut fields = Vec::new();
        self.spell_out(page, value, 0, &mut fields);
        self.kinds(page, value, &mut fields);
        fields
    }

    fn parts(&mut self, page: &mut Page<'d>, schema: &'d Value, depth: usize) -> Vec<Field> {
        let (named, value) = core(page, schema);
        let mut fields = Vec::new();
        match named {
            Some(_) if self.named_levels == 0 => {}
            Some(named) if !self.spelt_out.insert(named) => {}
            Some(_) => {
                let outer = (self.relation.take(), self.named_levels, self.is_elsewhere);
                self.named_levels -= 1;
                self.is_elsewhere = true;
                self.spell_out(page, value, depth, &mut fields);
                (self.relation, self.named_levels, self.is_elsewhere) = outer;
            }
            None => self.spell_out(page, value, depth, &mut fields),
        }
        // Since OpenAPI 3.1 what stands beside a reference holds as well.
        if reference_of(schema).is_some() && page.document().version == Version::V31 {
            self.spell_out(page, schema, depth, &mut fields);
        }
        fields
    }

    /// Adds the rows of `value` itself.
    fn spell_out(&mut self, page: &mut Page<'d>, value: &'d Value, depth: usize, fields: &mut Vec<Field>) {
        if depth >= DEEPEST || !page.take_step() {
            let hidden = value.get("properties").map_or(0, |properties| properties.entries().len());
            fields.extend(left_out(hidden));
            return;
        }
        let parts = value.get("allOf").map_or(&[][..], Value::items);
        for part in parts {
            self.part_of_all(page, part, depth, fields);
        }
        self.properties(page, value, depth, fields);
        for (key, word) in [("oneOf", "one of"), ("anyOf", "any of")] {
            self.alternatives(page, value, (key, word), depth, fields);
        }
        if let Some(items) = value.get("items") {
            fields.extend(self.parts(page, items, depth + 1));
        }
        self.open_fields(page, value, depth, fields);
        self.conditions(page, value, depth, fields);
        let room = |_: &Field| page.take_deeper_row();
        fields.extend(described_values(value).into_iter().take_while(room));
    }

    /// Adds rows for what holds under conditions, and for what must not be.
    fn conditions(&mut self, page: &mut Page<'d>, value: &'d Value, depth: usize, fields: &mut Vec<Field>) {
        for (index, item) in value.get("prefixItems").map_or(&[][..], Value::items).iter().enumerate() {
            fields.extend(self.field(page, &format!("[{index}]"), item, depth));
        }
        for (key, name) in CONDITIONS {
            let Some(schema) = value.get(key).filter(|schema| !matches!(schema.data, Data::Bool(_))) else { continue };
            fields.extend(self.field(page, name, schema, depth));
        }
        for entry in value.get("dependentSchemas").map_or(&[][..], Value::entries) {
            fields.extend(self.field(page, &format!("if {} is given", entry.key), &entry.value, depth));
        }
    }

    /// Adds a row for each kind that a discriminator tells apart where no alternatives are listed.
    fn kinds(&mut self, page: &mut Page<'d>, value: &'d Value, fields: &mut Vec<Field>) {
        let Some(discriminator) = value.get("discriminator") else { return };
        if value.get("oneOf").or_else(|| value.get("anyOf")).is_some() {
            return;
        }
        for entry in discriminator.get("mapping").map_or(&[][..], Value::entries) {
            let Some(named) = page.document().mapped(&entry.value) else { continue };
            if !page.take_deeper_row() {
                return;
            }
            let mut kind = Prose::default();
            page.push_schema(&mut kind, named, self.relation, entry.value.span);
            let property = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
            let notes = vec![(property.to_owned(), entry.key.to_string())];
            let marks = vec!["one of".to_owned()];
            fields.push(Field {
                name: page.document().schema_name(named).to_owned(),
                kind,
                marks,
                notes,
                ..Field::default()
            });
        }
    }

    /// Adds the rows of one part of an `allOf`; all parts are one object to its reader.
    fn part_of_all(&mut self, page: &mut Page<'d>, part: &'d Value, depth: usize, fields: &mut Vec<Field>) {
        let (named, value) = page.document().schema(part);
        match named {
            Some(named) => {
                // A page states what its schema is made of, also where its fields stand right here.
                let mut kind = Prose::default();
                page.push_schema(&mut kind, named, self.relation, written(part));
                if self.spelt_out.insert(named) {
                    let outer = (self.relation.take(), self.is_elsewhere);
                    self.is_elsewhere = true;
                    self.spell_out(page, value, depth, fields);
                    (self.relation, self.is_elsewhere) = outer;
                } else if page.take_deeper_row() {
                    fields.push(Field { name: "…".to_owned(), kind, ..Field::default() });
                }
            }
            None => self.spell_out(page, value, depth, fields),
        }
    }

    fn properties(&mut self, page: &mut Page<'d>, value: &'d Value, depth: usize, fields: &mut Vec<Field>) {
        let entries = value.get("properties").map_or(&[][..], Value::entries);
        let before = fields.len();
        for (place, entry) in entries.iter().enumerate() {
            let Some(field) = self.field(page, &entry.key, &entry.value, depth) else {
                fields.extend(left_out(entries.len() - place));
                break;
            };
            // A part of an `allOf` may say more about a field that another part has.
            match fields[..before].iter_mut().find(|other| other.name == field.name) {
                Some(other) if parts_of_all_repeat(other, &field) => *other = merged(std::mem::take(other), field),
                _ => fields.push(field),
            }
        }
        // A part of an `allOf` may also require what another part describes.
        for entry in value.get("dependentRequired").map_or(&[][..], Value::entries) {
            let needed: Vec<&str> = entry.value.items().iter().filter_map(Value::as_str).collect();
            if let Some(field) = fields.iter_mut().find(|field| field.name == *entry.key && !needed.is_empty()) {
                field.notes.push(("needs".to_owned(), needed.join(", ")));
            }
        }
        let required = value.get("required").map_or(&[][..], Value::items);
        let required: BTreeSet<&str> = required.iter().filter_map(Value::as_str).collect();
        for field in fields.iter_mut().filter(|field| required.contains(&*field.name)) {
            if !field.marks.iter().any(|mark| mark == "required") {
                field.marks.insert(0, "required".to_owned());
            }
        }
    }

    /// Adds rows for fields without fixed names.
    fn open_fields(&mut self, page: &mut Page<'d>, value: &'d Value, depth: usize, fields: &mut Vec<Field>) {
        for entry in value.get("patternProperties").map_or(&[][..], Value::entries) {
            fields.extend(self.field(page, &format!("/{}/", entry.key), &entry.value, depth));
        }
        if let Some(names) = value.get("propertyNames") {
            fields.extend(self.field(page, "every name", names, depth));
        }
        let others = value.get("additionalProperties").or_else(|| value.get("unevaluatedProperties"));
        let Some(others) = others else { return };
        if is_map(value) {
            // The type says "map of …"; only what its values consist of is left to say.
            fields.extend(self.parts(page, others, depth + 1));
        } else if !matches!(others.data, Data::Bool(_)) {
            fields.extend(self.field(page, "any other name", others, depth));
        }
    }

    fn alternatives(
        &mut self,
        page: &mut Page<'d>,
        whole: &'d Value,
        (key, word): (&str, &str),
        depth: usize,
        fields: &mut Vec<Field>,
    ) {
        let alternatives = whole.get(key).map_or(&[][..], Value::items);
        let is_null = |value: &&'d Value| value.get("type").and_then(Value::as_str) != Some("null");
        let alternatives: Vec<&Value> = alternatives.iter().filter(is_null).collect();
        if let [only] = alternatives.as_slice() {
            fields.extend(self.parts(page, only, depth + 1));
            return;
        }
        let told = Told::of(page, whole);
        for (index, alternative) in alternatives.into_iter().enumerate() {
            let (named, value) = page.document().schema(alternative);
            let title = value.get("title").and_then(Value::as_str).map(str::to_owned);
            let name = named.map(|named| page.document().schema_name(named).to_owned());
            if let Some(constant) = constant(value).filter(|_| named.is_none()) {
                if !page.take_deeper_row() {
                    return;
                }
                let description = value.get("description").or_else(|| value.get("title"));
                let description = page.cell(description);
                fields.push(Field {
                    name: inline(constant),
                    marks: marks(value, value),
                    description,
                    ..Field::default()
                });
                continue;
            }
            let name = name.or(title).unwrap_or_else(|| format!("{}", index + 1));
            let Some(mut field) = self.field(page, &name, alternative, depth) else { return };
            field.marks.insert(0, word.to_owned());
            field.notes.splice(0..0, told.as_ref().and_then(|told| told.note(page, alternative, named)));
            fields.push(field);
        }
    }

    /// The row of `schema` under `name`. `None` when the page is full.
    pub(super) fn field(&mut self, page: &mut Page<'d>, name: &str, schema: &'d Value, depth: usize) -> Option<Field> {
        let is_own = depth == 0 && !self.is_elsewhere;
        if !(if is_own { page.take_row() } else { page.take_deeper_row() }) {
            return None;
        }
        let (named, value) = meant(page, schema);
        let anchor = if self.anchors && depth == 0 { page.anchor(name) } else { String::new() };
        // What stands beside a reference is about this use of it. What a named schema with fields says stands on its
        // own page; of one without, it is shown here as well.
        let is_shown = named.is_none() || is_told_here(value);
        let description = schema.get("description").or_else(|| value.get("description").filter(|_| is_shown));
        let description = page.cell(description);
        let mut all_notes = notes(schema);
        if is_shown && !std::ptr::eq(schema, value) {
            all_notes.extend(notes(value));
            let mut names = BTreeSet::new();
            all_notes.retain(|(name, _)| names.insert(name.clone()));
        }
        Some(Field {
            name: name.to_owned(),
            anchor,
            kind: shape(page, schema, self.relation),
            marks: marks(schema, value),
            notes: all_notes,
            description,
            children: self.parts(page, schema, depth + 1),
        })
    }
}

/// The values of a discriminator, by the schema that each means.
struct Told<'d> {
    property: &'d str,
    values: BTreeMap<Named<'d>, Vec<&'d str>>,
    otherwise: Option<Named<'d>>,
}

impl<'d> Told<'d> {
    fn of(page: &Page<'d>, whole: &'d Value) -> Option<Self> {
        let discriminator = whole.get("discriminator")?;
        let property = discriminator.get("propertyName").and_then(Value::as_str)?;
        let document = page.document();
        let mut values: BTreeMap<Named<'d>, Vec<&str>> = BTreeMap::new();
        for entry in discriminator.get("mapping").map_or(&[][..], Value::entries) {
            if let Some(named) = document.mapped(&entry.value) {
                values.entry(named).or_default().push(&entry.key);
            }
        }
        let otherwise = discriminator.get("defaultMapping").and_then(|entry| document.mapped(entry));
        Some(Self { property, values, otherwise })
    }

    /// The values that mean `alternative`; without any, its own name does.
    fn note(&self, page: &Page<'d>, alternative: &'d Value, named: Option<Named<'d>>) -> Option<(String, String)> {
        // An alternative may be a name for another schema.
        let first = page.document().name_at(alternative).or(named)?;
        let mut values = self.values.get(&first).cloned().unwrap_or_default();
        if values.is_empty() {
            values.push(page.document().schema_name(first));
        }
        if self.otherwise == Some(first) {
            values.push("anything else");
        }
        Some((self.property.to_owned(), values.join(", ")))
    }
}

/// A row that says how many more there are; none for none.
fn left_out(count: usize) -> Option<Field> {
    let words = if count == 1 { "1 more field".to_owned() } else { format!("{count} more fields") };
    (count > 0).then(|| Field { name: "…".to_owned(), kind: Prose::text(&words), ..Field::default() })
}

/// Whether `value` is no object: what it says is short enough to stand wherever it is used.
fn is_told_here(value: &Value) -> bool {
    ["properties", "allOf", "oneOf", "anyOf", "additionalProperties"].iter().all(|key| value.get(key).is_none())
}

/// Whether two rows of one name are what two parts of an `allOf` say of one field, rather than two alternatives.
fn parts_of_all_repeat(left: &Field, right: &Field) -> bool {
    let is_alternative = |field: &Field| field.marks.iter().any(|mark| mark == "one of" || mark == "any of");
    !is_alternative(left) && !is_alternative(right)
}

/// One row of what two say; the later one is the more special.
fn merged(first: Field, second: Field) -> Field {
    let mut marks = first.marks;
    marks.extend(second.marks);
    marks.sort_by_key(|mark| mark != "required");
    marks.dedup();
    Field {
        name: first.name,
        anchor: if first.anchor.is_empty() { second.anchor } else { first.anchor },
        kind: second.kind,
        marks,
        notes: if second.notes.is_empty() { first.notes } else { second.notes },
        description: if second.description.is_empty() { first.description } else { second.description },
        children: if second.children.is_empty() { first.children } else { second.children },
    }
}

pub(super) fn marks(schema: &Value, value: &Value) -> Vec<String> {
    let says = |key: &str| [schema, value].iter().any(|value| value.get(key).and_then(Value::as_bool) == Some(true));
    let all = [("deprecated", "deprecated"), ("readOnly", "read-only"), ("writeOnly", "write-only")];
    all.iter().filter(|(key, _)| says(key)).map(|(_, mark)| (*mark).to_owned()).collect()
}
