//! The page of an event: quotes in cells, silence in words, policies beside each other, decisions.

use crate::desk::Desk;
use crate::texts::{first_event, hostile, market};

#[test]
fn each_account_has_its_own_words_and_silence_is_said() {
    let desk = market();
    let page = desk.ok(&format!("/e/{}", first_event(&desk)));
    let heads = page.all("thead th[data-account]");
    assert!(heads.len() >= 3, "{heads:?}");
    let killed = page.all("tr.conflict td[data-account]");
    assert!(killed.iter().any(|it| it.contains("at least 12 people") && it.contains("≥ 12")), "{killed:?}");
    assert!(killed.iter().any(|it| it.contains("17 bodies")), "{killed:?}");
    assert!(page.all("td .none").iter().all(|it| it == "says nothing"));
    assert!(page.has("tr.conflict .differ"), "a conflict is a word, not a color");
    assert!(page.all("span.st.claim").iter().any(|it| it.contains("▲") && it.contains("claims responsibility")));
}

#[test]
fn a_quote_leads_to_exactly_its_words() {
    let desk = market();
    let page = desk.ok(&format!("/e/{}", first_event(&desk)));
    let (links, quotes) = (page.attrs("td a.words", "href"), page.all("td a.words q"));
    assert!(links.len() > 3);
    for (link, quote) in links.iter().zip(quotes) {
        let (address, mark) = link.split_once('#').unwrap();
        let target = desk.ok(address);
        assert_eq!(target.all(&format!("[id={mark}].target")).len(), 1, "{link}");
        assert_eq!(target.all("mark.target").join(" ").replace(' ', ""), quote.replace(' ', ""), "{link}");
    }
}

#[test]
fn every_policy_is_listed_and_the_chosen_one_is_in_the_last_column() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    assert!(page.one("tr.conflict .rec .best").ends_with(", no best value"));
    let policies = page.all("tr.conflict .every li");
    assert!(policies.len() >= 8, "{policies:?}");
    let other = desk.ok(&format!("/e/{id}?policy=acled-conservative"));
    assert_ne!(other.all("tr.conflict .rec .best"), page.all("tr.conflict .rec .best"));
    assert!(other.one("#why").contains("acled-conservative"));
}

#[test]
fn many_accounts_become_rows_and_either_way_round_says_the_same() {
    let desk = Desk::samples();
    let id = first_event(&desk);
    let rows = desk.ok(&format!("/e/{id}"));
    assert!(rows.has("table.turned"));
    let columns = desk.ok(&rows.attrs("a.turn", "href")[0]);
    assert!(!columns.has("table.turned"));
    let mut quotes = [rows.all(".accounts q"), columns.all(".accounts q")];
    quotes.iter_mut().for_each(|it| it.sort());
    assert_eq!(quotes[0], quotes[1]);
}

#[test]
fn accepting_is_one_act_that_can_be_taken_back() {
    let desk = market();
    let id = first_event(&desk);
    let done = desk.post(&format!("/e/{id}/decide"), &[("verb", "accept"), ("reason", "clear")]);
    assert_eq!(done.status, 303);
    let page = desk.ok(done.header("location"));
    assert!(page.one(".banner.done").contains("accepted event"), "{}", page.one(".banner.done"));
    assert!(page.all(".facts .ok").concat().contains("accepted"));
    assert!(page.one(".acts li:first-child").contains("Ana") && page.one(".acts").contains("clear"));
    let decision = page.attrs(".banner.done input[name=decision]", "value")[0].clone();
    let undone = desk.post(&format!("/e/{id}/undo"), &[("decision", &decision)]);
    let page = desk.ok(undone.header("location"));
    assert!(page.all(".facts .draft").concat().contains("not reviewed"));
    assert_eq!(page.all(".acts li").len(), 3, "both acts stay in the ledger: {:?}", page.all(".acts li"));
    let before = desk.ok(&format!("/e/{id}?at=2.1"));
    assert!(before.all(".facts .ok").concat().contains("accepted"), "the past stays as it was");
    assert!(!before.has("form[method=post]"), "nothing is decided in the past");
    assert_eq!(desk.post(&format!("/e/{id}/decide?at=2.1"), &[("verb", "accept")]).status, 400);
}

