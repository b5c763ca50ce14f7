//! Exports as their readers see them; the town, the group and the people are invented.

use crate::{Format, Output, Profile, View, format, formats};
use aver_codebook::{ActorEntry, Codebook, DatedRole, EventType};
use aver_model::*;

const TEXT: &str = "On Monday the Red Hill Front bombed a mosque in Sorvan. Ada Brun, a baker, said four died. \
                    Brun fled. Police chief Olan Marek said at least two died.";

fn span(quote: &str) -> Span {
    let at = TEXT.find(quote).expect(quote);
    Span::new(at, at + quote.len())
}

fn codebook() -> Codebook {
    let mut codebook = Codebook::default();
    codebook.lexicon.offices.push("police chief".into());
    codebook.lexicon.titles.push("Mr".into());
    codebook.lexicon.victims.push("worshippers".into());
    codebook.events.push(EventType {
        name: "bombing".into(),
        acled_event: "Explosions/Remote violence".into(),
        ..EventType::default()
    });
    codebook.actors.push(ActorEntry {
        id: "rhf".into(),
        name: "Red Hill Front".into(),
        kind: "armed_group".into(),
        acled: Some("Red Hill Front (Afghanistan)".into()),
        roles: vec![DatedRole { role: "insurgent".into(), from: None, until: None }],
        ..ActorEntry::default()
    });
    codebook
}

fn reading() -> Reading {
    let actor = |id: &str, name: &str, kind: &str, codebook: Option<&str>, quotes: &[&str]| Actor {
        id: id.into(),
        name: name.into(),
        kind: kind.into(),
        codebook: codebook.map(Into::into),
        mentions: quotes.iter().map(|it| span(it)).collect(),
    };
    Reading {
        format: FORMAT.into(),
        reader: Reader { version: "0".into(), codebook: String::new(), model: None },
        document: Document {
            id: "d".into(),
            sha256: "sha-d".into(),
            file: "d.txt".into(),
            source: Some("Valley Post".into()),
            title: None,
            byline: None,
            language: None,
            published: Published::UNKNOWN,
        },
        text: TEXT.into(),
        dropped: vec![],
        actors: vec![
            actor("a1", "Red Hill Front", "armed_group", Some("rhf"), &["Red Hill Front"]),
            actor("a2", "Ada Brun", "person", None, &["Ada Brun"]),
            actor("a3", "Olan Marek", "person", None, &["Olan Marek"]),
        ],
        places: vec![Place {
            id: "p1".into(),
            name: "Sorvan".into(),
            level: "city".into(),
            admin1: Some("Sorvan".into()),
            country: Some("AF".into()),
            lat: Some(34.528_112),
            lon: Some(69.172_33),
            gazetteer: None,
            mentions: vec![span("Sorvan")],
        }],
        times: vec![],
        events: vec![Event {
            id: "e1".into(),
            span: span("bombed a mosque"),
            mentions: vec![],
            kind: "bombing".into(),
            acled: None,
            modality: Modality::Asserted,
            background: false,
            generic: false,
            aggregate: false,
            time: None,
            place: Some(place()),
            perpetrators: vec![],
            targets: vec![Target { actor: None, name: "worshippers".into(), span: span("mosque") }],
            weapon: None,
            speaker: OUTLET.into(),
        }],
        figures: vec![],
        statements: vec![],
        relations: vec![],
        forecasts: vec![],
        tallies: vec![],
        notes: vec![],
    }
}

fn place() -> EventPlace {
    EventPlace {
        name: "Sorvan".into(),
        admin1: Some("Sorvan".into()),
        country: Some("AF".into()),
        facility: Some("mosque".into()),
        from: Some("p1".into()),
    }
}

fn evidence(quote: &str) -> Evidence {
    Evidence { document: "sha-d".into(), file: "d.txt".into(), span: span(quote), quote: quote.into() }
}

