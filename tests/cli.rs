//! Real commands: what they print, and how they end.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use sandbox::Sandbox;

/// A repository without a fault.
fn sound() -> Sandbox {
    Sandbox::with(&[
        ("README.md", "# Shop\n\nSee [setup](docs/setup.md).\n"),
        ("docs/setup.md", "# Setup\n\nBack to [the start](../README.md).\n"),
    ])
}

/// One with an error.
fn broken() -> Sandbox {
    Sandbox::with(&[("docs/index.md", "# Start\n\nSee [setup](setpu.md).\n"), ("docs/setup.md", "# Setup\n")])
}

/// One with a warning.
fn doubtful() -> Sandbox {
    Sandbox::with(&[("docs/index.md", "# Start\n\nSee [the handbook](../../handbook.md).\n")])
}

#[test]
fn every_command_ends_with_the_status_that_was_promised() {
    let misspelt = || Sandbox::with(&[("livedoc.toml", "[site]\ntitel = 'x'\n"), ("docs/a.md", "# A\n")]);
    let cases: [(Sandbox, &[&str], i32); 25] = [
        (sound(), &["check"], 0),
        (sound(), &["check", "--strict"], 0),
        (broken(), &["check"], 1),
        (broken(), &["build"], 1),
        (broken(), &["graph"], 0),
        (doubtful(), &["check"], 0),
        (doubtful(), &["check", "--strict"], 1),
        (doubtful(), &["build", "-s"], 1),
        (sound(), &["build"], 0),
        (sound(), &[], 2),
        (sound(), &["chek"], 2),
        (sound(), &["check", "--colour"], 2),
        (sound(), &["check", "--format", "xml"], 2),
        (sound(), &["check", "nowhere"], 2),
        (sound(), &["check", "README.md"], 2),
        (sound(), &["check", "-c", "nowhere.toml"], 2),
        (sound(), &["build", "-u", "example"], 2),
        (sound(), &["serve", "-p", "many"], 2),
        (misspelt(), &["check"], 2),
        (misspelt(), &["build"], 2),
        (misspelt(), &["serve", "-p", "0"], 2),
        (sound(), &["graph", "guide:nowhere"], 2),
        (sound(), &["explain", "broken-link"], 0),
        (sound(), &["explain", "broken"], 2),
        (sound(), &["--version"], 0),
    ];
    for (sandbox, arguments, status) in cases {
        let run = sandbox.livedoc(arguments);
        assert_eq!(run.status, Some(status), "{arguments:?}: {run:?}");
        assert!(status != 2 || !(run.stderr + &run.stdout).is_empty(), "{arguments:?} says why");
    }
}

#[test]
fn findings_go_to_standard_output_and_the_summary_beside_them() {
    let run = broken().livedoc(&["check"]);
    assert!(run.stdout.starts_with("error[broken-link]: "), "{run:?}");
    assert!(run.stdout.contains("--> docs/index.md:3:"), "{run:?}");
    assert!(run.stdout.contains("did you mean `docs/setup.md`?"), "{run:?}");
    assert!(run.stderr.starts_with("checked ") && run.stderr.ends_with(" s: 1 error\n"), "{run:?}");
    assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "no colour, no progress: {run:?}");
    let quiet = broken().livedoc(&["check", "--quiet"]);
    assert_eq!((quiet.stdout, quiet.stderr.as_str()), (run.stdout, ""));
    assert!(broken().livedoc(&["check", "--color", "always"]).stdout.contains("\u{1b}["));
}

#[test]
fn known_findings_are_tolerated_until_they_are_mended() {
    let sandbox = broken();
    let baseline = ["check", "--baseline", "known.txt"];
    let missing = sandbox.livedoc(&baseline);
    assert_eq!(missing.status, Some(2), "{missing:?}");
    assert_eq!(sandbox.livedoc(&[&baseline[..], &["--update-baseline"]].concat()).status, Some(0));
    let precious = sandbox.livedoc(&["check", "--baseline", "docs/setup.md", "--update-baseline"]);
    assert_eq!(precious.status, Some(2), "{precious:?}");
    assert_eq!(fs::read_to_string(sandbox.path("docs/setup.md")).unwrap(), "# Setup\n");
    let known = sandbox.livedoc(&baseline);
    assert_eq!((known.status, known.stdout.as_str()), (Some(0), ""), "{known:?}");
    sandbox.write("docs/new.md", "# New\n\nSee [setup](setpu.md).\n");
    let new = sandbox.livedoc(&baseline);
    assert_eq!(new.status, Some(1));
    assert!(new.stdout.contains("--> docs/new.md:3:") && !new.stdout.contains("docs/index.md"), "{new:?}");
    sandbox.write("docs/new.md", "# New\n");
    sandbox.write("docs/index.md", "# Start\n\nSee [setup](setup.md).\n");
    let mended = sandbox.livedoc(&baseline);
    assert_eq!(mended.status, Some(1), "a mended finding must leave the file");
    assert!(mended.stderr.starts_with("error: known.txt:3: "), "{mended:?}");
}

