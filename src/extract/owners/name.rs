//! The names of owners, as the files of forges and catalogs write them -> who they are.

use super::pattern::Forge;
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
    pub(super) fn title(&self) -> String {
        let written = self.handle.trim_start_matches('@');
        match self.scheme {
            _ if self.handle.is_empty() => self.name.clone(),
            _ if self.handle == "@@developer" => "Developers".to_owned(),
            _ if self.handle == "@@maintainer" => "Maintainers".to_owned(),
            _ if self.handle == "@@owner" => "Owners".to_owned(),
            "team" => {
                // As many parts as its name has.
                let (count, all) = (self.name.split('/').count(), written.split('/').count());
                written.split('/').skip(all.saturating_sub(count)).collect::<Vec<_>>().join("/")
            }
            _ => written.to_owned(),
        }
    }
}

/// The members of a project on GitLab who may be owners together: `@@maintainers`.
const ROLES: [&str; 3] = ["developer", "maintainer", "owner"];

/// Who a word of a CODEOWNERS file is: `@user`, `@organisation/team`, `@group/subgroup`, an address, or a role on GitLab. `None` when
/// it is none of these.
pub(super) fn of_code_owner(word: &str, forge: Forge) -> Option<Owner> {
    if let Some(role) = word.strip_prefix("@@").filter(|_| forge == Forge::GitLab) {
        let role = role.to_lowercase();
        let role = ROLES.iter().find(|known| **known == role.strip_suffix('s').unwrap_or(&role))?;
        let handle = format!("@@{role}");
        return Some(Owner { scheme: "team", name: handle.clone(), handle });
    }
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
    is_address(word, forge).then(|| Owner { scheme: "user", name: word.to_lowercase(), handle })
}

/// Whether `word` is the address of somebody; GitLab takes those of a host without a domain, too.
fn is_address(word: &str, forge: Forge) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| {
        let has_domain = domain.contains('.') || forge == Forge::GitLab && !domain.is_empty();
        !local.is_empty() && has_domain && !domain.contains('@') && !domain.starts_with('.')
    })
}

/// A reference to an entity of a catalog: `[kind:][namespace/]name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntityName {
    /// In lower case: `component`, `group`.
    pub(super) kind: String,
    /// With its namespace unless that is `default`.
    pub(super) name: String,
}

/// The entity that `text` refers to, of `kind` and in `namespace` unless it says another.
pub(super) fn entity(text: &str, kind: &str, namespace: &str) -> Option<EntityName> {
    let text = text.trim().to_lowercase();
    let (kind, rest) = match text.split_once(':') {
        Some((kind, rest)) => (kind.to_owned(), rest),
        // An address is a person, whoever is looked for.
        None if kind == "group" && is_address(&text, Forge::GitHub) => ("user".to_owned(), text.as_str()),
        None => (kind.to_owned(), text.as_str()),
    };
    let name = match rest.split_once('/') {
        Some(("default", name)) => name.to_owned(),
        None if namespace != "default" && !rest.is_empty() => format!("{}/{rest}", namespace.to_lowercase()),
        _ => rest.to_owned(),
    };
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains("${{");
    is_name.then_some(EntityName { kind, name })
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

    /// Whether it is somebody: nothing else owns anything.
    pub(super) fn is_owner(&self) -> bool {
        matches!(self.kind.as_str(), "group" | "user")
    }
}

#[cfg(test)]
mod tests {
    use super::{Forge, entity, of_code_owner};

    #[test]
    fn code_owners() {
        let (github, gitlab) = (Forge::GitHub, Forge::GitLab);
        let cases = [
            (github, "@shop/payments", Some("team:payments payments")),
            (github, "@group/sub/Team.One", Some("team:team.one Team.One")),
            (github, "@Alice", Some("user:alice Alice")),
            (github, "bob@example.com", Some("user:bob@example.com bob@example.com")),
            (github, "@@maintainer", None),
            (gitlab, "@@maintainer", Some("team:@@maintainer Maintainers")),
            (gitlab, "@@Owners", Some("team:@@owner Owners")),
            (gitlab, "@@reporter", None),
            (github, "@", None),
            (github, "@a/", None),
            (github, "payments", None),
            (github, "bob@", None),
            (gitlab, "bob@", None),
            (github, "bob@host", None),
            (gitlab, "bob@host", Some("user:bob@host bob@host")),
        ];
        for (forge, word, expected) in cases {
            let found = of_code_owner(word, forge).map(|owner| format!("{} {}", owner.id(), owner.title()));
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn entities() {
        let cases = [
            ("payments", "group", "default", Some("team:payments")),
            ("user:default/Bob", "group", "default", Some("user:bob")),
            ("group:eu/payments", "group", "default", Some("team:eu/payments")),
            ("payments", "group", "EU", Some("team:eu/payments")),
            ("user:default/bob", "group", "eu", Some("user:bob")),
            ("orders", "api", "default", Some("catalog-api:orders")),
            ("bob@example.com", "group", "default", Some("user:bob@example.com")),
            ("location:x", "api", "default", None),
            ("${{ values.owner }}", "group", "default", None),
            ("", "group", "eu", None),
        ];
        for (text, kind, namespace, expected) in cases {
            let found = entity(text, kind, namespace).and_then(|found| found.id()).map(|id| id.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
