//! What one run leaves for the next: keys and bytes, and nothing about what they mean.
//!
//! Enters: bytes under a key that changes whenever they would. Leaves: the same bytes, or nothing. Everything here may be
//! deleted at any time, and whatever is damaged is as good as absent: each piece carries a checksum, and the name of the
//! program that wrote it.
//!
//! | in `.livedoc/` | |
//! |---|---|
//! | `lock` | held by the one run that may write |
//! | `NAME` and `NAME.index` | a [`Pack`]: many small pieces, added at the end of one file |
//! | other files | one piece each: [`Store::load`], [`Store::save`] |

mod pack;
mod shelf;
mod store;
#[cfg(test)]
mod tests;

pub use pack::Pack;
pub use shelf::{Reading, Shelf};
pub use store::Store;
