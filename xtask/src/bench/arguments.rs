//! `cargo xtask bench` as it is written -> what to measure.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};

use super::peers::PEERS;

pub(crate) const USAGE: &str = "\
usage: cargo xtask bench [builds|growth|latency|code|api]… [FLAGS]

  builds    whole builds beside those of the other generators found on the PATH (unless another is named)
  growth    what a page and a node cost as they become more
  latency   from saving a file to the changed page, over the real reload channel
  code      reading Rust workspaces, beside `cargo doc --no-deps`
  api       sites of specifications, beside `redocly build-docs` when it is found on the PATH

  --pages N[,N…]      pages of each corpus [builds: 1000; growth: 1000,5000,10000,50000; latency: 1000,10000]
  --corpus made|DIR   text made here, or the Markdown of a folder; may be given several times [made]
  --workspace DIR     a Rust workspace [code]; may be given several times
  --specification F   a specification in one file [api]; may be given several times
  --peers NAME[,…]    only these of hugo, zola, mdbook, zensical and mkdocs; `none` for none of them
  --runs N            builds of each; the median counts [3]
  --edits N           edits of each kind of source [20]
  --limit SECONDS     a build that takes longer is ended, and not tried again [600]
  --livedoc PATH      measure this program, instead of building it in the release profile
  --folder DIR        lay corpora out here [the system's folder for temporary files]
  --write             put the tables into book/src/performance.md too";

/// What to measure, and how.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) parts: Vec<Part>,
    /// Empty for what suits the part.
    pub(crate) pages: Vec<usize>,
    pub(crate) corpora: Vec<Corpus>,
    pub(crate) workspaces: Vec<PathBuf>,
    pub(crate) specifications: Vec<PathBuf>,
    /// `None` for all.
    pub(crate) peers: Option<Vec<String>>,
    pub(crate) runs: usize,
    pub(crate) edits: usize,
    pub(crate) limit: Duration,
    pub(crate) livedoc: Option<PathBuf>,
    pub(crate) folder: Option<PathBuf>,
    pub(crate) write: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Builds,
    Growth,
    Latency,
    Code,
    Api,
}

/// Where the text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Corpus {
    /// From here.
    Made,
    /// From the Markdown files of this folder.
    Cut(PathBuf),
}

/// Reads what stands behind `bench`.
pub(crate) fn arguments(words: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Arguments, lexopt::Error> {
    let mut arguments = Arguments {
        parts: Vec::new(),
        pages: Vec::new(),
        corpora: Vec::new(),
        workspaces: Vec::new(),
        specifications: Vec::new(),
        peers: None,
        runs: 3,
        edits: 20,
        limit: Duration::from_secs(600),
        livedoc: None,
        folder: None,
        write: false,
    };
    let mut parser = Parser::from_args(words);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(part) => arguments.parts.push(part.parse_with(part_named)?),
            Arg::Long("pages") => arguments.pages = parser.value()?.parse_with(list)?,
            Arg::Long("corpus") => arguments.corpora.push(match parser.value()? {
                made if made == "made" => Corpus::Made,
                folder => Corpus::Cut(folder.into()),
            }),
            Arg::Long("workspace") => arguments.workspaces.push(parser.value()?.into()),
            Arg::Long("specification") => arguments.specifications.push(parser.value()?.into()),
            Arg::Long("peers") => arguments.peers = Some(parser.value()?.parse_with(peers)?),
            Arg::Long("runs") => arguments.runs = parser.value()?.parse_with(positive)?,
            Arg::Long("edits") => arguments.edits = parser.value()?.parse_with(positive)?,
            Arg::Long("limit") => arguments.limit = Duration::from_secs(parser.value()?.parse()?),
            Arg::Long("livedoc") => arguments.livedoc = Some(parser.value()?.into()),
            Arg::Long("folder") => arguments.folder = Some(parser.value()?.into()),
            Arg::Long("write") => arguments.write = true,
            other => return Err(other.unexpected()),
        }
    }
    if arguments.parts.is_empty() {
        arguments.parts.push(Part::Builds);
    }
    if arguments.corpora.is_empty() {
        arguments.corpora.push(Corpus::Made);
    }
    Ok(arguments)
}

impl Arguments {
    /// How many pages the corpora have, unless said otherwise as many as `usual`.
    pub(crate) fn pages_or(&self, usual: &[usize]) -> Vec<usize> {
        if self.pages.is_empty() { usual.to_vec() } else { self.pages.clone() }
    }
}

fn part_named(name: &str) -> Result<Part, String> {
    match name {
        "builds" => Ok(Part::Builds),
        "growth" => Ok(Part::Growth),
        "latency" => Ok(Part::Latency),
        "code" => Ok(Part::Code),
        "api" => Ok(Part::Api),
        _ => Err("there are builds, growth, latency, code and api".to_owned()),
    }
}

fn list<T: FromStr>(text: &str) -> Result<Vec<T>, T::Err> {
    text.split(',').map(|item| item.trim().parse()).collect()
}

/// The programs named, which must be known; `none` is none of them.
fn peers(text: &str) -> Result<Vec<String>, String> {
    let names = text.split(',').map(str::trim).filter(|name| *name != "none");
    let known = |name: &str| PEERS.iter().any(|peer| peer.program == name);
    names.map(|name| if known(name) { Ok(name.to_owned()) } else { Err(format!("no peer is called {name}")) }).collect()
}

fn positive(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least one".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Corpus, Part, arguments};

    #[test]
    fn flags_say_what_to_measure() {
        let usual = arguments([] as [&str; 0]).expect("nothing is enough");
        assert_eq!((usual.parts, usual.corpora, usual.runs), (vec![Part::Builds], vec![Corpus::Made], 3));
        let words = "growth latency --pages 100,500 --corpus made --corpus=../rfcs --peers hugo,mdbook --runs 5 --limit 9 --write";
        let named = arguments(words.split(' ')).expect("these are known");
        assert_eq!(named.parts, [Part::Growth, Part::Latency]);
        assert_eq!(named.pages_or(&[1]), [100, 500]);
        assert_eq!(named.corpora, [Corpus::Made, Corpus::Cut("../rfcs".into())]);
        assert_eq!(named.peers, Some(vec!["hugo".to_owned(), "mdbook".to_owned()]));
        assert_eq!((named.runs, named.limit.as_secs(), named.write), (5, 9, true));
        let code = arguments(["code", "--workspace", "a", "--workspace=b"]).expect("these are known");
        assert_eq!((code.parts, code.workspaces), (vec![Part::Code], vec!["a".into(), "b".into()]));
        let api = arguments(["api", "--specification", "a.json"]).expect("these are known");
        assert_eq!((api.parts, api.specifications), (vec![Part::Api], vec!["a.json".into()]));
        let none = arguments(["--peers", "none"]).expect("none is known");
        assert_eq!(none.peers, Some(Vec::new()));
        for wrong in ["--pages many", "--runs 0", "--peers hgo", "sideways", "--speed 3", "--limit"] {
            assert!(arguments(wrong.split(' ')).is_err(), "{wrong}");
        }
    }
}
