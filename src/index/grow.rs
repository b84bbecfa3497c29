//! Builds the graph: rows join it in batches, each searched for in parallel and linked in order.
//!
//! What a row finds depends on the batches before it and the rows before it in its own, never on which thread was
//! first: any number of threads builds the same graph.

use std::collections::VecDeque;

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};

use super::graph::{Links, Scratch, Space};
use super::nearest::Scored;
use super::rows::{Query, Rows};

/// Rows that join at a time, once the graph is large: they are compared with each other one by one.
const LARGEST_BATCH: usize = 512;
/// As long as it is small, the part of it that a batch may add.
const SMALL_PART: usize = 8;
/// Rows that one thread takes at a time.
const AT_ONCE: usize = 16;

/// How a graph is built: the parameters of the paper, which every library names alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HnswParameters {
    /// Links that a row starts with; it may come to have as many in the upper layers, and twice as many in the base.
    pub m: usize,
    /// How many near rows are looked at to choose them from.
    pub ef_construction: usize,
}

impl Default for HnswParameters {
    fn default() -> Self {
        Self { m: 16, ef_construction: 200 }
    }
}

impl HnswParameters {
    /// Refuses what would make no graph, or one beyond all sense.
    pub(super) fn check(&self) -> Result<()> {
        let ranges =
            [("m", self.m, 2..=256), ("ef_construction", self.ef_construction, 2..=10_000)];
        for (name, value, range) in ranges {
            if !range.contains(&value) {
                let (least, most) = range.into_inner();
                let wrong =
                    format!("{name} of the graph is {value}, but must be {least} to {most}");
                return Err(Error::new(ErrorKind::Input, wrong));
            }
        }
        Ok(())
    }
}

/// A layer while it grows: room for `width` links a row.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    width: usize,
    degrees: Vec<u16>,
    links: Vec<u32>,
}

impl Layer {
    fn new(rows: usize, width: usize) -> Self {
        Self { width, degrees: vec![0; rows], links: vec![0; rows * width] }
    }

    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.degrees.len()
    }

    fn set(&mut self, row: u32, links: &[u32]) {
        let start = row as usize * self.width;
        self.degrees[row as usize] = links.len() as u16;
        self.links[start..start + links.len()].copy_from_slice(links);
    }
}

impl Links for Layer {
    #[inline]
    fn of(&self, row: u32) -> &[u32] {
        let start = row as usize * self.width;
        match self.degrees.get(row as usize) {
            Some(degree) => &self.links[start..start + usize::from(*degree)],
            None => &[],
        }
    }
}

/// A graph that grows.
pub(super) struct Builder<'a> {
    space: Space<'a>,
    parameters: HnswParameters,
    /// The base first; layer `l` is for the rows `0..layers[l].len()`.
    pub(super) layers: Vec<Layer>,
}

/// That `from` has chosen `to` in a layer.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    layer: usize,
    to: u32,
    from: Scored,
}

impl<'a> Builder<'a> {
    /// A graph of all rows of `space`. `levels` says how many rows each upper layer has, fewer in each.
    pub(super) fn build(space: Space<'a>, parameters: HnswParameters, levels: &[usize]) -> Self {
        let base = Layer::new(space.rows.len(), 2 * parameters.m);
        let upper = levels.iter().map(|rows| Layer::new(*rows, parameters.m));
        let mut builder =
            Self { space, parameters, layers: std::iter::once(base).chain(upper).collect() };
        let mut done = 1;
        while done < space.rows.len() {
            let batch = (done / SMALL_PART).clamp(1, LARGEST_BATCH).min(space.rows.len() - done);
            builder.join(done as u32..(done + batch) as u32);
            done += batch;
        }
        builder
    }

    /// Finds links for the rows of a batch among those before it and each other, and links them both ways.
    fn join(&mut self, batch: std::ops::Range<u32>) {
        let rows: Vec<u32> = batch.clone().collect();
        let found: Vec<Vec<Vec<Scored>>> = rows
            .par_chunks(AT_ONCE)
            .map_init(Scratch::default, |scratch, rows| -> Vec<_> {
                rows.iter().map(|row| self.choose(*row, batch.start, scratch)).collect()
            })
            .flatten_iter()
            .collect();
        let mut chosen = Vec::new();
        for (row, layers) in batch.zip(&found) {
            for (layer, links) in layers.iter().enumerate() {
                let to: Vec<u32> = links.iter().map(|link| link.row).collect();
                self.layers[layer].set(row, &to);
                chosen.extend(links.iter().map(|link| Chosen {
                    layer,
                    to: link.row,
                    from: Scored { score: link.score, row },
                }));
            }
        }
        self.link_back(chosen);
    }

