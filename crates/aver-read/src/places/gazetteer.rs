//! The world's places, in one compact file that is read where it lies.
//!
//! In: a name as printed. Out: the places of that name, most important first.
//! The file is made by `cargo xtask gazetteer` from GeoNames extracts (CC BY
//! 4.0, see `NOTICE`); opening it parses nothing and allocates nothing.
//!
//! Layout: 8 bytes of magic, five lengths (u32, little endian), then the parts
//! in the order of [`Part`]. Names are keys folded by [`fold`]; a value is a
//! record, or the place of a list of records. What a name means in a text is
//! not decided here.

use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// First bytes of the file; the last is its version.
pub const MAGIC: &[u8; 8] = b"AVGAZ\0\0\x01";
/// Bytes of a record.
pub const RECORD: usize = 13;
/// Bytes of an entry of the table of divisions.
pub const DIVISION: usize = 6;
/// Steps of the population code per doubling.
pub const STEPS: f64 = 2.4;

static FILE: &[u8] = include_bytes!("../../data/gazetteer.bin");

/// The parts of the file, in order.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// The fst map of names.
    Names,
    /// Lists of records: a count (u8), then record numbers (u24).
    Lists,
    /// Records: GeoNames id u24, latitude i16, longitude i16, level and population u8, division u16, name u24.
    Records,
    /// Divisions and countries: ISO code, record number u32.
    Divisions,
    /// Names to show: a length (u8), then UTF-8.
    Shown,
}

/// What kind of place a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A country.
    Country,
    /// A first-level division.
    Admin1,
    /// A second-level division.
    Admin2,
    /// A town or village.
    City,
}

impl Level {
    /// Returns the word of the reading format.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Country => "country",
            Level::Admin1 => "admin1",
            Level::Admin2 => "admin2",
            Level::City => "city",
        }
    }
}

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// GeoNames id.
    pub geonames: u32,
    /// Kind of place.
    pub level: Level,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People, roughly (to a third); 0 when unknown.
    pub population: u64,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'static str,
    /// Name of the first-level division, when it has one.
    pub admin1: Option<&'static str>,
    /// Name to show.
    pub name: &'static str,
    /// Number of the division, equal for places of the same one.
    pub division: u16,
}

/// The opened file.
pub struct Gazetteer {
    names: fst::Map<&'static [u8]>,
    lists: &'static [u8],
    records: &'static [u8],
    divisions: &'static [u8],
    shown: &'static [u8],
}

impl Gazetteer {
    /// Returns the gazetteer that is built in.
    pub fn get() -> &'static Gazetteer {
        static OPEN: OnceLock<Gazetteer> = OnceLock::new();
        OPEN.get_or_init(|| Gazetteer::open(FILE).expect("the built-in gazetteer is well formed"))
    }

    fn open(file: &'static [u8]) -> Option<Gazetteer> {
        let rest = file.strip_prefix(MAGIC.as_slice())?;
        let (lengths, mut rest) = rest.split_at_checked(20)?;
        let mut parts = lengths.as_chunks::<4>().0.iter().map(|it| {
            let (part, tail) = rest.split_at_checked(u32::from_le_bytes(*it) as usize)?;
            rest = tail;
            Some(part)
        });
        let mut next = || parts.next().flatten();
        Some(Gazetteer {
            names: fst::Map::new(next()?).ok()?,
            lists: next()?,
            records: next()?,
            divisions: next()?,
            shown: next()?,
        })
    }

    /// Returns how many places and how many names it holds.
    pub fn size(&self) -> (usize, usize) {
        (self.records.len() / RECORD, self.names.len())
    }

    /// Returns every place, in the order of the file.
    pub fn places(&self) -> impl Iterator<Item = Entry> + '_ {
        (0..self.size().0).filter_map(|it| self.entry(it))
    }

    /// Returns the places whose folded name is `key`, most important first.
    pub fn folded(&self, key: &str) -> Vec<Entry> {
        let Some(value) = self.names.get(key) else { return vec![] };
        let at = (value >> 1) as usize;
        if value & 1 == 0 {
            return self.entry(at).into_iter().collect();
        }
        let count = self.lists.get(at).copied().unwrap_or(0);
        let list = self.lists.get(at + 1..).unwrap_or(&[]).as_chunks::<3>().0;
        list.iter().take(usize::from(count)).filter_map(|it| self.entry(u24(it))).collect()
    }

    /// Returns the places of that name, however it is spelt.
    pub fn find(&self, name: &str) -> Vec<Entry> {
        self.folded(&fold(name))
    }

    /// Returns the country of that ISO code.
    pub fn country(&self, iso: &str) -> Option<Entry> {
        let numbers = self.divisions.chunks_exact(DIVISION).filter(|it| it[..2] == *iso.as_bytes());
        numbers
            .filter_map(|it| self.entry(u32::from_le_bytes([it[2], it[3], it[4], it[5]]) as usize))
            .find(|it| it.level == Level::Country)
    }

    fn shown(&self, at: usize) -> &'static str {
        let length = usize::from(self.shown.get(at).copied().unwrap_or(0));
        self.shown.get(at + 1..at + 1 + length).and_then(|it| std::str::from_utf8(it).ok()).unwrap_or("")
    }

    fn entry(&self, number: usize) -> Option<Entry> {
        let record = self.raw(number)?;
        let division = u16::from_le_bytes([record[8], record[9]]);
        let table = self.divisions.get(usize::from(division) * DIVISION..)?.first_chunk::<DIVISION>()?;
        let owner = self.raw(u32::from_le_bytes([table[2], table[3], table[4], table[5]]) as usize)?;
        let admin1 = (owner[7] >> 6 == Level::Admin1 as u8).then(|| self.shown(u24(&owner[10..])));
        Some(Entry {
            geonames: u24(record) as u32,
            level: [Level::Country, Level::Admin1, Level::Admin2, Level::City][usize::from(record[7] >> 6)],
            lat: degrees(&record[3..], 90.0),
            lon: degrees(&record[5..], 180.0),
            population: match record[7] & 63 {
                0 => 0,
                code => 2f64.powf(f64::from(code - 1) / STEPS) as u64,
            },
            country: std::str::from_utf8(&self.divisions[usize::from(division) * DIVISION..][..2]).unwrap_or(""),
            admin1,
            name: self.shown(u24(&record[10..])),
            division,
        })
    }

    fn raw(&self, number: usize) -> Option<&'static [u8]> {
        self.records.get(number * RECORD..(number + 1) * RECORD)
    }
}

