//! Answers as CSV: a row for each applicant and project, safe to open in a spreadsheet.

use super::renderer::BatchRenderer;
use crate::batch::shortlists::Shortlisted;
use crate::mentees::Applicant;
use crate::rank::{Explanation, Part, Recommendation, Said};
use crate::report::csv::{FIRST, ROW, Table};
use crate::report::evidence::named;

/// The parts that stand behind what has its place; see [`FIRST`].
const LAST: [Part; 2] = [Part::Lexical, Part::Field];

impl BatchRenderer<'_> {
    /// The header row of [`BatchRenderer::csv_mentee`].
    pub fn csv_mentee_header(&self) -> String {
        let own = ["mentee_id", "rank", "project_id", "org", "title", "score"];
        self.header(&own, &["matched", "missing", "upstream_url", "lfx_url"])
    }

    /// An applicant's projects, a row each.
    pub fn csv_mentee(&self, applicant: &Applicant, projects: &[Recommendation]) -> String {
        let mut table = Table::with_capacity(projects.len() * ROW);
        for (rank, recommendation) in (1..).zip(projects) {
            let project = &self.projects[recommendation.project];
            table.cell(&applicant.id);
            table.number(rank);
            project.names.iter().for_each(|cell| table.safe_cell(cell));
            score(&mut table, recommendation);
            project.links.iter().for_each(|cell| table.safe_cell(cell));
            last(&mut table, recommendation);
            table.cells(&applicant.kept);
            table.end_row();
        }
        table.text()
    }

    /// The header row of [`BatchRenderer::csv_project`].
    pub fn csv_project_header(&self) -> String {
        let own = ["project_id", "org", "title", "rank", "mentee_id", "score"];
        self.header(&own, &["matched", "missing"])
    }

    /// A project's applicants, a row each; one row without an applicant where there are none.
    pub fn csv_project(&self, project: usize, applicants: &[Shortlisted]) -> String {
        let mut table = Table::with_capacity(applicants.len() * ROW);
        let names = &self.projects[project].names;
        for (rank, Shortlisted { applicant, recommendation }) in (1..).zip(applicants) {
            names.iter().for_each(|cell| table.safe_cell(cell));
            table.number(rank);
            table.cell(&applicant.id);
            score(&mut table, recommendation);
            last(&mut table, recommendation);
            table.cells(&applicant.kept);
            table.end_row();
        }
        if applicants.is_empty() {
            names.iter().for_each(|cell| table.safe_cell(cell));
            table.empty_cells(6 + Part::COMMON.len() + self.keep.len());
            table.end_row();
        }
        table.text()
    }

    fn header(&self, before: &[&str], behind: &[&str]) -> String {
        let names = |parts: &[Part]| parts.iter().map(|part| part.name()).collect::<Vec<_>>();
        let own = [before, &names(&FIRST), behind, &names(&LAST), &["wanted"]].concat();
        let mut table = Table::with_capacity(ROW);
        table.cells(&own);
        for heading in &self.keep {
            // None has the name of a column of ours.
            let prefix = if own.contains(&heading.as_str()) { "applicant_" } else { "" };
            table.cell(&format!("{prefix}{heading}"));
        }
        table.end_row();
        table.text()
    }
}

/// The score, its first parts, and the evidence.
fn score(table: &mut Table, recommendation: &Recommendation) {
    let explanation = &recommendation.explanation;
    table.share(recommendation.score);
    parts(table, explanation, &FIRST);
    table.names(named(&explanation.matched, Said::Can));
    table.names(explanation.missing.iter().map(|m| &*m.skill));
}

/// The other parts, and what is wanted.
fn last(table: &mut Table, recommendation: &Recommendation) {
    parts(table, &recommendation.explanation, &LAST);
    table.names(named(&recommendation.explanation.matched, Said::Wants));
}

fn parts(table: &mut Table, explanation: &Explanation, parts: &[Part]) {
    for part in parts {
        let given = explanation.contributions.iter().find(|(given, _)| given == part);
        table.share(given.map_or(0.0, |(_, value)| *value));
    }
}
