//! A crate in trouble.

pub mod missing;
#[cfg(feature = "generated")]
pub mod made_elsewhere;
pub mod unclosed;
pub mod circle;
mod a;
mod b;

pub use a::*;
pub use b::*;
pub use self::Circular as Circular;
pub use crate::nowhere::Thing;

/// Is kept.
pub struct Before;

pub struct Wrong {
    id u64,
}

/// Is kept as well.
pub fn after(größe: usize) -> Größe {
    größe
}

/// Not only ASCII: [`Größe`].
pub type Größe = usize;
