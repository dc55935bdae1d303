//! A rule's template and what its variables stand for -> the text of the expansion.

use std::collections::BTreeSet;
use std::ops::Range;

use super::LONGEST;
use super::expansion::Expansion;
use super::matching::{Bindings, Bound, View, comment_literal};
use super::rules::repetition;
use super::tokens::Tokens;
use crate::extract::rust::syntax::TokenKind;

/// The text of `template` (places in `definition`), with the tokens of `call` in the places of variables. `None` when
/// the template asks for what the rule does not bind, or becomes too long.
pub(super) fn transcribe(
    definition: &Tokens<'_>,
    template: Range<usize>,
    call: &Tokens<'_>,
    bound: &Bindings<'_>,
) -> Option<Expansion> {
    let mut writer = Writer { definition, call, written: Expansion::default() };
    writer.sequence(template, &bound.iter().map(|(name, value)| (*name, value)).collect())?;
    Some(writer.written)
}

struct Writer<'t, 'd, 'c> {
    definition: &'t Tokens<'d>,
    call: &'t Tokens<'c>,
    written: Expansion,
}

impl Writer<'_, '_, '_> {
    fn sequence(&mut self, places: Range<usize>, bound: &View<'_>) -> Option<()> {
        let definition = self.definition;
        let mut place = places.start;
        while place < places.end {
            if self.written.text.len() > LONGEST {
                return None;
            }
            let variable = || bound.get(definition.text(place + 1));
            let behind = match definition.text(place) {
                "$" if definition.text(place + 1) == "crate" => {
                    self.written.push_own("crate");
                    place + 2
                }
                "$" if definition.text(place + 1) == "(" => self.repeat(place, bound)?,
                "$" if variable().is_some() => {
                    self.variable(variable()?)?;
                    place + 2
                }
                text => match self.comment(place, bound).filter(|_| text == "#") {
                    Some(comment) => {
                        let range = self.call.range(comment..comment + 1);
                        self.written.push_call(self.call.text, range);
                        // Nothing else stands on the line of a comment.
                        self.written.push_own("\n");
                        definition.behind(place + 1)
                    }
                    None => {
                        self.written.push_own(text);
                        place + 1
                    }
                },
            };
            // A gap may have a plain comment in it, which ends with its line.
            let gap = definition.gap(behind - 1);
            if behind < places.end {
                self.written.push_own(if gap.trim().is_empty() { gap } else { "\n" });
            } else if definition.kind(behind - 1) == Some(TokenKind::OuterDoc) {
                self.written.push_own("\n");
            }
            place = behind;
        }
        Some(())
    }

    fn variable(&mut self, value: &Bound) -> Option<()> {
        match value {
            Bound::Tokens(places) => {
                let range = self.call.range(places.clone());
                self.written.push_call(self.call.text, range);
                if self.call.kind(places.end.wrapping_sub(1)) == Some(TokenKind::OuterDoc) {
                    self.written.push_own("\n");
                }
            }
            Bound::Comment(place) => {
                self.written.push_own(&format!("doc = {}", comment_literal(self.call.text(*place))));
            }
            Bound::Text(text) => self.written.push_own(text),
            // It would have to be repeated.
            Bound::Repeated(_) => return None,
        }
        Some(())
    }

    /// The doc comment that `#[$name]` at `place` stands for, if it stands for one.
    fn comment(&self, place: usize, bound: &View<'_>) -> Option<usize> {
        let inside = self.definition.group(place + 1)?;
        let is_variable = inside.len() == 2 && self.definition.text(inside.start) == "$";
        match bound.get(self.definition.text(inside.start + 1)).filter(|_| is_variable)? {
            Bound::Comment(comment) => Some(*comment),
            _ => None,
        }
    }

    /// Writes `$( … ) separator *` that stands at `place`; gives the place behind it.
    fn repeat(&mut self, place: usize, bound: &View<'_>) -> Option<usize> {
        let inner = self.definition.group(place + 1)?;
        let (separator, _, behind) = repetition(self.definition, self.definition.behind(place + 1))?;
        let names = inner.clone().filter(|place| self.definition.text(*place) == "$");
        // One that is written twice goes one level deeper all the same.
        let names: BTreeSet<&str> = names.map(|place| self.definition.text(place + 1)).collect();
        let repeated = |name: &&str| match bound.get(name) {
            Some(Bound::Repeated(values)) => Some(values.len()),
            _ => None,
        };
        let mut counts = names.iter().filter_map(repeated);
        let count = counts.next()?;
        if counts.any(|other| other != count) {
            return None;
        }
        for round in 0..count {
            let mut one: View<'_> = bound.clone();
            for name in &names {
                if let Some((Bound::Repeated(values), value)) = one.get_mut(name).map(|value| (*value, value)) {
                    *value = values.get(round)?;
                }
            }
            if let Some(separator) = separator.filter(|_| round > 0) {
                self.written.push_own(separator);
            }
            self.sequence(inner.clone(), &one)?;
        }
        Some(behind)
    }
}
