//! `livedoc serve [DIR]`.

use std::io;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::arguments::{Everywhere, Serve};
use super::check::page_count;
use super::progress::{clear, progress};
use super::report::{Channel, remark, report, say};
use super::start::{flag, request, start};
use super::{Exit, Failure};
use crate::config::load;
use crate::diagnostic::print::{Format, summary};
use crate::serve::{Outcome, ProjectEditor, Terminal, serve};

pub(super) fn run(command: &Serve, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let switch = |on: bool| on.then(|| "true".to_owned());
    let (open, navigate) = (switch(command.open), switch(command.navigate));
    let flags = [
        flag("serve.port", "--port", command.port.as_ref()),
        flag("serve.interface", "--interface", command.interface.as_ref()),
        flag("serve.open", "--open", open.as_ref()),
        flag("serve.navigate", "--navigate", navigate.as_ref()),
    ];
    let request = request(&command.dir, everywhere, flags.into_iter().flatten().collect());
    let loaded = match start(&request, everywhere, Format::Human, Channel::Beside)? {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let project = &loaded.project;
    let console = Console { title: project.site.title.clone(), opens_browser: project.serve.open };
    let quiet = everywhere.quiet;
    let say_outcome = move |outcome: &Outcome<'_>| say_outcome(outcome, quiet);
    let editor = ProjectEditor::new(loaded, move || load(&request), progress(quiet), say_outcome);
    let served = serve(editor, command.try_it_proxy.clone(), Arc::new(console));
    served.map(|()| Exit::Clean).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => Failure::usage(error.to_string()),
        io::ErrorKind::AddrInUse => Failure::machine("the port is taken").hint("`--port 0` takes a free one"),
        _ => Failure::machine(format!("the preview cannot run: {error}")),
    })
}

/// Where the preview was started.
struct Console {
    title: String,
    opens_browser: bool,
}

impl Terminal for Console {
    fn listening(&self, address: SocketAddr) {
        clear();
        let address = format!("http://{address}/");
        // Somebody who closed the output still wants the preview.
        let _ = say(|out| writeln!(out, "{} at {address} (Ctrl-C ends it)", self.title));
        if self.opens_browser {
            open_browser(&address);
        }
    }

    fn unwatched(&self, folders: usize) {
        remark(&format!(
            "the system watches no more folders: changes in {folders} of them are found within a second (on Linux, \
             fs.inotify.max_user_watches sets the limit)"
        ));
    }
}

/// Says what an edit came to.
fn say_outcome(outcome: &Outcome<'_>, quiet: bool) {
    clear();
    let (format, channel) = (Format::Human, Channel::Beside);
    match outcome {
        Outcome::Made { project, analysis, time } => {
            // Nobody to hear it is no failure.
            let _ = report(&analysis.diagnostics, &analysis.tree, &project.root, format, channel);
            if !quiet {
                // Counting links takes longer than an edit.
                let pages = page_count(&analysis.plan);
                let summary = summary(&analysis.diagnostics);
                remark(&format!("{pages} are up to date after {:.2} s: {summary}", time.as_secs_f64()));
            }
        }
        Outcome::Unusable(loaded) => {
            let _ = report(&loaded.diagnostics, *loaded, &loaded.folder, format, channel);
        }
        Outcome::Unreadable(error) => remark(&error.to_string()),
    }
}

/// Asks the system for a browser. Without one, the address is on the screen.
fn open_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        remark("no browser can be opened");
    }
}
