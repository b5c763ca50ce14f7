use crate::read;
use aver_codebook::Codebook;
use aver_model::{Day, Document, Forecast, Offsets, Page, Published};

fn forecasts(text: &str) -> Vec<(Forecast, String)> {
    let day = Day::new(2023, 3, 19).expect("a day");
    let document = Document {
        id: String::new(),
        sha256: String::new(),
        file: String::new(),
        source: None,
        title: None,
        byline: None,
        language: None,
        published: Published::given(day, day),
    };
    let page = Page { document, text: text.to_owned(), dropped: vec![], structure: vec![], notes: vec![] };
    let reading = read(&page, Codebook::builtin());
    let offsets = Offsets::new(text);
    reading
        .forecasts
        .iter()
        .map(|it| (it.clone(), it.horizon.as_ref().map_or(String::new(), |it| offsets.quote(text, it.span).to_owned())))
        .collect()
}

#[test]
fn a_deadline_counts_from_the_day_of_the_statement() {
    let found = forecasts("The general warned that Islamic State could attack Ruritania within six months.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "within six months");
    assert_eq!(found[0].0.due.latest, Day::new(2023, 9, 19));
    assert_eq!(found[0].0.polarity, "positive");
}

#[test]
fn a_lower_bound_gives_no_latest_day() {
    let found = forecasts("Officials have warned that Islamic State could strike in as little as six months.");
    assert_eq!(found[0].0.due.latest, None);
    assert_eq!(found[0].0.due.earliest, Day::new(2023, 9, 19));
    assert_eq!(found[0].0.made.start, None);
}

#[test]
fn a_promise_not_to_is_negative_and_has_no_window() {
    let found = forecasts("The Taliban maintain they will not allow foreign fighters to use the valley.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0.polarity, "negative");
    assert_eq!((found[0].0.due.earliest, found[0].0.due.latest), (None, None));
}

#[test]
fn the_past_is_no_forecast() {
    assert!(forecasts("The minister said the army could have stopped the attack.").is_empty());
    assert!(forecasts("The minister said the army stopped the attack within two days.").is_empty());
}
