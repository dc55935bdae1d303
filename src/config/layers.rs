//! Three places that set keys, each over the one before: the file, the environment, the command line.

use std::ffi::OsString;
use std::path::Path;

use super::key::{Given, KEYS, Key, Kind};
use super::{FILE_NAME, Project, overrides};
use crate::data::{Data, Value, read_toml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean, nearest};
use crate::source::{SourceFile, Span};

/// The names that stand for the placeholders of keys.
pub(super) struct Names<'a> {
    /// Of the extractors, for `<name>`.
    pub(super) extractors: &'a [&'a str],
}

/// Gives what `file` sets to `project`.
pub(super) fn read_file(file: &SourceFile, names: &Names<'_>, project: &mut Project) -> Diagnostics {
    let (value, mut diagnostics) = read_toml(file, 0..file.text().len());
    for diagnostic in &mut diagnostics {
        diagnostic.code = Code::InvalidConfiguration;
        diagnostic.level = Code::InvalidConfiguration.default_level();
    }
    if let Some(value) = value {
        read_table(&value, "", names, project, &mut diagnostics);
    }
    diagnostics
}

/// Reads the table named `prefix` (with its final dot). Tables lie no deeper than the names of keys do.
fn read_table(table: &Value, prefix: &str, names: &Names<'_>, project: &mut Project, diagnostics: &mut Diagnostics) {
    for entry in table.entries() {
        let path = format!("{prefix}{}", entry.key);
        let mut report = |message: String, span: Span, hint: String| {
            diagnostics.push(Diagnostic::new(Code::InvalidConfiguration, message, span).hint(hint));
        };
        if let Some((Key { kind: Kind::Overrides, .. }, _)) = find(&path, names) {
            project.rules.overrides = overrides::read(&entry.value, diagnostics);
        } else if let Some((key, name)) = find(&path, names) {
            let root = project.root.clone();
            if let Err(refusal) = key.set(project, name, &given(&entry.value), &root) {
                let item = refusal.item.and_then(|index| entry.value.items().get(index));
                let span = item.map_or(entry.value.span, |item| item.span);
                report(format!("`{path}`: {}", refusal.message), span, String::new());
            }
        } else if is_table(&path, names) {
            if matches!(entry.value.data, Data::Map(_)) {
                read_table(&entry.value, &format!("{path}."), names, project, diagnostics);
            } else {
                report(
                    format!("`{path}` is a table"),
                    entry.value.span,
                    format!("write `[{path}]` on a line of its own"),
                );
            }
        } else {
            let (message, hint) = unknown(&entry.key, prefix, names);
            report(message, entry.key_span, hint);
        }
    }
}

/// Gives what `variables` set to `project`: `LIVEDOC_SITE_BASE_URL` is `site.base-url`. Variables that begin with no
/// table's name are somebody else's.
pub(super) fn read_variables(
    variables: &[(String, OsString)],
    base: &Path,
    names: &Names<'_>,
    project: &mut Project,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let known: Vec<(String, String)> = all(names).into_iter().map(|path| (variable(&path), path)).collect();
    for (variable, text) in variables {
        let found = known.iter().find(|(known, _)| known == variable);
        let refused = match found.and_then(|(_, path)| find(path, names)) {
            Some((key, name)) => match text.to_str() {
                Some(text) => key.set_text(project, name, text, base).err(),
                None => Some("its value is not UTF-8".to_owned()),
            },
            None if is_ours(variable) => Some("no key is called so".to_owned()),
            None => continue,
        };
        if let Some(refused) = refused {
            let near =
                if found.is_some() { None } else { nearest(variable, known.iter().map(|(known, _)| known.as_str())) };
            let message = format!("the variable `{variable}`: {refused}");
            let hint = did_you_mean(near.as_slice());
            diagnostics.push(Diagnostic::without_place(Code::InvalidConfiguration, message).hint(hint));
        }
    }
    diagnostics
}

/// Gives what the command line sets to `project`: keys, each with the flag that stands for it and its text.
pub(super) fn read_flags(flags: &[Flag], base: &Path, project: &mut Project) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for Flag { key: path, flag, text } in flags {
        let Some(key) = KEYS.iter().find(|key| key.name == *path) else { continue };
        if let Err(refused) = key.set_text(project, "", text, base) {
            let message = format!("the flag `{flag}`: {refused}");
            diagnostics.push(Diagnostic::without_place(Code::InvalidConfiguration, message));
        }
    }
    diagnostics
}

/// A key that the command line sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The key's name, which has no placeholder.
    pub key: &'static str,
    /// The flag, as the user wrote it: `--base-url`.
    pub flag: &'static str,
    /// Its value.
    pub text: String,
}

