//! Words of people, groups, buildings and weapons, and how a key gives them.
//!
//! In: words of a text whose capitals are mended. Out: the part of them that a key
//! gives as a filler, or nothing. The lists are of the task's types and hold no
//! names; what the product knows is in the codebook.

use super::super::align::normal;

pub fn is_fighter(word: &str) -> bool {
    listed(
        "guerrillas guerrilla guerillas rebels rebel terrorists terrorist members member fighters militants \
        commandos troops soldiers insurgents subversives extremists units unit gunmen militiamen group \
        column combatants men forces",
        word,
    )
}

/// The body that acts, where a common noun names it: "the army", "drug trafficking mafias".
pub fn body(words: &str) -> Option<String> {
    let list: Vec<&str> = words.split_whitespace().skip_while(|it| is_vague(&normal(it))).collect();
    let stop = list.iter().position(|it| STOPS.contains(&normal(it).as_str())).unwrap_or(list.len());
    let head = list[..stop].last().map(|it| normal(it))?;
    const BODIES: &str = "army military forces force government regime cartel cartels mafia mafias squad squads \
        administration police corps battalion detachment organizations dictatorship";
    listed(BODIES, &head).then(|| list[..stop].join(" "))
}

fn is_vague(word: &str) -> bool {
    word.is_empty()
        || listed(
            "another this these those same morning other alleged presumed suspected supposed the a an possible some \
            several",
            word,
        )
}

/// The words for people who act: "two hooded gunmen"; of "guerrillas of the Front" the guerrillas.
pub fn individuals(words: &str, group: &str) -> Option<String> {
    let list: Vec<&str> = words.split_whitespace().collect();
    let plain = |it: &str| normal(it);
    let list: Vec<&str> = list.iter().skip_while(|it| is_vague(&plain(it))).copied().collect();
    // "men wearing military uniforms", "in civilian clothes": what they wear is part of them.
    let clad = |at: usize| {
        let dress = |it: &&str| listed("uniform uniforms clothes clothing fatigues hoods masks", &plain(it));
        let behind = list.iter().enumerate().skip(at).take(5).find(|it| dress(it.1)).map(|it| it.0 + 1);
        behind.filter(|_| matches!(plain(list[at]).as_str(), "wearing" | "in" | "dressed" | "with"))
    };
    let ends = |at: &usize| {
        let word = plain(list[*at]);
        STOPS.contains(&word.as_str()) || word == "armed" && list.get(at + 1).is_some_and(|it| *it == "with")
    };
    let stop = (0..list.len()).find(ends).unwrap_or(list.len());
    let head = list[..stop].last().map(|it| plain(it))?;
    if !is_actor_noun(&head) {
        return None;
    }
    // "members of the armed forces": whole; "a group of armed men": whole.
    let whole = matches!(head.as_str(), "members" | "group" | "gang" | "groups" | "column" | "number");
    let mut kept: Vec<&str> = if whole { list.clone() } else { list[..clad(stop).unwrap_or(stop)].to_vec() };
    // "Shining Path guerrillas": only the head, where the rest is the group's name.
    let capital = |it: &&str| it.starts_with(char::is_uppercase);
    if !group.is_empty() && !whole && kept.len() > 1 && kept[..kept.len() - 1].iter().any(capital) {
        kept = vec![kept[kept.len() - 1]];
    }
    if whole && stop < list.len() && !group.is_empty() && head != "members" {
        kept = list[..stop].to_vec();
    }
    Some(kept.join(" "))
}

/// Words behind which a phrase only says more of its head.
const STOPS: &[&str] =
    &["of", "from", "who", "which", "belonging", "in", "wearing", "with", "on", "that", "riding", "traveling"];

fn is_actor_noun(word: &str) -> bool {
    is_fighter(word) && word != "forces"
        || listed(
            "individuals individual persons person man gunman assailants assailant attackers attacker kidnappers \
        kidnapper murderers murderer assassins assassin killers hitmen youths youth people traffickers \
        policemen policeman officers officer soldier delinquents criminals bandits perpetrators hoodlums \
        thugs squads squad gang groups commando demonstrators subversive extremist lieutenant lieutenants \
        colonel sniper snipers elements suspects mercenaries cadets agents agent militia militias sappers \
        urban patrol battalion columns narcoterrorists",
            word,
        )
}

