use super::*;
use crate::times::tests::page;

fn read(words: &str, published: &str) -> Vec<String> {
    let page = page(words, published);
    let text = Text::new(&page);
    find(&text, page.document.published.start)
        .into_iter()
        .map(|it| format!("{} = {} {}", text.words(it.tokens.clone()), it.kind, it.value))
        .collect()
}

#[track_caller]
fn check(text: &str, published: &str, expected: &[&str]) {
    assert_eq!(read(text, published), expected, "{text}");
}

#[test]
fn dates_and_their_parts() {
    check("On Friday, March 3, 2023, they met.", "", &["Friday, March 3, 2023 = DATE 2023-03-03"]);
    check("The third quarter of 2009 was calm.", "", &["The third quarter of 2009 = DATE 2009-Q3"]);
    check("It began in the late 1970s.", "", &["the late 1970s = DATE 197"]);
    check("A fort of the 19th century burned.", "", &["the 19th century = DATE 18"]);
    check("They left in the summer of 1994.", "", &["the summer of 1994 = DATE 1994-SU"]);
    check("It fell in the first half of 2016.", "", &["the first half of 2016 = DATE 2016-H1"]);
    check("It fell in nineteen ninety-six.", "", &["nineteen ninety-six = DATE 1996"]);
    check("The wall is of 400 BCE.", "", &["400 BCE = DATE BC0400"]);
    check("Raids rose in early 2015.", "", &["early 2015 = DATE 2015"]);
}

#[test]
fn times_counted_from_publication() {
    check("He spoke yesterday.", "2022-10-06", &["yesterday = DATE 2022-10-05"]);
    check("It fell last week.", "2022-10-06", &["last week = DATE 2022-W39"]);
    check("It fell two weeks ago.", "2022-10-06", &["two weeks ago = DATE 2022-09-22"]);
    check("It fell three years ago.", "2022-10-06", &["three years ago = DATE 2019"]);
    check("The end of next month is near.", "2022-10-06", &["The end of next month = DATE 2022-11"]);
    check("He left over the weekend.", "2022-10-06", &["the weekend = DATE 2022-W39-WE"]);
    check("It closed last winter.", "2022-10-06", &["last winter = DATE 2021-WI"]);
}

#[test]
fn without_publication_the_open_parts_are_crossed_out() {
    check("On Friday he left.", "", &["Friday = DATE XXXX-WXX-5"]);
    check("On March 16 he left.", "", &["March 16 = DATE XXXX-03-16"]);
    check("It fell last week.", "", &["last week = DATE XXXX-WXX"]);
    check("In the third quarter it fell.", "", &["the third quarter = DATE XXXX-Q3"]);
}

#[test]
fn one_time_counts_from_another() {
    check(
        "On June 3, 2020 it fell. The following day it rose. Two years later it fell again.",
        "2022-01-01",
        &["June 3, 2020 = DATE 2020-06-03", "The following day = DATE 2020-06-04", "Two years later = DATE 2022"],
    );
    check(
        "In August 1831 she sailed. On July 14 she wrote.",
        "2004-09-01",
        &["August 1831 = DATE 1831-08", "July 14 = DATE 1831-07-14"],
    );
    check(
        "Sales rose in the third quarter of 2020 from a year earlier.",
        "2020-10-20",
        &["the third quarter of 2020 = DATE 2020-Q3", "a year earlier = DATE 2019-Q3"],
    );
}

#[test]
fn clock_times_keep_their_day() {
    check("At 5:30 p.m. on Friday it rang.", "2022-10-06", &["5:30 p.m. on Friday = TIME 2022-09-30T17:30"]);
    check("Shells fell at 16:15 UTC.", "2022-10-06", &["16:15 UTC = TIME 2022-10-06T16:15Z"]);
    check("Shells fell on Friday evening.", "2022-10-06", &["Friday evening = TIME 2022-09-30TEV"]);
    check("Shells fell last night.", "2022-10-06", &["last night = TIME 2022-10-05TNI"]);
    check("Shells fell at noon.", "", &["noon = TIME XXXX-XX-XXT12:00"]);
}

#[test]
fn lengths_keep_their_number() {
    check("It lasted nearly two years.", "", &["nearly two years = DURATION P2Y"]);
    check("A five-year war, a six-hour fight.", "", &["five-year = DURATION P5Y", "six-hour = DURATION PT6H"]);
    check("They held it for two and a half years.", "", &["two and a half years = DURATION P2.5Y"]);
    check("Over the past three months they fled.", "", &["the past three months = DURATION P3M"]);
    check("They fought for decades.", "", &["decades = DURATION PXDE"]);
    check("Three years after the war they came.", "2022-01-01", &["Three years = DURATION P3Y"]);
    check("A two-year-old and a man of 30 years of age.", "", &[]);
}

#[test]
fn repeated_times_are_sets() {
    check("They pray every Friday.", "", &["every Friday = SET XXXX-WXX-5"]);
    check("They meet twice a week.", "", &["twice a week = SET P1W"]);
    check("It costs $5 million a year.", "", &["a year = SET P1Y"]);
    check("They march on Tuesday nights.", "", &["Tuesday nights = SET XXXX-WXX-2TNI"]);
    check("Shells fall every two hours.", "", &["every two hours = SET PT2H"]);
}

