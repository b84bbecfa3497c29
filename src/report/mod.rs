//! Results as people and programs read them: the JSON contract and one small renderer a format.
//!
//! Renderers turn a report into bytes; none of them writes anywhere.

mod batch;
mod csv;
pub mod diagnostics;
mod evidence;
mod export;
mod markdown;
mod schema;
mod summary;
mod table;
mod text;

pub use crate::safe::{one_line, spreadsheet_cell, without_addresses};
pub use batch::{
    BatchRenderer, BatchReport, MenteeEntry, ShortlistEntry, ShortlistReport, ShortlistedReport,
    Within,
};
pub use csv::csv;
pub use export::{CatalogExport, CatalogList, ProjectExport, SkillExport, WarningExport};
pub use markdown::markdown;
pub use schema::{
    CatalogReport, ExplanationReport, MatchReport, MenteeRef, MenteeReport, ModelReport,
    PickReason, PickReport, ProjectReport, QueryReport, ReadSkill, RecommendationReport,
    SCHEMA_VERSION, UnknownSkill,
};
pub use summary::{SummaryReport, summary_table};
pub use table::{TableStyle, table};

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};

/// A report as indented JSON, with a line feed at its end.
///
/// # Errors
///
/// A path in it is not Unicode.
pub fn json(report: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(report).map_err(not_json)?;
    Ok(text + "\n")
}

/// Reports as JSON Lines, each in one line.
///
/// # Errors
///
/// A path in one is not Unicode.
pub fn jsonl<T: Serialize>(reports: &[T]) -> Result<String> {
    let mut text = String::new();
    for report in reports {
        text += &serde_json::to_string(report).map_err(not_json)?;
        text.push('\n');
    }
    Ok(text)
}

fn not_json(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::Input, format!("the result cannot be written as JSON: {error}"))
}
