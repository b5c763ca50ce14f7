//! `aver publish DIR`: the events as pages that anybody may host, without a server or a script.
//!
//! In: what an export selects. Out: a page for every event with all its accounts, lists
//! of them, how it was made, a feed, and the bundle that verifies it. Private persons
//! are masked before a page is written, so no template can show them.

use crate::bundle::{self, Around};
use crate::decided::Grades;
use crate::print::event::measures;
use crate::report::{Report, Result};
use crate::workbench::table::{capital, estimate_words, ordered, said_by};
use crate::workbench::words::{Mark, amount, count, days, filters, mark, place, plain, policy};
use askama::Template;
use aver_model::*;
use aver_publish::{Output, View};

/// Events on one page of the list.
const PER_PAGE: usize = 500;
/// Entries of the feed.
const FED: usize = 100;
/// Accounts beyond which the table is turned: a row an account.
const WIDEST: usize = 6;

/// Returns the files of the site; names may have one folder in them.
///
/// # Errors
/// The policy is unknown, or a value cannot be written.
pub fn files(view: &View<'_>, around: &Around<'_>, made: &str) -> Result<Vec<Output>> {
    let failed = |it: aver_publish::Error| Report::input("not-published", it.to_string()).next("choose another policy");
    let events: Vec<LedgerEvent> = view.published().map(|it| view.masked(it).map_err(failed)).collect::<Result<_>>()?;
    let grades = Grades::new(around.decisions.iter());
    let zip = bundle::make(view, around)?;
    let site = Site { view, around, grades, position: around.scope.to_string() };
    let mut files = site.lists(&events);
    for event in &events {
        files.push(page(&format!("events/{}.html", event.id), &site.event(event)));
    }
    files.push(page("about.html", &site.about(&events, &zip.name)));
    files.push(page("feed.xml", &site.feed(&events, made)));
    let asset = |name: &str, text: &str| Output { name: name.into(), bytes: text.as_bytes().to_vec() };
    files.push(asset("style.css", crate::workbench::STYLE));
    files.push(asset("icon.svg", include_str!("../assets/icon.svg")));
    files.push(zip);
    Ok(files)
}

fn page(name: &str, template: &impl Template) -> Output {
    let text = template.render().expect("templates write into a string, which takes everything");
    Output { name: name.into(), bytes: text.into_bytes() }
}

struct Site<'s> {
    view: &'s View<'s>,
    around: &'s Around<'s>,
    grades: Grades<'s>,
    position: String,
}

struct Row {
    id: String,
    title: String,
    date: String,
    place: String,
    actors: String,
    disputed: String,
    killed: String,
    wounded: String,
    accounts: String,
}

#[derive(Template)]
#[template(path = "site/index.html")]
struct Index<'s> {
    root: &'static str,
    here: &'static str,
    position: &'s str,
    total: String,
    policy: &'s str,
    rows: Vec<Row>,
    page: usize,
    pages: usize,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "site/about.html")]
struct About<'s> {
    root: &'static str,
    here: &'static str,
    position: &'s str,
    total: String,
    documents: String,
    reviewed: String,
    made_by: &'static str,
    codebook: &'s str,
    bundle: &'s str,
    policy: &'s str,
    policies: Vec<(String, String, bool)>,
}

struct Entry {
    id: String,
    title: String,
    words: String,
}

#[derive(Template)]
#[template(path = "site/feed.xml", escape = "html")]
struct Feed<'s> {
    position: &'s str,
    made: &'s str,
    entries: Vec<Entry>,
}

/// One account's head.
struct Head {
    /// Its place among the accounts, from 0.
    n: usize,
    speaker: String,
    voice: String,
    outlet: String,
    party: bool,
    reprints: usize,
    grade: String,
}

/// One value of one account.
#[derive(Default)]
struct Cell {
    quote: String,
    value: String,
    note: String,
    mark: Option<Mark>,
    left_out: bool,
}

/// One field.
struct Line {
    name: String,
    disputed: bool,
    cells: Vec<Vec<Cell>>,
    value: String,
    why: String,
    all: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "site/event.html")]
struct EventPage<'s> {
    root: &'static str,
    here: &'static str,
    position: &'s str,
    id: String,
    title: String,
    tags: Vec<(String, &'static str)>,
    policy: &'s str,
    turned: bool,
    accounts: Vec<Head>,
    lines: Vec<Line>,
    documents: Vec<(String, String)>,
    citation: String,
}

