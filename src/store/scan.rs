//! The first stage over every project of an index: the few thousand that may be among the best for a mentee.
//!
//! Two passes. The first scores a sample of the projects to estimate the cut-off; the second scores all of them and drops
//! each as soon as it is below the cut-off. The parts are the same on any number of threads.

use std::cmp::Ordering;
use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::sketch::{Bucket, MOST_ITEMS, Sketches};
use crate::index::{Cross, PrefixQuery, Row, Subset, prefetch};
use crate::rank::first_stage::{CompiledQuery, ItemScore, QuantizedScores};

/// Projects that one thread passes at a time.
const AT_ONCE: usize = 8_192;
/// Rows of items that are summed up at a time.
const ROWS: usize = 256;
/// How many projects are scored in full to estimate the threshold.
const SAMPLE: usize = 2_048;
/// The quantile of the partial scores, among the best of the sample, that is the threshold for partial scores: so large a
/// share of the best may be lost because their partial score is unusually low.
const UNUSUAL: f32 = 0.02;

/// The sum of its items' scores overestimates what they add to the score of a project together: it is scaled by this.
const TOGETHER: f32 = 0.5;

/// A project at a position, and its score as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScoredPosition {
    pub(super) position: u32,
    /// The number of the bucket in which it lies.
    pub(super) bucket: u32,
    pub(super) score: f32,
    /// What its items add to the score.
    pub(super) item_score: f32,
}

impl ScoredPosition {
    /// With another score of its items in place of the one before.
    pub(super) fn with_item_score(self, item_score: f32) -> Self {
        Self { score: self.score + TOGETHER * (item_score - self.item_score), item_score, ..self }
    }

    /// The better first; of equals the one that lies first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.position.cmp(&other.position))
    }
}

/// The first stage over all projects of an index.
pub(super) struct Scan<'a> {
    pub(super) sketches: &'a Sketches,
    pub(super) buckets: &'a [Bucket<'a>],
    pub(super) compiled: &'a CompiledQuery,
    /// The query that short vectors, of a block each, are compared with.
    pub(super) whole: &'a Cross,
    /// The same for their first components.
    pub(super) prefix: &'a PrefixQuery,
    /// What each item adds to a score.
    pub(super) item_scores: &'a [ItemScore],
    pub(super) kept: Option<&'a Subset>,
}

/// A bucket, with the quantized score of each item in it.
struct ScoredBucket<'a> {
    bucket: &'a Bucket<'a>,
    number: u32,
    quantized: QuantizedScores,
}

/// The scores that a project must reach to be kept.
#[derive(Clone, Copy)]
struct Threshold {
    score: f32,
    /// By its items and the first components of its short vector alone.
    partial: f32,
}

