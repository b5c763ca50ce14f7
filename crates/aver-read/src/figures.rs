//! Figures: numbers with measure, operator, group and event.
//!
//! In: numbers, events, statements. Out: figures in text order. A number
//! becomes a figure only when a verb, noun or adjective says what it measures.
//! Killed and wounded under one number stay one figure; a part ("including five
//! children") names the whole it is a part of; "nobody was hurt" is a zero that
//! somebody reported.

mod counted;
mod elliptic;
mod follow;
mod links;
mod measures;
mod percent;
mod predicate;
mod single;
#[cfg(test)]
mod tests;

pub use measures::Measures;

use crate::phrase::words;
use crate::{Context, Found, events::Told, numbers::Number};
use aver_model::{Event, Figure, FigureOp, Statement, Time};
use counted::Counted;
use links::Links;
use measures::Class;
use predicate::Finder;
use std::ops::Range;

/// How many figures back one person may look for the whole that counts him or her.
const BEFORE: usize = 60;

/// A figure before it has an id.
struct Draft {
    tokens: Range<usize>,
    measure: String,
    op: FigureOp,
    low: Option<u64>,
    high: Option<u64>,
    unit: String,
    group: Option<String>,
    whole: Option<usize>,
    /// One person told without a number.
    single: bool,
    /// The word that says that this sums up what was told before: "the toll", "counted", "bodies".
    toll: Option<usize>,
    /// Its verb stands before it: "killing 19 people, | three officials".
    behind: bool,
}

/// Finds figures, in text order.
pub fn find(
    ctx: &Context<'_>,
    numbers: &[Number],
    times: &[Found<Time>],
    (events, told): (&[Found<Event>], &Told),
    statements: &[Found<Statement>],
) -> Vec<Found<Figure>> {
    let starts = |at: usize| numbers.binary_search_by_key(&at, |it| it.tokens.start).is_ok();
    let over = |at: usize| {
        let last = numbers.partition_point(|it| it.tokens.start <= at).checked_sub(1)?;
        (at < numbers[last].tokens.end).then_some(numbers[last].tokens.start)
    };
    let finder = Finder { text: &ctx.text, measures: &ctx.index.measures, starts_number: &starts, number_over: &over };
    let mut drafts: Vec<Draft> = vec![];
    for number in numbers {
        draft(ctx, &finder, number, &mut drafts);
    }
    zeros(ctx, &finder, &mut drafts);
    percent::fractions(ctx, &finder, &mut drafts);
    single::singles(ctx, &finder, &mut drafts);
    let links = Links::new(ctx, events, told, statements);
    let drafts = without_speakers(ctx, &links, drafts);
    finish(ctx, times, &links, drafts)
}

/// Leaves out those who speak; a part keeps its whole.
fn without_speakers(ctx: &Context<'_>, links: &Links<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept = 0;
    let mut place: Vec<Option<usize>> = vec![];
    for it in &drafts {
        let keeps = !is_speaker(ctx, links, it);
        place.push(keeps.then_some(kept));
        kept += usize::from(keeps);
    }
    let told = drafts.into_iter().zip(&place).filter(|(_, place)| place.is_some());
    told.map(|(it, _)| Draft { whole: it.whole.and_then(|whole| place[whole]), ..it }).collect()
}

/// "killing 19 people, three officials said": who speaks is not counted; "two wounded men said" are.
fn is_speaker(ctx: &Context<'_>, links: &Links<'_>, it: &Draft) -> bool {
    let hurt = |at: usize| matches!(ctx.text.lower(at), "wounded" | "injured");
    (it.single || it.behind) && !it.tokens.clone().any(hurt) && links.speaks(ctx.text.span(it.tokens.clone()))
}

