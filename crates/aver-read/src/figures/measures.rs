//! The words that say what a number measures, from the codebook.
//!
//! In: the codebook's measures and word lists. Out: look-ups by token. Nothing
//! here looks at sentences.

use crate::phrase::Phrases;
use crate::text::Text;
use aver_codebook::Codebook;

/// The form in which a verb stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "kill", "kills".
    Present,
    /// "killed", where past and participle are one.
    PastOrParticiple,
    /// "took hostage".
    Past,
    /// "taken hostage".
    Participle,
    /// "killing".
    Gerund,
}

/// A verb of a measure.
#[derive(Debug, Clone)]
pub struct VerbUse {
    /// The measure's name.
    pub measure: String,
    /// What it does to is counted ("kill"), not who does it ("die").
    pub object: bool,
    /// In which form it stands.
    pub form: Form,
    /// It is only ever done to people ("arrest"); "seize" is also done to weapons.
    pub sure: bool,
}

impl VerbUse {
    /// Says whether it can be done to such a thing.
    pub fn fits(&self, class: Class) -> bool {
        fits(&self.measure, class, self.sure)
    }
}

/// What kind of thing a noun counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// People.
    Person,
    /// Villages, bases.
    Place,
    /// Vehicles, papers, weights: nothing that can be killed.
    Thing,
    /// Not known.
    Unknown,
}

/// Look-ups by token.
#[derive(Debug, Default)]
pub struct Measures {
    verbs: Phrases<VerbUse>,
    nouns: Phrases<String>,
    adjectives: Phrases<String>,
    classes: Phrases<Class>,
    persons: Phrases<()>,
    units: Vec<(String, String)>,
}

/// Codebook words that are too loose to count by.
const LOOSE: &[&str] = &["fall", "be held", "number", "give", "field", "lay", "hold", "life", "toll", "death toll"];

/// First words of verbs that are done to people and to things.
const OF_THINGS: &[&str] = &[
    "seize",
    "capture",
    "release",
    "free",
    "liberate",
    "take",
    "swap",
    "exchange",
    "force",
    "contact",
    "approach",
    "train",
    "draft",
    "expel",
    "disappear",
    "snatch",
    "intern",
    "evacuate",
    "hold",
    "set",
    "let",
    "drive",
    "relocate",
    "break",
    "escape",
    "join",
    "shoot",
];

/// Nouns for people that no list of the codebook needs to hold.
const PEOPLE: &str = "people person persons others men man women woman children child boys girls boy girl civilians civilian \
    residents villagers worshippers worshipers students schoolgirls schoolboys pupils teachers workers employees staff \
    officers officer policemen policeman police soldiers soldier troops troop guards guard personnel members member \
    militants fighters rebels insurgents gunmen terrorists jihadists citizens citizen nationals national journalists \
    passengers patients doctors nurses farmers herders traders pilgrims migrants refugees prisoners detainees hostages \
    captives inmates victims casualties survivors relatives commanders commander leaders officials official protesters \
    demonstrators activists believers clerics priests monks monk nuns drivers miners fishermen bystanders pedestrians \
    shoppers servicemen conscripts recruits peacekeepers contractors engineers volunteers lawmakers judges families \
    individuals adults infants babies elders suspects supporters followers wives daughters sons brothers sisters them \
    whom attackers bombers assailants operatives agents inhabitants Christians Muslims lives souls";

const THINGS: &str = "vehicles vehicle cars trucks tanks weapons rifles guns documents document videos video statements statement \
    photos photographs images tons tonnes kilograms kg kilos pounds litres liters barrels km kilometers kilometres miles \
    meters metres feet hectares acres times percent houses homes buildings shops schools votes seats points goals days \
    weeks months years hours minutes seconds aircraft helicopters drones animals cattle sheep camels goats livestock books \
    reports pages accounts messages posts phones motorcycles boats ships rounds explosives belts vests words rules laws \
    articles dollars euros fires blocks yards degrees steps sides types kinds reasons stages phases ways parts issues questions counts charges";

impl Measures {
    /// Collects them.
    pub fn new(codebook: &Codebook) -> Measures {
        let mut found = Measures::default();
        for (words, class) in [(PEOPLE, Class::Person), (THINGS, Class::Thing)] {
            for word in words.split_whitespace() {
                found.classes.add(&word.to_lowercase(), class);
            }
        }
        let lexicon = &codebook.lexicon;
        for noun in lexicon.victims.iter().chain(&lexicon.attackers).chain(&lexicon.offices) {
            for form in codebook.noun_forms(&noun.to_lowercase()).all() {
                found.classes.add(form, Class::Person);
            }
        }
        for person in &lexicon.persons {
            found.persons.add(&person.to_lowercase(), ());
            found.classes.add(&person.to_lowercase(), Class::Person);
        }
        for measure in &codebook.measures {
            found.add_nouns(codebook, measure);
            found.add_verbs(codebook, measure);
            for adjective in &measure.adjectives {
                found.adjectives.add(adjective, measure.name.clone());
            }
        }
        found
    }

