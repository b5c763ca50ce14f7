//! Paths to pages: walks folders, reads files, and takes what stands beside them.
//!
//! The door through which files enter. A file that cannot become a document
//! gives a report, never an end of the run.

use crate::report::{Report, Result, file_error};
use aver_ingest::Hints;
use aver_model::Page;
use std::path::{Path, PathBuf};

/// Files larger than this are refused: 64 MiB.
const LARGEST: u64 = 64 << 20;

/// A file that became a page, with its bytes.
pub struct Captured {
    /// The bytes as captured.
    pub bytes: Vec<u8>,
    /// The page made of them.
    pub page: Page,
}

/// Returns every file below the given paths, sorted, without `*.meta.json` and hidden files.
///
/// # Errors
/// A path that does not exist or may not be listed.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    for path in paths {
        let facts = std::fs::metadata(path).map_err(|it| file_error(&it, path))?;
        if facts.is_dir() { walk(path, &mut files)? } else { files.push(path.clone()) }
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|it| file_error(&it, folder))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
        let ours = name.ends_with(".aver") || name.ends_with(".aver-wal") || name.ends_with(".aver-shm");
        if name.starts_with('.') || name.ends_with(".meta.json") || name == "README.md" || ours {
            continue;
        }
        // A link to a folder could lead in a circle.
        let facts = std::fs::symlink_metadata(&path).map_err(|it| file_error(&it, &path))?;
        if facts.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Reads a file and makes a page of it; `given` wins over what stands beside the file.
///
/// # Errors
/// The file cannot be read, is too large, or holds no article.
pub fn capture(path: &Path, given: &Hints) -> Result<Captured> {
    let facts = std::fs::metadata(path).map_err(|it| file_error(&it, path))?;
    if facts.len() > LARGEST {
        let message = format!("the file has {} MiB; a document may have {}", facts.len() >> 20, LARGEST >> 20);
        return Err(Report::input("file-too-large", message)
            .at(path.display())
            .next("save each article as its own file"));
    }
    let bytes = std::fs::read(path).map_err(|it| file_error(&it, path))?;
    let hints = given.clone().or(beside(path)?);
    let name = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    let page = page(&bytes, &name, &hints).map_err(|it| it.at(path.display()))?;
    Ok(Captured { bytes, page })
}

/// Makes a page of bytes; a panic in a parser becomes a report.
///
/// # Errors
/// The bytes hold no article.
pub fn page(bytes: &[u8], name: &str, hints: &Hints) -> Result<Page> {
    // Invariant: ingest keeps no state, so nothing is half-changed after a panic.
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| aver_ingest::ingest(bytes, name, hints)));
    match made {
        Ok(Ok(page)) => Ok(page),
        Ok(Err(error)) => Err(Report::input(error.id(), error.to_string()).next(error.hint())),
        Err(_) => Err(Report::bug(format!("reading the page `{name}` broke off"))),
    }
}

/// Reads `NAME.meta.json` (or `STEM.meta.json`) beside a file.
fn beside(path: &Path) -> Result<Hints> {
    let mut whole = path.as_os_str().to_owned();
    whole.push(".meta.json");
    for meta in [PathBuf::from(whole), path.with_extension("meta.json")] {
        match std::fs::read_to_string(&meta) {
            Ok(text) => {
                return Hints::from_meta_json(&text).map_err(|it| {
                    Report::input("meta-not-understood", it.to_string())
                        .at(meta.display())
                        .next("write {\"published\": \"2022-10-06\", \"source\": \"NAME\"}")
                });
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(file_error(&error, &meta)),
        }
    }
    Ok(Hints::default())
}

/// Turns `--published` and `--source` into hints.
///
/// # Errors
/// A date that is none.
pub fn hints(given: &crate::cli::Hints) -> Result<Hints> {
    let published = match &given.published {
        Some(text) => Some(Hints::published(text).map_err(|it| {
            Report::input("date-not-understood", it.to_string())
                .at("--published")
                .next("write a day, 2022-10-06, or an interval, 2022-10-05..2022-10-07")
        })?),
        None => None,
    };
    Ok(Hints { published, source: given.source.clone(), ..Hints::default() })
}
