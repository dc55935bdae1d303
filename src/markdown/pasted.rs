//! A line of a page -> the file of Markdown that another tool puts in its place.
//!
//! Forms: `--8<-- "x.md"` (pymdownx.snippets), `{!x.md!}` (markdown-include), `{% include "x.md" %}` (Jekyll, mkdocs-include-markdown),
//! `{{< include "x.md" >}}` and `{{% readfile "x.md" %}}` (Hugo), `:::{include} x.md` (MyST), `<!-- include: x.md -->`,
//! `<!--@include: x.md-->` (VitePress), `<!-- @/x.md -->`. mdBook's own are directives of guides.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

/// The path of the file that stands for `line`, as it is written.
pub fn pasted(line: &str) -> Option<&str> {
    // Few lines are one.
    memmem::find(line.as_bytes(), b".md")?;
    static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let path = r#"["']?@?/?([\w@./ -]*?[\w-]\.mdx?)["']?"#;
        let forms = [
            format!(r#"^\s*-+8<-+\s+{path}"#),
            format!(r"^\s*\{{!\s*{path}\s*!\}}"),
            format!(r"^\s*\{{%-?\s*include[\w-]*\s+{path}"),
            format!(r"^\s*\{{\{{[<%]\s*[\w/-]+\s+(?:[^>%]*\s)?(?:\w+=)?{path}"),
            format!(r"^\s*[:`]{{3,}}\{{include\}}\s+{path}"),
            format!(r"(?i)^\s*<!--\s*(?:@?include[:\s]\s*|@/){path}\s*-->"),
        ];
        Regex::new(&forms.map(|form| format!("(?:{form})")).join("|")).ok()
    });
    let found = FORMS.as_ref()?.captures(line)?;
    found.iter().skip(1).flatten().next().map(|path| path.as_str())
}

#[cfg(test)]
mod tests {
    use super::pasted;

    #[test]
    fn forms() {
        let cases = [
            ("--8<-- \"parts/limits.md\"", Some("parts/limits.md")),
            ("{!parts/limits.md!}", Some("parts/limits.md")),
            ("{% include-markdown \"../limits.md\" %}", Some("../limits.md")),
            ("{% include limits.md %}", Some("limits.md")),
            ("{{< include \"limits.md\" >}}", Some("limits.md")),
            ("  {{% readfile file=\"/parts/limits.md\" %}}", Some("parts/limits.md")),
            ("{{< docs/shared source=\"shop\" lookup=\"parts/limits.md\" version=\"<V>\" >}}", Some("parts/limits.md")),
            (":::{include} limits.md", Some("limits.md")),
            ("<!-- include: shop/limits.md -->", Some("shop/limits.md")),
            ("<!--@include: ./limits.md-->", Some("./limits.md")),
            ("<!-- @/docs/limits.md -->", Some("docs/limits.md")),
            ("<!-- see limits.md -->", None),
            ("[limits](limits.md)", None),
            ("import Limits from './limits.md';", None),
            ("{% include limits.html %}", None),
        ];
        for (line, path) in cases {
            assert_eq!(pasted(line), path, "{line}");
        }
    }
}