pub fn is_military(words: &str) -> bool {
    let words = words.to_lowercase();
    [
        "soldier",
        "troop",
        "military",
        "army",
        "battalion",
        "brigade",
        "garrison",
        "patrol",
        "barracks",
        "policemen",
        "policeman",
        "police",
        "guardsmen",
        "lieutenant",
        "sergeant",
        "regiment",
        "guerrilla",
        "rebels",
        "terrorists",
        "subversive",
        "armed forces",
        "air force",
        "combatants",
        "officers",
        "insurgents",
        "detachment",
        "cavalry",
        "infantry",
        "marines",
    ]
    .iter()
    .any(|it| words.contains(it))
}

/// The building, vehicle or line in the words, as the key would give it.
pub fn site(words: &str) -> Option<String> {
    let list: Vec<&str> = words.split(',').next()?.split_whitespace().collect();
    let stop = list
        .iter()
        .position(|it| {
            listed(
                "of in at on near from where which that belonging owned located used carrying for by to who with",
                normal(it).as_str(),
            )
        })
        .unwrap_or(list.len());
    let head = list[..stop].last().map(|it| normal(it))?;
    if !is_site(&head) {
        return None;
    }
    let counted = |it: &&&str| {
        let word = normal(it);
        word.is_empty()
            || is_number(&word)
            || listed(
                "several some many various other their his its at least about another this these her all number",
                word.as_str(),
            )
    };
    let start = list[..stop].iter().take_while(counted).count();
    let end = if list.get(stop) == Some(&"of") && keeps_of(&head) { list.len() } else { stop };
    Some(list[start.min(end)..end].join(" "))
}

fn keeps_of(head: &str) -> bool {
    listed(
        "office offices residence residences house home headquarters building embassy bank ministry facilities installations studios gate camp institute branch",
        head,
    )
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|it| it.is_ascii_digit())
        || listed("one two three four five six seven eight nine ten eleven twelve dozen dozens", word)
}

fn is_site(head: &str) -> bool {
    const SITES: &str = "house home building office headquarters bank embassy consulate car vehicle bus truck train \
        restaurant store shop hotel school university church bridge tower pylon post pole line station \
        substation plant pipeline facility installation system company farm residence newspaper exchange \
        booth airport plane aircraft helicopter airliner jeep van ambulance market supermarket warehouse \
        factory refinery well property structure center hospital clinic mission ministry palace mansion \
        ranch estate garage dealership establishment branch complex dam road highway railroad tanker ship \
        boat pickup taxi minibus convoy motorcycle theater cinema temple chapel transformer generator cable \
        structures premises camp pharmacy drugstore apartment laboratory library monument table \
        transportation electricity window wall equipment machinery locomotive tractor bar club discotheque \
        salon auditorium studio transmitter antenna relay mall agency service airline airlines court \
        courthouse hall institute seminary parish synagogue crops mill gate lot shack dumptruck pipe box grid \
        settlement council corporation union federation brothel site presidency field";
    let single = head.strip_suffix("ies").map(|it| format!("{it}y"));
    let forms = [
        Some(head.to_owned()),
        single,
        head.strip_suffix("es").map(str::to_owned),
        head.strip_suffix('s').map(str::to_owned),
    ];
    forms.iter().flatten().any(|it| listed(SITES, it))
}

/// The names of persons in the words, the parts of a list each by itself.
pub fn people(words: &str) -> Vec<String> {
    words.split(" and ").flat_map(|it| it.split(" along with ")).filter_map(person).collect()
}

