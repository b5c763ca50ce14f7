//! Sums that somebody gives for a period, set against the events on file.
//!
//! In: readings, events. Out: a [`TallyCheck`] for every tally: which events fall
//! inside its period and scope, what they sum to, and findings in sentences: parts
//! that do not add up, one number given for two periods, what is missing.
//!
//! A tally that exceeds the file is no error of the speaker; the file is what was read.

use crate::accounts::evidence;
use crate::digest;
use crate::kin::Kin;
use crate::sight::{Text, fold, in_order};
use crate::speaker::speaker_of;
use aver_codebook::Codebook;
use aver_model::{AccountFigure, Day, Figure, LedgerEvent, Reading, Span, Tally, TallyCheck};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Events by their first day, so that a tally looks only at those of its period.
struct ByDay<'e> {
    events: Vec<&'e LedgerEvent>,
    /// First day and number in the list, by day.
    days: Vec<(Day, usize)>,
}

impl<'e> ByDay<'e> {
    fn new<E: Borrow<LedgerEvent>>(events: &'e [E]) -> ByDay<'e> {
        let events: Vec<&LedgerEvent> = events.iter().map(Borrow::borrow).collect();
        let first = |it: &&LedgerEvent| it.time.as_ref().and_then(|it| it.start);
        let days = events.iter().enumerate().filter_map(|(at, it)| Some((first(it)?, at)));
        let mut days: Vec<(Day, usize)> = days.collect();
        days.sort_unstable();
        ByDay { events, days }
    }

    /// Returns the events that begin inside a period, in the order of the list.
    fn beginning(&self, start: Day, end: Day) -> impl Iterator<Item = &'e LedgerEvent> {
        let from = self.days.partition_point(|it| it.0 < start);
        let to = self.days.partition_point(|it| it.0 <= end).max(from);
        let mut numbers: Vec<usize> = self.days[from..to].iter().map(|it| it.1).collect();
        numbers.sort_unstable();
        numbers.into_iter().map(|it| self.events[it])
    }
}

/// Checks every tally, in the order of documents and text.
pub fn tallies<E: Borrow<LedgerEvent>>(readings: &[&Reading], events: &[E], codebook: &Codebook) -> Vec<TallyCheck> {
    let kin = Kin::new(codebook);
    let events = ByDay::new(events);
    let mut out = Vec::new();
    let mut keys = Vec::new();
    for reading in in_order(readings).into_iter().filter(|it| !it.tallies.is_empty()) {
        let text = Text::new(reading);
        for tally in &reading.tallies {
            let speaker = speaker_of(reading, &tally.speaker, tally.statement.as_deref());
            keys.push(fold(&speaker.name));
            out.push(check(&text, tally, speaker.name, &events, codebook, &kin));
        }
    }
    two_periods(&mut out, &keys);
    parts_apart(&mut out, &keys);
    out
}

fn check(
    text: &Text<'_>,
    tally: &Tally,
    speaker: String,
    events: &ByDay<'_>,
    codebook: &Codebook,
    kin: &Kin<'_>,
) -> TallyCheck {
    let reading = text.reading;
    let is_part = |it: &Figure| it.part_of.as_ref().is_some_and(|whole| tally.figures.contains(whole));
    let figures: Vec<&Figure> =
        reading.figures.iter().filter(|it| tally.figures.contains(&it.id) || is_part(it)).collect();
    let scope = Scope::of(reading, tally);
    let (start, end) = (tally.period.start, tally.period.end);
    let inside: Vec<&LedgerEvent> = match (start, end) {
        (Some(start), Some(end)) => {
            events.beginning(start, end).filter(|it| scope.holds(it, start, end, codebook, kin)).collect()
        }
        _ => Vec::new(),
    };
    let mut on_file: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for event in &inside {
        for it in event.estimates.iter().filter(|it| it.policy == "range-all/1") {
            if let (Some(low), Some(high)) = (it.low, it.high) {
                let sum = on_file.entry(&it.measure).or_default();
                *sum = (sum.0.saturating_add(low), sum.1.saturating_add(high));
            }
        }
    }
    if start.is_some() && end.is_some() {
        on_file.insert("attacks", (inside.len() as u64, inside.len() as u64));
    }
    let mut findings = Vec::new();
    if start.is_none() || end.is_none() {
        findings.push("The words give no full period, so no event can be set against it.".to_string());
    }
    add_up(&figures, &mut findings);
    for figure in figures.iter().filter(|it| it.part_of.is_none()) {
        let words = in_words(figure, text.quote(figure.span));
        compare(figure, &words, &on_file, inside.len(), &mut findings);
    }
    let span = format!("{} {}", tally.span.start, tally.span.end);
    TallyCheck {
        id: digest::id("ta", [reading.document.sha256.as_str(), &span, &tally.counted]),
        speaker,
        evidence: evidence(text, tally.span),
        counted: tally.counted.clone(),
        start,
        end,
        figures: figures
            .iter()
            .map(|it| AccountFigure { figure: (*it).clone(), evidence: evidence(text, it.span) })
            .collect(),
        events: inside.iter().map(|it| it.id.clone()).collect(),
        on_file: on_file.into_iter().map(|(measure, (low, high))| (measure.to_string(), low, high)).collect(),
        findings,
    }
}

