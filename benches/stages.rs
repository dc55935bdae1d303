//! What each stage costs: `cargo bench --bench stages -- --sort location`; with `render` behind it, that stage alone.
//!
//! Enters: repositories that are made here, of so many guides and a tenth as much code and specifications. Leaves: the
//! time of each stage, and how many guides that is a second, which must not fall as they become more. Times are for
//! comparing on one machine in one run, not for passing.

use std::sync::{Arc, OnceLock};
use std::{fs, io};

use divan::Bencher;
use divan::counter::ItemsCount;
use livedoc::check::Subject;
use livedoc::config::Project;
use livedoc::discover::{NoHistory, SourceTree};
use livedoc::graph::{Fragment, NodeId, ResolvedGraph};
use livedoc::output::{Delivery, Record, Sink, SitePath, WriteError, Written};
use livedoc::pipeline::{Silent, build_in_memory};
use livedoc::plan::SitePlan;
use livedoc::search::{self, Gathering, PageCopy};
use livedoc::source::ContentHash;
use livedoc::theme::Theme;
use rayon::prelude::*;
use tempfile::TempDir;

/// How many guides.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// A repository on disk, and what the stages make of it.
struct Repository {
    folder: TempDir,
    project: Project,
    tree: SourceTree,
    fragments: Vec<Arc<Fragment>>,
    resolved: ResolvedGraph,
    plan: SitePlan,
    theme: Theme,
}

impl Repository {
    /// That of `pages` guides, made once.
    fn of(pages: usize) -> &'static Self {
        static MADE: [OnceLock<Repository>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
        let place = SIZES.iter().position(|size| *size == pages).unwrap_or_default();
        MADE[place]
            .get_or_init(|| Self::make(pages).unwrap_or_else(|error| panic!("no repository can be made: {error}")))
    }

    fn make(pages: usize) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        corpus::write(folder.path(), corpus::repository(pages))?;
        let project = Project::unconfigured(folder.path().to_path_buf());
        let tree = livedoc::discover::discover(&project);
        let fragments = read(&tree, &project);
        let (graph, _) = livedoc::graph::assemble(fragments.clone());
        let resolved = livedoc::graph::resolve(graph, &tree, &project);
        let (plan, _) = livedoc::plan::plan(&resolved, &|_, _| true);
        let (theme, _) = livedoc::theme::load(&project, &tree);
        Ok(Self { folder, project, tree, fragments, resolved, plan, theme })
    }
}

/// Tells which files are what, and reads them.
fn read(tree: &SourceTree, project: &Project) -> Vec<Arc<Fragment>> {
    livedoc::extract::claim(tree, project).units.into_par_iter().map(|unit| Arc::new(unit.read())).collect()
}

#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod stage {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn discover(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { project, .. } = Repository::of(pages);
        bencher.counter(ItemsCount::new(pages)).bench(|| livedoc::discover::discover(project));
    }

    #[divan::bench(args = SIZES)]
    fn extract(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { project, tree, .. } = Repository::of(pages);
        bencher.counter(ItemsCount::new(pages)).bench(|| read(tree, project));
    }

    #[divan::bench(args = SIZES)]
    fn assemble(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { fragments, .. } = Repository::of(pages);
        let bencher = bencher.counter(ItemsCount::new(pages)).with_inputs(|| fragments.clone());
        bencher.bench_values(livedoc::graph::assemble);
    }

    #[divan::bench(args = SIZES)]
    fn resolve(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { project, tree, fragments, .. } = Repository::of(pages);
        let graph = || livedoc::graph::assemble(fragments.clone()).0;
        let bencher = bencher.counter(ItemsCount::new(pages)).with_inputs(graph);
        bencher.bench_values(|graph| livedoc::graph::resolve(graph, tree, project));
    }

    #[divan::bench(args = SIZES)]
    fn plan(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { resolved, .. } = Repository::of(pages);
        bencher.counter(ItemsCount::new(pages)).bench(|| livedoc::plan::plan(resolved, &|_, _| true));
    }

    #[divan::bench(args = SIZES)]
    fn check(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { project, tree, resolved, plan, .. } = Repository::of(pages);
        let history = &Err(NoHistory::NotAsked);
        let subject = Subject { project, resolved, plan, tree, history, answers: None };
        bencher.counter(ItemsCount::new(pages)).bench(|| livedoc::check::check(subject));
    }

    #[divan::bench(args = SIZES)]
    fn render(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { project, tree, resolved, plan, theme, .. } = Repository::of(pages);
        let bencher = bencher.counter(ItemsCount::new(pages));
        bencher.bench(|| livedoc::render::render(resolved, plan, project, theme, tree));
    }

    #[divan::bench(args = SIZES)]
    fn index(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { resolved, plan, .. } = Repository::of(pages);
        bencher.counter(ItemsCount::new(pages)).bench(|| {
            let found = livedoc::search::found_in(&resolved.graph, plan);
            let key = |id: NodeId| ContentHash::of(id.as_str().as_bytes());
            let (kinds, keys): (Vec<_>, Vec<_>) = found.iter().map(|(kind, id)| (*kind, key(*id))).unzip();
            let gathering = Gathering::new(&kinds, None);
            found.par_iter().enumerate().for_each(|(item, (_, id))| {
                gathering.add(item, &search::describe(resolved, plan, *id, PageCopy::NONE));
            });
            gathering.finish(&keys).files().count()
        });
    }

    /// Into a folder that is not there yet.
    #[divan::bench(args = SIZES)]
    fn write(bencher: Bencher<'_, '_>, pages: usize) {
        let Repository { folder, project, .. } = Repository::of(pages);
        let (_, site) = build_in_memory(project, &Silent);
        let output = folder.path().join("site");
        let fresh = || match fs::remove_dir_all(&output) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => panic!("{error}"),
            _ => site.files().map(|(path, bytes)| (path.clone(), bytes.to_vec())).collect::<Vec<_>>(),
        };
        let deliver = |files: Vec<(SitePath, Vec<u8>)>| -> Result<Written, WriteError> {
            let nothing = Record::default();
            let delivery = Delivery::begin(&output, folder.path(), &nothing)?;
            files.into_iter().try_for_each(|(path, bytes)| delivery.take(None, path, bytes))?;
            Ok(delivery.finish()?.0)
        };
        let bencher = bencher.counter(ItemsCount::new(pages)).with_inputs(fresh);
        bencher.bench_values(|files| deliver(files).unwrap_or_else(|error| panic!("{error}")));
    }
}
