//! Bytes on disk -> text, whatever the bytes are.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::stamp::Stamp;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{RepoPath, SourceFile, Span};

/// Larger files are not documentation, and offsets into them would not fit a span.
const LARGEST: u64 = 512 * 1024 * 1024;

/// A text, and what the system said of the file before it was read.
pub(super) struct Loaded {
    pub(super) file: Option<SourceFile>,
    pub(super) problem: Option<Diagnostic>,
    pub(super) stamp: Option<Stamp>,
}

/// The text of the file at `path`, and what was wrong with it. Text that is not quite UTF-8 is read with replacement
/// characters; what is not text at all is left out.
pub(super) fn read(root: &Path, path: RepoPath) -> Loaded {
    let refused = |problem: Diagnostic| Loaded { file: None, problem: Some(problem), stamp: None };
    let (bytes, stamp) = match read_bytes(&path.under(root)) {
        Ok((Some(bytes), stamp)) => (bytes, stamp),
        Ok((None, _)) => {
            let message = format!("`{path}` is larger than {} MB and was left out", LARGEST / 1024 / 1024);
            let hint = "list it in `.livedocignore` if it is no documentation";
            return refused(Diagnostic::new(Code::FileTooLarge, message, Span::start_of(path)).hint(hint));
        }
        Err(error) => {
            let message = format!("`{path}` cannot be read: {error}");
            return refused(Diagnostic::new(Code::UnreadableFile, message, Span::start_of(path)));
        }
    };
    let (file, problem) = decode(path, bytes);
    let stamp = problem.is_none().then_some(stamp);
    Loaded { file, problem, stamp }
}

fn decode(path: RepoPath, bytes: Vec<u8>) -> (Option<SourceFile>, Option<Diagnostic>) {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => return (Some(SourceFile::new(path, decode_utf16(rest, u16::from_le_bytes))), None),
        [0xFE, 0xFF, rest @ ..] => return (Some(SourceFile::new(path, decode_utf16(rest, u16::from_be_bytes))), None),
        _ => {}
    }
    match String::from_utf8(bytes) {
        Ok(text) => (Some(SourceFile::new(path, text)), None),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // What git-crypt keeps secret says so itself.
            if bytes.starts_with(b"\0GITCRYPT\0") {
                return (None, None);
            }
            if bytes.iter().take(8 * 1024).any(|&byte| byte == 0) {
                let message = format!("`{path}` is not text and was left out");
                return (None, Some(Diagnostic::new(Code::InvalidUtf8, message, Span::start_of(path))));
            }
            let file = SourceFile::new(path, String::from_utf8_lossy(&bytes).into_owned());
            let start = first_replacement(file.text(), valid);
            let diagnostic =
                Diagnostic::new(Code::InvalidUtf8, format!("`{path}` is not UTF-8"), file.span(start..start + 3))
                    .label("this byte begins no character")
                    .hint("save the file as UTF-8; until then such bytes are shown as `\u{FFFD}`");
            (Some(file), Some(diagnostic))
        }
    }
}

/// The beginning of the file at `path`, decoded like the whole.
pub(super) fn head(path: &Path, length: usize) -> Option<String> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(length as u64).read_to_end(&mut bytes).ok()?;
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    };
    Some(text)
}

/// The file's bytes, or `None` when there are too many. Reads no more than the limit, whatever the file's size claims.
fn read_bytes(path: &Path) -> std::io::Result<(Option<Vec<u8>>, Stamp)> {
    let file = fs::File::open(path)?;
    let data = file.metadata()?;
    let (length, stamp) = (data.len(), Stamp::of(&data));
    if length > LARGEST {
        return Ok((None, stamp));
    }
    // One byte of room, in which the end is noticed.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(((bytes.len() as u64 <= LARGEST).then_some(bytes), stamp))
}

/// Where the first replacement character stands. Line ends before it may have shrunk since `valid` was counted.
fn first_replacement(text: &str, valid: usize) -> usize {
    text.find(char::REPLACEMENT_CHARACTER).unwrap_or_else(|| valid.min(text.len()))
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
