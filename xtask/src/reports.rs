//! Invented reports in any number, to fill a ledger on which the workbench is timed.
//!
//! In: how many occurrences. Out: a folder of short texts with outlet and date
//! beside each. Towns and armed groups are real, so that the map and the lists of
//! actors carry what they carry in use; what happens there is invented. An occurrence
//! is told by one outlet (two in three), by two, or by three, and tolls differ;
//! a report tells of two or three. Same number, same files.

use aver_codebook::Codebook;
use aver_model::Day;
use aver_read::places::gazetteer::{Entry, Gazetteer, Level};
use std::path::Path;

/// Countries in which things happen.
const COUNTRIES: [&str; 16] =
    ["AF", "BF", "CD", "CO", "ET", "IQ", "ML", "MM", "MX", "NG", "PK", "SD", "SO", "SY", "UA", "YE"];
/// Reports in a folder.
const FOLDER: usize = 1000;
/// One report in so many gives a tally, one a warning.
const RARE: usize = 100;
/// Days over which occurrences are spread.
const DAYS: u64 = 2190;

const OUTLETS: [&str; 24] = [
    "Valley Post",
    "Northern Wire",
    "Coast Herald",
    "Harbour Radio",
    "Plateau News",
    "River Gazette",
    "Morning Courier",
    "Delta Tribune",
    "Highland Observer",
    "Border Times",
    "Desert Monitor",
    "Capital Daily",
    "Lake Broadcasting",
    "Southern Mail",
    "Union Press",
    "Eastern Star",
    "Green Line",
    "Savanna Report",
    "Old Town Chronicle",
    "Pass Dispatch",
    "Sunrise Agency",
    "Market Street Journal",
    "Bridge Weekly",
    "Open Country",
];

/// What happens: the title's words, the sentence up to the place, the sentence after the day.
const KINDS: [(&str, &str, &str); 8] = [
    ("Bombing", "A bomb exploded at", "killing"),
    ("Gun attack", "Gunmen opened fire at", "killing"),
    ("Shelling", "Artillery shells hit", "killing"),
    ("Drone strike", "A drone strike hit", "killing"),
    ("Suicide bombing", "A suicide bomber blew himself up at", "killing"),
    ("Air strike", "An air strike hit", "killing"),
    ("Rocket fire", "Rockets struck", "killing"),
    ("Car bomb", "A car bomb went off near", "killing"),
];
const SITES: [&str; 8] =
    ["a market", "a police station", "a school", "a checkpoint", "a hospital", "an army base", "a mosque", "a hotel"];
const SPEAKERS: [&str; 6] =
    ["police said", "a hospital official said", "the army said", "officials said", "residents said", "witnesses said"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Pseudo-random numbers (SplitMix64), the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides.max(1)
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u64) as usize]
    }
}

/// One thing that happened.
struct Occurrence {
    country: usize,
    day: Day,
    town: &'static str,
    kind: usize,
    site: &'static str,
    killed: u64,
    group: Option<String>,
}

/// Writes the reports: `N DIR`.
pub fn make(args: &[String]) -> Result<(), String> {
    let [n, folder] = args else { return Err("usage: cargo xtask load --make N DIR".into()) };
    let n: usize = n.parse().map_err(|_| format!("error: `{n}` is no number of occurrences"))?;
    let mut dice = Dice(7);
    let mut told: Vec<(Occurrence, u64)> = occurrences(n, &mut dice)
        .into_iter()
        .map(|it| {
            let times = [1, 1, 1, 1, 2, 3][dice.roll(6) as usize];
            (it, times)
        })
        .collect();
    told.sort_by_key(|(it, _)| (it.country, it.day));
    let mut written = 0;
    for round in 0..3 {
        let now: Vec<&Occurrence> = told.iter().filter(|(_, times)| *times > round).map(|(it, _)| it).collect();
        let mut rest = now.as_slice();
        while let Some(first) = rest.first() {
            let most = 2 + dice.roll(2) as usize;
            let near = |it: &&&Occurrence| it.country == first.country && first.day.days_until(it.day) <= 3;
            let size = rest.iter().take(most).take_while(near).count().max(1);
            let (these, others) = rest.split_at(size);
            rest = others;
            write(Path::new(folder), written, these, &mut dice)?;
            written += 1;
        }
    }
    println!("{written} reports of {n} occurrences in {folder}");
    Ok(())
}

fn occurrences(n: usize, dice: &mut Dice) -> Vec<Occurrence> {
    let towns: Vec<Vec<Entry>> = COUNTRIES.iter().map(|it| towns(it)).collect();
    let actors = &Codebook::builtin().actors;
    let groups: Vec<Vec<&str>> = COUNTRIES
        .iter()
        .map(|code| {
            let here = actors.iter().filter(|it| it.kind == "armed_group" && it.country.as_deref() == Some(*code));
            here.map(|it| it.name.as_str()).collect()
        })
        .collect();
    let first = Day::new(2018, 1, 1);
    (0..n)
        .filter_map(|_| {
            let country = dice.roll(COUNTRIES.len() as u64) as usize;
            // Some towns see far more than others.
            let many = towns[country].len() as u64;
            let range = dice.roll(many) + 1;
            let town = towns[country].get(dice.roll(range) as usize)?.name;
            let group = (dice.roll(3) == 0 && !groups[country].is_empty()).then(|| dice.pick(&groups[country]).into());
            Some(Occurrence {
                country,
                day: first?.plus_days(dice.roll(DAYS) as i64),
                town,
                kind: dice.roll(KINDS.len() as u64) as usize,
                site: dice.pick(&SITES),
                killed: 1 + dice.roll(6) * dice.roll(6),
                group,
            })
        })
        .collect()
}

