//! A score at a glance: what is needed to tell, of very many projects, the few that are worth being ranked.
//!
//! The parts of a score that are nearly linear are one product of two short vectors ([`super::sketch`]), the others a
//! table of the distinct items that projects ask for. A closer look ([`super::look`]) takes what a project says
//! claim by claim.

use super::corpus::Corpus;
use super::field::Field;
use super::findings::CLOSEST;
use super::lanes::{Claims, LANES, Lane, SAME, Served, Weighed, larger, most, raise};
use super::parts::{Part, Weights};
use super::profile::{Claim, Profile};
use super::score::{BEST, ITEMS, NEAR, SURE, WHOLE as WHOLE_SHARE};
use super::sketch::{FIELD, width};
use super::specificity::SENTENCE;
use crate::skills::{Reached, Relation, SkillId};

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
    pub(crate) similar: &'a [Lane],
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
        let (share, close) = (1.0 / items.max(1) as f32, 1.0 / (items + 1).min(CLOSEST) as f32);
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
    pub(super) claims: Vec<Claims>,
    /// How far each claim serves a skill that is asked for, and one that a text speaks of.
    asked: Served,
    pub(super) told: Served,
    /// What claims say that the lexicon does not know, folded, each with the number of its claim.
    phrases: Vec<(usize, String)>,
}

impl Glance {
    /// What was heard; `vectors` has one for each claim.
    pub(crate) fn new(
        profile: &Profile,
        vectors: &[Vec<f32>],
        weights: Weights,
        corpus: &Corpus,
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
            let weighed = Weighed::new(claim, texts, fields);
            let factor = share(Part::Semantic) * weighed.text;
            text.iter_mut().zip(vector).for_each(|(x, y)| *x += factor * y);
            let of_claim = Field::of_skills(claim.skills(), &corpus.specificity, corpus.lexicon);
            let factor = share(Part::Field) * weighed.field / FIELD;
            field.iter_mut().zip(of_claim.shares()).for_each(|(x, y)| *x += factor * y);
            all_fields.push(of_claim.shares().to_vec());
            claims.push(weighed);
        }
        let said = || profile.claims.iter().map(|claim| &claim.said.words).enumerate();
        let phrases = said().filter(|(_, words)| words.is_phrase());
        let phrases = phrases.map(|(claim, words)| (claim, super::corpus::phrase(words)));
        let served = |counts: fn(&Reached) -> bool| {
            let skills = said().map(|(_, words)| &words.skills[..]);
            Served::new(skills, corpus.lexicon, counts)
        };
        Self {
            whole,
            fields: all_fields,
            overlap: share(Part::Overlap),
            semantic: share(Part::Semantic),
            field: share(Part::Field),
            claims: claims.chunks(LANES).map(Claims::new).collect(),
            asked: served(|_| true),
            told: served(|reached| reached.relation != Relation::Similar),
            phrases: phrases.filter(|(_, phrase)| phrase.len() > 1).collect(),
        }
    }

    /// What an item is worth; `served` is made how far each claim serves it.
    pub(crate) fn worth(&self, item: &Item<'_>, served: &mut [Lane]) -> Worth {
        served.fill([0.0; LANES]);
        for skill in item.skills {
            let of_skill = self.asked.of(*skill);
            served.iter_mut().zip(of_skill).for_each(|(served, lane)| raise(served, *lane));
        }
        for (claim, phrase) in &self.phrases {
            if item.folded.contains(phrase.as_str()) {
                served[claim / LANES][claim % LANES] = SAME;
            }
        }
        let mut worth = Worth::default();
        let (mut nearest, mut best) = ([0.0; LANES], [0.0; LANES]);
        for ((claims, similar), served) in self.claims.iter().zip(item.similar).zip(served) {
            for at in 0..LANES {
                nearest[at] = larger(nearest[at], claims.is_text[at] * similar[at]);
                best[at] = larger(best[at], claims.weight[at] * similar[at]);
                worth.close += self.semantic * NEAR * claims.text[at] * similar[at];
            }
            for at in (0..LANES).filter(|at| served[*at] > 0.0) {
                if served[at] >= SAME {
                    let more = NEAR * NEAR_ASKED + WHOLE_SHARE * WHOLE_ASKED;
                    worth.full += self.semantic * more * claims.text[at];
                    worth.full += self.field * FIELD_ASKED * claims.field[at];
                }
                worth.sure += surer(claims.named[at] * served[at]);
            }
        }
        worth.nearest = most(nearest);
        worth.share = self.semantic * ITEMS * worth.nearest;
        worth.close += self.semantic * BEST * most(best) / SENTENCE;
        worth
    }

    /// What each of some items is worth to projects that ask for so many items.
    pub(crate) fn prices(&self, worth: &[Worth], items: usize) -> Prices {
        Prices::new(worth, items, self.overlap)
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
            let (share, close) = (1.0 / chosen.len() as f32, 1.0 / (chosen.len() + 1).min(CLOSEST) as f32);
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
