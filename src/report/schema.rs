//! The JSON contract, version 1: what `--format json` and `jsonl` write, and what reads back.
//!
//! Fields may be added, never renamed within a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Catalog, CatalogSource, Maturity, Mentee, Mentor, Project, Source};
use crate::rank::{Answer, Matched, Missing, Reading, Recommendation};
use crate::skills::{Lexicon, Written};

/// The version of the contract.
pub const SCHEMA_VERSION: u32 = 1;

/// The answer to one mentee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What was asked, as understood.
    pub query: QueryReport,
    /// What was searched.
    pub catalog: CatalogReport,
    /// With which model.
    pub model: ModelReport,
    /// The projects, best first.
    pub recommendations: Vec<RecommendationReport>,
}

/// What a mentee asked, as understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueryReport {
    /// The skills that are known, one entry for each skill found.
    pub skills: Vec<ReadSkill>,
    /// The skills, had or wanted, that are not known.
    pub unknown: Vec<UnknownSkill>,
    /// The skills to learn that are known.
    pub learn: Vec<ReadSkill>,
    /// The interests, as written.
    pub interests: Option<String>,
}

/// A written skill and what it was read as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadSkill {
    /// As written.
    pub text: String,
    /// The skill of the lexicon.
    pub skill: String,
    /// The text was taken for a misspelling.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repaired: bool,
}

/// A written skill that is not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnknownSkill {
    /// As written.
    pub text: String,
    /// The known skill it resembles, if any.
    pub suggestion: Option<String>,
}

/// What was searched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogReport {
    /// How many projects.
    pub projects: usize,
    /// The documents they come from.
    pub sources: Vec<CatalogSource>,
}

/// The embedding model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelReport {
    /// Its name.
    pub id: String,
    /// The length of its vectors.
    pub dimensions: usize,
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecommendationReport {
    /// Its place, from 1.
    pub rank: usize,
    /// `0..=1`, larger is better.
    pub score: f64,
    /// The project.
    pub project: ProjectReport,
    /// Why.
    pub explanation: ExplanationReport,
}

/// A project, without its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectReport {
    /// Unique within the catalog.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The organisation it belongs to.
    pub org: Option<String>,
    /// The group within the organisation.
    pub suborg: Option<String>,
    /// The term.
    pub term: Option<String>,
    /// The maturity of the organisation.
    pub maturity: Option<Maturity>,
    /// Upstream issues or repositories.
    pub upstream_urls: Vec<String>,
    /// Its page on the LFX platform.
    pub lfx_url: Option<String>,
    /// Its mentors, without addresses.
    pub mentors: Vec<Mentor>,
    /// Where it stands.
    pub source: Source,
}

/// The parts of a score and the evidence for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExplanationReport {
    /// What each part gave; they add up to the score within 1e-6.
    pub contributions: BTreeMap<String, f64>,
    /// What met.
    pub matched: Vec<Matched>,
    /// What is lacking.
    pub missing: Vec<Missing>,
}

/// Which applicant of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MenteeRef {
    /// The applicant's id.
    pub id: String,
    /// The line on which the row starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// The answer to one applicant of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MenteeReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The applicant.
    pub mentee: MenteeRef,
    /// The projects, best first.
    pub recommendations: Vec<RecommendationReport>,
}

impl MatchReport {
    /// The report of an answer.
    pub fn new(mentee: &Mentee, answer: &Answer, catalog: &Catalog, model: ModelReport) -> Self {
        let read = answer.skills.iter().chain(&answer.learn);
        Self {
            schema_version: SCHEMA_VERSION,
            query: QueryReport {
                skills: known(&answer.skills),
                unknown: read.filter_map(unknown).collect(),
                learn: known(&answer.learn),
                interests: mentee.interests.clone(),
            },
            catalog: CatalogReport {
                projects: catalog.projects.len(),
                sources: catalog.sources.clone(),
            },
            model,
            recommendations: recommendations(&answer.recommendations, catalog),
        }
    }
}

impl MenteeReport {
    /// The report of an answer to an applicant.
    pub fn new(mentee: MenteeRef, answer: &Answer, catalog: &Catalog) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            mentee,
            recommendations: recommendations(&answer.recommendations, catalog),
        }
    }
}

fn known(readings: &[Reading]) -> Vec<ReadSkill> {
    let lexicon = Lexicon::builtin();
    let read = |reading: &Reading| -> Vec<ReadSkill> {
        let mentions = reading.understood.mentions.iter();
        mentions
            .map(|mention| ReadSkill {
                text: reading.text.clone(),
                skill: lexicon.get(mention.skill).name.clone(),
                repaired: mention.written == Written::Misspelt,
            })
            .collect()
    };
    readings.iter().flat_map(read).collect()
}

fn unknown(reading: &Reading) -> Option<UnknownSkill> {
    let suggestion = reading.understood.suggestion;
    reading.understood.mentions.is_empty().then(|| UnknownSkill {
        text: reading.text.clone(),
        suggestion: suggestion.map(|skill| Lexicon::builtin().get(skill).name.clone()),
    })
}

fn recommendations(list: &[Recommendation], catalog: &Catalog) -> Vec<RecommendationReport> {
    (1..)
        .zip(list)
        .map(|(rank, recommendation)| RecommendationReport {
            rank,
            score: recommendation.score,
            project: ProjectReport::from(&catalog.projects[recommendation.project]),
            explanation: ExplanationReport {
                contributions: recommendation
                    .explanation
                    .contributions
                    .iter()
                    .map(|(part, value)| (part.name().to_owned(), *value))
                    .collect(),
                matched: recommendation.explanation.matched.clone(),
                missing: recommendation.explanation.missing.clone(),
            },
        })
        .collect()
}

impl From<&Project> for ProjectReport {
    fn from(project: &Project) -> Self {
        Self {
            id: project.id.clone(),
            title: project.title.clone(),
            org: project.org.clone(),
            suborg: project.suborg.clone(),
            term: project.term.clone(),
            maturity: project.maturity,
            upstream_urls: project.upstream_urls.clone(),
            lfx_url: project.lfx_url.clone(),
            mentors: project.mentors.clone(),
            source: project.source.clone(),
        }
    }
}
