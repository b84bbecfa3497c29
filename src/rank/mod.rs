//! The ranking: a catalog and a mentee in, recommendations with their explanations out.
//!
//! `claims` (what the mentee says) meet `view`s (what projects say) in `findings`; `score` makes numbers
//! of them and `explain` evidence. Deterministic: ties break by project id.

mod claims;
mod explain;
mod field;
mod filter;
mod findings;
mod lexical;
mod parts;
mod score;
mod telling;
mod view;

use std::sync::Arc;

pub use claims::Reading;
pub use explain::{Explanation, How, Matched, Missing};
pub use filter::Filter;
pub use parts::{Part, Weights};

use crate::embed::{Embedder, Role};
use crate::error::Result;
use crate::model::{Catalog, Mentee};
use crate::skills::Lexicon;
use claims::Profile;
use field::Field;
use findings::{Finding, Ground, ViewVectors};
use lexical::Lexical;
use score::{Scales, Weighed};
use telling::Telling;
use view::View;

/// Scores are given to this many decimals.
const DECIMALS: f64 = 1e6;

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

/// A catalog made ready to be matched with any number of mentees.
pub struct Matcher {
    lexicon: &'static Lexicon,
    embedder: Arc<dyn Embedder>,
    weights: Weights,
    ids: Vec<String>,
    views: Vec<View>,
    vectors: Vec<ViewVectors>,
    fields: Vec<Field>,
    telling: Telling,
    lexical: Lexical,
}

impl Matcher {
    /// Reads and embeds every project of `catalog`.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn new(catalog: &Catalog, embedder: Arc<dyn Embedder>, weights: Weights) -> Result<Self> {
        let lexicon = Lexicon::builtin();
        let views: Vec<View> =
            catalog.projects.iter().map(|project| View::new(project, lexicon)).collect();
        let telling = Telling::new(&views, lexicon);
        Ok(Self {
            lexicon,
            weights,
            ids: catalog.projects.iter().map(|project| project.id.clone()).collect(),
            fields: views.iter().map(|view| Field::of_view(view, &telling, lexicon)).collect(),
            telling,
            lexical: Lexical::new(&views, lexicon),
            vectors: embed_views(&views, embedder.as_ref())?,
            views,
            embedder,
        })
    }

    /// How much each part of a score counts.
    pub fn weights(&self) -> Weights {
        self.weights
    }

    /// Changes how much each part of a score counts.
    pub fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// The `top` best projects for `mentee` among those that `keep` lets through.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn rank(&self, mentee: &Mentee, top: usize, keep: &[bool]) -> Result<Answer> {
        let profile = Profile::new(mentee, self.lexicon);
        let texts: Vec<&str> = profile.claims.iter().map(|claim| claim.plain.as_str()).collect();
        let vectors = self.embedder.embed(&texts, Role::Query)?;
        let ground = Ground {
            views: &self.views,
            vectors: &self.vectors,
            lexical: &self.lexical,
            lexicon: self.lexicon,
            calibration: self.embedder.calibration(),
        };
        let findings: Vec<Vec<Finding>> = profile
            .claims
            .iter()
            .zip(&vectors)
            .map(|(claim, vector)| ground.find(claim, vector))
            .collect();
        let claims: Vec<Weighed<'_>> = profile
            .claims
            .iter()
            .zip(&vectors)
            .zip(&findings)
            .map(|((claim, vector), findings)| Weighed {
                weight: score::weigh(claim, findings, &self.telling),
                claim,
                vector,
                findings,
            })
            .collect();
        let field = Field::of_claims(profile.claims.iter(), &self.telling, self.lexicon);
        let recommendations = self.best(&claims, &field, top, keep);
        Ok(Answer { skills: profile.skills, learn: profile.learn, recommendations })
    }

    fn best(
        &self,
        claims: &[Weighed<'_>],
        field: &Field,
        top: usize,
        keep: &[bool],
    ) -> Vec<Recommendation> {
        let scales = Scales {
            views: &self.views,
            fields: &self.fields,
            telling: &self.telling,
            calibration: self.embedder.calibration(),
        };
        let mut scored: Vec<Scored> = (0..self.views.len())
            .filter(|at| keep.get(*at).copied().unwrap_or(true))
            .map(|at| {
                let parts = score::parts(claims, field, at, &scales);
                let contributions: Vec<(Part, f64)> = Part::ALL
                    .into_iter()
                    .filter(|&part| self.weights.of(part) > 0.0)
                    .map(|part| (part, round(self.weights.of(part) * parts[part as usize])))
                    .collect();
                let score = round(contributions.iter().map(|(_, value)| value).sum());
                Scored { score, at, contributions }
            })
            .collect();
        scored.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| self.ids[a.at].cmp(&self.ids[b.at]))
        });
        scored
            .into_iter()
            .take(top)
            .map(|Scored { score, at, contributions }| Recommendation {
                project: at,
                score,
                explanation: Explanation {
                    contributions,
                    matched: explain::matched(claims, at, &self.views[at], self.lexicon),
                    missing: explain::missing(claims, at, &self.views[at], self.lexicon),
                },
            })
            .collect()
    }
}

/// A project with its score, before anything is explained.
struct Scored {
    score: f64,
    at: usize,
    contributions: Vec<(Part, f64)>,
}

/// Embeds every part and every whole in one call, so that the model can work in batches.
fn embed_views(views: &[View], embedder: &dyn Embedder) -> Result<Vec<ViewVectors>> {
    let texts: Vec<&str> = views
        .iter()
        .flat_map(|view| {
            view.parts.iter().map(|part| part.text.as_str()).chain([view.whole.as_str()])
        })
        .collect();
    let mut vectors = embedder.embed(&texts, Role::Passage)?.into_iter();
    Ok(views
        .iter()
        .map(|view| ViewVectors {
            parts: vectors.by_ref().take(view.parts.len()).collect(),
            whole: vectors.next().unwrap_or_default(),
        })
        .collect())
}

fn round(value: f64) -> f64 {
    (value * DECIMALS).round() / DECIMALS
}
