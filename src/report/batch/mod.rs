//! Answers to many applicants, rendered one at a time: what they have in common is made ready once.
//!
//! `csv`, `json` and `table` add a renderer each; all of them show what [`crate::report::MenteeReport`] and
//! [`ShortlistReport`] say.

mod csv;
mod json;
mod renderer;
mod schema;
mod table;
#[cfg(test)]
mod tests;

pub use json::Within;
pub use renderer::BatchRenderer;
pub use schema::{BatchReport, MenteeEntry, ShortlistEntry, ShortlistReport, ShortlistedReport};
