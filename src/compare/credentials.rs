//! The ways in which callers may show who they are, before and after -> what changed.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Direction, Event, Side};
use super::place::{Place, code};
use super::terms::TermChange;
use crate::graph::{Contract, Part};
use crate::source::Span;

/// One way: scopes by scheme.
type Way = BTreeMap<String, BTreeSet<String>>;

/// What changed in the ways that `old` and `new` admit. A way that is gone breaks those who went it; a further one nobody.
pub(super) fn compare(old: &Contract, new: &Contract) -> Vec<TermChange> {
    let (mut removed, mut added) = (ways(old), ways(new));
    let mut found = Vec::new();
    removed.retain(|(way, _)| match added.iter().position(|(other, _)| other == way) {
        Some(place) => {
            added.remove(place);
            false
        }
        None => true,
    });
    // The same schemes with other scopes are the same way.
    removed.retain(|(way, _)| {
        let same = |(other, _): &(&Way, Span)| other.keys().eq(way.keys());
        let Some(place) = added.iter().position(same) else { return true };
        let (other, span) = added.remove(place);
        for (event, from, to) in [(Event::ScopesAdded, *way, other), (Event::ScopesRemoved, other, *way)] {
            let more = scopes_beyond(from, to);
            if !more.is_empty() {
                let text = Some(more.iter().map(|scope| code(scope)).collect::<Vec<_>>().join(", "));
                let (before, after) = if event == Event::ScopesAdded { (None, text) } else { (text, None) };
                let is_breaking = event == Event::ScopesAdded;
                found.push(change(other, event, (before, after), is_breaking, (Side::After, span)));
            }
        }
        false
    });
    // Where anybody may call now, nobody is kept out.
    let is_open = ways(new).iter().any(|(way, _)| way.is_empty());
    for (way, span) in removed {
        found.push(change(way, Event::Removed, (None, None), !is_open, (Side::Before, span)));
    }
    for (way, span) in added {
        found.push(change(way, Event::Added, (None, None), false, (Side::After, span)));
    }
    found
}

fn ways(contract: &Contract) -> Vec<(&Way, Span)> {
    let way = |part: &'_ Part| matches!(part, Part::Credentials(_));
    let terms = contract.terms.iter().filter(|term| way(&term.part));
    terms
        .filter_map(|term| match &term.part {
            Part::Credentials(way) => Some((way, term.span)),
            _ => None,
        })
        .collect()
}

/// The scopes that `to` has and `from` does not.
fn scopes_beyond<'a>(from: &Way, to: &'a Way) -> BTreeSet<&'a str> {
    let known = |scheme: &str, scope: &String| from.get(scheme).is_some_and(|scopes| scopes.contains(scope));
    let scopes = to.iter().flat_map(|(scheme, scopes)| scopes.iter().map(move |scope| (scheme, scope)));
    scopes.filter(|(scheme, scope)| !known(scheme, scope)).map(|(_, scope)| scope.as_str()).collect()
}

fn change(
    way: &Way,
    event: Event,
    (before, after): (Option<String>, Option<String>),
    is_breaking: bool,
    written: (Side, Span),
) -> TermChange {
    let place = Place { part: Part::Credentials(way.clone()), path: String::new(), direction: Direction::Asked };
    TermChange { place, event, before, after, is_breaking, written }
}
