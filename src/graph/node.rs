//! A thing worth a place in the documentation.

use super::{Body, Facts, Kind, NodeId};
use crate::source::{Interned, Span};

/// A thing that some source describes: a decision, an alert, an endpoint, a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is called across builds.
    pub id: NodeId,
    /// What it is.
    pub kind: &'static Kind,
    /// What readers see, as plain text.
    pub title: String,
    /// One or two sentences as plain text; empty for none.
    pub summary: String,
    /// What its source states about it. A fact that is not stated is left out.
    pub facts: Facts,
    /// What its page shows below the title.
    pub body: Body,
    /// Where it is written. The file's folder is what its relative links start from.
    pub span: Span,
    /// Where it is published.
    pub home: Home,
    /// The thing it is a part of: its page stands below that one's in the navigation, and the graph says `part of`.
    pub parent: Option<NodeId>,
    /// The heading under which navigation lists it among its siblings; empty for none.
    pub group: String,
    /// Its place among its siblings, smallest first; those without one follow, by title.
    pub order: Option<i64>,
    /// Further names by which references find it, without scheme: `7` and `0007-use-postgresql` beside `adr:0007`.
    pub names: Vec<Interned>,
}

/// Where a node is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// On a page of its own.
    Page {
        /// The address below the site's root, without a leading slash: `adr/0007-use-postgresql/`, `rust/shop/index.html`;
        /// empty for the site's front page.
        route: String,
        /// Old addresses, from the root, that lead there.
        aliases: Vec<String>,
    },
    /// At a place on another node's page.
    Within {
        /// The node whose page it is, or is again within.
        node: NodeId,
        /// The id of the place, which that node's body contains.
        anchor: String,
    },
}

impl Node {
    /// A node with nothing but what every node has; the rest is added by assignment.
    pub fn new(id: NodeId, kind: &'static Kind, title: impl Into<String>, span: Span, home: Home) -> Self {
        Self {
            id,
            kind,
            title: title.into(),
            summary: String::new(),
            facts: Facts::new(),
            body: Body::default(),
            span,
            home,
            parent: None,
            group: String::new(),
            order: None,
            names: Vec::new(),
        }
    }
}

impl Home {
    /// A page at `route`, without older addresses.
    pub fn page(route: impl Into<String>) -> Self {
        Self::Page { route: route.into(), aliases: Vec::new() }
    }
}
