//! Days as people write them: "2023-03-19", "May 2019", "yesterday", "the 1990s".
//!
//! In: words and today. Out: the first and last day they stand for; where the words leave
//! the year open, the one that has passed.

use aver_model::Day;
use aver_read::times::forms::{self, Kind, Moment};

/// Returns first and last day of what is written, seen from `today`.
///
/// # Errors
/// Words that are no day and no stretch of days, or more than one.
pub fn spoken(text: &str, today: Day) -> Result<(Day, Day), String> {
    let wrong = || format!("`{text}` is no day; write it as 2023-03-19, May 2019 or last week");
    let found = forms::read(text, Moment::at_dawn(today));
    let [form] = found.as_slice() else { return Err(wrong()) };
    let whole = text.trim().trim_start_matches("the ").len() <= form.bytes.len();
    let (from, to) = form.seen.first().and_then(|it| it.past).filter(|_| whole).ok_or_else(wrong)?;
    match form.kind {
        _ if form.edge.side.is_some() => Err(wrong()),
        Kind::Date => Ok((from.day, to.day)),
        Kind::Days => Ok((from.day, to.day.plus_days(-1))),
        _ => Err(wrong()),
    }
}

/// The first day of what an argument says.
///
/// # Errors
/// As [`spoken`].
pub fn first(text: &str) -> Result<Day, String> {
    spoken(text, crate::desk::today()).map(|it| it.0)
}

/// The last day of what an argument says.
///
/// # Errors
/// As [`spoken`].
pub fn last(text: &str) -> Result<Day, String> {
    spoken(text, crate::desk::today()).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[track_caller]
    fn check(text: &str, expected: Result<(&str, &str), ()>) {
        let ours = spoken(text, "2023-03-15".parse().unwrap()).map_err(|_| ());
        let expected = expected.map(|it| (it.0.parse().unwrap(), it.1.parse().unwrap()));
        assert_eq!(ours, expected, "{text}");
    }

    #[test]
    fn a_day_or_a_stretch_has_a_first_and_a_last_day() {
        check("2023-03-19", Ok(("2023-03-19", "2023-03-19")));
        check("4 March 2021", Ok(("2021-03-04", "2021-03-04")));
        check("2021", Ok(("2021-01-01", "2021-12-31")));
        check("May 2019", Ok(("2019-05-01", "2019-05-31")));
        check("the 1990s", Ok(("1990-01-01", "1999-12-31")));
        check("last week", Ok(("2023-03-06", "2023-03-12")));
    }

    #[test]
    fn an_open_year_is_the_one_that_passed() {
        check("April", Ok(("2022-04-01", "2022-04-30")));
        check("Friday", Ok(("2023-03-10", "2023-03-10")));
    }

    #[test]
    fn other_words_are_no_day() {
        for text in ["", "soon", "before 2019", "2019 and 2020", "3 hours", "2019-02-30", "the war of 2019"] {
            check(text, Err(()));
        }
    }
}
