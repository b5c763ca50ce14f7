//! Zip files of a few named files: written for bundles, read to verify them.
//!
//! In: names and bytes. Out: a zip that every system opens, the same bytes for the
//! same content (no clock in it). Reading trusts nothing: names that lead out of a
//! folder, sizes beyond a limit and contents larger than declared are refused
//! before they are unpacked (APPNOTE.TXT 6.3.10, sections 4.3 and 4.4).

use crate::report::{Report, Result};
use aver_publish::Output;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::io::Read;

/// Most bytes that the files of a zip may have together, unpacked.
pub const LARGEST: u64 = 512 << 20;
/// Most files in a zip.
const MOST: usize = 20_000;
/// 1980-01-01, the first day that a zip knows.
const DAY: u16 = 0x0021;
/// Names are UTF-8.
const UTF8: u16 = 0x0800;
const DEFLATED: u16 = 8;
const STORED: u16 = 0;
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

/// Returns a zip of these files, in their order.
///
/// # Errors
/// The files are too many or too large for a plain zip.
pub fn write(files: &[Output]) -> Result<Vec<u8>> {
    let total: u64 = files.iter().map(|it| it.bytes.len() as u64).sum();
    if files.len() > MOST || total > LARGEST {
        return Err(Report::input("bundle-too-large", format!("{} files of {total} bytes are too much", files.len()))
            .next("choose fewer events, or take the files one by one"));
    }
    let (mut out, mut list) = (vec![], vec![]);
    for file in files {
        let mut packed = vec![];
        let mut encoder = DeflateEncoder::new(file.bytes.as_slice(), Compression::default());
        encoder.read_to_end(&mut packed).map_err(|it| Report::bug(format!("packing in memory failed: {it}")))?;
        let mut crc = flate2::Crc::new();
        crc.update(&file.bytes);
        let mut facts = vec![];
        put16(&mut facts, &[20, UTF8, DEFLATED, 0, DAY]);
        put32(&mut facts, &[crc.sum(), packed.len() as u32, file.bytes.len() as u32]);
        put16(&mut facts, &[file.name.len() as u16, 0]);
        let offset = out.len() as u32;
        put32(&mut out, &[LOCAL]);
        out.extend_from_slice(&facts);
        out.extend_from_slice(file.name.as_bytes());
        out.extend_from_slice(&packed);
        put32(&mut list, &[CENTRAL]);
        // Made on a system with Unix rights, so that unpacked files can be read.
        put16(&mut list, &[(3 << 8) | 20]);
        list.extend_from_slice(&facts);
        put16(&mut list, &[0, 0, 0]);
        put32(&mut list, &[0o100_644 << 16, offset]);
        list.extend_from_slice(file.name.as_bytes());
    }
    let (at, size, count) = (out.len() as u32, list.len() as u32, files.len() as u16);
    out.append(&mut list);
    put32(&mut out, &[END]);
    put16(&mut out, &[0, 0, count, count]);
    put32(&mut out, &[size, at]);
    put16(&mut out, &[0]);
    Ok(out)
}

/// Returns the files of a zip, in its order.
///
/// # Errors
/// It is no plain zip, is damaged, or would unpack to more than [`LARGEST`].
pub fn read(bytes: &[u8]) -> Result<Vec<Output>> {
    let end = (0..=bytes.len().saturating_sub(END_SIZE)).rev().take(66_000).find(|at| u32_at(bytes, *at) == Some(END));
    let end = end.ok_or_else(|| damaged("it has no list of files at its end"))?;
    let count = usize::from(u16_at(bytes, end + 10).ok_or_else(|| damaged("its list of files is cut"))?);
    let mut at = u32_at(bytes, end + 16).ok_or_else(|| damaged("its list of files is cut"))? as usize;
    let (mut files, mut total) = (vec![], 0_u64);
    for _ in 0..count.min(MOST + 1) {
        let entry = entry(bytes, at)?;
        total += entry.size;
        if files.len() == MOST || total > LARGEST {
            return Err(Report::input("bundle-too-large", "unpacked it would be larger than any bundle of ours")
                .next("it was not made by `aver publish`; do not unpack it"));
        }
        at = entry.next;
        files.push(Output { bytes: unpacked(bytes, &entry)?, name: entry.name });
    }
    Ok(files)
}

/// One line of a zip's list of files.
struct Entry {
    name: String,
    method: u16,
    crc: u32,
    packed: usize,
    size: u64,
    offset: usize,
    next: usize,
}

