//! The body of a function -> the routes that it adds to a router, and what it puts where.
//!
//! Read by its tokens: calls of `route`, `nest`, `scope` and the like, as axum, actix-web, rocket and poem have them. What a
//! call adds stands below the prefixes of the calls around it; a router that is kept in a variable stands where that is used.

use std::collections::HashMap;
use std::ops::Range;

use super::super::syntax::TokenKind;
use super::super::tokens::Tokens;
use super::attributes::METHODS;
use crate::source::Interned;

/// A path of a route, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Text(String),
    /// The name of a constant.
    Name(Vec<Interned>),
    /// Something that is only known when the program runs.
    Unknown,
}

/// A part of a body below one prefix.
#[derive(Debug)]
pub(super) struct Scope {
    range: Range<usize>,
    pub(super) prefix: Written,
    /// The variable that holds it.
    variable: Option<Interned>,
    /// The scopes that it stands in: places among the scopes of the body. None for the body as a whole.
    pub(super) parents: Vec<usize>,
}

/// A route: a method on a path, and the function that serves it.
#[derive(Debug)]
pub(super) struct Routed {
    pub(super) scope: usize,
    pub(super) method: String,
    pub(super) path: Written,
    pub(super) handler: Vec<Interned>,
    /// The handler's name, as a place in the file.
    pub(super) place: Range<usize>,
}

/// A name that stands in a scope, and may be that of a function with routes.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) scope: usize,
    pub(super) path: Vec<Interned>,
}

/// What a body says of routes.
#[derive(Debug, Default)]
pub(super) struct Router {
    /// The body as a whole first.
    pub(super) scopes: Vec<Scope>,
    pub(super) routes: Vec<Routed>,
    pub(super) mentions: Vec<Mention>,
}

/// A call: its name's place, and what stands between its brackets.
struct Call {
    name: usize,
    arguments: Range<usize>,
}

/// Longer bodies are no routers that somebody wrote.
const LONGEST: usize = 200_000;

/// What the tokens at `body` say; `None` when they are no router.
pub(super) fn router(tokens: &Tokens<'_>, body: Range<usize>) -> Option<Router> {
    let is_call = |name: &str| {
        matches!(name, "route" | "api_route" | "at" | "nest" | "nest_api_service" | "mount" | "scope")
            || matches!(name, "resource" | "merge" | "configure" | "service" | "routes")
    };
    let is_method = |at: usize| at > body.start && matches!(tokens.at(at - 1), "." | "::");
    let calls: Vec<Call> = body
        .clone()
        .filter(|&at| tokens.at(at + 1) == "(" && is_method(at) && is_call(tokens.at(at)))
        .map(|name| Call { name, arguments: tokens.within(name + 1) })
        .collect();
    if calls.is_empty() || body.len() > LONGEST {
        return None;
    }
    let mut router = Router { scopes: scopes(tokens, &body, &calls), ..Router::default() };
    for call in &calls {
        router.add_routes(tokens, call, &body);
    }
    router.add_mentions(tokens, &body);
    for scope in 1..router.scopes.len() {
        if router.scopes[scope].parents.is_empty() {
            router.scopes[scope].parents.push(0);
        }
    }
    Some(router)
}

/// The parts of a body that stand below a prefix or in a variable; of those in a variable it is not known yet where it is used.
fn scopes(tokens: &Tokens<'_>, body: &Range<usize>, calls: &[Call]) -> Vec<Scope> {
    let whole =
        Scope { range: body.clone(), prefix: Written::Text(String::new()), variable: None, parents: Vec::new() };
    let mut scopes = vec![whole];
    for at in body.clone() {
        if let Some((name, range)) = binding(tokens, at, body.end) {
            let prefix = Written::Text(String::new());
            scopes.push(Scope { range, prefix, variable: Some(name), parents: Vec::new() });
        }
    }
    for call in calls {
        let arguments = tokens.arguments(call.arguments.clone());
        let range = match tokens.at(call.name) {
            "nest" | "nest_api_service" | "mount" => call.arguments.clone(),
            "scope" | "resource" => call.arguments.end..chain_end(tokens, call.arguments.end + 1, body.end),
            _ => continue,
        };
        let prefix = arguments.first().map_or(Written::Unknown, |first| written(tokens, first.clone()));
        scopes.push(Scope { range, prefix, variable: None, parents: Vec::new() });
    }
    scopes.extend(continued(tokens, body));
    // What is outside stands before what is in it.
    scopes[1..].sort_by_key(|scope| (scope.range.start, std::cmp::Reverse(scope.range.end)));
    for at in 1..scopes.len() {
        if scopes[at].variable.is_none() {
            let parent = innermost(&scopes[..at], scopes[at].range.start);
            scopes[at].parents.push(parent);
        }
    }
    scopes
}

