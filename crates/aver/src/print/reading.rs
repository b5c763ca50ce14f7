//! Prints a reading as a ledger that a coder can read: one record a line.
//!
//! In: a reading. Out: text in stable order with the evidence quoted, so that a
//! wrong span is visible to the eye. This is what `aver read` shows and what
//! the golden cases compare.

use aver_model::*;
use std::fmt::Write;

/// What to print of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Statements, events with their figures, relations, forecasts, tallies, notes.
    Ledger,
    /// Furniture and structure.
    Dropped,
    /// Actors with their names.
    Actors,
    /// Places.
    Places,
    /// Time expressions.
    Times,
    /// Events with all roles.
    Events,
    /// Figures.
    Figures,
    /// Statements.
    Statements,
    /// Relations.
    Relations,
    /// Forecasts.
    Forecasts,
    /// Tallies.
    Tallies,
    /// Notes.
    Notes,
}

impl Part {
    /// Returns the part of that name: `ledger`, `times` …
    pub fn named(name: &str) -> Option<Part> {
        Some(match name {
            "ledger" => Part::Ledger,
            "dropped" => Part::Dropped,
            "actors" => Part::Actors,
            "places" => Part::Places,
            "times" => Part::Times,
            "events" => Part::Events,
            "figures" => Part::Figures,
            "statements" => Part::Statements,
            "relations" => Part::Relations,
            "forecasts" => Part::Forecasts,
            "tallies" => Part::Tallies,
            "notes" => Part::Notes,
            _ => return None,
        })
    }
}

/// Prints a part of a reading; ends with a line break unless empty.
pub fn print(reading: &Reading, part: Part) -> String {
    let mut it = Printer { reading, offsets: Offsets::new(&reading.text), out: String::new() };
    match part {
        Part::Ledger => it.ledger(),
        Part::Dropped => it.dropped(),
        Part::Actors => it.actors(),
        Part::Places => it.places(),
        Part::Times => it.times(),
        Part::Events => it.events(),
        Part::Figures => it.figures(),
        Part::Statements => it.statements(),
        Part::Relations => it.relations(),
        Part::Forecasts => it.forecasts(),
        Part::Tallies => it.tallies(),
        Part::Notes => it.notes(),
    }
    it.out
}

/// Returns "50", "≥ 50", "≤ 600", "10–15", "several".
pub fn amount(figure: &Figure) -> String {
    match (figure.low, figure.high, figure.op) {
        (Some(low), _, FigureOp::About) => format!("~{low}"),
        (Some(low), Some(high), _) if low == high => low.to_string(),
        (Some(low), Some(high), _) => format!("{low}–{high}"),
        (Some(low), None, FigureOp::AtLeast | FigureOp::MoreThan) => format!("≥ {low}"),
        (Some(_), None, op) => op.to_string(),
        (None, Some(high), _) => format!("≤ {high}"),
        (None, None, op) => op.to_string(),
    }
}

/// Returns "2022-12-12", "2021-08-01 … 2022-08-31", "until 2019-12-31", "no date".
pub fn days(start: Option<Day>, end: Option<Day>) -> String {
    match (start, end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} … {b}"),
        (None, Some(b)) => format!("until {b}"),
        (Some(a), None) => format!("from {a}"),
        (None, None) => "no date".to_owned(),
    }
}

/// Joins name, facility, division and country of a place.
pub fn place(place: &EventPlace) -> String {
    let mut parts: Vec<&str> = vec![];
    if let Some(facility) = &place.facility {
        parts.push(facility);
    }
    // A building told without its town is its own place.
    for it in [Some(&place.name), place.admin1.as_ref(), place.country.as_ref()].into_iter().flatten() {
        if !parts.contains(&it.as_str()) {
            parts.push(it);
        }
    }
    parts.retain(|it| !it.is_empty());
    parts.join(", ")
}

