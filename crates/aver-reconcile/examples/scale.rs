//! How long linking takes and how much memory it needs, on invented mentions.
//!
//! `cargo run --release -p aver-reconcile --example scale -- 10000 100000 1000000 --link`
//!
//! Every occurrence is told by about five reports of one mention each, in 1,000 towns
//! of 20 countries over three years, so that more mentions lie more densely. Prints
//! for each size seconds and resident memory, how well occurrences were found, and what
//! linking costs again when a hundredth is new. Without `--link` events are told too.

use aver_codebook::Codebook;
use aver_model::*;
use aver_reconcile::{Linker, Linking, Links, Reprints, Verdict, events_of};
use std::collections::BTreeSet;
use std::time::Instant;

/// A small generator of pseudo-random numbers (SplitMix64), so that every run sees the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
}

const KINDS: [(&str, &str); 6] = [
    ("bombing", "an explosion"),
    ("armed_assault", "gunmen stormed"),
    ("suicide_bombing", "a suicide bombing"),
    ("rocket_attack", "rockets hit"),
    ("attack", "an attack"),
    ("killing", "were killed"),
];
const SITES: [&str; 6] = ["market", "mosque", "school", "checkpoint", "hospital", ""];

/// An occurrence from which reports are drawn.
struct Occurrence {
    day: Day,
    town: u64,
    kind: usize,
    site: usize,
    killed: u64,
}

fn report(number: usize, it: &Occurrence, dice: &mut Dice) -> Reading {
    let (kind, words) = KINDS[if dice.roll(4) == 0 { 4 } else { it.kind }];
    let (town, country) = (format!("Town {}", it.town), format!("X{}", (b'A' + (it.town % 20) as u8) as char));
    let site = SITES[it.site];
    let killed = it.killed + dice.roll(3);
    let text = format!("{words} at the {site} in {town} on {}: {killed} people died.", it.day);
    let span = |quote: &str| {
        let at = text.find(quote).unwrap_or(0);
        Span::new(at, at + quote.len())
    };
    let dated = dice.roll(5) > 0;
    let time = EventTime {
        start: dated.then_some(it.day),
        end: Some(if dated { it.day } else { it.day.plus_days(2) }),
        precision: if dated { Precision::Day } else { Precision::BeforePublication },
        from: None,
    };
    let place = EventPlace {
        name: town.clone(),
        admin1: Some(format!("Province {}", it.town % 100)),
        country: Some(country.clone()),
        facility: Some(site.to_string()).filter(|it| !it.is_empty()),
        from: Some("p1".into()),
    };
    let published = Published::given(it.day.plus_days(2), it.day.plus_days(2));
    let event = Event {
        id: "e1".into(),
        span: span(words),
        mentions: vec![span(words)],
        kind: kind.into(),
        acled: None,
        modality: Modality::Asserted,
        background: false,
        generic: false,
        aggregate: false,
        time: Some(time),
        place: Some(place),
        perpetrators: vec![],
        targets: vec![],
        weapon: None,
        speaker: OUTLET.into(),
    };
    let quote = format!("{killed} people");
    let figure = Figure {
        id: "f1".into(),
        span: span(&quote),
        measure: "killed".into(),
        op: FigureOp::Exact,
        low: Some(killed),
        high: Some(killed),
        unit: "persons".into(),
        group: Some("people".into()),
        part_of: None,
        about: vec!["e1".into()],
        speaker: OUTLET.into(),
        statement: None,
    };
    let place = Place {
        id: "p1".into(),
        name: town.clone(),
        level: "city".into(),
        admin1: Some(format!("Province {}", it.town % 100)),
        country: Some(country),
        lat: None,
        lon: None,
        gazetteer: None,
        mentions: vec![span(&town)],
    };
    Reading {
        format: FORMAT.into(),
        reader: Reader { version: "0".into(), codebook: String::new(), model: None },
        document: Document {
            id: String::new(),
            sha256: format!("{number:08x}"),
            file: format!("{number}.txt"),
            source: Some(format!("Outlet {}", dice.roll(200))),
            title: None,
            byline: None,
            language: None,
            published,
        },
        text: text.clone(),
        dropped: vec![],
        actors: vec![],
        places: vec![place],
        times: vec![],
        events: vec![event],
        figures: vec![figure],
        statements: vec![],
        relations: vec![],
        forecasts: vec![],
        tallies: vec![],
        notes: vec![],
    }
}

