//! The fields of a schema as rows: names, types, constraints, what they mean and what they consist of.
//!
//! Rows are bounded three ways, so that a specification that refers to itself, or to very much, still has pages that
//! can be read: a schema with a page of its own is spelt out once in a section and a few levels deep, nesting without
//! names ends as well, and a page has room for so many rows. Whatever is not spelt out is a link away.

use std::collections::BTreeSet;

use super::document::Named;
use super::example::inline;
use super::page::Page;
use super::shape::{core, is_map, meant, shape, written};
use crate::data::{Data, Value};
use crate::graph::{Field, Prose, Relation};

/// How many levels of rows lie in each other.
const DEEPEST: usize = 6;

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
            let alternatives = value.get(key).map_or(&[][..], Value::items);
            self.alternatives(page, alternatives, word, depth, fields);
        }
        if let Some(items) = value.get("items") {
            fields.extend(self.parts(page, items, depth + 1));
        }
        self.open_fields(page, value, depth, fields);
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
        let Some(others) = value.get("additionalProperties") else { return };
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
        alternatives: &'d [Value],
        word: &str,
        depth: usize,
        fields: &mut Vec<Field>,
    ) {
        let is_null = |value: &&'d Value| value.get("type").and_then(Value::as_str) != Some("null");
        let alternatives: Vec<&Value> = alternatives.iter().filter(is_null).collect();
        if let [only] = alternatives.as_slice() {
            fields.extend(self.parts(page, only, depth + 1));
            return;
        }
        for (index, alternative) in alternatives.into_iter().enumerate() {
            let (named, value) = page.document().schema(alternative);
            let title = value.get("title").and_then(Value::as_str).map(str::to_owned);
            let name = named.map(|named| page.document().schema_name(named).to_owned());
            let name = name.or(title).unwrap_or_else(|| format!("{}", index + 1));
            let Some(mut field) = self.field(page, &name, alternative, depth) else { return };
            field.marks.insert(0, word.to_owned());
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
        let is_shown = named.is_none() || is_scalar(value);
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

/// A row that says how many more there are; none for none.
fn left_out(count: usize) -> Option<Field> {
    let words = if count == 1 { "1 more field".to_owned() } else { format!("{count} more fields") };
    (count > 0).then(|| Field { name: "…".to_owned(), kind: Prose::text(&words), ..Field::default() })
}

/// Whether what a schema says of its values is all there is to say: there are no rows below it.
fn is_scalar(value: &Value) -> bool {
    ["properties", "items", "allOf", "oneOf", "anyOf", "additionalProperties"]
        .iter()
        .all(|key| value.get(key).is_none())
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

fn marks(schema: &Value, value: &Value) -> Vec<String> {
    let says = |key: &str| [schema, value].iter().any(|value| value.get(key).and_then(Value::as_bool) == Some(true));
    let all = [("deprecated", "deprecated"), ("readOnly", "read-only"), ("writeOnly", "write-only")];
    all.iter().filter(|(key, _)| says(key)).map(|(_, mark)| (*mark).to_owned()).collect()
}

/// Constraints that a schema can state, with what readers call them.
const NOTES: &[(&str, &str)] = &[
    ("const", "always"),
    ("default", "default"),
    ("minimum", "at least"),
    ("maximum", "at most"),
    ("exclusiveMinimum", "more than"),
    ("exclusiveMaximum", "less than"),
    ("multipleOf", "multiple of"),
    ("minLength", "shortest"),
    ("maxLength", "longest"),
    ("minItems", "fewest items"),
    ("maxItems", "most items"),
    ("minProperties", "fewest fields"),
    ("maxProperties", "most fields"),
    ("pattern", "pattern"),
    ("contentMediaType", "media type"),
    ("contentEncoding", "encoding"),
    ("example", "example"),
];

/// How many values of an enumeration are shown.
const MOST_VALUES: usize = 60;

/// The constraints that `value` states.
pub(super) fn notes(value: &Value) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    let value = match (value.get("enum"), value.get("items")) {
        // The values of a list of constants.
        (None, Some(items)) if items.get("enum").is_some() => {
            notes.extend(enumeration(items));
            value
        }
        _ => {
            notes.extend(enumeration(value));
            value
        }
    };
    for (key, words) in NOTES {
        let Some(stated) = value.get(key) else { continue };
        match (*key, &stated.data) {
            // Up to OpenAPI 3.0 this says that the bound beside it is excluded.
            ("exclusiveMinimum" | "exclusiveMaximum", Data::Bool(excluded)) => {
                let beside = if *key == "exclusiveMinimum" { "at least" } else { "at most" };
                if let Some(note) = notes.iter_mut().find(|(words, _)| *excluded && words == beside) {
                    note.0 = (*words).to_owned();
                }
            }
            _ => notes.push(((*words).to_owned(), inline(stated))),
        }
    }
    if let Some(name) = value.get("discriminator").and_then(|told| told.get("propertyName").unwrap_or(told).as_str()) {
        notes.push(("told apart by".to_owned(), name.to_owned()));
    }
    if value.get("uniqueItems").and_then(Value::as_bool) == Some(true) {
        notes.push(("items".to_owned(), "unique".to_owned()));
    }
    if let Some(example) = value.get("examples").and_then(|examples| examples.items().first())
        && value.get("example").is_none()
    {
        notes.push(("example".to_owned(), inline(example)));
    }
    notes
}

fn enumeration(value: &Value) -> Option<(String, String)> {
    let values = value.get("enum")?.items();
    let mut shown: Vec<String> = values.iter().take(MOST_VALUES).map(inline).collect();
    if values.len() > MOST_VALUES {
        shown.push(format!("and {} more", values.len() - MOST_VALUES));
    }
    (!shown.is_empty()).then(|| ("one of".to_owned(), shown.join(", ")))
}
