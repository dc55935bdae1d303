//! A shop.

/// Pays back.
pub fn refund() {}