/// Returns the towns of a country whose name means them before any other, the largest first.
fn towns(country: &str) -> Vec<Entry> {
    let gazetteer = Gazetteer::get();
    let own = |it: &Entry| it.country == country && it.level == Level::City && it.population >= 10_000;
    let known = |it: &Entry| gazetteer.find(it.name).first().is_some_and(|first| first.geonames == it.geonames);
    let plain = |it: &Entry| it.name.chars().all(|it| it.is_alphabetic()) && it.name.len() > 4;
    let mut towns: Vec<Entry> = gazetteer.places().filter(|it| own(it) && plain(it) && known(it)).collect();
    towns.sort_by(|a, b| b.population.cmp(&a.population).then(a.name.cmp(b.name)));
    towns.dedup_by_key(|it| it.name);
    towns.truncate(400);
    towns
}

fn write(folder: &Path, number: usize, these: &[&Occurrence], dice: &mut Dice) -> Result<(), String> {
    let country = Gazetteer::get().country(COUNTRIES[these[0].country]).map_or("", |it| it.name);
    let first = these[0];
    let title = format!("{} kills {} in {}", KINDS[first.kind].0, count(first.killed), first.town);
    let mut text = format!("{title}\n\n{}, {country} — ", first.town.to_uppercase());
    for it in these {
        text.push_str(&paragraph(it, country, dice));
        text.push_str("\n\n");
    }
    let last = these.iter().map(|it| it.day).max().unwrap_or(first.day);
    match number % RARE {
        0 => text.push_str(&format!(
            "The Plains Monitor said {} people had been killed in attacks in {country} between {} and {}.\n\n",
            20 + dice.roll(400),
            words(last.plus_days(-30)),
            words(last)
        )),
        1 => text.push_str(&format!(
            "A general warned that militants could attack {} again within six months.\n\n",
            first.town
        )),
        _ => {}
    }
    let (outlet, published) = (dice.pick(&OUTLETS), last.plus_days(1 + dice.roll(2) as i64));
    let folder = folder.join(format!("{:03}", number / FOLDER));
    let failed = |it: std::io::Error| format!("error: {}: {it}", folder.display());
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let name = format!("report-{number:06}.txt");
    std::fs::write(
        folder.join(format!("{name}.meta.json")),
        format!("{{\"source\": \"{outlet}\", \"published\": \"{published}\"}}\n"),
    )
    .map_err(failed)?;
    std::fs::write(folder.join(name), text).map_err(failed)
}

fn paragraph(it: &Occurrence, country: &str, dice: &mut Dice) -> String {
    let killed = it.killed + dice.roll(3) * dice.roll(2);
    let wounded = killed + dice.roll(12);
    let (_, begins, kills) = KINDS[it.kind];
    let (speaker, day) = (dice.pick(&SPEAKERS), words(it.day));
    let mut text = format!(
        "{begins} {} in {}, {country}, on {day}, {kills} {} and wounding {wounded}, {speaker}.",
        it.site,
        it.town,
        count(killed)
    );
    match (&it.group, dice.roll(4)) {
        (Some(group), 0) => text.push_str(&format!(" {group} claimed responsibility for the attack.")),
        (Some(group), 1) => text.push_str(&format!(" The army blamed {group} for the attack. {group} denied it.")),
        (Some(group), _) => text.push_str(&format!(" Police suspect {group}.")),
        (None, 0) => text.push_str(&format!(" Residents said {} had died.", count(killed + 1 + dice.roll(9)))),
        (None, 1) => text.push_str(&format!(" A doctor at the local clinic said he had seen {} bodies.", killed + 2)),
        (None, _) => text.push_str(" No group has claimed responsibility."),
    }
    text
}

fn count(n: u64) -> String {
    if n == 1 { "one person".into() } else { format!("{n} people") }
}

/// Writes "12 March 2023".
fn words(day: Day) -> String {
    let text = day.to_string();
    let mut parts = text.splitn(3, '-').map(|it| it.parse::<usize>().unwrap_or(1));
    let (year, month, day) = (parts.next(), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    format!("{day} {} {}", MONTHS[(month - 1) % 12], year.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_the_same_on_every_run_and_tell_of_all() {
        let of = || occurrences(300, &mut Dice(7));
        let (a, b) = (of(), of());
        let told = |all: &[Occurrence]| {
            let mut dice = Dice(1);
            all.iter().map(|it| paragraph(it, "Mali", &mut dice)).collect::<Vec<_>>()
        };
        assert_eq!(a.len(), 300);
        assert_eq!(told(&a), told(&b));
        assert!(a.iter().any(|it| it.group.is_some()));
    }

    #[test]
    fn a_day_is_written_as_people_do() {
        assert_eq!(words(Day::new(2023, 3, 9).expect("a day")), "9 March 2023");
    }
}
