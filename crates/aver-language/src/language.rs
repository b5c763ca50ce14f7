//! The model and its vocabulary: reads whole texts, or chosen sentences of one.
//!
//! Sentences go through the network a batch at a time, those that come again once. One that
//! is longer than the network's row is cut at clause punctuation; the trees of its
//! pieces hang on the root of the first.

use crate::analysis::{Analysis, Layer, Name, Note, Part, Role, Word, cut, cut_wanted};
use crate::is_english;
use crate::lemmas::repaired;
use crate::model::{MOST_PIECES, Model, ModelError, Row, RowReading};
use crate::pieces::{Vocabulary, case_class};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// How many layers read a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// The first exit: about twice as fast, a little less exact.
    Shallow,
    /// All layers.
    #[default]
    Deep,
}

/// Which answers are wanted of a sentence; what nobody asks for is not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ask {
    /// Tags, dictionary forms and the tree.
    pub trees: bool,
    /// Names of the eighteen OntoNotes kinds.
    pub names: bool,
    /// Mentions of the conflict kinds, outer and inner.
    pub mentions: bool,
    /// Spans of attribution.
    pub parts: bool,
}

impl Ask {
    /// Everything.
    pub const ALL: Ask = Ask { trees: true, names: true, mentions: true, parts: true };
    /// Nothing.
    pub const NONE: Ask = Ask { trees: false, names: false, mentions: false, parts: false };
}

/// Words of one text that the model reads at most; keeps time and memory bounded.
const MOST_WORDS: usize = 100_000;
/// Words of one sentence at most: what is longer is a list or a table, and no tree.
const MOST_OF_SENTENCE: usize = 1_000;
/// Pieces of one batch: enough to use the processor well, few enough to stay in its cache.
const MOST_TOGETHER: usize = 256;

/// A language model, ready to read.
pub struct Language {
    model: Model,
    vocabulary: Vocabulary,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Language")
    }
}

/// A part of a sentence that fits into a row.
struct Window {
    sentence: usize,
    ask: Ask,
    /// In the analysis' words.
    words: Range<usize>,
    row: Row,
}

impl Language {
    /// Loads a model: an ONNX graph, its labels as JSON, its vocabulary with a piece a line.
    ///
    /// # Errors
    /// When the graph cannot be read, lacks an output, or does not fit the labels.
    pub fn from_bytes(graph: Vec<u8>, labels: &str, vocabulary: &str) -> Result<Language, ModelError> {
        Ok(Language { model: Model::new(graph.into(), labels)?, vocabulary: Vocabulary::new(vocabulary) })
    }

    /// Loads a model whose graph lives as long as the program, without copying it.
    ///
    /// # Errors
    /// As [`Language::from_bytes`].
    pub fn from_static(graph: &'static [u8], labels: &str, vocabulary: &str) -> Result<Language, ModelError> {
        Ok(Language { model: Model::new(graph.into(), labels)?, vocabulary: Vocabulary::new(vocabulary) })
    }

    /// The hash of the graph that the program carries, as `models/aver-en.sha256` records it.
    #[cfg(feature = "embedded-model")]
    pub const EMBEDDED_SHA256: &'static str = include_str!("../../../models/aver-en.sha256").split_at(64).0;

    /// Loads the model that the program carries.
    #[cfg(feature = "embedded-model")]
    pub fn embedded() -> Language {
        let graph = include_bytes!("../../../models/aver-en.onnx");
        let labels = include_str!("../../../models/labels.json");
        let vocabulary = include_str!("../../../models/vocab.txt");
        Language::from_static(graph, labels, vocabulary).expect("the shipped model fits its labels, a test loads it")
    }

    /// Returns how many layers a depth computes.
    pub fn layers(&self, depth: Depth) -> usize {
        self.model.layers(depth)
    }

    /// Reads a whole text; every line break ends a sentence.
    pub fn analyse(&self, text: &str, depth: Depth) -> Analysis {
        let mut analysis = cut(text);
        self.read(text, &mut analysis, |_| Ask::ALL, depth);
        analysis
    }

