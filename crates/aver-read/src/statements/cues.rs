//! The codebook's cues in every form, ready to look up.
//!
//! In: the stances of the codebook. Out: [`Cues`], which says at any token
//! which cue begins there and in which form. Between a verb and its fixed
//! object one word may stand: "claimed full responsibility for".
//!
//! Whether a found cue is used as one is decided by the frames.

use crate::phrase::verb_forms;
use crate::text::Text;
use aver_codebook::Codebook;
use aver_model::{CueClass, Stance};
use std::collections::{HashMap, HashSet};

/// Verbs of acting or perceiving that are cues only before a clause or quotation.
const WEAK: &[&str] = &[
    "plan",
    "intend",
    "decide",
    "offer",
    "resolve",
    "volunteer",
    "project",
    "count",
    "tally",
    "put",
    "calculate",
    "see",
    "hear",
    "witness",
    "name",
    "list",
    "cite",
    "record",
    "register",
    "publish",
    "broadcast",
    "air",
    "circulate",
    "read",
    "resist",
    "defy",
    "veto",
    "boycott",
    "celebrate",
    "endorse",
    "seek",
    "summon",
    "invite",
    "compel",
    "direct",
    "command",
    "prove",
    "establish",
    "determine",
    "hold",
    "call",
    "grant",
    "judge",
    "own",
    "contest",
    "commit",
    "agree",
    "credit",
    "salute",
    "admire",
    "appreciate",
    "petition",
    "propose",
    "object",
    "renounce",
    "finger",
    "fault",
    "charge",
    "project",
    "expect",
    "anticipate",
    "envision",
    "envisage",
    "suspect",
    "own",
    "protest",
    "vouch",
    "swear",
    "disagree",
    "substantiate",
    "validate",
    "back",
    "distrust",
    "negate",
    "appear",
    "seem",
    "challenge",
    "tell",
];

/// Verbs of counting: a cue before a number.
const COUNTS: &[&str] = &["count", "tally", "record", "register", "document"];

/// Plain verbs of saying that take a noun for what is said: "reported an attack".
const SAYS_A_NOUN: &[&str] = &[
    "report",
    "announce",
    "reveal",
    "disclose",
    "stress",
    "emphasize",
    "emphasise",
    "underline",
    "underscore",
    "highlight",
    "reiterate",
    "perceive",
];

/// The form of the first word of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "say", or a cue that is no verb.
    Base,
    /// "says".
    Third,
    /// "said".
    Past,
    /// "saying".
    Ing,
}

/// One cue of the codebook.
#[derive(Debug, Clone)]
pub struct CueWords {
    /// As the codebook writes it.
    pub written: String,
    /// The first word's lemma.
    pub lemma: String,
    /// The stance it carries.
    pub stance: Stance,
    /// What kind of words.
    pub class: CueClass,
    /// A clause may follow.
    pub that: bool,
    /// A quotation may follow.
    pub quote: bool,
    /// A noun phrase follows, to the end of the clause.
    pub noun: bool,
    /// A counted noun may follow: "counted 22 dead".
    pub counted: bool,
    /// An infinitive may follow.
    pub to: bool,
    /// The person spoken to may follow: "told reporters".
    pub hearer: bool,
    /// The outlet keeps its distance by using it.
    pub distancing: bool,
    /// Somebody and an infinitive may follow: "urged both sides to stop".
    pub object_to: bool,
    /// A preposition that ties the content to it: "warn | of".
    pub tie: Vec<String>,
    /// A clause with "how", "whether" … may follow.
    pub wh: bool,
    /// The words alone are enough.
    pub nothing: bool,
    /// Phrases around it in which it is no cue.
    pub not: Vec<Vec<String>>,
    /// What the codebook says it takes, for rules that see the sentence's tree.
    pub takes: Vec<String>,
}

impl CueWords {
    /// Says whether the codebook lets a kind of content follow.
    pub fn takes(&self, kind: &str) -> bool {
        self.takes.iter().any(|it| it == kind)
    }
}

/// A cue found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'c> {
    /// The cue.
    pub cue: &'c CueWords,
    /// Its form.
    pub form: Form,
    /// How many tokens it covers.
    pub len: usize,
}

#[derive(Debug, Clone)]
struct Pattern {
    rest: Vec<String>,
    /// A word that must follow behind the object: "responsible" of "hold … responsible".
    ahead: Option<String>,
    cue: usize,
    form: Form,
}

/// Words that tie a speaker to a content, ready to look up.
#[derive(Debug, Default)]
pub struct Cues {
    cues: Vec<CueWords>,
    by_first: HashMap<String, Vec<Pattern>>,
    /// Nouns for those who can speak.
    speakers: HashSet<String>,
    /// "be sure": the cues that a predicate after a form of "be" carries.
    states: HashMap<String, Vec<usize>>,
}

