//! Two states of a repository -> what changed between them for those who rely on it, and what of that breaks them.
//!
//! Enters: two graphs with the contracts of their subjects. Leaves: [`Change`]s. A schema's changes are told once, with the
//! calls that they concern, and not at each call; whether they break depends on which way the calls send it: who sends must not
//! be asked for more than before, who reads not be given other things than before.
//!
//! | module | |
//! |---|---|
//! | `pairs` | which subjects of the two states are the same |
//! | `uses` | which calls use what, and which way it goes |
//! | `terms`, `credentials` | two contracts -> what changed in their terms |
//! | `shape`, `choices`, `flat`, `bounds` | two shapes -> where they differ |
//! | `place` | a part of a contract -> words |
//! | `change` | what is told of a change |

mod bounds;
mod change;
mod choices;
mod credentials;
mod flat;
mod pairs;
mod place;
mod shape;
mod terms;
mod uses;

use std::collections::BTreeSet;

use crate::graph::{Contract, Contracts, Fact, Graph, Node, NodeId, Subject};

pub use change::{Change, Event, Side};

use change::Direction;
use pairs::{Pairs, wholes};
use place::{code, plain};
use shape::Comparer;
use terms::TermChange;
use uses::Uses;

/// One state of a repository.
#[derive(Clone, Copy)]
pub struct State<'a> {
    /// What there is.
    pub graph: &'a Graph,
    /// What it promises.
    pub contracts: &'a Contracts,
}

/// What changed in one specification, or in the files that several share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The specification, of the state after; of the state before when it is gone. `None` for shared files.
    pub specification: Option<NodeId>,
    /// What readers call it.
    pub title: String,
    /// The calls by path, then the schemas; never empty.
    pub changes: Vec<Change>,
}

/// What changed from `before` to `after`, by specification.
pub fn compare(before: State<'_>, after: State<'_>) -> Vec<Changes> {
    let pairs = Pairs::of(before, after);
    let comparison = Comparison { before, after, pairs: &pairs, uses: (Uses::of(before), Uses::of(after)) };
    let mut found = Vec::new();
    for node in wholes(after) {
        let changes = match pairs.before(Subject::Node(node.id)) {
            Some(_) => comparison.within(node),
            None => vec![comparison.whole(Side::After, node)],
        };
        let title = title(after, Subject::Node(node.id));
        found.push(Changes { specification: Some(node.id), title, changes });
    }
    for node in wholes(before).into_iter().filter(|node| pairs.after(Subject::Node(node.id)).is_none()) {
        let changes = vec![comparison.whole(Side::Before, node)];
        let title = title(before, Subject::Node(node.id));
        found.push(Changes { specification: Some(node.id), title, changes });
    }
    let mut changes = Vec::new();
    for (old, new) in pairs.all().filter(|(old, _)| matches!(old, Subject::Place { .. })) {
        comparison.shapes(old, new, &mut changes);
    }
    found.push(Changes { specification: None, title: "Shared files".to_owned(), changes });
    found.retain(|group| !group.changes.is_empty());
    found
}

struct Comparison<'a> {
    before: State<'a>,
    after: State<'a>,
    pairs: &'a Pairs,
    uses: (Uses, Uses),
}

