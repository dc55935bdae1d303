/// From `a`.
pub struct FromA;
pub use crate::b::*;
