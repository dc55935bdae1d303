//! Events -> one burst of changes, and when it is over.
//!
//! Editors save a file in several steps: some write into it, some write another one beside it and rename that, some do
//! so twice because a formatter follows. What follows of what was seen last of each path is how soon its state can be
//! believed; the burst is over when that is so for all of them and nothing more came.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::discover::Changes;

/// What was seen last of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    /// Something about it changed that is not its content, as far as one can tell.
    Touched,
    /// It was closed after writing, or something finished took its place.
    Finished,
    /// It was changed, on a system that does not tell when a file is closed.
    Changed,
    /// It is gone. Many editors take the old file away before the new one comes.
    Gone,
    /// It is being written.
    Open,
}

impl Seen {
    /// How long nothing must happen until it can be believed: long enough for the gaps within one save, as measured.
    fn quiet(self) -> Duration {
        Duration::from_millis(match self {
            Seen::Touched | Seen::Finished => 4,
            Seen::Changed => 15,
            Seen::Gone => 25,
            Seen::Open => 100,
        })
    }
}

/// More paths than this are no save but a checkout, a rename over many files, a generator.
const MANY: usize = 8;

/// Such work pauses for longer between two files.
const MANY_QUIET: Duration = Duration::from_millis(40);

/// A burst is taken to be over after this long in any case: some programs never stop writing.
const LONGEST: Duration = Duration::from_secs(1);

/// What happened since somebody last looked.
#[derive(Debug, Default)]
pub(super) struct Burst {
    paths: BTreeMap<PathBuf, Mark>,
    /// Events were lost.
    everything: bool,
    /// When the first event came, and the last one.
    span: Option<(Instant, Instant)>,
}

#[derive(Debug)]
struct Mark {
    seen: Seen,
    /// It was not there before the burst.
    new: bool,
}

impl Burst {
    /// Takes note that `path` was `seen` at `now`; `appeared` if that is how it came to be.
    pub(super) fn note(&mut self, path: PathBuf, seen: Seen, appeared: bool, now: Instant) {
        self.mark(now);
        let known = self.paths.get(&path);
        let new = known.map_or(appeared, |mark| mark.new);
        // That says nothing about whether it is finished.
        let seen = known.filter(|_| seen == Seen::Touched).map_or(seen, |mark| mark.seen);
        if new && seen == Seen::Gone {
            // It came and went: an editor's own business.
            self.paths.remove(&path);
        } else {
            self.paths.insert(path, Mark { seen, new });
        }
    }

    /// Takes note that nobody knows what happened.
    pub(super) fn note_loss(&mut self, now: Instant) {
        self.mark(now);
        self.everything = true;
    }

    /// Whether anything is different.
    pub(super) fn has_changes(&self) -> bool {
        self.everything || !self.paths.is_empty()
    }

    /// When it will be over unless something more happens. `None`: it has not begun.
    pub(super) fn end(&self) -> Option<Instant> {
        let (first, last) = self.span?;
        let of_paths = self.paths.values().map(|mark| mark.seen).max().unwrap_or(Seen::Finished).quiet();
        let many = self.everything || self.paths.len() > MANY;
        let quiet = if many { of_paths.max(MANY_QUIET) } else { of_paths };
        Some((last + quiet).min(first + LONGEST))
    }

    /// Ends it.
    pub(super) fn take(&mut self) -> Changes {
        let burst = std::mem::take(self);
        if burst.everything { Changes::Everything } else { Changes::Paths(burst.paths.into_keys().collect()) }
    }

    fn mark(&mut self, now: Instant) {
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Seen::{Changed, Finished, Gone, Open, Touched};
    use super::{Burst, Changes, Seen};

    /// Milliseconds, a path, what was seen of it, whether it appeared.
    type Line = (u64, &'static str, Seen, bool);

    /// What programs were seen to do: the events, the milliseconds after which the burst is over, what it is about.
    const CASES: &[(&str, &[Line], u64, &[&str])] = &[
        ("write", &[(0, "a", Open, false), (1, "a", Open, false), (1, "a", Finished, false)], 5, &["a"]),
        ("write slowly", &[(0, "a", Open, false), (36, "a", Open, false), (40, "a", Finished, false)], 44, &["a"]),
        ("change the mode before the end", &[(0, "a", Open, false), (4, "a", Touched, false)], 104, &["a"]),
        ("change the mode", &[(0, "a", Touched, false)], 4, &["a"]),
        ("never close", &[(0, "a", Open, false)], 100, &["a"]),
        ("write, as other systems tell it", &[(0, "a", Changed, false), (9, "a", Changed, false)], 24, &["a"]),
        (
            "vim with a backup",
            &[
                (0, "4913", Open, true),
                (0, "4913", Gone, false),
                (1, "a", Gone, false),
                (1, "a~", Finished, true),
                (1, "a", Open, true),
                (6, "a", Finished, false),
                (7, "a~", Gone, false),
            ],
            11,
            &["a"],
        ),
        (
            "JetBrains' safe write",
            &[
                (0, "a.tmp", Open, true),
                (0, "a.tmp", Finished, false),
                (1, "a", Gone, false),
                (1, "a.old", Finished, true),
                (1, "a.tmp", Gone, false),
                (1, "a", Finished, true),
                (2, "a.old", Gone, false),
            ],
            6,
            &["a"],
        ),
        ("remove", &[(0, "a", Gone, false)], 25, &["a"]),
        (
            "a formatter that follows at once",
            &[(0, "a", Finished, false), (3, "a", Open, false), (5, "a", Finished, false)],
            9,
            &["a"],
        ),
        ("nothing of ours", &[(0, "x", Open, true), (3, "x", Gone, false)], 7, &[]),
    ];

    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn saves_are_believed_as_soon_as_they_are_over() {
        for (name, lines, end, paths) in CASES {
            let (mut burst, start) = (Burst::default(), Instant::now());
            for (at, path, seen, appeared) in *lines {
                assert!(burst.end().is_none_or(|end| end > after(start, *at)), "{name}: over before {path}");
                burst.note(path.into(), *seen, *appeared, after(start, *at));
            }
            assert_eq!(burst.end().map(|end| end - start), Some(Duration::from_millis(*end)), "{name}");
            assert_eq!(burst.has_changes(), !paths.is_empty(), "{name}");
            assert_eq!(burst.take(), Changes::Paths(paths.iter().map(Into::into).collect()), "{name}");
            assert_eq!(burst.end(), None, "{name}");
        }
    }

    #[test]
    fn many_files_are_one_burst_that_ends() {
        let (mut burst, start) = (Burst::default(), Instant::now());
        for at in 0..90 {
            burst.note(format!("{at}").into(), Finished, false, after(start, at * 12));
            assert!(at < 9 || burst.end().unwrap_or(start) > after(start, (at * 12 + 12).min(999)), "over after {at}");
        }
        assert_eq!(burst.end(), Some(after(start, 1000)));
        burst.note_loss(after(start, 1001));
        assert_eq!(burst.take(), Changes::Everything);
    }
}
