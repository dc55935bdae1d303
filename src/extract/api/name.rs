//! What a specification is called: the shortest name that tells it from the others and does not change with its text.
//!
//! | file | title | name |
//! |---|---|---|
//! | `docs/orders.yaml` | | `orders` |
//! | `services/orders/openapi.yaml` | | `orders` |
//! | `services/orders/api/v2.json` | | `orders-v2` |
//! | `openapi.yaml` | Shop API | `shop` |
//! | `a/orders.yaml`, `b/orders.yaml` | | `a-orders`, `b-orders` |
//!
//! Words that every specification could bear (`api`, `openapi`, `docs`…) name nothing.

use std::collections::BTreeMap;

use super::read_range;
use crate::source::{Note, RepoPath, SourceFile, stored};

/// How much of a file is read to find its title.
const HEAD: usize = 16 * 1024;

/// The names of `files`, in their order, all different.
pub(super) fn names(files: &[&SourceFile]) -> Vec<String> {
    let mut names: Vec<String> = files
        .iter()
        .map(|file| name_of_path(file.path()).unwrap_or_else(|| file.noted::<TitleName>().name.clone()))
        .collect();
    // Folders from the innermost out, then the format, then a number.
    let deepest = files.iter().map(|file| file.path().folders().count()).max().unwrap_or(0);
    for level in 0..=deepest {
        let folder = |path: RepoPath| slug(path.folders().rev().nth(level).unwrap_or_default());
        for members in clashes(&names) {
            let folders: Vec<String> = members.iter().map(|&member| folder(files[member].path())).collect();
            if folders.iter().all(|folder| *folder == folders[0]) {
                continue;
            }
            for (&member, folder) in members.iter().zip(&folders).filter(|(_, folder)| !folder.is_empty()) {
                names[member] = format!("{folder}-{}", names[member]);
            }
        }
    }
    for members in clashes(&names) {
        for &member in &members {
            names[member] = format!("{}-{}", names[member], slug(files[member].path().extension()));
        }
    }
    for members in clashes(&names) {
        for (count, &member) in members.iter().enumerate().skip(1) {
            names[member] = format!("{}-{}", names[member], count + 1);
        }
    }
    names
}

/// The places of names that several have.
fn clashes(names: &[String]) -> Vec<Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        places.entry(name).or_default().push(place);
    }
    places.into_values().filter(|places| places.len() > 1).collect()
}

/// The first of file name and folders, outwards, that says something; with the versions met on the way.
fn name_of_path(path: RepoPath) -> Option<String> {
    let mut versions = Vec::new();
    for part in std::iter::once(path.stem()).chain(path.folders().rev()) {
        let mut words: Vec<String> = slug(part).split('-').map(str::to_owned).collect();
        let is_version = |word: &String| is_version(word);
        if words.iter().all(|word| is_generic(word) || is_version(word)) {
            words.retain(is_version);
            versions.splice(0..0, words);
            continue;
        }
        return Some(with_versions(&said(&words), &versions));
    }
    None
}

/// What the title of a specification makes of its name.
#[derive(PartialEq)]
struct TitleName {
    name: String,
}

stored! { struct TitleName { name } }

impl Note for TitleName {
    const NAME: &'static str = "name of a specification";

    fn of(file: &SourceFile) -> Self {
        Self { name: name_of_title(file) }
    }
}

fn name_of_title(file: &SourceFile) -> String {
    let head = (0..=HEAD.min(file.text().len())).rev().find(|&end| file.text().is_char_boundary(end)).unwrap_or(0);
    // The beginning of a file is a broken file; what stands in it is read all the same.
    let title = [0..head, 0..file.text().len()].into_iter().find_map(|range| {
        let value = read_range(file, range).0?;
        value.get("info")?.get("title")?.to_text()
    });
    let words: Vec<String> = slug(&title.unwrap_or_default()).split('-').map(str::to_owned).collect();
    let said = said(&words);
    let mut versions: Vec<String> = slug(file.path().stem()).split('-').map(str::to_owned).collect();
    versions.retain(|word| is_version(word) && !words.contains(word));
    if said.is_empty() { with_versions("api", &versions) } else { with_versions(&said, &versions) }
}

