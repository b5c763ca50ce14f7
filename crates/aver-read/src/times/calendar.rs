//! Days of other calendars and of feasts that move.
//!
//! Solar Hijri by the 33-year rule (right for 1304–1468), Easter by the
//! anonymous Gregorian computus, lunar Hijri by the civil table, which may be a
//! day off from the sighted moon.

use aver_model::Day;

/// Returns the first day of a Solar Hijri year (Nowruz).
pub fn solar_new_year(year: i32) -> Option<Day> {
    // Leap years of the 33-year cycle stand at 1, 5, 9, 13, 17, 22, 26, 30.
    let leaps_before = |y: i32| {
        let cycle = y.div_euclid(33);
        let rest = y.rem_euclid(33);
        cycle * 8 + [1, 5, 9, 13, 17, 22, 26, 30].iter().filter(|&&it| it < rest).count() as i32
    };
    // 1 Farvardin 1400 was 21 March 2021.
    let days = i64::from(year - 1400) * 365 + i64::from(leaps_before(year) - leaps_before(1400));
    if !(1200..=1600).contains(&year) {
        return None;
    }
    Some(Day::new(2021, 3, 21)?.plus_days(days))
}

/// Returns the Solar Hijri year that holds a day.
pub fn solar_year_of(day: Day) -> Option<i32> {
    let guess = i32::from(day.0.year()) - 621;
    let start = solar_new_year(guess)?;
    Some(if day < start { guess - 1 } else { guess })
}

/// Returns Easter Sunday.
pub fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

/// Returns the first day of a lunar Hijri month, by the civil table.
pub fn lunar(year: i64, month: i64) -> Option<Day> {
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + (59 * (month - 1) + 1) / 2;
    // 1 Muharram 1 is 19 July 622 (proleptic Gregorian).
    Some(Day::new(622, 7, 19)?.plus_days(days))
}

/// Returns the days of a lunar feast or month in a Gregorian year: (month, day, length).
pub fn lunar_in(year: i16, month: i64, day: i64, length: i64) -> Option<(Day, Day)> {
    let first = Day::new(year, 1, 1)?;
    let near = (i64::from(year) - 622) * 33 / 32;
    (near - 1..=near + 2)
        .filter_map(|it| lunar(it, month))
        .map(|it| it.plus_days(day - 1))
        .find(|it| *it >= first && it.0.year() == year)
        .map(|it| (it, it.plus_days(length - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_years_of_the_solar_calendar_fall_on_the_equinox() {
        let at = |year| solar_new_year(year).map(|it| it.to_string()).unwrap_or_default();
        assert_eq!(
            [at(1399), at(1400), at(1401), at(1402), at(1403), at(1404), at(1396)],
            ["2020-03-20", "2021-03-21", "2022-03-21", "2023-03-21", "2024-03-20", "2025-03-21", "2017-03-21"]
        );
        assert_eq!(solar_year_of(Day::new(2023, 3, 19).unwrap()), Some(1401));
    }

    #[test]
    fn easter_and_ramadan() {
        assert_eq!(easter(2019).unwrap().to_string(), "2019-04-21");
        assert_eq!(easter(2024).unwrap().to_string(), "2024-03-31");
        assert_eq!(lunar_in(2023, 9, 1, 30).unwrap().0.to_string(), "2023-03-23");
    }
}