    /// The links of a new row in each of its layers, the base first.
    fn choose(&self, row: u32, first_of_batch: u32, scratch: &mut Scratch) -> Vec<Vec<Scored>> {
        let Self { space, parameters, layers } = self;
        let scale = space.rows.scale(row);
        let query = Query::of_row(space.rows.high(row), scale);
        let own = layers.iter().take_while(|layer| (row as usize) < layer.len()).count();
        let mut entries = vec![space.descend(&layers[own..], &query, scratch)];
        let mut links = vec![Vec::new(); own];
        for layer in (0..own).rev() {
            space.search(&layers[layer], &query, &entries, parameters.ef_construction, scratch);
            let mut near: Vec<Scored> = scratch.nearest.iter().collect();
            entries = near.iter().map(|scored| scored.row).collect();
            near.extend(self.before_in_batch(first_of_batch..row, &query));
            near.iter_mut().for_each(|scored| scored.score *= scale);
            near.sort_unstable_by(Scored::order);
            links[layer] = self.diverse(&near, parameters.m);
        }
        links
    }

    /// The rows of the same batch that come earlier: not linked yet, so compared one by one.
    fn before_in_batch(&self, rows: std::ops::Range<u32>, query: &Query) -> Vec<Scored> {
        let Rows { blocks, high, .. } = self.space.rows;
        let mut dots = vec![0; rows.len()];
        let high = &high[rows.start as usize * blocks..rows.end as usize * blocks];
        self.space.kernel.scan(high, &query.codes, &mut dots);
        let scored =
            |(row, dot): (u32, i32)| Scored { score: dot as f32 * self.space.rows.scale(row), row };
        rows.zip(dots).map(scored).collect()
    }

    /// The heuristic of the paper (algorithm 4): of near rows, best first, those that are nearer to the row in question
    /// than to any one taken before. Links then lead in all directions instead of into one crowd.
    fn diverse(&self, near: &[Scored], count: usize) -> Vec<Scored> {
        let mut taken: Vec<Scored> = Vec::with_capacity(count);
        for scored in near {
            if taken.len() == count {
                break;
            }
            let far_from =
                |other: &Scored| self.space.between(scored.row, other.row) < scored.score;
            if taken.iter().all(far_from) {
                taken.push(*scored);
            }
        }
        taken
    }

    /// Links the chosen back to those who chose them; who has too many links keeps the diverse ones.
    fn link_back(&mut self, mut chosen: Vec<Chosen>) {
        chosen.sort_unstable_by_key(|chosen| (chosen.layer, chosen.to, chosen.from.row));
        let groups: Vec<&[Chosen]> =
            chosen.chunk_by(|a, b| (a.layer, a.to) == (b.layer, b.to)).collect();
        let links: Vec<Vec<u32>> = groups
            .par_iter()
            .with_min_len(AT_ONCE)
            .map(|group| self.with_new_links(group))
            .collect();
        for (group, links) in groups.iter().zip(&links) {
            self.layers[group[0].layer].set(group[0].to, links);
        }
    }

    fn with_new_links(&self, group: &[Chosen]) -> Vec<u32> {
        let Chosen { layer, to, .. } = group[0];
        let layer = &self.layers[layer];
        let old = layer.of(to);
        if old.len() + group.len() <= layer.width {
            return old.iter().copied().chain(group.iter().map(|chosen| chosen.from.row)).collect();
        }
        let score = |row: &u32| Scored { score: self.space.between(to, *row), row: *row };
        let mut near: Vec<Scored> =
            old.iter().map(score).chain(group.iter().map(|chosen| chosen.from)).collect();
        near.sort_unstable_by(Scored::order);
        self.diverse(&near, layer.width).iter().map(|scored| scored.row).collect()
    }

    /// Links that make every row reachable from row 0 in the base layer, beyond those that it has room for: from the
    /// reachable row that is nearest. Choosing diverse links can leave a row without any that lead to it.
    pub(super) fn bridges(&self) -> Vec<(u32, u32)> {
        let base = &self.layers[0];
        let mut reached = vec![false; base.len()];
        let mut bridges = Vec::new();
        let mut scratch = Scratch::default();
        for row in 0..base.len() as u32 {
            if reached[row as usize] {
                continue;
            }
            if row > 0 {
                let query = Query::of_row(self.space.rows.high(row), self.space.rows.scale(row));
                self.space.search(
                    base,
                    &query,
                    &[0],
                    self.parameters.ef_construction,
                    &mut scratch,
                );
                let nearest = scratch.nearest.iter().next().map_or(0, |scored| scored.row);
                bridges.push((nearest, row));
            }
            reached[row as usize] = true;
            let mut queue = VecDeque::from([row]);
            while let Some(row) = queue.pop_front() {
                for next in base.of(row) {
                    if !std::mem::replace(&mut reached[*next as usize], true) {
                        queue.push_back(*next);
                    }
                }
            }
        }
        bridges
    }
}
