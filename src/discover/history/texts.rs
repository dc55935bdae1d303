//! Moments and files -> what the files said then.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError};

use super::{History, Moment};
use crate::discover::git::answer;
use crate::source::RepoPath;

/// What files said at certain moments; nothing for those that were not there, or are no UTF-8.
pub(super) type Texts = BTreeMap<(Moment, RepoPath), Option<Arc<str>>>;

impl History {
    /// The texts that files had at certain moments, of those that were there and are UTF-8. One process of git tells all that nobody
    /// has asked for before.
    pub fn texts_at(
        &self,
        root: &Path,
        wanted: &BTreeSet<(Moment, RepoPath)>,
    ) -> BTreeMap<(Moment, RepoPath), Arc<str>> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        // A name with a line end would be two.
        let is_new = |key: &&(Moment, RepoPath)| !told.contains_key(*key) && !key.1.as_str().contains('\n');
        let new: Vec<(Moment, RepoPath)> = wanted.iter().filter(is_new).copied().collect();
        told.extend(self.ask(root, new));
        wanted.iter().filter_map(|key| Some((*key, Arc::clone(told.get(key)?.as_ref()?)))).collect()
    }

    fn ask(&self, root: &Path, wanted: Vec<(Moment, RepoPath)>) -> Texts {
        if wanted.is_empty() {
            return Texts::new();
        }
        let mut names = String::new();
        for (moment, path) in &wanted {
            let commit = self.commit(*moment).map_or("", |commit| &commit.id);
            let of = if moment.is_before { "^" } else { "" };
            names.push_str(&format!("{commit}{of}:{}{path}\n", self.past.folder));
        }
        // Without an answer nothing is known.
        let answer = answer(root, ["cat-file", "--batch"], names.as_bytes()).unwrap_or_default();
        let mut rest = answer.as_slice();
        let mut texts = Texts::new();
        for key in wanted {
            let text = next(&mut rest).flatten().and_then(|text| std::str::from_utf8(text).ok());
            texts.insert(key, text.map(Arc::from));
        }
        texts
    }
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
