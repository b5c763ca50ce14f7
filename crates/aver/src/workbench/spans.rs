//! Text cut at every border of overlapping spans, so that each piece can be lit alone.
//!
//! In: a text and layers of spans with ids. Out: paragraphs of [`Piece`]s; a piece
//! carries the ids and kinds of all spans over it. HTML cannot nest marks that
//! cross; pieces side by side can carry any number.

use aver_model::{Offsets, Span};

/// A span to be lit.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Where.
    pub span: Span,
    /// The lane: `content`, `speaker`, `cue`, `event`, `figure` …; one style each.
    pub kind: &'static str,
    /// What it belongs to; the other side of the page carries the same id.
    pub id: String,
}

/// Text between two borders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Kinds of the spans over it, without doubles, in the order of the layers; empty for plain text.
    pub kinds: String,
    /// Their ids.
    pub ids: String,
    /// Ids of spans that begin here, for addresses.
    pub begins: Vec<String>,
    /// Where it begins, in code points.
    pub start: usize,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Number from 1, as people cite it.
    pub number: usize,
    /// Where it stands.
    pub span: Span,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// Returns the lines of a text that are not empty, as spans.
pub fn lines(text: &str) -> Vec<Span> {
    let mut lines = vec![];
    let mut start = 0;
    for line in text.split('\n') {
        let length = line.chars().count();
        if !line.trim().is_empty() {
            lines.push(Span::new(start, start + length));
        }
        start += length + 1;
    }
    lines
}

/// Cuts the whole text; `keep` says which lines are wanted.
pub fn paragraphs(text: &str, layers: &[Layer], keep: impl Fn(Span) -> bool) -> Vec<Paragraph> {
    let offsets = Offsets::new(text);
    lines(text)
        .into_iter()
        .enumerate()
        .filter(|(_, span)| keep(*span))
        .map(|(at, span)| Paragraph { number: at + 1, span, pieces: pieces(text, &offsets, span, layers) })
        .collect()
}

fn pieces(text: &str, offsets: &Offsets, line: Span, layers: &[Layer]) -> Vec<Piece> {
    let over: Vec<&Layer> = layers.iter().filter(|it| it.span.overlaps(line)).collect();
    let mut borders: Vec<usize> = over.iter().flat_map(|it| [it.span.start, it.span.end]).collect();
    borders.extend([line.start, line.end]);
    borders.retain(|it| (line.start..=line.end).contains(it));
    borders.sort_unstable();
    borders.dedup();
    let piece = |pair: &[usize]| {
        let span = Span::new(pair[0], pair[1]);
        let here: Vec<&&Layer> = over.iter().filter(|it| it.span.contains(span)).collect();
        let begins = here.iter().filter(|it| it.span.start == span.start).map(|it| it.id.clone()).collect();
        Piece {
            text: offsets.quote(text, span).to_owned(),
            kinds: joined(here.iter().map(|it| it.kind)),
            ids: joined(here.iter().map(|it| it.id.as_str())),
            begins,
            start: span.start,
        }
    };
    borders.windows(2).map(piece).collect()
}

fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut out: Vec<&str> = vec![];
    for it in words {
        if !out.contains(&it) {
            out.push(it);
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(start: usize, end: usize, kind: &'static str, id: &str) -> Layer {
        Layer { span: Span::new(start, end), kind, id: id.into() }
    }

    #[test]
    fn crossing_spans_become_pieces_that_carry_both() {
        let text = "He said “é” fell.\n\nNext.";
        let layers = [layer(0, 7, "cue", "s1"), layer(3, 11, "content", "s1"), layer(3, 11, "content", "s2")];
        let lines = paragraphs(text, &layers, |_| true);
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[1].number, lines[1].span), (2, Span::new(19, 24)));
        let shown: Vec<_> =
            lines[0].pieces.iter().map(|it| (it.text.as_str(), it.kinds.as_str(), it.ids.as_str())).collect();
        assert_eq!(
            shown,
            [("He ", "cue", "s1"), ("said", "cue content", "s1 s2"), (" “é”", "content", "s1 s2"), (" fell.", "", "")]
        );
        assert_eq!(lines[0].pieces[1].begins, ["s1", "s2"]);
        let whole: String = lines[0].pieces.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(whole, "He said “é” fell.");
    }
}
