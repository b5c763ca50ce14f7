//! Closed vocabularies of the reading format that code decides on.
//!
//! Event types, measures, relations and kinds of content are codebook words and
//! travel as strings; these are the few lists whose members the program must
//! know by name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every member, in the order of the vocabulary.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Returns the word of the published vocabulary.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<$name, String> {
                $name::ALL.iter().copied().find(|it| it.as_str() == word).ok_or_else(|| {
                    let known: Vec<_> = $name::ALL.iter().map(|it| it.as_str()).collect();
                    format!("`{word}` is not one of {}", known.join(", "))
                })
            }
        }
    };
}

vocabulary! {
    /// How a speaker stands to the content of a statement.
    Stance {
        /// Says as fact that something happened or is the case.
        Reports = "reports",
        /// Gives an opinion, assessment or position.
        Asserts = "asserts",
        /// Confirms what is already in circulation.
        Confirms = "confirms",
        /// Gives a number known to be an estimate.
        Estimates = "estimates",
        /// Says it against own interest, or in custody.
        Admits = "admits",
        /// Says its own side carried out the attack.
        ClaimsResponsibility = "claims_responsibility",
        /// Says it is not so.
        Denies = "denies",
        /// Questions or contradicts a statement of somebody else.
        Doubts = "doubts",
        /// Has not confirmed, did not blame.
        WithholdsConfirmation = "withholds_confirmation",
        /// Declines an offer, demand or policy.
        Rejects = "rejects",
        /// Says another party did wrong.
        Accuses = "accuses",
        /// Condemns or criticizes an act.
        Condemns = "condemns",
        /// Threatens.
        Threatens = "threatens",
        /// Says what will, could or may happen.
        Forecasts = "forecasts",
        /// Binds itself for the future.
        Commits = "commits",
        /// Says what others should do; also obligations in documents.
        Urges = "urges",
        /// Praises.
        Commends = "commends",
    }
}

impl Stance {
    /// Returns the family under which outsiders score the stance (`vocab.json`).
    pub fn family(self) -> &'static str {
        match self {
            Stance::Reports | Stance::Asserts | Stance::Confirms | Stance::Estimates | Stance::Admits => "REPORT",
            Stance::ClaimsResponsibility => "CLAIM",
            Stance::Denies | Stance::Doubts | Stance::WithholdsConfirmation | Stance::Rejects => "DISPUTE",
            Stance::Accuses | Stance::Condemns | Stance::Threatens => "BLAME",
            Stance::Forecasts | Stance::Commits => "FUTURE",
            Stance::Urges => "PRESCRIBE",
            Stance::Commends => "PRAISE",
        }
    }
}

vocabulary! {
    /// The operator that stands before a figure.
    FigureOp {
        /// `low = high = value`.
        Exact = "exact",
        /// "at least 50": `low = 50`.
        AtLeast = "at_least",
        /// "more than 100": `low = 101`.
        MoreThan = "more_than",
        /// "nearly 600": `high = 600`.
        Nearly = "nearly",
        /// "some 20": `low = high = 20`, tolerance is left to policy.
        About = "about",
        /// "10 to 15".
        Range = "range",
        /// `low = 24`.
        Dozens = "dozens",
        /// `low = 3`.
        Several = "several",
        /// "a string of": `low = 2`.
        Series = "series",
        /// `low = 200`.
        Hundreds = "hundreds",
        /// `low = 2000`.
        Thousands = "thousands",
        /// No bound.
        Numerous = "numerous",
        /// No bound.
        Multitude = "multitude",
        /// `low = 2`.
        Multiple = "multiple",
        /// A share above one half.
        Most = "most",
        /// No bound.
        Many = "many",
        /// "up to 30": `high = 30`.
        UpTo = "up_to",
    }
}

vocabulary! {
    /// On whose word an event stands.
    Modality {
        /// Stated as fact in the outlet's or a third party's voice.
        Asserted = "asserted",
        /// Rests on the word of the actor who did it.
        Claimed = "claimed",
        /// Rests on an accusation by another party.
        Alleged = "alleged",
        /// In the future of publication.
        Planned = "planned",
    }
}

vocabulary! {
    /// On what the naming of a perpetrator rests; never promoted by a later stage.
    Basis {
        /// The outlet or the named speaker states it as fact.
        Stated = "stated",
        /// The perpetrator, or its media, claims it.
        Claimed = "claimed",
        /// Another party accuses.
        Alleged = "alleged",
        /// Impersonal: believed, attributed to.
        Attributed = "attributed",
        /// Only by context.
        Implied = "implied",
        /// Hinted at by the writer.
        Insinuated = "insinuated",
    }
}

vocabulary! {
    /// How exact a date is.
    Precision {
        /// One day.
        Day = "day",
        /// A week, or a few days.
        Week = "week",
        /// A month.
        Month = "month",
        /// A year.
        Year = "year",
        /// Several years.
        Years = "years",
        /// A stretch with a known start and end.
        Period = "period",
        /// Around the given day.
        About = "about",
        /// Before the given day.
        Before = "before",
        /// After the given day.
        After = "after",
        /// On the given day or earlier.
        OnOrBefore = "on_or_before",
        /// On the given day or later.
        OnOrAfter = "on_or_after",
        /// Only known to precede publication.
        BeforePublication = "before_publication",
        /// Worked out from something else in the text.
        Inferred = "inferred",
        /// "late 2019", "in the past".
        Fuzzy = "fuzzy",
        /// Going on.
        Ongoing = "ongoing",
    }
}

vocabulary! {
    /// What kind of words tie a speaker to a content.
    CueClass {
        /// "said".
        Verb = "verb",
        /// "a claim that".
        Noun = "noun",
        /// "according to".
        AccordingTo = "according_to",
        /// "reportedly".
        Adverb = "adverb",
        /// A headline's "…: officials".
        Headline = "headline",
        /// No words; the setting does it.
        Implicit = "implicit",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// What a statement is about.
    ContentKind {
        /// Something that happened.
        Event = "event",
        /// A number.
        Figure = "figure",
        /// A sum over a period.
        Tally = "tally",
        /// A tie between actors.
        Relation = "relation",
        /// Something to come.
        Forecast = "forecast",
        /// What an actor is able to do.
        Capability = "capability",
        /// A judgment.
        Assessment = "assessment",
        /// What is or should be done.
        Policy = "policy",
        /// What a word means.
        Definition = "definition",
        /// Who is responsible.
        Attribution = "attribution",
    }
}

vocabulary! {
    /// Whether the words are the speaker's own.
    Directness {
        /// Inside quotation marks.
        Direct = "direct",
        /// Reported.
        Indirect = "indirect",
        /// Both.
        Mixed = "mixed",
    }
}

vocabulary! {
    /// Whether the speaker of a relation says that it holds.
    Polarity {
        /// It holds.
        Asserted = "asserted",
        /// It does not hold.
        Denied = "denied",
        /// It is questioned.
        Doubted = "doubted",
    }
}

vocabulary! {
    /// Where a publication date was found.
    PublishedBasis {
        /// Told by the caller.
        Given = "given",
        /// In the page's metadata.
        Metadata = "metadata",
        /// In the words of the page.
        Text = "text",
        /// Nowhere.
        None = "none",
    }
}
