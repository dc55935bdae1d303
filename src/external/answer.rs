//! What came back, by address.

use std::collections::{BTreeMap, BTreeSet};

use super::Address;
use crate::source::{Stored, Unread, stored};

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Something. Whoever may not see it (401, 403) is told that it is there.
    There,
    /// Nothing, for a reason that time does not heal: "404 Not Found".
    Gone(String),
    /// No host has this name.
    NoHost,
    /// Nobody said anything to rely on, several times.
    Silent(String),
}

/// Answers by address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    by_address: BTreeMap<String, Given>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Given {
    answer: Answer,
    /// When, in seconds since 1970.
    at: u64,
}

stored! {
    struct Answers { by_address }
    struct Given { answer, at }
    enum Answer { 0 => There, 1 => Gone(why), 2 => Silent(why), 3 => NoHost }
}

impl Answers {
    /// What is at `address`, when somebody asked.
    pub fn of(&self, address: &Address) -> Option<&Answer> {
        self.by_address.get(address.as_str()).map(|given| &given.answer)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_address.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_address.is_empty()
    }

    /// Whether nobody at all was to be reached, though somebody was asked: then it is not they who are missing.
    pub fn are_of_nobody(&self) -> bool {
        let is_nobody = |given: &Given| matches!(given.answer, Answer::Silent(_) | Answer::NoHost);
        !self.is_empty() && self.by_address.values().all(is_nobody)
    }

    /// Whether something was at `address` at or after `second`.
    pub(super) fn was_there_since(&self, address: &Address, second: u64) -> bool {
        let given = self.by_address.get(address.as_str());
        given.is_some_and(|given| given.answer == Answer::There && given.at >= second)
    }

    /// Those about `addresses`.
    pub(super) fn only(&self, addresses: &BTreeSet<Address>) -> Self {
        let given = addresses.iter().filter_map(|address| self.by_address.get_key_value(address.as_str()));
        Self { by_address: given.map(|(url, given)| (url.clone(), given.clone())).collect() }
    }

    /// These and those that were given at the second `at`.
    pub(super) fn joined(mut self, given: BTreeMap<Address, Answer>, at: u64) -> Self {
        self.by_address
            .extend(given.into_iter().map(|(address, answer)| (address.as_str().to_owned(), Given { answer, at })));
        self
    }

    /// As bytes for the next run.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        Stored::<()>::write(self, &mut bytes);
        bytes
    }

    /// What [`Answers::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        let answers = Stored::read(&mut unread)?;
        unread.is_empty().then_some(answers)
    }
}
