//! Directed, typed connections between nodes, as the sources write them.

use std::fmt;

use serde::{Serialize, Serializer};

use super::NodeId;
use crate::source::{Interned, Span};

/// A connection that a source states, before anyone looked where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The node that states it.
    pub from: NodeId,
    /// What it means.
    pub relation: Relation,
    /// What it names.
    pub target: Target,
    /// Where it is written.
    pub span: Span,
    /// What it means for it to lead nowhere.
    pub need: Need,
    /// Whether the edge runs from the target to `from`, because the source states the passive: "Superseded by ADR 9" in
    /// decision 7 is `adr:0009 supersedes adr:0007`.
    pub flipped: bool,
}

/// What a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A node that the extractor itself made.
    Known(NodeId),
    /// Something to be looked up. The scheme says how:
    ///
    /// | scheme | text |
    /// |---|---|
    /// | a kind's scheme: `adr`, `guide`, `api`, `rust`… | the name behind the colon, with an optional `#anchor` |
    /// | `path` | a path relative to the linking file's folder (or from the root when it starts with `/`), percent-encoded as in Markdown, with an optional `#anchor` |
    /// | `image` | likewise, of a file to be copied into the site |
    /// | `file` | a file to be copied into the site, by its path from the repository's root |
    /// | `anchor` | the id of a place on the node's own page |
    /// | `code` | a Rust path as somebody wrote it in backticks |
    /// | `file-name` | a path of the repository as somebody wrote it in backticks, from the file's folder or from the root |
    /// | `command` | something that a command in a document names: its kind, its name and, if need be, `in` and the folder; leads nowhere itself |
    /// | `route` | a route of HTTP that code serves: method, path and, if there is one, operation id, each behind a space |
    /// | `runbook-url` | the `runbook_url` of an alert, as it is written |
    /// | `runbook-of` | the name of an alert, of which there may be a runbook or a section of one |
    /// | `metric` | the name of a metric, as an expression has it |
    /// | `emitted-metric` | a type of metric and the name under which code registers it; leads nowhere itself |
    /// | `environment-variable` | the name of an environment variable, as a document has it |
    /// | `read-variable` | the name of one that code reads, with `*` for what is not known of it; leads nowhere itself |
    /// | `configuration-key` | the key of a configuration, as a document has it: its parts with `.` between them; leads nowhere itself |
    /// | `read-key` | a key that a structure of code is read from ([`ReadKey`](super::ReadKey)); leads nowhere itself |
    /// | `https`, `http`, `mailto`… | the whole address, scheme included |
    Named {
        /// How to look it up.
        scheme: Interned,
        /// The name, as written.
        text: String,
    },
}

/// What it means for a link to lead nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Somebody wrote it on purpose: a finding.
    Must,
    /// It may be something else altogether (a type's name in a signature, a word in brackets): shown as plain text.
    May,
}

/// A link among the links of one node, in the order of its fragment: what holes in its body refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkIndex(pub u32);

macro_rules! relations {
    ($($variant:ident $active:literal $passive:literal;)*) => {
        /// What a connection means, read from `from` to its target.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Relation {
            $(#[doc = concat!("`", $active, "`, and seen from the target: \"", $passive, "\".")] $variant,)*
        }

        impl Relation {
            /// Every relation, in the order in which a page shows them.
            pub const ALL: &[Relation] = &[$(Relation::$variant,)*];

            /// As read from its source: "supersedes".
            pub fn active(self) -> &'static str {
                match self { $(Relation::$variant => $active,)* }
            }

            /// As read from its target: "superseded by".
            pub fn passive(self) -> &'static str {
                match self { $(Relation::$variant => $passive,)* }
            }
        }
    };
}

relations! {
    Supersedes "supersedes" "superseded by";
    PartlySupersedes "partly supersedes" "partly superseded by";
    Amends "amends" "amended by";
    Extends "extends" "extended by";
    Requires "requires" "required by";
    RelatesTo "relates to" "related to by";
    Mitigates "mitigates" "mitigated by";
    Owns "owns" "owned by";
    Provides "provides" "provided by";
    DependsOn "depends on" "depended on by";
    Documents "documents" "documented by";
    Implements "implements" "implemented by";
    Handles "handles" "handled by";
    Accepts "accepts" "accepted by";
    Returns "returns" "returned by";
    RefersTo "refers to" "referred to by";
    ReExports "re-exports" "re-exported as";
    PartOf "part of" "has part";
    Mentions "mentions" "mentioned by";
}

impl fmt::Display for Relation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.active())
    }
}

/// By active name, as the graph's contract sorts edges.
impl Ord for Relation {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.active().cmp(other.active())
    }
}

impl PartialOrd for Relation {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.active())
    }
}

/// Whether `text` is an address, which brings its scheme along in whatever case; a reference is the name behind the colon.
pub(super) fn is_address(scheme: &str, text: &str) -> bool {
    text.split_once(':').is_some_and(|(written, _)| written.eq_ignore_ascii_case(scheme))
}
