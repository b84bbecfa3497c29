//! The ranking: a catalog and a mentee in, recommendations with their explanations out.
//!
//! What a mentee claims (`profile`, made of `claims`) meets the `ground`, a catalog made ready, in `findings`;
//! `score` makes numbers of them and `explain` evidence. Deterministic: ties break by project id.

pub(crate) mod claims;
mod difficulty;
mod explain;
mod field;
mod filter;
mod findings;
pub(crate) mod ground;
pub(crate) mod lexical;
mod parts;
mod pick;
pub(crate) mod profile;
mod score;
pub(crate) mod sketch;
pub(crate) mod telling;
pub(crate) mod view;

use std::sync::Arc;

pub use claims::Reading;
pub use explain::{Above, Explanation, How, Matched, Missing};
pub use filter::Filter;
pub use parts::{Part, Weights};
pub use pick::{Pick, Reason};

use crate::embed::Embedder;
use crate::error::Result;
use crate::model::{Catalog, Mentee};
use crate::skills::Relation;
use claims::Stance;
use ground::Ground;
use profile::{Claim, Memory, Profile};

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

/// A few projects for a mentee that go together, and how their words were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// The skills they have.
    pub skills: Vec<Reading>,
    /// The skills they want to learn.
    pub learn: Vec<Reading>,
    /// The projects, best first.
    pub picks: Vec<Pick>,
}

/// A catalog made ready to be matched with any number of mentees.
pub struct Matcher {
    embedder: Arc<dyn Embedder>,
    weights: Weights,
    ids: Vec<String>,
    ground: Ground,
    memory: Memory,
}

