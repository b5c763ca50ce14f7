//! `cargo xtask score NAME DATA`: the published metric of a public data set.
//!
//! `DATA` is the folder that holds the sets, one folder each; a folder of gold
//! files in place of a name scores the reading against them. One file here per
//! set: it reads the set's own form, runs the reader and prints the metric.

mod case2021;
mod ecbplus;
mod geo;
mod gold;
mod gva;
mod muc4;
mod polnear;
mod re3d;
mod recognizers;
pub mod support;
mod timenorm;
mod timex;
mod ud;

use std::path::Path;

/// A measurement: its name, what it measures, and how to run it on the data folder.
struct Measure {
    name: &'static str,
    about: &'static str,
    run: fn(&Path, &[String]) -> Result<(), String>,
}

const MEASURES: &[Measure] = &[
    Measure { name: "case2021", about: "event types: weighted F1 over ACLED's classes", run: case2021::run },
    Measure { name: "ecbplus", about: "same event across documents, gold mentions", run: ecbplus::run },
    Measure { name: "event-location", about: "the place of a marked event: span F1", run: geo::run_events },
    Measure { name: "geovirus", about: "places end to end: recognition F1, Acc@161 km", run: geo::run_geovirus },
    Measure { name: "geowebnews", about: "places end to end: recognition F1, Acc@161 km", run: geo::run_geowebnews },
    Measure { name: "gva", about: "reports grouped by incident, figures per incident", run: gva::run_gva },
    Measure { name: "gvc", about: "figures per incident", run: gva::run_gvc },
    Measure { name: "lgl", about: "places end to end: recognition F1, Acc@161 km", run: geo::run_lgl },
    Measure { name: "muc4", about: "incident templates: type and five roles (S4), slot 11", run: muc4::run },
    Measure { name: "polnear", about: "attribution: exact spans of source, cue, content", run: polnear::run },
    Measure { name: "re3d", about: "names and ties: who fights, allies with, leads, belongs to whom", run: re3d::run },
    Measure { name: "recognizers", about: "forms of numbers and dates: share of cases right", run: recognizers::run },
    Measure { name: "timenorm", about: "time phrases: share with exact type and value", run: timenorm::run },
    Measure { name: "timex", about: "time expressions in whole texts: strict, relaxed, value F1", run: timex::run },
    Measure { name: "ud", about: "sentences, tokens, tags, trees from raw text (CoNLL-2018)", run: ud::run },
];

/// Runs the measurement that the arguments name.
///
/// # Errors
/// A message for the terminal: no such measurement, or data that cannot be read.
pub fn run(args: &[String]) -> Result<(), String> {
    let Some((first, rest)) = args.split_first() else { return Err(help("no data set named")) };
    if let Some(measure) = MEASURES.iter().find(|it| it.name == first) {
        let Some((data, options)) = rest.split_first() else {
            return Err(format!("error: no data folder given\nhint: cargo xtask score {first} DATA"));
        };
        return (measure.run)(Path::new(data), options);
    }
    if Path::new(first).is_dir() {
        gold::run(Path::new(first), rest)
    } else {
        Err(help(&format!("no measure {first}")))
    }
}

fn help(fault: &str) -> String {
    let mut text = format!("error: {fault}\nhint: cargo xtask score GOLD_FOLDER, or one of\n");
    for it in MEASURES {
        text += &format!("  cargo xtask score {:<12} DATA   {}\n", it.name, it.about);
    }
    text
}
