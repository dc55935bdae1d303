//! Two shapes -> where they differ, and what that does to the values that there may be.

use std::collections::BTreeSet;

use super::State;
use super::bounds::{compare_bounds, compare_types};
use super::change::{Direction, Effect, Event, Side};
use super::flat::{Flat, flatten};
use super::pairs::Pairs;
use super::place::{code, plain};
use crate::graph::{Access, Others, Property, Shape, Subject};
use crate::source::Span;

/// A place in a shape where two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The field: `lines[].price`; empty for the shape itself.
    pub(super) path: String,
    pub(super) event: Event,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) effect: Effect,
    /// Where the field is written, and in which state.
    pub(super) place: Option<(Side, Span)>,
}

/// Shapes within shapes are compared this deep.
const DEEPEST: usize = 40;

/// So many shapes are compared for one pair.
const MOST: usize = 20_000;

/// Compares shapes that go one way.
pub(super) struct Comparer<'a> {
    pub(super) before: State<'a>,
    pub(super) after: State<'a>,
    pub(super) pairs: &'a Pairs,
    pub(super) direction: Direction,
    pub(super) found: Vec<Difference>,
    pub(super) seen: BTreeSet<(Subject, Subject)>,
    pub(super) path: Vec<String>,
    place: Option<(Side, Span)>,
    pub(super) left: usize,
}

/// What several parts say of one thing, in both states.
type Both<'s, 'a> = (&'s [&'a Shape], &'s [&'a Shape]);

impl<'a> Comparer<'a> {
    pub(super) fn new(before: State<'a>, after: State<'a>, pairs: &'a Pairs, direction: Direction) -> Self {
        let (found, path) = (Vec::new(), Vec::new());
        Self { before, after, pairs, direction, found, seen: BTreeSet::new(), path, place: None, left: MOST }
    }

    /// Where `before` and `after` differ.
    pub(super) fn differences(mut self, before: &'a Shape, after: &'a Shape) -> Vec<Difference> {
        self.compare((&[before], &[after]));
        self.found
    }

    pub(super) fn add(&mut self, event: Event, effect: Effect, before: Option<String>, after: Option<String>) {
        let difference = Difference { path: self.path.concat(), event, before, after, effect, place: self.place };
        if !self.found.contains(&difference) {
            self.found.push(difference);
        }
    }

    /// Compares what is below, under a longer path.
    pub(super) fn within(&mut self, step: String, compare: impl FnOnce(&mut Self)) {
        self.path.push(step);
        compare(self);
        self.path.pop();
    }

    /// Whether both are the same thing, whose own differences are told where it is defined.
    pub(super) fn is_same(&self, before: &Shape, after: &Shape) -> bool {
        match (before, after) {
            (Shape::Of(before), Shape::Of(after)) => self.pairs.after(*before) == Some(*after),
            (Shape::OrNull(before), Shape::OrNull(after)) => self.is_same(before, after),
            _ => before == after && !names_anything(before),
        }
    }

    pub(super) fn compare(&mut self, (before, after): Both<'_, 'a>) {
        if let ([before], [after]) = (before, after) {
            if self.is_same(before, after) {
                return;
            }
            if let (Shape::Of(before), Shape::Of(after)) = (before, after)
                && !self.seen.insert((*before, *after))
            {
                return;
            }
        }
        if self.path.len() > DEEPEST || self.left == 0 {
            return;
        }
        self.left -= 1;
        let (old, new) = self.flat(before, after);
        if old.may_be_null != new.may_be_null {
            let (event, effect) = match new.may_be_null {
                true => (Event::NullAllowed, Effect::Widens),
                false => (Event::NullRefused, Effect::Narrows),
            };
            self.add(event, effect, None, None);
        }
        // What was one thing may become one of several.
        match (&*old.choices, &*new.choices, before, after) {
            ([], [choice], [one], _) if new.is_choice() && !old.is_any() => {
                return self.compare_choices(&[without_null(one)], &refer(choice));
            }
            ([choice], [], _, [one]) if old.is_choice() && !new.is_any() => {
                return self.compare_choices(&refer(choice), &[without_null(one)]);
            }
            _ => {}
        }
        if !self.compare_types(&old, &new) {
            return;
        }
        self.compare_values(&old, &new);
        for (keyword, event, effect) in compare_bounds(&old.bounds, &new.bounds) {
            let text = |flat: &Flat<'_>| flat.bounds.get(keyword).map(|value| code(&format!("{keyword}: {value}")));
            self.add(event, effect, text(&old), text(&new));
        }
        self.compare_defaults(&old, &new);
        self.compare_fields(&old, &new);
        self.compare_others(&old, &new);
        if let (Some(old), Some(new)) = (old.items, new.items) {
            self.within("[]".to_owned(), |comparer| comparer.compare((&[old], &[new])));
        }
        self.compare_all_choices(&old.choices, &new.choices);
    }

