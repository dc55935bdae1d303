//! Operations that users can call and that nobody explains to them.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Node};

/// Operations with neither summary nor description.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let is_bare =
        |node: &&Node| node.facts.contains_key("method") && node.facts.get("documented") == Some(&Fact::from(false));
    let bare = subject.resolved.graph.nodes().filter(is_bare);
    bare.map(|node| {
        Diagnostic::new(Code::UndocumentedOperation, format!("`{}` has no documentation", node.title), node.span)
            .hint("say in `summary` and `description` what it does")
    })
    .collect()
}
