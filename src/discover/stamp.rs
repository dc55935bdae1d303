//! What the system says of a file without opening it.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::source::stored;

/// A file with the same stamp has the same bytes, if the stamp is settled. Times are nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: u64,
    /// When anything about it was changed, which unlike the other time nobody can set; 0 where the system does not tell.
    changed: u64,
    /// Its number in the file system; 0 where the system does not tell.
    number: u64,
}

stored! { struct Stamp { length, modified, changed, number } }

/// Two writes within so long may leave the same time: kernels count in steps of up to ten milliseconds.
const STEP: u64 = 20_000_000;

/// Likewise where times are whole seconds, or every other one.
const COARSE_STEP: u64 = 2_000_000_000;

const SECOND: u64 = 1_000_000_000;

impl Stamp {
    pub(super) fn of(data: &Metadata) -> Self {
        let (changed, number) = changed(data);
        Self { length: data.len(), modified: data.modified().map_or(0, since_1970), changed, number }
    }

    /// Whether a file that had this stamp at `time` cannot have been written again under it since.
    ///
    /// Source: "racy Git", <https://git-scm.com/docs/racy-git>.
    pub(super) fn is_settled(self, time: u64) -> bool {
        let last = if self.changed == 0 { self.modified } else { self.changed };
        let step = if last % SECOND == 0 { COARSE_STEP } else { STEP };
        last.saturating_add(step) < time
    }
}

/// Now.
pub(super) fn now() -> u64 {
    since_1970(SystemTime::now())
}

fn since_1970(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
}

#[cfg(unix)]
fn changed(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = data.ctime().saturating_mul(SECOND.cast_signed()).saturating_add(data.ctime_nsec());
    (u64::try_from(nanoseconds).unwrap_or(0), data.ino())
}

#[cfg(not(unix))]
fn changed(_data: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::{SECOND, Stamp};

    #[test]
    fn a_file_that_was_just_written_may_be_written_again() {
        let second = 1_000 * SECOND;
        let cases = [
            (second + 5, second + 10_000_000, false),
            (second + 5, second + 30_000_000, true),
            (second, second + 30_000_000, false),
            (second, second + 3 * SECOND, true),
            (second + 5, second - 5, false),
        ];
        for (changed, time, expected) in cases {
            let stamp = Stamp { length: 1, modified: 7, changed, number: 1 };
            assert_eq!(stamp.is_settled(time), expected, "{changed} at {time}");
            let stamp = Stamp { length: 1, modified: changed, changed: 0, number: 0 };
            assert_eq!(stamp.is_settled(time), expected, "{changed} at {time}, told by the other time");
        }
    }
}
