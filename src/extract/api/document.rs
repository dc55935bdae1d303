//! A specification as one thing: its files, its version, its named schemas, and where references in it lead.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::Parsed;
use super::claim::{self, About};
use super::generated::Patterns;
use super::made::Made;
use crate::data::{Data, Entry, Value};
use crate::graph::NodeId;
use crate::source::{RepoPath, SourceFile, Span};

/// How many references are followed in a row; more are a circle.
const MOST_STEPS: usize = 32;

/// Which standard a specification follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Swagger 2.0.
    Swagger,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1, and what comes after it.
    V31,
}

/// A specification, ready to be asked.
pub(super) struct Document<'a> {
    /// What it is called.
    pub(super) name: &'a str,
    /// The file that it begins in.
    pub(super) file: &'a Arc<SourceFile>,
    /// What stands in that file.
    pub(super) root: &'a Value,
    /// Which standard it follows.
    pub(super) version: Version,
    /// Its named schemas, in the source's order.
    pub(super) schemas: Vec<&'a Entry>,
    files: BTreeMap<RepoPath, (&'a SourceFile, Option<&'a Value>)>,
    about: &'a About,
    /// Texts that fit patterns, by pattern and least length: the same one stands at many fields.
    pub(super) patterns: Patterns,
    /// Examples that have been made from schemas.
    pub(super) made: Made,
    /// Which named schema stands at an address in memory. A value has one place in its tree, so its address is the
    /// shortest way to say which one is meant.
    named: HashMap<*const Value, usize>,
    by_name: HashMap<&'a str, usize>,
    /// The schemas that have an address of their own, by that.
    embedded: HashMap<&'a str, &'a Value>,
}

/// A schema that has a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Named<'a> {
    /// Of this specification, by its place in [`Document::schemas`].
    Own(usize),
    /// Of another one of the repository: its specification's name and its own.
    Other(&'a str, &'a str),
}

/// Why a reference leads nowhere.
pub(super) enum Dangling {
    /// It leads to the web, or is of a form that cannot be judged here.
    Elsewhere,
    /// It leads out of the repository.
    Outside,
    /// There is no such file. A hint.
    NoFile(RepoPath, String),
    /// The file has no such place: the part of the pointer that is missing, and what there is instead.
    NoPlace(String, Vec<Arc<str>>),
}

impl<'a> Document<'a> {
    /// The specification that begins in the first of `files`. `None` when nothing could be read there.
    pub(super) fn new(about: &'a About, files: &'a [Arc<SourceFile>], scans: &'a [Arc<Parsed>]) -> Option<Self> {
        let (file, root) = (files.first()?, scans.first()?.value.as_ref()?);
        let parsed = scans.iter().map(|scan| scan.value.as_ref());
        let files = files.iter().zip(parsed).map(|(file, value)| (file.path(), (&**file, value))).collect();
        let version = version(root);
        let schemas = schemas(root, version);
        let named = schemas.iter().enumerate().map(|(index, entry)| (std::ptr::from_ref(&entry.value), index));
        let named = named.collect();
        let by_name = schemas.iter().enumerate().map(|(index, entry)| (&*entry.key, index)).collect();
        let embedded = schemas.iter().filter_map(|entry| Some((entry.value.get("$id")?.as_str()?, &entry.value)));
        let embedded = embedded.filter(|(address, _)| !address.is_empty()).collect();
        let mut document = Self {
            name: &about.name,
            file,
            root,
            version,
            schemas: Vec::new(),
            files,
            about,
            named,
            by_name,
            embedded,
            patterns: Patterns::default(),
            made: Made::default(),
        };
        document.adopt(&schemas);
        document.schemas = schemas;
        Some(document)
    }

