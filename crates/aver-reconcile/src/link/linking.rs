//! What a linking found, kept so that a later one compares only what is new.
//!
//! In: a linker, and what an earlier one found. Out: for every mention its best
//! pairs, and a number that stands for the mention and for everybody it was compared
//! with. Where that number is the same as before, nothing that the best pairs depend on
//! has changed, and they are taken over. Where mentions only came, a mention is compared
//! with those that came: drawers that grow bring no two old ones together. All others are
//! compared again. What comes out is therefore the same as without anything earlier; a
//! test holds this.
//!
//! A mention keeps its [`BEST`] best pairs from [`super::NEAR`] up, of equals those with
//! the lesser mention; a pair stands if either of the two keeps it. So the number of links
//! grows with the number of mentions, however many reports one day brings.

use super::block::Drawers;
use super::{Linker, NEAR};
use crate::digest::{self, Mix, scatter};
use std::collections::HashMap;

/// How many of its best pairs a mention keeps.
const BEST: usize = 12;

/// The best pairs of all mentions. Numbers of mentions are those of the linker that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linking {
    stamp: u64,
    /// For each mention what stands for it and all that is compared of it.
    keys: Vec<u64>,
    /// For each mention what stands for it and its neighbours.
    around: Vec<u64>,
    /// Where the pairs of each mention end.
    ends: Vec<u32>,
    /// A pair in one number, better ones being lesser: what the score lacks, then the other mention.
    best: Vec<u64>,
}

fn packed(score: u16, other: u32) -> u64 {
    u64::from(1000 - score.min(1000)) << 32 | u64::from(other)
}

fn score_of(packed: u64) -> u16 {
    1000 - (packed >> 32) as u16
}

fn other_of(packed: u64) -> u32 {
    packed as u32
}

/// The first bytes of a stored linking.
const MARK: &[u8; 8] = b"averlnk1";

impl Linking {
    /// Returns every pair once, the lesser mention first, with its score in thousandths.
    pub(super) fn pairs(&self) -> Vec<(u32, u32, u16)> {
        let mut out = Vec::with_capacity(self.best.len());
        for at in 0..self.ends.len() {
            let this = at as u32;
            out.extend(self.of(at).iter().map(|&it| (this.min(other_of(it)), this.max(other_of(it)), score_of(it))));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    fn of(&self, mention: usize) -> &[u64] {
        let from = if mention == 0 { 0 } else { self.ends[mention - 1] as usize };
        &self.best[from..self.ends[mention] as usize]
    }

    /// Returns it as bytes, to be stored beside the ledger and thrown away at any time.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(32 + self.keys.len() * 20 + self.best.len() * 8);
        out.extend_from_slice(MARK);
        for number in [self.stamp, self.keys.len() as u64, self.best.len() as u64] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in self.keys.iter().chain(&self.around).chain(&self.best) {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in &self.ends {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&digest::number(&out).to_le_bytes());
        out
    }

    /// Returns what was stored; `None` for bytes that are damaged or of another form.
    pub fn from_bytes(bytes: &[u8]) -> Option<Linking> {
        let (bytes, seal) = bytes.split_last_chunk::<8>()?;
        if digest::number(bytes) != u64::from_le_bytes(*seal) {
            return None;
        }
        let rest = bytes.strip_prefix(MARK)?;
        let (head, rest) = rest.split_at_checked(24)?;
        let head: Vec<u64> = longs(head).collect();
        let (count, pairs) = (usize::try_from(head[1]).ok()?, usize::try_from(head[2]).ok()?);
        let want = count.checked_mul(20)?.checked_add(pairs.checked_mul(8)?)?;
        if rest.len() != want {
            return None;
        }
        let (keys, rest) = rest.split_at(count * 8);
        let (around, rest) = rest.split_at(count * 8);
        let (best, ends) = rest.split_at(pairs * 8);
        let ends: Vec<u32> =
            ends.chunks_exact(4).map(|it| it.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b))).collect();
        let best: Vec<u64> = longs(best).collect();
        let in_bounds = ends.is_sorted()
            && ends.last().map_or(0, |it| *it as usize) == pairs
            && best.iter().all(|it| (other_of(*it) as usize) < count && *it >> 32 <= 1000);
        in_bounds.then(|| Linking {
            stamp: head[0],
            keys: longs(keys).collect(),
            around: longs(around).collect(),
            ends,
            best,
        })
    }
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.chunks_exact(8).map(|it| it.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
}

/// Returns the place of every key; `None` when two are equal.
fn places(keys: &[u64]) -> Option<HashMap<u64, u32>> {
    let out: HashMap<u64, u32> = keys.iter().copied().zip(0u32..).collect();
    (out.len() == keys.len()).then_some(out)
}

/// An earlier linking beside the mentions of now.
struct Earlier<'l> {
    linking: &'l Linking,
    then: HashMap<u64, u32>,
    now: HashMap<u64, u32>,
    /// Every mention of then is there, and the same.
    only_added: bool,
}

/// What is known of the best pairs of a mention from before.
enum Held {
    /// All of them.
    Whole(Vec<u64>),
    /// Those with mentions that were there before.
    Grown(Vec<u64>),
    /// Nothing that can be used; whether the mention itself is new.
    Nothing { is_new: bool },
}

