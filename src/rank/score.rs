//! From findings to the parts of a score: pure arithmetic.

use super::claims::{Claim, Stance};
use super::field::Field;
use super::findings::{Finding, SpokenOf};
use super::parts::Part;
use super::telling::Telling;
use super::view::{Place, View};
use crate::embed::Calibration;
use crate::model::Requirement;

/// A skill that is spoken of but not asked for counts this much of one that is.
const SPOKEN: f32 = 0.5;
/// What an organisation stands for counts this much of a skill that is asked for.
const HOME: f32 = 0.5;
/// Of the overlap, the share of "how much of mine is asked for"; the rest is "how much of theirs I have".
const MINE: f32 = 0.4;
/// The shares of the semantic part: all of mine against all of theirs; each of mine against their parts
/// closest to it; their title, each item of their list and each sentence against mine closest to it.
const ALL_TO_ALL: f32 = 0.35;
const MINE_TO_THEIRS: f32 = 0.30;
const TITLE_TO_MINE: f32 = 0.10;
const ITEMS_TO_MINE: f32 = 0.15;
const TEXT_TO_MINE: f32 = 0.10;
/// How many of their parts count that are closest to one of mine: one alone may be chance.
const CLOSEST: usize = 3;

/// How much an item counts by how much it is asked for.
pub(crate) fn demand(requirement: Requirement) -> f32 {
    match requirement {
        Requirement::Required => 1.0,
        Requirement::Preferred => 0.6,
        Requirement::Optional => 0.3,
    }
}

/// How much of an item a claim of this stance fulfils: who wants to learn it does not have it yet.
fn fulfils(stance: Stance) -> f32 {
    match stance {
        Stance::Have => 1.0,
        Stance::Learn => 0.4,
        Stance::Topic | Stance::Interest => 0.0,
    }
}

/// A claim with its weight and, for every project, what it finds there.
pub(crate) struct Weighed<'a> {
    pub(crate) claim: &'a Claim,
    /// How telling it is: `0..=1`.
    pub(crate) weight: f32,
    pub(crate) vector: &'a [f32],
    pub(crate) findings: &'a [Finding],
}

impl Weighed<'_> {
    /// Whether its words count as such: a topic stands within a sentence that counts already, and a word
    /// that neither the lexicon nor any project knows tells nothing.
    fn counts_as_text(&self) -> bool {
        self.claim.stance != Stance::Topic && self.weight > 0.0
    }
}

/// What the score is computed from, besides the claims.
pub(crate) struct Scales<'a> {
    pub(crate) views: &'a [View],
    pub(crate) fields: &'a [Field],
    pub(crate) telling: &'a Telling,
    pub(crate) calibration: Calibration,
}

/// The weight of a claim in a catalog.
pub(crate) fn weigh(claim: &Claim, findings: &[Finding], telling: &Telling) -> f32 {
    let touches = || findings.iter().any(|f| !f.credits.is_empty() || f.spoken.is_some());
    match claim.stance {
        Stance::Interest => 1.0,
        _ if !claim.skills.is_empty() => telling.skills(&claim.skills),
        // An unknown word that no project uses tells nothing about any.
        _ if touches() => telling.skills(&[]),
        _ => 0.0,
    }
}

