//! The one form under which the forms of a word are compared.
//!
//! In: a word and the codebook's irregular forms. Out: "shot", "shooting" and
//! "shoots" as `shoot`. Nouns made from verbs come back to the verb where the
//! spelling shows it ("nomination", "nominee") or the list below says so ("death").
//! What comes out is for comparing, not for reading: "fire" is `fir`.

use aver_codebook::Codebook;
use std::collections::HashMap;

/// Words whose verb the spelling does not show, and forms of verbs too short for its rules.
const DERIVED: &[(&str, &[&str])] = &[
    ("die", &["death", "deaths", "dead", "died", "dies", "dying", "fatal", "fatally", "fatality", "fatalities"]),
    ("shoot", &["shooter", "shooters", "shots"]),
    ("kill", &["killer", "killers"]),
    ("choose", &["choice", "choices"]),
    ("lose", &["loss", "losses"]),
    ("pay", &["payment", "payments"]),
    ("rob", &["robbery", "robberies", "robber", "robbers"]),
    ("explode", &["explosion", "explosions", "explosive"]),
    ("collide", &["collision", "collisions"]),
    ("decide", &["decision", "decisions"]),
    ("invade", &["invasion", "invasions"]),
    ("destroy", &["destruction"]),
    ("marry", &["marriage", "marriages"]),
    ("survive", &["survivor", "survivors"]),
    ("injure", &["injury", "injuries"]),
    ("acquire", &["acquisition", "acquisitions"]),
    ("sell", &["sale", "sales"]),
    ("speak", &["speech", "speeches"]),
    ("fly", &["flight", "flights"]),
    ("withdraw", &["withdrawal", "withdrawals"]),
    ("arrive", &["arrival", "arrivals"]),
    ("succeed", &["successor", "succession"]),
    ("perform", &["performance", "performances"]),
    ("appear", &["appearance", "appearances"]),
    ("enter", &["entry", "entrance"]),
    ("fail", &["failure", "failures"]),
    ("depart", &["departure"]),
    ("seize", &["seizure", "seizures"]),
    ("close", &["closure", "closures"]),
];

/// Endings of nouns made from verbs, with what the verb ends in.
const ENDINGS: &[(&str, &str)] =
    &[("ations", "at"), ("ation", "at"), ("inees", "inat"), ("inee", "inat"), ("ements", ""), ("ement", "")];

/// Lemmas by form.
pub struct Lemmas {
    known: HashMap<String, String>,
}

impl Lemmas {
    /// Works out the irregular forms of a codebook.
    pub fn new(codebook: &Codebook) -> Lemmas {
        let mut known = HashMap::new();
        for it in &codebook.lexicon.irregular {
            for form in [&it.past, &it.participle] {
                known.entry(form.clone()).or_insert_with(|| bare(&it.lemma));
            }
        }
        for (lemma, forms) in DERIVED {
            known.extend(forms.iter().map(|it| (it.to_string(), bare(lemma))));
        }
        Lemmas { known }
    }

    /// Returns the form under which a word is compared.
    pub fn of(&self, word: &str) -> String {
        let word: String = word.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect();
        match self.known.get(&word) {
            Some(lemma) => lemma.clone(),
            None => bare(&word),
        }
    }
}

/// Cuts what inflection adds, and a final "e", which "fired" and "firing" do not show.
fn bare(word: &str) -> String {
    for (ending, verb) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|it| it.len() > 2) {
            return format!("{stem}{verb}");
        }
    }
    for (ending, added) in
        [("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")]
    {
        let Some(stem) = word.strip_suffix(ending).filter(|it| it.len() > 2) else { continue };
        if ending == "s" && stem.ends_with('s') {
            continue;
        }
        let mut stem = format!("{stem}{added}");
        let last: Vec<char> = stem.chars().rev().take(2).collect();
        if matches!(ending, "ings" | "ing" | "ed")
            && stem.len() > 3
            && last[0] == last[1]
            && !matches!(last[0], 'l' | 's' | 'z')
        {
            stem.pop();
        }
        return stem.trim_end_matches('e').to_string();
    }
    if word.len() > 3 { word.trim_end_matches('e').to_string() } else { word.to_string() }
}

#[cfg(test)]
mod tests {
    use super::Lemmas;
    use aver_codebook::Codebook;

    #[test]
    fn the_forms_of_a_word_meet() {
        let lemmas = Lemmas::new(Codebook::builtin());
        for forms in [
            &["shoot", "shot", "shooting", "Shootings"][..],
            &["fire", "fired", "firing", "fires"],
            &["die", "died", "dies", "death", "dead"],
            &["nominate", "nominated", "nomination", "nominee"],
            &["carry", "carried", "carries"],
            &["stop", "stopped", "stopping"],
            &["kill", "killed", "killing"],
            &["announce", "announced", "announcement"],
        ] {
            let found: Vec<String> = forms.iter().map(|it| lemmas.of(it)).collect();
            assert!(found.windows(2).all(|it| it[0] == it[1]), "{forms:?}: {found:?}");
        }
        assert_ne!(lemmas.of("fall"), lemmas.of("fail"));
        assert_ne!(lemmas.of("pass"), lemmas.of("pas"));
    }
}
