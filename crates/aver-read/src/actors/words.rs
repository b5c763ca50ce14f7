//! Words that tell what an actor is: closed lists and the codebook's lexicon.
//!
//! In: the lexicon. Out: [`Words`], which answers for a token or phrase: an
//! office, an unnamed speaker, a body, a title, a nationality. Plurals of
//! listed words count as listed.

use crate::text::{Text, TokenKind};
use aver_codebook::Codebook;
use std::collections::{HashMap, HashSet};

/// Phrases, found by their last or first word.
#[derive(Debug, Default)]
pub struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    /// Collects phrases; each is lower-cased and cut at spaces.
    pub fn new<'s>(phrases: impl Iterator<Item = &'s str>) -> Phrases {
        let mut all = Phrases::default();
        for phrase in phrases {
            let words: Vec<String> = phrase.to_lowercase().split_whitespace().map(str::to_owned).collect();
            if let Some(first) = words.first() {
                let list = all.by_first.entry(first.clone()).or_default();
                if !list.contains(&words) {
                    list.push(words);
                }
            }
        }
        for list in all.by_first.values_mut() {
            list.sort_by_key(|it| std::cmp::Reverse(it.len()));
        }
        all
    }

    /// Returns how many tokens the longest phrase at `at` covers; 0 for none.
    pub fn at(&self, text: &Text<'_>, at: usize) -> usize {
        let word = text.lower(at);
        [word, singular(word)].iter().map(|first| self.from(text, at, first)).max().unwrap_or(0)
    }

    fn from(&self, text: &Text<'_>, at: usize, first: &str) -> usize {
        let Some(list) = self.by_first.get(first) else { return 0 };
        let fits = |words: &Vec<String>| {
            words[1..].iter().enumerate().all(|(offset, word)| {
                let printed = text.lower(at + 1 + offset);
                printed == word || singular(printed) == word
            })
        };
        list.iter().find(|it| fits(it)).map_or(0, Vec::len)
    }

    /// Says whether the single word is listed.
    pub fn has(&self, word: &str) -> bool {
        [word, singular(word)].iter().any(|it| self.by_first.get(*it).is_some_and(|list| list.iter().any(|it| it.len() == 1)))
    }
}

/// Returns the word without a plural ending, roughly: enough to look it up.
pub fn singular(word: &str) -> &str {
    if word.ends_with("ss") || word.len() < 4 {
        return word;
    }
    word.strip_suffix('s').unwrap_or(word)
}

/// The lexicon, ready to be asked.
#[derive(Default)]
pub struct Words {
    /// "Gen.", "President".
    pub titles: Phrases,
    /// "spokesman", "police chief".
    pub offices: Phrases,
    /// "officials", "residents".
    pub anonymous: Phrases,
    /// "army", "police", "ministry".
    pub bodies: Phrases,
    /// "Front", "Brigade".
    pub group_heads: Phrases,
    /// Buildings.
    pub facilities: Phrases,
    /// Words for people who are counted.
    pub victims: Phrases,
    /// Words for those who attack.
    pub attackers: Phrases,
    /// Adjective → index of the nationality; key in lower case.
    pub nationalities: HashMap<String, usize>,
    /// Verbs of saying, every form.
    pub says: HashSet<String>,
}

impl Words {
    /// Takes the lexicon apart.
    pub fn new(codebook: &Codebook) -> Words {
        let lexicon = &codebook.lexicon;
        fn list<'s>(own: &'s [&'s str], more: &'s [String]) -> Phrases {
            Phrases::new(own.iter().copied().chain(more.iter().map(String::as_str)))
        }
        let mut nationalities = HashMap::new();
        for (at, nation) in lexicon.nationalities.iter().enumerate() {
            for word in &nation.words {
                nationalities.entry(word.to_lowercase()).or_insert(at);
            }
        }
        Words {
            titles: list(TITLES, &lexicon.titles),
            offices: list(OFFICES, &lexicon.offices),
            anonymous: list(ANONYMOUS, &lexicon.anonymous),
            bodies: list(BODIES, &lexicon.bodies),
            group_heads: list(&[], &lexicon.group_heads),
            facilities: list(&[], &lexicon.facilities),
            victims: list(&["nationals", "citizens", "minority", "women"], &lexicon.victims),
            attackers: list(&[], &lexicon.attackers),
            nationalities,
            says: SAYS.iter().map(|&it| it.to_owned()).collect(),
        }
    }
}

