//! Recognizes reprints: the same story printed twice, with small changes.
//!
//! In: a page's article text. Out: a [`Fingerprint`]: MinHash over word
//! 4-shingles, 128 values, xxh3. Equal text gives equal fingerprints on every
//! machine and in every version; it may be stored. Furniture is left out.
//!
//! Two documents that share a band ([`Fingerprint::bands`]) are worth a
//! comparison; below a similarity of about 0.5 they hardly ever share one.

use aver_model::{Offsets, Page};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// How many values a fingerprint has.
pub const SIZE: usize = 128;
/// How many bands a fingerprint is cut into.
pub const BANDS: usize = 16;
/// From this similarity on two documents are one story.
pub const REPRINT: f64 = 0.6;
const SHINGLE: usize = 4;

/// The MinHash signature of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    values: Vec<u32>,
    shingles: usize,
}

impl Fingerprint {
    /// Returns the fingerprint of a page's article text, without furniture.
    pub fn of_page(page: &Page) -> Fingerprint {
        let offsets = Offsets::new(&page.text);
        let mut kept = String::with_capacity(page.text.len());
        let mut from = 0;
        for dropped in &page.dropped {
            let gap = offsets.bytes(&page.text, dropped.span);
            kept.push_str(page.text.get(from..gap.start).unwrap_or(""));
            kept.push('\n');
            from = gap.end.max(from);
        }
        kept.push_str(page.text.get(from..).unwrap_or(""));
        Fingerprint::of_text(&kept)
    }

    /// Returns the fingerprint of a text; case, marks and white space do not count.
    pub fn of_text(text: &str) -> Fingerprint {
        let words: Vec<u64> = text
            .split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(|it| xxh3_64_with_seed(it.to_lowercase().as_bytes(), 0))
            .collect();
        let steps: Vec<(u64, u64)> = (0..SIZE as u64)
            .map(|it| (xxh3_64_with_seed(&it.to_le_bytes(), 1) | 1, xxh3_64_with_seed(&it.to_le_bytes(), 2)))
            .collect();
        let mut values = vec![u32::MAX; SIZE];
        let size = SHINGLE.min(words.len().max(1));
        let mut bytes = [0u8; SHINGLE * 8];
        let mut shingles = 0;
        for window in words.windows(size) {
            for (slot, word) in bytes.chunks_mut(8).zip(window) {
                slot.copy_from_slice(&word.to_le_bytes());
            }
            let hash = xxh3_64_with_seed(&bytes[..window.len() * 8], 3);
            shingles += 1;
            for (value, (factor, offset)) in values.iter_mut().zip(&steps) {
                *value = (*value).min((hash.wrapping_mul(*factor).wrapping_add(*offset) >> 32) as u32);
            }
        }
        Fingerprint { values, shingles }
    }

    /// Returns the estimated share of word groups that both texts have, 0 to 1.
    pub fn similarity(&self, other: &Fingerprint) -> f64 {
        if self.shingles == 0 || other.shingles == 0 {
            return 0.0;
        }
        let same = self.values.iter().zip(&other.values).filter(|(a, b)| a == b).count();
        same as f64 / SIZE as f64
    }

    /// Says whether the two texts are one story.
    ///
    /// Texts of fewer than 12 word groups must be equal: two short notes are
    /// easily alike.
    pub fn is_reprint(&self, other: &Fingerprint) -> bool {
        let least = if self.shingles.min(other.shingles) < 12 { 1.0 } else { REPRINT };
        self.similarity(other) >= least
    }

    /// Returns a key per band; documents that share a key are candidates.
    ///
    /// A text without words has none.
    pub fn bands(&self) -> Vec<u64> {
        if self.shingles == 0 {
            return vec![];
        }
        let rows = SIZE / BANDS;
        let key = |(band, rows): (usize, &[u32])| {
            let bytes: Vec<u8> = rows.iter().flat_map(|it| it.to_le_bytes()).collect();
            xxh3_64_with_seed(&bytes, band as u64)
        };
        self.values.chunks(rows).enumerate().map(key).collect()
    }

    /// Returns the fingerprint as 520 bytes, to be stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = (self.shingles as u64).to_le_bytes().to_vec();
        bytes.extend(self.values.iter().flat_map(|it| it.to_le_bytes()));
        bytes
    }

    /// Reads what [`Fingerprint::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Fingerprint> {
        let (count, rest) = bytes.split_first_chunk::<8>()?;
        let (chunks, tail) = rest.as_chunks::<4>();
        if chunks.len() != SIZE || !tail.is_empty() {
            return None;
        }
        let values = chunks.iter().map(|it| u32::from_le_bytes(*it)).collect();
        Some(Fingerprint { values, shingles: usize::try_from(u64::from_le_bytes(*count)).ok()? })
    }
}
