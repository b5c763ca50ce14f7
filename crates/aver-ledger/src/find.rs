//! Which ledger a command means when none is named.
//!
//! The nearest `*.aver` upwards from where the user stands, as with `.git`, but not
//! above their home; else `ledger.aver` in the user's data folder, which need not exist yet.

use crate::Error;
use std::path::{Path, PathBuf};

/// Returns the ledger for a user standing in `start`.
///
/// Looks for one file `*.aver` in `start`, then in its parents, up to `home` if it is
/// one of them: what lies above is not the user's. Where there is none, returns `ledger.aver` in `user_data` (for the caller to open or create).
/// Folders that cannot be listed are passed over.
///
/// # Errors
/// [`Error::Several`] when the nearest folder with a ledger has more than one.
pub fn find_nearest(start: &Path, home: Option<&Path>, user_data: &Path) -> Result<PathBuf, Error> {
    for folder in start.ancestors() {
        let mut found = ledgers_in(folder);
        match found.len() {
            0 => {}
            1 => return Ok(found.remove(0)),
            _ => {
                let names =
                    found.iter().filter_map(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned()).collect();
                return Err(Error::Several { folder: folder.to_path_buf(), names });
            }
        }
        if home == Some(folder) {
            break;
        }
    }
    Ok(user_data.join("ledger.aver"))
}

fn ledgers_in(folder: &Path) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|it| it.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "aver") && path.is_file())
        .collect();
    found.sort();
    found
}
