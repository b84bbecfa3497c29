//! Collects vectors for an index: checks them, keeps equal ones once, and has the graph built.

use std::collections::HashMap;

use super::kernel::BLOCK;
use super::layout::MOST_DIMENSIONS;
use super::parameters::HnswParameters;
use super::rows::{blocks, encode};
use super::search::{Method, Search};
use super::serialize::Collected;
use super::vector_index::{CROSSOVER, VectorIndex, check};
use crate::error::{Error, ErrorKind, Result};

/// As many as 32 bits can number, with room for the end of the last.
const MOST_VECTORS: usize = u32::MAX as usize - 1;

/// Collects vectors and makes a [`VectorIndex`] of them.
///
/// ```
/// use lfx_match::index::{HnswParameters, Method, Search, VectorIndexBuilder};
///
/// # fn main() -> lfx_match::Result<()> {
/// let mut builder = VectorIndexBuilder::new(2);
/// for vector in [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]] {
///     builder.add(&vector)?;
/// }
/// let index = builder.build(Method::Auto, HnswParameters::default())?;
/// let nearest = index.search(&[0.0, 1.0], 2, &Search::default())?;
/// assert_eq!(nearest.iter().map(|hit| hit.id).collect::<Vec<_>>(), [1, 2]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct VectorIndexBuilder {
    collected: Collected,
    /// The row of each distinct vector, by the digest of what is kept of it.
    known: HashMap<[u8; blake3::OUT_LEN], u32>,
}

impl VectorIndexBuilder {
    /// For vectors of so many floats.
    pub fn new(dimensions: usize) -> Self {
        let collected =
            Collected { dims: dimensions, blocks: blocks(dimensions), ..Collected::default() };
        Self { collected, known: HashMap::new() }
    }

    /// Adds a vector; its id is how many were added before.
    ///
    /// # Errors
    ///
    /// It has another length than the others, a component that is no number, or neither unit length nor zero.
    pub fn add(&mut self, vector: &[f32]) -> Result<()> {
        let collected = &mut self.collected;
        let number = collected.row_of.len();
        if number >= MOST_VECTORS {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!("an index holds {MOST_VECTORS} vectors at most"),
            ));
        }
        let wrong =
            |wrong: String| Error::new(ErrorKind::Input, format!("vector {number} {wrong}"));
        check(vector, collected.dims).map_err(wrong)?;
        let mut codes = vec![[0; BLOCK]; 2 * collected.blocks];
        let (high, low) = codes.split_at_mut(collected.blocks);
        let (scale, error) = encode(vector, high, low);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&scale.to_le_bytes()).update(bytemuck::cast_slice(&codes));
        let digest = hasher.finalize();
        let rows = collected.scales.len() as u32;
        let row = *self.known.entry(*digest.as_bytes()).or_insert(rows);
        if row == rows {
            let (high, low) = codes.split_at(collected.blocks);
            collected.scales.push(scale);
            collected.high.extend_from_slice(high);
            collected.low.extend_from_slice(low);
            collected.error = collected.error.max(error);
        }
        collected.row_of.push(row);
        Ok(())
    }

    /// The index of what was added. On one thread the same vectors give the same bytes; on
    /// several, which the graph is built with, it may differ from run to run, but misses no more.
    ///
    /// # Errors
    ///
    /// There is not enough memory; the parameters are out of their range.
    pub fn build(self, method: Method, parameters: HnswParameters) -> Result<VectorIndex> {
        parameters.check()?;
        if !(1..=MOST_DIMENSIONS).contains(&self.collected.dims) {
            let wrong = format!(
                "vectors have 1 to {MOST_DIMENSIONS} components, not {}",
                self.collected.dims
            );
            return Err(Error::new(ErrorKind::Input, wrong));
        }
        drop(self.known);
        let rows = self.collected.scales.len();
        let graph = match method {
            Method::Exact => false,
            Method::Hnsw => rows > 0,
            Method::Auto => rows > CROSSOVER * Search::default().ef,
        };
        let graph = graph.then(|| self.collected.build_graph(parameters));
        let (bytes, layout) = self.collected.serialize(graph, parameters).map_err(|error| {
            Error::new(ErrorKind::Io(error), "the index does not fit into memory")
        })?;
        Ok(VectorIndex::new(bytes, layout))
    }
}
