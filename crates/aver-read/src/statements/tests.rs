use crate::read;
use aver_codebook::Codebook;
use aver_model::{Document, Page, Published, Reading};

fn reading(text: &str) -> Reading {
    let document = Document { id: String::new(), sha256: String::new(), file: String::new(), source: None, title: None, byline: None, language: None, published: Published::UNKNOWN };
    read(&Page { document, text: text.to_owned(), dropped: vec![], structure: vec![], notes: vec![] }, Codebook::builtin())
}

/// Returns one line a statement: speaker, stance, content.
fn lines(text: &str) -> Vec<String> {
    let reading = reading(text);
    let offsets = aver_model::Offsets::new(&reading.text);
    let content = |it: &aver_model::Statement| {
        let pieces = if it.content.spans.is_empty() { vec![it.content.span] } else { it.content.spans.clone() };
        pieces.iter().map(|it| offsets.quote(&reading.text, *it)).collect::<Vec<_>>().join(" … ")
    };
    reading.statements.iter().map(|it| format!("{} {}: {}", it.speaker.name, it.stance, content(it))).collect()
}

#[test]
fn a_deal_that_requires_is_the_speaker() {
    assert_eq!(
        lines("The 2020 Zubr deal that ended the long foreign presence in Ostania requires the guild to stop raids."),
        ["The 2020 Zubr deal that ended the long foreign presence in Ostania urges: the guild to stop raids"]
    );
}

#[test]
fn a_quotation_may_follow_going_on_to_say() {
    assert_eq!(
        lines("The spokesperson for the Zubr guild went on to say, “Most leaders of the mill agree with the views of the miller.”"),
        ["The spokesperson for the Zubr guild asserts: Most leaders of the mill agree with the views of the miller."]
    );
}

#[test]
fn the_main_clause_behind_while_is_not_the_speakers() {
    assert_eq!(lines("While the guild claims it has won, its rivals hold the town.")[0], "the guild asserts: it has won");
}
