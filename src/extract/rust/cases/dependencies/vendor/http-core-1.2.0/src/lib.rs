/// An address.
pub struct Uri;
