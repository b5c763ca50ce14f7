//! The table of accounts: a column an account, a row a field, the quote in the cell.
//!
//! In: an event, its readings and a policy. Out: [`Table`]. A silent account says
//! so in words; a conflict has a mark and a word; a figure that the policy leaves
//! out says why.

use crate::decided::Grades;
use crate::print::event::measures;
use crate::workbench::Ctx;
use crate::workbench::events::index::field_words;
use crate::workbench::events::query::estimate;
use crate::workbench::events::rows::estimated;
use crate::workbench::words::{Mark, amount, count, days, mark, place, plain, policy, short};
use aver_model::*;
use std::collections::BTreeMap;

/// Accounts beyond which the table is turned: a row an account.
const WIDEST: usize = 6;
/// Names in the reconciled value of who did it; every one of them stands with its account.
const MOST_NAMED: usize = 4;

/// The table.
pub struct Table {
    /// The accounts, those of one outlet side by side.
    pub columns: Vec<Column>,
    /// Outlets over their accounts: name, how many.
    pub outlets: Vec<(String, usize)>,
    /// The fields.
    pub lines: Vec<Line>,
    /// A row an account.
    pub turned: bool,
    /// The address of the other way round.
    pub other_way: String,
}

/// One account's head.
#[derive(Clone)]
pub struct Column {
    /// Number on this page, from 1.
    pub n: usize,
    /// Content-derived id of the account.
    pub id: String,
    /// Who speaks.
    pub speaker: String,
    /// `own voice`, `via …`.
    pub voice: String,
    /// The outlet.
    pub outlet: String,
    /// A side of this event.
    pub party: bool,
    /// "same text in 2 more documents", or nothing.
    pub reprints: String,
    /// The chain, from the outlet inward, when it is longer than the voice says.
    pub chain: String,
    /// Its document.
    pub link: String,
    /// The document's file.
    pub file: String,
    /// "reported 2024-03-12", "undated report".
    pub reported: String,
    /// What people think of it: "B2", "source B", "statement 2"; never a machine's.
    pub grade: String,
}

/// One field.
pub struct Line {
    /// `killed`, `perpetrator` …
    pub key: String,
    /// In words.
    pub name: String,
    /// Accounts differ.
    pub disputed: bool,
    /// One list a column; empty: says nothing.
    pub cells: Vec<Vec<Cell>>,
    /// The last column.
    pub reconciled: Reconciled,
}

/// One value of one account.
#[derive(Clone, Default)]
pub struct Cell {
    /// The words.
    pub quote: String,
    /// What was read in them.
    pub value: String,
    /// What must be known about it.
    pub note: String,
    /// Where the words stand.
    pub link: String,
    /// The id that the source text below carries too.
    pub at: String,
    /// Stances instead of words.
    pub mark: Option<Mark>,
    /// The policy does not count it.
    pub left_out: bool,
    /// Address of the form that corrects it.
    pub edit: String,
    /// How to cite these words.
    pub cite: String,
}

/// What a policy makes of a field.
#[derive(Default)]
pub struct Reconciled {
    /// The value.
    pub value: String,
    /// The rule in a phrase.
    pub why: String,
    /// Every policy's result: policy, value, chosen.
    pub all: Vec<(String, String, bool)>,
}

/// Builds the table of an event.
pub fn table(ctx: &Ctx, event: &LedgerEvent, chosen: &str) -> Table {
    let accounts = ordered(event);
    let grades = Grades::new(ctx.snap.knowledge.decided.iter().map(|it| &it.decision));
    let columns: Vec<Column> = accounts.iter().enumerate().map(|(at, it)| column(ctx, at + 1, it, &grades)).collect();
    let mut outlets: Vec<(String, usize)> = vec![];
    for it in &columns {
        match outlets.last_mut().filter(|last| last.0 == it.outlet) {
            Some(last) => last.1 += 1,
            None => outlets.push((it.outlet.clone(), 1)),
        }
    }
    let pen = Pen { ctx, event, accounts, chosen };
    let mut lines = vec![pen.stances()];
    lines.extend(measures(event).iter().map(|it| pen.figures(it)));
    lines.extend([pen.perpetrators(), pen.time(), pen.place(), pen.words()]);
    lines.retain(|it| it.key == "stance" || it.cells.iter().any(|it| !it.is_empty()) || it.disputed);
    let asked = ctx.get("layout");
    let turned = asked == Some("rows") || (asked.is_none() && columns.len() > WIDEST);
    let other = if turned { "columns" } else { "rows" };
    Table { columns, outlets, lines, turned, other_way: format!("{}{}", ctx.path, ctx.with("layout", &[other])) }
}

