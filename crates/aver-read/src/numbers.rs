//! Numbers with their operators, before anyone knows what they count.
//!
//! In: the text, its times, the codebook's operators. Out: numbers in text
//! order with operator and bounds as `vocab.json` counts them ("dozens": low
//! 24). Years, clock times, ages, ordinals, decimals, numbers of articles and
//! resolutions, and the pronoun "one" are no numbers here. What a number counts
//! is decided in [`crate::figures`].

mod cardinal;
pub mod forms;
#[cfg(test)]
mod tests;

pub use cardinal::{cardinal, small};

use crate::phrase::Phrases;
use crate::text::{Text, TokenKind};
use crate::{Context, Found};
use aver_codebook::Codebook;
use aver_model::{FigureOp, Time};
use std::ops::Range;

/// A number as printed.
#[derive(Debug, Clone)]
pub struct Number {
    /// Operator and number.
    pub tokens: Range<usize>,
    /// The operator.
    pub op: FigureOp,
    /// Lower bound, when the words give one.
    pub low: Option<u64>,
    /// Upper bound, when the words give one.
    pub high: Option<u64>,
    /// `USD`, `EUR`, `percent`, when a sign says so.
    pub unit: Option<String>,
}

/// The codebook's operators, ready for look-up.
#[derive(Debug, Default)]
pub struct Operators {
    phrases: Phrases<(FigureOp, bool)>,
}

impl Operators {
    /// Collects them.
    pub fn new(codebook: &Codebook) -> Operators {
        let mut phrases = Phrases::default();
        for it in &codebook.lexicon.operators {
            // "mostly schoolgirls" describes a group and counts nobody.
            let describes = matches!(
                it.words.as_str(),
                "mostly" | "mainly" | "largely" | "predominantly" | "some of" | "much of" | "as" | "so many"
            );
            if !describes {
                phrases.add(&it.words, (it.op, it.bare));
            }
        }
        Operators { phrases }
    }

    /// Returns the operator that begins at a token, with its length in tokens.
    pub fn at(&self, text: &Text<'_>, at: usize) -> Option<(usize, FigureOp)> {
        self.phrases.at(text, at).map(|(length, it)| (length, it.0))
    }
}

/// Finds numbers outside of time expressions, in text order.
pub fn find(ctx: &Context<'_>, times: &[Found<Time>]) -> Vec<Number> {
    let text = &ctx.text;
    let mut numbers: Vec<Number> = vec![];
    let mut times = times.iter().peekable();
    let mut at = 0;
    while at < text.tokens.len() {
        while times.next_if(|it| it.tokens.end <= at).is_some() {}
        if let Some(time) = times.peek().filter(|it| it.tokens.start <= at) {
            at = time.tokens.end;
            continue;
        }
        // "one in five", "3 out of 10": a share, and neither number counts.
        if let Some(end) = ratio(text, at) {
            at = end;
            continue;
        }
        let stop = times.peek().map_or(text.tokens.len(), |it| it.tokens.start);
        match number_at(text, &ctx.index.operators, at) {
            Some(number) if number.tokens.end <= stop => {
                at = number.tokens.end;
                numbers.push(number);
            }
            _ => at += 1,
        }
    }
    numbers
}

/// Returns the end of "one in five", "3 out of 10".
fn ratio(text: &Text<'_>, at: usize) -> Option<usize> {
    let (end, part) = cardinal(text, at)?;
    let next = match (text.lower(end), text.lower(end + 1)) {
        ("out", "of") => end + 2,
        ("in", _) if part == 1 => end + 1,
        _ => return None,
    };
    let (stop, whole) = cardinal(text, next)?;
    let same = text.tokens[at].sentence == text.tokens[stop - 1].sentence;
    (same && part < whole && (2..1000).contains(&whole)).then_some(stop)
}

/// Returns the number, with its operators, that starts at a token.
fn number_at(text: &Text<'_>, operators: &Operators, at: usize) -> Option<Number> {
    let sentence = text.sentence_of(at).tokens.clone();
    let mut next = at;
    let mut op: Option<FigureOp> = None;
    // "at least some", "well over": the first that bounds wins.
    for _ in 0..3 {
        if let Some(found) = between(text, next, op).or_else(|| counted(text, next, op)) {
            return finish(text, operators, at, found, sentence.end);
        }
        let (length, (word, bare)) = operators.phrases.at(text, next)?;
        if next + length > sentence.end {
            return None;
        }
        // "has gone | up to | 25": it rose, nothing bounds it.
        let rises = |at: usize| {
            matches!(text.lower(at), "gone" | "went" | "go" | "goes" | "going" | "shot" | "moved" | "jumped" | "crept")
        };
        if *word == FigureOp::UpTo && next > sentence.start && rises(next - 1) && text.lower(next) == "up" {
            return None;
        }
        if *bare {
            return bare_number(text, at, next, next + length, *word);
        }
        op = match op {
            Some(it) if !matches!(it, FigureOp::Exact | FigureOp::About) => Some(it),
            _ => Some(*word),
        };
        next += length;
        next += usize::from(
            matches!(text.lower(next), "the" | "a" | "an")
                && text.tokens.get(next + 1).is_some_and(|it| it.kind == TokenKind::Number),
        );
    }
    None
}

