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

use crate::config::{LoadError, Loaded};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::{SourceTree, discover};
use crate::output::Site;
use crate::pipeline::{Analysis, Progress, build_in_memory};
use crate::source::Sources;

pub use snapshot::Problem;
use snapshot::{Board, Snapshot};

/// What one rebuild came to, for the terminal.
pub struct Outcome<'a> {
    /// The project, and what is wrong with its configuration.
    pub loaded: &'a Loaded,
    /// What the build found, unless the configuration did not allow one.
    pub analysis: Option<&'a Analysis>,
    /// How long it took.
    pub time: Duration,
}

/// Serves the project that `load` gives, at the place its settings name; `load` is asked again at each change. `listening`
/// is told the address once connections are accepted, `rebuilt` the outcome of each build.
///
/// # Errors
/// The port cannot be had, or the first configuration cannot be used (`InvalidInput`).
pub fn serve(
    load: impl Fn() -> Result<Loaded, LoadError> + Send + 'static,
    progress: Arc<dyn Progress + Send>,
    listening: impl Fn(SocketAddr),
    rebuilt: impl Fn(&Outcome<'_>) + Send + 'static,
) -> io::Result<()> {
    let start = Instant::now();
    let unusable = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
    let loaded = load().map_err(|error| unusable(error.to_string()))?;
    if !loaded.diagnostics.is_empty() {
        rebuilt(&Outcome { loaded: &loaded, analysis: None, time: start.elapsed() });
        return Err(unusable("the configuration cannot be used".to_owned()));
    }
    let project = &loaded.project;
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
    let mut watch = watch::Watch::begin(&project.root)?;
    // Folders are watched before they are read, so that no edit falls between.
    watch.follow(&discover(project));
    let (first, site) = build_in_memory(project, &*progress);
    rebuilt(&Outcome { loaded: &loaded, analysis: Some(&first), time: start.elapsed() });
    let board = Arc::new(Board::new(snapshot_of(&first, site)));
    let publisher = Arc::clone(&board);
    thread::spawn(move || rebuild_on_change(watch, first.tree, &load, &*progress, &publisher, &rebuilt));
    listening(address);
    runtime.block_on(http::run(listener, board, interface))
}

fn rebuild_on_change(
    mut watch: watch::Watch,
    first: SourceTree,
    load: &impl Fn() -> Result<Loaded, LoadError>,
    progress: &dyn Progress,
    board: &Board,
    rebuilt: &impl Fn(&Outcome<'_>),
) {
    // Folders that appeared while they were not yet watched may have changed since they were read.
    let mut again = watch.follow(&first);
    drop(first);
    while again || watch.wait() {
        let start = Instant::now();
        let loaded = match load() {
            Ok(loaded) => loaded,
            Err(error) => {
                let problem = Diagnostic::without_place(Code::InvalidConfiguration, error.to_string());
                board.publish_problems(problems(&[problem], &NoSources));
                again = false;
                continue;
            }
        };
        let usable = loaded.diagnostics.is_empty();
        let built = usable.then(|| build_in_memory(&loaded.project, progress));
        let analysis = built.as_ref().map(|(analysis, _)| analysis);
        rebuilt(&Outcome { loaded: &loaded, analysis, time: start.elapsed() });
        match built {
            Some((analysis, site)) => {
                again = watch.follow(&analysis.tree);
                board.publish_if_good(snapshot_of(&analysis, site));
            }
            None => {
                again = false;
                board.publish_problems(problems(&loaded.diagnostics, &loaded));
            }
        }
    }
}

fn snapshot_of(analysis: &Analysis, site: Site) -> Snapshot {
    let problems = problems(&analysis.diagnostics, &analysis.tree);
    let good = problems.iter().all(|problem| problem.level < Level::Error);
    Snapshot { site, good, problems }
}

/// What readers of the preview are shown: warnings and errors, the worst first.
fn problems(diagnostics: &[Diagnostic], sources: &dyn Sources) -> Vec<Problem> {
    let mut shown: Vec<_> = diagnostics.iter().filter(|found| found.level >= Level::Warn).collect();
    shown.sort_by_key(|found| std::cmp::Reverse(found.level));
    shown.into_iter().map(|found| Problem::new(found, sources)).collect()
}

/// When nothing could be loaded, no file has been read.
struct NoSources;

impl Sources for NoSources {
    fn source(&self, _path: crate::source::RepoPath) -> Option<Arc<crate::source::SourceFile>> {
        None
    }
}
