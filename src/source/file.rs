//! The text of one file, with its lines.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::derived::Derived;
use super::known::KnownText;
use super::lines::{LineLengths, Lines};
use super::note::{Note, Notes};
use super::{ContentHash, RepoPath, Span};

/// A text file of the repository, as every extractor sees it: valid UTF-8, `\n` line ends, no byte order mark.
#[derive(Debug)]
pub struct SourceFile {
    path: RepoPath,
    text: OnceLock<String>,
    hash: ContentHash,
    lines: OnceLock<Lines>,
    notes: Notes,
    /// For a file that outlives a build.
    derived: Option<Derived>,
    /// For a file whose text is read when somebody asks for it.
    rest: Option<Rest>,
}

/// Gives the text of a file, normalised; an empty one when it is gone.
pub type Reread = dyn Fn(RepoPath) -> String + Send + Sync;

/// A text that is not there.
struct Rest {
    known: Arc<KnownText>,
    /// Where the lines end, once somebody has asked for one of many.
    ends: OnceLock<Vec<u32>>,
    reread: Arc<Reread>,
}

impl Rest {
    fn line(&self, offset: u32) -> u32 {
        let lines = &self.known.lines;
        if !lines.are_many() {
            return lines.number(offset);
        }
        let ends = self.ends.get_or_init(|| lines.ends().collect());
        u32::try_from(ends.partition_point(|end| *end <= offset) + 1).unwrap_or(u32::MAX)
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rest")
    }
}

/// All that a file says: told ([`SourceFile::told`]) to whoever goes by every letter of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole(ContentHash);

impl Whole {
    /// All that `file` says.
    pub fn of(file: &SourceFile) -> Self {
        Self(file.hash())
    }
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters (Unicode scalar values).
    pub column: u32,
}

/// Whoever can hand out the text of a file: printers use it to show the line that a diagnostic is about.
pub trait Sources {
    /// The file, if it exists and is text.
    fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>>;
}

/// Whoever knows which files there are: the resolver asks it where links lead.
pub trait Files: Sources {
    /// Whether there is a file or folder at `path`.
    fn contains(&self, path: RepoPath) -> bool;

    /// Whether there is a folder at `path`.
    fn is_folder(&self, path: RepoPath) -> bool;

    /// The file that `path` stands for: another one when it is a symbolic link inside the repository, else itself.
    fn follow(&self, path: RepoPath) -> RepoPath;

    /// Whether `relative`, which leads from `folder` out of the documented tree, names something in the git repository that the
    /// tree is a part of.
    fn is_beside(&self, folder: RepoPath, relative: &str) -> bool;

    /// Whether `path` is of the repository, or below a submodule of it, and not laid out here, or a symbolic link that leads out of it.
    fn is_absent(&self, path: RepoPath) -> bool;

    /// Whether a `.gitignore` names `path`: what is made on the way to a site is in no repository.
    fn is_ignored(&self, path: RepoPath) -> bool;

    /// The file or folder that `relative` leads to from `folder`.
    fn find(&self, folder: RepoPath, relative: &str) -> Option<RepoPath> {
        folder.join_named(relative).filter(|path| self.contains(*path))
    }

    /// Every path that there is: where near names are looked for.
    fn paths(&self) -> Box<dyn Iterator<Item = RepoPath> + '_>;
}

/// Up to here lines are counted: that costs less than to find out where all of them begin.
const COUNTED: usize = 16 * 1024;

impl SourceFile {
    /// A file with `text` in it. Line ends become `\n` and a byte order mark is dropped, so offsets are those of the
    /// text that is kept.
    pub fn new(path: RepoPath, text: String) -> Self {
        let text = normalise(text);
        let hash = ContentHash::of(text.as_bytes());
        let (lines, notes) = (OnceLock::new(), Notes::default());
        Self { path, text: text.into(), hash, lines, notes, derived: None, rest: None }
    }

    /// The file at `path`, of which so much is known. Its text is read by `reread` when somebody asks for it.
    pub fn known(path: RepoPath, known: Arc<KnownText>, reread: &Arc<Reread>) -> Self {
        let (text, hash, lines, notes) = (OnceLock::new(), known.hash, OnceLock::new(), Notes::default());
        let rest = Some(Rest { known, ends: OnceLock::new(), reread: Arc::clone(reread) });
        Self { path, text, hash, lines, notes, derived: None, rest }
    }

    /// The same file with what it told another run, if it said the same then.
    #[must_use]
    pub fn recalling(self, known: &KnownText) -> Self {
        let notes = if known.hash == self.hash { self.notes.with(&known.notes) } else { self.notes };
        Self { notes, ..self }
    }