fn with_versions(name: &str, versions: &[String]) -> String {
    std::iter::once(name).chain(versions.iter().map(String::as_str)).collect::<Vec<_>>().join("-")
}

/// `words` without those at either end that only say that this is a specification.
fn said(words: &[String]) -> String {
    let first = words.iter().position(|word| !is_of_format(word)).unwrap_or(words.len());
    let last = words.iter().rposition(|word| !is_of_format(word)).map_or(first, |last| last + 1);
    words[first..last].join("-")
}

/// Whether `word` only says that something is a specification: `api`, `openapi3`, `specv2`.
fn is_of_format(word: &str) -> bool {
    let word = word.trim_end_matches(|last: char| last.is_ascii_digit());
    let word = if word.len() > 1 { word.strip_suffix('v').unwrap_or(word) } else { word };
    matches!(
        word,
        "api"
            | "apis"
            | "openapi"
            | "swagger"
            | "oas"
            | "rest"
            | "http"
            | "spec"
            | "specs"
            | "specification"
            | "the"
            | "specifications"
            | "definition"
            | "definitions"
            | "documentation"
            | "reference"
            | "description"
    )
}

/// Whether a file or folder of any specification could be called `word`.
fn is_generic(word: &str) -> bool {
    is_of_format(word)
        || matches!(
            word,
            "" | "schema"
                | "schemas"
                | "contract"
                | "contracts"
                | "doc"
                | "docs"
                | "index"
                | "main"
                | "root"
                | "public"
                | "static"
                | "assets"
                | "resources"
                | "resource"
                | "src"
                | "lib"
                | "app"
                | "server"
                | "backend"
                | "service"
                | "services"
                | "web"
                | "www"
                | "json"
                | "yaml"
                | "yml"
                | "latest"
                | "current"
                | "generated"
                | "gen"
                | "dist"
                | "build"
                | "bundle"
                | "bundled"
                | "data"
        )
}

fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    digits.starts_with(|first: char| first.is_ascii_digit())
}

/// Lower case, with `-` between words.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::names;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn names_say_what_tells_specifications_apart() {
        type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
        let cases: [Case<'_>; 11] = [
            (&[("openapi.yaml", "Shop API")], &["shop"]),
            (&[("docs/api/spec.json", "Matrix Authentication Service")], &["matrix-authentication-service"]),
            (&[("services/orders/openapi.yaml", "x")], &["orders"]),
            (&[("services/orders/api/v2.json", "x")], &["orders-v2"]),
            (&[("orders.openapi.yaml", "x")], &["orders"]),
            (&[("api.github.com.json", "x")], &["github-com"]),
            (&[("openapi/openapi-v2025.0.json", "Box Platform API")], &["box-platform-v2025-0"]),
            (&[("openapi3.json", "API")], &["api"]),
            (&[("a/x/orders.yaml", ""), ("b/x/orders.yaml", "")], &["a-orders", "b-orders"]),
            (&[("orders.json", ""), ("orders.yaml", "")], &["orders-json", "orders-yaml"]),
            (&[("openapi.json", "Shop"), ("docs/openapi.json", "Shop")], &["shop", "docs-shop"]),
        ];
        for (paths, expected) in cases {
            let files: Vec<SourceFile> = paths
                .iter()
                .map(|(path, title)| {
                    SourceFile::new(RepoPath::new(path).unwrap(), format!("{{\"info\": {{\"title\": \"{title}\"}}}}"))
                })
                .collect();
            assert_eq!(names(&files.iter().collect::<Vec<_>>()), expected, "{paths:?}");
        }
    }
}
