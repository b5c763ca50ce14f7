//! `aver add`, `aver rerun`, `aver demo`: files into the ledger.

use super::{count, say, say_json};
use crate::cli::{Add, Cli, Demo};
use crate::desk::{Desk, Refreshed, instant, today};
use crate::gather;
use crate::report::{Report, Result};
use aver_ingest::{Hints, fingerprint::Fingerprint};
use aver_ledger::{Added, Addition, Appended};
use aver_model::Reading;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

/// How many files are read at once before they are stored.
const BATCH: usize = 64;

/// Reads files and folders into the ledger.
pub fn add(cli: &Cli, args: &Add, out: &mut dyn Write) -> Result<()> {
    let hints = gather::hints(&args.hints)?;
    let files = gather::files(&args.paths)?;
    if files.is_empty() {
        return Err(Report::input("no-files", "there are no files to add")
            .at(args.paths[0].display())
            .next("name files or folders that hold articles"));
    }
    let mut desk = Desk::open_or_create(cli)?;
    let sum = store(cli, &mut desk, &files, &hints, out)?;
    finish(cli, &mut desk, sum, out)
}

/// What became of the files.
#[derive(Debug, Default, serde::Serialize)]
struct Sum {
    added: usize,
    known: usize,
    failed: Vec<Report>,
}

fn store(cli: &Cli, desk: &mut Desk, files: &[PathBuf], hints: &Hints, out: &mut dyn Write) -> Result<Sum> {
    let bar = ProgressBar::new(files.len() as u64).with_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} documents {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let mut sum = Sum::default();
    let codebook = desk.codebook.clone();
    let reader = crate::language::reader(&cli.model, &codebook)?;
    for batch in files.chunks(BATCH) {
        let made: Vec<Result<(gather::Captured, Reading)>> = batch
            .par_iter()
            .map(|path| {
                let captured = gather::capture(path, hints)?;
                let reading = read(&reader, &captured.page)?;
                Ok((captured, reading))
            })
            .collect();
        let mut became = stored(desk, &made)?.into_iter();
        for (path, made) in batch.iter().zip(made) {
            bar.inc(1);
            let line = match made {
                Ok((_, reading)) => match became.next() {
                    Some(Added::SameBytes(known)) => {
                        sum.known += 1;
                        format!("{}: already on file as {}", path.display(), known.file)
                    }
                    _ => {
                        sum.added += 1;
                        line_of(&reading)
                    }
                },
                Err(report) => {
                    let line = report.to_string();
                    sum.failed.push(report);
                    line
                }
            };
            if !cli.json {
                bar.suspend(|| say(out, line))?;
            }
        }
    }
    bar.finish_and_clear();
    Ok(sum)
}

/// Stores what was read in one go, so that the disk is waited for once; what is said of a file is said after that.
fn stored(desk: &mut Desk, made: &[Result<(gather::Captured, Reading)>]) -> Result<Vec<Added>> {
    let good: Vec<&(gather::Captured, Reading)> = made.iter().flatten().collect();
    let prints: Vec<Vec<u8>> = good.iter().map(|it| Fingerprint::of_page(&it.0.page).to_bytes()).collect();
    let them: Vec<Addition<'_>> = good
        .iter()
        .zip(&prints)
        .map(|((it, reading), fingerprint)| Addition { page: &it.page, bytes: &it.bytes, reading, fingerprint })
        .collect();
    let now = instant();
    match desk.ledger.add_all(&them, &now) {
        Ok(became) => Ok(became),
        // One that the ledger refuses must not keep the others out.
        Err(_) => {
            let one = |it: &Addition<'_>| desk.ledger.add(it.page, it.bytes, it.reading, it.fingerprint, &now);
            Ok(them.iter().map(one).collect::<std::result::Result<_, _>>()?)
        }
    }
}

