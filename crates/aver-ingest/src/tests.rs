use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Page {
    ingest(text.as_bytes(), "a.txt", &Hints::default()).expect("is text")
}

fn quotes(page: &Page, spans: impl Iterator<Item = (Span, String)>) -> Vec<(String, String)> {
    let offsets = Offsets::new(&page.text);
    spans.map(|(span, kind)| (kind, offsets.quote(&page.text, span).to_owned())).collect()
}

fn dropped(text: &str) -> Vec<(String, String)> {
    let page = read(text);
    quotes(&page, page.dropped.iter().map(|it| (it.span, it.kind.clone())))
}

fn structure(text: &str) -> Vec<(String, String)> {
    let page = read(text);
    quotes(&page, page.structure.iter().map(|it| (it.span, it.kind.clone())))
}

fn pair(kind: &str, quote: &str) -> (String, String) {
    (kind.to_owned(), quote.to_owned())
}

const BODY: &str = "Gunmen attacked a convoy near the town of Arbala on Monday, officials said.\n\n\
    The governor confirmed that at least twelve people had died in the attack.\n";

#[test]
fn furniture_is_named_and_kept_in_the_text() {
    let text = format!(
        "Accessibility links\n\nWorld\n\nGunmen Attack Convoy in Norland\n\nBy: Ana Bel\n\n{BODY}\n- Advertisement -\n\nThe road is closed, the governor said in a statement.\n\n\
         Previous articleUnited wins the cup\nNext articleRain expected\n\nPlease enter your comment!\n(c) 2022, Norland News\n\nTag Cloud\nbottom of page"
    );
    assert_eq!(
        dropped(&text),
        [
            pair("navigation", "Accessibility links"),
            pair("navigation", "World"),
            pair("byline", "By: Ana Bel"),
            pair("advertisement", "- Advertisement -"),
            pair("navigation", "Previous articleUnited wins the cup"),
            pair("navigation", "Next articleRain expected"),
            pair("form", "Please enter your comment!"),
            pair("copyright", "(c) 2022, Norland News"),
            pair("navigation", "Tag Cloud"),
            pair("navigation", "bottom of page"),
        ]
    );
    let page = read(&text);
    assert_eq!(page.text, text);
    assert_eq!(page.document.title.as_deref(), Some("Gunmen Attack Convoy in Norland"));
    assert_eq!(page.document.byline.as_deref(), Some("Ana Bel"));
    assert_eq!(page.document.source.as_deref(), Some("Norland News"));
    // The year stands nowhere else in the text: it may be the year of capture.
    assert_eq!(page.document.published, Published::UNKNOWN);
}

#[test]
fn titles_captions_and_headings_are_told_apart() {
    let caption = "A guard stands at a gate in Arbala, Norland, Sept. 11, 2021.";
    let text = format!(
        "Toll Rises in Norland\n\n{caption}\n{caption}\n\n{BODY}\nTalks or no talks?\n\nThe envoy refused to say whether talks would be held.\n\nToll rises in Norland\n\nHe left on Friday, the ministry said in a statement.\n"
    );
    assert_eq!(
        structure(&text),
        [
            pair("title", "Toll Rises in Norland"),
            pair("caption", caption),
            pair("caption", caption),
            pair("heading", "Talks or no talks?")
        ]
    );
    assert_eq!(dropped(&text), [pair("duplicate_caption", caption), pair("duplicate_title", "Toll rises in Norland")]);
}

#[test]
fn a_first_paragraph_is_no_title_and_wrapped_lines_are_no_headings() {
    assert_eq!(structure(BODY), []);
    let wrapped = "The army of Norland said on Monday that its forces had taken\nthe town of Arbala after two days of fighting, in which\nat least 20 soldiers and an unknown number of rebels were\nkilled.  It gave no names.\n";
    assert_eq!((structure(wrapped), dropped(wrapped)), (vec![], vec![]));
    assert_eq!(structure("Five dead in Arbala blast"), []);
}

#[test]
fn links_and_credits_glued_to_a_paragraph_are_cut_off() {
    let text = format!("{BODY}\nRemoval of sanctions is not planned in the near future.Accessibility links\n");
    assert_eq!(dropped(&text), [pair("navigation", "Accessibility links")]);
    let text = format!("Toll Rises in Norland\n\nPolice at the site of the blast [Ana Bel/Reuters]\n\n{BODY}");
    assert_eq!(structure(&text)[1], pair("caption", "Police at the site of the blast [Ana Bel/Reuters]"));
}

