//! One type for exact and approximate search.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::bytes::Bytes;
use super::exact::Accept;
use super::graph::{Scratch, Space};
use super::kernel::Kernel;
use super::layout::Layout;
use super::nearest::Scored;
use super::parameters::HnswParameters;
use super::rows::Query;
use super::search::{Hit, Method, Search};
use super::subset::Subset;
use crate::atomic_file;
use crate::error::{Error, ErrorKind, Result};

/// Up to so many rows for each row that a graph search holds (`ef`), comparing all of them is about as fast: on 100,000
/// rows `benches/peers` finds a scan at 12 ns a row and a walk with `ef` 64 at 0.1 ms. Below, exact is also without loss.
pub(super) const CROSSOVER: usize = 100;
/// How far from 1 the length of a vector may be.
const UNIT: f32 = 0.01;

/// Unit vectors, ready to be searched. Made by [`VectorIndexBuilder`](super::VectorIndexBuilder) or read from a file.
#[derive(Debug)]
pub struct VectorIndex {
    bytes: Bytes,
    layout: Layout,
    kernel: Kernel,
    /// Kept from one search to the next; one for each thread that searches at the same time.
    scratch: Mutex<Vec<Scratch>>,
}

impl VectorIndex {
    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.layout.counts.ids
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The length of the vectors.
    pub fn dimensions(&self) -> usize {
        self.layout.counts.dims
    }

    /// How many of the vectors are distinct: equal ones are kept once.
    pub fn distinct(&self) -> usize {
        self.layout.counts.rows
    }

    /// The parameters of the graph, where there is one.
    pub fn graph(&self) -> Option<HnswParameters> {
        (!self.layout.layers.is_empty()).then_some(self.layout.counts.parameters)
    }

    /// Its saved form, as [`Self::save`] writes it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its size in memory and on disk, in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The `count` vectors nearest to `query` (unit length), the nearest first, of equals the one with the smaller id.
    ///
    /// # Errors
    ///
    /// The query has another length than the vectors, or a component that is no number.
    pub fn search(&self, query: &[f32], count: usize, how: &Search<'_>) -> Result<Vec<Hit>> {
        check(query, self.dimensions())
            .map_err(|wrong| Error::new(ErrorKind::Input, format!("a query {wrong}")))?;
        let asked = how.within.map_or(self.len(), Subset::count);
        let count = count.min(asked);
        if count == 0 {
            return Ok(Vec::new());
        }
        let query = Query::new(query);
        let space = Space { kernel: self.kernel, rows: self.layout.rows(&self.bytes) };
        let ef = how.ef.max(count);
        let graph = match how.method {
            Method::Exact => false,
            Method::Hnsw => true,
            // A filtered walk visits the more the rarer what it looks for is, a scan the less.
            Method::Auto => {
                asked.saturating_mul(asked)
                    > CROSSOVER.saturating_mul(ef).saturating_mul(self.len())
            }
        };
        let graph = graph && !self.layout.layers.is_empty() && !query.is_zero();
        let found = match graph {
            true => self.walk(&space, &query, count, ef, how.within),
            false => None,
        };
        let found = found.unwrap_or_else(|| self.compare_all(&space, &query, count, how.within));
        Ok(self.hits(found, count, how.within))
    }

    /// Through the graph; `None` where that turned out to be slower than comparing all.
    fn walk(
        &self,
        space: &Space<'_>,
        query: &Query,
        count: usize,
        ef: usize,
        within: Option<&Subset>,
    ) -> Option<Vec<Scored>> {
        let graph = self.layout.graph(&self.bytes);
        let (base, upper) = graph.layers.split_first()?;
        let mut scratch =
            self.scratch.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let entry = space.descend(upper, query, &mut scratch);
        let found = match within {
            None => {
                space.search(base, query, &[entry], ef, &mut scratch);
                true
            }
            Some(subset) => {
                let accept = |row: u32| self.ids_of(row).iter().any(|id| subset.contains(*id));
                space.search_within(base, query, entry, ef, (&accept, subset.count()), &mut scratch)
            }
        };
        // The upper bytes put the nearest among the first, if not in order.
        let first = count + count.max(10);
        let found = found.then(|| space.rescore(scratch.nearest.iter().take(first), query, count));
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        found
    }