fn finish(ctx: &Context<'_>, times: &[Found<Time>], links: &Links<'_>, drafts: Vec<Draft>) -> Vec<Found<Figure>> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&it| (drafts[it].tokens.start, drafts[it].tokens.end, it));
    let abouts = follow::abouts(ctx, times, links, &drafts, &order);
    let mut ids = vec![String::new(); drafts.len()];
    for (place, &draft) in order.iter().enumerate() {
        ids[draft] = format!("f{}", place + 1);
    }
    let mut found = vec![];
    for (place, &index) in order.iter().enumerate() {
        let it = &drafts[index];
        let span = ctx.text.span(it.tokens.clone());
        let sentence = ctx.text.tokens[it.tokens.start].sentence;
        let (speaker, statement) = links.speaker(sentence, span);
        let about = abouts[index].map(|event| links.id(event));
        let before = &order[place.saturating_sub(BEFORE)..place];
        let whole = it.whole.or_else(|| told_before(ctx, &drafts, &abouts, before, index));
        let record = Figure {
            id: ids[index].clone(),
            span,
            measure: it.measure.clone(),
            op: it.op,
            low: it.low,
            high: it.high,
            unit: it.unit.clone(),
            group: it.group.clone(),
            part_of: whole.map(|whole| ids[whole].clone()),
            about: about.into_iter().collect(),
            speaker,
            statement,
        };
        found.push(Found { record, tokens: it.tokens.clone() });
    }
    found
}

/// "12 people were killed. A teacher was shot dead in her car.": returns the figure that counts this person already.
fn told_before(
    ctx: &Context<'_>,
    drafts: &[Draft],
    abouts: &[Option<usize>],
    before: &[usize],
    single: usize,
) -> Option<usize> {
    let it = &drafts[single];
    let event = abouts[single].filter(|_| it.single)?;
    let sentence = ctx.text.tokens[it.tokens.start].sentence;
    let wholes = before.iter().copied().filter(|&other| {
        let told = &drafts[other];
        abouts[other] == Some(event)
            && told.measure == it.measure
            && told.whole.is_none()
            && told.low.or(told.high).is_some_and(|it| it > 1)
            && ctx.text.tokens[told.tokens.start].sentence < sentence
    });
    let whole = wholes.max_by_key(|&other| (drafts[other].low.or(drafts[other].high), std::cmp::Reverse(other)))?;
    (!single::is_further(ctx, it)).then_some(whole)
}

/// "a barman of 51", "a girl of 16": an age behind one person.
fn is_behind_person(ctx: &Context<'_>, number: &Number) -> bool {
    let text = &ctx.text;
    let start = text.sentence_of(number.tokens.start).tokens.start;
    let Some(of) = number.tokens.start.checked_sub(1).filter(|&it| it > start + 1 && text.lower(it) == "of") else {
        return false;
    };
    let one = (start.max(of.saturating_sub(4))..of - 1).any(|it| matches!(text.lower(it), "a" | "an" | "another"));
    let counts = text.tokens.get(number.tokens.end).is_some_and(|it| {
        it.kind == crate::text::TokenKind::Word && crate::phrase::nouns::is_nominal(text, number.tokens.end)
    });
    let group = matches!(
        text.lower(of - 1),
        "group"
            | "team"
            | "crowd"
            | "family"
            | "party"
            | "band"
            | "gang"
            | "crew"
            | "force"
            | "convoy"
            | "total"
            | "number"
            | "toll"
            | "maximum"
            | "minimum"
            | "unit"
            | "population"
            | "average"
    );
    one && !counts && !group && number.low.is_some_and(|it| (1..=110).contains(&it)) && number.low == number.high
}

/// "a 16 year-old boy", "a 3 yr old", "Anna Orwen, 34, and": an age counts nobody.
fn is_age(ctx: &Context<'_>, number: &Number) -> bool {
    let text = &ctx.text;
    let (next, then) = (text.lower(number.tokens.end), text.lower(number.tokens.end + 1));
    let unit = |word: &str| matches!(word, "year" | "years" | "month" | "months" | "week" | "weeks" | "yr" | "yrs");
    if next.trim_start_matches('-').strip_suffix("-old").is_some_and(unit) || unit(next) && then.starts_with("old") {
        return true;
    }
    if is_behind_person(ctx, number) {
        return true;
    }
    if matches!(next, "yo" | "y.o") || next == "y" && then == "/" {
        return true;
    }
    let start = text.sentence_of(number.tokens.start).tokens.start;
    let Some(named) = number.tokens.start.checked_sub(2).filter(|&it| it >= start && text.lower(it + 1) == ",") else {
        return false;
    };
    let word = text.tokens[named].kind == crate::text::TokenKind::Word;
    let name = word && (text.tokens[named].capital || ctx.index.measures.is_person(text, named));
    let closes = matches!(next, "," | "." | ";" | "and" | ")" | "");
    name && closes && number.low.is_some_and(|it| it < 110) && number.tokens.len() == 1
}

