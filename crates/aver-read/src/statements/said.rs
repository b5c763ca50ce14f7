//! When a statement was made: the time next to its cue, not the time inside its content.

use super::draft::{Draft, Who};
use crate::{Context, Found, text::Sentence};
use aver_model::{Said, Time};

/// Returns when a draft was said, if its sentence tells.
pub fn said(ctx: &Context<'_>, sentence: &Sentence, draft: &Draft, times: &[Found<Time>]) -> Said {
    let content = draft.content_tokens();
    let first = times.partition_point(|it| it.tokens.end <= sentence.tokens.start);
    let anchor = match (&draft.who, draft.cue.is_empty()) {
        (_, true) => return Said { start: None, end: None },
        (Who::Words(words), _) => words.start.min(draft.cue.start)..words.end.max(draft.cue.end),
        _ => draft.cue.clone(),
    };
    let near = times[first..].iter().take_while(|it| it.tokens.start < sentence.tokens.end).filter(|it| {
        let inside = draft.content.iter().any(|piece| piece.start < it.tokens.end && it.tokens.start < piece.end);
        let before_content = it.tokens.end <= content.start && content.end <= anchor.start;
        let (low, high) = (it.tokens.end.min(anchor.end), it.tokens.start.max(anchor.start));
        let parted = (low..high).any(|at| matches!(ctx.text.lower(at), ";" | "while" | "but" | "whereas"));
        let far = parted || it.tokens.start > anchor.end + 15 || it.tokens.end + 15 < anchor.start;
        !inside && !before_content && !far
    });
    // A span of time ("past decade") is no moment of speech.
    near.min_by_key(|it| it.tokens.start.abs_diff(anchor.end))
        .filter(|it| it.record.kind.as_deref() != Some("duration"))
        .map_or(Said { start: None, end: None }, |it| Said { start: it.record.start, end: it.record.end })
}
