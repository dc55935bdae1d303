//! `livedoc serve [DIR]`.

use std::io;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::arguments::{Everywhere, Serve};
use super::check::last_line;
use super::progress::{clear, progress};
use super::report::{Channel, remark, report, say};
use super::start::{flag, request};
use super::{Exit, Failure};
use crate::config::load;
use crate::diagnostic::print::Format;
use crate::serve::{Outcome, serve};

pub(super) fn run(command: &Serve, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let open = command.open.then(|| "true".to_owned());
    let flags = [
        flag("serve.port", "--port", command.port.as_ref()),
        flag("serve.interface", "--interface", command.interface.as_ref()),
        flag("serve.open", "--open", open.as_ref()),
    ];
    let request = request(&command.dir, everywhere, flags.into_iter().flatten().collect());
    let first = load(&request)?;
    let open = first.project.serve.open;
    let listening = move |address: std::net::SocketAddr| {
        let address = format!("http://{address}/");
        // Somebody who closed the output still wants the preview.
        let _ = say(|out| writeln!(out, "{} at {address} (Ctrl-C ends it)", first.project.site.title));
        if open {
            open_browser(&address);
        }
    };
    let quiet = everywhere.quiet;
    let rebuilt = move |outcome: &Outcome<'_>| say_outcome(outcome, quiet);
    let served = serve(move || load(&request), Arc::from(progress(quiet)), listening, rebuilt);
    served.map(|()| Exit::Clean).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => Failure::usage(error.to_string()),
        io::ErrorKind::AddrInUse => Failure::machine("the port is taken").hint("`--port 0` takes a free one"),
        _ => Failure::machine(format!("the preview cannot run: {error}")),
    })
}

/// Says what a rebuild found, and what it made.
fn say_outcome(outcome: &Outcome<'_>, quiet: bool) {
    clear();
    let Outcome { loaded, analysis, time } = outcome;
    let (format, channel) = (Format::Human, Channel::Beside);
    // Nobody to hear it is no failure.
    let _ = report(&loaded.diagnostics, *loaded, &loaded.folder, format, channel);
    if let Some(analysis) = analysis {
        let _ = report(&analysis.diagnostics, &analysis.tree, &loaded.project.root, format, channel);
        if !quiet {
            remark(&last_line("made", analysis, *time));
        }
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
