//! Cosines of several queries with rows that may lie anywhere: each row is read from memory once for all queries.

use super::kernel::{Block, Kernel, QueryBlock};
use super::rows::Query;

/// Rows compared at a time: their dot products stay in the nearest cache.
const AT_ONCE: usize = 64;

/// Where a row begins, in blocks, and its scale.
pub(crate) type Row = (usize, f32);

/// Reads `length` blocks at each of `starts`, so that they are in the cache when they are needed: memory fetches many places
/// at a time, and one who needs them one after the other would wait for each.
pub(crate) fn prefetch(blocks: &[Block], starts: impl Iterator<Item = usize>, length: usize) {
    let mut touched = 0;
    for start in starts {
        for block in blocks.get(start..start + length).unwrap_or_default() {
            touched ^= block[0];
        }
    }
    std::hint::black_box(touched);
}

/// Queries to be compared with rows.
#[derive(Debug)]
pub(crate) struct Cross {
    kernel: Kernel,
    /// Of all queries, one after the other.
    codes: Vec<QueryBlock>,
    scales: Vec<f32>,
    /// How far apart the results of two rows are.
    stride: usize,
}

impl Cross {
    /// Queries of the same dimensions; `stride` is no less than their number.
    pub(crate) fn new(queries: &[Vec<f32>], stride: usize) -> Self {
        let queries: Vec<Query> = queries.iter().map(|query| Query::new(query)).collect();
        Self {
            kernel: Kernel::new(),
            codes: queries.iter().flat_map(|query| query.codes.iter().copied()).collect(),
            scales: queries.iter().map(|query| query.scale).collect(),
            stride: stride.max(queries.len()),
        }
    }

    /// The cosine of row `r` with query `q` at `r * stride + q`, zeros between; 0 where a row is not there.
    pub(crate) fn cosines(&self, blocks: &[Block], rows: &[Row]) -> Vec<f32> {
        let mut cosines = vec![0.0; rows.len() * self.stride];
        let queries = self.scales.len().max(1);
        let mut dots = vec![0; AT_ONCE.min(rows.len()) * queries];
        let mut starts = [0; AT_ONCE];
        let chunks = cosines.chunks_mut((AT_ONCE * self.stride).max(1));
        for (rows, cosines) in rows.chunks(AT_ONCE).zip(chunks) {
            let starts = &mut starts[..rows.len()];
            starts.iter_mut().zip(rows).for_each(|(start, row)| *start = row.0);
            self.kernel.cross(blocks, starts, &self.codes, queries, &mut dots);
            let rows = rows.iter().zip(dots.chunks_exact(queries));
            for ((row, dots), cosines) in rows.zip(cosines.chunks_mut(self.stride)) {
                for ((cosine, dot), scale) in cosines.iter_mut().zip(dots).zip(&self.scales) {
                    *cosine = *dot as f32 * (row.1 * scale);
                }
            }
        }
        cosines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Coded;

    #[test]
    fn every_row_meets_every_query_as_it_would_alone() {
        let vector = |seed: usize| -> Vec<f32> {
            (0..100).map(|i| ((seed * 31 + i * 7) % 19) as f32 - 9.0).collect()
        };
        let mut coded = Coded::new(100);
        (0..200).for_each(|seed| coded.push(&vector(seed)));
        let (codes, scales) = coded.raw(0..200);
        let blocks = codes.as_chunks().0;
        let queries: Vec<Vec<f32>> = (0..3).map(|seed| vector(1000 + seed)).collect();
        let rows: Vec<Row> = (0..200).rev().map(|row| (2 * row, scales[row])).collect();
        let found = Cross::new(&queries, 4).cosines(blocks, &rows);
        for (q, query) in queries.iter().enumerate() {
            let mut alone = vec![0.0; 200];
            coded.cosines(0..200, &Query::new(query), &mut alone);
            alone.reverse();
            let found: Vec<f32> = found.chunks(4).map(|row| row[q]).collect();
            assert_eq!(found, alone);
        }
        assert!(found.chunks(4).all(|row| row[3] == 0.0));
        assert_eq!(Cross::new(&queries[..1], 1).cosines(blocks, &[(399, 1.0)]), [0.0]);
        assert!(Cross::new(&[], 0).cosines(blocks, &rows).is_empty());
    }
}
