//! Decisions outlive machine output: deleted, re-read, moved, gone.

use aver::decided::{Fate, fates};
use aver::desk::{Desk, Knowledge};
use aver_codebook::Codebook;
use aver_ingest::{Hints, fingerprint::Fingerprint};
use aver_ledger::Ledger;
use aver_model::*;
use aver_publish::{Profile, View};
use std::borrow::Cow;
use std::path::Path;

const WHEN: &str = "2024-06-01T12:00:00Z";

fn today() -> Day {
    Day::new(2024, 6, 1).expect("it is a day")
}

fn page(name: &str, text: &str) -> Page {
    let hints = Hints {
        published: Some(Hints::published("2024-03-28").expect("it is a day")),
        source: Some(format!("Post {}", name.len() % 3)),
        ..Hints::default()
    };
    aver::gather::page(text.as_bytes(), name, &hints).expect("the text is an article")
}

fn desk(path: &Path, texts: &[String]) -> Desk {
    let mut ledger = Ledger::create(path).expect("the folder is empty");
    let reader = aver_read::Reader::new(Codebook::builtin());
    for (number, text) in texts.iter().enumerate() {
        let page = page(&format!("{number:03}.txt"), text);
        let print = Fingerprint::of_page(&page).to_bytes();
        ledger
            .add(&page, text.as_bytes(), &reader.read(&page), &print, "2023-03-20T14:05:00Z")
            .expect("the disk takes it");
    }
    let mut desk = Desk { ledger, codebook: Cow::Borrowed(Codebook::builtin()), at: None };
    desk.refresh(today()).expect("the ledger is whole");
    desk
}

/// Reads every document again, as `aver rerun` does.
fn rerun(desk: &mut Desk) -> Knowledge {
    let reader = aver_read::Reader::new(Codebook::builtin());
    for filed in desk.ledger.documents().expect("the ledger is whole") {
        let page = desk.ledger.page(&filed.document.sha256).expect("it is on file");
        desk.ledger
            .append_reading(&page, &reader.read(&page), &filed.fingerprint, "2023-03-20T14:05:00Z")
            .expect("the disk takes it");
    }
    desk.refresh(today()).expect("the ledger is whole")
}

/// Every file that would be handed out, in every format.
fn export(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let knowledge = desk.knowledge().expect("the ledger is whole");
    let readings = desk.ledger.readings().expect("the ledger is whole");
    let readings: Vec<&Reading> = readings.iter().collect();
    let view = View::new(&knowledge.events, &readings, &desk.codebook, "range-all", Profile::Internal);
    let formats = aver_publish::formats().iter();
    formats.flat_map(|it| it.files(&view).expect("the policy is known")).map(|it| (it.name, it.bytes)).collect()
}

fn anchor(reading: &Reading, span: Span, field: &str) -> Anchor {
    let quote = Offsets::new(&reading.text).quote(&reading.text, span).to_owned();
    let mut anchor = Anchor {
        document: reading.document.sha256.clone(),
        quote,
        span,
        field: field.into(),
        value: None,
        definition: None,
    };
    anchor.value = aver_review::value_at(reading, &anchor);
    anchor
}

const TOWNS: [&str; 6] = ["Mosul", "Basra", "Kirkuk", "Fallujah", "Ramadi", "Samarra"];

fn texts(n: usize) -> Vec<String> {
    let text = |it: usize| {
        let (town, day) = (TOWNS[it % TOWNS.len()], it % 27 + 1);
        format!(
            "A car bomb exploded in {town} on March {day}, 2024, killing {} people and wounding {} others. Police report number {it}.",
            it + 3,
            it + 11
        )
    };
    (0..n).map(text).collect()
}