impl Site<'_> {
    fn policy(&self) -> &str {
        policy(self.view.policy)
    }

    fn lists(&self, events: &[LedgerEvent]) -> Vec<Output> {
        let pages = events.len().div_ceil(PER_PAGE).max(1);
        let name = |n: usize| if n == 1 { "index.html".to_owned() } else { format!("index-{n}.html") };
        let one = |n: usize| {
            let rows = events.iter().skip((n - 1) * PER_PAGE).take(PER_PAGE).map(|it| self.row(it)).collect();
            let list = Index {
                root: "",
                here: "events",
                position: &self.position,
                total: count(events.len(), "event"),
                policy: self.policy(),
                rows,
                page: n,
                pages,
                before: if n > 1 { name(n - 1) } else { String::new() },
                after: if n < pages { name(n + 1) } else { String::new() },
            };
            page(&name(n), &list)
        };
        (1..=pages).map(one).collect()
    }

    fn row(&self, event: &LedgerEvent) -> Row {
        let of = |measure: &str| crate::workbench::range(event, measure, self.policy());
        Row {
            id: event.id.clone(),
            title: event.title.clone(),
            date: event.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end)),
            place: event.place.as_ref().map_or("no place".into(), place),
            actors: crate::workbench::actors_of(event),
            disputed: event.disputed.iter().map(|it| crate::workbench::field_words(it)).collect::<Vec<_>>().join(", "),
            killed: of("killed"),
            wounded: of("wounded"),
            accounts: count(event.accounts.len(), "account"),
        }
    }

    fn about<'a>(&'a self, events: &[LedgerEvent], bundle: &'a str) -> About<'a> {
        let used: std::collections::BTreeSet<&str> =
            events.iter().flat_map(|it| &it.mentions).map(|it| it.document.as_str()).collect();
        let accepted = events.iter().filter(|it| it.review == "accepted").count();
        let codebook = self.view.codebook;
        let words = |it: &aver_codebook::PolicyEntry| {
            let definition = it.definition.split_whitespace().collect::<Vec<_>>().join(" ");
            (policy(&it.id).to_owned(), definition, policy(&it.id) == self.policy())
        };
        About {
            root: "",
            here: "about",
            position: &self.position,
            total: count(events.len(), "event"),
            documents: count(used.len(), "document"),
            reviewed: match accepted {
                0 => "All are machine drafts that nobody has accepted yet, and say so.".into(),
                1 => "One is accepted by a person; the others are machine drafts, and say so.".into(),
                n => format!("{n} are accepted by a person; the others are machine drafts, and say so."),
            },
            made_by: concat!("averment ", env!("CARGO_PKG_VERSION")),
            codebook: codebook.version.get(..19).unwrap_or(&codebook.version),
            bundle,
            policy: self.policy(),
            policies: codebook.policies.iter().map(words).collect(),
        }
    }

    fn feed<'a>(&'a self, events: &[LedgerEvent], made: &'a str) -> Feed<'a> {
        let mut newest: Vec<&LedgerEvent> = events.iter().collect();
        newest.sort_by_key(|it| std::cmp::Reverse(it.time.as_ref().and_then(|it| it.end.or(it.start))));
        let entry = |it: &&LedgerEvent| {
            let row = self.row(it);
            let killed = if row.killed.is_empty() { String::new() } else { format!(" · killed {}", row.killed) };
            let words = format!("{} · {} · {}{killed}", row.date, row.place, row.accounts);
            Entry { id: row.id, title: row.title, words }
        };
        Feed { position: &self.position, made, entries: newest.iter().take(FED).map(entry).collect() }
    }

    fn event(&self, event: &LedgerEvent) -> EventPage<'_> {
        let accounts = ordered(event);
        let mut tags = vec![(plain(&event.kind), "")];
        tags.push((event.time.as_ref().map_or("no date in its documents".into(), |it| days(it.start, it.end)), ""));
        tags.push((event.place.as_ref().map_or("no place".into(), place), ""));
        let independent = event.independent_speakers;
        tags.push((format!("{} · {independent} independent", count(accounts.len(), "account")), ""));
        tags.push(match event.review.as_str() {
            "accepted" => ("✓ accepted by a person".into(), "ok"),
            _ => ("machine draft, not reviewed".into(), "draft"),
        });
        let file = |it: &str| {
            let filed = self.around.filed.iter().find(|own| own.document.sha256 == it);
            let named = filed.map_or(it, |it| it.document.title.as_deref().unwrap_or(&it.document.file));
            let outlet =
                filed.and_then(|it| it.document.source.as_deref()).map_or(String::new(), |it| format!("{it}: "));
            (self.view.words(&format!("{outlet}{named}")), it.to_owned())
        };
        let documents: std::collections::BTreeSet<&str> =
            event.mentions.iter().map(|it| it.document.as_str()).collect();
        let files: Vec<(String, String)> = documents.into_iter().map(file).collect();
        EventPage {
            root: "../",
            here: "events",
            position: &self.position,
            id: event.id.clone(),
            title: event.title.clone(),
            tags,
            policy: self.policy(),
            turned: accounts.len() > WIDEST,
            lines: self.lines(event, &accounts),
            citation: self.view.words(&bundle::citation(event, self.policy(), &files, self.around.scope)),
            documents: files,
            accounts: accounts.into_iter().enumerate().map(|(n, it)| self.head(n, it)).collect(),
        }
    }

    fn head(&self, n: usize, it: &Account) -> Head {
        let spans: Vec<Span> = it.evidence.iter().map(|it| it.span).collect();
        let digit = self.grades.digit(&it.speaker, &it.document, &spans);
        Head {
            n,
            grade: Grades::words(self.grades.letter(&it.speaker), digit),
            speaker: it.speaker.clone(),
            voice: it.voice.clone(),
            outlet: it.source.clone().unwrap_or_else(|| "outlet not known".into()),
            party: it.party && !it.voice.contains("party"),
            reprints: it.reprints.len(),
        }
    }

    fn lines(&self, event: &LedgerEvent, accounts: &[&Account]) -> Vec<Line> {
        let line = |key: &str, name: String, cells: &dyn Fn(&Account) -> Vec<Cell>| Line {
            name,
            disputed: event.disputed.iter().any(|it| it == key),
            cells: accounts.iter().map(|it| cells(it)).collect(),
            value: String::new(),
            why: String::new(),
            all: vec![],
        };
        let quoted = |it: &Evidence, value: String| {
            let quote = it.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            Cell { quote, value, ..Cell::default() }
        };
        let stances = line("event", "Stance".into(), &|it| {
            it.stances.iter().map(|it| Cell { mark: Some(mark(*it)), ..Cell::default() }).collect()
        });
        let mut counts: std::collections::BTreeMap<Stance, usize> = Default::default();
        accounts.iter().flat_map(|it| &it.stances).for_each(|it| *counts.entry(*it).or_default() += 1);
        let value = counts.iter().map(|(it, n)| format!("{n} {}", said_by(*it, *n))).collect::<Vec<_>>().join(" · ");
        let mut lines = vec![Line { value, ..stances }];
        for measure in measures(event) {
            let own = line(&measure, capital(&crate::workbench::field_words(&measure)), &|account| {
                let figures = account.figures.iter().filter(|it| it.figure.measure == measure);
                figures.map(|it| self.figure(event, account, it, quoted(&it.evidence, amount(&it.figure)))).collect()
            });
            lines.push(self.reconciled(event, &measure, own));
        }
        let by = line("perpetrator", "By whom".into(), &|it| {
            it.perpetrators.iter().map(|it| quoted(&it.evidence, format!("{} ({})", it.name, it.basis))).collect()
        });
        lines.push(Line { value: crate::workbench::actors_of(event), ..by });
        let when = line("time", "When".into(), &|it| match (&it.time, &it.time_evidence) {
            (Some(time), Some(words)) => vec![quoted(words, days(time.start, time.end))],
            (Some(time), None) => vec![Cell { value: days(time.start, time.end), ..Cell::default() }],
            (None, _) => vec![],
        });
        lines.push(Line { value: event.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end)), ..when });
        lines.retain(|it| it.name == "Stance" || it.disputed || it.cells.iter().any(|it| !it.is_empty()));
        lines
    }

    /// A figure that the policy does not count says why.
    fn figure(&self, event: &LedgerEvent, account: &Account, it: &AccountFigure, cell: Cell) -> Cell {
        let named = |own: &&Estimate| own.measure == it.figure.measure && policy(&own.policy) == self.policy();
        let weighed = event.estimates.iter().find(named).and_then(|own| {
            own.weighed.iter().find(|w| w.account == account.id && w.low == it.figure.low && w.high == it.figure.high)
        });
        match weighed.map(|it| it.left_out.as_str()).filter(|it| !it.is_empty()) {
            Some(why) => Cell { note: format!("not counted: {why}"), left_out: true, ..cell },
            None => cell,
        }
    }

    fn reconciled(&self, event: &LedgerEvent, measure: &str, line: Line) -> Line {
        let of = |it: &&Estimate| it.measure == measure;
        let all = event.estimates.iter().filter(of);
        let row =
            |it: &Estimate| (policy(&it.policy).to_owned(), estimate_words(it), policy(&it.policy) == self.policy());
        let all: Vec<(String, String, bool)> = all.map(row).collect();
        let chosen = event.estimates.iter().filter(of).find(|it| policy(&it.policy) == self.policy());
        let value = chosen.map_or("no rule".into(), estimate_words);
        Line { value, why: chosen.map_or(String::new(), |it| it.why.clone()), all, ..line }
    }
}
