//! Scores article extraction: mean shingle F1 over a folder of pages with their text.
//!
//! `cargo run --release -p aver-ingest --example extraction -- FOLDER`
//!
//! FOLDER holds `ground-truth.json` (`{"ID": {"articleBody": "…"}}`) and
//! `html/ID.html.gz`, as the public article-extraction-benchmark does. Words
//! are `\w+`, shingles are four words, counted as multisets; precision and
//! recall are means over pages.

use aver_ingest::{Hints, ingest};
use std::collections::HashMap;
use std::io::Read;

fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|it: char| !(it.is_alphanumeric() || it == '_')).filter(|it| !it.is_empty()).collect();
    let mut found = HashMap::new();
    for window in words.windows(4.min(words.len().max(1))) {
        *found.entry(window.to_vec()).or_insert(0) += 1;
    }
    found
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of the benchmark")?;
    let truth: serde_json::Value = serde_json::from_slice(&std::fs::read(format!("{folder}/ground-truth.json"))?)?;
    let (mut precision, mut recall, mut n, mut dated) = (0.0, 0.0, 0.0, 0);
    let began = std::time::Instant::now();
    for (id, page) in truth.as_object().ok_or("ground-truth.json holds no object")? {
        let mut bytes = vec![];
        flate2::read::MultiGzDecoder::new(std::fs::File::open(format!("{folder}/html/{id}.html.gz"))?)
            .read_to_end(&mut bytes)?;
        let read = ingest(&bytes, id, &Hints::default());
        let text = read.as_ref().map(|it| it.text.as_str()).unwrap_or("");
        dated += usize::from(read.as_ref().is_ok_and(|it| it.document.published.start.is_some()));
        let (gold, found) = (shingles(page["articleBody"].as_str().unwrap_or("")), shingles(text));
        let hit: usize = gold.iter().map(|(it, times)| found.get(it).map_or(0, |other| *times.min(other))).sum();
        let share =
            |of: &HashMap<_, usize>| if of.is_empty() { 0.0 } else { hit as f64 / of.values().sum::<usize>() as f64 };
        let (p, r) = (share(&found), share(&gold));
        if p + r < 1.6 {
            println!("{id}: precision {p:.2}, recall {r:.2}");
        }
        precision += p;
        recall += r;
        n += 1.0;
    }
    let (p, r) = (precision / n, recall / n);
    println!(
        "{n} pages: precision {p:.3}, recall {r:.3}, F1 {:.3}; {dated} with a date; {:.1} s",
        2.0 * p * r / (p + r),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
