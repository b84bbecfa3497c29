//! The saved form of an index: a header, then arrays one after the other, each at a multiple of 64 bytes.
//!
//! Little endian. The header holds counts, not places, so that there is one place for each array and nothing to point
//! astray; a digest (BLAKE3) covers every byte before and behind it.
//!
//! ```text
//! 0    magic            8 bytes
//! 8    format version   u32        12  dimensions   u32
//! 16   rows             u64        24  ids          u64
//! 32   layers           u32        36  error        f32     how far the upper bytes of any row are from it, at most
//! 40   m                u32        44  ef_construction  u32
//! 48   zeros up to 64
//! 64   layers, the base first: rows u64, links u64, up to 8 of them; no layer, no graph
//! 192  digest           32 bytes   224 zeros up to 256
//! 256  scales f32 a row | upper bytes | lower bytes, a multiple of 64 a row
//!      first u32 a row and one more: where the ids of each row begin | ids u32
//!      row of each id u32
//!      for each layer: offsets u32 a row and one more | links u32
//! ```

use std::ops::Range;

use super::graph::{Adjacency, Graph};
use super::kernel::{BLOCK, Block};
use super::parameters::HnswParameters;
use super::rows::{Rows, blocks};

const MAGIC: &[u8; 8] = b"LFXMVEC\n";
/// The version of the format that this program writes, and the only one that it reads.
pub(super) const VERSION: u32 = 1;
const HEADER: usize = 256;
const LAYERS: usize = 64;
const DIGEST: Range<usize> = 192..224;
/// Enough for 16 to the power of 8 rows.
pub(super) const MOST_LAYERS: usize = 8;
/// Vectors longer than this are refused.
pub(super) const MOST_DIMENSIONS: usize = 1 << 16;

/// What an index holds: all that its header says but the digest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counts {
    pub(super) dims: usize,
    pub(super) rows: usize,
    pub(super) ids: usize,
    pub(super) error: f32,
    pub(super) parameters: HnswParameters,
    /// Rows and links of each layer, the base first.
    pub(super) layers: Vec<(usize, usize)>,
}

/// Where each array of an index lies in its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) counts: Counts,
    pub(super) scales: Range<usize>,
    pub(super) high: Range<usize>,
    pub(super) low: Range<usize>,
    pub(super) first: Range<usize>,
    pub(super) ids: Range<usize>,
    pub(super) row_of: Range<usize>,
    /// Offsets and links of each layer.
    pub(super) layers: Vec<(Range<usize>, Range<usize>)>,
    /// The length of all of it, in bytes.
    pub(super) len: usize,
}

impl Layout {
    /// The places of the arrays; `None` where they would not fit into memory.
    pub(super) fn new(counts: Counts) -> Option<Self> {
        let mut end = HEADER;
        let mut place = |count: usize, size: usize| -> Option<Range<usize>> {
            let start = end.checked_next_multiple_of(BLOCK)?;
            end = start.checked_add(count.checked_mul(size)?)?;
            Some(start..end)
        };
        let width = blocks(counts.dims) * BLOCK;
        let scales = place(counts.rows, 4)?;
        let high = place(counts.rows, width)?;
        let low = place(counts.rows, width)?;
        let first = place(counts.rows.checked_add(1)?, 4)?;
        let ids = place(counts.ids, 4)?;
        let row_of = place(counts.ids, 4)?;
        let mut layers = Vec::new();
        for (rows, links) in &counts.layers {
            layers.push((place(rows.checked_add(1)?, 4)?, place(*links, 4)?));
        }
        Some(Self { counts, scales, high, low, first, ids, row_of, layers, len: end })
    }

    /// Writes the header, the digest included: the arrays must be in place.
    pub(super) fn seal(&self, bytes: &mut [u8]) {
        let Counts { dims, rows, ids, error, parameters, layers } = &self.counts;
        let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
        put(0, MAGIC);
        put(8, &VERSION.to_le_bytes());
        put(12, &(*dims as u32).to_le_bytes());
        put(16, &(*rows as u64).to_le_bytes());
        put(24, &(*ids as u64).to_le_bytes());
        put(32, &(layers.len() as u32).to_le_bytes());
        put(36, &error.to_le_bytes());
        put(40, &(parameters.m as u32).to_le_bytes());
        put(44, &(parameters.ef_construction as u32).to_le_bytes());
        for (at, (rows, links)) in layers.iter().enumerate() {
            put(LAYERS + 16 * at, &(*rows as u64).to_le_bytes());
            put(LAYERS + 16 * at + 8, &(*links as u64).to_le_bytes());
        }
        let digest = digest(bytes);
        bytes[DIGEST].copy_from_slice(digest.as_bytes());
    }