/// The name of a person in the words: its last run of capitals, titles and offices left out.
pub fn person(words: &str) -> Option<String> {
    let head = words.split([',', '(', '[']).next()?;
    let list: Vec<&str> = head.split_whitespace().collect();
    let capital = |it: &str| it.starts_with(char::is_uppercase) && it.chars().skip(1).any(char::is_lowercase);
    let particle = |it: &str| matches!(it, "de" | "del" | "la" | "las" | "los" | "y" | "da" | "dos");
    let mut end = list.len();
    while end > 0 && !capital(list[end - 1]) {
        end -= 1;
    }
    let mut start = end;
    while start > 0
        && (capital(list[start - 1])
            || particle(list[start - 1])
            || list[start - 1].len() == 2 && list[start - 1].ends_with('.'))
    {
        start -= 1;
    }
    if let Some(at) = list[start..end].iter().rposition(|it| is_title(it)) {
        start += at + 1;
    }
    while start < end && particle(list[start]) {
        start += 1;
    }
    let titled = start > 0 && is_title(list[start - 1]);
    let name = &list[start..end];
    let last = end == list.len();
    let opens_place =
        start < end && matches!(normal(list[start]).as_str(), "san" | "santa" | "la" | "las" | "los" | "el") && !titled;
    let body = start < end
        && (is_site(&normal(list[end - 1]))
            || listed(
                "police party command front army movement union department network group cartel battalion forces \
        guard fathers",
                normal(list[end - 1]).as_str(),
            ));
    let last = last && !opens_place && !body;
    (last && (name.len() > 1 || titled && name.len() == 1)).then(|| name.join(" "))
}

pub fn is_title(word: &str) -> bool {
    listed(
        "dr mr mrs ms msgr monsignor father fr rev reverend bishop archbishop priest general gen colonel col \
        major maj captain capt lieutenant lt sergeant sgt president minister senator deputy mayor governor \
        attorney judge ambassador engineer secretary professor commander councilman congressman retired \
        former jesuit sister leader journalist lawyer doctor director monsignior monsigno msgr. mister madam \
        comrade candidate brigadier admiral corporal citizen businessman industrialist us american colombian \
        salvadoran peruvian chilean guatemalan honduran spanish german french british bolivian ecuadoran \
        argentine nicaraguan mexican italian israeli cuban swiss don doña justice chief cardinal",
        normal(word).as_str(),
    )
}

/// Words for attackers in a sentence, with what describes them; where they act or are blamed.
pub fn attackers_in(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let describes = |it: &&&str| {
        listed(
            "unidentified urban armed heavily hooded masked unknown guerrilla two three four several young drug",
            normal(it).as_str(),
        )
    };
    // "a terrorist attack": no attacker.
    let describes_act = |at: usize| {
        listed("terrorist guerrilla", &normal(words[at]))
            && words[at].ends_with(char::is_alphanumeric)
            && words.get(at + 1).is_some_and(|it| !listed("who was had has threw shot set fired", &normal(it)))
    };
    let found = |at: usize| -> Option<(usize, usize)> {
        (is_surely_attacker(&normal(words[at])) && !describes_act(at))
            .then(|| at - words[..at].iter().rev().take_while(describes).count())
            .map(|start| (start, at))
    };
    let by = |start: usize| {
        words[start.saturating_sub(4)..start].iter().any(|it| matches!(normal(it).as_str(), "by" | "on" | "to"))
    };
    let acts = |at: usize| {
        words[at + 1..]
            .iter()
            .take(3)
            .any(|it| it.ends_with("ed") || listed("who threw shot set blew have had broke took", it))
    };
    (0..words.len())
        .filter_map(found)
        .filter(|&(start, at)| by(start) || acts(at))
        .map(|(start, at)| words[start..=at].join(" "))
        .next()
}

/// Names behind "identified as", "the victims were".
pub fn identified(words: &str) -> Vec<String> {
    let mut out = vec![];
    for cue in [
        "identified as ",
        "victims were ",
        "victims are ",
        "killed were ",
        "wounded were ",
        "injured were ",
        "the dead are ",
        "names are ",
        "including ",
        "named ",
    ] {
        for (at, _) in words.match_indices(cue) {
            let rest = &words[at + cue.len()..];
            let rest = rest.split_once(". ").map_or(rest, |it| it.0);
            let mut misses = 0;
            let tells = |it: &&str| it.contains(char::is_alphabetic);
            for part in rest.split([',', ';']).flat_map(|it| it.split(" and ")).filter(tells) {
                match person(part.trim().trim_end_matches('.')) {
                    Some(name) if part.trim().len() < name.len() + 30 => out.push(name),
                    _ => misses += 1,
                }
                if misses > 1 {
                    break;
                }
            }
        }
    }
    out
}

