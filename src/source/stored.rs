//! Values <-> bytes, for what one run of the program keeps for the next.
//!
//! The form says nothing about itself: bytes are only read by the program that wrote them, which whoever keeps them makes
//! sure of. Numbers are LEB128, texts and lists have their length before them, variants their number.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ContentHash, Interned, RepoPath, Span};

/// A value that can be kept. `C` is what reading it needs to know beyond the bytes.
pub trait Stored<C>: Sized {
    /// Adds the value to `bytes`.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Takes the value off the front of `bytes`. `None` when they hold no such value.
    fn read(bytes: &mut Unread<'_, C>) -> Option<Self>;
}

/// Bytes of which the front has been read.
#[derive(Debug)]
pub struct Unread<'a, C> {
    bytes: &'a [u8],
    /// What values need to know beyond the bytes.
    pub context: C,
}

impl<'a, C> Unread<'a, C> {
    /// All of `bytes`.
    pub fn new(bytes: &'a [u8], context: C) -> Self {
        Self { bytes, context }
    }

    /// Whether everything has been read.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// All that was not read.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    /// The next text.
    pub fn text(&mut self) -> Option<&'a str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// The length of what comes next.
    fn length(&mut self) -> Option<usize> {
        usize::try_from(u64::read(self)?).ok()
    }
}

/// Adds a text.
pub fn write_text(text: &str, bytes: &mut Vec<u8>) {
    write_number(text.len() as u64, bytes);
    bytes.extend_from_slice(text.as_bytes());
}

fn write_number(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

impl<C> Stored<C> for u64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_number(*self, bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *bytes.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

macro_rules! stored_numbers {
    ($($number:ty)*) => {
        $(impl<C> Stored<C> for $number {
            fn write(&self, bytes: &mut Vec<u8>) {
                write_number(u64::from(*self), bytes);
            }

            fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
                <$number>::try_from(u64::read(bytes)?).ok()
            }
        })*
    };
}

stored_numbers! { u8 u16 u32 }

impl<C> Stored<C> for usize {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_number(*self as u64, bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        bytes.length()
    }
}

impl<C> Stored<C> for i64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        // Small numbers of either sign stay short (zigzag).
        write_number(((*self << 1) ^ (*self >> 63)).cast_unsigned(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        let number = u64::read(bytes)?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

impl<C> Stored<C> for u128 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.to_le_bytes());
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some(Self::from_le_bytes(bytes.take(16)?.try_into().ok()?))
    }
}

impl<C> Stored<C> for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some(u8::read(bytes)? == 1)
    }
}

impl<C> Stored<C> for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self, bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        bytes.text().map(str::to_owned)
    }
}

impl<C> Stored<C> for Interned {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self.as_str(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        bytes.text().map(Interned::new)
    }
}

impl<C> Stored<C> for RepoPath {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self.as_str(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        RepoPath::new(bytes.text()?)
    }
}

impl<C> Stored<C> for ContentHash {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.to_bytes());
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some(Self::from_bytes(bytes.take(16)?.try_into().ok()?))
    }
}

impl<C, T: Stored<C>> Stored<C> for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(self.is_some()));
        if let Some(value) = self {
            value.write(bytes);
        }
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        if bool::read(bytes)? { T::read(bytes).map(Some) } else { Some(None) }
    }
}

impl<C, T: Stored<C>> Stored<C> for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_number(self.len() as u64, bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        let length = bytes.length()?;
        // A value has a byte at least: a length that was made up reserves nothing.
        let mut values = Vec::with_capacity(length.min(bytes.bytes.len()));
        for _ in 0..length {
            values.push(T::read(bytes)?);
        }
        Some(values)
    }
}

impl<C, K: Stored<C> + Ord, V: Stored<C>> Stored<C> for BTreeMap<K, V> {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_number(self.len() as u64, bytes);
        self.iter().for_each(|(key, value)| {
            key.write(bytes);
            value.write(bytes);
        });
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        let length = bytes.length()?;
        let mut map = Self::new();
        for _ in 0..length {
            map.insert(K::read(bytes)?, V::read(bytes)?);
        }
        Some(map)
    }
}

impl<C, T: Stored<C>> Stored<C> for Arc<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        (**self).write(bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        T::read(bytes).map(Self::new)
    }
}

impl<C, T: Stored<C>> Stored<C> for Box<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        (**self).write(bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        T::read(bytes).map(Self::new)
    }
}

