//! A glance at every project of an index: the few thousand that may be among the best for a mentee.
//!
//! Two passes. The first scores a sample of the projects to estimate the cut-off; the second scores all of them and drops
//! each as soon as it is below the cut-off. The parts are the same on any number of threads.

use std::cmp::Ordering;
use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::sketch::{MOST_ITEMS, Shelf, Sketches};
use crate::index::{Cross, HeadQuery, Row, Subset, fetch};
use crate::rank::glance::{Glance, Prices, Worth};

/// Projects that one thread passes at a time.
const AT_ONCE: usize = 8_192;
/// Rows of items that are summed up at a time.
const ROWS: usize = 256;
/// How many are looked at first.
const SAMPLE: usize = 2_048;
/// The share of the final best that the cut-off of the first components may lose.
const UNUSUAL: f32 = 0.02;

/// Scores of items, summed up, overestimate what they give a project together: they are scaled by this.
const TOGETHER: f32 = 0.5;

/// A project at a position, and its score as far as it was looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) position: u32,
    /// The number of the shelf on which it lies.
    pub(super) shelf: u32,
    pub(super) score: f32,
    /// What its items are worth.
    pub(super) front: f32,
}

impl Seen {
    /// With another worth of its items in place of the one at a glance.
    pub(super) fn with_front(self, front: f32) -> Self {
        Self { score: self.score + TOGETHER * (front - self.front), front, ..self }
    }

    /// The better first; of equals the one that lies first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.position.cmp(&other.position))
    }
}

/// A glance at all projects of an index.
pub(super) struct Scan<'a> {
    pub(super) sketches: &'a Sketches,
    pub(super) shelves: &'a [Shelf<'a>],
    pub(super) glance: &'a Glance,
    /// What short vectors, of a block each, are compared with.
    pub(super) whole: &'a Cross,
    /// The same for their first components.
    pub(super) head: &'a HeadQuery,
    /// What each item is worth.
    pub(super) worth: &'a [Worth],
    pub(super) kept: Option<&'a Subset>,
}

/// A shelf, with the price of each item on it.
struct Priced<'a> {
    shelf: &'a Shelf<'a>,
    number: u32,
    prices: Prices,
}

/// What a project must reach.
#[derive(Clone, Copy)]
struct Bar {
    score: f32,
    /// By its items and the first components of its short vector alone.
    promise: f32,
}

