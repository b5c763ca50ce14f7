//! Our forms of time as Recognizers-Text prints them: a timex and what it
//! resolves to, seen from the reference time; an open one both backwards and
//! forwards. Nothing is read here.

use super::Found;
use aver_model::Day;
use aver_read::times::forms::{self, Form, Kind, Moment, Seen};
use serde_json::{Map, Value as Json, json};

/// Results of the date model: one form for all types.
pub fn model(text: &str, reference: &Json) -> Vec<Found> {
    each(text, reference, |it| {
        let mut values: Vec<Json> = vec![];
        for (seen, whole) in it.seen.iter().flat_map(|seen| sides(seen).map(move |whole| (seen, whole))) {
            let value = Json::Object(value(it, seen, whole));
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Some((format!("datetimeV2.{}", outer(it)), json!({ "values": values })))
    })
}

/// Results of the parser of days.
pub fn days(text: &str, reference: &Json) -> Vec<Found> {
    each(text, reference, |it| {
        let seen = it.seen.first().filter(|_| it.kind == Kind::Date && it.edge == Default::default())?;
        // The set prints the first day of all for a day that is none.
        let one = |it: Option<(Moment, Moment)>| json!({"date": it.map_or_else(|| "0001-01-01".to_owned(), |it| it.0.day.to_string())});
        let (past, future) = (one(seen.past), one(seen.future));
        Some(("date".into(), json!({"Timex": seen.pattern, "FutureResolution": future, "PastResolution": past})))
    })
}

/// Results of the parser of stretches of days.
pub fn periods(text: &str, reference: &Json) -> Vec<Found> {
    each(text, reference, |it| {
        let open = it.edge.side.is_some();
        let last = it.seen.last().filter(|_| it.kind == Kind::Days && !open)?;
        let first = it.seen.first()?;
        let timex = if it.seen.len() == 1 {
            first.pattern.clone()
        } else {
            let mut patterns = [last.pattern.as_str(), first.pattern.as_str()];
            patterns.sort_unstable();
            patterns.join("|")
        };
        let one = |it: Option<(Moment, Moment)>| {
            it.map_or(json!({}), |it| json!({"startDate": it.0.day.to_string(), "endDate": it.1.day.to_string()}))
        };
        let mut value =
            json!({"Timex": timex, "FutureResolution": one(last.future), "PastResolution": one(first.past)});
        if let Some(part) = it.edge.part {
            value["Mod"] = json!(part);
        }
        Some(("daterange".into(), value))
    })
}

fn each(text: &str, reference: &Json, make: impl Fn(&Form) -> Option<(String, Json)>) -> Vec<Found> {
    let now = moment(reference).unwrap_or(Moment::at_dawn(Day::EPOCH));
    forms::read(text, now)
        .iter()
        .filter_map(|it| {
            let (kind, value) = make(it)?;
            let (start, end) = super::place(text, &it.bytes);
            Some((start, end, kind, value))
        })
        .collect()
}

/// "2016-11-07T16:12:00".
fn moment(reference: &Json) -> Option<Moment> {
    let text = reference.as_str()?;
    let day = text.get(..10)?.parse().ok()?;
    let mut clock = text.get(11..19).unwrap_or("00:00:00").split(':').filter_map(|it| it.parse::<i64>().ok());
    let mut next = || clock.next().unwrap_or(0);
    Some(Moment { day, second: next() * 3_600 + next() * 60 + next() })
}

/// Both ways to look at a form, once where they agree.
fn sides(seen: &Seen) -> impl Iterator<Item = Option<(Moment, Moment)>> {
    let twice = seen.past.is_some() && seen.future.is_some() && seen.past != seen.future;
    let first = seen.past.or(seen.future);
    [Some(first), twice.then_some(seen.future)].into_iter().flatten()
}

/// The type of the result: a limited or vague point counts as a range, unless it is only about.
fn outer(it: &Form) -> &'static str {
    match it.kind {
        Kind::Date => "date",
        Kind::Days => "daterange",
        Kind::Clock => "time",
        Kind::Hours => "timerange",
        Kind::Moment => "datetime",
        Kind::Moments => "datetimerange",
        Kind::Length => "duration",
        Kind::Set => "set",
    }
}

fn value(it: &Form, seen: &Seen, whole: Option<(Moment, Moment)>) -> Map<String, Json> {
    let about = it.edge.side == Some("approx");
    let kind = match (outer(it), about) {
        ("date", true) => "daterange",
        ("time", true) => "timerange",
        ("datetime", true) => "datetimerange",
        (kind, _) => kind,
    };
    let mut map = Map::new();
    let mut put = |key: &str, value: String| {
        map.insert(key.to_owned(), Json::String(value));
    };
    put("timex", seen.pattern.clone());
    put("type", kind.to_owned());
    let modifier: Vec<&str> = [it.edge.side, it.edge.part].into_iter().flatten().collect();
    if !modifier.is_empty() {
        put("Mod", modifier.join("-"));
    }
    if let Some(stretch) = it.edge.of_stretch {
        put("sourceEntity", if stretch { "datetimerange" } else { "datetimepoint" }.to_owned());
    }
    let Some((from, to)) = whole else {
        put("value", if it.kind == Kind::Length { seconds(&seen.pattern) } else { "not resolved".to_owned() });
        return map;
    };
    let print = |at: Moment| match it.kind {
        Kind::Date | Kind::Days => at.day.to_string(),
        Kind::Clock | Kind::Hours => clock(at),
        _ => format!("{} {}", at.day, clock(at)),
    };
    let point = matches!(it.kind, Kind::Date | Kind::Clock | Kind::Moment);
    let side = it.edge.side.map(|it| it.trim_end_matches("-approx"));
    match side {
        Some("before") => put("end", print(if it.edge.part == Some("end") { to } else { from })),
        Some("until") => put("end", print(to)),
        Some("after") if it.edge.part == Some("start") => put("start", print(from)),
        Some("after") => put("start", print(to)),
        Some("since") => put("start", print(from)),
        _ if point => put("value", print(from)),
        _ => {
            put("start", print(from));
            put("end", print(to));
        }
    }
    map
}

fn clock(at: Moment) -> String {
    format!("{:02}:{:02}:{:02}", at.second / 3_600, at.second / 60 % 60, at.second % 60)
}

/// The length of "P2Y1M", "PT1.5H" in seconds, as the set prints it.
fn seconds(pattern: &str) -> String {
    let (mut all, mut number, mut clock) = (0.0, String::new(), false);
    let mut letters = pattern[1..].chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        let weekend = letter == 'W' && letters.next_if_eq(&'E').is_some();
        let unit = match (letter, clock) {
            ('T', _) => {
                clock = true;
                continue;
            }
            _ if weekend => 172_800.0,
            ('S', _) => 1.0,
            ('M', true) => 60.0,
            ('H', _) => 3_600.0,
            ('M', false) => 2_592_000.0,
            ('W', _) => 604_800.0,
            ('Y', _) => 31_536_000.0,
            _ => 86_400.0,
        };
        all += number.parse::<f64>().unwrap_or(1.0) * unit;
        number.clear();
    }
    all.to_string()
}
