//! Recommendations as CSV: one row each, safe to open in a spreadsheet.

use std::fmt::Display;

use super::schema::RecommendationReport;
use crate::error::{Error, ErrorKind, Result};
use crate::rank::Part;
use crate::safe::spreadsheet_cell;

/// One person's recommendations, below a header row.
///
/// # Errors
///
/// Never in practice: writing to memory does not fail.
pub fn csv(recommendations: &[RecommendationReport]) -> Result<String> {
    let mut table = Table::new();
    table.cells(&["rank", "project_id", "org", "title", "score"])?;
    table.cells(&Part::ALL.map(Part::name))?;
    table.cells(&["matched", "missing", "upstream_url", "lfx_url"])?;
    table.end_row()?;
    for recommendation in recommendations {
        let project = &recommendation.project;
        let explanation = &recommendation.explanation;
        table.number(recommendation.rank)?;
        table.cell(&spreadsheet_cell(&project.id))?;
        table.cell(&spreadsheet_cell(project.org.as_deref().unwrap_or_default()))?;
        table.cell(&spreadsheet_cell(&project.title))?;
        table.share(recommendation.score)?;
        for part in Part::ALL {
            table.share(explanation.contributions.get(part.name()).copied().unwrap_or(0.0))?;
        }
        let matched = explanation.matched.iter();
        table.cell(&joined(matched.map(|m| m.skill.as_ref().unwrap_or(&m.text))))?;
        table.cell(&joined(explanation.missing.iter().map(|m| &m.skill)))?;
        table.cell(&spreadsheet_cell(&project.upstream_urls.join(" ")))?;
        table.cell(&spreadsheet_cell(project.lfx_url.as_deref().unwrap_or_default()))?;
        table.end_row()?;
    }
    table.text()
}

/// Names in one cell.
pub(super) fn joined<'a>(names: impl Iterator<Item = &'a String>) -> String {
    spreadsheet_cell(&names.map(String::as_str).collect::<Vec<_>>().join("; "))
}

/// CSV that is being written.
pub(super) struct Table(::csv::Writer<Vec<u8>>);

impl Table {
    pub(super) fn new() -> Self {
        Self(::csv::Writer::from_writer(Vec::new()))
    }

    /// A cell, which must be safe already.
    pub(super) fn cell(&mut self, text: &str) -> Result<()> {
        self.0.write_field(text).map_err(failed)
    }

    pub(super) fn cells(&mut self, texts: &[impl AsRef<str>]) -> Result<()> {
        texts.iter().try_for_each(|text| self.cell(text.as_ref()))
    }

    pub(super) fn empty_cells(&mut self, count: usize) -> Result<()> {
        (0..count).try_for_each(|_| self.cell(""))
    }

    pub(super) fn number(&mut self, number: usize) -> Result<()> {
        self.cell(&number.to_string())
    }

    /// A number in `0..=1`.
    pub(super) fn share(&mut self, share: f64) -> Result<()> {
        // Whole ten-thousandths: a million rows have millions of shares, and floats are slow to write.
        let parts = (share.clamp(0.0, 1.0) * 1e4).round() as u32;
        self.cell(&format!("{}.{:04}", parts / 10_000, parts % 10_000))
    }

    pub(super) fn end_row(&mut self) -> Result<()> {
        self.0.write_record(None::<&[u8]>).map_err(failed)
    }

    pub(super) fn text(self) -> Result<String> {
        let bytes = self.0.into_inner().map_err(failed)?;
        String::from_utf8(bytes).map_err(failed)
    }
}

fn failed(error: impl Display) -> Error {
    Error::new(ErrorKind::Input, error.to_string())
}