/// Weapons that a sentence names.
pub fn weapons_in(words: &str) -> Vec<String> {
    const WEAPONS: &[&str] = &[
        "car bomb",
        "car-bomb",
        "truck bomb",
        "bomb",
        "bombs",
        "dynamite charge",
        "dynamite charges",
        "dynamite sticks",
        "dynamite",
        "explosive device",
        "explosive devices",
        "explosive charge",
        "explosive charges",
        "explosives",
        "grenade",
        "grenades",
        "mortar",
        "mortars",
        "rocket",
        "rockets",
        "rifle",
        "rifles",
        "machinegun",
        "machineguns",
        "machine-gun",
        "submachinegun",
        "submachineguns",
        "ak-47",
        "m-16",
        "rpg",
        "pistol",
        "pistols",
        "revolver",
        "shotgun",
        "firearms",
        "automatic weapons",
        "molotov cocktails",
        "bullets",
        "bullet",
        "booby traps",
        "mines",
        "tnt",
        "incendiary bombs",
        "firebombs",
        "bazooka",
        "machetes",
        "knife",
        "uzi",
    ];
    let lower = format!(
        " {} ",
        words
            .to_lowercase()
            .split(|it: char| !it.is_alphanumeric() && it != '-')
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    );
    let mut out: Vec<String> = vec![];
    for it in WEAPONS {
        if lower.contains(&format!(" {it} ")) && !out.iter().any(|known| known.split(' ').any(|word| word == *it)) {
            out.push((*it).to_owned());
        }
    }
    out
}

/// The last building or vehicle that the words of an act name.
pub fn site_in(words: &str) -> Option<String> {
    words
        .split([',', ';'])
        .flat_map(|it| it.split(" in "))
        .flat_map(|it| it.split(" at "))
        .flat_map(|it| it.split(" near "))
        .flat_map(|it| it.split(" on "))
        .flat_map(|it| it.split(" against "))
        .filter_map(site)
        .last()
}

/// The building or vehicle beside which or in which a bomb went off, or which it damaged.
pub fn site_hit(sentence: &str) -> Option<String> {
    const CUES: &[&str] = &[
        " in front of ",
        " outside ",
        " inside ",
        " damaged ",
        " destroyed ",
        " against ",
        " damaging ",
        " destroying ",
        " at ",
        " in ",
    ];
    let behind = |cue: &&str| sentence.match_indices(*cue).map(|it| it.0 + cue.len()).collect::<Vec<_>>();
    CUES.iter().flat_map(behind).find_map(|at| {
        let words: Vec<&str> = sentence[at..].split([',', ';', '(', '"']).next()?.split_whitespace().take(9).collect();
        site(&words.join(" "))
    })
}

fn is_surely_attacker(word: &str) -> bool {
    listed(
        "guerrillas terrorists rebels gunmen assailants attackers kidnappers murderers assassins commandos \
        subversives extremists insurgents hitmen traffickers terrorist gunman individuals killers \
        narcoterrorists bandits delinquents",
        word,
    )
}

/// "guerrillas", "rebels": men of a group that the text may name elsewhere.
pub fn is_rebel(words: &str) -> bool {
    ["guerrilla", "rebel", "terrorist", "subversive", "urban", "insurgent", "extremist", "members", "commando"]
        .iter()
        .any(|it| words.contains(it))
}

/// Says whether a list of words parted by spaces holds a word.
pub fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|it| it == word)
}

/// Words that name no group by themselves.
pub fn is_empty_word(word: &str) -> bool {
    listed("they it let urban them the he we who this that sandinist antisandinist", word)
}
