use crate::read;
use aver_codebook::Codebook;
use aver_model::{Document, Page, Published, Reading};

fn reading(text: &str) -> Reading {
    let document = Document {
        id: String::new(),
        sha256: String::new(),
        file: String::new(),
        source: None,
        title: None,
        byline: None,
        language: None,
        published: Published::UNKNOWN,
    };
    read(
        &Page { document, text: text.to_owned(), dropped: vec![], structure: vec![], notes: vec![] },
        Codebook::builtin(),
    )
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
        lines(
            "The spokesperson for the Zubr guild went on to say, “Most leaders of the mill agree with the views of the miller.”"
        ),
        ["The spokesperson for the Zubr guild asserts: Most leaders of the mill agree with the views of the miller."]
    );
}

#[test]
fn the_main_clause_behind_while_is_not_the_speakers() {
    assert_eq!(
        lines("While the guild claims it has won, its rivals hold the town.")[0],
        "the guild asserts: it has won"
    );
}

#[test]
fn speakers_stand_before_behind_and_amid_their_words() {
    assert_eq!(
        lines("The bridge at Sorvan was destroyed on Monday, the provincial governor said.")[0],
        "the provincial governor reports: The bridge at Sorvan was destroyed on Monday"
    );
    assert_eq!(
        lines("“They left at dawn,” said Mira Doe, a teacher in Sorvan.")[0],
        "Mira Doe, a teacher in Sorvan reports: They left at dawn,"
    );
    assert_eq!(
        lines("According to the Sorvan hospital, eleven people were brought in.")[0],
        "the Sorvan hospital reports: eleven people were brought in"
    );
    assert_eq!(lines("The convoy left the base at dawn, according to plan."), [""; 0]);
}

#[test]
fn a_quotation_that_goes_on_keeps_its_speaker() {
    assert_eq!(
        lines("“We saw smoke,” Mira Doe said on Friday. “Nobody came to help.”"),
        ["Mira Doe reports: We saw smoke,", "Mira Doe reports: Nobody came to help."]
    );
}

#[test]
fn a_claim_of_responsibility_is_told_from_a_toll() {
    assert_eq!(
        lines("Islamic State claimed responsibility for the bombing in Derin.")[0],
        "Islamic State claims_responsibility: the bombing in Derin"
    );
    assert_eq!(lines("The blast claimed 49 lives."), [""; 0]);
    assert_eq!(lines("The attack was claimed by Islamic State.")[0], "Islamic State claims_responsibility: The attack");
}

#[test]
fn one_sentence_may_hold_two_voices() {
    assert_eq!(
        lines(
            "The Taliban have not yet confirmed the death in Derin but have accused Ruritania of violating the border."
        ),
        [
            "The Taliban withholds_confirmation: the death in Derin",
            "The Taliban accuses: Ruritania of violating the border"
        ]
    );
    assert_eq!(
        lines("Turkey announced that two soldiers were wounded, while Kenya denied the report."),
        ["Turkey reports: two soldiers were wounded", "Kenya denies: the report"]
    );
}

#[test]
fn a_chain_runs_from_the_outlet_inward() {
    let reading = reading("The Valley Post reported that the ministry said the bridge was hit.");
    let chains: Vec<_> = reading.statements.iter().map(|it| it.chain.join(" > ")).collect();
    assert_eq!(chains, ["outlet > The Valley Post", "outlet > The Valley Post > the ministry"]);
}

#[test]
fn nobody_speaks_in_an_impersonal_passive() {
    assert_eq!(
        lines("It is believed that the convoy was attacked by bandits.")[0],
        "unspecified asserts: the convoy was attacked by bandits"
    );
    assert_eq!(lines("The guild is accused of shelling the town.")[0], "unspecified accuses: shelling the town");
}

#[test]
fn odd_text_makes_no_panic() {
    for text in [
        "",
        "said",
        "“",
        "” said",
        "said that",
        ", according to",
        "“” said X",
        "According to",
        ": “",
        "he said he said he said",
    ] {
        reading(text);
    }
}

#[test]
fn negated_ties_presence_or_existence_are_denials() {
    let stance = |text: &str| lines(text)[0].split(": ").next().unwrap_or_default().to_owned();
    assert_eq!(stance("Velmar said it had no ties to the guild."), "Velmar denies");
    assert_eq!(stance("The guild said it was not responsible for the deaths."), "The guild denies");
    assert_eq!(stance("The guild has maintained that the mill is not active in the country."), "The guild denies");
    assert_eq!(stance("Velmar insisted there were no camps on its soil."), "Velmar denies");
    // A plain negation reports.
    assert_eq!(stance("Police said there were no injuries."), "Police reports");
    assert_eq!(stance("Officials said the road was not open."), "Officials reports");
}

#[test]
fn a_man_shown_in_a_confession_admits() {
    let told = lines(
        "Police released a confession of an alleged guild member who says he set the fire. “I set it,” says the man in the video. The man also claims he was paid.",
    );
    assert!(told.iter().any(|it| it.ends_with("admits: I set it,")), "{told:?}");
    assert!(told.iter().any(|it| it.ends_with("admits: he was paid")), "{told:?}");
}

#[test]
fn a_pronoun_makes_no_actor() {
    let reading = reading("We say the road is closed. Those said the mill burned. Some said it stood.");
    assert!(reading.actors.is_empty(), "{:?}", reading.actors);
}

#[test]
fn who_cites_somebody_passes_their_words_on() {
    let chain = |text: &str| reading(text).statements[0].chain.clone();
    assert_eq!(
        chain("The Mill Courier, citing officials, reported that the bridge fell."),
        ["outlet", "The Mill Courier", "officials"]
    );
    assert_eq!(chain("The Mill Courier, citing a lack of funds, said it would close.").len(), 2);
}

#[test]
fn they_in_one_persons_quotation_are_others() {
    assert_eq!(
        lines("“They will strike the coast by August,” Ann Doe said."),
        ["Ann Doe forecasts: They will strike the coast by August,"]
    );
    assert!(lines("We must keep pushing for a return to talks.").is_empty());
}

#[test]
fn they_are_the_people_the_sentence_before_is_about() {
    let told = reading("The guild grew. Opposition members were not convinced. They said the road was closed.");
    assert_eq!(
        told.statements[0]
            .speaker
            .actor
            .as_deref()
            .and_then(|id| told.actors.iter().find(|it| it.id == id))
            .map(|it| it.name.as_str()),
        Some("Opposition members")
    );
}