    /// The same file with its text, which goes with what is returned.
    #[must_use]
    pub fn awake(self: &Arc<Self>) -> Arc<Self> {
        let Some(Rest { known, reread, .. }) = self.rest.as_ref().filter(|_| !self.is_loaded()) else {
            return Arc::clone(self);
        };
        let file = Self::known(self.path, Arc::clone(known), reread);
        file.text();
        Arc::new(file)
    }

    /// Whether its text is there.
    pub fn is_loaded(&self) -> bool {
        self.text.get().is_some()
    }

    /// What to remember of this file.
    pub fn knowledge(&self) -> Arc<KnownText> {
        let none = Notes::default();
        let (lines, notes) = match &self.rest {
            Some(rest) if self.notes.are_none() => return Arc::clone(&rest.known),
            Some(rest) => (rest.known.lines.clone(), &rest.known.notes),
            None => (LineLengths::of(self.text()), &none),
        };
        Arc::new(KnownText { hash: self.hash, lines, notes: self.notes.with(notes) })
    }

    /// The same file, for a preview that asks after each edit for what was derived from it: that is kept as long as the file.
    #[must_use]
    pub fn lasting(self) -> Self {
        Self { derived: Some(Derived::default()), ..self }
    }

    /// What `derive` makes of this file. A lasting file keeps it, so `derive` is called but once, unless threads ask side by
    /// side; for others it is called each time. Only one function may make values of type `T`: give what you derive a type of
    /// its own. It must depend on the path and text alone.
    pub fn derived<T: Send + Sync + 'static>(&self, derive: impl FnOnce(&Self) -> T) -> Arc<T> {
        match &self.derived {
            Some(derived) if size_of::<T>() > 0 => derived.get_or_make(|| derive(self)),
            _ => Arc::new(derive(self)),
        }
    }

    /// What `tell` makes of this file for whoever decides something about other files by it: like [`SourceFile::derived`], and
    /// a lasting file remembers what it has told ([`SourceFile::tells_as`]).
    pub fn told<T: PartialEq + Send + Sync + 'static>(&self, tell: fn(&Self) -> T) -> Arc<T> {
        match &self.derived {
            Some(derived) => derived.get_or_tell(self, tell),
            None => Arc::new(tell(self)),
        }
    }

    /// What this file tells as the note `N`: like [`SourceFile::told`], and kept from one run to the next.
    pub fn noted<N: Note>(&self) -> Arc<N> {
        match &self.derived {
            Some(derived) => derived.get_or_tell(self, N::of),
            None => Arc::new(self.note()),
        }
    }

    fn note<N: Note>(&self) -> N {
        let known = self.rest.as_ref().and_then(|rest| rest.known.notes.get());
        known.or_else(|| self.notes.get()).unwrap_or_else(|| {
            let note = N::of(self);
            self.notes.keep(&note);
            note
        })
    }

    /// Whether this file tells everything as `before`, an earlier state of it, has told it. Of a file that does not last nobody
    /// knows.
    pub fn tells_as(&self, before: &Self) -> bool {
        before.derived.as_ref().is_some_and(|derived| derived.is_told_by(self))
    }

    /// Where the file stands in the repository.
    pub fn path(&self) -> RepoPath {
        self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| self.rest.as_ref().map(|rest| (rest.reread)(self.path)).unwrap_or_default())
    }

    /// The whole text, for whoever needs it once: one that is not there is read and not kept.
    pub fn glance(&self) -> Cow<'_, str> {
        match (self.text.get(), &self.rest) {
            (None, Some(rest)) => (rest.reread)(self.path).into(),
            _ => self.text().into(),
        }
    }

    /// The hash of the text.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// The span of `range` in this file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.path, range)
    }

    /// The span of the whole line `line`, counted from 1, without its line end. The file's end when there is no such line.
    pub fn line_span(&self, line: u32) -> Span {
        self.span(self.lines().range(self.text(), (line.max(1) - 1) as usize))
    }

    /// Line and column of the byte at `offset`; the last place of the file for an offset behind it.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(self.text(), offset as usize)
    }

    /// The line of the byte at `offset`, from 1; the last one for an offset behind the text.
    pub fn line(&self, offset: u32) -> u32 {
        if let Some(rest) = &self.rest {
            return rest.line(offset);
        }
        let text = self.text().as_bytes();
        let offset = (offset as usize).min(text.len());
        match self.lines.get() {
            None if offset <= COUNTED => memchr::memchr_iter(b'\n', &text[..offset]).fold(1, |line, _| line + 1),
            _ => self.lines().number(offset),
        }
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(self.text()))
    }
}

