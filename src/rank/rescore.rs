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
            let of_project = |row: &[Lane]| row.get(lane).copied().unwrap_or_default();
            let (of_title, of_whole, of_field) =
                (of_project(seen.title), of_project(seen.whole), of_project(seen.field));
            let mut closest = Closest::default();
            closest.add(of_title);
            let (mut asked, mut spoken) = ([0.0; LANES], [0.0; LANES]);
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
                    raise(&mut spoken, served.map(|served| served * strength));
                }
            }
            let close = closest.mean(count);
            for at in 0..LANES {
                let or_full = |share: f32| if asked[at] >= SAME { 1.0 } else { share };
                near[at] += claims.text[at] * or_full(close[at]);
                whole[at] += claims.text[at] * or_full(of_whole[at]);
                field[at] += claims.field[at] * or_full(of_field[at]);
                best[at] = larger(best[at], claims.weight[at] * close[at]);
                title[at] = larger(title[at], claims.is_text[at] * of_title[at]);
                let served = larger(asked[at], spoken[at]);
                none[at] *= 1.0 - SURE * claims.named[at] * served;
            }
        }
        let sum = |lane: Lane| lane.iter().sum::<f32>();
        let near = sum(near);
        let (mut items, mut asked) = (0.0, 0.0);
        for (at, item) in seen.items.clone().enumerate() {
            let counts = match seen.own >> at & 1 {
                1 => OWN,
                _ if at >= seen.listed => TECHNOLOGY,
                _ => 1.0,
            };
            items += counts
                * seen
                    .item_scores
                    .get(item as usize)
                    .map_or(0.0, |item_scores| item_scores.nearest);
            asked += counts;
        }
        let items = if asked > 0.0 { items / asked } else { near };
        let semantic = NEAR * near
            + WHOLE_SHARE * sum(whole)
            + BEST * most(best) / SENTENCE
            + ITEMS * items
            + TITLE * most(title);
        let overlap = 1.0 - none.iter().product::<f32>();
        self.semantic * semantic + self.overlap * overlap + self.field * sum(field)
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
        // A loop, for what is called by an iterator's own would not be made for this processor.
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
