//! Two contracts of one thing -> what changed in their terms.

use std::collections::{BTreeMap, BTreeSet};

use super::State;
use super::change::{Direction, Effect, Event, Side};
use super::credentials;
use super::pairs::Pairs;
use super::place::{Place, plain};
use super::shape::{Comparer, Difference};
use crate::graph::{Contract, Part, Term};
use crate::source::Span;

/// What changed in one term, or in one place of its shape.
pub(super) struct TermChange {
    pub(super) place: Place,
    pub(super) event: Event,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) is_breaking: bool,
    pub(super) written: (Side, Span),
}

/// Which way a part goes; what a service sends on an event goes the other way than an answer.
pub(super) fn direction(part: &Part, is_event: bool) -> Direction {
    let direction = match part {
        Part::Response { .. } | Part::Header { .. } | Part::ResponseContent { .. } => Direction::Given,
        Part::Callback { part, .. } => direction(part, true),
        _ => Direction::Asked,
    };
    // A callback has been turned by itself.
    if is_event && !matches!(part, Part::Callback { .. }) { direction.flipped() } else { direction }
}

/// What changed from `old` to `new`, the contracts of a call, or of a whole specification.
pub(super) fn compare<'a>(
    states: (State<'a>, State<'a>),
    pairs: &'a Pairs,
    (old, new): (&'a Contract, &'a Contract),
    is_event: bool,
) -> Vec<TermChange> {
    let mut terms = Terms { states, pairs, is_event, found: Vec::new() };
    let is_matched = |term: &&Term| !matches!(term.part, Part::Credentials(_));
    let earlier: BTreeMap<&Part, &Term> = old.terms.iter().filter(is_matched).map(|term| (&term.part, term)).collect();
    let later: BTreeMap<&Part, &Term> = new.terms.iter().filter(is_matched).map(|term| (&term.part, term)).collect();
    let mut met = BTreeSet::new();
    let mut gone = Vec::new();
    for term in old.terms.iter().filter(is_matched) {
        match later.get(&term.part).copied().or_else(|| in_range(&later, &earlier, &term.part)) {
            Some(after) => {
                met.insert(&after.part);
                terms.compare(term, after);
            }
            None => gone.push(term),
        }
    }
    for term in new.terms.iter().filter(|term| is_matched(term) && !met.contains(&term.part)) {
        match in_range(&earlier, &later, &term.part) {
            Some(before) => terms.compare(before, term),
            None if whole_is_in(&term.part, &earlier) => terms.added(term),
            None => {}
        }
    }
    gone.into_iter().filter(|term| whole_is_in(&term.part, &later)).for_each(|term| terms.removed(term));
    let changes = credentials::compare(old, new);
    terms.found.extend(changes);
    terms.found
}

/// Whether what `part` belongs to is among `others`, so that it must be told of itself.
fn whole_is_in(part: &Part, others: &BTreeMap<&Part, &Term>) -> bool {
    match part {
        Part::BodyContent { .. } => others.contains_key(&Part::Body),
        Part::Header { status, .. } | Part::ResponseContent { status, .. } => {
            others.contains_key(&Part::Response { status: status.clone() })
        }
        Part::Callback { name, part } => {
            let is_of_it = |other: &&Part| matches!(other, Part::Callback { name: other, .. } if other == name);
            let is_first = matches!(**part, Part::Body);
            others.keys().any(is_of_it) || is_first
        }
        _ => true,
    }
}

/// What `part` is among `there`, where all answers of its range are told together: `404` as `4XX`. It is something else when it
/// has that `here` as well.
fn in_range<'a>(there: &BTreeMap<&Part, &'a Term>, here: &BTreeMap<&Part, &'a Term>, part: &Part) -> Option<&'a Term> {
    let range = |status: &str| status.get(..1).map(|first| format!("{first}XX"));
    let wide = match part.clone() {
        Part::Response { status } => Part::Response { status: range(&status)? },
        Part::Header { status, name } => Part::Header { status: range(&status)?, name },
        Part::ResponseContent { status, media_type } => Part::ResponseContent { status: range(&status)?, media_type },
        _ => return None,
    };
    there.get(&wide).copied().filter(|_| !here.contains_key(&wide))
}

