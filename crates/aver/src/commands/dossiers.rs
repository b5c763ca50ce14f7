//! `aver dossiers`: which documents report on one occurrence, with its toll.

use super::{count, list, say, say_json};
use crate::cli::{Cli, Words};
use crate::desk::{Desk, reprints};
use crate::report::Result;
use aver_model::Reading;
use std::io::Write;

/// Lists the dossiers that hold more than one document, the largest first.
///
/// # Errors
/// The ledger cannot be read.
pub fn dossiers(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let readings = desk.readings()?;
    let readings: Vec<&Reading> = readings.iter().collect();
    let mut rows = vec![];
    for dossier in aver_reconcile::dossiers(&readings, &reprints(&desk.scope()?.documents(&desk.ledger)?)) {
        let held: Vec<&Reading> = readings.iter().copied().filter(|it| dossier.contains(&it.document.sha256)).collect();
        let name = |it: &&Reading| it.document.title.clone().unwrap_or_else(|| it.document.file.clone());
        let names: Vec<String> = held.iter().map(name).collect();
        let text = names.join(" ").to_lowercase();
        if held.len() > 1 && args.words.iter().all(|it| text.contains(&it.to_lowercase())) {
            rows.push((names, aver_reconcile::toll(&held), dossier));
        }
    }
    rows.sort_by(|a, b| b.2.len().cmp(&a.2.len()).then_with(|| a.2.cmp(&b.2)));
    if cli.json {
        let values: Vec<_> = rows
            .iter()
            .map(|(names, toll, documents)| {
                serde_json::json!({"documents": documents, "names": names, "killed": toll.killed, "hurt": toll.hurt})
            })
            .collect();
        return say_json(out, &values);
    }
    let mut table = list::table(&["documents", "killed", "hurt", "what"]);
    for (names, toll, documents) in &rows {
        table.add_row([documents.len().to_string(), toll.killed.to_string(), toll.hurt.to_string(), names.join("\n")]);
    }
    say(out, table)?;
    say(out, format_args!("{} of more than one document", count(rows.len(), "dossier")))
}
