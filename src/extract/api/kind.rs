//! What the parts of a specification are, in the graph.

use crate::graph::{Column, ColumnStyle, Kind, Section};

static SECTION: Section = Section { slug: "api", label: "API", icon: "api", order: 40 };

/// A whole specification.
pub(super) static API: Kind = Kind {
    name: "api",
    label: "API",
    plural: "APIs",
    section: &SECTION,
    order: 0,
    scheme: "api",
    list: Some(&[
        Column { label: "Version", fact: "version", style: ColumnStyle::Text },
        Column { label: "Servers", fact: "servers", style: ColumnStyle::Code },
    ]),
    facet: "APIs",
};

/// Calls that belong together.
pub(super) static TAG: Kind = Kind {
    name: "tag",
    label: "Tag",
    plural: "Tags",
    section: &SECTION,
    order: 1,
    scheme: "api",
    list: None,
    facet: "APIs",
};

/// A method on a path.
pub(super) static OPERATION: Kind = Kind {
    name: "operation",
    label: "Operation",
    plural: "Operations",
    section: &SECTION,
    order: 2,
    scheme: "api",
    list: None,
    facet: "Operations",
};

/// A call that the service makes to its client.
pub(super) static WEBHOOK: Kind = Kind {
    name: "webhook",
    label: "Webhook",
    plural: "Webhooks",
    section: &SECTION,
    order: 3,
    scheme: "api",
    list: None,
    facet: "Webhooks",
};

/// A named shape of data.
pub(super) static SCHEMA: Kind = Kind {
    name: "schema",
    label: "Schema",
    plural: "Schemas",
    section: &SECTION,
    order: 4,
    scheme: "api",
    list: None,
    facet: "Schemas",
};
