//! What a form needs to know with which readers send a request from a page.
//!
//! Its serialised form is what scripts of the theme read. What goes without saying is left out there.

use serde::Serialize;

/// A request that readers may fill in and send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RequestForm {
    /// What it is a part of: whatever has the same name here shares servers and credentials.
    pub document: String,
    /// In upper case.
    pub method: String,
    /// With its parameters in braces.
    pub path: String,
    /// Where it may be sent, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// The parameters, each of which says its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// Ways to write the body, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<Content>,
    /// Whether it cannot be sent without a body.
    #[serde(skip_serializing_if = "is_false")]
    pub needs_body: bool,
    /// The media types that may be answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// Ways to authenticate, of which one will do: each is what has to be shown together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Vec<Credential>>,
}

/// An address that requests may be sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Server {
    /// With its variables in braces; possibly only a path.
    pub url: String,
    /// A few words; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The variables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Input>,
}

/// A value that readers fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Where it goes.
    #[serde(rename = "in", skip_serializing_if = "is_default")]
    pub place: Place,
    /// What it is called there.
    pub name: String,
    /// Whether it has to be there.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// What stands there at first; one item a line in lists, JSON for maps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The values that it, or each of its items, can have; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What it consists of.
    #[serde(skip_serializing_if = "is_default")]
    pub shape: Shape,
    /// How it is written.
    #[serde(skip_serializing_if = "is_default")]
    pub style: Style,
    /// Whether each item or field is written on its own; `None` for what the style does by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explode: Option<bool>,
}

/// Where an [`Input`] goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The list that it stands in says so.
    #[default]
    Around,
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// It is the query.
    QueryString,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// What an [`Input`] consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// One value.
    #[default]
    Text,
    /// Values in order.
    List,
    /// Anything that JSON can write: objects, lists of them.
    Json,
    /// A file.
    File,
    /// Several files.
    Files,
}

/// How lists and objects are written; the styles of OpenAPI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// That of the place: `simple` in paths and headers, `form` elsewhere.
    #[default]
    Usual,
    /// `.a.b`
    Label,
    /// `;a=1;a=2`
    Matrix,
    /// With spaces between items.
    Spaces,
    /// With `|` between items.
    Pipes,
    /// With tabs between items, in Swagger 2.0.
    Tabs,
    /// `a[key]=1`
    Deep,
    /// As JSON.
    Json,
}

/// One way to write a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Content {
    /// The media types that it may be called.
    pub types: Vec<String>,
    /// What it consists of.
    pub payload: Payload,
}

/// What a body consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Payload {
    /// Text, and what stands there at first.
    Text(String),
    /// The fields of a form.
    Fields(Vec<Input>),
    /// A file.
    File,
}

/// Something that shows who calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// What the specification calls it.
    pub name: String,
    /// How it is shown.
    pub way: Way,
}

/// How a [`Credential`] is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// In the header of this name.
    Header(String),
    /// In the query, under this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
    /// By name and password (RFC 7617).
    Basic,
    /// By a token (RFC 6750).
    Bearer,
    /// By a token that OAuth 2.0 or OpenID Connect gives out.
    Token,
    /// By any other scheme of HTTP authentication, which is called so.
    Scheme(String),
    /// By a certificate, which browsers have or have not.
    Certificate,
}

impl RequestForm {
    /// How many values it holds, of which a long text counts as several.
    pub fn cost(&self) -> usize {
        let text = |text: &str| 1 + text.len() / 64;
        let input = |input: &Input| {
            let choices = input.choices.iter().map(|choice| text(choice)).sum::<usize>();
            text(&input.name) + input.value.as_deref().map_or(0, text) + choices
        };
        let inputs = |list: &[Input]| list.iter().map(input).sum::<usize>();
        let payload = |payload: &Payload| match payload {
            Payload::Text(example) => text(example),
            Payload::Fields(fields) => inputs(fields),
            Payload::File => 1,
        };
        let servers =
            self.servers.iter().map(|server| text(&server.url) + text(&server.about) + inputs(&server.variables));
        let bodies = self.bodies.iter().map(|body| body.types.len() + payload(&body.payload));
        let credentials = self.credentials.iter().map(|together| 1 + together.len());
        inputs(&self.inputs)
            + servers.sum::<usize>()
            + bodies.sum::<usize>()
            + credentials.sum::<usize>()
            + self.accepts.len()
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
