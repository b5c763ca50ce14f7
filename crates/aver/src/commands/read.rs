//! `aver read`: files to readings, nothing stored.

use super::{add, say};
use crate::cli::{Cli, Read};
use crate::gather;
use crate::print::reading::{Part, print};
use crate::report::{Report, Result};
use rayon::prelude::*;
use std::io::Write;

/// Reads files and prints their readings, in the order of the files.
pub fn read(cli: &Cli, args: &Read, out: &mut dyn Write) -> Result<()> {
    if args.schema {
        return super::say_json(out, &schemars::schema_for!(aver_model::Reading));
    }
    let part = Part::named(&args.part).ok_or_else(|| {
        Report::input("part-unknown", format!("a reading has no part `{}`", args.part)).at("--part").next(
            "write ledger, dropped, actors, places, times, events, figures, statements, relations, forecasts, tallies or notes",
        )
    })?;
    let hints = gather::hints(&args.hints)?;
    let files = gather::files(&args.files)?;
    let codebook = crate::desk::codebook(cli)?;
    let reader = crate::language::reader(&cli.model, &codebook)?;
    let mut failed: Vec<Report> = vec![];
    for batch in files.chunks(32) {
        let made: Vec<Result<aver_model::Reading>> =
            batch.par_iter().map(|path| add::read(&reader, &gather::capture(path, &hints)?.page)).collect();
        for reading in made {
            match reading {
                Ok(reading) if cli.json => {
                    let line = serde_json::to_string(&reading).map_err(|it| Report::bug(it.to_string()))?;
                    say(out, line)?;
                }
                Ok(reading) => {
                    if files.len() > 1 {
                        say(out, format_args!("# {}", reading.document.file))?;
                    }
                    write!(out, "{}", print(&reading, part)).map_err(super::write_error)?;
                }
                Err(report) => failed.push(report),
            }
        }
    }
    match failed.len() {
        0 => Ok(()),
        1 => Err(failed.remove(0)),
        n => {
            let lines: Vec<String> = failed.iter().map(|it| it.to_string()).collect();
            Err(Report::input(
                "files-not-read",
                format!("{n} of {} files could not be read\n{}", files.len(), lines.join("\n")),
            ))
        }
    }
}