#[test]
fn a_split_makes_two_events_and_its_undo_one_again() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    let mentions = page.attrs("#mentions input[name=mention]", "value");
    assert!(mentions.len() > 1, "the reports are joined: {}", page.one("main"));
    let before = desk.ok("/events.json").json().as_array().unwrap().len();
    let done = desk.post(&format!("/e/{id}/decide"), &[("verb", "split"), ("mention", &mentions[1])]);
    assert_eq!(done.status, 303, "{}", done.text());
    let after = desk.ok("/events.json").json();
    assert_eq!(after.as_array().unwrap().len(), before + 1);
    let page = desk.ok(done.header("location"));
    let other = after
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .find(|it| !page.url.contains(it))
        .unwrap();
    // Merging by hand brings them together again, in place of the undo.
    let now = page.url.split(['/', '?']).nth(2).unwrap().to_owned();
    let decision = page.attrs(".banner.done input[name=decision]", "value")[0].clone();
    assert_eq!(desk.post(&format!("/e/{now}/undo"), &[("decision", &decision)]).status, 303);
    assert_eq!(desk.ok("/events.json").json().as_array().unwrap().len(), before);
    let moved = desk.get(&format!("/e/{other}"));
    assert!(moved.status == 200 || moved.status == 303, "an id that is no more leads on: {}", moved.status);
}

#[test]
fn a_corrected_figure_stands_beside_what_the_machine_read() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    let told = page.attrs("tr.conflict a.edit", "aria-label");
    let at = told.iter().position(|it| it.contains("at least 12 people")).expect("the figure of the police");
    let edit = page.attrs("tr.conflict a.edit", "href")[at].clone();
    let form = desk.ok(edit.split('#').next().unwrap());
    let place = form.attrs("#edit input[name=place]", "value")[0].clone();
    let wrong =
        desk.post(&format!("/e/{id}/decide"), &[("verb", "correct"), ("place", &place), ("to", "a dozen or so")]);
    assert_eq!(wrong.status, 400, "a value that is none is refused");
    let done = desk.post(
        &format!("/e/{id}/decide"),
        &[("verb", "correct"), ("place", &place), ("to", "14"), ("reason", "recount")],
    );
    assert_eq!(done.status, 303, "{}", done.text());
    let page = desk.ok(done.header("location"));
    assert!(page.all("tr.conflict .read").contains(&"14".to_owned()), "{:?}", page.all("tr.conflict .read"));
    assert!(page.one(".acts li:first-child").contains("corrected figure"), "{}", page.one(".acts"));
}

#[test]
fn markup_in_a_report_is_shown_and_never_runs() {
    let desk = hostile();
    let id = first_event(&desk);
    let document = desk.ok("/documents.json").json()[0]["sha256"].as_str().unwrap().to_owned();
    for url in [
        "/".to_owned(),
        format!("/e/{id}"),
        format!("/d/{document}"),
        "/documents".into(),
        "/actors".into(),
        "/search?q=bomb".into(),
        "/search?q=%22%3E%3Cscript%3E".into(),
    ] {
        let page = desk.get(&url);
        assert!(page.all("script").concat().is_empty(), "{url}");
        for bad in ["<script>alert", "<img src=x", "<svg onload", "<i>chief"] {
            assert!(!page.text().contains(bad), "{url} carries {bad}");
        }
    }
}

/// A wave of a month, and one attack of that month.
#[test]
fn a_wave_and_its_part_lead_to_each_other_and_say_why() {
    let desk = Desk::texts(&[
        ("wave.txt", "Harbor Courier", "2023-04-02", "A wave of bombings in Mosul in March 2023 killed 60 people.\n"),
        (
            "one.txt",
            "Valley Post",
            "2023-03-19",
            "A car bomb exploded at a market in Mosul on March 18, killing 12 people.\n",
        ),
    ]);
    let events = desk.ok("/events.json").json();
    let id = |wave: bool| {
        let found = events.as_array().unwrap().iter().find(|it| it["aggregate"] == wave).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let (wave, one) = (id(true), id(false));
    for (own, other, head, field) in
        [(&wave, &one, "On file inside it:", "parts"), (&one, &wave, "Part of:", "part_of")]
    {
        let page = desk.ok(&format!("/e/{own}"));
        assert!(page.one(".ties").starts_with(head), "{}", page.one(".ties"));
        assert_eq!(page.attrs(".ties a", "href"), [format!("/e/{other}")]);
        assert!(page.attrs(".ties a", "title")[0].contains("2023-03-18 lies in 2023-03-01 to 2023-03-31"));
        for url in [format!("/e/{own}.json"), format!("/api/v1/events/{own}")] {
            let json = desk.ok(&url).json();
            assert_eq!(json["id"], **own);
            assert_eq!(json[field][0]["event"], **other, "{url}");
        }
    }
    assert!(!desk.ok(&format!("/e/{one}?at=published:2023-03-19")).has(".ties"), "the wave was not told yet");
}
