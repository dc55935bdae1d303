//! Addresses of other sites that documents link to -> whether anybody answers there.
//!
//! Enters: the [`ResolvedGraph`], the files, and the [`Answers`] that an earlier run kept. Leaves: [`Answers`]. This is the only place
//! that uses the network, and only for who asks for it.
//!
//! Each address is asked once, its place on the page left out, with `HEAD` and, unless that is answered well, with `GET`. One host has one
//! request at a time. Whoever is overburdened (429, 5xx) or cannot be reached is asked again later, when it says so itself (RFC 9110,
//! 10.2.3). What answered well is not asked again for a week.

mod address;
mod answer;
mod attempt;
mod hosts;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::config::ExternalOptions;
use crate::graph::{End, Link, ResolvedGraph, Target};
use crate::source::{SourceFile, Sources, fits};

pub use address::Address;
pub use answer::{Answer, Answers};

/// What well-answered addresses are believed for, in seconds.
const WEEK: u64 = 7 * 24 * 60 * 60;

/// Links to other sites that somebody wrote and that can be asked, each with its address.
pub fn written_links<'a>(
    resolved: &'a ResolvedGraph,
    files: &'a impl Sources,
    options: &'a ExternalOptions,
) -> impl Iterator<Item = (&'a Link, Address)> {
    let is_ignored = |url: &str| options.ignore.iter().any(|pattern| fits(pattern, url));
    resolved.links().filter_map(move |(link, end)| {
        let (Target::Named { scheme, text }, End::Web(url)) = (&link.target, end) else { return None };
        let is_meant = matches!(scheme.as_str(), "http" | "https" | "runbook-url") && !is_ignored(url);
        let address = Address::of(url).filter(|_| is_meant)?;
        // Others are made of names, and hold when those do.
        let is_written = files.source(link.span.file).is_some_and(|file| has_address(&file, text));
        is_written.then_some((link, address))
    })
}

fn has_address(file: &SourceFile, url: &str) -> bool {
    // Some are written with `&amp;`, or with their scheme left out.
    let url = url.split('&').next().unwrap_or(url);
    file.text().contains(url.split_once(':').map_or(url, |(_, rest)| rest))
}

/// Asks the addresses of `links` that `known` does not answer.
pub fn ask(links: impl Iterator<Item = Address>, known: &Answers) -> Answers {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let addresses: BTreeSet<Address> = links.collect();
    let (believed, unknown): (BTreeSet<Address>, BTreeSet<Address>) =
        addresses.into_iter().partition(|address| known.was_there_since(address, now.saturating_sub(WEEK)));
    let asked = hosts::ask(unknown);
    known.only(&believed).joined(asked, now)
}
