//! `aver verify`: proves that the ledger, or a bundle made of it, is what it was.

use super::{count, say, say_json};
use crate::bundle;
use crate::cli::{Cli, Verify};
use crate::desk::Desk;
use crate::report::{Report, Result};
use std::io::Write;
use std::path::Path;

/// Checks the ledger, or the bundle that is named.
pub fn verify(cli: &Cli, args: &Verify, out: &mut dyn Write) -> Result<()> {
    match &args.bundle {
        Some(path) => verify_bundle(cli, path, out),
        None => verify_ledger(cli, out),
    }
}

/// Needs no ledger: the bundle carries what it is checked by.
fn verify_bundle(cli: &Cli, path: &Path, out: &mut dyn Write) -> Result<()> {
    let it = bundle::check(&bundle::open(path)?).map_err(|it| it.at(path.display()))?;
    if cli.json {
        say_json(out, &it)?;
    } else {
        let hashes = if it.faults.is_empty() { "all hashes match" } else { "not all is as it was" };
        let chain = match (it.decisions, it.contents) {
            (0, _) => "no decisions".to_owned(),
            (n, true) => format!("chain of {} intact, contents hashed again", count(n, "decision")),
            (n, false) => format!("chain of {} in order, contents left out", count(n, "decision")),
        };
        let values = format!("{}, {} unexplained", count(it.values, "value"), it.unexplained.len());
        say(out, format_args!("{}: {hashes}; {chain}; {values}.", count(it.files, "file")))?;
    }
    if it.faults.is_empty() && it.unexplained.is_empty() {
        return Ok(());
    }
    let unexplained = it.unexplained.iter().map(|it| format!("no words stand behind {it}"));
    let faults: Vec<String> = it.faults.iter().cloned().chain(unexplained).collect();
    Err(Report::input("bundle-changed", format!("{}\n{}", count(faults.len(), "fault"), faults.join("\n")))
        .at(path.display())
        .next("ask for the bundle again where it came from; do not use this one"))
}

fn verify_ledger(cli: &Cli, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let it = desk.ledger.verify()?;
    if cli.json {
        let faults: Vec<String> = it.faults.iter().map(|it| format!("{it:?}")).collect();
        say_json(
            out,
            &serde_json::json!({"documents": it.documents, "bytes": it.bytes, "readings": it.readings,
            "spans": it.spans, "decisions": it.decisions, "edges": it.edges, "faults": faults}),
        )?;
    } else {
        say(
            out,
            format_args!(
                "Checked {} documents ({} bytes), {} readings, {} spans, {} decisions, {} edges.",
                it.documents, it.bytes, it.readings, it.spans, it.decisions, it.edges
            ),
        )?;
    }
    if it.is_clean() {
        return if cli.json { Ok(()) } else { say(out, "Nothing stored has changed.") };
    }
    let faults: Vec<String> =
        it.faults.iter().map(|it| format!("{} ({}): {}; {}", it.what, it.id, it.place, it.next)).collect();
    Err(Report::setup("ledger-changed", format!("{} faults\n{}", faults.len(), faults.join("\n")))
        .at(desk.ledger.path().display())
        .next("restore the file from a backup; what still reads can be published first"))
}
