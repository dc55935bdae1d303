//! A shop.

/// Pays back, up to the limit.
pub fn refund(amount: u64, limit: u64) -> u64 {
    amount.min(limit)
}

/// The same, with other words.
pub fn same() {}
