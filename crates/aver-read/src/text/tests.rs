use super::*;
use aver_model::*;

pub(crate) fn page(text: &str) -> Page {
    Page {
        document: Document {
            id: "d".into(),
            sha256: "0".repeat(64),
            file: "t.txt".into(),
            source: None,
            title: None,
            byline: None,
            language: Some("en".into()),
            published: Published::UNKNOWN,
        },
        text: text.into(),
        dropped: vec![],
        structure: vec![],
        notes: vec![],
    }
}

fn sentences(text: &str) -> Vec<String> {
    let page = page(text);
    let text = Text::new(&page);
    text.sentences.iter().map(|it| text.raw[it.bytes.clone()].to_owned()).collect()
}

fn tokens(text: &str) -> String {
    let page = page(text);
    let text = Text::new(&page);
    text.tokens.iter().map(|it| &text.raw[it.bytes.clone()]).collect::<Vec<_>>().join("|")
}

#[test]
fn a_dot_after_a_title_a_month_or_a_state_ends_no_sentence() {
    assert_eq!(
        sentences("Gen. Abel Moro spoke on Sept. 11 before the U.S. Senate. Nobody asked."),
        ["Gen. Abel Moro spoke on Sept. 11 before the U.S. Senate.", "Nobody asked."]
    );
    assert_eq!(
        sentences("He left the U.S. The army stayed. J. P. Orwen was there."),
        ["He left the U.S.", "The army stayed.", "J. P. Orwen was there."]
    );
}

#[test]
fn a_quotation_keeps_its_closing_mark_and_glued_furniture_is_cut_off() {
    assert_eq!(
        sentences("“We left.” “They stayed,” he said. It ended.Share this"),
        ["“We left.”", "“They stayed,” he said.", "It ended.", "Share this"]
    );
}

#[test]
fn names_numbers_and_possessives_are_tokens() {
    assert_eq!(
        tokens("Al-Qaida's U.S. wing didn't pay $1,500 in Dera-e-Noor (2021-22)."),
        "Al-Qaida|'s|U.S.|wing|did|n't|pay|$|1,500|in|Dera-e-Noor|(|2021|-|22|)|."
    );
    assert_eq!(tokens("the Taliban‘s governor, Gen. Moro"), "the|Taliban|‘s|governor|,|Gen.|Moro");
}

#[test]
fn words_inside_double_marks_are_quoted() {
    let page = page("“We left,” she said. “We will not\n“come back.”");
    let text = Text::new(&page);
    let quoted: Vec<_> = text.quotations.iter().map(|it| (text.words(it.tokens.clone()), it.open)).collect();
    assert_eq!(quoted, [("We left,", false), ("We will not", true), ("come back.", false)]);
    assert!(text.tokens.iter().filter(|it| it.lower == "said").all(|it| !it.quoted));
}

#[test]
fn furniture_gives_no_tokens_and_empty_text_no_sentences() {
    let mut menu = page("Home Menu\nA bomb went off.");
    menu.dropped = vec![Dropped { span: Span::new(0, 9), kind: "navigation".into() }];
    assert_eq!(Text::new(&menu).words(0..5), "A bomb went off.");
    assert!(Text::new(&page("")).sentences.is_empty());
    assert!(Text::new(&page(" \n\n")).sentences.is_empty());
}
