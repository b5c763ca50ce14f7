//! How alike two documents are, by the telling words that they share.
//!
//! In: readings. Out: a likeness between 0 and 1 for any two documents, and the
//! pairs worth asking about. A word counts the more, the fewer documents at hand
//! hold it, so nothing is learned from elsewhere and nothing is stored.
//!
//! Documents are numbered by their hash; the order in which they come does not
//! matter. Only words that few documents share make a pair worth a look, so the
//! work grows with the number of documents.

mod terms;

use aver_model::Reading;
use std::collections::{BTreeSet, HashMap};
use terms::{Counts, Terms, refrains, terms};
pub use terms::{placed, sentences};

/// A term in more documents than this does not make a pair.
const RARE: usize = 64;

/// Weight of each channel in the likeness: words, names, ages, lead.
///
/// Chosen by hand after a coarse look at six mixtures on public training texts; no
/// weight was fitted.
const CHANNELS: [f64; 4] = [0.6, 0.15, 0.05, 0.2];

/// A document as a sparse vector of unit length: (number of the term, weight), sorted.
type Vector = Vec<(u32, f32)>;

/// The likeness of all documents at hand.
pub struct Likeness {
    channels: Vec<[Vector; 4]>,
    /// For every term of the words and names the documents that hold it, if few.
    holders: Vec<Vec<u32>>,
}

impl Likeness {
    /// Weighs the words of readings, which are sorted by document and without doubles.
    pub fn new(readings: &[&Reading]) -> Likeness {
        let texts: Vec<_> = readings
            .iter()
            .map(|it| (it.document.published.end.or(it.document.published.start), sentences(it)))
            .collect();
        let refrains: BTreeSet<&str> = refrains(&texts);
        let terms: Vec<Terms> = readings
            .iter()
            .zip(&texts)
            .map(|(reading, (_, sentences))| terms(reading.document.title.as_deref(), sentences, &refrains))
            .collect();
        let (words, mut holders) = vectors(&terms.iter().map(|it| &it.words).collect::<Vec<_>>());
        let (names, more) = vectors(&terms.iter().map(|it| &it.names).collect::<Vec<_>>());
        holders.extend(more);
        holders.retain(|it| it.len() <= RARE);
        let (ages, _) = vectors(&terms.iter().map(|it| &it.ages).collect::<Vec<_>>());
        let (lead, _) = vectors(&terms.iter().map(|it| &it.lead).collect::<Vec<_>>());
        let channels = words.into_iter().zip(names).zip(ages).zip(lead);
        Likeness {
            channels: channels.map(|(((words, names), ages), lead)| [words, names, ages, lead]).collect(),
            holders,
        }
    }

    /// Returns the likeness of two documents by number: 0 with nothing in common, 1 for the same words.
    pub fn of(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (a.min(b), a.max(b));
        self.channels[a].iter().zip(&self.channels[b]).zip(CHANNELS).map(|((x, y), weight)| weight * dot(x, y)).sum()
    }

    /// Returns the pairs of documents that share a rare term, by number, each once.
    pub fn pairs(&self) -> BTreeSet<(usize, usize)> {
        let mut out = BTreeSet::new();
        for holders in &self.holders {
            for (at, &a) in holders.iter().enumerate() {
                out.extend(holders[at + 1..].iter().map(|&b| (a as usize, b as usize)));
            }
        }
        out
    }
}

/// Weighs counts: the rarer a term among the documents, the more; a term of one document alone says nothing.
///
/// Also returns, for every term kept, the documents that hold it.
fn vectors(documents: &[&Counts]) -> (Vec<Vector>, Vec<Vec<u32>>) {
    let mut frequency: HashMap<&str, u32> = HashMap::new();
    for counts in documents {
        for term in counts.keys() {
            *frequency.entry(term).or_default() += 1;
        }
    }
    let mut shared: Vec<&str> = frequency.iter().filter(|(_, n)| **n > 1).map(|(term, _)| *term).collect();
    shared.sort_unstable();
    let number: HashMap<&str, u32> = shared.iter().zip(0u32..).map(|(term, number)| (*term, number)).collect();
    let mut holders = vec![Vec::new(); shared.len()];
    let all = documents.len() as f64;
    let mut out = Vec::with_capacity(documents.len());
    for (idx, counts) in documents.iter().enumerate() {
        let mut vector: Vec<(u32, f64)> = Vec::new();
        for (term, &count) in counts.iter() {
            let Some(&number) = number.get(term.as_str()) else { continue };
            let rarity = ((all + 1.0) / (f64::from(frequency[term.as_str()]) + 0.5)).ln();
            vector.push((number, (1.0 + f64::from(count).ln()) * rarity));
            holders[number as usize].push(idx as u32);
        }
        let length = vector.iter().map(|it| it.1 * it.1).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        out.push(vector.into_iter().map(|(number, weight)| (number, (weight / length) as f32)).collect());
    }
    (out, holders)
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(a[i].1) * f64::from(b[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}
