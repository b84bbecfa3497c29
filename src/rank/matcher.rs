//! A catalog made ready to be matched with any number of mentees.

use std::sync::Arc;

use super::answer::{Answer, Recommendation, Scores};
use super::cache::FindingsCache;
use super::calibration::NO_MATCH;
use super::claims::{Reading, Stance};
use super::corpus::Corpus;
use super::explain::{self, Explanation};
use super::missing;
use super::parts::{Part, Weights};
use super::pick::{self, Picked, Portfolio};
use super::profile::{self, Claim, Profile};
use super::score;
use crate::embed::Embedder;
use crate::error::Result;
use crate::model::{Catalog, Mentee};
use crate::skills::{Relation, is_wish};

/// Scores are rounded to millionths.
const ROUNDING: f64 = 1e6;

/// A catalog made ready to be matched with any number of mentees.
pub struct Matcher {
    embedder: Arc<dyn Embedder>,
    weights: Weights,
    ids: Vec<String>,
    corpus: Corpus,
    cache: FindingsCache,
}

impl Matcher {
    /// Reads and embeds every project of `catalog`.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn new(catalog: &Catalog, embedder: Arc<dyn Embedder>, weights: Weights) -> Result<Self> {
        let corpus = Corpus::new(catalog, embedder.as_ref())?;
        let ids = catalog.projects.iter().map(|project| project.id.clone()).collect();
        Ok(Self::assemble(ids, corpus, embedder, weights))
    }

    /// The same of a catalog that is ready already, with the ids of its projects.
    pub(crate) fn assemble(
        ids: Vec<String>,
        corpus: Corpus,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Self {
        Self {
            weights,
            ids,
            cache: FindingsCache::new(&corpus.all, embedder.dimensions()),
            corpus,
            embedder,
        }
    }

    /// Remembers a mentee as parsed among these projects, so that ranking need not understand them again.
    pub(crate) fn remember<'a>(&self, parsed: impl FnOnce(&Corpus) -> Profile<'a>) {
        parsed(&self.corpus).remember_in(&self.cache);
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
        let (recommendations, _) = self.recommend_and_score(mentee, top, keep)?;
        let (skills, learn) = self.readings(mentee);
        Ok(Answer { skills, learn, recommendations })
    }

    /// The recommendations of [`Self::rank`] and the scores of [`Self::scores`], for the work of one.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn recommend_and_score(
        &self,
        mentee: &Mentee,
        top: usize,
        keep: &[bool],
    ) -> Result<(Vec<Recommendation>, Scores)> {
        let profile = self.profile_of(mentee)?;
        let mut scored = self.score_kept(&profile, keep);
        let scores = scores(&profile, &scored);
        self.put_first(&profile, &mut scored, top);
        scored.truncate(top);
        let explain = |scored: &Scored| self.explain(&profile, scored);
        Ok((scored.iter().map(explain).collect(), scores))
    }

    /// At most `count` projects among those that `keep` lets through (all where it is empty), best first, that
    /// are good for `mentee` and different from one another, each with a reason: what to apply to where
    /// applications are few.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn pick(&self, mentee: &Mentee, count: usize, keep: &[bool]) -> Result<Portfolio> {
        let profile = self.profile_of(mentee)?;
        let mut scored = self.score_kept(&profile, keep);
        self.put_first(&profile, &mut scored, usize::MAX);
        let scores: Vec<f64> = scored.iter().map(|scored| scored.score).collect();
        let project = |at: usize| profile.scope.project(scored[at].place);
        let chosen = pick::choose(&scores, count, |a, b| self.corpus.alike(project(a), project(b)));
        let picked = chosen.iter().enumerate().map(|(rank, &at)| {
            let alike = |&better: &usize| self.corpus.alike(project(at), project(better));
            Picked {
                recommendation: self.explain(&profile, &scored[at]),
                teaches: self.teaches(&profile, scored[at].place),
                alike: chosen[..rank].iter().map(alike).fold(0.0, f32::max),
            }
        });
        let picks = pick::explain(picked.collect());
        let (skills, learn) = self.readings(mentee);
        Ok(Portfolio { skills, learn, picks })
    }

    /// The score of every project that `keep` lets through (all where it is empty), with the project's place
    /// in the catalog, in the order of the catalog.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn scores(&self, mentee: &Mentee, keep: &[bool]) -> Result<Scores> {
        Ok(self.scores_of(&self.profile_of(mentee)?, keep))
    }

    /// The same for a mentee who was parsed.
    pub(crate) fn scores_of(&self, profile: &Profile<'_>, keep: &[bool]) -> Scores {
        scores(profile, &self.score_kept(profile, keep))
    }

    /// What [`Self::rank`] says of these projects, given by their places in the catalog, in that order.
    ///
    /// # Errors
    ///
    /// The model cannot be run.
    pub fn recommend(&self, mentee: &Mentee, projects: &[usize]) -> Result<Vec<Recommendation>> {
        let profile = self.profile_of(mentee)?;
        let recommend = |&project: &usize| {
            let place = profile.scope.place(project)?;
            Some(self.explain(&profile, &self.score(&profile, place)))
        };
        Ok(projects.iter().filter_map(recommend).collect())
    }

    /// How the skills that a mentee has and wants to learn are read.
    fn readings(&self, mentee: &Mentee) -> (Vec<Reading>, Vec<Reading>) {
        let read = |items| Reading::of_all(items, self.corpus.lexicon);
        // "Rust (learning)" among the skills is a wish.
        let (wished, had): (Vec<Reading>, Vec<Reading>) =
            read(&mentee.skills).into_iter().partition(|reading| is_wish(&reading.text));
        let learn = wished.into_iter().chain(read(&mentee.learn)).collect();
        (had, learn)
    }

    fn profile_of<'a>(&self, mentee: &'a Mentee) -> Result<Profile<'a>> {
        let embedder = self.embedder.as_ref();
        profile::parse(mentee, &self.corpus, &self.corpus.all, embedder, Some(&self.cache))
    }

    /// Puts the `count` best first, in their order, and the others behind them in any.
    fn put_first(&self, profile: &Profile<'_>, scored: &mut [Scored], count: usize) {
        let better = |a: &Scored, b: &Scored| {
            let id = |scored: &Scored| &self.ids[profile.scope.project(scored.place)];
            b.score.total_cmp(&a.score).then_with(|| id(a).cmp(id(b)))
        };
        let mut first = scored;
        if count < first.len() {
            first.select_nth_unstable_by(count, better);
            first = &mut first[..count];
        }
        first.sort_unstable_by(better);
    }

    /// The skills that the mentee wishes for and the project at `place` asks for.
    fn teaches(&self, profile: &Profile<'_>, place: usize) -> Vec<String> {
        let is_wish = |claim: &&Claim<'_>| matches!(claim.stance, Stance::Learn | Stance::Topic);
        let wishes = profile.claims.iter().filter(is_wish);
        let asked = wishes.filter(|claim| {
            claim.at(place).credits.iter().any(|credit| credit.relation == Relation::Same)
        });
        asked.map(|claim| self.name(claim)).collect()
    }

    /// What the lexicon calls the skill of a claim, or else its own words.
    fn name(&self, claim: &Claim<'_>) -> String {
        let skill =
            claim.skills().first().map(|&skill| self.corpus.lexicon.get(skill).name.as_str());
        skill.unwrap_or(claim.text).to_owned()
    }

    fn score_kept(&self, profile: &Profile<'_>, keep: &[bool]) -> Vec<Scored> {
        let kept = |place: &usize| keep.get(profile.scope.project(*place)).copied().unwrap_or(true);
        (0..profile.scope.len()).filter(kept).map(|place| self.score(profile, place)).collect()
    }

    fn score(&self, profile: &Profile<'_>, place: usize) -> Scored {
        let parts = score::parts(profile, place, &self.corpus);
        let shares = self.weights.shares(profile.level.is_some());
        let weighed = Part::ALL.map(|part| shares[part as usize] * parts[part as usize]);
        let blend: f64 = weighed.iter().sum();
        // The chance of a good match, shared out among the parts by what each gave.
        let share = if blend > 0.0 { profile.evidence.probability(blend) / blend } else { 0.0 };
        let contributions = weighed.map(|part| round(part * share));
        Scored { score: round(contributions.iter().sum()), place, contributions }
    }

    fn explain(&self, profile: &Profile<'_>, scored: &Scored) -> Recommendation {
        let project = profile.scope.project(scored.place);
        let view = &self.corpus.views[project];
        let lexicon = self.corpus.lexicon;
        let met = score::meet(profile, scored.place);
        let shares = self.weights.shares(profile.level.is_some());
        let weighed = Part::ALL.into_iter().filter(|&part| shares[part as usize] > 0.0);
        let mut matched = explain::matched(&met, view, lexicon);
        // No match goes without a reason.
        if matched.is_empty() && scored.score >= NO_MATCH {
            matched.extend(explain::closest(&met, view, lexicon));
        }
        Recommendation {
            project,
            score: scored.score,
            explanation: Explanation {
                contributions: weighed
                    .map(|part| (part, scored.contributions[part as usize]))
                    .collect(),
                matched,
                missing: missing::missing(&met, view, lexicon),
                above: profile.level.map_or(vec![], |level| explain::above(level, view, lexicon)),
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

fn scores(profile: &Profile<'_>, scored: &[Scored]) -> Scores {
    scored.iter().map(|scored| (profile.scope.project(scored.place), scored.score)).collect()
}

fn round(value: f64) -> f64 {
    (value * ROUNDING).round() / ROUNDING
}