/// Returns the greatest resident memory so far in MiB, where the system tells.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Returns the seconds of processor time used so far, where the system tells.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// Links once more when the last hundredth of the reports is new, and says what that took.
fn again(readings: &[&Reading], whole: &Linking, links: &Links, codebook: &'static Codebook) {
    let reprints = Reprints::none();
    let earlier = Linker::new(&readings[..readings.len() - readings.len() / 100], &reprints, codebook).compare(None);
    let worked = processor();
    let linker = Linker::new(readings, &reprints, codebook);
    let seen = processor() - worked;
    let linking = linker.compare(Some(&earlier));
    let worked = processor() - worked;
    let is_same = linking == *whole && linker.judge(&linking, &[]) == *links;
    println!(
        "          with the last hundredth new: {worked:.2} s of processor, {seen:.2} of them to look at the mentions; \
         {} MiB stored; {}",
        linking.to_bytes().len() >> 20,
        if is_same { "the links are the same" } else { "THE LINKS DIFFER" }
    );
}

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let only_links = std::env::args().any(|it| it == "--link");
    let codebook = Codebook::builtin();
    for size in sizes {
        let mut dice = Dice(7);
        let (mut readings, mut truth) = (Vec::with_capacity(size), Vec::with_capacity(size));
        let start = Day::new(2021, 1, 1).expect("a day of the calendar");
        let mut occurrence = 0;
        while readings.len() < size {
            let it = Occurrence {
                day: start.plus_days(dice.roll(1095) as i64),
                town: dice.roll(1000),
                kind: dice.roll(6) as usize,
                site: dice.roll(6) as usize,
                killed: dice.roll(20),
            };
            for _ in 0..(1 + dice.roll(9)).min((size - readings.len()) as u64) {
                readings.push(report(readings.len(), &it, &mut dice));
                truth.push(occurrence);
            }
            occurrence += 1;
        }
        let readings: Vec<&Reading> = readings.iter().collect();
        let before = peak();
        let (clock, worked) = (Instant::now(), processor());
        let reprints = Reprints::none();
        let linker = Linker::new(&readings, &reprints, codebook);
        let seen = processor() - worked;
        let linking = linker.compare(None);
        let links = linker.judge(&linking, &[]);
        let (linked, worked) = (clock.elapsed().as_secs_f64(), processor() - worked);
        let log = (size as f64).log2();
        println!(
            "{size:>8} mentions: {linked:8.2} s by the clock, {worked:.2} s of processor ({seen:.2} of them to look at \
             the mentions), {:.3} µs per n·log n, {} links",
            worked * 1e6 / (size as f64 * log),
            links.all().len(),
        );
        println!(
            "          readings {before:.0} MiB, peak {:.0} MiB, so {:.0} MiB for linking",
            peak(),
            peak() - before
        );
        let same: Vec<_> = links.all().iter().filter(|it| it.verdict == Verdict::Same).collect();
        let number = |it: u32| usize::from_str_radix(&linker.mention(it).document, 16).unwrap_or(0);
        let right = same.iter().filter(|it| truth[number(it.a)] == truth[number(it.b)]).count();
        println!("          {right} of {} links that say same are right", same.len());
        again(&readings, &linking, &links, codebook);
        if only_links {
            continue;
        }
        let clock = Instant::now();
        let events = events_of(&readings, &links, &Reprints::none(), &[], codebook);
        let told: BTreeSet<usize> = truth.iter().copied().collect();
        println!(
            "          {} events of {} occurrences in {:.2} s, peak {:.0} MiB",
            events.len(),
            told.len(),
            clock.elapsed().as_secs_f64(),
            peak()
        );
    }
}
