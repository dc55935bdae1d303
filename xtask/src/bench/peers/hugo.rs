//! Hugo, <https://gohugo.io>. It has no search of its own.

use corpus::{File, Page};

use super::{Highlighting, Peer, file};

pub(super) const HIGHLIGHTED: Peer = Peer {
    program: "hugo",
    label: "Hugo",
    version: &["version"],
    arguments: &["build", "--quiet", "--noBuildLock"],
    pages: "content",
    page: Page::text,
    configuration: |_| configuration(true),
    output: "public",
    cache: Some("resources"),
    index: None,
    highlighting: Highlighting::Built,
};

pub(super) const PLAIN: Peer = Peer {
    label: "Hugo, no highlighting",
    configuration: |_| configuration(false),
    highlighting: Highlighting::None,
    ..HIGHLIGHTED
};

/// Classes in place of inline styles, as livedoc writes them; no feeds and no lists of tags.
fn configuration(highlighting: bool) -> Vec<File> {
    let settings = format!(
        "baseURL = \"https://example.com/\"\ntitle = \"Corpus\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n\n\
         [markup.highlight]\ncodeFences = {highlighting}\nnoClasses = false\n"
    );
    let list = "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Pages }}\
                <li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}</ul>{{ end }}\n";
    vec![
        file("hugo.toml", settings),
        file(
            "layouts/baseof.html",
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\n\
             <body>{{ block \"main\" . }}{{ end }}</body></html>\n",
        ),
        file(
            "layouts/page.html",
            "{{ define \"main\" }}<aside>{{ .TableOfContents }}</aside><main>{{ .Content }}</main>{{ end }}\n",
        ),
        file("layouts/home.html", list),
        file("layouts/section.html", list),
    ]
}
