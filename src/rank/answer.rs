//! What the ranking answers: how a mentee was read, and the projects with their scores.

use super::claims::Reading;
use super::explain::Explanation;

/// A project recommended to a mentee.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Its place in the catalog.
    pub project: usize,
    /// `0..=1`, larger is better.
    pub score: f64,
    /// Why.
    pub explanation: Explanation,
}

/// A mentee's answer: how their words were read, and the projects, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The skills they have.
    pub skills: Vec<Reading>,
    /// The skills they want to learn.
    pub learn: Vec<Reading>,
    /// The projects, best first.
    pub recommendations: Vec<Recommendation>,
}

/// Projects by their places in the catalog, each with its score in `0..=1`.
pub type Scores = Vec<(usize, f64)>;
