//! Runs the graph: rows of pieces in, tags, trees and spans out.
//!
//! One sentence a row. The graph has two exits, after the third and after the
//! last layer; only what is asked for is computed. Its scales are constants, so
//! a row's result does not depend on what shares the batch.

use crate::pieces::{FIRST, LAST};
use crate::runs::Labels;
use crate::tree::{self, Scores};
use crate::{Ask, Depth};
use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex};

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

/// The outputs of one exit.
struct Exit {
    layers: usize,
    tags: [NodeId; 4],
    arc: NodeId,
    relation: NodeId,
    spans: [NodeId; 4],
}

impl Ask {
    /// Whether each of the four span outputs is wanted.
    fn spans(self) -> [bool; 4] {
        [self.names, self.mentions, self.mentions, self.parts]
    }
}

/// A loaded graph with its labels.
pub(crate) struct Model {
    graph: rten::Model,
    inputs: [NodeId; 4],
    exits: [Exit; 2],
    tags: [Vec<&'static str>; 4],
    relations: Vec<&'static str>,
    runs: [Labels; 4],
}

impl Model {
    /// Loads a graph that lives as long as the program.
    pub(crate) fn from_static(graph: &'static [u8], labels: &str) -> Result<Model, ModelError> {
        Model::new(ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(graph), labels)
    }

    /// Loads a graph from bytes.
    pub(crate) fn from_bytes(graph: Vec<u8>, labels: &str) -> Result<Model, ModelError> {
        Model::new(ModelOptions::with_all_ops().prepack_weights(true).load(graph), labels)
    }

    fn new(graph: Result<rten::Model, rten::LoadError>, labels: &str) -> Result<Model, ModelError> {
        let graph = graph.map_err(fault)?;
        let labels: LabelFile = serde_json::from_str(labels).map_err(|it| fault(format!("its labels: {it}")))?;
        let &[shallow, deep] = &labels.layers[..] else {
            return Err(fault(format!("two exits are needed, the labels list {:?}", labels.layers)));
        };
        let node = |name: &str| graph.node_id(name).map_err(|_| fault(format!("the graph has no `{name}`")));
        let inputs = [node("ids")?, node("mask")?, node("case")?, node("pos")?];
        let exit = |layer: usize| -> Result<Exit, ModelError> {
            let at = |name: &str| node(&format!("{name}{layer}"));
            Ok(Exit {
                layers: layer,
                tags: [at("upos")?, at("xpos")?, at("feats")?, at("lemma")?],
                arc: at("arc")?,
                relation: at("rel")?,
                spans: [at("ner")?, at("mil")?, at("milin")?, at("attr")?],
            })
        };
        let exits = [exit(shallow)?, exit(deep)?];
        let mil = Labels::new(lasting(&labels.mil));
        Ok(Model {
            inputs,
            exits,
            tags: [lasting(&labels.upos), lasting(&labels.xpos), lasting(&labels.feats), lasting(&labels.lemma)],
            relations: lasting(&labels.rel),
            runs: [Labels::new(lasting(&labels.ner)), mil.clone(), mil, Labels::new(lasting(&labels.attr))],
            graph,
        })
    }

    pub(crate) fn layers(&self, depth: Depth) -> usize {
        self.exit(depth).layers
    }

    fn exit(&self, depth: Depth) -> &Exit {
        &self.exits[usize::from(depth == Depth::Deep)]
    }

