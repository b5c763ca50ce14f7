//! `aver publish`: the ledger for readers outside Averment.

use super::{say, say_json};
use crate::bundle;
use crate::cli::{Cli, Publish};
use crate::desk::Desk;
use crate::report::{Report, Result, file_error};
use aver_publish::{Profile, View};
use std::io::Write;
use std::path::Path;

/// Writes a format's files into a folder; each file is whole or not there.
pub fn publish(cli: &Cli, args: &Publish, out: &mut dyn Write) -> Result<()> {
    if let Some(folder) = &args.site {
        return publish_site(cli, args, folder, out);
    }
    let known: Vec<&str> = aver_publish::formats().iter().map(|it| it.name()).chain([bundle::NAME]).collect();
    let format = aver_publish::format(&args.format);
    if format.is_none() && args.format != bundle::NAME {
        return Err(Report::input("format-unknown", format!("there is no format `{}`", args.format))
            .at("--format")
            .next(format!("write one of {}", known.join(", "))));
    }
    let desk = Desk::open(cli)?;
    let knowledge = desk.knowledge()?;
    let readings = desk.readings()?;
    let readings: Vec<&aver_model::Reading> = readings.iter().collect();
    let profile = if args.private { Profile::Internal } else { Profile::Public };
    let view = View::new(&knowledge.events, &readings, &desk.codebook, &args.policy, profile);
    let (files, losses) = match format {
        None => (vec![whole(&desk, &view)?], bundle::LOSSES.to_vec()),
        Some(format) => {
            let files = format.files(&view).map_err(|it| {
                Report::input("not-published", it.to_string())
                    .next("`aver codebook check` counts the policies; `aver event ID --policy NAME` tries one")
            })?;
            (files, format.losses().iter().map(|it| it.words).collect())
        }
    };
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
        return say_json(
            out,
            &serde_json::json!({"format": args.format, "policy": args.policy, "files": written, "losses": losses}),
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
    for loss in losses {
        say(out, format_args!("Not carried: {loss}"))?;
    }
    Ok(())
}

/// Writes the static site: a page for every event.
fn publish_site(cli: &Cli, args: &Publish, folder: &Path, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let (knowledge, readings) = (desk.knowledge()?, desk.readings()?);
    let readings: Vec<&aver_model::Reading> = readings.iter().collect();
    let view = View::new(&knowledge.events, &readings, &desk.codebook, &args.policy, Profile::Public);
    let scope = desk.scope()?;
    let (filed, decisions) = (scope.documents(&desk.ledger)?, desk.ledger.decisions_at(scope.place)?);
    let around = bundle::Around { filed: &filed, decisions: &decisions, scope };
    let files = crate::site::files(&view, &around, &crate::desk::instant())?;
    std::fs::create_dir_all(folder.join("events")).map_err(|it| file_error(&it, folder))?;
    for file in &files {
        write_whole(&folder.join(&file.name), &file.bytes)?;
    }
    take_out_older(folder, &files)?;
    if cli.json {
        return say_json(out, &serde_json::json!({"site": folder, "files": files.len()}));
    }
    let events = super::count(view.published().count(), "event");
    say(out, format_args!("{events}, {} files. Names of private persons are masked.", files.len()))?;
    say(
        out,
        format_args!("Open {} in a browser, or put the folder on any web server.", folder.join("index.html").display()),
    )
}

/// Takes out what an earlier run wrote and this one did not: a page of an event that was rejected
/// since, or that named somebody who is masked now, must not stay online.
fn take_out_older(folder: &Path, files: &[aver_publish::Output]) -> Result<()> {
    let ours = |inside: &str, name: &str| match inside {
        "events/" => name.starts_with("ev-") && name.ends_with(".html"),
        _ => {
            name.starts_with("averment-public-") && name.ends_with(".zip")
                || name.starts_with("index-") && name.ends_with(".html")
        }
    };
    for inside in ["", "events/"] {
        let here = folder.join(inside);
        for entry in std::fs::read_dir(&here).map_err(|it| file_error(&it, &here))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let written = files.iter().any(|it| it.name == format!("{inside}{name}"));
            if ours(inside, &name) && !written {
                std::fs::remove_file(entry.path()).map_err(|it| file_error(&it, &entry.path()))?;
            }
        }
    }
    Ok(())
}

/// Everything that the events rest on, as one zip.
fn whole(desk: &Desk, view: &View<'_>) -> Result<aver_publish::Output> {
    let scope = desk.scope()?;
    let (filed, decisions) = (scope.documents(&desk.ledger)?, desk.ledger.decisions_at(scope.place)?);
    bundle::make(view, &bundle::Around { filed: &filed, decisions: &decisions, scope })
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
