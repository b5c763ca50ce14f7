//! Laws: what must hold for any input, tried on generated reports and on noise.

use aver::desk::Knowledge;
use aver_codebook::Codebook;
use aver_ingest::{Hints, ingest};
use aver_model::*;
use proptest::prelude::*;

/// Sentences of news shape from small lists, so that every stage finds something.
fn sentence() -> impl Strategy<Value = String> {
    let who = prop::sample::select(vec![
        "Police",
        "The army",
        "Residents",
        "The Taliban",
        "A spokesman for the Ridge Brigade",
        "U.S. officials",
        "The hospital",
    ]);
    let said = prop::sample::select(vec![
        "said",
        "denied that",
        "claimed that",
        "confirmed",
        "warned that",
        "told reporters on Monday that",
    ]);
    let number = prop::sample::select(vec![
        "12",
        "at least 40",
        "nearly 600",
        "dozens of",
        "three",
        "10 to 15",
        "no",
        "more than 1,500",
    ]);
    let what = prop::sample::select(vec![
        "people were killed in a bombing in Kabul",
        "civilians died when gunmen attacked a mosque in Mosul on 3 May 2019",
        "fighters were captured last week",
        "attacks were carried out between January and June 2024",
        "soldiers and 4 farmers were wounded in Tarsh, including two children",
        "militants could strike the capital within six months",
    ]);
    (who, said, number, what).prop_map(|(who, said, number, what)| format!("{who} {said} {number} {what}."))
}

fn report() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![9 => sentence(), 1 => "\\PC{0,60}"], 1..8).prop_map(|it| it.join(" ") + "\n")
}

fn read(text: &str, file: &str, day: Option<&str>) -> Option<Reading> {
    let published = day.map(|it| Hints::published(it).expect("a day"));
    let page = ingest(text.as_bytes(), file, &Hints { published, ..Hints::default() }).ok()?;
    Some(aver_read::read(&page, Codebook::builtin()))
}

fn spans(it: &Reading) -> Vec<Span> {
    let mut all: Vec<Span> = vec![];
    all.extend(it.dropped.iter().map(|it| it.span));
    all.extend(it.actors.iter().flat_map(|it| &it.mentions));
    all.extend(it.places.iter().flat_map(|it| &it.mentions));
    all.extend(it.times.iter().map(|it| it.span));
    all.extend(it.events.iter().flat_map(|it| it.mentions.iter().chain([&it.span])));
    all.extend(it.events.iter().flat_map(|it| it.targets.iter().map(|it| &it.span)));
    all.extend(it.figures.iter().map(|it| it.span));
    all.extend(it.statements.iter().flat_map(|it| [it.span, it.content.span]));
    all.extend(it.statements.iter().flat_map(|it| it.speaker.span.into_iter().chain(it.cue.iter().map(|it| it.span))));
    all.extend(it.relations.iter().map(|it| it.span));
    all.extend(it.forecasts.iter().map(|it| it.span));
    all.extend(it.tallies.iter().map(|it| it.span));
    all.extend(it.notes.iter().filter_map(|it| it.span));
    all
}

