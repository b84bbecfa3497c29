//! Answers as JSON Lines, and as one document that is written piece by piece.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::renderer::BatchRenderer;
use crate::batch::shortlists::Shortlisted;
use crate::error::Result;
use crate::mentees::Applicant;
use crate::rank::{Explanation, Matched, Missing, Recommendation};
use crate::report::json::not_json;
use crate::report::schema::{CatalogReport, MenteeRef, ModelReport, SCHEMA_VERSION};
use crate::report::summary::SummaryReport;

/// Where an entry stands: by itself in a line, or in a document that states the version once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// A line of JSON Lines.
    Lines,
    /// A document, between [`BatchRenderer::json_start`] and [`BatchRenderer::json_end`].
    Document,
}

/// Room for one explanation, in bytes; most are shorter.
const EXPLANATION: usize = 600;

impl BatchRenderer<'_> {
    /// An applicant's projects as one line, without its line feed: a [`crate::report::MenteeReport`], or within a document
    /// a [`super::MenteeEntry`].
    ///
    /// # Errors
    ///
    /// Never in practice: writing to memory does not fail.
    pub fn json_mentee(
        &self,
        applicant: &Applicant,
        projects: &[Recommendation],
        within: Within,
    ) -> Result<String> {
        let recommendations = (1..).zip(projects).map(|(rank, recommendation)| Recommended {
            rank,
            score: recommendation.score,
            project: &self.projects[recommendation.project].json,
            explanation: Explained::from(&recommendation.explanation),
        });
        let mentee = Mentee {
            schema_version: within.version(),
            mentee: self.mentee(applicant),
            recommendations: recommendations.collect(),
        };
        let bytes = |of: &Recommendation| self.projects[of.project].json.get().len() + EXPLANATION;
        let mut line = Vec::with_capacity(projects.iter().map(bytes).sum());
        serde_json::to_writer(&mut line, &mentee).map_err(not_json)?;
        String::from_utf8(line).map_err(|error| not_json(serde::ser::Error::custom(error)))
    }

    /// A project's applicants as one line, without its line feed: a [`super::ShortlistReport`], or within a document a
    /// [`super::ShortlistEntry`].
    ///
    /// # Errors
    ///
    /// As above.
    pub fn json_project(
        &self,
        project: usize,
        applicants: &[Shortlisted],
        within: Within,
    ) -> Result<String> {
        let applicants = (1..).zip(applicants).map(|(rank, shortlisted)| Candidate {
            rank,
            score: shortlisted.recommendation.score,
            mentee: self.mentee(&shortlisted.applicant),
            explanation: Explained::from(&shortlisted.recommendation.explanation),
        });
        line(&Project {
            schema_version: within.version(),
            project: &self.projects[project].json,
            applicants: applicants.collect(),
        })
    }

    /// The start of a document (a [`super::BatchReport`]) whose entries, with commas between them, are `list`:
    /// `"mentees"` or `"projects"`.
    ///
    /// # Errors
    ///
    /// A path in the catalog is not Unicode.
    pub fn json_start(&self, model: &ModelReport, list: &str) -> Result<String> {
        let catalog = line(&CatalogReport {
            projects: self.catalog.projects.len(),
            sources: self.catalog.sources.clone(),
        })?;
        let model = line(model)?;
        Ok(format!(
            "{{\"schema_version\":{SCHEMA_VERSION},\n\"catalog\":{catalog},\n\"model\":{model},\n\"{list}\":["
        ))
    }

    /// The end of a document.
    ///
    /// # Errors
    ///
    /// Never in practice: writing to memory does not fail.
    pub fn json_end(&self, rejected: u64, summary: Option<&SummaryReport>) -> Result<String> {
        let summary = match summary {
            Some(summary) => format!(",\n\"summary\":{}", line(summary)?),
            None => String::new(),
        };
        Ok(format!("\n],\n\"rejected\":{rejected}{summary}}}\n"))
    }
}

impl Within {
    fn version(self) -> Option<u32> {
        (self == Within::Lines).then_some(SCHEMA_VERSION)
    }
}

fn line(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(not_json)
}

/// A `MenteeReport` that owns nothing.
#[derive(Serialize)]
struct Mentee<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema_version: Option<u32>,
    mentee: MenteeRef,
    recommendations: Vec<Recommended<'a>>,
}

#[derive(Serialize)]
struct Recommended<'a> {
    rank: usize,
    score: f64,
    project: &'a RawValue,
    explanation: Explained<'a>,
}

#[derive(Serialize)]
struct Project<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema_version: Option<u32>,
    project: &'a RawValue,
    applicants: Vec<Candidate<'a>>,
}

#[derive(Serialize)]
struct Candidate<'a> {
    rank: usize,
    score: f64,
    mentee: MenteeRef,
    explanation: Explained<'a>,
}

#[derive(Serialize)]
struct Explained<'a> {
    contributions: BTreeMap<&'static str, f64>,
    matched: &'a [Matched],
    missing: &'a [Missing],
}

impl<'a> From<&'a Explanation> for Explained<'a> {
    fn from(explanation: &'a Explanation) -> Self {
        let contributions = explanation.contributions.iter();
        Self {
            contributions: contributions.map(|(part, value)| (part.name(), *value)).collect(),
            matched: &explanation.matched,
            missing: &explanation.missing,
        }
    }
}
