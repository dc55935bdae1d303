//! Pages in several languages, in folders called as those are.

use crate::graph::resolve::Resolver;
use crate::source::RepoPath;

/// The same path in other languages, for a page that is not translated (Starlight's and Docusaurus' fallback): with another language's
/// folder beside its own, English first, or without one.
pub(super) fn translations(resolver: &Resolver<'_>, path: RepoPath) -> Vec<RepoPath> {
    let parts: Vec<&str> = path.folders().collect();
    // Beside English a short name is that of a language, too.
    let is_beside_english = |at: usize| {
        let above = RepoPath::new(&parts[..at].join("/")).unwrap_or_else(RepoPath::root);
        parts[at].len() == 2 && resolver.files.find(above, "en").is_some_and(|folder| resolver.files.is_folder(folder))
    };
    let at = (0..parts.len()).find(|at| is_language(parts[*at]) || is_beside_english(*at));
    let Some(at) = at else { return Vec::new() };
    let above = parts[..at].join("/");
    let (above, rest) = (RepoPath::new(&above).unwrap_or_else(RepoPath::root), &path.as_str()[above.len()..]);
    let rest = rest.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
    let english = ["en", "en-us", "en-US"].iter().filter(|name| **name != parts[at]);
    let english: Vec<RepoPath> = english.filter_map(|name| above.join(name)).collect();
    let is_translated = english.iter().any(|folder| resolver.files.is_folder(*folder));
    let english = english.into_iter().filter(|folder| resolver.files.is_folder(*folder));
    let bare = if is_translated { None } else { Some(above) };
    english.chain(bare).filter_map(|folder| folder.join(rest)).chain(untranslated(above, rest)).collect()
}

/// The same path in the language of `page`, and in English, where the languages stand in the names of files: `limits.ja.md` for `limits.md`
/// (mkdocs-static-i18n, "suffix").
pub(super) fn suffixed(page: RepoPath, path: RepoPath) -> Vec<RepoPath> {
    let language = page.stem().rsplit_once('.').map(|(_, language)| language).filter(|name| is_language(name));
    let stem = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
    let languages = language.into_iter().flat_map(|own| [own, "en"]);
    languages.filter_map(|language| RepoPath::named(&format!("{stem}.{language}.md"))).collect()
}

/// What Docusaurus shows in place of the file `rest` of a language, whose folder stands in `above`: `docs/x.md` for
/// `docusaurus-plugin-content-docs/current/x.md` (Docusaurus, "i18n").
fn untranslated(above: RepoPath, rest: &str) -> Vec<RepoPath> {
    let Some((plugin, rest)) = rest.strip_prefix("docusaurus-plugin-content-").and_then(|rest| rest.split_once('/'))
    else {
        return Vec::new();
    };
    let (kind, instance) = plugin.split_once('-').unwrap_or((plugin, plugin));
    let (version, below) = rest.split_once('/').unwrap_or((rest, ""));
    let paths = match (kind, version) {
        ("docs", "current") => vec![format!("{instance}/{below}")],
        ("docs", _) if plugin == kind => vec![format!("versioned_docs/{version}/{below}")],
        ("docs", _) => vec![format!("{instance}_versioned_docs/{version}/{below}")],
        // Pages stand at the root of the site, and name what stands there.
        ("pages", _) => vec![format!("src/pages/{rest}"), rest.to_owned()],
        _ => vec![format!("{instance}/{rest}")],
    };
    paths.iter().filter_map(|path| above.parent().join(path)).collect()
}

/// Whether a folder is called as a language is: `de`, `pt-br`, `zh-Hans` (BCP 47).
pub fn is_language(name: &str) -> bool {
    #[rustfmt::skip]
    const LANGUAGES: &[&str] = &[
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko",
        "lt", "lv", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh",
    ];
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    LANGUAGES.contains(&language) && (region.is_empty() || (2..=4).contains(&region.len()))
}
