//! `make -C docs html` (<https://www.gnu.org/software/make/manual/html_node/Options-Summary.html>).

use super::Said;
use super::arguments::arguments;
use crate::graph::Thing;
use crate::markdown::shell::Word;

/// Options that take a value. `-j` may.
#[rustfmt::skip]
const VALUED: &[&str] = &["-C", "--directory", "-f", "--file", "--makefile", "-I", "-l", "-o", "-W", "-E", "--eval"];

/// What it names. Targets that may be files are left out.
pub(super) fn read(words: &[Word]) -> Said {
    let mut said = Said::default();
    for argument in arguments(words, VALUED) {
        match argument.option {
            "-f" | "--file" | "--makefile" | "-E" | "--eval" => return Said::default(),
            "-C" | "--directory" => said.folder = Some(argument.value.to_owned()),
            "" if !argument.value.contains(['=', '/', '.']) => said.push(Thing::Target, argument.value, argument.range),
            _ => {}
        }
    }
    said
}
