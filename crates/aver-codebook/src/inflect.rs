//! Forms of English verbs and nouns, from the lemmas that the codebook lists.
//!
//! In: a lemma of one or more words. Out: every form. In a verb phrase the
//! first word is inflected ("blow up", "blew up"), in a noun phrase the last
//! word before a preposition ("exchange of fire", "exchanges of fire").
//! Irregular forms come from the lexicon; the rest follows the spelling rules.

use crate::{Codebook, Lexicon};

/// The forms of a verb or verb phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerbForms {
    /// "kill".
    pub base: String,
    /// "kills".
    pub third: String,
    /// "killed".
    pub past: String,
    /// "killed".
    pub participle: String,
    /// "killing".
    pub gerund: String,
}

impl VerbForms {
    /// Returns every form once, in the order of the fields.
    pub fn all(&self) -> Vec<&str> {
        let mut forms: Vec<&str> = vec![];
        for form in [&self.base, &self.third, &self.past, &self.participle, &self.gerund] {
            if !forms.contains(&form.as_str()) {
                forms.push(form);
            }
        }
        forms
    }
}

/// The forms of a noun or noun phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NounForms {
    /// "bombing".
    pub singular: String,
    /// "bombings"; the same as `singular` for words written with `=`.
    pub plural: String,
}

impl NounForms {
    /// Returns each form once.
    pub fn all(&self) -> Vec<&str> {
        if self.singular == self.plural { vec![&self.singular] } else { vec![&self.singular, &self.plural] }
    }
}

impl Codebook {
    /// Returns the forms of a verb or verb phrase given by its lemma.
    pub fn verb_forms(&self, lemma: &str) -> VerbForms {
        self.lexicon.verb_forms(lemma)
    }

    /// Returns the forms of a noun or noun phrase given by its singular.
    pub fn noun_forms(&self, singular: &str) -> NounForms {
        self.lexicon.noun_forms(singular)
    }
}

impl Lexicon {
    /// Returns the forms of a verb or verb phrase given by its lemma.
    pub fn verb_forms(&self, lemma: &str) -> VerbForms {
        let (verb, rest) = match lemma.find(' ') {
            Some(at) => lemma.split_at(at),
            None => (lemma, ""),
        };
        let (past, participle) = match self.irregular.iter().find(|it| it.lemma == verb) {
            Some(it) => (it.past.clone(), it.participle.clone()),
            None => (self.regular_past(verb), self.regular_past(verb)),
        };
        let third = match verb {
            "be" => "is".to_owned(),
            "have" => "has".to_owned(),
            _ => with_s(verb),
        };
        let gerund = self.gerund(verb);
        let join = |form: &str| format!("{form}{rest}");
        VerbForms {
            base: lemma.to_owned(),
            third: join(&third),
            past: join(&past),
            participle: join(&participle),
            gerund: join(&gerund),
        }
    }

    /// Returns the forms of a noun or noun phrase given by its singular; `=` before it keeps it as it stands.
    pub fn noun_forms(&self, singular: &str) -> NounForms {
        if let Some(words) = singular.strip_prefix('=') {
            return NounForms { singular: words.to_owned(), plural: words.to_owned() };
        }
        let at = [" of ", " in ", " on ", " to ", " by ", " for ", " with ", " against ", " from ", " at "]
            .iter()
            .filter_map(|it| singular.find(it))
            .min();
        let (head, tail) = singular.split_at(at.unwrap_or(singular.len()));
        let (before, word) = match head.rfind([' ', '-']) {
            Some(at) => head.split_at(at + 1),
            None => ("", head),
        };
        let plural = match self.irregular_nouns.iter().find(|it| it.singular == word) {
            Some(it) => it.plural.clone(),
            None => with_s(word),
        };
        NounForms { singular: singular.to_owned(), plural: format!("{before}{plural}{tail}") }
    }

    fn regular_past(&self, verb: &str) -> String {
        if verb.ends_with('e') {
            return format!("{verb}d");
        }
        if let Some(stem) = consonant_y(verb) {
            return format!("{stem}ied");
        }
        format!("{}ed", self.doubled(verb))
    }

    fn gerund(&self, verb: &str) -> String {
        if verb == "be" {
            return "being".to_owned();
        }
        if let Some(stem) = verb.strip_suffix("ie") {
            return format!("{stem}ying");
        }
        if !["ee", "oe", "ye"].iter().any(|it| verb.ends_with(it))
            && let Some(stem) = verb.strip_suffix('e')
        {
            return format!("{stem}ing");
        }
        format!("{}ing", self.doubled(verb))
    }

    /// Doubles the last letter where English does: "stop" → "stopp", "panic" → "panick", "commit" → "committ".
    fn doubled(&self, verb: &str) -> String {
        let letters: Vec<char> = verb.chars().collect();
        let is_vowel = |at: usize| matches!(letters[at], 'a' | 'e' | 'i' | 'o' | 'u');
        let n = letters.len();
        if verb.ends_with('c') && !verb.ends_with("sc") {
            return format!("{verb}k");
        }
        let vowels = (0..n).filter(|at| is_vowel(*at) || (letters[*at] == 'y' && *at > 0)).count();
        let ends_short = n >= 3
            && !is_vowel(n - 1)
            && !matches!(letters[n - 1], 'w' | 'x' | 'y')
            && is_vowel(n - 2)
            && (!is_vowel(n - 3) || (letters[n - 3] == 'u' && n >= 4 && letters[n - 4] == 'q'));
        let one_syllable = vowels == 1 || (vowels == 2 && verb.starts_with("qu"));
        if ends_short && (one_syllable || self.doubling.iter().any(|it| it == verb)) {
            return format!("{verb}{}", letters[n - 1]);
        }
        verb.to_owned()
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    let last = stem.chars().next_back()?;
    (!matches!(last, 'a' | 'e' | 'i' | 'o' | 'u')).then_some(stem)
}

fn with_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|it| word.ends_with(it));
    if hisses || matches!(word, "go" | "do" | "undergo" | "echo" | "veto" | "torpedo" | "hero") {
        return format!("{word}es");
    }
    format!("{word}s")
}
