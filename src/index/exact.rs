//! Search that misses nothing: all rows by their upper bytes, then those that may belong to the best by all 16 bits.

use super::graph::Space;
use super::nearest::{Nearest, Scored};
use super::rows::Query;

/// Rows compared at a time: their dot products stay in the nearest cache.
const AT_ONCE: usize = 1024;

impl Space<'_> {
    /// The `count` rows nearest to a query, best first, of those that `accept` takes.
    ///
    /// `error` is the largest distance of a row from its upper bytes. By the Cauchy-Schwarz inequality the product of those
    /// with a query `q`, whose codes are off by `query.error`, is off by at most
    ///
    /// `margin = error * |q| + query.error * 1.02`
    ///
    /// where 1.02 bounds the length of a row's upper bytes, plus 1e-5 for what rounding adds. A row whose product is less
    /// than that of the `count`-th by more than `2 * margin` cannot be among the best.
    pub(super) fn exact(
        &self,
        query: &Query,
        count: usize,
        error: f32,
        accept: Accept<'_>,
    ) -> Vec<Scored> {
        // Compared in units of the query's scale, as the scores are.
        let margin =
            (error * query.length + query.error * 1.02 + 1e-5) / query.scale.max(f32::MIN_POSITIVE);
        let mut nearest = Nearest::default();
        nearest.restart(count);
        let mut close: Vec<Scored> = Vec::new();
        let mut many = 4 * count.min(AT_ONCE) + AT_ONCE;
        let mut take = |scored: Scored| {
            if nearest.threshold().is_some_and(|worst| scored.score < worst.score - 2.0 * margin) {
                return;
            }
            nearest.push(scored);
            close.push(scored);
            if close.len() >= many {
                let least = nearest
                    .threshold()
                    .map_or(f32::NEG_INFINITY, |worst| worst.score - 2.0 * margin);
                close.retain(|scored| scored.score >= least);
                many = many.max(2 * close.len());
            }
        };
        let blocks = self.rows.blocks;
        let mut dots = [0; AT_ONCE];
        match accept {
            Accept::All => {
                let rows = self.rows.high.chunks(AT_ONCE * blocks.max(1));
                let scales = self.rows.scales.chunks(AT_ONCE);
                let mut row = 0;
                for (rows, scales) in rows.zip(scales) {
                    self.kernel.scan(rows, &query.codes, &mut dots);
                    for (scale, dot) in scales.iter().zip(&dots) {
                        take(Scored { score: *dot as f32 * scale, row });
                        row += 1;
                    }
                }
            }
            Accept::These(rows) => {
                for rows in rows.chunks(AT_ONCE) {
                    self.kernel.gather(self.rows.high, rows, &query.codes, &mut dots);
                    for (row, dot) in rows.iter().zip(&dots) {
                        take(Scored { score: *dot as f32 * self.rows.scale(*row), row: *row });
                    }
                }
            }
        }
        let least =
            nearest.threshold().map_or(f32::NEG_INFINITY, |worst| worst.score - 2.0 * margin);
        close.retain(|scored| scored.score >= least);
        self.rescore(close.into_iter(), query, count)
    }

    /// The best `count` of some rows by all 16 bits, best first; more where the last of them are equal.
    pub(super) fn rescore(
        &self,
        rows: impl Iterator<Item = Scored>,
        query: &Query,
        count: usize,
    ) -> Vec<Scored> {
        let mut best: Vec<Scored> = rows
            .map(|Scored { row, .. }| Scored { score: self.rows.similarity(row, query), row })
            .collect();
        best.sort_unstable_by(Scored::order);
        if let Some(last) = count.checked_sub(1).and_then(|last| best.get(last)).copied() {
            best.retain(|scored| scored.score >= last.score);
        }
        best
    }
}

/// Which rows a search may find.
#[derive(Debug, Clone, Copy)]
pub(super) enum Accept<'a> {
    All,
    /// These, in ascending order.
    These(&'a [u32]),
}
