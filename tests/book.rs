//! The manual's tables of what can be configured and checked are those of the program. `LIVEDOC_BLESS=1` writes them.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::Path;

use livedoc::config::KEYS;
use livedoc::diagnostic::{Code, Level};

/// A page, the name of the comments around its table, and the table.
fn tables() -> [(&'static str, &'static str, String); 2] {
    let mut keys = String::from("| key | type | unless set | |\n|---|---|---|---|\n");
    for key in KEYS {
        let default = match key.default {
            words if words.contains(' ') || words == "none" => words.to_owned(),
            value => format!("`{value}`"),
        };
        keys.push_str(&format!("| `{}` | {} | {default} | {} |\n", key.name, key.type_name(), key.meaning));
    }
    let mut rules = String::from("| rule | level | |\n|---|---|---|\n");
    for code in Code::ALL {
        let level = match code.default_level() {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warn => "warn",
            Level::Error => "error",
        };
        rules.push_str(&format!("| `{code}` | {level} | {} |\n", code.meaning()));
    }
    [("configuration.md", "keys", keys), ("checks.md", "rules", rules)]
}

#[test]
fn the_manual_lists_every_key_and_every_rule() {
    for (page, name, table) in tables() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src").join(page);
        let text = fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap();
        let (_, after) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
        let whole = format!("{before}<!-- {name} -->\n\n{table}\n<!-- /{name} -->{after}");
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&path, whole).unwrap();
        } else {
            assert_eq!(text, whole, "book/src/{page}: run this test with LIVEDOC_BLESS=1");
        }
    }
}

#[test]
fn the_manual_knows_every_flag_and_command() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/commands.md")).unwrap();
    let help = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_livedoc")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let overview = help(&["--help"]);
    let commands = overview.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        assert!(page.contains(&format!("`livedoc {command} ")), "{command} is not in commands.md");
        for word in help(&[command, "--help"]).split_whitespace() {
            let flag = word.trim_matches(|character: char| !character.is_alphanumeric() && character != '-');
            let known = ["--help", "--version"].contains(&flag) || page.contains(&format!("`{flag}"));
            assert!(!flag.starts_with("--") || known, "{command} {flag} is not in commands.md");
        }
    }
}
