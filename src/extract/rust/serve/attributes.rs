//! The attributes of a function -> the routes that they state.
//!
//! actix-web and rocket: `#[get("/orders/{id}")]`, `#[route("/orders", method = "GET")]`; poem-openapi: `#[oai(path = "/orders",
//! method = "get")]`; dropshot: `#[endpoint { method = GET, path = "/orders" }]`; utoipa: `#[utoipa::path(get, path = "/orders")]`.

use std::ops::Range;

use super::super::syntax::TokenKind;
use super::super::tokens::Tokens;

/// A method on a path, as an attribute states it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// In upper case.
    pub(super) method: String,
    pub(super) path: String,
    /// What the description that is made from the code calls it.
    pub(super) operation_id: Option<String>,
    /// The attribute, as a place in the file.
    pub(super) place: Range<usize>,
}

/// The methods of HTTP that functions serve, in lower case.
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "connect"];

/// What the `attributes` of the function `name` state; each is the range of tokens between its brackets.
pub(super) fn stated(tokens: &Tokens<'_>, attributes: &[Range<usize>], name: &str) -> Vec<Stated> {
    let mut found = Vec::new();
    let mut operation_id = None;
    for attribute in attributes {
        let Some((path, open)) = tokens.path_at(attribute.start) else { continue };
        let Some(last) = path.last() else { continue };
        if !tokens.is_open(open) {
            continue;
        }
        let arguments = Arguments { tokens, arguments: tokens.arguments(tokens.within(open)) };
        let place = tokens.place(attribute.clone());
        let is_utoipa = path.first().is_some_and(|first| first.as_str() == "utoipa");
        match last.as_str() {
            "path" if is_utoipa => {
                let id = arguments.text("operation_id").unwrap_or_else(|| name.to_owned());
                if let Some(path) = arguments.text("path") {
                    let base = arguments.text("context_path").unwrap_or_default();
                    for method in arguments.methods() {
                        let (path, operation_id) = (format!("{base}{path}"), Some(id.clone()));
                        found.push(Stated { method, path, operation_id, place: place.clone() });
                    }
                }
                operation_id = Some(id);
            }
            "endpoint" | "channel" => {
                // What ends with a version is not in the newest description.
                let is_published = arguments.value("unpublished").is_none_or(|value| tokens.at(value.start) != "true");
                if let (true, false, Some(path)) = (is_published, arguments.is_closed(), arguments.text("path")) {
                    let id = Some(arguments.text("operation_id").unwrap_or_else(|| name.to_owned()));
                    // A channel begins as a request.
                    let methods = if last.as_str() == "channel" { vec!["GET".to_owned()] } else { arguments.methods() };
                    found.extend(methods.into_iter().map(|method| Stated {
                        method,
                        path: path.clone(),
                        operation_id: id.clone(),
                        place: place.clone(),
                    }));
                }
            }
            "oai" => {
                if let Some(path) = arguments.text("path") {
                    let id = arguments.text("operation_id");
                    found.extend(arguments.methods().into_iter().map(|method| Stated {
                        method,
                        path: path.clone(),
                        operation_id: id.clone(),
                        place: place.clone(),
                    }));
                }
            }
            "route" => {
                if let Some(path) = arguments.first_text().or_else(|| arguments.text("uri")) {
                    found.extend(arguments.methods().into_iter().map(|method| Stated {
                        method,
                        path: path.clone(),
                        operation_id: None,
                        place: place.clone(),
                    }));
                }
            }
            method if METHODS.contains(&method) => {
                if let Some(path) = arguments.first_text().or_else(|| arguments.text("uri")) {
                    found.push(Stated { method: method.to_uppercase(), path, operation_id: None, place });
                }
            }
            _ => {}
        }
    }
    // What describes a function and what serves it may be two attributes.
    for route in &mut found {
        route.operation_id = route.operation_id.take().or_else(|| operation_id.clone());
    }
    found
}

/// What stands between the brackets of an attribute.
struct Arguments<'t, 'a> {
    tokens: &'t Tokens<'a>,
    arguments: Vec<Range<usize>>,
}

