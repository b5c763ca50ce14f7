//! `aver codebook`: check the files, run the worked cases.

use super::{count, say};
use crate::cli::{Cli, CodebookAct, CodebookArgs};
use crate::print::reading::{Part, print};
use crate::report::{Report, Result};
use std::io::Write;

/// Checks or tests the codebook.
pub fn codebook(cli: &Cli, args: &CodebookArgs, out: &mut dyn Write) -> Result<()> {
    let codebook = crate::desk::codebook(cli)?;
    match args.act {
        CodebookAct::Check => say(
            out,
            format_args!(
                "The codebook is sound: {}, {} with {}, {}, {}, {}. Version {}",
                count(codebook.events.len(), "event type"),
                count(codebook.stances.len(), "stance"),
                count(codebook.stances.iter().map(|it| it.cues.len()).sum(), "cue"),
                count(codebook.relations.len(), "relation"),
                count(codebook.actors.len(), "actor"),
                count(codebook.policies.len(), "policy").replace("policys", "policies"),
                codebook.version
            ),
        ),
        CodebookAct::Test => test(&cli.model, &codebook, out),
    }
}

fn test(choice: &crate::language::Choice, codebook: &aver_codebook::Codebook, out: &mut dyn Write) -> Result<()> {
    let reader = crate::language::reader(choice, codebook)?;
    let (mut passed, mut failed) = (0, vec![]);
    for case in codebook.cases() {
        let mut got = String::new();
        for input in &case.texts {
            let given = |name: &str| input.attributes.get(name).cloned();
            let hints = aver_ingest::Hints {
                published: given("date").and_then(|it| aver_ingest::Hints::published(&it).ok()),
                source: given("source"),
                ..Default::default()
            };
            let page = crate::gather::page(input.text.as_bytes(), "case.txt", &hints)?;
            got = print(&super::add::read(&reader, &page)?, Part::Ledger);
        }
        if got == case.ledger {
            passed += 1;
        } else {
            failed
                .push(format!("{}:{}: {}\nexpected:\n{}got:\n{got}", case.file, case.line, case.heading, case.ledger));
        }
    }
    say(out, format_args!("{passed} worked cases pass, {} fail.", failed.len()))?;
    if failed.is_empty() {
        return Ok(());
    }
    Err(Report::input("codebook-cases-fail", failed.join("\n"))
        .next("change the cues, or the ledger block if a coder would write what was got"))
}
