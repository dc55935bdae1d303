//! A schema -> an example made from it and held against it, once for each schema: many calls send the same.

use std::cell::RefCell;
use std::collections::HashMap;

use super::document::Document;
use super::fitting;
use super::generated::{self, Direction};
use crate::data::{Data, Value};

/// Examples that have been made, by the place of their schema in memory and the way that they go.
#[derive(Default)]
pub(super) struct Made(RefCell<HashMap<(*const Value, Direction), Example>>);

#[derive(Clone)]
struct Example {
    value: Option<Value>,
    /// Whether it matches its schema.
    fits: bool,
}

/// An example of the objects or lists that `schema` describes, where one can be made that matches it.
pub(super) fn example<'d>(document: &Document<'d>, schema: &'d Value, direction: Direction) -> Option<Value> {
    let Example { value, fits } = made(document, schema, direction);
    value.filter(|_| fits)
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
        let first = values.peek().cloned();
        // A single value is shown as a draft only, and there are very many.
        if !first.as_ref().is_some_and(|first| matches!(first.data, Data::Map(_) | Data::List(_))) {
            return Example { value: first, fits: false };
        }
        match values.find(|value| fitting::fits(document, schema, value, direction)) {
            Some(value) => Example { value: Some(value), fits: true },
            None => Example { value: first, fits: false },
        }
    };
    known.entry(key).or_insert_with(make).clone()
}
