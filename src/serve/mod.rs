//! The preview: the site from memory, rebuilt when a file changes, with the open pages told.
//!
//! Enters: a way to load the project, and what to do with each rebuild's outcome. Leaves: a server that runs until it
//! is interrupted. A build that cannot be made leaves the last good site in place; what was found is shown over the
//! pages until it is mended.

mod http;
mod snapshot;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{io, thread};

use tokio::net::TcpListener;

use crate::config::Project;
use crate::diagnostic::{Diagnostics, Level};
use crate::pipeline::{Build, Progress, build};
use crate::source::Sources;

pub use snapshot::Problem;
use snapshot::{Board, Snapshot};

/// What loading the project gave: `None` when its configuration cannot be used.
pub struct Loaded {
    /// The project.
    pub project: Option<Project>,
    /// What is wrong with its configuration.
    pub diagnostics: Diagnostics,
}

/// What one rebuild came to, for the terminal.
pub struct Outcome<'a> {
    /// The build, unless the configuration did not allow one.
    pub build: Option<&'a Build>,
    /// What is wrong with the configuration.
    pub configuration: &'a Diagnostics,
    /// How long it took.
    pub time: Duration,
}

/// Serves the project that `load` gives, at the place its settings name; `load` is asked again at each change. `listening`
/// is told the address once connections are accepted, `rebuilt` the outcome of each build.
///
/// # Errors
/// The port cannot be had, or the first configuration cannot be used (`InvalidInput`).
pub fn serve(
    load: impl Fn() -> Loaded + Send + 'static,
    progress: Arc<dyn Progress + Send>,
    listening: impl Fn(SocketAddr),
    rebuilt: impl Fn(&Outcome<'_>) + Send + 'static,
) -> io::Result<()> {
    let start = Instant::now();
    let Loaded { project, diagnostics } = load();
    let Some(project) = project else {
        rebuilt(&Outcome { build: None, configuration: &diagnostics, time: start.elapsed() });
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the configuration cannot be used"));
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let interface: IpAddr = match project.serve.interface.as_str() {
        "localhost" => IpAddr::from([127, 0, 0, 1]),
        address => address.parse().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("`{address}` is not the address of an interface"))
        })?,
    };
    let address = SocketAddr::new(interface, project.serve.port);
    // The port is taken before the work begins, so that a second preview says so at once.
    let listener = runtime.block_on(TcpListener::bind(address))?;
    let address = listener.local_addr()?;
    let watch = watch::Watch::begin(&project.root)?;
    let first = build(&project, &*progress);
    rebuilt(&Outcome { build: Some(&first), configuration: &diagnostics, time: start.elapsed() });
    let board = Arc::new(Board::new(snapshot_of(&first, &diagnostics)));
    let publisher = Arc::clone(&board);
    thread::spawn(move || rebuild_on_change(watch, first, &load, &*progress, &publisher, &rebuilt));
    listening(address);
    runtime.block_on(http::run(listener, board, interface))
}

fn rebuild_on_change(
    mut watch: watch::Watch,
    first: Build,
    load: &impl Fn() -> Loaded,
    progress: &dyn Progress,
    board: &Board,
    rebuilt: &impl Fn(&Outcome<'_>),
) {
    // Folders that appeared while they were not yet watched may have changed since they were read.
    let mut again = watch.follow(&first.analysis.tree);
    drop(first);
    while again || watch.wait() {
        let start = Instant::now();
        let Loaded { project, diagnostics } = load();
        let build = project.as_ref().map(|project| build(project, progress));
        rebuilt(&Outcome { build: build.as_ref(), configuration: &diagnostics, time: start.elapsed() });
        match &build {
            Some(build) => {
                again = watch.follow(&build.analysis.tree);
                board.publish(snapshot_of(build, &diagnostics));
            }
            None => {
                again = false;
                board.publish_problems(problems(&diagnostics, &NoSources));
            }
        }
    }
}

fn snapshot_of(build: &Build, configuration: &Diagnostics) -> Snapshot {
    let mut problems = problems(configuration, &build.analysis.tree);
    problems.extend(self::problems(&build.analysis.diagnostics, &build.analysis.tree));
    Snapshot { site: build.site.clone(), problems }
}

/// What readers of the preview are shown: warnings and errors, the worst first.
fn problems(diagnostics: &Diagnostics, sources: &dyn Sources) -> Vec<Problem> {
    let mut shown: Vec<_> = diagnostics.iter().filter(|found| found.level >= Level::Warn).collect();
    shown.sort_by_key(|found| std::cmp::Reverse(found.level));
    shown.into_iter().map(|found| Problem::new(found, sources)).collect()
}

/// When the configuration cannot be used, no file has been read.
struct NoSources;

impl Sources for NoSources {
    fn source(&self, _path: crate::source::RepoPath) -> Option<Arc<crate::source::SourceFile>> {
        None
    }
}