/// Returns the accounts, those of one outlet together, in the order in which outlets come first.
pub fn ordered(event: &LedgerEvent) -> Vec<&Account> {
    let outlet = |it: &Account| it.source.clone().unwrap_or_else(|| it.file.clone());
    let mut first: Vec<String> = vec![];
    for it in &event.accounts {
        if !first.contains(&outlet(it)) {
            first.push(outlet(it));
        }
    }
    let mut accounts: Vec<&Account> = event.accounts.iter().collect();
    accounts.sort_by_key(|it| first.iter().position(|name| *name == outlet(it)));
    accounts
}

/// Returns the words that a grade of an account is tied to: those of the event, else of its first figure.
pub fn first_words(account: &Account) -> Option<&Evidence> {
    account.evidence.first().or_else(|| account.figures.first().map(|it| &it.evidence))
}

fn column(ctx: &Ctx, n: usize, account: &Account, grades: &Grades<'_>) -> Column {
    let more = account.reprints.len();
    let reprints = if more > 0 { format!("same text in {}", count(more, "more document")) } else { String::new() };
    let filed = ctx.snap.filed(&account.document);
    let figures = account.figures.iter().map(|it| it.evidence.span);
    let spans: Vec<Span> = account.evidence.iter().map(|it| it.span).chain(figures).collect();
    let digit = grades.digit(&account.speaker, &account.document, &spans);
    Column {
        grade: Grades::words(grades.letter(&account.speaker), digit),
        n,
        id: account.id.clone(),
        speaker: account.speaker.clone(),
        voice: account.voice.clone(),
        outlet: account.source.clone().unwrap_or_else(|| account.file.clone()),
        // The voice says it already when it begins so.
        party: account.party && !account.voice.contains("party"),
        reprints,
        chain: if account.chain.len() > 2 { account.chain.join(" → ") } else { String::new() },
        link: ctx.link(&format!("/d/{}", short(&account.document))),
        file: account.file.clone(),
        reported: match filed.map(|it| (it.document.published.start, it.document.published.end)) {
            None | Some((None, None)) => "undated report".into(),
            Some((start, end)) => format!("reported {}", days(start, end)),
        },
    }
}

/// Returns the id under which the table and the source text know some words.
pub fn at(evidence: &Evidence) -> String {
    format!("{}-{}-{}", &short(&evidence.document), evidence.span.start, evidence.span.end)
}

/// Returns the address of some words in their document.
pub fn words_link(ctx: &Ctx, evidence: &Evidence) -> String {
    let Span { start, end } = evidence.span;
    format!("{}#c{start}", ctx.link(&format!("/d/{}?c={start}-{end}", short(&evidence.document))))
}

struct Pen<'p> {
    ctx: &'p Ctx,
    event: &'p LedgerEvent,
    accounts: Vec<&'p Account>,
    chosen: &'p str,
}

