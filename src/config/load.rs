//! The whole way from a folder to a [`Project`].

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

use super::layers::{Flag, Names, read_file, read_flags, read_variables};
use super::root::{FILE_NAME, FoundBy, find};
use super::{Project, forge, value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{RepoPath, SourceFile, Sources, Span};

/// What to load.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The folder that was given, from which the root is looked for.
    pub folder: PathBuf,
    /// The configuration file, when one was given: it is read instead of the one at the root.
    pub configuration: Option<PathBuf>,
    /// Environment variables. Those that set no key are passed over.
    pub variables: Vec<(String, OsString)>,
    /// What the command line sets.
    pub flags: Vec<Flag>,
    /// The names of the extractors that there are.
    pub extractors: Vec<&'a str>,
}

/// A [`Project`] and how it came about.
pub struct Loaded {
    /// The settings. What could not be understood has its default.
    pub project: Project,
    /// What was wrong with them, all of it errors.
    pub diagnostics: Diagnostics,
    /// How the root was found.
    pub found_by: FoundBy,
    /// The configuration file, for reports.
    pub file: Option<Arc<SourceFile>>,
    /// The folder from which the paths in `diagnostics` start: the root, or the one that holds a file from elsewhere.
    pub folder: PathBuf,
}

/// Why nothing could be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// The folder that was given does not exist, or is none.
    NoFolder(PathBuf),
    /// The configuration file that was given does not exist.
    NoFile(PathBuf),
    /// The machine cannot read something that is there.
    Unreadable(PathBuf, io::Error),
}

/// Finds the root, reads its configuration, applies the environment and the command line.
///
/// # Errors
/// When there is nothing to read, or it cannot be read. What it says wrongly is a diagnostic instead.
pub fn load(request: &Request<'_>) -> Result<Loaded, LoadError> {
    let current = env::current_dir().map_err(|error| LoadError::Unreadable(PathBuf::from("."), error))?;
    let given = canonical(&request.folder, LoadError::NoFolder)?;
    if !given.is_dir() {
        return Err(LoadError::NoFolder(request.folder.clone()));
    }
    let (root, found_by) = find(&given);
    let mut project = Project::unconfigured(root.clone());
    project.forge = forge::detect(&root);
    project.history = true;
    let path = match &request.configuration {
        Some(path) => Some(canonical(path, LoadError::NoFile)?),
        None => Some(root.join(FILE_NAME)).filter(|path| path.is_file()),
    };
    let names = Names { extractors: &request.extractors };
    let mut loaded = Loaded { project, diagnostics: Diagnostics::new(), found_by, file: None, folder: root };
    if let Some(path) = path {
        loaded.read(&path, &names)?;
    }
    let base = value::absolute(&current, Path::new("."));
    let project = &mut loaded.project;
    loaded.diagnostics.extend(read_variables(&request.variables, &base, &names, project));
    loaded.diagnostics.extend(read_flags(&request.flags, &base, project));
    // Without an address there is nothing to link to, whatever is known of the commit.
    project.forge = project.forge.take().filter(|forge| !forge.url.is_empty());
    Ok(loaded)
}

fn canonical(path: &Path, missing: fn(PathBuf) -> LoadError) -> Result<PathBuf, LoadError> {
    path.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => missing(path.to_path_buf()),
        _ => LoadError::Unreadable(path.to_path_buf(), error),
    })
}

impl Loaded {
    /// The files (absolute) that the settings come from, whether they are there or not.
    pub fn files(&self) -> Vec<PathBuf> {
        let configuration = match &self.file {
            Some(file) => file.path().under(&self.folder),
            None => self.project.root.join(FILE_NAME),
        };
        // HEAD names a branch, its log says when that moved: gitrepository-layout(5).
        let git = forge::head_folder(&self.project.root).map(|folder| [folder.join("HEAD"), folder.join("logs/HEAD")]);
        git.into_iter().flatten().chain([configuration]).collect()
    }

    /// The file (absolute) that is there while git changes what is checked out.
    pub fn lock(&self) -> Option<PathBuf> {
        forge::head_folder(&self.project.root).map(|folder| folder.join("index.lock"))
    }

    fn read(&mut self, path: &Path, names: &Names<'_>) -> Result<(), LoadError> {
        let bytes = fs::read(path).map_err(|error| LoadError::Unreadable(path.to_path_buf(), error))?;
        let inside = RepoPath::below(&self.project.root, path);
        self.project.configuration = inside;
        let name = inside.unwrap_or_else(|| {
            self.folder = path.parent().unwrap_or(path).to_path_buf();
            RepoPath::below(&self.folder, path).unwrap_or_else(RepoPath::root)
        });
        if std::str::from_utf8(&bytes).is_err() {
            let message = "the configuration file is not UTF-8";
            self.diagnostics.push(Diagnostic::new(Code::InvalidConfiguration, message, Span::start_of(name)));
        }
        let file = Arc::new(SourceFile::new(name, String::from_utf8_lossy(&bytes).into_owned()));
        self.diagnostics.extend(read_file(&file, names, &mut self.project));
        self.file = Some(file);
        Ok(())
    }
}

impl Sources for Loaded {
    fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
        self.file.clone().filter(|file| file.path() == path)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(path) => write!(formatter, "there is no folder `{}`", path.display()),
            Self::NoFile(path) => write!(formatter, "there is no file `{}`", path.display()),
            Self::Unreadable(path, error) => write!(formatter, "`{}` cannot be read: {error}", path.display()),
        }
    }
}

impl std::error::Error for LoadError {}
