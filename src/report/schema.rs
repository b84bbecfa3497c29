//! The JSON contract, version 1: what `--format json` and `jsonl` write, and what reads back.
//!
//! Fields may be added, never renamed within a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{CatalogSource, Maturity, Mentor, Source};
use crate::rank::{Above, Matched, Missing};

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
    /// What was said only to deny it, as written: "no Java".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<String>,
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
    /// Why it is among the picked, where few were picked that go together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick: Option<PickReport>,
}

/// Why a project is among the picked, and what to do before applying to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickReport {
    /// Why.
    pub reason: PickReason,
    /// What of the mentee's it meets and no better one among the picked does.
    pub adds: Vec<String>,
    /// The skills that the mentee wants to learn and it asks for.
    pub teaches: Vec<String>,
    /// Skills that it requires and the mentee lacks.
    pub learn_first: Vec<String>,
    /// What it wants to have before or with an application, as its catalog says.
    pub prerequisites: Vec<String>,
}

/// Why a project is among the picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PickReason {
    /// It has the best score.
    Best,
    /// It meets more of what the mentee says.
    Adds,
    /// It is unlike the better ones among the picked.
    Unlike,
    /// It is the best of those that are left.
    Next,
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
    /// What is asked for at a higher level than the mentee's, where that is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<Above>,
}

/// Which applicant of a batch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MenteeRef {
    /// The applicant's id.
    pub id: String,
    /// The line on which the row starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The columns that are handed through, by their headings.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept: BTreeMap<String, String>,
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