impl Pen<'_> {
    fn cell(&self, evidence: &Evidence, value: String) -> Cell {
        let quote = evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        Cell { quote, value, link: words_link(self.ctx, evidence), at: at(evidence), ..Cell::default() }
    }

    /// Quote, chain of speakers, document, hash, and the address of the words at this state of the ledger.
    fn cite(&self, account: &Account, cell: &Cell) -> String {
        let chain = if account.chain.len() > 1 { account.chain.join(" → ") } else { account.speaker.clone() };
        let position = self.ctx.snap.scope;
        let (path, mark) = cell.link.split_once('#').unwrap_or((&cell.link, ""));
        let at = if self.ctx.at.is_some() { String::new() } else { format!("&at={position}") };
        format!(
            "“{}” — {chain}; {}, sha256 {}. Averment event {}, ledger position {position}: {path}{at}#{mark}",
            cell.quote, account.file, account.document, self.event.id
        )
    }

    fn edit(&self, evidence: &Evidence, field: &str) -> String {
        if self.ctx.at.is_some() {
            return String::new();
        }
        let Span { start, end } = evidence.span;
        format!(
            "{}{}",
            self.ctx.path,
            self.ctx.with("edit", &[&format!("{}.{start}-{end}.{field}", evidence.document)])
        )
    }

    fn line(&self, key: &str, name: &str, cells: impl Fn(&Account) -> Vec<Cell>, reconciled: Reconciled) -> Line {
        let disputed = self.event.disputed.iter().any(|it| it == key);
        let cited = |account: &Account| {
            let mut cells = cells(account);
            cells.iter_mut().filter(|it| !it.quote.is_empty()).for_each(|it| it.cite = self.cite(account, it));
            cells
        };
        let cells = self.accounts.iter().map(|it| cited(it)).collect();
        Line { key: key.into(), name: name.into(), disputed, cells, reconciled }
    }

    fn stances(&self) -> Line {
        let mut counts: BTreeMap<Stance, usize> = BTreeMap::new();
        for it in self.accounts.iter().flat_map(|it| &it.stances) {
            *counts.entry(*it).or_default() += 1;
        }
        let value = counts.iter().map(|(it, n)| format!("{n} {}", said_by(*it, *n))).collect::<Vec<_>>().join(" · ");
        let claims = |it: &&&Account| it.stances.contains(&Stance::ClaimsResponsibility);
        let why = match (counts.get(&Stance::Denies).copied().unwrap_or(0), self.accounts.iter().filter(claims).count())
        {
            (0, 0) => "nobody claims it, nobody denies it".into(),
            (0, _) => String::new(),
            (n, _) => format!("{} that it was so", if n == 1 { "1 denies".into() } else { format!("{n} deny") }),
        };
        let cells =
            |it: &Account| it.stances.iter().map(|it| Cell { mark: Some(mark(*it)), ..Cell::default() }).collect();
        let mut line = self.line("stance", "Stance", cells, Reconciled { value, why, all: vec![] });
        line.disputed = self.event.disputed.iter().any(|it| it == "event");
        line
    }

    fn figures(&self, measure: &str) -> Line {
        let result = estimate(self.event, measure, self.chosen);
        let cells = |account: &Account| {
            let figures = account.figures.iter().filter(|it| it.figure.measure == measure);
            figures.map(|it| self.figure(account, it, result)).collect()
        };
        let mut reconciled = Reconciled { value: "no rule".into(), ..Reconciled::default() };
        if let Some(it) = result {
            reconciled = Reconciled { value: estimate_words(it), why: it.why.clone(), all: vec![] };
        }
        let named = |it: &&Estimate| it.measure == measure;
        reconciled.all = self
            .event
            .estimates
            .iter()
            .filter(named)
            .map(|it| (policy(&it.policy).to_owned(), estimate_words(it), policy(&it.policy) == policy(self.chosen)))
            .collect();
        let name = capital(&field_words(measure));
        self.line(measure, &name, cells, reconciled)
    }

    fn figure(&self, account: &Account, it: &AccountFigure, result: Option<&Estimate>) -> Cell {
        let figure = &it.figure;
        let mut notes = vec![];
        if figure.part_of.is_some() {
            notes.push("a part of another figure".to_owned());
        }
        if figure.low.is_none() && figure.high.is_none() {
            notes.push("no number: kept as words".to_owned());
        }
        let same = |it: &&Weighed| it.account == account.id && it.low == figure.low && it.high == figure.high;
        let weighed = result.and_then(|it| {
            let mine = |it: &&Weighed| it.account == account.id && !it.left_out.is_empty();
            it.weighed.iter().find(same).or_else(|| it.weighed.iter().find(mine).filter(|_| figure.part_of.is_some()))
        });
        let left_out = weighed.map_or("", |it| it.left_out.as_str());
        if !left_out.is_empty() && figure.part_of.is_none() {
            notes.push(format!("not counted: {left_out}"));
        }
        let edit = self.edit(&it.evidence, "figure");
        Cell { note: notes.join("; "), left_out: !left_out.is_empty(), edit, ..self.cell(&it.evidence, amount(figure)) }
    }

    fn perpetrators(&self) -> Line {
        let mut said: BTreeMap<&str, BTreeMap<Basis, usize>> = BTreeMap::new();
        for it in self.accounts.iter().flat_map(|it| &it.perpetrators) {
            *said.entry(&it.name).or_default().entry(it.basis).or_default() += 1;
        }
        let words = |(name, bases): (&&str, &BTreeMap<Basis, usize>)| {
            format!(
                "{name}: {}",
                bases.iter().map(|(basis, n)| format!("{basis} by {n}")).collect::<Vec<_>>().join(", ")
            )
        };
        let names = said.len();
        let mut often: Vec<_> = said.iter().collect();
        often.sort_by_key(|(_, bases)| std::cmp::Reverse(bases.values().sum::<usize>()));
        let mut lines: Vec<String> = often.into_iter().take(MOST_NAMED).map(words).collect();
        if names > MOST_NAMED {
            lines.push(format!("and {} more", names - MOST_NAMED));
        }
        let value = if lines.is_empty() { "nobody is named".into() } else { lines.join("\n") };
        let claimed = said.values().any(|it| it.contains_key(&Basis::Claimed));
        let why = match (names, claimed) {
            (0, _) => String::new(),
            (_, true) => "a claim is the claimant’s word, not a finding".into(),
            (_, false) => "no claim of responsibility in these documents".into(),
        };
        let cells = |it: &Account| {
            it.perpetrators.iter().map(|it| self.cell(&it.evidence, format!("{} ({})", it.name, it.basis))).collect()
        };
        self.line("perpetrator", "By whom", cells, Reconciled { value, why, all: vec![] })
    }

    fn time(&self) -> Line {
        let dated =
            self.accounts.iter().filter(|it| it.time.as_ref().is_some_and(|it| it.precision == Precision::Day)).count();
        let (value, why) = match &self.event.time {
            Some(it) => {
                let exact = if it.precision == Precision::Day {
                    String::new()
                } else {
                    format!("known to: {}; ", plain(it.precision.as_str()))
                };
                (
                    days(it.start, it.end),
                    format!("{exact}{} of {} give a day", dated, count(self.accounts.len(), "account")),
                )
            }
            None => ("no date".into(), "no document says when".into()),
        };
        let cells = |it: &Account| {
            let Some(time) = &it.time else { return vec![] };
            let value = days(time.start, time.end);
            let note = if time.precision == Precision::Day { String::new() } else { plain(time.precision.as_str()) };
            match &it.time_evidence {
                Some(evidence) => vec![Cell { note, edit: self.edit(evidence, "time"), ..self.cell(evidence, value) }],
                None => vec![Cell {
                    value,
                    note: format!("{note}; no words of its own").trim_start_matches("; ").to_owned(),
                    ..Cell::default()
                }],
            }
        };
        self.line("time", "When", cells, Reconciled { value, why, all: vec![] })
    }

    fn place(&self) -> Line {
        let value = self.event.place.as_ref().map_or("no place".into(), place);
        let cells = |it: &Account| {
            it.place.as_ref().map(|it| Cell { value: place(it), ..Cell::default() }).into_iter().collect()
        };
        let why = if self.event.place.is_some() {
            "the most exact place that an account gives".into()
        } else {
            String::new()
        };
        self.line("place", "Where", cells, Reconciled { value, why, all: vec![] })
    }

    fn words(&self) -> Line {
        let cells = |it: &Account| {
            let figures = it.figures.iter().map(|it| &it.evidence);
            let all: Vec<&Evidence> = it.evidence.iter().chain(figures).collect();
            // Words inside longer words that are shown say nothing more.
            let inside = |own: &Evidence| {
                all.iter().any(|it| it.span != own.span && it.document == own.document && it.span.contains(own.span))
            };
            let shown = it.figures.iter().map(|it| it.evidence.span).collect::<Vec<_>>();
            let fresh = it.evidence.iter().filter(|it| !shown.contains(&it.span) && !inside(it));
            fresh.map(|it| self.cell(it, String::new())).collect()
        };
        let words = count(self.event.mentions.len(), "mention");
        let documents =
            self.event.mentions.iter().map(|it| &it.document).collect::<std::collections::BTreeSet<_>>().len();
        let value = format!("{words} in {}", count(documents, "document"));
        self.line("words", "In the words", cells, Reconciled { value, why: String::new(), all: vec![] })
    }
}

