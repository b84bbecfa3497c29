//! An index of a catalog on disk: projects understood and embedded once, and the few that a mentee may get found at once.
//!
//! A folder with a manifest (`manifest`), the projects one after the other (`records`), what is known of each of them
//! and which words and skills they use (`tables`), and the vectors of their texts ([`crate::index`]). `build` writes it
//! and `candidates` chooses from it; the ranking itself is that of [`crate::rank`].

mod build;
mod candidates;
mod manifest;
mod open;
mod records;
mod sections;
mod tables;
#[cfg(test)]
mod tests;

pub use build::{Changes, build};
pub use manifest::{FileEntry, Manifest, ModelEntry, SourceEntry};
pub use open::{CatalogIndex, Ready};

use crate::error::{Error, ErrorKind};

/// An error of an index, with what to do about it.
fn damaged(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Index, what)
        .with_help("build the index again with `lfx-match index build`")
}
