//! Orders, and what becomes of them.

/// What a customer has ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    lines: Vec<u64>,
}

impl Order {
    /// Whether there is nothing in it: `<` is escaped.
    pub fn is_empty(&self) -> bool {
        self.lines.len() < 1
    }
}

impl From<u64> for Order {
    fn from(line: u64) -> Self {
        Self { lines: vec![line] }
    }
}

/// Has a price.
pub trait Priced {
    /// In cents.
    fn price(&self) -> u64;
}

impl Priced for Order {
    fn price(&self) -> u64 {
        self.lines.iter().sum()
    }
}
