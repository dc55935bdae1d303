//! What went wrong, where, and how to mend it.
//!
//! Enters: findings of any stage. Leaves: reports, printed for people or for machines. A diagnostic is data: producing
//! one never stops the build, and its level is the user's to choose.

mod baseline;
mod code;
mod fix;
mod nearest;
pub mod print;
mod purpose;
mod suppression;

pub use baseline::{Compared, compare_baseline, is_baseline, write_baseline};
pub use code::Code;
pub use fix::{Edit, Fix};
pub use nearest::{NearestNames, did_you_mean, nearest};
pub use purpose::{is_filled_in, is_on_purpose};
pub use suppression::{note_suppressions, suppress};

use serde::{Deserialize, Serialize};

use crate::source::{Span, Stored, Unread, stored, write_text};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing; never fails a command.
    Note,
    /// Fails a command under `--strict`.
    Warn,
    /// Fails a command.
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule found it.
    pub code: Code,
    /// How much it matters: the code's default until the configuration is applied.
    pub level: Level,
    /// What is wrong, in one sentence without a full stop, naming the thing: "no decision is called `adr:99`".
    pub message: String,
    /// The place, underlined in reports. `None` only for what has no place in any file.
    pub span: Option<Span>,
    /// A few words beside the underline; empty for none.
    pub label: String,
    /// Other places that explain the finding, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What to do about it; empty for none.
    pub hint: String,
    /// What mends it, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding at `span`.
    pub fn new(code: Code, message: impl Into<String>, span: Span) -> Self {
        Self { span: Some(span), ..Self::without_place(code, message) }
    }

    /// A finding that concerns no file in particular.
    pub fn without_place(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.default_level(),
            message: message.into(),
            span: None,
            label: String::new(),
            related: Vec::new(),
            hint: String::new(),
            fix: None,
        }
    }

    /// With a few words beside the underline.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place that explains it.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push((span, words.into()));
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With what mends it for certain, if anything does.
    #[must_use]
    pub fn fix(mut self, fix: Option<impl Into<Fix>>) -> Self {
        self.fix = fix.map(Into::into);
        self
    }
}

/// Findings in the order in which they were made.
pub type Diagnostics = Vec<Diagnostic>;

stored! {
    struct Diagnostic { code, level, message, span, label, related, hint, fix }
    enum Level { 0 => Off, 1 => Note, 2 => Warn, 3 => Error }
}

impl<C> Stored<C> for Code {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self.name(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        bytes.text()?.parse().ok()
    }
}
