//! A score at a glance: what is needed to tell, of very many projects, the few that are worth being ranked.
//!
//! The parts of a score that are nearly linear become one product of two vectors, the others a table of the distinct
//! items that projects ask for. A second look takes the title and the whole of a project claim by claim. What is left
//! out (the closest sentences, rare words) moves a project by some places, so that a few hundred of the best
//! by a second look hold the best.

use super::claims::Stance;
use super::field::Field;
use super::findings::closest;
use super::ground::Ground;
use super::parts::{Part, Weights};
use super::profile::{Claim, Profile};
use super::score::{BEST, ITEMS, NEAR, SPOKEN, SURE, TITLE, WHOLE as WHOLE_SHARE, fulfils};
use super::telling::SENTENCE;
use super::view::View;
use crate::embed::Calibration;
use crate::index::{Coded, Query};
use crate::skills::{Lexicon, Relation, SkillId};

/// Of what is closest in a project, its sentences give about this share.
const SENTENCES: f32 = 0.3;
/// The same where it asks for nothing.
const SENTENCES_ALONE: f32 = 0.7;
/// What is asked for counts in full in a mean; so much more than by its similarity.
const NEAR_ASKED: f32 = 0.5;
const WHOLE_ASKED: f32 = 0.7;
const FIELD_ASKED: f32 = 0.6;
/// The field of work is kept at this scale, so that the bytes of a summary suit all its components.
const FIELD: f32 = 0.1;

/// What lexicon and model make of every project alike.
pub(crate) struct Sketcher<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) dimensions: usize,
}

/// The length of a summary.
pub(crate) fn width(dimensions: usize) -> usize {
    dimensions + Lexicon::builtin().domains().len()
}

impl Sketcher<'_> {
    /// A project as one vector, whose product with that of a mentee adds to its score: its whole, its title, its
    /// sentences, and its field of work.
    pub(crate) fn summary(&self, view: &View, vectors: &Coded) -> Vec<f32> {
        let mut summary = vec![0.0; width(self.dimensions)];
        let (text, field) = summary.split_at_mut(self.dimensions);
        let (near, wide) = self.ground.calibrations();
        let range = |calibration: Calibration| calibration.same - calibration.unrelated;
        let parts = view.parts.len();
        let rest = 1 + view.asked.len()..parts;
        let closest = NEAR + BEST / SENTENCE;
        let alone = view.asked.is_empty();
        let items = if alone { ITEMS } else { 0.0 };
        let title = TITLE + closest / parts.clamp(1, 3) as f32 + items;
        vectors.add_to(parts, WHOLE_SHARE / range(wide), text);
        vectors.add_to(0, title / range(near), text);
        let share = if alone { SENTENCES_ALONE } else { SENTENCES };
        let mut mean = vec![0.0; self.dimensions];
        rest.for_each(|part| vectors.add_to(part, 1.0, &mut mean));
        let length = mean.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            let factor = closest * share / range(near) / length;
            text.iter_mut().zip(&mean).for_each(|(x, mean)| *x += factor * mean);
        }
        let of_view = Field::of_view(view, &self.ground.telling, self.ground.lexicon);
        field.iter_mut().zip(of_view.shares()).for_each(|(x, share)| *x = FIELD * share);
        summary
    }
}

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
    pub(crate) sure: f32,
}

impl std::ops::AddAssign for Worth {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        self.share += other.share;
        self.close += other.close;
        self.full += other.full;
        self.sure += other.sure;
    }
}

/// The shares of a project's items in what is shared among all of them, and among the closest.
pub(crate) fn shares(items: usize) -> (f32, f32) {
    (1.0 / items.max(1) as f32, 1.0 / (items + 1).min(3) as f32)
}

/// A project at a second look.
pub(crate) struct Candidate<'a> {
    /// The numbers of its items.
    pub(crate) items: &'a [u32],
    /// Of every item, how near each claim comes to it, and which claims ask for its skill.
    pub(crate) similar: &'a [f32],
    pub(crate) same: &'a [u64],
    /// How near each claim comes to its title and to its whole.
    pub(crate) title: &'a [f32],
    pub(crate) whole: &'a [f32],
    /// How sure it is that something is asked for or told by name.
    pub(crate) sure: f32,
    /// What its field of work adds.
    pub(crate) field: f32,
}

/// A mentee, as needed for a glance.
pub(crate) struct Glance {
    /// To be multiplied with the summaries; `field_query` gives of that product what the field of work adds.
    pub(crate) query: Query,
    pub(crate) field_query: Query,
    /// Of each skill of the lexicon, how much surer it is by being spoken of.
    pub(crate) told: Vec<f32>,
    overlap: f32,
    semantic: f32,
    field: f32,
    claims: Vec<Weighed>,
}