fn account(speaker: &str, quote: &str, op: FigureOp, low: u64, high: Option<u64>) -> Account {
    let figure = Figure {
        id: "f".into(),
        span: span(quote),
        measure: "killed".into(),
        op,
        low: Some(low),
        high,
        unit: "persons".into(),
        group: None,
        part_of: None,
        about: vec!["e1".into()],
        speaker: "a2".into(),
        statement: None,
    };
    Account {
        id: format!("ac-{low}"),
        document: "sha-d".into(),
        file: "d.txt".into(),
        source: Some("Valley Post".into()),
        speaker: speaker.into(),
        codebook: None,
        voice: "via Valley Post".into(),
        party: false,
        chain: vec!["Valley Post".into(), speaker.into()],
        stances: vec![Stance::Reports],
        time: None,
        time_evidence: None,
        place: None,
        figures: vec![AccountFigure { figure, evidence: evidence(quote) }],
        perpetrators: vec![AccountPerpetrator {
            codebook: Some("rhf".into()),
            name: "Red Hill Front".into(),
            basis: Basis::Stated,
            evidence: evidence("the Red Hill Front bombed a mosque"),
        }],
        evidence: vec![evidence("bombed a mosque")],
        reprints: vec![],
    }
}

fn event() -> LedgerEvent {
    let day: Option<Day> = "2022-10-05".parse().ok();
    LedgerEvent {
        id: "ev-1".into(),
        title: "Bombing at a mosque, Sorvan".into(),
        kind: "bombing".into(),
        types: vec!["bombing".into()],
        acled: Some("Remote explosive/landmine/IED".into()),
        time: Some(EventTime { start: day, end: day, precision: Precision::Day, from: None }),
        place: Some(EventPlace { from: None, ..place() }),
        lat: Some(34.528_112),
        lon: Some(69.172_33),
        mentions: vec![MentionRef { document: "sha-d".into(), file: "d.txt".into(), event: "e1".into() }],
        accounts: vec![
            account("Ada Brun", "Ada Brun, a baker, said four died", FigureOp::Exact, 4, Some(4)),
            account("Olan Marek", "Police chief Olan Marek said at least two died", FigureOp::AtLeast, 2, None),
        ],
        estimates: vec![Estimate {
            measure: "killed".into(),
            policy: "range-all/1".into(),
            low: Some(2),
            best: None,
            high: Some(4),
            at_least: false,
            indeterminate: false,
            why: "the lowest and the highest of 2 figures".into(),
            weighed: vec![],
        }],
        disputed: vec![],
        aggregate: false,
        generic: false,
        background: false,
        independent_speakers: 2,
        review: "draft".into(),
    }
}

fn export(name: &str, profile: Profile, events: &[LedgerEvent]) -> Vec<Output> {
    let (reading, codebook) = (reading(), codebook());
    let view = View::new(events, &[&reading], &codebook, "range-all", profile);
    format(name).unwrap().files(&view).unwrap()
}

fn text<'o>(files: &'o [Output], name: &str) -> &'o str {
    std::str::from_utf8(&files.iter().find(|it| it.name == name).unwrap().bytes).unwrap()
}

/// Reads a table back: header and rows.
fn table(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|it| it.unwrap()).collect()
}

#[test]
fn our_table_has_a_row_an_event_and_evidence_for_every_value() {
    let files = export("csv", Profile::Internal, &[event()]);
    let rows = table(text(&files, "events.csv"));
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0]["killed_low"].as_str(), rows[0]["killed_best"].as_str(), rows[0]["killed_high"].as_str()),
        ("2", "", "4")
    );
    assert_eq!(rows[0]["latitude"], "34.53");
    let evidence = table(text(&files, "evidence.csv"));
    let killed: Vec<(&str, &str)> = evidence
        .iter()
        .filter(|it| it["column"] == "killed")
        .map(|it| (it["value"].as_str(), it["speaker"].as_str()))
        .collect();
    assert_eq!(killed, [("4", "Ada Brun"), ("at least 2", "Olan Marek")]);
    for row in &evidence {
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        assert_eq!(row["quote"], TEXT[start..end]);
    }
}

