//! The sources of the program -> `LIVEDOC_SOURCES`, a hash of them, by which it knows what an equal program left in a cache.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut files = BTreeMap::new();
    // What is not in a package (the lock file is, when there is one) is not asked for.
    for name in ["src", "themes", "Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo:rerun-if-changed={name}");
        read(Path::new(name), &mut files)?;
    }
    // Keys of this hasher are the same in every run.
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    for variable in ["TARGET", "PROFILE"] {
        env::var(variable).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo:rustc-env=LIVEDOC_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn read(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            read(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.insert(path.to_path_buf(), fs::read(path)?);
    }
    Ok(())
}