/// Adds the figure of a number, if it measures anything.
fn draft(ctx: &Context<'_>, finder: &Finder<'_>, number: &Number, drafts: &mut Vec<Draft>) {
    let text = &ctx.text;
    if is_age(ctx, number) {
        return;
    }
    let it = counted::counted(text, finder.measures, finder.starts_number, number.tokens.clone());
    // "Two thirds of the town": a share, no things.
    if it.head.is_some_and(|at| matches!(text.lower(at), "thirds" | "quarters" | "fifths" | "halves")) {
        return;
    }
    let make = |measure: &str, end: usize, whole: Option<usize>| {
        let unit = number.unit.clone().unwrap_or_else(|| finder.measures.unit(measure).to_owned());
        Draft {
            tokens: number.tokens.start..end.max(number.tokens.end),
            measure: measure.to_owned(),
            op: number.op,
            low: number.low,
            high: number.high,
            unit,
            group: group(ctx, &it),
            whole,
            single: false,
            toll: toll_noun(ctx, &it),
            behind: false,
        }
    };
    if let Some(unit) = &number.unit {
        if unit == "percent" {
            drafts.extend(percent::share(ctx, finder, number));
            return;
        }
        drafts.push(make("money", number.tokens.end, None));
        return;
    }
    if matches!(number.op, FigureOp::Most | FigureOp::Many) && it.class != Class::Person && it.head.is_some() {
        return;
    }
    let sentence = text.tokens[number.tokens.start].sentence;
    if matches!(number.op, FigureOp::Most | FigureOp::Many) && part_marker(ctx, &it) {
        return;
    }
    let whole = part_marker(ctx, &it).then(|| last_person(ctx, drafts, sentence)).flatten();
    if part_marker(ctx, &it) && it.class == Class::Person {
        let before = whole.map_or(0, |it| drafts[it].tokens.end);
        if let Some(mut outer) = unnumbered_whole(ctx, finder, &it).filter(|it| it.tokens.start >= before) {
            // "wounding others, including five": at least five were wounded.
            (outer.low, outer.tokens.end) = (number.low, it.noun.end);
            let measure = outer.measure.clone();
            drafts.push(outer);
            let whole = drafts.len() - 1;
            drafts.push(make(&measure, it.noun.end, Some(whole)));
            return;
        }
    }
    let predicate = finder.predicate(&it);
    if let Some(found) = &predicate {
        let whole = whole.filter(|&whole| drafts[whole].measure == found.measure);
        // Those in hospital were hurt before, as those buried had died before.
        let sums = match text.lower(found.at) {
            "toll" | "tally" | "number" | "bury" | "buried" | "burying" => true,
            "dead" | "deaths" | "wounded" | "injured" => text.lower(found.at + 1) == "at",
            "in" | "treated" => found.at > number.tokens.start,
            _ => false,
        };
        let made = make(&found.measure, it.noun.end, whole);
        drafts.push(Draft {
            toll: if sums { Some(found.at) } else { made.toll },
            behind: found.at < number.tokens.start,
            ..made
        });
        return;
    }
    if whole.is_none()
        && (finder.is_counted_anew(&it) || finder.goes_on(&it))
        && let Some(measure) = counted_before(ctx, drafts, sentence)
    {
        drafts.push(Draft { toll: Some(number.tokens.start), ..make(&measure, it.noun.end, None) });
        return;
    }
    if let Some(whole) = whole.filter(|_| it.class != Class::Thing && it.class != Class::Place) {
        let measure = drafts[whole].measure.clone();
        drafts.push(make(&measure, it.noun.end, Some(whole)));
        return;
    }
    if number.op == FigureOp::Most {
        if is_group_member(ctx, &it) {
            drafts.push(make("share", it.noun.end, None));
        }
        return;
    }
    if let Some((measure, end)) = finder.noun_measure(&it)
        && by_noun(ctx, number, &it, &measure)
    {
        let mut found = make(&measure, end, None);
        if matches!(measure.as_str(), "killed" | "wounded" | "killed_or_wounded") {
            // "two fatalities" says nothing of who they were.
            found.group = None;
        }
        drafts.push(found);
    }
}

