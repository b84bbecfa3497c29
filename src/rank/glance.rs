//! A score at a glance: what is needed to tell, of very many projects, the few that are worth being ranked.
//!
//! The parts of a score that are nearly linear are one product of two short vectors ([`super::sketch`]), the others a
//! table of the distinct items that projects ask for. A closer look ([`super::look`]) takes what a project says
//! claim by claim.

use super::claims::Stance;
use super::field::Field;
use super::ground::Ground;
use super::look::{Lanes, Told};
use super::parts::{Part, Weights};
use super::profile::{Claim, Profile};
use super::score::{BEST, ITEMS, NEAR, SURE, WHOLE as WHOLE_SHARE, fulfils};
use super::sketch::{FIELD, width};
use super::telling::SENTENCE;
use crate::skills::{Relation, SkillId};

/// What is asked for counts in full in a mean; so much more than by its similarity.
const NEAR_ASKED: f32 = 0.5;
const WHOLE_ASKED: f32 = 0.7;
const FIELD_ASKED: f32 = 0.6;

/// An item that projects ask for, whoever asks.
pub(crate) struct Item<'a> {
    pub(crate) skills: &'a [SkillId],
    /// Its words, folded, with a space before and after each.
    pub(crate) folded: &'a str,
    /// How near each claim comes to it: `0..=1`.
    pub(crate) similar: &'a [f32],
}

/// What an item gives to the score of a project that asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Worth {
    /// Shared among all items of the project.
    share: f32,
    /// Shared among the closest.
    close: f32,
    /// In full.
    full: f32,
    /// By so much it is surer that something is asked for by name: a negative logarithm.
    sure: f32,
    /// How near the claim comes that is nearest to it: `0..=1`.
    pub(crate) nearest: f32,
    /// Which claims ask for its skill by name: one bit each, for the first 64.
    pub(crate) asking: u64,
}

/// What each item is worth to projects that ask for a certain number of items.
///
/// Two numbers of 16 bits in one, so that one addition adds both: in the lower half what an item is worth, in the upper
/// how much surer it makes it that something is asked for by name. So many items as are asked for never overflow.
pub(crate) struct Prices {
    /// Of each item.
    pub(crate) packed: Vec<u32>,
    /// What a step of the lower half is worth, how much surer one of the upper half makes it, and what that gives at most.
    value: f32,
    sure: f32,
    overlap: f32,
}

impl Prices {
    /// How many steps a half has.
    const STEPS: f32 = 65_535.0;

    fn new(worth: &[Worth], items: usize, overlap: f32) -> Self {
        let (share, close) = (1.0 / items.max(1) as f32, 1.0 / (items + 1).min(3) as f32);
        let value = |worth: &Worth| worth.share * share + worth.close * close + worth.full;
        let step = |value: &dyn Fn(&Worth) -> f32| {
            let largest = worth.iter().map(value).fold(f32::MIN_POSITIVE, f32::max);
            largest * items.max(1) as f32 / Self::STEPS
        };
        let (of_value, of_sure) = (step(&value), step(&|worth| worth.sure));
        let pack = |worth: &Worth| {
            let (value, sure) = ((value(worth) / of_value) as u32, (worth.sure / of_sure) as u32);
            sure.min(0xffff) << 16 | value.min(0xffff)
        };
        Self { packed: worth.iter().map(pack).collect(), value: of_value, sure: of_sure, overlap }
    }

    /// The score of a project by its items, from the sum of their prices.
    #[inline(always)]
    pub(crate) fn score(&self, sum: u32) -> f32 {
        // Signed, for processors turn only these into floats at once.
        let (value, sure) = ((sum & 0xffff) as i32 as f32, (sum >> 16) as i32 as f32 * self.sure);
        // 1 - exp(-x), near enough.
        let named = 1.0 - 1.0 / (1.0 + sure + 0.5 * sure * sure);
        value * self.value + self.overlap * named
    }
}