fn check_reading(it: &Reading) -> Result<(), TestCaseError> {
    let length = it.text.chars().count();
    for span in spans(it) {
        prop_assert!(span.start < span.end && span.end <= length, "{span:?} in a text of {length}");
    }
    for time in &it.times {
        if let (Some(start), Some(end)) = (time.start, time.end) {
            prop_assert!(start <= end, "{time:?}");
        }
    }
    for figure in &it.figures {
        if let (Some(low), Some(high)) = (figure.low, figure.high) {
            prop_assert!(low <= high, "{figure:?}");
        }
        prop_assert!(figure.about.iter().all(|id| it.events.iter().any(|it| it.id == *id)), "{figure:?}");
    }
    let known = |id: &str| it.actors.iter().any(|it| it.id == id) || it.places.iter().any(|it| it.id == id);
    for relation in &it.relations {
        prop_assert!(known(&relation.a) && known(&relation.b), "{relation:?}");
    }
    for statement in &it.statements {
        prop_assert!(statement.speaker.actor.as_deref().is_none_or(known), "{statement:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_reading_points_inside_its_text_and_at_its_own_records(text in report()) {
        if let Some(reading) = read(&text, "a.txt", Some("2024-07-01")) {
            check_reading(&reading)?;
        }
    }

    #[test]
    fn noise_of_any_script_is_read_without_fault(text in "\\PC{1,400}") {
        if let Some(reading) = read(&text, "a.txt", None) {
            check_reading(&reading)?;
        }
    }

    #[test]
    fn any_bytes_give_a_page_or_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(page) = ingest(&bytes, "a.bin", &Hints::default()) {
            check_reading(&aver_read::read(&page, Codebook::builtin()))?;
        }
    }

    #[test]
    fn reading_twice_gives_the_same_bytes(text in report()) {
        let once = read(&text, "a.txt", Some("2024-07-01")).map(|it| serde_json::to_string(&it).expect("a reading is JSON"));
        let twice = read(&text, "a.txt", Some("2024-07-01")).map(|it| serde_json::to_string(&it).expect("a reading is JSON"));
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn the_order_of_documents_changes_nothing(texts in prop::collection::vec(report(), 2..5), turn in 0usize..4) {
        let mut readings: Vec<Reading> = texts
            .iter()
            .enumerate()
            .filter_map(|(number, it)| read(it, &format!("{number}.txt"), Some("2024-07-01")))
            .collect();
        let codebook = Codebook::builtin();
        let show = |readings: &[Reading]| {
            let it = Knowledge::build(readings, &[], &[], codebook);
            serde_json::to_string(&(it.edges, it.events, it.tallies)).expect("knowledge is JSON")
        };
        let once = show(&readings);
        let by = turn % readings.len().max(1);
        readings.rotate_left(by);
        prop_assert_eq!(once, show(&readings));
    }

    #[test]
    fn what_was_compared_before_changes_nothing(texts in prop::collection::vec(report(), 2..6), before in 0usize..64) {
        let readings: Vec<Reading> = texts
            .iter()
            .enumerate()
            .filter_map(|(number, it)| read(it, &format!("{number}.txt"), Some("2024-07-01")))
            .collect();
        let codebook = Codebook::builtin();
        // Any of the documents may have been there before, so some come and some go.
        let chosen = |mask: usize| -> Vec<Reading> {
            readings.iter().enumerate().filter(|it| mask >> it.0 & 1 == 1).map(|it| it.1.clone()).collect()
        };
        let (_, then) = Knowledge::build_from(&chosen(before), &[], &[], codebook, None);
        for now in [readings.clone(), chosen(!before | 1)] {
            let (anew, compared) = Knowledge::build_from(&now, &[], &[], codebook, None);
            let (grown, again) = Knowledge::build_from(&now, &[], &[], codebook, Some(&then));
            prop_assert_eq!(compared.to_bytes(), again.to_bytes());
            let show = |it: &Knowledge| serde_json::to_string(&(&it.edges, &it.events)).expect("knowledge is JSON");
            prop_assert_eq!(show(&anew), show(&grown));
        }
    }

    #[test]
    fn an_estimate_is_ordered_and_rests_on_its_figures(texts in prop::collection::vec(report(), 1..4)) {
        let readings: Vec<Reading> = texts
            .iter()
            .enumerate()
            .filter_map(|(number, it)| read(it, &format!("{number}.txt"), Some("2024-07-01")))
            .collect();
        let knowledge = Knowledge::build(&readings, &[], &[], Codebook::builtin());
        for event in &knowledge.events {
            prop_assert!(!event.mentions.is_empty() && !event.accounts.is_empty(), "{}", event.id);
            for it in &event.estimates {
                let ordered = [it.low, it.best, it.high].into_iter().flatten().collect::<Vec<_>>();
                prop_assert!(ordered.windows(2).all(|it| it[0] <= it[1]), "{it:?}");
                prop_assert!(!it.weighed.is_empty(), "{it:?}");
            }
        }
    }
}
