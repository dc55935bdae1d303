//! A shop that shows what it is built on.

/// As the shop says it.
pub use http::StatusCode;
pub use http::header::*;
pub use http::method;
#[doc(no_inline)]
pub use http::Version;
pub use http_core::Missing;
pub use money::Amount;
pub use other::Thing;

/// Answers with a [`StatusCode`], or an [`http::Error`].
pub fn answer() -> StatusCode {}