impl Matcher {
    /// Reads and embeds every project of `catalog`.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn new(catalog: &Catalog, embedder: Arc<dyn Embedder>, weights: Weights) -> Result<Self> {
        let ground = Ground::new(catalog, embedder.as_ref())?;
        let ids = catalog.projects.iter().map(|project| project.id.clone()).collect();
        Ok(Self::assemble(ids, ground, embedder, weights))
    }

    /// The same of a catalog that is ready already, with the ids of its projects.
    pub(crate) fn assemble(
        ids: Vec<String>,
        ground: Ground,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Self {
        Self {
            weights,
            ids,
            memory: Memory::new(&ground.all, embedder.dimensions()),
            ground,
            embedder,
        }
    }

    /// How much each part of a score counts.
    pub fn weights(&self) -> Weights {
        self.weights
    }

    /// Changes how much each part of a score counts.
    pub fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// The `top` best projects for `mentee` among those that `keep` lets through (all where it is empty),
    /// best first.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn rank(&self, mentee: &Mentee, top: usize, keep: &[bool]) -> Result<Answer> {
        let profile = self.hear(mentee)?;
        let mut scored = self.best_first(&profile, keep);
        scored.truncate(top);
        let explain = |scored: &Scored| self.explain(&profile, scored);
        let recommendations = scored.iter().map(explain).collect();
        Ok(Answer { skills: profile.skills, learn: profile.learn, recommendations })
    }

    /// At most `count` projects among those that `keep` lets through (all where it is empty), best first, that
    /// are good for `mentee` and different from one another, each with a reason: what to apply to where
    /// applications are few.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn pick(&self, mentee: &Mentee, count: usize, keep: &[bool]) -> Result<Portfolio> {
        let profile = self.hear(mentee)?;
        let scored = self.best_first(&profile, keep);
        let scores: Vec<f64> = scored.iter().map(|scored| scored.score).collect();
        let project = |at: usize| profile.scope.project(scored[at].place);
        let chosen = pick::choose(&scores, count, |a, b| self.ground.alike(project(a), project(b)));
        let picked = chosen.into_iter().map(|at| {
            let teaches = self.teaches(&profile, scored[at].place);
            (self.explain(&profile, &scored[at]), teaches)
        });
        let picks = pick::explain(picked.collect());
        Ok(Portfolio { skills: profile.skills, learn: profile.learn, picks })
    }

    /// The score of every project that `keep` lets through (all where it is empty), with the project's place
    /// in the catalog, in the order of the catalog.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn scores(&self, mentee: &Mentee, keep: &[bool]) -> Result<Vec<(usize, f64)>> {
        Ok(self.scores_of(&self.hear(mentee)?, keep))
    }

    /// The same for a mentee who was heard.
    pub(crate) fn scores_of(&self, profile: &Profile, keep: &[bool]) -> Vec<(usize, f64)> {
        let scored = self.score_kept(profile, keep);
        scored
            .iter()
            .map(|scored| (profile.scope.project(scored.place), scored.score))
            .collect()
    }

    /// What [`Self::rank`] says of these projects, given by their places in the catalog, in that order.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn recommend(&self, mentee: &Mentee, projects: &[usize]) -> Result<Vec<Recommendation>> {
        let profile = self.hear(mentee)?;
        let recommend = |&project: &usize| {
            let place = profile.scope.place(project)?;
            Some(self.explain(&profile, &self.score(&profile, place)))
        };
        Ok(projects.iter().filter_map(recommend).collect())
    }

    fn hear(&self, mentee: &Mentee) -> Result<Profile> {
        let embedder = self.embedder.as_ref();
        profile::hear(mentee, &self.ground, &self.ground.all, embedder, Some(&self.memory))
    }

    fn best_first(&self, profile: &Profile, keep: &[bool]) -> Vec<Scored> {
        let mut scored = self.score_kept(profile, keep);
        scored.sort_unstable_by(|a, b| {
            let id = |scored: &Scored| &self.ids[profile.scope.project(scored.place)];
            b.score.total_cmp(&a.score).then_with(|| id(a).cmp(id(b)))
        });
        scored
    }

    /// The skills that the mentee wants to learn and the project at `place` asks for.
    fn teaches(&self, profile: &Profile, place: usize) -> Vec<String> {
        let wishes = profile.claims.iter().filter(|claim| claim.stance == Stance::Learn);
        let asked = wishes.filter(|claim| {
            claim.at(place).credits.iter().any(|credit| credit.relation != Relation::Similar)
        });
        asked.map(|claim| self.name(claim)).collect()
    }

    /// What the lexicon calls the skill of a claim, or else its own words.
    fn name(&self, claim: &Claim) -> String {
        let skill = claim.skills().first().map(|&skill| &self.ground.lexicon.get(skill).name);
        skill.unwrap_or(&claim.text).clone()
    }

    fn score_kept(&self, profile: &Profile, keep: &[bool]) -> Vec<Scored> {
        let kept = |place: &usize| keep.get(profile.scope.project(*place)).copied().unwrap_or(true);
        (0..profile.scope.len()).filter(kept).map(|place| self.score(profile, place)).collect()
    }

    fn score(&self, profile: &Profile, place: usize) -> Scored {
        let parts = score::parts(profile, place, &self.ground);
        let shares = self.weights.shares(profile.level.is_some());
        let weighed = Part::ALL.map(|part| shares[part as usize] * parts[part as usize]);
        let blend: f64 = weighed.iter().sum();
        // The chance of a good match, shared out among the parts by what each gave.
        let share = if blend > 0.0 { score::chance(blend) / blend } else { 0.0 };
        let contributions = weighed.map(|part| round(part * share));
        Scored { score: round(contributions.iter().sum()), place, contributions }
    }

    fn explain(&self, profile: &Profile, scored: &Scored) -> Recommendation {
        let project = profile.scope.project(scored.place);
        let view = &self.ground.views[project];
        let lexicon = self.ground.lexicon;
        let met = score::meet(profile, scored.place);
        let shares = self.weights.shares(profile.level.is_some());
        let weighed = Part::ALL.into_iter().filter(|&part| shares[part as usize] > 0.0);
        Recommendation {
            project,
            score: scored.score,
            explanation: Explanation {
                contributions: weighed
                    .map(|part| (part, scored.contributions[part as usize]))
                    .collect(),
                matched: explain::matched(&met, view, lexicon),
                missing: explain::missing(&met, view, lexicon),
                above: profile.level.map_or(vec![], |level| explain::above(level, view)),
            },
        }
    }
}

/// A project with its score, before anything is explained.
struct Scored {
    score: f64,
    /// Its place in the scope.
    place: usize,
    /// What each part gave.
    contributions: [f64; Part::ALL.len()],
}

fn round(value: f64) -> f64 {
    (value * DECIMALS).round() / DECIMALS
}
