//! Why a statement has its speaker, cue, content, stance and date.

use super::{Ground, Reason, days};
use aver_model::{CueClass, Directness, Stance, Statement};

/// The reasons behind a statement.
pub fn explain(ground: &Ground<'_>, it: &Statement) -> Vec<Reason> {
    let mut out = vec![speaker(ground, it)];
    let (cue, own) = cue(ground, it);
    out.push(cue);
    out.push(stance(it, own));
    let pieces = if it.content.spans.is_empty() { vec![it.content.span] } else { it.content.spans.clone() };
    for piece in pieces {
        let rule = match it.directness {
            Directness::Direct => "the words inside the quotation marks",
            Directness::Mixed => "what the cue takes, part of it inside quotation marks",
            Directness::Indirect => "what the cue takes, to the end of its clause",
        };
        out.push(Reason::new("content", it.kind.as_str(), rule, Some(piece)));
    }
    out.push(said(ground, it));
    out.push(Reason::new("chain", it.chain.join(" ← "), "from the outlet inward: who passes on whose words", None));
    if it.distancing {
        out.push(Reason::new(
            "distancing",
            "yes",
            "the outlet keeps its distance by this cue",
            it.cue.as_ref().map(|it| it.span),
        ));
    }
    if it.self_report {
        out.push(Reason::new("self_report", "yes", "the speaker tells of its own side's acts", None));
    }
    if !it.about.is_empty() {
        out.push(Reason::new("about", it.about.join(", "), "records that stand inside the content", None));
    }
    out
}

fn speaker(ground: &Ground<'_>, it: &Statement) -> Reason {
    let Some(span) = it.speaker.span else {
        return Reason::new(
            "speaker",
            &it.speaker.name,
            "no words name one here: whoever spoke last goes on, or nobody is named",
            None,
        );
    };
    let words = ground.quote(span);
    let actor = it.speaker.actor.as_deref();
    let known = actor.map_or("no actor of the ledger".to_owned(), |id| ground.known(id));
    let by = if crate::phrase::words::is_subject_pronoun(&words.to_lowercase()) {
        format!("the pronoun “{words}” goes back to the last that fits; {known}")
    } else {
        known
    };
    let by = if it.speaker.anonymous { format!("{by}; the words keep the name back") } else { by };
    Reason::new("speaker", &it.speaker.name, by, Some(span))
}

/// The cue's reason, and the stance that the cue alone would carry.
fn cue(ground: &Ground<'_>, it: &Statement) -> (Reason, Option<Stance>) {
    let Some(cue) = &it.cue else {
        return (Reason::new("cue", "none", "a quotation that goes on after the cue of an earlier one", None), None);
    };
    let tokens = ground.tokens(cue.span);
    let hit = tokens
        .flat_map(|at| ground.index.cues.at(&ground.text, at).map(|hit| (hit.len, hit.cue)).collect::<Vec<_>>())
        .filter(|(_, entry)| entry.class == cue.class || cue.class == CueClass::Headline)
        .max_by_key(|(len, entry)| (*len, entry.stance == it.stance));
    let value = ground.quote(cue.span);
    let class = cue.class.as_str();
    match hit {
        Some((_, entry)) => {
            let rule = format!("a {class} cue: `{}` in stances/{}.md", entry.written, entry.stance.as_str());
            (Reason::new("cue", value, rule, Some(cue.span)), Some(entry.stance))
        }
        None => (
            Reason::new(
                "cue",
                value,
                format!("a {class} cue by its form; no single entry of the codebook"),
                Some(cue.span),
            ),
            None,
        ),
    }
}

fn stance(it: &Statement, own: Option<Stance>) -> Reason {
    let rule = match own {
        Some(own) if own == it.stance => "the stance of the cue".to_owned(),
        Some(own) => {
            format!("the cue alone is `{}`; a negation, the content or the speaker's part in it turns it", own.as_str())
        }
        None => "from the words around, without a cue of the codebook".to_owned(),
    };
    Reason::new("stance", it.stance.as_str(), rule, it.cue.as_ref().map(|it| it.span))
}

fn said(ground: &Ground<'_>, it: &Statement) -> Reason {
    let value = days(it.said.start, it.said.end);
    let tokens = ground.tokens(it.span);
    let sentence = ground.text.tokens.get(tokens.start).map(|_| ground.text.sentence_of(tokens.start).tokens.clone());
    let beside = ground.reading.times.iter().find(|time| {
        let at = ground.tokens(time.span).start;
        (time.start, time.end) == (it.said.start, it.said.end) && sentence.as_ref().is_some_and(|it| it.contains(&at))
    });
    let published = &ground.reading.document.published;
    match beside {
        Some(time) => Reason::new("said", value, format!("the date beside the cue, {}", time.id), Some(time.span)),
        None if it.said.start.is_none() && it.said.end.is_none() => {
            Reason::new("said", value, "no date is given", None)
        }
        None if (it.said.start, it.said.end) == (published.start, published.end) => {
            Reason::new("said", value, "no date beside it: the publication date", None)
        }
        None => Reason::new("said", value, "the date of the sentence or statement before", None),
    }
}
