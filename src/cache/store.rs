//! The folder in which things are kept.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Pack, Reading};
use crate::source::ContentHash;

/// The first bytes of every file here; the digit is the version of the form.
const MAGIC: &[u8; 8] = b"livedoc1";

/// How long the head of a file is: the magic, the program, the checksum of the rest.
pub(super) const HEAD: usize = 40;

/// A folder of kept things. Runs that find another one writing only read.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    program: ContentHash,
    /// Locked as long as this run may write; the system lets go of it when the process ends, however it ends.
    lock: Option<File>,
}

impl Store {
    /// The store in `folder`, which is made when it is not there. What it holds is of use to the same program only.
    ///
    /// # Errors
    /// The folder cannot be made: nothing can be kept.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
        let lock = File::options().create(true).append(true).open(folder.join("lock")).ok();
        let lock = lock.filter(|lock| lock.try_lock().is_ok());
        Ok(Self { folder: folder.to_path_buf(), program: program(), lock })
    }

    /// Whether this run may write.
    pub(super) fn may_write(&self) -> bool {
        self.lock.is_some()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The pieces that are kept under `name`. `spare` bytes are kept beyond those that a run asks for.
    pub fn pack(&self, name: &str, spare: u64, reading: Reading) -> Pack<'_> {
        Pack::open(self, name, spare, reading)
    }

    /// What was saved under `name`.
    pub fn load(&self, name: &str) -> Option<Vec<u8>> {
        let mut file = File::open(self.path(name)).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        (head == self.head(&bytes)).then_some(bytes)
    }

    /// Keeps `bytes` under `name`, unless another run is writing. That it cannot be done costs the next run time and
    /// nothing else.
    pub fn save(&self, name: &str, bytes: &[u8]) {
        if self.may_write() {
            // See above.
            let _ = self.replace(name, bytes);
        }
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        use io::Write;
        let beside = self.path(&format!("{name}.new"));
        let mut file = File::create(&beside)?;
        file.write_all(&self.head(bytes))?;
        file.write_all(bytes)?;
        drop(file);
        fs::rename(beside, self.path(name))
    }

    /// What stands before `bytes` in a file.
    fn head(&self, bytes: &[u8]) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[..8].copy_from_slice(MAGIC);
        head[8..24].copy_from_slice(&self.program.to_bytes());
        head[24..].copy_from_slice(&ContentHash::of(bytes).to_bytes());
        head
    }
}

/// What tells this program from every other one, an older or newer one of the same version included: its sources.
fn program() -> ContentHash {
    ContentHash::of(env!("LIVEDOC_SOURCES").as_bytes())
}
