//! The MAVERICK data under its three published rule sets.
//!
//! In: the event-report table (van Baalen and Höglund 2026, CC BY 4.0), one row a
//! source and event. Out: for every event that several reports tell, its numbers,
//! dates and words under the most conservative, the most informative and the most
//! representative rule, and a [`MaverickReport`] over all of them.
//!
//! The rules are those of the policies `maverick-con/1`, `maverick-inf/1` and
//! `maverick-rep/1`: every number is found twice, by the policy that estimates
//! events and by a plain scan of the column, and counts as reproduced when both
//! agree. The table holds no gold answers; the published sums stand in for them.

use crate::policy::{Given, estimate, greatest, least, modes, most_frequent, policies};
use aver_codebook::Codebook;
use aver_model::{Day, FigureOp};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Columns of numbers.
const NUMBERS: &[&str] =
    &["deaths_best", "deaths_low", "deaths_high", "injuries_best", "injuries_low", "injuries_high"];
/// Columns of words, each with the column that says how precise it is; empty when there is none.
const WORDS: &[(&str, &str)] = &[
    ("actor1", "actor1_precision"),
    ("actor2", "actor2_precision"),
    ("actor3", "actor3_precision"),
    ("city", "geo_precision"),
    ("location", "geo_precision"),
    ("target", ""),
];
/// The answer when a tie cannot be broken.
const INDETERMINATE: &str = "Indeterminate";
/// The sums of `deaths_best` over the events with several reports, as published with the data's guide.
const PUBLISHED: Rules<u64> = Rules { conservative: 897, informative: 2802, representative: 1082 };

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not CSV.
    #[error("the table is not readable as CSV")]
    Csv(#[from] csv::Error),
    /// A column that the rules need is missing.
    #[error("the table has no column `{0}`")]
    Column(String),
}

/// One value for each of the three rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Rules<T> {
    /// Most conservative.
    pub conservative: T,
    /// Most informative.
    pub informative: T,
    /// Most representative.
    pub representative: T,
}

/// One event under the three rules.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MaverickEvent {
    /// The table's id.
    pub event: String,
    /// How many reports tell it.
    pub reports: usize,
    /// By column; `None` where no report gives a number.
    pub numbers: BTreeMap<String, Rules<Option<u64>>>,
    /// First day.
    pub start: Rules<Option<Day>>,
    /// Last day.
    pub end: Rules<Option<Day>>,
    /// By column; `Indeterminate` when a tie cannot be broken.
    pub words: BTreeMap<String, Rules<Option<String>>>,
    /// Columns in which its reports differ.
    pub differing: Vec<String>,
    /// Every number is the same by the policy and by a plain scan.
    pub reproduced: bool,
}

/// How often one column of words or dates was settled, over the events with several reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The column.
    pub name: String,
    /// Events in which at least one report fills it.
    pub filled: usize,
    /// Events in which reports differ on it.
    pub differing: usize,
    /// Events for which a rule cannot decide.
    pub indeterminate: Rules<usize>,
    /// Events in which the three rules give one answer.
    pub agreeing: usize,
}

/// What the full check found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MaverickReport {
    /// Rows of the table.
    pub reports: usize,
    /// Events of the table.
    pub events: usize,
    /// Events that several reports tell.
    pub multi_report_events: usize,
    /// Their rows.
    pub multi_report_reports: usize,
    /// Of them, events whose every number the policies reproduce.
    pub reproduced: usize,
    /// Sums over these events by number column.
    pub sums: BTreeMap<String, Rules<u64>>,
    /// The published sums of `deaths_best`.
    pub published: Rules<u64>,
    /// Our sums of `deaths_best` are the published ones.
    pub sums_match: bool,
    /// Dates and words.
    pub columns: Vec<Column>,
}

/// A row of the table, by column name.
struct Report<'h> {
    header: &'h BTreeMap<String, usize>,
    row: csv::StringRecord,
}

impl Report<'_> {
    fn cell(&self, column: &str) -> &str {
        self.header.get(column).and_then(|at| self.row.get(*at)).unwrap_or("").trim()
    }

    fn number(&self, column: &str) -> Option<f64> {
        self.cell(column).parse::<f64>().ok().filter(|it| it.is_finite())
    }

    /// Returns a count of people; an empty cell is no number.
    fn count(&self, column: &str) -> Option<u64> {
        self.number(column).filter(|it| (0.0..1e15).contains(it)).map(|it| it.round() as u64)
    }

    fn day(&self, column: &str) -> Option<Day> {
        self.cell(column).parse().ok()
    }
}