    /// Reads many texts, one thread a text; the answer has the order of the texts.
    pub fn analyse_all(&self, texts: &[&str], depth: Depth) -> Vec<Analysis> {
        texts.par_iter().map(|it| self.analyse(it, depth)).collect()
    }

    /// Reads given sentences, of each what `ask` says; one of which nothing is asked stays without words.
    pub fn analyse_sentences(
        &self,
        text: &str,
        sentences: &[Range<usize>],
        ask: impl Fn(usize) -> Ask,
        depth: Depth,
    ) -> Analysis {
        let mut analysis = cut_wanted(text, sentences, |it| ask(it) != Ask::NONE, MOST_WORDS);
        self.read(text, &mut analysis, ask, depth);
        analysis
    }

    fn read(&self, text: &str, analysis: &mut Analysis, ask: impl Fn(usize) -> Ask, depth: Depth) {
        if analysis.words.is_empty() {
            return;
        }
        if !is_english(text) {
            analysis.notes.push(Note::OtherLanguage);
            return;
        }
        let mut order: Vec<usize> = (0..analysis.sentences.len()).filter(|&it| ask(it) != Ask::NONE).collect();
        let beyond = order.iter().position(|&it| analysis.sentences[it].words.end > MOST_WORDS);
        if let Some(at) = beyond {
            order.truncate(at);
            analysis.notes.push(Note::LongText(MOST_WORDS));
        }
        let mut windows: Vec<Window> = vec![];
        for sentence in order {
            if analysis.sentences[sentence].words.len() > MOST_OF_SENTENCE {
                analysis.notes.push(Note::EndlessSentence(sentence));
                continue;
            }
            let before = windows.len();
            self.windows(text, analysis, sentence, ask(sentence), &mut windows);
            if windows.len() > before + 1 {
                analysis.notes.push(Note::LongSentence(sentence));
            }
        }
        // Equal rows read equal, whatever is beside them: one is read for all.
        let mut first_of: HashMap<(&Row, Ask), usize> = HashMap::with_capacity(windows.len());
        let same: Vec<usize> =
            windows.iter().enumerate().map(|(at, it)| *first_of.entry((&it.row, it.ask)).or_insert(at)).collect();
        let mut order: Vec<usize> = (0..windows.len()).filter(|&it| same[it] == it).collect();
        order.sort_by_key(|&it| windows[it].ask);
        let mut readings: Vec<Option<RowReading>> = vec![None; windows.len()];
        for batch in batches(&windows, &order) {
            let rows: Vec<&Row> = batch.iter().map(|&it| &windows[it].row).collect();
            let read = self.model.read(&rows, depth, windows[batch[0]].ask);
            batch.iter().zip(read).for_each(|(&at, it)| readings[at] = Some(it));
        }
        fill(text, analysis, &windows, &self.vocabulary, |it| readings[same[it]].as_ref());
    }

    /// Cuts a sentence into rows.
    fn windows(&self, text: &str, analysis: &Analysis, sentence: usize, ask: Ask, out: &mut Vec<Window>) {
        let words = analysis.sentences[sentence].words.clone();
        let mut pieces = vec![];
        let mut ends = vec![];
        for word in &analysis.words[words.clone()] {
            self.vocabulary.pieces(&text[word.bytes.clone()], &mut pieces);
            ends.push(pieces.len());
        }
        let mut from = 0;
        while from < ends.len() {
            let base = if from == 0 { 0 } else { ends[from - 1] };
            let fits = ends[from..].partition_point(|&end| end - base <= MOST_PIECES).max(1);
            let mut to = from + fits;
            if to < ends.len() {
                to = pause(text, &analysis.words[words.clone()], from, to);
            }
            let mut row = Row::default();
            for at in from..to {
                let start = if at == 0 { 0 } else { ends[at - 1] };
                row.firsts.push(row.pieces.len());
                row.pieces.extend(&pieces[start..ends[at]]);
                let case = case_class(&text[analysis.words[words.start + at].bytes.clone()]);
                row.case.resize(row.pieces.len(), case);
            }
            out.push(Window { sentence, ask, words: words.start + from..words.start + to, row });
            from = to;
        }
    }
}