    fn add_nouns(&mut self, codebook: &Codebook, measure: &aver_codebook::Measure) {
        let name = &measure.name;
        self.units.push((name.clone(), measure.unit.clone()));
        let class = match name.as_str() {
            "fighters" | "attackers" | "recruits" | "captured" | "displaced" => Class::Person,
            "locations" | "countries" => Class::Place,
            "rockets" | "bombs" | "destroyed" | "money" | "attacks" => Class::Thing,
            _ => Class::Unknown,
        };
        for noun in measure.nouns.iter().filter(|it| !LOOSE.contains(&it.as_str())) {
            for form in codebook.noun_forms(&noun.to_lowercase()).all() {
                let loose = matches!(noun.as_str(), "operation" | "attempt" | "violation");
                if name != "destroyed" && !loose {
                    self.nouns.add(form, name.clone());
                }
                if class != Class::Unknown {
                    self.classes.add(form, class);
                }
            }
        }
    }

    fn add_verbs(&mut self, codebook: &Codebook, measure: &aver_codebook::Measure) {
        let name = &measure.name;
        for (lemmas, object) in [(&measure.verbs_object, true), (&measure.verbs_subject, false)] {
            // Verbs of these only say that something is counted at all; the noun says what.
            if object && matches!(name.as_str(), "attacks" | "rockets" | "bombs" | "money" | "locations" | "fighters") {
                continue;
            }
            for lemma in lemmas.iter().filter(|it| !LOOSE.contains(&it.as_str())) {
                let forms = codebook.verb_forms(lemma);
                let sure = !OF_THINGS.contains(&lemma.split(' ').next().unwrap_or(""));
                let mut add =
                    |words: &str, form| self.verbs.add(words, VerbUse { measure: name.clone(), object, form, sure });
                add(&forms.base, Form::Present);
                add(&forms.third, Form::Present);
                add(&forms.gerund, Form::Gerund);
                if forms.past == forms.participle {
                    add(&forms.past, Form::PastOrParticiple);
                } else {
                    add(&forms.past, Form::Past);
                    add(&forms.participle, Form::Participle);
                }
            }
        }
    }

    /// Returns the unit of a measure's figures.
    pub fn unit(&self, measure: &str) -> &str {
        self.units.iter().find(|(name, _)| name == measure).map_or("", |(_, unit)| unit)
    }

    /// Returns the verbs of measures that begin at a token, longest first.
    pub fn verbs<'m>(&'m self, text: &'m Text<'_>, at: usize) -> impl Iterator<Item = (usize, &'m VerbUse)> {
        self.verbs.all_at(text, at)
    }

    /// Returns the measure whose noun begins at a token, with its length.
    pub fn noun<'m>(&'m self, text: &Text<'_>, at: usize) -> Option<(usize, &'m str)> {
        self.nouns.at(text, at).map(|(length, name)| (length, name.as_str()))
    }

    /// Returns the measure whose adjective begins at a token, with its length.
    pub fn adjective<'m>(&'m self, text: &Text<'_>, at: usize) -> Option<(usize, &'m str)> {
        self.adjectives.at(text, at).map(|(length, name)| (length, name.as_str()))
    }

    /// Says whether the token is a noun for one person: "girl", "bystander".
    pub fn is_person(&self, text: &Text<'_>, at: usize) -> bool {
        self.persons.at(text, at).is_some_and(|(length, ())| length == 1)
    }

    /// Returns the class of the noun at a token.
    pub fn class(&self, text: &Text<'_>, at: usize) -> Class {
        self.classes.at(text, at).map_or(Class::Unknown, |(_, class)| *class)
    }
}

/// Says whether a word of this measure can be said of such a thing; `sure` when it is only said of people.
pub fn fits(measure: &str, class: Class, sure: bool) -> bool {
    match measure {
        // "shot two films": what a camera can do too is done to people only when they are people.
        "killed_or_wounded" => class == Class::Person || sure && class == Class::Unknown,
        "killed" | "wounded" | "raped" => matches!(class, Class::Person | Class::Unknown),
        "captured" | "released" | "recruits" | "recruited_contacts" | "displaced" => {
            class == Class::Person || sure && class == Class::Unknown
        }
        "destroyed" => class != Class::Person && (sure || class != Class::Unknown),
        _ => true,
    }
}
