//! Descriptor files of a software catalog, as Backstage has them -> entities.
//! (<https://backstage.io/docs/features/software-catalog/descriptor-format>)

use std::sync::Arc;

use super::name::{EntityName, entity};
use crate::data::{self, Value};
use crate::diagnostic::Diagnostics;
use crate::discover::Outset;
use crate::graph::Relation;
use crate::source::{SourceFile, Span};

/// Something in a catalog.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(super) name: EntityName,
    pub(super) span: Span,
    /// What readers see.
    pub(super) title: String,
    /// In Markdown.
    pub(super) description: Option<(String, Span)>,
    /// `type`, `lifecycle`, `email`… as far as they are stated.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) tags: Vec<String>,
    /// How the forge addresses the team: `shop/payments`; empty when nobody says so.
    pub(super) slug: String,
    pub(super) owner: Option<Named>,
    pub(super) connections: Vec<Connection>,
    /// Where the definition of an API is: a path from the descriptor's folder.
    pub(super) definition: Option<(String, Span)>,
}

/// An entity that another one names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: EntityName,
    pub(super) span: Span,
}

/// What an entity says of another one.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub(super) relation: Relation,
    /// Whether the relation leads from the other one to this.
    pub(super) is_flipped: bool,
    pub(super) other: Named,
}

/// The fields of `spec` that name others: what they mean, whether it leads from the other one, and the kind that is meant where
/// none is said.
const CONNECTIONS: &[(&str, Relation, bool, &str)] = &[
    ("system", Relation::PartOf, false, "system"),
    ("domain", Relation::PartOf, false, "domain"),
    ("subdomainOf", Relation::PartOf, false, "domain"),
    ("subcomponentOf", Relation::PartOf, false, "component"),
    ("providesApis", Relation::Provides, false, "api"),
    ("consumesApis", Relation::DependsOn, false, "api"),
    ("dependsOn", Relation::DependsOn, false, "component"),
    ("dependencyOf", Relation::DependsOn, true, "component"),
    ("parent", Relation::PartOf, false, "group"),
    ("children", Relation::PartOf, true, "group"),
    ("members", Relation::PartOf, true, "user"),
    ("memberOf", Relation::PartOf, false, "group"),
];

/// What the beginning of a file tells.
#[derive(PartialEq)]
pub(super) struct Outlook {
    pub(super) is_descriptor: bool,
}

impl Outset for Outlook {
    const LENGTH: usize = 512;

    fn of(head: &str) -> Self {
        Self { is_descriptor: has_version(head) }
    }
}

/// Whether a line states the version of a descriptor.
fn has_version(head: &str) -> bool {
    let is_version = |line: &str| {
        let line = line.trim_start_matches(['-', ' ']);
        let value = line.strip_prefix("apiVersion:").map(|value| value.trim().trim_matches(['"', '\'']));
        value.is_some_and(|value| value.starts_with("backstage.io/") || value.starts_with("roadie.io/"))
    };
    head.lines().any(is_version)
}

/// The entities in `file`, and what is wrong with it. Those of a template, of which the names are yet to be filled in, are none.
pub(super) fn read(file: &Arc<SourceFile>) -> (Vec<Entity>, Diagnostics) {
    let (documents, diagnostics) = data::read_yaml(file, 0..file.text().len());
    (documents.iter().filter_map(of_value).collect(), diagnostics)
}

fn of_value(value: &Value) -> Option<Entity> {
    let version = value.get("apiVersion").and_then(Value::as_str)?;
    if !version.contains(".io/") {
        return None;
    }
    let kind = value.get("kind").and_then(Value::as_str)?.to_lowercase();
    let metadata = value.get("metadata")?;
    let named = metadata.get("name").filter(|name| name.to_text().is_some())?;
    let namespace = metadata.get("namespace").and_then(Value::as_str).unwrap_or("default");
    let name = entity(&format!("{kind}:{namespace}/{}", named.to_text()?), &kind)?;
    name.id()?;
    let spec = value.get("spec");
    let text = |from: Option<&Value>, key: &str| {
        from?.get(key)?.to_text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let profile = spec.and_then(|spec| spec.get("profile"));
    let title = text(Some(metadata), "title").or_else(|| text(profile, "displayName"));
    let facts =
        [("type", text(spec, "type")), ("lifecycle", text(spec, "lifecycle")), ("email", text(profile, "email"))];
    let tags = metadata.get("tags").map_or(&[][..], Value::items).iter().filter_map(Value::to_text);
    let annotation = |key: &str| text(metadata.get("annotations"), key);
    let owner = spec.and_then(|spec| spec.get("owner")).and_then(|owner| names(owner, "group").pop());
    let connections = CONNECTIONS.iter().flat_map(|(key, relation, is_flipped, kind)| {
        let others = spec.and_then(|spec| spec.get(key)).map_or_else(Vec::new, |stated| names(stated, kind));
        let connection = |other| Connection { relation: *relation, is_flipped: *is_flipped, other };
        others.into_iter().map(connection)
    });
    let definition = spec.and_then(|spec| spec.get("definition")).filter(|_| name.kind == "api");
    let definition = ["$text", "$openapi", "$yaml", "$json", "$asyncapi"].iter().find_map(|key| {
        let path = definition?.get(key)?;
        Some((path.as_str()?.to_owned(), path.span))
    });
    Some(Entity {
        span: named.span,
        title: title.or_else(|| named.to_text()).unwrap_or_default(),
        description: metadata.get("description").and_then(|text| Some((text.to_text()?, text.span))),
        facts: facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        tags: tags.collect(),
        slug: annotation("github.com/team-slug").or_else(|| annotation("github.com/user-login")).unwrap_or_default(),
        owner,
        connections: connections.collect(),
        definition: definition.filter(|(path, _)| !path.contains("://")),
        name,
    })
}

/// The entities that `stated` names, one or several.
fn names(stated: &Value, kind: &str) -> Vec<Named> {
    let one = |value: &Value| Some(Named { name: entity(&value.to_text()?, kind)?, span: value.span });
    std::iter::once(stated).chain(stated.items()).filter_map(one).collect()
}