impl<C, T: Stored<C> + Ord> Stored<C> for BTreeSet<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_number(self.len() as u64, bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Vec::read(bytes).map(|values| values.into_iter().collect())
    }
}

/// Names that live as long as the process: interned.
impl<C> Stored<C> for &'static str {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self, bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some(Interned::read(bytes)?.as_str())
    }
}

impl<C, A: Stored<C>, B: Stored<C>> Stored<C> for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some((A::read(bytes)?, B::read(bytes)?))
    }
}

/// Implements [`Stored`] for structs by their fields and for enums by their variants and what those hold. A type of which
/// a part needs to know more than the bytes names that context in front.
macro_rules! stored {
    () => {};
    (struct $type:ident { $($field:ident),* $(,)? } $($rest:tt)*) => {
        impl<C> $crate::source::Stored<C> for $type {
            $crate::source::stored!(@fields C; $type { $($field),* });
        }
        $crate::source::stored!($($rest)*);
    };
    ($context:ty => struct $type:ident { $($field:ident),* $(,)? } $($rest:tt)*) => {
        impl $crate::source::Stored<$context> for $type {
            $crate::source::stored!(@fields $context; $type { $($field),* });
        }
        $crate::source::stored!($($rest)*);
    };
    (@fields $context:ty; $type:ident { $($field:ident),* }) => {
        fn write(&self, bytes: &mut Vec<u8>) {
            let Self { $($field),* } = self;
            $($crate::source::Stored::<$context>::write($field, bytes);)*
        }

        fn read(bytes: &mut $crate::source::Unread<'_, $context>) -> Option<Self> {
            Some(Self { $($field: $crate::source::Stored::<$context>::read(bytes)?),* })
        }
    };
    (enum $type:ident { $($number:literal => $variant:ident $(($($part:ident),*))? $({ $($field:ident),* })?),* $(,)? } $($rest:tt)*) => {
        impl<C> $crate::source::Stored<C> for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($part),*))? $({ $($field),* })? => {
                        bytes.push($number);
                        $($($crate::source::Stored::<C>::write($part, bytes);)*)?
                        $($($crate::source::Stored::<C>::write($field, bytes);)*)?
                    })*
                }
            }

            fn read(bytes: &mut $crate::source::Unread<'_, C>) -> Option<Self> {
                match <u8 as $crate::source::Stored<C>>::read(bytes)? {
                    $($number => {
                        $($(let $part = $crate::source::Stored::<C>::read(bytes)?;)*)?
                        $($(let $field = $crate::source::Stored::<C>::read(bytes)?;)*)?
                        Some(Self::$variant $(($($part),*))? $({ $($field),* })?)
                    })*
                    _ => None,
                }
            }
        }
        $crate::source::stored!($($rest)*);
    };
}

pub(crate) use stored;

stored! {
    struct Span { file, start, end }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::collections::BTreeMap;

    use super::{Stored, Unread};
    use crate::source::{RepoPath, Span};

    type Value = (Vec<(String, i64)>, (Option<Span>, BTreeMap<&'static str, (u64, u128)>));

    fn value() -> Value {
        let span = Span { file: RepoPath::new("docs/a.md").unwrap(), start: 3, end: 70_000 };
        let map = BTreeMap::from([("a", (0, 1)), ("ä", (u64::MAX, u128::MAX))]);
        (vec![("x".repeat(300), -1), (String::new(), i64::MIN), ("y".to_owned(), i64::MAX)], (Some(span), map))
    }

    #[test]
    fn what_was_written_is_read() {
        let mut bytes = Vec::new();
        Stored::<()>::write(&value(), &mut bytes);
        let mut unread = Unread::new(&bytes, ());
        assert_eq!(Value::read(&mut unread), Some(value()));
        assert!(unread.is_empty());
    }

    #[test]
    fn bytes_that_end_early_or_lie_about_lengths_are_no_value() {
        let mut bytes = Vec::new();
        Stored::<()>::write(&value(), &mut bytes);
        for length in 0..bytes.len() {
            assert_eq!(Value::read(&mut Unread::new(&bytes[..length], ())), None, "{length}");
        }
        for start in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[start] = 0xff;
            // Whatever it is read as, it is read without harm.
            let _ = Value::read(&mut Unread::new(&changed, ()));
        }
        assert_eq!(Vec::<String>::read(&mut Unread::new(&[0xff, 0xff, 0xff, 0xff, 0x7f, 0], ())), None);
    }
}
