//! The names of owners, as the files of forges and catalogs write them -> who they are.

use crate::graph::NodeId;

/// Somebody who owns things.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    /// `team` or `user`.
    pub(super) scheme: &'static str,
    /// The name behind the colon of its id.
    pub(super) name: String,
    /// As it is addressed on the forge: `@shop/payments`, `someone@example.com`; empty when only a catalog names it.
    pub(super) handle: String,
}

impl Owner {
    /// What it is called in the graph.
    pub(super) fn id(&self) -> NodeId {
        NodeId::new(self.scheme, &self.name)
    }

    /// What readers see when nothing else is known.
    pub(super) fn title(&self) -> &str {
        let handle = self.handle.trim_start_matches('@');
        match self.scheme {
            _ if handle.is_empty() => &self.name,
            "team" => handle.rsplit('/').next().unwrap_or(handle),
            _ => handle,
        }
    }
}

/// Who a word of a CODEOWNERS file is: `@user`, `@organisation/team`, `@group/subgroup`, or an address. `None` when it is none of
/// these.
pub(super) fn of_code_owner(word: &str) -> Option<Owner> {
    let handle = word.to_owned();
    if let Some(name) = word.strip_prefix('@') {
        let is_word = |part: &str| {
            !part.is_empty() && part.chars().all(|character| character.is_alphanumeric() || "-_.".contains(character))
        };
        if !name.split('/').all(is_word) {
            return None;
        }
        return Some(match name.rsplit_once('/') {
            Some((_, team)) => Owner { scheme: "team", name: team.to_lowercase(), handle },
            None => Owner { scheme: "user", name: name.to_lowercase(), handle },
        });
    }
    let (local, domain) = word.split_once('@')?;
    let is_address = !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.starts_with('.');
    is_address.then(|| Owner { scheme: "user", name: word.to_lowercase(), handle })
}

/// A reference to an entity of a catalog: `[kind:][namespace/]name`, of which the parts that are left out are `kind` and `default`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntityName {
    /// In lower case: `component`, `group`.
    pub(super) kind: String,
    /// With its namespace unless that is `default`.
    pub(super) name: String,
}

/// The entity that `text` refers to, of `kind` unless it says another.
pub(super) fn entity(text: &str, kind: &str) -> Option<EntityName> {
    let text = text.trim().to_lowercase();
    let (kind, rest) = match text.split_once(':') {
        Some((kind, rest)) => (kind.to_owned(), rest),
        None => (kind.to_owned(), text.as_str()),
    };
    let name = rest.strip_prefix("default/").unwrap_or(rest);
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains("${{");
    is_name.then(|| EntityName { kind, name: name.to_owned() })
}

impl EntityName {
    /// What the entity is called in the graph; `None` for kinds that are no part of it.
    pub(super) fn id(&self) -> Option<NodeId> {
        let scheme = match self.kind.as_str() {
            "group" => "team",
            "api" => "catalog-api",
            known @ ("user" | "component" | "system" | "domain" | "resource") => known,
            _ => return None,
        };
        Some(NodeId::new(scheme, &self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::{entity, of_code_owner};

    #[test]
    fn code_owners() {
        let cases = [
            ("@shop/payments", Some("team:payments")),
            ("@group/sub/Team.One", Some("team:team.one")),
            ("@Alice", Some("user:alice")),
            ("bob@example.com", Some("user:bob@example.com")),
            ("@@maintainer", None),
            ("@", None),
            ("@a/", None),
            ("payments", None),
            ("bob@", None),
        ];
        for (word, expected) in cases {
            let found = of_code_owner(word).map(|owner| owner.id().to_string());
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn entities() {
        let cases = [
            ("payments", "group", Some("team:payments")),
            ("user:default/Bob", "group", Some("user:bob")),
            ("group:eu/payments", "group", Some("team:eu/payments")),
            ("orders", "api", Some("catalog-api:orders")),
            ("location:x", "api", None),
            ("${{ values.owner }}", "group", None),
            ("", "group", None),
        ];
        for (text, kind, expected) in cases {
            let found = entity(text, kind).and_then(|found| found.id()).map(|id| id.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
