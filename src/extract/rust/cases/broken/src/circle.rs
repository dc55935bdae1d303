#[path = "circle.rs"]
pub mod circle;

/// Round and round.
pub struct Round;
