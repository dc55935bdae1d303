//! Descriptor files of a software catalog, as Backstage has them -> entities.
//! (<https://backstage.io/docs/features/software-catalog/descriptor-format>)

use std::sync::Arc;

use super::name::{EntityName, entity};
use crate::data::{self, Value};
use crate::diagnostic::Diagnostics;
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
    /// Where the definition of an API is: a path from the descriptor's folder, or an address.
    pub(super) definition: Option<String>,
    /// What readers may want to see elsewhere.
    pub(super) links: Vec<Way>,
    /// The folder of its documents, from the descriptor's, and where that is said.
    pub(super) documents: Option<(String, Span)>,
}

/// A link of an entity.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) span: Span,
}

/// An entity that another one names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: EntityName,
    /// As it is written.
    pub(super) text: String,
    pub(super) span: Span,
}

/// What an entity says of another one.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    /// What readers see before the other one's name.
    pub(super) label: &'static str,
    pub(super) relation: Relation,
    /// Whether the relation leads from the other one to this.
    pub(super) is_flipped: bool,
    pub(super) other: Named,
}

/// The fields of `spec` that name others: what readers call it, what it means, whether it leads from the other one, and the kind that
/// is meant where none is said.
const CONNECTIONS: &[(&str, &str, Relation, bool, &str)] = &[
    ("system", "Part of", Relation::PartOf, false, "system"),
    ("domain", "Part of", Relation::PartOf, false, "domain"),
    ("subdomainOf", "Part of", Relation::PartOf, false, "domain"),
    ("subcomponentOf", "Part of", Relation::PartOf, false, "component"),
    ("providesApis", "Provides", Relation::Provides, false, "api"),
    ("consumesApis", "Consumes", Relation::DependsOn, false, "api"),
    ("dependsOn", "Depends on", Relation::DependsOn, false, "component"),
    ("dependencyOf", "Dependency of", Relation::DependsOn, true, "component"),
    ("parent", "Part of", Relation::PartOf, false, "group"),
    ("children", "Has part", Relation::PartOf, true, "group"),
    ("members", "Members", Relation::PartOf, true, "user"),
    ("memberOf", "Member of", Relation::PartOf, false, "group"),
];

/// The entities in `file`, and what is wrong with it. Those of which the names are yet to be filled in are none.
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
    let name = entity(&format!("{kind}:{namespace}/{}", named.to_text()?), &kind, "default")?;
    if name.id().is_none() && name.kind != "template" {
        return None;
    }
    let spec = value.get("spec");
    let text = |from: Option<&Value>, key: &str| {
        from?.get(key)?.to_text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let profile = spec.and_then(|spec| spec.get("profile"));
    let title = text(Some(metadata), "title").or_else(|| text(profile, "displayName"));
    let facts =
        [("type", text(spec, "type")), ("lifecycle", text(spec, "lifecycle")), ("email", text(profile, "email"))];
    let tags = metadata.get("tags").map_or(&[][..], Value::items).iter().filter_map(Value::to_text);
    let owner = spec.and_then(|spec| spec.get("owner")).and_then(|owner| names(owner, "group", namespace).pop());
    let connections = CONNECTIONS.iter().flat_map(|(key, label, relation, is_flipped, kind)| {
        let others = spec.and_then(|spec| spec.get(key)).map_or_else(Vec::new, |stated| names(stated, kind, namespace));
        let connection = |other| Connection { label, relation: *relation, is_flipped: *is_flipped, other };
        others.into_iter().map(connection)
    });
    let definition = spec.and_then(|spec| spec.get("definition")).filter(|_| name.kind == "api");
    let definition = ["$text", "$openapi", "$yaml", "$json", "$asyncapi"]
        .iter()
        .find_map(|key| definition?.get(key)?.as_str().map(str::to_owned));
    Some(Entity {
        span: named.span,
        title: title.or_else(|| named.to_text()).unwrap_or_default(),
        description: metadata.get("description").and_then(|text| Some((text.to_text()?, text.span))),
        facts: facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        tags: tags.collect(),
        slug: annotated(metadata, &["/team-slug", "/team-path", "/user-login"])
            .map(|(_, slug, _)| slug.to_owned())
            .unwrap_or_default(),
        owner,
        connections: connections.collect(),
        definition,
        links: metadata
            .get("links")
            .map_or(&[][..], Value::items)
            .iter()
            .filter_map(way)
            .chain(source(metadata))
            .collect(),
        documents: annotated(metadata, &["/techdocs-ref"])
            .and_then(|(_, place, span)| Some((place.strip_prefix("dir:")?.to_owned(), span))),
        name,
    })
}

/// The entities that `stated` names, one or several.
fn names(stated: &Value, kind: &str, namespace: &str) -> Vec<Named> {
    let one = |value: &Value| {
        let text = value.to_text()?;
        Some(Named { name: entity(&text, kind, namespace)?, text: text.trim().to_owned(), span: value.span })
    };
    std::iter::once(stated).chain(stated.items()).filter_map(one).collect()
}

/// The first annotation with one of these ends: what stands before that, what it says, and where.
fn annotated<'v>(metadata: &'v Value, ends: &[&str]) -> Option<(&'v str, &'v str, Span)> {
    let annotations = metadata.get("annotations").map_or(&[][..], Value::entries);
    ends.iter().find_map(|end| {
        let stated = annotations.iter().filter_map(|entry| Some((entry.key.strip_suffix(end)?, &entry.value)));
        let mut stated = stated.filter_map(|(before, value)| Some((before, value.as_str()?.trim(), value.span)));
        stated.find(|(_, text, _)| !text.is_empty() && !text.contains("${{"))
    })
}

fn way(value: &Value) -> Option<Way> {
    let address = value.get("url")?;
    let text = address.as_str().map(str::trim).filter(|text| is_address(text))?.to_owned();
    let title = value.get("title").and_then(Value::to_text).filter(|title| !title.trim().is_empty());
    Some(Way { title: title.unwrap_or_else(|| text.clone()), address: text, span: address.span })
}

/// Where its source is, as far as the annotations say.
fn source(metadata: &Value) -> Option<Way> {
    let located = annotated(metadata, &["/source-location"])
        .and_then(|(_, place, span)| Some((place.strip_prefix("url:")?.to_owned(), span)));
    let (address, span) = located.or_else(|| {
        let (host, slug, span) = annotated(metadata, &["/project-slug"])?;
        Some((format!("https://{host}/{slug}"), span))
    })?;
    is_address(&address).then(|| Way { title: "Source".to_owned(), address, span })
}

/// Whether a browser can go there.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains("{{") && !text.contains(char::is_whitespace)
}
