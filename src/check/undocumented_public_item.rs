//! Code that users can see and that nobody explains to them.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Node};

/// Public items without documentation.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let is_public = |node: &&Node| node.facts.get("visibility") == Some(&Fact::from("public"));
    // What another crate defines is reported there.
    let is_own = |node: &&Node| {
        let page = subject.resolved.graph.page_of(node.id);
        page.is_none_or(|page| !page.facts.contains_key("defined_as"))
    };
    let is_bare = |node: &&Node| node.facts.get("documented") == Some(&Fact::from(false));
    let bare = subject.resolved.graph.nodes().filter(is_public).filter(is_bare).filter(is_own);
    bare.map(|node| {
        let path = match node.facts.get("path") {
            Some(Fact::Text(path)) => path.as_str(),
            _ => node.title.as_str(),
        };
        let message = format!("the {} `{path}` has no documentation", node.kind.label.to_lowercase());
        Diagnostic::new(Code::UndocumentedPublicItem, message, node.span)
            .hint("say in a doc comment what it is for, or hide it with `#[doc(hidden)]`")
    })
    .collect()
}
