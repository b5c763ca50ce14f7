//! Figures that tell nothing new: later tolls, parts, those hurt in what was told paragraphs before.
//!
//! In: figures with the event that stands beside each. Out: the event each is about. A count
//! of the dead ("31 bodies", "put the toll at 22") and a casualty without an event of its own
//! follow the last figure that counts the same, unless their sentence has a day or a period of
//! its own that says otherwise.

use super::Draft;
use super::links::Links;
use crate::text::Role;
use crate::{Context, Found, tallies};
use aver_model::Time;

/// How many figures back the one is looked for that counted the same.
const BACK: usize = 60;

/// Returns the event of every figure.
pub(super) fn abouts(
    ctx: &Context<'_>,
    times: &[Found<Time>],
    links: &Links<'_>,
    drafts: &[Draft],
    order: &[usize],
) -> Vec<Option<usize>> {
    let near: Vec<_> = drafts.iter().map(|it| links.event(&it.tokens, &it.measure)).collect();
    let mut abouts: Vec<Option<usize>> = near.iter().map(|it| it.map(|near| near.event)).collect();
    let summed: Vec<bool> = drafts.iter().map(|it| is_summed(ctx, times, it)).collect();
    for (place, &index) in order.iter().enumerate() {
        let it = &drafts[index];
        if abouts[index].is_none() {
            abouts[index] = it.whole.and_then(|whole| abouts[whole]);
        }
        // A bare number is no word that sums up: "three in Kherson" counts what was hit there.
        let noun = it.toll.filter(|at| !it.tokens.contains(at));
        let firm = near[index].is_some_and(|near| near.firm && !links.is_toll(near.event, noun));
        let open = abouts[index].is_none() || it.toll.is_some() && !firm;
        if !open || !(is_harm(&it.measure) || it.measure == "attackers") || summed[index] || is_title(ctx, it) {
            continue;
        }
        let before = order[place.saturating_sub(BACK)..place].iter().rev().copied();
        let counted = before.filter(|&other| {
            let told =
                abouts[other].is_some_and(|event| links.may_be(event, times_of(ctx, times, it), it.toll.is_some()));
            told && is_harm(&drafts[other].measure) && !summed[other] && drafts[other].high != Some(0)
        });
        let same = counted.clone().find(|&other| drafts[other].measure == it.measure);
        let found = same.and_then(|other| abouts[other]).or_else(|| most_counted(counted.filter_map(|it| abouts[it])));
        abouts[index] = found.or(abouts[index]);
    }
    abouts
}

/// The act that most figures count; of two the one told later.
fn most_counted(events: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = vec![];
    for event in events {
        match counts.iter_mut().find(|it| it.0 == event) {
            Some(it) => it.1 += 1,
            None => counts.push((event, 1)),
        }
    }
    let most = counts.iter().map(|it| it.1).max()?;
    counts.iter().find(|it| it.1 == most).map(|it| it.0)
}

fn is_harm(measure: &str) -> bool {
    matches!(measure, "killed" | "wounded" | "killed_or_wounded")
}

fn is_title(ctx: &Context<'_>, it: &Draft) -> bool {
    matches!(ctx.text.sentence_of(it.tokens.start).role, Role::Title | Role::Heading | Role::Caption)
}

/// The times of the sentence that a figure stands in.
fn times_of<'t>(ctx: &Context<'_>, times: &'t [Found<Time>], it: &Draft) -> &'t [Found<Time>] {
    let tokens = &ctx.text.sentence_of(it.tokens.start).tokens;
    let from = times.partition_point(|it| it.tokens.start < tokens.start);
    let until = times.partition_point(|it| it.tokens.start < tokens.end);
    &times[from..until]
}

/// "162 casualties in the first quarter", "38 since then": counted over a time, about no single act.
fn is_summed(ctx: &Context<'_>, times: &[Found<Time>], it: &Draft) -> bool {
    let sentence = ctx.text.sentence_of(it.tokens.start).tokens.clone();
    times_of(ctx, times, it).iter().any(|time| tallies::is_period(ctx, time))
        || sentence.clone().any(|at| ctx.text.lower(at) == "since" && at > sentence.start)
}
