//! Settings, of which a program makes a page of the manual.

/// What may be set: [where from](#index-url), [no such setting](#index-name), [how](../concepts/limits.md#most),
/// [a page that is nowhere](../concepts/gone.md).
pub struct Settings {
    /// The address.
    pub index_url: String,
}

/// Further words.
pub mod more {
    /// Leads by address: [the field](../struct.Settings.html#structfield.index_url), [all](../index.html), and by name:
    /// [a place](crate::Settings#structfield.index_url).
    pub struct Leads;
}

/// Reads; it knows [where](#method.stream_position), and not [how](#method.read_to_end).
pub struct Reader;

impl std::io::Seek for Reader {
    fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
        Ok(0)
    }
}
