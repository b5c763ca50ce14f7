//! What happens to rows of numbers between the products: vectors of the processor, no allocation.
//!
//! Every step works row by row and, in attention, sentence by sentence, so that a
//! row's result does not depend on what lies beside it.

use super::weights::Norm;
use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_vecmath::{Gelu, Softmax};

/// The scale on which a product takes its inputs.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) inverse: f32,
    pub(super) zero: u8,
}

/// Turns numbers into 8-bit integers.
pub(super) struct Quantise<'a> {
    pub(super) from: &'a [f32],
    pub(super) to: &'a mut [u8],
    pub(super) scale: Scale,
}

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let step = 4 * isa.f32().len();
        for (from, to) in self.from.chunks_exact(step).zip(self.to.chunks_exact_mut(step)) {
            let (f, lanes) = (isa.f32(), isa.f32().len());
            let four = [f.load(from), f.load(&from[lanes..]), f.load(&from[2 * lanes..]), f.load(&from[3 * lanes..])];
            quantise(isa, four, self.scale, to);
        }
    }
}

/// Rounds four vectors to one of 8-bit integers.
#[inline(always)]
fn quantise<I: Isa>(isa: I, four: [I::F32; 4], scale: Scale, to: &mut [u8]) {
    let (f, n) = (isa.f32(), isa.i32());
    let (inverse, zero) = (f.splat(scale.inverse), n.splat(i32::from(scale.zero)));
    let [a, b, c, d] = four;
    let a = n.add(f.to_int_round(f.mul(a, inverse)), zero);
    let b = n.add(f.to_int_round(f.mul(b, inverse)), zero);
    let c = n.add(f.to_int_round(f.mul(c, inverse)), zero);
    let d = n.add(f.to_int_round(f.mul(d, inverse)), zero);
    let (low, high) = (n.narrow_saturate(a, b), n.narrow_saturate(c, d));
    isa.u8().store(isa.i16().narrow_saturate(low, high), to);
}

/// Turns integer products into numbers: a scale and a bias a column.
pub(super) struct Scaled<'a> {
    pub(super) from: &'a [i32],
    pub(super) to: &'a mut [f32],
    pub(super) scales: &'a [f32],
    pub(super) bias: &'a [f32],
    /// Bends the numbers as the network wants it between two products.
    pub(super) bend: bool,
}

impl SimdOp for Scaled<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.scales.len();
        let step = isa.f32().len();
        for (from, to) in self.from.chunks_exact(width).zip(self.to.chunks_exact_mut(width)) {
            let whole = width - width % step;
            for at in (0..whole).step_by(step) {
                let it = scaled(isa, &from[at..], &self.scales[at..], &self.bias[at..]);
                let it = if self.bend { Gelu {}.eval(isa, it) } else { it };
                isa.f32().store(it, &mut to[at..]);
            }
            for at in whole..width {
                to[at] = from[at] as f32 * self.scales[at] + self.bias[at];
            }
        }
    }
}

#[inline(always)]
fn scaled<I: Isa>(isa: I, from: &[i32], scales: &[f32], bias: &[f32]) -> I::F32 {
    let (f, n) = (isa.f32(), isa.i32());
    f.add(f.mul(n.to_float(n.load(from)), f.load(scales)), f.load(bias))
}

/// Turns integer products into bent 8-bit inputs of the next product.
pub(super) struct Bent<'a> {
    pub(super) from: &'a [i32],
    pub(super) to: &'a mut [u8],
    pub(super) scales: &'a [f32],
    pub(super) bias: &'a [f32],
    pub(super) scale: Scale,
}

impl SimdOp for Bent<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.scales.len();
        let lanes = isa.f32().len();
        for (from, to) in self.from.chunks_exact(width).zip(self.to.chunks_exact_mut(width)) {
            for at in (0..width).step_by(4 * lanes) {
                let (b, c, d) = (at + lanes, at + 2 * lanes, at + 3 * lanes);
                let four = [
                    Gelu {}.eval(isa, scaled(isa, &from[at..], &self.scales[at..], &self.bias[at..])),
                    Gelu {}.eval(isa, scaled(isa, &from[b..], &self.scales[b..], &self.bias[b..])),
                    Gelu {}.eval(isa, scaled(isa, &from[c..], &self.scales[c..], &self.bias[c..])),
                    Gelu {}.eval(isa, scaled(isa, &from[d..], &self.scales[d..], &self.bias[d..])),
                ];
                quantise(isa, four, self.scale, &mut to[at..]);
            }
        }
    }
}

/// Adds scaled products to the rows and normalises them.
pub(super) struct AddNorm<'a> {
    pub(super) rows: &'a mut [f32],
    pub(super) from: &'a [i32],
    pub(super) scales: &'a [f32],
    pub(super) bias: &'a [f32],
    pub(super) norm: &'a Norm,
}

impl SimdOp for AddNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let width = self.scales.len();
        let f = isa.f32();
        for (from, row) in self.from.chunks_exact(width).zip(self.rows.chunks_exact_mut(width)) {
            for at in (0..width).step_by(f.len()) {
                let it = scaled(isa, &from[at..], &self.scales[at..], &self.bias[at..]);
                let sum = f.add(f.load(&row[at..]), it);
                f.store(sum, &mut row[at..]);
            }
            normalise(isa, row, self.norm);
        }
    }
}

