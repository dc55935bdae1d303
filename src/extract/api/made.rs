//! A schema -> an example made from it, once for each schema: many calls send the same.

use std::cell::RefCell;
use std::collections::HashMap;

use super::document::Document;
use super::generated::{self, Direction};
use crate::data::Value;

/// Examples that have been made, by the place of their schema in memory and the way that they go.
#[derive(Default)]
pub(super) struct Made(RefCell<HashMap<(*const Value, Direction), Example>>);

#[derive(Clone)]
struct Example {
    value: Option<Value>,
    /// Whether everything is there that has to be.
    is_whole: bool,
}

/// An example of what `schema` describes, where a whole one can be made.
pub(super) fn example<'d>(document: &Document<'d>, schema: &'d Value, direction: Direction) -> Option<Value> {
    let Example { value, is_whole } = made(document, schema, direction);
    value.filter(|_| is_whole)
}

/// Likewise, or else what comes near: something to begin with.
pub(super) fn draft<'d>(document: &Document<'d>, schema: &'d Value, direction: Direction) -> Option<Value> {
    made(document, schema, direction).value
}

fn made<'d>(document: &Document<'d>, schema: &'d Value, direction: Direction) -> Example {
    let key = (std::ptr::from_ref(document.follow(schema)), direction);
    let mut known = document.made.0.borrow_mut();
    let make = || {
        let mut values = generated::values(document, schema, direction).peekable();
        let first = values.peek().map(|(value, _)| value.clone());
        match values.find(|(_, is_whole)| *is_whole) {
            Some((value, is_whole)) => Example { value: Some(value), is_whole },
            None => Example { value: first, is_whole: false },
        }
    };
    known.entry(key).or_insert_with(make).clone()
}
