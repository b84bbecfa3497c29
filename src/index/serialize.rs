//! From rows and a graph to an index: rows in an order in which neighbours lie near each other.

use super::bytes::Bytes;
use super::graph::{Links, Space, inverse};
use super::graph_builder::{BuiltGraph, build_graph};
use super::kernel::{BLOCK, Block, Kernel};
use super::layout::{self, Counts, Layout};
use super::parameters::HnswParameters;
use super::rows::{Rows, slice};

/// Rows as they came, before they are put in order.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) dims: usize,
    pub(super) blocks: usize,
    pub(super) scales: Vec<f32>,
    pub(super) high: Vec<Block>,
    pub(super) low: Vec<Block>,
    /// The largest error of any row by its upper bytes alone.
    pub(super) error: f32,
    /// The row of each id.
    pub(super) row_of: Vec<u32>,
}

impl Collected {
    /// Builds the graph.
    pub(super) fn build_graph(&self, parameters: HnswParameters) -> OrderedGraph {
        let collected =
            Rows { blocks: self.blocks, scales: &self.scales, high: &self.high, low: &[] };
        let graph = build_graph(collected, parameters);
        let order = || graph.order.iter();
        let scales: Vec<f32> = order().map(|row| collected.scale(*row)).collect();
        let high: Vec<Block> = order().flat_map(|row| collected.high(*row)).copied().collect();
        let rows = Rows { scales: &scales, high: &high, ..collected };
        let space = Space { kernel: Kernel::new(), rows };
        let bridges = graph.bridges(space, parameters.ef_construction);
        OrderedGraph { graph, bridges }
    }

    /// Lays everything out, with a graph or without.
    pub(super) fn serialize(
        &self,
        graph: Option<OrderedGraph>,
        parameters: HnswParameters,
    ) -> std::io::Result<(Bytes, Layout)> {
        let (order, layers) = match graph {
            Some(graph) => graph.reorder(),
            None => ((0..self.scales.len() as u32).collect(), Vec::new()),
        };
        let place = inverse(&order);
        let row_of: Vec<u32> = self.row_of.iter().map(|row| place[*row as usize]).collect();
        let (first, ids) = ids_by_row(order.len(), &row_of);
        let counts = Counts {
            dims: self.dims,
            rows: order.len(),
            ids: ids.len(),
            error: self.error,
            parameters,
            layers: layers
                .iter()
                .map(|(offsets, links)| (offsets.len() - 1, links.len()))
                .collect(),
        };
        let layout = Layout::new(counts).ok_or(std::io::ErrorKind::OutOfMemory)?;
        let bytes = Bytes::filled(layout.len, |bytes| {
            let scales: Vec<f32> = order.iter().map(|row| self.scales[*row as usize]).collect();
            layout::put(bytes, &layout.scales, &scales);
            for (blocks, range) in [(&self.high, &layout.high), (&self.low, &layout.low)] {
                let rows = bytes[range.clone()].chunks_exact_mut((self.blocks * BLOCK).max(1));
                for (row, bytes) in order.iter().zip(rows) {
                    bytes.copy_from_slice(bytemuck::cast_slice(slice(blocks, *row, self.blocks)));
                }
            }
            layout::put(bytes, &layout.first, &first);
            layout::put(bytes, &layout.ids, &ids);
            layout::put(bytes, &layout.row_of, &row_of);
            for ((offsets, links), (offsets_at, links_at)) in layers.iter().zip(&layout.layers) {
                layout::put(bytes, offsets_at, offsets);
                layout::put(bytes, links_at, links);
            }
            layout.seal(bytes);
        })?;
        Ok((bytes, layout))
    }
}

/// A layer laid flat: where the links of each row begin, with one more at the end, and the links.
type Flat = (Vec<u32>, Vec<u32>);

/// A graph that is to be put in order, with links to the rows that none leads to.
pub(super) struct OrderedGraph {
    graph: BuiltGraph,
    bridges: Vec<(u32, u32)>,
}

impl OrderedGraph {
    /// Puts the rows in the order in which a walk along the links from row 0 comes to them, those of the upper layers
    /// first: rows that are compared together then lie together. Returns the collected row of each, and each layer laid flat.
    fn reorder(self) -> (Vec<u32>, Vec<Flat>) {
        let Self { graph: BuiltGraph { order, layers }, mut bridges } = self;
        bridges.sort_unstable();
        let bridges_of = |row: u32| {
            let start = bridges.partition_point(|(from, _)| *from < row);
            bridges[start..].iter().take_while(move |(from, _)| *from == row).map(|(_, to)| *to)
        };
        let mut walk: Vec<u32> = Vec::with_capacity(order.len());
        let mut reached = vec![false; order.len()];
        if let Some(entry) = reached.first_mut() {
            *entry = true;
            walk.push(0);
        }
        let mut at = 0;
        while let Some(row) = walk.get(at).copied() {
            for next in layers[0].of(row).iter().copied().chain(bridges_of(row)) {
                if !std::mem::replace(&mut reached[next as usize], true) {
                    walk.push(next);
                }
            }
            at += 1;
        }
        let highest =
            |row: u32| layers.iter().take_while(|layer| (row as usize) < layer.len()).count();
        walk.sort_by_key(|row| std::cmp::Reverse(highest(*row)));
        let place = inverse(&walk);
        let flat = layers.iter().enumerate().map(|(level, layer)| {
            let (mut offsets, mut links) = (vec![0u32], Vec::new());
            for row in &walk[..layer.len()] {
                links.extend(layer.of(*row).iter().map(|to| place[*to as usize]));
                if level == 0 {
                    links.extend(bridges_of(*row).map(|to| place[to as usize]));
                }
                offsets.push(links.len() as u32);
            }
            (offsets, links)
        });
        let flat = flat.collect();
        (walk.iter().map(|row| order[*row as usize]).collect(), flat)
    }
}

/// The ids of each of `rows`, ascending: where those of a row begin, and all of them.
fn ids_by_row(rows: usize, row_of: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0u32; rows + 1];
    for row in row_of {
        first[*row as usize + 1] += 1;
    }
    for at in 1..first.len() {
        first[at] += first[at - 1];
    }
    let mut next = first.clone();
    let mut ids = vec![0u32; row_of.len()];
    for (id, row) in (0u32..).zip(row_of) {
        let next = &mut next[*row as usize];
        ids[*next as usize] = id;
        *next += 1;
    }
    (first, ids)
}
