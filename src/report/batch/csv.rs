//! Answers as CSV: a row for each applicant and project, safe to open in a spreadsheet.

use super::BatchRenderer;
use crate::batch::shortlists::Shortlisted;
use crate::error::Result;
use crate::mentees::Applicant;
use crate::rank::{Explanation, Part, Recommendation};
use crate::report::csv::{Table, joined};
use crate::safe::spreadsheet_cell;

impl BatchRenderer<'_> {
    /// The header row of [`BatchRenderer::csv_mentee`].
    ///
    /// # Errors
    ///
    /// Never in practice: writing to memory does not fail.
    pub fn csv_mentee_header(&self) -> Result<String> {
        let own = ["mentee_id", "rank", "project_id", "org", "title", "score"];
        self.header(&own, &["matched", "missing", "upstream_url", "lfx_url"])
    }

    /// An applicant's projects, a row each.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn csv_mentee(&self, applicant: &Applicant, projects: &[Recommendation]) -> Result<String> {
        let mut table = Table::new();
        let id = spreadsheet_cell(&applicant.id);
        let kept = kept(applicant);
        for (rank, recommendation) in (1..).zip(projects) {
            let project = &self.projects[recommendation.project];
            table.cell(&id)?;
            table.number(rank)?;
            table.cells(&project.cells)?;
            score(&mut table, recommendation)?;
            table.cells(&project.links)?;
            table.cells(&kept)?;
            table.end_row()?;
        }
        table.text()
    }

    /// The header row of [`BatchRenderer::csv_project`].
    ///
    /// # Errors
    ///
    /// As above.
    pub fn csv_project_header(&self) -> Result<String> {
        let own = ["project_id", "org", "title", "rank", "mentee_id", "score"];
        self.header(&own, &["matched", "missing"])
    }

    /// A project's applicants, a row each; one row without an applicant where there are none.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn csv_project(&self, project: usize, applicants: &[Shortlisted]) -> Result<String> {
        let mut table = Table::new();
        let cells = &self.projects[project].cells;
        for (rank, Shortlisted { applicant, recommendation }) in (1..).zip(applicants) {
            table.cells(cells)?;
            table.number(rank)?;
            table.cell(&spreadsheet_cell(&applicant.id))?;
            score(&mut table, recommendation)?;
            table.cells(&kept(applicant))?;
            table.end_row()?;
        }
        if applicants.is_empty() {
            table.cells(cells)?;
            table.empty_cells(5 + Part::COMMON.len() + self.keep.len())?;
            table.end_row()?;
        }
        table.text()
    }

    fn header(&self, before: &[&str], behind: &[&str]) -> Result<String> {
        let parts = Part::COMMON.map(Part::name);
        let own: Vec<&str> = [before, &parts, behind].concat();
        let mut table = Table::new();
        table.cells(&own)?;
        for heading in &self.keep {
            // No two columns of a table have one name.
            let prefix = if own.contains(&heading.as_str()) { "applicant_" } else { "" };
            table.cell(&spreadsheet_cell(&format!("{prefix}{heading}")))?;
        }
        table.end_row()?;
        table.text()
    }
}

fn kept(applicant: &Applicant) -> Vec<String> {
    applicant.kept.iter().map(|text| spreadsheet_cell(text)).collect()
}

/// The score, its parts, and the evidence.
fn score(table: &mut Table, recommendation: &Recommendation) -> Result<()> {
    let Explanation { contributions, matched, missing, .. } = &recommendation.explanation;
    table.share(recommendation.score)?;
    for part in Part::COMMON {
        let given = contributions.iter().find(|(given, _)| *given == part);
        table.share(given.map_or(0.0, |(_, value)| *value))?;
    }
    table.cell(&joined(matched.iter().map(|m| m.skill.as_ref().unwrap_or(&m.text))))?;
    table.cell(&joined(missing.iter().map(|m| &m.skill)))
}
