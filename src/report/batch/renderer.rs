//! What all renderings of answers about one catalog have in common, made ready once.

use serde_json::value::{RawValue, to_raw_value};

use crate::error::Result;
use crate::mentees::Applicant;
use crate::model::Catalog;
use crate::report::json::not_json;
use crate::report::schema::{MenteeRef, ProjectReport};
use crate::safe::{one_line, spreadsheet_cell};

/// Renders answers about the projects of one catalog.
#[derive(Debug)]
pub struct BatchRenderer<'a> {
    pub(super) catalog: &'a Catalog,
    /// The headings of the columns that are handed through, made safe for a spreadsheet.
    pub(super) keep: Vec<String>,
    pub(super) projects: Vec<Prepared>,
}

/// What is always the same of a project.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) json: Box<RawValue>,
    /// Cells of CSV, safe for a spreadsheet: id, organisation and title.
    pub(super) names: [String; 3],
    /// The same of the upstream links, and of that to the LFX platform.
    pub(super) links: [String; 2],
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
            let safe = |text: &str| spreadsheet_cell(text).into_owned();
            let org = report.org.as_deref().unwrap_or_default();
            let names = [&report.id, org, &report.title].map(safe);
            let lfx_url = report.lfx_url.as_deref().unwrap_or_default();
            let links = [&report.upstream_urls.join(" "), lfx_url].map(safe);
            Ok(Prepared { json, names, links })
        };
        let projects = catalog.projects.iter().map(prepare).collect::<Result<_>>()?;
        let keep = keep.iter().map(|heading| one_line(heading)).collect();
        Ok(Self { catalog, keep, projects })
    }

    /// How an applicant is named.
    pub(super) fn mentee(&self, applicant: &Applicant) -> MenteeRef {
        let kept = self.keep.iter().cloned().zip(applicant.kept.iter().cloned());
        MenteeRef { id: applicant.id.clone(), line: Some(applicant.line), kept: kept.collect() }
    }
}
