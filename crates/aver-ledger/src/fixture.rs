//! Small documents, readings and folders for the tests of the ledger.
//!
//! Shared by the unit tests and `tests/kill.rs`, so it uses only what the crate
//! root of either gives: `sha256`. The towns and groups are invented.
#![allow(dead_code, missing_docs)]

use super::sha256;
use aver_model::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// When the documents of these tests are stored.
pub const ENTERED: &str = "2023-03-20T14:05:00Z";

/// A folder that is gone when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("aver-ledger-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A plain-text page; its bytes are its text.
pub fn page(file: &str, text: &str) -> Page {
    let sha256 = sha256(text.as_bytes());
    let document = Document {
        id: sha256[..12].to_string(),
        sha256,
        file: file.to_string(),
        source: Some("Velmar Post".into()),
        title: text.lines().next().map(str::to_string),
        byline: None,
        language: Some("en".into()),
        published: Published::UNKNOWN,
    };
    Page { document, text: text.to_string(), dropped: vec![], structure: vec![], notes: vec![] }
}

/// A reading in which every "bombing" is an event mention, every "killed" a figure
/// and every line with "said" a statement.
pub fn reading(page: &Page) -> Reading {
    let offsets = Offsets::new(&page.text);
    let find = |word: &str| -> Vec<Span> {
        page.text.match_indices(word).map(|(at, it)| offsets.span(&page.text, at..at + it.len())).collect()
    };
    let statements = page.text.match_indices('\n').map(|(at, _)| at).chain([page.text.len()]).scan(0, |from, at| {
        let line = *from..at;
        *from = at + 1;
        Some(line)
    });
    let statements =
        statements.filter(|it| page.text[it.clone()].contains("said")).map(|it| offsets.span(&page.text, it));
    Reading {
        format: FORMAT.into(),
        reader: Reader { version: "0.1.0".into(), codebook: "sha256:00".into(), model: None },
        document: page.document.clone(),
        text: page.text.clone(),
        dropped: vec![],
        actors: vec![],
        places: vec![],
        times: vec![],
        events: find("bombing").into_iter().enumerate().map(|(n, span)| event(n + 1, span)).collect(),
        figures: find("killed").into_iter().enumerate().map(|(n, span)| figure(n + 1, span)).collect(),
        statements: statements.enumerate().map(|(n, span)| statement(n + 1, span)).collect(),
        relations: vec![],
        forecasts: vec![],
        tallies: vec![],
        notes: vec![],
    }
}

/// The anchor of the first event of a reading.
pub fn anchor(reading: &Reading) -> Anchor {
    let span = reading.events[0].span;
    let quote = Offsets::new(&reading.text).quote(&reading.text, span).to_string();
    Anchor {
        document: reading.document.sha256.clone(),
        quote,
        span,
        field: "event".into(),
        value: None,
        definition: None,
    }
}

fn event(number: usize, span: Span) -> Event {
    Event {
        id: format!("e{number}"),
        span,
        mentions: vec![span],
        kind: "bombing".into(),
        acled: None,
        modality: Modality::Asserted,
        background: false,
        generic: false,
        aggregate: false,
        time: None,
        place: None,
        perpetrators: vec![],
        targets: vec![],
        weapon: None,
        speaker: OUTLET.into(),
    }
}

fn figure(number: usize, span: Span) -> Figure {
    Figure {
        id: format!("f{number}"),
        span,
        measure: "killed".into(),
        op: FigureOp::Exact,
        low: Some(3),
        high: Some(3),
        unit: "persons".into(),
        group: None,
        part_of: None,
        about: vec![],
        speaker: OUTLET.into(),
        statement: None,
    }
}

fn statement(number: usize, span: Span) -> Statement {
    Statement {
        id: format!("s{number}"),
        span,
        speaker: Speaker { actor: None, name: "police".into(), span: None, anonymous: true },
        chain: vec!["Velmar Post".into(), "police".into()],
        cue: None,
        content: Content { span, spans: vec![] },
        stance: Stance::Reports,
        kind: ContentKind::Event,
        directness: Directness::Indirect,
        distancing: false,
        self_report: false,
        said: Said { start: None, end: None },
        about: vec![],
    }
}

/// An event of the ledger with one account and one estimate.
pub fn ledger_event(id: &str, title: &str, reading: &Reading) -> LedgerEvent {
    let document = reading.document.sha256.clone();
    let evidence = Evidence {
        document: document.clone(),
        file: reading.document.file.clone(),
        span: Span::new(0, 3),
        quote: "abc".into(),
    };
    let account = Account {
        id: format!("{id}-account"),
        document: document.clone(),
        file: reading.document.file.clone(),
        source: reading.document.source.clone(),
        speaker: "Velmar Post".into(),
        codebook: None,
        voice: "own voice".into(),
        party: false,
        chain: vec!["Velmar Post".into()],
        stances: vec![Stance::Reports],
        time: None,
        time_evidence: None,
        place: None,
        figures: vec![],
        perpetrators: vec![],
        evidence: vec![evidence],
        reprints: vec![],
    };
    let estimate = Estimate {
        measure: "killed".into(),
        policy: "range-all/1".into(),
        low: Some(1),
        best: None,
        high: Some(u64::MAX),
        at_least: false,
        indeterminate: true,
        why: "two accounts".into(),
        weighed: vec![],
    };
    LedgerEvent {
        id: id.into(),
        title: title.into(),
        kind: "bombing".into(),
        types: vec!["bombing".into()],
        acled: None,
        time: None,
        place: None,
        lat: Some(0.1 + 0.2),
        lon: Some(69.207_483_123_456_78),
        mentions: vec![MentionRef { document, file: reading.document.file.clone(), event: "e1".into() }],
        accounts: vec![account],
        estimates: vec![estimate],
        disputed: vec!["killed".into()],
        aggregate: false,
        generic: false,
        background: false,
        independent_speakers: 1,
        review: "draft".into(),
    }
}