/// Returns where to cut between `from` and `to`: behind the last clause punctuation of the second half, else at `to`.
fn pause(text: &str, words: &[Word], from: usize, to: usize) -> usize {
    let half = from + (to - from) / 2;
    let ends = |marks: &[&str]| (half..to).rev().find(|&it| marks.contains(&&text[words[it].bytes.clone()]));
    ends(&[";", ":", "—", "--"]).or_else(|| ends(&[","])).map_or(to, |it| it + 1)
}

/// Groups windows that are asked the same into batches of bounded size.
fn batches(windows: &[Window], order: &[usize]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = vec![];
    let (mut rows, mut pieces) = (vec![], 0);
    for &at in order {
        let more = windows[at].row.pieces.len() + 2;
        let other = rows.last().is_some_and(|&it: &usize| windows[it].ask != windows[at].ask);
        if (other || pieces + more > MOST_TOGETHER) && !rows.is_empty() {
            out.push(std::mem::take(&mut rows));
            pieces = 0;
        }
        pieces += more;
        rows.push(at);
    }
    if !rows.is_empty() {
        out.push(rows);
    }
    out
}

/// Writes what the graph says of each window into the analysis.
fn fill<'r>(
    text: &str,
    analysis: &mut Analysis,
    windows: &[Window],
    vocabulary: &Vocabulary,
    reading_of: impl Fn(usize) -> Option<&'r RowReading>,
) {
    let mut root: Option<(usize, usize)> = None;
    for (number, window) in windows.iter().enumerate() {
        let Some(reading) = reading_of(number) else { continue };
        analysis.sentences[window.sentence].read = true;
        let start = window.words.start;
        for (at, word) in analysis.words[window.words.clone()].iter_mut().enumerate() {
            // Nobody asked for trees.
            if reading.upos.is_empty() {
                break;
            }
            word.upos = reading.upos[at];
            word.xpos = reading.xpos[at];
            word.features = if reading.features[at] == "_" { "" } else { reading.features[at] };
            let form = &text[word.bytes.clone()];
            word.lemma = repaired(form, word.xpos, lemma(form, reading.lemmas[at]), |it| vocabulary.knows(it));
            word.head = reading.heads[at].checked_sub(1).map(|it| start + it);
            word.relation = reading.relations[at];
            if word.head.is_none() {
                match root {
                    Some((sentence, first)) if sentence == window.sentence => {
                        word.head = Some(first);
                        word.relation = "parataxis";
                    }
                    _ => {
                        root = Some((window.sentence, start + at));
                        word.relation = "root";
                    }
                }
            }
        }
        let place = |words: &Range<usize>| start + words.start..start + words.end;
        for (layer, spans) in [Layer::Name, Layer::Mention, Layer::Inner].into_iter().zip(&reading.spans) {
            analysis.names.extend(spans.iter().map(|(words, kind)| Name { words: place(words), kind, layer }));
        }
        analysis.parts.extend(reading.spans[3].iter().filter_map(|(words, kind)| {
            let role = match *kind {
                "S" => Role::Source,
                "C" => Role::Cue,
                "X" => Role::Content,
                _ => return None,
            };
            Some(Part { words: place(words), role })
        }));
    }
    analysis.names.sort_by_key(|it| (it.words.start, std::cmp::Reverse(it.words.end), it.layer, it.kind));
    analysis.parts.sort_by_key(|it| (it.words.start, it.words.end));
}

/// Makes the dictionary form: "L2e" lower-cases, drops two characters and adds "e"; "K0" keeps the form.
fn lemma(form: &str, script: &str) -> String {
    let (lower, rest) = match script.as_bytes().first() {
        Some(b'K') => (false, &script[1..]),
        Some(b'L') => (true, &script[1..]),
        _ => return form.to_lowercase(),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let drop: usize = rest[..digits].parse().unwrap_or(0);
    let base = if lower { form.to_lowercase() } else { form.to_owned() };
    let count = base.chars().count();
    if drop > count {
        return form.to_lowercase();
    }
    let mut out: String = base.chars().take(count - drop).collect();
    out.push_str(&rest[digits..]);
    out
}

#[cfg(all(test, feature = "embedded-model"))]
mod tests;
