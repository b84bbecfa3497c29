//! The first stage of ranking very many projects: what is needed to tell the few thousand that may be among the best.
//!
//! The parts of a score that are nearly linear are one product of two short vectors ([`super::sketch`]), the others a
//! table of the distinct items that projects ask for. The next stages ([`super::rescore`]) take what a project says claim
//! by claim. Wang, Lin and Metzler, "A cascade ranking model for efficient ranked retrieval" (SIGIR 2011).

use super::corpus::Corpus;
use super::field::Field;
use super::findings::CLOSEST;
use super::lanes::{Claims, LANES, Lane, SAME, Served, Weighed, larger, most, raise};
use super::parts::{Part, Weights};
use super::profile::{Claim, Profile};
use super::sketch::{FIELD, width};
use super::specificity::SENTENCE;
use super::weights::{BEST, ITEMS, NEAR, SURE, WHOLE as WHOLE_SHARE};
use crate::skills::{Reached, Relation, SkillId};

/// In the means over claims, one that is asked for counts 1 in place of its similarity. So much does that add to the mean of
/// the closest parts, of the whole, and of the field: typically, for the first stage does not know the similarity.
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

/// What an item adds to the score of a project that asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct ItemScore {
    /// To be divided by the number of the project's items.
    share: f32,
    /// To be divided by the number of parts that count as the closest.
    close: f32,
    /// As it is.
    full: f32,
    /// Its contribution to the overlap, [`neg_log_miss`] summed over the claims: from 0.
    sure: f32,
    /// The similarity of the claim nearest to it: `0..=1`.
    pub(crate) nearest: f32,
}

/// What each item adds to the score of projects that ask for a certain number of items.
///
/// Two unsigned numbers of 16 bits in one of 32, so that one addition adds both: the lower half is what an item adds to the
/// score, the upper half its contribution to the overlap ([`ItemScore`]'s `sure`). The steps are so large that the sums over
/// that number of items cannot overflow.
pub(crate) struct QuantizedScores {
    /// Of each item.
    pub(crate) packed: Vec<u32>,
    /// What a step of the lower half and of the upper half is worth, and the weight of the overlap in the score.
    value: f32,
    sure: f32,
    overlap: f32,
}

impl QuantizedScores {
    /// How many steps a half has.
    const STEPS: f32 = 65_535.0;

    fn new(scores: &[ItemScore], items: usize, overlap: f32) -> Self {
        let (share, close) = (1.0 / items.max(1) as f32, 1.0 / (items + 1).min(CLOSEST) as f32);
        let value = |scores: &ItemScore| scores.share * share + scores.close * close + scores.full;
        let step = |value: &dyn Fn(&ItemScore) -> f32| {
            let largest = scores.iter().map(value).fold(f32::MIN_POSITIVE, f32::max);
            largest * items.max(1) as f32 / Self::STEPS
        };
        let (of_value, of_sure) = (step(&value), step(&|scores| scores.sure));
        let pack = |scores: &ItemScore| {
            let (value, sure) = ((value(scores) / of_value) as u32, (scores.sure / of_sure) as u32);
            sure.min(0xffff) << 16 | value.min(0xffff)
        };
        Self { packed: scores.iter().map(pack).collect(), value: of_value, sure: of_sure, overlap }
    }

    /// The score of a project by its items, `value + overlap * (1 - exp(-sure))`, from the sum of their quantized scores.
    #[inline(always)]
    pub(crate) fn score(&self, sum: u32) -> f32 {
        // Signed, for processors turn only these into floats at once.
        let (value, sure) = ((sum & 0xffff) as i32 as f32, (sum >> 16) as i32 as f32 * self.sure);
        // 1 - exp(-x), with the Taylor series of exp(x) up to the square.
        let named = 1.0 - 1.0 / (1.0 + sure + 0.5 * sure * sure);
        value * self.value + self.overlap * named
    }
}

/// A mentee, as the stages need them.
pub(crate) struct CompiledQuery {
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
    pub(super) mentioned: Served,
    /// What claims say that the lexicon does not know, folded, each with the number of its claim.
    phrases: Vec<(usize, String)>,
}

