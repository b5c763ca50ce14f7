//! Who counts as an independent speaker, and who is heard twice.

use super::build::*;
use crate::Reprints;
use aver_model::*;

/// An attack that an outlet tells in its own voice.
fn own(name: &str, source: &str) -> Doc {
    Doc::new(name, source, Some("2022-05-04"), "Gunmen raided a post in Sorvan, killing 4 people.")
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .event("Gunmen raided a post", "armed_assault", "2022-05-03", "Sorvan", "post")
        .exact("4 people", "killed", 4, OUTLET)
}

/// The same, told by somebody whom the outlet quotes.
fn quoting(name: &str, source: &str, speaker: (&str, &str, Option<&str>)) -> Doc {
    let text = format!("Gunmen raided a post in Sorvan, killing 4 people, {} said.", speaker.0);
    Doc::new(name, source, Some("2022-05-04"), &text)
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .actor("a1", speaker.0, speaker.1, speaker.2, speaker.0)
        .event("Gunmen raided a post", "armed_assault", "2022-05-03", "Sorvan", "post")
        .with(|it| it.speaker = "a1".into())
        .exact("4 people", "killed", 4, "a1")
        .says("Gunmen raided a post in Sorvan, killing 4 people", "a1", Stance::Reports, &["e1", "f1"])
}

fn independent(docs: &[&Doc]) -> usize {
    let events = ledger(docs, &[]);
    assert_eq!(events.len(), 1, "{events:#?}");
    events[0].independent_speakers
}

fn with_document(mut doc: Doc, change: impl FnOnce(&mut Document)) -> Doc {
    change(&mut doc.0.document);
    doc
}

fn with_end(mut doc: Doc, words: &str) -> Doc {
    doc.0.text.push_str(words);
    doc
}

#[test]
fn two_outlets_in_their_own_voice_are_two() {
    assert_eq!(independent(&[&own("a", "Valley Post"), &own("b", "Lake Radio")]), 2);
    assert_eq!(independent(&[&own("a", "Valley Post"), &own("b", "The Valley Post".trim_start_matches("The "))]), 1);
}

#[test]
fn a_speaker_quoted_by_two_outlets_is_one() {
    let police = ("Sorvan Police", "state_force", Some("gov-police"));
    assert_eq!(independent(&[&quoting("a", "Valley Post", police), &quoting("b", "Lake Radio", police)]), 1);
    let mayor = ("the mayor of Sorvan", "person", None);
    assert_eq!(independent(&[&quoting("a", "Valley Post", mayor), &quoting("b", "Lake Radio", mayor)]), 1);
    assert_eq!(independent(&[&quoting("a", "Valley Post", police), &quoting("b", "Lake Radio", mayor)]), 2);
}

#[test]
fn an_outlet_quoted_by_another_is_the_outlet() {
    let reuters = ("Reuters", "media", Some("reuters"));
    assert_eq!(independent(&[&own("a", "Reuters"), &quoting("b", "Lake Radio", reuters)]), 1);
    let post = ("Valley Post", "media", None);
    assert_eq!(independent(&[&own("a", "Valley Post"), &quoting("b", "Lake Radio", post)]), 1);
    assert_eq!(independent(&[&own("a", "Hill Daily"), &quoting("b", "Lake Radio", post)]), 2);
}

#[test]
fn an_agencys_story_on_three_sites_is_one() {
    let byline = with_document(own("a", "Valley Post"), |it| it.byline = Some("A. Writer, Associated Press".into()));
    let dateline = with_document(own("b", "Lake Radio"), |_| ());
    let mut dateline = dateline;
    dateline.0.text = format!("SORVAN (AP) — {}", dateline.0.text);
    for span in dateline.0.events.iter_mut().flat_map(|it| it.mentions.iter_mut().chain([&mut it.span])) {
        *span = Span::new(span.start + 14, span.end + 14);
    }
    let agency = own("c", "The Associated Press");
    assert_eq!(independent(&[&byline, &dateline, &agency]), 1);
    let theirs = with_end(own("d", "Hill Daily"), "\n© 2022 Valley Post. All rights reserved.");
    assert_eq!(independent(&[&own("a", "Valley Post"), &theirs]), 1);
}

#[test]
fn words_that_only_look_like_a_credit_credit_nobody() {
    let initials = with_document(own("a", "Valley Post"), |it| it.byline = Some("A.P. Keller".into()));
    let about = with_end(own("b", "Lake Radio"), " Its text (AP) was read out.");
    let right = with_end(own("c", "Hill Daily"), "\n(c) 2022 by the author");
    assert_eq!(independent(&[&initials, &about, &right, &own("d", "AP")]), 4);
}

#[test]
fn somebody_unnamed_in_a_reprint_is_one() {
    let unnamed = |name: &str, source: &str| {
        own(name, source).with(|it| it.speaker = UNSPECIFIED.into()).exact("4 people", "killed", 4, UNSPECIFIED)
    };
    let (mut a, mut b) = (unnamed("a", "Valley Post"), unnamed("b", "Lake Radio"));
    for doc in [&mut a, &mut b] {
        doc.0.figures.remove(0);
    }
    let count = |reprints: &Reprints| ledger_with(&[&a, &b], reprints, &[])[0].independent_speakers;
    assert_eq!(count(&Reprints::none()), 2);
    assert_eq!(count(&Reprints::new([vec!["sha-a".to_string(), "sha-b".to_string()]])), 1);
}