#[test]
fn paths_lead_from_where_one_stands() {
    let sandbox = broken();
    let from_above = |format: &str| {
        let mut command = sandbox.command(&["check", "repository", "--format", format]);
        let output = command.current_dir(sandbox.root().parent().unwrap()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(from_above("human").contains("--> repository/docs/index.md:3:"));
    assert!(from_above("json").contains("\"path\":\"docs/index.md\""));
    assert!(from_above("github").contains("file=docs/index.md,"));
    // On a forge, paths start at the top of the checkout.
    fs::create_dir(sandbox.root().parent().unwrap().join(".git")).unwrap();
    sandbox.write("livedoc.toml", "");
    assert!(from_above("github").contains("file=repository/docs/index.md,"));
    assert!(from_above("sarif").contains("\"uri\": \"repository/docs/index.md\""));
}

#[test]
fn a_site_is_built_where_it_is_wanted_and_never_over_other_files() {
    let sandbox = sound();
    let run = sandbox.livedoc(&["build"]);
    assert!(run.stderr.starts_with("wrote site: "), "{run:?}");
    assert!(sandbox.path("site/graph.json").is_file());
    assert_eq!(sandbox.livedoc(&["build", "docs", "--output-dir", "out/deep"]).status, Some(0));
    assert!(sandbox.path("out/deep/graph.json").is_file(), "flags start from the current folder");

    sandbox.write("precious/notes.txt", "mine");
    let run = sandbox.livedoc(&["build", "-o", "precious"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("notes.txt"), "{run:?}");
    assert_eq!(sandbox.read("precious/notes.txt"), "mine");
    for holder in [".", ".."] {
        let run = sandbox.livedoc(&["build", "-o", holder]);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains("the repository is in there"), "{run:?}");
    }
}

#[test]
fn what_the_machine_refuses_is_status_3() {
    let sandbox = sound();
    sandbox.write("file", "");
    let run = sandbox.livedoc(&["build", "-o", "file/site"]);
    assert_eq!(run.status, Some(3), "{run:?}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = sandbox.livedoc(&["serve", "--port", &port]);
    assert_eq!(run.status, Some(3), "{run:?}");
    assert!(run.stderr.contains("the port is taken"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_status_3() {
    use std::os::unix::fs::PermissionsExt;
    let mut sandbox = sound();
    fs::create_dir(sandbox.path("locked")).unwrap();
    fs::set_permissions(sandbox.path("locked"), fs::Permissions::from_mode(0o555)).unwrap();
    sandbox.drop_privileges();
    let run = sandbox.livedoc(&["build", "-o", "locked/site"]);
    assert_eq!(run.status, Some(3), "{run:?}");
    assert!(run.stderr.contains("locked"), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_no_obstacle() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::empty();
    let folder = sandbox.root().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir_all(folder.join("docs")).unwrap();
    fs::write(folder.join("docs/a.md"), "# A\n").unwrap();
    fs::write(folder.join("docs").join(std::ffi::OsStr::from_bytes(b"\xff.md")), "# B\n").unwrap();
    for name in ["check", "build", "graph"] {
        let output = sandbox.command(&[name]).arg(&folder).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {output:?}");
    }
    assert!(folder.join("site/graph.json").is_file());
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let sandbox = Sandbox::empty();
    for number in 0..600 {
        sandbox.write(&format!("docs/page-{number}.md"), "# Page\n\n[gone](gone.md)\n");
    }
    for arguments in [&["check"][..], &["graph"], &["check", "--format", "sarif"]] {
        let mut child = sandbox.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn variables_and_flags_stand_over_the_file() {
    let sandbox = sound();
    sandbox.write("livedoc.toml", "[site]\noutput-dir = 'from-file'\n");
    let variable = ("LIVEDOC_SITE_OUTPUT_DIR", "from-variable");
    assert_eq!(sandbox.livedoc(&["build"]).status, Some(0));
    assert!(sandbox.path("from-file").is_dir());
    let run = |arguments: &[&str]| sandbox.command(arguments).env(variable.0, variable.1).output().unwrap().status;
    assert!(run(&["build"]).success());
    assert!(sandbox.path("from-variable").is_dir());
    assert!(run(&["build", "-o", "from-flag"]).success());
    assert!(sandbox.path("from-flag").is_dir());
    let doubtful = doubtful();
    assert_eq!(doubtful.command(&["check"]).env("LIVEDOC_STRICT", "1").output().unwrap().status.code(), Some(1));
    sandbox.write("other.toml", "[site]\nnonsense = 1\n");
    let run = sandbox.livedoc(&["check", "-c", "other.toml"]);
    assert!(run.stdout.contains("--> other.toml:2:1"), "{run:?}");
}

#[test]
fn init_tells_what_it_found_and_writes_only_what_is_missing() {
    let sandbox = sound();
    let run = sandbox.livedoc(&["init"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stdout.contains("guides: 2 files"), "{run:?}");
    assert!(run.stdout.contains("wrote livedoc.toml"), "{run:?}");
    assert!(sandbox.read("livedoc.toml").contains("[site]"));
    assert_eq!(sandbox.livedoc(&["check", "--strict"]).status, Some(0), "what init writes is in order");
    sandbox.write("livedoc.toml", "[site]\ntitle = 'Mine'\n");
    let again = sandbox.livedoc(&["init"]);
    assert!(again.stdout.contains("nothing to write"), "{again:?}");
    assert_eq!(sandbox.read("livedoc.toml"), "[site]\ntitle = 'Mine'\n");

    let empty = Sandbox::empty();
    assert_eq!(empty.livedoc(&["init", "new/project"]).status, Some(0));
    assert!(empty.path("new/project/docs/adr").is_dir() && empty.path("new/project/docs/runbooks").is_dir());
    assert_eq!(empty.livedoc(&["check", "--strict", "new/project"]).status, Some(0));
}

#[test]
fn new_pages_stand_where_their_like_do() {
    let sandbox = Sandbox::with(&[
        ("architecture/decisions/0011-a.md", "# 11. A\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n"),
        ("architecture/decisions/0012-b.md", "# 12. B\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n"),
        ("ops/runbooks/KubeNodeDown.md", "# KubeNodeDown\n\n## Meaning\n\nA node is down.\n"),
    ]);
    let created = |arguments: &[&str]| {
        let run = sandbox.livedoc(arguments);
        assert_eq!(run.status, Some(0), "{run:?}");
        let path = std::path::PathBuf::from(run.stdout.trim_end());
        path.strip_prefix(sandbox.root()).unwrap().to_str().unwrap().to_owned()
    };
    let adr = created(&["new", "adr", "Use  \"PostgreSQL\"\n16"]);
    assert_eq!(adr, "architecture/decisions/0013-use-postgresql-16.md");
    assert!(sandbox.read(&adr).starts_with("# 13. Use \"PostgreSQL\" 16\n\nDate: 20"), "{}", sandbox.read(&adr));
    assert_eq!(created(&["new", "adr", "Next"]), "architecture/decisions/0014-next.md");
    assert_eq!(created(&["new", "runbook", "DiskFull"]), "ops/runbooks/DiskFull.md");
    assert_eq!(created(&["new", "guide", "First day"]), "docs/first-day.md");
    assert_eq!(sandbox.livedoc(&["check", "--strict"]).status, Some(0), "what is new is in order");
    sandbox.write("docs/first-day.md", "mine");
    let run = sandbox.livedoc(&["new", "guide", "First day"]);
    assert_eq!((run.status, sandbox.read("docs/first-day.md").as_str()), (Some(2), "mine"), "{run:?}");
    assert_eq!(sandbox.livedoc(&["new", "guide", "../.."]).status, Some(2));
}

#[test]
fn a_runbook_for_an_alert_begins_with_its_rule() {
    let sandbox = Sandbox::with(&[(
        "ops/shop.rules.yml",
        "groups:\n  - name: shop\n    rules:\n      - alert: HighErrorRate\n        expr: rate(errors_total[5m]) > 0.05\n        \
         for: 10m\n        labels: {severity: critical}\n        annotations: {summary: Too many orders fail.}\n",
    )]);
    let run = sandbox.livedoc(&["new", "runbook", "--alert", "HighErrorRate"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stderr.contains("ops/shop.rules.yml:4"), "{run:?}");
    let expected = "---\nseverity: critical\nalerts: [HighErrorRate]\n---\n\n# HighErrorRate\n\n## Meaning\n\n\
                    Too many orders fail.\n\nIt fires when the value is `> 0.05` for `10m`:\n\n```promql\n\
                    rate(errors_total[5m]) > 0.05\n```\n\n<!-- What the alert says";
    let text = sandbox.read("docs/runbooks/high-error-rate.md");
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(sandbox.livedoc(&["check", "--strict"]).status, Some(0), "what is new is in order");
    let run = sandbox.livedoc(&["new", "runbook", "--alert", "HighErorRate"]);
    assert!(run.status == Some(2) && run.stderr.contains("did you mean `HighErrorRate`?"), "{run:?}");
    assert_eq!(sandbox.livedoc(&["new", "adr", "--alert", "x"]).status, Some(2));
    assert_eq!(sandbox.livedoc(&["new", "runbook"]).status, Some(2));
}

#[test]
fn a_decision_that_supersedes_another_is_told_on_both_sides() {
    let nygard =
        "# 7. Use MySQL\r\n\r\nDate: 2020-01-01\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\nData.\r\n";
    let madr = "---\nstatus: accepted\ndate: 2020-01-01\n---\n\n# Use SOAP\n\n## Context and Problem Statement\n\nCalls.\n\n## Decision Outcome\n\nSOAP.\n";
    let sandbox = Sandbox::with(&[
        ("docs/adr/0006-use-git.md", "# 6. Use git\n\n## Status\n\nAccepted\n\n## Context\n\nCode.\n"),
        ("docs/adr/0007-use-mysql.md", nygard),
        ("billing/decisions/0003-use-soap.md", madr),
        ("billing/decisions/0006-use-rest.md", madr),
    ]);
    let run = sandbox.livedoc(&["new", "adr", "Use PostgreSQL", "--supersedes", "7"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let new = sandbox.read("docs/adr/0008-use-postgresql.md");
    assert!(new.contains("## Status\n\nProposed\n\nSupersedes [7. Use MySQL](0007-use-mysql.md)\n"), "{new}");
    let expected = nygard.replace("Accepted", "Superseded by [8. Use PostgreSQL](0008-use-postgresql.md)");
    assert_eq!(sandbox.read("docs/adr/0007-use-mysql.md"), expected);
    let run = sandbox.livedoc(&["new", "adr", "Use gRPC", "--supersedes", "0003-use-soap.md"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let expected = madr.replace("accepted", "superseded by [7. Use gRPC](0007-use-grpc.md)");
    assert_eq!(sandbox.read("billing/decisions/0003-use-soap.md"), expected);
    let new = sandbox.read("billing/decisions/0007-use-grpc.md");
    assert!(new.contains("Supersedes [3. Use SOAP](0003-use-soap.md)\n"), "{new}");
    assert_eq!(sandbox.livedoc(&["check", "--strict"]).status, Some(0), "both sides agree");
    for (wanted, said) in
        [("99", "there is no decision `99`"), ("6", "`6` may be `adr:0006`"), ("x", "no decision `x`")]
    {
        let run = sandbox.livedoc(&["new", "adr", "Never written", "--supersedes", wanted]);
        assert!(run.status == Some(2) && run.stderr.contains(said), "{run:?}");
    }
    sandbox.write("docs/adr/0009-ticked.md", "# 9. Ticked\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n");
    let run = sandbox.livedoc(&["new", "adr", "Never written", "--supersedes", "9"]);
    assert!(run.status == Some(2) && run.stderr.contains("not certain"), "{run:?}");
    assert!(!sandbox.path("docs/adr/0010-never-written.md").exists());
    let run = sandbox.livedoc(&["new", "guide", "A guide", "--supersedes", "9"]);
    assert_eq!(run.status, Some(2), "{run:?}");
}

#[test]
fn the_graph_is_printed_whole_or_around_a_node() {
    let sandbox = sound();
    let graph: serde_json::Value = serde_json::from_str(&sandbox.livedoc(&["graph"]).stdout).unwrap();
    assert_eq!(graph["schema"], 1);
    let ids: Vec<&str> = graph["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert!(ids.len() >= 2 && ids.is_sorted(), "{ids:?}");
    sandbox.write("docs/lonely.md", "# Lonely\n");
    for arguments in [&["graph", "guide:lonely"][..], &["graph", ".", "guide:lonely"]] {
        let run = sandbox.livedoc(arguments);
        let part: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(part["nodes"].as_array().unwrap().len(), 1, "{run:?}");
    }
    assert!(sandbox.livedoc(&["graph", "--format", "dot"]).stdout.starts_with("digraph livedoc {\n"));
    assert!(sandbox.livedoc(&["graph", "--format", "mermaid"]).stdout.starts_with("flowchart LR\n"));
    let run = sandbox.livedoc(&["graph", "guide:lonly"]);
    assert!(run.stderr.contains("did you mean `guide:"), "{run:?}");
}

#[test]
fn the_verbose_know_who_read_what_and_why() {
    let run = sound().livedoc(&["check", "-v"]);
    assert!(run.stderr.lines().any(|line| line.starts_with("root: ")), "{run:?}");
    assert!(run.stderr.lines().any(|line| line.starts_with("guides  docs/setup.md (")), "{run:?}");
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = sound().livedoc(&["completions", shell]);
        for command in ["init", "serve", "build", "check", "graph", "new", "explain", "completions"] {
            assert!(run.stdout.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn the_preview_says_where_it_is_and_answers() {
    let sandbox = sound();
    let mut command = sandbox.command(&["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    write!(stream, "GET /graph.json HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