/// A mentee, as needed for a glance and a closer look.
pub(crate) struct Glance {
    /// To be sketched and multiplied with the sketches of projects.
    pub(crate) whole: Vec<f32>,
    /// Of each claim, its field of work.
    pub(crate) fields: Vec<Vec<f32>>,
    pub(super) overlap: f32,
    pub(super) semantic: f32,
    pub(super) field: f32,
    claims: Vec<Weighed>,
    pub(super) lanes: Lanes,
    pub(super) told: Told,
}

/// A claim, weighed.
pub(super) struct Weighed {
    skills: Vec<SkillId>,
    /// What it says, folded, where the lexicon does not know it.
    phrase: Option<String>,
    pub(super) weight: f32,
    /// Its share among what counts as text, and among what has a field of work.
    pub(super) text: f32,
    pub(super) field: f32,
    /// How much of an overlap it makes.
    pub(super) named: f32,
    /// Of each skill that it reaches: how, and how far.
    pub(super) reached: Vec<(SkillId, Relation, f32)>,
}

impl Glance {
    /// What was heard; `vectors` has one for each claim.
    pub(crate) fn new(
        profile: &Profile,
        vectors: &[Vec<f32>],
        weights: Weights,
        ground: &Ground,
        dimensions: usize,
    ) -> Self {
        let shares = weights.shares(profile.level.is_some());
        let share = |part: Part| shares[part as usize] as f32;
        let sum = |counts: &dyn Fn(&Claim) -> bool| -> f32 {
            let counting = profile.claims.iter().filter(|claim| counts(claim));
            counting.map(|claim| claim.weight).sum::<f32>().max(f32::MIN_POSITIVE)
        };
        let (texts, fields) =
            (sum(&|claim| claim.counts_as_text()), sum(&|claim| claim.said.has_field));
        let mut whole = vec![0.0; width(dimensions)];
        let (text, field) = whole.split_at_mut(dimensions);
        let mut all_fields = Vec::new();
        let mut claims = Vec::new();
        for (claim, vector) in profile.claims.iter().zip(vectors) {
            let weighed = Weighed::new(claim, texts, fields, ground);
            let factor = share(Part::Semantic) * weighed.text;
            text.iter_mut().zip(vector).for_each(|(x, y)| *x += factor * y);
            let of_claim = Field::of_skills(claim.skills(), &ground.telling, ground.lexicon);
            let factor = share(Part::Field) * weighed.field / FIELD;
            field.iter_mut().zip(of_claim.shares()).for_each(|(x, y)| *x += factor * y);
            all_fields.push(of_claim.shares().to_vec());
            claims.push(weighed);
        }
        Self {
            whole,
            fields: all_fields,
            overlap: share(Part::Overlap),
            semantic: share(Part::Semantic),
            field: share(Part::Field),
            lanes: Lanes::new(&claims),
            told: Told::new(&claims, ground.lexicon),
            claims,
        }
    }

    /// What an item is worth; `served` is made how far each claim serves it.
    pub(crate) fn worth(&self, item: &Item<'_>, served: &mut [f32]) -> Worth {
        let mut worth = Worth::default();
        let mut best = 0.0f32;
        let claims = self.claims.iter().zip(item.similar).zip(served);
        for (at, ((claim, similar), served)) in claims.enumerate() {
            let (relation, strength) = claim.serves(item);
            *served = strength;
            let same = relation == Some(Relation::Same);
            if claim.text > 0.0 {
                worth.nearest = worth.nearest.max(*similar);
                best = best.max(claim.weight * similar);
                worth.close += self.semantic * NEAR * claim.text * similar;
                if same {
                    let more = NEAR * NEAR_ASKED + WHOLE_SHARE * WHOLE_ASKED;
                    worth.full += self.semantic * more * claim.text;
                }
            }
            if same {
                worth.full += self.field * FIELD_ASKED * claim.field;
                worth.asking |= 1u64.checked_shl(at as u32).unwrap_or(0);
            }
            worth.sure += surer(claim.named * strength);
        }
        worth.share = self.semantic * ITEMS * worth.nearest;
        worth.close += self.semantic * BEST * best / SENTENCE;
        worth
    }