struct Printer<'r> {
    reading: &'r Reading,
    offsets: Offsets,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let start = self.out.len();
        let _ = self.out.write_fmt(line);
        let kept = self.out[start..].trim_end().len();
        self.out.truncate(start + kept);
        self.out.push('\n');
    }

    fn quote(&self, span: Span) -> String {
        self.offsets.quote(&self.reading.text, span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn who(&self, id: &str) -> String {
        let actor = self.reading.actors.iter().find(|it| it.id == id).map(|it| it.name.clone());
        let place = || self.reading.places.iter().find(|it| it.id == id).map(|it| it.name.clone());
        actor.or_else(place).unwrap_or_else(|| id.to_owned())
    }

    fn ledger(&mut self) {
        self.statements();
        self.events();
        let loose: Vec<&Figure> = self.reading.figures.iter().filter(|it| it.about.is_empty()).collect();
        for it in loose {
            self.figure(it);
        }
        self.relations();
        self.forecasts();
        self.tallies();
        self.notes();
    }

    fn statements(&mut self) {
        for it in &self.reading.statements {
            let mut chain: Vec<&str> = it.chain.iter().rev().map(String::as_str).collect();
            if chain.is_empty() {
                chain.push(&it.speaker.name);
            }
            let pieces = if it.content.spans.is_empty() { vec![it.content.span] } else { it.content.spans.clone() };
            let content: Vec<String> = pieces.iter().map(|it| format!("\"{}\"", self.quote(*it))).collect();
            let id = it.id.to_uppercase();
            let said = if it.said.start.is_some() || it.said.end.is_some() {
                format!("  said {}", days(it.said.start, it.said.end))
            } else {
                String::new()
            };
            self.line(format_args!(
                "{id:<4}{:<22} {:<34} {:<10} {}{said}",
                it.stance,
                chain.join(" > "),
                it.kind,
                content.join(" … ")
            ));
        }
    }

    fn events(&mut self) {
        for it in &self.reading.events {
            let mut line = format!("{:<4}{:<16}", it.id.to_uppercase(), it.kind);
            if let Some(time) = &it.time {
                let _ = write!(line, "  {} ({})", days(time.start, time.end), time.precision);
            }
            if let Some(where_) = &it.place {
                let _ = write!(line, "  {}", place(where_));
            }
            for by in &it.perpetrators {
                let speaker = self.who(&by.speaker);
                let _ = write!(line, "  by {} ({}, {speaker})", by.name, by.basis);
            }
            let targets: Vec<&str> = it.targets.iter().map(|it| it.name.as_str()).collect();
            if !targets.is_empty() {
                let _ = write!(line, "  on {}", targets.join("; "));
            }
            if let Some(weapon) = &it.weapon {
                let _ = write!(line, "  with {weapon}");
            }
            for (word, is_so) in [("background", it.background), ("generic", it.generic), ("aggregate", it.aggregate)] {
                if is_so {
                    let _ = write!(line, "  [{word}]");
                }
            }
            if it.modality != Modality::Asserted {
                let _ = write!(line, "  [{}]", it.modality);
            }
            let _ = write!(line, "  \"{}\"", self.quote(it.span));
            self.line(format_args!("{line}"));
            let figures: Vec<&Figure> =
                self.reading.figures.iter().filter(|f| f.about.first() == Some(&it.id)).collect();
            for figure in figures {
                self.out.push_str("    ");
                self.figure(figure);
            }
        }
    }

    fn figures(&mut self) {
        for it in &self.reading.figures {
            self.figure(it);
        }
    }

    fn figure(&mut self, it: &Figure) {
        let part = it.part_of.as_ref().map_or(String::new(), |it| format!("  part of {}", it.to_uppercase()));
        let by = it.statement.as_ref().map_or(self.who(&it.speaker), |it| it.to_uppercase());
        let group = it.group.as_ref().map_or(String::new(), |it| format!(" {it}"));
        let unit = if it.unit == "persons" || it.unit == it.measure { String::new() } else { format!(" {}", it.unit) };
        self.line(format_args!(
            "{:<4}{:<10} {}{unit}{group}  {by}{part}  \"{}\"",
            it.id.to_uppercase(),
            it.measure,
            amount(it),
            self.quote(it.span)
        ));
    }

    fn relations(&mut self) {
        for it in &self.reading.relations {
            let not = if it.polarity == Polarity::Asserted { String::new() } else { format!(" ({})", it.polarity) };
            let by = it.statement.as_ref().map_or(self.who(&it.speaker), |it| it.to_uppercase());
            let (a, b) = (self.who(&it.a), self.who(&it.b));
            let when = it.time.as_ref().map_or(String::new(), |it| format!("  {}", days(it.start, it.end)));
            self.line(format_args!(
                "{:<4}{a} {} {b}{not}{when}  {by}  \"{}\"",
                it.id.to_uppercase(),
                it.relation,
                self.quote(it.span)
            ));
        }
    }

    fn forecasts(&mut self) {
        for it in &self.reading.forecasts {
            let by = it.statement.as_ref().map_or(self.who(&it.speaker), |it| it.to_uppercase());
            self.line(format_args!(
                "{:<4}forecast ({})  due {}  {by}  \"{}\"",
                it.id.to_uppercase(),
                it.polarity,
                days(it.due.earliest, it.due.latest),
                self.quote(it.span)
            ));
        }
    }

    fn tallies(&mut self) {
        for it in &self.reading.tallies {
            let by = it.statement.as_ref().map_or(self.who(&it.speaker), |it| it.to_uppercase());
            let figures: Vec<String> = it.figures.iter().map(|it| it.to_uppercase()).collect();
            self.line(format_args!(
                "{:<4}tally  {}  {}  {by}  {}  \"{}\"",
                it.id.to_uppercase(),
                it.counted,
                days(it.period.start, it.period.end),
                figures.join(" "),
                self.quote(it.span)
            ));
        }
    }

    fn notes(&mut self) {
        for it in &self.reading.notes {
            let words = it.span.map_or(String::new(), |it| format!("  \"{}\"", self.quote(it)));
            self.line(format_args!("note {}: {}{words}", it.id, it.message));
        }
    }

    fn actors(&mut self) {
        for it in &self.reading.actors {
            let mut names: Vec<String> = vec![];
            for span in &it.mentions {
                let words = format!("\"{}\"", self.quote(*span));
                if !names.contains(&words) {
                    names.push(words);
                }
            }
            let id = it.codebook.as_ref().map_or(String::new(), |it| format!(" = {it}"));
            self.line(format_args!("{:<4}{} ({}{id})  {}", it.id.to_uppercase(), it.name, it.kind, names.join(" ")));
        }
    }

    fn places(&mut self) {
        for it in &self.reading.places {
            let parts =
                [it.admin1.as_deref(), it.country.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let words = it.mentions.first().map_or(String::new(), |it| self.quote(*it));
            self.line(format_args!("{:<4}{} ({}; {parts})  \"{words}\"", it.id.to_uppercase(), it.name, it.level));
        }
    }

    fn times(&mut self) {
        for it in &self.reading.times {
            let anchor = it.anchor.as_ref().map_or(String::new(), |it| format!("  from {it}"));
            self.line(format_args!(
                "{:<4}\"{}\"  {} ({}){anchor}",
                it.id.to_uppercase(),
                self.quote(it.span),
                days(it.start, it.end),
                it.precision
            ));
        }
    }

    fn dropped(&mut self) {
        for it in &self.reading.dropped {
            self.line(format_args!("{:<14}\"{}\"", it.kind, self.quote(it.span)));
        }
    }
}