impl Cues {
    /// Makes every form of the codebook's cues.
    pub fn new(codebook: &Codebook) -> Cues {
        let mut cues = Cues::default();
        for stance in &codebook.stances {
            for entry in &stance.cues {
                cues.add(stance.stance, entry);
            }
        }
        cues.speakers = speakers(codebook);
        cues
    }

    /// Says whether a noun is one for somebody, or something published, that can speak.
    pub fn speaks(&self, noun: &str) -> bool {
        self.speakers.contains(noun)
    }

    /// Returns the cues that a word carries as the predicate of "be": "sure", "concerned".
    pub fn states(&self, word: &str) -> impl Iterator<Item = &CueWords> {
        self.states.get(word).map_or(&[][..], Vec::as_slice).iter().map(|&it| &self.cues[it])
    }

    fn add(&mut self, stance: Stance, entry: &aver_codebook::CueEntry) {
        let mut words = entry.words.split_whitespace().map(str::to_lowercase);
        let Some(lemma) = words.next() else { return };
        let mut rest: Vec<String> = words.collect();
        let ahead = (rest.first().is_some_and(|it| it == "…") && rest.len() == 2).then(|| rest.pop()).flatten();
        if ahead.is_some() {
            rest.clear();
        }
        let verb = entry.class == CueClass::Verb;
        let state = verb && lemma == "be" && rest.len() == 1;
        if !state && !is_usable(entry, &lemma, &rest) {
            return;
        }
        let takes = |word: &str| entry.takes.iter().any(|it| it == word);
        let acts = WEAK.contains(&lemma.as_str()) && rest.is_empty();
        let plain = matches!(stance, Stance::Reports | Stance::Asserts)
            && rest.is_empty()
            && !SAYS_A_NOUN.contains(&lemma.as_str());
        let cue = CueWords {
            written: entry.words.clone(),
            stance,
            class: entry.class,
            that: takes("that"),
            quote: takes("quote"),
            noun: takes("noun") && !plain && !acts && !(lemma == "threaten" && rest.is_empty()),
            counted: rest.is_empty() && COUNTS.contains(&lemma.as_str()),
            object_to: takes("object-to"),
            to: takes("to") && !acts && !(plain && lemma != "claim"),
            hearer: matches!(
                lemma.as_str(),
                "tell" | "inform" | "assure" | "reassure" | "notify" | "brief" | "remind" | "warn"
            ) && rest.is_empty(),
            tie: entry
                .takes
                .iter()
                .filter(|it| {
                    !acts
                        && matches!(it.as_str(), "of" | "for" | "on" | "against" | "in" | "from" | "to")
                        && !(*it == "to" && lemma == "claim")
                })
                .flat_map(|it| match it.as_str() {
                    "of" | "on" => vec![it.clone(), "about".to_owned(), "over".to_owned()],
                    _ => vec![it.clone()],
                })
                .collect(),
            wh: takes("wh"),
            nothing: takes("nothing"),
            distancing: entry.distancing,
            not: entry.not.iter().map(|it| it.to_lowercase().split_whitespace().map(str::to_owned).collect()).collect(),
            takes: entry.takes.clone(),
            lemma: lemma.clone(),
        };
        if !(cue.that
            || cue.quote
            || cue.noun
            || cue.to
            || cue.wh
            || cue.object_to
            || cue.nothing
            || cue.counted
            || !cue.tie.is_empty()
            || !cue.takes.is_empty())
            && verb
        {
            return;
        }
        let index = self.cues.len();
        self.cues.push(cue);
        if state {
            self.states.entry(rest.concat()).or_default().push(index);
            return;
        }
        let forms = match entry.class {
            CueClass::Verb => verb_forms(&lemma),
            CueClass::Noun if rest.is_empty() => plural(&lemma),
            _ => vec![lemma.clone()],
        };
        for form in forms {
            let kind = match () {
                () if entry.class != CueClass::Verb || form == lemma => Form::Base,
                () if form.ends_with("ing") => Form::Ing,
                () if form.ends_with('s') && form.starts_with(&lemma[..lemma.len() - 1]) => Form::Third,
                () => Form::Past,
            };
            let list = self.by_first.entry(form).or_default();
            let weight = |rest: &[String], ahead: &Option<String>| rest.len() + usize::from(ahead.is_some());
            let at = list.partition_point(|it| weight(&it.rest, &it.ahead) >= weight(&rest, &ahead));
            list.insert(at, Pattern { rest: rest.clone(), ahead: ahead.clone(), cue: index, form: kind });
        }
    }