impl Scan<'_> {
    /// The `held` best, in no order.
    pub(super) fn best(&self, held: usize) -> Vec<ScoredPosition> {
        let buckets = self.buckets.par_iter().zip(0..self.buckets.len() as u32);
        let buckets: Vec<ScoredBucket<'_>> =
            buckets.map(|(bucket, number)| self.score_bucket(bucket, number)).collect();
        let threshold = self.sample(&buckets, held);
        let chunks = |scored: &ScoredBucket<'_>| -> Vec<Range<usize>> {
            let Range { start, end } = scored.bucket.positions.clone();
            (start..end).step_by(AT_ONCE).map(|p| p..(p + AT_ONCE).min(end)).collect()
        };
        let work =
            buckets.iter().flat_map(|bucket| chunks(bucket).into_iter().map(move |c| (bucket, c)));
        let found: Vec<Vec<ScoredPosition>> = work
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(bucket, positions)| self.pass(bucket, positions, threshold))
            .collect();
        let mut hits = found.concat();
        keep_first(&mut hits, held, ScoredPosition::order);
        hits
    }

    fn score_bucket<'b>(&self, bucket: &'b Bucket<'b>, number: u32) -> ScoredBucket<'b> {
        let item_scores =
            |item: &u32| self.item_scores.get(*item as usize).copied().unwrap_or_default();
        let item_scores: Vec<ItemScore> = bucket.list.iter().map(item_scores).collect();
        ScoredBucket {
            quantized: self.compiled.quantized(&item_scores, bucket.items),
            bucket,
            number,
        }
    }

    /// An estimate of the scores that a project must reach to be among the best `held`.
    fn sample(&self, buckets: &[ScoredBucket<'_>], held: usize) -> Threshold {
        let one_in = (self.sketches.len() / SAMPLE).max(1);
        let pass = |bucket: &ScoredBucket<'_>| {
            let Range { start, end } = bucket.bucket.positions.clone();
            let positions = start..start + (end - start).div_ceil(one_in);
            let mut hits = Vec::new();
            self.promising(bucket, positions, f32::NEG_INFINITY, &mut hits);
            let partials: Vec<f32> = hits.iter().map(|hit| hit.score).collect();
            self.add_products(&mut hits);
            hits.into_iter().zip(partials).collect()
        };
        let all: Vec<Vec<(ScoredPosition, f32)>> = buckets.par_iter().map(pass).collect();
        let mut all = all.concat();
        // Some more than are wanted: a sample errs.
        let wanted = (held + held / 4) / one_in + 8;
        if all.len() <= wanted {
            // Too few are let through for the sample to tell anything.
            return Threshold { score: f32::NEG_INFINITY, partial: f32::NEG_INFINITY };
        }
        keep_first(&mut all, wanted, |(one, _), (other, _)| one.order(other));
        let score = all.iter().map(|(hit, _)| hit.score).fold(f32::INFINITY, f32::min);
        let mut partials: Vec<f32> = all.into_iter().map(|(_, partial)| partial).collect();
        partials.sort_unstable_by(f32::total_cmp);
        let partial = partials.get((partials.len() as f32 * UNUSUAL) as usize).copied();
        Threshold { score, partial: partial.unwrap_or(f32::NEG_INFINITY) }
    }

    /// Those of some positions of a bucket that reach the threshold.
    fn pass(
        &self,
        bucket: &ScoredBucket<'_>,
        positions: Range<usize>,
        threshold: Threshold,
    ) -> Vec<ScoredPosition> {
        let mut hits = Vec::new();
        self.promising(bucket, positions, threshold.partial, &mut hits);
        self.add_products(&mut hits);
        hits.retain(|hit| hit.score >= threshold.score);
        hits
    }

    /// Of some positions, those whose partial score is `least` or more.
    fn promising(
        &self,
        ScoredBucket { bucket, number, quantized }: &ScoredBucket<'_>,
        positions: Range<usize>,
        least: f32,
        hits: &mut Vec<ScoredPosition>,
    ) {
        let order = self.sketches.order();
        let is_kept = |position: usize| {
            self.kept.is_none_or(|kept| order.get(position).is_some_and(|p| kept.contains(*p)))
        };
        let (groups, scale) = self.sketches.prefixes();
        let (mut sums, mut reaching) = ([0; ROWS], [0; ROWS]);
        let (mut item_scores, mut partials) = ([0.0; ROWS], [0.0; ROWS]);
        for block in positions.clone().step_by(ROWS) {
            let rows = (positions.end - block).min(ROWS);
            if let Some(sum_up) = bucket.items.checked_sub(1).and_then(|at| BY_ITEMS.get(at)) {
                let first = (block - bucket.positions.start) * bucket.items;
                let numbers = bucket.numbers.get(first..).unwrap_or_default();
                sum_up(numbers, &quantized.packed, &mut sums[..rows]);
            }
            Arch::new().dispatch(ItemScores {
                sums: &sums,
                quantized,
                item_scores: &mut item_scores,
                partials: &mut partials,
            });
            self.prefix.add_to(groups, scale, block, &mut partials[..rows]);
            // Without a branch: every row is written, and only what passes is kept.
            let mut end = 0;
            for (row, partial) in partials[..rows].iter().enumerate() {
                reaching[end] = row;
                end += usize::from(*partial >= least);
            }
            for row in &reaching[..end] {
                let (position, item_score, score) =
                    (block + row, item_scores[*row], partials[*row]);
                if is_kept(position) {
                    hits.push(ScoredPosition {
                        position: position as u32,
                        bucket: *number,
                        score,
                        item_score,
                    });
                }
            }
        }
    }

    fn add_products(&self, hits: &mut [ScoredPosition]) {
        let (blocks, scales) = self.sketches.vectors();
        let row = |hit: &ScoredPosition| {
            let position = hit.position as usize;
            (position, scales.get(position).copied().unwrap_or(0.0))
        };
        let rows: Vec<Row> = hits.iter().map(row).collect();
        prefetch(blocks, rows.iter().map(|(start, _)| *start), 1);
        for (hit, product) in hits.iter_mut().zip(self.whole.cosines(blocks, &rows)) {
            hit.score = TOGETHER * hit.item_score + product;
        }
    }
}

/// From sums of quantized scores to what items add, and partial scores.
struct ItemScores<'a> {
    sums: &'a [u32; ROWS],
    quantized: &'a QuantizedScores,
    item_scores: &'a mut [f32; ROWS],
    partials: &'a mut [f32; ROWS],
}

impl WithSimd for ItemScores<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for at in 0..ROWS {
            self.item_scores[at] = self.quantized.score(self.sums[at]);
            self.partials[at] = TOGETHER * self.item_scores[at];
        }
    }
}

type SumUp = fn(&[u16], &[u32], &mut [u32]);

/// For each number of items but none, its own loop.
const BY_ITEMS: [SumUp; MOST_ITEMS] = [
    sum_up::<1>,
    sum_up::<2>,
    sum_up::<3>,
    sum_up::<4>,
    sum_up::<5>,
    sum_up::<6>,
    sum_up::<7>,
    sum_up::<8>,
    sum_up::<9>,
    sum_up::<10>,
    sum_up::<11>,
    sum_up::<12>,
    sum_up::<13>,
    sum_up::<14>,
    sum_up::<15>,
    sum_up::<16>,
    sum_up::<17>,
    sum_up::<18>,
    sum_up::<19>,
    sum_up::<20>,
    sum_up::<21>,
    sum_up::<22>,
    sum_up::<23>,
    sum_up::<24>,
    sum_up::<25>,
    sum_up::<26>,
    sum_up::<27>,
    sum_up::<28>,
    sum_up::<29>,
    sum_up::<30>,
    sum_up::<31>,
    sum_up::<32>,
];

/// The sums of the quantized scores of the rows of the numbers of `N` items.
fn sum_up<const N: usize>(numbers: &[u16], quantized: &[u32], sums: &mut [u32]) {
    let rows = numbers.as_chunks::<N>().0;
    for (row, sum) in rows.iter().zip(sums) {
        let score_of = |number: &u16| quantized.get(usize::from(*number)).copied().unwrap_or(0);
        *sum = row.iter().map(score_of).fold(0, u32::wrapping_add);
    }
}

/// Keeps those `count` items that are first in an order, themselves in none.
pub(super) fn keep_first<T>(items: &mut Vec<T>, count: usize, order: fn(&T, &T) -> Ordering) {
    if items.len() > count {
        items.select_nth_unstable_by(count, order);
        items.truncate(count);
    }
}
