//! The annotated passages in `tests/gold` quote their texts to the letter.

use aver_model::{Offsets, Span};
use aver_score::Gold;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn annotations() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/gold");
    let mut files: Vec<PathBuf> = ["dev", "held-out"]
        .iter()
        .flat_map(|it| std::fs::read_dir(root.join(it)).expect("the folder of passages"))
        .map(|it| it.expect("a file").path())
        .filter(|it| it.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    files
}

/// Collects every object with words and a span that differ from the text.
fn misquotes(value: &Value, text: &str, offsets: &Offsets, found: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|it| misquotes(it, text, offsets, found)),
        Value::Object(fields) => {
            let words = fields.get("quote").or_else(|| fields.get("text")).and_then(Value::as_str);
            if let (Some(words), Some(span)) = (words, fields.get("span")) {
                let span: Span = serde_json::from_value(span.clone()).expect("a span");
                if offsets.quote(text, span) != words {
                    found.push(format!("{words:?} is not at {span:?}"));
                }
            }
            fields.values().for_each(|it| misquotes(it, text, offsets, found));
        }
        _ => {}
    }
}

#[test]
fn every_quote_is_the_text_at_its_span() {
    let files = annotations();
    assert!(files.len() >= 24, "{files:?}");
    for file in files {
        let json = std::fs::read_to_string(&file).expect("an annotation");
        let gold = Gold::parse(&json).unwrap_or_else(|it| panic!("{it}\n  --> {}", file.display()));
        let text = std::fs::read_to_string(file.with_file_name(&gold.meta.doc)).expect("its text");
        let mut found = vec![];
        misquotes(&serde_json::from_str(&json).expect("JSON"), &text, &Offsets::new(&text), &mut found);
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

#[test]
fn figures_are_about_annotated_events_or_actors() {
    for file in annotations() {
        let json = std::fs::read_to_string(&file).expect("an annotation");
        let gold = Gold::parse(&json).expect("a gold file");
        for figure in &gold.figures {
            for about in &figure.about {
                assert!(
                    gold.events.iter().any(|it| it.id == *about),
                    "{}: {about} of {}",
                    file.display(),
                    figure.quote
                );
            }
        }
    }
}
