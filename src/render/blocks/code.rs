//! A listing -> HTML: its title, its language and its text, highlighted.

use crate::graph::{Code, push_text};
use crate::render::highlight::push_highlighted;
use crate::render::links::push_attribute;

/// Appends `listing`.
pub(super) fn write(html: &mut String, listing: &Code) {
    let language = listing.language.split([',', ' ', '{', '\t']).next().unwrap_or_default();
    if !listing.title.is_empty() {
        html.push_str("<figure class=\"listing\"><figcaption>");
        push_text(html, &listing.title);
        html.push_str("</figcaption>");
    }
    html.push_str("<pre><code");
    if !language.is_empty() {
        push_attribute(html, " class=\"language-", language, "\"");
    }
    html.push('>');
    push_highlighted(html, language, &listing.text);
    html.push_str("</code></pre>");
    if !listing.title.is_empty() {
        html.push_str("</figure>");
    }
    html.push('\n');
}