    /// Gives the names of schemas that only refer to another place to what stands there, when it has no name yet.
    fn adopt(&mut self, schemas: &[&'a Entry]) {
        for (index, entry) in schemas.iter().enumerate() {
            if let Some(Ok(target)) = self.step(&entry.value) {
                self.named.entry(std::ptr::from_ref(target)).or_insert(index);
            }
        }
    }

    /// The id of the specification.
    pub(super) fn id(&self) -> NodeId {
        NodeId::new("api", self.name)
    }

    /// The id of something in the specification.
    pub(super) fn id_of(&self, name: &str) -> NodeId {
        NodeId::new("api", &format!("{}/{name}", self.name))
    }

    /// The id of a schema's node.
    pub(super) fn schema_id(&self, schema: Named<'_>) -> NodeId {
        match schema {
            Named::Own(index) => self.id_of(&format!("schemas/{}", self.schemas[index].key)),
            Named::Other(api, schema) => NodeId::new("api", &format!("{api}/schemas/{schema}")),
        }
    }

    /// The name of a schema.
    pub(super) fn schema_name<'n>(&'n self, schema: Named<'n>) -> &'n str {
        match schema {
            Named::Own(index) => &self.schemas[index].key,
            Named::Other(_, schema) => schema,
        }
    }

    /// The text of the file that `span` lies in.
    pub(super) fn file_of(&self, span: Span) -> &'a SourceFile {
        self.files.get(&span.file).map_or(&**self.file, |(file, _)| file)
    }

    /// Whether readers may send requests from its pages.
    pub(super) fn offers_forms(&self) -> bool {
        self.about.try_it
    }

    /// The files that it is made of beside the one that it begins in, by path.
    pub(super) fn parts(&self) -> impl Iterator<Item = RepoPath> {
        self.files.keys().copied().filter(|path| *path != self.file.path())
    }

    /// How long its files are together.
    pub(super) fn length(&self) -> usize {
        self.files.values().map(|(file, _)| file.text().len()).sum()
    }

