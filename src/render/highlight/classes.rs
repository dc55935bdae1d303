//! Scopes, as a grammar opens and closes them -> the class of the words within.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::Scope;

/// What a scope means to a reader, most particular first; nothing where words keep their colour. Scopes are those of Sublime
/// Text's naming guide: <https://www.sublimetext.com/docs/scope_naming.html>.
const CLASSES: &[(&str, Option<&str>)] = &[
    ("comment", Some("c")),
    ("constant.character.escape", Some("x")),
    ("string", Some("s")),
    ("constant", Some("n")),
    ("keyword.operator.word", Some("k")),
    ("keyword.operator", None),
    ("keyword", Some("k")),
    ("storage", Some("k")),
    ("variable.language", Some("k")),
    ("variable.function", Some("f")),
    ("entity.name.function", Some("f")),
    ("entity.name.macro", Some("f")),
    ("support.function", Some("f")),
    ("support.macro", Some("f")),
    ("entity.name.tag", Some("t")),
    ("entity.name", Some("y")),
    ("support.type.property-name", Some("t")),
    ("support", Some("y")),
    ("entity.other.inherited-class", Some("y")),
    ("entity.other.attribute-name", Some("t")),
    ("markup.inserted", Some("i")),
    ("markup.deleted", Some("d")),
    ("markup.heading", Some("y")),
    ("meta.diff.header", Some("c")),
    ("meta.annotation", Some("x")),
];

/// Strings in this scope are names: the keys of JSON.
const KEY: &str = "meta.mapping.key";

/// The scopes that are open, by what they mean.
#[derive(Default)]
pub(super) struct Classes(Vec<Meaning>);

/// What a scope means, with those around it.
#[derive(Clone, Copy, Default)]
struct Meaning {
    class: Option<&'static str>,
    is_key: bool,
}

impl Classes {
    /// A scope begins.
    pub(super) fn push(&mut self, scope: Scope) {
        let around = self.0.last().copied().unwrap_or_default();
        let own = meaning(scope);
        let class = own.class.unwrap_or(around.class);
        self.0.push(Meaning { class, is_key: around.is_key || own.is_key });
    }

    /// The innermost scope ends.
    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// The class of what comes next: that of the innermost scope that has one.
    pub(super) fn current(&self) -> Option<&'static str> {
        let Meaning { class, is_key } = self.0.last().copied().unwrap_or_default();
        if is_key && class == Some("s") { Some("t") } else { class }
    }
}

/// What a scope means by itself.
#[derive(Clone, Copy)]
struct OwnMeaning {
    /// `None` when the scopes around it decide.
    class: Option<Option<&'static str>>,
    is_key: bool,
}

fn meaning(scope: Scope) -> OwnMeaning {
    thread_local! {
        // There are some thousands of scopes in all grammars.
        static KNOWN: RefCell<HashMap<Scope, OwnMeaning>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| *known.entry(scope).or_insert_with(|| work_out(scope)))
}

fn work_out(scope: Scope) -> OwnMeaning {
    static CLASS_OF: OnceLock<Vec<(Scope, Option<&'static str>)>> = OnceLock::new();
    static KEY_SCOPE: OnceLock<Option<Scope>> = OnceLock::new();
    let named = |name: &str| Scope::new(name).ok();
    let class_of =
        CLASS_OF.get_or_init(|| CLASSES.iter().filter_map(|(name, class)| Some((named(name)?, *class))).collect());
    let key = KEY_SCOPE.get_or_init(|| named(KEY));
    OwnMeaning {
        class: class_of.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class),
        is_key: key.is_some_and(|key| key.is_prefix_of(scope)),
    }
}
