//! Answers to many applicants, rendered one at a time: what they have in common is made ready once.
//!
//! `csv`, `json` and `table` add a renderer each; all of them show what [`crate::report::MenteeReport`] and
//! [`ShortlistReport`] say.

mod csv;
mod json;
mod table;

pub use json::Within;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::csv::Table;
use super::not_json;
use super::schema::{
    CatalogReport, ExplanationReport, MenteeRef, ModelReport, ProjectReport, RecommendationReport,
};
use super::summary::SummaryReport;
use crate::error::Result;
use crate::mentees::Applicant;
use crate::model::Catalog;
use crate::safe::one_line;

/// The applicants of one project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShortlistReport {
    /// [`crate::report::SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The project.
    pub project: ProjectReport,
    /// Its applicants, best first.
    pub applicants: Vec<ShortlistedReport>,
}

/// One applicant of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShortlistedReport {
    /// Their place, from 1.
    pub rank: usize,
    /// `0..=1`, larger is better.
    pub score: f64,
    /// Who it is.
    pub mentee: MenteeRef,
    /// Why.
    pub explanation: ExplanationReport,
}

/// All answers in one document: what `rank --format json` writes. Either the mentees are there or the projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BatchReport {
    /// [`crate::report::SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What was searched.
    pub catalog: CatalogReport,
    /// With which model.
    pub model: ModelReport,
    /// The applicants with their projects, in the order of the rows.
    #[serde(default)]
    pub mentees: Vec<MenteeEntry>,
    /// The projects with their applicants, in the order of the catalog.
    #[serde(default)]
    pub projects: Vec<ShortlistEntry>,
    /// How many rows could not be used.
    pub rejected: u64,
    /// The summary, where it was asked for.
    #[serde(default)]
    pub summary: Option<SummaryReport>,
}

/// An applicant within a [`BatchReport`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MenteeEntry {
    /// The applicant.
    pub mentee: MenteeRef,
    /// Their projects, best first.
    pub recommendations: Vec<RecommendationReport>,
}

/// A project within a [`BatchReport`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShortlistEntry {
    /// The project.
    pub project: ProjectReport,
    /// Its applicants, best first.
    pub applicants: Vec<ShortlistedReport>,
}

/// Renders answers about the projects of one catalog.
#[derive(Debug)]
pub struct BatchRenderer<'a> {
    catalog: &'a Catalog,
    /// The headings of the columns that are handed through, made safe for a spreadsheet.
    keep: Vec<String>,
    projects: Vec<Prepared>,
}

/// What is always the same of a project.
#[derive(Debug)]
struct Prepared {
    json: Box<RawValue>,
    /// Cells of CSV: id, organisation and title.
    names: String,
    /// Cells of CSV: the upstream links, and that to the LFX platform.
    links: String,
}

impl<'a> BatchRenderer<'a> {
    /// For answers from `catalog` to applicants with these kept columns.
    ///
    /// # Errors
    ///
    /// A path in the catalog is not Unicode.
    pub fn new(catalog: &'a Catalog, keep: &[String]) -> Result<Self> {
        let prepare = |project| {
            let report = ProjectReport::from(project);
            let json = to_raw_value(&report).map_err(not_json)?;
            let (mut names, mut links) = (Table::default(), Table::default());
            names.cells(&[&report.id, report.org.as_deref().unwrap_or_default(), &report.title]);
            links.cells(&[report.upstream_urls.join(" "), report.lfx_url.unwrap_or_default()]);
            Ok(Prepared { json, names: names.text(), links: links.text() })
        };
        let projects = catalog.projects.iter().map(prepare).collect::<Result<_>>()?;
        let keep = keep.iter().map(|heading| one_line(heading)).collect();
        Ok(Self { catalog, keep, projects })
    }

    /// How an applicant is named.
    fn mentee(&self, applicant: &Applicant) -> MenteeRef {
        let kept = self.keep.iter().cloned().zip(applicant.kept.iter().cloned());
        MenteeRef { id: applicant.id.clone(), line: Some(applicant.line), kept: kept.collect() }
    }
}

#[cfg(test)]
mod tests;