#[test]
fn sentences_that_open_like_furniture_stay() {
    for line in [
        "Share prices fell after the attack on the port, traders said.",
        "Search teams found the bodies of four miners on Tuesday.",
        "Copyright law does not apply to official maps, the court ruled.",
        "By Monday evening the rebels had taken the airport.",
        "Subscribers to the army's channel were told of the withdrawal at noon.",
        "Live fire was used against protesters, residents said.",
        "Print shops in the capital were searched by the police on Sunday.",
    ] {
        assert_eq!(dropped(&format!("{BODY}\n{line}\n")), [], "{line}");
    }
}

#[test]
fn publication_is_found_only_where_it_is_stated() {
    let published = |text: &str| read(text).document.published;
    let day = |text: &str| Some(text.parse::<aver_model::Day>().unwrap());
    assert_eq!(
        published(&format!("Toll Rises in Norland\nPublished on March 19, 2023 at 10:15\n\n{BODY}")).start,
        day("2023-03-19")
    );
    assert_eq!(published(&format!("Toll Rises in Norland\n\n19 March 2023\n\n{BODY}")).end, day("2023-03-19"));
    assert_eq!(published(&format!("ARBALA, Norland, Oct. 6, 2022 (Reuters) - {BODY}")).start, day("2022-10-06"));
    assert_eq!(published(&format!("ARBALA, Oct. 6 (Reuters) - {BODY}")), Published::UNKNOWN);
    assert_eq!(published(&format!("{BODY}\nHe was held in March 2023.")), Published::UNKNOWN);
    let year = published(&format!(
        "{BODY}\nIt was taken on April 21, 2022, residents of the town said.\n\n(c) 2022, Norland News\n"
    ));
    assert_eq!((year.start, year.end, year.basis), (day("2022-01-01"), day("2022-12-31"), PublishedBasis::Text));
    assert_eq!(read(&format!("ARBALA, Oct. 6 (Reuters) - {BODY}")).document.source.as_deref(), Some("Reuters"));
}

#[test]
fn an_outlet_that_speakers_talk_to_is_only_suggested() {
    let page =
        read(&format!("{BODY}\n“We saw them,” a guard told VNO.\n\nThe mayor told VNO that he knew nothing of it.\n"));
    assert_eq!(page.document.source, None);
    assert!(page.notes.iter().any(|it| it.id == "source-suggested" && it.message.contains("VNO")));
}

