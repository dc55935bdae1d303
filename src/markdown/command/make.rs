//! `make -C docs html` (<https://www.gnu.org/software/make/manual/html_node/Options-Summary.html>).

use super::Said;
use super::arguments::arguments;
use crate::graph::Thing;
use crate::markdown::shell::Word;

/// Options that take a value. `-j` may.
#[rustfmt::skip]
const VALUED: &[&str] = &["-C", "--directory", "-f", "--file", "--makefile", "-I", "-l", "-o", "-W", "-E", "--eval"];

/// Long options that take none, or after `=`.
#[rustfmt::skip]
const LONG: &[&str] = &[
    "--always-make", "--debug", "--dry-run", "--environment-overrides", "--help", "--ignore-errors", "--include-dir", "--jobs",
    "--just-print", "--keep-going", "--load-average", "--new-file", "--no-builtin-rules", "--no-builtin-variables", "--no-print-directory",
    "--old-file", "--output-sync", "--print-data-base", "--print-directory", "--question", "--quiet", "--recon", "--silent", "--touch",
    "--trace", "--version", "--warn-undefined-variables", "--what-if",
];

/// What it names. Targets that may be files are left out.
pub(super) fn read(words: &[Word]) -> Said {
    let mut said = Said::default();
    for argument in arguments(words, VALUED) {
        match argument.option {
            "-f" | "--file" | "--makefile" | "-E" | "--eval" => return Said::default(),
            "-C" | "--directory" => said.folder = Some(argument.value.to_owned()),
            // It is not make that has it: nobody knows which words are targets.
            long if long.len() > 2 && long.starts_with("--") && !LONG.contains(&long) => return Said::default(),
            "" if !argument.value.contains(['=', '/', '.']) => said.push(Thing::Target, argument.value, argument.range),
            _ => {}
        }
    }
    said
}
