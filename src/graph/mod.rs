//! The typed content graph: everything that is true about the repository, and how it hangs together.
//!
//! Enters: the extractors' fragments. Leaves: a [`Graph`] of nodes and links with every identity settled (`assemble`),
//! then a [`ResolvedGraph`] in which every link has found its end or been reported (`resolve`).
//!
//! Architecture invariant: kinds are open and blocks are closed. A new extractor declares its [`Kind`]s and needs no
//! change here; a new [`Block`] makes the compiler list every place that must show it.

mod anchors;
mod assemble;
mod block;
mod body;
mod commands;
mod contract;
mod export;
mod facts;
mod followed;
mod fragment;
mod generators;
mod id;
mod incoming;
mod keys;
mod kind;
mod known;
mod link;
mod lookup;
mod metrics;
mod node;
mod ownership;
mod paths;
mod plain_text;
mod published;
mod reassemble;
mod reference;
pub mod request_form;
mod resolve;
mod routes;
mod runbook_names;
mod runbooks;
mod rustdoc;
mod site_address;
mod slips;
mod slugs;
mod stored;
mod telling;
mod variables;

pub(crate) use assemble::suffixed;
pub use assemble::{Graph, assemble, compare_siblings};
pub use block::{Block, Code, Field, Hole, Prose, Slot, escape, push_escaped, push_text};
pub use body::{Bodies, Body};
pub use commands::{COMMAND, Named, Thing};
pub use contract::{Access, Contract, Contracts, Others, Part, Property, Shape, Subject, Term, Written};
pub use export::{
    Edge, ExportedEdge, ExportedNode, ExportedSource, GraphExport, LastChange, edge_count, edges, edges_of, export,
};
pub use facts::{Fact, Facts};
pub use followed::{End, FollowedLinks};
pub use fragment::{Fragment, OwnedFile, ShownFile};
pub use generators::{
    Directions, SHOWN_ON, TEMPLATES, are_of_one_site, has_template, is_language, is_output, is_template, site_project,
};
pub use id::NodeId;
pub use keys::{Content, KEY, Known, READ_KEY, ReadKey, ReadKeys, is_configuration};
pub use kind::{Column, ColumnStyle, Kind, Section};
pub use link::{Link, LinkIndex, Need, Relation, Target};
pub use lookup::{NotFound, find_node};
pub use metrics::{EMITTED, EmittedMetrics, names_of_series};
pub use node::{Home, Node};
pub use paths::{files_meant, path_named};
pub use plain_text::{plain_text, push_words};
pub use reassemble::Reassembled;
pub use request_form::RequestForm;
pub use resolve::{ResolvedGraph, resolve, resolve_again};
pub use routes::specification_of;
pub use stored::Context;
pub use variables::{READ_VARIABLE, ReadVariables, VARIABLE, is_variable_name};
