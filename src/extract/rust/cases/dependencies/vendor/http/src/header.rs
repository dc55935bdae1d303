/// The name of a header.
pub struct HeaderName;

pub use base::Uri as Location;
