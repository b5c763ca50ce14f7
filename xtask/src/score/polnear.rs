//! Attribution on PolNeAR dev: exact spans of source, cue and content, and whole
//! attributions (cues overlap, Jaccard of source and content at least 0.8).
//! `--list` prints both sides of each document, `--misses N` the N words whose
//! cues are missed most, with what we gave in their place.

mod conventions;
mod misses;

use super::support::{Count, page, reader, text_of};
use aver_model::{Reading, Span};
use std::collections::BTreeSet;
use std::path::Path;

type Ranges = Vec<Span>;

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    attributions: Vec<Attribution>,
}

#[derive(serde::Deserialize)]
struct Attribution {
    source: Ranges,
    cue: Ranges,
    content: Ranges,
}

/// Scores `polnear/dev.jsonl.gz` of the data folder; `--model` or `--model=FOLDER` lets the language model help,
/// `--shallow` with its first exit; `--first N` takes the first N copies only.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let list = options.iter().any(|it| it == "--list");
    let text = text_of(&data.join("polnear/dev.jsonl.gz"))?;
    let reader = reader(options)?;
    let mut counts: [Count; 4] = Default::default();
    let mut misses = misses::Misses::default();
    let first = number(options, "--first").unwrap_or(usize::MAX);
    for line in text.lines().take(first) {
        let line: Line = serde_json::from_str(line).map_err(|it| format!("error: {it}"))?;
        let reading = reader.read(&page(&line.text));
        let ours: Vec<[Ranges; 3]> = conventions::attributions(&reading);
        let gold: Vec<[Ranges; 3]> = line.attributions.into_iter().map(|it| [it.source, it.cue, it.content]).collect();
        for role in 0..3 {
            let set = |list: &[[Ranges; 3]]| list.iter().flat_map(|it| it[role].clone()).collect::<BTreeSet<Span>>();
            let (a, b) = (set(&ours), set(&gold));
            counts[role].right += a.intersection(&b).count();
            counts[role].ours += a.len();
            counts[role].gold += b.len();
        }
        misses.add(&reading, &ours, &gold);
        let mut free: Vec<&[Ranges; 3]> = gold.iter().collect();
        counts[3].ours += ours.len();
        counts[3].gold += gold.len();
        for it in &ours {
            let fits = free.iter().position(|gold| {
                (shared(&it[1], &gold[1]) > 0 || it[1].is_empty() && gold[1].is_empty())
                    && jaccard(&it[0], &gold[0]) >= 0.8
                    && jaccard(&it[2], &gold[2]) >= 0.8
            });
            if let Some(index) = fits {
                free.remove(index);
                counts[3].right += 1;
            }
            if list {
                println!("{} {}", if fits.is_some() { "ok  " } else { "OURS" }, show(&reading, it));
            }
        }
        if list {
            free.iter().for_each(|it| println!("GOLD {}", show(&reading, it)));
            println!("----");
        }
    }
    for (count, name) in counts.iter().zip(["source", "cue", "content", "attribution"]) {
        println!("{}", count.line(name));
    }
    if let Some(groups) = number(options, "--misses") {
        misses.print(groups);
    }
    Ok(())
}

/// The number behind a flag.
fn number(options: &[String], flag: &str) -> Option<usize> {
    let at = options.iter().position(|it| it == flag)?;
    options.get(at + 1)?.parse().ok()
}

fn shared(a: &[Span], b: &[Span]) -> usize {
    a.iter().map(|x| b.iter().map(|y| x.shared(*y)).sum::<usize>()).sum()
}

fn jaccard(a: &[Span], b: &[Span]) -> f64 {
    let size = |list: &[Span]| list.iter().map(|it| it.len()).sum::<usize>();
    let both = shared(a, b);
    let all = size(a) + size(b) - both;
    if all == 0 { 1.0 } else { both as f64 / all as f64 }
}

fn show(reading: &Reading, roles: &[Ranges; 3]) -> String {
    let offsets = aver_model::Offsets::new(&reading.text);
    let words = |list: &Ranges| list.iter().map(|it| offsets.quote(&reading.text, *it)).collect::<Vec<_>>().join(" … ");
    format!("[{}] <{}> {}", words(&roles[0]), words(&roles[1]), words(&roles[2])).replace('\n', " ")
}
