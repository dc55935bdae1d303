//! `#[deprecated]` -> what it says (<https://doc.rust-lang.org/reference/attributes/diagnostics.html#the-deprecated-attribute>).

use std::ops::Range;

use syn::{LitStr, Meta};

use super::attributes::{Origin, literal};

/// What `#[deprecated]` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deprecation {
    pub(crate) since: String,
    pub(crate) note: String,
    /// Where the note is written.
    pub(crate) place: Range<u32>,
}

impl Deprecation {
    fn take_note(&mut self, note: &LitStr, origin: Origin<'_>) {
        (self.note, self.place) = (note.value(), origin.place(note.span()));
    }
}

/// What `meta` says.
pub(super) fn deprecation(meta: &Meta, origin: Origin<'_>) -> Deprecation {
    let mut deprecation = Deprecation::default();
    match meta {
        Meta::NameValue(pair) => {
            if let Some(note) = literal(&pair.value) {
                deprecation.take_note(note, origin);
            }
        }
        Meta::List(list) => {
            // An argument that is no string says nothing; rustc will tell.
            let _ = list.parse_nested_meta(|nested| {
                let value = nested.value()?.parse::<LitStr>()?;
                if nested.path.is_ident("since") {
                    deprecation.since = value.value();
                } else if nested.path.is_ident("note") {
                    deprecation.take_note(&value, origin);
                }
                Ok(())
            });
        }
        Meta::Path(_) => {}
    }
    deprecation
}
