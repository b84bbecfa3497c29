//! The score of a project claim by claim, from how near each claim comes to its parts.
//!
//! All of the score but what single words give (`lexical`), how hard the project is, and what the stage leaves out.

use pulp::{Arch, Simd, WithSimd};

use super::findings::CLOSEST;
use super::first_stage::{CompiledQuery, ItemScore};
use super::lanes::{ItemLane, LANES, Lane, SAME, larger, most, raise, smaller};
use super::specificity::SENTENCE;
use super::weights::{BEST, ITEMS, NEAR, OWN, SURE, TECHNOLOGY, TITLE, WHOLE as WHOLE_SHARE};
use crate::skills::SkillId;

/// A project to be scored again. What is said of claims is given in rows of as many lanes as [`CompiledQuery::lanes`] says,
/// each number in `0..=1`.
pub(crate) struct Candidate<'a, I, T> {
    /// The numbers of its items, and which of them name its own software: a bit each, the first the lowest.
    pub(crate) items: I,
    pub(crate) own: u32,
    /// How many of them, the first ones, its list of skills holds; the others are technologies.
    pub(crate) listed: usize,
    /// Of every item of the catalog: what each claim finds in it, and what it adds to a score.
    pub(crate) found: &'a [ItemLane],
    pub(crate) item_scores: &'a [ItemScore],
    /// How near each claim comes to its title, to its whole, and to its sentences as far as they are compared.
    pub(crate) title: &'a [Lane],
    pub(crate) whole: &'a [Lane],
    pub(crate) sentences: &'a [Lane],
    /// How alike the fields of work are.
    pub(crate) field: &'a [Lane],
    /// The skills that its text speaks of, and how much each counts of one that is asked for.
    pub(crate) mentioned: T,
}

impl<I: ExactSizeIterator<Item = u32> + Clone, T> Candidate<'_, I, T> {
    /// How near the nearest claim comes to its items, on the weighted mean: `0..=1`. `None` where it has none.
    #[inline(always)]
    fn items_met(&self) -> Option<f32> {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (at, item) in self.items.clone().enumerate() {
            let weight = match self.own >> at & 1 {
                1 => OWN,
                _ if at >= self.listed => TECHNOLOGY,
                _ => 1.0,
            };
            sum += weight * self.item_scores.get(item as usize).map_or(0.0, |item| item.nearest);
            weights += weight;
        }
        if weights > 0.0 { Some(sum / weights) } else { None }
    }
}

/// What the claims of a lane find in a project, each number in `0..=1`.
struct MetLane {
    /// How near each comes to its title, to its whole, and to the parts closest to it on the mean.
    title: Lane,
    whole: Lane,
    close: Lane,
    /// How alike the fields of work are.
    field: Lane,
    /// How far each serves what is asked for, and what the text speaks of.
    asked: Lane,
    mentioned: Lane,
}

impl CompiledQuery {
    /// How many lanes hold the claims.
    pub(crate) fn lanes(&self) -> usize {
        self.claims.len()
    }

