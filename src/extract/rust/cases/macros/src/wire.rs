//! The wire.

/// What is sent.
pub enum Frame {
    /// Some of it.
    Data {
        /// How long it is.
        length: u32,
        /// Left out.
        #[cfg(feature = "extra")]
        more: u32,
    },
    End,
}
