//! Results as people and programs read them: the JSON contract and one small renderer a format.
//!
//! Renderers turn a report into bytes; none of them writes anywhere.

mod batch;
mod conversions;
mod csv;
pub mod diagnostics;
mod evidence;
mod export;
mod json;
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
pub use json::{json, jsonl};
pub use markdown::markdown;
pub use schema::{
    CatalogReport, ExplanationReport, MatchReport, MenteeRef, MenteeReport, ModelReport,
    PickReason, PickReport, ProjectReport, QueryReport, ReadSkill, RecommendationReport,
    SCHEMA_VERSION, UnknownSkill,
};
pub use summary::{SummaryReport, summary_table};
pub use table::{TableStyle, table};
