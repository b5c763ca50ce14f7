//! Grades of an event by the explicit rules of four projects.
//!
//! In: an event with its accounts. Out: Airwars' grade, GTD's doubt and uncertainty,
//! UCDP's clarity, each with the rule that gave it. Grades are views: they change
//! when accounts do, and nothing is stored.
//!
//! Sources: Airwars' published definitions of fair and weak, the others as coders
//! recall them; GTD codebook (doubtterr, guncertain); UCDP GED (event_clarity).
//! Nothing here says who is right.

use aver_model::{Account, Basis, LedgerEvent, Stance};
use serde::Serialize;
use std::collections::BTreeSet;

/// The grades of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grades {
    /// `discounted`, `contested`, `confirmed`, `fair` or `weak`.
    pub airwars: &'static str,
    /// GTD doubtterr: 1 when an account denies or doubts the event, else 0.
    pub doubtterr: u8,
    /// GTD guncertain: 1 when perpetrators are named on suspicion alone, 0 when one is stated
    /// or claims it, `None` when nobody is named.
    pub guncertain: Option<u8>,
    /// UCDP event_clarity: 1 a single event, 2 a summary of several.
    pub event_clarity: u8,
    /// The rule behind each, in the order above.
    pub why: Vec<String>,
}

/// Grades an event.
pub fn grades(event: &LedgerEvent) -> Grades {
    let (airwars, first) = airwars(event);
    let doubt = event.accounts.iter().find(|it| has(it, &[Stance::Denies, Stance::Doubts]));
    let bases: BTreeSet<Basis> = event.accounts.iter().flat_map(|it| &it.perpetrators).map(|it| it.basis).collect();
    let firm = [Basis::Stated, Basis::Claimed].iter().any(|it| bases.contains(it));
    let guncertain = if bases.is_empty() { None } else { Some(u8::from(!firm)) };
    let event_clarity = if event.aggregate || event.generic { 2 } else { 1 };
    let why = vec![
        first,
        doubt.map_or("no account denies or doubts it".into(), |it| format!("{} denies or doubts it", it.speaker)),
        match guncertain {
            None => "nobody is named".into(),
            Some(0) => "a perpetrator is stated as fact or claims it".into(),
            Some(_) => "perpetrators are named on suspicion alone".into(),
        },
        if event_clarity == 1 { "told as one event".into() } else { "stands for several events".into() },
    ];
    Grades { airwars, doubtterr: u8::from(doubt.is_some()), guncertain, event_clarity, why }
}

fn has(account: &Account, stances: &[Stance]) -> bool {
    account.stances.iter().any(|it| stances.contains(it))
}

fn airwars(event: &LedgerEvent) -> (&'static str, String) {
    if event.review == "rejected" {
        return ("discounted", "an analyst rejected it".into());
    }
    if event.disputed.iter().any(|it| it == "perpetrator") {
        return ("contested", "accounts name different perpetrators".into());
    }
    let owns = |it: &&Account| it.party && has(it, &[Stance::ClaimsResponsibility, Stance::Admits, Stance::Confirms]);
    if let Some(it) = event.accounts.iter().find(owns) {
        return ("confirmed", format!("{} says that its own side did it", it.speaker));
    }
    let free: BTreeSet<&str> = event
        .accounts
        .iter()
        .filter(|it| !it.party && !has(it, &[Stance::Denies, Stance::Doubts]))
        .map(|it| it.speaker.as_str())
        .collect();
    let named = event.accounts.iter().any(|it| !it.perpetrators.is_empty());
    if free.len() >= 2 && event.independent_speakers >= 2 && named {
        return ("fair", format!("{} independent speakers who are no party, and a belligerent is named", free.len()));
    }
    let why = if free.len() >= 2 { "no belligerent is named" } else { "a single speaker who is no party" };
    ("weak", why.into())
}