/// A claim, weighed.
struct Weighed {
    skills: Vec<SkillId>,
    /// What it says, folded, where the lexicon does not know it.
    phrase: Option<String>,
    weight: f32,
    /// Its share among what counts as text, and among what has a field of work.
    text: f32,
    field: f32,
    /// How much of an overlap it makes.
    named: f32,
    /// Of each skill that it reaches: how, and how far.
    reached: Vec<(SkillId, Relation, f32)>,
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
        let mut query = vec![0.0; width(dimensions)];
        let (text, field) = query.split_at_mut(dimensions);
        let mut told = vec![0.0f32; ground.lexicon.iter().count()];
        let mut claims = Vec::new();
        for (claim, vector) in profile.claims.iter().zip(vectors) {
            let weighed = Weighed::new(claim, texts, fields, ground);
            let factor = share(Part::Semantic) * weighed.text;
            text.iter_mut().zip(vector).for_each(|(x, y)| *x += factor * y);
            let of_claim = Field::of_skills(claim.skills(), &ground.telling, ground.lexicon);
            let factor = share(Part::Field) * weighed.field / FIELD;
            field.iter_mut().zip(of_claim.shares()).for_each(|(x, y)| *x += factor * y);
            for (skill, relation, strength) in &weighed.reached {
                if *relation != Relation::Similar {
                    let sure = surer(weighed.named * SPOKEN * strength);
                    let most = &mut told[usize::from(skill.0)];
                    *most = most.max(sure);
                }
            }
            claims.push(weighed);
        }
        let mut only_field = query.clone();
        only_field[..dimensions].fill(0.0);
        Self {
            query: Query::new(&query),
            field_query: Query::new(&only_field),
            told,
            overlap: share(Part::Overlap),
            semantic: share(Part::Semantic),
            field: share(Part::Field),
            claims,
        }
    }

    /// What an item is worth, and which claims ask for its skill by name: one bit each, for the first 64.
    pub(crate) fn worth(&self, item: &Item<'_>) -> (Worth, u64) {
        let mut worth = Worth::default();
        let mut asking = 0;
        let (mut closest, mut best) = (0.0f32, 0.0f32);
        for (at, (claim, similar)) in self.claims.iter().zip(item.similar).enumerate() {
            let (relation, strength) = claim.serves(item);
            let same = relation == Some(Relation::Same);
            if claim.text > 0.0 {
                closest = closest.max(*similar);
                best = best.max(claim.weight * similar);
                worth.close += self.semantic * NEAR * claim.text * similar;
                if same {
                    let more = NEAR * NEAR_ASKED + WHOLE_SHARE * WHOLE_ASKED;
                    worth.full += self.semantic * more * claim.text;
                }
            }
            if same {
                worth.full += self.field * FIELD_ASKED * claim.field;
                asking |= 1u64.checked_shl(at as u32).unwrap_or(0);
            }
            worth.sure += surer(claim.named * strength);
        }
        worth.share = self.semantic * ITEMS * closest;
        worth.close += self.semantic * BEST * best / SENTENCE;
        (worth, asking)
    }

    /// The score of a project by the worth of its items, before its summary counts; `shares` are those of their number.
    #[inline(always)]
    pub(crate) fn score(&self, (share, close): (f32, f32), worth: Worth) -> f32 {
        worth.share * share + worth.close * close + worth.full + self.named(worth.sure)
    }

    /// The score of a project by a second look.
    pub(crate) fn look(&self, seen: &Candidate<'_>) -> f32 {
        let claims = self.claims.len();
        let of = |item: u32| {
            let start = item as usize * claims;
            seen.similar.get(start..start + claims).unwrap_or_default()
        };
        let same = seen.items.iter().filter_map(|item| seen.same.get(*item as usize));
        let same = same.fold(0, |all, bits| all | bits);
        let (mut near, mut whole, mut best, mut title, mut field) = (0.0, 0.0, 0.0f32, 0.0f32, 0.0);
        for (at, claim) in self.claims.iter().enumerate() {
            let is_asked = at < 64 && same >> at & 1 == 1;
            if is_asked {
                field += claim.field * FIELD_ASKED;
            }
            if claim.text <= 0.0 {
                continue;
            }
            let items = seen.items.iter().filter_map(|item| of(*item).get(at).copied());
            let close = closest(std::iter::once(seen.title[at]).chain(items));
            near += claim.text * if is_asked { 1.0 } else { close };
            whole += claim.text * if is_asked { 1.0 } else { seen.whole[at] };
            best = best.max(claim.weight * close);
            title = title.max(seen.title[at]);
        }
        let texts = || self.claims.iter().map(|claim| claim.text > 0.0);
        let item = |item: &u32| {
            let counting = of(*item).iter().zip(texts()).filter(|(_, counts)| *counts);
            counting.map(|(similar, _)| *similar).fold(0.0, f32::max)
        };
        let items = match seen.items.len() {
            0 => near,
            count => seen.items.iter().map(item).sum::<f32>() / count as f32,
        };
        let semantic = NEAR * near
            + WHOLE_SHARE * whole
            + BEST * best / SENTENCE
            + ITEMS * items
            + TITLE * title;
        self.semantic * semantic + self.named(seen.sure) + seen.field + self.field * field
    }

    /// What overlap gives, as sure as that.
    #[inline(always)]
    fn named(&self, sure: f32) -> f32 {
        // 1 - exp(-x), near enough.
        self.overlap * (1.0 - 1.0 / (1.0 + sure + 0.5 * sure * sure))
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
