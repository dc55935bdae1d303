//! The walk: which files there are, and what they say.
//!
//! Enters: a [`Project`](crate::config::Project). Leaves: a [`SourceTree`]. This is the only place that reads content
//! from disk; files are read when they are first asked for, and once; of those that a [`Recollection`] knows, the text is read
//! when nothing less will do. After [`Changes`], those that did not change are taken over as they were read.

mod absent;
mod ask;
mod changes;
mod edits;
mod entries;
mod git;
mod head;
mod history;
mod read;
mod recollection;
mod revision;
mod skip;
mod stamp;
mod tree;
mod uncommitted;
mod walk;

pub use ask::Question;
pub use changes::Changes;
pub use edits::{EditedFile, find_edits};
pub use head::Outset;
pub use history::{Commit, History, Moment, NoHistory};
pub use recollection::Recollection;
pub use revision::{CheckedOut, RevisionError, check_out, find_commit, find_common_commit, find_main};
pub use skip::{decides_what_is_read, is_skipped};
pub use tree::{Rediscovered, SourceTree};
pub use uncommitted::find_uncommitted;
pub use walk::{discover, folders, rediscover};
