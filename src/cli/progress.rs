//! What is going on, on one line of a terminal.

use std::io::{self, IsTerminal, Write};

use crate::pipeline::{Progress, Silent, Stage};

/// Whoever shows progress: a line on standard error when that is a terminal, else nobody.
pub(super) fn progress(quiet: bool) -> Box<dyn Progress + Send> {
    if quiet || !io::stderr().is_terminal() { Box::new(Silent) } else { Box::new(Line) }
}

/// Clears the line on which progress was shown, for whoever keeps the one who shows it.
pub(super) fn clear() {
    if io::stderr().is_terminal() {
        show(CLEAR);
    }
}

struct Line;

/// Back to the line's start, and clears it: ECMA-48, `CR` and `EL`.
const CLEAR: &str = "\r\u{1b}[2K";

impl Progress for Line {
    fn begin(&self, stage: Stage) {
        show(&format!("{CLEAR}{}…", stage.activity()));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        show(CLEAR);
    }
}

fn show(text: &str) {
    let mut terminal = io::stderr();
    // A terminal that is gone needs no progress.
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}
