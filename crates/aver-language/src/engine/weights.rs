//! The weights of the network, found in the file by the order in which they are used.
//!
//! In: bytes of an ONNX file made by `tools/train`, the sizes of its label sets.
//! Out: [`Weights`], or what the file lacks. Integer matrices stay in the file
//! until they are first used and are then packed for the processor, so layers
//! that nobody asks for cost neither time nor memory.

use super::graph::{Constant, FLOAT, Graph, INT8, INT64, Node, UINT8};
use rten_gemm::{GemmExecutor, PackedBMatrix};
use rten_tensor::NdTensorView;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Vectors of the processor are at most this many bytes: rows are multiples of it.
const LANES: usize = 64;

/// A matrix product in integers: 8-bit inputs on a fixed scale, a scale a column.
pub(crate) struct Linear {
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// One over the step between two input values.
    pub(crate) inverse: f32,
    /// The integer that stands for zero.
    pub(crate) zero: u8,
    pub(crate) scales: Vec<f32>,
    /// Zeros where the product has no bias.
    pub(crate) bias: Vec<f32>,
    matrix: Range<usize>,
    packed: OnceLock<PackedBMatrix<i8>>,
}

impl Linear {
    /// Returns the matrix as the processor wants it.
    pub(crate) fn packed(&self, file: &[u8], gemm: &GemmExecutor<u8, i8, i32>) -> &PackedBMatrix<i8> {
        self.packed.get_or_init(|| {
            let plain: Vec<i8> = file[self.matrix.clone()].iter().map(|&it| it.cast_signed()).collect();
            gemm.prepack_b(NdTensorView::from_data([self.inputs, self.outputs], plain.as_slice()))
        })
    }
}

/// Scales and shifts of a normalised row.
pub(crate) struct Norm {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
    pub(crate) epsilon: f32,
}

/// One layer of the encoder.
pub(crate) struct Layer {
    pub(crate) asks: Linear,
    pub(crate) mixes: Linear,
    pub(crate) after_mix: Norm,
    pub(crate) up: Linear,
    pub(crate) down: Linear,
    pub(crate) after_down: Norm,
}

/// Taggers and parser behind one layer.
pub(crate) struct Heads {
    /// All label sets side by side.
    pub(crate) tags: Linear,
    /// Words as dependents and as heads, for arcs, then for relations.
    pub(crate) roles: Linear,
    pub(crate) arcs: Linear,
    pub(crate) relations: Linear,
    /// How likely a word is a head at all.
    pub(crate) prior: Vec<f32>,
    /// The root as a head of arcs, and how likely it is one.
    pub(crate) root: Vec<f32>,
    pub(crate) root_prior: f32,
    /// The root as a head of relations.
    pub(crate) root_relation: Vec<f32>,
    /// Relations by the dependent alone: a row for each of its values, and a bias.
    pub(crate) by_dependent: Vec<f32>,
    pub(crate) by_dependent_bias: Vec<f32>,
    /// Relations by the head alone; the root's are worked out.
    pub(crate) by_head: Vec<f32>,
    pub(crate) by_root: Vec<f32>,
}

/// The whole network.
pub(crate) struct Weights {
    pub(crate) file: Cow<'static, [u8]>,
    pub(crate) hidden: usize,
    /// Attention heads of a layer.
    pub(crate) heads: usize,
    table: Range<usize>,
    rows: Vec<f32>,
    pub(crate) positions: Vec<f32>,
    pub(crate) cases: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    pub(crate) exits: Vec<Heads>,
}

