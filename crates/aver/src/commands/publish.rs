//! `aver publish`: the ledger for readers outside Averment.

use super::{say, say_json};
use crate::cli::{Cli, Publish};
use crate::desk::Desk;
use crate::report::{Report, Result, file_error};
use aver_publish::{Profile, View};
use std::io::Write;
use std::path::Path;

/// Writes a format's files into a folder; each file is whole or not there.
pub fn publish(cli: &Cli, args: &Publish, out: &mut dyn Write) -> Result<()> {
    let known: Vec<&str> = aver_publish::formats().iter().map(|it| it.name()).collect();
    let format = aver_publish::formats().iter().find(|it| it.name() == args.format).ok_or_else(|| {
        Report::input("format-unknown", format!("there is no format `{}`", args.format))
            .at("--format")
            .next(format!("write one of {}", known.join(", ")))
    })?;
    let desk = Desk::open(cli)?;
    let knowledge = desk.knowledge()?;
    let readings = desk.readings()?;
    let readings: Vec<&aver_model::Reading> = readings.iter().collect();
    let profile = if args.private { Profile::Internal } else { Profile::Public };
    let view = View::new(&knowledge.events, &readings, &desk.codebook, &args.policy, profile);
    let files = format.files(&view).map_err(|it| {
        Report::input("not-published", it.to_string())
            .next("`aver codebook check` counts the policies; `aver event ID --policy NAME` tries one")
    })?;
    std::fs::create_dir_all(&args.out).map_err(|it| file_error(&it, &args.out))?;
    let mut written = vec![];
    for file in &files {
        let path = args.out.join(&file.name);
        write_whole(&path, &file.bytes)?;
        written.push(
            serde_json::json!({"file": path, "bytes": file.bytes.len(), "sha256": aver_ledger::sha256(&file.bytes)}),
        );
        if !cli.json {
            say(out, format_args!("{}  {} bytes", path.display(), file.bytes.len()))?;
        }
    }
    if cli.json {
        let losses: Vec<_> = format.losses().iter().map(|it| it.words).collect();
        return say_json(
            out,
            &serde_json::json!({"format": format.name(), "policy": args.policy, "files": written, "losses": losses}),
        );
    }
    say(
        out,
        format_args!(
            "{} under {}. Names of private persons are {}.",
            super::count(view.published().count(), "event"),
            args.policy,
            if args.private { "kept" } else { "masked" }
        ),
    )?;
    for loss in format.losses() {
        say(out, format_args!("Not carried: {}", loss.words))?;
    }
    Ok(())
}

/// Writes beside the target and renames, so that a crash leaves the old file or the new one.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = std::path::PathBuf::from(beside);
    let done = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    done.and_then(|()| std::fs::rename(&beside, path)).map_err(|it| {
        let _ = std::fs::remove_file(&beside);
        file_error(&it, path)
    })
}
