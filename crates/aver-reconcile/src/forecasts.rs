//! The register of warnings and promises: which have fallen due.
//!
//! In: readings and a day to look from. Out: one [`ForecastState`] for every
//! forecast. "Due" says that its window has passed and somebody should look; whether
//! it came true is for people.
//!
//! A warning without a day of its own was made when the same speaker is said to have
//! spoken elsewhere in the document; its window moves with it.

use crate::digest;
use crate::sight::fold;
use crate::sight::{Text, in_order};
use crate::speaker::speaker_of;
use aver_model::{Actor, Day, Due, Forecast, ForecastState, Reading, Said, Statement};

/// Returns every forecast with its state on the day `now`, by due date, those without one last.
pub fn forecasts(readings: &[&Reading], now: Day) -> Vec<ForecastState> {
    let mut out = Vec::new();
    for reading in in_order(readings) {
        let text = Text::new(reading);
        for it in &reading.forecasts {
            let span = format!("{} {}", it.span.start, it.span.end);
            let (made, due) = occasion(reading, it);
            let latest = due.latest;
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
                made,
                due,
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

/// Returns when a forecast was made and falls due.
///
/// Where its own statement has no date, the nearest dated statement of the same
/// speaker in the document gives it, and what was counted from publication moves.
fn occasion(reading: &Reading, forecast: &Forecast) -> (Said, Due) {
    let own = (forecast.made.clone(), forecast.due.clone());
    let by_id = |id: &str| reading.statements.iter().find(|it| it.id == id);
    let Some(statement) = forecast.statement.as_deref().and_then(by_id) else { return own };
    let published = reading.document.published.end;
    let counted = forecast.made.start.is_some() && forecast.made.start == published;
    if statement.said.start.is_some() || statement.said.end.is_some() || !counted {
        return own;
    }
    let dated = reading.statements.iter().filter(|it| it.said.start.is_some() && it.said.start == it.said.end);
    let nearest = dated
        .filter(|it| is_same_speaker(reading, statement, it))
        .min_by_key(|it| (it.span.start.abs_diff(statement.span.start), it.span));
    let Some((day, from)) = nearest.and_then(|it| it.said.start).zip(published) else { return own };
    let moved = |it: Option<Day>| it.map(|it| it.plus_days(from.days_until(day)));
    let made = Said { start: Some(day), end: Some(day) };
    (made, Due { earliest: moved(forecast.due.earliest), latest: moved(forecast.due.latest) })
}

/// Says whether two statements of one document are of one person: by actor, by office, or by a name spelled otherwise.
fn is_same_speaker(reading: &Reading, a: &Statement, b: &Statement) -> bool {
    let actor = |it: &Statement| -> Option<&Actor> {
        let id = it.speaker.actor.as_deref()?;
        reading.actors.iter().find(|it| it.id == id)
    };
    let (Some(x), Some(y)) = (actor(a), actor(b)) else { return false };
    if x.id == y.id {
        return true;
    }
    let offsets = aver_model::Offsets::new(&reading.text);
    let named = |it: &Actor| -> Vec<String> {
        let mentions = it.mentions.iter().take(64).map(|span| offsets.quote(&reading.text, *span));
        mentions.chain([it.name.as_str()]).map(plain).filter(|it| it.contains(' ')).collect()
    };
    let (named_x, named_y) = (named(x), named(y));
    let holds = |whole: &str, part: &str| format!(" {whole} ").contains(&format!(" {part} "));
    named_x.iter().any(|x| named_y.iter().any(|y| holds(x, y) || holds(y, x) || sounds_like(x, y)))
}

/// Folds words and leaves articles out.
fn plain(words: &str) -> String {
    fold(words).split(' ').filter(|it| !matches!(*it, "the" | "a" | "an")).collect::<Vec<_>>().join(" ")
}

/// Says whether two names are one name written by ear: one first name, and family names with the same consonants.
fn sounds_like(a: &str, b: &str) -> bool {
    let consonants = |name: &str| {
        let mut out = String::new();
        for c in name.chars() {
            let c = match c {
                'c' | 'q' => 'k',
                'z' => 's',
                'v' | 'w' => 'f',
                'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
                _ => c,
            };
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        out
    };
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    let first = |it: &[&str]| it.len().checked_sub(2).map(|at| it[at].to_string());
    first(&a).is_some() && first(&a) == first(&b) && consonants(x).len() > 2 && consonants(x) == consonants(y)
}

#[cfg(test)]
mod tests {
    use super::sounds_like;

    #[test]
    fn a_name_written_by_ear_is_the_same_name_and_a_brother_is_not() {
        assert!(sounds_like("general jorun kalvek", "jorun calweck"));
        assert!(!sounds_like("jorun kalvek", "tarn kalvek"));
        assert!(!sounds_like("jorun kalvek", "jorun kalben"));
        assert!(!sounds_like("kalvek", "calvek"));
    }
}
