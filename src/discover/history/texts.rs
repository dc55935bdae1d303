//! Moments and files -> what the files said then.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{History, Moment};
use crate::source::RepoPath;

/// The texts that files had at certain moments, of those that were there and are UTF-8. One process of git tells them all.
pub fn texts_at(
    root: &Path,
    history: &History,
    wanted: Vec<(Moment, RepoPath)>,
) -> BTreeMap<(Moment, RepoPath), String> {
    let mut names = String::new();
    // A name with a line end would be two.
    let wanted: Vec<(Moment, RepoPath)> =
        wanted.into_iter().filter(|(_, path)| !path.as_str().contains('\n')).collect();
    for (moment, path) in &wanted {
        let commit = history.commit(*moment).map_or("", |commit| &commit.id);
        names.push_str(&format!("{commit}:{}{path}\n", history.folder));
    }
    let told = if wanted.is_empty() { None } else { ask(root, names.as_bytes()) };
    let told = told.unwrap_or_default();
    let mut rest = told.as_slice();
    let mut texts = BTreeMap::new();
    for key in wanted {
        let Some(text) = next(&mut rest) else { break };
        if let Some(text) = text.and_then(|text| String::from_utf8(text.to_vec()).ok()) {
            texts.insert(key, text);
        }
    }
    texts
}

/// The next of the contents that git tells (git-cat-file(1), "BATCH OUTPUT"): `<name> blob <length>`, a line end, so many bytes and
/// a line end; or `<name> missing`, which is no content.
fn next<'t>(rest: &mut &'t [u8]) -> Option<Option<&'t [u8]>> {
    let end = memchr::memchr(b'\n', rest)?;
    let head = std::str::from_utf8(&rest[..end]).unwrap_or_default();
    *rest = &rest[end + 1..];
    let mut words = head.rsplit(' ');
    let Some(length) = words.next().and_then(|length| length.parse::<usize>().ok()) else { return Some(None) };
    let is_file = words.next() == Some("blob");
    let (content, behind) = rest.split_at_checked(length)?;
    *rest = behind.strip_prefix(b"\n").unwrap_or(behind);
    Some(is_file.then_some(content))
}

fn ask(root: &Path, names: &[u8]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["cat-file", "--batch"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let mut told = Vec::new();
    let heard = std::thread::scope(|scope| {
        // Nobody can fill a pipe and listen at the same time.
        scope.spawn(move || input.map(|mut input| input.write_all(names)));
        output.map(|mut output| output.read_to_end(&mut told))
    });
    child.wait().ok().filter(|status| status.success())?;
    heard?.ok()?;
    Some(told)
}
