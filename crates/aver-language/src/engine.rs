//! Runs the network: sentences laid end to end in, scores of their words out.
//!
//! Products go through the kernels of `rten-gemm`, a whole batch of pieces at a
//! time and without padding; integer products are exact, everything else works on
//! one row or one sentence. So a sentence's scores do not depend on what shares its
//! batch, bit for bit.

mod graph;
mod rows;
mod weights;

use rows::{AddNorm, Attend, Bent, Normalise, Quantise, Relations, Scale, Scaled};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, QuantParams};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use std::ops::Range;
pub(crate) use weights::Weights;
use weights::{Heads, Linear};

/// Says whether bytes are a whole ONNX file.
pub(crate) fn is_graph(file: &[u8]) -> bool {
    graph::Graph::read(file).is_some()
}

/// Words whose relations are worked out at once: each takes a row of thousands of numbers.
const WORDS_AT_ONCE: usize = 16;

/// A sentence as the network takes it.
pub(crate) struct Input {
    /// Ids of its pieces, those that frame it included.
    pub(crate) pieces: Vec<i32>,
    /// Case class of each piece.
    pub(crate) cases: Vec<i32>,
    /// The first piece of each word.
    pub(crate) words: Vec<usize>,
}

/// The state of every word behind a layer, sentence by sentence.
pub(crate) struct States {
    rows: Vec<f32>,
    /// Words of each sentence.
    pub(crate) sentences: Vec<Range<usize>>,
}

/// The words of a batch as dependents and as heads.
pub(crate) struct Roles {
    rows: Vec<f32>,
    /// The words as dependents, in arcs.
    asked: Vec<f32>,
}

/// The network with the processor's kernels, for one thread; making one costs next to nothing.
pub(crate) struct Engine<'w> {
    weights: &'w Weights,
    integers: GemmExecutor<u8, i8, i32>,
    floats: GemmExecutor,
}