impl Key {
    /// Takes a value that was given as plain text: lists with commas between their values.
    fn set_text(&self, project: &mut Project, name: &str, text: &str, base: &Path) -> Result<(), String> {
        let given = match self.kind {
            Kind::Text(_) | Kind::Level => Given::Text(text),
            Kind::Flag(_) | Kind::ExtractorFlag(_) => match text {
                "true" | "1" | "yes" | "on" => Given::Flag(true),
                "false" | "0" | "no" | "off" => Given::Flag(false),
                other => Given::Text(other),
            },
            Kind::Overrides => return Err(format!("only {FILE_NAME} can hold it")),
            Kind::Port(_) | Kind::Days(_) => text.trim().parse().map_or(Given::Text(text), Given::Number),
            Kind::Patterns(_) | Kind::ExtractorPatterns(_) | Kind::Names(_) | Kind::Paths(_) => {
                Given::List(split_list(text).into_iter().map(Given::Text).collect())
            }
            Kind::PathsByName(_) => {
                let pairs = split_list(text).into_iter().map(|item| item.rsplit_once('='));
                let pairs = pairs.map(|pair| pair.map(|(name, path)| (name.trim(), Given::Text(path.trim()))));
                let pairs: Option<Vec<_>> = pairs.collect();
                Given::Table(pairs.ok_or_else(|| "`name=path` is needed, with commas between them".to_owned())?)
            }
        };
        self.set(project, name, &given, base).map_err(|refusal| refusal.message)
    }
}

/// The values in a text with commas between them, apart from commas in braces, which belong to a glob.
fn split_list(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let values = text.split(|character| {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    });
    values.map(str::trim).filter(|value| !value.is_empty()).collect()
}

/// The key that `path` names, and what stands for its placeholder.
fn find<'a>(path: &'a str, names: &Names<'_>) -> Option<(&'static Key, &'a str)> {
    KEYS.iter().find_map(|key| {
        let Some((before, after)) = key.name.split_once('<') else { return (key.name == path).then_some((key, "")) };
        let (placeholder, after) = after.split_once('>')?;
        let name = path.strip_prefix(before)?.strip_suffix(after)?;
        placeholder_names(placeholder, names).contains(&name).then_some((key, name))
    })
}

/// Whether keys lie below `path`.
fn is_table(path: &str, names: &Names<'_>) -> bool {
    all(names).iter().any(|key| key.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// Whether a variable begins as those of keys do.
fn is_ours(variable: &str) -> bool {
    let tables = KEYS.iter().filter_map(|key| key.name.split_once('.')).map(|(table, _)| table);
    tables.into_iter().any(|table| variable.starts_with(&format!("{}_", self::variable(table))))
}

/// The name of the environment variable for the key at `path`.
pub(super) fn variable(path: &str) -> String {
    format!("LIVEDOC_{}", path.to_ascii_uppercase().replace(['.', '-'], "_"))
}

/// Every key there is, with names for its placeholders.
fn all(names: &Names<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for key in KEYS {
        match key.name.split_once('<').and_then(|(before, rest)| Some((before, rest.split_once('>')?))) {
            None => all.push(key.name.to_owned()),
            Some((before, (placeholder, after))) => {
                let names = placeholder_names(placeholder, names);
                all.extend(names.iter().map(|name| format!("{before}{name}{after}")));
            }
        }
    }
    all
}

fn placeholder_names<'a>(placeholder: &str, names: &Names<'a>) -> Vec<&'a str> {
    match placeholder {
        "name" => names.extractors.to_vec(),
        _ => Code::ALL.iter().map(|code| code.name()).collect(),
    }
}

/// What to say about a name in the table `prefix` that is none.
fn unknown(name: &str, prefix: &str, names: &Names<'_>) -> (String, String) {
    let all = all(names);
    let below = |prefix: &str| -> Vec<&str> {
        let mut below: Vec<&str> = all.iter().filter_map(|key| key.strip_prefix(prefix)?.split('.').next()).collect();
        below.dedup();
        below
    };
    let here = below(prefix);
    let what = match prefix {
        "" => "key or table",
        "rules." => "rule",
        "extract." => "extractor",
        _ => "key",
    };
    let place = if prefix.is_empty() { FILE_NAME.to_owned() } else { format!("[{}]", prefix.trim_end_matches('.')) };
    let hint = match nearest(name, here.iter().copied()) {
        Some(near) => did_you_mean(&[near]),
        // A key at the top that belongs into a table.
        None => match all.iter().find(|key| key.rsplit('.').next() == Some(name) && !key.starts_with("extract.")) {
            Some(key) => format!("it is called `{key}`"),
            None if here.len() <= 8 => {
                format!("known are {}", here.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
            None => "`livedoc explain` lists the rules".to_owned(),
        },
    };
    (format!("no {what} is called `{name}` in {place}"), hint)
}

fn given(value: &Value) -> Given<'_> {
    match &value.data {
        Data::String(text) => Given::Text(text),
        Data::Bool(flag) => Given::Flag(*flag),
        Data::Integer(number) => Given::Number(*number),
        Data::List(items) => Given::List(items.iter().map(given).collect()),
        Data::Map(entries) => Given::Table(entries.iter().map(|entry| (&*entry.key, given(&entry.value))).collect()),
        Data::Number(_) => Given::Other("this number"),
        _ => Given::Other("a value of this type"),
    }
}
