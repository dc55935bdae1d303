//! What a node asks of those who use it, and what it gives them: the part of a source that another revision must not break.
//!
//! A contract says what travels and not how it is written: `nullable: true` and `type: [string, "null"]` are the same shape,
//! a parameter of Swagger 2.0 and one of OpenAPI 3 the same term. Where a schema has a node of its own, a shape only names
//! that, so contracts are as long as their sources and two of them can be compared one by one.

use std::collections::{BTreeMap, BTreeSet};

use super::NodeId;
use crate::source::{Interned, RepoPath, Span};

/// The contracts of what a graph is about.
pub type Contracts = BTreeMap<Subject, Contract>;

/// What has a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A node.
    Node(NodeId),
    /// A place that others refer to and that is no node: a file of its own, or a part of one.
    Place {
        /// The file.
        file: RepoPath,
        /// A JSON pointer (RFC 6901) into it; empty for all of it.
        pointer: Interned,
    },
}

/// The terms under which a node is used, in the source's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// One for each part.
    pub terms: Vec<Term>,
}

/// One part of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which part it is: what a term of another revision is matched by.
    pub part: Part,
    /// Whether it must be there.
    pub required: bool,
    /// Whether its users have been told to leave it.
    pub deprecated: bool,
    /// How it is written down or sent, in a few words, where that can differ: `form`, `HTTP bearer`.
    pub manner: String,
    /// What it carries, if that is known.
    pub shape: Option<Shape>,
    /// Where it is written.
    pub span: Span,
}

/// What a term is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it: the shape of a schema.
    Whole,
    /// An address at which a service is found.
    Server(String),
    /// A way for callers to show who they are, by its name.
    Scheme(String),
    /// Scopes by scheme, all of which a caller needs; none when anybody may call. Others of these terms are other ways.
    Credentials(BTreeMap<String, BTreeSet<String>>),
    /// A parameter.
    Parameter {
        /// `path`, `query`, `header` or `cookie`.
        place: String,
        /// Its name; that of a path is its number from 1, because callers never write the name.
        name: String,
    },
    /// What is sent along.
    Body,
    /// One form of that.
    BodyContent {
        /// The media type.
        media_type: String,
    },
    /// An answer.
    Response {
        /// `200`, `4XX`, `default`.
        status: String,
    },
    /// What stands above an answer.
    Header {
        /// The status of the answer.
        status: String,
        /// The header's name, in lower case.
        name: String,
    },
    /// One form of an answer.
    ResponseContent {
        /// The status of the answer.
        status: String,
        /// The media type.
        media_type: String,
    },
    /// A part of a call that the service makes to its caller.
    Callback {
        /// The name and method of that call.
        name: String,
        /// The part of it.
        part: Box<Part>,
    },
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// What the contract of that says as a whole.
    Of(Subject),
    /// That, or null.
    OrNull(Box<Shape>),
    /// What is written in this place.
    Written(Box<Written>),
}

/// A shape that is written where it is used. Without any of its members it is any value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The types that it may have, null aside; none for any.
    pub types: BTreeSet<String>,
    /// The values that it may have, as JSON; none for any.
    pub values: Option<BTreeSet<String>>,
    /// What else bounds it, as JSON, by JSON Schema's keyword: `format`, `maximum`, `pattern`.
    pub bounds: BTreeMap<String, String>,
    /// The fields of an object.
    pub fields: Vec<Property>,
    /// The names of fields that must be there.
    pub required: BTreeSet<String>,
    /// What fields of other names may be; none when nothing is said, so that there may be some.
    pub others: Option<Others>,
    /// What the items of a list are.
    pub items: Option<Shape>,
    /// What it is besides: all of these.
    pub parts: Vec<Shape>,
    /// What it may be: one of these; none when there is no choice.
    pub alternatives: Vec<Shape>,
    /// What is taken when nothing is sent, as JSON.
    pub default: Option<String>,
    /// Who may send it.
    pub access: Access,
    /// Whether its users have been told to leave it.
    pub deprecated: bool,
}

/// A field of an object. Two are equal wherever they are written.
#[derive(Clone, Debug, Eq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What it may be.
    pub shape: Shape,
    /// Where it is written.
    pub span: Span,
}

impl PartialEq for Property {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.shape) == (&other.name, &other.shape)
    }
}

/// Fields whose names are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Others {
    /// There are none.
    Refused,
    /// They are of this shape.
    Of(Box<Shape>),
}

/// Who may send a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Callers and the service.
    #[default]
    Both,
    /// The service alone: it is read-only.
    Read,
    /// Callers alone: it is write-only.
    Write,
}

impl Contract {
    /// The shape of the whole.
    pub fn whole(&self) -> Option<&Shape> {
        self.terms.iter().find(|term| term.part == Part::Whole)?.shape.as_ref()
    }
}

impl Shape {
    /// Any value at all.
    pub fn any() -> Self {
        Self::Written(Box::default())
    }

    /// Calls `visit` with everything that the shape names, what its parts name included.
    pub fn visit_subjects(&self, visit: &mut impl FnMut(Subject)) {
        // Shapes are as deep as whoever made them lets them be; no recursion is needed to see them all.
        let mut waiting = vec![self];
        while let Some(shape) = waiting.pop() {
            match shape {
                Self::Of(subject) => visit(*subject),
                Self::OrNull(inner) => waiting.push(inner),
                Self::Written(written) => {
                    waiting.extend(written.fields.iter().map(|field| &field.shape));
                    waiting.extend(written.items.iter().chain(&written.parts).chain(&written.alternatives));
                    if let Some(Others::Of(shape)) = &written.others {
                        waiting.push(shape);
                    }
                }
            }
        }
    }
}
