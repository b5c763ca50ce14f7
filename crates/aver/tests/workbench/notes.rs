//! What does not fit: the list of notes, and what an event's page says of it.

use crate::desk::Desk;

fn desk() -> Desk {
    let clinic = |days: &str| format!("Gunmen attacked a clinic in Mosul {days}, 2023, killing 8 nurses.\n");
    let (first, second, both) = (clinic("on June 1"), clinic("on June 3"), clinic("between June 1 and June 3"));
    let brigade = "bombed the market in Mosul on May 10, 2023, which killed";
    Desk::texts(&[
        ("first.txt", "Harbor Courier", "2023-06-02", &first),
        ("second.txt", "Lake Radio", "2023-06-04", &second),
        ("both.txt", "Valley Post", "2023-06-05", &both),
        ("then.txt", "Harbor Courier", "2023-05-12", &format!("The Ridge Brigade said it {brigade} 21 people.\n")),
        (
            "now.txt",
            "Harbor Courier",
            "2023-05-15",
            &format!("The Ridge Brigade denied that it {brigade} 25 people.\n"),
        ),
        (
            "odd.txt",
            "Harbor Courier",
            "2023-03-24",
            "A car bomb exploded at a market in Basra on Monday, March 18, 2023, killing 9 people.\n\n\
             In all, 14 people died in the market bombing, a hospital official said.\n",
        ),
        (
            "sums.txt",
            "Lake Radio",
            "2023-04-02",
            "Attacks in Mosul killed 120 people between January and March 2023, the governor said. \
             Between January and June 2022, attacks in Mosul killed 120 people.\n",
        ),
    ])
}

#[test]
fn everything_that_does_not_fit_is_listed_with_its_words_and_leads_there() {
    let desk = desk();
    let all = desk.ok("/notes.json").json();
    let kinds: std::collections::BTreeSet<&str> =
        all.as_array().unwrap().iter().map(|it| it["note"]["id"].as_str().unwrap()).collect();
    for kind in ["weekday-mismatch", "two-numbers", "one-number-two-periods", "changed-stance", "triangle"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        let page = desk.ok(&format!("/notes?kind={kind}"));
        assert!(
            page.all("tbody tr").len() == desk.ok(&format!("/notes.json?kind={kind}")).json().as_array().unwrap().len()
        );
        let link = page.attrs("td.what a", "href").swap_remove(0);
        desk.ok(link.split('#').next().unwrap());
    }
    assert_eq!(desk.ok("/api/v1/notes?kind=triangle").json()["total"], 1);
    assert!(desk.ok("/notes?q=Basra").all("tbody tr").iter().all(|it| it.contains("odd.txt")));
    assert!(desk.ok("/notes?q=nothing").has(".empty"));
    assert!(desk.ok("/notes?at=published:2023-05-12").all("td.what").iter().all(|it| !it.contains("denies it")));
}

#[test]
fn the_page_of_an_event_says_what_does_not_fit_in_it_and_how_far_policies_move_it() {
    let desk = desk();
    let events = desk.ok("/events.json").json();
    let page = |words: &str| {
        let found = events.as_array().unwrap().iter().find(|it| it["title"].as_str().unwrap().contains(words)).unwrap();
        desk.ok(&format!("/e/{}", found["id"].as_str().unwrap()))
    };
    let market = page("market, Mosul");
    assert!(market.one("#doubts").contains("Ridge Brigade denies it in now.txt"), "{}", market.one("#doubts"));
    let told = page("Basrah").all(".swings li");
    assert!(told.iter().any(|it| it.contains("9 (") && it.contains("to 14 (")), "{told:?}");
    assert!(page("clinic").has(".near, #doubts"), "a report between two events");
}