/// Writes "12 – 40, best 17", "indeterminate".
pub fn estimate_words(it: &Estimate) -> String {
    let range = estimated(it);
    match (it.indeterminate, it.best) {
        (true, _) if range.is_empty() => "indeterminate".into(),
        (true, _) => format!("{range}, indeterminate"),
        (false, _) if range.is_empty() => "no figure".into(),
        (false, Some(_)) if it.low == it.high => range,
        (false, Some(best)) => format!("{range}, best {best}"),
        (false, None) if it.low == it.high => range,
        (false, None) => format!("{range}, no best value"),
    }
}

/// Returns what one or several accounts do: "reports", "claims responsibility"; "report", "deny".
pub fn said_by(stance: Stance, accounts: usize) -> String {
    let words = plain(stance.as_str());
    let (verb, rest) = words.split_once(' ').map_or((words.as_str(), ""), |it| it);
    let verb = match (accounts, verb.strip_suffix("ies"), verb.strip_suffix('s')) {
        (1, ..) | (_, None, None) => verb.to_owned(),
        (_, Some(stem), _) => format!("{stem}y"),
        (_, None, Some(stem)) => stem.to_owned(),
    };
    format!("{verb} {rest}").trim_end().to_owned()
}

/// Writes the first letter as a capital.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |it| it.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_reports_and_several_report() {
        assert_eq!(said_by(Stance::Reports, 1), "reports");
        assert_eq!(said_by(Stance::Reports, 2), "report");
        assert_eq!(said_by(Stance::Denies, 3), "deny");
        assert_eq!(said_by(Stance::ClaimsResponsibility, 2), "claim responsibility");
    }
}
