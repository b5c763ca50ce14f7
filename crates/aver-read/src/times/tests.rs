use super::*;
use crate::text::Text;
use aver_codebook::Codebook;
use aver_model::*;

pub(crate) fn page(text: &str, published: &str) -> Page {
    let published = match published.split_once("..") {
        Some((a, b)) => Published::given(a.parse().unwrap(), b.parse().unwrap()),
        None if published.is_empty() => Published::UNKNOWN,
        None => Published::given(published.parse().unwrap(), published.parse().unwrap()),
    };
    let document = Document {
        id: "d".into(),
        sha256: "0".repeat(64),
        file: "t.txt".into(),
        source: None,
        title: None,
        byline: None,
        language: Some("en".into()),
        published,
    };
    Page { document, text: text.into(), dropped: vec![], structure: vec![], notes: vec![] }
}

/// The shipped codebook's index, made once for all tests.
pub(crate) fn index() -> &'static crate::Index {
    static INDEX: std::sync::OnceLock<crate::Index> = std::sync::OnceLock::new();
    INDEX.get_or_init(|| crate::Index::new(Codebook::builtin()))
}

fn read(text: &str, published: &str) -> Vec<String> {
    let page = page(text, published);
    let codebook = Codebook::default();
    let ctx = Context { page: &page, codebook: &codebook, index: &crate::Index::default(), text: Text::new(&page) };
    let day = |it: Option<Day>| it.map_or("?".to_owned(), |it| it.to_string());
    find(&ctx)
        .into_iter()
        .map(|it| {
            let words = ctx.text.words(it.tokens.clone());
            let record = it.record;
            if record.start == record.end && record.start.is_some() {
                format!("{words} = {}", day(record.start))
            } else {
                format!("{words} = {}..{}", day(record.start), day(record.end))
            }
        })
        .collect()
}

#[track_caller]
fn check(text: &str, published: &str, expected: &[&str]) {
    assert_eq!(read(text, published), expected, "{text}");
}

#[test]
fn full_dates_in_every_order() {
    check("On Thursday, March 16, 2023, he left.", "", &["Thursday, March 16, 2023 = 2023-03-16"]);
    check("It was Saturday, 18th June 2022 there.", "", &["Saturday, 18th June 2022 = 2022-06-18"]);
    check("The 5th of May, 2011 saw it.", "", &["5th of May, 2011 = 2011-05-05"]);
    check("Filed 2021-08-26 and 26/8/2021.", "", &["2021-08-26 = 2021-08-26", "26/8/2021 = 2021-08-26"]);
    check("Filed 5/8/2021.", "", &["5/8/2021 = ?..?"]);
    check("Raided on Oct. 4, 2021.", "", &["Oct. 4, 2021 = 2021-10-04"]);
}

#[test]
fn years_are_taken_from_publication() {
    check("On March 16 they met.", "2023-03-19", &["March 16 = 2023-03-16"]);
    check("On October 12 they met.", "2023-03-19", &["October 12 = 2022-10-12"]);
    check("Thursday, August 11, was quiet.", "2023-03-19", &["Thursday, August 11 = 2022-08-11"]);
    check("In July, a strike hit Orwen.", "2022-10-06", &["July = 2022-07-01..2022-07-31"]);
    check("They keep to the agreed Aug. 31 deadline.", "2021-08-27", &["Aug. 31 = 2021-08-31"]);
    check("The vote will be held on Dec. 3.", "2021-08-27", &["Dec. 3 = 2021-12-03"]);
    check("On Dec. 30 shells fell.", "2022-01-02", &["Dec. 30 = 2021-12-30"]);
}

#[test]
fn weekdays_look_back_unless_the_verb_looks_ahead() {
    check("On Monday, gunmen stormed it.", "2022-12-15", &["Monday = 2022-12-12"]);
    check("The army said Wednesday that it will leave.", "2021-11-10", &["Wednesday = 2021-11-10"]);
    check("The council will meet on Friday.", "2022-10-06", &["Friday = 2022-10-07"]);
    check("It happened last Friday.", "2022-10-07", &["last Friday = 2022-09-30"]);
    check("Monday's attack", "2022-12-13..2022-12-17", &["Monday = 2022-12-12"]);
    check("By Sunday night they had left.", "2014-08-05", &["Sunday = 2014-08-03"]);
    check("They will stay until Friday.", "2014-08-05", &["Friday = 2014-08-05..2014-08-08"]);
    check("Friday prayers ended.", "2022-12-13", &[]);
}

#[test]
fn without_publication_relative_words_have_no_days() {
    check("On Monday and last week", "", &["Monday = ?..?", "last week = ?..?"]);
    check(
        "In 2015 they left; in May they came back.",
        "",
        &["2015 = 2015-01-01..2015-12-31", "May = 2015-05-01..2015-05-31"],
    );
}