impl Weights {
    /// Finds the weights; `exits` are the layers behind which heads stand, `tags` how many labels there are in
    /// all, `relations` how many relations.
    ///
    /// # Errors
    /// What the file lacks, in words.
    pub(crate) fn new(
        file: Cow<'static, [u8]>,
        exits: &[usize],
        tags: usize,
        relations: usize,
    ) -> Result<Weights, String> {
        let graph = Graph::read(&file).ok_or("it is no ONNX file")?;
        let found = Found::new(&file, &graph)?;
        let mut linears = found.linears.into_iter();
        let mut norms = found.norms.into_iter();
        let mut factors = found.factors.into_iter();
        let mut terms = found.terms.into_iter();
        let mut linear = || linears.next().ok_or("it has too few integer products");
        let mut norm = || norms.next().ok_or("it has too few normalisations");
        let first = norm()?;
        let hidden = first.scale.len();
        let (mut layers, mut heads) = (vec![], vec![]);
        for number in 1..=exits.last().copied().unwrap_or(0) {
            layers.push(Layer {
                asks: linear()?,
                mixes: linear()?,
                after_mix: norm()?,
                up: linear()?,
                down: linear()?,
                after_down: norm()?,
            });
            if exits.contains(&number) {
                let mut factor = || factors.next().ok_or("a parser lacks weights");
                let mut term = || terms.next().ok_or("a parser lacks terms");
                heads.push(Heads {
                    tags: linear()?,
                    roles: linear()?,
                    arcs: linear()?,
                    relations: linear()?,
                    prior: factor()?,
                    root: factor()?,
                    root_relation: factor()?,
                    by_dependent: factor()?,
                    by_head: factor()?,
                    root_prior: term()?.first().copied().unwrap_or(0.0),
                    by_dependent_bias: term()?,
                    by_root: term()?,
                });
            }
        }
        let [positions, table, rows, cases] = found.tables;
        let weights = Weights {
            hidden,
            heads: found.heads,
            table: table.bytes.clone(),
            rows: floats(&file, &rows)?,
            positions: floats(&file, &positions)?,
            cases: floats(&file, &cases)?,
            norm: first,
            layers,
            exits: heads,
            file,
        };
        weights.checked(tags, relations)
    }

    /// Refuses sizes that do not fit each other, so that no later step can fail.
    fn checked(self, tags: usize, relations: usize) -> Result<Weights, String> {
        let fits = |it: &Linear, inputs: usize, outputs: usize| it.inputs == inputs && it.outputs == outputs;
        let h = self.hidden;
        let norm = |it: &Norm| it.scale.len() == h && it.shift.len() == h;
        let layer = |it: &Layer| {
            let inner = it.up.outputs;
            let linears = fits(&it.asks, h, 3 * h) && fits(&it.mixes, h, h);
            linears
                && fits(&it.up, h, inner)
                && fits(&it.down, inner, h)
                && inner.is_multiple_of(LANES)
                && norm(&it.after_mix)
                && norm(&it.after_down)
        };
        let heads = |it: &Heads| {
            let (arc, rel) = (it.arcs.inputs, it.relations.inputs);
            fits(&it.tags, h, tags)
                && fits(&it.roles, h, 2 * (arc + rel))
                && fits(&it.arcs, arc, arc)
                && fits(&it.relations, rel, rel * relations)
                && [arc, rel].iter().all(|it| it.is_multiple_of(LANES / 4))
                && it.prior.len() == arc
                && it.root.len() == arc
                && it.root_relation.len() == rel
                && it.by_dependent.len() == rel * relations
                && it.by_head.len() == rel * relations
                && it.by_dependent_bias.len() == relations
                && it.by_root.len() == relations
        };
        let whole = h > 0
            && h.is_multiple_of(LANES)
            && self.heads > 0
            && h.is_multiple_of(self.heads)
            && (h / self.heads).is_multiple_of(LANES / 4)
            && norm(&self.norm)
            && self.table.len() == self.rows.len() * h
            && self.positions.len() >= 256 * h
            && self.cases.len().is_multiple_of(h)
            && self.cases.len() >= 7 * h
            && self.layers.iter().all(layer)
            && self.exits.iter().all(heads);
        if whole { Ok(self) } else { Err("its sizes do not fit each other or its labels".into()) }
    }

    /// Writes the word table's row of a piece, as numbers, into `out`.
    pub(crate) fn embed(&self, piece: usize, out: &mut [f32]) {
        let piece = if piece < self.rows.len() { piece } else { 0 };
        let row = &self.file[self.table.start + piece * self.hidden..][..self.hidden];
        for (slot, &value) in out.iter_mut().zip(row) {
            *slot = f32::from(value.cast_signed()) * self.rows[piece];
        }
    }
}

/// What the nodes use, in order.
struct Found {
    /// The four tables of the input: positions, words, their scales, cases.
    tables: [Constant; 4],
    heads: usize,
    linears: Vec<Linear>,
    norms: Vec<Norm>,
    /// Right sides of products with plain numbers.
    factors: Vec<Vec<f32>>,
    /// Constants added elsewhere than behind an integer product.
    terms: Vec<Vec<f32>>,
}

