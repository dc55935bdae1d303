//! A folder -> how many bytes are in it.

use std::path::Path;
use std::{fs, io};

/// Some files: how many, how large together, and how large the largest is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) files: u64,
    pub(crate) bytes: u64,
    pub(crate) largest: u64,
}

impl Weight {
    /// Those files in `folder` and all folders in it whose path from there, written with `/`, `counts`.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(crate) fn of(folder: &Path, counts: impl Fn(&str) -> bool) -> io::Result<Self> {
        let mut weight = Self::default();
        let mut waiting = vec![folder.to_path_buf()];
        while let Some(place) = waiting.pop() {
            for entry in fs::read_dir(place)? {
                let entry = entry?;
                let (path, metadata) = (entry.path(), entry.metadata()?);
                if metadata.is_dir() {
                    waiting.push(path);
                    continue;
                }
                let inside = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                if counts(&inside) {
                    weight.files += 1;
                    weight.bytes += metadata.len();
                    weight.largest = weight.largest.max(metadata.len());
                }
            }
        }
        Ok(weight)
    }
}

#[cfg(test)]
mod tests {
    use corpus::File;

    use super::Weight;

    #[test]
    fn files_that_count_are_added_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |path: &str, length: usize| File { path: path.to_owned(), text: "x".repeat(length) };
        corpus::write(folder.path(), [file("a.html", 10), file("search/1", 5), file("search/deep/2", 7)])
            .expect("written");
        let all = Weight::of(folder.path(), |_| true).expect("read");
        assert_eq!(all, Weight { files: 3, bytes: 22, largest: 10 });
        let index = Weight::of(folder.path(), |path| path.starts_with("search/")).expect("read");
        assert_eq!(index, Weight { files: 2, bytes: 12, largest: 7 });
    }
}