fn entry(bytes: &[u8], at: usize) -> Result<Entry> {
    let cut = || damaged("its list of files is cut");
    let half = |from: usize| u16_at(bytes, at + from).ok_or_else(cut);
    let word = |from: usize| u32_at(bytes, at + from).ok_or_else(cut);
    if word(0)? != CENTRAL {
        return Err(cut());
    }
    let (name, extra, comment) = (usize::from(half(28)?), usize::from(half(30)?), usize::from(half(32)?));
    let from = at + CENTRAL_SIZE;
    let written = bytes.get(from..from + name).and_then(|it| std::str::from_utf8(it).ok()).ok_or_else(cut)?;
    let leads_out =
        written.starts_with('/') || written.contains(['\\', ':', '\0']) || written.split('/').any(|it| it == "..");
    if leads_out || half(8)? & 1 == 1 {
        return Err(damaged("it holds a name that leads out of its folder, or a locked file"));
    }
    Ok(Entry {
        name: written.to_owned(),
        method: half(10)?,
        crc: word(16)?,
        packed: word(20)? as usize,
        size: u64::from(word(24)?),
        offset: word(42)? as usize,
        next: from + name + extra + comment,
    })
}

fn unpacked(bytes: &[u8], entry: &Entry) -> Result<Vec<u8>> {
    let cut = || damaged(&format!("the file {} in it is cut", entry.name));
    let half = |from: usize| u16_at(bytes, entry.offset + from).map(usize::from).ok_or_else(cut);
    if u32_at(bytes, entry.offset) != Some(LOCAL) {
        return Err(cut());
    }
    let from = entry.offset + 30 + half(26)? + half(28)?;
    let packed = bytes.get(from..from + entry.packed).ok_or_else(cut)?;
    let mut out = vec![];
    match entry.method {
        STORED => out.extend_from_slice(packed),
        // What unpacks to more than it declares is not unpacked further.
        DEFLATED => {
            DeflateDecoder::new(packed).take(entry.size + 1).read_to_end(&mut out).map_err(|_| cut())?;
        }
        _ => return Err(damaged("it is packed in a way that is not ours")),
    }
    let mut crc = flate2::Crc::new();
    crc.update(&out);
    if out.len() as u64 != entry.size || crc.sum() != entry.crc {
        return Err(damaged(&format!("the file {} in it is not what was packed", entry.name)));
    }
    Ok(out)
}

fn damaged(what: &str) -> Report {
    Report::input("bundle-not-understood", format!("this is no whole zip: {what}"))
        .next("fetch it again from where it came from")
}

fn put16(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|it| out.extend_from_slice(&it.to_le_bytes()));
}

fn put32(out: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|it| out.extend_from_slice(&it.to_le_bytes()));
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<Output> {
        vec![
            Output { name: "a/é.csv".into(), bytes: b"one,two\n".repeat(500) },
            Output { name: "empty.txt".into(), bytes: vec![] },
        ]
    }

    #[test]
    fn what_is_written_is_read_and_the_same_content_gives_the_same_bytes() {
        let zip = write(&files()).expect("it is small");
        assert_eq!(read(&zip).expect("it is whole"), files());
        assert_eq!(zip, write(&files()).expect("it is small"));
        assert!(zip.len() < 500, "it is packed: {}", zip.len());
        assert!(read(&write(&[]).expect("it is small")).expect("it is whole").is_empty());
    }

    #[test]
    fn a_zip_that_is_cut_or_changed_anywhere_is_refused_or_reads_the_same() {
        let zip = write(&files()).expect("it is small");
        for end in 0..zip.len() {
            assert!(read(&zip[..end]).is_err(), "cut at {end}");
        }
        for at in 0..zip.len() {
            let mut changed = zip.clone();
            changed[at] ^= 0x41;
            // Dates and versions may change; names and contents may not without being seen.
            if let Ok(read) = read(&changed) {
                let contents = |files: &[Output]| files.iter().map(|it| it.bytes.clone()).collect::<Vec<_>>();
                assert!(contents(&read) == contents(&files()) || read.len() != 2, "changed at {at}");
            }
        }
    }

    #[test]
    fn a_bomb_and_a_name_that_leads_out_are_refused() {
        let mut zip = write(&[Output { name: "a.txt".into(), bytes: vec![0; 1 << 20] }]).expect("it is small");
        let at = zip.windows(4).position(|it| it == CENTRAL.to_le_bytes()).expect("it has a list") + 24;
        let mut larger = zip.clone();
        larger[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&larger).expect_err("it declares four gigabytes").id, "bundle-too-large");
        // One that declares little and unpacks to much stops at what it declares.
        zip[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        assert_eq!(read(&zip).expect_err("it lies").id, "bundle-not-understood");
        for name in ["../a", "/etc/a", "a\\b", "c:a", "a/../../b"] {
            let zip = write(&[Output { name: name.into(), bytes: vec![1] }]).expect("it is small");
            assert!(read(&zip).is_err(), "{name}");
        }
    }
}
