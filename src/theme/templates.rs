//! Template texts -> a template engine in which everything fits together, and what to say about those that do not.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind, Kwargs, State, Tera, TeraResult};

use super::builtin;
use super::files::ThemeFiles;

/// What is wrong with a template, and where as far as the engine says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// In the engine's words.
    pub message: String,
    /// The template's name, when it is known.
    pub template: Option<String>,
    /// Line from 1 and column from 0, in characters.
    pub place: Option<(usize, usize)>,
}

/// The engine with the built-in templates. `asset` and `icon` find `files`.
pub(super) fn builtin_engine(files: &Arc<ThemeFiles>) -> Tera {
    let mut engine = Tera::new();
    let assets = Arc::clone(files);
    engine.register_function("asset", move |arguments: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let name: &str = arguments.must_get("name")?;
        let address = assets.address(name).map(str::to_owned);
        address.ok_or_else(|| Error::message(format!("the theme has no file `{name}`")))
    });
    let icons = Arc::clone(files);
    engine.register_function("icon", move |arguments: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(icons.icon(arguments.must_get("name")?))
    });
    // A test holds that the built-in templates parse; without them the engine has no template and every page says so.
    let _ = engine.add_raw_templates(builtin::TEMPLATES.iter().copied());
    engine
}

/// Adds those of `templates` that can be added, in whatever order they need each other, and says what is wrong with the
/// rest, by name.
pub(super) fn overlay(engine: &mut Tera, templates: &BTreeMap<String, String>) -> BTreeMap<String, TemplateError> {
    if engine.add_raw_templates(templates).is_ok() {
        return BTreeMap::new();
    }
    let mut waiting: Vec<(&String, &String)> = templates.iter().collect();
    loop {
        let before = waiting.len();
        waiting.retain(|(name, text)| engine.add_raw_template(name, text).is_err());
        if waiting.len() == before {
            break;
        }
    }
    let explain = |(name, text): (&String, &String)| {
        let mut error = TemplateError::new(&engine.add_raw_template(name, text).err()?);
        // The parser does not always name the template that it was given.
        error.template.get_or_insert_with(|| name.clone());
        Some((name.clone(), error))
    };
    waiting.into_iter().filter_map(explain).collect()
}

impl TemplateError {
    /// What `error` says.
    pub(super) fn new(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                message: report.message().to_owned(),
                template: Some(report.filename().to_owned()).filter(|name| !name.is_empty()),
                place: Some((report.span().start_line, report.span().start_col)).filter(|(line, _)| *line > 0),
            },
            _ => Self::from_report(&error.to_string()),
        }
    }

    /// Errors across templates come as printed reports only: `error: message`, then ` --> name:line:column`.
    fn from_report(report: &str) -> Self {
        let mut lines = report.lines();
        let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let located = lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")).and_then(|place| {
            let mut parts = place.rsplitn(3, ':');
            let column: usize = parts.next()?.parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            Some((parts.next()?.to_owned(), (line, column.saturating_sub(1))))
        });
        let (template, place) = located.map_or((None, None), |(name, place)| (Some(name), Some(place)));
        Self { message, template, place }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use tera::Tera;

    use super::{TemplateError, builtin, builtin_engine, overlay};

    #[test]
    fn the_built_in_templates_parse() {
        let mut engine = builtin_engine(&Arc::default());
        engine.add_raw_templates(builtin::TEMPLATES.iter().copied()).unwrap();
        assert_eq!(engine.get_template_names().count(), builtin::TEMPLATES.len());
    }

    fn errors(templates: &[(&str, &str)]) -> BTreeMap<String, TemplateError> {
        let mut engine = Tera::new();
        engine.add_raw_templates([("base.html", "{% block main %}{% endblock %}"), ("part.html", "part")]).unwrap();
        let templates = templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        overlay(&mut engine, &templates)
    }

    #[test]
    fn errors_have_places() {
        /// A template, a part of its message, and its line and column.
        type Case = (&'static str, &'static str, Option<(usize, usize)>);
        let cases: &[Case] = &[
            ("a\n  {{ b", "b", Some((2, 5))),
            ("a\n {{ b | nothing }}", "Unknown filter `nothing`", Some((2, 8))),
            ("{% include \"absent.html\" %}", "Unknown template `absent.html`", Some((1, 11))),
            ("{% extends \"absent.html\" %}", "absent.html", None),
        ];
        for (text, message, place) in cases {
            let found = errors(&[("part.html", text)]);
            let error = &found["part.html"];
            assert!(error.message.contains(message) || place.is_some(), "{text}: {error:?}");
            if place.is_some() {
                assert_eq!(error.place.map(|place| place.0), place.map(|place| place.0), "{text}: {error:?}");
            }
        }
    }

    #[test]
    fn one_bad_template_costs_no_other() {
        let found = errors(&[("a.html", "{% include \"z.html\" %}"), ("m.html", "{% if %}"), ("z.html", "z")]);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["m.html"]);
    }
}
