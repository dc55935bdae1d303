//! Environment variables by name -> the code that reads them.
//!
//! Enters: the name of a variable, as a document has it. Leaves: the item of code that reads it, the first of several.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::{End, Graph, NodeId, Target};
use crate::source::{Span, fits};

/// The scheme of links from documents that name an environment variable.
pub const VARIABLE: &str = "environment-variable";

/// The scheme of links that say which variables an item of code reads: the name, with `*` for what is not known of it.
pub const READ_VARIABLE: &str = "read-variable";

/// Whether `text` is written as names of environment variables are: in capitals.
pub fn is_variable_name(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// The variables that the code of a repository reads.
#[derive(Debug, Default)]
pub struct ReadVariables {
    /// By name, those that are read by it: who reads it, and where.
    pub names: BTreeMap<String, Vec<(NodeId, Span)>>,
    /// Names of which only parts are known, with `*` for the others.
    patterns: BTreeSet<String>,
}

impl ReadVariables {
    /// Those of `graph`.
    pub fn of(graph: &Graph) -> Self {
        let mut variables = Self::default();
        for link in graph.fragments().iter().flat_map(|fragment| &fragment.links) {
            let Target::Named { scheme, text } = &link.target else { continue };
            if scheme.as_str() != READ_VARIABLE {
                continue;
            }
            if text.contains('*') {
                variables.patterns.insert(text.clone());
            } else {
                variables.names.entry(text.clone()).or_default().push((link.from, link.span));
            }
        }
        variables
    }

    /// Whether some variables are read of whose names nothing is known.
    pub fn are_open(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.trim_matches('*').len() < 2)
    }

    /// Whether some are read by what they begin with.
    pub fn has_prefixes(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.len() > 2 && pattern.ends_with('*'))
    }

    /// What all variables begin with of which `name` is one that a configuration is read from: `SHOP_` of `SHOP_*`.
    pub fn prefix_of(&self, name: &str) -> Option<&str> {
        let prefixes = self.patterns.iter().filter_map(|pattern| pattern.strip_suffix('*'));
        prefixes.into_iter().find(|prefix| prefix.len() > 1 && !prefix.contains('*') && name.starts_with(prefix))
    }

    /// Whether a variable of which parts are known may be `name`.
    pub fn may_have(&self, name: &str) -> bool {
        let known = self.patterns.iter().filter(|pattern| pattern.trim_matches('*').len() > 1);
        known.into_iter().any(|pattern| fits(pattern, name))
    }
}

/// Who reads what, for links.
#[derive(Debug, Default)]
pub(super) struct Readers {
    readers: OnceLock<BTreeMap<String, NodeId>>,
}

impl Readers {
    /// Where `variable` is read.
    pub(super) fn end(&self, graph: &Graph, variable: &str) -> End {
        let readers = self.readers.get_or_init(|| {
            let read = ReadVariables::of(graph).names.into_iter();
            read.filter_map(|(name, readers)| Some((name, readers.first()?.0))).collect()
        });
        readers.get(variable).map_or(End::Nowhere, |id| End::Node { id: *id, anchor: None })
    }
}

#[cfg(test)]
mod tests {
    use super::is_variable_name;

    #[test]
    fn names() {
        let names = [
            ("APP_PORT", true),
            ("PATH", true),
            ("_A", true),
            ("__", false),
            ("App", false),
            ("A", false),
            ("1A", false),
        ];
        for (text, expected) in names {
            assert_eq!(is_variable_name(text), expected, "{text}");
        }
    }
}
