//! An index of a catalog on disk: projects understood and embedded once, and the few that a mentee may get found at once.
//!
//! A folder with a manifest (`manifest`), the projects one after the other (`records`), where each lies and what it is
//! filtered by (`tables`), which words it uses (`postings`), what the first stage compares (`sketch`), and what a later one
//! needs (`features`); `files`, `folder` and `sections` say how these lie on disk, `error` what is said of one that is
//! damaged, and `open` reads them. `build` writes it: of the `previous` index it takes over what is as it was, the rest is
//! `prepared`, and `writer` puts both into files. `words`, `items`, `scan`, `cascade` and `candidates` choose from it, and
//! `ready` hands over what was chosen. The ranking itself is that of [`crate::rank`].

mod build;
mod candidates;
mod cascade;
mod error;
mod features;
mod files;
mod folder;
mod items;
mod manifest;
mod open;
mod postings;
mod prepared;
mod previous;
mod ready;
mod records;
mod scan;
mod sections;
mod sketch;
mod tables;
#[cfg(test)]
mod tests;
mod words;
mod writer;

pub use build::{Changes, build, build_in};
pub use files::FileEntry;
pub use folder::LockedFolder;
pub use manifest::{Manifest, ModelEntry, SourceEntry};
pub use open::CatalogIndex;
pub use ready::Ready;
