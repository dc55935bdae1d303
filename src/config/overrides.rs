//! The tables `[[rules.overrides]]` -> levels for the files of some paths, and what is wrong with them.

use std::collections::BTreeMap;

use super::key::level;
use super::rules::{Glob, Override};
use super::{FILE_NAME, Patterns};
use crate::data::{Data, Entry, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, NearestNames, did_you_mean};
use crate::source::Span;

/// The name of these tables.
const TABLE: &str = "rules.overrides";

/// What a table needs.
const EXAMPLE: &str = "`paths = [\"docs/archive\"]`";

/// Reads the tables in `value`.
pub(super) fn read(value: &Value, diagnostics: &mut Diagnostics) -> Vec<Override> {
    let mut reader = Reader { diagnostics };
    if !matches!(value.data, Data::List(_)) {
        reader.report(format!("`{TABLE}` is a list of tables"), value.span, format!("write `[[{TABLE}]]` above each"));
    }
    value.items().iter().filter_map(|table| reader.table(table)).collect()
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn report(&mut self, message: String, span: Span, hint: String) {
        self.diagnostics.push(Diagnostic::new(Code::InvalidConfiguration, message, span).hint(hint));
    }

    fn table(&mut self, table: &Value) -> Option<Override> {
        if !matches!(table.data, Data::Map(_)) {
            let hint = format!("write `[[{TABLE}]]` on a line of its own");
            self.report(format!("a table of `{TABLE}` is needed here"), table.span, hint);
            return None;
        }
        let before = self.diagnostics.len();
        let mut one = Override { globs: Vec::new(), levels: BTreeMap::new(), all: None };
        for entry in table.entries() {
            match &*entry.key {
                "paths" => one.globs = self.globs(&entry.value),
                "all" => one.all = self.level(entry, None),
                name => match name.parse::<Code>() {
                    Ok(code) => one.levels.extend(self.level(entry, Some(code)).map(|level| (code, level))),
                    Err(_) => self.unknown(entry),
                },
            }
        }
        if self.diagnostics.len() == before {
            if one.globs.is_empty() {
                self.report(format!("this table of `{TABLE}` names no paths"), table.span, format!("add {EXAMPLE}"));
            } else if one.levels.is_empty() && one.all.is_none() {
                let hint = "add the level of a rule, `broken-link = \"note\"`, or of all, `all = \"off\"`";
                self.report(format!("this table of `{TABLE}` sets no level"), table.span, hint.to_owned());
            }
        }
        Some(one)
    }

    fn globs(&mut self, value: &Value) -> Vec<Glob> {
        if !matches!(value.data, Data::List(_)) {
            self.report("`paths` is a list of globs".to_owned(), value.span, format!("write {EXAMPLE}"));
        }
        let mut globs = Vec::new();
        for item in value.items() {
            let Some(written) = item.as_str() else {
                self.report("a glob is needed here".to_owned(), item.span, format!("write {EXAMPLE}"));
                continue;
            };
            match Patterns::new([written]) {
                Ok(patterns) => globs.push(Glob { written: written.to_owned(), span: item.span, patterns }),
                Err(error) => {
                    self.report(format!("`{written}` is no glob: {}", error.kind()), item.span, String::new());
                }
            }
        }
        globs
    }

    /// The level that `entry` gives to a rule, or to all.
    fn level(&mut self, entry: &Entry, code: Option<Code>) -> Option<Level> {
        let read = match entry.value.as_str() {
            Some(text) => level(code, text),
            None => Err("a level is needed here: `off`, `note`, `warn` or `error`".to_owned()),
        };
        let refused = |message| self.report(format!("`{}`: {message}", entry.key), entry.value.span, String::new());
        read.map_err(refused).ok()
    }

    fn unknown(&mut self, entry: &Entry) {
        let known = Code::ALL.iter().map(|code| code.name()).chain(["paths", "all"]);
        let hint = match NearestNames::new(known).find(&entry.key).as_slice() {
            [] => "`livedoc explain` lists the rules".to_owned(),
            near => did_you_mean(near),
        };
        let message = format!("no rule is called `{}` in [[{TABLE}]] of {FILE_NAME}", entry.key);
        self.report(message, entry.key_span, hint);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::read;
    use crate::config::Rules;
    use crate::data::read_toml;
    use crate::diagnostic::{Code, Diagnostics, Level};
    use crate::source::{RepoPath, SourceFile};

    /// The overrides in `text`, and each finding as `line:column message | hint`.
    fn rules(text: &str) -> (Rules, Vec<String>) {
        let file = SourceFile::new(RepoPath::new("livedoc.toml").unwrap(), text.to_owned());
        let (value, mut diagnostics) = read_toml(&file, 0..text.len());
        assert_eq!(diagnostics, Diagnostics::new());
        let overrides = read(value.unwrap().get("rules").unwrap().get("overrides").unwrap(), &mut diagnostics);
        let found = diagnostics.iter().map(|found| {
            let place = file.position(found.span.unwrap().start);
            format!("{}:{} {} | {}", place.line, place.column, found.message, found.hint)
        });
        (Rules { overrides, ..Rules::default() }, found.collect())
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands() {
        let cases = [
            (
                "paths = ['a']\nbroken_link = 'off'",
                "3:1 no rule is called `broken_link` in [[rules.overrides]] of livedoc.toml | did you mean `broken-link`?",
            ),
            (
                "path = ['a']\nall = 'off'",
                "2:1 no rule is called `path` in [[rules.overrides]] of livedoc.toml | did you mean `paths`?",
            ),
            ("paths = 'a'\nall = 'off'", "2:9 `paths` is a list of globs | write `paths = [\"docs/archive\"]`"),
            ("paths = ['a', 3]\nall = 'off'", "2:15 a glob is needed here | write `paths = [\"docs/archive\"]`"),
            ("paths = ['b[']\nall = 'off'", "2:10 `b[` is no glob: unclosed character class; missing ']' | "),
            ("paths = ['a']\nall = 'no'", "3:7 `all`: `no` is no level: `off`, `note`, `warn` and `error` are | "),
            (
                "paths = ['a']\norphan-page = 1",
                "3:15 `orphan-page`: a level is needed here: `off`, `note`, `warn` or `error` | ",
            ),
            (
                "paths = ['a']\ninvalid-configuration = 'off'",
                "3:25 `invalid-configuration`: a configuration that cannot be understood is always an error | ",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(rules(&format!("[[rules.overrides]]\n{text}\n")).1, [expected], "{text}");
        }
        let missing = [("all = 'off'", "names no paths"), ("paths = ['a']", "sets no level")];
        for (text, expected) in missing {
            let found = rules(&format!("[[rules.overrides]]\n{text}\n")).1;
            assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
        }
        assert!(rules("[rules]\noverrides = { paths = ['a'] }").1[0].contains("is a list of tables"));
        assert!(rules("[rules]\noverrides = [1]").1[0].contains("a table of `rules.overrides` is needed here"));
    }

    #[test]
    fn the_latest_that_says_something_holds() {
        let (mut rules, found) = rules(
            "[[rules.overrides]]\npaths = ['a', 'b/*.md']\nall = 'off'\nbroken-link = 'note'\n\
             [[rules.overrides]]\npaths = ['a/c']\nbroken-link = 'error'\n\
             [[rules.overrides]]\npaths = ['a/c/d.md']\nall = 'warn'\n\
             [[rules.overrides]]\npaths = ['b']\norphan-page = 'note'\n",
        );
        assert_eq!(found, [""; 0]);
        rules.levels.insert(Code::BrokenImage, Level::Note);
        let cases = [
            (Code::BrokenLink, Some("a/x.md"), Level::Note),
            (Code::BrokenLink, Some("a/c/x.md"), Level::Error),
            (Code::BrokenLink, Some("a/c/d.md"), Level::Warn),
            (Code::BrokenLink, Some("b/c/x.md"), Level::Error),
            (Code::BrokenLink, None, Level::Error),
            (Code::BrokenImage, Some("a/c/x.md"), Level::Off),
            (Code::BrokenImage, Some("x.md"), Level::Note),
            (Code::OrphanPage, Some("a/c/d.md"), Level::Off),
            (Code::OrphanPage, Some("b/x.md"), Level::Note),
            (Code::InvalidConfiguration, Some("a/livedoc.toml"), Level::Error),
        ];
        for (code, path, expected) in cases {
            assert_eq!(rules.level(code, path.and_then(RepoPath::new)), expected, "{code} {path:?}");
        }
        assert!(rules.are_asked(Code::OrphanPage), "it is on for one folder");
        rules.overrides.truncate(3);
        assert!(!rules.are_asked(Code::OrphanPage), "what is said of all puts nothing on");
    }
}
