//! Killed at any moment, a ledger has lost nothing that was reported as stored.
//!
//! The test runs itself as a child process that adds documents and decisions and
//! prints each id after it was reported stored; the parent kills it (SIGKILL) at
//! varied moments, opens the ledger and looks for every printed id. The ledger
//! goes on through all kills, so later children also start on what earlier ones left.

#[path = "../src/fixture.rs"]
mod fixture;

use aver_ledger::{Added, Ledger, Views, sha256};
use aver_model::{Edge, MentionRef, Reading, Ruling};
use fixture::{ENTERED, Folder, anchor, ledger_event, page, reading};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

const LEDGER: &str = "AVER_LEDGER_KILL_TEST";
const KILLS: u64 = 60;

/// The child: stores for ever and reports each thing once it is stored.
fn store_for_ever(path: &Path, round: &str) -> ! {
    let mut out = std::io::stdout().lock();
    let mut report = |word: &str, id: &str| {
        if writeln!(out, "{word} {id}").and_then(|()| out.flush()).is_err() {
            std::process::exit(0);
        }
    };
    let mut ledger = Ledger::open_or_create(path).unwrap();
    report("opened", "-");
    for number in 0_u64.. {
        let text = format!(
            "Round {round}\nThe bombing {number} killed three, police said.\n{}",
            "More words. ".repeat(number as usize % 400)
        );
        let page = page("a.txt", &text);
        let mut reading = reading(&page);
        assert_eq!(ledger.add(&page, text.as_bytes(), &reading, &number.to_le_bytes(), ENTERED).unwrap(), Added::New);
        report("document", &page.document.sha256);
        let ruling = Ruling::Accept { anchor: anchor(&reading) };
        let decision = ledger.decide(ruling, "Ana", "2023-03-20T14:05:00Z", Some(round)).unwrap();
        report("decision", &decision.id);
        if number % 3 == 0 {
            let undo = Ruling::Undo { decision: decision.id };
            let undo = ledger.decide(undo, "Ana", "2023-03-20T14:06:00Z", None).unwrap();
            report("decision", &undo.id);
            reading.reader.version = "0.2.0".into();
            ledger.append_reading(&page, &reading, &number.to_le_bytes(), ENTERED).unwrap();
            report("reading", &page.document.sha256);
        }
        if number % 3 == 1 {
            let count = 2 + number as usize % 5;
            let edges: Vec<_> = (0..count).map(|it| edge(&reading, it, number)).collect();
            ledger.append_run(round, &edges).unwrap();
            let event = |it: usize| ledger_event(&format!("{number}-{it}"), "Bombing, Velmar", &reading);
            let events = (0..count).map(event).collect();
            let made_from = format!("{count} events");
            ledger.store_views(&Views { made_from, events, ..Views::default() }).unwrap();
        }
    }
    unreachable!("the numbers do not end")
}

/// An edge that carries the number of its run as its score.
fn edge(reading: &Reading, id: usize, run: u64) -> Edge {
    let document = reading.document.sha256.clone();
    let mention = MentionRef { document, file: "a.txt".into(), event: "e1".into() };
    let (a, b) = (mention.clone(), mention);
    Edge { id: id.to_string(), a, b, score: run as f64, verdict: "same".into(), decision: None, reasons: vec![] }
}

#[test]
fn nothing_reported_as_stored_is_lost_by_a_kill() {
    if let Ok(path) = std::env::var(LEDGER) {
        let (path, round) = path.rsplit_once('|').unwrap();
        store_for_ever(Path::new(path), round);
    }
    let folder = Folder::new();
    let path = folder.file("killed.aver");
    let mut reported: BTreeSet<(String, String)> = BTreeSet::new();
    let mut cut_short = 0;
    for round in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["nothing_reported_as_stored_is_lost_by_a_kill", "--exact", "--nocapture", "--quiet"])
            .env(LEDGER, format!("{}|{round}", path.display()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (tell, told) = channel();
        let listener = std::thread::spawn(move || lines.map_while(Result::ok).for_each(|it| drop(tell.send(it))));
        // Every third child is killed a moment after its start, the others a moment
        // after so many lines: while opening, adding, deciding, reading again.
        let mut heard = Vec::new();
        for _ in 0..if round % 3 == 0 { 0 } else { 3 + round % 11 } {
            heard.extend(told.recv_timeout(Duration::from_secs(10)));
        }
        let most = if round % 3 == 0 { 15_000 } else { 4_000 };
        std::thread::sleep(Duration::from_micros(round * 7919 % most));
        child.kill().unwrap();
        child.wait().unwrap();
        listener.join().unwrap();
        heard.extend(told.iter());
        let stored: Vec<_> =
            heard.iter().filter_map(|it| it.split_once(' ')).filter(|(word, id)| is_report(word, id)).collect();
        cut_short += usize::from(!stored.is_empty());
        reported.extend(stored.into_iter().map(|(word, id)| (word.to_string(), id.to_string())));
        check(&path, &reported, round);
    }
    let ledger = Ledger::open_or_create(&path).unwrap();
    assert!(ledger.verify().unwrap().is_clean());
    assert!(
        cut_short >= 30 && reported.len() >= 150,
        "{cut_short} of {KILLS} children came to store {} things",
        reported.len()
    );
}

/// Says whether a line is whole: a word and a hash that was not cut.
fn is_report(word: &str, id: &str) -> bool {
    ["document", "decision", "reading"].contains(&word) && id.len() == 64
}

/// Looks for everything reported; verifies every few rounds, because that reads it all.
fn check(path: &Path, reported: &BTreeSet<(String, String)>, round: u64) {
    if !path.exists() {
        assert!(reported.is_empty());
        return;
    }
    // The first child may have died before it had made the tables.
    let ledger = Ledger::open_or_create(path).unwrap();
    let decisions: BTreeSet<String> = ledger.decisions().unwrap().into_iter().map(|it| it.id).collect();
    for (word, id) in reported {
        let there = match word.as_str() {
            "decision" => decisions.contains(id),
            "reading" => ledger.reading(id).is_ok_and(|it| it.reader.version == "0.2.0"),
            _ => ledger.contains(id).unwrap() && ledger.reading(id).is_ok(),
        };
        assert!(there, "round {round}: the {word} {id} was reported as stored and is not there");
    }
    // A run and a set of views are there as a whole or not at all.
    let edges = ledger.edges().unwrap();
    assert!(edges.iter().all(|it| it.score == edges[0].score), "round {round}: edges of two runs");
    if let Some(views) = ledger.load_views().unwrap() {
        assert_eq!(views.made_from, format!("{} events", views.events.len()), "round {round}: half the views");
    }
    let report = ledger.verify().unwrap();
    assert!(report.is_clean(), "round {round}: {:#?}", report.faults);
}