#[test]
fn stretches_of_the_calendar() {
    check("It did so this week.", "2022-12-15", &["this week = 2022-12-12..2022-12-15"]);
    check("Earlier this week he spoke.", "2021-11-10", &["Earlier this week = 2021-11-08..2021-11-09"]);
    check("He spoke last week.", "2022-10-06", &["last week = 2022-09-26..2022-10-02"]);
    check("It fell last year.", "2022-12-15", &["last year = 2021-01-01..2021-12-31"]);
    check("Earlier this year it did.", "2022-12-15", &["Earlier this year = 2022-01-01..2022-12-15"]);
    check("over the past year", "2022-10-06", &["over the past year = 2021-10-06..2022-10-06"]);
    check("over the past few weeks", "2022-10-06", &["over the past few weeks = 2022-09-08..2022-10-06"]);
    check("Over the past 19 months", "2023-03-19", &["Over the past 19 months = 2021-08-19..2023-03-19"]);
    check("as they fled this past August.", "2021-11-10", &["this past August = 2021-08-01..2021-08-31"]);
    check("In late 2019, it shrank.", "", &["late 2019 = 2019-09-01..2019-12-31"]);
    check("in mid-August 2021", "", &["mid-August 2021 = 2021-08-11..2021-08-20"]);
    check("two weeks ago", "2022-10-06", &["two weeks ago = 2022-09-19..2022-09-25"]);
    check("three days ago", "2022-10-06", &["three days ago = 2022-10-03"]);
    check("in the 1990s", "", &["1990s = 1990-01-01..1999-12-31"]);
    check("in the near future", "2022-10-06", &["in the near future = 2022-10-06..?"]);
}

#[test]
fn ranges() {
    check("in 2006-08", "", &["2006-08 = 2006-01-01..2008-12-31"]);
    check("from August 2021 to August 2022", "", &["from August 2021 to August 2022 = 2021-08-01..2022-08-31"]);
    check("between August 2021 and August 2022", "", &["between August 2021 and August 2022 = 2021-08-01..2022-08-31"]);
    check(
        "between October and December of last year",
        "2023-03-19",
        &["between October and December of last year = 2022-10-01..2022-12-31"],
    );
    check("in July last year", "2023-03-19", &["July last year = 2022-07-01..2022-07-31"]);
    check("on March 3-5, 2020", "", &["March 3-5, 2020 = 2020-03-03..2020-03-05"]);
    check("between 20 and 30 people", "", &[]);
    check("since mid-August", "2021-11-10", &["since mid-August = 2021-08-11..2021-11-10"]);
    check(
        "since taking the town in mid-August",
        "2021-11-10",
        &["since taking the town in mid-August = 2021-08-11..2021-11-10"],
    );
}

#[test]
fn durations_have_no_days() {
    check("in less than six months", "2022-10-06", &["in less than six months = ?..?"]);
    check("in as little as six months", "2022-10-06", &["in as little as six months = ?..?"]);
    check("a two-decade war and a 20-year-old man", "2022-10-06", &["two-decade = ?..?"]);
    check("for more than a year", "", &["for more than a year = ?..?"]);
}

#[test]
fn one_time_counts_from_another() {
    check(
        "The raid on October 8, 2021 failed. One week after the raid they came back.",
        "",
        &["October 8, 2021 = 2021-10-08", "One week after = 2021-10-15"],
    );
    check(
        "On June 3, 2020 it fell. The next day it rose.",
        "",
        &["June 3, 2020 = 2020-06-03", "The next day = 2020-06-04"],
    );
}

#[test]
fn other_calendars_and_named_days() {
    check("the 20th anniversary of the 9/11 attacks", "2021-08-27", &["20th anniversary of the 9/11 = 2021-09-11"]);
    check(
        "Within the two months and seven days of the current solar year",
        "2023-03-19",
        &["Within the two months and seven days of the current solar year = 2022-03-21..2022-05-28"],
    );
    check("on Christmas Day", "2021-02-27", &["Christmas Day = 2020-12-25"]);
}

#[test]
fn other_words_are_not_times() {
    check("They may march on, said June Osei, 2000 fighters sat a second.", "2022-01-01", &[]);
    check("killed 2000 people; a 20-year-old; one of them; $2020", "2022-01-01", &[]);
}

#[test]
fn a_weekday_that_does_not_fit_is_noticed() {
    let page = page("On Sunday, June 8, 2022, a video came.", "");
    let codebook = Codebook::default();
    let ctx = Context { page: &page, codebook: &codebook, index: &crate::Index::default(), text: Text::new(&page) };
    let times = find(&ctx);
    assert_eq!(weekday_mismatch(&ctx, &times[0]).unwrap(), "8 June 2022 was a Wednesday");
}

