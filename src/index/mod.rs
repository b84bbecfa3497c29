//! The nearest of many vectors: exact search where they are few, a navigable graph where they are many, one type for both.
//!
//! Knows nothing of projects: vectors in, ids and cosines out. `vector_index` is that type; `rows` keeps the vectors,
//! `exact` and `graph` search them, `graph_builder` and `serialize` make the graph, `layout` is the saved form. `coded` are
//! rows of bytes for others to compare, `cross` compares several queries with rows that lie anywhere, `axes` make vectors
//! short, `prefixes` are the first components of such, `centroids` stand for many vectors.

mod axes;
mod builder;
mod bytes;
mod centroids;
mod coded;
mod cross;
mod exact;
mod graph;
mod graph_builder;
mod kernel;
mod layout;
mod nearest;
mod parameters;
mod prefixes;
mod rows;
mod search;
mod serialize;
mod subset;
#[cfg(test)]
mod tests;
mod vector_index;

pub use builder::VectorIndexBuilder;
pub use parameters::HnswParameters;
pub use search::{Hit, Method, Search};
pub use subset::Subset;
pub use vector_index::VectorIndex;

pub(crate) use axes::Axes;
pub(crate) use bytes::Bytes;
pub(crate) use centroids::centroids;
pub(crate) use coded::Coded;
pub(crate) use cross::{Cross, Row, prefetch};
pub(crate) use kernel::Block;
pub(crate) use prefixes::{Group, PrefixQuery, prefixes};
pub(crate) use rows::{Query, blocks};
