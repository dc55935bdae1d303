//! Zola, <https://www.getzola.org>, from 0.22 on.

use corpus::{File, Page};

use super::{Highlighting, Peer, file};

pub(super) const ZOLA: Peer = Peer {
    program: "zola",
    label: "Zola",
    version: &["--version"],
    arguments: &["build"],
    pages: "content",
    page,
    configuration: |_| configuration(),
    output: "public",
    cache: None,
    index: Some(|path| path.starts_with("search_index")),
    highlighting: Highlighting::Built,
};

/// Every page must have front matter; without a title, lists have nothing to show.
fn page(page: &Page) -> String {
    let title = page.title.replace(['\\', '"'], " ");
    format!("+++\ntitle = \"{title}\"\n+++\n\n{}", page.body)
}

fn configuration() -> Vec<File> {
    let frame = |main: &str| {
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{{{ config.title }}}}</title></head>\n\
             <body>{main}</body></html>\n"
        )
    };
    let headings = "<aside>{% for heading in page.toc %}<a href=\"{{ heading.permalink | safe }}\">{{ heading.title }}</a>\
                    {% for below in heading.children %}<a href=\"{{ below.permalink | safe }}\">{{ below.title }}</a>{% endfor %}\
                    {% endfor %}</aside><main>{{ page.content | safe }}</main>";
    let list = "<ul>{% for page in section.pages %}<li><a href=\"{{ page.permalink | safe }}\">{{ page.title }}</a></li>\
                {% endfor %}</ul>";
    vec![
        file(
            "config.toml",
            "base_url = \"https://example.com\"\ntitle = \"Corpus\"\nbuild_search_index = true\n\n\
             [markdown.highlighting]\ntheme = \"github-dark\"\nstyle = \"class\"\n",
        ),
        file("templates/page.html", frame(headings)),
        file("templates/section.html", frame(list)),
        file("templates/index.html", frame(list)),
    ]
}
