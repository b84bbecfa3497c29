//! A glance at every project of an index: the few hundred that may be among the best for a mentee.
//!
//! Twice the same way: first a sample of the projects, to learn how good those to be kept will be; then all of them,
//! each no longer than it takes to see that it is worse. The parts are the same on any number of threads.

use rayon::prelude::*;

use super::sketch::{Shelf, Sketches};
use crate::index::{Coded, Kernel, Subset};
use crate::rank::sketch::{Glance, Worth};

/// Projects that one thread passes at a time.
const AT_ONCE: usize = 16_384;
/// How many are looked at first.
const SAMPLE: usize = 4_096;
/// Of the best, so many reach the bar with less by their items than the others have: these are let go.
const UNUSUAL: f32 = 0.02;

/// A project at a position, and its score at a glance.
#[derive(Debug, Clone, Copy)]
struct Seen {
    position: u32,
    score: f32,
    /// The score without what the summary adds.
    front: f32,
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
    /// The numbers of the `count` best, ascending; `held` of them are looked at twice.
    pub(super) fn best(&self, count: usize, held: usize) -> Vec<u32> {
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
        if std::env::var_os("DBG").is_some() {
            eprintln!("passed {} bar {bar} front {front}", seen.len());
        }
        keep_best(&mut seen, held);
        for project in &mut seen {
            let told = self.sketches.told(project.position as usize).iter();
            let told = told.map(|skill| self.glance.told.get(usize::from(*skill)).unwrap_or(&0.0));
            let told: f32 = told.sum();
            if told > 0.0 {
                project.score += self.glance.surer(self.worth_of(project.position), told);
            }
        }
        keep_best(&mut seen, count);
        let order = self.sketches.order();
        let numbers = seen.iter().filter_map(|seen| order.get(seen.position as usize).copied());
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        numbers
    }

    /// What a project must reach to be among the best `held`, more or less, and what those have at least by their items.
    fn sample(&self, held: usize) -> (f32, f32) {
        let step = (self.sketches.len() / SAMPLE).max(1);
        let mut all = Vec::new();
        for shelf in self.sketches.shelves() {
            let mut seen: Vec<Seen> = shelf
                .positions
                .clone()
                .step_by(step)
                .filter_map(|p| self.front(&shelf, p))
                .collect();
            self.add_summaries(&mut seen);
            all.extend(seen);
        }
        // Some more than are wanted: a sample errs.
        keep_best(&mut all, (held + held / 2) / step + 16);
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
        let n = positions.len();
        let seen = positions.filter_map(|position| self.front(shelf, position));
        let front = if shelf.items == 0 { f32::NEG_INFINITY } else { front };
        let mut seen: Vec<Seen> = seen.filter(|seen| seen.front >= front).collect();
        if std::env::var_os("DBG").is_some() {
            eprintln!("shelf {} {} survivors of {}", shelf.items, seen.len(), n);
        }
        self.add_summaries(&mut seen);
        seen.retain(|seen| seen.score >= bar);
        seen
    }

    /// The score of a project by its items; `None` where it is not to be found.
    #[inline(always)]
    fn front(&self, shelf: &Shelf<'_>, position: usize) -> Option<Seen> {
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
        let front = self.glance.score(shelf.items, worth);
        Some(Seen { position: position as u32, score: front, front })
    }

    fn add_summaries(&self, seen: &mut [Seen]) {
        let at: Vec<u32> = seen.iter().map(|seen| seen.position).collect();
        let summaries = self.sketches.summaries();
        let products = Coded::scattered(Kernel::new(), summaries, &at, &self.glance.query);
        for (seen, product) in seen.iter_mut().zip(products) {
            seen.score += product;
        }
    }

    fn worth_of(&self, position: u32) -> Worth {
        let mut sum = Worth::default();
        for number in self.sketches.items_of(position as usize) {
            sum += self.worth.get(*number as usize).copied().unwrap_or_default();
        }
        sum
    }
}

/// Keeps the `count` best; of equals those that lie first.
fn keep_best(seen: &mut Vec<Seen>, count: usize) {
    let better = |a: &Seen, b: &Seen| b.score.total_cmp(&a.score).then(a.position.cmp(&b.position));
    if seen.len() > count {
        seen.select_nth_unstable_by(count, better);
        seen.truncate(count);
    }
}
