//! What the last run knew of the files, so that those nobody has touched since need not be read.
//!
//! A file that had a problem is not remembered: it is read again, and says so again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::SourceTree;
use super::stamp::Stamp;
use crate::source::{KnownText, RepoPath, SourceFile, Sources, Stored, Unread, stored};

/// What is known of files, by path.
#[derive(Debug, Default)]
pub struct Recollection {
    pub(super) files: BTreeMap<RepoPath, Remembered>,
}

/// What is known of one file.
#[derive(Debug)]
pub(super) struct Remembered {
    pub(super) stamp: Stamp,
    /// Whether the stamp was settled when the file was read.
    pub(super) is_settled: bool,
    pub(super) known: Arc<KnownText>,
}

stored! {
    () => struct Recollection { files }
    () => struct Remembered { stamp, is_settled, known }
}

impl Recollection {
    /// That nothing is known.
    pub const NOTHING: Self = Self { files: BTreeMap::new() };

    /// As bytes, for keeping.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.files.len() * 256);
        self.write(&mut bytes);
        bytes
    }

    /// What [`Recollection::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        Self::read(&mut unread).filter(|_| unread.is_empty())
    }

    /// The files that say something else in `tree` than what is known here, with that.
    pub fn otherwise<'r>(&'r self, tree: &'r SourceTree) -> impl Iterator<Item = (Arc<SourceFile>, &'r KnownText)> {
        let files = self.files.iter().filter_map(|(path, remembered)| Some((tree.source(*path)?, &*remembered.known)));
        files.filter(|(file, known)| file.hash() != known.hash())
    }

    /// Whether both say the same of the same files; that a stamp has settled since is nothing new.
    pub fn says_as(&self, other: &Self) -> bool {
        let is_known = |left: &Arc<_>, right: &Arc<_>| Arc::ptr_eq(left, right) || left == right;
        let is_same =
            |left: &Remembered, right: &Remembered| left.stamp == right.stamp && is_known(&left.known, &right.known);
        let pairs = || self.files.iter().zip(&other.files);
        self.files.len() == other.files.len()
            && pairs().all(|((path, left), (other, right))| path == other && is_same(left, right))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::fs::{self, File};
    use std::thread::sleep;
    use std::time::Duration;

    use super::Recollection;
    use crate::config::Project;
    use crate::discover::discover;
    use crate::source::{RepoPath, Sources};

    #[test]
    fn a_file_is_read_again_once_somebody_has_touched_it() {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::unconfigured(folder.path().to_path_buf());
        let (place, path) = (folder.path().join("a.md"), RepoPath::new("a.md").unwrap());
        fs::write(&place, "one\ntwo\n").unwrap();
        let tree = discover(&project);
        let first = tree.source(path).unwrap();
        let mut files = Recollection::from_bytes(&tree.recollection().to_bytes()).unwrap();

        files.files.get_mut(&path).unwrap().is_settled = false;
        let file = discover(&project).recalling(&files).source(path).unwrap();
        assert!(file.is_loaded(), "it may have been written again within the same step of the clock");

        files.files.get_mut(&path).unwrap().is_settled = true;
        let tree = discover(&project).recalling(&files);
        let file = tree.source(path).unwrap();
        assert_eq!((file.hash(), file.line(5), file.is_loaded()), (first.hash(), 2, false));
        assert!(tree.recollection().says_as(&files), "nothing is new");
        assert_eq!((file.text(), file.is_loaded()), ("one\ntwo\n", true));

        // The same length, and the time that the file had.
        let modified = fs::metadata(&place).unwrap().modified().unwrap();
        sleep(Duration::from_millis(30));
        fs::write(&place, "won\ntwo\n").unwrap();
        File::options().write(true).open(&place).unwrap().set_modified(modified).unwrap();
        let tree = discover(&project).recalling(&files);
        // Other systems tell less.
        if cfg!(unix) {
            assert_eq!(tree.source(path).unwrap().text(), "won\ntwo\n");
            assert!(!tree.recollection().says_as(&files));
        }
        fs::remove_file(&place).unwrap();
        assert!(discover(&project).recalling(&files).source(path).is_none());
    }

    #[test]
    fn texts_that_are_let_go_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::unconfigured(folder.path().to_path_buf());
        fs::write(folder.path().join("a.md"), "\u{feff}one\r\ntwo\n").unwrap();
        fs::write(folder.path().join("b.md"), b"not \xff UTF-8\n").unwrap();
        let tree = discover(&project);
        let paths = ["a.md", "b.md"].map(|path| RepoPath::new(path).unwrap());
        let texts = paths.map(|path| tree.source(path).unwrap().text().to_owned());
        let tree = tree.at_rest();
        let files = paths.map(|path| tree.source(path).unwrap());
        // What had a problem is not remembered, and stays.
        assert_eq!([files[0].is_loaded(), files[1].is_loaded()], [false, true]);
        assert_eq!([files[0].text(), files[1].text()], texts);
        assert_eq!(tree.recollection().files.keys().copied().collect::<Vec<_>>(), [paths[0]]);
        assert_eq!(tree.diagnostics().len(), 1);
    }
}
