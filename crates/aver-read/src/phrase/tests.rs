use super::*;
use aver_model::{Document, Page, Published};

fn page(text: &str) -> Page {
    Page {
        document: Document {
            id: String::new(),
            sha256: String::new(),
            file: String::new(),
            source: None,
            title: None,
            byline: None,
            language: None,
            published: Published::UNKNOWN,
        },
        text: text.to_owned(),
        dropped: vec![],
        structure: vec![],
        notes: vec![],
    }
}

fn subject(sentence: &str, verb: &str) -> String {
    let page = page(sentence);
    let text = Text::new(&page);
    let at = text.tokens.iter().position(|it| it.lower == verb).expect("the sentence holds the verb");
    let floor = text.sentence_of(at).tokens.start;
    text.words(subject_left(&text, at, floor)).to_owned()
}

#[test]
fn a_subject_takes_its_title_apposition_and_attachments() {
    assert_eq!(
        subject("Speaking at a fair, Ann Doe, former head of the Zubr mill, said it rained.", "said"),
        "Ann Doe, former head of the Zubr mill"
    );
    assert_eq!(
        subject("A spokesman for the Directorate of Mills, the new name of the guild, told reporters so.", "told"),
        "A spokesman for the Directorate of Mills, the new name of the guild"
    );
    assert_eq!(subject("On Monday, Zubria's interior minister said so.", "said"), "Zubria's interior minister");
    assert_eq!(
        subject("Ruritania and the former Zubrian government announced a truce.", "announced"),
        "Ruritania and the former Zubrian government"
    );
    assert_eq!(subject("Doe, who is based in Zubr, said so.", "said"), "Doe, who is based in Zubr");
    assert_eq!(subject("While the guild claim they won, nobody saw it.", "claim"), "the guild");
    assert_eq!(subject("A bomb killed four people, police said.", "said"), "police");
}

#[test]
fn verbs_have_their_forms() {
    assert_eq!(verb_forms("deny"), ["deny", "denies", "denied", "denying"]);
    assert_eq!(verb_forms("say"), ["say", "says", "said", "saying"]);
    assert_eq!(verb_forms("admit"), ["admit", "admits", "admitted", "admitting"]);
}

#[test]
fn the_longest_phrase_wins() {
    let page = page("They took responsibility for it.");
    let text = Text::new(&page);
    let mut phrases = Phrases::default();
    phrases.add("took", 1);
    phrases.add("took responsibility for", 2);
    assert_eq!(phrases.at(&text, 1), Some((3, &2)));
    assert_eq!(phrases.at(&text, 0), None);
}
