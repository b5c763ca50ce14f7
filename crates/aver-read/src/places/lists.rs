//! Word lists for finding places.
//!
//! In: a lower-case word. Out: whether it is in a list. Words are parted by
//! blanks; in [`NEVER_KEYS`] a name of several words is joined by `_`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A set of words.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// Single words that are far more often something else.
pub(super) static NEVER: Words = LazyLock::new(|| {
    words(
        "west east north south central western eastern northern southern state union republic of the
     government police army man said most along bar mission date roman christian
     sunday monday tuesday wednesday thursday friday saturday god allah hope liberty independence
     university college center centre park bank congress senate house court council ministry president
     minister general major captain king prince bishop love young long white black green brown best much
     many some here there this that these those our their his her they she has had was but and for not
     now then when where who what how why all any both each other another such also even just only once
     since while although because before after during under over between through against about around
     across despite following according dozens thousands hundreds two three four five six seven eight
     nine ten one first second third last next new old big street road avenue river lake mountain islamic
     muslim jewish arab catholic sunni shia shiite kurdish pashtun tajik uzbek hazara taliban isis daesh
     force forces front party group movement network embassy airport hospital mosque temple school hotel
     prison camp base battle victory peace war attack breaking live video photo file news post times
     herald journal tribune star sun guardian reuters associated press agency radio twitter facebook
     google apple amazon asian african european american americans are can may via van von del san
     saint media bush obama trump clinton khan ali hassan hussein omar ahmad ahmed
     mohammad mohammed muhammad abdul abu islam mullah sheikh malik salman imam aden's come call see get
     let make take republican democrat democratic communist labor labour federal national international
     united royal supreme free latin gulf coast side like yet still soon today local police's",
    )
});

/// Names of persons and groups that are towns somewhere: places only after a place word.
pub(super) static PERSONS: Words = LazyLock::new(|| {
    words(
        "abbas adams allen anderson assad austin baker barnes bashir bell bennett blair brooks burns butler
     cameron campbell carter castro chad chavez churchill clark clay cleveland collins cooper cox cruz
     davis dean diaz douglas edwards elliott evans farah fisher ford franco franklin garcia gates gibson
     gomez gordon graham grant gray griffin habib hamas hamid hamilton haqqani hariri harris harrison
     hayes henderson henry hezbollah hill houthi howard hughes hunter irving jackson jalal james
     jefferson jenkins johnson jones karim karzai kelly kennedy kerry lee lewis lincoln logan lopez
     madison mahmoud manning mansour marshall martin martinez mason mcpherson merkel miller mitchell modi
     monroe moore morgan morris murphy murray mustafa nelson newton nixon nuri owens parker patterson
     perez perry peterson phillips porter powell putin ramos reed reid reyes rice richardson roberts
     robinson rodriguez rogers roosevelt rose ross russell ryan sanchez sanders santos scott sharif
     sharon shaw simpson singh smith spencer stanley stevens stewart sullivan taylor thomas thompson
     torres travis turner tyler vance walker wallace ward warren watson webb wells williams wilson wood
     wright yusuf zardari amaq dabiq jihad saddam isaf kurd hazaras christ ismaili brittany toyota
     victoria charlotte florence sydney dallas nice male mobile orange buffalo reading",
    )
});

/// Names of several words that are towns somewhere, and bodies or things everywhere else.
pub(super) static NEVER_KEYS: Words = LazyLock::new(|| {
    words(
        "white_house capitol_hill security_council islamic_state united_nations european_union african_union
     red_cross red_crescent supreme_court national_guard good_friday emerald_city al_shabaab al_qaeda
     al_qaida boko_haram big_ben green_zone red_zone cold_war saint_patrick saint_michael northwest
     northeast southwest southeast midwest west_coast east_coast south_side north_side west_side east_side",
    )
});

/// Heads of bodies, papers and streets: a place before them is part of their name.
pub(super) static BODIES: Words = LazyLock::new(|| {
    words(
        "post times herald tribune journal news gazette observer mail globe chronicle telegraph university
     institute college school bank company corporation fc united city's street road avenue boulevard
     drive lane river lake sea ocean gulf bay treaty agreement accord accords convention protocol
     declaration club cup league magazine review daily today tv television radio process award prize
     system times-picayune examiner sentinel inquirer dispatch",
    )
});

/// Before a place: prepositions and verbs that take one.
pub(super) static LOCATORS: Words = LazyLock::new(|| {
    words(
        "in at near from to outside inside around across toward towards into through throughout between via
     within over on leaving entering reached captured visiting visited seized recaptured besieged off
     beyond along against left fled entered surrounding neighboring neighbouring attacked shelled bombed
     took take taking retook struck hit raided stormed attack reach capture seize overran hitting
     targeting bombing abandoned liberated",
    )
});

/// Before "of", a place follows: "the city of", "north of", "outskirts of".
pub(super) static OF_HEADS: Words = LazyLock::new(|| {
    words(
        "city town village province district region state capital north south east west northeast northwest
     southeast southwest outskirts suburb suburbs part parts area areas port center centre heart streets
     people residents governor mayor county neighborhood neighbourhood kilometers kilometres miles
     republic out settlement island border borders control most much kingdom siege capture fall invasion
     battle rest provinces cities towns villages coast gates municipality department governorate oblast",
    )
});

/// Parts of a place, before its name.
pub(super) static DIRECTIONS: Words = LazyLock::new(|| {
    words(
        "northern southern eastern western central northeastern northwestern southeastern southwestern north-
     eastern north-western south-eastern south-western north south east west northeast northwest
     southeast southwest downtown upper lower",
    )
});

/// After a person: verbs of speech and the like.
pub(super) static SPEECH: Words = LazyLock::new(|| {
    words(
        "said says told added asked argued wrote explained testified noted recalled replied tweeted insisted
     warned who himself herself",
    )
});

/// Before a place where something happens.
pub(super) static HERE: Words = LazyLock::new(|| {
    words(
        "in at near outside inside around across throughout over off along within on above through between
     beside behind north south east west northeast northwest southeast southwest close",
    )
});

/// Before a place that something moves to.
pub(super) static INTO: Words = LazyLock::new(|| words("into to toward towards onto against"));

/// Kinds of places, as part of a name or before "of".
pub(super) static KINDS: Words = LazyLock::new(|| {
    words(
        "city town village district province region area neighborhood neighbourhood suburb camp state county
     capital border coast island street streets outskirts valley governorate countryside base airport airbase
     hospital mosque church market square prison jail university school checkpoint road highway bridge port
     farms districts towns villages cities provinces areas suburbs neighborhoods neighbourhoods part parts
     center centre home house site localities locality entrance front east west north south crossing zone
     camps mountain mountains hills desert river",
    )
});

/// Behind a place: its people, and what is told by its town ("a Rochester man", "the Dublin area").
pub(super) static LOCALS: Words = LazyLock::new(|| {
    words(
        "man woman men women resident residents native natives police officer officers officials official mayor teen
     teenager boy girl couple family families student students firefighters sheriff deputies area home house
     address apartment neighborhood neighbourhood suburb street school schools jail court county hospital
     -area -based",
    )
});

/// Beginnings of verbs whose object is a place.
pub(super) const TAKING: &[&str] = &[
    "enter", "storm", "raid", "shell", "bombard", "bombed", "liberat", "recaptur", "overr", "besieg", "patrol",
    "retak", "retook", "seiz", "conquer", "invad", "occup", "took",
];

/// Before the name of a person, not of a place.
pub(super) static TITLES: Words =
    LazyLock::new(|| words("president gen. general mr. gov. judge prime minister col. sheik"));

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}
