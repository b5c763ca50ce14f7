//! Rows of pieces in, tags, trees and spans out.
//!
//! One sentence a row. The network has two exits, after the third and after the
//! last layer; only what is asked for is computed. Its scales are constants, so
//! a row's result does not depend on what shares the batch.

use crate::engine::{Engine, Input, Roles, Weights, is_graph, top};
use crate::pieces::{FIRST, LAST};
use crate::runs::Labels;
use crate::tree::{self, Scores};
use crate::{Ask, Depth};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Mutex;

/// Pieces of one row, without the two that frame it.
pub(crate) const MOST_PIECES: usize = 254;

/// A model that cannot be used, and why.
#[derive(Debug)]
pub struct ModelError(String);

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the language model cannot be used: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

fn fault(it: impl fmt::Display) -> ModelError {
    ModelError(it.to_string())
}

/// The label sets as the file beside the graph lists them.
#[derive(serde::Deserialize)]
struct LabelFile {
    upos: Vec<String>,
    xpos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    rel: Vec<String>,
    ner: Vec<String>,
    mil: Vec<String>,
    attr: Vec<String>,
    layers: Vec<usize>,
}

/// One sentence, or a part of one, as the graph takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    /// Ids of all pieces.
    pub(crate) pieces: Vec<i32>,
    /// Case class of each piece's word.
    pub(crate) case: Vec<i32>,
    /// Index of each word's first piece.
    pub(crate) firsts: Vec<usize>,
}

/// What the graph says of a row; indices count the row's words. What was not asked for is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RowReading {
    pub(crate) upos: Vec<&'static str>,
    pub(crate) xpos: Vec<&'static str>,
    pub(crate) features: Vec<&'static str>,
    /// How to make the dictionary form from the printed one.
    pub(crate) lemmas: Vec<&'static str>,
    /// Number of the head, from 1; 0 is the root.
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<&'static str>,
    /// Spans of names, mentions, inner mentions and attribution.
    pub(crate) spans: [Vec<(Range<usize>, &'static str)>; 4],
}

impl Ask {
    /// Whether each of the four span outputs is wanted.
    fn spans(self) -> [bool; 4] {
        [self.names, self.mentions, self.mentions, self.parts]
    }
}

/// A network with its labels.
pub(crate) struct Model {
    weights: Weights,
    /// The layers behind which heads stand.
    layers: [usize; 2],
    tags: [Vec<&'static str>; 4],
    relations: Vec<&'static str>,
    runs: [Labels; 4],
}

impl Model {
    /// Finds the weights in the bytes of an ONNX file; they are packed when first used.
    pub(crate) fn new(file: Cow<'static, [u8]>, labels: &str) -> Result<Model, ModelError> {
        if !is_graph(&file) {
            return Err(fault("it is no ONNX file, or is cut short"));
        }
        let labels: LabelFile = serde_json::from_str(labels).map_err(|it| fault(format!("its labels: {it}")))?;
        let &[shallow, deep] = &labels.layers[..] else {
            return Err(fault(format!("two exits are needed, the labels list {:?}", labels.layers)));
        };
        let tags = [lasting(&labels.upos), lasting(&labels.xpos), lasting(&labels.feats), lasting(&labels.lemma)];
        let mil = Labels::new(lasting(&labels.mil));
        let runs = [Labels::new(lasting(&labels.ner)), mil.clone(), mil, Labels::new(lasting(&labels.attr))];
        let columns = tags.iter().map(Vec::len).chain(runs.iter().map(Labels::len)).sum();
        let relations = lasting(&labels.rel);
        let weights = Weights::new(file, &[shallow, deep], columns, relations.len()).map_err(fault)?;
        Ok(Model { weights, layers: [shallow, deep], tags, relations, runs })
    }

    pub(crate) fn layers(&self, depth: Depth) -> usize {
        self.layers[usize::from(depth == Depth::Deep)]
    }

    /// Reads rows that share one pass; the answer has the order of the rows.
    pub(crate) fn read(&self, rows: &[&Row], depth: Depth, ask: Ask) -> Vec<RowReading> {
        let inputs: Vec<Input> = rows.iter().map(|it| it.framed()).collect();
        alone(|| {
            let engine = Engine::new(&self.weights);
            let exit = usize::from(depth == Depth::Deep);
            let states = engine.states(&inputs, self.layers(depth));
            let scores = engine.tags(exit, &states);
            let roles = ask.trees.then(|| engine.roles(exit, &states));
            let decode = |words: &Range<usize>| self.decode(&engine, exit, words.clone(), &scores, roles.as_ref(), ask);
            states.sentences.iter().map(decode).collect()
        })
    }

    fn decode(
        &self,
        engine: &Engine<'_>,
        exit: usize,
        words: Range<usize>,
        scores: &[f32],
        roles: Option<&Roles>,
        ask: Ask,
    ) -> RowReading {
        let columns = self.tags.iter().map(Vec::len).chain(self.runs.iter().map(Labels::len));
        let starts: Vec<usize> = columns.clone().scan(0, |sum, it| Some(std::mem::replace(sum, *sum + it))).collect();
        let width: usize = columns.sum();
        let row = |word: usize| &scores[(words.start + word) * width..][..width];
        let mut reading = RowReading::default();
        for (set, labels) in self.runs.iter().enumerate().filter(|(set, _)| ask.spans()[*set]) {
            let run = labels.best(words.len(), |word, label| row(word)[starts[4 + set] + label]);
            reading.spans[set] = labels.spans(&run);
        }
        let Some(roles) = roles else { return reading };
        let tag = |set: usize| -> Vec<&'static str> {
            let names = &self.tags[set];
            (0..words.len()).map(|word| names[top(&row(word)[starts[set]..][..names.len()])]).collect()
        };
        [reading.upos, reading.xpos, reading.features, reading.lemmas] = [tag(0), tag(1), tag(2), tag(3)];
        let arcs = engine.arcs(exit, roles, words.clone());
        let side = words.len() + 1;
        reading.heads = tree::heads(&Scores::new(words.len(), |word, head| arcs[word * side + head]));
        let relations = engine.relations(exit, roles, words, &reading.heads);
        reading.relations = relations.into_iter().map(|it| self.relations[it]).collect();
        reading
    }
}

impl Row {
    /// Pieces, cases and first pieces of words with the two pieces that frame a sentence.
    fn framed(&self) -> Input {
        let frame = |first: i32, inside: &[i32], last: i32| [&[first], inside, &[last]].concat();
        let words = self.firsts.iter().map(|it| it + 1).collect();
        Input { pieces: frame(FIRST, &self.pieces, LAST), cases: frame(0, &self.case, 0), words }
    }
}

/// Label names that live as long as the program; a name is kept once however many models are loaded.
fn lasting(names: &[String]) -> Vec<&'static str> {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(|it| it.into_inner());
    names
        .iter()
        .map(|name| match kept.get(name.as_str()) {
            Some(it) => *it,
            None => {
                let it: &'static str = Box::leak(name.clone().into_boxed_str());
                kept.insert(it);
                it
            }
        })
        .collect()
}

/// Runs something where no kernel splits its work: documents run side by side, a document never splits.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread_local! {
        static OWN: OnceCell<Option<rayon::ThreadPool>> = const { OnceCell::new() };
    }
    OWN.with(|it| match it.get_or_init(|| rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()) {
        Some(pool) => pool.install(work),
        None => work(),
    })
}
