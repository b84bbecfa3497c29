//! Recommendations as CSV: one row each, safe to open in a spreadsheet.

use super::safe::spreadsheet_cell;
use super::schema::RecommendationReport;
use crate::error::{Error, ErrorKind, Result};
use crate::rank::Part;

/// The columns; `mentee_id` comes first where rows belong to applicants.
fn columns(with_mentee: bool) -> Vec<&'static str> {
    let mentee = with_mentee.then_some("mentee_id");
    let parts = parts(with_mentee).map(Part::name);
    let rest = ["matched", "missing", "upstream_url", "lfx_url"];
    mentee
        .into_iter()
        .chain(["rank", "project_id", "org", "title", "score"])
        .chain(parts)
        .chain(rest)
        .collect()
}

/// The parts that have a column. No level is read of the applicants of a file.
fn parts(with_mentee: bool) -> impl Iterator<Item = Part> {
    Part::ALL.into_iter().filter(move |part| !with_mentee || *part != Part::Level)
}

/// The header row.
///
/// # Errors
///
/// Never in practice: writing to memory does not fail.
pub fn csv_header(with_mentee: bool) -> Result<String> {
    write(&[columns(with_mentee).into_iter().map(str::to_owned).collect()])
}

/// One row a recommendation, headed by the applicant's id where there is one.
///
/// # Errors
///
/// Never in practice: writing to memory does not fail.
pub fn csv_rows(mentee: Option<&str>, recommendations: &[RecommendationReport]) -> Result<String> {
    let rows: Vec<Vec<String>> = recommendations.iter().map(|r| row(mentee, r)).collect();
    write(&rows)
}

fn row(mentee: Option<&str>, recommendation: &RecommendationReport) -> Vec<String> {
    let project = &recommendation.project;
    let explanation = &recommendation.explanation;
    let contribution =
        |part: Part| explanation.contributions.get(part.name()).copied().unwrap_or(0.0);
    let matched = explanation.matched.iter().map(|m| m.skill.as_ref().unwrap_or(&m.text).as_str());
    let missing = explanation.missing.iter().map(|m| m.skill.as_str());
    let mut cells: Vec<String> = mentee.map(spreadsheet_cell).into_iter().collect();
    cells.push(recommendation.rank.to_string());
    cells.push(spreadsheet_cell(&project.id));
    cells.push(spreadsheet_cell(project.org.as_deref().unwrap_or_default()));
    cells.push(spreadsheet_cell(&project.title));
    cells.push(format!("{:.4}", recommendation.score));
    cells.extend(parts(mentee.is_some()).map(|part| format!("{:.4}", contribution(part))));
    cells.push(spreadsheet_cell(&matched.collect::<Vec<_>>().join("; ")));
    cells.push(spreadsheet_cell(&missing.collect::<Vec<_>>().join("; ")));
    cells.push(spreadsheet_cell(&project.upstream_urls.join(" ")));
    cells.push(spreadsheet_cell(project.lfx_url.as_deref().unwrap_or_default()));
    cells
}

fn write(rows: &[Vec<String>]) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::new(ErrorKind::Input, error.to_string());
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}
