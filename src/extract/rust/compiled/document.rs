//! JSON text -> the items in it, by id.

use std::collections::HashMap;

use crate::data::{Value, read_json};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;

/// The versions of the format in which all that is read here is the same.
const KNOWN_VERSIONS: std::ops::RangeInclusive<i64> = 45..=61;

/// An id of an item.
pub(super) type Id = i64;

/// An item of the documented crate.
#[derive(Clone, Copy)]
pub(super) struct Made<'v> {
    /// `struct`, `function`, `use`, …
    pub(super) kind: &'v str,
    /// What items of that kind have.
    pub(super) inner: &'v Value,
    /// What all items have.
    pub(super) item: &'v Value,
}

/// The items of a crate.
pub(super) struct Document<'v> {
    root: Id,
    items: HashMap<Id, &'v Value>,
    /// Where what has a path is defined.
    paths: Option<&'v Value>,
}

/// The JSON in `file`, if it is rustdoc's of the crate `name`; and why it cannot be used, if it cannot.
pub(super) fn read(file: &SourceFile, name: &str) -> (Option<Value>, Option<Diagnostic>) {
    let refuse = |message: String, span, hint: &str| {
        let hint = format!("{hint}; the crate is documented from its source alone");
        (None, Some(Diagnostic::new(Code::UnusableRustdocJson, message, span).hint(hint)))
    };
    let again =
        "make it again: `RUSTDOCFLAGS=\"-Z unstable-options --output-format json\" cargo +nightly doc --no-deps`";
    let start = file.span(0..0);
    let (value, problems) = read_json(file, 0..file.text().len());
    if let Some(problem) = problems.into_iter().next() {
        return refuse(
            format!("`{}` is no JSON: {}", file.path(), problem.message),
            problem.span.unwrap_or(start),
            again,
        );
    }
    let version = value.as_ref().and_then(|value| value.get("format_version"));
    let Some((value, version)) = value.as_ref().zip(version) else {
        return refuse(format!("`{}` is not rustdoc's JSON", file.path()), start, again);
    };
    if version.as_integer().is_none_or(|version| !KNOWN_VERSIONS.contains(&version)) {
        let written = version.to_text().unwrap_or_default();
        let (first, last) = (KNOWN_VERSIONS.start(), KNOWN_VERSIONS.end());
        let message = format!("rustdoc's JSON has the format version {written}; {first} to {last} are known");
        return refuse(message, version.span, "make it with another version of Rust");
    }
    let root = Document::new(value).and_then(|document| document.item(document.root()));
    match root.and_then(|root| root.item.get("name")).and_then(Value::as_str) {
        Some(said) if said == name => (Some(value.clone()), None),
        said => {
            let said = said.unwrap_or("none");
            refuse(format!("`{}` documents the crate `{said}`, not `{name}`", file.path()), start, again)
        }
    }
}

impl<'v> Document<'v> {
    /// `None` when the JSON has no root or no index.
    pub(super) fn new(value: &'v Value) -> Option<Self> {
        let root = value.get("root")?.as_integer()?;
        let items = value.get("index")?.entries().iter();
        let items = items.filter_map(|entry| Some((entry.key.parse().ok()?, &entry.value))).collect();
        Some(Self { root, items, paths: value.get("paths") })
    }

    /// The crate itself.
    pub(super) fn root(&self) -> Id {
        self.root
    }

    /// The item `id`, when it belongs to the crate.
    pub(super) fn item(&self, id: Id) -> Option<Made<'v>> {
        let item = *self.items.get(&id)?;
        let inner = item.get("inner")?.entries().first()?;
        (item.get("crate_id")?.as_integer()? == 0).then_some(Made { kind: &inner.key, inner: &inner.value, item })
    }

    /// Where `id` is defined, when that is in the crate: `crate::rows::Row`.
    pub(super) fn path_of(&self, id: Id) -> Option<String> {
        let summary = self.paths?.get(&id.to_string())?;
        let path = summary.get("path")?.items().iter().skip(1).filter_map(Value::as_str);
        let is_own = summary.get("crate_id")?.as_integer()? == 0;
        is_own.then(|| std::iter::once("crate").chain(path).collect::<Vec<_>>().join("::"))
    }

    /// The items whose ids stand in the list `name` of `value`.
    pub(super) fn listed(&self, value: &'v Value, name: &str) -> impl Iterator<Item = Made<'v>> {
        ids(value.get(name)).filter_map(|id| self.item(id))
    }
}

/// The ids in `list`; what is hidden has none there.
pub(super) fn ids(list: Option<&Value>) -> impl Iterator<Item = Id> {
    list.map_or(&[][..], Value::items).iter().filter_map(Value::as_integer)
}

impl<'v> Made<'v> {
    pub(super) fn name(&self) -> &'v str {
        self.item.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn is_public(&self) -> bool {
        self.item.get("visibility").and_then(Value::as_str) == Some("public")
    }

    /// Whether `name` of its kind is true.
    pub(super) fn is(&self, name: &str) -> bool {
        self.inner.get(name).and_then(Value::as_bool).unwrap_or(false)
    }
}
