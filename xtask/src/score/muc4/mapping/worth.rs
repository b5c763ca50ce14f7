//! Whether an incident is one that the task wants: recent, specific, told as fact, off the battlefield.
//!
//! In: a draft and the text. Out: a yes or no. No sign decides alone: each counts one for or
//! against, all alike, and a draft goes where too many speak against it. The signs are the
//! task's own rules of relevance; the one threshold was set on the tuning texts.

use super::{Draft, View};
use aver_model::Event;

/// A draft goes where the signs against it outnumber those for it by more.
const MOST_AGAINST: i32 = 2;

/// What events say of an incident beyond its template.
#[derive(Default)]
pub struct Signs {
    /// The country of an event that is none of the task's.
    abroad: bool,
    /// The country of an event that is one of the task's.
    at_home: bool,
    /// Some event is of a type that says more than "attack".
    precise: bool,
    /// Some event is a single one.
    single: bool,
    /// Somebody or something is told to be hit.
    hits: bool,
    /// Wanted whatever speaks against it.
    sure: bool,
}

impl Signs {
    /// The signs of one event.
    pub fn of(event: &Event) -> Signs {
        let country = event.place.as_ref().and_then(|it| it.country.as_deref());
        let home = country.map(|it| matches!(it, "SV" | "GT" | "HN" | "AR" | "BO" | "CL" | "CO" | "EC" | "PE"));
        Signs {
            abroad: home == Some(false),
            at_home: home == Some(true),
            precise: !matches!(event.kind.as_str(), "attack" | "looting" | "rocket_attack" | "armed_clash"),
            single: !event.aggregate,
            hits: !event.targets.is_empty(),
            sure: false,
        }
    }

    /// The signs of an act that is told without an event.
    pub fn told(hits: bool, sure: bool) -> Signs {
        Signs { precise: true, single: true, hits, sure, ..Signs::default() }
    }

    /// Adds the signs of another event of the same incident.
    pub fn add(&mut self, other: &Signs) {
        self.abroad |= other.abroad;
        self.at_home |= other.at_home;
        self.precise |= other.precise;
        self.single |= other.single;
        self.hits |= other.hits;
        self.sure |= other.sure;
    }
}

impl View<'_> {
    /// Says whether an incident is likely enough one of the task's.
    pub fn is_wanted(&self, draft: &Draft) -> bool {
        if draft.signs.sure {
            return true;
        }
        let told: Vec<String> = draft.spans.iter().map(|it| self.words(self.sentence(*it, 0))).collect();
        let told = told.join(" ").to_lowercase();
        let list: Vec<&str> = told.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let has = |words: &str| words.split_whitespace().any(|it| list.contains(&it));
        let says = |stems: &[&str]| stems.iter().any(|it| told.contains(it));
        let signs = &draft.signs;
        let against = [
            says(BATTLE),
            says(AIR),
            says(LONG_AGO),
            goes_on(&list),
            has("we our us my"),
            has("would could may might should if must cannot will"),
            signs.abroad && !signs.at_home,
            draft.spans.len() == 1,
            draft.place.is_none(),
            !signs.precise,
            !signs.single,
            !signs.hits,
        ];
        let for_it = [
            !draft.template.roles[3].is_empty(),
            !draft.template.roles[4].is_empty(),
            draft.place.is_some(),
            matches!(draft.template.kind.as_str(), "kidnapping" | "arson"),
            has(DAYS) || says(&["last night", "this morning", "this afternoon", "last week", "this week"]),
        ];
        let count = |signs: &[bool]| signs.iter().filter(|it| **it).count() as i32;
        count(&against) - count(&for_it) <= MOST_AGAINST
    }
}

/// Words of war between armed sides.
const BATTLE: &[&str] =
    &["clash", "combat", "fighting", "offensive", "battle", "confrontation", "enemy", "casualties", "brigade"];

/// Words of war from the air.
const AIR: &[&str] = &["air force", "aircraft", "plane", "helicopter", "strafing", "shelling", "aerial"];

/// Words of acts that are no news.
const LONG_AGO: &[&str] =
    &["year ago", "years ago", "last year", "years of", "decade", "months ago", "recall", "remember", "anniversary"];

/// Words of acts that are.
const DAYS: &str = "today yesterday tonight monday tuesday wednesday thursday friday saturday sunday gmt hours";

/// "are being killed", "continue to attack", "is bombing": what goes on, no act.
fn goes_on(words: &[&str]) -> bool {
    let lasts = |it: &str| matches!(it, "is" | "are" | "being" | "been" | "keep" | "stop") || it.starts_with("continu");
    let stems = ["kill", "murder", "attack", "bomb", "massacr", "assassinat", "kidnap", "straf", "shell"];
    let acts = |it: &str| stems.iter().any(|stem| it.starts_with(stem));
    words.windows(3).any(|it| lasts(it[0]) && (acts(it[1]) || (it[1] == "to" || it[1].ends_with("ly")) && acts(it[2])))
}

#[cfg(test)]
mod tests {
    use super::goes_on;

    #[test]
    fn what_goes_on_is_no_act() {
        let of = |words: &str| goes_on(&words.split(' ').collect::<Vec<_>>());
        assert!(of("the planes are still there and are indiscriminately bombing towns"));
        assert!(of("they continue to kill teachers"));
        assert!(!of("a bomb killed two teachers in the town"));
    }
}
