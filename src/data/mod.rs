//! YAML, JSON and TOML text -> one tree of values that know where they stand.
//!
//! Enters: a file, or a range of it (front matter). Leaves: [`Value`]s and located diagnostics. Nothing is coerced and
//! no key is dropped; what cannot be read costs no more than itself, and what stands before it is kept.
//!
//! Architecture invariant: a tree is never deeper than [`DEEPEST`], aliases included, so that whoever walks one may
//! recurse. It can be far wider than its text when it is walked, because an alias shares its anchor's value: a walk
//! over everything below a value needs a bound of its own.

mod json;
mod keys;
mod tabs;
mod text;
mod toml;
mod value;
mod yaml;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub use json::read_json;
pub use text::mapped_text;
pub use toml::read_toml;
pub use value::{Data, Entry, Map, Value};
pub use yaml::read_yaml;

/// How deep values may lie in each other.
pub const DEEPEST: usize = 200;

/// A file that is broken throughout says so this often.
const MOST_FINDINGS: usize = 50;

fn report(diagnostics: &mut Diagnostics, diagnostic: Diagnostic) {
    if diagnostics.len() < MOST_FINDINGS {
        diagnostics.push(diagnostic);
    }
}

fn report_repeated(diagnostics: &mut Diagnostics, map: &Map) {
    for (again, first) in map.repeated() {
        let message = format!("the key `{}` stands twice in one map", again.key);
        let diagnostic = Diagnostic::new(Code::DuplicateKey, message, again.key_span)
            .label("this value is passed over here; some programs take it instead")
            .related(first.key_span, "the first one")
            .hint("remove one of them, or rename it");
        report(diagnostics, diagnostic);
    }
}

fn too_deep(code: Code, span: Span) -> Diagnostic {
    Diagnostic::new(code, format!("values are nested more than {DEEPEST} levels deep"), span)
        .label("what lies in here is left out")
}

#[cfg(test)]
mod tests;