impl<'l> Earlier<'l> {
    fn new(linking: &'l Linking, stamp: u64, keys: &[u64]) -> Option<Earlier<'l>> {
        if linking.stamp != stamp {
            return None;
        }
        let (then, now) = (places(&linking.keys)?, places(keys)?);
        let only_added = linking.keys.iter().all(|it| now.contains_key(it));
        Some(Earlier { linking, then, now, only_added })
    }

    /// Returns what is known of a mention; `near` are its neighbours now, sorted.
    fn held(&self, key: u64, around: u64, near: &[u32]) -> Held {
        let Some(&then) = self.then.get(&key) else { return Held::Nothing { is_new: true } };
        let is_as_before = self.linking.around[then as usize] == around;
        if !is_as_before && !self.only_added {
            return Held::Nothing { is_new: false };
        }
        let held = self.linking.of(then as usize);
        let moved = |it: &u64| {
            let other = *self.now.get(&self.linking.keys[other_of(*it) as usize])?;
            near.binary_search(&other).is_ok().then(|| packed(score_of(*it), other))
        };
        let mut kept: Vec<u64> = held.iter().filter_map(moved).collect();
        kept.sort_unstable();
        match (kept.len() == held.len(), is_as_before) {
            (true, true) => Held::Whole(kept),
            // A full list from which one was pushed out of reach hides who would come next.
            (all, false) if all || held.len() < BEST => Held::Grown(kept),
            _ => Held::Nothing { is_new: false },
        }
    }
}

/// The best pairs while they are sought: as many places for every mention.
struct Best {
    held: Vec<u64>,
    lens: Vec<u8>,
}

impl Best {
    fn new(count: usize) -> Best {
        Best { held: vec![0; count * BEST], lens: vec![0; count] }
    }

    fn add(&mut self, mention: usize, pair: u64) {
        let len = usize::from(self.lens[mention]);
        let held = &mut self.held[mention * BEST..(mention + 1) * BEST];
        if len == BEST && held[BEST - 1] < pair {
            return;
        }
        let at = held[..len].partition_point(|it| *it < pair);
        let len = (len + 1).min(BEST);
        held[at..len].rotate_right(1);
        held[at] = pair;
        self.lens[mention] = len as u8;
    }

    /// Returns all pairs without the places that stayed empty, and where those of each mention end.
    fn packed(mut self) -> (Vec<u64>, Vec<u32>) {
        let mut ends = Vec::with_capacity(self.lens.len());
        let mut to = 0;
        for (mention, &len) in self.lens.iter().enumerate() {
            let from = mention * BEST;
            self.held.copy_within(from..from + usize::from(len), to);
            to += usize::from(len);
            ends.push(to as u32);
        }
        self.held.truncate(to);
        self.held.shrink_to_fit();
        (self.held, ends)
    }
}

/// Compares every mention whose surroundings are not those of `before`.
pub fn compare(linker: &Linker<'_>, before: Option<&Linking>) -> Linking {
    let sheet = &linker.sheet;
    let count = sheet.profiles.len();
    let drawers = Drawers::new(sheet);
    let keys: Vec<u64> = sheet.profiles.iter().map(|it| sheet.key(it)).collect();
    let earlier = before.and_then(|it| Earlier::new(it, linker.stamp, &keys));
    let mut around = Vec::with_capacity(count);
    let mut search = Search { linker, best: Best::new(count), states: vec![State::New; count] };
    let mut near = Vec::new();
    for mention in 0..count {
        drawers.neighbours(mention, &mut near);
        let sum = near.iter().fold(0u64, |sum, it| sum.wrapping_add(scatter(keys[*it as usize])));
        let mut mix = Mix::new();
        mix.add(keys[mention]).add(near.len() as u64).add(sum);
        around.push(mix.value());
        match &earlier {
            None => search.seek(mention, &near),
            Some(earlier) => search.take_over(mention, earlier.held(keys[mention], mix.value(), &near)),
        }
    }
    if earlier.is_some() {
        for mention in (0..count).filter(|it| search.states[*it].is_sought()).collect::<Vec<_>>() {
            drawers.neighbours(mention, &mut near);
            search.seek(mention, &near);
        }
    }
    let (best, ends) = search.best.packed();
    Linking { stamp: linker.stamp, keys, around, ends, best }
}

/// How the best pairs of a mention are found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is new and compared with all its neighbours.
    New,
    /// It was there, and is compared with all its neighbours.
    Again,
    /// It was there, and is compared with new ones.
    Grown,
    /// They are those of before.
    Whole,
}

impl State {
    fn is_sought(self) -> bool {
        matches!(self, State::New | State::Again)
    }
}

/// A search for best pairs.
struct Search<'l, 'r> {
    linker: &'l Linker<'r>,
    best: Best,
    states: Vec<State>,
}

impl Search<'_, '_> {
    fn take_over(&mut self, mention: usize, held: Held) {
        let (state, pairs) = match held {
            Held::Whole(pairs) => (State::Whole, pairs),
            Held::Grown(pairs) => (State::Grown, pairs),
            Held::Nothing { is_new } => (if is_new { State::New } else { State::Again }, Vec::new()),
        };
        self.states[mention] = state;
        pairs.into_iter().for_each(|it| self.best.add(mention, it));
    }

    /// Compares a mention with its neighbours; a pair of two that are sought once, for both.
    fn seek(&mut self, mention: usize, near: &[u32]) {
        let is_new = self.states[mention] == State::New;
        for &other in near {
            let state = self.states[other as usize];
            if state.is_sought() && (other as usize) < mention {
                continue;
            }
            let (a, b) = (mention.min(other as usize), mention.max(other as usize));
            let score = self.linker.score(a, b);
            if score >= NEAR {
                self.best.add(mention, packed(score, other));
                if state.is_sought() || state == State::Grown && is_new {
                    self.best.add(other as usize, packed(score, mention as u32));
                }
            }
        }
    }
}
