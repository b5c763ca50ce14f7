//! Bounds on numbers: "more than 100", "between 20 and 30", "5k-20k", "at most
//! 100 and at least 20".

use super::words::{self, Word, is, low};
use super::{Found, Shape, number_at};
use std::ops::Range;

/// A stretch of numbers; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lower end and whether it belongs to the stretch.
    pub low: Option<(f64, bool)>,
    /// Upper end and whether it belongs to the stretch.
    pub high: Option<(f64, bool)>,
}

/// Finds the bounds that a text puts on numbers, in order.
pub fn ranges(text: &str) -> Vec<(Range<usize>, Bounds)> {
    let words = words::cut(text);
    let scan = Scan { text, words: &words };
    let mut found: Vec<(Range<usize>, Bounds)> = vec![];
    let mut at = 0;
    while at < words.len() {
        let Some((end, bounds)) = scan.closed(at).or_else(|| scan.bounded(at)) else {
            at += 1;
            continue;
        };
        found.push((at..end, bounds));
        at = end.max(at + 1);
    }
    scan.merge(found)
        .into_iter()
        .map(|(it, bounds)| (words[it.start].bytes.start..words[it.end - 1].bytes.end, bounds))
        .collect()
}

struct Scan<'a> {
    text: &'a str,
    words: &'a [Word],
}

/// A word of comparison.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    More,
    Less,
    Same,
}

