//! Conditions of compilation.

use std::collections::BTreeSet;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitStr, Token, parenthesized};

/// What is known of the circumstances under which documentation is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// Flags that are given to the compiler: `--cfg tokio_unstable`.
    pub(crate) flags: BTreeSet<String>,
    /// Flags that certainly are not given.
    pub(crate) denied: BTreeSet<String>,
    /// Whether these are all flags: no build script sets others.
    pub(crate) is_closed: bool,
    /// The features that are on.
    pub(crate) features: Features,
}

/// Which features of a package are on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Features {
    /// Nobody knows yet.
    #[default]
    Unknown,
    All,
    Only(BTreeSet<String>),
}

impl Features {
    /// Whether that one is on; `None` while nobody knows.
    fn has(&self, name: &str) -> Option<bool> {
        match self {
            Features::Unknown => None,
            Features::All => Some(true),
            Features::Only(names) => Some(names.contains(name)),
        }
    }
}

/// A condition as `#[cfg(…)]` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cfg {
    All(Vec<Cfg>),
    Any(Vec<Cfg>),
    Not(Box<Cfg>),
    /// `test`.
    Flag(String),
    /// `feature = "rt"`.
    Value(String, String),
    /// Something that this does not know.
    Unknown,
}

impl Cfg {
    /// Whether it is about tests.
    pub(crate) fn is_of_tests(&self) -> bool {
        match self {
            Cfg::All(parts) => parts.iter().any(Cfg::is_of_tests),
            Cfg::Any(parts) => !parts.is_empty() && parts.iter().all(Cfg::is_of_tests),
            Cfg::Flag(name) => name == "test",
            Cfg::Not(_) | Cfg::Value(..) | Cfg::Unknown => false,
        }
    }

    /// Whether it holds where documentation is made: on 64-bit Linux, for rustdoc and not for a test. `None` when that
    /// depends on features that are not known, or on flags that a build script or a person may set.
    pub(crate) fn holds(&self, environment: &Environment) -> Option<bool> {
        match self {
            Cfg::All(all) => {
                let parts: Vec<_> = all.iter().map(|part| part.holds(environment)).collect();
                if parts.contains(&Some(false)) {
                    Some(false)
                } else {
                    parts.iter().all(Option::is_some).then_some(true)
                }
            }
            Cfg::Any(any) => {
                let parts: Vec<_> = any.iter().map(|part| part.holds(environment)).collect();
                if parts.contains(&Some(true)) {
                    Some(true)
                } else {
                    parts.iter().all(Option::is_some).then_some(false)
                }
            }
            Cfg::Not(condition) => condition.holds(environment).map(|holds| !holds),
            Cfg::Flag(name) => match name.as_str() {
                "doc" | "docsrs" | "unix" | "debug_assertions" => Some(true),
                "test" | "doctest" | "windows" | "loom" | "miri" | "kani" | "fuzzing" | "coverage"
                | "coverage_nightly" => Some(false),
                flag if environment.flags.contains(flag) => Some(true),
                flag if environment.denied.contains(flag) => Some(false),
                _ => environment.is_closed.then_some(false),
            },
            Cfg::Value(name, value) => match (name.as_str(), value.as_str()) {
                ("feature", name) => environment.features.has(name),
                ("panic", "unwind") => Some(true),
                ("target_os", os) => Some(os == "linux"),
                ("target_family", family) => Some(family == "unix"),
                ("target_arch", architecture) => Some(architecture == "x86_64"),
                ("target_pointer_width", width) => Some(width == "64"),
                ("target_env", environment) => Some(environment == "gnu"),
                ("target_endian", endian) => Some(endian == "little"),
                ("target_vendor", vendor) => Some(vendor == "unknown"),
                ("target_has_atomic", _) => Some(true),
                _ => None,
            },
            Cfg::Unknown => None,
        }
    }
}

/// Flags about how documentation and tests are made, not about what a user may use.
const OF_TOOLS: [&str; 10] =
    ["coverage", "coverage_nightly", "debug_assertions", "doc", "docsrs", "doctest", "fuzzing", "kani", "loom", "miri"];

impl Cfg {
    /// What a user must do or have for it to hold, in words: `feature rt`, `Unix and not feature std`. `None` when it
    /// asks for nothing.
    pub(crate) fn words(&self) -> Option<String> {
        match self {
            Cfg::All(parts) => joined(parts, " and "),
            // Documentation shows what it would show anyway.
            Cfg::Any(parts) if parts.iter().any(|part| part.words().is_none() && !part.is_of_tools()) => None,
            Cfg::Any(parts) => joined(parts, " or "),
            Cfg::Not(inner) => match &**inner {
                Cfg::All(parts) | Cfg::Any(parts) if parts.len() > 1 => Some(format!("not ({})", inner.words()?)),
                inner => inner.words().map(|words| format!("not {words}")),
            },
            Cfg::Flag(name) if OF_TOOLS.contains(&name.as_str()) || name == "test" => None,
            Cfg::Flag(name) => Some(system(name).unwrap_or(name).to_owned()),
            Cfg::Value(name, value) => match (name.as_str(), system(value)) {
                ("target_os" | "target_family" | "target_arch", Some(system)) => Some(system.to_owned()),
                _ => Some(format!("{name} {value}")),
            },
            Cfg::Unknown => None,
        }
    }