/// Applies the three rules to every event that several reports tell, in the order of their ids.
///
/// # Errors
/// The text is not CSV, or lacks `event_id` or a number or date column.
pub fn reconcile(csv_text: &str) -> Result<Vec<MaverickEvent>, Error> {
    Ok(table(csv_text)?.1)
}

fn table(csv_text: &str) -> Result<(usize, Vec<MaverickEvent>, usize), Error> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv_text.as_bytes());
    let header: BTreeMap<String, usize> = reader
        .headers()?
        .iter()
        .enumerate()
        .map(|(at, name)| (name.trim_start_matches('\u{feff}').to_string(), at))
        .collect();
    for column in NUMBERS.iter().chain(&["event_id", "date_start", "date_end"]) {
        if !header.contains_key(*column) {
            return Err(Error::Column((*column).to_string()));
        }
    }
    let mut by_event: BTreeMap<String, Vec<Report<'_>>> = BTreeMap::new();
    let mut rows = 0;
    for row in reader.records() {
        let report = Report { header: &header, row: row? };
        rows += 1;
        by_event.entry(report.cell("event_id").to_string()).or_default().push(report);
    }
    let all = by_event.len();
    let events = by_event
        .into_iter()
        .filter(|(_, reports)| reports.len() > 1)
        .map(|(event, reports)| settle(event, &reports))
        .collect();
    Ok((rows, events, all))
}

