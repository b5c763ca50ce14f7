//! A small reading and small events, by hand.

use aver_model::*;

pub const TEXT: &str = "Police said 12 people died in Velmar on Monday. A medic said 30 died.";

pub fn span(quote: &str) -> Span {
    let at = TEXT.find(quote).expect("the words stand in the text");
    Span::new(at, at + quote.len())
}

pub fn anchor(quote: &str, field: &str) -> Anchor {
    Anchor {
        document: "d1".into(),
        quote: quote.into(),
        span: span(quote),
        field: field.into(),
        value: None,
        definition: None,
    }
}

pub fn decision(number: u64, who: &str, ruling: Ruling) -> Decision {
    Decision {
        id: format!("d{number}"),
        number,
        previous: String::new(),
        who: who.into(),
        when: "2023-03-20T14:05:00Z".into(),
        reason: None,
        ruling,
    }
}

fn actor(id: &str, name: &str, quote: &str) -> Actor {
    Actor { id: id.into(), name: name.into(), kind: "group".into(), codebook: None, mentions: vec![span(quote)] }
}

pub fn figure(id: &str, quote: &str, value: u64, speaker: &str) -> Figure {
    Figure {
        id: id.into(),
        span: span(quote),
        measure: "killed".into(),
        op: FigureOp::Exact,
        low: Some(value),
        high: Some(value),
        unit: "persons".into(),
        group: None,
        part_of: None,
        about: vec!["e1".into()],
        speaker: speaker.into(),
        statement: None,
    }
}

pub fn reading() -> Reading {
    let day = Day::new(2023, 3, 20);
    Reading {
        format: FORMAT.into(),
        reader: Reader { version: "0".into(), codebook: "sha256:00".into(), model: None },
        document: Document {
            id: "d1".into(),
            sha256: "d1".into(),
            file: "a.txt".into(),
            source: Some("Velmar Post".into()),
            title: None,
            byline: None,
            language: None,
            published: Published::UNKNOWN,
        },
        text: TEXT.into(),
        dropped: vec![],
        actors: vec![actor("a1", "Police", "Police"), actor("a2", "A medic", "A medic")],
        places: vec![],
        times: vec![],
        events: vec![Event {
            id: "e1".into(),
            span: span("12 people died"),
            mentions: vec![span("12 people died"), span("30 died")],
            kind: "killing".into(),
            acled: None,
            modality: Modality::Asserted,
            background: false,
            generic: false,
            aggregate: false,
            time: Some(EventTime { start: day, end: day, precision: Precision::Day, from: None }),
            place: Some(EventPlace {
                name: "Velmar".into(),
                admin1: None,
                country: None,
                facility: Some("market".into()),
                from: None,
            }),
            perpetrators: vec![],
            targets: vec![],
            weapon: None,
            speaker: OUTLET.into(),
        }],
        figures: vec![figure("f1", "12 people", 12, "a1"), figure("f2", "30", 30, "a2")],
        statements: vec![],
        relations: vec![],
        forecasts: vec![],
        tallies: vec![],
        notes: vec![],
    }
}

pub fn event(id: &str, mention: &str, killed: (u64, u64), review: &str) -> LedgerEvent {
    LedgerEvent {
        id: id.into(),
        title: id.into(),
        kind: "killing".into(),
        types: vec!["killing".into()],
        acled: None,
        time: None,
        place: None,
        lat: None,
        lon: None,
        mentions: vec![MentionRef { document: "d1".into(), file: "a.txt".into(), event: mention.into() }],
        accounts: vec![],
        estimates: vec![Estimate {
            measure: "killed".into(),
            policy: "range-all/1".into(),
            low: Some(killed.0),
            best: None,
            high: Some(killed.1),
            at_least: false,
            indeterminate: false,
            why: String::new(),
            weighed: vec![],
        }],
        disputed: vec![],
        aggregate: false,
        generic: false,
        background: false,
        independent_speakers: 1,
        review: review.into(),
    }
}