impl Scan<'_> {
    /// A number or a rank ("the tenth").
    fn number(&self, at: usize) -> Option<Found> {
        let word = self.words.get(at)?;
        let the = at + usize::from(word.lower == "the");
        if let Some(n) = aver_model::number_words::rank(low(self.words, the)) {
            return Some(Found::new(at..the + 1, n as f64, Shape::Integer));
        }
        if the > at {
            return None;
        }
        // "less than 3000 in 2009": no ratio here.
        let found = number_at(self.text, self.words, at)?;
        let plain = super::literals::literal(self.words, at);
        match plain {
            Some(plain)
                if found.shape == Shape::Fraction
                    && plain.shape == Shape::Integer
                    && is(self.words, plain.words.end, &["in"]) =>
            {
                Some(plain)
            }
            _ => Some(found),
        }
    }

    /// "between A and B", "from A to B", "A-B", "A~B", "A through B".
    fn closed(&self, at: usize) -> Option<(usize, Bounds)> {
        let words = self.words;
        let (start, joints): (usize, &[&str]) = match low(words, at) {
            "between" => (at + 1, &["and"]),
            "from" => (at + 1, &["to", "through", "-"]),
            _ => (at, &["~", "through", "-", "–", "—"]),
        };
        // A dash inside a longer chain of digits is a telephone number.
        let chained = |at: usize| is(words, at, &["-", "/", "+", "–"]);
        if start == at && at > 0 && chained(at - 1) {
            return None;
        }
        let first = self.number(start).filter(|it| it.words.start < it.words.end)?;
        let joint = first.words.end;
        if !joints.contains(&low(words, joint)) {
            return None;
        }
        let last = self.number(joint + 1)?;
        let dashed = start == at && is(words, joint, &["-", "–", "—"]);
        let coded = dashed
            && (chained(last.words.end) && words::glued(words, last.words.end)
                || low(words, last.words.end - 1).starts_with('0'));
        if coded || first.value >= last.value {
            return None;
        }
        Some((last.words.end, Bounds { low: Some((first.value, true)), high: Some((last.value, false)) }))
    }

    /// "more than 100", "<= 30", "at least 20", "500 or more".
    fn bounded(&self, at: usize) -> Option<(usize, Bounds)> {
        if let Some(found) = self.behind(at) {
            return Some(found);
        }
        let (next, side, inclusive) = self.comparison(at)?;
        let found = self.number(next)?;
        let mut end = found.words.end;
        // "less than 5000 or equal", "equal to 5000 or less"
        let mut bounds = bound(side, found.value, inclusive);
        if is(self.words, end, &["or"]) {
            let equal = is(self.words, end + 1, &["equal", "equals"]);
            if side != Side::Same && equal {
                let to = end + 2 + usize::from(is(self.words, end + 2, &["to"]));
                if self.number(to).is_none() {
                    (end, bounds) = (to, bound(side, found.value, true));
                }
            } else if side == Side::Same
                && let Some((stop, other)) = self.side_word(end + 1)
            {
                let than = stop + usize::from(is(self.words, stop, &["than"]));
                if self.number(than).is_none() {
                    (end, bounds) = (than, bound(other, found.value, true));
                }
            }
        }
        Some((end, bounds))
    }

    /// "five hundred or more", "200 or greater than".
    fn behind(&self, at: usize) -> Option<(usize, Bounds)> {
        let found = number_at(self.text, self.words, at)?;
        let end = found.words.end;
        if !is(self.words, end, &["or", "and"]) {
            return None;
        }
        let (stop, side) = self.side_word(end + 1)?;
        let than = stop + usize::from(is(self.words, stop, &["than"]));
        if self.number(than).is_some() || is(self.words, end, &["and"]) && than > stop {
            return None;
        }
        Some((than, bound(side, found.value, true)))
    }

    fn side_word(&self, at: usize) -> Option<(usize, Side)> {
        let side = match low(self.words, at) {
            "more" | "greater" | "larger" | "higher" | "bigger" | "above" | "over" | "upward" | "upwards" => Side::More,
            "less" | "smaller" | "lower" | "fewer" | "below" | "under" | "lesser" => Side::Less,
            _ => return None,
        };
        Some((at + 1, side))
    }

    /// Returns where the number starts, on which side, and whether it is included.
    fn comparison(&self, at: usize) -> Option<(usize, Side, bool)> {
        let words = self.words;
        match (low(words, at), low(words, at + 1)) {
            ("at", "least") => return Some((self.or_equal(at + 2).0, Side::More, true)),
            ("at", "most") | ("up", "to") => return Some((at + 2, Side::Less, true)),
            ("no", word) if is(words, at + 2, &["than"]) => {
                let side = match word {
                    "less" | "fewer" | "lower" | "smaller" => Side::More,
                    "more" | "greater" | "higher" | "larger" => Side::Less,
                    _ => return None,
                };
                return Some((at + 3, side, true));
            }
            (
                "exceed" | "exceeds" | "exceeding" | "exceeded" | "surpass" | "surpasses" | "surpassing" | "surpassed",
                _,
            ) => {
                return Some((at + 1, Side::More, false));
            }
            ("equal" | "equals" | "equaling" | "equalling", next) => {
                let to = at + 1 + usize::from(next == "to");
                // "equal to or less than 30"
                if is(words, to, &["or"])
                    && let Some((stop, side)) = self.side_word(to + 1)
                    && is(words, stop, &["than"])
                {
                    return Some((stop + 1, side, true));
                }
                return Some((to, Side::Same, true));
            }
            (">" | "<", _) => return self.sign(at),
            _ => {}
        }
        let (stop, side) = self.side_word(at)?;
        let (after, inclusive) = self.or_equal(stop);
        let than = after + usize::from(is(words, after, &["than", "to"]));
        let bare = matches!(low(words, at), "over" | "above" | "under" | "below");
        (than > stop || bare).then_some((than, side, inclusive))
    }

    /// "or equal (to|than)", "than or equal to".
    fn or_equal(&self, at: usize) -> (usize, bool) {
        let than = at + usize::from(is(self.words, at, &["than"]) && is(self.words, at + 1, &["or"]));
        if is(self.words, than, &["or"]) && is(self.words, than + 1, &["equal", "equals"]) {
            let end = than + 2 + usize::from(is(self.words, than + 2, &["to", "than"]));
            return (end, true);
        }
        (at, false)
    }

    fn sign(&self, at: usize) -> Option<(usize, Side, bool)> {
        let words = self.words;
        if at > 0 && is(words, at - 1, &["=", "<", ">"]) {
            return None;
        }
        let side = if low(words, at) == ">" { Side::More } else { Side::Less };
        match low(words, at + 1) {
            "=" => Some((at + 2, side, true)),
            "<" | ">" => None,
            _ => Some((at + 1, side, false)),
        }
    }

    /// Joins "more than 10 and less than 20" into one stretch.
    fn merge(&self, found: Vec<(Range<usize>, Bounds)>) -> Vec<(Range<usize>, Bounds)> {
        let mut out: Vec<(Range<usize>, Bounds)> = vec![];
        for (words, bounds) in found {
            let joined = out.last().and_then(|(last, before)| {
                let between = &self.words[last.end..words.start];
                let comma = between.len() == 1 && between[0].lower == ",";
                let linked = between.len() == 1 && matches!(between[0].lower.as_str(), "and" | "but")
                    || between.len() == 2 && matches!(between[1].lower.as_str(), "and" | "but");
                let whole = |it: &Bounds| it.low.is_some() != it.high.is_some();
                let opposite = before.low.is_some() != bounds.low.is_some();
                let inclusive = |it: &Bounds| it.low.or(it.high).is_some_and(|it| it.1);
                let links = linked || comma && inclusive(before) && inclusive(&bounds);
                if !links || !whole(before) || !whole(&bounds) || !opposite {
                    return None;
                }
                let both = Bounds { low: before.low.or(bounds.low), high: before.high.or(bounds.high) };
                let (low, high) = (both.low?.0, both.high?.0);
                (low < high).then_some((last.start..words.end, both))
            });
            match joined {
                Some(it) => {
                    out.pop();
                    out.push(it);
                }
                None => out.push((words, bounds)),
            }
        }
        out
    }
}

fn bound(side: Side, value: f64, inclusive: bool) -> Bounds {
    match side {
        Side::More => Bounds { low: Some((value, inclusive)), high: None },
        Side::Less => Bounds { low: None, high: Some((value, inclusive)) },
        Side::Same => Bounds { low: Some((value, true)), high: Some((value, true)) },
    }
}