#[test]
fn now_and_then_have_no_place_in_the_calendar() {
    check("They recently left and will soon return.", "", &["recently = DATE PAST_REF", "soon = DATE FUTURE_REF"]);
    check("They now hold it.", "", &["now = DATE PRESENT_REF"]);
    check("The near future is dark.", "", &["The near future = DATE FUTURE_REF"]);
}

#[test]
fn other_words_are_no_times() {
    check("A second man may march; the fall of the town; he fled with 2000 men.", "2022-01-01", &[]);
}

#[test]
fn absurd_numbers_do_no_harm() {
    let text = "99999999999999 years ago, 9999 centuries earlier, the 99th century, 25:99, 9999 BC, every 99999999999 days, \
        the first half of 9999, 99-year, 0 weeks later, 30000 years later.";
    for published in ["", "2022-01-01", "0001-01-01", "9999-12-31"] {
        read(text, published);
    }
}

#[test]
fn years_stand_alone_where_nothing_is_counted() {
    check("He enlisted in 1655 and died in 1699, aged 64.", "2009-09-07", &["1655 = DATE 1655", "1699 = DATE 1699"]);
    check(
        "A drawing (1480) by Ada Rossi (1710 – 1774).",
        "2009-09-07",
        &["1480 = DATE 1480", "1710 = DATE 1710", "1774 = DATE 1774"],
    );
    check("The fort held from 1598 to 1722.", "2009-09-07", &["1598 = DATE 1598", "1722 = DATE 1722"]);
    check("They lost the 2002 World Cup.", "2009-09-07", &["2002 = DATE 2002"]);
    check("On 31 March 1635 in Rome he fled.", "2009-09-07", &["31 March 1635 = DATE 1635-03-31"]);
    check("The town was burned in 1655 houses and by 1500 men; see Memory 92 (6): 1087–1101.", "2009-09-07", &[]);
}

#[test]
fn a_year_is_shared() {
    check("He came between May and June 1981.", "2019-11-01", &["May = DATE 1981-05", "June 1981 = DATE 1981-06"]);
    check(
        "In 2012 he moved to Altoona. On September 4 he played.",
        "2018-09-12",
        &["2012 = DATE 2012", "September 4 = DATE 2012-09-04"],
    );
    check(
        "It is the lowest level since 1983. It had not closed above that since February.",
        "2009-04-03",
        &["1983 = DATE 1983", "February = DATE 2009-02"],
    );
}

#[test]
fn today_may_be_these_days() {
    check("Today, about 400 families still live there.", "2006-12-21", &["Today = DATE PRESENT_REF"]);
    check("The canal is still used today.", "2006-12-21", &["today = DATE PRESENT_REF"]);
    check("The court today rejected the appeal.", "2006-12-21", &["today = DATE 2006-12-21"]);
    check("Today is a day of mourning.", "2006-12-21", &["Today = DATE 2006-12-21"]);
}

#[test]
fn seasons_of_any_year_have_none() {
    check("The winter is cold and summer can be hot.", "2006-12-21", &["The winter = DATE XXXX-WI"]);
    check(
        "The spring was wet, and they fled in summer.",
        "2006-12-21",
        &["The spring = DATE 2006-SP", "summer = DATE 2006-SU"],
    );
    check("The fall of the town came before the Winter Games.", "2006-12-21", &[]);
}

#[test]
fn a_date_just_ahead_is_not_that_of_last_year() {
    check("The dividend is payable Dec. 15.", "1989-11-02", &["Dec. 15 = DATE 1989-12-15"]);
    check("A June 3 hearing was scheduled.", "2009-06-01", &["June 3 = DATE 2009-06-03"]);
    check("Prices fell in December.", "1989-11-02", &["December = DATE 1988-12"]);
    check("The truce has held since Nov. 15.", "1989-11-02", &["Nov. 15 = DATE 1988-11-15"]);
    check("The Nov. 15 raid is under review.", "1989-11-02", &["Nov. 15 = DATE 1988-11-15"]);
}

#[test]
fn the_day_and_the_year_are_those_told() {
    check("Shares fell to end the day at 7,114.", "2009-02-23", &["the day = DATE 2009-02-23"]);
    check(
        "It lost 2 billion in the last quarter of 2005. The loss was 8 billion for the entire year.",
        "2006-02-01",
        &["the last quarter of 2005 = DATE 2005-Q4", "the entire year = DATE 2006"],
    );
    check("In 2005 it lost 8 billion for the year.", "2006-02-01", &["2005 = DATE 2005", "the year = DATE 2005"]);
    check("It is the story of the week; on the day of the raid he slept.", "2006-02-01", &[]);
    check(
        "He was found on 30 May 1832. He died the following morning.",
        "2004-09-01",
        &["30 May 1832 = DATE 1832-05-30", "the following morning = TIME 1832-05-31TMO"],
    );
}

#[test]
fn short_lengths_and_vague_times_of_the_news() {
    check("The move comes a day after Orvel left.", "2009-06-01", &["a day = DURATION P1D"]);
    check("Prices are at their highest level in years, he said.", "2009-06-01", &["years = DURATION PXY"]);
    check("It will go on for the time being.", "2009-06-01", &["the time being = DATE PRESENT_REF"]);
    check("He left Zalev on 7/8/07.", "2009-06-01", &["7/8/07 = DATE 2007-07-08"]);
}
