//! Unit vectors as bytes, row after row: a quarter of the memory of floats, and integers that are summed alike everywhere.
//!
//! A component is `scale * code`, one scale a row. A cosine is off by less than 0.01, mostly by less than 0.001.

use std::ops::Range;

use super::kernel::{BLOCK, Block, Kernel};
use super::rows::{Query, blocks, encode_coarse};

/// Rows compared at a time: their dot products stay in registers and the nearest cache.
const AT_ONCE: usize = 64;

/// Rows of bytes.
#[derive(Debug, Clone)]
pub(crate) struct Coded {
    kernel: Kernel,
    /// Blocks a row.
    width: usize,
    codes: Vec<Block>,
    scales: Vec<f32>,
}

impl Coded {
    /// No rows yet, of vectors of so many dimensions.
    pub(crate) fn new(dimensions: usize) -> Self {
        let width = blocks(dimensions);
        Self { kernel: Kernel::new(), width, codes: Vec::new(), scales: Vec::new() }
    }

    /// The same, with room for so many rows.
    pub(crate) fn with_capacity(dimensions: usize, rows: usize) -> Self {
        let mut coded = Self::new(dimensions);
        coded.codes.reserve(rows * coded.width);
        coded.scales.reserve(rows);
        coded
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Adds a vector.
    pub(crate) fn push(&mut self, vector: &[f32]) {
        let start = self.codes.len();
        self.codes.resize(start + self.width, [0; BLOCK]);
        self.scales.push(encode_coarse(vector, &mut self.codes[start..]));
    }

    /// Adds rows as [`Self::raw`] gives them; `false` where there are not as many codes as scales.
    pub(crate) fn extend(&mut self, codes: &[i8], scales: impl IntoIterator<Item = f32>) -> bool {
        self.codes.extend_from_slice(codes.as_chunks().0);
        self.scales.extend(scales);
        self.codes.len() == self.scales.len() * self.width
    }

    /// The codes and the scales of some rows.
    pub(crate) fn raw(&self, rows: Range<usize>) -> (&[i8], &[f32]) {
        let codes = &self.codes[rows.start * self.width..rows.end * self.width];
        (codes.as_flattened(), &self.scales[rows])
    }

    /// The rows as they were added, as nearly as they are kept, with zeros to the end of their blocks.
    pub(crate) fn vectors(&self) -> Vec<Vec<f32>> {
        let width = self.width * BLOCK;
        let row = |row| {
            let mut vector = vec![0.0; width];
            self.add_to(row, 1.0, &mut vector);
            vector
        };
        (0..self.len()).map(row).collect()
    }

    /// Adds `factor` times a row to a vector.
    pub(crate) fn add_to(&self, row: usize, factor: f32, vector: &mut [f32]) {
        let (codes, scales) = self.raw(row..row + 1);
        for (x, code) in vector.iter_mut().zip(codes) {
            *x += factor * scales[0] * f32::from(*code);
        }
    }

    /// The cosine of `query` with each of `rows`, one after the other.
    pub(crate) fn cosines(&self, rows: Range<usize>, query: &Query, cosines: &mut [f32]) {
        let codes = &self.codes[rows.start * self.width..rows.end * self.width];
        let scales = &self.scales[rows];
        let mut dots = [0; AT_ONCE];
        let chunks = codes.chunks((AT_ONCE * self.width).max(1));
        for ((codes, scales), cosines) in
            chunks.zip(scales.chunks(AT_ONCE)).zip(cosines.chunks_mut(AT_ONCE))
        {
            self.kernel.scan(codes, &query.codes, &mut dots);
            for ((cosine, dot), scale) in cosines.iter_mut().zip(&dots).zip(scales) {
                *cosine = *dot as f32 * (scale * query.scale);
            }
        }
    }

    /// The cosine of two rows.
    pub(crate) fn cosine(&self, one: usize, other: usize) -> f32 {
        let row = |at: usize| &self.codes[at * self.width..(at + 1) * self.width];
        let dot = self.kernel.dot(row(one), row(other));
        dot as f32 * (self.scales[one] * self.scales[other])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(seeds: &[i32]) -> Vec<f32> {
        let length = seeds.iter().map(|x| (*x as f32).powi(2)).sum::<f32>().sqrt();
        seeds.iter().map(|x| if length > 0.0 { *x as f32 / length } else { 0.0 }).collect()
    }

    proptest! {
        #[test]
        fn cosines_of_bytes_are_near_those_of_floats(
            vectors in proptest::collection::vec(proptest::collection::vec(-99i32..100, 100), 1..150),
        ) {
            let vectors: Vec<Vec<f32>> = vectors.iter().map(|seeds| unit(seeds)).collect();
            let mut coded = Coded::new(100);
            vectors.iter().for_each(|vector| coded.push(vector));
            let mut found = vec![0.0; vectors.len()];
            coded.cosines(0..coded.len(), &Query::new(&vectors[0]), &mut found);
            for (at, (vector, found)) in vectors.iter().zip(found).enumerate() {
                let exact: f32 = vector.iter().zip(&vectors[0]).map(|(a, b)| a * b).sum();
                prop_assert!((found - exact).abs() < 0.01, "{found} {exact}");
                prop_assert!((coded.cosine(at, 0) - exact).abs() < 0.01);
            }
        }
    }

    #[test]
    fn a_vector_of_zeros_is_like_nothing() {
        let mut coded = Coded::new(3);
        coded.push(&[0.0; 3]);
        let mut found = [1.0];
        coded.cosines(0..1, &Query::new(&[1.0, 0.0, 0.0]), &mut found);
        assert_eq!((found, coded.cosine(0, 0)), ([0.0], 0.0));
    }
}
