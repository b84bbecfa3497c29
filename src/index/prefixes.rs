//! The first components of very many vectors, laid out so that all are compared with one as fast as memory gives them.
//!
//! Vectors lie in groups: the first components of all of a group, then their second ones, and so on. Of vectors along
//! principal axes, the first components tell most.

use pulp::{Arch, Simd, WithSimd};

use super::kernel::Block;
use super::rows::{LARGEST, Query};

/// Components of a prefix.
const PREFIX: usize = 16;
/// Vectors of a group.
const ROWS: usize = 16;

/// Of each component its values in all vectors of the group.
pub(crate) type Group = [[i8; ROWS]; PREFIX];

/// The prefixes of vectors, of which each is one block with a scale of its own, and the scale of all of them.
pub(crate) fn prefixes(vectors: &[Block], scales: &[f32]) -> (Vec<Group>, f32) {
    let vectors: Vec<(&Block, &f32)> = vectors.iter().zip(scales).collect();
    let largest = |(vector, scale): &(&Block, &f32)| {
        let largest = vector[..PREFIX].iter().map(|code| code.unsigned_abs()).max();
        f32::from(largest.unwrap_or(0)) * **scale
    };
    let largest = vectors.iter().map(largest).fold(0.0, f32::max);
    let steps = if largest > 0.0 { LARGEST / largest } else { 0.0 };
    let group = |vectors: &[(&Block, &f32)]| {
        let code = |at: usize, row: usize| {
            let code = |(vector, scale): &(&Block, &f32)| f32::from(vector[at]) * **scale * steps;
            vectors.get(row).map_or(0.0, code).round() as i8
        };
        std::array::from_fn(|at| std::array::from_fn(|row| code(at, row)))
    };
    (vectors.chunks(ROWS).map(group).collect(), largest / LARGEST)
}

/// The prefix of a vector that is looked for.
#[derive(Debug)]
pub(crate) struct PrefixQuery {
    arch: Arch,
    /// As wide as the sums, so that no instruction is spent on it.
    codes: [i32; PREFIX],
    scale: f32,
}

impl PrefixQuery {
    pub(crate) fn new(vector: &[f32]) -> Self {
        let query = Query::new(vector);
        let codes = query.codes.as_flattened();
        Self {
            arch: Arch::new(),
            codes: std::array::from_fn(|at| codes.get(at).copied().map_or(0, i32::from)),
            scale: query.scale,
        }
    }

    /// Adds to `sums` the products with the prefixes of as many vectors, the first of which is at `start`.
    pub(crate) fn add_to(&self, groups: &[Group], scale: f32, start: usize, sums: &mut [f32]) {
        let (groups, skip) = (groups.get(start / ROWS..).unwrap_or_default(), start % ROWS);
        self.arch.dispatch(Add { query: self, groups, skip, scale: scale * self.scale, sums });
    }
}

struct Add<'a> {
    query: &'a PrefixQuery,
    groups: &'a [Group],
    /// Vectors of the first group that do not count.
    skip: usize,
    scale: f32,
    sums: &'a mut [f32],
}

impl WithSimd for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { query, groups, mut skip, scale, mut sums } = self;
        for group in groups {
            let mut dots = [0i32; ROWS];
            for (components, code) in group.iter().zip(&query.codes) {
                for row in 0..ROWS {
                    dots[row] += i32::from(components[row]) * code;
                }
            }
            let count = (ROWS - skip).min(sums.len());
            let (these, others) = sums.split_at_mut(count);
            for row in 0..count {
                these[row] += dots[skip + row] as f32 * scale;
            }
            if others.is_empty() {
                return;
            }
            (sums, skip) = (others, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Coded;

    #[test]
    fn from_wherever_on_the_products_are_those_of_the_first_components() {
        let vector = |seed: usize| -> Vec<f32> {
            (0..64).map(|i| ((seed * 31 + i * 7) % 19) as f32 - 9.0).collect()
        };
        let mut coded = Coded::new(64);
        (0..50).for_each(|seed| coded.push(&vector(seed)));
        let (codes, scales) = coded.raw(0..50);
        let (groups, scale) = prefixes(codes.as_chunks().0, scales);
        let query = PrefixQuery::new(&vector(99));
        for (start, count) in [(0, 50), (3, 20), (15, 2), (16, 16), (49, 1), (40, 30)] {
            let mut sums = vec![1.0; count];
            query.add_to(&groups, scale, start, &mut sums);
            for (at, sum) in sums.iter().enumerate() {
                let prefix = |vector: Vec<f32>| vector.into_iter().take(PREFIX).collect::<Vec<_>>();
                let (one, other) = (prefix(vector(start + at)), prefix(vector(99)));
                let product: f32 = one.iter().zip(&other).map(|(a, b)| a * b).sum();
                let product = if start + at < 50 { product } else { 0.0 };
                assert!((sum - 1.0 - product).abs() < 3.0, "{start} {at}: {sum} {product}");
            }
        }
    }
}
