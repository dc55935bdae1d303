//! How far an order is.

/// How far.
pub enum Status {
    /// Not yet.
    Open,
    /// It is.
    Done,
}
