/// From `b`.
pub struct FromB;
pub use crate::a::*;
