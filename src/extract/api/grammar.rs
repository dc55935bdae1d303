//! What the objects of a specification are made of, over all versions of the standard: enough to walk a document from
//! object to object, knowing what each is to be.

/// An object of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Document,
    Info,
    Server,
    Tag,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    Header,
    MediaType,
    Schema,
    Example,
    Link,
    Callback,
    SecurityScheme,
}

/// How objects stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One.
    One,
    /// Several, in order.
    List,
    /// Several, by name.
    Map,
}

impl Part {
    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Document => "document",
            Part::Info => "`info` object",
            Part::Server => "server",
            Part::Tag => "tag",
            Part::Components => "`components` object",
            Part::PathItem => "path item",
            Part::Operation => "operation",
            Part::Parameter => "parameter",
            Part::RequestBody => "request body",
            Part::Responses => "`responses` object",
            Part::Response => "response",
            Part::Header => "header",
            Part::MediaType => "media type",
            Part::Schema => "schema",
            Part::Example => "example",
            Part::Link => "link",
            Part::Callback => "callback",
            Part::SecurityScheme => "security scheme",
        }
    }

    /// The fields of it that hold further objects.
    pub(super) fn fields(self) -> &'static [(&'static str, Shape, Part)] {
        use Shape::{List, Map, One};
        match self {
            Part::Document => &[
                ("info", One, Part::Info),
                ("servers", List, Part::Server),
                ("tags", List, Part::Tag),
                ("paths", Map, Part::PathItem),
                ("webhooks", Map, Part::PathItem),
                ("components", One, Part::Components),
                ("definitions", Map, Part::Schema),
                ("parameters", Map, Part::Parameter),
                ("responses", Map, Part::Response),
                ("securityDefinitions", Map, Part::SecurityScheme),
            ],
            Part::Components => &[
                ("schemas", Map, Part::Schema),
                ("responses", Map, Part::Response),
                ("parameters", Map, Part::Parameter),
                ("examples", Map, Part::Example),
                ("requestBodies", Map, Part::RequestBody),
                ("headers", Map, Part::Header),
                ("securitySchemes", Map, Part::SecurityScheme),
                ("links", Map, Part::Link),
                ("callbacks", Map, Part::Callback),
                ("pathItems", Map, Part::PathItem),
                ("mediaTypes", Map, Part::MediaType),
            ],
            Part::PathItem => &[
                ("get", One, Part::Operation),
                ("put", One, Part::Operation),
                ("post", One, Part::Operation),
                ("delete", One, Part::Operation),
                ("options", One, Part::Operation),
                ("head", One, Part::Operation),
                ("patch", One, Part::Operation),
                ("trace", One, Part::Operation),
                ("query", One, Part::Operation),
                ("additionalOperations", Map, Part::Operation),
                ("parameters", List, Part::Parameter),
                ("servers", List, Part::Server),
            ],
            Part::Operation => &[
                ("parameters", List, Part::Parameter),
                ("requestBody", One, Part::RequestBody),
                ("responses", One, Part::Responses),
                ("callbacks", Map, Part::Callback),
                ("servers", List, Part::Server),
            ],
            Part::Parameter | Part::Header => {
                &[("schema", One, Part::Schema), ("content", Map, Part::MediaType), ("examples", Map, Part::Example)]
            }
            Part::RequestBody => &[("content", Map, Part::MediaType)],
            Part::Response => &[
                ("headers", Map, Part::Header),
                ("content", Map, Part::MediaType),
                ("links", Map, Part::Link),
                ("schema", One, Part::Schema),
            ],
            Part::MediaType => {
                &[("schema", One, Part::Schema), ("itemSchema", One, Part::Schema), ("examples", Map, Part::Example)]
            }
            Part::Schema => &[
                ("properties", Map, Part::Schema),
                ("patternProperties", Map, Part::Schema),
                ("additionalProperties", One, Part::Schema),
                ("items", One, Part::Schema),
                ("prefixItems", List, Part::Schema),
                ("allOf", List, Part::Schema),
                ("oneOf", List, Part::Schema),
                ("anyOf", List, Part::Schema),
                ("not", One, Part::Schema),
                ("if", One, Part::Schema),
                ("then", One, Part::Schema),
                ("else", One, Part::Schema),
                ("contains", One, Part::Schema),
                ("propertyNames", One, Part::Schema),
                ("unevaluatedItems", One, Part::Schema),
                ("unevaluatedProperties", One, Part::Schema),
                ("dependentSchemas", Map, Part::Schema),
                ("$defs", Map, Part::Schema),
            ],
            Part::Info
            | Part::Server
            | Part::Tag
            | Part::Example
            | Part::Link
            | Part::SecurityScheme
            | Part::Responses
            | Part::Callback => &[],
        }
    }

    /// For an object whose fields are all of one kind, by names of the author's: that kind.
    pub(super) fn entries(self) -> Option<Part> {
        match self {
            Part::Responses => Some(Part::Response),
            Part::Callback => Some(Part::PathItem),
            _ => None,
        }
    }
}
