//! A listing -> HTML: its title, its language and its text, highlighted.

use crate::graph::{Code, escape};
use crate::render::highlight::highlight;

/// Appends `listing`.
pub(super) fn write(html: &mut String, listing: &Code) {
    let language = listing.language.split([',', ' ', '{', '\t']).next().unwrap_or_default();
    html.push_str("<figure class=\"listing\">");
    if !listing.title.is_empty() {
        html.push_str(&format!("<figcaption>{}</figcaption>", escape(&listing.title)));
    }
    // Focusable, so that a listing that is wider than the page can be scrolled with the keyboard.
    html.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        html.push_str(&format!(" class=\"language-{}\"", escape(language)));
    }
    html.push('>');
    html.push_str(&highlight(language, &listing.text));
    html.push_str("</code></pre></figure>\n");
}
