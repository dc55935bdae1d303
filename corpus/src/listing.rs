//! Languages -> listings, of which four in five stand nowhere else.
//!
//! A listing is an opening, some lines in between and a closing, in all of which a mark is replaced: `%n` by a name, `%T`
//! by the name of a type, `%i` by a number, `%w` by some words.

use crate::prose::Writer;

/// How listings of one language look.
struct Language {
    /// As the fence says.
    name: &'static str,
    /// In how many of a hundred listings it is this one.
    percent: usize,
    open: &'static str,
    lines: &'static [&'static str],
    close: &'static str,
}

const LANGUAGES: [Language; 8] = [
    Language {
        name: "rust",
        percent: 34,
        open: "/// %w\npub fn %n(%n: &%T) -> Result<%T, Error> {\n",
        lines: &[
            "    let %n = %n.%n(%i)?;\n",
            "    // %w\n",
            "    if %n.is_empty() {\n        return Err(Error::%T);\n    }\n",
            "    for %n in %n.iter().take(%i) {\n        println!(\"{%n}: %w\");\n    }\n",
            "    let %n: Vec<%T> = %n.into_iter().map(|%n| %n.%n()).collect();\n",
        ],
        close: "    Ok(%T { %n: %i, %n })\n}\n",
    },
    Language {
        name: "toml",
        percent: 10,
        open: "[%n]\n",
        lines: &[
            "%n = \"%w\"\n",
            "%n = %i\n",
            "%n = [\"%n\", \"%n\"]\n",
            "# %w\n",
            "%n = { %n = true, %n = \"%n\" }\n",
        ],
        close: "%n = false\n",
    },
    Language {
        name: "json",
        percent: 10,
        open: "{\n  \"%n\": \"%w\",\n",
        lines: &[
            "  \"%n\": %i,\n",
            "  \"%n\": { \"%n\": \"%n\", \"%n\": %i },\n",
            "  \"%n\": [%i, %i, %i],\n",
            "  \"%n\": null,\n",
        ],
        close: "  \"%n\": true\n}\n",
    },
    Language {
        name: "yaml",
        percent: 12,
        open: "apiVersion: %n/v%i\nkind: %T\n",
        lines: &["%n: %w\n", "%n:\n  %n: %i\n  %n: \"%w\"\n", "%n:\n  - %n\n  - %n\n", "# %w\n"],
        close: "%n: true\n",
    },
    Language {
        name: "sh",
        percent: 14,
        open: "#!/bin/sh\nset -eu\n",
        lines: &[
            "export %n=\"%i\"\n",
            "curl --fail \"https://example.com/%n/%i\" | jq .%n\n",
            "if [ -z \"$%n\" ]; then echo \"%w\" >&2; exit 1; fi\n",
            "for %n in *.%n; do cp \"$%n\" \"/var/lib/%n\"; done\n",
        ],
        close: "exec %n --%n %i\n",
    },
    Language {
        name: "python",
        percent: 10,
        open: "def %n(%n, %n=%i):\n    \"\"\"%w\"\"\"\n",
        lines: &[
            "    %n = [%n.%n(%i) for %n in %n]\n",
            "    if not %n:\n        raise %T(f\"%w {%n}\")\n",
            "    # %w\n",
            "    with open(\"%n\") as %n:\n        %n.write(str(%i))\n",
        ],
        close: "    return %n\n",
    },
    Language {
        name: "sql",
        percent: 4,
        open: "SELECT %n, count(*)\nFROM %n\n",
        lines: &["JOIN %n ON %n = %n AND %n > %i\n", "-- %w\n", "LEFT JOIN %n USING (%n)\n"],
        close: "WHERE %n = '%n'\nGROUP BY %n;\n",
    },
    Language { name: "", percent: 6, open: "%w\n", lines: &["%n: %i\n", "    %w\n"], close: "%n %i\n" },
];

/// A listing that many pages show.
const SHARED: &str = "```sh\ncargo install --locked example\nexample --version\n```\n";

impl Writer<'_> {
    /// A fenced listing.
    pub(crate) fn listing(&mut self) -> String {
        if self.random.chance(20.0) {
            return SHARED.to_owned();
        }
        let mut share = self.random.between(0, 99);
        let language = LANGUAGES.iter().find(|language| {
            let found = share < language.percent;
            share = share.saturating_sub(language.percent);
            found
        });
        let language = language.unwrap_or(&LANGUAGES[0]);
        let mut text = format!("```{}\n", language.name);
        self.fill(&mut text, language.open);
        for _ in 0..self.random.between(1, 6) {
            let line = self.random.pick(language.lines);
            self.fill(&mut text, line);
        }
        self.fill(&mut text, language.close);
        text.push_str("```\n");
        text
    }

    /// Adds `pattern` to `text`, each mark replaced.
    fn fill(&mut self, text: &mut String, pattern: &str) {
        let mut parts = pattern.split('%');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (mark, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
            match mark {
                "n" => text.push_str(&self.name()),
                "T" => text.push_str(&self.type_name()),
                "i" => text.push_str(&self.random.between(1, 999).to_string()),
                "w" => text.push_str(&self.words(3, 8)),
                other => text.push_str(other),
            }
            text.push_str(rest);
        }
    }
}
