//! Which language model helps to read, and the one way to make a reader.
//!
//! In: the word after `--model` and a codebook. Out: an [`aver_read::Reader`]. A model is
//! loaded when the first reader is made and kept as long as the program runs, so
//! a command that reads nothing loads none.

use crate::report::{Report, Result, file_error};
use aver_codebook::Codebook;
use aver_language::{Depth, Language};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

/// What helps the rules to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Choice {
    /// The shipped model, all its layers.
    #[default]
    Full,
    /// The shipped model, its first layers only: about twice as fast, a little less exact.
    Fast,
    /// Rules alone.
    None,
    /// Another model: an ONNX file with `labels.json` and `vocab.txt` beside it.
    File(PathBuf),
}

impl FromStr for Choice {
    type Err = std::convert::Infallible;

    fn from_str(word: &str) -> std::result::Result<Choice, Self::Err> {
        Ok(match word {
            "full" => Choice::Full,
            "fast" => Choice::Fast,
            "none" => Choice::None,
            path => Choice::File(path.into()),
        })
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::Full => f.write_str("full"),
            Choice::Fast => f.write_str("fast"),
            Choice::None => f.write_str("none"),
            Choice::File(path) => path.display().fmt(f),
        }
    }
}

/// A model with the hash of its graph and its name.
struct Loaded {
    language: Language,
    sha256: String,
    name: String,
}

/// Prepares a codebook for reading, with the chosen model.
///
/// # Errors
/// The model's files cannot be read, or are no model.
pub fn reader<'c>(choice: &Choice, codebook: &'c Codebook) -> Result<aver_read::Reader<'c>> {
    let rules = aver_read::Reader::new(codebook);
    let Some(loaded) = loaded(choice)? else { return Ok(rules) };
    let depth = if *choice == Choice::Fast { Depth::Shallow } else { Depth::Deep };
    let name = format!("sha256:{} {} exit {}", loaded.sha256, loaded.name, loaded.language.layers(depth));
    Ok(rules.with_language(&loaded.language, depth, name))
}

/// Returns the chosen model itself, if any.
///
/// # Errors
/// As [`reader`].
pub fn model(choice: &Choice) -> Result<Option<&'static Language>> {
    Ok(loaded(choice)?.map(|it| &it.language))
}

/// Looks at a model of the user's own now, so that a long-running command does not fail at its first document.
///
/// # Errors
/// As [`reader`].
pub fn check(choice: &Choice) -> Result<()> {
    if matches!(choice, Choice::File(_)) { loaded(choice).map(|_| ()) } else { Ok(()) }
}

/// Says why a choice reads by rules alone though it asks for the shipped model.
pub fn without_weights(choice: &Choice) -> Option<&'static str> {
    (cfg!(not(feature = "embedded-model")) && matches!(choice, Choice::Full | Choice::Fast)).then_some(
        "this program was built without its language model and reads by rules alone; `--model FILE` names one",
    )
}

/// Returns the model, loaded once however many readers use it.
fn loaded(choice: &Choice) -> Result<Option<&'static Loaded>> {
    static KEPT: Mutex<BTreeMap<Option<PathBuf>, &'static Loaded>> = Mutex::new(BTreeMap::new());
    let path = match choice {
        Choice::None => return Ok(None),
        Choice::Full | Choice::Fast => None,
        Choice::File(path) => Some(path.clone()),
    };
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(it) = kept.get(&path) {
        return Ok(Some(it));
    }
    let made = match &path {
        None => shipped(),
        Some(path) => Some(of_file(path)?),
    };
    // A model lives as long as the program: readers borrow it.
    Ok(made.map(|it| {
        let it: &'static Loaded = Box::leak(Box::new(it));
        kept.insert(path, it);
        it
    }))
}

#[cfg(feature = "embedded-model")]
fn shipped() -> Option<Loaded> {
    let sha256 = Language::EMBEDDED_SHA256.to_owned();
    Some(Loaded { language: Language::embedded(), sha256, name: "aver-en".into() })
}

#[cfg(not(feature = "embedded-model"))]
fn shipped() -> Option<Loaded> {
    None
}

fn of_file(path: &Path) -> Result<Loaded> {
    let hint = "name the .onnx file of a model made by tools/train, with labels.json and vocab.txt beside it; \
                or full, fast or none";
    let beside = |name: &str| {
        let file = path.with_file_name(name);
        std::fs::read_to_string(&file).map_err(|it| file_error(&it, &file).next(hint))
    };
    let graph = std::fs::read(path).map_err(|it| file_error(&it, path).next(hint))?;
    let (labels, vocabulary) = (beside("labels.json")?, beside("vocab.txt")?);
    let sha256 = aver_ledger::sha256(&graph);
    let language = Language::from_bytes(graph, &labels, &vocabulary)
        .map_err(|it| Report::setup("model-not-understood", it.to_string()).at(path.display()).next(hint))?;
    let name = path.file_stem().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    Ok(Loaded { language, sha256, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_paths_are_told_apart() {
        let of = |word: &str| word.parse::<Choice>().expect("never fails");
        assert_eq!([of("full"), of("fast"), of("none")], [Choice::Full, Choice::Fast, Choice::None]);
        assert_eq!(of("./full"), Choice::File("./full".into()));
        for word in ["full", "fast", "none", "a/b.onnx"] {
            assert_eq!(of(word).to_string(), word);
        }
    }

    #[test]
    fn without_weights_rules_read_alone_and_it_is_said() {
        let carried = cfg!(feature = "embedded-model");
        for choice in [Choice::Full, Choice::Fast] {
            assert_eq!(model(&choice).expect("nothing is read from disk").is_some(), carried);
            assert_eq!(without_weights(&choice).is_none(), carried);
        }
        assert!(without_weights(&Choice::None).is_none());
        let reader = reader(&Choice::Full, Codebook::builtin()).expect("nothing is read from disk");
        let page = crate::gather::page(b"Police said four people were killed.\n", "a.txt", &Default::default());
        let reading = reader.read(&page.expect("text is a page"));
        assert!(reading.reader.model.is_some() == carried && reading.statements.len() == 1);
    }

    #[cfg(feature = "embedded-model")]
    #[test]
    fn the_recorded_hash_is_that_of_the_shipped_model() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/aver-en.onnx");
        let hash = aver_ledger::sha256(&std::fs::read(path).expect("the model is in the repository"));
        assert_eq!(hash, Language::EMBEDDED_SHA256, "after a new model: `sha256sum aver-en.onnx > aver-en.sha256`");
    }
}
