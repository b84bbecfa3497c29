//! Vectors as the index keeps them: 16 bits a component, the upper and the lower eight apart.
//!
//! A component is `scale * (high + low / 256)`, one scale a row. The upper bytes alone lead a search, a quarter of the
//! memory of floats; the few rows that it ends with are compared with all 16 bits, whose error (a few millionths in a
//! cosine) is near that of adding floats.

use pulp::{Arch, Simd, WithSimd};

use super::kernel::{BLOCK, Block, QueryBlock};

/// The largest upper byte, and what a step of the lower one is worth.
pub(super) const LARGEST: f32 = 127.0;
const STEPS: f32 = 256.0;

/// How many blocks hold a vector.
pub(crate) const fn blocks(dims: usize) -> usize {
    dims.div_ceil(BLOCK)
}

/// The rows of an index, wherever they lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    /// Blocks a row.
    pub(super) blocks: usize,
    pub(super) scales: &'a [f32],
    pub(super) high: &'a [Block],
    pub(super) low: &'a [Block],
}

impl Rows<'_> {
    pub(super) fn len(&self) -> usize {
        self.scales.len()
    }

    pub(super) fn scale(&self, row: u32) -> f32 {
        self.scales.get(row as usize).copied().unwrap_or(0.0)
    }

    pub(super) fn high(&self, row: u32) -> &[Block] {
        slice(self.high, row, self.blocks)
    }

    /// The dot product with a query, with all 16 bits of the row.
    pub(super) fn similarity(&self, row: u32, query: &Query) -> f32 {
        let (high, low) = (self.high(row), slice(self.low, row, self.blocks));
        let mut sums = [0.0f32; 16];
        for ((high, low), exact) in high.iter().zip(low).zip(&query.exact) {
            for at in (0..BLOCK).step_by(sums.len()) {
                for (lane, sum) in sums.iter_mut().enumerate() {
                    let i = at + lane;
                    *sum +=
                        f32::from(i16::from(high[i]) * STEPS as i16 + i16::from(low[i])) * exact[i];
                }
            }
        }
        sums.iter().sum::<f32>() * (self.scale(row) / STEPS)
    }
}

/// The blocks of one row; none where it is not there.
pub(super) fn slice(blocks: &[Block], row: u32, width: usize) -> &[Block] {
    let start = row as usize * width;
    blocks.get(start..start + width).unwrap_or_default()
}

/// Writes a vector into the blocks of its row (all zero before); returns its scale, and how far the upper bytes alone
/// are from it (the length of the difference).
pub(super) fn encode(vector: &[f32], high: &mut [Block], low: &mut [Block]) -> (f32, f32) {
    let largest = vector.iter().fold(0.0f32, |largest, x| largest.max(x.abs()));
    let scale = largest / LARGEST;
    if scale <= f32::MIN_POSITIVE {
        return (0.0, 0.0);
    }
    let mut error = 0.0f64;
    let (high, low) = (high.as_flattened_mut(), low.as_flattened_mut());
    for ((x, high), low) in vector.iter().zip(high).zip(low) {
        let whole = (x / scale * STEPS).round() as i32;
        let upper = (whole + 128) >> 8;
        *high = upper as i8;
        *low = (whole - (upper << 8)) as i8;
        error += f64::from(x - scale * upper as f32).powi(2);
    }
    (scale, error.sqrt() as f32)
}

/// Writes the nearest bytes of a vector into the blocks of its row (all zero before); returns the row's scale.
pub(super) fn encode_coarse(vector: &[f32], row: &mut [Block]) -> f32 {
    let largest = vector.iter().fold(0.0f32, |largest, x| largest.max(x.abs()));
    let scale = largest / LARGEST;
    if scale <= f32::MIN_POSITIVE {
        return 0.0;
    }
    for (x, code) in vector.iter().zip(row.as_flattened_mut()) {
        *code = (x / scale).round() as i8;
    }
    scale
}

/// A vector that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(super) codes: Vec<QueryBlock>,
    /// What a step of the codes is worth.
    pub(super) scale: f32,
    /// How far the codes are from the vector, and how long the vector is.
    pub(super) error: f32,
    pub(super) length: f32,
    exact: Vec<[f32; BLOCK]>,
}