/// Reads a page; a panic becomes a report about this document alone.
pub fn read(reader: &aver_read::Reader<'_>, page: &aver_model::Page) -> Result<Reading> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reader.read(page)))
        .map_err(|_| Report::bug("reading broke off").at(&page.document.file))
}

fn line_of(reading: &Reading) -> String {
    let published = match (reading.document.published.start, reading.document.published.end) {
        (Some(start), Some(end)) => crate::print::reading::days(Some(start), Some(end)),
        _ => "undated".to_owned(),
    };
    let source = reading.document.source.as_deref().unwrap_or("unknown outlet");
    format!(
        "{}: {source}, {published}: {}, {}, {}",
        reading.document.file,
        count(reading.statements.len(), "statement"),
        count(reading.events.len(), "event"),
        count(reading.figures.len(), "figure")
    )
}

fn finish(cli: &Cli, desk: &mut Desk, sum: Sum, out: &mut dyn Write) -> Result<()> {
    let Refreshed { knowledge, readings, forecasts } = desk.refreshed(today())?;
    let speakers: BTreeSet<&str> =
        readings.iter().flat_map(|it| &it.statements).map(|it| it.speaker.name.as_str()).collect();
    let statements: usize = readings.iter().map(|it| it.statements.len()).sum();
    let conflicting = knowledge.events.iter().filter(|it| !it.disputed.is_empty()).count();
    let due = forecasts.iter().filter(|it| it.state == "due").count();
    if cli.json {
        return say_json(
            out,
            &serde_json::json!({
                "added": sum.added, "known": sum.known, "failed": sum.failed, "documents": readings.len(),
                "statements": statements, "speakers": speakers.len(), "events": knowledge.events.len(),
                "disputed": conflicting, "forecasts_due": due, "ledger": desk.ledger.path(),
            }),
        );
    }
    say(
        out,
        format_args!(
            "{}: {} by {}, {}, {} with conflicting accounts, {} due. Ledger: {}",
            count(readings.len(), "document"),
            count(statements, "statement"),
            count(speakers.len(), "speaker"),
            count(knowledge.events.len(), "event"),
            conflicting,
            count(due, "forecast"),
            desk.ledger.path().display()
        ),
    )?;
    match sum.failed.len() {
        0 => Ok(()),
        n if sum.added + sum.known == 0 => {
            Err(Report::input("nothing-added", format!("none of {n} files could be added")).next("see the lines above"))
        }
        n => say(out, format_args!("{} could not be added; see above.", count(n, "file"))),
    }
}

/// Reads every document again; what people decided stays.
pub fn rerun(cli: &Cli, out: &mut dyn Write) -> Result<()> {
    let mut desk = Desk::open(cli)?;
    desk.must_be_now()?;
    let codebook = desk.codebook.clone();
    let reader = crate::language::reader(&cli.model, &codebook)?;
    let (mut changed, mut same) = (0, 0);
    for filed in desk.ledger.documents()? {
        let page = desk.ledger.page(&filed.document.sha256)?;
        let reading = read(&reader, &page)?;
        match desk.ledger.append_reading(&page, &reading, &filed.fingerprint, &instant())? {
            Appended::New => changed += 1,
            Appended::Unchanged => same += 1,
        }
    }
    let knowledge = desk.refresh(today())?;
    let fates = crate::decided::fates(&knowledge.decided);
    if cli.json {
        return say_json(
            out,
            &serde_json::json!({"changed": changed, "same": same, "events": knowledge.events.len(),
            "decisions": knowledge.decided.len(), "fates": fates}),
        );
    }
    say(
        out,
        format_args!(
            "Read {} again: {changed} changed, {same} as before. {}; {}: {} kept, {} re-anchored, {} orphaned.",
            count(changed + same, "document"),
            count(knowledge.events.len(), "event"),
            count(knowledge.decided.len(), "human decision"),
            fates.kept,
            fates.moved,
            fates.orphaned
        ),
    )?;
    for it in knowledge.decided.iter().filter(|it| it.fate == crate::decided::Fate::Orphaned) {
        let quotes: Vec<String> = it.lost.iter().map(|it| format!("“{}”", it.quote)).collect();
        say(out, format_args!("Decision {} lost its words: {}", it.decision.number, quotes.join(", ")))?;
    }
    for it in &knowledge.decided {
        if let Some(now) = &it.machine_now {
            say(out, format_args!("Decision {} stands; the machine now reads: {now}", it.decision.number))?;
        }
    }
    Ok(())
}

