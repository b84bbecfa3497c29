//! What all renderings of answers about one catalog have in common, made ready once.

use serde_json::value::{RawValue, to_raw_value};

use crate::error::Result;
use crate::mentees::Applicant;
use crate::model::Catalog;
use crate::report::csv::Table;
use crate::report::json::not_json;
use crate::report::schema::{MenteeRef, ProjectReport};
use crate::safe::one_line;

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
    /// Cells of CSV: id, organisation and title.
    pub(super) names: String,
    /// Cells of CSV: the upstream links, and that to the LFX platform.
    pub(super) links: String,
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
    pub(super) fn mentee(&self, applicant: &Applicant) -> MenteeRef {
        let kept = self.keep.iter().cloned().zip(applicant.kept.iter().cloned());
        MenteeRef { id: applicant.id.clone(), line: Some(applicant.line), kept: kept.collect() }
    }
}