    /// Reads a header and believes nothing: the reason why it is refused, in words for the user.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if cfg!(target_endian = "big") {
            return Err("indexes are read on little-endian machines only".to_owned());
        }
        if bytes.get(..8) != Some(MAGIC) {
            return Err("this is no vector index".to_owned());
        }
        let Some(header) = bytes.get(..HEADER) else {
            return Err("the file ends within its header".to_owned());
        };
        let word = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| header[at + i]));
        let long = |at: usize| -> Result<usize, String> {
            let value = u64::from_le_bytes(std::array::from_fn(|i| header[at + i]));
            usize::try_from(value).map_err(|_| "it is too large for this machine".to_owned())
        };
        if word(8) != VERSION {
            return Err(format!(
                "it has format version {}, this program reads version {VERSION}",
                word(8)
            ));
        }
        let damaged = || "it is damaged: its header contradicts itself".to_owned();
        let layers = word(32) as usize;
        if layers > MOST_LAYERS {
            return Err(damaged());
        }
        let counts = Counts {
            dims: word(12) as usize,
            rows: long(16)?,
            ids: long(24)?,
            error: f32::from_bits(word(36)),
            parameters: HnswParameters { m: word(40) as usize, ef_construction: word(44) as usize },
            layers: (0..layers)
                .map(|at| Ok((long(LAYERS + 16 * at)?, long(LAYERS + 16 * at + 8)?)))
                .collect::<Result<_, String>>()?,
        };
        let small = |count: usize| u32::try_from(count).is_ok();
        let sane = (1..=MOST_DIMENSIONS).contains(&counts.dims)
            && small(counts.rows)
            && small(counts.ids)
            && counts.error.is_finite()
            && counts.layers.iter().all(|(rows, links)| *rows <= counts.rows && small(*links))
            && counts.layers.first().is_none_or(|(rows, _)| *rows == counts.rows);
        let layout = Self::new(counts).filter(|_| sane).ok_or_else(damaged)?;
        if layout.len != bytes.len() {
            return Err(format!(
                "it is damaged: it has {} bytes and should have {}",
                bytes.len(),
                layout.len
            ));
        }
        // A fuzzer could not guess a digest: without it, it comes to the checks behind.
        if !cfg!(fuzzing) && digest(bytes).as_bytes()[..] != header[DIGEST] {
            return Err("it is damaged: its digest does not match".to_owned());
        }
        if !layout.is_sound(bytes) {
            return Err("it is damaged: its arrays contradict each other".to_owned());
        }
        Ok(layout)
    }

    /// Whether every number that leads somewhere leads to something that is there.
    fn is_sound(&self, bytes: &[u8]) -> bool {
        let ascending = |offsets: &[u32], end: usize| {
            offsets.first() == Some(&0)
                && offsets.is_sorted()
                && offsets.last().is_some_and(|last| *last as usize == end)
        };
        let below =
            |numbers: &[u32], bound: usize| numbers.iter().all(|number| (*number as usize) < bound);
        let layers = self.graph(bytes).layers;
        ascending(self.first(bytes), self.counts.ids)
            && below(self.ids(bytes), self.counts.ids)
            && below(self.row_of(bytes), self.counts.rows)
            && self.rows(bytes).scales.iter().all(|scale| scale.is_finite())
            && layers.iter().zip(&self.counts.layers).all(|(layer, (rows, links))| {
                ascending(layer.offsets, *links) && below(layer.links, *rows)
            })
    }

    pub(super) fn rows<'a>(&self, bytes: &'a [u8]) -> Rows<'a> {
        Rows {
            blocks: blocks(self.counts.dims),
            scales: numbers(bytes, &self.scales),
            high: numbers::<Block>(bytes, &self.high),
            low: numbers::<Block>(bytes, &self.low),
        }
    }

    pub(super) fn first<'a>(&self, bytes: &'a [u8]) -> &'a [u32] {
        numbers(bytes, &self.first)
    }

    pub(super) fn ids<'a>(&self, bytes: &'a [u8]) -> &'a [u32] {
        numbers(bytes, &self.ids)
    }

    pub(super) fn row_of<'a>(&self, bytes: &'a [u8]) -> &'a [u32] {
        numbers(bytes, &self.row_of)
    }

    pub(super) fn graph<'a>(&self, bytes: &'a [u8]) -> Graph<'a> {
        let layer = |(offsets, links): &(Range<usize>, Range<usize>)| Adjacency {
            offsets: numbers(bytes, offsets),
            links: numbers(bytes, links),
        };
        Graph { layers: self.layers.iter().map(layer).collect() }
    }
}

/// An array as it lies in the bytes; empty where the bytes do not lie at a multiple of four.
fn numbers<'a, T: bytemuck::AnyBitPattern>(bytes: &'a [u8], range: &Range<usize>) -> &'a [T] {
    let bytes = bytes.get(range.clone()).unwrap_or_default();
    bytemuck::try_cast_slice(bytes).unwrap_or_default()
}

/// Writes an array into its place.
pub(super) fn put<T: bytemuck::NoUninit>(bytes: &mut [u8], range: &Range<usize>, values: &[T]) {
    bytes[range.clone()].copy_from_slice(bytemuck::cast_slice(values));
}

fn digest(bytes: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes[..DIGEST.start]);
    // Megabytes at a time, so that all processors help with a large index.
    hasher.update_rayon(&bytes[DIGEST.end..]);
    hasher.finalize()
}

/// Makes the digest match whatever the bytes have become.
#[cfg(test)]
pub(super) fn forge(bytes: &mut [u8]) {
    let digest = digest(bytes);
    bytes[DIGEST].copy_from_slice(digest.as_bytes());
}
