//! Settings, of which a program makes a page of the manual.

/// What may be set: [where from](#index-url), [no such setting](#index-name), [how](../concepts/limits.md#most),
/// [a page that is nowhere](../concepts/gone.md).
pub struct Settings {
    /// The address.
    pub index_url: String,
}
