//! Sums against the events on file, and what became of forecasts.

use crate::desk::Desk;

#[test]
fn a_sum_stands_against_the_events_of_its_period_with_the_difference() {
    let desk = Desk::samples();
    let page = desk.ok("/tallies");
    assert!(page.all(".tally").len() >= 2);
    let dated =
        page.all(".tally").into_iter().find(|it| it.contains("2024-01-01 to 2024-06-30")).expect("one has a period");
    assert!(dated.contains("61 people") && dated.contains("Difference"), "{dated}");
    assert!(page.all(".sums .tag.w").iter().any(|it| it.contains("not on file") || it.contains("fewer than")));
    assert!(page.attrs(".tally details a", "href").iter().any(|it| it.starts_with("/e/ev-")));
    assert!(desk.ok("/tallies?q=nothing+of+the+kind").has(".empty"));
}

#[test]
fn a_forecast_is_resolved_by_a_person_and_asked_for_again_when_that_is_undone() {
    let desk = Desk::texts(&[(
        "a.txt",
        "Wire",
        "2023-05-16",
        "The chief of staff told parliament on Tuesday that the Islamic State could attack Mosul within three months.",
    )]);
    let page = desk.ok("/forecasts");
    let count = |state: &str| desk.ok(&format!("/forecasts?state={state}")).all(".forecast").len();
    let (overdue, resolved) = (count("overdue"), count("resolved"));
    assert!(overdue > 0 && resolved == 0, "{overdue} {resolved}");
    let form = page.form(".forecast.overdue form button");
    let a = form.iter().find(|it| it.0 == "a").expect("the form names its words").1.clone();
    let sent = desk.post(
        "/decide",
        &[
            ("verb", "resolve"),
            ("a", &a),
            ("outcome", "did_not"),
            ("reason", "no such attack"),
            ("back", "/forecasts#x"),
        ],
    );
    assert_eq!(sent.header("location"), "/forecasts?done=1#x", "{}", sent.text());
    assert_eq!((count("overdue"), count("resolved")), (overdue - 1, 1));
    let told = desk.ok("/forecasts?state=resolved").one(".forecast");
    assert!(told.contains("it did not happen") && told.contains("Resolved by Ana: no such attack"), "{told}");
    desk.post("/decide", &[("verb", "undo"), ("decision", "1")]);
    assert_eq!((count("overdue"), count("resolved")), (overdue, 0));
    assert_eq!(desk.post("/decide", &[("verb", "resolve"), ("a", &a), ("outcome", "maybe")]).status, 400);
}