    /// What stands in each of its files.
    pub(super) fn values(&self) -> impl Iterator<Item = &'a Value> {
        self.files.values().filter_map(|(_, value)| *value)
    }

    /// What `value` stands for: itself, or what its reference leads to, however many there are in a row.
    pub(super) fn follow(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..MOST_STEPS {
            match self.step(value) {
                Some(Ok(next)) => value = next,
                _ => break,
            }
        }
        value
    }

    /// Whether following the reference that `value` is leads back to it.
    pub(super) fn is_circle(&self, value: &'a Value) -> bool {
        let mut place = value;
        for _ in 0..MOST_STEPS {
            match self.step(place) {
                Some(Ok(next)) if std::ptr::eq(next, value) => return true,
                Some(Ok(next)) => place = next,
                _ => return false,
            }
        }
        false
    }

    /// The first schema with a page that `value` stands for, and what it says in the end.
    pub(super) fn schema(&self, value: &'a Value) -> (Option<Named<'a>>, &'a Value) {
        let mut name = None;
        let mut value = value;
        for _ in 0..MOST_STEPS {
            let next = match self.step(value) {
                Some(Ok(next)) => next,
                _ => break,
            };
            name = name.or_else(|| self.name_of(value, next));
            value = next;
        }
        (name, value)
    }

    /// The schema with a page that the reference `value` itself leads to.
    pub(super) fn name_at(&self, value: &'a Value) -> Option<Named<'a>> {
        self.name_of(value, self.step(value)?.ok()?)
    }

    /// The schema that an entry of a discriminator's mapping means: its name, or a reference.
    pub(super) fn mapped(&self, entry: &'a Value) -> Option<Named<'a>> {
        let text = entry.as_str()?;
        if let Some(&index) = self.by_name.get(text) {
            return Some(Named::Own(index));
        }
        let target = self.find(entry.span.file, text).ok()?;
        self.named.get(&std::ptr::from_ref(target)).map(|index| Named::Own(*index))
    }

    /// What `value` says under `key`, or what it refers to: what stands beside a reference comes first.
    pub(super) fn said(&self, value: &'a Value, key: &str) -> Option<&'a Value> {
        let mut value = value;
        for _ in 0..MOST_STEPS {
            if let Some(said) = value.get(key) {
                return Some(said);
            }
            match self.step(value) {
                Some(Ok(next)) => value = next,
                _ => break,
            }
        }
        None
    }

    /// The schema that `target`, which `reference` leads to, is.
    fn name_of(&self, reference: &'a Value, target: &'a Value) -> Option<Named<'a>> {
        if let Some(&index) = self.named.get(&std::ptr::from_ref(target)) {
            return Some(Named::Own(index));
        }
        let text = reference_of(reference)?;
        let file = claim::target_file(reference.span.file, text)?;
        let (_, api) = self.about.others.iter().find(|(path, _)| *path == file)?;
        let (_, pointer) = text.split_once('#')?;
        let name = ["/components/schemas/", "/definitions/"].iter().find_map(|place| pointer.strip_prefix(place))?;
        (!name.contains('/')).then_some(Named::Other(api, name))
    }

    /// What the reference that `value` is leads to. `None` when it is no reference.
    pub(super) fn step(&self, value: &'a Value) -> Option<Result<&'a Value, Dangling>> {
        let reference = reference_of(value)?;
        Some(self.find(value.span.file, reference))
    }

    fn find(&self, from: RepoPath, reference: &str) -> Result<&'a Value, Dangling> {
        // Since OpenAPI 3.2 a document may say which address it is known by.
        let own = self.root.get("$self").and_then(Value::as_str).filter(|own| !own.is_empty());
        if let Some(rest) = own.and_then(|own| reference.strip_prefix(own))
            && let Some(pointer) = rest.strip_prefix('#').or_else(|| rest.is_empty().then_some(""))
        {
            return self.point(self.root, pointer);
        }
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        if claim::is_web(reference) {
            return Err(Dangling::Elsewhere);
        }
        // A document may hold a schema that is known by an address of its own (JSON Schema, "embedded resources").
        if let Some(embedded) = self.embedded.get(path) {
            return self.point(embedded, pointer);
        }
        let file = if path.is_empty() { from } else { claim::target_file(from, reference).ok_or(Dangling::Outside)? };
        let Some((_, value)) = self.files.get(&file) else {
            return Err(match self.about.missing.get(&file) {
                Some(hint) => Dangling::NoFile(file, hint.clone()),
                None => Dangling::Elsewhere,
            });
        };
        // A file that could not be read has said so itself.
        let value = value.ok_or(Dangling::Elsewhere)?;
        let found = self.point(value, pointer);
        // Parts of a specification often refer to the root document as if they stood in it.
        if found.is_err() && path.is_empty() && file != self.root.span.file {
            return self.point(self.root, pointer).or(found);
        }
        found
    }

    /// The place below `value` that a JSON pointer (RFC 6901) in a fragment leads to.
    fn point(&self, value: &'a Value, pointer: &str) -> Result<&'a Value, Dangling> {
        if pointer.is_empty() {
            return Ok(value);
        }
        // `#Name` is the anchor of a JSON schema.
        let pointer = pointer.strip_prefix('/').ok_or(Dangling::Elsewhere)?;
        let mut value = value;
        for part in pointer.split('/') {
            let part = match part.contains(['%', '~']) {
                true => {
                    let decoded = percent_decode_str(part).decode_utf8_lossy();
                    Cow::Owned(decoded.replace("~1", "/").replace("~0", "~"))
                }
                false => Cow::Borrowed(part),
            };
            let below = |value: &'a Value| match &value.data {
                Data::List(items) => part.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => value.get(&part),
            };
            let next = below(value).or_else(|| match self.step_shallow(value) {
                Some(target) => below(target),
                None => None,
            });
            value = next.ok_or_else(|| {
                Dangling::NoPlace(
                    part.clone().into_owned(),
                    value.entries().iter().map(|entry| Arc::clone(&entry.key)).collect(),
                )
            })?;
        }
        Ok(value)
    }

    /// A reference on the way of a pointer, followed once and only by plain keys, so that pointers through pointers end.
    fn step_shallow(&self, value: &'a Value) -> Option<&'a Value> {
        let reference = reference_of(value)?;
        let pointer = reference.strip_prefix("#/")?;
        let (_, root) = self.files.get(&value.span.file)?;
        pointer.split('/').try_fold((*root)?, |value, part| value.get(part))
    }
}

/// The text of the reference that `value` is.
pub(super) fn reference_of(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

fn version(root: &Value) -> Version {
    let stated = root.get("openapi").and_then(Value::to_text);
    match stated {
        Some(text) if text.starts_with("3.0") || text == "3" => Version::V30,
        Some(_) => Version::V31,
        None if root.get("swagger").is_some() => Version::Swagger,
        None => Version::V31,
    }
}

fn schemas(root: &Value, version: Version) -> Vec<&Entry> {
    let map = match version {
        Version::Swagger => root.get("definitions"),
        Version::V30 | Version::V31 => root.get("components").and_then(|components| components.get("schemas")),
    };
    let mut seen = std::collections::HashSet::new();
    let entries = map.map_or(&[][..], Value::entries);
    entries.iter().filter(|entry| seen.insert(Arc::clone(&entry.key))).collect()
}
