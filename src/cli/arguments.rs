//! The command line as it is written.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::Failure;
use super::timings::{Watching, watch};
use crate::cache::Store;
use crate::config::Project;
use crate::diagnostic::print::Format;
use crate::pipeline::CACHE_FOLDER;
use crate::serve::Loopback;

/// Living documentation: one linked, checked, searchable site out of the files where the truth already lives.
#[derive(Debug, Parser)]
#[command(name = "livedoc", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) everywhere: Everywhere,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Look at a repository, say what was found, and write a livedoc.toml and the missing folders
    Init(Init),
    /// Preview the site, and show every change at once
    Serve(Serve),
    /// Write the site
    Build(Build),
    /// Apply every rule and report what it finds; writes nothing but what --fix mends
    Check(Check),
    /// Print the graph, or one node and what it is linked with
    Graph(Graph),
    /// Say what changed between two revisions for those who use the APIs, and what of that breaks them
    Diff(Diff),
    /// Say which pages and owners depend on what changed between two revisions: what to read again
    Impact(Impact),
    /// Start a decision, a runbook or a guide from a template
    New(New),
    /// Say that pages were read and hold: today's date as `last_reviewed` in their front matter
    Review(Review),
    /// Say what a finding means and how to mend it; without a code, list all
    Explain(Explain),
    /// Print completions for a shell
    Completions(Completions),
}

