//! `just web::build --release` (<https://just.systems/man/en/>).

use super::Said;
use super::arguments::arguments;
use crate::graph::Thing;
use crate::markdown::shell::Word;

/// Options with which a recipe is run all the same.
const HARMLESS: &[&str] = &["-n", "--dry-run", "-q", "--quiet", "-v", "--verbose", "--yes", "--one"];

/// What it names: the first word. The next ones may be its arguments.
pub(super) fn read(words: &[Word]) -> Said {
    let mut said = Said::default();
    for argument in arguments(words, &[]) {
        match argument.option {
            "" if argument.value.contains('=') => {}
            "" if argument.value.contains(['/', '.']) => break,
            "" => {
                said.push(Thing::Recipe, argument.value, argument.range);
                break;
            }
            option if HARMLESS.contains(&option) => {}
            _ => break,
        }
    }
    said
}
