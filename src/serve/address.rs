//! The path of a request -> a file of the site.

use percent_encoding::percent_decode_str;

use crate::output::SitePath;
use crate::plan::Route;

/// What the path of a request leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// This file.
    File(SitePath),
    /// The folder of this name, whose address has a final slash.
    Folder(String),
    /// Nothing.
    Nothing,
    /// It is none that a browser sends.
    Invalid,
}

/// Where `path` (percent-encoded, with its leading slash) leads in a site that `contains` files.
pub(super) fn find(path: &str, contains: impl Fn(&SitePath) -> bool) -> Target {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let name = decoded.trim_start_matches('/');
    if decoded.contains('\0') || name.split('/').any(|part| part == "..") {
        return Target::Invalid;
    }
    let is_folder = name.is_empty() || name.ends_with('/');
    let file = SitePath::new(&if is_folder { format!("{name}index.html") } else { name.to_owned() });
    if contains(&file) {
        return Target::File(file);
    }
    if !is_folder && contains(&SitePath::new(&format!("{name}/index.html"))) {
        // Relative to the host, whatever the path begins with: `//evil` must not become an address of its own.
        return Target::Folder(format!("/{}/", path.trim_matches('/')));
    }
    Target::Nothing
}

/// The address of the page that stands in `file`, with its leading slash.
pub(super) fn address_of(file: &SitePath) -> String {
    let folder = file.as_str().strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("/{}", Route::new(folder.unwrap_or(file.as_str())).encoded())
}

/// The type of the file called `name`, by its ending.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "wasm" => "application/wasm",
        "txt" | "yaml" | "yml" | "toml" | "rs" | "sh" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{SitePath, Target, address_of, find};

    #[test]
    fn paths_lead_to_files() {
        let files = ["index.html", "a b/index.html", "c.html", "index.html/x.txt"].map(SitePath::new);
        let file = |path: &str| Target::File(SitePath::new(path));
        let folder = |path: &str| Target::Folder(path.to_owned());
        let cases = [
            ("/", file("index.html")),
            ("", file("index.html")),
            ("/index.html", file("index.html")),
            ("/a%20b/", file("a b/index.html")),
            ("/a%20b", folder("/a%20b/")),
            ("//a%20b", folder("/a%20b/")),
            ("/c.html", file("c.html")),
            ("/c.html/", Target::Nothing),
            ("/C.html", Target::Nothing),
            ("/../c.html", Target::Invalid),
            ("/%2e%2e/c.html", Target::Invalid),
            ("/..%2fc.html", Target::Invalid),
            ("/c.html%00", Target::Invalid),
            ("/%ff", Target::Nothing),
        ];
        for (path, expected) in cases {
            assert_eq!(find(path, |file| files.contains(file)), expected, "{path}");
        }
    }

    #[test]
    fn pages_have_addresses() {
        let cases = [
            ("index.html", "/"),
            ("a b/v1.2/index.html", "/a%20b/v1.2/"),
            ("rust/shop/fn.run.html", "/rust/shop/fn.run.html"),
            ("my-index.html", "/my-index.html"),
        ];
        for (file, address) in cases {
            let file = SitePath::new(file);
            assert_eq!(address_of(&file), address);
            assert_eq!(find(address, |path| *path == file), Target::File(file.clone()), "{address}");
        }
    }
}
