//! What owners and the things in a catalog are.

use crate::graph::{Column, ColumnStyle, Kind, Section};

pub(super) static OWNERS: Section = Section { slug: "owners", label: "Owners", icon: "team", order: 60 };

pub(super) static CATALOG: Section = Section { slug: "catalog", label: "Catalog", icon: "catalog", order: 55 };

static OWNER_COLUMNS: [Column; 1] = [Column { label: "Part of", fact: "part of", style: ColumnStyle::Related }];

static CATALOG_COLUMNS: [Column; 4] = [
    Column { label: "Type", fact: "type", style: ColumnStyle::Text },
    Column { label: "Lifecycle", fact: "lifecycle", style: ColumnStyle::Badge },
    Column { label: "Owner", fact: "owned by", style: ColumnStyle::Related },
    Column { label: "Part of", fact: "part of", style: ColumnStyle::Related },
];

/// Kinds of owners.
const fn owner(name: &'static str, label: &'static str, plural: &'static str, order: u16) -> Kind {
    Kind { name, label, plural, section: &OWNERS, order, scheme: name, list: Some(&OWNER_COLUMNS), facet: "Owners" }
}

/// Kinds of a catalog.
const fn entity(name: &'static str, label: &'static str, plural: &'static str, order: u16) -> Kind {
    Kind { name, label, plural, section: &CATALOG, order, scheme: name, list: Some(&CATALOG_COLUMNS), facet: "Catalog" }
}

pub(super) static TEAM: Kind = owner("team", "Team", "Teams", 0);
pub(super) static USER: Kind = owner("user", "Person", "People", 1);
pub(super) static DOMAIN: Kind = entity("domain", "Domain", "Domains", 0);
pub(super) static SYSTEM: Kind = entity("system", "System", "Systems", 1);
pub(super) static COMPONENT: Kind = entity("component", "Component", "Components", 2);
pub(super) static API: Kind = entity("catalog-api", "API", "APIs", 3);
pub(super) static RESOURCE: Kind = entity("resource", "Resource", "Resources", 4);

/// All of them.
pub(super) static ALL: &[&Kind] = &[&DOMAIN, &SYSTEM, &COMPONENT, &API, &RESOURCE, &TEAM, &USER];

/// The one of that scheme, which is its name.
pub(super) fn of_scheme(scheme: &str) -> &'static Kind {
    ALL.iter().find(|kind| kind.scheme == scheme).copied().unwrap_or(&COMPONENT)
}
