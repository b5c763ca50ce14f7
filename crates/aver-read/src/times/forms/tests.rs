//! Forms of time in sentences; every line is words, kind, pattern and days or hours.

use super::{Form, Kind, Moment, read};

/// Seen from Wednesday, 14 October 2020, at ten.
fn now() -> Moment {
    Moment { day: "2020-10-14".parse().unwrap(), second: 36_000 }
}

fn clock(at: Moment) -> String {
    format!("{:02}:{:02}", at.second / 3_600, at.second / 60 % 60)
}

fn print(text: &str, it: &Form) -> String {
    let point = |at: Moment| match it.kind {
        Kind::Date | Kind::Days => at.day.to_string(),
        Kind::Clock | Kind::Hours => clock(at),
        _ => format!("{} {}", at.day, clock(at)),
    };
    let side = |it: Option<(Moment, Moment)>| match it {
        None => String::new(),
        Some((from, to)) if from == to => format!(" {}", point(from)),
        Some((from, to)) => format!(" {}..{}", point(from), point(to)),
    };
    let seen: Vec<String> = it
        .seen
        .iter()
        .map(|seen| {
            let future = if seen.past == seen.future { String::new() } else { format!(" or{}", side(seen.future)) };
            format!("{}{}{future}", seen.pattern, side(seen.past))
        })
        .collect();
    let edge: String = [it.edge.side, it.edge.part].iter().flatten().map(|it| format!(" {it}")).collect();
    format!("{} = {:?}{edge} {}", &text[it.bytes.clone()], it.kind, seen.join(" | "))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = read(text, now()).iter().map(|it| print(text, it)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_day_without_its_year_is_two_days() {
    check("They meet on 3/5.", &["3/5 = Date XXXX-03-05 2020-03-05 or 2021-03-05"]);
    check("Due Nov. 2", &["Nov. 2 = Date XXXX-11-02 2019-11-02 or 2020-11-02"]);
    check("Due the second of May", &["the second of May = Date XXXX-05-02 2020-05-02 or 2021-05-02"]);
    check("It fell on the 27th.", &["the 27th = Date XXXX-XX-27 2020-09-27 or 2020-10-27"]);
    check("On Friday", &["Friday = Date XXXX-WXX-5 2020-10-09 or 2020-10-16"]);
    check("Feb 29", &["Feb 29 = Date XXXX-02-29 2020-02-29 or 2024-02-29"]);
}

#[test]
fn a_date_is_spelt_in_many_ways() {
    for text in ["2019-03-07", "20190307", "2019/mar/7", "7.3.2019", "07-Mar-2019", "March 7th, 2019", "7 March 2019"] {
        check(text, &[&format!("{text} = Date 2019-03-07 2019-03-07")]);
    }
    check("may seventh nineteen eighty four", &["may seventh nineteen eighty four = Date 1984-05-07 1984-05-07"]);
    check("21/04/16", &["21/04/16 = Date 2016-04-21 2016-04-21"]);
    check("Feb 30 2019", &["Feb 30 2019 = Date 2019-02-30"]);
}

#[test]
fn a_day_is_counted_from_another() {
    check("three weeks ago", &["three weeks ago = Date 2020-09-23 2020-09-23"]);
    check("the day after tomorrow", &["the day after tomorrow = Date 2020-10-16 2020-10-16"]);
    check("in four business days", &["in four business days = Date 2020-10-20 2020-10-20"]);
    check("2 weeks before Christmas", &["2 weeks before Christmas = Date 2020-12-11 2020-12-11"]);
    check("on Monday of next week", &["on Monday of next week = Date 2020-10-19 2020-10-19"]);
    check("the first Sunday of June 2022", &["the first Sunday of June 2022 = Date XXXX-06-WXX-7-#1 2022-06-05"]);
}

#[test]
fn a_stretch_ends_on_the_day_after_its_last() {
    check("in May 2018", &["May 2018 = Days 2018-05 2018-05-01..2018-06-01"]);
    check("Q3 2019", &["Q3 2019 = Days (2019-07-01,2019-10-01,P3M) 2019-07-01..2019-10-01"]);
    check("the last week of July 2019", &["the last week of July 2019 = Days 2019-07-W05 2019-07-22..2019-07-29"]);
    check("past 3 weeks", &["past 3 weeks = Days (2020-09-23,2020-10-14,P3W) 2020-09-23..2020-10-14"]);
    check("the last two decades", &["the last two decades = Days (2000-01-01,2020-01-01,P20Y) 2000-01-01..2020-01-01"]);
    check("in the 1970s", &["the 1970s = Days (1970-01-01,1980-01-01,P10Y) 1970-01-01..1980-01-01"]);
    check("week 3 of 2027", &["week 3 of 2027 = Days 2027-W03 2027-01-18..2027-01-25"]);
    check("by mid-May", &["by mid-May = Days before mid XXXX-05 2020-05-10..2020-05-21 or 2021-05-10..2021-05-21"]);
}

#[test]
fn one_end_of_a_range_tells_what_the_other_leaves_open() {
    check(
        "from 4 to 9 May",
        &["from 4 to 9 May = Days (XXXX-05-04,XXXX-05-09,P5D) 2020-05-04..2020-05-09 or 2021-05-04..2021-05-09"],
    );
    check("June-August 1992", &["June-August 1992 = Days (1992-06-01,1992-08-01,P2M) 1992-06-01..1992-08-01"]);
    check(
        "between 2014 and 2018",
        &["between 2014 and 2018 = Days (2014-01-01,2018-01-01,P4Y) 2014-01-01..2018-01-01"],
    );
    check(
        "from Feb 1st to March 2019",
        &["from Feb 1st to March 2019 = Days (2019-02-01,2019-03-01,P28D) 2019-02-01..2019-03-01"],
    );
}

#[test]
fn a_time_without_its_half_of_the_day_is_two_times() {
    check("at 5:30", &["5:30 = Clock T05:30 05:30 | T17:30 17:30"]);
    check("at 8.30pm", &["at 8.30pm = Clock T20:30 20:30"]);
    check("half past seven in the evening", &["half past seven in the evening = Clock T19:30 19:30"]);
    check("from 5 to 6pm", &["from 5 to 6pm = Hours (T17,T18,PT1H) 17:00..18:00"]);
    check("9.30-4.30pm", &["9.30-4.30pm = Hours (T09:30,T16:30,PT7H) 09:30..16:30"]);
    check("early in the morning", &["early in the morning = Hours start TMO 08:00..10:00"]);
}

#[test]
fn a_day_and_a_time_are_one_moment() {
    check("tomorrow at 4pm", &["tomorrow at 4pm = Moment 2020-10-15T16 2020-10-15 16:00"]);
    check("3pm on 7 May 2019", &["3pm on 7 May 2019 = Moment 2019-05-07T15 2019-05-07 15:00"]);
    check("last night", &["last night = Moments 2020-10-13TNI 2020-10-13 20:00..2020-10-13 23:59"]);
    check("in 5 minutes", &["in 5 minutes = Moment 2020-10-14T10:05:00 2020-10-14 10:05"]);
    check("today before 4pm", &["today before 4pm = Moments before 2020-10-14T16 2020-10-14 16:00"]);
}

#[test]
fn lengths_and_repeated_times_have_no_days() {
    check("for one hour and a half", &["one hour and a half = Length PT1.5H"]);
    check("It took 2 years, 1 month", &["2 years, 1 month = Length P2Y1M"]);
    check("more than 4 days", &["more than 4 days = Length more P4D"]);
    check("every other Friday", &["every other Friday = Set XXXX-WXX-5"]);
    check("each Monday at 4pm", &["each Monday at 4pm = Set XXXX-WXX-1T16"]);
}

#[test]
fn numbers_and_words_that_are_no_times_stay_out() {
    check("You may ask why; a second round; a 4:3 screen; 2000 men; 6,107.31 pounds; up to date.", &[]);
    check("Call 138-2010-2015 or (206) 555-1212; code A1B2C3; 30/4.85.", &[]);
}

#[test]
fn absurd_numbers_do_no_harm() {
    for text in [
        "99999999999 years ago",
        "in 999999999999 days",
        "the first 9999 weeks of 2021",
        "week 53 of 2021",
        "31.31.2019 25:99",
    ] {
        read(text, now());
    }
}
