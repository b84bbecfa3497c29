//! Matches people to open-source mentorship projects, with reasons.
//!
//! Data moves one way, and a module imports only those before it:
//!
//! ```text
//! error, model, safe, atomic_file -> skills -> catalog, resume -> embed -> index -> rank -> store -> mentees -> batch, eval
//!   -> report
//! ```
//!
//! ```
//! use lfx_match::{catalog, embed, Matcher, Mentee, Weights};
//!
//! # fn main() -> lfx_match::Result<()> {
//! let catalog = catalog::builtin();
//! let matcher = Matcher::new(&catalog, embed::load("builtin")?, Weights::default())?;
//! let mentee = Mentee { skills: vec!["Rust".into(), "wasm".into()], ..Mentee::default() };
//! let answer = matcher.rank(&mentee, 3, &[])?;
//! let best = &catalog.projects[answer.recommendations[0].project];
//! assert_eq!(best.org.as_deref(), Some("WasmEdge"));
//! # Ok(())
//! # }
//! ```

mod atomic_file;
pub mod batch;
pub mod catalog;
pub mod embed;
mod error;
pub mod eval;
pub mod index;
pub mod mentees;
pub mod model;
pub mod rank;
pub mod report;
pub mod resume;
mod safe;
pub mod skills;
pub mod store;

pub use error::{Error, ErrorKind, Result};
pub use model::{Catalog, Mentee, Project};
pub use rank::{Matcher, Weights};