/// The sample reports, as (file name, bytes, meta JSON).
const SAMPLES: &[(&str, &[u8], Option<&str>)] = &include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// Loads the sample reports into a ledger of their own and shows the most disputed event.
pub fn demo(cli: &Cli, args: &Demo, out: &mut dyn Write) -> Result<()> {
    let folder = crate::desk::user_data().join("demo");
    let path = cli.ledger.clone().unwrap_or_else(|| folder.join("demo.aver"));
    let codebook = crate::desk::codebook(cli)?;
    let mut desk = Desk { ledger: aver_ledger::Ledger::open_or_create(&path)?, codebook, at: None };
    let codebook = desk.codebook.clone();
    let reader = crate::language::reader(&cli.model, &codebook)?;
    let mut sum = Sum::default();
    for (name, bytes, meta) in SAMPLES {
        let hints = match meta {
            Some(text) => Hints::from_meta_json(text).map_err(|it| Report::bug(it.to_string()).at(name))?,
            None => Hints::default(),
        };
        let page = gather::page(bytes, name, &hints)?;
        let reading = read(&reader, &page)?;
        let print = Fingerprint::of_page(&page).to_bytes();
        let is_new = match desk.ledger.add(&page, bytes, &reading, &print, &instant())? {
            Added::New => {
                sum.added += 1;
                true
            }
            // A demo of long ago is shown as this reader reads it.
            Added::SameBytes(_) => {
                sum.known += 1;
                desk.ledger.append_reading(&page, &reading, &print, &instant())? == Appended::New
            }
        };
        if is_new && !cli.json {
            say(out, line_of(&reading))?;
        }
    }
    finish(cli, &mut desk, sum, out)?;
    if cli.json {
        return Ok(());
    }
    let knowledge = desk.knowledge()?;
    if let Some(event) = knowledge.events.first() {
        say(
            out,
            format_args!(
                "\nThe most disputed event:\n\n{}",
                crate::print::event::table(event, "range-all", super::width())
            ),
        )?;
    }
    let file = path.display();
    say(
        out,
        format_args!("Go on with: aver --ledger {file} events · event ID · why ID · tallies · forecasts --due · serve"),
    )?;
    if args.serve {
        drop(desk);
        let cli = Cli {
            ledger: Some(path),
            codebook: cli.codebook.clone(),
            model: cli.model.clone(),
            json: false,
            at: None,
            command: crate::cli::Command::Documents,
        };
        let serve = crate::cli::Serve { port: args.port, ..Default::default() };
        return crate::workbench::serve(&cli, &serve, out);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::cli::Cli;
    use clap::Parser;

    fn demo(ledger: &std::path::Path, model: &str) -> usize {
        let ledger = ledger.to_str().unwrap();
        let cli = Cli::parse_from(["aver", "--ledger", ledger, "--model", model, "demo"]);
        let mut out = Vec::new();
        crate::commands::run(&cli, &mut out).unwrap();
        let lines = String::from_utf8(out).unwrap();
        lines.lines().take_while(|it| !it.starts_with("14 documents: ")).count()
    }

    #[test]
    fn a_demo_of_another_reader_is_read_again_and_one_of_this_reader_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("demo.aver");
        assert_eq!(demo(&ledger, "none"), 14);
        assert_eq!(demo(&ledger, "none"), 0);
        assert_eq!(demo(&ledger, "fast"), 14);
    }
}
