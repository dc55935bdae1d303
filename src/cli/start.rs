//! From the arguments to a project: what every command that looks at a repository begins with.

use std::path::Path;

use super::arguments::Everywhere;
use super::report::{Channel, remark, report};
use super::{Exit, Failure};
use crate::config::{Flag, FoundBy, Loaded, Request, load};
use crate::diagnostic::print::Format;
use crate::extract::{Claim, REGISTRY};

/// What to load for a command on `folder` with `flags`.
pub(super) fn request(folder: &Path, everywhere: &Everywhere, flags: Vec<Flag>) -> Request<'static> {
    Request {
        folder: folder.to_path_buf(),
        configuration: everywhere.config.clone(),
        variables: std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect(),
        flags,
        extractors: REGISTRY.iter().map(|extractor| extractor.spec().name).collect(),
    }
}

/// `key` as the command line sets it by `flag`, when it does.
pub(super) fn flag(key: &'static str, flag: &'static str, text: Option<&String>) -> Option<Flag> {
    text.map(|text| Flag { key, flag, text: text.clone() })
}

/// The project for `request`. A configuration that is wrong is reported in `format`, and ends the command.
pub(super) fn start(
    request: &Request<'_>,
    everywhere: &Everywhere,
    format: Format,
    channel: Channel,
) -> Result<Result<Loaded, Exit>, Failure> {
    let loaded = load(request)?;
    let elsewhere = request.folder != Path::new(".") && !is_same(&request.folder, &loaded.project.root);
    if everywhere.verbose || (elsewhere && !everywhere.quiet) {
        let reason = match loaded.found_by {
            FoundBy::Configuration => "it has a livedoc.toml",
            FoundBy::Git => "it has a .git",
            FoundBy::Itself => "it was given",
        };
        remark(&format!("root: {} ({reason})", loaded.project.root.display()));
    }
    if loaded.diagnostics.is_empty() {
        return Ok(Ok(loaded));
    }
    report(&loaded.diagnostics, &loaded, &loaded.folder, format, channel)?;
    Ok(Err(Exit::Usage))
}

fn is_same(folder: &Path, root: &Path) -> bool {
    folder.canonicalize().is_ok_and(|folder| folder == root)
}

/// Says which files were read by whom, and why.
pub(super) fn remark_claims(claims: &[Claim]) {
    let width = claims.iter().map(|claim| claim.extractor.len()).max().unwrap_or(0);
    for claim in claims {
        remark(&format!("{:width$}  {} ({})", claim.extractor, claim.file, claim.reason));
    }
}
