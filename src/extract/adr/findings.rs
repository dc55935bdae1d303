//! What a record gets wrong by itself.

use super::find_status::{StatedStatus, contradiction};
use super::log::About;
use super::name::heading_label;
use super::outline::plain;
use super::record::Record;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::MappedText;

/// That a record says two things of its status.
pub(super) fn conflicting_status(text: &MappedText, record: &Record) -> Option<Diagnostic> {
    let (first, other) = (record.statuses.first()?, contradiction(&record.statuses)?);
    let span = |stated: &StatedStatus| stated.range.clone().map(|range| text.span(range));
    let message =
        format!("the record says \u{201c}{}\u{201d}, and elsewhere \u{201c}{}\u{201d}", first.status, other.status);
    let place = span(other).or_else(|| span(first))?;
    let hint = format!("\u{201c}{}\u{201d} counts; make both say the same, or remove one", first.status);
    let found = Diagnostic::new(Code::ConflictingStatus, message, place).hint(hint);
    Some(match span(first) {
        Some(first) => found.related(first, "this is what counts"),
        None => found,
    })
}

/// That a record's heading has another number than its file.
pub(super) fn other_number(text: &MappedText, about: &About, record: &Record) -> Option<Diagnostic> {
    let (by_file, by_heading) = (about.name.number?, record.number?);
    let label = heading_label(&plain(&record.heading_words));
    // "RFC 7231 in short" is about somebody else's.
    let own = match &label {
        Some(label) => matches!(label.as_str(), "adr" | "decision") || about.label.as_ref() == Some(label),
        None => !record.has_chapters && !(1990..2100).contains(&by_heading),
    };
    if by_file == by_heading || !own {
        return None;
    }
    let message = format!("the heading says {by_heading}, the file's name {by_file}");
    let hint = format!("{by_file} counts; write it in the heading, or rename the file");
    Some(Diagnostic::new(Code::DecisionNumberMismatch, message, text.span(record.heading.clone()?)).hint(hint))
}
