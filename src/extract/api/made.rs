//! A schema -> an example made from it, once for each schema: many calls send the same.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::direction::Direction;
use super::document::Document;
use super::generated;
use crate::data::Value;

/// Examples that have been made.
#[derive(Default)]
pub(super) struct Made {
    /// By the place of their schema in memory and the way that they go.
    known: RefCell<HashMap<(*const Value, Direction), Example>>,
    /// Examples that the specification gives and that are wrong, by their place in memory.
    wrong: RefCell<HashSet<*const Value>>,
}

impl Made {
    /// Says that `given`, an example, does not match its schema: no other is made from it from now on.
    pub(super) fn distrust(&self, given: &Value) {
        self.wrong.borrow_mut().insert(std::ptr::from_ref(given));
    }

    /// Whether nothing is known to be wrong with `given`.
    pub(super) fn trusts(&self, given: &Value) -> bool {
        !self.wrong.borrow().contains(&std::ptr::from_ref(given))
    }
}

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
    let mut known = document.made.known.borrow_mut();
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
