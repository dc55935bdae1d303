//! `npm run build`, `pnpm build:web`, `yarn build:web`
//! (<https://docs.npmjs.com/cli/commands/npm-run>, <https://pnpm.io/cli/run>, <https://yarnpkg.com/cli/run>).

use super::Said;
use super::arguments::{Argument, arguments};
use crate::graph::Thing;
use crate::markdown::shell::Word;

/// Options that take a value.
const VALUED: &[&str] = &["--prefix", "-C", "--dir", "--cwd", "--workspace", "--filter", "-F", "--loglevel"];

/// Those that take a folder.
const FOLDERS: &[&str] = &["--prefix", "-C", "--dir", "--cwd"];

/// What `run` does without a script of that name.
const BUILT_IN: &[&str] = &["env", "restart"];

/// What `npm` runs: nothing but scripts.
pub(super) fn read_npm(words: &[Word]) -> Said {
    let valued: Vec<&str> = VALUED.iter().copied().chain(["-w"]).collect();
    read(&arguments(words, &valued), true, true)
}

/// What `pnpm` runs: behind `run` a script, else anything that may be a program as well.
pub(super) fn read_pnpm(words: &[Word]) -> Said {
    read(&arguments(words, VALUED), true, false)
}

/// What `yarn` runs: a script or a program.
pub(super) fn read_yarn(words: &[Word]) -> Said {
    read(&arguments(words, VALUED), false, false)
}

/// `runs_scripts` says that what stands behind `run` is a script, `is_strict` that nothing else is one but `test`.
fn read(arguments: &[Argument<'_>], runs_scripts: bool, is_strict: bool) -> Said {
    let mut said = Said::default();
    if arguments.iter().any(|argument| argument.option == "--if-present") {
        return said;
    }
    let folder = arguments.iter().find(|argument| FOLDERS.contains(&argument.option));
    said.folder = folder.map(|argument| argument.value.to_owned());
    let mut free = arguments.iter().filter(|argument| argument.is_free());
    let Some(first) = free.next() else { return said };
    // A program hardly has a colon in its name.
    let is_script = |argument: &&Argument<'_>| argument.value.contains(':') && !argument.value.contains('/');
    let script = match first.value {
        "run" | "run-script" => free.next().filter(|argument| runs_scripts || is_script(argument)),
        "test" | "t" | "tst" if is_strict => return with(said, "test", first),
        _ if is_strict => None,
        _ => Some(first).filter(is_script),
    };
    match script {
        Some(script) if !script.value.contains('/') && !BUILT_IN.contains(&script.value) => {
            with(said, script.value, script)
        }
        _ => said,
    }
}

fn with(mut said: Said, name: &str, argument: &Argument<'_>) -> Said {
    said.push(Thing::Script, name, argument.range.clone());
    said
}