/// Words that never belong to a name when they open a sentence, and end a noun phrase.
pub const FUNCTION: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "it", "its", "he", "she", "they", "we", "i", "you", "his", "her",
    "their", "our", "my", "your", "them", "him", "us", "me", "who", "which", "what", "when", "where", "why", "how",
    "while", "after", "before", "since", "during", "until", "because", "although", "though", "if", "as", "at", "by",
    "for", "from", "in", "into", "of", "on", "over", "to", "under", "with", "without", "and", "or", "but", "nor", "so",
    "yet", "not", "no", "some", "many", "most", "more", "several", "all", "both", "each", "every", "other", "another",
    "such", "there", "here", "however", "meanwhile", "also", "according", "amid", "among", "between", "against",
    "about", "despite", "following", "earlier", "later", "last", "next", "previously", "recently", "then", "now",
    "still", "even", "just", "only", "nearly", "once", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "one", "first", "second", "hundreds", "dozens", "thousands", "yes", "is", "are", "was", "were", "be", "been",
    "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "do", "does", "did",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "jan.", "feb.", "mar.", "apr.",
    "jun.", "jul.", "aug.", "sept.", "sep.", "oct.", "nov.", "dec.", "god", "islam", "muslim", "muslims", "christian",
    "christians", "sunni", "shiite", "shia", "jewish", "jews", "arab", "arabs", "file", "photo", "english", "arabic",
    "mr", "covid-19", "ramadan", "eid", "christmas", "through", "across", "towards", "toward", "upon", "via", "than",
    "furthermore", "moreover", "nevertheless", "additionally", "therefore", "thus", "indeed", "perhaps", "today",
    "yesterday", "tomorrow", "out", "up", "down", "off", "like", "unlike", "within", "whose", "whether", "let",
    "islamist", "islamists", "jihadist", "salafist", "salafists", "western", "breaking", "news", "related", "read", "watch", "image", "copyright", "editor", "advertisement", "note", "update",
];

/// Adjectives that may stand between a nation and its officials.
pub const MODIFIERS: &[&str] = &[
    "senior", "former", "top", "high", "military", "intelligence", "defense", "defence", "security", "foreign",
    "interior", "air", "naval", "special", "ground", "local", "government", "law", "enforcement", "counterterrorism",
    "counterterror", "high-ranking", "highranking", "border", "paramilitary", "state", "federal", "provincial",
    "transitional", "interim", "ruling", "new", "then", "armed", "police", "army", "navy", "medical", "health",
    "district", "regional", "national", "spy", "justice", "finance", "joint", "coast", "republican", "revolutionary",
    "deputy", "chief", "main", "supreme", "so-called", "de", "facto", "opposition", "political", "media", "human",
    "rights", "western", "eastern", "northern", "southern", "occupation", "rebel", "civil", "embassy", "presidential",
    "islamist", "islamic", "militant", "terrorist", "terror", "extremist", "jihadist", "insurgent", "embattled",
    "unnamed", "other", "two", "three", "several", "anti-terrorism", "criminal", "public", "internal", "home",
    "ministry", "department", "palace", "peacekeeping", "un", "elite", "private", "independent",
];

