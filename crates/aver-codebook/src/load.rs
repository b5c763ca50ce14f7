//! Reads the codebook's files.
//!
//! In: (path, content) pairs. Out: a checked [`Codebook`], or every fault with
//! its file and line. A file's folder says what it holds; `README.md` files are
//! for people and only count for the version. No file is opened here: the
//! caller brings the contents.

use crate::{
    ActorEntry, Codebook, EventType, Lexicon, Measure, PlaceEntry, PolicyEntry, RelationEntry, StanceEntry, check,
    markdown,
};
use serde::de::{DeserializeOwned, IntoDeserializer};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use toml::de::{DeTable, DeValue};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// One fault in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path inside the codebook.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Stable kebab-case id, e.g. `codebook-duplicate-cue`.
    pub id: &'static str,
    /// What is wrong, with the values.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Why a codebook could not be loaded: every fault at once.
#[derive(Debug, thiserror::Error)]
#[error("the codebook has {} faults; first: {}", faults.len(), faults.first().map(|it| format!("{}:{}: {}", it.file, it.line, it.message)).unwrap_or_default())]
#[non_exhaustive]
pub struct Error {
    /// In the order of files and lines.
    pub faults: Vec<Fault>,
}

/// Where an entry stands: its file and the bytes it covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub file: &'a str,
    pub content: &'a str,
    pub start: usize,
    pub end: usize,
}

impl Origin<'_> {
    /// Returns the line on which the entry starts.
    pub fn line(&self) -> usize {
        line_at(self.content, self.start)
    }

    /// Returns the line on which a quoted word of the entry stands, else the entry's.
    pub fn line_of(&self, word: &str) -> usize {
        let quoted = format!("\"{word}\"");
        let found = self.content.get(self.start..self.end).and_then(|it| it.find(&quoted));
        found.map_or_else(|| self.line(), |at| line_at(self.content, self.start + at))
    }
}

fn line_at(content: &str, offset: usize) -> usize {
    content.as_bytes().iter().take(offset).filter(|it| **it == b'\n').count() + 1
}

/// An entry with the place it was read from.
pub(crate) type Entry<'a, T> = (T, Origin<'a>);

/// Everything read, before it is checked.
#[derive(Default)]
pub(crate) struct Loaded<'a> {
    pub events: Vec<Entry<'a, EventType>>,
    pub stances: Vec<Entry<'a, StanceEntry>>,
    pub measures: Vec<Entry<'a, Measure>>,
    pub relations: Vec<Entry<'a, RelationEntry>>,
    pub actors: Vec<Entry<'a, ActorEntry>>,
    pub places: Vec<Entry<'a, PlaceEntry>>,
    pub lexicons: Vec<Entry<'a, Lexicon>>,
    pub policies: Vec<Entry<'a, PolicyEntry>>,
    pub cases: Vec<crate::Case>,
    pub faults: Vec<Fault>,
}

impl Codebook {
    /// Returns the codebook that is built into the program.
    pub fn builtin() -> &'static Codebook {
        static BUILTIN: std::sync::LazyLock<Codebook> = std::sync::LazyLock::new(|| {
            Codebook::from_files(Codebook::builtin_files()).expect("the built-in codebook is checked by its tests")
        });
        &BUILTIN
    }

    /// Returns the files that are built into the program, as (path, content), in the order of their paths.
    pub fn builtin_files() -> impl Iterator<Item = (String, String)> {
        FILES.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned()))
    }

    /// Loads a codebook from (path inside the codebook, content) pairs, in any order.
    ///
    /// # Errors
    /// Every fault found in any file.
    pub fn from_files(files: impl Iterator<Item = (String, String)>) -> Result<Codebook, Error> {
        let files: BTreeMap<String, String> = files.map(|(path, content)| (path.replace('\\', "/"), content)).collect();
        let mut loaded = Loaded::default();
        for (file, content) in &files {
            loaded.read(file, content);
        }
        check::check(&mut loaded);
        let mut faults = std::mem::take(&mut loaded.faults);
        if !faults.is_empty() {
            faults.sort();
            faults.dedup();
            return Err(Error { faults });
        }
        Ok(loaded.finish(version(&files)))
    }
}