impl CompiledQuery {
    /// The query of a mentee's `profile`. There is one of `vectors` for each claim, unit length, `dimensions` floats each.
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
            (sum(&|claim| claim.counts_as_text()), sum(&|claim| claim.statement.has_field));
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
        let said = || profile.claims.iter().map(|claim| &claim.statement.words).enumerate();
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
            mentioned: served(|reached| reached.relation != Relation::Similar),
            phrases: phrases.filter(|(_, phrase)| phrase.len() > 1).collect(),
        }
    }

    /// What an item adds to a score; `served` is made how far each claim serves it.
    pub(crate) fn score_item(&self, item: &Item<'_>, served: &mut [Lane]) -> ItemScore {
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
        let mut score = ItemScore::default();
        let (mut nearest, mut best) = ([0.0; LANES], [0.0; LANES]);
        for ((claims, similar), served) in self.claims.iter().zip(item.similar).zip(served) {
            for at in 0..LANES {
                nearest[at] = larger(nearest[at], claims.is_text[at] * similar[at]);
                best[at] = larger(best[at], claims.weight[at] * similar[at]);
                score.close += self.semantic * NEAR * claims.text[at] * similar[at];
            }
            for at in (0..LANES).filter(|at| served[*at] > 0.0) {
                if served[at] >= SAME {
                    let more = NEAR * NEAR_ASKED + WHOLE_SHARE * WHOLE_ASKED;
                    score.full += self.semantic * more * claims.text[at];
                    score.full += self.field * FIELD_ASKED * claims.field[at];
                }
                score.sure += neg_log_miss(claims.named[at] * served[at]);
            }
        }
        score.nearest = most(nearest);
        score.share = self.semantic * ITEMS * score.nearest;
        score.close += self.semantic * BEST * most(best) / SENTENCE;
        score
    }

    /// What each of some items adds to the score of projects that ask for so many items.
    pub(crate) fn quantized(&self, scores: &[ItemScore], items: usize) -> QuantizedScores {
        QuantizedScores::new(scores, items, self.overlap)
    }
}

/// `-ln(1 - SURE * overlap)`: the negative logarithm of the probability that a match by name is missed, for an overlap in
/// `0..=1`. The probabilities of several are multiplied, so that these add up.
fn neg_log_miss(overlap: f32) -> f32 {
    -(1.0 - SURE * overlap.clamp(0.0, 1.0)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_sum_of_quantized_scores_says_what_all_items_add_together(
            scores in proptest::collection::vec((0.0f32..1.0, 0.0f32..1.0, 0.0f32..1.0, 0.0f32..0.7), 1..40),
            chosen in proptest::collection::vec(0usize..40, 1..=16),
        ) {
            let new = |&(share, close, full, sure): &(f32, f32, f32, f32)| {
                ItemScore { share, close, full, sure, ..ItemScore::default() }
            };
            let scores: Vec<ItemScore> = scores.iter().map(new).collect();
            let quantized = QuantizedScores::new(&scores, chosen.len(), 0.2);
            let items = || chosen.iter().map(|item| item % scores.len());
            let sum = items().map(|item| quantized.packed[item]).fold(0u32, u32::wrapping_add);
            let (share, close) = (1.0 / chosen.len() as f32, 1.0 / (chosen.len() + 1).min(CLOSEST) as f32);
            let value = |item: usize| scores[item].share * share + scores[item].close * close + scores[item].full;
            let sure: f32 = items().map(|item| scores[item].sure).sum();
            let exact = items().map(value).sum::<f32>() + 0.2 * (1.0 - (-sure).exp());
            let found = quantized.score(sum);
            prop_assert!((found - exact).abs() < 0.05, "{found} {exact}");
        }
    }

    #[test]
    fn items_that_are_worth_nothing_give_nothing() {
        let quantized = QuantizedScores::new(&[ItemScore::default()], 0, 1.0);
        assert_eq!((quantized.packed[0], quantized.score(0)), (0, 0.0));
        assert_eq!(QuantizedScores::new(&[], 3, 1.0).score(0), 0.0);
    }
}
