//! `aver bench`: speed and memory of reading, measured, never asserted.

use super::say;
use crate::cli::{Bench, Cli};
use crate::gather;
use crate::report::Result;
use std::io::Write;
use std::time::Instant;

/// Reads files again and again on one thread and prints documents and words per second.
pub fn bench(cli: &Cli, args: &Bench, out: &mut dyn Write) -> Result<()> {
    let start = Instant::now();
    let codebook = crate::desk::codebook(cli)?;
    let reader = crate::language::reader(&cli.model, &codebook)?;
    let loaded = start.elapsed();
    let files = gather::files(&args.files)?;
    let pages: Vec<aver_model::Page> =
        files.iter().map(|it| Ok(gather::capture(it, &Default::default())?.page)).collect::<Result<_>>()?;
    let words: usize = pages.iter().map(|it| it.text.split_whitespace().count()).sum();
    let rounds = args.rounds.max(1);
    let start = Instant::now();
    for _ in 0..rounds {
        for page in &pages {
            std::hint::black_box(super::add::read(&reader, page)?);
        }
    }
    let seconds = start.elapsed().as_secs_f64().max(1e-9);
    let documents = pages.len() * rounds as usize;
    say(out, format_args!("loading     {:>10.1} ms (codebook and gazetteer, once)", loaded.as_secs_f64() * 1e3))?;
    say(
        out,
        format_args!(
            "documents   {:>10.1} a second on one core ({} documents, {rounds} rounds)",
            documents as f64 / seconds,
            pages.len()
        ),
    )?;
    say(out, format_args!("words       {:>10.0} a second on one core", words as f64 * f64::from(rounds) / seconds))?;
    say(
        out,
        format_args!(
            "a document  {:>10.2} ms of {:.0} words",
            seconds * 1e3 / documents as f64,
            words as f64 / pages.len().max(1) as f64
        ),
    )?;
    say(
        out,
        format_args!("peak memory {:>10} MiB", peak_memory().map_or("unknown".into(), |it| (it / 1024).to_string())),
    )
}

/// Returns the process's greatest resident memory in KiB, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
