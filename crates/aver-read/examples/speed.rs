//! Measures how long each stage of reading takes.
//!
//! In: a plain text file and how many times to read it (1 unless told), as in
//! `cargo run --release -p aver-read --example speed -- FILE 20`. Out:
//! milliseconds per reading for every stage, documents and words per second.
//! The codebook is prepared beforehand and not counted. With 0 it prints the
//! reading instead, to compare what two versions read.

use aver_model::{Document, Page, Published};
use aver_read::{
    Context, Index, actors, events, figures, forecasts, notes, numbers, places, relations, statements, tallies, text,
    times,
};
use std::time::{Duration, Instant};

const STAGES: [&str; 13] = [
    "text",
    "times",
    "numbers",
    "places",
    "actors",
    "statements",
    "events",
    "figures",
    "relations",
    "forecasts",
    "tallies",
    "attach",
    "notes",
];

struct Watch {
    last: Instant,
    spent: [Duration; STAGES.len()],
    at: usize,
}

impl Watch {
    fn lap<T>(&mut self, done: T) -> T {
        let now = Instant::now();
        self.spent[self.at] += now - self.last;
        self.at = (self.at + 1) % STAGES.len();
        self.last = Instant::now();
        done
    }
}

fn one(page: &Page, index: &Index, watch: &mut Watch) {
    let codebook = aver_codebook::Codebook::builtin();
    watch.last = Instant::now();
    let ctx = watch.lap(Context { page, codebook, index, text: text::Text::new(page) });
    let times = watch.lap(times::find(&ctx));
    let numbers = watch.lap(numbers::find(&ctx, &times));
    let places = watch.lap(places::find(&ctx, &times));
    let mut actors = watch.lap(actors::find(&ctx, &places));
    let mut statements = watch.lap(statements::find(&ctx, &mut actors, &times));
    let (events, told) = watch.lap(events::find(&ctx, &mut actors, &places, &times, &statements));
    let mut figures = watch.lap(figures::find(&ctx, &numbers, &times, (&events, &told), &statements));
    let relations = watch.lap(relations::find(&ctx, &mut actors, &places, &times, &statements));
    let forecasts = watch.lap(forecasts::find(&ctx, &actors, &places, &times, &statements));
    let tallies = watch.lap(tallies::find(&ctx, &times, &events, &mut figures, &statements));
    statements::attach(&mut statements, &events, &figures, &relations, &forecasts, &tallies);
    watch.lap(());
    watch.lap(notes::find(&ctx, &times, &figures, &tallies));
}

fn page(text: String) -> Result<Page, Box<dyn std::error::Error>> {
    let day = "2021-06-15".parse()?;
    let document = Document {
        id: String::new(),
        sha256: String::new(),
        file: String::new(),
        source: None,
        title: None,
        byline: None,
        language: Some("en".to_owned()),
        published: Published::given(day, day),
    };
    Ok(Page { document, text, dropped: vec![], structure: vec![], notes: vec![] })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("a text file, please")?;
    let rounds: u32 = args.next().map_or(Ok(1), |it| it.parse())?;
    let text = String::from_utf8_lossy(&std::fs::read(&file)?).into_owned();
    let words = text.split_whitespace().count();
    let page = page(text)?;
    if rounds == 0 {
        println!("{}", serde_json::to_string_pretty(&aver_read::read(&page, aver_codebook::Codebook::builtin()))?);
        return Ok(());
    }
    let begin = Instant::now();
    let index = Index::new(aver_codebook::Codebook::builtin());
    println!("codebook {:.0} ms, {words} words, read {rounds} times", begin.elapsed().as_secs_f64() * 1e3);
    let mut watch = Watch { last: Instant::now(), spent: Default::default(), at: 0 };
    for _ in 0..rounds {
        one(&page, &index, &mut watch);
    }
    let each = |it: Duration| it.as_secs_f64() / f64::from(rounds.max(1));
    for (name, spent) in STAGES.iter().zip(watch.spent) {
        println!("{name:<11} {:>10.3} ms", each(spent) * 1e3);
    }
    let total = each(watch.spent.iter().sum());
    println!("total       {:>10.3} ms   {:.1} docs/s   {:.0} words/s", total * 1e3, 1.0 / total, words as f64 / total);
    Ok(())
}
