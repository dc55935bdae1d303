//! Why a site was not written.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

/// Why a site was not written. The folder is as it was, or can be brought up to date by another build.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is, or holds, the sources themselves.
    HoldsSources(PathBuf),
    /// The folder holds a file that livedoc did not write: in a folder that is not a site, or at a place that the site needs.
    HoldsOthers {
        /// The folder.
        folder: PathBuf,
        /// The first such file, relative to the folder.
        example: String,
    },
    /// Another build is writing to the same folder.
    Busy(PathBuf),
    /// The machine failed.
    Io {
        /// What was being written or read.
        path: PathBuf,
        /// Why it failed.
        error: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::HoldsSources(folder) => {
                write!(formatter, "the output folder `{}` holds the sources; choose another one", folder.display())
            }
            WriteError::HoldsOthers { folder, example } => write!(
                formatter,
                "the output folder `{}` holds `{example}`, which livedoc did not write; choose another folder, or \
                 remove what is in it (files that belong into the site go into the `theme` folder)",
                folder.display()
            ),
            WriteError::Busy(folder) => {
                write!(formatter, "another build is writing to `{}`; wait for it to end", folder.display())
            }
            WriteError::Io { path, error } => write!(formatter, "`{}`: {error}", path.display()),
        }
    }
}

impl error::Error for WriteError {}

/// Names the file at which the machine failed.
pub(super) fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError + use<> {
    let path = path.to_path_buf();
    move |error| WriteError::Io { path, error }
}