/// Flags of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Everywhere {
    /// Read this configuration instead of the livedoc.toml at the root
    #[arg(short, long, global = true, value_name = "FILE", env = "LIVEDOC_CONFIG", hide_env_values = true)]
    pub(super) config: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(short, long, global = true, env = "LIVEDOC_STRICT", hide_env_values = true,
        value_parser = BoolishValueParser::new())]
    pub(super) strict: bool,
    /// Say nothing but findings and failures
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say which files were read by whom, and why
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Neither use nor keep what earlier runs left in .livedoc/
    #[arg(long, global = true, env = "LIVEDOC_NO_CACHE", hide_env_values = true,
        value_parser = BoolishValueParser::new())]
    no_cache: bool,
    /// Say what each stage cost
    #[arg(long, global = true)]
    timings: bool,
    /// Write what happened when to this file, for chrome://tracing
    #[arg(long, global = true, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Use so many threads; one for each processor unless given
    #[arg(short, long, global = true, value_name = "N", env = "LIVEDOC_JOBS", hide_env_values = true)]
    jobs: Option<NonZeroUsize>,
    /// Use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        env = "LIVEDOC_COLOR",
        hide_env_values = true
    )]
    color: When,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The repository's root
    pub(super) dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// A folder of the repository
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// Listen on this port; 0 takes a free one [default: 4747]
    #[arg(short, long, value_name = "PORT")]
    pub(super) port: Option<String>,
    /// Listen on this address [default: 127.0.0.1]
    #[arg(short, long, value_name = "ADDRESS")]
    pub(super) interface: Option<String>,
    /// Open a browser
    #[arg(short = 'O', long)]
    pub(super) open: bool,
    /// Let an open page go to the page whose source is edited
    #[arg(short = 'N', long)]
    pub(super) navigate: bool,
    /// Let pages send requests to this service on this machine, such as http://127.0.0.1:8080
    #[arg(long, value_name = "URL")]
    pub(super) try_it_proxy: Option<Loopback>,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// A folder of the repository
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// Write to this folder [default: site, at the root]
    #[arg(short, long, value_name = "DIR")]
    pub(super) output_dir: Option<String>,
    /// The address at which the site will stand
    #[arg(short = 'u', long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// A folder of the repository
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// How to report
    #[arg(short, long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ReportFormat,
    /// Tolerate the findings that this file lists; new ones fail, and so do lines whose finding is mended
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found to the file of --baseline
    #[arg(long, requires = "baseline")]
    pub(super) update_baseline: bool,
    /// Mend what can be mended for certain, shown as a unified diff, and report what is left
    #[arg(long, conflicts_with = "update_baseline")]
    pub(super) fix: bool,
    /// Let --fix write to files with changes that are not committed
    #[arg(long, requires = "fix")]
    pub(super) allow_dirty: bool,
    /// Print what --fix would do, as a unified diff, and write nothing; fails when there is something
    #[arg(long, conflicts_with_all = ["fix", "update_baseline"])]
    pub(super) diff: bool,
    /// Only what was not found in this revision: what the changes since brought
    #[arg(long, value_name = "REVISION", conflicts_with = "update_baseline")]
    pub(super) since: Option<String>,
    /// Ask other sites that documents link to whether the pages are there; what they answer well is kept for a week
    #[arg(long)]
    pub(super) external: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Human,
    /// An array of objects
    Json,
    /// Workflow commands for GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML, for build servers
    Junit,
    /// For a comment on a pull request
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct Graph {
    /// A folder of the repository
    pub(super) dir: Option<PathBuf>,
    /// A node, such as adr:7: prints it with what it is linked with
    pub(super) id: Option<String>,
    /// How to print
    #[arg(short, long, value_name = "FORMAT", default_value = "json")]
    pub(super) format: GraphFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum GraphFormat {
    /// The graph's public shape
    Json,
    /// For Graphviz
    Dot,
    /// For Markdown that shows Mermaid diagrams
    Mermaid,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// OLD..NEW; OLD...NEW from where NEW began; OLD alone up to the files as they are now
    #[arg(default_value = "HEAD")]
    pub(super) revisions: String,
    /// A folder of the repository
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// How to print
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: DiffFormat,
    /// Leave out what breaks nobody
    #[arg(long)]
    pub(super) breaking: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// One object, for programs
    Json,
    /// For the description of a pull request, or a comment on it
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct Impact {
    /// OLD..NEW; OLD...NEW from where NEW began; OLD alone up to the files as they are now; from where this branch began unless given
    pub(super) revisions: Option<String>,
    /// A folder of the repository
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// How to print
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: DiffFormat,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// What to start
    pub(super) kind: NewKind,
    /// Its title; of a runbook for an alert, the alert's name unless given
    #[arg(required_unless_present = "alert")]
    pub(super) title: Option<String>,
    /// A folder of the repository
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
    /// The alert that a runbook is for: what its rule says goes into it
    #[arg(long, value_name = "NAME")]
    pub(super) alert: Option<String>,
    /// The decision that the new one replaces: its number, its name or its file; once for each
    #[arg(long, value_name = "DECISION")]
    pub(super) supersedes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NewKind {
    /// A decision, with the next number of its log
    Adr,
    /// What to do when something fails
    Runbook,
    /// Any other page
    Guide,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code of the finding, such as broken-link
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    /// Markdown files
    #[arg(required = true)]
    pub(super) pages: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

impl Everywhere {
    /// Makes the choice of colours hold for all output.
    pub(super) fn settle_colour(&self) {
        let choice = match self.color {
            When::Auto => anstream::ColorChoice::Auto,
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }

    /// Begins to watch where the time goes, when that was asked for.
    pub(super) fn watch(&self) -> Result<Watching, Failure> {
        watch(self.timings, self.trace.as_deref())
    }

    /// Where runs on `project` leave what the next one can use; `None` when nothing is to be kept, or nothing can be.
    pub(super) fn store(&self, project: &Project) -> Option<Store> {
        if self.no_cache { None } else { Store::open(&project.root.join(CACHE_FOLDER)).ok() }
    }

    /// Makes the number of threads hold for all stages.
    pub(super) fn settle_threads(&self) -> Result<(), Failure> {
        // Sources may be nested deeply, and threads begin with little room.
        let pool = rayon::ThreadPoolBuilder::new().stack_size(16 * 1024 * 1024);
        let pool = pool.num_threads(self.jobs.map_or(0, NonZeroUsize::get));
        pool.build_global().map_err(|error| Failure::machine(format!("no threads can be started: {error}")))
    }
}

impl From<ReportFormat> for Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Human => Self::Human,
            ReportFormat::Json => Self::Json,
            ReportFormat::Github => Self::Github,
            ReportFormat::Sarif => Self::Sarif,
            ReportFormat::Junit => Self::Junit,
            ReportFormat::Markdown => Self::Markdown,
        }
    }
}