#[test]
fn absurd_numbers_do_no_harm() {
    let text = "99999999999999999 years ago, 9223372036854775807th anniversary of the 9/11 attacks, 18446744073709551615 weeks later, over the past \
        999999999999 centuries, 9999999999999 months and 99999 days of the current solar year, 31 February, 99/99/9999, 2021-13-45.";
    for published in ["", "2022-01-01", "0001-01-01", "9999-12-31", "-9999-01-01"] {
        read(text, published.strip_prefix('-').map_or(published, |_| ""));
    }
}

#[test]
fn deadlines_run_from_publication() {
    check("The army hopes to retake it before July.", "2021-05-18", &["July = 2021-05-18..2021-06-30"]);
    check("They will leave before the end of the year.", "2008-10-09", &["end of the year = 2008-10-09..2008-12-31"]);
    check("It would be over by April, he said.", "2008-10-09", &["April = 2008-10-09..2009-04-30"]);
    check("They had left by April, he said.", "2008-10-09", &["April = 2008-04-01..2008-04-30"]);
    check("Troops will reach it within two weeks.", "2021-05-18", &["within two weeks = 2021-05-18..2021-06-01"]);
    check("They took it within two weeks.", "2021-05-18", &["within two weeks = ?..?"]);
    check("A raid at the weekend killed two.", "2016-09-14", &["the weekend = 2016-09-10..2016-09-11"]);
    check(
        "They fired on May 11 and left the next morning.",
        "2021-05-18",
        &["May 11 = 2021-05-11", "the next morning = 2021-05-12"],
    );
}

#[test]
fn nights_have_two_days() {
    check("Overnight, drones hit the port.", "2023-11-15", &["Overnight = 2023-11-14..2023-11-15"]);
    check("Shells fell during the night.", "2023-11-15", &["during the night = 2023-11-14..2023-11-15"]);
    check("An overnight curfew was lifted.", "2023-11-15", &[]);
    check(
        "They counted 40 shells between noon on Friday and noon on Saturday.",
        "1993-06-06",
        &["between noon on Friday and noon on Saturday = 1993-06-04..1993-06-05"],
    );
}

#[test]
fn what_is_counted_from_a_day_just_told() {
    let town = "On 26 January rebels took the town. ";
    check(
        &format!("{town}Over the next three days they went from house to house."),
        "2023-06-15",
        &["26 January = 2023-01-26", "Over the next three days = 2023-01-27..2023-01-29"],
    );
    check(
        &format!("{town}A helicopter had been shot down the day before with all on board."),
        "2023-06-15",
        &["26 January = 2023-01-26", "the day before = 2023-01-25"],
    );
    check(
        "They will leave over the next three days.",
        "2023-06-15",
        &["over the next three days = 2023-06-15..2023-06-18"],
    );
    check(
        "On Sunday he spoke, a day after the siege was declared over.",
        "2023-03-12",
        &["Sunday = 2023-03-12", "a day after = ?..?"],
    );
}

#[test]
fn deadlines_run_from_publication_and_what_is_over_has_no_first_day() {
    check("The line will be mended by Sunday.", "2023-08-17", &["Sunday = 2023-08-17..2023-08-20"]);
    check("Classes are suspended until Monday.", "2024-06-13", &["Monday = 2024-06-13..2024-06-17"]);
    check("They fought until 2016.", "2023-06-15", &["2016 = ?..2016-12-31"]);
    check(
        "He expects them to cut the road within 48 hours.",
        "2016-08-05",
        &["within 48 hours = 2016-08-05..2016-08-07"],
    );
    check("Winning by April is possible.", "2008-10-09", &["April = 2008-10-09..2009-04-30"]);
}

#[test]
fn days_behind_and_days_ahead() {
    check("They will be tried under the decree of 19 April.", "2023-08-17", &["19 April = 2023-04-19"]);
    check("They fear the fast, which begins on March 23.", "2023-03-12", &["March 23 = 2023-03-23"]);
    check("He hopes for a truce at Christmas.", "1974-11-12", &["Christmas = 1974-12-25"]);
    check("They have been at peace since Christmas.", "1974-11-12", &["Christmas = 1973-12-25"]);
    check("The March 23 Movement took the town.", "2023-06-15", &[]);
    check("They tore up a brokered 2002 ceasefire.", "2008-10-09", &["2002 = 2002-01-01..2002-12-31"]);
    check(
        "In the first five months of the year they fled.",
        "2023-06-15",
        &["the first five months of the year = 2023-01-01..2023-05-31"],
    );
    check("They have talked since at least April.", "2021-05-18", &["since at least April = 2021-04-01..2021-05-18"]);
}
