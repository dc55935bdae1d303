//! Contracts -> which calls use what, and which way it goes.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Direction;
use super::terms::direction;
use super::{State, is_event};
use crate::graph::{NodeId, Subject};

/// Who uses what.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// For each subject those whose shapes name it.
    named_by: BTreeMap<Subject, BTreeSet<Subject>>,
    /// For each subject the calls that name it themselves.
    called_by: BTreeMap<Subject, BTreeSet<(NodeId, Direction)>>,
}

impl Uses {
    pub(super) fn of(state: State<'_>) -> Self {
        let mut uses = Self::default();
        for (subject, contract) in state.contracts {
            let call = match subject {
                Subject::Node(id) => state.graph.node(*id).filter(|node| node.facts.contains_key("method")),
                Subject::Place { .. } => None,
            };
            for term in &contract.terms {
                let Some(shape) = &term.shape else { continue };
                shape.visit_subjects(&mut |named| match call {
                    Some(call) => {
                        let direction = direction(&term.part, is_event(call));
                        uses.called_by.entry(named).or_default().insert((call.id, direction));
                    }
                    None => drop(uses.named_by.entry(named).or_default().insert(*subject)),
                });
            }
        }
        uses
    }

    /// The calls that use `subject`, themselves or through others, and which way it goes there.
    pub(super) fn calls(&self, subject: Subject) -> BTreeSet<(NodeId, Direction)> {
        let mut seen = BTreeSet::from([subject]);
        let mut waiting = vec![subject];
        let mut calls = BTreeSet::new();
        while let Some(subject) = waiting.pop() {
            calls.extend(self.called_by.get(&subject).into_iter().flatten().copied());
            let names = self.named_by.get(&subject).into_iter().flatten().copied();
            waiting.extend(names.filter(|subject| seen.insert(*subject)));
        }
        calls
    }
}