/// By whom and where the counted events were, as far as the words say.
struct Scope {
    parties: BTreeSet<String>,
    places: BTreeSet<String>,
    countries: BTreeSet<String>,
    admin1: BTreeSet<String>,
    attacks_only: bool,
}

impl Scope {
    fn of(reading: &Reading, tally: &Tally) -> Scope {
        let in_words = |mentions: &[Span]| mentions.iter().any(|it| tally.span.contains(*it));
        let counted = fold(&tally.counted);
        let named = |name: &str| {
            let name = fold(name);
            !name.is_empty() && format!(" {counted} ").contains(&format!(" {name} "))
        };
        let speaker = speaker_of(reading, &tally.speaker, tally.statement.as_deref()).key;
        let parties = reading
            .actors
            .iter()
            .filter(|it| it.kind == "armed_group" && (in_words(&it.mentions) || named(&it.name)))
            .filter_map(|it| it.codebook.clone())
            .filter(|it| *it != speaker)
            .collect();
        let (mut places, mut countries, mut admin1) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for place in reading.places.iter().filter(|it| in_words(&it.mentions) || named(&it.name)) {
            match place.level.as_str() {
                "country" => countries.extend(place.country.clone()),
                "admin1" => drop(admin1.insert(fold(&place.name))),
                _ => drop(places.insert(fold(&place.name))),
            }
        }
        let attacks_only =
            ["attack", "bombing", "blast", "killed", "dead", "strike", "assault", "explosion", "victim", "casualt"]
                .iter()
                .any(|it| counted.contains(it));
        Scope { parties, places, countries, admin1, attacks_only }
    }

    fn holds(&self, event: &LedgerEvent, start: Day, end: Day, codebook: &Codebook, kin: &Kin<'_>) -> bool {
        if event.aggregate || event.generic || event.review == "rejected" {
            return false;
        }
        let Some((from, to)) = event.time.as_ref().and_then(|it| Some((it.start?, it.end?))) else { return false };
        if from < start || to > end {
            return false;
        }
        if self.attacks_only && codebook.event(&event.kind).is_some_and(|it| !it.violent) {
            return false;
        }
        let by: BTreeSet<&str> =
            event.accounts.iter().flat_map(|it| &it.perpetrators).filter_map(|it| it.codebook.as_deref()).collect();
        if !self.parties.is_empty()
            && !by
                .iter()
                .any(|it| kin.is_party(it, &self.parties) || self.parties.iter().any(|party| kin.is_kin(party, it)))
        {
            return false;
        }
        let place = event.place.as_ref();
        let country = place.and_then(|it| it.country.as_ref());
        let name = place.map(|it| fold(&it.name)).unwrap_or_default();
        let province = place.and_then(|it| it.admin1.as_deref()).map(fold).unwrap_or_default();
        if !self.places.is_empty() || !self.admin1.is_empty() {
            return self.places.contains(&name) || self.admin1.contains(&name) || self.admin1.contains(&province);
        }
        self.countries.is_empty() || country.is_some_and(|it| self.countries.contains(it))
    }
}

/// Says whether stated parts add up to their whole.
fn add_up(figures: &[&Figure], findings: &mut Vec<String>) {
    let value = |it: &Figure| it.low.or(it.high);
    for whole in figures {
        let mut parts: Vec<&&Figure> = figures
            .iter()
            .filter(|it| it.part_of.as_deref() == Some(&whole.id) && it.measure == whole.measure)
            .collect();
        if parts.is_empty() && whole.part_of.is_none() {
            let rest: Vec<&&Figure> = figures
                .iter()
                .filter(|it| {
                    it.id != whole.id && it.measure == whole.measure && it.part_of.is_none() && it.unit == whole.unit
                })
                .collect();
            let sum: Option<u64> = rest.iter().map(|it| value(it)).sum();
            if rest.len() > 1 && sum == value(whole) {
                parts = rest;
            }
        }
        if parts.len() < 2 {
            continue;
        }
        let Some(sum) = parts.iter().map(|it| value(it)).sum::<Option<u64>>() else { continue };
        let Some(told) = value(whole) else { continue };
        let terms: Vec<String> = parts.iter().filter_map(|it| value(it)).map(|it| it.to_string()).collect();
        let measure = whole.measure.replace('_', " ");
        findings.push(if sum == told {
            format!("The parts add up: {} = {told} {measure}.", terms.join(" + "))
        } else {
            format!(
                "The parts do not add up: {} = {sum}, but the whole is given as {told} {measure}.",
                terms.join(" + ")
            )
        });
    }
}