/// Normalises rows.
pub(super) struct Normalise<'a> {
    pub(super) rows: &'a mut [f32],
    pub(super) norm: &'a Norm,
}

impl SimdOp for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.rows.chunks_exact_mut(self.norm.scale.len()) {
            normalise(isa, row, self.norm);
        }
    }
}

#[inline(always)]
fn normalise<I: Isa>(isa: I, row: &mut [f32], norm: &Norm) {
    let f = isa.f32();
    let (step, count) = (f.len(), row.len() as f32);
    let mut sum = f.zero();
    for at in (0..row.len()).step_by(step) {
        sum = f.add(sum, f.load(&row[at..]));
    }
    let mean = f.splat(f.sum(sum) / count);
    let mut squares = f.zero();
    for at in (0..row.len()).step_by(step) {
        let it = f.sub(f.load(&row[at..]), mean);
        squares = f.mul_add(it, it, squares);
    }
    let factor = f.splat(1.0 / (f.sum(squares) / count + norm.epsilon).sqrt());
    for at in (0..row.len()).step_by(step) {
        let it = f.sub(f.load(&row[at..]), mean);
        let scale = f.mul(f.load(&norm.scale[at..]), factor);
        f.store(f.mul_add(it, scale, f.load(&norm.shift[at..])), &mut row[at..]);
    }
}

/// Queries that go through attention together.
const TOGETHER: usize = 4;

/// Lets the pieces of one sentence look at each other.
pub(super) struct Attend<'a> {
    /// Queries, keys and values of each piece, side by side.
    pub(super) asks: &'a [f32],
    /// What each piece sees, `hidden` numbers.
    pub(super) out: &'a mut [f32],
    pub(super) hidden: usize,
    pub(super) heads: usize,
    /// Room for keys and for scores, grown as needed.
    pub(super) keys: &'a mut Vec<f32>,
    pub(super) scores: &'a mut Vec<f32>,
}

impl SimdOp for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let f = isa.f32();
        let (hidden, size) = (self.hidden, self.hidden / self.heads);
        let n = self.out.len() / hidden;
        let padded = n.next_multiple_of(f.len());
        self.keys.clear();
        self.keys.resize(size * padded, 0.0);
        self.scores.clear();
        self.scores.resize(TOGETHER * padded, 0.0);
        for head in 0..self.heads {
            let from = head * size;
            // A column a piece.
            for (piece, row) in self.asks.chunks_exact(3 * hidden).enumerate() {
                for (at, &value) in row[hidden + from..][..size].iter().enumerate() {
                    self.keys[at * padded + piece] = value;
                }
            }
            for first in (0..n).step_by(TOGETHER) {
                // The last group looks at the last piece more than once; that changes nothing.
                let rows = [first, (first + 1).min(n - 1), (first + 2).min(n - 1), (first + 3).min(n - 1)];
                let queries = [
                    &self.asks[rows[0] * 3 * hidden + from..][..size],
                    &self.asks[rows[1] * 3 * hidden + from..][..size],
                    &self.asks[rows[2] * 3 * hidden + from..][..size],
                    &self.asks[rows[3] * 3 * hidden + from..][..size],
                ];
                for column in (0..padded).step_by(f.len()) {
                    let mut sums = [f.zero(); TOGETHER];
                    for at in 0..size {
                        let key = f.load(&self.keys[at * padded + column..]);
                        for it in 0..TOGETHER {
                            sums[it] = f.mul_add(f.splat(queries[it][at]), key, sums[it]);
                        }
                    }
                    for it in 0..TOGETHER {
                        f.store(sums[it], &mut self.scores[it * padded + column..]);
                    }
                }
                for scores in self.scores.chunks_exact_mut(padded) {
                    Softmax::new_mut(&mut scores[..n]).eval(isa);
                }
                for column in (0..size).step_by(f.len()) {
                    let mut sums = [f.zero(); TOGETHER];
                    for piece in 0..n {
                        let value = f.load(&self.asks[piece * 3 * hidden + 2 * hidden + from + column..]);
                        for it in 0..TOGETHER {
                            sums[it] = f.mul_add(f.splat(self.scores[it * padded + piece]), value, sums[it]);
                        }
                    }
                    for it in 0..TOGETHER {
                        f.store(sums[it], &mut self.out[rows[it] * hidden + from + column..]);
                    }
                }
            }
        }
    }
}

/// For one word and its head: the score of every relation.
pub(super) struct Relations<'a> {
    /// Integer products of the dependent, `head.len()` for each relation.
    pub(super) from: &'a [i32],
    pub(super) scales: &'a [f32],
    pub(super) head: &'a [f32],
    /// One score a relation; added to what is there.
    pub(super) to: &'a mut [f32],
}

impl SimdOp for Relations<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (f, n) = (isa.f32(), isa.i32());
        let width = self.head.len();
        let columns = self.from.chunks_exact(width).zip(self.scales.chunks_exact(width));
        for (slot, (from, scales)) in self.to.iter_mut().zip(columns) {
            let mut sum = f.zero();
            for at in (0..width).step_by(f.len()) {
                let it = f.mul(n.to_float(n.load(&from[at..])), f.load(&scales[at..]));
                sum = f.mul_add(it, f.load(&self.head[at..]), sum);
            }
            *slot += f.sum(sum);
        }
    }
}
