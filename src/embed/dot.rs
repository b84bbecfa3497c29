//! Cosines of vectors of unit length: one with one, or one with many rows.
//!
//! The sums run in a fixed number of lanes and are never fused, so that every processor, whatever its
//! vector instructions, gives the same bits.

use pulp::{Arch, Simd, WithSimd};

/// Sums side by side: four registers of eight floats, so that their latencies overlap.
const LANES: usize = 32;

/// The cosine of two vectors of unit length.
pub(crate) fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let mut cosine = [0.0];
    if a.len() == b.len() {
        cosines(a, b, &mut cosine);
    }
    cosine[0]
}

/// The cosine of `vector` with each row of `rows`: rows of its length, one after the other.
pub(crate) fn cosines(rows: &[f32], vector: &[f32], cosines: &mut [f32]) {
    if vector.is_empty() {
        return;
    }
    Arch::new().dispatch(Cosines { rows, vector, cosines });
}

/// The work of [`cosines`]. A closure in its place would be compiled for the baseline processor.
struct Cosines<'a> {
    rows: &'a [f32],
    vector: &'a [f32],
    cosines: &'a mut [f32],
}

impl WithSimd for Cosines<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, vector, cosines } = self;
        for (row, cosine) in rows.chunks_exact(vector.len()).zip(cosines) {
            *cosine = dot(simd, row, vector);
        }
    }
}

#[inline(always)]
fn dot<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let whole = a.len() / LANES * LANES;
    let (a, a_rest) = a.split_at(whole);
    let (b, b_rest) = b.split_at(whole);
    // As many registers as hold the lanes; the array is as long as the narrowest processor needs it.
    let registers = LANES / S::F32_LANES;
    let mut sums = [simd.splat_f32s(0.0); LANES];
    let (a, _) = S::as_simd_f32s(a);
    let (b, _) = S::as_simd_f32s(b);
    for (x, y) in a.chunks_exact(registers).zip(b.chunks_exact(registers)) {
        for register in 0..registers {
            sums[register] = simd.add_f32s(sums[register], simd.mul_f32s(x[register], y[register]));
        }
    }
    // Halved again and again, register by register and then lane by lane: the shape of the tree is part of
    // the result, and the same however wide a register is.
    let mut width = registers / 2;
    while width > 0 {
        for register in 0..width {
            sums[register] = simd.add_f32s(sums[register], sums[register + width]);
        }
        width /= 2;
    }
    let mut lanes = [0.0f32; LANES];
    let lanes = &mut lanes[..S::F32_LANES];
    lanes.copy_from_slice(bytemuck::cast_slice(&sums[..1]));
    let mut width = S::F32_LANES / 2;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    lanes[0] + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors() -> (Vec<f32>, Vec<f32>) {
        ((0..77).map(|i| (i as f32).sin()).collect(), (0..77).map(|i| (i as f32).cos()).collect())
    }

    #[test]
    fn cosine_agrees_with_the_plain_sum() {
        let (a, b) = vectors();
        let plain: f32 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
        assert!((cosine(&a, &b) - plain).abs() < 1e-4);
    }

    #[test]
    fn one_with_many_gives_the_bits_of_one_with_one() {
        let (a, b) = vectors();
        let rows: Vec<f32> = a.iter().chain(&b).copied().collect();
        let mut found = [0.0; 2];
        cosines(&rows, &b, &mut found);
        assert_eq!(found, [cosine(&a, &b), cosine(&b, &b)]);
    }
}