/// Sets a figure against what is on file.
fn compare(
    figure: &Figure,
    words: &str,
    on_file: &BTreeMap<&str, (u64, u64)>,
    count: usize,
    findings: &mut Vec<String>,
) {
    let Some(told) = figure.low.or(figure.high) else { return };
    let Some((low, high)) = on_file.get(figure.measure.as_str()).copied() else {
        if !on_file.is_empty() {
            findings.push(format!("It gives {words}; no event on file inside the period gives a figure for that."));
        }
        return;
    };
    let held = if low == high { format!("{low}") } else { format!("{low} to {high}") };
    let (are, events, give) = match count {
        1 => ("is", "1 event".to_owned(), "gives"),
        _ => ("are", format!("{count} events"), "give"),
    };
    findings.push(if told > high {
        let (missing, lack) = (told - high, if told - high == 1 { "is" } else { "are" });
        format!(
            "It gives {words}; on file inside the period {are} {events} with {held}, so at least {missing} {lack} missing."
        )
    } else if figure.high.is_some_and(|it| it < low) {
        format!("It gives {words}; the {events} on file inside the period already {give} {held}.")
    } else {
        format!("It gives {words}; on file inside the period {are} {events} with {held}.")
    });
}

/// Returns the figure as it is told: "at least 700 killed", "“dozens of attacks”".
fn in_words(figure: &Figure, quote: &str) -> String {
    let op = figure.op.as_str().replace('_', " ");
    let measure = figure.measure.replace('_', " ");
    match (op.as_str(), figure.low, figure.high) {
        ("exact", Some(low), _) => format!("{low} {measure}"),
        ("range", Some(low), Some(high)) => format!("{low} to {high} {measure}"),
        ("more than", Some(low), _) => format!("more than {} {measure}", low.saturating_sub(1)),
        ("at least" | "about", Some(it), _) | ("nearly" | "up to", _, Some(it)) => format!("{op} {it} {measure}"),
        _ => format!("“{quote}”"),
    }
}

/// Adds up parts that the same speaker gives for the same period in another sentence of the same document.
///
/// "96 people were killed between October and December. … 73 civilians and 23
/// guards were killed."
fn parts_apart(checks: &mut [TallyCheck], speakers: &[String]) {
    type Key<'k> = (&'k str, &'k str, Option<Day>, Option<Day>);
    let mut by_period: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (idx, check) in checks.iter().enumerate().filter(|(_, it)| it.start.is_some() && it.end.is_some()) {
        by_period.entry((&check.evidence.document, &speakers[idx], check.start, check.end)).or_default().push(idx);
    }
    let value = |it: &Figure| it.low.or(it.high);
    let mut found: Vec<(usize, String)> = Vec::new();
    for them in by_period.values() {
        for &whole in them {
            let [one] = checks[whole].figures.as_slice() else { continue };
            for &other in them.iter().filter(|it| **it != whole) {
                let parts = checks[other]
                    .figures
                    .iter()
                    .map(|it| &it.figure)
                    .filter(|it| it.measure == one.figure.measure && it.unit == one.figure.unit);
                let values: Vec<u64> = parts.filter_map(value).collect();
                let (Some(told), sum) = (value(&one.figure), values.iter().sum::<u64>()) else { continue };
                if values.len() < 2 || values.iter().any(|it| *it >= told) {
                    continue;
                }
                let terms = values.iter().map(u64::to_string).collect::<Vec<_>>().join(" + ");
                let measure = one.figure.measure.replace('_', " ");
                let verdict = if sum == told { "add up" } else { "do not add up" };
                let words = format!(
                    "The parts that it gives for the same period {verdict}: {terms} = {sum}, and the whole is {told} {measure}."
                );
                found.extend([(whole, words.clone()), (other, words)]);
            }
        }
    }
    for (idx, words) in found {
        if !checks[idx].findings.contains(&words) {
            checks[idx].findings.push(words);
        }
    }
}

/// Finds one number that one speaker or one document gives for two periods.
fn two_periods(checks: &mut [TallyCheck], speakers: &[String]) {
    let mut by_number: BTreeMap<(String, String, u64), Vec<usize>> = BTreeMap::new();
    for (idx, check) in checks.iter().enumerate() {
        for it in check.figures.iter().filter(|it| it.figure.part_of.is_none()) {
            let Some(value) = it.figure.low.or(it.figure.high).filter(|it| *it >= 10) else { continue };
            for whose in [format!("speaker {}", speakers[idx]), format!("document {}", check.evidence.document)] {
                by_number.entry((whose, it.figure.measure.clone(), value)).or_default().push(idx);
            }
        }
    }
    let mut found: BTreeSet<(usize, String)> = BTreeSet::new();
    for ((_, measure, value), them) in by_number {
        for &idx in &them {
            let here = (checks[idx].start, checks[idx].end);
            let other =
                them.iter().map(|it| (checks[*it].start, checks[*it].end)).find(|it| *it != here && it.0.is_some());
            if let Some((Some(start), end)) = other {
                let end = end.map_or_else(|| "an open end".to_string(), |it| it.to_string());
                found.insert((
                    idx,
                    format!(
                        "The same number, {value} {}, is also given for another period, {start} to {end}.",
                        measure.replace('_', " ")
                    ),
                ));
            }
        }
    }
    for (idx, words) in found {
        checks[idx].findings.push(words);
    }
}
