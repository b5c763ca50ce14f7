//! What an export selects: events, the readings behind them, a policy and a profile.
//!
//! In: the ledger's values. Out: the questions that every format asks: which events
//! go out, the estimate of a measure, how fine a place is, masked words.

use crate::{Error, Mask};
use aver_codebook::Codebook;
use aver_model::{Estimate, Event, LedgerEvent, MentionRef, Reading};
use std::collections::{BTreeMap, BTreeSet};

/// For whom an export is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// For anybody: private persons are masked.
    #[default]
    Public,
    /// For those who may see the documents themselves: nothing is masked.
    Internal,
}

/// What goes out.
pub struct View<'v> {
    /// Events in the order in which they are written.
    pub events: &'v [LedgerEvent],
    /// The codebook.
    pub codebook: &'v Codebook,
    /// Policy whose estimates stand in tables, e.g. `range-all/1`.
    pub policy: &'v str,
    /// For whom.
    pub profile: Profile,
    mask: Mask,
    mentions: BTreeMap<(&'v str, &'v str), (&'v Reading, &'v Event)>,
}

impl<'v> View<'v> {
    /// Prepares an export; `readings` are those from which the events were made.
    pub fn new(
        events: &'v [LedgerEvent],
        readings: &[&'v Reading],
        codebook: &'v Codebook,
        policy: &'v str,
        profile: Profile,
    ) -> View<'v> {
        let mask = match profile {
            Profile::Public => Mask::new(readings, codebook),
            Profile::Internal => Mask::none(),
        };
        let mut mentions = BTreeMap::new();
        for reading in readings {
            for event in &reading.events {
                mentions.insert((reading.document.sha256.as_str(), event.id.as_str()), (*reading, event));
            }
        }
        View { events, codebook, policy, profile, mask, mentions }
    }

    /// Returns the words as this profile may show them.
    pub fn words(&self, words: &str) -> String {
        self.mask.apply(words)
    }

    /// Returns the events that go out: all but those that an analyst rejected.
    pub fn published(&self) -> impl Iterator<Item = &'v LedgerEvent> + '_ {
        self.events.iter().filter(|it| it.review != "rejected")
    }

    /// Returns the mention behind a pointer, with its reading.
    pub fn mention(&self, it: &MentionRef) -> Option<(&'v Reading, &'v Event)> {
        self.mentions.get(&(it.document.as_str(), it.event.as_str())).copied()
    }

    /// Returns the estimate of a measure under the chosen policy.
    pub fn estimate<'e>(&self, event: &'e LedgerEvent, measure: &str) -> Option<&'e Estimate> {
        event.estimates.iter().find(|it| it.measure == measure && self.is_policy(&it.policy))
    }

    fn is_policy(&self, id: &str) -> bool {
        id == self.policy || id.split('/').next() == Some(self.policy)
    }

    /// Fails when no event carries an estimate under the chosen policy, though some carry others.
    pub(crate) fn check_policy(&self) -> Result<(), Error> {
        let known: BTreeSet<&str> =
            self.events.iter().flat_map(|it| &it.estimates).map(|it| it.policy.as_str()).collect();
        if known.is_empty() || known.iter().any(|it| self.is_policy(it)) {
            return Ok(());
        }
        Err(Error::Policy { asked: self.policy.into(), known: known.into_iter().collect::<Vec<_>>().join(", ") })
    }

    /// Returns every measure of the published events, in order of the alphabet.
    pub fn measures(&self) -> Vec<&'v str> {
        let all: BTreeSet<&str> = self.published().flat_map(|it| &it.estimates).map(|it| it.measure.as_str()).collect();
        all.into_iter().collect()
    }

    /// Returns how fine the place of an event is: `city`, `admin1`, `country` …; empty when unknown.
    pub fn place_precision(&self, event: &LedgerEvent) -> &'v str {
        let Some(place) = &event.place else { return "" };
        event
            .mentions
            .iter()
            .filter_map(|it| self.mention(it))
            .filter_map(|(reading, event)| {
                let told = event.place.as_ref().filter(|it| it.name == place.name)?;
                let record = match &told.from {
                    Some(from) => reading.places.iter().find(|it| &it.id == from),
                    None => reading.places.iter().find(|it| it.name == told.name),
                };
                record.map(|it| it.level.as_str())
            })
            .next()
            .unwrap_or("")
    }

    /// Returns the point of an event, rounded to what its words allow; `None` when no place is known.
    ///
    /// A city is known to about a kilometre, a province to about ten, a country to about a hundred.
    pub fn point(&self, event: &LedgerEvent) -> Option<(f64, f64)> {
        let scale = match self.place_precision(event) {
            "country" => 1.0,
            "region" | "admin1" | "admin2" => 10.0,
            "" => return None,
            _ => 100.0,
        };
        let round = |it: f64| (it * scale).round() / scale;
        let (lat, lon) = (event.lat?, event.lon?);
        (lat.is_finite() && lon.is_finite()).then(|| (round(lat), round(lon)))
    }
}
