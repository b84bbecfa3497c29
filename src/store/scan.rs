//! A glance at every project of an index: the few thousand that may be among the best for a mentee.
//!
//! Twice the same way: first a sample of the projects, to learn how good those to be kept will be; then all of them,
//! each no longer than it takes to see that it is worse. The parts are the same on any number of threads.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;

use super::sketch::{MOST_ITEMS, Shelf, Sketches};
use crate::index::{Cross, Row, Subset, fetch};
use crate::rank::glance::{Glance, Prices, Worth};

/// Projects that one thread passes at a time.
const AT_ONCE: usize = 8_192;
/// Rows of items that are summed up at a time.
const ROWS: usize = 256;
/// How many are looked at first.
const SAMPLE: usize = 2_048;
/// Of the best, so many reach the bar with less by their items than the others have: these are let go.
const UNUSUAL: f32 = 0.005;

/// A project at a position, and its score as far as it was looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) position: u32,
    pub(super) score: f32,
    /// The score by its items alone.
    pub(super) front: f32,
}

impl Seen {
    /// The better first; of equals the one that lies first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.position.cmp(&other.position))
    }
}

/// A glance at all projects of an index.
pub(super) struct Scan<'a> {
    pub(super) sketches: &'a Sketches,
    pub(super) glance: &'a Glance,
    /// What short vectors, of a block each, are compared with.
    pub(super) whole: Cross,
    /// What each item is worth.
    pub(super) worth: &'a [Worth],
    pub(super) kept: Option<&'a Subset>,
}

/// A shelf, with the price of each item on it.
struct Priced<'a> {
    shelf: Shelf<'a>,
    prices: Prices,
}

/// What a project must reach.
#[derive(Clone, Copy)]
struct Bar {
    score: f32,
    /// By its items alone.
    front: f32,
}

impl Scan<'_> {
    /// The `held` best.
    pub(super) fn best(&self, held: usize) -> Vec<Seen> {
        let shelves = self.sketches.shelves().filter(|shelf| !shelf.positions.is_empty());
        let shelves: Vec<Priced<'_>> = shelves
            .map(|shelf| Priced { prices: self.glance.prices(self.worth, shelf.items), shelf })
            .collect();
        let bar = self.sample(&shelves, held);
        let chunks = |priced: &Priced<'_>| -> Vec<Range<usize>> {
            let Range { start, end } = priced.shelf.positions;
            (start..end).step_by(AT_ONCE).map(|p| p..(p + AT_ONCE).min(end)).collect()
        };
        let work =
            shelves.iter().flat_map(|shelf| chunks(shelf).into_iter().map(move |c| (shelf, c)));
        let found: Vec<Vec<Seen>> = work
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(shelf, positions)| self.pass(shelf, positions, bar))
            .collect();
        let mut seen = found.concat();
        keep_first(&mut seen, held, Seen::order);
        seen
    }

    /// What a project must reach to be among the best `held`, more or less.
    fn sample(&self, shelves: &[Priced<'_>], held: usize) -> Bar {
        let step = (self.sketches.len() / SAMPLE).max(1);
        let mut all = Vec::new();
        for shelf in shelves {
            self.fronts(shelf, shelf.shelf.positions.clone(), step, f32::NEG_INFINITY, &mut all);
        }
        self.add_products(&mut all);
        // Some more than are wanted: a sample errs.
        let wanted = (held + held / 4) / step + 16;
        if all.len() <= wanted {
            // Too few are let through for the sample to tell anything.
            return Bar { score: f32::NEG_INFINITY, front: f32::NEG_INFINITY };
        }
        keep_first(&mut all, wanted, Seen::order);
        let score = all.iter().map(|seen| seen.score).fold(f32::INFINITY, f32::min);
        let mut fronts: Vec<f32> =
            all.iter().filter(|seen| seen.front > 0.0).map(|seen| seen.front).collect();
        fronts.sort_unstable_by(f32::total_cmp);
        let front = fronts.get((fronts.len() as f32 * UNUSUAL) as usize).copied();
        Bar { score, front: front.unwrap_or(0.0) }
    }

    /// Those of some positions of a shelf that reach the bar.
    fn pass(&self, shelf: &Priced<'_>, positions: Range<usize>, bar: Bar) -> Vec<Seen> {
        let front = if shelf.shelf.items == 0 { f32::NEG_INFINITY } else { bar.front };
        let mut seen = Vec::new();
        self.fronts(shelf, positions, 1, front, &mut seen);
        self.add_products(&mut seen);
        seen.retain(|seen| seen.score >= bar.score);
        seen
    }

    /// Of every `step`th of some positions, those whose score by their items reaches `least`.
    fn fronts(
        &self,
        Priced { shelf, prices }: &Priced<'_>,
        positions: Range<usize>,
        step: usize,
        least: f32,
        seen: &mut Vec<Seen>,
    ) {
        let order = self.sketches.order();
        let is_kept = |position: usize| {
            self.kept.is_none_or(|kept| order.get(position).is_some_and(|p| kept.contains(*p)))
        };
        let mut fronts = [0.0; ROWS];
        let mut reaching = [0; ROWS];
        for block in positions.clone().step_by(step * ROWS) {
            let rows = (positions.end - block).div_ceil(step).min(ROWS);
            if let Some(sum_up) = shelf.items.checked_sub(1).and_then(|at| BY_ITEMS.get(at)) {
                let first = (block - shelf.positions.start) * shelf.items;
                let numbers = shelf.numbers.get(first..).unwrap_or_default();
                sum_up(numbers, step, prices, &mut fronts[..rows]);
            }
            // Which ones do is no more than chance to the processor: all are written, and the others overwritten.
            let mut end = 0;
            for (row, front) in fronts[..rows].iter().enumerate() {
                reaching[end] = row;
                end += usize::from(*front >= least);
            }
            for row in &reaching[..end] {
                let (position, front) = (block + row * step, fronts[*row]);
                if is_kept(position) {
                    seen.push(Seen { position: position as u32, score: front, front });
                }
            }
        }
    }

    fn add_products(&self, seen: &mut [Seen]) {
        let (blocks, scales) = self.sketches.vectors();
        let row = |seen: &Seen| {
            let position = seen.position as usize;
            (position, scales.get(position).copied().unwrap_or(0.0))
        };
        let rows: Vec<Row> = seen.iter().map(row).collect();
        fetch(blocks, rows.iter().map(|(start, _)| *start), 1);
        for (seen, product) in seen.iter_mut().zip(self.whole.cosines(blocks, &rows)) {
            seen.score += product;
        }
    }
}

type SumUp = fn(&[u32], usize, &Prices, &mut [f32]);

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
];

/// The scores by their items of every `step`th row of the numbers of `N` items.
fn sum_up<const N: usize>(numbers: &[u32], step: usize, prices: &Prices, scores: &mut [f32]) {
    let rows = numbers.as_chunks::<N>().0;
    for (row, score) in rows.iter().step_by(step).zip(scores) {
        let mut sum = 0u32;
        for number in row {
            sum = sum.wrapping_add(prices.packed.get(*number as usize).copied().unwrap_or(0));
        }
        *score = prices.score(sum);
    }
}

/// Keeps those `count` items that are first in an order, themselves in none.
pub(super) fn keep_first<T>(items: &mut Vec<T>, count: usize, order: fn(&T, &T) -> Ordering) {
    if items.len() > count {
        items.select_nth_unstable_by(count, order);
        items.truncate(count);
    }
}