    fn compare_all(
        &self,
        space: &Space<'_>,
        query: &Query,
        count: usize,
        within: Option<&Subset>,
    ) -> Vec<Scored> {
        let error = self.layout.counts.error;
        let Some(subset) = within else {
            return space.exact(query, count, error, Accept::All);
        };
        let row_of = self.layout.row_of(&self.bytes);
        let mut rows: Vec<u32> =
            subset.iter().filter_map(|id| row_of.get(id as usize).copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        space.exact(query, count, error, Accept::These(&rows))
    }

    /// The ids of a row, ascending.
    fn ids_of(&self, row: u32) -> &[u32] {
        match self.layout.first(&self.bytes).get(row as usize..row as usize + 2) {
            Some(&[start, end]) => {
                self.layout.ids(&self.bytes).get(start as usize..end as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// From rows to ids.
    fn hits(&self, rows: Vec<Scored>, count: usize, within: Option<&Subset>) -> Vec<Hit> {
        let scored = rows.iter().flat_map(|Scored { score, row }| {
            let ids = self
                .ids_of(*row)
                .iter()
                .filter(|id| within.is_none_or(|subset| subset.contains(**id)));
            ids.map(|id| Hit { id: *id, similarity: *score })
        });
        let mut hits: Vec<Hit> = scored.collect();
        hits.sort_unstable_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.id.cmp(&b.id)));
        hits.truncate(count);
        hits
    }

    /// Writes the index to a file, which is either whole or left as it was.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        atomic_file::write(path, &self.bytes).map_err(|error| Error::io(path, error))
    }

    /// Opens an index that [`Self::save`] wrote. The file is mapped, not copied; all of it is read once to compare its
    /// digest.
    ///
    /// # Errors
    ///
    /// The file cannot be read; it is no index, or one of another format version; any byte of it is not as it was
    /// written.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = Bytes::mapped(path)?;
        Self::from_bytes(bytes).map_err(|error| error.at_path(path))
    }

    /// The index whose saved form is `bytes`, which are copied.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn from_slice(bytes: &[u8]) -> Result<Self> {
        // An empty map is refused by some systems; an empty index has a header.
        let copied =
            Bytes::filled(bytes.len().max(1), |copy| copy[..bytes.len()].copy_from_slice(bytes));
        Self::from_bytes(copied.map_err(|error| {
            Error::new(ErrorKind::Io(error), "the index does not fit into memory")
        })?)
    }

    fn from_bytes(bytes: Bytes) -> Result<Self> {
        let layout = Layout::parse(&bytes).map_err(|wrong| {
            Error::new(ErrorKind::Index, wrong)
                .with_help("build it again with `VectorIndexBuilder`")
        })?;
        Ok(Self::new(bytes, layout))
    }

    /// The index whose saved form is `bytes`, laid out so.
    pub(super) fn new(bytes: Bytes, layout: Layout) -> Self {
        Self { bytes, layout, kernel: Kernel::new(), scratch: Mutex::default() }
    }
}

/// What is wrong with a vector, if anything.
pub(super) fn check(vector: &[f32], dims: usize) -> std::result::Result<(), String> {
    if vector.len() != dims {
        return Err(format!("has {} dimensions instead of {dims}", vector.len()));
    }
    if let Some(at) = vector.iter().position(|x| !x.is_finite()) {
        return Err(format!("has no number as component {at}"));
    }
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm != 0.0 && (norm - 1.0).abs() > UNIT {
        return Err(format!("has the norm {norm} instead of 1"));
    }
    Ok(())
}