    /// Says whether a cue at a token stands in one of the phrases in which it is none.
    pub fn is_excluded(cue: &CueWords, text: &Text<'_>, at: usize) -> bool {
        cue.not.iter().any(|words| {
            (0..words.len().min(4)).any(|back| {
                at >= back && words.iter().enumerate().all(|(index, word)| text.lower(at - back + index) == word)
            })
        })
    }

    /// Says whether any cue can begin with the word of a token.
    pub fn begins(&self, text: &Text<'_>, at: usize) -> bool {
        self.by_first.contains_key(text.lower(at))
    }

    /// Returns the cues that begin at a token, longest first; of equal words the first in the codebook.
    pub fn at<'c>(&'c self, text: &'c Text<'_>, at: usize) -> impl Iterator<Item = Hit<'c>> {
        let list = self.by_first.get(text.lower(at)).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |it| {
            let len = reach(text, at, &it.rest)?;
            let follows = |word: &String| follows_object(text, at + 1, word);
            if !it.ahead.as_ref().is_none_or(follows) {
                return None;
            }
            Some(Hit { cue: &self.cues[it.cue], form: it.form, len })
        })
    }

    /// Returns the longest verb cue that begins at a token.
    pub fn verb<'c>(&'c self, text: &'c Text<'_>, at: usize) -> Option<Hit<'c>> {
        self.at(text, at).find(|it| it.cue.class == CueClass::Verb)
    }

    /// Returns the longest cue of another class that begins at a token.
    pub fn other<'c>(&'c self, text: &'c Text<'_>, at: usize, class: CueClass) -> Option<Hit<'c>> {
        self.at(text, at).find(|it| it.cue.class == class)
    }
}

/// Negated and passive cues are found by their verbs; "released by" and "per" say too little.
fn is_usable(entry: &aver_codebook::CueEntry, lemma: &str, rest: &[String]) -> bool {
    match entry.class {
        CueClass::Verb => !matches!(lemma, "not" | "be" | "could" | "neither" | "no"),
        CueClass::Adverb => lemma.ends_with("edly"),
        CueClass::AccordingTo => {
            !matches!(lemma, "per" | "citing" | "quoting") && (lemma == "as" || rest.last().is_none_or(|it| it != "by"))
        }
        _ => true,
    }
}

/// Returns how many tokens the first word and the rest cover, with at most one word between them.
fn reach(text: &Text<'_>, at: usize, rest: &[String]) -> Option<usize> {
    let Some(second) = rest.first() else { return Some(1) };
    let end = text.sentence_of(at).tokens.end;
    let parted = matches!(
        second.as_str(),
        "responsibility"
            | "credit"
            | "accountability"
            | "concern"
            | "doubt"
            | "doubts"
            | "skepticism"
            | "scepticism"
            | "warning"
            | "statement"
            | "involvement"
    );
    let gap = usize::from(
        parted
            && text.lower(at + 1) != second
            && text.tokens.get(at + 1).is_some_and(|it| it.kind == crate::text::TokenKind::Word),
    );
    let from = at + 1 + gap;
    let fits =
        from + rest.len() <= end && rest.iter().zip(&text.tokens[from..]).all(|(word, token)| token.lower == *word);
    fits.then_some(1 + gap + rest.len())
}

/// "hold the army responsible": says whether a word stands behind an object that begins at a token.
fn follows_object(text: &Text<'_>, at: usize, word: &str) -> bool {
    // "ruled that out".
    if text.lower(at) == "that" {
        return text.lower(at + 1) == word;
    }
    let end = text.sentence_of(at - 1).tokens.end.min(at + 12);
    (at + 1..end)
        .take_while(|&it| !matches!(text.lower(it), "," | ";" | "." | ":" | "that"))
        .any(|it| text.lower(it) == word)
}

/// The last words of everybody whom the codebook lets speak, one and many.
fn speakers(codebook: &Codebook) -> HashSet<String> {
    let lexicon = &codebook.lexicon;
    let classes = ["people", "speakers"].iter().filter_map(|it| lexicon.classes.get(*it)).flatten();
    let lists = [&lexicon.offices, &lexicon.anonymous, &lexicon.bodies, &lexicon.group_heads];
    let mut all = HashSet::new();
    for entry in lists.into_iter().flatten().chain(classes) {
        let word = entry.trim_start_matches('=').rsplit(' ').next().unwrap_or("").to_lowercase();
        all.extend(plural(&word));
    }
    all.extend(super::frames::MEDIA_NOUNS.iter().flat_map(|it| plural(it)));
    all
}

fn plural(noun: &str) -> Vec<String> {
    let plural = match noun {
        _ if noun.ends_with('y') && !noun.ends_with("ay") && !noun.ends_with("ey") => {
            format!("{}ies", &noun[..noun.len() - 1])
        }
        _ if noun.ends_with('s') || noun.ends_with("sh") || noun.ends_with("ch") => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    vec![noun.to_owned(), plural]
}