#[test]
fn hints_win_and_are_checked() {
    let hints = Hints::from_meta_json(r#"{"published": "2022-12-13..2022-12-17", "source": "Norland News", "title": "T", "byline": null, "more": [1]}"#).unwrap();
    let page = ingest(BODY.as_bytes(), "x/a.txt", &hints).unwrap();
    assert_eq!(page.document.file, "a.txt");
    assert_eq!((page.document.source.as_deref(), page.document.title.as_deref()), (Some("Norland News"), Some("T")));
    assert_eq!(page.document.published.basis, PublishedBasis::Given);
    assert_eq!(page.document.published.end, "2022-12-17".parse().ok());
    let pair = Hints::from_meta_json(r#"{"published": {"start": "2022-12-13", "end": "2022-12-17"}}"#).unwrap();
    assert_eq!(pair.published, hints.published);
    for (text, part) in [
        ("{", "not JSON"),
        ("[]", "a list"),
        (r#"{"source": 3}"#, "`source` is 3"),
        (r#"{"published": "soon"}"#, "`soon` is no day"),
        (r#"{"published": "2022-12-17..2022-12-13"}"#, "before it starts"),
    ] {
        let error = Hints::from_meta_json(text).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_kind() {
    let refuse = |bytes: &[u8]| ingest(bytes, "page.html", &Hints::default()).unwrap_err();
    assert_eq!(refuse(b"").id(), "file-empty");
    assert_eq!(refuse(b" \n\t\n").id(), "file-empty");
    assert_eq!(refuse("\u{feff}\n".as_bytes()).id(), "file-empty");
    assert_eq!(refuse(b"\x89PNG\r\n\x1a\n\0\0\0").to_string(), "`page.html` is not text: its bytes are a PNG image");
    assert_eq!(refuse(b"abc\0\0\x01\x02").id(), "file-not-text");
    assert_eq!(refuse(b"<?xml version='1.0'?><rss><channel/></rss>").id(), "file-not-an-article");
    assert_eq!(refuse(br#"{"a": 1}"#).id(), "file-not-an-article");
}

#[test]
fn charsets_are_told_and_doubts_noted() {
    let wide = |units: Vec<[u8; 2]>| units.concat();
    let text = "Die Männer flohen über die Grenze, “sagte” ein Zeuge der Polizei am Montag.";
    let ids = |page: &Page| page.notes.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    for mark in ["", "\u{feff}"] {
        let le = wide(format!("{mark}{text}").encode_utf16().map(u16::to_le_bytes).collect());
        let be = wide(format!("{mark}{text}").encode_utf16().map(u16::to_be_bytes).collect());
        assert_eq!(ingest(&le, "a", &Hints::default()).unwrap().text, text);
        assert_eq!(ingest(&be, "a", &Hints::default()).unwrap().text, text);
    }
    let latin: Vec<u8> = "Der Gouverneur hörte von dem Überfall, die Männer flohen über die Grenze."
        .chars()
        .map(|it| it as u8)
        .collect();
    let page = ingest(&latin, "a", &Hints::default()).unwrap();
    assert!(page.text.contains("Überfall") && ids(&page).contains(&"charset-guessed".to_owned()));
    let page = ingest(b"The men fled \xe2\x80\x9cacross\xe2\x80\x9d the border \xff on Monday \xe2\x80\x9cnight\xe2\x80\x9d, police said.", "a", &Hints::default()).unwrap();
    assert!(page.text.contains("“across”") && ids(&page).contains(&"charset-damaged".to_owned()));
    // A UTF-8 mark stays: positions are those of Python's `utf-8`, not `utf-8-sig`.
    let page = read(&format!("\u{feff}Toll Rises in Norland\n\n{BODY}"));
    assert!(page.text.starts_with('\u{feff}'));
    assert_eq!(page.structure[0].span, Span::new(1, 22));
}

#[test]
fn other_languages_are_noted() {
    let page = read(
        "Al menos doce personas murieron el lunes en un ataque contra un convoy cerca de la ciudad, dijeron las autoridades del departamento.",
    );
    assert_eq!(page.document.language.as_deref(), Some("es"));
    assert!(page.notes.iter().any(|it| it.id == "language-not-english"));
    assert_eq!(read(BODY).document.language.as_deref(), Some("en"));
}

#[test]
fn reprints_are_alike_and_other_stories_are_not() {
    let story =
        |n: usize| (0..200).map(|it| format!("word{} ", (it * 7 + n * 1000) % 997 + n * 5000)).collect::<String>();
    let (a, b) = (story(0), story(1));
    let edited = a.replacen("word7 ", "another ", 1) + " This report first stood elsewhere.";
    let print = Fingerprint::of_text;
    assert_eq!(print(&a).similarity(&print(&a.to_uppercase())), 1.0);
    assert!(print(&a).is_reprint(&print(&edited)));
    assert!(print(&a).bands().iter().any(|it| print(&edited).bands().contains(it)));
    assert!(!print(&a).is_reprint(&print(&b)));
    assert!(!print("").is_reprint(&print("")));
    assert_eq!(Fingerprint::from_bytes(&print(&a).to_bytes()), Some(print(&a)));
    assert_eq!(Fingerprint::from_bytes(b"short"), None);
    let bare = Fingerprint::of_page(&read(BODY));
    assert_eq!(bare.similarity(&Fingerprint::of_page(&read(&format!("{BODY}\n\nTag Cloud\nbottom of page")))), 1.0);
    // Stored signatures must not change with the program.
    assert_eq!(print("one two three four five").bands()[0], 5759325194311765685);
}

#[test]
fn ten_megabytes_of_text_are_no_trouble() {
    let page = read(&format!("{}{}", BODY.repeat(4_000), "Gunmen attacked. ".repeat(600_000)));
    assert!(page.notes.iter().any(|it| it.id == "text-very-long"));
}

fn check(bytes: &[u8]) {
    let Ok(page) = ingest(bytes, "any", &Hints::default()) else { return };
    let chars = page.text.chars().count();
    for spans in
        [page.dropped.iter().map(|it| it.span).collect::<Vec<_>>(), page.structure.iter().map(|it| it.span).collect()]
    {
        assert!(spans.iter().all(|it| it.end <= chars && !it.is_empty()));
        assert!(spans.windows(2).all(|it| it[0].end <= it[1].start), "sorted and apart");
    }
    let print = Fingerprint::of_page(&page);
    assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Some(print));
}

proptest! {
    #[test]
    fn any_bytes_give_a_page_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }

    #[test]
    fn any_lines_give_sound_spans(lines in proptest::collection::vec(prop_oneof![
        "\\PC{0,60}", Just("Accessibility links".to_owned()), Just("By Ana Bel".to_owned()), Just("(c) 2022, Norland News".to_owned()),
        Just("Gunmen attacked a convoy near the town of Arbala on Monday, officials said.".to_owned()),
        Just("Gunmen Attack Convoy in Norland".to_owned()), Just("FILE - A guard in Arbala, Oct. 4, 2021.".to_owned()),
        Just("It is not planned in the near future.Accessibility links".to_owned()), Just(String::new()),
    ], 0..20)) {
        check(lines.join("\n").as_bytes());
    }
}