impl<'a> Comparison<'a> {
    fn state(&self, side: Side) -> State<'a> {
        match side {
            Side::Before => self.before,
            Side::After => self.after,
        }
    }

    /// That `node` as a whole is new or gone.
    fn whole(&self, side: Side, node: &Node) -> Change {
        let is_deprecated = matches!(node.facts.get("deprecated"), Some(Fact::Flag(true)));
        let (event, is_breaking) = match side {
            Side::After => (Event::Added, false),
            Side::Before if is_deprecated => (Event::RemovedAfterDeprecation, false),
            // On the wire nobody sees a schema's name.
            Side::Before => (Event::Removed, node.kind.name != "schema"),
        };
        Change {
            side,
            subject: Subject::Node(node.id),
            title: title(self.state(side), Subject::Node(node.id)),
            place: String::new(),
            part: node.kind.name,
            event,
            before: None,
            after: None,
            is_breaking,
            span: node.span,
            affected: Vec::new(),
        }
    }

    /// What changed in the specification that is `new` now.
    fn within(&self, new: &'a Node) -> Vec<Change> {
        let mut changes = Vec::new();
        let Some(Subject::Node(old)) = self.pairs.before(Subject::Node(new.id)) else { return changes };
        self.terms(Subject::Node(old), new, &mut changes);
        let mut parts: Vec<(Side, &Node)> =
            parts_of(self.after, new.id).into_iter().map(|node| (Side::After, node)).collect();
        let gone = parts_of(self.before, old).into_iter();
        let gone = gone.filter(|node| self.pairs.after(Subject::Node(node.id)).is_none());
        parts.extend(gone.map(|node| (Side::Before, node)));
        parts.sort_by_key(|(side, node)| (node.kind.name == "schema", sort_key(node), *side));
        for (side, node) in parts {
            match self.pairs.before(Subject::Node(node.id)).filter(|_| side == Side::After) {
                Some(old) if node.kind.name == "schema" => {
                    self.shapes(old, Subject::Node(node.id), &mut changes);
                }
                Some(old) => self.terms(old, node, &mut changes),
                None => changes.push(self.whole(side, node)),
            }
        }
        changes
    }

    /// Adds what changed in the terms of a call or a specification.
    fn terms(&self, old: Subject, new: &'a Node, changes: &mut Vec<Change>) {
        let subject = Subject::Node(new.id);
        let Subject::Node(earlier) = old else { return };
        let Some(before) = self.before.graph.node(earlier) else { return };
        let contracts = (self.before.contracts.get(&old), self.after.contracts.get(&subject));
        let (Some(earlier), Some(later)) = contracts else { return };
        let title = title(self.after, subject);
        let change = |event, place: &str, (before, after): (Option<String>, Option<String>)| Change {
            side: Side::After,
            subject,
            title: title.clone(),
            place: place.to_owned(),
            part: new.kind.name,
            event,
            before,
            after,
            is_breaking: false,
            span: new.span,
            affected: Vec::new(),
        };
        let flag = |node: &Node| matches!(node.facts.get("deprecated"), Some(Fact::Flag(true)));
        match (flag(before), flag(new)) {
            (false, true) => changes.push(change(Event::Deprecated, "", (None, None))),
            (true, false) => changes.push(change(Event::NoLongerDeprecated, "", (None, None))),
            _ => {}
        }
        let named = [
            ("path", "its path", "path"),
            ("operation_id", "its operation id", "operation-id"),
            ("version", "the version", "version"),
        ];
        for (fact, words, part) in named {
            let text = |node: &Node| match node.facts.get(fact) {
                Some(Fact::Text(text)) => Some(code(text)),
                _ => None,
            };
            if let (Some(before), Some(after)) = (text(before), text(new))
                && before != after
            {
                changes.push(Change { part, ..change(Event::Changed, words, (Some(before), Some(after))) });
            }
        }
        let states = (self.before, self.after);
        for found in terms::compare(states, self.pairs, (earlier, later), is_event(new)) {
            changes.push(self.of_term(found, subject, title.clone()));
        }
    }

    fn of_term(&self, found: TermChange, subject: Subject, title: String) -> Change {
        let TermChange { place, event, before, after, is_breaking, written: (side, span) } = found;
        let path = match subject {
            Subject::Node(id) => self.after.graph.node(id).and_then(|node| match node.facts.get("path") {
                Some(Fact::Text(path)) => Some(path.as_str()),
                _ => None,
            }),
            Subject::Place { .. } => None,
        };
        Change {
            side,
            subject,
            title,
            place: place.words(path.unwrap_or_default()),
            part: place.code(),
            event,
            before,
            after,
            is_breaking,
            span,
            affected: Vec::new(),
        }
    }

    /// Adds what changed in the shape of a schema or of a place, each way that it goes in both states.
    fn shapes(&self, old: Subject, new: Subject, changes: &mut Vec<Change>) {
        let contracts = (self.before.contracts.get(&old), self.after.contracts.get(&new));
        let whole = |contract: Option<&'a Contract>| contract.and_then(|contract| contract.terms.first());
        let (Some(earlier), Some(later)) = (whole(contracts.0), whole(contracts.1)) else { return };
        let (Some(before), Some(after)) = (&earlier.shape, &later.shape) else { return };
        if before == after {
            return;
        }
        let (earlier_calls, calls) = (self.uses.0.calls(old), self.uses.1.calls(new));
        let ways = |calls: &BTreeSet<(NodeId, Direction)>| calls.iter().map(|call| call.1).collect::<BTreeSet<_>>();
        let mut directions: Vec<Direction> = ways(&earlier_calls).intersection(&ways(&calls)).copied().collect();
        if directions.is_empty() {
            directions.push(Direction::Unused);
        }
        let first = changes.len();
        let title = title(self.after, new);
        for &direction in &directions {
            let comparer = Comparer::new(self.before, self.after, self.pairs, direction);
            for difference in comparer.differences(before, after) {
                let found = terms::of_shape(difference, &later.part, direction, later.span);
                let mut change = self.of_term(found, new, title.clone());
                if directions.len() > 1 {
                    change.part = if change.place.is_empty() { "schema" } else { "field" };
                }
                let of_way = |call: &&(NodeId, Direction)| call.1 == direction;
                change.affected = calls.iter().filter(of_way).map(|call| call.0).collect();
                add_once(change, first, changes);
            }
        }
    }
}

