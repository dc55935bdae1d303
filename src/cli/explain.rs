//! `livedoc explain CODE`.

use super::arguments::Explain;
use super::report::say;
use super::{Exit, Failure};
use crate::diagnostic::{Code, NearestNames, did_you_mean};

pub(super) fn run(command: &Explain) -> Result<Exit, Failure> {
    let Some(name) = &command.code else {
        let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
        say(|out| {
            for code in Code::ALL {
                writeln!(out, "{:width$}  {:7}  {}", code.name(), code.default_level().word(), code.meaning())?;
            }
            Ok(())
        })?;
        return Ok(Exit::Clean);
    };
    let code: Code = name.parse().map_err(|error| {
        let near = NearestNames::new(Code::ALL.iter().map(|code| code.name())).find(name);
        Failure::usage(format!("{error}")).hint(match near.as_slice() {
            [] => "`livedoc explain` lists them".to_owned(),
            near => did_you_mean(near),
        })
    })?;
    let level = code.default_level().word();
    say(|out| writeln!(out, "{}\n\nLevel unless configured: {level}.", code.explanation().trim_end()))?;
    Ok(Exit::Clean)
}
