//! The JSON contract of answers to many applicants.

use serde::{Deserialize, Serialize};

use crate::report::schema::{
    CatalogReport, ExplanationReport, MenteeRef, ModelReport, ProjectReport, RecommendationReport,
};
use crate::report::summary::SummaryReport;

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
