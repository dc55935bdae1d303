//! Pages in several languages, in folders called as those are.

use crate::graph::resolve::Resolver;
use crate::source::RepoPath;

/// The same path in other languages, for a page that is not translated (Starlight's and Docusaurus' fallback): with another language's
/// folder beside its own, English first, or without one.
pub(super) fn translations(resolver: &Resolver<'_>, path: RepoPath) -> Vec<RepoPath> {
    let parts: Vec<&str> = path.folders().collect();
    let Some(at) = parts.iter().position(|part| is_language(part)) else { return Vec::new() };
    let above = parts[..at].join("/");
    let (above, rest) = (RepoPath::new(&above).unwrap_or_else(RepoPath::root), &path.as_str()[above.len()..]);
    let rest = rest.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
    let english = ["en", "en-us", "en-US"].iter().filter(|name| **name != parts[at]);
    let english: Vec<RepoPath> = english.filter_map(|name| above.join(name)).collect();
    let is_translated = english.iter().any(|folder| resolver.files.is_folder(*folder));
    let english = english.into_iter().filter(|folder| resolver.files.is_folder(*folder));
    let bare = if is_translated { None } else { Some(above) };
    english.chain(bare).filter_map(|folder| folder.join(rest)).collect()
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
