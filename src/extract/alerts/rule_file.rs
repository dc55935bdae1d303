//! Which files hold rules, and what their rules are called across the repository.
//!
//! A rule is called by its name alone where one file has it. Where several have, each is called by its file as well:
//! the last parts of the file's path that tell it from every other rule file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use regex::Regex;

use super::read::rules_of;
use crate::config::ExtractorOptions;
use crate::discover::{Outset, SourceTree};
use crate::extract::Input;
use crate::extract::wording::{qualifiers, regex};
use crate::source::{Note, RepoPath, SourceFile, stored};

/// What the tree tells about one rule file.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// Its name among the rule files: `api.rules`, `shop/api.rules`.
    pub(super) qualifier: String,
    /// The names of rules that other files have, too.
    pub(super) shared: BTreeSet<String>,
}

/// The endings of rule files, and of templates for them.
const ENDINGS: &[&str] = &[
    "yaml",
    "yml",
    "rules",
    "rule",
    "json",
    "jsonnet",
    "libsonnet",
    "tpl",
    "tmpl",
    "gotmpl",
    "j2",
    "jinja2",
    "jinja",
    "erb",
    "template",
];

/// Whether a file of JSON begins as one with rules does.
#[derive(PartialEq)]
struct Start {
    may_be_of_rules: bool,
}

impl Outset for Start {
    const LENGTH: usize = 4 * 1024;

    fn of(head: &str) -> Self {
        let keys = ["\"groups\"", "\"rules\"", "\"alert\"", "\"record\"", "PrometheusRule"];
        Self { may_be_of_rules: keys.iter().any(|key| head.contains(key)) }
    }
}

/// The rule files of `tree`, by path: those with rules in them, whatever their names.
pub(super) fn find_rule_files(tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
    // A page that is made by a program may show a rule.
    let is_page = |path: RepoPath| [".md.", ".html."].iter().any(|inner| path.file_name().contains(inner));
    let may_hold = |path: RepoPath| {
        path.extension() != "json" || tree.of_head::<Start>(path).is_some_and(|start| start.may_be_of_rules)
    };
    let fits = |path: RepoPath| path.has_extension(ENDINGS) && !is_page(path) && may_hold(path);
    let paths: Vec<RepoPath> = tree.files().filter(|path| options.admits(*path, || fits(*path))).collect();
    let files = tree.sources(&paths);
    let outlook = |file: Arc<SourceFile>| {
        let outlook = file.noted::<Outlook>();
        outlook.holds_rules.then_some((file, outlook))
    };
    let files: Vec<(Arc<SourceFile>, Arc<Outlook>)> = files.into_par_iter().filter_map(outlook).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for name in files.iter().flat_map(|(_, outlook)| &outlook.names) {
        *count.entry(name).or_default() += 1;
    }
    let qualifiers = qualifiers(&files.iter().map(|(file, _)| file.path()).collect::<Vec<_>>());
    let inputs = files.iter().zip(qualifiers).map(|((file, outlook), qualifier)| {
        let is_shared = |name: &&String| count.get(name.as_str()).is_some_and(|&count| count > 1);
        let shared = outlook.names.iter().filter(is_shared).cloned().collect();
        Input {
            files: vec![Arc::clone(file)],
            reason: "with alerting or recording rules",
            about: About { qualifier, shared },
        }
    });
    inputs.collect()
}

/// What a file tells before anybody wants its rules.
#[derive(Default, PartialEq)]
struct Outlook {
    holds_rules: bool,
    /// The names of its rules.
    names: BTreeSet<String>,
}

stored! { struct Outlook { holds_rules, names } }

impl Note for Outlook {
    const NAME: &'static str = "outlook of a rule file";

    fn of(file: &SourceFile) -> Self {
        if !may_hold_rules(file.text()) {
            return Self::default();
        }
        let read = rules_of(file);
        let names = read.rules.iter().filter(|rule| rule.is_named()).map(|rule| rule.name.clone()).collect();
        // A file that reads like one and cannot be read is one all the same: somebody has to be told.
        Self { holds_rules: !read.rules.is_empty() || !read.found.is_empty() && has_groups(file.text()), names }
    }
}

/// Whether `text` has the keys of rules, judged without parsing it.
fn may_hold_rules(text: &str) -> bool {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"(?m)(?:^|[\s{,-])["']?(?:alert|record|condition)["']?\s*:+[ \t]*\S"#));
    static EXPR: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?m)(?:^|[\s{,-])["']?expr["']?\s*:"#));
    let mentions = ["alert", "record", "condition"].iter().any(|word| text.contains(word));
    mentions && text.contains("expr") && NAME.is_match(text) && EXPR.is_match(text)
}

fn has_groups(text: &str) -> bool {
    static GROUPS: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?m)^[\s{]*(?:-\s+)*["']?groups["']?\s*:"#));
    GROUPS.is_match(text)
}
