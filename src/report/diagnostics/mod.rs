//! What `catalog check` found, as a report: every text in it is safe to show, whatever the pages hold.
//!
//! One small renderer a format turns the report into text; none of them writes anywhere or looks at a page again.

mod excerpt;
mod github;
mod json;
#[cfg(test)]
mod sample;
mod sarif;
mod schema;
mod text;

pub use excerpt::Excerpt;
pub use github::github;
pub use json::json;
pub use sarif::sarif;
pub use schema::{CheckReport, Counts, DiagnosticReport};
pub use text::text;
