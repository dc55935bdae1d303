//! `runbook_url` -> what it may name: a page of this repository, an address, a runbook by its name.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::rule_file::{About, RunbookPath, is_relative};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::extract::wording::{fold, slug};
use crate::graph::{Need, Target};
use crate::source::{Interned, Span};

/// What a `runbook_url` says.
#[derive(Debug, Default)]
pub(super) struct NamedRunbook {
    /// What it may lead to, the surest first.
    pub(super) targets: Vec<(Target, Need)>,
    /// Whether the first target is the address itself, so that the page can show it as a link.
    pub(super) is_address: bool,
    pub(super) diagnostic: Option<Diagnostic>,
}

/// Reads the `runbook_url` that stands as `url` at `span`.
pub(super) fn read_url(url: &str, span: Span, about: &About) -> NamedRunbook {
    let (body, anchor) = match url.split_once('#') {
        Some((body, anchor)) => (body, Some(anchor).filter(|anchor| !anchor.contains("{{"))),
        None => (url, None),
    };
    let mut named = NamedRunbook::default();
    if let Some(path) = about.runbooks.get(url).filter(|_| is_relative(url)) {
        match path {
            RunbookPath::File(path) => {
                const KEPT: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?').add(b'%');
                let path = utf8_percent_encode(path.as_str(), KEPT);
                let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
                named.targets.push((name("path", format!("/{path}{anchor}")), Need::Must));
                named.is_address = true;
                return named;
            }
            RunbookPath::Missing(near) => {
                let near: Vec<&str> = near.iter().map(String::as_str).collect();
                let hint = match near.as_slice() {
                    [] => "write the runbook, or mend the path".to_owned(),
                    near => did_you_mean(near),
                };
                let message = format!("there is no runbook `{body}` in the repository");
                named.diagnostic = Some(Diagnostic::new(Code::RunbookNotFound, message, span).hint(hint));
            }
            RunbookPath::Unknown => {}
        }
    }
    let templated = url.contains("{{") || url.contains("[[");
    if let Some(reference) = url.strip_prefix("runbook:") {
        named.targets.push((name("runbook", reference.to_owned()), Need::Must));
        named.is_address = true;
        return named;
    }
    let scheme = url.split_once("://").map(|(scheme, _)| scheme).filter(|scheme| matches!(*scheme, "http" | "https"));
    if let Some(scheme) = scheme.filter(|_| !templated) {
        named.targets.push((name(scheme, url.to_owned()), Need::Must));
        named.is_address = true;
    } else if url.starts_with('/') && !templated {
        named.targets.push((name("path", url.to_owned()), Need::May));
        named.is_address = true;
    }
    if !is_on_a_forge(body) {
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        let names = names_at_end(body).into_iter().map(|found| name("runbook", format!("{found}{anchor}")));
        named.targets.extend(names.map(|target| (target, Need::May)));
    }
    named
}

/// The runbook that is called as the alert is, if there is one.
pub(super) fn of_same_name(alert: &str) -> Target {
    name("runbook", fold(alert))
}

fn name(scheme: &str, text: String) -> Target {
    Target::Named { scheme: Interned::new(scheme), text }
}

/// An address on a forge says itself which repository it means; its last part must not be looked up in this one.
fn is_on_a_forge(url: &str) -> bool {
    ["/blob/", "/tree/", "/-/", "/raw/", "/src/branch/"].iter().any(|part| url.contains(part))
}

/// The names at the end of an address, in the forms in which runbooks are found by them: with the folder before it, which
/// tells runbooks of one name apart, and alone. None for names that say nothing.
fn names_at_end(url: &str) -> Vec<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split('?').next().unwrap_or_default().trim_end_matches('/');
    let (folders, last) = path.rsplit_once('/').unwrap_or(("", path));
    let last = percent_decode_str(last.trim_end_matches(".html").trim_end_matches(".md")).decode_utf8_lossy();
    if is_general(&fold(&last)) || last.contains("{{") || last.contains("}}") {
        return Vec::new();
    }
    let folder = folders.rsplit('/').next().unwrap_or_default();
    let whole =
        (!is_general(&fold(folder)) && !folder.contains("}}")).then(|| format!("{}/{}", slug(folder), slug(&last)));
    whole.into_iter().chain([fold(&last)]).collect()
}

fn is_general(name: &str) -> bool {
    matches!(name, "" | "runbook" | "runbooks" | "readme" | "index" | "playbook" | "playbooks" | "docs" | "wiki")
}

#[cfg(test)]
mod tests {
    use super::names_at_end;

    #[test]
    fn names() {
        let cases: [(&str, &[&str]); 10] = [
            ("https://runbooks.example.com/runbooks/general/watchdog", &["general/watchdog", "watchdog"]),
            ("https://example.com/runbooks/High-Error-Rate.md", &["higherrorrate"]),
            ("https://example.com/shop/high-error-rate/?from=x", &["shop/high-error-rate", "higherrorrate"]),
            ("{{ .Values.runbookUrl }}/general/targetdown", &["general/targetdown", "targetdown"]),
            ("{{ .Values.runbookUrl }}/targetdown", &["targetdown"]),
            ("https://example.com/{{ $labels.alertname }}", &[]),
            ("https://example.com/runbook.md", &[]),
            ("https://example.com/", &[]),
            ("high%20error", &["higherror"]),
            ("", &[]),
        ];
        for (url, expected) in cases {
            assert_eq!(names_at_end(url), expected, "{url}");
        }
    }
}
