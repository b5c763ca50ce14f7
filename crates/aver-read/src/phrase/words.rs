//! Closed classes of English words, by their lower-case form.

macro_rules! class {
    ($($(#[$meta:meta])* $name:ident = [$($word:literal)+];)+) => {
        $($(#[$meta])*
        pub fn $name(word: &str) -> bool { matches!(word, $($word)|+) })+
    };
}

class! {
    /// Articles, demonstratives, possessives, quantifiers that open a noun phrase.
    is_determiner = ["the" "a" "an" "this" "that" "these" "those" "his" "her" "its" "their" "our" "my" "your" "some" "any"
        "each" "every" "no" "several" "many" "most" "all" "both" "few" "another" "other" "such" "one" "two" "three" "four"
        "five" "six" "seven" "eight" "nine" "ten" "dozens" "various" "certain" "numerous" "multiple" "either" "neither" "half"];
    /// Possessive determiners.
    is_possessive = ["his" "her" "its" "their" "our" "my" "your" "'s" "'" "’" "whose"];
    /// Prepositions.
    is_preposition = ["of" "in" "on" "at" "by" "for" "with" "from" "to" "into" "against" "between" "among" "during" "under"
        "over" "near" "about" "within" "without" "across" "behind" "inside" "outside" "through" "toward" "towards" "amid" "off"
        "along" "around" "above" "below" "via" "upon" "per" "despite" "including" "since" "after" "before" "until" "beyond"
        "onto" "throughout" "alongside" "regarding" "concerning" "following" "besides" "like" "unlike" "amongst" "beside"];
    /// Prepositions that tie a noun to the noun before it.
    is_noun_preposition = ["of" "for" "in" "at" "from" "with" "on" "to" "against" "near" "inside" "within" "under" "across"
        "between" "among" "by" "outside" "around" "along"];
    /// Pronouns that can be a subject.
    is_subject_pronoun = ["he" "she" "they" "it" "we" "i" "you" "who" "there" "this" "these" "those" "others" "some" "many"];
    /// Personal pronouns of the third person.
    is_third_person = ["he" "she" "they" "it" "him" "her" "them"];
    /// "himself", "themselves".
    is_reflexive = ["himself" "herself" "itself" "themselves" "myself" "ourselves" "yourself"];
    /// Forms of be, have, do.
    is_auxiliary = ["is" "are" "was" "were" "be" "been" "being" "am" "has" "have" "had" "having" "do" "does" "did" "'s"
        "'re" "'ve" "'d" "'m" "'ll"];
    /// Forms of be.
    is_be = ["is" "are" "was" "were" "be" "been" "being" "am" "'re" "'m"];
    /// Forms of have.
    is_have = ["has" "have" "had" "having" "'ve"];
    /// Modal verbs.
    is_modal = ["will" "would" "can" "could" "may" "might" "must" "shall" "should" "'ll" "'d" "ca" "wo" "cannot"];
    /// Words of negation.
    is_negation = ["not" "n't" "never" "no" "neither" "nor" "without" "cannot" "nobody" "nothing" "nowhere"];
    /// Words that open a subordinate clause.
    is_subordinator = ["that" "because" "although" "though" "while" "whereas" "if" "unless" "when" "whenever" "where"
        "whether" "as" "since" "after" "before" "until" "once" "which" "who" "whom" "whose" "what" "why" "how" "lest"];
    /// Relative pronouns.
    is_relative = ["who" "which" "that" "whom" "whose" "where"];
    /// Conjunctions between equals.
    is_coordinator = ["and" "or" "but" "nor" "yet" "&"];
    /// Adverbs that stand between subject and verb, or before either.
    is_adverb = ["also" "not" "n't" "never" "ever" "yet" "still" "already" "now" "then" "later" "earlier" "again" "too"
        "even" "just" "only" "often" "always" "sometimes" "soon" "once" "twice" "further" "however" "therefore" "thus"
        "instead" "meanwhile" "moreover" "furthermore" "nevertheless" "nonetheless" "today" "yesterday" "tomorrow" "tonight"
        "long" "ago" "far" "quite" "very" "so" "almost" "nearly" "perhaps" "maybe" "indeed" "otherwise" "together" "likewise"
        "first" "last" "previously" "recently" "repeatedly" "all" "both" "themselves" "himself" "herself" "itself" "since"];
    /// Months.
    is_month = ["january" "february" "march" "april" "may" "june" "july" "august" "september" "october" "november" "december"
        "jan" "feb" "mar" "apr" "jun" "jul" "aug" "sep" "sept" "oct" "nov" "dec" "jan." "feb." "mar." "apr." "jun." "jul."
        "aug." "sep." "sept." "oct." "nov." "dec."];
    /// Days of the week.
    is_weekday = ["monday" "tuesday" "wednesday" "thursday" "friday" "saturday" "sunday" "mon." "tue." "tues." "wed." "thu."
        "thurs." "fri." "sat." "sun."];
    /// Nouns of time.
    is_time_noun = ["day" "days" "week" "weeks" "month" "months" "year" "years" "hour" "hours" "minute" "minutes" "decade"
        "decades" "night" "morning" "afternoon" "evening" "weekend" "today" "yesterday" "tomorrow" "tonight" "midnight" "noon"];
    /// "this week", "last year": words before a noun of time.
    is_time_opener = ["this" "last" "next" "past" "previous" "earlier" "late" "early" "later" "each" "every" "mid"];
}

/// Says whether a word is an adverb by list or by its ending.
pub fn is_adverbial(word: &str) -> bool {
    is_adverb(word)
        || (word.len() > 4
            && word.ends_with("ly")
            && !matches!(
                word,
                "family"
                    | "assembly"
                    | "ally"
                    | "italy"
                    | "july"
                    | "supply"
                    | "reply"
                    | "apply"
                    | "early"
                    | "daily"
                    | "deadly"
                    | "likely"
                    | "anomaly"
                    | "monopoly"
                    | "elderly"
                    | "weekly"
                    | "monthly"
            ))
}

/// Says whether a word cannot stand inside a plain noun phrase.
pub fn breaks_noun_phrase(word: &str) -> bool {
    is_preposition(word)
        || is_modal(word)
        || (is_auxiliary(word) && word != "'s")
        || is_subordinator(word) && word != "that"
        || is_coordinator(word)
        || is_subject_pronoun(word) && !is_determiner(word)
        || matches!(word, "not" | "n't" | "according" | "than" | "also" | "out" | "up" | "down")
}

/// "attack", "bombings", "ambushes": names an act of violence.
pub fn names_violence(word: &str) -> bool {
    const ACTS: &[&str] = &[
        "attack",
        "bombing",
        "blast",
        "explosion",
        "killing",
        "murder",
        "assassination",
        "shooting",
        "ambush",
        "assault",
        "raid",
        "strike",
        "airstrike",
        "kidnapping",
        "abduction",
        "massacre",
    ];
    ACTS.iter().any(|it| word.strip_prefix(it).is_some_and(|end| matches!(end, "" | "s" | "es")))
}