/// Says whether a counted noun alone makes a figure: "two fatalities", "13 attacks", "6,500 fighters".
fn by_noun(ctx: &Context<'_>, number: &Number, it: &Counted, measure: &str) -> bool {
    let exact = matches!(
        number.op,
        FigureOp::Exact
            | FigureOp::About
            | FigureOp::AtLeast
            | FigureOp::MoreThan
            | FigureOp::Nearly
            | FigureOp::Range
            | FigureOp::UpTo
    );
    match measure {
        "countries" => exact && number.low.is_some_and(|it| it > 2 && it < 200),
        "locations" | "share" | "money" | "destroyed" => false,
        "fighters" => has_strength_context(ctx, it),
        "recruits" => exact,
        "recruited_contacts" => false,
        "captured" => !matches!(number.op, FigureOp::Most | FigureOp::Many),
        "attacks" => {
            !matches!(number.op, FigureOp::Most | FigureOp::Many)
                && !(number.low == Some(1) && number.high == Some(1) && !exact_one(ctx, number))
        }
        _ => true,
    }
}

/// "only one attack", "one attack": not "one of the attacks".
fn exact_one(ctx: &Context<'_>, number: &Number) -> bool {
    ctx.text.lower(number.tokens.end) != "of"
}

/// "commands at least 2,000 fighters", "6,500 fighters operating in", "4,000 members have gathered".
fn has_strength_context(ctx: &Context<'_>, it: &Counted) -> bool {
    const BEFORE: &[&str] = &[
        "commands",
        "command",
        "commanded",
        "has",
        "have",
        "had",
        "numbers",
        "number",
        "numbered",
        "estimated",
        "with",
        "of",
        "are",
        "were",
        "deployed",
        "deploy",
        "deploying",
        "sent",
        "send",
        "mobilized",
        "fielded",
        "between",
        "comprises",
        "includes",
        "strength",
    ];
    const AFTER: &[&str] = &[
        "operating",
        "operate",
        "fighting",
        "fight",
        "remain",
        "remained",
        "gathered",
        "based",
        "active",
        "strong",
        "stationed",
        "deployed",
        "present",
        "loyal",
        "massed",
        "have",
        "under",
        "in",
    ];
    let text = &ctx.text;
    let limits = text.sentence_of(it.number.start).tokens.clone();
    let before = (limits.start.max(it.number.start.saturating_sub(3))..it.number.start)
        .any(|at| BEFORE.contains(&text.lower(at)));
    let after = (it.noun.end..limits.end.min(it.noun.end + 4)).any(|at| AFTER.contains(&text.lower(at)));
    let head = it.head.map_or("", |at| text.lower(at));
    let group = !matches!(head, "members" | "member" | "supporters" | "supporter") || after;
    (before || after) && group
}

fn is_group_member(ctx: &Context<'_>, it: &Counted) -> bool {
    it.head.is_some_and(|at| {
        matches!(
            ctx.text.lower(at),
            "fighters"
                | "militants"
                | "recruits"
                | "members"
                | "victims"
                | "rebels"
                | "casualties"
                | "dead"
                | "wounded"
                | "insurgents"
        )
    })
}

/// "including five", "among them 12", "12 of them".
fn part_marker(ctx: &Context<'_>, it: &Counted) -> bool {
    let text = &ctx.text;
    let start = text.sentence_of(it.number.start).tokens.start;
    if it.partitive {
        return true;
    }
    let from = start.max(it.number.start.saturating_sub(14));
    let mut at = it.number.start;
    while at > from {
        at -= 1;
        match text.lower(at) {
            "including" => return true,
            "them" | "whom" | "dead" | "killed" | "victims"
                if at > from && matches!(text.lower(at - 1), "among" | "of" | "the") =>
            {
                return text.lower(at - 1) == "among"
                    || at > from + 1 && text.lower(at - 2) == "among"
                    || text.lower(at - 1) == "of" && text.lower(at) == "whom";
            }
            // "including three children and a woman": lists go on.
            word if words::is_preposition(word) && word != "of" || words::is_auxiliary(word) || word == ";" => {
                return false;
            }
            _ => {}
        }
    }
    false
}

/// What the figure of people counts that stands last in the sentence or the two before it.
fn counted_before(ctx: &Context<'_>, drafts: &[Draft], sentence: usize) -> Option<String> {
    let near = drafts.iter().rev().take(20).filter(|it| ctx.text.tokens[it.tokens.start].sentence + 2 >= sentence);
    let mut near = near.filter(|it| it.unit == "persons" && !matches!(it.measure.as_str(), "fighters" | "attackers"));
    near.next().map(|it| it.measure.clone())
}

