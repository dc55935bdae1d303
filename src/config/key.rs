//! Every key that can be configured: its name, its type, its default and what it means, once. From this list the file,
//! the environment and the flags are read, unknown names are answered, and the manual's table is checked.

use std::path::Path;

use super::{ExtractorOptions, Patterns, Project, value};
use crate::diagnostic::{Code, Level};
use crate::source::RepoPath;

/// A key of `livedoc.toml`.
pub struct Key {
    /// Its table and its name: `site.base-url`. `<name>` stands for an extractor, `<code>` for a rule.
    pub name: &'static str,
    /// What holds unless it is set, in words or as TOML.
    pub default: &'static str,
    /// What it does, in one sentence.
    pub meaning: &'static str,
    /// Its type, and where its value goes.
    pub(super) kind: Kind,
}

/// Takes a text that was given for a key. The folder is where relative paths in it start.
type SetText = fn(&mut Project, &str, &Path) -> Result<(), String>;

/// The type of a key, and where its value goes.
pub(super) enum Kind {
    Text(SetText),
    Flag(fn(&mut Project, bool)),
    Port(fn(&mut Project, u16)),
    Patterns(fn(&mut Project, Patterns)),
    ExtractorFlag(fn(&mut ExtractorOptions, bool)),
    ExtractorPatterns(fn(&mut ExtractorOptions, Patterns)),
    Names(fn(&mut Project, Vec<String>)),
    Paths(fn(&mut Project, Vec<RepoPath>)),
    /// Names, each with a path.
    PathsByName(fn(&mut Project, Vec<(String, RepoPath)>)),
    Level,
    /// How many days.
    Days(fn(&mut Project, u32)),
    /// Tables of levels for some paths, which only the file can hold.
    Overrides,
}