impl<'w> Engine<'w> {
    pub(crate) fn new(weights: &'w Weights) -> Engine<'w> {
        Engine { weights, integers: GemmExecutor::new(), floats: GemmExecutor::new() }
    }

    /// Runs sentences through the first layers and keeps the first piece of each word.
    pub(crate) fn states(&self, sentences: &[Input], layers: usize) -> States {
        let h = self.weights.hidden;
        let mut rows = self.embedded(sentences);
        let count = rows.len() / h;
        let (mut small, mut products) = (vec![0; rows.len()], vec![]);
        let (mut asks, mut mixed, mut bent) = (vec![0.0; 3 * rows.len()], vec![0.0; rows.len()], vec![]);
        let (mut keys, mut scores) = (vec![], vec![]);
        for layer in &self.weights.layers[..layers.min(self.weights.layers.len())] {
            self.quantised(&rows, &layer.asks, &mut small);
            self.product(&small, &layer.asks, &mut products);
            self.scaled(&products, &layer.asks, &mut asks, false);
            let mut from = 0;
            for sentence in sentences {
                let to = from + sentence.pieces.len();
                let (asks, out) = (&asks[3 * h * from..3 * h * to], &mut mixed[h * from..h * to]);
                let (keys, scores, heads) = (&mut keys, &mut scores, self.weights.heads);
                Attend { asks, out, hidden: h, heads, keys, scores }.dispatch();
                from = to;
            }
            self.quantised(&mixed, &layer.mixes, &mut small);
            self.product(&small, &layer.mixes, &mut products);
            let (scales, bias) = (&layer.mixes.scales, &layer.mixes.bias);
            AddNorm { rows: &mut rows, from: &products, scales, bias, norm: &layer.after_mix }.dispatch();
            self.quantised(&rows, &layer.up, &mut small);
            self.product(&small, &layer.up, &mut products);
            bent.resize(count * layer.up.outputs, 0);
            let (scales, bias, scale) = (&layer.up.scales, &layer.up.bias, scale(&layer.down));
            Bent { from: &products, to: &mut bent, scales, bias, scale }.dispatch();
            self.product(&bent, &layer.down, &mut products);
            let (scales, bias) = (&layer.down.scales, &layer.down.bias);
            AddNorm { rows: &mut rows, from: &products, scales, bias, norm: &layer.after_down }.dispatch();
        }
        let (mut words, mut places, mut from) = (vec![], vec![], 0);
        for sentence in sentences {
            let first = words.len() / h;
            for piece in &sentence.words {
                words.extend_from_slice(&rows[(from + piece) * h..][..h]);
            }
            places.push(first..words.len() / h);
            from += sentence.pieces.len();
        }
        States { rows: words, sentences: places }
    }

    /// Looks the pieces up and adds place and case.
    fn embedded(&self, sentences: &[Input]) -> Vec<f32> {
        let w = self.weights;
        let h = w.hidden;
        let mut rows = vec![0.0; h * sentences.iter().map(|it| it.pieces.len()).sum::<usize>()];
        let mut slots = rows.chunks_exact_mut(h);
        for sentence in sentences {
            for (place, (&piece, &case)) in sentence.pieces.iter().zip(&sentence.cases).enumerate() {
                let Some(row) = slots.next() else { break };
                w.embed(usize::try_from(piece).unwrap_or(0), row);
                let case = usize::try_from(case).unwrap_or(0) * h;
                let (place, case) = (&w.positions[place * h..][..h], &w.cases[case..][..h]);
                row.iter_mut().zip(place).zip(case).for_each(|((slot, place), case)| *slot = *slot + place + case);
            }
        }
        Normalise { rows: &mut rows, norm: &w.norm }.dispatch();
        rows
    }

    /// Scores of all labels for each word, label sets side by side.
    pub(crate) fn tags(&self, exit: usize, states: &States) -> Vec<f32> {
        let linear = &self.weights.exits[exit].tags;
        let (mut small, mut products, mut out) = (vec![], vec![], vec![]);
        self.quantised(&states.rows, linear, &mut small);
        self.product(&small, linear, &mut products);
        self.scaled(&products, linear, &mut out, false);
        out
    }

    /// What each word is as a dependent and as a head.
    pub(crate) fn roles(&self, exit: usize, states: &States) -> Roles {
        let heads = &self.weights.exits[exit];
        let (mut small, mut products, mut rows) = (vec![], vec![], vec![]);
        self.quantised(&states.rows, &heads.roles, &mut small);
        self.product(&small, &heads.roles, &mut products);
        self.scaled(&products, &heads.roles, &mut rows, true);
        let dependents = columns(&rows, heads, 0);
        let mut asked = vec![];
        self.quantised(&dependents, &heads.arcs, &mut small);
        self.product(&small, &heads.arcs, &mut products);
        self.scaled(&products, &heads.arcs, &mut asked, false);
        Roles { rows, asked }
    }

    /// Scores of every head for each word of a sentence: the root first, then its words.
    pub(crate) fn arcs(&self, exit: usize, roles: &Roles, words: Range<usize>) -> Vec<f32> {
        let heads = &self.weights.exits[exit];
        let (n, width, arc) = (words.len(), heads.roles.outputs, heads.arcs.inputs);
        let asked = &roles.asked[words.start * arc..words.end * arc];
        let head = |word: usize| &roles.rows[word * width + arc..][..arc];
        let by_word: Vec<f32> = words.clone().flat_map(|it| head(it).iter().copied()).collect();
        let mut among = vec![0.0; n * n];
        let a = NdTensorView::from_data([n, arc], asked);
        let b = NdTensorView::from_data([n, arc], by_word.as_slice());
        let done = self.floats.gemm(
            &mut among,
            GemmInputA::Unpacked(a),
            GemmInputB::Unpacked(b.transposed()),
            GemmOptions::default(),
        );
        debug_assert!(done.is_ok(), "sizes were checked when the weights were found");
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let prior: Vec<f32> = words.map(|it| dot(head(it), &heads.prior)).collect();
        let mut out = Vec::with_capacity(n * (n + 1));
        for (asked, among) in asked.chunks_exact(arc).zip(among.chunks_exact(n)) {
            out.push(dot(asked, &heads.root) + heads.root_prior);
            out.extend(among.iter().zip(&prior).map(|(score, prior)| score + prior));
        }
        out
    }

    /// The best relation of each word to its head, `0` being the root and `k` the sentence's word `k - 1`.
    pub(crate) fn relations(&self, exit: usize, roles: &Roles, words: Range<usize>, heads: &[usize]) -> Vec<usize> {
        let it = &self.weights.exits[exit];
        let (width, rel, kinds) = (it.roles.outputs, it.relations.inputs, it.by_root.len());
        let from = 2 * it.arcs.inputs;
        let (mut small, mut products, mut best) = (vec![], vec![], vec![]);
        for at in (0..words.len()).step_by(WORDS_AT_ONCE) {
            let chunk = at..(at + WORDS_AT_ONCE).min(words.len());
            let row = |word: usize| &roles.rows[(words.start + word) * width..][..width];
            let dependents: Vec<f32> = chunk.clone().flat_map(|word| row(word)[from..from + rel].to_vec()).collect();
            self.quantised(&dependents, &it.relations, &mut small);
            self.product(&small, &it.relations, &mut products);
            for (number, word) in chunk.enumerate() {
                let dependent = &dependents[number * rel..][..rel];
                let head = heads[word].checked_sub(1).map(|it| &row(it)[from + rel..]);
                let mut scores = times(dependent, &it.by_dependent, kinds);
                let by_head = head.map_or_else(|| it.by_root.clone(), |head| times(head, &it.by_head, kinds));
                let more = it.by_dependent_bias.iter().zip(&by_head);
                scores.iter_mut().zip(more).for_each(|(slot, (a, b))| *slot += a + b);
                let from = &products[number * it.relations.outputs..][..it.relations.outputs];
                let head = head.unwrap_or(&it.root_relation);
                Relations { from, scales: &it.relations.scales, head, to: &mut scores }.dispatch();
                best.push(top(&scores));
            }
        }
        best
    }

    fn quantised(&self, from: &[f32], linear: &Linear, to: &mut Vec<u8>) {
        to.resize(from.len(), 0);
        let scale = scale(linear);
        let whole = from.len() - from.len() % 64;
        Quantise { from: &from[..whole], to: &mut to[..whole], scale }.dispatch();
        for (slot, it) in to[whole..].iter_mut().zip(&from[whole..]) {
            let rounded = (it * scale.inverse).round_ties_even() as i32 + i32::from(scale.zero);
            *slot = u8::try_from(rounded.clamp(0, 255)).unwrap_or(0);
        }
    }

    /// Multiplies rows of 8-bit inputs with a matrix.
    fn product(&self, from: &[u8], linear: &Linear, to: &mut Vec<i32>) {
        let count = from.len() / linear.inputs;
        to.resize(count * linear.outputs, 0);
        let (zero_rows, zero_columns) = (vec![linear.zero; count], vec![0; linear.outputs]);
        let done = self.integers.gemm(
            to,
            GemmInputA::Unpacked(NdTensorView::from_data([count, linear.inputs], from)),
            GemmInputB::Packed(linear.packed(&self.weights.file, &self.integers)),
            GemmOptions {
                a_quant: Some(QuantParams { zero_point: &zero_rows }),
                b_quant: Some(QuantParams { zero_point: &zero_columns }),
                ..GemmOptions::default()
            },
        );
        debug_assert!(done.is_ok(), "sizes were checked when the weights were found");
    }

    fn scaled(&self, from: &[i32], linear: &Linear, to: &mut Vec<f32>, bend: bool) {
        to.resize(from.len(), 0.0);
        Scaled { from, to, scales: &linear.scales, bias: &linear.bias, bend }.dispatch();
    }
}

fn scale(linear: &Linear) -> Scale {
    Scale { inverse: linear.inverse, zero: linear.zero }
}

/// The words as dependents of arcs, or what else begins at a column, as wide as those.
fn columns(rows: &[f32], heads: &Heads, from: usize) -> Vec<f32> {
    rows.chunks_exact(heads.roles.outputs).flat_map(|row| row[from..from + heads.arcs.inputs].to_vec()).collect()
}

/// A row times a matrix of `kinds` columns.
fn times(row: &[f32], matrix: &[f32], kinds: usize) -> Vec<f32> {
    let mut out = vec![0.0; kinds];
    for (value, weights) in row.iter().zip(matrix.chunks_exact(kinds)) {
        out.iter_mut().zip(weights).for_each(|(slot, weight)| *slot += value * weight);
    }
    out
}

/// The first of the greatest.
pub(crate) fn top(scores: &[f32]) -> usize {
    (0..scores.len()).fold(0, |kept, it| if scores[it] > scores[kept] { it } else { kept })
}
