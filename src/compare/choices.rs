//! Two lists of alternatives -> which are gone, which are new, and where the others differ.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Effect, Event, Side};
use super::flat::flatten;
use super::place::{code, plain};
use super::shape::{Comparer, refer, shapes};
use super::{State, title};
use crate::graph::{Property, Shape};

/// So many pairs of alternatives are tried out, each with so many shapes.
const MOST_TRIED: usize = 64;
const MOST_OF_TRIAL: usize = 200;

impl<'a> Comparer<'a> {
    /// Compares choices of which all are made.
    pub(super) fn compare_all_choices(&mut self, old: &[&'a [Shape]], new: &[&'a [Shape]]) {
        for index in 0..old.len().max(new.len()) {
            match (old.get(index), new.get(index)) {
                (Some(old), Some(new)) => self.compare_choices(&refer(old), &refer(new)),
                (Some(old), None) => {
                    let listed = self.listed(Side::Before, &refer(old));
                    self.add(Event::BoundRemoved, Effect::Widens, Some(listed), None);
                }
                (None, Some(new)) => {
                    let listed = self.listed(Side::After, &refer(new));
                    self.add(Event::BoundAdded, Effect::Narrows, None, Some(listed));
                }
                (None, None) => {}
            }
        }
    }

    /// Alternatives are the same when they are, when one field tells them from others alike, or when the one may stand for the
    /// other; of the rest as many on both sides are taken to have become each other.
    pub(super) fn compare_choices(&mut self, old: &[&'a Shape], new: &[&'a Shape]) {
        let (mut removed, mut added) = (old.to_vec(), new.to_vec());
        pair_off(&mut removed, &mut added, |old, new| self.is_same(old, new) || old == new);
        let (old_tags, new_tags) = (all_tags(self.before, &removed), all_tags(self.after, &added));
        let mut pairs = pair_off(&mut removed, &mut added, |old, new| {
            let tags = &old_tags[&std::ptr::from_ref(old)];
            !tags.is_empty() && *tags == new_tags[&std::ptr::from_ref(new)]
        });
        // What is told from others by different values is something else.
        let is_told =
            |tags: &Tags, shapes: &[&Shape]| shapes.iter().any(|shape| !tags[&std::ptr::from_ref(*shape)].is_empty());
        if removed.len() == added.len() && !(is_told(&old_tags, &removed) && is_told(&new_tags, &added)) {
            pairs.extend(removed.drain(..).zip(added.drain(..)));
        } else if removed.len() * added.len() <= MOST_TRIED {
            pairs.extend(pair_off(&mut removed, &mut added, |old, new| self.may_stand_for(old, new)));
        }
        pairs.into_iter().for_each(|(old, new)| self.compare((&[old], &[new])));
        if !removed.is_empty() {
            let listed = self.listed(Side::Before, &removed);
            self.add(Event::AlternativesRemoved, Effect::Narrows, Some(listed), None);
        }
        if !added.is_empty() {
            let listed = self.listed(Side::After, &added);
            self.add(Event::AlternativesAdded, Effect::Widens, None, Some(listed));
        }
    }

    /// Whether nobody breaks when `new` comes in the place of `old`.
    fn may_stand_for(&self, old: &'a Shape, new: &'a Shape) -> bool {
        let mut trial = Comparer::new(self.before, self.after, self.pairs, self.direction);
        trial.seen.clone_from(&self.seen);
        trial.path.clone_from(&self.path);
        trial.left = self.left.min(MOST_OF_TRIAL);
        trial.differences(old, new).iter().all(|difference| !difference.effect.breaks(self.direction))
    }

    /// What alternatives are called.
    fn listed(&self, side: Side, shapes: &[&Shape]) -> String {
        let state = if side == Side::Before { self.before } else { self.after };
        let mut names: Vec<String> = shapes.iter().map(|shape| called(state, shape)).collect();
        names.dedup();
        names.join(", ")
    }
}

/// What tells shapes from others, by their place in memory.
type Tags = BTreeMap<*const Shape, Vec<(String, String)>>;

fn all_tags(state: State<'_>, shapes: &[&Shape]) -> Tags {
    shapes.iter().map(|shape| (std::ptr::from_ref(*shape), tags(state, shape))).collect()
}

/// The fields that have one value only, with it: they tell `shape` from others.
fn tags(state: State<'_>, shape: &Shape) -> Vec<(String, String)> {
    let none = BTreeSet::new();
    let flat = flatten(state.contracts, &[shape], &none);
    let tag = |(name, fields): (&&str, &Vec<&Property>)| {
        let field = flatten(state.contracts, &shapes(fields), &none);
        let mut values = field.values.iter().flatten();
        values.next().filter(|_| values.next().is_none()).map(|value| ((*name).to_owned(), (*value).to_owned()))
    };
    flat.fields.iter().filter_map(tag).collect()
}

/// What `shape` is called among others: its name, what tells it from them, or what it consists of.
fn called(state: State<'_>, shape: &Shape) -> String {
    if let Shape::Of(subject) = shape {
        return code(&title(state, *subject));
    }
    let flat = flatten(state.contracts, &[shape], &BTreeSet::new());
    let types: Vec<&str> = flat.types.iter().copied().collect();
    let types = if types.is_empty() { "any value".to_owned() } else { plain(&types.join(" or ")) };
    if let Some(values) = flat.values.iter().find(|values| !values.is_empty()) {
        let values: Vec<String> = values.iter().take(3).map(|value| code(value)).collect();
        return values.join(" or ");
    }
    if let Some((name, value)) = tags(state, shape).first() {
        return format!("{types} whose {} is {}", code(name), code(value));
    }
    let names: Vec<String> = flat.fields.keys().take(3).map(|name| code(name)).collect();
    if names.is_empty() { types } else { format!("{types} with {}", names.join(", ")) }
}

/// Takes from both lists what has its like in the other, in pairs.
fn pair_off<'a>(
    old: &mut Vec<&'a Shape>,
    new: &mut Vec<&'a Shape>,
    same: impl Fn(&'a Shape, &'a Shape) -> bool,
) -> Vec<(&'a Shape, &'a Shape)> {
    let mut pairs = Vec::new();
    old.retain(|old| match new.iter().position(|new| same(old, new)) {
        Some(place) => {
            pairs.push((*old, new.remove(place)));
            false
        }
        None => true,
    });
    pairs
}