fn normalise(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{KnownText, Note, Position, RepoPath, SourceFile};
    use crate::source::{Stored, Unread, stored};

    fn file(text: &str) -> SourceFile {
        SourceFile::new(RepoPath::new("a.md").unwrap(), text.to_owned())
    }

    #[test]
    fn positions_count_characters_and_survive_any_offset() {
        let file = file("\u{feff}äb\r\nc\n");
        assert_eq!(file.text(), "äb\nc\n");
        let cases = [(0, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 1), (6, 3, 1), (900, 3, 1)];
        for (offset, line, column) in cases {
            assert_eq!(file.line(offset), line, "offset {offset}");
            assert_eq!(file.position(offset), Position { line, column }, "offset {offset}");
            assert_eq!(file.line(offset), line, "offset {offset}, knowing where lines begin");
        }
        assert_eq!(super::SourceFile::new(file.path(), String::new()).position(0), Position { line: 1, column: 1 });
    }

    #[test]
    fn a_lasting_file_keeps_what_was_derived() {
        struct First(usize);
        struct Second(Arc<First>);
        let made = AtomicUsize::new(0);
        let first = |file: &SourceFile| First(file.text().len() + made.fetch_add(1, Ordering::Relaxed));
        for (file, expected) in [(file("text"), [4, 5]), (file("text").lasting(), [4, 4])] {
            made.store(0, Ordering::Relaxed);
            let asked = [file.derived(first).0, file.derived(|file| Second(file.derived(first))).0.0];
            assert_eq!(asked, expected);
        }
    }

    #[test]
    fn a_lasting_file_remembers_what_it_told() {
        #[derive(PartialEq)]
        struct Length(usize);
        #[derive(PartialEq)]
        struct First(Option<char>);
        let files = ["abc", "axy", "aw", "bbb"].map(|text| file(text).lasting());
        let [one, same, longer, other] = &files;
        assert!(other.tells_as(one), "it has told nothing yet");
        one.derived(|file| file.text().to_owned());
        one.told(|file| First(file.text().chars().next()));
        let told = |before: &SourceFile| [same, longer, other].map(|file| file.tells_as(before));
        assert_eq!(told(one), [true, true, false]);
        one.told(|file| Length(file.text().len()));
        assert_eq!(told(one), [true, false, false]);
        assert_eq!(told(same), [true, false, false], "what it was asked in place of the other it has told as well");
        assert!(!file("abc").tells_as(&file("abc")), "nobody knows");
    }

    #[test]
    fn a_known_file_is_read_when_its_text_is_asked_for() {
        static READ: AtomicUsize = AtomicUsize::new(0);
        #[derive(Debug, PartialEq)]
        struct Words {
            count: u64,
        }
        stored! { struct Words { count } }
        impl Note for Words {
            const NAME: &'static str = "words";
            fn of(file: &SourceFile) -> Self {
                Self { count: file.text().split_whitespace().count() as u64 }
            }
        }
        let first = file("one two\nthree\n");
        assert_eq!(first.noted::<Words>().count, 3);
        let mut bytes = Vec::new();
        first.knowledge().write(&mut bytes);
        let known = Arc::new(KnownText::read(&mut Unread::new(&bytes, ())).unwrap());
        assert_eq!(known, first.knowledge());
        let reread: Arc<super::Reread> = Arc::new(|_| {
            READ.fetch_add(1, Ordering::Relaxed);
            "one two\nthree\n".to_owned()
        });
        let second = SourceFile::known(first.path(), known, &reread);
        assert_eq!((second.hash(), second.line(9), second.noted::<Words>().count), (first.hash(), 2, 3));
        assert_eq!(READ.load(Ordering::Relaxed), 0, "nobody has asked for the text");
        assert_eq!((second.glance(), second.is_loaded()), (first.glance(), false));
        READ.store(0, Ordering::Relaxed);
        assert_eq!(second.position(9), first.position(9));
        assert_eq!((second.text(), READ.load(Ordering::Relaxed)), (first.text(), 1));
        assert_eq!(second.knowledge(), first.knowledge());
    }

    #[test]
    fn lines() {
        let file = file("one\ntwo\n");
        assert_eq!(&file.text()[file.line_span(2).range()], "two");
        assert_eq!(&file.text()[file.line_span(9).range()], "");
    }
}
