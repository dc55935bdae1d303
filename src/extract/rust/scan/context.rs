//! What a file means by what it cannot say itself: the circumstances and the macros of its crate.

use std::ops::Range;
use std::sync::Arc;

use super::item::{Item, ItemKind, MacroKind};
use super::{Environment, Scan};
use crate::source::{Interned, NameMap, RepoPath, SourceFile};

/// What reading a file of a crate may depend on.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) macros: &'a Macros,
    /// The file that is read.
    pub(crate) file: RepoPath,
    /// Whether pages show what is private too, as those of programs do.
    pub(crate) shows_all: bool,
}

/// The macros by example of a crate.
#[derive(Debug, Default)]
pub(crate) struct Macros {
    by_name: NameMap<Interned, Vec<KnownMacro>>,
}

/// A macro whose rules are known.
#[derive(Debug)]
pub(crate) struct KnownMacro {
    pub(crate) file: Arc<SourceFile>,
    /// Where its rules stand in it.
    pub(crate) rules: Range<usize>,
}

impl Macros {
    /// Those that `scans` define, each with its file, in their order. Those that only pass items on are not among them:
    /// what they are given says more than what they make.
    pub(crate) fn of<'s>(
        scans: impl Iterator<Item = (&'s Arc<SourceFile>, &'s Arc<Scan>)>,
        environment: &Environment,
    ) -> Self {
        let mut macros = Self::default();
        for (file, scan) in scans {
            macros.collect(file, &scan.items, environment);
        }
        macros
    }

    /// Calls itself for the modules in a file, as deep as items are read.
    fn collect(&mut self, file: &Arc<SourceFile>, items: &[Item], environment: &Environment) {
        for item in items.iter().filter(|item| item.attributes.is_present(environment)) {
            match &item.kind {
                ItemKind::Macro(MacroKind::ByExample { gives: None, rules }) if !rules.is_empty() => {
                    let rules = rules.start as usize..rules.end as usize;
                    self.by_name.entry(item.name).or_default().push(KnownMacro { file: Arc::clone(file), rules });
                }
                ItemKind::Module { .. } | ItemKind::MacroCall(_) => self.collect(file, &item.children, environment),
                _ => {}
            }
        }
    }

    /// The macro of that name that a call in `file` means: one of the file itself, or else the first of the crate.
    pub(crate) fn find(&self, name: Interned, file: RepoPath) -> Option<&KnownMacro> {
        let known = self.by_name.get(&name)?;
        known.iter().find(|known| known.file.path() == file).or_else(|| known.first())
    }

    /// Whether one of `items` calls one of these.
    pub(crate) fn are_called(&self, items: &[Item]) -> bool {
        let calls = |item: &Item| {
            matches!(item.kind, ItemKind::MacroCall(_)) && self.by_name.contains_key(&item.name)
                || self.are_called(&item.children)
        };
        !self.by_name.is_empty() && items.iter().any(calls)
    }
}
