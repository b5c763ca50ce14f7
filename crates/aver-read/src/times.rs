//! Time expressions and the days they stand for.
//!
//! In: the text and the publication interval. Out: times in text order, each
//! with its words, first and last day, precision, anchor and kind. What is
//! counted from publication has no days when nobody says when that was.
//!
//! Words become values in [`grammar`] and [`counted`], values days in
//! [`resolve`]. Clock times and repeated days ("every Friday") are no times.

mod calendar;
mod counted;
pub mod forms;
mod grammar;
mod lexicon;
mod resolve;
#[cfg(test)]
pub(crate) mod tests;
pub mod timex;
mod value;

use crate::text::{Role, TokenKind};
use crate::{Context, Found};
use aver_model::{Day, Precision, Time};
use grammar::{Date, Scan, Value};
use resolve::{Anchors, Earlier, Tense};

/// Publication intervals wider than this say too little to count from.
const WIDEST: i64 = 400;

/// Finds time expressions, in text order.
pub fn find(ctx: &Context<'_>) -> Vec<Found<Time>> {
    let text = &ctx.text;
    let document = &ctx.page.document.published;
    let published = match (document.start, document.end) {
        (Some(start), Some(end)) if start.days_until(end) <= WIDEST => Some((start.min(end), start.max(end))),
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        _ => None,
    };
    let mut times: Vec<Found<Time>> = vec![];
    let mut anchors = Anchors { published, near_year: None, day: None };
    let mut day_sentence = 0;
    for (index, sentence) in text.sentences.iter().enumerate() {
        let scan = Scan { text, from: sentence.tokens.start, end: sentence.tokens.end };
        anchors.near_year = if published.is_none() { first_year(&scan) } else { None };
        if index > day_sentence + 6 {
            anchors.day = None;
        }
        let mut at = scan.from;
        while at < scan.end {
            if !matches!(text.tokens[at].kind, TokenKind::Word | TokenKind::Number) {
                at += 1;
                continue;
            }
            let Some(expr) = scan.at(at) else {
                at += 1;
                continue;
            };
            let tense = tense(&scan, expr.start, expr.end);
            let tense = match expr.value {
                // "By Sunday night they had left", "they will stay until Friday"
                Value::Date(Date { weekday: Some(_), day: None, .. }) if tense == Tense::Near => {
                    let near = expr.start.saturating_sub(14).max(scan.from)..(expr.end + 14).min(scan.end);
                    let ahead = near.into_iter().any(|at| is_future(&scan, at)) || holds_until(&scan, expr.start);
                    if ahead { Tense::Future } else { Tense::Past }
                }
                _ => tense,
            };
            // "the next day" belongs to a day just told; "a week after the raid" may reach further back.
            let held = anchors.day;
            let reach = match expr.value {
                Value::FromEvent(..) if scan.low(expr.end - 1) == "after" => 6,
                Value::FromEvent(n, _) if n.abs() > 1 => 5,
                Value::FromEvent(0, _) => 4,
                _ => 2,
            };
            if index > day_sentence + reach {
                anchors.day = None;
            }
            let tense = match expr.value {
                Value::Within(..) | Value::Window(..) if is_ahead(&scan) => Tense::Future,
                Value::Date(Date { weekday: None, day: None, .. }) if tense == Tense::Near && is_ahead(&scan) => {
                    Tense::Future
                }
                // "a truce at Christmas": the next one when it is near; not "since Christmas", "last Easter".
                Value::Named(_) if tense == Tense::Past && !looks_back(&scan, expr.start) => Tense::Near,
                _ => tense,
            };
            let mut days = resolve::resolve(&expr.value, tense, &anchors);
            if let Some((start, end)) = deadline(&scan, expr.start, &days, published) {
                (days.start, days.end) = (start, Some(end));
            }
            // "a day after the siege" of which no day is told is not a day to come.
            let ahead = days.start.zip(published).is_some_and(|(day, published)| day > published.1);
            if ahead && tense == Tense::Past && matches!(expr.value, Value::FromEvent(..)) {
                (days.start, days.end, days.from) = (None, None, None);
            }
            anchors.day = held;
            let kind = match (&expr.value, sentence.role) {
                (Value::Date(date), Role::Caption) if date.day.is_some() => "caption_date",
                _ => days.kind,
            };
            let record = Time {
                id: format!("t{}", times.len() + 1),
                span: text.span(expr.start..expr.end),
                start: days.start,
                end: days.end,
                precision: edge(&scan, expr.start, &expr.value).unwrap_or(days.precision),
                anchor: days.from.and_then(|it| times.get(it)).map(|it| it.record.id.clone()).or(days.anchor),
                kind: Some(kind.to_owned()),
            };
            if let (Some(start), Some(end)) = (days.start, days.end)
                && start == end
                && names_a_day(&expr.value)
                && sentence.role != Role::Caption
                && tense == Tense::Past
            {
                anchors.day = Some(Earlier { index: times.len(), start, end });
                day_sentence = index;
            }
            times.push(Found { record, tokens: expr.start..expr.end });
            at = expr.end;
        }
    }
    times
}

