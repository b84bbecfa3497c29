//! The summary of a batch as data for programs.

use serde::{Deserialize, Serialize};

use crate::batch::summary::{EVERYBODY, ProjectCount, STEPS, Summary};
use crate::model::Catalog;
use crate::rank::GOOD_MATCH;
use crate::report::schema::{MenteeRef, SCHEMA_VERSION};

/// What a coordinator looks at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummaryReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// How many applicants were ranked.
    pub applicants: u64,
    /// How many rows could not be used.
    pub rejected: u64,
    /// From this score on, a project is called a good match.
    pub good_match: f64,
    /// Everybody fits a project that is a good match for this share of the applicants.
    pub everybody: f64,
    /// How many applicants have their best score where.
    pub best_scores: Vec<Step>,
    /// The applicants without a good project.
    pub unmatched: Unmatched,
    /// The projects, in the order of the catalog.
    pub projects: Vec<ProjectSummary>,
    /// The ids of the projects that nobody fits.
    pub nobody_fits: Vec<String>,
    /// The ids of the projects that everybody fits.
    pub everybody_fits: Vec<String>,
    /// The skills that projects ask for and no applicant has, most wanted first.
    pub skills_lacking: Vec<LackingSkill>,
    /// The skills that applicants have and no project asks for, most frequent first.
    pub skills_unasked: Vec<UnaskedSkill>,
}

/// A step of the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// From this score on.
    pub from: f64,
    /// Up to below this one; the last step holds 1 too.
    pub below: f64,
    /// So many applicants.
    pub applicants: u64,
}

/// The applicants without a good project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unmatched {
    /// How many they are.
    pub applicants: u64,
    /// The first of them.
    pub first: Vec<MenteeRef>,
}

/// How wanted a project is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectSummary {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The organisation it belongs to.
    pub org: Option<String>,
    /// For how many applicants it is a good match.
    pub good_applicants: u64,
    /// The highest score that an applicant has for it.
    pub best_score: f64,
}

/// A skill that nobody has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LackingSkill {
    /// Its name.
    pub skill: String,
    /// How many projects ask for it.
    pub projects: u64,
}

/// A skill that nobody asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnaskedSkill {
    /// Its name.
    pub skill: String,
    /// How many applicants have it.
    pub applicants: u64,
}

impl SummaryReport {
    /// The report of a summary of applicants for projects of `catalog`.
    pub fn new(summary: &Summary, rejected: u64, catalog: &Catalog) -> Self {
        let project = |count: &ProjectCount| {
            let project = &catalog.projects[count.project];
            ProjectSummary {
                id: project.id.clone(),
                title: project.title.clone(),
                org: project.org.clone(),
                good_applicants: count.good,
                best_score: count.best,
            }
        };
        let id = |count: &ProjectCount| catalog.projects[count.project].id.clone();
        let at = |step: usize| step as f64 / STEPS as f64;
        let steps = summary.best_scores.iter().enumerate();
        let unmatched = summary.unmatched_first.iter();
        let (lacking, unasked) = (summary.lacking.iter(), summary.unasked.iter());
        Self {
            schema_version: SCHEMA_VERSION,
            applicants: summary.applicants,
            rejected,
            good_match: GOOD_MATCH,
            everybody: EVERYBODY,
            best_scores: steps
                .map(|(step, &applicants)| Step { from: at(step), below: at(step + 1), applicants })
                .collect(),
            unmatched: Unmatched {
                applicants: summary.unmatched,
                first: unmatched
                    .map(|(id, line)| MenteeRef {
                        id: id.clone(),
                        line: Some(*line),
                        ..MenteeRef::default()
                    })
                    .collect(),
            },
            projects: summary.projects.iter().map(project).collect(),
            nobody_fits: summary.nobody_fits().map(id).collect(),
            everybody_fits: summary.everybody_fits().map(id).collect(),
            skills_lacking: lacking
                .map(|(skill, projects)| LackingSkill { skill: skill.clone(), projects: *projects })
                .collect(),
            skills_unasked: unasked
                .map(|(skill, applicants)| UnaskedSkill {
                    skill: skill.clone(),
                    applicants: *applicants,
                })
                .collect(),
        }
    }
}
