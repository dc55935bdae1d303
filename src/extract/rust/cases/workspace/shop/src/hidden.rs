//! A private module.

/// Published where it is re-exported.
pub struct Kept {
    /// Public.
    pub name: String,
    secret: u8,
}

impl Kept {
    /// The secret.
    pub fn secret(&self) -> u8 {
        self.secret
    }

    fn private(&self) {}
}

pub mod deep {
    use super::Kept;

    /// Comes along with a glob.
    pub fn unwrap_kept(kept: Kept) -> Option<super::Kept> {
        Some(kept)
    }

    /// Not public enough.
    pub(crate) fn inner() {}
}