fn names_a_day(value: &Value) -> bool {
    match value {
        Value::Date(date) => date.day.is_some() || date.weekday.is_some(),
        Value::Deictic(_) => true,
        // "Nine days earlier" looks back once; "the same day" behind it is the day of the tale.
        Value::FromEvent(n, _) => *n >= -1,
        _ => false,
    }
}

/// Returns the first explicit year of the sentence.
fn first_year(scan: &Scan<'_>) -> Option<i16> {
    (scan.from..scan.end).find_map(|at| {
        let dated = at > scan.from && matches!(scan.low(at - 1), "in" | "of" | "," | "since");
        scan.year(at).filter(|it| dated && (1900..=2100).contains(it))
    })
}

/// "before March 5", "after 2014", "around mid-May".
fn edge(scan: &Scan<'_>, start: usize, value: &Value) -> Option<Precision> {
    if !matches!(value, Value::Date(_)) || start == scan.from {
        return None;
    }
    let back = if scan.low(start - 1) == "the" { start.saturating_sub(2) } else { start - 1 };
    match scan.low(back) {
        "before" => Some(Precision::Before),
        "after" => Some(Precision::After),
        "by" | "until" | "till" => Some(Precision::OnOrBefore),
        "around" | "about" => Some(Precision::About),
        _ => None,
    }
}

/// "by April", "before the end of the year", "until Friday": what is still to come runs from publication on.
fn deadline(
    scan: &Scan<'_>,
    start: usize,
    days: &resolve::Resolved,
    published: Option<(Day, Day)>,
) -> Option<(Option<Day>, Day)> {
    let the = usize::from(start > scan.from && scan.low(start - 1) == "the");
    let lead = scan.low(start.checked_sub(1 + the).filter(|&it| it >= scan.from)?);
    let (first, last) = published?;
    let (from, mut until) = (days.start?, days.end?);
    let lasts = matches!(lead, "until" | "till");
    // "until last autumn": from nobody knows when.
    if lasts && until < first && days.from.is_none() {
        return Some((None, until));
    }
    // "before July" ends with June, "before the end of July" with July.
    if lead == "before" && from != until && !(start..start + 3).any(|at| scan.low(at) == "end") {
        until = from.plus_days(-1);
    } else if !(lasts || lead == "by" || lead == "before" && from != until) {
        return None;
    }
    (until > last).then_some((Some(first), until))
}

/// "is closed until Monday": what still holds ends in the time to come.
fn holds_until(scan: &Scan<'_>, start: usize) -> bool {
    let from = start.saturating_sub(8).max(scan.from);
    let verb = (from..start).rev().map(|at| scan.low(at)).find(|it| {
        matches!(*it, "is" | "are" | "remain" | "remains" | "was" | "were" | "had" | "did" | "remained" | "said")
    });
    start > scan.from
        && matches!(scan.low(start - 1), "until" | "till")
        && matches!(verb, Some("is" | "are" | "remain" | "remains"))
}

/// "since Christmas", "was killed at Easter": told as past.
fn looks_back(scan: &Scan<'_>, start: usize) -> bool {
    let from = start.saturating_sub(10).max(scan.from);
    start > scan.from && matches!(scan.low(start - 1), "since" | "after" | "last" | "'s")
        || (from..start)
            .any(|at| matches!(scan.low(at), "was" | "were" | "had" | "did" | "last") || scan.low(at).ends_with("ed"))
}

/// Says whether a sentence speaks of what is still to come.
fn is_ahead(scan: &Scan<'_>) -> bool {
    (scan.from..scan.end).any(|at| {
        is_future(scan, at)
            || matches!(scan.low(at), "would" | "could" | "may" | "might" | "should" | "must" | "can" | "cannot")
            || matches!(
                scan.low(at),
                "hopes"
                    | "hope"
                    | "hoped"
                    | "aims"
                    | "aim"
                    | "vowed"
                    | "pledged"
                    | "promised"
                    | "expects"
                    | "demanded"
                    | "ultimatum"
                    | "deadline"
                    | "ready"
                    | "possible"
                    | "likely"
                    | "unlikely"
            )
    })
}

