//! `livedoc check --external`, with a proxy for all of the world.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod sandbox;
mod world;

use sandbox::Sandbox;
use world::{Heard, world};

fn repository() -> Sandbox {
    Sandbox::with(&[
        (
            "README.md",
            "# Shop\n\n[a](http://status.dev/200#part) [b](http://status.dev/404) [c](http://status.dev/503)\n\
             [d](http://status.dev/404#again) [e](http://localhost:80/404) [f](http://private.status.dev/404)\n\n\
             <!-- livedoc-ignore broken-external-link: it is an example -->\n[g](http://status.dev/410)\n",
        ),
        ("livedoc.toml", "[external]\nignore = [\"http://private.*\"]\n"),
    ])
}

#[test]
fn other_sites_are_asked_on_request() {
    let (proxy, heard) = world();
    let repository = repository();
    let check = |arguments: &[&str]| {
        let mut command = repository.command(&[&["check", "--format", "json"], arguments].concat());
        let output = command.env("HTTP_PROXY", &proxy).output().unwrap();
        let found: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        let line = |found: &serde_json::Value| {
            format!("{}:{} {}", found["line"], found["code"].as_str().unwrap(), found["message"].as_str().unwrap())
        };
        (output.status.code(), found.iter().map(line).collect::<Vec<_>>())
    };
    assert_eq!(check(&[]), (Some(0), Vec::new()));
    assert!(heard.lock().unwrap().is_empty());
    let expected = [
        "3:broken-external-link http://status.dev/404 answers 404 Not Found",
        "3:unreachable-external-link http://status.dev/503: 503 Service Unavailable",
        "4:broken-external-link http://status.dev/404 answers 404 Not Found",
    ];
    let expected = (Some(1), expected.map(str::to_owned).to_vec());
    assert_eq!(check(&["--external"]), expected);
    let requests = |heard: &Heard| std::mem::take(&mut *heard.lock().unwrap()).join("\n");
    let asked = "GET http://status.dev/404\nHEAD http://status.dev/410\nGET http://status.dev/410\n\
                 HEAD http://status.dev/503\nGET http://status.dev/503";
    let first = format!("HEAD http://status.dev/200\nHEAD http://status.dev/404\n{asked}");
    assert_eq!(requests(&heard), first);
    // What was there is not asked for again.
    assert_eq!(check(&["--external"]), expected);
    assert_eq!(requests(&heard), format!("HEAD http://status.dev/404\n{asked}"));
    assert_eq!(check(&["--external", "--no-cache"]), expected);
    assert_eq!(requests(&heard), first);
}

#[test]
fn without_a_network_nothing_is_known() {
    let (proxy, _) = world();
    let repository = Sandbox::with(&[("README.md", "# Shop\n\n[a](http://a.dev/) [b](http://b.dev/)\n")]);
    let mut command = repository.command(&["check", "--external", "--format", "json"]);
    let output = command.env("HTTP_PROXY", proxy).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((&found[0]["code"], &found[0]["level"]), (&"unreachable-external-link".into(), &"warning".into()));
}