impl Arguments<'_, '_> {
    /// What `name = …` sets.
    fn value(&self, name: &str) -> Option<Range<usize>> {
        self.values(name).next()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = Range<usize>> {
        let is_named = move |argument: &&Range<usize>| {
            self.tokens.at(argument.start) == name && self.tokens.at(argument.start + 1) == "="
        };
        self.arguments.iter().filter(is_named).map(|argument| argument.start + 2..argument.end)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.tokens.string(self.value(name)?)
    }

    fn first_text(&self) -> Option<String> {
        self.tokens.string(self.arguments.first()?.clone())
    }

    /// Those that are written alone, or as `method = …` or `method(…)`; in upper case.
    fn methods(&self) -> Vec<String> {
        let mut places: Vec<Range<usize>> = self.values("method").collect();
        for argument in &self.arguments {
            if argument.len() == 1 && self.tokens.kind(argument.start) == Some(TokenKind::Word) {
                places.push(argument.clone());
            }
            if self.tokens.at(argument.start) == "method" && self.tokens.is_open(argument.start + 1) {
                places.extend(self.tokens.arguments(self.tokens.within(argument.start + 1)));
            }
        }
        let last = |range: Range<usize>| self.tokens.at(range.end - 1).trim_matches('"').to_lowercase();
        let methods = places.into_iter().filter(|range| !range.is_empty()).map(last);
        methods.filter(|method| METHODS.contains(&method.as_str())).map(|method| method.to_uppercase()).collect()
    }

    /// Whether it is for versions up to a last one.
    fn is_closed(&self) -> bool {
        let Some(range) = self.value("versions") else { return false };
        let dots = range.clone().find(|at| self.tokens.at(*at).starts_with(".."));
        dots.is_some_and(|dots| dots + 1 < range.end)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Tokens, stated};

    #[test]
    fn attributes_state_routes() {
        let cases: &[(&str, &[&str])] = &[
            (r#"get("/orders/{id}")"#, &["GET /orders/{id} -"]),
            (r#"rocket::get("/orders/<id>?<page>", rank = 2)"#, &["GET /orders/<id>?<page> -"]),
            (r#"route("/x", method = "GET", method = "HEAD")"#, &["GET /x -", "HEAD /x -"]),
            (r#"route(PUT, uri = "/x", data = "<d>")"#, &["PUT /x -"]),
            (r#"oai(path = "/x", method = "patch")"#, &["PATCH /x -"]),
            (r#"endpoint { method = GET, path = "/x", tags = ["a", "b"] }"#, &["GET /x f"]),
            (r#"endpoint { method = GET, path = "/x", versions = V2.. }"#, &["GET /x f"]),
            (r#"endpoint { method = GET, path = "/x", operation_id = "x", versions = V1..V2 }"#, &[]),
            (r#"endpoint { method = GET, path = "/x", unpublished = true }"#, &[]),
            (r#"channel { protocol = WEBSOCKETS, path = "/x" }"#, &["GET /x f"]),
            (r#"utoipa::path(get, path = "/x", responses((status = 200)))"#, &["GET /x f"]),
            (
                r#"utoipa::path(method(get, head), path = "/x", context_path = "/a", operation_id = "o")"#,
                &["GET /a/x o", "HEAD /a/x o"],
            ),
            (r#"path = "other.rs""#, &[]),
            ("get", &[]),
            ("get(PATH)", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let tokens = Tokens::of(text);
            let found: Vec<String> = stated(&tokens, std::slice::from_ref(&(0..tokens.len())), "f")
                .into_iter()
                .map(|it| format!("{} {} {}", it.method, it.path, it.operation_id.as_deref().unwrap_or("-")))
                .collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn one_attribute_serves_and_another_describes() {
        let text = r#"[utoipa::path(operation_id = "getOrder")] [get("/orders/{id}")]"#;
        let tokens = Tokens::of(text);
        let second = tokens.close(0) + 1;
        let found = stated(&tokens, &[tokens.within(0), tokens.within(second)], "get");
        assert_eq!(found[0].operation_id.as_deref(), Some("getOrder"));
        assert_eq!(found.len(), 1);
    }
}