    /// What both say, but for what both are put together from: that is told where it is defined.
    fn flat(&self, before: &[&'a Shape], after: &[&'a Shape]) -> (Flat<'a>, Flat<'a>) {
        let (mut shared_before, mut shared_after) = (BTreeSet::new(), BTreeSet::new());
        let parts = named_parts(after);
        for part in named_parts(before) {
            if let Some(other) = self.pairs.after(part).filter(|other| parts.contains(other)) {
                shared_before.insert(part);
                shared_after.insert(other);
            }
        }
        let none = BTreeSet::new();
        let full = (flatten(self.before.contracts, before, &none), flatten(self.after.contracts, after, &none));
        if shared_before.is_empty() {
            return full;
        }
        let old = flatten(self.before.contracts, before, &shared_before);
        Flat::told_here(full, (old, flatten(self.after.contracts, after, &shared_after)))
    }

    /// Whether there is anything left to compare.
    fn compare_types(&mut self, old: &Flat<'_>, new: &Flat<'_>) -> bool {
        let Some((effect, is_related)) = compare_types(&old.types, &new.types) else { return true };
        let text = |flat: &Flat<'_>| match flat.types.is_empty() {
            true => "any value".to_owned(),
            false => plain(&flat.types.iter().copied().collect::<Vec<_>>().join(" or ")),
        };
        self.add(Event::TypeChanged, effect, Some(text(old)), Some(text(new)));
        is_related
    }

    fn compare_values(&mut self, old: &Flat<'_>, new: &Flat<'_>) {
        let listed = |values: Vec<&str>| {
            let shown: Vec<String> = values.iter().take(8).map(|value| code(value)).collect();
            let more = values.len().saturating_sub(shown.len());
            Some(if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") })
        };
        match (&old.values, &new.values) {
            (Some(old), Some(new)) => {
                let removed: Vec<&str> = old.difference(new).copied().collect();
                let added: Vec<&str> = new.difference(old).copied().collect();
                if !removed.is_empty() {
                    self.add(Event::ValuesRemoved, Effect::Narrows, listed(removed), None);
                }
                if !added.is_empty() {
                    self.add(Event::ValuesAdded, Effect::Widens, None, listed(added));
                }
            }
            (Some(_), None) => {
                self.add(Event::ValuesAdded, Effect::Widens, None, Some("anything else".to_owned()));
            }
            (None, Some(new)) if new.is_empty() => {
                self.add(Event::ValuesRemoved, Effect::Narrows, Some("anything".to_owned()), None);
            }
            (None, Some(new)) => {
                let only = listed(new.iter().copied().collect()).map(|values| format!("anything but {values}"));
                self.add(Event::ValuesRemoved, Effect::Narrows, only, None);
            }
            (None, None) => {}
        }
    }

    fn compare_defaults(&mut self, old: &Flat<'_>, new: &Flat<'_>) {
        if let (Some(before), Some(after)) = (old.default, new.default)
            && before != after
        {
            let effect = if self.direction == Direction::Asked { Effect::Alters } else { Effect::Keeps };
            self.add(Event::DefaultChanged, effect, Some(code(before)), Some(code(after)));
        }
    }

    fn compare_fields(&mut self, old: &Flat<'a>, new: &Flat<'a>) {
        let names: BTreeSet<&str> = old.fields.keys().chain(new.fields.keys()).copied().collect();
        for name in names {
            let (before, after) = (old.fields.get(name), new.fields.get(name));
            let (before, after) = (before.map_or(&[][..], Vec::as_slice), after.map_or(&[][..], Vec::as_slice));
            let required = (old.required.contains(name), new.required.contains(name));
            let outer = self.place;
            // Of several parts the last is the one that adds to the others.
            let written = |side, fields: &[&Property]| fields.last().map(|field| (side, field.span));
            self.place = written(Side::After, after).or_else(|| written(Side::Before, before));
            let step = if self.path.is_empty() { name.to_owned() } else { format!(".{name}") };
            let (before, after) = (shapes(before), shapes(after));
            self.within(step, |comparer| comparer.compare_field((&before, &after), required));
            self.place = outer;
        }
    }

    fn compare_field(&mut self, both: Both<'_, 'a>, required: (bool, bool)) {
        let none = BTreeSet::new();
        let old = flatten(self.before.contracts, both.0, &none);
        let new = flatten(self.after.contracts, both.1, &none);
        let hidden = match self.direction {
            Direction::Asked => Some(Access::Read),
            Direction::Given => Some(Access::Write),
            Direction::Unused => None,
        };
        let is_sent = |shapes: &[&Shape], flat: &Flat<'_>| !shapes.is_empty() && Some(flat.access) != hidden;
        match (is_sent(both.0, &old), is_sent(both.1, &new)) {
            (false, false) => {}
            (true, false) if !both.1.is_empty() => {
                let event = if new.access == Access::Read { Event::BecameReadOnly } else { Event::BecameWriteOnly };
                self.add(event, Effect::Alters, None, None);
            }
            (true, false) if old.deprecated => self.add(Event::RemovedAfterDeprecation, Effect::Keeps, None, None),
            (true, false) => self.add(Event::Removed, Effect::Alters, None, None),
            (false, true) if required.1 && self.direction == Direction::Asked => {
                self.add(Event::AddedRequired, Effect::Narrows, None, None);
            }
            (false, true) => self.add(Event::Added, Effect::Keeps, None, None),
            (true, true) => {
                match required {
                    (false, true) => self.add(Event::BecameRequired, Effect::Narrows, None, None),
                    (true, false) => self.add(Event::BecameOptional, Effect::Widens, None, None),
                    _ => {}
                }
                match (old.deprecated, new.deprecated) {
                    (false, true) => self.add(Event::Deprecated, Effect::Keeps, None, None),
                    (true, false) => self.add(Event::NoLongerDeprecated, Effect::Keeps, None, None),
                    _ => {}
                }
                self.compare(both);
            }
        }
    }

    fn compare_others(&mut self, old: &Flat<'a>, new: &Flat<'a>) {
        match (old.others, new.others) {
            (Some(Others::Refused), Some(Others::Refused)) | (None, None) => {}
            (Some(Others::Of(old)), Some(Others::Of(new))) => {
                let step = if self.path.is_empty() { "*" } else { ".*" };
                self.within(step.to_owned(), |comparer| comparer.compare((&[old], &[new])));
            }
            // Who reads has always had to pass over fields that it does not know.
            (Some(Others::Refused), _) => self.add(Event::OtherFieldsAllowed, Effect::Keeps, None, None),
            (_, Some(Others::Refused)) => self.add(Event::OtherFieldsRefused, Effect::Narrows, None, None),
            (Some(Others::Of(_)), None) => self.add(Event::BoundRemoved, Effect::Widens, other_fields(), None),
            (None, Some(Others::Of(_))) => self.add(Event::BoundAdded, Effect::Narrows, None, other_fields()),
        }
    }
}

fn other_fields() -> Option<String> {
    Some("what fields of other names may be".to_owned())
}

pub(super) fn shapes<'a>(fields: &[&'a Property]) -> Vec<&'a Shape> {
    fields.iter().map(|field| &field.shape).collect()
}

pub(super) fn refer(shapes: &[Shape]) -> Vec<&Shape> {
    shapes.iter().collect()
}

fn without_null(shape: &Shape) -> &Shape {
    match shape {
        Shape::OrNull(inner) => without_null(inner),
        other => other,
    }
}

/// What `shapes` are put together from by name.
fn named_parts(shapes: &[&Shape]) -> BTreeSet<Subject> {
    let mut found = BTreeSet::new();
    let mut waiting = shapes.to_vec();
    while let Some(shape) = waiting.pop() {
        match shape {
            Shape::Of(subject) => drop(found.insert(*subject)),
            Shape::OrNull(inner) => waiting.push(inner),
            Shape::Written(written) => waiting.extend(&written.parts),
        }
    }
    found
}

/// Whether what it means is also told elsewhere.
fn names_anything(shape: &Shape) -> bool {
    let mut names = false;
    shape.visit_subjects(&mut |_| names = true);
    names
}