/// The parts of the score of project `at`, each in `0..=1`.
pub(crate) fn parts(
    claims: &[Weighed<'_>],
    field: &Field,
    at: usize,
    scales: &Scales<'_>,
) -> [f64; Part::ALL.len()] {
    Part::ALL.map(|part| {
        f64::from(match part {
            Part::Overlap => overlap(claims, at, &scales.views[at], scales.telling),
            Part::Semantic => semantic(claims, at, scales),
            Part::Lexical => mean(claims, |claim| claim.findings[at].lexical),
            Part::Field => field.likeness(&scales.fields[at]),
        })
    })
}

fn overlap(claims: &[Weighed<'_>], at: usize, view: &View, telling: &Telling) -> f32 {
    let named = claims.iter().filter(|c| c.claim.stance != Stance::Interest);
    let mut mine = Mean::default();
    for claim in named {
        let finding = &claim.findings[at];
        let asked = finding
            .credits
            .iter()
            .map(|credit| credit.strength * demand(view.asked[credit.item].requirement).max(0.5))
            .fold(0.0, f32::max);
        let spoken = finding.spoken.map_or(0.0, |(of, strength)| match of {
            SpokenOf::Home => strength * HOME,
            SpokenOf::Skill(_) | SpokenOf::Phrase(_) => strength * SPOKEN,
        });
        mine.add(asked.max(spoken), claim.weight);
    }
    let mine = mine.value();
    match claims.iter().any(|c| fulfils(c.claim.stance) > 0.0) {
        true => MINE * mine + (1.0 - MINE) * coverage(claims, at, view, telling),
        false => mine,
    }
}

/// How much of what the project asks for the mentee has: `0..=1`.
fn coverage(claims: &[Weighed<'_>], at: usize, view: &View, telling: &Telling) -> f32 {
    let had = had(claims, at, view);
    let mut theirs = Mean::default();
    for (asked, had) in view.asked.iter().zip(had) {
        theirs.add(had, telling.skills(&asked.skills) * demand(asked.requirement));
    }
    theirs.value()
}

/// For each item that the project asks for, how much of it the mentee has: `0..=1`. One of several
/// alternatives stands for all of them.
pub(crate) fn had(claims: &[Weighed<'_>], at: usize, view: &View) -> Vec<f32> {
    let mut had = vec![0.0f32; view.asked.len()];
    for claim in claims {
        let share = fulfils(claim.claim.stance);
        for credit in &claim.findings[at].credits {
            had[credit.item] = had[credit.item].max(credit.strength * share);
        }
    }
    for (item, asked) in view.asked.iter().enumerate() {
        if asked.alternative.is_some() {
            let best = view
                .asked
                .iter()
                .zip(&had)
                .filter(|(other, _)| other.alternative == asked.alternative)
                .map(|(_, had)| *had)
                .fold(0.0, f32::max);
            had[item] = best;
        }
    }
    had
}

fn semantic(claims: &[Weighed<'_>], at: usize, scales: &Scales<'_>) -> f32 {
    let view = &scales.views[at];
    let all = scales.calibration.similarity(whole(claims, at));
    let mine = mean(claims, |claim| claim.findings[at].closest(CLOSEST));
    let (mut title, mut items, mut text) = (Mean::default(), Mean::default(), Mean::default());
    let mut asked = view.asked.iter();
    for (place, part) in view.parts.iter().enumerate() {
        let counts = claims.iter().filter(|claim| claim.counts_as_text());
        let closest = counts.map(|claim| claim.findings[at].similar[place]).fold(0.0, f32::max);
        match part.place {
            Place::Title => title.add(closest, 1.0),
            // Parts of this place are the items asked for, in their order.
            Place::Skill => items.add(
                closest,
                asked.next().map_or(0.0, |asked| {
                    scales.telling.skills(&asked.skills) * demand(asked.requirement)
                }),
            ),
            Place::Description | Place::Outcome => text.add(closest, 1.0),
        }
    }
    ALL_TO_ALL * all
        + MINE_TO_THEIRS * mine
        + TITLE_TO_MINE * title.value()
        + ITEMS_TO_MINE * items.value()
        + TEXT_TO_MINE * text.value()
}

/// The cosine of all that the mentee says with all of the project. The vector of all claims is the
/// weighted sum of theirs, so that its cosine needs only theirs and its length.
fn whole(claims: &[Weighed<'_>], at: usize) -> f32 {
    let mut sum: Vec<f32> = Vec::new();
    let mut dot = 0.0;
    for claim in claims.iter().filter(|claim| claim.counts_as_text()) {
        sum.resize(claim.vector.len(), 0.0);
        sum.iter_mut().zip(claim.vector).for_each(|(s, v)| *s += claim.weight * v);
        dot += claim.weight * claim.findings[at].whole;
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 { dot / length } else { 0.0 }
}

/// The mean over the claims, each by its weight.
fn mean(claims: &[Weighed<'_>], value: impl Fn(&Weighed<'_>) -> f32) -> f32 {
    let mut mean = Mean::default();
    for claim in claims.iter().filter(|claim| claim.counts_as_text()) {
        mean.add(value(claim), claim.weight);
    }
    mean.value()
}

/// A weighted mean in the making; 0 where nothing has any weight.
#[derive(Default)]
struct Mean {
    sum: f32,
    weight: f32,
}

impl Mean {
    fn add(&mut self, value: f32, weight: f32) {
        self.sum += value * weight;
        self.weight += weight;
    }

    fn value(&self) -> f32 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }
}