/// A value as it was given, before anyone looked whether the key wants such a one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given<'a> {
    Text(&'a str),
    Flag(bool),
    Number(i64),
    List(Vec<Given<'a>>),
    Table(Vec<(&'a str, Given<'a>)>),
    /// Of a type that no key has, in words: "a table".
    Other(&'static str),
}

/// Why a value was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// One sentence without a full stop.
    pub(super) message: String,
    /// For a list: which of its values it is about.
    pub(super) item: Option<usize>,
}

/// Every key, in the order of the manual.
pub static KEYS: &[Key] = &[
    Key {
        name: "site.title",
        default: "the root folder's name",
        meaning: "The name of the site, on every page.",
        kind: Kind::Text(|project, text, _| {
            project.site.title = value::not_empty(text)?;
            Ok(())
        }),
    },
    Key {
        name: "site.description",
        default: "\"\"",
        meaning: "One sentence about the site, for search engines.",
        kind: Kind::Text(|project, text, _| {
            project.site.description = text.to_owned();
            Ok(())
        }),
    },
    Key {
        name: "site.base-url",
        default: "none",
        meaning: "The address at which the site will stand. Needed for the site map and canonical links only; all other \
                  links are relative.",
        kind: Kind::Text(|project, text, _| {
            project.site.base_url = Some(value::base_url(text)?);
            Ok(())
        }),
    },
    Key {
        name: "site.language",
        default: "\"en\"",
        meaning: "The language of the pages, as a BCP 47 tag.",
        kind: Kind::Text(|project, text, _| {
            project.site.language = value::language(text)?;
            Ok(())
        }),
    },
    Key {
        name: "site.theme",
        default: "\"theme\"",
        meaning: "The folder in the repository with templates and files that replace the built-in ones.",
        kind: Kind::Text(|project, text, _| {
            project.site.theme = value::theme(&project.root, text)?;
            Ok(())
        }),
    },
    Key {
        name: "site.output-dir",
        default: "\"site\"",
        meaning: "The folder that `livedoc build` writes to.",
        kind: Kind::Text(|project, text, base| {
            project.site.output_dir = value::output_dir(&project.root, base, text)?;
            Ok(())
        }),
    },
    Key {
        name: "source.exclude",
        default: "[]",
        meaning: "Files that no page is made of, as globs: what `.gitignore` names is left out anyway.",
        kind: Kind::Patterns(|project, patterns| project.exclude = patterns),
    },
    Key {
        name: "source.repository",
        default: "the remote `origin` of the checkout",
        meaning: "The address of the repository's page on its forge, for links to files that have no page; it tells whose CODEOWNERS is read, too.",
        kind: Kind::Text(|project, text, _| value::repository(project, text)),
    },
    Key {
        name: "source.revision",
        default: "the commit that is checked out",
        meaning: "The commit, tag or branch that links to the forge lead to.",
        kind: Kind::Text(|project, text, _| value::revision(project, text)),
    },
    Key {
        name: "source.history",
        default: "true",
        meaning: "Whether git is asked when and by whom files were changed: for what pages say about that, and for the rules \
                  that find what is stale.",
        kind: Kind::Flag(|project, asked| project.history = asked),
    },
    Key {
        name: "extract.<name>.enabled",
        default: "true",
        meaning: "Whether the extractor runs.",
        kind: Kind::ExtractorFlag(|options, enabled| options.enabled = enabled),
    },
    Key {
        name: "extract.<name>.paths",
        default: "what it finds by itself",
        meaning: "The files that are its own, as globs. When given, it takes no others.",
        kind: Kind::ExtractorPatterns(|options, patterns| options.paths = Some(patterns)),
    },
    Key {
        name: "extract.<name>.exclude",
        default: "[]",
        meaning: "Files that it leaves to others, as globs.",
        kind: Kind::ExtractorPatterns(|options, patterns| options.exclude = patterns),
    },
    Key {
        name: "extract.alerts.runbook-bases",
        default: "{}",
        meaning: "Addresses under which runbooks are published, each with the folder or file that has them: \
                  `{ \"https://runbooks.example.org\" = \"docs/runbooks\" }`.",
        kind: Kind::PathsByName(|project, bases| extractor(project, "alerts").runbook_bases = bases),
    },
    Key {
        name: "extract.api.try-it",
        default: "true",
        meaning: "Whether readers can send requests from the pages of operations. `false` leaves out the script and its data.",
        kind: Kind::Flag(|project, offered| extractor(project, "api").try_it = offered),
    },
    Key {
        name: "extract.rust.features",
        default: "those of `package.metadata.docs.rs`, else `[\"default\"]`",
        meaning: "The features with which Rust crates are documented; `[\"*\"]` stands for all.",
        kind: Kind::Names(|project, names| extractor(project, "rust").features = Some(names)),
    },
    Key {
        name: "extract.rust.rustdoc-json",
        default: "[]",
        meaning: "Where rustdoc's JSON is looked for: files, and folders that hold them. What is not there is not missed.",
        kind: Kind::Paths(|project, paths| extractor(project, "rust").rustdoc_json = paths),
    },
    Key {
        name: "extract.rust.source-pages",
        default: "true",
        meaning: "Whether each file of a Rust crate has a page that shows it as it is written.",
        kind: Kind::Flag(|project, shown| extractor(project, "rust").source_pages = shown),
    },
    Key {
        name: "rules.<code>",
        default: "the rule's own level",
        meaning: "How much findings of a rule matter: `\"off\"`, `\"note\"`, `\"warn\"` or `\"error\"`.",
        kind: Kind::Level,
    },
    Key {
        name: "rules.overrides",
        default: "[]",
        meaning: "Levels for the files of some paths, as tables `[[rules.overrides]]`: see [Checks](checks.md#levels-for-some-paths).",
        kind: Kind::Overrides,
    },
    Key {
        name: "rules.old-after-days",
        default: "none",
        meaning: "After how many days without a change or a review `check` finds a page old. Unless it is set, age is nothing.",
        kind: Kind::Days(|project, days| project.rules.old_after_days = Some(days)),
    },
    Key {
        name: "external.check",
        default: "false",
        meaning: "Whether `livedoc check` asks other sites that documents link to whether the pages are there.",
        kind: Kind::Flag(|project, asked| project.external.check = asked),
    },
    Key {
        name: "external.ignore",
        default: "[]",
        meaning: "Addresses that are not asked, with `*` for anything: `\"https://intranet.example.org/*\"`.",
        kind: Kind::Names(|project, names| project.external.ignore = names),
    },
    Key {
        name: "serve.port",
        default: "4747",
        meaning: "The port that `livedoc serve` listens on; 0 takes a free one.",
        kind: Kind::Port(|project, port| project.serve.port = port),
    },
    Key {
        name: "serve.interface",
        default: "\"127.0.0.1\"",
        meaning: "The address that `livedoc serve` listens on.",
        kind: Kind::Text(|project, text, _| {
            project.serve.interface = value::not_empty(text)?;
            Ok(())
        }),
    },
    Key {
        name: "serve.open",
        default: "false",
        meaning: "Whether `livedoc serve` opens a browser.",
        kind: Kind::Flag(|project, open| project.serve.open = open),
    },
    Key {
        name: "serve.navigate",
        default: "false",
        meaning: "Whether an open page goes to the page whose source is edited.",
        kind: Kind::Flag(|project, navigate| project.serve.navigate = navigate),
    },
];

impl Key {
    /// The name of its type, for people.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Text(_) => "text",
            Kind::Flag(_) | Kind::ExtractorFlag(_) => "true or false",
            Kind::Port(_) => "number from 0 to 65535",
            Kind::Patterns(_) | Kind::ExtractorPatterns(_) => "list of globs",
            Kind::Names(_) => "list of names",
            Kind::Paths(_) => "list of paths",
            Kind::PathsByName(_) => "table of paths",
            Kind::Level => "level",
            Kind::Days(_) => "number of days",
            Kind::Overrides => "list of tables",
        }
    }

    /// Gives `given` to `project`. `name` is the extractor or rule that the key's placeholder stands for; relative paths
    /// start at `base`.
    pub(super) fn set(&self, project: &mut Project, name: &str, given: &Given<'_>, base: &Path) -> Result<(), Refusal> {
        match (&self.kind, given) {
            (Kind::Text(set), Given::Text(text)) => set(project, text, base)?,
            (Kind::Flag(set), Given::Flag(flag)) => set(project, *flag),
            (Kind::ExtractorFlag(set), Given::Flag(flag)) => set(extractor(project, name), *flag),
            (Kind::Port(set), Given::Number(number)) => {
                set(project, u16::try_from(*number).map_err(|_| format!("{number} is no port: 0 to 65535 are"))?);
            }
            (Kind::Days(set), Given::Number(number)) => {
                set(project, u32::try_from(*number).map_err(|_| format!("{number} is no number of days"))?);
            }
            (Kind::Patterns(set), Given::List(items)) => set(project, patterns(items)?),
            (Kind::ExtractorPatterns(set), Given::List(items)) => set(extractor(project, name), patterns(items)?),
            (Kind::Names(set), Given::List(items)) => set(project, names(items)?),
            (Kind::Paths(set), Given::List(items)) => set(project, paths(items)?),
            (Kind::PathsByName(set), Given::Table(entries)) => set(project, paths_by_name(entries)?),
            (Kind::Level, Given::Text(text)) => {
                let code: Code = name.parse().map_err(|_| format!("no rule is called `{name}`"))?;
                project.rules.levels.insert(code, level(Some(code), text)?);
            }
            _ => return Err(format!("{} is needed here, not {}", article(self.type_name()), given.type_name()).into()),
        }
        Ok(())
    }
}

