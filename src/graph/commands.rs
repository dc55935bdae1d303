//! What commands in documents name, as the text of a link and back.
//!
//! Enters: a name and what kind of thing it names. Leaves: the text by which a [`Target::Named`](super::Target) of the scheme
//! [`COMMAND`] says so.

use std::fmt;

/// The scheme of links from documents that name something by a command: `cargo run --bin shop`, `make test`.
pub const COMMAND: &str = "command";

macro_rules! things {
    ($($variant:ident $name:literal $words:literal;)*) => {
        /// What a command can name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Thing {
            $(#[doc = concat!("Called ", $words, ".")] $variant,)*
        }

        impl Thing {
            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it is called in a sentence.
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }

            fn of_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

things! {
    Alias "cargo-alias" "an alias of Cargo";
    Bench "cargo-bench" "a benchmark";
    Example "cargo-example" "an example";
    Feature "cargo-feature" "a feature";
    Package "cargo-package" "a package";
    Program "cargo-bin" "a program";
    Recipe "just-recipe" "a recipe of just";
    Repository "repository" "a repository";
    Script "npm-script" "a script of npm";
    Target "make-target" "a target of make";
    Test "cargo-test" "a test target";
}

/// Something that a command in a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is. A [`Thing::Repository`] is one that is cloned: what follows on the page may be said of it.
    pub thing: Thing,
    /// Its name; the address of a repository.
    pub name: String,
    /// The package that has it, when that is said of a part of one.
    pub package: Option<String>,
    /// The folder in which the command is run, as it is written, when that is said.
    pub folder: Option<String>,
}

impl Named {
    /// What the text of a link says.
    pub fn read(text: &str) -> Option<Self> {
        let (thing, rest) = text.split_once(' ')?;
        let (name, folder) = match rest.split_once(" in ") {
            Some((name, folder)) => (name, Some(folder.to_owned())),
            None => (rest, None),
        };
        let (name, package) = match name.split_once(" of ") {
            Some((name, package)) => (name, Some(package.to_owned())),
            None => (name, None),
        };
        Some(Self { thing: Thing::of_name(thing)?, name: name.to_owned(), package, folder })
    }
}

impl fmt::Display for Named {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.thing.name(), self.name)?;
        if let Some(package) = &self.package {
            write!(formatter, " of {package}")?;
        }
        match &self.folder {
            Some(folder) => write!(formatter, " in {folder}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, Thing};

    #[test]
    fn texts_and_back() {
        let text = "cargo-test orders of shop in a/b c";
        let named = Named {
            thing: Thing::Test,
            name: "orders".to_owned(),
            package: Some("shop".to_owned()),
            folder: Some("a/b c".to_owned()),
        };
        assert_eq!((named.to_string().as_str(), Named::read(text)), (text, Some(named)));
        assert_eq!(Named::read("cargo-bin shop").map(|named| named.to_string()).as_deref(), Some("cargo-bin shop"));
        assert_eq!(Named::read("shop"), None);
    }
}
