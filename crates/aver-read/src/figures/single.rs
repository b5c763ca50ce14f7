//! People told one by one, without a number: "a man was shot dead".
//!
//! In: a sentence with nouns for one person. Out: a figure of one for each of whom
//! the text says, as of something that happened, that he or she was killed or hurt.
//! The noun phrase stands for the number, so the patterns of numbers apply.
//!
//! Only a first mention counts: "a", "another", "his wife", a name with an age, or
//! a bare noun in a title. "The man" was told before and is told again.

use super::counted::{self, Counted};
use super::measures::Class;
use super::predicate::Finder;
use super::{Draft, group};
use crate::Context;
use crate::phrase::words;
use crate::text::{Role, TokenKind};
use aver_model::FigureOp;
use std::ops::Range;

/// How long a name may be.
const NAME: usize = 5;

/// Adds a figure of one for every person of whom the text tells a death or an injury.
pub fn singles(ctx: &Context<'_>, finder: &Finder<'_>, drafts: &mut Vec<Draft>) {
    let mut at = 0;
    let mut last = 0;
    while at < ctx.text.tokens.len() {
        let listed = last > 0 && at == last && ctx.text.lower(at) == "and";
        let next = match person(ctx, finder, at).or_else(|| listed.then(|| another(ctx, finder, at)).flatten()) {
            Some(counted) => {
                let end = counted.noun.end.max(counted.number.end);
                // "her father, Ivo Marek, 50,": the name is the father's.
                let renamed = last > 0 && at == last + 1 && ctx.text.lower(last) == "," && ctx.text.tokens[at].capital;
                last = end;
                if renamed {
                    at = end;
                    continue;
                }
                if let Some(measure) = measure(ctx, finder, &counted) {
                    drafts.push(draft(ctx, finder, &counted, measure));
                }
                end
            }
            None => at + 1,
        };
        at = next.max(at + 1);
    }
}

fn draft(ctx: &Context<'_>, finder: &Finder<'_>, it: &Counted, measure: String) -> Draft {
    let and = usize::from(ctx.text.lower(it.number.start) == "and");
    Draft {
        tokens: it.number.start + and..it.noun.end.max(it.number.end),
        unit: finder.measures.unit(&measure).to_owned(),
        measure,
        op: FigureOp::Exact,
        low: Some(1),
        high: Some(1),
        group: group(ctx, it),
        whole: None,
        single: true,
        toll: None,
        behind: false,
    }
}

/// Says whether a person stands beside those counted before: "another man", "a woman was also killed".
pub fn is_further(ctx: &Context<'_>, single: &Draft) -> bool {
    let sentence = ctx.text.sentence_of(single.tokens.start).tokens.clone();
    sentence.into_iter().any(|at| matches!(ctx.text.lower(at), "also" | "another" | "too" | "other" | "besides"))
}

/// "her brother and 4-year-old daughter": one article for both.
fn another(ctx: &Context<'_>, finder: &Finder<'_>, and: usize) -> Option<Counted> {
    let text = &ctx.text;
    let next = and + 1;
    if (finder.number_over)(next).is_some() || words::is_determiner(text.lower(next)) || text.tokens.get(next)?.capital
    {
        return None;
    }
    let found = counted::counted(text, finder.measures, finder.starts_number, and..next);
    let head = found.head.filter(|&head| finder.measures.is_person(text, head))?;
    let owner = matches!(text.lower(head + 1), "'s" | "'");
    (!owner && head < next + 4).then_some(found)
}

/// Returns the noun phrase of one person that begins at a token.
fn person(ctx: &Context<'_>, finder: &Finder<'_>, at: usize) -> Option<Counted> {
    let text = &ctx.text;
    if (finder.number_over)(at).is_some() {
        return None;
    }
    if matches!(text.lower(at), "a" | "an" | "another" | "his" | "her" | "their") {
        return described(ctx, finder, at, at + 1);
    }
    named(ctx, at).or_else(|| in_title(ctx, finder, at))
}

