//! How to search, and what is found.

use super::subset::Subset;

/// How the nearest are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// The faster one for the number of vectors.
    #[default]
    Auto,
    /// All vectors are compared: nothing is missed.
    Exact,
    /// A walk through a graph ([`HnswParameters`](super::HnswParameters)): a few in a hundred may be missed.
    Hnsw,
}

/// How to search.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Which way; [`Method::Hnsw`] where there is no graph is exact search.
    pub method: Method,
    /// How many rows the walk through the graph holds: more is slower and misses less. At least the number asked for.
    pub ef: usize,
    /// Only these ids.
    pub within: Option<&'a Subset>,
}

impl Default for Search<'_> {
    fn default() -> Self {
        Self { method: Method::Auto, ef: 64, within: None }
    }
}

/// A vector that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its number, in the order in which the vectors were added.
    pub id: u32,
    /// The cosine with the query: within 0.0001 of that of the vectors as they were added, mostly within 0.000003.
    pub similarity: f32,
}
