//! A hierarchical navigable small world, and how it is searched.
//!
//! Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
//! world graphs", IEEE TPAMI 42 (2020). Rows are numbered so that those of every upper layer come first: a layer is the
//! rows `0..n`, row 0 is the entry, and no layer needs names of its own.

use std::collections::BinaryHeap;

use super::kernel::Kernel;
use super::nearest::{Nearest, Scored, Seen};
use super::rows::{Query, Rows};

/// The links of one layer.
pub(super) trait Links {
    /// The rows that `row` leads to; none for a row that is not there.
    fn of(&self, row: u32) -> &[u32];
}

/// A layer as it is saved: the links of all rows one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Adjacency<'a> {
    /// Where the links of each row begin, and of the last one end.
    pub(super) offsets: &'a [u32],
    pub(super) links: &'a [u32],
}

impl Links for Adjacency<'_> {
    #[inline]
    fn of(&self, row: u32) -> &[u32] {
        match self.offsets.get(row as usize..row as usize + 2) {
            Some(&[start, end]) => self.links.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// All layers, the base first.
#[derive(Debug, Clone)]
pub(super) struct Graph<'a> {
    pub(super) layers: Vec<Adjacency<'a>>,
}

/// The place of each row in an order of all of them: the inverse permutation.
pub(super) fn inverse(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0u32; order.len()];
    for (at, row) in (0u32..).zip(order) {
        place[*row as usize] = at;
    }
    place
}

/// What a search writes on; kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) nearest: Nearest,
    pub(super) seen: Seen,
    batch: Vec<u32>,
    dots: Vec<i32>,
    frontier: BinaryHeap<Frontier>,
}

/// Rows with what compares them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space<'a> {
    pub(super) kernel: Kernel,
    pub(super) rows: Rows<'a>,
}

impl Space<'_> {
    /// The best row of the upper layers to start from: a walk to ever better ones, layer by layer.
    pub(super) fn descend<L: Links>(
        &self,
        upper: &[L],
        query: &Query,
        scratch: &mut Scratch,
    ) -> u32 {
        let mut best = 0;
        for layer in upper.iter().rev() {
            self.search(layer, query, &[best], 1, scratch);
            best = scratch.nearest.iter().next().map_or(best, |scored| scored.row);
        }
        best
    }

    /// Finds the `ef` rows of a layer nearest to a query, walking from `entries`: into `scratch.nearest`.
    pub(super) fn search<L: Links>(
        &self,
        layer: &L,
        query: &Query,
        entries: &[u32],
        ef: usize,
        scratch: &mut Scratch,
    ) {
        scratch.nearest.restart(ef);
        scratch.seen.restart(self.rows.len());
        self.visit(entries, query, scratch, |scratch, scored| scratch.nearest.push(scored));
        while let Some(scored) = scratch.nearest.pop_unexpanded() {
            let links = layer.of(scored.row);
            self.visit(links, query, scratch, |scratch, scored| scratch.nearest.push(scored));
        }
    }

    /// The same among the rows that `accept` takes, walking through all. False where that meant to visit more than
    /// `budget` rows: the search is given up then.
    pub(super) fn search_within<L: Links>(
        &self,
        layer: &L,
        query: &Query,
        entry: u32,
        ef: usize,
        (accept, budget): (&dyn Fn(u32) -> bool, usize),
        scratch: &mut Scratch,
    ) -> bool {
        scratch.nearest.restart(ef);
        scratch.seen.restart(self.rows.len());
        scratch.frontier.clear();
        let take = |scratch: &mut Scratch, scored: Scored| {
            if scratch.nearest.threshold().is_some_and(|worst| scored.score < worst.score) {
                return;
            }
            scratch.frontier.push(Frontier(scored));
            if accept(scored.row) {
                scratch.nearest.push(scored);
            }
        };
        let mut visited = self.visit(&[entry], query, scratch, take);
        while let Some(Frontier(scored)) = scratch.frontier.pop() {
            if scratch.nearest.threshold().is_some_and(|worst| scored.score < worst.score) {
                break;
            }
            visited += self.visit(layer.of(scored.row), query, scratch, take);
            if visited > budget {
                return false;
            }
        }
        true
    }

    /// Compares those of `rows` that are new with the query and hands them on; says how many they were.
    fn visit(
        &self,
        rows: &[u32],
        query: &Query,
        scratch: &mut Scratch,
        mut hand_on: impl FnMut(&mut Scratch, Scored),
    ) -> usize {
        let mut batch = std::mem::take(&mut scratch.batch);
        let mut dots = std::mem::take(&mut scratch.dots);
        batch.clear();
        batch.extend(rows.iter().filter(|row| scratch.seen.is_new(**row)));
        if dots.len() < batch.len() {
            dots.resize(batch.len(), 0);
        }
        self.kernel.gather(self.rows.high, &batch, &query.codes, &mut dots);
        for (row, dot) in batch.iter().zip(&dots) {
            let score = *dot as f32 * self.rows.scale(*row);
            hand_on(scratch, Scored { score, row: *row });
        }
        let visited = batch.len();
        (scratch.batch, scratch.dots) = (batch, dots);
        visited
    }
}

/// A row to be followed; the best is the greatest.
#[derive(Debug)]
struct Frontier(Scored);

impl Ord for Frontier {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.order(&self.0)
    }
}

impl PartialOrd for Frontier {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Frontier {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Frontier {}
