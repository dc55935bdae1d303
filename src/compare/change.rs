//! What changed, and whether that breaks those who relied on it.

use crate::graph::{NodeId, Subject};
use crate::source::Span;

/// One change between two states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which of the two states `subject` and `span` belong to: the one before for what is gone, else the one after.
    pub side: Side,
    /// What changed.
    pub subject: Subject,
    /// What it is called: `GET /orders`, `Order`.
    pub title: String,
    /// Which part of it: "query parameter `limit`", "field `lines[].price` of response 200"; empty for all of it.
    pub place: String,
    /// What kind of part that is, as a word of codes: `parameter`, `request-field`.
    pub part: &'static str,
    /// What became of it.
    pub event: Event,
    /// What it was, where there is something to say.
    pub before: Option<String>,
    /// What it is now, where there is something to say.
    pub after: Option<String>,
    /// Whether those who relied on it must change something.
    pub is_breaking: bool,
    /// Where it is written.
    pub span: Span,
    /// The calls that it concerns, of the state after, unless it is one itself.
    pub affected: Vec<NodeId>,
}

/// One of the two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The earlier one.
    Before,
    /// The later one.
    After,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// It is there now, and may be left out.
    Added,
    /// It is there now, and may not be left out.
    AddedRequired,
    /// It is gone.
    Removed,
    /// It is gone, and those who relied on it had been told.
    RemovedAfterDeprecation,
    /// It is marked as deprecated now.
    Deprecated,
    /// It no longer is.
    NoLongerDeprecated,
    /// It may no longer be left out.
    BecameRequired,
    /// It may be left out now.
    BecameOptional,
    /// It has another type, or more, or fewer.
    TypeChanged,
    /// It may be null now.
    NullAllowed,
    /// It may no longer be null.
    NullRefused,
    /// It may have further values.
    ValuesAdded,
    /// It may no longer have some values.
    ValuesRemoved,
    /// Something bounds it that did not.
    BoundAdded,
    /// Something no longer bounds it.
    BoundRemoved,
    /// Something bounds it otherwise.
    BoundChanged,
    /// It may be something else, too.
    AlternativesAdded,
    /// It may no longer be something.
    AlternativesRemoved,
    /// Fields of other names are no longer taken.
    OtherFieldsRefused,
    /// They are now.
    OtherFieldsAllowed,
    /// What is taken when it is left out is another value.
    DefaultChanged,
    /// Only the service sends it now.
    BecameReadOnly,
    /// Only callers send it now.
    BecameWriteOnly,
    /// It is written or sent in another way.
    MannerChanged,
    /// It is another one.
    Changed,
    /// More is asked of callers.
    ScopesAdded,
    /// Less is asked of callers.
    ScopesRemoved,
}

/// What a change does to the values that there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// There are fewer.
    Narrows,
    /// There are more.
    Widens,
    /// There are others.
    Alters,
    /// Nobody needs to care.
    Keeps,
}

/// Which way values go. Who sends must not be asked for less than before, and who reads not be given more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// From those who use the service.
    Asked,
    /// To them.
    Given,
    /// Neither is known.
    Unused,
}

impl Effect {
    /// Whether it breaks those on the other side of `direction`.
    pub(super) fn breaks(self, direction: Direction) -> bool {
        match (self, direction) {
            (Self::Keeps, _) | (_, Direction::Unused) => false,
            (Self::Alters, _) => true,
            (Self::Narrows, direction) => direction == Direction::Asked,
            (Self::Widens, direction) => direction == Direction::Given,
        }
    }
}

impl Direction {
    /// The other way.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Asked => Self::Given,
            Self::Given => Self::Asked,
            Self::Unused => Self::Unused,
        }
    }
}

impl Change {
    /// What kind of change it is, as a name that stays: `parameter-became-required`.
    pub fn code(&self) -> String {
        format!("{}-{}", self.part, self.event.word())
    }

    /// The change in a sentence without a full stop.
    pub fn sentence(&self) -> String {
        self.told_of(&self.title)
    }

    /// Likewise, where `title` stands for all of it: "it", below a heading.
    pub fn told_of(&self, title: &str) -> String {
        let what = if self.place.is_empty() { title } else { self.place.as_str() };
        let before = self.before.as_deref().unwrap_or_default();
        let after = self.after.as_deref().unwrap_or_default();
        match self.event {
            Event::Added => format!("{what} is new"),
            Event::AddedRequired => format!("{what} is new and required"),
            Event::Removed => format!("{what} was removed"),
            Event::RemovedAfterDeprecation => format!("{what} was removed, as its deprecation said"),
            Event::Deprecated => format!("{what} is deprecated now"),
            Event::NoLongerDeprecated => format!("{what} is no longer deprecated"),
            Event::BecameRequired => format!("{what} is required now"),
            Event::BecameOptional => format!("{what} is optional now"),
            Event::TypeChanged | Event::MannerChanged | Event::Changed => {
                format!("{what} was {before} and is {after} now")
            }
            Event::NullAllowed => format!("{what} may be null now"),
            Event::NullRefused => format!("{what} may no longer be null"),
            Event::ValuesAdded | Event::AlternativesAdded => format!("{what} may also be {after}"),
            Event::ValuesRemoved | Event::AlternativesRemoved => format!("{what} may no longer be {before}"),
            Event::BoundAdded => format!("{what} is bounded by {after} now"),
            Event::BoundRemoved => format!("{what} is no longer bounded by {before}"),
            Event::BoundChanged => format!("{what} was bounded by {before} and is by {after} now"),
            Event::OtherFieldsRefused => format!("{what} takes no fields of other names now"),
            Event::OtherFieldsAllowed => format!("{what} takes fields of other names now"),
            Event::DefaultChanged => format!("{what} had the default {before} and has {after} now"),
            Event::BecameReadOnly => format!("{what} is read-only now"),
            Event::BecameWriteOnly => format!("{what} is write-only now"),
            Event::ScopesAdded => format!("{what} asks for {after} now"),
            Event::ScopesRemoved => format!("{what} no longer asks for {before}"),
        }
    }
}

impl Event {
    /// The word that stands for it in codes.
    fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::AddedRequired => "added-required",
            Self::Removed => "removed",
            Self::RemovedAfterDeprecation => "removed-after-deprecation",
            Self::Deprecated => "deprecated",
            Self::NoLongerDeprecated => "no-longer-deprecated",
            Self::BecameRequired => "became-required",
            Self::BecameOptional => "became-optional",
            Self::TypeChanged => "type-changed",
            Self::NullAllowed => "null-allowed",
            Self::NullRefused => "null-refused",
            Self::ValuesAdded => "values-added",
            Self::ValuesRemoved => "values-removed",
            Self::BoundAdded => "bound-added",
            Self::BoundRemoved => "bound-removed",
            Self::BoundChanged => "bound-changed",
            Self::AlternativesAdded => "alternatives-added",
            Self::AlternativesRemoved => "alternatives-removed",
            Self::OtherFieldsRefused => "other-fields-refused",
            Self::OtherFieldsAllowed => "other-fields-allowed",
            Self::DefaultChanged => "default-changed",
            Self::BecameReadOnly => "became-read-only",
            Self::BecameWriteOnly => "became-write-only",
            Self::MannerChanged => "manner-changed",
            Self::Changed => "changed",
            Self::ScopesAdded => "scopes-added",
            Self::ScopesRemoved => "scopes-removed",
        }
    }
}
