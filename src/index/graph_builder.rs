//! Builds the graph with `hnsw_rs`, and reads it out of the library's structures into plain lists.
//!
//! The library's own structures (locks, shared pointers, floats) cost four fifths of a query's time; what serves queries is
//! the flat copy that `serialize` makes.

use std::collections::VecDeque;

use hnsw_rs::prelude::{Distance, Hnsw};

use super::graph::{Links, Scratch, Space, inverse};
use super::kernel::{BLOCK, Block, Kernel};
use super::layout::MOST_LAYERS;
use super::parameters::HnswParameters;
use super::rows::{Query, Rows};

/// The links of each row of a layer.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer(Vec<Vec<u32>>);

impl Layer {
    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Links for Layer {
    #[inline]
    fn of(&self, row: u32) -> &[u32] {
        self.0.get(row as usize).map_or(&[], Vec::as_slice)
    }
}

/// A graph, and which collected row each of its rows is: those of the upper layers come first.
pub(super) struct BuiltGraph {
    pub(super) order: Vec<u32>,
    /// The base first; layer `l` is for the rows `0..layers[l].len()`.
    pub(super) layers: Vec<Layer>,
}

/// Builds the graph of all rows. On one thread it depends on the rows alone; on several, rows join as they come.
pub(super) fn build_graph(rows: Rows<'_>, parameters: HnswParameters) -> BuiltGraph {
    let points: Vec<Vec<i8>> = (0..rows.len() as u32).map(|row| point(rows, row)).collect();
    let HnswParameters { m, ef_construction } = parameters;
    let graph = Hnsw::new(m, points.len(), MOST_LAYERS, ef_construction, Cosine(Kernel::new()));
    let joining: Vec<(&[i8], usize)> = points.iter().map(Vec::as_slice).zip(0..).collect();
    match rayon::current_num_threads() {
        1 => joining.iter().for_each(|point| graph.insert_slice(*point)),
        _ => graph.parallel_insert_slice(&joining),
    }
    read_out(&graph, rows.len())
}

/// A row as the library keeps it: its codes, then the four bytes of its scale.
fn point(rows: Rows<'_>, row: u32) -> Vec<i8> {
    let scale = rows.scale(row).to_le_bytes();
    rows.high(row).as_flattened().iter().copied().chain(scale.map(|byte| byte as i8)).collect()
}

/// 1 less the cosine of two rows; never below 0, which the library takes for a fault.
#[derive(Clone, Copy)]
struct Cosine(Kernel);

impl Distance<i8> for Cosine {
    fn eval(&self, a: &[i8], b: &[i8]) -> f32 {
        let ((a, of_a), (b, of_b)) = (parts(a), parts(b));
        (1.0 - self.0.dot(a, b) as f32 * (of_a * of_b)).max(0.0)
    }
}

/// The codes and the scale of a point.
fn parts(point: &[i8]) -> (&[Block], f32) {
    let (codes, scale) = point.as_chunks::<BLOCK>();
    let scale = <[i8; 4]>::try_from(scale).unwrap_or_default();
    (codes, f32::from_le_bytes(scale.map(|byte| byte as u8)))
}

fn read_out(graph: &Hnsw<'_, i8, Cosine>, rows: usize) -> BuiltGraph {
    let points = graph.get_point_indexation();
    let mut links: Vec<Vec<Vec<u32>>> = vec![Vec::new(); rows];
    let mut levels = vec![0; rows];
    for level in 0..MOST_LAYERS {
        for point in points.get_layer_iterator(level) {
            let row = point.get_origin_id();
            levels[row] = level;
            let layers = point.get_neighborhood_id();
            let layers = layers.iter().take(level + 1);
            links[row] =
                layers.map(|all| all.iter().map(|other| other.d_id as u32).collect()).collect();
        }
    }
    let mut order: Vec<u32> = (0..rows as u32).collect();
    order.sort_by_key(|row| std::cmp::Reverse(levels[*row as usize]));
    let place = inverse(&order);
    let highest = levels.iter().copied().max().unwrap_or(0);
    let layer = |level: usize| {
        let members = order.iter().take_while(|row| levels[**row as usize] >= level);
        let of_row = |row: &u32| {
            let links = links[*row as usize].get(level).map_or(&[][..], Vec::as_slice);
            // A link leads to a row of the same layer; what a race between threads left otherwise is dropped.
            let there = links.iter().filter(|other| levels[**other as usize] >= level);
            there.map(|other| place[*other as usize]).collect()
        };
        Layer(members.map(of_row).collect())
    };
    BuiltGraph { layers: (0..=highest).map(layer).collect(), order }
}

impl BuiltGraph {
    /// Links that make every row reachable from row 0 in the base layer: from the reachable row that is nearest. Choosing
    /// diverse links can leave a row without any that lead to it.
    pub(super) fn bridges(&self, space: Space<'_>, ef: usize) -> Vec<(u32, u32)> {
        let base = &self.layers[0];
        let mut reached = vec![false; base.len()];
        let mut bridges = Vec::new();
        let mut scratch = Scratch::default();
        for row in 0..base.len() as u32 {
            if reached[row as usize] {
                continue;
            }
            if row > 0 {
                let query = Query::of_row(space.rows.high(row), space.rows.scale(row));
                space.search(base, &query, &[0], ef, &mut scratch);
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
