//! Whom a figure counts: everybody, or only some.
//!
//! "13 U.S. soldiers" and "dozens of people" do not contradict each other: the
//! first can be a part of the second. A figure that names no group counts
//! everybody; so does one that counts people by a word that any person answers to.

use aver_model::Figure;

/// Words that any person answers to, and words beside them.
const ANYBODY: &[&str] = &[
    "people",
    "person",
    "persons",
    "individual",
    "individuals",
    "other",
    "others",
    "victim",
    "victims",
    "human",
    "humans",
    "soul",
    "souls",
    "life",
    "lives",
    "casualty",
    "casualties",
    "death",
    "deaths",
    "body",
    "bodies",
    "more",
    "of",
    "the",
    "a",
    "an",
    "some",
    "dead",
    "killed",
    "wounded",
    "injured",
    "fatalities",
    "them",
    "those",
];

/// Says whether the words of a group leave somebody out: "Chinese citizens", "children".
pub fn is_some_only(group: Option<&str>) -> bool {
    let Some(group) = group else { return false };
    let mut words = group.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.any(|it| !ANYBODY.contains(&it.to_lowercase().as_str()) && !it.chars().all(|c| c.is_ascii_digit()))
}

/// Says whether the first figure can be a part of the second: it counts only some, and no more than the second allows.
pub fn can_be_part(some: &Figure, all: &Figure) -> bool {
    some.measure == all.measure
        && some.unit == all.unit
        && is_some_only(some.group.as_deref())
        && !is_some_only(all.group.as_deref())
        && match (some.low.or(some.high), all.high.or(all.low)) {
            (Some(some), Some(all)) => some <= all,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::is_some_only;

    #[test]
    fn a_group_that_leaves_somebody_out_is_not_everybody() {
        for group in ["U.S. soldiers", "Chinese citizens", "children", "other children"] {
            assert!(is_some_only(Some(group)), "{group}");
        }
        for group in ["people", "other people", "others", "of the victims"] {
            assert!(!is_some_only(Some(group)), "{group}");
        }
        assert!(!is_some_only(None));
    }
}
