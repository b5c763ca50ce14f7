//! The bodies of the fuzz targets: bytes in, a panic when a promise is broken.
//!
//! Each function takes any bytes and checks what must hold for them. The
//! targets in `fuzz_targets/` call them under libFuzzer; the project's test
//! `fuzz_replay` calls them over the corpus and small changes of it, so that
//! the promises are kept without a nightly compiler, too.
//!
//! This file knows no test framework and reads no files.

use aver_codebook::Codebook;
use aver_ingest::{Hints, ingest};
use aver_model::{Page, Reading, Span};
use aver_read::Reader;
use std::sync::LazyLock;

/// Any bytes become a page whose spans lie inside its text, or an answer with an id and a hint.
pub fn any_bytes_become_a_page(bytes: &[u8]) {
    for file in ["a.txt", "a.html"] {
        match ingest(bytes, file, &Hints::default()) {
            Ok(page) => check_page(&page),
            Err(fault) => {
                assert!(!fault.id().is_empty() && !fault.hint().is_empty(), "{fault}");
                assert_eq!(fault.file(), file);
            }
        }
    }
}

/// Any text is read; every span is inside the text and no interval or range is turned around.
pub fn any_text_is_read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let published = Hints::published("2024-07-01").ok();
    let hints = Hints { published, source: Some("Harbor Courier".to_owned()), ..Hints::default() };
    if let Ok(page) = ingest(text.as_bytes(), "a.txt", &hints) {
        static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(Codebook::builtin()));
        check_reading(&READER.read(&page));
    }
}

/// Any codebook files load, or every fault names its file.
///
/// The bytes are a folder: a line `=== PATH` begins a file.
pub fn any_files_are_a_codebook_or_faults(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut files: Vec<(String, String)> = vec![];
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("=== "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some(file)) => file.1.push_str(line),
            (None, None) => files.push(("events/first.md".to_owned(), line.to_owned())),
        }
    }
    if let Err(fault) = Codebook::from_files(files.into_iter()) {
        assert!(!fault.to_string().is_empty());
    }
}

/// Any `NAME.meta.json` gives hints or an answer; an interval is never turned around.
pub fn any_meta_is_read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for hints in [
        Hints::from_meta_json(&text).ok(),
        Hints::published(&text).ok().map(|it| Hints { published: Some(it), ..Hints::default() }),
    ] {
        let published = hints.and_then(|it| it.published);
        if let Some((Some(start), Some(end))) = published.map(|it| (it.start, it.end)) {
            assert!(start <= end, "{start} … {end}");
        }
    }
}

fn check_page(page: &Page) {
    let length = page.text.chars().count();
    page.dropped.iter().for_each(|it| inside(it.span, length));
}

fn inside(span: Span, length: usize) {
    assert!(span.start < span.end && span.end <= length, "{span:?} in a text of {length}");
}

fn check_reading(it: &Reading) {
    let length = it.text.chars().count();
    let mut spans: Vec<Span> = vec![];
    spans.extend(it.dropped.iter().map(|it| it.span));
    spans.extend(it.actors.iter().flat_map(|it| &it.mentions));
    spans.extend(it.places.iter().flat_map(|it| &it.mentions));
    spans.extend(it.times.iter().map(|it| it.span));
    spans.extend(it.events.iter().flat_map(|it| it.mentions.iter().chain([&it.span])));
    spans.extend(it.figures.iter().map(|it| it.span));
    spans.extend(it.statements.iter().flat_map(|it| [it.span, it.content.span]));
    spans.extend(it.relations.iter().map(|it| it.span));
    spans.extend(it.forecasts.iter().map(|it| it.span));
    spans.extend(it.tallies.iter().map(|it| it.span));
    spans.into_iter().for_each(|it| inside(it, length));
    for time in &it.times {
        if let (Some(start), Some(end)) = (time.start, time.end) {
            assert!(start <= end, "{time:?}");
        }
    }
    for figure in &it.figures {
        if let (Some(low), Some(high)) = (figure.low, figure.high) {
            assert!(low <= high, "{figure:?}");
        }
    }
}