fn extractor<'a>(project: &'a mut Project, name: &str) -> &'a mut ExtractorOptions {
    project.extractors.entry(name.to_owned()).or_default()
}

/// The level that `text` gives to the rule `code`, or to all.
pub(super) fn level(code: Option<Code>, text: &str) -> Result<Level, String> {
    let level = match text {
        "off" => Level::Off,
        "note" => Level::Note,
        "warn" => Level::Warn,
        "error" => Level::Error,
        _ => return Err(format!("`{text}` is no level: `off`, `note`, `warn` and `error` are")),
    };
    match code {
        Some(Code::InvalidConfiguration) if level != Level::Error => {
            Err("a configuration that cannot be understood is always an error".to_owned())
        }
        _ => Ok(level),
    }
}

fn names(items: &[Given<'_>]) -> Result<Vec<String>, Refusal> {
    let name = |(index, item): (usize, &Given<'_>)| match item {
        Given::Text(text) => Ok((*text).to_owned()),
        other => {
            Err(Refusal { message: format!("a name is needed here, not {}", other.type_name()), item: Some(index) })
        }
    };
    items.iter().enumerate().map(name).collect()
}

fn paths(items: &[Given<'_>]) -> Result<Vec<RepoPath>, Refusal> {
    let path = |(index, name): (usize, String)| {
        let message = || format!("`{name}` leads out of the repository");
        RepoPath::new(&name).ok_or_else(|| Refusal { message: message(), item: Some(index) })
    };
    names(items)?.into_iter().enumerate().map(path).collect()
}

fn paths_by_name(entries: &[(&str, Given<'_>)]) -> Result<Vec<(String, RepoPath)>, Refusal> {
    let path = |(name, given): &(&str, Given<'_>)| match given {
        Given::Text(path) => {
            let path = RepoPath::new(path).ok_or_else(|| format!("`{path}` leads out of the repository"))?;
            Ok(((*name).to_owned(), path))
        }
        other => Err(format!("a path is needed for `{name}`, not {}", other.type_name()).into()),
    };
    entries.iter().map(path).collect()
}

fn patterns(items: &[Given<'_>]) -> Result<Patterns, Refusal> {
    let mut texts = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let refuse = |message: String| Refusal { message, item: Some(index) };
        let Given::Text(text) = item else {
            return Err(refuse(format!("a glob is needed here, not {}", item.type_name())));
        };
        Patterns::new([*text]).map_err(|error| refuse(format!("`{text}` is no glob: {}", error.kind())))?;
        texts.push(*text);
    }
    Patterns::new(texts).map_err(|error| error.to_string().into())
}

fn article(type_name: &str) -> String {
    match type_name {
        "text" | "true or false" => type_name.to_owned(),
        other => format!("a {other}"),
    }
}

impl Given<'_> {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(name) => name,
        }
    }
}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self { message, item: None }
    }
}