/// Adds `change`, unless the other way has told it: then it breaks when it breaks either.
fn add_once(change: Change, first: usize, changes: &mut Vec<Change>) {
    let is_same = |other: &&mut Change| {
        (&other.place, other.event, &other.before, &other.after)
            == (&change.place, change.event, &change.before, &change.after)
    };
    let Some(known) = changes[first..].iter_mut().find(is_same) else { return changes.push(change) };
    match (known.is_breaking, change.is_breaking) {
        // Those are concerned whom it breaks.
        (false, true) => *known = change,
        (true, false) => {}
        _ => {
            known.affected.extend(change.affected);
            known.affected.sort();
            known.affected.dedup();
        }
    }
}

/// The nodes with a contract below the node `id`, whatever lies between: calls stand below tags, and may move.
fn parts_of(state: State<'_>, id: NodeId) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::from([id]);
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        for node in state.graph.children(id).filter(|node| seen.insert(node.id)) {
            waiting.push(node.id);
            if state.contracts.contains_key(&Subject::Node(node.id)) {
                found.push(node);
            }
        }
    }
    found
}

/// Whether the service makes the call that `node` is, on some event.
fn is_event(node: &Node) -> bool {
    node.kind.name == "webhook"
}

/// Calls by path, then by method; everything else by title.
fn sort_key(node: &Node) -> (String, String) {
    let text = |fact: &str| match node.facts.get(fact) {
        Some(Fact::Text(text)) => text.clone(),
        _ => String::new(),
    };
    match node.facts.contains_key("method") {
        true => (text("path"), text("method")),
        false => (node.title.clone(), String::new()),
    }
}

/// What readers call `subject`.
pub fn title(state: State<'_>, subject: Subject) -> String {
    let node = match subject {
        Subject::Node(id) => state.graph.node(id),
        Subject::Place { file, pointer } if pointer.as_str().is_empty() => return plain(file.as_str()),
        Subject::Place { file, pointer } => return plain(&format!("{file}#{pointer}")),
    };
    let Some(node) = node else { return String::new() };
    match (node.facts.get("method"), node.facts.get("path")) {
        (Some(Fact::Text(method)), Some(Fact::Text(path))) => plain(&format!("{method} {path}")),
        _ => plain(&node.title),
    }
}
