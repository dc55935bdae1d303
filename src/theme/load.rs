//! The built-in theme and the project's `theme/` folder -> the theme that pages are rendered with.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use super::builtin;
use super::files::{ThemeFile, ThemeFiles};
use super::templates::{TemplateError, builtin_engine, overlay};
use crate::config::Project;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::SourceTree;
use crate::source::{ContentHash, Files, RepoPath, Sources, Span};

/// The extractor whose pages may have a form to send requests with.
const API: &str = "api";

/// Templates that fit together, and the files that they ask for.
#[derive(Debug)]
pub struct Theme {
    engine: Tera,
    /// What stands in for a template of the project that fails on a page; `None` when the project has none.
    substitute: Option<Tera>,
    files: Arc<ThemeFiles>,
    /// Where the project's templates are written.
    origins: BTreeMap<String, RepoPath>,
    hash: ContentHash,
}

/// Loads the built-in theme and lays the files of the project's theme folder over it.
pub fn load(project: &Project, tree: &SourceTree) -> (Theme, Diagnostics) {
    let own = OwnFiles::find(project.site.theme, tree);
    let mut styles = embedded(builtin::STYLES);
    let mut scripts = embedded(builtin::SCRIPTS);
    let mut static_files = embedded(builtin::STATIC);
    if !project.extractor(API).try_it {
        for files in [&mut styles, &mut scripts, &mut static_files] {
            files.retain(|name, _| !name.contains(builtin::TRY_IT));
        }
    }
    styles.extend(own.styles);
    scripts.extend(own.scripts);
    static_files.extend(own.static_files);
    let files = Arc::new(ThemeFiles::new(&styles, &scripts, static_files));
    let mut engine = builtin_engine(&files);
    let texts: BTreeMap<String, String> = own
        .templates
        .iter()
        .filter_map(|(name, path)| Some((name.clone(), tree.source(*path)?.text().to_owned())))
        .collect();
    let substitute = (!texts.is_empty()).then(|| engine.clone());
    let problems = overlay(&mut engine, &texts);
    let hash = hash(&files, &texts);
    let theme = Theme { engine, substitute, files, origins: own.templates, hash };
    let diagnostics = problems
        .iter()
        .map(|(name, error)| theme.diagnostic(name, error, tree).hint("the built-in template is used instead"))
        .collect();
    (theme, diagnostics)
}

/// The hash of everything that pages depend on: the templates, and the addresses of the files.
fn hash(files: &ThemeFiles, own_templates: &BTreeMap<String, String>) -> ContentHash {
    let mut all = String::new();
    let mut push = |text: &str| {
        all.push_str(text);
        all.push('\0');
    };
    for (name, text) in builtin::TEMPLATES {
        push(name);
        push(text);
    }
    for (name, text) in own_templates {
        push(name);
        push(text);
    }
    files.addresses().for_each(push);
    ContentHash::of(all.as_bytes())
}

impl Theme {
    /// The hash of everything in the theme that pages depend on.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// Every style sheet, script and image, by path.
    pub fn files(&self) -> impl Iterator<Item = &ThemeFile> {
        self.files.iter()
    }

    /// The page that the template `name` makes of `view`. When a template of the project fails, the page is made by the
    /// built-in ones and the error stands beside it.
    ///
    /// # Errors
    /// What is wrong when the built-in templates cannot show `view` either.
    pub fn render<V: Serialize>(&self, name: &str, view: &V) -> Result<(String, Option<TemplateError>), TemplateError> {
        let context = Context::from_serialize(view).map_err(|error| TemplateError::new(&error))?;
        let error = match self.engine.render(name, &context) {
            Ok(html) => return Ok((html, None)),
            Err(error) => TemplateError::new(&error),
        };
        match self.substitute.as_ref().map(|engine| engine.render(name, &context)) {
            Some(Ok(html)) => Ok((html, Some(error))),
            Some(Err(_)) | None => Err(error),
        }
    }

    /// The finding that `error` is, at its place in the project's file when it is in one.
    pub fn diagnostic(&self, name: &str, error: &TemplateError, sources: &dyn Sources) -> Diagnostic {
        let place = error.template.as_ref().and_then(|template| self.origins.get(template));
        let (path, exact) = match (place, self.origins.get(name)) {
            (Some(path), _) => (Some(*path), true),
            (None, path) => (path.copied(), false),
        };
        let message = format!("the template `{name}` cannot be used: {}", error.message);
        let Some(path) = path else { return Diagnostic::without_place(Code::InvalidTheme, message) };
        let span = exact.then_some(error.place).flatten().and_then(|place| span_of(path, place, sources));
        Diagnostic::new(Code::InvalidTheme, message, span.unwrap_or_else(|| Span::start_of(path)))
    }
}

/// The word that begins at line and column `place`.
fn span_of(path: RepoPath, place: (usize, usize), sources: &dyn Sources) -> Option<Span> {
    let file = sources.source(path)?;
    let line = file.line_span(u32::try_from(place.0).ok()?);
    let text = file.text().get(line.range())?;
    let start = text.char_indices().nth(place.1).map_or(text.len(), |(offset, _)| offset);
    let rest = &text[start..];
    if rest.trim().is_empty() {
        // The end came too early: behind the last word.
        let end = file.text()[..line.range().start + start].trim_end().len();
        let last = file.text()[..end].chars().next_back().map_or(0, char::len_utf8);
        return Some(file.span(end - last..end));
    }
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').filter(|length| *length > 0);
    let length = length.unwrap_or_else(|| rest.chars().next().map_or(0, char::len_utf8));
    let start = line.range().start + start;
    Some(file.span(start..start + length))
}

/// What stands in the project's theme folder.
#[derive(Default)]
struct OwnFiles {
    templates: BTreeMap<String, RepoPath>,
    styles: BTreeMap<String, Vec<u8>>,
    scripts: BTreeMap<String, Vec<u8>>,
    static_files: BTreeMap<String, Vec<u8>>,
}

impl OwnFiles {
    fn find(folder: RepoPath, tree: &SourceTree) -> Self {
        let mut own = Self::default();
        if folder == RepoPath::root() || !tree.is_folder(folder) {
            return own;
        }
        let paths = tree.paths().filter_map(|path| path.strip_folder(folder)?.split_once('/').map(|name| (path, name)));
        for (path, (kind, name)) in paths.filter(|(path, _)| !tree.is_folder(*path)) {
            let name = name.to_owned();
            match kind {
                "templates" if path.has_extension(&["html"]) => {
                    own.templates.insert(name, path);
                }
                "styles" if path.has_extension(&["css"]) => {
                    own.styles.extend(tree.bytes(path).map(|bytes| (name, bytes)));
                }
                "scripts" if path.has_extension(&["js"]) => {
                    own.scripts.extend(tree.bytes(path).map(|bytes| (name, bytes)));
                }
                "static" => own.static_files.extend(tree.bytes(path).map(|bytes| (name, bytes))),
                _ => {}
            }
        }
        own
    }
}

fn embedded(files: builtin::Files) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}
