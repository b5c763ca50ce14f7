//! Replays the fuzz targets' bodies over `fuzz/corpus/` and small changes of it.
//!
//! In: every corpus file of a target, as it stands and changed by a fixed
//! generator, so that the same bytes are tried every time. A panic is the
//! failure; the message names the file and the change. The long hunt is
//! `cargo fuzz`'s, see `fuzz/README.md`.

#[path = "../../../fuzz/src/bodies.rs"]
mod bodies;

use std::path::Path;

/// A xorshift generator: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }
}

/// Returns the bytes with one to four small changes; pieces of `other` may come in.
fn changed(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    const PIECES: [&[u8]; 10] = [b"\"", b" said ", b"\n\n", "“".as_bytes(), b"12", b", ", b"\0", b"=== ", b"{", b"```"];
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(out.len() + 1);
        match dice.below(5) {
            0 if at < out.len() => out[at] = u8::try_from(dice.below(256)).unwrap_or(0),
            1 => drop(out.drain(at..(at + dice.below(9)).min(out.len()))),
            2 => drop(out.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            3 => {
                let from = dice.below(other.len());
                let to = (from + dice.below(40)).min(other.len());
                drop(out.splice(at..at, other[from..to].iter().copied()));
            }
            _ => out.truncate(at.max(1)),
        }
    }
    out
}

fn replay(target: &str, changes: usize, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).expect("the corpus folder");
    let mut paths: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|it| std::fs::read(it).expect("a seed")).collect();
    assert!(!seeds.is_empty(), "no seeds in {}", folder.display());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (number, seed) in seeds.iter().enumerate() {
        body(seed);
        for change in 0..changes {
            let bytes = changed(seed, &seeds[(number + change) % seeds.len()], &mut dice);
            let run = std::panic::catch_unwind(|| body(&bytes));
            assert!(run.is_ok(), "{} change {change}: {:?}", paths[number].display(), String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn any_bytes_become_a_page() {
    replay("ingest", 60, bodies::any_bytes_become_a_page);
}

#[test]
fn any_text_is_read() {
    replay("read", 60, bodies::any_text_is_read);
}

#[test]
fn any_files_are_a_codebook_or_faults() {
    replay("codebook", 120, bodies::any_files_are_a_codebook_or_faults);
}

#[test]
fn any_meta_is_read() {
    replay("meta", 200, bodies::any_meta_is_read);
}
