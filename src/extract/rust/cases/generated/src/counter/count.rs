use super::Number;

/// Counts, see [`Count::next`].
pub struct Count(Number);

impl Count {
    /// The next number.
    pub fn next(&self) -> Number {
        self.0
    }
}
