//! Listings -> HTML: their titles, languages and texts, highlighted.

use crate::graph::{Code, push_text};
use crate::render::highlight::{push_highlighted, push_sample};
use crate::render::links::push_attribute;

/// Appends `listing`.
pub(super) fn write(html: &mut String, listing: &Code) {
    let language = listing.language.split([',', ' ', '{', '\t']).next().unwrap_or_default();
    if !listing.title.is_empty() {
        html.push_str("<figure class=\"listing\"><figcaption>");
        push_text(html, &listing.title);
        html.push_str("</figcaption>");
    }
    write_text(html, language, |html| push_highlighted(html, language, &listing.text));
    if !listing.title.is_empty() {
        html.push_str("</figure>");
    }
    html.push('\n');
}

/// Appends `samples`, of which one is seen at a time without a script: each has a button that is checked or not. `number`
/// tells them from other groups on the page.
pub(super) fn write_samples(html: &mut String, samples: &[Code], number: usize) {
    html.push_str("<div class=\"samples\" role=\"group\" aria-label=\"Code samples\">\n");
    for (index, sample) in samples.iter().enumerate() {
        let id = format!("sample-{number}-{}", index + 1);
        let checked = if index == 0 { " checked" } else { "" };
        html.push_str(&format!("<input type=\"radio\" name=\"samples-{number}\" id=\"{id}\"{checked}"));
        push_attribute(html, " value=\"", &sample.title, "\"");
        html.push_str(&format!("><label for=\"{id}\">"));
        push_text(html, &sample.title);
        html.push_str("</label>");
    }
    for sample in samples {
        html.push_str("\n<div class=\"sample\">");
        write_text(html, &sample.language, |html| push_sample(html, &sample.text));
        html.push_str("</div>");
    }
    html.push_str("\n</div>\n");
}

fn write_text(html: &mut String, language: &str, write: impl Fn(&mut String)) {
    html.push_str("<pre><code");
    if !language.is_empty() {
        push_attribute(html, " class=\"language-", language, "\"");
    }
    html.push('>');
    write(html);
    html.push_str("</code></pre>");
}