/// Rules on `n` cells in turn: accepts, corrects, rejects; then undoes every tenth.
fn decide(desk: &mut Desk, n: usize) {
    let mut cells = vec![];
    for reading in desk.ledger.readings().expect("the ledger is whole") {
        cells.extend(reading.figures.iter().map(|it| anchor(&reading, it.span, "figure")));
        cells.extend(
            reading
                .events
                .iter()
                .flat_map(|it| ["event", "time", "place"].map(|field| anchor(&reading, it.span, field))),
        );
    }
    assert!(cells.len() >= n, "{} cells were read", cells.len());
    let pairs = [cells[2].clone(), cells[7].clone()];
    for (number, anchor) in cells.into_iter().take(n).enumerate() {
        let ruling = match (number % 4, anchor.field.as_str()) {
            (0, _) => Ruling::Accept { anchor },
            (1 | 2, "figure") => Ruling::Correct { anchor, to: format!("{}..{}", number + 1, number + 9) },
            (1 | 2, "time") => Ruling::Correct { anchor, to: "2024-03-05..2024-03-06".into() },
            (1 | 2, "place") => Ruling::Correct { anchor, to: "Tarsh".into() },
            _ => Ruling::Reject { anchor },
        };
        let made = desk.ledger.decide(ruling, "Ana", WHEN, Some("read again")).expect("it is complete");
        if number % 10 == 9 {
            desk.ledger.decide(Ruling::Undo { decision: made.id }, "Ana", WHEN, None).expect("it holds");
        }
    }
    let [a, b] = pairs.map(|it| Anchor { field: "event".into(), ..it });
    desk.ledger.decide(Ruling::Same { a, b }, "Ana", WHEN, None).expect("it is complete");
    desk.refresh(today()).expect("the ledger is whole");
}

/// Takes out all that a machine made, as no command of ours can.
fn delete_machine_output(path: &Path) {
    let file = rusqlite::Connection::open(path).expect("it is a database");
    let triggers: Vec<(String, String)> = file
        .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%refuses%'")
        .and_then(|mut it| it.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .expect("it has triggers");
    for (name, _) in &triggers {
        file.execute_batch(&format!("DROP TRIGGER {name}")).expect("it is there");
    }
    file.execute_batch(
        "DELETE FROM estimate; DELETE FROM account; DELETE FROM event; DELETE FROM tally; DELETE FROM forecast;
         DELETE FROM edge; DELETE FROM run; DELETE FROM reading; DELETE FROM passage; DELETE FROM view_state;",
    )
    .expect("these are the tables that a machine fills");
    for (_, sql) in &triggers {
        file.execute_batch(sql).expect("it was there");
    }
}

#[test]
fn two_hundred_decisions_outlive_the_deletion_of_all_machine_output() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("l.aver");
    let mut desk = desk(&path, &texts(50));
    let untouched = export(&desk);
    decide(&mut desk, 200);
    let before = export(&desk);
    assert_ne!(before, untouched, "the decisions change what is published");
    drop(desk);
    delete_machine_output(&path);
    let mut desk = Desk {
        ledger: Ledger::open(&path).expect("it is a ledger"),
        codebook: Cow::Borrowed(Codebook::builtin()),
        at: None,
    };
    assert_eq!(desk.ledger.readings().expect("the ledger is whole"), []);
    let knowledge = rerun(&mut desk);
    let fates = fates(&knowledge.decided);
    assert_eq!((fates.moved, fates.orphaned, fates.otherwise), (0, 0, 0));
    assert_eq!(fates.kept, 200 - 20 + 1);
    for (before, after) in before.iter().zip(export(&desk)) {
        assert_eq!(before.0, after.0);
        assert!(before.1 == after.1, "{} differs after reading again", after.0);
    }
    assert!(desk.ledger.verify().expect("it can be read").is_clean());
}

/// Takes the reading of `text` for that of the stored document, as after a better extraction.
fn read_otherwise(desk: &mut Desk, change: impl FnOnce(&mut Page)) -> Knowledge {
    let filed = desk.ledger.documents().expect("the ledger is whole").remove(0);
    let mut page = desk.ledger.page(&filed.document.sha256).expect("it is on file");
    change(&mut page);
    let reading = aver_read::Reader::new(Codebook::builtin()).read(&page);
    desk.ledger.append_reading(&page, &reading, &filed.fingerprint, "2023-03-20T14:05:00Z").expect("the disk takes it");
    desk.refresh(today()).expect("the ledger is whole")
}