impl Query {
    pub(crate) fn new(vector: &[f32]) -> Self {
        let blocks = blocks(vector.len());
        let mut exact = vec![[0.0f32; BLOCK]; blocks];
        exact.as_flattened_mut()[..vector.len()].copy_from_slice(vector);
        let largest = vector.iter().fold(0.0f32, |largest, x| largest.max(x.abs()));
        // As fine as 16 bits allow, and coarse enough for the sum of all products to fit into 32.
        let finest = f64::from(i32::MAX) / (f64::from(LARGEST) * vector.len().max(1) as f64);
        let finest = finest.floor().min(f64::from(i16::MAX)) as f32;
        let scale = largest / finest;
        let mut codes = vec![[0i16; BLOCK]; blocks];
        let mut error = 0.0f64;
        if scale > f32::MIN_POSITIVE {
            let codes = codes.as_flattened_mut();
            Arch::new().dispatch(Round { vector, scale, finest, codes });
            for (x, code) in vector.iter().zip(codes) {
                error += f64::from(x - scale * f32::from(*code)).powi(2);
            }
        }
        let length = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt() as f32;
        Self { codes, scale, error: error.sqrt() as f32, length, exact }
    }

    /// Whether it is all zeros, and so similar to nothing.
    pub(super) fn is_zero(&self) -> bool {
        self.scale <= f32::MIN_POSITIVE
    }

    /// A row as a query.
    pub(super) fn of_row(high: &[Block], scale: f32) -> Self {
        let codes = high.iter().map(|block| block.map(i16::from)).collect();
        Self { codes, scale, error: 0.0, length: 0.0, exact: Vec::new() }
    }
}

/// Rounds a vector to codes, with the processor's own instruction for it; without, each component costs a function call.
struct Round<'a> {
    vector: &'a [f32],
    scale: f32,
    finest: f32,
    codes: &'a mut [i16],
}

impl WithSimd for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (x, code) in self.vector.iter().zip(self.codes) {
            *code = (x / self.scale).round().clamp(-self.finest, self.finest) as i16;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sixteen_bits_lose_less_than_a_ten_thousandth_of_a_cosine(
            seeds in proptest::collection::vec(-1.0f32..1.0, 2..300),
        ) {
            let unit = |vector: Vec<f32>| -> Vec<f32> {
                let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-3);
                vector.into_iter().map(|x| x / length).collect()
            };
            let vector = unit(seeds.clone());
            let query = unit(seeds.iter().rev().map(|x| x + 0.3).collect());
            let width = blocks(vector.len());
            let (mut high, mut low) = (vec![[0; BLOCK]; width], vec![[0; BLOCK]; width]);
            let (scale, error) = encode(&vector, &mut high, &mut low);
            let rows = Rows { blocks: width, scales: &[scale], high: &high, low: &low };
            let asked = Query::new(&query);
            let exact: f64 = vector.iter().zip(&query).map(|(a, b)| f64::from(a * b)).sum();
            prop_assert!((f64::from(rows.similarity(0, &asked)) - exact).abs() < 1e-4);
            let mut dots = [0];
            super::super::kernel::Kernel::new().scan(&high, &asked.codes, &mut dots);
            let coarse = f64::from(dots[0]) * f64::from(scale) * f64::from(asked.scale);
            let bound = error * asked.length + asked.error * 1.1 + 1e-5;
            prop_assert!((coarse - exact).abs() <= f64::from(bound), "{coarse} {exact} {bound}");
        }
    }

    #[test]
    fn a_query_of_many_equal_dimensions_does_not_overflow() {
        let dims = 4096;
        let vector = vec![1.0 / (dims as f32).sqrt(); dims];
        let width = blocks(dims);
        let (mut high, mut low) = (vec![[0; BLOCK]; width], vec![[0; BLOCK]; width]);
        let (scale, _) = encode(&vector, &mut high, &mut low);
        let query = Query::new(&vector);
        let mut dots = [0];
        super::super::kernel::Kernel::new().scan(&high, &query.codes, &mut dots);
        assert!((dots[0] as f32 * scale * query.scale - 1.0).abs() < 1e-3);
    }
}
