//! The day on which a command runs.

use std::time::{Duration, SystemTime};

use crate::source::Day;

/// Names, as seconds since 1970, the moment that is now for whoever makes the same thing again:
/// <https://reproducible-builds.org/specs/source-date-epoch/>.
const FIXED: &str = "SOURCE_DATE_EPOCH";

/// Today's date, in UTC.
pub(super) fn today() -> Day {
    let fixed = std::env::var(FIXED).ok().and_then(|seconds| seconds.trim().parse().ok());
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Day::of_seconds(fixed.unwrap_or(since.as_secs()))
}
