//! A part of a contract -> what readers and programs call it.

use super::change::Direction;
use crate::graph::Part;

/// A part of a contract, and a field in what it carries.
pub(super) struct Place {
    pub(super) part: Part,
    /// `lines[].price`; empty for all of it.
    pub(super) path: String,
    pub(super) direction: Direction,
}

impl Place {
    /// In words: "query parameter `limit`", "field `lines[].price` of response 200 (application/json)". `call` is the path of
    /// the call that it belongs to.
    pub(super) fn words(&self, call: &str) -> String {
        let whole = part_words(&self.part, call);
        match (self.path.is_empty(), whole.is_empty()) {
            (true, _) => whole,
            (false, true) => format!("field {}", code(&self.path)),
            (false, false) => format!("field {} of {whole}", code(&self.path)),
        }
    }

    /// As the first part of a code: `request-field`.
    pub(super) fn code(&self) -> &'static str {
        match (self.path.is_empty(), &self.part) {
            (true, part) => part_code(part, self.direction),
            (false, _) => match self.direction {
                Direction::Asked => "request-field",
                Direction::Given => "response-field",
                Direction::Unused => "field",
            },
        }
    }
}

fn part_words(part: &Part, call: &str) -> String {
    match part {
        Part::Whole => String::new(),
        Part::Server(address) => format!("server {}", code(address)),
        Part::Scheme(name) => format!("authentication {}", code(name)),
        Part::Credentials(way) if way.is_empty() => "calling without authentication".to_owned(),
        Part::Credentials(way) => {
            let names: Vec<String> = way.keys().map(|name| code(name)).collect();
            format!("authentication with {}", names.join(" and "))
        }
        Part::Parameter { place, name } if place == "path" => {
            format!("path parameter {}", code(nth_parameter(call, name).unwrap_or(name)))
        }
        Part::Parameter { place, name } => format!("{} parameter {}", plain(place), code(name)),
        Part::Body => "the request body".to_owned(),
        Part::BodyContent { media_type } => format!("the request body ({})", plain(media_type)),
        Part::Response { status } => format!("response {}", plain(status)),
        Part::Header { status, name } => format!("header {} of response {}", code(name), plain(status)),
        Part::ResponseContent { status, media_type } => format!("response {} ({})", plain(status), plain(media_type)),
        Part::Callback { name, part } => match **part {
            Part::Body => format!("callback {}", code(name)),
            _ => format!("{} of callback {}", part_words(part, ""), code(name)),
        },
    }
}

/// The name of the parameter whose number in the path of a call is `number`.
fn nth_parameter<'a>(call: &'a str, number: &str) -> Option<&'a str> {
    let index = number.parse::<usize>().ok()?;
    call.split('{').nth(index)?.split('}').next()
}

fn part_code(part: &Part, direction: Direction) -> &'static str {
    match part {
        Part::Whole => match direction {
            Direction::Asked => "request-schema",
            Direction::Given => "response-schema",
            Direction::Unused => "schema",
        },
        Part::Server(_) => "server",
        Part::Scheme(_) | Part::Credentials(_) => "authentication",
        Part::Parameter { .. } => "parameter",
        Part::Body => "request-body",
        Part::BodyContent { .. } => "request-media-type",
        Part::Response { .. } => "response",
        Part::Header { .. } => "response-header",
        Part::ResponseContent { .. } => "response-media-type",
        Part::Callback { .. } => "callback",
    }
}

/// `text` on one line, without what a terminal would take for a command.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// `text` as code in Markdown, which readers of plain text understand as well.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", plain(text).replace('`', "'"))
}
