//! A page of the site -> a page that listens to the preview.

use std::sync::LazyLock;

use crate::source::ContentHash;

/// The modules that open pages run, by name. `live.js` imports the others.
pub(super) const CLIENT: &[(&str, &str)] = &[
    ("live.js", include_str!("client/live.js")),
    ("patch.js", include_str!("client/patch.js")),
    ("align.js", include_str!("client/align.js")),
    ("problems.js", include_str!("client/problems.js")),
];

/// Where they stand.
pub(super) const CLIENT_FOLDER: &str = "/_livedoc/";

/// Tells this client from that of another version of livedoc, whose pages may still be open.
static CLIENT_VERSION: LazyLock<String> = LazyLock::new(|| {
    let texts: Vec<&str> = CLIENT.iter().map(|(_, text)| *text).collect();
    ContentHash::of(texts.concat().as_bytes()).short()
});

/// `page` with the client. `hash` is that of the page as it stands in the site, `seen` the edition that it is from. A page
/// that stands for a `missing` one has links that start from the root, wherever it is shown. Requests may be sent to `service`
/// through the proxy.
///
/// The client is the first module of the page: it remembers the page as it was sent, before others change it.
pub(super) fn with_client(page: &[u8], hash: ContentHash, seen: &str, service: Option<&str>, missing: bool) -> Vec<u8> {
    let (base, mark) = if missing { ("<base href=\"/\">", " data-missing") } else { ("", "") };
    let version = CLIENT_VERSION.as_str();
    // The address of a service has no character that means something there.
    let proxy = service.map(|service| format!(" data-proxy=\"{service}\"")).unwrap_or_default();
    let client = format!(
        "{base}<script type=\"module\" src=\"{CLIENT_FOLDER}live.js?v={version}\" data-page=\"{hash}\" \
         data-seen=\"{seen}\"{proxy}{mark}></script>"
    );
    let at = head_start(page).unwrap_or(page.len());
    [&page[..at], client.as_bytes(), &page[at..]].concat()
}

/// The place behind `<head>`.
fn head_start(page: &[u8]) -> Option<usize> {
    let tag = b"<head";
    let at = page.windows(tag.len()).position(|bytes| bytes.eq_ignore_ascii_case(tag))? + tag.len();
    // Not `<header>`.
    page.get(at).filter(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'\n' | b'\r'))?;
    Some(at + page[at..].iter().position(|byte| *byte == b'>')? + 1)
}

#[cfg(test)]
mod tests {
    use super::{ContentHash, with_client};

    #[test]
    fn the_client_comes_first() {
        let cases = [
            ("<!doctype html><head><meta charset=utf-8>", "<!doctype html><head>*<meta charset=utf-8>"),
            ("<HEAD\nlang=de><title>", "<HEAD\nlang=de>*<title>"),
            ("<header>no head</header>", "<header>no head</header>*"),
            ("<head", "<head*"),
            ("", "*"),
            ("\u{fffd}<head>ü", "\u{fffd}<head>*ü"),
        ];
        for (page, expected) in cases {
            let with = with_client(page.as_bytes(), ContentHash::of(b""), "1.2", Some("http://[::1]:80"), false);
            let with = String::from_utf8_lossy(&with).into_owned();
            let at = with.find("<script").unwrap_or(0);
            let end = with.find("</script>").map_or(0, |at| at + "</script>".len());
            assert_eq!(format!("{}*{}", &with[..at], &with[end..]), expected);
            assert!(with.contains("data-seen=\"1.2\" data-proxy=\"http://[::1]:80\">"), "{with}");
        }
    }
}
