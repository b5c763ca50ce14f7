//! `aver bench`: speed and memory of reading, measured, never asserted.
//!
//! Everything runs on the same texts and one thread, one after the other: the whole
//! job (ingest and read) by rules and with the model at both its depths, the model alone
//! on every sentence, and spaCy pipelines when named. Rates are of processor time where
//! the system tells it; a busy machine slows all of them, so compare within one run.

mod spacy;

use super::{say, say_json};
use crate::cli::{Bench, Cli};
use crate::gather;
use crate::language::{self, Choice};
use crate::report::Result;
use aver_language::Depth;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// What the texts hold, once through.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
struct Size {
    documents: usize,
    words: usize,
    sentences: usize,
}

/// One engine's time over all rounds.
#[derive(Debug, serde::Serialize)]
struct Row {
    engine: String,
    /// Seconds for one round.
    seconds: f64,
    documents: f64,
    words: f64,
    sentences: f64,
}

impl Row {
    fn new(engine: impl Into<String>, size: Size, seconds: f64) -> Row {
        let rate = |n: usize| n as f64 / seconds.max(1e-9);
        let (documents, words, sentences) = (rate(size.documents), rate(size.words), rate(size.sentences));
        Row { engine: engine.into(), seconds, documents, words, sentences }
    }
}

/// Reads files again and again on one thread and prints documents, words and sentences per second.
pub fn bench(cli: &Cli, args: &Bench, out: &mut dyn Write) -> Result<()> {
    let files = gather::files(&args.files)?;
    let clock = Clock::start();
    let codebook = crate::desk::codebook(cli)?;
    let rules = language::reader(&Choice::None, &codebook)?;
    let loaded_rules = clock.seconds();
    let clock = Clock::start();
    if let Some(model) = language::model(&cli.model)? {
        // Weights are packed when a sentence first needs them.
        drop(model.analyse("The mayor said that the town was quiet.", Depth::Deep));
    }
    let loaded_model = clock.seconds();
    let pages: Vec<aver_model::Page> =
        files.iter().map(|it| Ok(gather::capture(it, &Default::default())?.page)).collect::<Result<_>>()?;
    let texts: Vec<&str> = pages.iter().map(|it| it.text.as_str()).collect();
    let size = Size {
        documents: texts.len(),
        words: texts.iter().map(|it| it.split_whitespace().count()).sum(),
        sentences: texts.iter().map(|it| aver_language::sentences::cut_lines(it).len()).sum(),
    };
    let rounds = args.rounds.max(1);
    let mut rows = vec![];
    let whole_job = |reader: &aver_read::Reader<'_>| job(&files, reader, rounds);
    rows.push(Row::new("whole job, rules alone", size, whole_job(&rules)?));
    for choice in beside(&cli.model) {
        rows.push(Row::new(
            format!("whole job, model {choice}"),
            size,
            whole_job(&language::reader(&choice, &codebook)?)?,
        ));
    }
    let peak = peak_memory();
    for (depth, name) in [(Depth::Shallow, "first exit"), (Depth::Deep, "last exit")] {
        if let Some(model) = language::model(&cli.model)? {
            let seconds = best(rounds, || {
                texts.iter().for_each(|it| drop(std::hint::black_box(model.analyse(it, depth))));
                Ok(())
            })?;
            rows.push(Row::new(format!("every sentence, {name}"), size, seconds));
        }
    }
    for pipeline in &args.spacy {
        rows.push(Row::new(format!("spaCy {pipeline}"), size, spacy::seconds(&args.python, pipeline, &texts, rounds)?));
    }
    if cli.json {
        return say_json(
            out,
            &serde_json::json!({"size": size, "rounds": rounds, "rows": rows, "clock": Clock::name(),
                "loading": {"rules": loaded_rules, "model": loaded_model}, "peak_kib": peak}),
        );
    }
    say(
        out,
        format_args!(
            "{} documents, {} words, {} sentences; best of {rounds} rounds on one thread; a second of {}",
            size.documents,
            size.words,
            size.sentences,
            Clock::name()
        ),
    )?;
    say(out, format_args!("{:<26} {:>12} {:>10} {:>12}", "", "documents/s", "words/s", "sentences/s"))?;
    for it in &rows {
        say(out, format_args!("{:<26} {:>12.1} {:>10.0} {:>12.0}", it.engine, it.documents, it.words, it.sentences))?;
    }
    say(
        out,
        format_args!(
            "loading {:.0} ms (codebook and gazetteer), {:.0} ms (model); peak memory of the whole job {}",
            loaded_rules * 1e3,
            loaded_model * 1e3,
            peak.map_or("unknown".into(), |it| format!("{} MiB", it / 1024))
        ),
    )
}

/// The choices whose whole job is run: both depths of the shipped model, or the user's own model.
fn beside(choice: &Choice) -> Vec<Choice> {
    match choice {
        Choice::None => vec![],
        Choice::Full | Choice::Fast if language::without_weights(choice).is_some() => vec![],
        Choice::Full | Choice::Fast => vec![Choice::Full, Choice::Fast],
        Choice::File(_) => vec![choice.clone()],
    }
}

/// Ingests and reads every file, as `aver add` does before it stores; seconds of the best round.
fn job(files: &[PathBuf], reader: &aver_read::Reader<'_>, rounds: u32) -> Result<f64> {
    best(rounds, || {
        for path in files {
            let page = gather::capture(path, &Default::default())?.page;
            std::hint::black_box(super::add::read(reader, &page)?);
        }
        Ok(())
    })
}

/// Returns the seconds of the fastest round; what else the machine does only ever slows one.
fn best(rounds: u32, mut round: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut least = f64::INFINITY;
    for _ in 0..rounds {
        let clock = Clock::start();
        round()?;
        least = least.min(clock.seconds());
    }
    Ok(least)
}

/// Counts processor time where the system tells it, else the time of day.
struct Clock {
    wall: Instant,
    processor: Option<f64>,
}

impl Clock {
    fn start() -> Clock {
        Clock { wall: Instant::now(), processor: processor_seconds() }
    }

    fn seconds(&self) -> f64 {
        match (self.processor, processor_seconds()) {
            (Some(from), Some(to)) => (to - from).max(1e-9),
            _ => self.wall.elapsed().as_secs_f64().max(1e-9),
        }
    }

    fn name() -> &'static str {
        if processor_seconds().is_some() { "processor time" } else { "the clock" }
    }
}

/// Returns the processor time of all threads, in nanosecond steps where the scheduler keeps them.
fn processor_seconds() -> Option<f64> {
    let mut nanoseconds = 0u64;
    for task in std::fs::read_dir("/proc/self/task").ok()?.flatten() {
        let line = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        nanoseconds += line.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(nanoseconds as f64 / 1e9)
}

/// Returns the process's greatest resident memory in KiB, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_takes_time_and_the_best_round_counts() {
        let mut rounds = 0;
        let seconds = best(3, || {
            rounds += 1;
            std::hint::black_box((0..2_000_000u64).fold(0, |sum, it| sum ^ it.wrapping_mul(sum | 1)));
            Ok(())
        });
        assert!(rounds == 3 && seconds.expect("nothing fails") > 0.0);
        let row = Row::new("x", Size { documents: 2, words: 100, sentences: 10 }, 0.5);
        assert_eq!((row.documents, row.words, row.sentences), (4.0, 200.0, 20.0));
    }
}
