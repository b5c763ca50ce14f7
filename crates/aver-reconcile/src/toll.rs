//! The toll of an occurrence over its reports: how many were killed, how many hurt.
//!
//! In: the readings of one dossier. Out: two numbers with the count of each report.
//! Within a report the number that stands nearest the top and most often counts;
//! over reports the one that most give, those that open with it and the later ones a
//! little more, and of equals the greater, for tolls rise. Whoever was shot and is
//! not told dead is hurt. Who did it and died by his own hand is among the killed. A
//! report without any number that tells of a death tells of one. Numbers of other
//! occurrences and of periods count only where nothing else is told.
//!
//! The toll is a view for looking through many dossiers. The ledger's estimates are
//! made in `policy`, from figures with speakers and words.

mod counts;
mod people;
mod scope;
mod words;

use crate::likeness::placed;
use crate::sight::in_order;
use aver_model::Reading;
use counts::{Counts, Numbers, Votes, counts};
use std::collections::BTreeMap;

/// What one report counts; `None` where it prints no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportCount {
    /// SHA-256 of the document.
    pub document: String,
    /// Killed.
    pub killed: Option<u64>,
    /// Hurt.
    pub hurt: Option<u64>,
    /// Shot, killed or not.
    pub shot: Option<u64>,
    /// The sentences that gave a number.
    pub words: Vec<String>,
}

/// How many were killed and hurt, with the count of each report by date of publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toll {
    /// Killed, attackers included when the reports include them.
    pub killed: u64,
    /// Hurt and alive.
    pub hurt: u64,
    /// What each report counts.
    pub reports: Vec<ReportCount>,
}

/// Votes of a number that stands in the title.
const OPENING: u32 = 6;
/// Votes of a number that stands in the first sentences, or twice.
const LEADING: u32 = 4;

/// Returns the number with most votes, of equals the greatest.
fn winner(votes: &Votes) -> Option<u64> {
    votes.iter().max_by_key(|(number, votes)| (**votes, **number)).map(|(number, _)| *number)
}

/// Takes the toll from the reports of one dossier.
pub fn toll(readings: &[&Reading]) -> Toll {
    let mut readings = in_order(readings);
    readings.sort_by_key(|it| it.document.published.end.or(it.document.published.start));
    let year = readings.iter().filter_map(|it| it.document.published.start).min().map(|it| i32::from(it.0.year()));
    let mut all: Vec<(&Reading, Counts)> = readings.iter().map(|it| (*it, counts(it, &placed(it), year))).collect();
    if all.iter().all(|it| it.1.numbers.is_empty() && !it.1.tells_death_here) {
        // Every report speaks of a period or of several occurrences: better these than none.
        all.iter_mut().for_each(|it| it.1.numbers = std::mem::take(&mut it.1.elsewhere));
    }
    let (killed, hurt) = decide(&all);
    let reports = all
        .into_iter()
        .map(|(reading, counts)| ReportCount {
            document: reading.document.sha256.clone(),
            killed: winner(&counts.numbers.killed),
            hurt: winner(&counts.numbers.hurt),
            shot: winner(&counts.numbers.shot),
            words: counts.told,
        })
        .collect();
    Toll { killed, hurt, reports }
}

/// A number that many reports give.
#[derive(Clone, Copy)]
struct Majority {
    number: u64,
    votes: u32,
}

/// Returns what most reports give, each with one voice, the later ones a little more, and those that open with it.
fn majority(all: &[(&Reading, Counts)], pick: fn(&Numbers) -> &Votes, alone: fn(&Counts) -> bool) -> Option<Majority> {
    let mut votes: BTreeMap<u64, u32> = BTreeMap::new();
    let n = all.len() as u32;
    for (rank, (_, counts)) in all.iter().enumerate() {
        // The last of ten reports weighs a tenth more than the first.
        let weight = 10 * n + rank as u32;
        let numbers = pick(&counts.numbers);
        if let Some(number) = winner(numbers) {
            let strength = numbers.get(&number).copied().unwrap_or_default();
            let opens = if strength >= OPENING { 3 * n } else { 0 };
            let weight = if strength < LEADING { weight / 2 } else { weight };
            *votes.entry(number).or_default() += weight + opens;
        } else if alone(counts) {
            // One death told without a number.
            *votes.entry(1).or_default() += weight / 2;
        }
    }
    let number = winner(&votes)?;
    Some(Majority { number, votes: votes[&number] })
}

fn decide(all: &[(&Reading, Counts)]) -> (u64, u64) {
    let share = |holds: fn(&Counts) -> bool| all.iter().filter(|it| holds(&it.1)).count();
    let any = all.iter().any(|it| !it.1.numbers.killed.is_empty());
    let printed = majority(all, |it| &it.killed, |it| it.opens_with_death).filter(|_| any);
    let hurt = majority(all, |it| &it.hurt, |_| false);
    let shot = majority(all, |it| &it.shot, |_| false);
    let (hurt_votes, shot_votes) = (hurt.map_or(0, |it| it.votes), shot.map_or(0, |it| it.votes));
    let (mut hurt, shot) = (hurt.map(|it| it.number), shot.map(|it| it.number));
    let printed = printed.map(|it| it.number);
    let mut killed = printed.unwrap_or_else(|| {
        let (telling, half) = (share(|it| it.tells_death), all.len());
        let in_title = share(|it| it.opens_with_death) > 0;
        let last = all.last().is_some_and(|it| it.1.tells_death);
        u64::from(2 * telling > half || in_title && (2 * telling >= half || last))
    });
    let nth = all.iter().map(|it| it.1.nth_death).max().unwrap_or(0);
    if nth > killed && (printed.is_none() && hurt.is_none() || killed + 1 == nth) {
        hurt = hurt.map(|it| it.saturating_sub(nth - killed));
        killed = nth;
    }
    let nth_hurt = all.iter().map(|it| it.1.nth_hurt).max().unwrap_or(0);
    let another = 2 * share(|it| it.tells_another) >= all.len() && !all.is_empty();
    let hurt = match (hurt, shot) {
        // "One injured", before that one died.
        (Some(1), None) if printed.is_none() && killed == 1 && !another => 0,
        // "Three of the five are in critical condition."
        (Some(hurt), Some(shot)) if shot_votes >= hurt_votes => hurt.max(shot.saturating_sub(killed)),
        (Some(hurt), _) => hurt,
        (None, Some(shot)) => shot.saturating_sub(killed),
        (None, None) if nth_hurt > killed => nth_hurt - killed,
        (None, None) => u64::from(!all.is_empty() && (killed == 0 || another)),
    };
    (killed, hurt)
}