/// Chains that go on with a variable that holds what `scope` gave: what they add stands below its prefix.
fn continued(tokens: &Tokens<'_>, body: &Range<usize>) -> Vec<Scope> {
    let mut prefixes: HashMap<Interned, Written> = HashMap::new();
    // What a binding puts into its variable holds behind it.
    let mut waiting: Vec<(usize, Interned, Option<Written>)> = Vec::new();
    let mut found = Vec::new();
    for at in body.clone() {
        while let Some((_, name, prefix)) = waiting.pop_if(|(end, ..)| *end <= at) {
            drop(match prefix {
                Some(prefix) => prefixes.insert(name, prefix),
                None => prefixes.remove(&name),
            });
        }
        if let Some((name, value)) = binding(tokens, at, body.end) {
            let prefix = match tokens.path_at(value.start) {
                Some((path, end))
                    if tokens.at(end) == "(" && path.last().is_some_and(|last| last.as_str() == "scope") =>
                {
                    tokens.arguments(tokens.within(end)).first().map(|first| written(tokens, first.clone()))
                }
                Some((path, end)) if tokens.at(end) == "." && path.len() == 1 => prefixes.get(&path[0]).cloned(),
                _ => None,
            };
            waiting.push((value.end, name, prefix));
        }
        let is_start = tokens.at(at + 1) == "." && !matches!(tokens.at(at.wrapping_sub(1)), "." | "::");
        if is_start && let Some(prefix) = prefixes.get(&Interned::new(tokens.at(at))) {
            let range = at..chain_end(tokens, at, body.end);
            found.push(Scope { range, prefix: prefix.clone(), variable: None, parents: Vec::new() });
        }
    }
    found
}