fn version(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (path, content) in files {
        for part in [path, content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    let mut version = String::from("sha256:");
    for byte in hash.finalize() {
        let _ = write!(version, "{byte:02x}");
    }
    version
}

impl<'a> Loaded<'a> {
    fn read(&mut self, file: &'a str, content: &'a str) {
        let Some((folder, rest)) = file.split_once('/') else {
            return;
        };
        let name = rest.rsplit('/').next().unwrap_or(rest);
        if name == "README.md" {
            return;
        }
        let whole = (content, 0);
        match (folder, name.rsplit_once('.').map_or("", |it| it.1)) {
            ("events", "md") => self.read_event(file, content),
            ("stances", "md") => {
                if let Some((mut entry, origin, parts)) = self.page::<StanceEntry>(file, content) {
                    entry.definition = parts.0;
                    self.stances.push((entry, origin));
                }
            }
            ("policies", "md") => {
                if let Some((mut entry, origin, parts)) = self.page::<PolicyEntry>(file, content) {
                    entry.definition = parts.0;
                    self.policies.push((entry, origin));
                }
            }
            ("measures", "toml") => {
                let entry = self.table(file, content, whole);
                self.measures.extend(entry);
            }
            ("lexicon", "toml") => {
                let entry = self.table(file, content, whole);
                self.lexicons.extend(entry);
            }
            ("relations", "toml") => {
                let list = self.list(file, content, "relation");
                self.relations.extend(list);
            }
            ("actors", "toml") => {
                let list = self.list(file, content, "actor");
                self.actors.extend(list);
            }
            ("places", "toml") => {
                let list = self.list(file, content, "place");
                self.places.extend(list);
            }
            _ => self.fault(
                file,
                1,
                "codebook-unknown-file",
                format!("`{file}` is no kind of codebook file"),
                "events, stances and policies are .md; measures, relations, actors, places and lexicon are .toml"
                    .to_owned(),
            ),
        }
    }

    fn read_event(&mut self, file: &'a str, content: &'a str) {
        if let Some((mut entry, origin, (definition, has_limits))) = self.page::<EventType>(file, content) {
            entry.definition = definition;
            if !has_limits {
                let message = format!("event type `{}` does not say what it is not", entry.name);
                let hint = "add a paragraph that starts with `Not:`".to_owned();
                self.fault(file, 1, "codebook-no-limits", message, hint);
            }
            self.events.push((entry, origin));
        }
    }

    /// Reads a Markdown entry: its table, where it stands, its definition and whether it names limits.
    fn page<T: DeserializeOwned>(
        &mut self,
        file: &'a str,
        content: &'a str,
    ) -> Option<(T, Origin<'a>, (String, bool))> {
        let parts = markdown::parse(file, content);
        for (line, id, message) in parts.faults {
            self.fault(file, line, id, message, "see the entries beside it for the form".to_owned());
        }
        self.cases.extend(parts.cases);
        let stem = stem(file);
        match parts.title {
            Some((title, _)) if title == stem => {}
            Some((title, line)) => {
                let message = format!("the title is `{title}`, the file's name is `{stem}`");
                self.fault(file, line, "codebook-name", message, format!("write `# {stem}`"));
            }
            None => self.fault(
                file,
                1,
                "codebook-name",
                "the file has no title".to_owned(),
                format!("begin with `# {stem}`"),
            ),
        }
        let is_limit = |it: &String| it.starts_with("Not:");
        let has_limits = parts.paragraphs.iter().any(is_limit);
        let Some(definition) = parts.paragraphs.into_iter().find(|it| !is_limit(it)) else {
            let hint = "say in one paragraph what it is".to_owned();
            self.fault(file, 1, "codebook-no-definition", format!("`{stem}` has no definition"), hint);
            return None;
        };
        let Some(block) = parts.toml else {
            let hint = "add a ```toml block under the definition".to_owned();
            self.fault(file, 1, "codebook-no-table", format!("`{stem}` has no toml block"), hint);
            return None;
        };
        let (entry, origin) = self.table(file, content, block)?;
        Some((entry, origin, (definition, has_limits)))
    }

    /// Reads one table that is the whole of a block or file; unknown fields are all reported.
    fn table<T: DeserializeOwned>(
        &mut self,
        file: &'a str,
        content: &'a str,
        block: (&'a str, usize),
    ) -> Option<Entry<'a, T>> {
        let (source, offset) = block;
        let origin = Origin { file, content, start: offset, end: offset + source.len() };
        let table = self.parse(file, content, block)?;
        let entry = self.decode(origin, offset, table)?;
        Some((entry, origin))
    }

    /// Reads the entries of a file that lists them under one key.
    fn list<T: DeserializeOwned>(&mut self, file: &'a str, content: &'a str, key: &str) -> Vec<Entry<'a, T>> {
        let Some(table) = self.parse(file, content, (content, 0)) else { return vec![] };
        let mut entries = vec![];
        for (name, value) in table.into_inner() {
            let line = line_at(content, name.span().start);
            let DeValue::Array(array) = value.into_inner() else {
                let message = format!("`{}` is not a list of entries", name.get_ref());
                self.fault(
                    file,
                    line,
                    "codebook-unknown-field",
                    message,
                    format!("write each entry under `[[{key}]]`"),
                );
                continue;
            };
            if name.get_ref() != key {
                let message = format!("unknown table `[[{}]]`", name.get_ref());
                self.fault(
                    file,
                    line,
                    "codebook-unknown-field",
                    message,
                    format!("write each entry under `[[{key}]]`"),
                );
                continue;
            }
            let starts: Vec<usize> = array.iter().map(|it| it.span().start).collect();
            for (index, value) in array.into_iter().enumerate() {
                let span = value.span();
                let end = starts.get(index + 1).copied().unwrap_or(content.len());
                let origin = Origin { file, content, start: span.start, end: end.max(span.end) };
                let DeValue::Table(entry) = value.into_inner() else { continue };
                if let Some(entry) = self.decode(origin, 0, toml::Spanned::new(span, entry)) {
                    entries.push((entry, origin));
                }
            }
        }
        entries
    }

    fn parse(
        &mut self,
        file: &str,
        content: &str,
        (source, offset): (&'a str, usize),
    ) -> Option<toml::Spanned<DeTable<'a>>> {
        match DeTable::parse(source) {
            Ok(table) => Some(table),
            Err(error) => {
                let at = offset + error.span().map_or(0, |it| it.start);
                let hint = "TOML: strings in double quotes, lists in [ ], a comma between".to_owned();
                self.fault(file, line_at(content, at), "codebook-toml", error.message().to_owned(), hint);
                None
            }
        }
    }

    /// Decodes a table, reporting every unknown field and the first wrong value.
    fn decode<T: DeserializeOwned>(
        &mut self,
        origin: Origin<'a>,
        offset: usize,
        table: toml::Spanned<DeTable<'a>>,
    ) -> Option<T> {
        let span = table.span();
        let mut table = table.into_inner();
        let mut is_good = true;
        loop {
            let error = match T::deserialize(toml::Spanned::new(span.clone(), table.clone()).into_deserializer()) {
                Ok(entry) => return is_good.then_some(entry),
                Err(error) => error,
            };
            is_good = false;
            let at = error.span().map_or(origin.start, |it| offset + it.start);
            let message = error.message().to_owned();
            let words: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
            let word = words.first().copied().unwrap_or_default();
            let id = if message.starts_with("unknown field") {
                "codebook-unknown-field"
            } else if message.starts_with("unknown variant") {
                "codebook-unknown-word"
            } else if message.contains("is no day") {
                "codebook-date"
            } else {
                "codebook-value"
            };
            let hint = check::did_you_mean(word, words.iter().skip(1).copied());
            self.fault(origin.file, line_at(origin.content, at), id, message.clone(), hint);
            if id != "codebook-unknown-field" || table.remove(word).is_none() {
                return None;
            }
        }
    }

    pub(crate) fn fault(&mut self, file: &str, line: usize, id: &'static str, message: String, hint: String) {
        self.faults.push(Fault { file: file.to_owned(), line, id, message, hint });
    }

    fn finish(self, version: String) -> Codebook {
        fn entries<T>(list: Vec<Entry<'_, T>>) -> Vec<T> {
            list.into_iter().map(|it| it.0).collect()
        }
        let mut lexicon = Lexicon::default();
        for (part, _) in self.lexicons {
            lexicon.merge(part);
        }
        Codebook {
            version,
            events: entries(self.events),
            stances: entries(self.stances),
            measures: entries(self.measures),
            relations: entries(self.relations),
            actors: entries(self.actors),
            places: entries(self.places),
            lexicon,
            policies: entries(self.policies),
            cases: self.cases,
        }
    }
}

/// Returns the name that a file gives its entry: `events/bombing.md` → `bombing`.
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |it| it.0)
}

impl Lexicon {
    fn merge(&mut self, part: Lexicon) {
        self.titles.extend(part.titles);
        self.offices.extend(part.offices);
        self.anonymous.extend(part.anonymous);
        self.bodies.extend(part.bodies);
        self.nationalities.extend(part.nationalities);
        self.weapons.extend(part.weapons);
        self.facilities.extend(part.facilities);
        self.causes.extend(part.causes);
        self.unfought.extend(part.unfought);
        self.unshot.extend(part.unshot);
        self.accidents.extend(part.accidents);
        self.beasts.extend(part.beasts);
        self.fictions.extend(part.fictions);
        self.sports.extend(part.sports);
        self.victims.extend(part.victims);
        self.persons.extend(part.persons);
        self.attackers.extend(part.attackers);
        self.gatherings.extend(part.gatherings);
        for (name, words) in part.classes {
            self.classes.entry(name).or_default().extend(words);
        }
        self.group_heads.extend(part.group_heads);
        self.operators.extend(part.operators);
        self.irregular.extend(part.irregular);
        self.irregular_nouns.extend(part.irregular_nouns);
        self.doubling.extend(part.doubling);
    }
}
