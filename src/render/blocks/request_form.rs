//! What a script needs to let readers send a request -> data in the page.

use crate::graph::RequestForm;

/// Appends `form`, for scripts to find. No text in it can end the element.
pub(super) fn write(html: &mut String, form: &RequestForm) {
    // What it holds always has a form: texts, flags and lists of those.
    let data = serde_json::to_string(form).unwrap_or_default();
    html.push_str("<script type=\"application/json\" class=\"request-form\">");
    // Browsers look for `</script>` and `<!--` there, and for nothing else (HTML, 4.12.1.3).
    html.push_str(&data.replace('<', "\\u003c"));
    html.push_str("</script>\n");
}
