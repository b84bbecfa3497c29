//! Dot products of rows of bytes with the widest instructions that the processor has.
//!
//! Integers alone, so that every processor computes the same numbers. The loops are plain; `pulp` compiles each for
//! several instruction sets and picks one when the program runs. What it compiles must be written out as loops:
//! closures given to iterators are compiled for the baseline processor, eight times slower.

use pulp::{Arch, Simd, WithSimd};

/// Rows are made of blocks as long as a cache line, the last one filled up with zeros.
pub(super) const BLOCK: usize = 64;

/// Components of a row.
pub(crate) type Block = [i8; BLOCK];
/// Components of a query: finer than those of the rows, at no cost, since both are widened to 16 bits anyway.
pub(super) type QueryBlock = [i16; BLOCK];

/// Dot products for the processor at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kernel(Arch);

impl Kernel {
    pub(crate) fn new() -> Self {
        Self(Arch::new())
    }

    /// `dots[i] = rows[at[i]] · query`, for rows of as many blocks as the query has. A row that is not there counts 0.
    pub(super) fn gather(self, rows: &[Block], at: &[u32], query: &[QueryBlock], dots: &mut [i32]) {
        self.0.dispatch(Gather { rows, at, query, dots });
    }

    /// `dots[r * count + q]` is that of the row whose first block is `starts[r]` with the query `q` of `count`, which lie
    /// one after the other. A row that is not there counts 0.
    pub(super) fn cross(
        self,
        rows: &[Block],
        starts: &[usize],
        queries: &[QueryBlock],
        count: usize,
        dots: &mut [i32],
    ) {
        self.0.dispatch(Cross { rows, starts, queries, count, dots });
    }

    /// `dots[i] = rows[i] · query`, row after row.
    pub(super) fn scan(self, rows: &[Block], query: &[QueryBlock], dots: &mut [i32]) {
        self.0.dispatch(Scan { rows, query, dots });
    }

    /// `a · b` of two rows.
    pub(super) fn dot(self, a: &[Block], b: &[Block]) -> i32 {
        self.0.dispatch(Dot { a, b })
    }
}

struct Gather<'a> {
    rows: &'a [Block],
    at: &'a [u32],
    query: &'a [QueryBlock],
    dots: &'a mut [i32],
}

impl WithSimd for Gather<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, at, query, dots } = self;
        let blocks = query.len();
        // A first look at every row, whose waits for memory overlap; the sums find the rows in the cache.
        let mut touched = 0;
        for row in at {
            let start = *row as usize * blocks;
            if let Some(row) = rows.get(start..start + blocks) {
                touched ^= row[0][0] ^ row[blocks / 2][0];
            }
        }
        std::hint::black_box(touched);
        for (row, dot) in at.iter().zip(dots) {
            let start = *row as usize * blocks;
            *dot = match rows.get(start..start + blocks) {
                Some(row) => wide_dot(row, query),
                None => 0,
            };
        }
    }
}

struct Cross<'a> {
    rows: &'a [Block],
    starts: &'a [usize],
    queries: &'a [QueryBlock],
    count: usize,
    dots: &'a mut [i32],
}

impl WithSimd for Cross<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, starts, queries, count, dots } = self;
        let width = queries.len() / count.max(1);
        for (start, dots) in starts.iter().zip(dots.chunks_exact_mut(count.max(1))) {
            let row = rows.get(*start..start + width).unwrap_or_default();
            for (query, dot) in queries.chunks_exact(width.max(1)).zip(dots) {
                *dot = wide_dot(row, query);
            }
        }
    }
}

struct Scan<'a> {
    rows: &'a [Block],
    query: &'a [QueryBlock],
    dots: &'a mut [i32],
}

impl WithSimd for Scan<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, query, dots } = self;
        for (row, dot) in rows.chunks_exact(query.len().max(1)).zip(dots) {
            *dot = wide_dot(row, query);
        }
    }
}

struct Dot<'a> {
    a: &'a [Block],
    b: &'a [Block],
}

impl WithSimd for Dot<'_> {
    type Output = i32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> i32 {
        let mut sum = 0;
        for (a, b) in self.a.iter().zip(self.b) {
            let mut block = 0;
            for i in 0..BLOCK {
                block += i32::from(a[i]) * i32::from(b[i]);
            }
            sum += block;
        }
        sum
    }
}

/// Cannot overflow: [`super::rows::Query`] keeps its components small enough for the number of dimensions.
#[inline(always)]
fn wide_dot(row: &[Block], query: &[QueryBlock]) -> i32 {
    let mut sum = 0;
    for (a, b) in row.iter().zip(query) {
        let mut block = 0;
        for i in 0..BLOCK {
            block += i32::from(a[i]) * i32::from(b[i]);
        }
        sum += block;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(seed: i32) -> Vec<Block> {
        (0..2)
            .map(|b| {
                std::array::from_fn(|i| ((seed * 31 + b * 64 + i as i32 * 7) % 255 - 127) as i8)
            })
            .collect()
    }

    #[test]
    fn every_way_to_a_dot_product_agrees_with_the_plain_sum() {
        let kernel = Kernel::new();
        let rows: Vec<Block> = (0..9).flat_map(row).collect();
        let query: Vec<QueryBlock> =
            row(77).iter().map(|block| block.map(|x| i16::from(x) * 200)).collect();
        let plain = |at: usize| -> i32 {
            let row = rows[at * 2..at * 2 + 2].as_flattened();
            row.iter().zip(query.as_flattened()).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
        };
        let mut all = [0; 9];
        kernel.scan(&rows, &query, &mut all);
        let mut some = [1; 3];
        kernel.gather(&rows, &[8, 0, 99], &query, &mut some);
        assert_eq!(all.to_vec(), (0..9).map(plain).collect::<Vec<_>>());
        assert_eq!(some, [plain(8), plain(0), 0]);
        assert_eq!(
            kernel.dot(&rows[2..4], &rows[2..4]),
            row(1).as_flattened().iter().map(|x| i32::from(*x).pow(2)).sum::<i32>()
        );
    }
}