struct Raw {
    end: usize,
    low: u64,
    high: u64,
    op: Option<FigureOp>,
    unit: Option<String>,
}

/// "between 20 and 30".
fn between(text: &Text<'_>, at: usize, op: Option<FigureOp>) -> Option<Raw> {
    if text.lower(at) != "between" {
        return None;
    }
    let first = counted(text, at + 1, op)?;
    if text.lower(first.end) != "and" {
        return None;
    }
    let last = counted(text, first.end + 1, op)?;
    (first.low < last.high).then(|| Raw {
        end: last.end,
        low: first.low,
        high: last.high,
        op: Some(FigureOp::Range),
        unit: last.unit.or(first.unit),
    })
}

/// "$15,000", "10 to 15", "5,000".
fn counted(text: &Text<'_>, at: usize, op: Option<FigureOp>) -> Option<Raw> {
    let token = text.tokens.get(at)?;
    let sign = currency_sign(&token.lower);
    let start = at + usize::from(sign.is_some());
    if sign.is_none() && (is_label(text, at) || token.glued && at > 0 && is_joint(text, at - 1)) {
        return None;
    }
    if let Some((value, odd)) = joined(&text.tokens.get(start)?.lower) {
        return Some(Raw { end: start + 1, low: value, high: value, op: op.or(odd), unit: None });
    }
    let (mut end, value) = cardinal(text, start)?;
    if text.tokens[start].sentence != token.sentence || is_clock(text, end) {
        return None;
    }
    if value == 1 && end == start + 1 && is_pronoun_one(text, start) {
        return None;
    }
    let mut raw = Raw { end, low: value, high: value, op, unit: sign.map(str::to_owned) };
    let joined = matches!(text.lower(end), "to" | "-" | "–" | "or" | "—");
    if joined
        && raw.unit.is_none()
        && let Some((after, last)) = cardinal(text, end + 1)
    {
        // "two or three", "10 to 15"; "5 to 3" is a score.
        if last > value
            && text.tokens[end + 1].sentence == token.sentence
            && (text.lower(end) != "or" || last - value <= value.max(5))
        {
            (end, raw.end, raw.high, raw.op) = (after, after, last, Some(FigureOp::Range));
        }
    }
    if let Some((after, unit)) = unit_after(text, end) {
        raw.unit = Some(unit.to_owned());
        raw.end = after;
    }
    Some(raw)
}

/// "twenty-odd", "300-odd", "200-strong", "500-plus" in one token.
fn joined(word: &str) -> Option<(u64, Option<FigureOp>)> {
    let (number, tail) = word.rsplit_once('-')?;
    let op = match tail {
        "odd" => Some(FigureOp::About),
        "plus" => Some(FigureOp::AtLeast),
        "strong" => None,
        _ => return None,
    };
    let value = number.replace(',', "").parse().ok().or_else(|| small(number))?;
    Some((value, op))
}

fn currency_sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "$" | "us$" | "usd" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        "₦" => "NGN",
        "₴" => "UAH",
        "¥" => "JPY",
        _ => return None,
    })
}

/// "percent", "euros" behind a number.
fn unit_after(text: &Text<'_>, at: usize) -> Option<(usize, &'static str)> {
    let unit = match (text.lower(at), text.lower(at + 1)) {
        ("%" | "percent", _) => return Some((at + 1, "percent")),
        ("per", "cent") => return Some((at + 2, "percent")),
        ("u.s." | "us", "dollar" | "dollars") => return Some((at + 2, "USD")),
        ("dollar" | "dollars", _) => "USD",
        ("euro" | "euros", _) => "EUR",
        ("pounds", "sterling") => return Some((at + 2, "GBP")),
        ("afghani" | "afghanis", _) => "AFN",
        ("rupee" | "rupees", _) => "rupees",
        ("naira", _) => "NGN",
        ("rubles" | "roubles", _) => "RUB",
        ("hryvnia" | "hryvnias", _) => "UAH",
        ("pesos", _) => "pesos",
        ("lira" | "liras", _) => "lira",
        ("dinars", _) => "dinars",
        ("francs", _) => "francs",
        ("shekels", _) => "ILS",
        ("rials" | "riyals", _) => "rials",
        _ => return None,
    };
    Some((at + 1, unit))
}

/// "Article 5", "Resolution 1701", "No. 2", "aged 8": a number that counts nothing.
fn is_label(text: &Text<'_>, at: usize) -> bool {
    if at == 0 || text.tokens[at - 1].sentence != text.tokens[at].sentence {
        return false;
    }
    let before = &text.tokens[at - 1];
    matches!(
        before.lower.as_str(),
        "article"
            | "articles"
            | "resolution"
            | "chapter"
            | "section"
            | "page"
            | "no."
            | "no"
            | "number"
            | "aged"
            | "age"
            | "#"
            | "phase"
            | "route"
            | "highway"
            | "unit"
            | "level"
            | "tower"
            | "camp"
            | "gate"
            | "zone"
            | "flight"
            | "act"
            | "part"
            | "volume"
            | "figure"
            | "table"
            | "grade"
            | "tel"
            | "channel"
            | "covid"
            | "room"
            | "apartment"
            | "type"
            | "sector"
            | "vol."
            | "pp."
            | "p."
            | "+"
            | "protocol"
            | "paragraph"
            | "version"
            | "bus"
    ) && !(before.lower == "no" && text.tokens[at].kind == TokenKind::Word)
}