struct Terms<'a> {
    states: (State<'a>, State<'a>),
    pairs: &'a Pairs,
    is_event: bool,
    found: Vec<TermChange>,
}

impl<'a> Terms<'a> {
    fn add(&mut self, term: &Term, side: Side, event: Event, effect: Effect, texts: (Option<String>, Option<String>)) {
        let direction = direction(&term.part, self.is_event);
        self.found.push(TermChange {
            place: Place { part: term.part.clone(), path: String::new(), direction },
            event,
            before: texts.0,
            after: texts.1,
            is_breaking: effect.breaks(direction),
            written: (side, term.span),
        });
    }

    fn added(&mut self, term: &Term) {
        let is_asked = direction(&term.part, self.is_event) == Direction::Asked;
        let (event, effect) = match term.required && is_asked {
            true if matches!(term.part, Part::Parameter { .. } | Part::Body) => (Event::AddedRequired, Effect::Narrows),
            _ => (Event::Added, Effect::Keeps),
        };
        // Parameters of a path that stays the same were there, and not told.
        let is_in_path = matches!(&term.part, Part::Parameter { place, .. } if place == "path");
        if !is_in_path {
            self.add(term, Side::After, event, effect, (None, None));
        }
    }

    fn removed(&mut self, term: &Term) {
        let effect = match &term.part {
            Part::Server(_) | Part::Scheme(_) => Effect::Keeps,
            Part::Parameter { place, .. } if place == "path" => return,
            // Clients are prepared for failures that nobody told them of.
            Part::Response { status } if !status.starts_with(['2', '3']) => Effect::Keeps,
            _ => Effect::Alters,
        };
        match term.deprecated {
            true => self.add(term, Side::Before, Event::RemovedAfterDeprecation, Effect::Keeps, (None, None)),
            false => self.add(term, Side::Before, Event::Removed, effect, (None, None)),
        }
    }

    fn compare(&mut self, old: &'a Term, new: &'a Term) {
        match (old.required, new.required) {
            (false, true) => self.add(new, Side::After, Event::BecameRequired, Effect::Narrows, (None, None)),
            (true, false) => self.add(new, Side::After, Event::BecameOptional, Effect::Widens, (None, None)),
            _ => {}
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.add(new, Side::After, Event::Deprecated, Effect::Keeps, (None, None)),
            (true, false) => self.add(new, Side::After, Event::NoLongerDeprecated, Effect::Keeps, (None, None)),
            _ => {}
        }
        if old.manner != new.manner && !old.manner.is_empty() && !new.manner.is_empty() {
            let texts = (Some(plain(&old.manner)), Some(plain(&new.manner)));
            self.add(new, Side::After, Event::MannerChanged, Effect::Alters, texts);
        }
        let (Some(before), Some(after)) = (&old.shape, &new.shape) else { return };
        let direction = direction(&new.part, self.is_event);
        let comparer = Comparer::new(self.states.0, self.states.1, self.pairs, direction);
        for difference in comparer.differences(before, after) {
            self.found.push(of_shape(difference, &new.part, direction, new.span));
        }
    }
}

/// A difference in the shape that `part`, which is written at `span` of the later state, carries.
pub(super) fn of_shape(difference: Difference, part: &Part, direction: Direction, span: Span) -> TermChange {
    let Difference { path, event, before, after, effect, place } = difference;
    TermChange {
        place: Place { part: part.clone(), path, direction },
        event,
        before,
        after,
        is_breaking: effect.breaks(direction),
        written: place.unwrap_or((Side::After, span)),
    }
}
