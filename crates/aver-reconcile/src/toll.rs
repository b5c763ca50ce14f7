//! The toll of an occurrence over its reports: how many were killed, how many hurt.
//!
//! In: the readings of one dossier. Out: two numbers with the count of each report.
//! Within a report the number that stands nearest the top and most often counts;
//! over reports the one that most give, the later ones a little more, and of equals
//! the greater, for tolls rise. Whoever was shot and is not told dead is hurt. A
//! report without any number that tells of a death tells of one.
//!
//! The toll is a view for looking through many dossiers. The ledger's estimates are
//! made in `policy`, from figures with speakers and words.

mod counts;

use crate::likeness::sentences;
use crate::sight::in_order;
use aver_model::Reading;
use counts::{Counts, Votes, counts};
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

/// Returns the number with most votes, of equals the greatest.
fn winner(votes: &Votes) -> Option<u64> {
    votes.iter().max_by_key(|(number, votes)| (**votes, **number)).map(|(number, _)| *number)
}

/// Takes the toll from the reports of one dossier.
pub fn toll(readings: &[&Reading]) -> Toll {
    let mut readings = in_order(readings);
    readings.sort_by_key(|it| it.document.published.end.or(it.document.published.start));
    let all: Vec<(&Reading, Counts)> = readings.iter().map(|it| (*it, counts(&sentences(it)))).collect();
    let of = |pick: fn(&Counts) -> &Votes| {
        let mut votes: BTreeMap<u64, u32> = BTreeMap::new();
        for (rank, (_, counts)) in all.iter().enumerate() {
            if let Some(number) = winner(pick(counts)) {
                // The last of ten reports weighs a tenth more than the first.
                *votes.entry(number).or_default() += 10 * all.len() as u32 + rank as u32;
            }
        }
        winner(&votes)
    };
    let share = |holds: fn(&Counts) -> bool| all.iter().filter(|it| holds(&it.1)).count();
    let printed = of(|it| &it.killed);
    let (mut hurt, shot) = (of(|it| &it.hurt), of(|it| &it.shot));
    let mut killed = printed.unwrap_or_else(|| {
        let (telling, half) = (share(|it| it.tells_death), all.len());
        let in_title = share(|it| it.opens_with_death) > 0;
        let last = all.last().is_some_and(|it| it.1.tells_death);
        u64::from(2 * telling > half || in_title && (2 * telling >= half || last))
    });
    let nth = all.iter().map(|it| it.1.nth_death).max().unwrap_or(0);
    if nth > killed {
        hurt = hurt.map(|it| it.saturating_sub(nth - killed));
        killed = nth;
    }
    let another = 2 * share(|it| it.tells_another) >= all.len() && !all.is_empty();
    let hurt = match (hurt, shot) {
        // "One injured", before that one died.
        (Some(1), _) if printed.is_none() && killed == 1 && !another => 0,
        (Some(hurt), _) => hurt,
        (None, Some(shot)) => shot.saturating_sub(killed),
        (None, None) => u64::from(!all.is_empty() && (killed == 0 || another)),
    };
    let reports = all
        .iter()
        .map(|(reading, counts)| ReportCount {
            document: reading.document.sha256.clone(),
            killed: winner(&counts.killed),
            hurt: winner(&counts.hurt),
            shot: winner(&counts.shot),
        })
        .collect();
    Toll { killed, hurt, reports }
}