    /// Reads rows that share one pass; the answer has the order of the rows.
    pub(crate) fn read(&self, rows: &[&Row], depth: Depth, ask: Ask) -> Result<Vec<RowReading>, ModelError> {
        let width = rows.iter().map(|it| it.pieces.len()).max().unwrap_or(0) + 2;
        let words = rows.iter().map(|it| it.firsts.len()).max().unwrap_or(0);
        if words == 0 {
            return Ok(vec![]);
        }
        let n = rows.len();
        let (mut ids, mut case) = (vec![0; n * width], vec![0; n * width]);
        let (mut mask, mut firsts) = (vec![0.0; n * width], vec![0; n * words]);
        for (at, row) in rows.iter().enumerate() {
            let (start, len) = (at * width, row.pieces.len());
            ids[start] = FIRST;
            ids[start + 1..start + 1 + len].copy_from_slice(&row.pieces);
            ids[start + 1 + len] = LAST;
            case[start + 1..start + 1 + len].copy_from_slice(&row.case);
            mask[start..start + len + 2].fill(1.0f32);
            for (slot, first) in firsts[at * words..].iter_mut().zip(&row.firsts) {
                *slot = i32::try_from(start + 1 + first).map_err(fault)?;
            }
        }
        let exit = self.exit(depth);
        let mut outputs: Vec<NodeId> = vec![];
        if ask.trees {
            outputs.extend(exit.tags.iter().chain([&exit.arc, &exit.relation]));
        }
        outputs.extend(exit.spans.iter().zip(ask.spans()).filter_map(|(it, wanted)| wanted.then_some(*it)));
        let inputs = vec![
            (self.inputs[0], NdTensorView::from_data([n, width], ids.as_slice()).into()),
            (self.inputs[1], NdTensorView::from_data([n, width], mask.as_slice()).into()),
            (self.inputs[2], NdTensorView::from_data([n, width], case.as_slice()).into()),
            (self.inputs[3], NdTensorView::from_data([n, words], firsts.as_slice()).into()),
        ];
        let options = RunOptions::default().with_thread_pool(Some(own_thread()));
        let values = self.graph.run(inputs, &outputs, Some(options)).map_err(fault)?;
        self.decode(rows, values, ask)
    }

    fn decode(&self, rows: &[&Row], values: Vec<Value>, ask: Ask) -> Result<Vec<RowReading>, ModelError> {
        let mut values = values.into_iter();
        let mut next = || values.next().ok_or_else(|| fault("the graph gave too few outputs"));
        let trees = if ask.trees {
            let mut tag = || -> Result<NdTensor<i32, 2>, ModelError> {
                next()?.try_into().map_err(|_| fault("a tag output has an odd shape"))
            };
            let tags = [tag()?, tag()?, tag()?, tag()?];
            let arcs: NdTensor<f32, 3> = next()?.try_into().map_err(|_| fault("`arc` has an odd shape"))?;
            let relations: NdTensor<i32, 3> = next()?.try_into().map_err(|_| fault("`rel` has an odd shape"))?;
            Some((tags, arcs, relations))
        } else {
            None
        };
        let mut spans: [Option<NdTensor<f32, 3>>; 4] = Default::default();
        for (set, slot) in spans.iter_mut().enumerate().filter(|(set, _)| ask.spans()[*set]) {
            let scores: NdTensor<f32, 3> = next()?.try_into().map_err(|_| fault("a span output has an odd shape"))?;
            if scores.size(2) != self.runs[set].len() {
                return Err(fault("the graph and its labels differ in number"));
            }
            *slot = Some(scores);
        }
        let read = |(at, row): (usize, &&Row)| {
            let n = row.firsts.len();
            let spans = [0, 1, 2, 3].map(|set| {
                let Some(scores) = &spans[set] else { return vec![] };
                let run = self.runs[set].best(n, |word, label| scores[[at, word, label]]);
                self.runs[set].spans(&run)
            });
            let Some((tags, arcs, relations)) = &trees else { return RowReading { spans, ..RowReading::default() } };
            let tag = |set: usize| -> Vec<&'static str> {
                (0..n).map(|word| label(&self.tags[set], tags[set][[at, word]])).collect()
            };
            let heads = tree::heads(&Scores::new(n, |word, head| arcs[[at, word, head]]));
            let relations = heads
                .iter()
                .enumerate()
                .map(|(word, &head)| label(&self.relations, relations[[at, word, head]]))
                .collect();
            let [upos, xpos, features, lemmas] = [tag(0), tag(1), tag(2), tag(3)];
            RowReading { upos, xpos, features, lemmas, heads, relations, spans }
        };
        Ok(rows.iter().enumerate().map(read).collect())
    }
}

fn label(names: &[&'static str], index: i32) -> &'static str {
    usize::try_from(index).ok().and_then(|it| names.get(it).copied()).unwrap_or("")
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

/// One helper thread for each calling thread: documents run side by side, a document never splits.
fn own_thread() -> Arc<ThreadPool> {
    thread_local! {
        static OWN: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
    }
    OWN.with(|it| it.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1))).clone())
}
