//! Shapes -> the same with everything that they are put together from in one place.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Access, Contracts, Others, Property, Shape, Subject, Written};

/// Shapes are put together from others this deep; more is a circle.
const DEEPEST: usize = 32;

/// So many shapes are put together.
const MOST: usize = 2_000;

/// A shape without names and parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'a> {
    pub(super) may_be_null: bool,
    /// None for any.
    pub(super) types: BTreeSet<&'a str>,
    /// None for any.
    pub(super) values: Option<BTreeSet<&'a str>>,
    pub(super) bounds: BTreeMap<&'a str, &'a str>,
    /// By name; what several parts say of a field holds together.
    pub(super) fields: BTreeMap<&'a str, Vec<&'a Property>>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) others: Option<&'a Others>,
    pub(super) items: Option<&'a Shape>,
    /// Of each one is chosen.
    pub(super) choices: Vec<&'a [Shape]>,
    pub(super) default: Option<&'a str>,
    pub(super) access: Access,
    pub(super) deprecated: bool,
}

/// Everything that `shapes` say together, but for what the subjects in `shared` do.
pub(super) fn flatten<'a>(contracts: &'a Contracts, shapes: &[&'a Shape], shared: &BTreeSet<Subject>) -> Flat<'a> {
    let mut adder = Adder { contracts, shared, open: Vec::new(), left: MOST, flat: Flat::default() };
    let nulls = shapes.iter().filter(|shape| adder.add(shape)).count();
    // What one part refuses is refused by all.
    let mut flat = Flat { may_be_null: nulls > 0 && nulls == shapes.len(), ..adder.flat };
    flat.imply_types();
    flat
}

struct Adder<'s, 'a> {
    contracts: &'a Contracts,
    shared: &'s BTreeSet<Subject>,
    /// Those that are being added: what contains itself ends there.
    open: Vec<Subject>,
    left: usize,
    flat: Flat<'a>,
}

impl<'a> Adder<'_, 'a> {
    /// Adds `shape`; whether it may be null.
    fn add(&mut self, shape: &'a Shape) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        match shape {
            Shape::OrNull(inner) => {
                self.add(inner);
                true
            }
            Shape::Of(subject) => {
                let whole = self.contracts.get(subject).and_then(|contract| contract.whole());
                let is_told = self.shared.contains(subject) || self.open.contains(subject);
                let Some(whole) = whole.filter(|_| !is_told && self.open.len() < DEEPEST) else { return false };
                self.open.push(*subject);
                let may_be_null = self.add(whole);
                self.open.pop();
                may_be_null
            }
            Shape::Written(written) => {
                self.flat.add_written(written);
                let nulls = written.parts.iter().filter(|part| self.add(part)).count();
                nulls > 0 && nulls == written.parts.len()
            }
        }
    }
}

impl<'a> Flat<'a> {
    fn add_written(&mut self, written: &'a Written) {
        let types: BTreeSet<&str> = written.types.iter().map(String::as_str).collect();
        self.types = match (self.types.is_empty(), types.is_empty()) {
            (true, _) => types,
            (false, true) => std::mem::take(&mut self.types),
            (false, false) => meet(&self.types, &types),
        };
        if let Some(values) = &written.values {
            let values: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            self.values = Some(match &self.values {
                Some(known) => known.intersection(&values).copied().collect(),
                None => values,
            });
        }
        for (bound, value) in &written.bounds {
            self.bounds.entry(bound).or_insert(value);
        }
        for field in &written.fields {
            self.fields.entry(&field.name).or_default().push(field);
        }
        self.required.extend(written.required.iter().map(String::as_str));
        self.others = self.others.or(written.others.as_ref());
        self.items = self.items.or(written.items.as_ref());
        if !written.alternatives.is_empty() {
            self.choices.push(&written.alternatives);
        }
        self.default = self.default.or(written.default.as_deref());
        if written.access != Access::Both {
            self.access = written.access;
        }
        self.deprecated |= written.deprecated;
    }

    /// Many say that something has fields, and not that it is an object.
    fn imply_types(&mut self) {
        if !self.types.is_empty() {
            return;
        }
        if !self.fields.is_empty() || !self.required.is_empty() || self.others.is_some() {
            self.types.insert("object");
        } else if self.items.is_some() {
            self.types.insert("array");
        } else if let Some(values) = &self.values {
            let types = values.iter().map(|value| match value.as_bytes().first() {
                Some(b'"') => "string",
                Some(b'{') => "object",
                Some(b'[') => "array",
                Some(b't' | b'f') => "boolean",
                _ => "number",
            });
            self.types.extend(types);
        }
    }

    /// What two of them say beside what is told elsewhere: of `full`, all that they say, that in which `own` differ, what they say
    /// apart from what both are put together from.
    pub(super) fn told_here(full: (Self, Self), own: (Self, Self)) -> (Self, Self) {
        let (mut old, mut new) = full;
        if own.0.may_be_null == own.1.may_be_null {
            new.may_be_null = old.may_be_null;
        }
        if own.0.types == own.1.types {
            (old.types, new.types) = (BTreeSet::new(), BTreeSet::new());
        }
        if own.0.values == own.1.values {
            (old.values, new.values) = (None, None);
        }
        let differs = |keyword: &&str| own.0.bounds.get(keyword) != own.1.bounds.get(keyword);
        old.bounds.retain(|keyword, _| differs(keyword));
        new.bounds.retain(|keyword, _| differs(keyword));
        if own.0.default == own.1.default {
            (old.default, new.default) = (None, None);
        }
        // Who says nothing of their own says what the others do.
        if own.0.items.is_some() == own.1.items.is_some() {
            (old.items, new.items) = (own.0.items, own.1.items);
        }
        if own.0.others.is_some() == own.1.others.is_some() {
            (old.others, new.others) = (own.0.others, own.1.others);
        }
        (old.choices, new.choices) = (own.0.choices, own.1.choices);
        let names: BTreeSet<&str> = old.fields.keys().chain(new.fields.keys()).copied().collect();
        for name in names {
            let stays = own.0.required.contains(name) == own.1.required.contains(name);
            if stays && old.required.contains(name) {
                new.required.insert(name);
            } else if stays {
                new.required.remove(name);
            }
            match (own.0.fields.get(name), own.1.fields.get(name)) {
                (Some(before), Some(after)) => {
                    old.fields.insert(name, before.clone());
                    new.fields.insert(name, after.clone());
                }
                (None, None) if stays => {
                    old.fields.remove(name);
                    new.fields.remove(name);
                }
                _ => {}
            }
        }
        (old, new)
    }

    /// Whether all that it says is a choice.
    pub(super) fn is_choice(&self) -> bool {
        self.choices.len() == 1 && self.says_nothing_else()
    }

    /// Whether it says nothing.
    pub(super) fn is_any(&self) -> bool {
        self.choices.is_empty() && self.says_nothing_else() && self.types.is_empty() && self.bounds.is_empty()
    }

    fn says_nothing_else(&self) -> bool {
        self.fields.is_empty() && self.items.is_none() && self.values.is_none() && self.others.is_none()
    }
}

/// The types that both admit; all of the first when they contradict each other.
fn meet<'a>(left: &BTreeSet<&'a str>, right: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let admits =
        |types: &BTreeSet<&str>, name: &str| types.contains(name) || name == "integer" && types.contains("number");
    let both: BTreeSet<&str> =
        left.iter().chain(right).copied().filter(|name| admits(left, name) && admits(right, name)).collect();
    if both.is_empty() { left.clone() } else { both }
}
