//! What a mentee claims, laid out so that the processor works on several claims at a time: claims lie side by side in lanes.

use super::claims::Stance;
use super::profile::Claim;
use super::weights::fulfils;
use crate::skills::{Lexicon, Reached, SkillId};

/// Claims that lie side by side; their number is filled up to a multiple of this.
pub(crate) const LANES: usize = 8;
/// One number for each of some claims.
pub(crate) type Lane = [f32; LANES];
/// How far a skill serves itself, and nothing else does.
pub(super) const SAME: f32 = 1.0;

/// What some claims find in an item; the two side by side, because they are needed together.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(crate) struct ItemLane {
    /// How near each claim comes to it.
    pub(crate) similar: Lane,
    /// How far each serves it.
    pub(crate) served: Lane,
}

/// The weights of a claim.
pub(super) struct Weighed {
    weight: f32,
    /// Its share among what counts as text, and among what has a field of work.
    pub(super) text: f32,
    pub(super) field: f32,
    /// How much of an overlap it makes.
    named: f32,
}

impl Weighed {
    /// One among claims whose texts, and whose fields of work, weigh so much together.
    pub(super) fn new(claim: &Claim, texts: f32, fields: f32) -> Self {
        let share = |counts: bool, of: f32| if counts { claim.weight / of } else { 0.0 };
        Self {
            weight: claim.weight,
            text: share(claim.counts_as_text(), texts),
            field: share(claim.statement.has_field, fields),
            named: match claim.stance {
                Stance::Interest => 0.0,
                Stance::Learn => claim.weight * fulfils(Stance::Learn),
                _ => claim.weight,
            },
        }
    }
}

/// The weights of up to [`LANES`] claims, side by side.
pub(super) struct Claims {
    pub(super) text: Lane,
    pub(super) field: Lane,
    pub(super) named: Lane,
    /// 1 for what counts as text, and what that weighs; else 0.
    pub(super) is_text: Lane,
    pub(super) weight: Lane,
}

impl Claims {
    /// At most as many as there are lanes.
    pub(super) fn new(claims: &[Weighed]) -> Self {
        let lane = |value: fn(&Weighed) -> f32| -> Lane {
            std::array::from_fn(|at| claims.get(at).map_or(0.0, value))
        };
        let is_text = lane(|claim| f32::from(claim.text > 0.0));
        let weight = lane(|claim| claim.weight);
        Self {
            text: lane(|claim| claim.text),
            field: lane(|claim| claim.field),
            named: lane(|claim| claim.named),
            is_text,
            weight: std::array::from_fn(|at| is_text[at] * weight[at]),
        }
    }
}

/// How far claims serve each skill of the lexicon.
pub(super) struct Served {
    /// Of each skill, its row.
    rows: Vec<u16>,
    /// Rows of lanes; the first is of skills that no claim reaches.
    lanes: Vec<Lane>,
    width: usize,
}

impl Served {
    /// Of claims that name these skills, by what they reach and `counts`.
    pub(super) fn new<'a>(
        claims: impl ExactSizeIterator<Item = &'a [SkillId]>,
        lexicon: &Lexicon,
        counts: fn(&Reached) -> bool,
    ) -> Self {
        let width = claims.len().div_ceil(LANES);
        let mut served =
            Self { rows: vec![0; lexicon.len()], lanes: vec![[0.0; LANES]; width], width };
        for (claim, skills) in claims.enumerate() {
            let reached = skills.iter().flat_map(|skill| lexicon.reach(*skill));
            for reached in reached.filter(|reached| counts(reached)) {
                let row = &mut served.rows[usize::from(reached.skill.0)];
                if *row == 0 {
                    *row = (served.lanes.len() / width) as u16;
                    served.lanes.resize(served.lanes.len() + width, [0.0; LANES]);
                }
                let lane = &mut served.lanes[usize::from(*row) * width + claim / LANES];
                let strength = &mut lane[claim % LANES];
                *strength = larger(*strength, reached.strength);
            }
        }
        served
    }

    /// How far each claim serves a skill; nothing where none does.
    #[inline(always)]
    pub(super) fn of(&self, skill: SkillId) -> &[Lane] {
        match self.rows.get(usize::from(skill.0)) {
            Some(row @ 1..) => {
                let start = usize::from(*row) * self.width;
                self.lanes.get(start..start + self.width).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

/// Makes each of `most` the larger of the two.
#[inline(always)]
pub(super) fn raise(most: &mut Lane, lane: Lane) {
    for at in 0..LANES {
        most[at] = larger(most[at], lane[at]);
    }
}

/// The largest of a lane, and no less than 0.
#[inline(always)]
pub(super) fn most(lane: Lane) -> f32 {
    lane.iter().copied().fold(0.0, larger)
}

// One instruction each; `f32::max` and `f32::min` take more, because they must not return NaN where one of the two is a number.
#[inline(always)]
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
pub(super) fn smaller(a: f32, b: f32) -> f32 {
    if a > b { b } else { a }
}