    fn is_of_tools(&self) -> bool {
        matches!(self, Cfg::Flag(name) if OF_TOOLS.contains(&name.as_str()) || name == "test")
    }
}

/// What the parts ask for, those in brackets that are joined by another word.
fn joined(parts: &[Cfg], word: &str) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    for part in parts {
        let is_list = matches!(part, Cfg::All(inner) | Cfg::Any(inner) if inner.len() > 1);
        let words = part.words().map(|words| if is_list && parts.len() > 1 { format!("({words})") } else { words });
        told.extend(words.filter(|words| !told.contains(words)));
    }
    (!told.is_empty()).then(|| told.join(word))
}

/// The name of a system as people write it.
fn system(name: &str) -> Option<&'static str> {
    Some(match name {
        "android" => "Android",
        "freebsd" => "FreeBSD",
        "ios" => "iOS",
        "linux" => "Linux",
        "macos" => "macOS",
        "netbsd" => "NetBSD",
        "openbsd" => "OpenBSD",
        "unix" => "Unix",
        "wasi" => "WASI",
        "wasm32" => "WebAssembly",
        "windows" => "Windows",
        _ => return None,
    })
}

impl Parse for Cfg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) || input.peek(syn::LitBool) {
            let literal: syn::Lit = input.parse()?;
            return Ok(match literal {
                syn::Lit::Bool(truth) if truth.value => Cfg::All(Vec::new()),
                syn::Lit::Bool(_) => Cfg::Any(Vec::new()),
                _ => Cfg::Unknown,
            });
        }
        let name = syn::Path::parse_mod_style(input)?;
        let name = name.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            let parts = Punctuated::<Cfg, Token![,]>::parse_terminated(&content)?;
            let mut parts: Vec<Cfg> = parts.into_iter().collect();
            return Ok(match name.as_str() {
                "all" => Cfg::All(parts),
                "any" => Cfg::Any(parts),
                "not" if parts.len() == 1 => parts.pop().map_or(Cfg::Unknown, |part| Cfg::Not(Box::new(part))),
                _ => Cfg::Unknown,
            });
        }
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let value: syn::Lit = input.parse()?;
            return Ok(match value {
                syn::Lit::Str(value) => Cfg::Value(name, value.value()),
                _ => Cfg::Unknown,
            });
        }
        Ok(Cfg::Flag(name))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Cfg, Environment, Features};

    #[test]
    fn conditions() {
        let features = Features::Only(["x".to_owned()].into());
        let environment =
            Environment { flags: ["given".to_owned()].into(), is_closed: false, features, ..Environment::default() };
        let cases = [
            ("test", Some(false)),
            ("given", Some(true)),
            ("feature = \"y\"", Some(false)),
            ("not(test)", Some(true)),
            ("all(unix, feature = \"x\")", Some(true)),
            ("all(some_flag, test)", Some(false)),
            ("all(test, some_flag)", Some(false)),
            ("all(some_flag, unix)", None),
            ("any(some_flag, doc)", Some(true)),
            ("any(some_flag, windows)", None),
            ("any(target_os = \"macos\", windows)", Some(false)),
            ("not(any(some_flag, test))", None),
            ("all()", Some(true)),
            ("any()", Some(false)),
            ("version(\"1.2\")", None),
            ("true", Some(true)),
        ];
        for (text, expected) in cases {
            assert_eq!(syn::parse_str::<Cfg>(text).unwrap().holds(&environment), expected, "{text}");
        }
        assert_eq!(Cfg::Value("feature".to_owned(), "x".to_owned()).holds(&Environment::default()), None);
        let of_tests =
            [("test", true), ("all(test, unix)", true), ("any(test, feature = \"x\")", false), ("any()", false)];
        for (text, expected) in of_tests {
            assert_eq!(syn::parse_str::<Cfg>(text).unwrap().is_of_tests(), expected, "{text}");
        }
        let words = [
            ("feature = \"rt\"", Some("feature rt")),
            ("all(unix, feature = \"a\", not(test))", Some("Unix and feature a")),
            ("any(doc, windows)", Some("Windows")),
            ("any(feature = \"a\", all(target_os = \"linux\", b))", Some("feature a or (Linux and b)")),
            ("not(any(feature = \"a\", feature = \"b\"))", Some("not (feature a or feature b)")),
            ("docsrs", None),
            ("not(loom)", None),
            ("all()", None),
        ];
        for (text, expected) in words {
            assert_eq!(syn::parse_str::<Cfg>(text).unwrap().words().as_deref(), expected, "{text}");
        }
        let closed = Environment { is_closed: true, ..environment };
        assert_eq!(Cfg::Flag("some_flag".to_owned()).holds(&closed), Some(false));
    }
}
