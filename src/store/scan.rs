//! A glance at every project of an index: the few thousand that may be among the best for a mentee.
//!
//! Twice the same way: first a sample of the projects, to learn how good those to be kept will be; then all of them,
//! each no longer than it takes to see that it is worse. The parts are the same on any number of threads.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;

use super::sketch::{Shelf, Sketches};
use crate::index::{Coded, Kernel, Query, Subset};
use crate::rank::glance::{Glance, Price, Worth};

/// Projects that one thread passes at a time.
const AT_ONCE: usize = 8_192;
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
    /// What short vectors are compared with.
    pub(super) query: Query,
    /// What each item is worth.
    pub(super) worth: &'a [Worth],
    pub(super) kept: Option<&'a Subset>,
}

/// A shelf, with the price of each item on it.
struct Priced<'a> {
    shelf: Shelf<'a>,
    prices: Vec<Price>,
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
            .map(|shelf| Priced {
                prices: self.worth.iter().map(|worth| worth.price(shelf.items)).collect(),
                shelf,
            })
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

    /// The scores by their items of every `step`th of some positions, as far as they reach `least`.
    fn fronts(
        &self,
        Priced { shelf, prices }: &Priced<'_>,
        positions: Range<usize>,
        step: usize,
        least: f32,
        seen: &mut Vec<Seen>,
    ) {
        let first = (positions.start - shelf.positions.start) * shelf.items;
        let mut numbers = shelf.numbers.get(first..).unwrap_or_default();
        // Which ones are kept is no more than chance to the processor: all are written, and those not kept overwritten.
        let start = seen.len();
        let mut end = start;
        seen.resize(start + positions.len().div_ceil(step), Seen::default());
        for position in positions.step_by(step) {
            let Some((row, _)) = numbers.split_at_checked(shelf.items) else { break };
            numbers = numbers.get(step * shelf.items..).unwrap_or_default();
            let (mut value, mut sure) = (0.0, 0.0);
            for number in row {
                let price = prices.get(*number as usize).copied().unwrap_or_default();
                value += price.value;
                sure += price.sure;
            }
            let front = value + self.glance.named(sure);
            seen[end] = Seen { position: position as u32, score: front, front };
            end += usize::from(front >= least);
        }
        seen.truncate(end);
        if let Some(kept) = self.kept {
            let order = self.sketches.order();
            let is_kept = |seen: &Seen| {
                order.get(seen.position as usize).is_some_and(|number| kept.contains(*number))
            };
            seen.retain(is_kept);
        }
    }

    fn add_products(&self, seen: &mut [Seen]) {
        let at: Vec<u32> = seen.iter().map(|seen| seen.position).collect();
        let products = Coded::scattered(Kernel::new(), self.sketches.vectors(), &at, &self.query);
        for (seen, product) in seen.iter_mut().zip(products) {
            seen.score += product;
        }
    }
}

/// Keeps those `count` items that are first in an order, themselves in none.
pub(super) fn keep_first<T>(items: &mut Vec<T>, count: usize, order: fn(&T, &T) -> Ordering) {
    if items.len() > count {
        items.select_nth_unstable_by(count, order);
        items.truncate(count);
    }
}
