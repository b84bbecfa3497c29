//! A closer look at a project: its score claim by claim, from how near each claim comes to its parts.
//!
//! All of the score but what single words give (`lexical`), how hard the project is, and what is not looked at.
//! Claims lie side by side in lanes, which the processor works on together.

use super::findings::CLOSEST;
use super::glance::{Glance, Weighed, Worth};
use super::score::{BEST, ITEMS, NEAR, OWN, SPOKEN, SURE, TITLE, WHOLE as WHOLE_SHARE};
use super::telling::SENTENCE;
use crate::skills::{Lexicon, Relation, SkillId};

/// Claims that lie side by side; their number is filled up to a multiple of this.
pub(crate) const LANES: usize = 8;
/// One number for each of some claims.
pub(crate) type Lane = [f32; LANES];

/// What some claims find in an item; side by side, for both are wanted at a time.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(crate) struct ItemLane {
    /// How near each claim comes to it.
    pub(crate) similar: Lane,
    /// How far each serves it.
    pub(crate) served: Lane,
}

/// What is known of the claims.
pub(super) struct Lanes {
    text: Vec<Lane>,
    field: Vec<Lane>,
    weight: Vec<Lane>,
    named: Vec<Lane>,
}

/// How far each claim is served by what a text speaks of.
pub(super) struct Told {
    /// Of each skill of the lexicon, its row.
    rows: Vec<u16>,
    /// The first one is of skills that no claim reaches.
    served: Vec<Lane>,
}

/// A project at a closer look. What is said of claims is given in rows of as many lanes as [`Glance::lanes`] says,
/// each number in `0..=1`.
pub(crate) struct Candidate<'a, I, T> {
    /// The numbers of its items, and which of them name its own software: a bit each, the first the lowest.
    pub(crate) items: I,
    pub(crate) own: u16,
    /// Of every item of the catalog: what each claim finds in it, and what it is worth.
    pub(crate) found: &'a [ItemLane],
    pub(crate) worth: &'a [Worth],
    /// How near each claim comes to its title, to its whole, and to its sentences as far as they are looked at.
    pub(crate) title: &'a [Lane],
    pub(crate) whole: &'a [Lane],
    pub(crate) sentences: &'a [Lane],
    /// How alike the fields of work are.
    pub(crate) field: &'a [Lane],
    /// The skills that its text speaks of, and how far.
    pub(crate) told: T,
}

impl Lanes {
    pub(super) fn new(claims: &[Weighed]) -> Self {
        Self {
            text: lanes(claims, |claim| claim.text),
            field: lanes(claims, |claim| claim.field),
            // What does not count as text is never the best.
            weight: lanes(claims, |claim| if claim.text > 0.0 { claim.weight } else { 0.0 }),
            named: lanes(claims, |claim| claim.named),
        }
    }
}

fn lanes(claims: &[Weighed], value: impl Fn(&Weighed) -> f32) -> Vec<Lane> {
    let lane = |claims: &[Weighed]| std::array::from_fn(|at| claims.get(at).map_or(0.0, &value));
    claims.chunks(LANES).map(lane).collect()
}

impl Told {
    pub(super) fn new(claims: &[Weighed], lexicon: &Lexicon) -> Self {
        let mut rows = vec![0u16; lexicon.len()];
        let mut served = vec![[0.0; LANES]; claims.len().div_ceil(LANES)];
        let width = served.len();
        for (at, claim) in claims.iter().enumerate() {
            for (skill, relation, strength) in &claim.reached {
                if *relation == Relation::Similar {
                    continue;
                }
                let row = &mut rows[usize::from(skill.0)];
                if *row == 0 {
                    *row = (served.len() / width) as u16;
                    served.resize(served.len() + width, [0.0; LANES]);
                }
                let lane = &mut served[usize::from(*row) * width + at / LANES][at % LANES];
                *lane = larger(*lane, *strength);
            }
        }
        Self { rows, served }
    }
}

impl Glance {
    /// How many lanes hold the claims.
    pub(crate) fn lanes(&self) -> usize {
        self.lanes.text.len()
    }

    /// The score of a project at a closer look.
    pub(crate) fn look<I, T>(&self, seen: &Candidate<'_, I, T>) -> f32
    where
        I: ExactSizeIterator<Item = u32> + Clone,
        T: Iterator<Item = (SkillId, f32)> + Clone,
    {
        let width = self.lanes();
        let worth = || seen.items.clone().filter_map(|item| seen.worth.get(item as usize));
        let asking = worth().fold(0, |all, worth| all | worth.asking);
        let count = 1 + seen.items.len() + seen.sentences.len() / width.max(1);
        let (mut near, mut whole, mut field) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let (mut best, mut title, mut none) = ([0.0; LANES], [0.0; LANES], [1.0; LANES]);
        for lane in 0..width {
            let row = |rows: &[Lane], row: usize| {
                rows.get(row * width + lane).copied().unwrap_or_default()
            };
            let (of_title, of_whole, of_field) =
                (row(seen.title, 0), row(seen.whole, 0), row(seen.field, 0));
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
            for (skill, strength) in seen.told.clone() {
                if let Some(at @ 1..) = self.told.rows.get(usize::from(skill.0)) {
                    let served = row(&self.told.served, usize::from(*at));
                    raise(&mut spoken, served.map(|served| served * strength));
                }
            }
            let close = closest.mean(count);
            let text = self.lanes.text[lane];
            for at in 0..LANES {
                let is_asked = asking.checked_shr((lane * LANES + at) as u32).unwrap_or(0) & 1 == 1;
                let or_full = |share: f32| if is_asked { 1.0 } else { share };
                near[at] += text[at] * or_full(close[at]);
                whole[at] += text[at] * or_full(of_whole[at]);
                field[at] += self.lanes.field[lane][at] * or_full(of_field[at]);
                best[at] = larger(best[at], self.lanes.weight[lane][at] * close[at]);
                title[at] = larger(title[at], if text[at] > 0.0 { of_title[at] } else { 0.0 });
                let served = larger(asked[at], SPOKEN * spoken[at]);
                none[at] *= 1.0 - SURE * self.lanes.named[lane][at] * served;
            }
        }
        let sum = |lane: Lane| lane.iter().sum::<f32>();
        let most = |lane: Lane| lane.iter().copied().fold(0.0, larger);
        let near = sum(near);
        let items = match seen.items.len() {
            0 => near,
            _ => {
                let counts = |at: usize| if seen.own >> at & 1 == 1 { OWN } else { 1.0 };
                let (mut sum, mut count) = (0.0, 0.0);
                for (at, worth) in worth().enumerate() {
                    sum += counts(at) * worth.nearest;
                    count += counts(at);
                }
                sum / count
            }
        };
        let semantic = NEAR * near
            + WHOLE_SHARE * sum(whole)
            + BEST * most(best) / SENTENCE
            + ITEMS * items
            + TITLE * most(title);
        let overlap = 1.0 - none.iter().product::<f32>();
        self.semantic * semantic + self.overlap * overlap + self.field * sum(field)
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

#[inline(always)]
fn raise(most: &mut Lane, lane: Lane) {
    for at in 0..LANES {
        most[at] = larger(most[at], lane[at]);
    }
}

// As one instruction each, which `f32::max`, with its rules for what is no number, is not.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if a > b { b } else { a }
}