fn settle(event: String, reports: &[Report<'_>]) -> MaverickEvent {
    let mut numbers = BTreeMap::new();
    let mut differing = Vec::new();
    let mut reproduced = true;
    for column in NUMBERS {
        let values: Vec<u64> = reports.iter().filter_map(|it| it.count(column)).collect();
        let by_policy = under_policies(column, reports);
        let by_scan = scan(&values);
        reproduced &= by_policy == by_scan;
        if values.iter().collect::<BTreeSet<_>>().len() > 1 {
            differing.push((*column).to_string());
        }
        numbers.insert((*column).to_string(), by_policy);
    }
    let (start, end) = dates(reports);
    for column in ["date_start", "date_end"] {
        if reports.iter().filter_map(|it| it.day(column)).collect::<BTreeSet<_>>().len() > 1 {
            differing.push(column.to_string());
        }
    }
    let mut words = BTreeMap::new();
    for (column, precision) in WORDS {
        let filled: Vec<&Report<'_>> = reports.iter().filter(|it| !it.cell(column).is_empty()).collect();
        if filled.iter().map(|it| it.cell(column)).collect::<BTreeSet<_>>().len() > 1 {
            differing.push((*column).to_string());
        }
        words.insert((*column).to_string(), settle_words(column, precision, &filled));
    }
    MaverickEvent { event, reports: reports.len(), numbers, start, end, words, differing, reproduced }
}

/// Applies the ledger's own policies to a column, each report an account.
fn under_policies(column: &str, reports: &[Report<'_>]) -> Rules<Option<u64>> {
    let givens: Vec<Given> = reports
        .iter()
        .enumerate()
        .filter_map(|(at, it)| {
            let value = it.count(column)?;
            Some(Given {
                account: format!("report {at:04}"),
                speaker: format!("report {at:04}"),
                perpetrator: false,
                party: false,
                published: None,
                op: FigureOp::Exact,
                low: Some(value),
                high: Some(value),
                left_out: String::new(),
            })
        })
        .collect();
    let policies = policies(Codebook::builtin());
    let best = |id: &str| {
        let policy = policies.iter().find(|it| it.id == id)?;
        estimate(policy, column, &givens)?.best
    };
    Rules {
        conservative: best("maverick-con/1"),
        informative: best("maverick-inf/1"),
        representative: best("maverick-rep/1"),
    }
}

/// Finds the same three numbers by sorting and counting, without the policies.
fn scan(values: &[u64]) -> Rules<Option<u64>> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let mut best: Option<(u64, usize)> = None;
    for run in sorted.chunk_by(|a, b| a == b) {
        if best.is_none_or(|it| run.len() > it.1) {
            best = Some((run[0], run.len()));
        }
    }
    Rules {
        conservative: sorted.first().copied(),
        informative: sorted.last().copied(),
        representative: best.map(|it| it.0),
    }
}

/// Conservative: the widest interval; informative: the reverse; representative: the mode, on a tie the earliest.
fn dates(reports: &[Report<'_>]) -> (Rules<Option<Day>>, Rules<Option<Day>>) {
    let column = |name: &str| reports.iter().filter_map(|it| it.day(name)).collect::<Vec<Day>>();
    let number =
        |days: &[Day]| days.iter().filter_map(|it| u64::try_from(epoch()?.days_until(*it)).ok()).collect::<Vec<u64>>();
    let day = |number: Option<u64>| Some(epoch()?.plus_days(i64::try_from(number?).ok()?));
    let (starts, ends) = (number(&column("date_start")), number(&column("date_end")));
    let start = Rules {
        conservative: day(least(&starts)),
        informative: day(greatest(&starts)),
        representative: day(most_frequent(&starts)),
    };
    let end = Rules {
        conservative: day(greatest(&ends)),
        informative: day(least(&ends)),
        representative: day(most_frequent(&ends)),
    };
    (start, end)
}

fn epoch() -> Option<Day> {
    Day::new(1, 1, 1)
}

fn settle_words(column: &str, precision: &str, filled: &[&Report<'_>]) -> Rules<Option<String>> {
    let grade = |it: &Report<'_>| it.number(precision).unwrap_or(0.0);
    let with_grade =
        |wanted: Option<f64>| filled.iter().copied().filter(|it| wanted == Some(grade(it))).collect::<Vec<_>>();
    let grades = || filled.iter().map(|it| grade(it));
    let values: Vec<&str> = filled.iter().map(|it| it.cell(column)).collect();
    let most = modes(&values);
    let modal: Vec<&Report<'_>> = filled.iter().copied().filter(|it| most.contains(&it.cell(column))).collect();
    Rules {
        conservative: break_tie(column, &with_grade(grades().min_by(f64::total_cmp))),
        informative: break_tie(column, &with_grade(grades().max_by(f64::total_cmp))),
        representative: break_tie(column, &modal),
    }
}

/// Lets the highest `source_classification` decide, then the highest `certain`; else nobody.
fn break_tie(column: &str, them: &[&Report<'_>]) -> Option<String> {
    let mut left: Vec<&Report<'_>> = them.to_vec();
    for by in ["", "source_classification", "certain"] {
        if !by.is_empty() {
            let top = left.iter().filter_map(|it| it.number(by)).max_by(f64::total_cmp);
            if top.is_some() {
                left.retain(|it| it.number(by) == top);
            }
        }
        let values: BTreeSet<&str> = left.iter().map(|it| it.cell(column)).collect();
        match values.len() {
            0 => return None,
            1 => return values.first().map(|it| it.to_string()),
            _ => {}
        }
    }
    Some(INDETERMINATE.into())
}

/// Runs the full check on the text of the table.
///
/// # Errors
/// As [`reconcile`].
pub fn check(csv_text: &str) -> Result<MaverickReport, Error> {
    let (reports, events, all) = table(csv_text)?;
    let mut sums: BTreeMap<String, Rules<u64>> = BTreeMap::new();
    for (column, numbers) in events.iter().flat_map(|it| &it.numbers) {
        let sum = sums.entry(column.clone()).or_default();
        sum.conservative += numbers.conservative.unwrap_or(0);
        sum.informative += numbers.informative.unwrap_or(0);
        sum.representative += numbers.representative.unwrap_or(0);
    }
    let mut columns = Vec::new();
    for name in ["date_start", "date_end"] {
        let of = |it: &MaverickEvent| {
            let days = if name == "date_start" { it.start } else { it.end };
            let words = |day: Option<Day>| day.map(|it| it.to_string());
            Rules {
                conservative: words(days.conservative),
                informative: words(days.informative),
                representative: words(days.representative),
            }
        };
        columns.push(column(name, &events, of));
    }
    for (name, _) in WORDS {
        columns.push(column(name, &events, |it| it.words.get(*name).cloned().unwrap_or_default()));
    }
    Ok(MaverickReport {
        reports,
        events: all,
        multi_report_events: events.len(),
        multi_report_reports: events.iter().map(|it| it.reports).sum(),
        reproduced: events.iter().filter(|it| it.reproduced).count(),
        sums_match: sums.get("deaths_best") == Some(&PUBLISHED),
        sums,
        published: PUBLISHED,
        columns,
    })
}

fn column(name: &str, events: &[MaverickEvent], of: impl Fn(&MaverickEvent) -> Rules<Option<String>>) -> Column {
    let mut out = Column { name: name.into(), filled: 0, differing: 0, indeterminate: Rules::default(), agreeing: 0 };
    for event in events {
        let values = of(event);
        if values.conservative.is_none() && values.informative.is_none() && values.representative.is_none() {
            continue;
        }
        out.filled += 1;
        out.differing += usize::from(event.differing.iter().any(|it| it == name));
        let open = |it: &Option<String>| usize::from(it.as_deref() == Some(INDETERMINATE));
        out.indeterminate.conservative += open(&values.conservative);
        out.indeterminate.informative += open(&values.informative);
        out.indeterminate.representative += open(&values.representative);
        let is_one = values.conservative == values.informative && values.informative == values.representative;
        out.agreeing += usize::from(is_one && open(&values.conservative) == 0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented reports of two invented events, and one event that a single report tells.
    const TABLE: &str = "\
event_id,date_start,date_end,city,location,geo_precision,actor1,actor1_precision,target,deaths_best,deaths_low,deaths_high,injuries_best,injuries_low,injuries_high,source_classification,certain
VAR-1,2019-03-01,2019-03-02,Orlek,market,4.0,Northern Guard,3.0,Civilians,3,2,4,10,10,10,2.0,1.0
VAR-1,2019-03-02,2019-03-02,Orlek,bazaar,4.0,Unknown armed actor,1.0,Civilians,5,5,5,,,,3.0,2.0
VAR-1,2019-03-02,2019-03-03,,,1.0,Unknown gunmen,1.0,Traders,5,5,9,12,12,12,3.0,2.0
VAR-2,2019-04-01,2019-04-01,Temun,,3.0,Police,2.0,,0,0,0,1,1,1,2.0,2.0
VAR-2,2019-04-01,2019-04-01,Temun,,3.0,Police,2.0,,1,1,1,1,1,1,2.0,2.0
VAR-3,2019-05-01,2019-05-01,Temun,,3.0,Police,2.0,,7,7,7,1,1,1,2.0,2.0
";

    #[test]
    fn numbers_dates_and_words_follow_the_three_rules() {
        let events = reconcile(TABLE).unwrap();
        assert_eq!(events.len(), 2);
        let first = &events[0];
        assert_eq!(
            first.numbers["deaths_best"],
            Rules { conservative: Some(3), informative: Some(5), representative: Some(5) }
        );
        assert_eq!(
            first.numbers["injuries_best"],
            Rules { conservative: Some(10), informative: Some(12), representative: Some(10) }
        );
        assert_eq!(first.start.conservative, "2019-03-01".parse().ok());
        assert_eq!(first.start.informative, "2019-03-02".parse().ok());
        assert_eq!(first.end.conservative, "2019-03-03".parse().ok());
        assert_eq!(first.end.informative, "2019-03-02".parse().ok());
        assert_eq!(first.words["actor1"].informative.as_deref(), Some("Northern Guard"));
        // Two reports are equally vague, equally classified and equally certain: nobody decides.
        assert_eq!(first.words["actor1"].conservative.as_deref(), Some(INDETERMINATE));
        // Two equally precise places; the better classified source decides.
        assert_eq!(first.words["location"].informative.as_deref(), Some("bazaar"));
        assert_eq!(first.words["target"].representative.as_deref(), Some("Civilians"));
        let second = &events[1].numbers["deaths_best"];
        assert_eq!(*second, Rules { conservative: Some(0), informative: Some(1), representative: Some(0) });
    }

    #[test]
    fn the_check_counts_only_events_with_several_reports() {
        let report = check(TABLE).unwrap();
        assert_eq!(
            (report.reports, report.events, report.multi_report_events, report.multi_report_reports),
            (6, 3, 2, 5)
        );
        assert_eq!(report.reproduced, 2);
        assert_eq!(report.sums["deaths_best"], Rules { conservative: 3, informative: 6, representative: 5 });
        assert!(!report.sums_match);
    }

    #[test]
    fn a_table_without_its_columns_is_an_error_with_the_column() {
        let error = check("id,event_id\n1,2\n").unwrap_err();
        assert_eq!(error.to_string(), "the table has no column `deaths_best`");
    }
}