fn u24(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) | usize::from(bytes[1]) << 8 | usize::from(bytes[2]) << 16
}

fn degrees(bytes: &[u8], full: f64) -> f64 {
    let value = f64::from(i16::from_le_bytes([bytes[0], bytes[1]])) / f64::from(i16::MAX) * full;
    (value * 100.0).round() / 100.0
}

/// Returns what is left of a folded name when the usual differences of transliteration are taken away.
///
/// "Slov'yansk" and "Sloviansk", "Khan Yunis" and "Khan Younis" have one skeleton; it is empty when too short to tell.
/// Skeletons are kept in the file as keys behind a `~`.
pub fn skeleton(key: &str) -> String {
    let mut bare = String::with_capacity(key.len());
    let words = key.split(' ').enumerate().filter(|(at, it)| {
        *at > 0 && it.len() > 2
            || !matches!(*it, "al" | "el" | "an" | "ar" | "as" | "ash" | "at" | "ad" | "az" | "ed" | "es" | "ez")
    });
    for (at, char) in words.flat_map(|(_, it)| it.chars().enumerate()) {
        let char = match char {
            'y' | 'e' => 'i',
            'o' => 'u',
            'q' => 'k',
            'w' => 'v',
            'h' if at > 0 => continue,
            it => it,
        };
        if !bare.ends_with(char) {
            bare.push(char);
        }
    }
    let short = bare.trim_end_matches(['a', 'i', 'u']);
    if short.len() < 4 { String::new() } else { format!("~{short}") }
}

/// Folds a name: lower case, no accents, one spelling of hyphens, apostrophes and Persian links.
///
/// "Mazār-e Sharīf", "Mazar-i-Sharif" and "mazar sharif" are one key, and so are "St. Louis" and "Saint Louis".
pub fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for char in name.nfkd().filter(|it| !is_combining_mark(*it)) {
        match char {
            '-' | '‐' | '‑' | '–' | '—' | '_' | '/' => plain.push(' '),
            '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '.' | ',' => {}
            'ø' | 'Ø' => plain.push('o'),
            'ł' | 'Ł' => plain.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ə' | 'Ə' => plain.push('a'),
            'ß' => plain.push_str("ss"),
            'æ' | 'Æ' => plain.push_str("ae"),
            'œ' | 'Œ' => plain.push_str("oe"),
            'þ' | 'Þ' => plain.push_str("th"),
            _ => plain.extend(char.to_lowercase()),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut key = String::with_capacity(plain.len());
    for (at, word) in words.iter().enumerate() {
        let inner = at > 0 && at + 1 < words.len();
        let word = match *word {
            "e" | "i" | "ye" | "yi" if inner => continue,
            "the" if at == 0 && words.len() > 1 => continue,
            "st" if at + 1 < words.len() => "saint",
            "mt" if at + 1 < words.len() => "mount",
            "ft" if at + 1 < words.len() => "fort",
            other => other,
        };
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}
