//! Aliases of types -> the types that they stand for.

use super::krate::Definition;
use super::names::{Names, Resolution, segments};
use super::{DefinitionId, Namespace};
use crate::extract::rust::scan::ItemKind;

/// Longer chains of aliases are circles.
const MOST_ALIASES: usize = 16;

impl Names<'_> {
    /// What the alias stands for, when that is no alias itself.
    pub(crate) fn alias_target(&self, alias: &Definition<'_>) -> Option<Resolution> {
        let is_alias =
            |id: DefinitionId| self.definition(id).item.is_some_and(|item| matches!(item.kind, ItemKind::TypeAlias));
        // An alias of an alias is followed by whoever asks; one of itself is not.
        self.named_by(alias).filter(|target| !matches!(target, Resolution::Definition(id) if is_alias(*id)))
    }

    /// What the alias says that it stands for.
    fn named_by(&self, alias: &Definition<'_>) -> Option<Resolution> {
        let signature = &alias.item?.signature;
        let value = value_of(&signature.text)?;
        let path = signature.paths.iter().find(|path| path.start as usize == value)?;
        let path = segments(&signature.text[path.start as usize..path.end as usize]);
        self.resolve(&path, Namespace::Type, alias.within)
    }

    /// The type of this crate that `id` is, through however many aliases.
    pub(crate) fn behind_aliases(&self, id: DefinitionId) -> DefinitionId {
        let mut here = id;
        for _ in 0..MOST_ALIASES {
            let definition = self.definition(here);
            let is_alias = definition.item.is_some_and(|item| matches!(item.kind, ItemKind::TypeAlias));
            match self.named_by(definition).filter(|_| is_alias) {
                Some(Resolution::Definition(next)) => here = next,
                _ => break,
            }
        }
        here
    }
}

/// Where the type begins that an alias stands for: behind the `=` that is not the default of a parameter.
fn value_of(declaration: &str) -> Option<usize> {
    let equals = declaration.match_indices(" = ").map(|(at, _)| at);
    let depth = |at: usize| {
        let before = declaration[..at].replace("->", "");
        before.matches('<').count() == before.matches('>').count()
    };
    equals.into_iter().find(|at| depth(*at)).map(|at| at + 3)
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn what_an_alias_stands_for() {
        let cases = [
            ("pub type A = B", Some("B")),
            ("pub type A<T, R = U1> = B<T, R>", Some("B<T, R>")),
            ("type F<A = fn() -> u8> = C", Some("C")),
            ("type A", None),
        ];
        for (declaration, expected) in cases {
            assert_eq!(value_of(declaration).map(|at| &declaration[at..]), expected, "{declaration}");
        }
    }
}
