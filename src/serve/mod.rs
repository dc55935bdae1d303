//! The preview: the site as it stands on disk right now, with open pages that follow it.
//!
//! Enters: an [`Editor`], which makes an [`Edition`] of the site from what changed on disk. Leaves: a server that runs
//! until it is interrupted. Files of an edition are made when a browser asks for them. An edition with errors, or none at
//! all, leaves the last good one in place; what was found is shown over the pages until it is mended.

mod address;
mod board;
mod edition;
mod http;
mod listener;
mod page;
mod problem;
mod project;
mod proxy;
mod range;
mod shelf;
#[cfg(test)]
mod tests;
mod watch;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::{io, thread};

use tokio::net::TcpListener;

pub use edition::{Edited, Edition, Editor};
pub use problem::{Problem, Problems};
pub use project::{Outcome, ProjectEditor};
pub use proxy::Loopback;

use crate::discover::Changes;

use board::Board;
use watch::Watch;

/// So often in a row an edition is given up for newer changes. Then one is finished whatever comes, so that readers see
/// something while somebody writes on and on.
const PATIENCE: u32 = 3;

/// Sources may be nested deeply, and threads begin with little room. In bytes.
const STACK: usize = 16 * 1024 * 1024;

/// What the preview has to say to whoever started it.
pub trait Terminal: Send + Sync {
    /// Connections are accepted at `address`.
    fn listening(&self, address: SocketAddr);

    /// Changes in `folders` folders are found late, because the system does not watch so many.
    fn unwatched(&self, folders: usize);
}

/// Serves what `editor` makes, at the place that its settings name. Pages may send requests to `service`, if there is one.
///
/// # Errors
/// The port cannot be had, the interface is none, or it is open to others and there is a `service`, which then would be too
/// (both `InvalidInput`).
pub fn serve(
    editor: impl Editor + Send + 'static,
    service: Option<Loopback>,
    terminal: Arc<dyn Terminal>,
) -> io::Result<()> {
    let options = editor.loaded().project.serve.clone();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_stack_size(STACK).enable_all().build()?;
    let interface: IpAddr = match options.interface.as_str() {
        "localhost" => IpAddr::from([127, 0, 0, 1]),
        address => address.parse().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("`{address}` is not the address of an interface"))
        })?,
    };
    if service.is_some() && !interface.is_loopback() {
        let message = format!("through the proxy everybody at `{interface}` could reach what only this machine should");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    // The port is taken before the work begins, so that a second preview says so at once.
    let listener = runtime.block_on(TcpListener::bind(SocketAddr::new(interface, options.port)))?;
    let address = listener.local_addr()?;
    let run = RandomState::new().build_hasher().finish();
    let board = Arc::new(Board::new(run, options.navigate, service.as_ref().map(Loopback::to_string)));
    let publisher = Arc::clone(&board);
    let said = Arc::clone(&terminal);
    thread::Builder::new().stack_size(STACK).spawn(move || {
        // Folders are watched before they are read, so that no edit falls between.
        let watch = Watch::begin(editor.loaded());
        if watch.unwatched() > 0 {
            said.unwatched(watch.unwatched());
        }
        publish_editions(editor, watch, &publisher);
    })?;
    // Whoever asks before the first edition is there waits for it.
    terminal.listening(address);
    runtime.block_on(http::run(listener, board, interface, service))
}

/// Publishes what `editor` makes of all that `watch` sees. Never ends.
fn publish_editions(mut editor: impl Editor, mut watch: Watch, board: &Board) {
    let mut changes = Changes::Everything;
    let mut given_up = 0;
    loop {
        let overtaken = || given_up < PATIENCE && watch.is_behind();
        let edited = if changes.is_none() { Edited::Same } else { editor.edit(&changes, &overtaken) };
        let is_done = matches!(edited, Edited::Edition(_) | Edited::Same);
        given_up = if matches!(edited, Edited::Overtaken) { given_up + 1 } else { 0 };
        match edited {
            Edited::Edition(edition) => {
                board.publish(edition);
                editor.report();
            }
            Edited::Refused(problems) => {
                board.publish_problems(problems);
                editor.report();
            }
            Edited::Same | Edited::Overtaken => {}
        }
        if is_done {
            let loaded = editor.loaded();
            if loaded.files().iter().any(|file| changes.touch(file)) {
                watch.follow(loaded);
            }
            changes = Changes::none();
        }
        changes.add(watch.wait());
    }
}