impl Found {
    fn new(file: &[u8], graph: &Graph<'_>) -> Result<Found, String> {
        let constant = |name: &str| graph.constants.get(name);
        let made_by: HashMap<&str, &Node<'_>> =
            graph.nodes.iter().flat_map(|it| it.outputs.iter().map(move |out| (*out, it))).collect();
        let kind_of = |name: &str| made_by.get(name).map_or("", |it| it.kind);
        let mut tables: Vec<Constant> = vec![];
        let (mut linears, mut norms, mut factors, mut terms): (Vec<Linear>, _, _, _) = (vec![], vec![], vec![], vec![]);
        let mut heads = 0;
        for node in &graph.nodes {
            let fixed = node.inputs.iter().find_map(|it| constant(it));
            match (node.kind, fixed) {
                ("Gather" | "Slice", Some(it)) if tables.len() < 4 && it.shape.len() == 2 => tables.push(it.clone()),
                ("Reshape", Some(it)) if heads == 0 && it.shape == [4] && it.kind == INT64 => {
                    heads = integers(file, it).get(2).copied().unwrap_or(0);
                }
                ("MatMulInteger", Some(_)) => linears.push(linear(file, graph, &made_by, node)?),
                ("Mul", Some(it)) if node.inputs.iter().any(|it| kind_of(it) == "Cast") => {
                    let last = linears.last_mut().ok_or("a scale stands before its product")?;
                    last.scales = floats(file, it)?;
                }
                ("Add", Some(it)) => {
                    let scaled = node.inputs.iter().find_map(|it| made_by.get(it).filter(|it| it.kind == "Mul"));
                    let behind = scaled.is_some_and(|it| it.inputs.iter().any(|it| kind_of(it) == "Cast"));
                    match linears.last_mut() {
                        Some(last) if behind => last.bias = floats(file, it)?,
                        _ => terms.push(floats(file, it)?),
                    }
                }
                ("LayerNormalization", Some(_)) => norms.push(norm(file, graph, node)?),
                ("MatMul", Some(it)) => factors.push(floats(file, it)?),
                _ => {}
            }
        }
        if linears.iter().any(|it| it.scales.len() != it.outputs || it.bias.len() != it.outputs) {
            return Err("an integer product lacks its scales".into());
        }
        let tables = tables.try_into().map_err(|_| "it lacks a table of its input")?;
        Ok(Found { tables, heads, linears, norms, factors, terms })
    }
}

fn linear(
    file: &[u8],
    graph: &Graph<'_>,
    made_by: &HashMap<&str, &Node<'_>>,
    node: &Node<'_>,
) -> Result<Linear, String> {
    let read = || {
        let matrix = graph.constants.get(*node.inputs.get(1)?).filter(|it| it.kind == INT8)?;
        let &[inputs, outputs] = &matrix.shape[..] else { return None };
        let quantise = made_by.get(node.inputs.first()?).filter(|it| it.kind == "QuantizeLinear")?;
        let step = floats(file, graph.constants.get(*quantise.inputs.get(1)?)?).ok()?;
        let zero = graph.constants.get(*quantise.inputs.get(2)?).filter(|it| it.kind == UINT8)?;
        let zero = *file.get(zero.bytes.clone())?.first()?;
        let inverse = step.first().map(|it| 1.0 / it).filter(|it| it.is_finite())?;
        let fits = matrix.bytes.len() == inputs.checked_mul(outputs)? && matrix.bytes.end <= file.len();
        let (scales, bias, matrix) = (vec![], vec![0.0; outputs], matrix.bytes.clone());
        fits.then_some(Linear { inputs, outputs, inverse, zero, scales, bias, matrix, packed: OnceLock::new() })
    };
    read().ok_or_else(|| "an integer product has an odd form".into())
}

fn norm(file: &[u8], graph: &Graph<'_>, node: &Node<'_>) -> Result<Norm, String> {
    let at = |number: usize| {
        let name = node.inputs.get(number).copied().unwrap_or("");
        floats(file, graph.constants.get(name).ok_or("a normalisation lacks its weights")?)
    };
    Ok(Norm { scale: at(1)?, shift: at(2)?, epsilon: node.epsilon.unwrap_or(1e-5) })
}

fn floats(file: &[u8], constant: &Constant) -> Result<Vec<f32>, String> {
    let bytes = file.get(constant.bytes.clone()).filter(|_| constant.kind == FLOAT);
    let bytes = bytes.ok_or("a constant of numbers has an odd form")?;
    Ok(bytes.chunks_exact(4).map(|it| f32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect())
}

fn integers(file: &[u8], constant: &Constant) -> Vec<usize> {
    let bytes = file.get(constant.bytes.clone()).unwrap_or(&[]);
    let number = |it: &[u8]| it.try_into().ok().and_then(|it| usize::try_from(i64::from_le_bytes(it)).ok());
    bytes.chunks_exact(8).map(|it| number(it).unwrap_or(0)).collect()
}
