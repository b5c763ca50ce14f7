//! Bytes in and out of a row: hashes, compression, ids.
//!
//! Bytes are deflated when that makes them smaller. The hash is always that of
//! the bytes as captured, so anyone can check it with `sha256sum`.

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

/// Returns the SHA-256 of `bytes` in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns the id of a content in several parts; moving a border between parts changes it.
pub(crate) fn content_id(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// Returns the packing's name and the packed bytes.
pub(crate) fn pack(bytes: &[u8]) -> (&'static str, Vec<u8>) {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) if packed.len() < bytes.len() => ("deflate", packed),
        _ => ("plain", bytes.to_vec()),
    }
}

/// Returns the bytes as captured, or what is wrong with the packed ones.
///
/// Reads no more than one byte past `size`, so a tampered row cannot fill the memory.
pub(crate) fn unpack(packing: &str, packed: &[u8], size: u64) -> Result<Vec<u8>, String> {
    let bytes = match packing {
        "plain" => packed.to_vec(),
        "deflate" => {
            let mut bytes = Vec::new();
            let mut decoder = DeflateDecoder::new(packed).take(size.saturating_add(1));
            decoder.read_to_end(&mut bytes).map_err(|err| format!("the bytes do not unpack ({err})"))?;
            bytes
        }
        other => return Err(format!("the bytes are packed as `{other}`, which is unknown")),
    };
    if bytes.len() as u64 == size {
        Ok(bytes)
    } else {
        Err(format!("{size} bytes were stored, {} came back", bytes.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_everybody_computes() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn bytes_come_back_packed_or_plain() {
        for bytes in [Vec::new(), b"short".to_vec(), b"again and ".repeat(500), (0..=255).collect()] {
            let (packing, packed) = pack(&bytes);
            assert!(packed.len() <= bytes.len());
            assert_eq!(unpack(packing, &packed, bytes.len() as u64).as_ref(), Ok(&bytes));
        }
        assert_eq!(pack(&b"again and ".repeat(500)).0, "deflate");
        assert_eq!(pack(b"x").0, "plain");
    }

    #[test]
    fn a_blob_that_unpacks_to_too_much_is_refused() {
        let (packing, packed) = pack(&vec![0; 1_000_000]);
        assert!(unpack(packing, &packed, 10).unwrap_err().contains("11 came back"));
        assert!(unpack("deflate", b"\xff\xff", 10).unwrap_err().contains("do not unpack"));
    }

    #[test]
    fn a_border_between_parts_counts() {
        assert_ne!(content_id(&[b"ab", b"c"]), content_id(&[b"a", b"bc"]));
    }
}
