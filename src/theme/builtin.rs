//! The files of the built-in theme, carried in the program.

macro_rules! embedded {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $folder, "/", $name)))),*]
    };
}

/// Names and contents below one folder of the theme.
pub(super) type Files = &'static [(&'static str, &'static [u8])];

pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../../themes/default/templates/base.html")),
    ("components.html", include_str!("../../themes/default/templates/components.html")),
    ("file.html", include_str!("../../themes/default/templates/file.html")),
    ("list.html", include_str!("../../themes/default/templates/list.html")),
    ("node.html", include_str!("../../themes/default/templates/node.html")),
    ("not-found.html", include_str!("../../themes/default/templates/not-found.html")),
    ("overview.html", include_str!("../../themes/default/templates/overview.html")),
    ("redirect.html", include_str!("../../themes/default/templates/redirect.html")),
];

pub(super) const STYLES: Files = embedded!("styles":
    "10-variables.css"
    "20-layout.css"
    "25-icons.css"
    "30-text.css"
    "40-components.css"
    "45-steps.css"
    "50-code.css"
    "52-files.css"
    "55-search.css"
    "57-keys.css"
    "58-try-it.css"
    "60-print.css"
);

pub(super) const SCRIPTS: Files = embedded!("scripts":
    "10-color-scheme.js"
    "20-theme-switch.js"
    "30-navigation.js"
    "40-copy-code.js"
    "42-samples.js"
    "43-steps.js"
    "44-try-it.js"
    "45-heading-links.js"
    "47-foreign-addresses.js"
    "50-scroll-spy.js"
    "55-lines.js"
    "60-filter-list.js"
    "65-keys.js"
    "70-search.js"
);

pub(super) const STATIC: Files = embedded!("static":
    "favicon.svg"
    "icons.svg"
    "search.js"
    "try-it/answer.js"
    "try-it/body.js"
    "try-it/credentials.js"
    "try-it/curl.js"
    "try-it/element.js"
    "try-it/failure.js"
    "try-it/filled.js"
    "try-it/forbidden.js"
    "try-it/inputs.js"
    "try-it/json.js"
    "try-it/panel.js"
    "try-it/parameters.js"
    "try-it/request.js"
    "try-it/send.js"
    "try-it/sending.js"
    "try-it/serialise.js"
    "try-it/servers.js"
    "try-it/store.js"
);

/// What is called so lets readers send requests, and is left out where that is not wanted.
pub(super) const TRY_IT: &str = "try-it";

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{Files, SCRIPTS, STATIC, STYLES, TEMPLATES};

    #[test]
    fn every_file_of_the_theme_is_in_the_program() {
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let names_of = |files: Files| files.iter().map(|(name, _)| (*name).to_owned()).collect();
        let folders: [(&str, BTreeSet<String>); 4] = [
            ("templates", TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect()),
            ("styles", names_of(STYLES)),
            ("scripts", names_of(SCRIPTS)),
            ("static", names_of(STATIC)),
        ];
        for (folder, embedded) in folders {
            assert_eq!(embedded, names_in(&theme.join(folder)), "{folder}");
        }
    }

    /// The files in `folder`, and those in its folders by `folder/name`.
    fn names_in(folder: &Path) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                names.extend(names_in(&path).into_iter().map(|inner| format!("{name}/{inner}")));
            } else {
                names.insert(name);
            }
        }
        names
    }
}