/// Tells past from future by the words around an expression, inside its sentence.
fn tense(scan: &Scan<'_>, start: usize, end: usize) -> Tense {
    const REPORTS: &[&str] = &[
        "said",
        "told",
        "announced",
        "warned",
        "reported",
        "claimed",
        "stated",
        "was",
        "were",
        "had",
        "killed",
        "after",
        "did",
    ];
    let lead = if start > scan.from { scan.low(start - 1) } else { "" };
    let lead = if lead == "the" && start > scan.from + 1 { scan.low(start - 2) } else { lead };
    if matches!(scan.low(end), "deadline" | "election" | "elections" | "vote" | "summit" | "referendum")
        || matches!(lead, "by" | "until" | "till" | "before" | "deadline")
    {
        return Tense::Near;
    }
    let back = |n: usize| start.checked_sub(n).filter(|&it| it >= scan.from).map_or("", |it| scan.low(it));
    // "will be tried under the decree of 19 April"; "will hold the vote of 5 May"
    const COMING: &[&str] = &[
        "meeting",
        "election",
        "elections",
        "vote",
        "summit",
        "referendum",
        "session",
        "talks",
        "evening",
        "morning",
        "night",
        "week",
        "start",
        "beginning",
        "end",
        "as",
    ];
    if lead == "of" && !COMING.contains(&back(2)) && matches!(scan.text.tokens[start].kind, TokenKind::Number) {
        return Tense::Past;
    }
    // "the month of fasting, which begins on March 23"
    if matches!(lead, "on" | "in" | "at")
        && matches!(back(2), "begins" | "starts" | "ends" | "opens" | "expires" | "falls" | "resumes" | "closes")
    {
        return Tense::Future;
    }
    let after_colon = |at: usize| matches!(scan.low(at), ";" | ":" | "\"" | "“" | "”");
    for at in (start.saturating_sub(14).max(scan.from)..start).rev() {
        let word = scan.low(at);
        if REPORTS.contains(&word) || after_colon(at) {
            return Tense::Past;
        }
        if is_future(scan, at) {
            return Tense::Future;
        }
    }
    let opens = start <= scan.from + 2;
    if opens || lead == "on" && scan.low(end) != "," {
        for at in end..(end + if opens { 14 } else { 0 }).min(scan.end) {
            let word = scan.low(at);
            if REPORTS.contains(&word) || word.ends_with("ed") || after_colon(at) {
                return Tense::Past;
            }
            if is_future(scan, at) {
                return Tense::Future;
            }
        }
    }
    Tense::Past
}

fn is_future(scan: &Scan<'_>, at: usize) -> bool {
    match scan.low(at) {
        "will" | "'ll" | "shall" | "upcoming" => true,
        "wo" => scan.low(at + 1) == "n't",
        "scheduled" | "slated" | "due" => true,
        // "A conference is to be held"
        "is" | "are" => scan.low(at + 1) == "to",
        "expected" | "set" | "planned" | "plans" => scan.low(at + 1) == "to",
        _ => false,
    }
}

fn value_of(ctx: &Context<'_>, time: &Found<Time>) -> Option<Value> {
    let text = &ctx.text;
    let sentence = text.sentence_of(time.tokens.start);
    let scan = Scan { text, from: sentence.tokens.start, end: sentence.tokens.end };
    scan.at(time.tokens.start).map(|it| it.value)
}

/// Says whether a printed date can be read in two ways.
pub fn is_ambiguous(ctx: &Context<'_>, time: &Found<Time>) -> bool {
    matches!(value_of(ctx, time), Some(Value::Ambiguous))
}

/// Returns the year that a day without one was given.
pub fn assumed_year(ctx: &Context<'_>, time: &Found<Time>) -> Option<i16> {
    let published = time.record.anchor.as_deref() == Some("published");
    let start = time.record.start.filter(|it| published && time.record.end == Some(*it))?;
    match value_of(ctx, time)? {
        Value::Date(Date { year: None, day: Some(_), year_rel: None, .. }) => Some(start.0.year()),
        _ => None,
    }
}

/// Returns "8 June 2022 was a Wednesday" when a printed weekday does not fit its date.
pub fn weekday_mismatch(ctx: &Context<'_>, time: &Found<Time>) -> Option<String> {
    let Value::Date(Date { weekday: Some(weekday), day: Some(_), .. }) = value_of(ctx, time)? else { return None };
    let day = time.record.start.filter(|it| time.record.end == Some(*it))?;
    let fact = day.0.weekday();
    (fact.to_monday_one_offset() != weekday)
        .then(|| format!("{} was a {}", spelt(day), weekday_name(fact.to_monday_one_offset())))
}

fn spelt(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {} {}", day.0.day(), MONTHS[usize::from(day.0.month().unsigned_abs()).clamp(1, 12) - 1], day.0.year())
}

fn weekday_name(number: i8) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [usize::from(number.unsigned_abs()).clamp(1, 7) - 1]
}