/// "a 7-year-old girl", "another suspected rebel", "her mother".
fn described(ctx: &Context<'_>, finder: &Finder<'_>, at: usize, end: usize) -> Option<Counted> {
    let text = &ctx.text;
    let counted = counted::counted(text, finder.measures, finder.starts_number, at..end);
    if let Some(head) = counted.head.filter(|&head| finder.measures.is_person(text, head)) {
        // "a police officer's car", "a child soldier program"
        let owner = matches!(text.lower(head + 1), "'s" | "'");
        return (!owner).then_some(counted);
    }
    let age = is_age(text.lower(end)) && counted.head.is_none_or(|head| is_age(text.lower(head)));
    age.then(|| Counted { noun: end..end + 1, head: Some(end), class: Class::Person, ..counted })
}

/// "17-year-old".
fn is_age(word: &str) -> bool {
    word.ends_with("-year-old") || word.ends_with("-month-old") || word.ends_with("-week-old")
}

/// "Anna Orwen, 34, was killed".
fn named(ctx: &Context<'_>, at: usize) -> Option<Counted> {
    let text = &ctx.text;
    let limits = text.sentence_of(at).tokens.clone();
    let name = |it: usize| it < limits.end && text.tokens[it].kind == TokenKind::Word && text.tokens[it].capital;
    if !name(at) || at > limits.start && name(at - 1) {
        return None;
    }
    let end = (at..limits.end).take(NAME + 1).find(|&it| !name(it))?;
    let aged = text.lower(end) == ","
        && text.tokens.get(end + 1).is_some_and(|it| {
            it.kind == TokenKind::Number && it.lower.parse::<u32>().is_ok_and(|age| (1..=110).contains(&age))
        })
        && matches!(text.lower(end + 2), "," | "." | ";" | "and" | ")");
    let close = end + 2 + usize::from(text.lower(end + 2) == ",");
    (aged && end > at + 1).then(|| Counted {
        number: at..end,
        noun: close..close,
        head: Some(end - 1),
        class: Class::Person,
        partitive: false,
    })
}

/// "Man killed in Mirel", "Woman, child hurt": a title leaves the article out.
fn in_title(ctx: &Context<'_>, finder: &Finder<'_>, at: usize) -> Option<Counted> {
    let text = &ctx.text;
    let sentence = text.sentence_of(at);
    let title = matches!(sentence.role, Role::Title | Role::Heading);
    let fresh =
        at == sentence.tokens.start || matches!(text.lower(at - 1), "," | ";" | ":" | "and" | "kills" | "shoots");
    if !title || !fresh || !(finder.measures.is_person(text, at) || is_age(text.lower(at))) {
        return None;
    }
    Some(Counted { number: at..at + 1, noun: at..at + 1, head: Some(at), class: Class::Person, partitive: false })
}

/// Returns what became of the person, if it is told as something that happened.
fn measure(ctx: &Context<'_>, finder: &Finder<'_>, it: &Counted) -> Option<String> {
    let found = finder.predicate(it)?;
    let harm = matches!(found.measure.as_str(), "killed" | "wounded" | "killed_or_wounded");
    let (from, to) = (it.number.start.min(found.at), it.number.start.max(found.at));
    (harm && !is_supposed(ctx, from..to)).then_some(found.measure)
}

/// "could be killed", "if a child is hurt", "every time a soldier dies": nobody was.
fn is_supposed(ctx: &Context<'_>, tokens: Range<usize>) -> bool {
    const WORDS: &[&str] =
        &["if", "when", "whenever", "whether", "unless", "every", "attempted", "alleged", "to", "no", "nobody"];
    let text = &ctx.text;
    let start = text.sentence_of(tokens.start).tokens.start.max(tokens.start.saturating_sub(3));
    (start..tokens.end).any(|at| {
        let word = text.lower(at);
        words::is_modal(word) && !text.tokens[at].capital || WORDS.contains(&word)
    })
}
