//! What linking compared, kept beside the ledger, so that only what is new is compared.
//!
//! In: readings, and the comparisons of an earlier run, from memory or from the file
//! `NAME.aver-links`. Out: the edges, the same with any earlier run and without, and the
//! comparisons for the next one. The file is a cache: it may be missing, damaged, of
//! another ledger, codebook or program, or thrown away at any time; what of it does not
//! fit is compared anew, and that it cannot be written is no error.

use aver_codebook::Codebook;
use aver_model::{Decision, Edge, Reading};
use aver_reconcile::{Linker, Linking, Reprints};
use std::path::{Path, PathBuf};

/// Judges which mentions are one event; takes over from `before` what was compared then.
pub fn link(
    readings: &[&Reading],
    reprints: &Reprints,
    decisions: &[Decision],
    codebook: &Codebook,
    before: Option<&Linking>,
) -> (Vec<Edge>, Linking) {
    let linker = Linker::new(readings, reprints, codebook);
    let linking = linker.compare(before);
    let links = linker.judge(&linking, decisions);
    (links.all().iter().map(|it| linker.edge(it, &links)).collect(), linking)
}

/// Returns where the comparisons of a ledger are kept.
pub fn path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-links");
    PathBuf::from(name)
}

/// Returns the comparisons kept beside a ledger; `None` when there are none that can be read.
pub fn load(ledger: &Path) -> Option<Linking> {
    Linking::from_bytes(&std::fs::read(path(ledger)).ok()?)
}

/// Keeps comparisons beside a ledger, unless they are those kept.
///
/// Written beside and renamed, so that whoever reads meanwhile, or after a crash, finds
/// the old ones or the new. What is not all there is not taken for them: they are sealed.
pub fn store(ledger: &Path, linking: &Linking, kept: Option<&Linking>) {
    if kept == Some(linking) {
        return;
    }
    let path = path(ledger);
    let mut part = path.clone().into_os_string();
    part.push(format!(".{}", std::process::id()));
    let part = PathBuf::from(part);
    let written = std::fs::write(&part, linking.to_bytes()).and_then(|()| std::fs::rename(&part, &path));
    if written.is_err() {
        // The folder may be full or for reading only; then there is no cache.
        let _ = std::fs::remove_file(&part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, Knowledge};
    use aver_ledger::Ledger;
    use std::borrow::Cow;

    fn desk(folder: &Path, name: &str, towns: &[&str]) -> Desk {
        let ledger = Ledger::create(folder.join(name)).expect("the folder is empty");
        let mut desk = Desk { ledger, codebook: Cow::Borrowed(Codebook::builtin()), at: None };
        for town in towns {
            add(&mut desk, town, 12);
        }
        desk
    }

    fn add(desk: &mut Desk, town: &str, killed: u32) {
        let text = format!("A car bomb exploded at a market in {town} on March 18, 2023, killing {killed} people.\n");
        let file = format!("{town}-{killed}.txt");
        let page = crate::gather::page(text.as_bytes(), &file, &aver_ingest::Hints::default()).expect("it is a text");
        let reading = aver_read::Reader::new(Codebook::builtin()).read(&page);
        desk.ledger.add(&page, text.as_bytes(), &reading, &[], "2023-03-20T14:05:00Z").expect("the disk takes it");
    }

    /// What is known, to the byte, of what is stored and of what is made without anything kept.
    fn shown(desk: &mut Desk) -> (String, String) {
        let today = "2023-04-01".parse().expect("it is a day");
        let words = |it: &Knowledge| serde_json::to_string(&(&it.edges, &it.events)).expect("knowledge is JSON");
        let kept = words(&desk.refresh(today).expect("the ledger is whole"));
        let (readings, filed) = (desk.ledger.readings().expect("whole"), desk.ledger.documents().expect("whole"));
        (kept, words(&Knowledge::build(&readings, &filed, &[], &desk.codebook)))
    }

    #[test]
    fn whatever_lies_beside_the_ledger_the_knowledge_is_the_same() {
        let folder = tempfile::tempdir().expect("there is a disk");
        let mut other = desk(folder.path(), "other.aver", &["Basra", "Kirkuk", "Mosul"]);
        shown(&mut other);
        let mut own = desk(folder.path(), "own.aver", &["Mosul", "Basra"]);
        add(&mut own, "Mosul", 17);
        let beside = path(own.ledger.path());
        assert!(load(own.ledger.path()).is_none());
        let (kept, anew) = shown(&mut own);
        assert_eq!(kept, anew);
        assert!(kept.contains("\"verdict\":\"same\""), "two reports of Mosul are one event: {kept}");
        let whole = std::fs::read(&beside).expect("it was kept");
        let of_another = std::fs::read(path(other.ledger.path())).expect("it was kept");
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        let junk = b"averlnk1 and nothing of it".to_vec();
        for bytes in [vec![], whole[..40].to_vec(), whole[..whole.len() - 1].to_vec(), flipped, junk, of_another] {
            std::fs::write(&beside, &bytes).expect("the disk takes it");
            assert_eq!(shown(&mut own).0, anew);
            assert_eq!(std::fs::read(&beside).expect("it was kept"), whole, "it was made anew");
        }
        // A part that a crash left behind, and documents that came since.
        std::fs::write(folder.path().join("own.aver-links.1"), &whole[..9]).expect("the disk takes it");
        add(&mut own, "Mosul", 19);
        let (kept, anew) = shown(&mut own);
        assert_eq!(kept, anew);
        std::fs::remove_file(&beside).expect("it was kept");
        std::fs::create_dir(&beside).expect("there is room");
        add(&mut own, "Basra", 30);
        let (kept, anew) = shown(&mut own);
        assert_eq!(kept, anew, "where nothing can be kept, everything is compared");
    }
}