const TITLES: &[&str] = &[
    "mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr", "gen.", "lt.", "col.", "maj.", "capt.", "sgt.", "brig.",
    "adm.", "sen.", "rep.", "gov.", "prof.", "general", "lieutenant", "colonel", "major", "captain", "sergeant",
    "brigadier", "admiral", "marshal", "president", "sheikh", "sheik", "imam", "mullah", "mawlawi", "maulvi",
    "ayatollah", "prince", "king", "sir", "pope", "father", "bishop", "archbishop", "reverend", "rev.", "lord",
    "senator", "governor", "minister", "ambassador", "commander", "secretary", "chancellor", "emir", "sultan",
    "professor", "judge", "inspector", "superintendent", "secretary-general", "spokesman", "spokeswoman",
];

const OFFICES: &[&str] = &[
    "spokesman", "spokeswoman", "spokesperson", "leader", "chief", "head", "commander", "president", "minister",
    "governor", "ambassador", "director", "chairman", "chairwoman", "analyst", "expert", "researcher", "official",
    "officer", "representative", "special representative", "envoy", "special envoy", "secretary", "adviser", "advisor",
    "deputy", "coordinator", "founder", "general", "prime minister", "foreign minister", "defense minister",
    "interior minister", "mayor", "lawmaker", "senator", "journalist", "correspondent", "reporter", "editor", "lawyer",
    "consultant", "fellow", "professor", "member", "fighter", "activist", "doctor", "diplomat", "emissary", "liaison",
    "specialist", "security reporter", "second-in-command", "deputy leader", "military chief", "police chief",
];

const ANONYMOUS: &[&str] = &[
    "officials", "officers", "sources", "diplomats", "lawmakers", "analysts", "experts", "residents", "witnesses",
    "activists", "observers", "researchers", "authorities", "representatives", "commanders", "leaders", "aides",
    "investigators", "prosecutors", "negotiators", "generals", "soldiers", "troops", "politicians", "medics",
    "doctors", "rescuers", "journalists", "villagers", "locals", "survivors", "relatives", "opponents", "critics",
];

const BODIES: &[&str] = &[
    "army", "military", "police", "forces", "armed forces", "security forces", "air force", "navy", "coast guard",
    "intelligence", "intelligence agency", "intelligence service", "spy agency", "secret service", "ministry",
    "interior ministry", "defense ministry", "defence ministry", "foreign ministry", "health ministry", "department",
    "embassy", "parliament", "senate", "congress", "court", "supreme court", "cabinet", "presidency", "junta",
    "national guard", "border guard", "special forces", "gendarmerie", "peacekeepers", "government", "administration",
    "militia", "troops", "command", "general staff", "general directorate of intelligence", "council",
];

const SAYS: &[&str] = &[
    "said", "says", "say", "told", "tells", "stated", "states", "added", "adds", "noted", "notes", "wrote", "writes",
    "warned", "warns", "argued", "argues", "explained", "explains", "insisted", "insists", "claimed", "claims",
    "announced", "announces", "confirmed", "confirms", "denied", "denies", "tweeted", "reported", "asserted",
    "declared", "accused", "acknowledged", "admitted", "pointed", "described", "called", "urged", "vowed", "testified",
    "recalled", "believes", "believed", "predicted", "suggested", "suggests", "thinks", "alleged", "condemned",
    "replied", "responded", "commented", "stressed", "emphasized", "remarked", "maintained", "maintains", "criticized",
    "promised", "pledged", "threatened", "spoke", "highlighted", "revealed", "disclosed", "estimated", "concluded",
];

/// Says whether a token may belong to a name: a word with a capital that is no function word.
pub fn may_name(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|it| {
        it.kind == TokenKind::Word
            && (it.capital || has_article(&text.raw[it.bytes.clone()]))
            && !FUNCTION.contains(&it.lower.as_str())
    })
}

/// "al-Zarqawi", "ul-Haq": the capital follows the article.
fn has_article(word: &str) -> bool {
    let Some((article, rest)) = word.split_once(['-', '’', '\'']) else { return false };
    article.len() <= 4 && article.chars().all(char::is_lowercase) && rest.chars().next().is_some_and(char::is_uppercase)
        && !matches!(article, "anti" | "pro" | "non" | "mid" | "ex" | "pre" | "post" | "semi" | "un" | "two" | "co")
}