    /// The scores of projects, claim by claim.
    pub(crate) fn rescore<'a, I, T>(
        &self,
        projects: impl ExactSizeIterator<Item = Candidate<'a, I, T>>,
    ) -> Vec<f32>
    where
        I: ExactSizeIterator<Item = u32> + Clone + 'a,
        T: Iterator<Item = (SkillId, f32)> + Clone + 'a,
    {
        let mut scores = Vec::with_capacity(projects.len());
        Arch::new().dispatch(Rescoring { query: self, projects, scores: &mut scores });
        scores
    }

    #[inline(always)]
    fn score<I, T>(&self, seen: &Candidate<'_, I, T>) -> f32
    where
        I: ExactSizeIterator<Item = u32> + Clone,
        T: Iterator<Item = (SkillId, f32)> + Clone,
    {
        let width = self.lanes();
        let count = 1 + seen.items.len() + seen.sentences.len() / width.max(1);
        let (mut near, mut whole, mut field) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let (mut best, mut title, mut none) = ([0.0; LANES], [0.0; LANES], [1.0; LANES]);
        for (lane, claims) in self.claims.iter().enumerate() {
            let met = self.meet(seen, lane, count);
            for at in 0..LANES {
                let or_full = |share: f32| if met.asked[at] >= SAME { 1.0 } else { share };
                near[at] += claims.text[at] * or_full(met.close[at]);
                whole[at] += claims.text[at] * or_full(met.whole[at]);
                field[at] += claims.field[at] * or_full(met.field[at]);
                best[at] = larger(best[at], claims.weight[at] * met.close[at]);
                title[at] = larger(title[at], claims.is_text[at] * met.title[at]);
                let served = larger(met.asked[at], met.mentioned[at]);
                none[at] *= 1.0 - SURE * claims.named[at] * served;
            }
        }
        let sum = |lane: Lane| lane.iter().sum::<f32>();
        let near = sum(near);
        let semantic = NEAR * near
            + WHOLE_SHARE * sum(whole)
            + BEST * most(best) / SENTENCE
            + ITEMS * seen.items_met().unwrap_or(near)
            + TITLE * most(title);
        let overlap = 1.0 - none.iter().product::<f32>();
        self.semantic * semantic + self.overlap * overlap + self.field * sum(field)
    }

    /// What the claims of a lane find in a project of `count` parts.
    #[inline(always)]
    fn meet<I, T>(&self, seen: &Candidate<'_, I, T>, lane: usize, count: usize) -> MetLane
    where
        I: ExactSizeIterator<Item = u32> + Clone,
        T: Iterator<Item = (SkillId, f32)> + Clone,
    {
        let width = self.lanes();
        let of_project = |row: &[Lane]| row.get(lane).copied().unwrap_or_default();
        let (title, whole, field) =
            (of_project(seen.title), of_project(seen.whole), of_project(seen.field));
        let mut closest = Closest::default();
        closest.add(title);
        let (mut asked, mut mentioned) = ([0.0; LANES], [0.0; LANES]);
        for item in seen.items.clone() {
            let found = seen.found.get(item as usize * width + lane);
            let ItemLane { similar, served } = found.copied().unwrap_or_default();
            closest.add(similar);
            raise(&mut asked, served);
        }
        for sentence in seen.sentences.iter().skip(lane).step_by(width) {
            closest.add(*sentence);
        }
        for (skill, strength) in seen.mentioned.clone() {
            if let Some(served) = self.mentioned.of(skill).get(lane) {
                raise(&mut mentioned, served.map(|served| served * strength));
            }
        }
        MetLane { title, whole, field, close: closest.mean(count), asked, mentioned }
    }
}

struct Rescoring<'s, P> {
    query: &'s CompiledQuery,
    projects: P,
    scores: &'s mut Vec<f32>,
}

impl<'a, P, I, T> WithSimd for Rescoring<'_, P>
where
    P: Iterator<Item = Candidate<'a, I, T>>,
    I: ExactSizeIterator<Item = u32> + Clone + 'a,
    T: Iterator<Item = (SkillId, f32)> + Clone + 'a,
{
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        // A loop: a closure called by an iterator's method would not be compiled with the instructions of this processor.
        for project in self.projects {
            self.scores.push(self.query.score(&project));
        }
    }
}

/// The closest parts of a project to each of some claims, the closest first.
#[derive(Default)]
struct Closest([Lane; CLOSEST]);

impl Closest {
    #[inline(always)]
    fn add(&mut self, mut part: Lane) {
        for place in &mut self.0 {
            for at in 0..LANES {
                let (one, other) = (place[at], part[at]);
                (place[at], part[at]) = (larger(one, other), smaller(one, other));
            }
        }
    }

    /// Their mean, of a project with so many parts.
    #[inline(always)]
    fn mean(&self, parts: usize) -> Lane {
        let count = parts.clamp(1, CLOSEST) as f32;
        // Where there are fewer, the others are zero.
        std::array::from_fn(|at| self.0.iter().map(|lane| lane[at]).sum::<f32>() / count)
    }
}
