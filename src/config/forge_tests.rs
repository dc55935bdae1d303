//! Remotes as people have them, and checkouts in every shape that git makes.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;

use super::{checkout, detect, page_of_remote, remote};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

#[test]
fn addresses_of_remotes() {
    let cases = [
        ("https://github.com/owner/name.git", Some("https://github.com/owner/name")),
        ("git@github.com:owner/name.git", Some("https://github.com/owner/name")),
        ("ssh://git@github.com/owner/name", Some("https://github.com/owner/name")),
        ("ssh://git@git.example.org:2222/group/sub/name.git", Some("https://git.example.org/group/sub/name")),
        ("https://user:token@gitlab.example.org:8443/a/b/", Some("https://gitlab.example.org:8443/a/b")),
        ("https://x-access-token:gh@s_1@github.com/o/n", Some("https://github.com/o/n")),
        ("git://codeberg.org/o/n.git", Some("https://codeberg.org/o/n")),
        ("http://git.example.org/o/n", Some("http://git.example.org/o/n")),
        ("https://git.sr.ht/~user/name", Some("https://git.sr.ht/~user/name")),
        ("/srv/git/name.git", None),
        ("../name.git", None),
        ("file:///srv/name.git", None),
        ("C:\\git\\name", None),
        ("work:owner/name", None),
        ("http://proxy@127.0.0.1:4040/git/o/n", None),
        ("https://localhost/o/n", None),
        ("https://example.org/", None),
        ("https://example.org/a b\"><script>", None),
        ("", None),
    ];
    for (address, expected) in cases {
        assert_eq!(page_of_remote(address).as_deref(), expected, "{address}");
    }
}

#[test]
fn the_remote_that_counts() {
    let cases = [
        ("[core]\n\tbare = false\n[remote \"origin\"]\n\turl = a:b\n\tfetch = x", Some("a:b")),
        ("[remote \"fork\"]\nurl=f\n[remote \"origin\"]\nURL = \"o\"\npushurl = p\nurl = second", Some("o")),
        ("[remote \"upstream\"]\n\turl = u", Some("u")),
        ("[remote \"a\"]\nurl = a\n[remote \"b\"]\nurl = b", None),
        ("[branch \"main\"]\nurl = x", None),
        ("", None),
    ];
    for (config, expected) in cases {
        assert_eq!(remote(config).as_deref(), expected, "{config}");
    }
}

#[test]
fn checkouts_of_every_shape() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let write = |path: &str, text: &str| {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    };
    let packed = format!("# pack-refs with: peeled\nffff refs/heads/mainly\n{COMMIT} refs/heads/main\n");
    write("main/.git/config", "[remote \"origin\"]\n\turl = git@github.com:o/n.git\n");
    write("main/.git/HEAD", "ref: refs/heads/main\n");
    write("main/.git/packed-refs", &packed);
    write("main/sub/livedoc.toml", "");
    write("main/.git/worktrees/tree/HEAD", "ref: refs/heads/topic\n");
    write("main/.git/worktrees/tree/commondir", "../..\n");
    write("main/.git/refs/heads/topic", &COMMIT.replace('0', "a"));
    write("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");
    write("detached/.git/HEAD", COMMIT);
    write("unborn/.git/HEAD", "ref: refs/heads/main\n");
    write("hostile/.git/HEAD", "ref: ../../main/.git/refs/heads/topic\n");
    write("broken/.git", "nonsense");
    let cases = [
        ("main", Some((Some("https://github.com/o/n"), Some(COMMIT.to_owned())))),
        ("tree", Some((Some("https://github.com/o/n"), Some(COMMIT.replace('0', "a"))))),
        ("detached", Some((None, Some(COMMIT.to_owned())))),
        ("unborn", Some((None, None))),
        ("hostile", Some((None, None))),
        ("broken", None),
    ];
    for (name, expected) in cases {
        let found = checkout(&root.join(name));
        let found = found.as_ref().map(|checkout| (checkout.url.as_deref(), checkout.commit.clone()));
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(detect(&root.join("main/sub")).unwrap().folder.as_str(), "sub");
}
