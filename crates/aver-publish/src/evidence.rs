//! `evidence.csv`: the words behind every value of a table.
//!
//! In: a view and the column names of the table beside it. Out: one row for every
//! value that an account gives: event_id, column, value, document, start, end,
//! quote, speaker, stance.

use crate::{Error, Output, View};
use aver_model::{Account, Evidence, Figure};

/// The columns of the table.
const HEADER: [&str; 9] = ["event_id", "column", "value", "document", "start", "end", "quote", "speaker", "stance"];

/// How a table names what the evidence is for.
pub type Columns = fn(&str) -> String;

/// Returns the number as printed: "at least 50", "nearly 600", "10–15".
pub fn number(figure: &Figure) -> String {
    let bounds = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        (Some(value), _) | (None, Some(value)) => value.to_string(),
        (None, None) => String::new(),
    };
    let op = figure.op.as_str().replace('_', " ");
    match op.as_str() {
        "exact" | "range" => bounds,
        "more than" => figure.low.map_or(op, |low| format!("more than {}", low.saturating_sub(1))),
        "at least" | "nearly" | "about" | "up to" => format!("{op} {bounds}"),
        _ => op,
    }
}

/// Writes the evidence of every published event.
pub fn file(view: &View<'_>, columns: Columns) -> Result<Output, Error> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    table.write_record(HEADER)?;
    for event in view.published() {
        for account in &event.accounts {
            let mut row = |column: &str, value: String, it: &Evidence| {
                write(&mut table, view, &event.id, &columns(column), &value, account, it)
            };
            if let Some(it) = account.evidence.first() {
                row("type", event.kind.clone(), it)?;
            }
            if let (Some(time), Some(it)) = (&account.time, &account.time_evidence) {
                let day = |it: Option<aver_model::Day>| it.map_or_else(String::new, |it| it.to_string());
                row("time", format!("{}..{}", day(time.start), day(time.end)), it)?;
            }
            for perpetrator in &account.perpetrators {
                row("perpetrator", format!("{} ({})", perpetrator.name, perpetrator.basis), &perpetrator.evidence)?;
            }
            for it in &account.figures {
                row(&it.figure.measure, number(&it.figure), &it.evidence)?;
            }
            for it in account.evidence.iter().skip(1) {
                row("account", String::new(), it)?;
            }
        }
    }
    Ok(Output { name: "evidence.csv".into(), bytes: finish(table)? })
}

fn write(
    table: &mut ::csv::Writer<Vec<u8>>,
    view: &View<'_>,
    event: &str,
    column: &str,
    value: &str,
    account: &Account,
    it: &Evidence,
) -> Result<(), Error> {
    let stances = account.stances.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(";");
    table.write_record([
        event,
        column,
        &view.words(value),
        &it.document,
        &it.span.start.to_string(),
        &it.span.end.to_string(),
        &view.words(&it.quote),
        &view.words(&account.speaker),
        &stances,
    ])?;
    Ok(())
}

/// Returns the bytes of a table.
pub fn finish(table: ::csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Error> {
    table.into_inner().map_err(|it| Error::Table(::csv::Error::from(it.into_error())))
}
