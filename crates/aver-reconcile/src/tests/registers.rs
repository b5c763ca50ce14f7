//! Tallies, forecasts, actors, relations.

use super::build::*;
use crate::{actors, forecasts, relations, tallies};
use aver_model::*;

fn said(start: &str, end: &str) -> Said {
    Said { start: start.parse().ok(), end: end.parse().ok() }
}

fn tally(doc: &mut Doc, quote: &str, counted: &str, period: Said, figures: &[&str]) {
    let span = doc.span(quote);
    let id = format!("y{}", doc.0.tallies.len() + 1);
    doc.0.tallies.push(Tally {
        id,
        span,
        statement: None,
        speaker: OUTLET.into(),
        counted: counted.into(),
        period,
        figures: figures.iter().map(|it| it.to_string()).collect(),
    });
}

#[test]
fn a_tally_is_added_up_and_set_against_the_file() {
    let text = "A bombing in Sorvan killed 8. From October to December the Red Hill Front killed 96 people, 73 civilians and 23 guards. \
                In spring the Red Hill Front killed 96 people in attacks.";
    let mut doc = Doc::new("a", "Valley Post", Some("2023-03-20"), text)
        .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .event("A bombing", "bombing", "2022-11-18", "Sorvan", "")
        .by("a1", Basis::Stated, OUTLET)
        .exact("killed 8", "killed", 8, OUTLET)
        .exact("96 people, 73", "killed", 96, OUTLET)
        .figure_with(|it| it.about.clear())
        .exact("73 civilians", "killed", 73, OUTLET)
        .figure_with(|it| (it.about, it.part_of) = (vec![], Some("f2".into())))
        .exact("23 guards", "killed", 23, OUTLET)
        .figure_with(|it| (it.about, it.part_of) = (vec![], Some("f2".into())))
        .exact("96 people in attacks", "killed", 96, OUTLET)
        .figure_with(|it| it.about.clear());
    let whole = "From October to December the Red Hill Front killed 96 people, 73 civilians and 23 guards";
    tally(
        &mut doc,
        whole,
        "people killed by the Red Hill Front",
        said("2022-10-01", "2022-12-31"),
        &["f2", "f3", "f4"],
    );
    tally(
        &mut doc,
        "In spring the Red Hill Front killed 96 people",
        "people killed",
        said("2023-03-01", "2023-05-31"),
        &["f5"],
    );
    let events = ledger(&[&doc], &[]);
    let checks = tallies(&[&doc.0], &events, codebook());
    assert_eq!(checks[0].events, [events[0].id.clone()]);
    assert_eq!(
        checks[0].findings,
        [
            "The parts add up: 73 + 23 = 96 killed.",
            "It gives 96 killed; on file inside the period is 1 event with 8, so at least 88 are missing.",
            "The same number, 96 killed, is also given for another period, 2023-03-01 to 2023-05-31.",
        ]
    );
    let mut apart = doc.0.clone();
    apart.tallies[0].figures = vec!["f2".into()];
    apart.tallies[1] = Tally {
        figures: vec!["f3".into(), "f4".into()],
        period: said("2022-10-01", "2022-12-31"),
        ..apart.tallies[1].clone()
    };
    apart.figures.iter_mut().for_each(|it| it.part_of = None);
    let found = tallies(&[&apart], &events, codebook());
    let words = "The parts that it gives for the same period add up: 73 + 23 = 96, and the whole is 96 killed.";
    assert!(found.iter().all(|it| it.findings.iter().any(|it| it == words)), "{found:#?}");
    assert!(checks[1].events.is_empty());
    assert!(checks[1].findings[1].contains("2022-10-01 to 2022-12-31"), "{:?}", checks[1].findings);
}

#[test]
fn a_forecast_falls_due_and_can_have_run_out_before_it_was_cited() {
    let mut doc = Doc::new(
        "a",
        "Valley Post",
        Some("2023-03-20"),
        "In October 2021 the army warned of an attack within six months.",
    );
    let span = doc.span("an attack within six months");
    let horizon = Some(Horizon { span: doc.span("within six months") });
    doc.0.forecasts.push(Forecast {
        id: "w1".into(),
        span,
        statement: None,
        speaker: OUTLET.into(),
        actor: None,
        target: None,
        horizon,
        made: said("2021-10-01", "2021-10-31"),
        due: Due { earliest: None, latest: "2022-04-30".parse().ok() },
        polarity: "positive".into(),
    });
    let states = forecasts(&[&doc.0], "2022-04-30".parse().unwrap());
    assert_eq!((states[0].state.as_str(), states[0].expired_when_cited), ("open", true));
    assert_eq!(states[0].horizon.as_deref(), Some("within six months"));
    assert_eq!(forecasts(&[&doc.0], "2022-05-01".parse().unwrap())[0].state, "due");
}

#[test]
fn actors_merge_by_codebook_id_and_relations_keep_both_sides() {
    let doc = |name: &str, quote: &str, polarity| {
        let text = format!("{quote} is allied with Lake Boys, Ada Brun said.");
        let mut doc = Doc::new(name, name, None, &text)
            .actor("a1", quote, "armed_group", Some("rhf"), quote)
            .actor("a2", "Lake Boys", "armed_group", None, "Lake Boys")
            .actor("a3", "Ada Brun", "person", None, "Ada Brun");
        let span = doc.span("is allied with");
        // The same tie told from the other side.
        let (a, b) = if name == "x" { ("a1", "a2") } else { ("a2", "a1") };
        doc.0.relations.push(Relation {
            id: "r1".into(),
            span,
            a: a.into(),
            relation: "allied_with".into(),
            b: b.into(),
            polarity,
            speaker: "a3".into(),
            statement: None,
            time: None,
        });
        doc
    };
    let (x, y) = (doc("x", "Red Hill Front", Polarity::Asserted), doc("y", "RHF", Polarity::Denied));
    let them = actors(&[&x.0, &y.0], codebook());
    let front = them.iter().find(|it| it.id == "rhf").unwrap();
    assert_eq!(front.names, ["RHF", "Red Hill Front"]);
    assert_eq!(front.seen.len(), 2);
    assert_eq!(them.len(), 3);
    let ties = relations(&[&x.0, &y.0], codebook());
    assert_eq!(ties.len(), 1, "{ties:#?}");
    assert!(ties[0].disputed);
    assert_eq!(ties[0].said.len(), 2);
}
