//! The register of warnings and promises: which have fallen due.
//!
//! In: readings and a day to look from. Out: one [`ForecastState`] for every
//! forecast. "Due" says that its window has passed and somebody should look; whether
//! it came true is for people.

use crate::digest;
use crate::sight::{Text, in_order};
use crate::speaker::speaker_of;
use aver_model::{Day, ForecastState, Reading};

/// Returns every forecast with its state on the day `now`, by due date, those without one last.
pub fn forecasts(readings: &[&Reading], now: Day) -> Vec<ForecastState> {
    let mut out = Vec::new();
    for reading in in_order(readings) {
        let text = Text::new(reading);
        for it in &reading.forecasts {
            let span = format!("{} {}", it.span.start, it.span.end);
            let latest = it.due.latest;
            let cited = reading.document.published.start;
            let state = match latest {
                Some(day) if day < now => "due",
                Some(_) => "open",
                None => "no date",
            };
            out.push(ForecastState {
                id: digest::id("fc", [reading.document.sha256.as_str(), &span]),
                speaker: speaker_of(reading, &it.speaker, it.statement.as_deref()).name,
                evidence: crate::accounts::evidence(&text, it.span),
                horizon: it.horizon.as_ref().map(|it| text.quote(it.span).to_string()),
                made: it.made.clone(),
                due: it.due.clone(),
                state: state.into(),
                polarity: it.polarity.clone(),
                expired_when_cited: matches!((latest, cited), (Some(latest), Some(cited)) if latest < cited),
            });
        }
    }
    out.sort_by(|a, b| {
        (a.due.latest.is_none(), a.due.latest, &a.id).cmp(&(b.due.latest.is_none(), b.due.latest, &b.id))
    });
    out
}
