//! Every renderer says what the report types say.

use std::sync::Arc;

use super::*;
use crate::batch::shortlists::Shortlisted;
use crate::mentees::Applicant;
use crate::model::{Catalog, Mentee};
use crate::rank::{Matcher, Weights};
use crate::report::{MenteeReport, SCHEMA_VERSION, TableStyle};
use crate::{catalog, embed};

fn answered() -> (Catalog, Applicant, crate::rank::Answer) {
    let catalog = catalog::builtin();
    let model = embed::load("builtin").unwrap();
    let matcher = Matcher::new(&catalog, model, Weights::default()).unwrap();
    let skills = ["Rust", "wasm", "=1+1"].map(str::to_owned).to_vec();
    let applicant = Applicant {
        id: "=a1".to_owned(),
        line: 7,
        mentee: Mentee { skills, ..Mentee::default() },
        kept: vec!["+47 Oslo".to_owned(), "3".to_owned()],
        is_renamed: false,
    };
    let answer = matcher.rank(&applicant.mentee, 4, &[]).unwrap();
    (catalog, applicant, answer)
}

fn keep() -> Vec<String> {
    vec!["Town".to_owned(), "rank".to_owned()]
}

#[test]
fn a_line_of_json_is_the_mentee_report_byte_for_byte() {
    let (catalog, applicant, answer) = answered();
    let renderer = BatchRenderer::new(&catalog, &keep()).unwrap();
    let line = renderer.json_mentee(&applicant, &answer.recommendations, Within::Lines).unwrap();
    let report = MenteeReport::new(renderer.mentee(&applicant), &answer, &catalog);
    assert_eq!(line, serde_json::to_string(&report).unwrap());
    assert_eq!(report.mentee.kept["Town"], "+47 Oslo");
}

#[test]
fn a_line_of_json_about_a_project_reads_back() {
    let (catalog, applicant, mut answer) = answered();
    let renderer = BatchRenderer::new(&catalog, &keep()).unwrap();
    let recommendation = answer.recommendations.remove(0);
    let (project, score) = (recommendation.project, recommendation.score);
    let shortlisted = [Shortlisted { applicant: Arc::new(applicant), recommendation }];
    let line = renderer.json_project(project, &shortlisted, Within::Lines).unwrap();
    let report: ShortlistReport = serde_json::from_str(&line).unwrap();
    assert_eq!(report.schema_version, SCHEMA_VERSION);
    assert_eq!(report.project.id, catalog.projects[project].id);
    assert_eq!((report.applicants[0].rank, report.applicants[0].score), (1, score));
    assert_eq!(report.applicants[0].mentee.id, "=a1");
    assert!(!report.applicants[0].explanation.matched.is_empty());
}

#[test]
fn rows_have_as_many_cells_as_headings_and_no_formula() {
    let (catalog, applicant, mut answer) = answered();
    let renderer = BatchRenderer::new(&catalog, &keep()).unwrap();
    let by_mentee =
        renderer.csv_mentee_header() + &renderer.csv_mentee(&applicant, &answer.recommendations);
    let recommendation = answer.recommendations.remove(0);
    let shortlisted = [Shortlisted { applicant: Arc::new(applicant), recommendation }];
    let by_project = renderer.csv_project_header()
        + &renderer.csv_project(0, &shortlisted)
        + &renderer.csv_project(1, &[]);
    for (text, rows) in [(by_mentee, 4), (by_project, 2)] {
        // The reader refuses rows of another length than the first.
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let headings = reader.headers().unwrap().clone();
        assert_eq!(headings.iter().rev().take(2).collect::<Vec<_>>(), ["applicant_rank", "Town"]);
        let records: Vec<_> = reader.records().map(std::result::Result::unwrap).collect();
        assert_eq!(records.len(), rows);
        for cell in records.iter().flat_map(|record| record.iter()) {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
}

#[test]
fn tables_fit_their_width() {
    let (catalog, mut applicant, answer) = answered();
    applicant.id = "an id that is longer than anybody would think that ids of people are".repeat(2);
    let renderer = BatchRenderer::new(&catalog, &[]).unwrap();
    let style = TableStyle { width: 80, color: false };
    let by_mentee = renderer.table_mentee(&applicant, &answer.recommendations, style);
    let recommendation = answer.recommendations[0].clone();
    let shortlisted = [Shortlisted { applicant: Arc::new(applicant), recommendation }];
    let by_project = renderer.table_project(0, &shortlisted, style);
    assert_eq!((by_mentee.lines().count(), by_project.lines().count()), (5, 5));
    for line in by_mentee.lines().chain(by_project.lines()) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