fn is_joint(text: &Text<'_>, at: usize) -> bool {
    matches!(text.lower(at), "-" | "–" | "/" | ":" | "." | "+" | "_" | "@") || text.tokens[at].kind == TokenKind::Word
}

/// "10:30", "3 p.m.", "1800 GMT", "9/11", "24/7".
fn is_clock(text: &Text<'_>, end: usize) -> bool {
    let glued = text.tokens.get(end).is_some_and(|it| it.glued);
    let spelt = matches!(text.lower(end), "a" | "p") && text.lower(end + 1) == "." && text.lower(end + 2) == "m";
    let clock = spelt
        || matches!(text.lower(end), "a.m" | "a.m." | "p.m" | "p.m." | "am" | "pm" | "gmt" | "utc" | "o'clock" | "hrs");
    clock || glued && matches!(text.lower(end), ":" | "/" | "º" | "°" | "@")
}

/// "one of the most", "no one", "one another", "that one", "one can", "one day".
fn is_pronoun_one(text: &Text<'_>, at: usize) -> bool {
    if text.lower(at) != "one" {
        return false;
    }
    let before = if at > text.sentence_of(at).tokens.start { text.lower(at - 1) } else { "" };
    let after = text.lower(at + 1);
    let of_them = after == "of" && matches!(text.lower(at + 2), "them" | "whom");
    matches!(
        before,
        "no" | "any"
            | "every"
            | "some"
            | "each"
            | "this"
            | "that"
            | "which"
            | "the"
            | "other"
            | "day"
            | "number"
            | "as"
    ) || after == "of" && !of_them
        || matches!(
            after,
            "another"
                | "'s"
                | "can"
                | "could"
                | "must"
                | "should"
                | "may"
                | "might"
                | "would"
                | "has"
                | "is"
                | "day"
                | "side"
                | "hand"
                | "thing"
                | "way"
                | "such"
        )
}

/// Adds what stands behind: "or more", "-plus", "+".
fn finish(text: &Text<'_>, operators: &Operators, start: usize, raw: Raw, limit: usize) -> Option<Number> {
    let mut op = raw.op.unwrap_or(FigureOp::Exact);
    let mut end = raw.end;
    let behind = operators.phrases.at(text, end).filter(|(length, (_, bare))| !bare && end + length <= limit);
    if let Some((length, (word, _))) = behind {
        if matches!(
            text.words(end..end + length).to_lowercase().as_str(),
            "or more" | "or so" | "-plus" | "-odd" | "more or less" | "or fewer" | "or less"
        ) {
            op = *word;
            end += length;
        }
    } else if text.lower(end) == "+" && text.tokens[end].glued {
        (op, end) = (FigureOp::AtLeast, end + 1);
    }
    let (low, high) = bounds(op, raw.low, raw.high);
    Some(Number { tokens: start..end, op, low, high, unit: raw.unit })
}

/// Returns the bounds of a number under an operator.
pub fn bounds(op: FigureOp, low: u64, high: u64) -> (Option<u64>, Option<u64>) {
    match op {
        FigureOp::AtLeast => (Some(low), None),
        FigureOp::MoreThan => (Some(low.saturating_add(1)), None),
        FigureOp::Nearly | FigureOp::UpTo => (None, Some(high)),
        FigureOp::Exact | FigureOp::About | FigureOp::Range => (Some(low), Some(high)),
        _ => (Some(low), None),
    }
}

/// "dozens of", "several", "a string of".
fn bare_number(text: &Text<'_>, start: usize, word: usize, mut end: usize, op: FigureOp) -> Option<Number> {
    let first = text.lower(word);
    let low = match op {
        FigureOp::Dozens => Some(24),
        FigureOp::Several => Some(3),
        FigureOp::Series | FigureOp::Multiple => Some(2),
        FigureOp::Hundreds => Some(200),
        FigureOp::Thousands => Some(match (first, text.lower(word + 2)) {
            ("tens", _) => 20_000,
            ("hundreds", _) => 200_000,
            ("millions", _) => 2_000_000,
            _ => 2_000,
        }),
        _ => None,
    };
    // "the most", "most notable", "as many as" and "how many" count nobody.
    let before = if word > text.sentence_of(word).tokens.start { text.lower(word - 1) } else { "" };
    if matches!(op, FigureOp::Most | FigureOp::Many)
        && (matches!(before, "the" | "as" | "how" | "so" | "too" | "a") || before.ends_with("'s"))
        && text.lower(end - 1) != "of"
    {
        return None;
    }
    if text.lower(end) == "of" && text.lower(end - 1) != "of" {
        end += 1;
    }
    Some(Number { tokens: start..end, op, low, high: None, unit: None })
}
