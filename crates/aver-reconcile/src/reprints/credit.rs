//! Whose copy a document prints, where it says so itself.
//!
//! In: documents and the outlets that are known, from the codebook and from the
//! documents at hand. Out: one key for each outlet, whatever name it goes by, and for a
//! document the key of the outlet whose story it prints: by its byline ("Associated
//! Press"), its dateline ("GAO (Reuters) - ") or its copyright line. An agency's
//! story on three sites is then one voice, although no two texts are near copies.
//!
//! Only names of known outlets count; "(c) 2023 by the author" credits nobody.

use crate::sight::fold;
use aver_codebook::Codebook;
use aver_model::Reading;
use std::collections::{HashMap, HashSet};

/// How far from its beginning a text has its dateline, in bytes.
const HEAD: usize = 300;
/// The longest name in a dateline, in bytes.
const LONGEST: usize = 60;
/// Words around a name in a byline or copyright line.
const AROUND: &[&str] =
    &["the", "by", "staff", "reporters", "and", "agencies", "all", "rights", "reserved", "copyright", "c", "via"];

/// Known outlets by every name they go by.
pub struct Outlets {
    by_name: HashMap<String, String>,
    ids: HashSet<String>,
}

impl Outlets {
    /// Gathers the media of the codebook and the sources of the readings.
    pub fn new(readings: &[&Reading], codebook: &Codebook) -> Outlets {
        let (mut by_name, mut ids) = (HashMap::new(), HashSet::new());
        for actor in codebook.actors.iter().filter(|it| it.kind == "media") {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                by_name.entry(fold(name)).or_insert_with(|| format!("outlet {}", actor.id));
            }
            ids.insert(actor.id.clone());
        }
        for source in readings.iter().filter_map(|it| it.document.source.as_deref()) {
            let name = fold(source);
            by_name.entry(name).or_insert_with_key(|name| format!("outlet {name}"));
        }
        Outlets { by_name, ids }
    }

    /// Returns the key of an outlet by one of its names.
    fn named(&self, name: &str) -> Option<&str> {
        self.by_name.get(&fold(name)).map(String::as_str)
    }

    /// Returns the key of a quoted speaker that is an outlet; he comes as a codebook id, or as `name ` and his folded name.
    pub fn speaking(&self, key: &str) -> Option<String> {
        match key.strip_prefix("name ") {
            Some(name) => self.by_name.get(name).cloned(),
            None => self.ids.contains(key).then(|| format!("outlet {key}")),
        }
    }

    /// Returns the key of the outlet whose story a document prints: the one that it credits, else its own.
    pub fn of(&self, reading: &Reading) -> String {
        let document = &reading.document;
        let credited = document.byline.as_deref().and_then(|it| self.in_byline(it));
        let credited = credited.or_else(|| self.in_dateline(&reading.text)).or_else(|| self.in_copyright(reading));
        let own = || document.source.as_deref().and_then(|it| self.named(it));
        credited.or_else(own).map_or_else(|| format!("outlet {}", document.sha256), str::to_string)
    }

    /// "By A. Writer, Associated Press", "Reuters staff".
    fn in_byline(&self, byline: &str) -> Option<&str> {
        byline.split([',', '/', '|', '–', '—', ';', '(', ')']).find_map(|part| self.alone(part))
    }

    /// "GAO, Mali (Reuters) - Gunmen attacked".
    fn in_dateline<'o>(&'o self, text: &str) -> Option<&'o str> {
        let head = text.get(..text.floor_char_boundary(HEAD))?;
        head.match_indices('(').find_map(|(at, _)| {
            let inside = &head[at + 1..];
            let (name, after) = inside.split_once(')').filter(|it| it.0.len() <= LONGEST)?;
            let is_dateline = after.trim_start().starts_with(['-', '–', '—', '―']);
            is_dateline.then(|| self.alone(name)).flatten()
        })
    }

    /// "© 2023 Valley Post. All rights reserved.", in what was set aside as furniture or at the end.
    fn in_copyright(&self, reading: &Reading) -> Option<&str> {
        let is_mark = |line: &str| {
            let lower = line.to_lowercase();
            ["©", "(c)", "copyright"].iter().any(|it| lower.starts_with(it))
        };
        let lines = reading.text.lines().rev().take(12).map(str::trim).filter(|it| it.len() < 200 && is_mark(it));
        lines.flat_map(|it| it.split(['.', ',', ';'])).find_map(|it| self.alone(it))
    }

    /// Returns the outlet when nothing but its name, years and the like stands there.
    fn alone(&self, words: &str) -> Option<&str> {
        let folded = fold(&words.replace('©', " "));
        let is_filling = |it: &&str| AROUND.contains(it) || it.chars().all(|c| c.is_ascii_digit());
        let mut parts: Vec<&str> = folded.split(' ').collect();
        let from = parts.iter().position(|it| !is_filling(it))?;
        parts.drain(..from);
        while parts.last().is_some_and(is_filling) {
            parts.pop();
        }
        let name = parts.join(" ");
        self.by_name.get(&name).or_else(|| self.by_name.get(&folded)).map(String::as_str)
    }
}
