//! Forms of numbers and dates on Recognizers-Text: share of cases with all
//! results right (number of results, words, type, place, resolution). Cases
//! marked as not supported by design are left out. `--list` prints what
//! differs, a model's name runs that model alone.

mod dates;

use super::support::{share, text_of};
use aver_read::numbers::forms::{self, Rank, Shape};
use serde_json::{Value as Json, json};
use std::path::Path;

/// A result: first and last code point (inclusive), type, resolution.
type Found = (usize, usize, String, Json);

struct Model {
    name: &'static str,
    file: &'static str,
    run: fn(&str, &Json) -> Vec<Found>,
}

const MODELS: &[Model] = &[
    Model { name: "NumberModel", file: "Number/English/NumberModel.json", run: |text, _| numbers(text) },
    Model { name: "NumberRangeModel", file: "Number/English/NumberRangeModel.json", run: |text, _| ranges(text) },
    Model { name: "OrdinalModel", file: "Number/English/OrdinalModel.json", run: |text, _| ordinals(text) },
    Model { name: "PercentModel", file: "Number/English/PercentModel.json", run: |text, _| percentages(text) },
    Model { name: "DateParser", file: "DateTime/English/DateParser.json", run: dates::days },
    Model { name: "DatePeriodParser", file: "DateTime/English/DatePeriodParser.json", run: dates::periods },
    Model { name: "DateTimeModel", file: "DateTime/English/DateTimeModel.json", run: dates::model },
];

/// Scores `recognizers_text` of the data folder.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let list = options.iter().any(|it| it == "--list");
    let only = options.iter().find(|it| !it.starts_with("--"));
    let (mut all_right, mut all) = (0, 0);
    for model in MODELS.iter().filter(|it| only.is_none_or(|only| only == it.name)) {
        let text = text_of(&data.join("recognizers_text").join(model.file))?;
        let cases: Vec<Json> =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|it| format!("error: {it}"))?;
        let (mut right, mut count) = (0, 0);
        for case in cases.iter().filter(|it| it.get("NotSupportedByDesign").is_none()) {
            let input = case["Input"].as_str().unwrap_or_default();
            let ours = (model.run)(input, &case["Context"]["ReferenceDateTime"]);
            let gold: Vec<Found> = case["Results"].as_array().into_iter().flatten().filter_map(gold).collect();
            let fits = ours.len() == gold.len() && ours.iter().zip(&gold).all(|(a, b)| same(a, b));
            right += usize::from(fits);
            count += 1;
            if list && !fits {
                println!("{input}\n  gold {}\n  ours {}", show(input, &gold), show(input, &ours));
            }
        }
        println!("{:<17} {:.1} %   {right} of {count}", model.name, 100.0 * share(right, count));
        (all_right, all) = (all_right + right, all + count);
    }
    println!("{:<17} {:.1} %   {all_right} of {all}", "all", 100.0 * share(all_right, all));
    Ok(())
}

fn gold(result: &Json) -> Option<Found> {
    let place = |key: &str| result[key].as_u64().map(|it| it as usize);
    let start = place("Start")?;
    let end = place("End").or_else(|| Some(start + place("Length")? - 1))?;
    let kind = result["TypeName"].as_str().or(result["Type"].as_str())?.to_owned();
    let resolution = if result["Resolution"].is_null() { &result["Value"] } else { &result["Resolution"] };
    Some((start, end, kind, resolution.clone()))
}

/// Compares what gold tells of a resolution; some cases leave the subtype out.
fn same(ours: &Found, gold: &Found) -> bool {
    let told = match (&ours.3, &gold.3) {
        (Json::Object(ours), Json::Object(gold)) => gold.iter().all(|(key, value)| ours.get(key) == Some(value)),
        (ours, gold) => ours == gold,
    };
    told && (ours.0, ours.1, &ours.2) == (gold.0, gold.1, &gold.2)
}

fn show(text: &str, found: &[Found]) -> String {
    let words = |a: usize, b: usize| text.chars().skip(a).take(b + 1 - a).collect::<String>();
    found.iter().map(|it| format!("[{}] {} {}", words(it.0, it.1), it.2, it.3)).collect::<Vec<_>>().join("; ")
}

/// First and last code point of a byte range.
fn place(text: &str, bytes: &std::ops::Range<usize>) -> (usize, usize) {
    let start = text[..bytes.start].chars().count();
    (start, start + text[bytes.clone()].chars().count() - 1)
}

fn numbers(text: &str) -> Vec<Found> {
    forms::numbers(text)
        .into_iter()
        .map(|it| {
            let subtype = match it.shape {
                Shape::Integer => "integer",
                Shape::Decimal => "decimal",
                Shape::Fraction => "fraction",
                Shape::Power => "power",
            };
            let (start, end) = place(text, &it.bytes);
            (start, end, "number".to_owned(), json!({"subtype": subtype, "value": digits(it.value)}))
        })
        .collect()
}

fn ranges(text: &str) -> Vec<Found> {
    forms::ranges(text)
        .into_iter()
        .map(|(bytes, bounds)| {
            let open = |it: Option<(f64, bool)>| it.map_or(String::new(), |it| digits(it.0));
            let left = if bounds.low.is_some_and(|it| it.1) { '[' } else { '(' };
            let right = if bounds.high.is_some_and(|it| it.1) { ']' } else { ')' };
            let (start, end) = place(text, &bytes);
            let value = format!("{left}{},{}{right}", open(bounds.low), open(bounds.high));
            (start, end, "numberrange".to_owned(), json!({ "value": value }))
        })
        .collect()
}

fn ordinals(text: &str) -> Vec<Found> {
    forms::ordinals(text)
        .into_iter()
        .map(|(bytes, rank)| {
            let (offset, to, value) = match rank {
                Rank::FromStart(n) => (n.to_string(), "start", n.to_string()),
                Rank::FromEnd(n) => (n.to_string(), "end", format!("end{n:+}")),
                Rank::FromCurrent(n) => (n.to_string(), "current", format!("current{n:+}")),
            };
            let kind = if to == "start" { "ordinal" } else { "ordinal.relative" };
            let (start, end) = place(text, &bytes);
            (start, end, kind.to_owned(), json!({"offset": offset, "relativeTo": to, "value": value}))
        })
        .collect()
}

fn percentages(text: &str) -> Vec<Found> {
    forms::percentages(text)
        .into_iter()
        .map(|(bytes, value)| {
            let (start, end) = place(text, &bytes);
            let value = value.map_or("null".to_owned(), |it| format!("{}%", digits(it)));
            (start, end, "percentage".to_owned(), json!({ "value": value }))
        })
        .collect()
}

/// Prints a number as the set does: fifteen digits, an exponent for the very large and small.
fn digits(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let printed = format!("{value:.14e}");
    let (mantissa, exponent) = printed.split_once('e').unwrap_or((&printed, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    if !(-5..15).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}E{sign}{:02}", exponent.abs());
    }
    let places = (14 - exponent).max(0) as usize;
    let plain = format!("{value:.places$}");
    if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.').to_owned() } else { plain }
}
