//! Scores places against a file of texts with toponyms.
//!
//! `cargo run --release -p aver-read --example places -- FILE [--show]`
//!
//! Each line of FILE is `{"text": "…", "gold": [{"start": 0, "end": 5, "lat": 1.0,
//! "lon": 2.0}]}`, positions in code points. Prints recognition (exact and
//! overlapping span) and the share of gold toponyms that are found and lie
//! within 161 km of the gold position.

use aver_model::{Document, Page, Published, Span};
use aver_read::{Context, Index, places, text::Text, times};
use serde_json::Value;

fn page(text: &str) -> Page {
    let document = Document {
        id: String::new(),
        sha256: String::new(),
        file: String::new(),
        source: None,
        title: None,
        byline: None,
        language: None,
        published: Published::UNKNOWN,
    };
    Page { document, text: text.to_owned(), dropped: vec![], structure: vec![], notes: vec![] }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (p, q) = (a.0.to_radians(), b.0.to_radians());
    let half = ((q - p) / 2.0).sin().powi(2) + p.cos() * q.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let show = args.iter().any(|it| it == "--show");
    let codebook = aver_codebook::Codebook::builtin();
    let index = Index::new(codebook);
    let (mut gold_n, mut found_n, mut exact, mut loose, mut near, mut placed, mut placed_near) = (0, 0, 0, 0, 0, 0, 0);
    let began = std::time::Instant::now();
    for line in std::fs::read_to_string(args.first().ok_or("give a file")?)?.lines() {
        let case: Value = serde_json::from_str(line)?;
        let text = case["text"].as_str().unwrap_or("");
        let page = page(text);
        let ctx = Context { page: &page, codebook, index: &index, text: Text::new(&page) };
        let places = places::find(&ctx, &times::find(&ctx)).list;
        let mut found: Vec<(Span, &aver_model::Place)> =
            places.iter().flat_map(|it| it.mentions.iter().map(move |span| (*span, it))).collect();
        found.sort_by_key(|it| it.0);
        let gold: Vec<(Span, Option<(f64, f64)>)> = case["gold"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| {
                let number = |name: &str| it[name].as_u64().unwrap_or(0) as usize;
                (Span::new(number("start"), number("end")), it["lat"].as_f64().zip(it["lon"].as_f64()))
            })
            .collect();
        gold_n += gold.len();
        found_n += found.len();
        let offsets = aver_model::Offsets::new(text);
        for (span, at) in &gold {
            exact += usize::from(found.iter().any(|it| it.0 == *span));
            let hit = found.iter().find(|it| it.0.overlaps(*span));
            loose += usize::from(hit.is_some());
            let Some(at) = at else { continue };
            placed += 1;
            let close = hit.and_then(|it| it.1.lat.zip(it.1.lon)).is_some_and(|it| distance(it, *at) <= 161.0);
            near += usize::from(close);
            placed_near += usize::from(close && hit.is_some());
            if show && !close {
                println!(
                    "{} {:?} -> {:?}",
                    if hit.is_some() { "WRONG" } else { "MISSED" },
                    offsets.quote(text, *span),
                    hit.map(|it| (&it.1.name, &it.1.country, &it.1.admin1))
                );
            }
        }
        for (span, place) in found.iter().filter(|it| show && !gold.iter().any(|gold| gold.0.overlaps(it.0))) {
            println!("EXTRA {:?} -> {} {:?}", offsets.quote(text, *span), place.name, place.country);
        }
    }
    let f = |hit: usize| 2.0 * hit as f64 / (gold_n + found_n) as f64;
    println!(
        "gold {gold_n} found {found_n}: recognition F1 exact {:.3}, overlapping {:.3} (recall {:.3})",
        f(exact),
        f(loose),
        loose as f64 / gold_n as f64
    );
    println!(
        "Acc@161km end to end {:.3} of {placed}; of those found {:.3}; {:.1} s",
        near as f64 / placed as f64,
        placed_near as f64 / loose as f64,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