    /// What each of some items is worth to projects that ask for so many items.
    pub(crate) fn prices(&self, worth: &[Worth], items: usize) -> Prices {
        Prices::new(worth, items, self.overlap)
    }
}

impl Weighed {
    fn new(claim: &Claim, texts: f32, fields: f32, ground: &Ground) -> Self {
        let share = |counts: bool, of: f32| if counts { claim.weight / of } else { 0.0 };
        let named = match claim.stance {
            Stance::Interest => 0.0,
            Stance::Learn => claim.weight * fulfils(Stance::Learn),
            _ => claim.weight,
        };
        let reached = claim.skills().iter().flat_map(|&skill| ground.lexicon.reach(skill));
        Self {
            skills: claim.skills().to_vec(),
            phrase: claim.skills().is_empty().then(|| super::ground::phrase(&claim.said.words)),
            weight: claim.weight,
            text: share(claim.counts_as_text(), texts),
            field: share(claim.said.has_field, fields),
            named,
            reached: reached.map(|r| (r.skill, r.relation, r.strength)).collect(),
        }
    }

    /// How, and how far, it serves an item.
    fn serves(&self, item: &Item<'_>) -> (Option<Relation>, f32) {
        if let Some(phrase) = &self.phrase {
            let stands = phrase.len() > 1 && item.folded.contains(phrase.as_str());
            return if stands { (Some(Relation::Same), 1.0) } else { (None, 0.0) };
        }
        if item.skills.iter().any(|skill| self.skills.contains(skill)) {
            return (Some(Relation::Same), 1.0);
        }
        let reached = self.reached.iter().filter(|(skill, ..)| item.skills.contains(skill));
        let best = reached.max_by(|a, b| a.2.total_cmp(&b.2));
        best.map_or((None, 0.0), |(_, relation, strength)| (Some(*relation), *strength))
    }
}

/// By how much surer a chance makes it that something is named: a negative logarithm, so that they add up.
fn surer(chance: f32) -> f32 {
    -(1.0 - SURE * chance.clamp(0.0, 1.0)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_sum_of_prices_says_what_all_items_are_worth_together(
            worth in proptest::collection::vec((0.0f32..1.0, 0.0f32..1.0, 0.0f32..1.0, 0.0f32..0.7), 1..40),
            chosen in proptest::collection::vec(0usize..40, 1..=16),
        ) {
            let new = |&(share, close, full, sure): &(f32, f32, f32, f32)| {
                Worth { share, close, full, sure, ..Worth::default() }
            };
            let worth: Vec<Worth> = worth.iter().map(new).collect();
            let prices = Prices::new(&worth, chosen.len(), 0.2);
            let items = || chosen.iter().map(|item| item % worth.len());
            let sum = items().map(|item| prices.packed[item]).fold(0u32, u32::wrapping_add);
            let (share, close) = (1.0 / chosen.len() as f32, 1.0 / (chosen.len() + 1).min(3) as f32);
            let value = |item: usize| worth[item].share * share + worth[item].close * close + worth[item].full;
            let sure: f32 = items().map(|item| worth[item].sure).sum();
            let exact = items().map(value).sum::<f32>() + 0.2 * (1.0 - (-sure).exp());
            let found = prices.score(sum);
            prop_assert!((found - exact).abs() < 0.05, "{found} {exact}");
        }
    }

    #[test]
    fn items_that_are_worth_nothing_give_nothing() {
        let prices = Prices::new(&[Worth::default()], 0, 1.0);
        assert_eq!((prices.packed[0], prices.score(0)), (0, 0.0));
        assert_eq!(Prices::new(&[], 3, 1.0).score(0), 0.0);
    }
}
