//! A real folder of Markdown -> pages of about 5 KB.
//!
//! A file is cut before a heading outside of its listings, once the piece before it is long enough. Pieces are taken in
//! turn until there are as many pages as asked for, each with a title and a link of its own.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::guide::{Page, path};

/// A piece is cut at the next heading after so many bytes.
const LONG_ENOUGH: usize = 4_500;

/// Pieces of files; only where they begin and end is held.
pub struct Cuttings {
    pieces: Vec<(PathBuf, Range<usize>)>,
    /// The number of files and their bytes.
    files: (usize, u64),
}

impl Cuttings {
    /// Those of all Markdown files in `folder` and the folders in it, hidden ones aside.
    ///
    /// # Errors
    /// A folder or a file cannot be read, or there is no Markdown (`NotFound`).
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut pieces = Vec::new();
        let mut bytes = 0;
        let files = markdown_files(folder)?;
        for file in &files {
            let text = read(file)?;
            bytes += text.len() as u64;
            pieces.extend(cut(&text).into_iter().map(|range| (file.clone(), range)));
        }
        if pieces.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("no Markdown in {}", folder.display())));
        }
        Ok(Self { pieces, files: (files.len(), bytes) })
    }

    /// How many files they were cut from, and how many bytes these have.
    pub fn files(&self) -> (usize, u64) {
        self.files
    }

    /// How many pieces there are before they are taken again.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// The page at `index` of `count`.
    ///
    /// # Errors
    /// Its file can no longer be read.
    pub fn page(&self, index: usize, count: usize) -> io::Result<Page> {
        let (file, range) = &self.pieces[index % self.pieces.len()];
        let text = read(file)?;
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let title = format!("{name} part {index}");
        let other = path((index * 31 + 17) % count);
        let piece = text.get(range.clone()).unwrap_or_default();
        let body = format!("# {title}\n\nSee [another](../{other}).\n\n{piece}");
        Ok(Page { path: path(index), title, front_matter: String::new(), body })
    }
}

/// Bytes that are no text are replaced: what is measured must be able to read it.
fn read(file: &Path) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(file)?).into_owned())
}

fn markdown_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            } else if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Where the pieces of `text` stand, its front matter left out.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = front_matter(text);
    let mut place = start;
    let mut fence: Option<&str> = None;
    for line in text[start..].split_inclusive('\n') {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if fence.is_none() && line.starts_with('#') && place - start > LONG_ENOUGH {
            pieces.push(start..place);
            start = place;
        }
        place += line.len();
    }
    if place > start {
        pieces.push(start..place);
    }
    pieces
}

/// Where the text behind the front matter begins.
fn front_matter(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("---\n") else { return 0 };
    rest.find("\n---\n").map_or(0, |end| "---\n".len() + end + "\n---\n".len())
}

#[cfg(test)]
mod tests {
    use super::{LONG_ENOUGH, cut};

    #[test]
    fn pieces_begin_at_headings_outside_of_listings() {
        let filler = "word word word\n".repeat(LONG_ENOUGH / 15 + 1);
        let cases = [
            ("# A\n", vec!["# A\n".to_owned()]),
            ("---\ntitle: a\n---\n# A\n", vec!["# A\n".to_owned()]),
            (&format!("# A\n{filler}# B\n{filler}"), vec![format!("# A\n{filler}"), format!("# B\n{filler}")]),
            (
                &format!("# A\n```sh\n{filler}# no heading\n```\n"),
                vec![format!("# A\n```sh\n{filler}# no heading\n```\n")],
            ),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            let pieces: Vec<&str> = cut(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(pieces, expected);
        }
    }
}
