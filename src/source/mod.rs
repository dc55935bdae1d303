//! What every stage says about text: interned strings, repository paths, files, spans, hashes.
//!
//! Enters: bytes and paths from the walk. Leaves: small values that are cheap to copy and to compare.
//! Nothing here touches the disk.

mod day;
mod derived;
mod file;
mod folded;
mod hash;
mod interned;
mod known;
mod lines;
mod mapped;
mod name_map;
mod note;
mod path;
mod span;
mod stored;
mod wildcard;

pub use day::Day;
pub use file::{Files, Position, Reread, SourceFile, Sources, Whole};
pub use folded::folded;
pub use hash::{ContentHash, ContentHasher};
pub use interned::Interned;
pub use known::KnownText;
pub use mapped::MappedText;
pub use name_map::{NameMap, NameSet};
pub use note::Note;
pub use path::RepoPath;
pub use span::Span;
pub(crate) use stored::stored;
pub use stored::{Stored, Unread, write_text};
pub use wildcard::fits;
