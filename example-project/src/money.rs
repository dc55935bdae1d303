//! Amounts of money.

use serde::{Deserialize, Serialize};

/// An amount in euro cents. The pilot sells in euro only, so no currency is stored.
///
/// Never a float: `0.1 + 0.2` is not `0.3`, and a payment provider refuses a charge that differs from its order by a cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub u64);

impl Cents {
    /// The price of `quantity` pieces; `None` when it does not fit.
    pub fn times(self, quantity: u32) -> Option<Self> {
        self.0.checked_mul(u64::from(quantity)).map(Self)
    }

    /// The sum; `None` when it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Cents;

    #[test]
    fn sums_that_do_not_fit_are_refused() {
        assert_eq!(Cents(1999).times(3), Some(Cents(5997)));
        assert_eq!(Cents(u64::MAX).times(2), None);
        assert_eq!(Cents(u64::MAX).plus(Cents(1)), None);
    }
}