impl Scan<'_> {
    /// The `held` best.
    pub(super) fn best(&self, held: usize) -> Vec<Seen> {
        let shelves = self.shelves.par_iter().zip(0..self.shelves.len() as u32);
        let shelves: Vec<Priced<'_>> =
            shelves.map(|(shelf, number)| self.price(shelf, number)).collect();
        let bar = self.sample(&shelves, held);
        let chunks = |priced: &Priced<'_>| -> Vec<Range<usize>> {
            let Range { start, end } = priced.shelf.positions.clone();
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

    fn price<'b>(&self, shelf: &'b Shelf<'b>, number: u32) -> Priced<'b> {
        let worth = |item: &u32| self.worth.get(*item as usize).copied().unwrap_or_default();
        let worth: Vec<Worth> = shelf.list.iter().map(worth).collect();
        Priced { prices: self.glance.prices(&worth, shelf.items), shelf, number }
    }

    /// What a project must reach to be among the best `held`, more or less.
    fn sample(&self, shelves: &[Priced<'_>], held: usize) -> Bar {
        let one_in = (self.sketches.len() / SAMPLE).max(1);
        let pass = |shelf: &Priced<'_>| {
            let Range { start, end } = shelf.shelf.positions.clone();
            let positions = start..start + (end - start).div_ceil(one_in);
            let mut seen = Vec::new();
            self.promising(shelf, positions, f32::NEG_INFINITY, &mut seen);
            let promises: Vec<f32> = seen.iter().map(|seen| seen.score).collect();
            self.add_products(&mut seen);
            seen.into_iter().zip(promises).collect()
        };
        let all: Vec<Vec<(Seen, f32)>> = shelves.par_iter().map(pass).collect();
        let mut all = all.concat();
        // Some more than are wanted: a sample errs.
        let wanted = (held + held / 4) / one_in + 8;
        if all.len() <= wanted {
            // Too few are let through for the sample to tell anything.
            return Bar { score: f32::NEG_INFINITY, promise: f32::NEG_INFINITY };
        }
        keep_first(&mut all, wanted, |(one, _), (other, _)| one.order(other));
        let score = all.iter().map(|(seen, _)| seen.score).fold(f32::INFINITY, f32::min);
        let mut promises: Vec<f32> = all.into_iter().map(|(_, promise)| promise).collect();
        promises.sort_unstable_by(f32::total_cmp);
        let promise = promises.get((promises.len() as f32 * UNUSUAL) as usize).copied();
        Bar { score, promise: promise.unwrap_or(f32::NEG_INFINITY) }
    }

    /// Those of some positions of a shelf that reach the bar.
    fn pass(&self, shelf: &Priced<'_>, positions: Range<usize>, bar: Bar) -> Vec<Seen> {
        let mut seen = Vec::new();
        self.promising(shelf, positions, bar.promise, &mut seen);
        self.add_products(&mut seen);
        seen.retain(|seen| seen.score >= bar.score);
        seen
    }

    /// Of some positions, those that promise `least` or more, with what they promise for a score.
    fn promising(
        &self,
        Priced { shelf, number, prices }: &Priced<'_>,
        positions: Range<usize>,
        least: f32,
        seen: &mut Vec<Seen>,
    ) {
        let order = self.sketches.order();
        let is_kept = |position: usize| {
            self.kept.is_none_or(|kept| order.get(position).is_some_and(|p| kept.contains(*p)))
        };
        let (groups, scale) = self.sketches.heads();
        let (mut sums, mut reaching) = ([0; ROWS], [0; ROWS]);
        let (mut fronts, mut promises) = ([0.0; ROWS], [0.0; ROWS]);
        for block in positions.clone().step_by(ROWS) {
            let rows = (positions.end - block).min(ROWS);
            if let Some(sum_up) = shelf.items.checked_sub(1).and_then(|at| BY_ITEMS.get(at)) {
                let first = (block - shelf.positions.start) * shelf.items;
                let numbers = shelf.numbers.get(first..).unwrap_or_default();
                sum_up(numbers, &prices.packed, &mut sums[..rows]);
            }
            Arch::new().dispatch(Fronts {
                sums: &sums,
                prices,
                fronts: &mut fronts,
                promises: &mut promises,
            });
            self.head.add_to(groups, scale, block, &mut promises[..rows]);
            // Without a branch: every row is written, and only what passes is kept.
            let mut end = 0;
            for (row, promise) in promises[..rows].iter().enumerate() {
                reaching[end] = row;
                end += usize::from(*promise >= least);
            }
            for row in &reaching[..end] {
                let (position, front, score) = (block + row, fronts[*row], promises[*row]);
                if is_kept(position) {
                    seen.push(Seen { position: position as u32, shelf: *number, score, front });
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
            seen.score = TOGETHER * seen.front + product;
        }
    }
}

/// From the sums of prices to what items are worth, and promise.
struct Fronts<'a> {
    sums: &'a [u32; ROWS],
    prices: &'a Prices,
    fronts: &'a mut [f32; ROWS],
    promises: &'a mut [f32; ROWS],
}

impl WithSimd for Fronts<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for at in 0..ROWS {
            self.fronts[at] = self.prices.score(self.sums[at]);
            self.promises[at] = TOGETHER * self.fronts[at];
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

/// The sums of the prices of the rows of the numbers of `N` items.
fn sum_up<const N: usize>(numbers: &[u16], prices: &[u32], sums: &mut [u32]) {
    let rows = numbers.as_chunks::<N>().0;
    for (row, sum) in rows.iter().zip(sums) {
        let price = |number: &u16| prices.get(usize::from(*number)).copied().unwrap_or(0);
        *sum = row.iter().map(price).fold(0, u32::wrapping_add);
    }
}

/// Keeps those `count` items that are first in an order, themselves in none.
pub(super) fn keep_first<T>(items: &mut Vec<T>, count: usize, order: fn(&T, &T) -> Ordering) {
    if items.len() > count {
        items.select_nth_unstable_by(count, order);
        items.truncate(count);
    }
}
