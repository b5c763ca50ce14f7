//! People by two names: "Omar Velik, better known as Abu Omar".
//!
//! In: named persons. Out: one actor for both names, where the text says that they are one.

use super::roll::Roll;

/// Words that tie a name to another name of the same person.
const TIES: &[&[&str]] = &[
    &["known", "as"],
    &["called"],
    &["nicknamed"],
    &["alias"],
    &["aka"],
    &["a.k.a."],
    &["whose", "nom", "de", "guerre", "is"],
    &["whose", "nom", "de", "guerre", "was"],
    &["whose", "real", "name", "is"],
    &["whose", "real", "name", "was"],
    &["born"],
];

/// Words that may stand before them.
const BEFORE: &[&str] =
    &[",", "(", "also", "better", "widely", "commonly", "popularly", "who", "is", "was", "otherwise", "sometimes"];

/// Joins persons that are told to be one.
pub fn join(roll: &mut Roll<'_, '_>) {
    roll.sort();
    let mut pairs = vec![];
    for it in roll.mentions.iter().filter(|it| !it.resolved && roll.list[it.actor].kind == "person") {
        if let Some(other) = other_name(roll, it.tokens.end).filter(|other| *other != it.actor) {
            pairs.push((it.actor, other));
        }
    }
    for (one, other) in pairs {
        // The codebook's actor stays.
        let known = roll.list[other].codebook.is_some() && roll.list[one].codebook.is_none();
        let (from, into) = if known { (one, other) } else { (other, one) };
        roll.join(from, into);
    }
}

/// Returns the person whose name stands behind words that tie it to the name before.
fn other_name(roll: &Roll<'_, '_>, end: usize) -> Option<usize> {
    let text = &roll.ctx.text;
    let sentence = text.tokens.get(end)?.sentence;
    let mut at = end;
    while at < end + 4 && BEFORE.contains(&text.lower(at)) {
        at += 1;
    }
    let tie = TIES.iter().find(|it| text.reads(at, it))?;
    at += tie.len();
    while at < end + 14 && (!text.tokens.get(at)?.capital || roll.owner(at).is_none()) {
        let word = text.lower(at);
        let passes = matches!(
            word,
            "the"
                | "by"
                | "his"
                | "her"
                | "nom"
                | "de"
                | "guerre"
                | "name"
                | "commander"
                | "colonel"
                | "general"
                | "sheikh"
                | "comandante"
        );
        if !passes && text.tokens[at].kind == crate::text::TokenKind::Word {
            return None;
        }
        at += 1;
    }
    let other = roll.owner(at).filter(|_| text.tokens[at].sentence == sentence)?;
    (roll.list[other].kind == "person").then_some(other)
}