/// `let name = …;` or `name = …;` at `at`: the name, and what stands behind the `=`.
fn binding(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<(Interned, Range<usize>)> {
    let mut name = at;
    if tokens.at(at) == "let" {
        name += if tokens.at(at + 1) == "mut" { 2 } else { 1 };
    } else if !matches!(tokens.at(at.wrapping_sub(1)), ";" | "{" | "}") {
        return None;
    }
    if tokens.kind(name) != Some(TokenKind::Word) {
        return None;
    }
    let mut equals = name + 1;
    if tokens.at(equals) == ":" && tokens.at(at) == "let" {
        while equals < end && !matches!(tokens.at(equals), "=" | ";") {
            equals = tokens.behind(equals);
        }
    }
    if tokens.at(equals) != "=" || tokens.at(equals + 1) == "=" {
        return None;
    }
    let mut behind = equals + 1;
    while behind < end && tokens.at(behind) != ";" {
        behind = tokens.behind(behind);
    }
    Some((Interned::new(tokens.at(name)), equals + 1..behind.min(end)))
}

/// Where the chain of calls that goes on at `at` ends.
fn chain_end(tokens: &Tokens<'_>, mut at: usize, end: usize) -> usize {
    while at < end && !matches!(tokens.at(at), "," | ";") && tokens.kind(at) != Some(TokenKind::Close) {
        at = tokens.behind(at);
    }
    at.min(end)
}

/// The innermost of `scopes` around the token at `at`; what is outside stands before what is in it.
fn innermost(scopes: &[Scope], at: usize) -> usize {
    scopes.iter().rposition(|scope| scope.range.contains(&at)).unwrap_or(0)
}

fn written(tokens: &Tokens<'_>, range: Range<usize>) -> Written {
    if let Some(text) = tokens.string(range.clone()) {
        return Written::Text(text);
    }
    let start = if tokens.at(range.start) == "&" { range.start + 1 } else { range.start };
    match tokens.path(start..range.end) {
        Some(path) => Written::Name(path),
        None => Written::Unknown,
    }
}

impl Router {
    fn add_routes(&mut self, tokens: &Tokens<'_>, call: &Call, body: &Range<usize>) {
        let nothing = Written::Text(String::new());
        let (path, methods, at) = match tokens.at(call.name) {
            "route" | "api_route" | "at" => match tokens.arguments(call.arguments.clone()).as_slice() {
                [methods] if tokens.at(call.name) == "route" => (nothing, methods.clone(), call.name),
                [path, methods, ..] => (written(tokens, path.clone()), methods.clone(), call.name),
                _ => return,
            },
            "resource" => {
                let end = chain_end(tokens, call.arguments.end + 1, body.end);
                (nothing, call.arguments.end + 1..end, call.arguments.end)
            }
            _ => return,
        };
        let scope = innermost(&self.scopes, at);
        for (method, handler) in methods_of(tokens, methods) {
            if let Some((path_of_handler, _)) = tokens.path_at(handler.start) {
                let place = tokens.place(handler);
                self.routes.push(Routed { scope, method, path: path.clone(), handler: path_of_handler, place });
            }
        }
    }

    /// Names, those of variables aside: these say where what they hold stands.
    fn add_mentions(&mut self, tokens: &Tokens<'_>, body: &Range<usize>) {
        let mut at = body.start;
        while at < body.end {
            let is_start = !matches!(tokens.at(at.wrapping_sub(1)), "." | "::");
            let found = if is_start { tokens.path_at(at) } else { None };
            let Some((path, end)) = found else {
                at += 1;
                continue;
            };
            let mut scope = innermost(&self.scopes, at);
            if self.scopes[scope].range.start == at && self.scopes[scope].variable.is_none() {
                // It begins what goes on here, and is not in it.
                scope = self.scopes[scope].parents.first().copied().unwrap_or(0);
            }
            let held = match path.as_slice() {
                [name] if tokens.at(end) != "=" => self.variable(*name, at),
                _ => None,
            };
            match held {
                Some(variable) if !self.scopes[variable].parents.contains(&scope) => {
                    self.scopes[variable].parents.push(scope);
                }
                Some(_) => {}
                None if self.routes.iter().any(|route| route.place.start == tokens.start(at)) => {}
                None => self.mentions.push(Mention { scope, path }),
            }
            at = end;
        }
    }

    /// What `name` holds at `at`: the last that was put there before.
    fn variable(&self, name: Interned, at: usize) -> Option<usize> {
        self.scopes.iter().rposition(|scope| scope.variable == Some(name) && scope.range.end <= at)
    }
}

/// The methods that an expression at `range` serves, each with the name of the function that does: `get(list).post(add)`,
/// `on(MethodFilter::GET, list)`, `web::get().to(list)`.
fn methods_of(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut waiting = None;
    let mut at = range.start;
    while at < range.end {
        if tokens.at(at + 1) != "(" || tokens.kind(at) != Some(TokenKind::Word) {
            at = tokens.behind(at);
            continue;
        }
        let arguments = tokens.arguments(tokens.within(at + 1));
        let is_name = |range: &&Range<usize>| tokens.path((*range).clone()).is_some();
        let first = arguments.first().filter(is_name);
        let last_word = |range: &Range<usize>| tokens.at(range.end - 1).to_lowercase();
        let name = tokens.at(at);
        let method = name.strip_suffix("_with").unwrap_or(name);
        if METHODS.contains(&method) {
            match first {
                Some(handler) => found.push((method.to_uppercase(), handler.clone())),
                None => waiting = arguments.is_empty().then(|| method.to_uppercase()),
            }
        } else if name == "method" {
            waiting = first.map(last_word).filter(|method| METHODS.contains(&method.as_str()));
            waiting = waiting.map(|method| method.to_uppercase());
        } else if name == "to" {
            found.extend(waiting.take().zip(first.cloned()));
        } else if name == "on" {
            let method = first.map(last_word).filter(|method| METHODS.contains(&method.as_str()));
            let handler = arguments.get(1).filter(is_name).cloned();
            found.extend(method.map(|method| method.to_uppercase()).zip(handler));
        }
        at = tokens.behind(at + 1);
    }
    found
}