#[test]
fn a_private_person_is_masked_everywhere_and_an_officer_is_not() {
    for it in formats() {
        let files = export(it.name(), Profile::Public, &[event()]);
        let all: String = files.iter().map(|it| String::from_utf8_lossy(&it.bytes).into_owned()).collect();
        assert!(!all.contains("Brun"), "{}: {all}", it.name());
    }
    let files = export("csv", Profile::Public, &[event()]);
    let evidence = text(&files, "evidence.csv");
    assert!(evidence.contains("[person 1], a baker, said four died"), "{evidence}");
    assert!(evidence.contains("Police chief Olan Marek"), "{evidence}");
}

#[test]
fn acled_columns_stand_in_their_order_and_name_the_dispute() {
    let files = export("acled", Profile::Public, &[event()]);
    let events = text(&files, "events.csv");
    assert!(
        events.starts_with(
            "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
        )
    );
    let rows = table(events);
    assert_eq!(rows[0].len(), 31);
    let cell = |name: &str| rows[0][name].as_str();
    assert_eq!((cell("event_date"), cell("year"), cell("time_precision")), ("2022-10-05", "2022", "1"));
    assert_eq!(
        (cell("event_type"), cell("actor1"), cell("inter1")),
        ("Explosions/Remote violence", "Red Hill Front (Afghanistan)", "Rebel group")
    );
    assert_eq!((cell("actor2"), cell("iso"), cell("country")), ("Civilians (Afghanistan)", "4", "Afghanistan"));
    assert_eq!((cell("fatalities"), cell("geo_precision")), ("2", "1"));
    assert!(cell("notes").contains("at least 2 killed: Olan Marek, in Valley Post."), "{}", cell("notes"));
}

#[test]
fn what_acled_would_not_code_is_listed_with_the_reason() {
    let events = [
        LedgerEvent { time: None, ..event() },
        LedgerEvent { aggregate: true, ..event() },
        LedgerEvent { acled: None, ..event() },
        LedgerEvent { review: "rejected".into(), ..event() },
    ];
    let files = export("acled", Profile::Public, &events);
    assert!(table(text(&files, "events.csv")).is_empty());
    let reasons: Vec<String> = table(text(&files, "left-out.csv")).iter().map(|it| it["reason"].clone()).collect();
    assert_eq!(
        reasons,
        [
            "no account gives a date",
            "a sum of several occurrences",
            "not an event type of ACLED",
            "rejected by an analyst"
        ]
    );
}

#[test]
fn a_map_point_is_no_finer_than_the_words_and_unknown_is_null() {
    let unplaced = LedgerEvent { place: None, lat: None, lon: None, ..event() };
    let files = export("geojson", Profile::Public, &[event(), unplaced]);
    let value: serde_json::Value = serde_json::from_str(text(&files, "events.geojson")).unwrap();
    let features = value["features"].as_array().unwrap();
    assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([69.17, 34.53]));
    assert_eq!(features[0]["properties"]["precision"], "city");
    assert!(features[1]["geometry"].is_null());
}

#[test]
fn json_carries_the_event_back() {
    let files = export("json", Profile::Internal, &[event()]);
    let value: serde_json::Value = serde_json::from_str(text(&files, "events.json")).unwrap();
    let back: LedgerEvent = serde_json::from_value(value["events"][0].clone()).unwrap();
    assert_eq!(LedgerEvent { lat: Some(34.528_112), lon: Some(69.172_33), ..back }, event());
}

#[test]
fn an_unknown_policy_is_named_with_those_that_exist() {
    let (reading, codebook, events) = (reading(), codebook(), [event()]);
    let view = View::new(&events, &[&reading], &codebook, "average", Profile::Public);
    let error = format("csv").unwrap().files(&view).unwrap_err();
    assert_eq!(error.to_string(), "no policy is called `average`; known are range-all/1");
}

#[test]
fn every_format_says_what_it_loses() {
    for it in formats() {
        assert!(!it.losses().is_empty() && !it.purpose().is_empty(), "{}", it.name());
        assert!(format(it.name()).is_some());
    }
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    for it in formats().iter().map(|it: &&dyn Format| it.name()) {
        assert_eq!(export(it, Profile::Public, &[event()]), export(it, Profile::Public, &[event()]));
    }
}
