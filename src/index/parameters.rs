//! The parameters of a graph, and their ranges.

use crate::error::{Error, ErrorKind, Result};

/// How a graph is built: the parameters of the paper, which every library names alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HnswParameters {
    /// Links of a row in the upper layers at most; it may have twice as many in the base.
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
    /// Refuses what would make no graph, and what the library ends the process for.
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
