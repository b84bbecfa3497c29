//! A glance at every project of an index: the few hundred that may be among the best for a mentee.
//!
//! Twice the same way: first a sample of the projects, to learn how good those to be kept will be; then all of them,
//! each no longer than it takes to see that it is worse. The parts are the same on any number of threads.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::sketch::{Shelf, Sketches};
use crate::index::{Coded, Kernel, Subset};
use crate::rank::sketch::{Glance, Worth, shares};

/// Projects that one thread passes at a time.
const AT_ONCE: usize = 8_192;
/// How many are looked at first.
const SAMPLE: usize = 2_048;
/// Of the best, so many reach the bar with less by their items than the others have: these are let go.
const UNUSUAL: f32 = 0.005;

/// A project at a position, and its score at a glance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) position: u32,
    score: f32,
    /// The score without what the summary adds.
    front: f32,
    /// How sure it is that something is asked for by name.
    pub(super) sure: f32,
}

impl Seen {
    /// The better first; of equals the one that lies first.
    fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.position.cmp(&other.position))
    }
}

/// A glance at all projects of an index.
pub(super) struct Scan<'a> {
    pub(super) sketches: &'a Sketches,
    pub(super) glance: &'a Glance,
    /// What each item is worth.
    pub(super) worth: &'a [Worth],
    pub(super) kept: Option<&'a Subset>,
}

impl Scan<'_> {
    /// The `held` best.
    pub(super) fn best(&self, held: usize) -> Vec<Seen> {
        let (bar, front) = self.sample(held);
        let shelves: Vec<Shelf<'_>> = self.sketches.shelves().collect();
        let work: Vec<(usize, std::ops::Range<usize>)> = shelves
            .iter()
            .enumerate()
            .flat_map(|(at, shelf)| {
                let end = shelf.positions.end;
                shelf
                    .positions
                    .clone()
                    .step_by(AT_ONCE)
                    .map(move |p| (at, p..(p + AT_ONCE).min(end)))
            })
            .collect();
        let found: Vec<Vec<Seen>> = work
            .into_par_iter()
            .map(|(at, positions)| self.pass(&shelves[at], positions, bar, front))
            .collect();
        let mut seen = found.concat();
        keep_first(&mut seen, held, Seen::order);
        seen
    }

    /// What a project must reach to be among the best `held`, more or less, and what those have at least by their items.
    fn sample(&self, held: usize) -> (f32, f32) {
        let step = (self.sketches.len() / SAMPLE).max(1);
        let mut all = Vec::new();
        for shelf in self.sketches.shelves() {
            let shares = shares(shelf.items);
            let sampled = shelf.positions.clone().step_by(step);
            let mut seen: Vec<Seen> =
                sampled.filter_map(|position| self.front(&shelf, shares, position)).collect();
            self.add_summaries(&mut seen);
            all.extend(seen);
        }
        // Some more than are wanted: a sample errs.
        let wanted = (held + held / 2) / step + 16;
        if all.len() <= wanted {
            // Too few are let through for the sample to tell anything.
            return (f32::NEG_INFINITY, f32::NEG_INFINITY);
        }
        keep_first(&mut all, wanted, Seen::order);
        let least = |value: fn(&Seen) -> f32| all.iter().map(value).fold(f32::INFINITY, f32::min);
        let bar = least(|seen| seen.score);
        let mut fronts: Vec<f32> =
            all.iter().filter(|seen| seen.front > 0.0).map(|seen| seen.front).collect();
        fronts.sort_unstable_by(f32::total_cmp);
        let front = fronts.get((fronts.len() as f32 * UNUSUAL) as usize).copied();
        (bar, front.unwrap_or(0.0))
    }

    /// Those of some positions of a shelf that reach the bar.
    fn pass(
        &self,
        shelf: &Shelf<'_>,
        positions: std::ops::Range<usize>,
        bar: f32,
        front: f32,
    ) -> Vec<Seen> {
        let shares = shares(shelf.items);
        let seen = positions.filter_map(|position| self.front(shelf, shares, position));
        let front = if shelf.items == 0 { f32::NEG_INFINITY } else { front };
        let mut seen: Vec<Seen> = seen.filter(|seen| seen.front >= front).collect();
        self.add_summaries(&mut seen);
        seen.retain(|seen| seen.score >= bar);
        seen
    }

    /// The score of a project by its items; `None` where it is not to be found.
    #[inline(always)]
    fn front(&self, shelf: &Shelf<'_>, shares: (f32, f32), position: usize) -> Option<Seen> {
        if let Some(kept) = self.kept
            && !self.sketches.order().get(position).is_some_and(|project| kept.contains(*project))
        {
            return None;
        }
        let at = (position - shelf.positions.start) * shelf.items;
        let mut worth = Worth::default();
        for number in shelf.numbers.get(at..at + shelf.items).unwrap_or_default() {
            worth += self.worth.get(*number as usize).copied().unwrap_or_default();
        }
        let front = self.glance.score(shares, worth);
        Some(Seen { position: position as u32, score: front, front, sure: worth.sure })
    }

    fn add_summaries(&self, seen: &mut [Seen]) {
        let at: Vec<u32> = seen.iter().map(|seen| seen.position).collect();
        let summaries = self.sketches.summaries();
        let products = Coded::scattered(Kernel::new(), summaries, &at, &self.glance.query);
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
