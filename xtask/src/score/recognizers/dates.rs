//! Our time expressions in the form of Recognizers-Text: a timex and what it
//! resolves to, seen from the reference time; an open one both backwards and
//! forwards.

use super::Found;
use crate::score::support::page;
use aver_model::{Day, Page, Published};
use aver_read::text::Text;
use aver_read::times::timex::{self, Timex, TimexKind, cal::Cal};
use serde_json::{Value as Json, json};

/// A day or stretch: what is written, and its days in the past and in the future.
struct Dated {
    timex: String,
    past: Option<(Day, Day)>,
    future: Option<(Day, Day)>,
}

/// Results of the date model: one form for all types.
pub fn model(text: &str, reference: &Json) -> Vec<Found> {
    let day = day(reference);
    each(text, day, |it, open| {
        let kind = kind(it);
        let values = match it.kind {
            TimexKind::Duration => json!([{"timex": it.value, "type": kind, "value": seconds(&it.value)?}]),
            TimexKind::Set => json!([{"timex": it.value, "type": kind, "value": "not resolved"}]),
            TimexKind::Time => return None,
            TimexKind::Date => {
                let dated = dated(it, open, day)?;
                let one = |days: (Day, Day)| match kind {
                    "date" => json!({"timex": dated.timex, "type": kind, "value": days.0.to_string()}),
                    _ => {
                        json!({"timex": dated.timex, "type": kind, "start": days.0.to_string(), "end": days.1.plus_days(1).to_string()})
                    }
                };
                match (dated.past, dated.future) {
                    (Some(a), Some(b)) if a != b => json!([one(a), one(b)]),
                    (Some(a), _) => json!([one(a)]),
                    _ => return None,
                }
            }
        };
        Some((format!("datetimeV2.{kind}"), json!({ "values": values })))
    })
}

/// Results of the parser of days.
pub fn days(text: &str, reference: &Json) -> Vec<Found> {
    let day = day(reference);
    each(text, day, |it, open| {
        let dated = dated(it, open, day).filter(|_| kind(it) == "date")?;
        let one = |days: Option<(Day, Day)>| json!({"date": days.map(|it| it.0.to_string())});
        let value =
            json!({"Timex": dated.timex, "FutureResolution": one(dated.future), "PastResolution": one(dated.past)});
        Some(("date".into(), value))
    })
}

/// Results of the parser of stretches of days.
pub fn periods(text: &str, reference: &Json) -> Vec<Found> {
    let day = day(reference);
    each(text, day, |it, open| {
        let dated = dated(it, open, day).filter(|_| kind(it) == "daterange")?;
        let one = |days: Option<(Day, Day)>| json!({"startDate": days.map(|it| it.0.to_string()), "endDate": days.map(|it| it.1.plus_days(1).to_string())});
        let value =
            json!({"Timex": dated.timex, "FutureResolution": one(dated.future), "PastResolution": one(dated.past)});
        Some(("daterange".into(), value))
    })
}

fn day(reference: &Json) -> Option<Day> {
    reference.as_str().and_then(|it| it.get(..10)).and_then(|it| it.parse().ok())
}

fn each(text: &str, day: Option<Day>, make: impl Fn(&Timex, Option<&Timex>) -> Option<(String, Json)>) -> Vec<Found> {
    let dated = |published: Published| {
        let bare = page(text);
        Page { document: aver_model::Document { published, ..bare.document.clone() }, ..bare }
    };
    let page = dated(day.map_or(Published::UNKNOWN, |it| Published::given(it, it)));
    let words = Text::new(&page);
    let open = timex::find(&words, None);
    timex::find(&words, day)
        .iter()
        .filter_map(|it| {
            let open = open.iter().find(|other| other.tokens == it.tokens);
            let (kind, value) = make(it, open)?;
            Some((it.span.start, it.span.end - 1, kind, value))
        })
        .collect()
}

fn kind(it: &Timex) -> &'static str {
    match (it.kind, it.cal) {
        (TimexKind::Date, Some(Cal::Day(_))) => "date",
        (TimexKind::Date, _) => "daterange",
        (TimexKind::Time, _) => "time",
        (TimexKind::Duration, _) => "duration",
        (TimexKind::Set, _) => "set",
    }
}

/// Seen from the reference day; a value that stays open without one looks both ways.
fn dated(it: &Timex, open: Option<&Timex>, reference: Option<Day>) -> Option<Dated> {
    let days = it.cal?.days()?;
    let pattern = open.map(|it| it.value.as_str()).filter(|it| it.starts_with("XXXX-") && !it.ends_with("XX"));
    let Some((pattern, from)) = pattern.zip(reference) else {
        return Some(Dated { timex: it.value.clone(), past: Some(days), future: Some(days) });
    };
    let (past, future) = if let Some(weekday) = pattern.strip_prefix("XXXX-WXX-").and_then(|it| it.parse::<i64>().ok())
    {
        let away = (weekday - i64::from(from.0.weekday().to_monday_one_offset())).rem_euclid(7);
        let ahead = from.plus_days(if away == 0 { 7 } else { away });
        let back = from.plus_days(if away == 0 { -7 } else { away - 7 });
        (Some((back, back)), Some((ahead, ahead)))
    } else {
        let numbers: Vec<i8> = pattern[5..].split('-').filter_map(|it| it.parse().ok()).collect();
        let of = |year: i16| match numbers[..] {
            [month, day] => Day::new(year, month, day).map(|it| (it, it)),
            [month] => Cal::Month(year, month).days(),
            _ => None,
        };
        let year = from.0.year();
        let back = (0..9).filter_map(|it| of(year - it)).find(|it| it.1 < from);
        let ahead = (0..9).filter_map(|it| of(year + it)).find(|it| it.1 >= from);
        (back, ahead)
    };
    Some(Dated { timex: pattern.to_owned(), past, future })
}

/// Returns the length of "P3D", "PT2H" in seconds, as the set prints it.
fn seconds(value: &str) -> Option<String> {
    let (clock, rest) = match value.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('P')?),
    };
    let cut = rest.find(|it: char| it.is_alphabetic())?;
    let number: f64 = rest[..cut].parse().ok()?;
    let unit = match (&rest[cut..], clock) {
        ("S", true) => 1.0,
        ("M", true) => 60.0,
        ("H", true) => 3600.0,
        ("D", false) => 86_400.0,
        ("W", false) => 604_800.0,
        ("M", false) => 2_592_000.0,
        ("Y", false) => 31_536_000.0,
        _ => return None,
    };
    Some((number * unit).to_string())
}