#[test]
fn a_new_extraction_moves_decisions_orphans_those_without_words_and_reports_what_it_reads_otherwise() {
    let folder = tempfile::tempdir().expect("there is room");
    let text = "A car bomb exploded in Mosul on March 5, 2024, killing 12 people and wounding 30 others.".to_owned();
    let mut desk = desk(&folder.path().join("l.aver"), &[text]);
    let reading = desk.ledger.readings().expect("the ledger is whole").remove(0);
    let killed = reading.figures.iter().find(|it| it.measure == "killed").expect("it is read");
    let mut accepted = anchor(&reading, killed.span, "figure");
    assert_eq!(accepted.value.as_deref(), Some("12"));
    accepted.value = Some("11".into());
    desk.ledger.decide(Ruling::Accept { anchor: accepted }, "Ana", WHEN, None).expect("it is complete");
    let knowledge = desk.refresh(today()).expect("the ledger is whole");
    let best = |it: &Knowledge| {
        let estimates = it.events[0].estimates.iter().find(|it| it.measure == "killed" && it.policy == "median/1");
        estimates.and_then(|it| it.best)
    };
    assert_eq!(knowledge.decided[0].machine_now.as_deref(), Some("12"), "the machine reads otherwise, and says so");
    assert_eq!(best(&knowledge), Some(11), "the person's value stands");

    let moved = read_otherwise(&mut desk, |page| page.text.insert_str(0, "By our reporter. "));
    assert_eq!((moved.decided[0].fate, best(&moved)), (Fate::Moved, Some(11)));

    let orphaned = read_otherwise(&mut desk, |page| page.text = page.text.replace("12 people", "14 people"));
    assert_eq!((orphaned.decided[0].fate, best(&orphaned)), (Fate::Orphaned, Some(14)));
    assert_eq!(orphaned.decided[0].lost[0].quote, reading_words(&reading, killed.span));
    assert_eq!(desk.ledger.effective_decisions().expect("the ledger is whole").len(), 1, "it is still there");

    let back = read_otherwise(&mut desk, |page| page.text = page.text.replace("14 people", "12 people"));
    assert_eq!((back.decided[0].fate, best(&back)), (Fate::Moved, Some(11)), "words that come back bring it back");
}

fn reading_words(reading: &Reading, span: Span) -> String {
    Offsets::new(&reading.text).quote(&reading.text, span).to_owned()
}

#[test]
fn undoing_goes_back_as_far_as_one_likes_and_forth_again() {
    let folder = tempfile::tempdir().expect("there is room");
    let mut desk = desk(&folder.path().join("l.aver"), &texts(4));
    let mut states = vec![export(&desk)];
    let readings = desk.ledger.readings().expect("the ledger is whole");
    let mut made = vec![];
    for reading in &readings {
        let anchor = anchor(reading, reading.figures[0].span, "figure");
        let ruling = Ruling::Correct { anchor, to: format!("{}", 100 + made.len()) };
        made.push(desk.ledger.decide(ruling, "Ana", WHEN, None).expect("it is complete").id);
        states.push(export(&desk));
    }
    let mut undos = vec![];
    for (id, state) in made.iter().zip(&states).rev() {
        undos.push(desk.ledger.decide(Ruling::Undo { decision: id.clone() }, "Ana", WHEN, None).expect("it holds").id);
        assert!(export(&desk) == *state, "undoing restores what was before");
    }
    for id in undos {
        desk.ledger.decide(Ruling::Undo { decision: id }, "Ana", WHEN, None).expect("it holds");
    }
    assert!(export(&desk) == states[states.len() - 1], "undoing the undoing brings all of it back");
}
