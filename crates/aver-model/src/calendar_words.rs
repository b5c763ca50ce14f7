//! The English names of months and weekdays, in one place for every stage.

/// Full names of the months in lower case, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Full names of the days in lower case, Monday first.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Returns the weekday, Monday = 1, of its full name.
pub fn weekday(word: &str) -> Option<i8> {
    WEEKDAYS.iter().position(|it| *it == word).map(|it| it as i8 + 1)
}

/// Returns the month, January = 1, of a full or short name: "may", "sept.".
pub fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    if let Some(at) = MONTHS.iter().position(|it| *it == word) {
        return Some(at as i8 + 1);
    }
    Some(match word {
        "jan" => 1,
        "feb" => 2,
        "mar" => 3,
        "apr" => 4,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sep" | "sept" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_full_and_short() {
        assert_eq!(
            (month("january"), month("sept."), month("dec"), month("may")),
            (Some(1), Some(9), Some(12), Some(5))
        );
        assert_eq!((weekday("monday"), weekday("sunday")), (Some(1), Some(7)));
        assert_eq!((month("marble"), month("j"), weekday("mon")), (None, None, None));
    }
}