/// Returns the last figure of people in the sentence that is itself no part.
fn last_person(ctx: &Context<'_>, drafts: &[Draft], sentence: usize) -> Option<usize> {
    // No sentence worth reading holds more figures than this.
    let from = drafts.len().saturating_sub(20);
    let found = from + drafts[from..].iter().rposition(|it| it.whole.is_none() && it.unit == "persons")?;
    (ctx.text.tokens[drafts[found].tokens.start].sentence == sentence).then_some(found)
}

/// "wounding others, including …": the whole has a verb and no number.
fn unnumbered_whole(ctx: &Context<'_>, finder: &Finder<'_>, part: &Counted) -> Option<Draft> {
    let text = &ctx.text;
    let start = text.sentence_of(part.number.start).tokens.start;
    let floor = start.max(part.number.start.saturating_sub(14));
    let including = (floor..part.number.start).rev().find(|&at| text.lower(at) == "including")?;
    let end = including - usize::from(including > start && text.lower(including - 1) == ",");
    let noun = (floor..end)
        .rev()
        .take_while(|&at| {
            text.tokens[at].kind == crate::text::TokenKind::Word && finder.measures.verbs(text, at).next().is_none()
        })
        .last()?;
    if words::breaks_noun_phrase(text.lower(noun)) && text.lower(noun) != "others" {
        return None;
    }
    let whole =
        Counted { number: noun..noun, noun: noun..end, head: Some(end - 1), class: Class::Person, partitive: false };
    let found = finder.predicate(&whole)?;
    let unit = finder.measures.unit(&found.measure).to_owned();
    Some(Draft {
        tokens: noun..end,
        measure: found.measure,
        op: FigureOp::AtLeast,
        low: None,
        high: None,
        unit,
        group: group(ctx, &whole),
        whole: None,
        single: false,
        toll: None,
        behind: false,
    })
}

/// "31 bodies", "only five dead": those who count the dead tell of what happened before.
fn toll_noun(ctx: &Context<'_>, it: &Counted) -> Option<usize> {
    it.head.filter(|&at| matches!(ctx.text.lower(at), "body" | "bodies" | "corpses" | "corpse" | "dead"))
}

/// Returns the words for those counted, without a leading determiner.
fn group(ctx: &Context<'_>, it: &Counted) -> Option<String> {
    let mut start = it.noun.start;
    while start < it.noun.end
        && (words::is_determiner(ctx.text.lower(start)) && ctx.text.lower(start) != "other"
            || ctx.text.lower(start) == "of")
    {
        start += 1;
    }
    (start < it.noun.end).then(|| ctx.text.words(start..it.noun.end).to_owned())
}

/// "no casualties", "nobody was hurt", "none were killed": a zero that somebody reports.
fn zeros(ctx: &Context<'_>, finder: &Finder<'_>, drafts: &mut Vec<Draft>) {
    let text = &ctx.text;
    for at in 0..text.tokens.len() {
        let word = text.lower(at);
        let one = match word {
            "nobody" | "none" => at + 1,
            "no" if text.lower(at + 1) == "one" => at + 2,
            "no" => at + 1,
            _ => continue,
        };
        let counted = counted::counted(text, finder.measures, finder.starts_number, at..one);
        let measure = if word == "no" && one == at + 1 {
            match finder
                .noun_measure(&counted)
                .filter(|(name, _)| matches!(name.as_str(), "killed" | "wounded" | "killed_or_wounded"))
            {
                // "no casualty figures", "there were no reports of casualties": no zero.
                Some((name, end)) if end >= counted.noun.end => Some((name, end)),
                _ if counted.class == Class::Person => {
                    finder.predicate(&counted).map(|it| (it.measure, counted.noun.end))
                }
                _ => None,
            }
        } else {
            let people = Counted { class: Class::Person, noun: one..one, head: None, ..counted };
            finder.predicate(&people).map(|it| (it.measure, one))
        };
        let Some((measure, end)) = measure else { continue };
        drafts.push(Draft {
            tokens: at..end.max(one),
            unit: finder.measures.unit(&measure).to_owned(),
            measure,
            op: FigureOp::Exact,
            low: Some(0),
            high: Some(0),
            group: None,
            whole: None,
            single: false,
            toll: None,
            behind: false,
        });
    }
}
