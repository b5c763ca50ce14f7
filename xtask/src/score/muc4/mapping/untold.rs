//! Incidents of the task that are no events of a reading: threats, attempts, acts only named.
//!
//! In: the text. Out: drafts of what fixed runs of words tell. A reading gives no event for what
//! was only threatened or failed, nor for what is named too thinly; the task wants both. Most of
//! these drafts join one that an event gave, and then only add a mention.

use super::{Draft, View, words::listed, worth::Signs};
use aver_model::Span;

/// A run of words that tells an incident: its type, and what may stand where.
struct Run {
    kind: &'static str,
    /// One entry a word: forms parted by `|`, `*` for any ending, `?` before forms that may lack.
    words: &'static [&'static str],
    /// Who or what is hit must follow.
    hits: bool,
    /// Wanted whatever speaks against it.
    sure: bool,
}

/// The runs; each was measured alone on the tuning texts.
const RUNS: &[Run] = &[
    Run {
        kind: "attack",
        words: &["threat*|vow*|sworn|swore", "to", "kill|murder|assassinate|execute|attack|annihilate"],
        hits: false,
        sure: true,
    },
    Run {
        kind: "kidnapping",
        words: &["plot*|plan*|attempt*|try|tried|trying|threat*", "to", "kidnap|abduct"],
        hits: false,
        sure: false,
    },
    Run {
        kind: "attack",
        words: &["murder*|assassination*|killing*|massacre*|slaying*|execution*|death", "of|against"],
        hits: true,
        sure: false,
    },
    Run {
        kind: "bombing",
        words: &["blew|blown|blowing", "up", "?at|several|some", "?least"],
        hits: true,
        sure: false,
    },
    Run { kind: "attack", words: &["sabotage|sabotaging|sabotaged", "?against|on|to|of"], hits: true, sure: false },
    Run { kind: "robbery", words: &["robbed|stole|looted|robbery"], hits: false, sure: false },
    Run {
        kind: "bombing",
        words: &[
            "bomb*|explosive*|device*|charge*|dynamite",
            "?was|were|had|has|that",
            "?been",
            "placed|planted|deactivated|defused",
        ],
        hits: false,
        sure: true,
    },
];

impl View<'_> {
    /// The drafts that runs of words give.
    pub fn untold(&self) -> Vec<Draft> {
        let words = self.tokens();
        let begins = |at: usize| RUNS.iter().map(move |run| (run, at));
        (0..words.len())
            .flat_map(begins)
            .filter_map(|(run, at)| self.run(&words, at..matched(&words, at, run)?, run))
            .collect()
    }

    fn run(&self, words: &[(Span, String)], at: std::ops::Range<usize>, run: &Run) -> Option<Draft> {
        let object = self.object(words, at.end);
        let span = Span::new(words[at.start].0.start, object.map_or(words[at.end - 1].0.end, |it| it.end));
        let mut draft = Draft { start: span.start, spans: vec![span], ..Draft::default() };
        draft.template.kind = run.kind.to_owned();
        draft.civilian = object.is_none();
        if let Some(object) = object {
            self.target(object, &mut draft);
        }
        let hits = !draft.template.roles[2].is_empty() || !draft.template.roles[3].is_empty();
        draft.signs = Signs::told(hits, run.sure);
        (hits || !run.hits).then_some(draft)
    }

    /// The words of whom or what an act hits: up to a comma or a word with which the clause goes on.
    fn object(&self, words: &[(Span, String)], from: usize) -> Option<Span> {
        let parted = |at: usize| {
            let between = &self.letters[words[at - 1].0.end..words[at].0.start];
            between.iter().any(|it| ",.;:()[]\"".contains(*it))
        };
        let ends = |at: &usize| *at >= words.len() || *at > from && parted(*at) || listed(STOPS, &words[*at].1);
        let end = (from..from + LONGEST).find(ends).unwrap_or(from + LONGEST);
        (end > from).then(|| Span::new(words[from].0.start, words[end - 1].0.end))
    }

    /// The words of the text in lower case, with where they stand.
    fn tokens(&self) -> Vec<(Span, String)> {
        let part = |it: &&char| it.is_alphanumeric() || matches!(it, '\'' | '-');
        let mut out = vec![];
        let mut at = 0;
        while at < self.letters.len() {
            let end = at + self.letters[at..].iter().take_while(part).count();
            if end > at {
                let span = Span::new(at, end);
                out.push((span, self.words(span).to_lowercase()));
            }
            at = end.max(at + 1);
        }
        out
    }
}

/// So many words name at most what was hit.
const LONGEST: usize = 14;

/// Words with which a clause goes on behind what was hit.
const STOPS: &str = "who which that was were is are has had have in on at by from to for with when while as after before \
    because during last this yesterday today tonight does did will would and if until since near";

/// Returns the word behind a run that begins at a word.
fn matched(words: &[(Span, String)], at: usize, run: &Run) -> Option<usize> {
    let mut here = at;
    for forms in run.words {
        let (optional, forms) = forms.strip_prefix('?').map_or((false, *forms), |it| (true, it));
        let fits = |word: &str| {
            forms.split('|').any(|it| it.strip_suffix('*').map_or(it == word, |stem| word.starts_with(stem)))
        };
        match words.get(here) {
            Some((_, word)) if fits(word) => here += 1,
            _ if optional => {}
            _ => return None,
        }
    }
    Some(here)
}

#[cfg(test)]
mod tests {
    use super::super::tests::templates_of;

    #[test]
    fn a_threat_and_a_charge_found_in_time_are_incidents_though_nothing_happened() {
        assert_eq!(templates_of("The gang has threatened to kill ten judges.")[0].kind, "attack");
        assert_eq!(templates_of("A bomb was defused near the Agrarian Bank.")[0].kind, "bombing");
        assert!(templates_of("The judges have threatened to resign.").is_empty());
    }

    #[test]
    fn a_murder_only_named_needs_its_victim() {
        let text = "The union called a strike to protest the murder of Ana Ruiz, its leader, in Lima today.";
        let [it] = &templates_of(text)[..] else { panic!("one template") };
        assert_eq!((it.kind.as_str(), &it.roles[3][0][0]), ("attack", &"ana ruiz".into()));
        assert!(templates_of("The union called a strike to protest murder.").is_empty());
    }
}
