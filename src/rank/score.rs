//! From findings to the parts of a score: pure arithmetic.

use super::claims::{Claim, Stance};
use super::findings::Finding;
use super::parts::Part;
use super::telling::Telling;
use super::view::View;
use crate::embed::Calibration;
use crate::model::Requirement;

/// A skill that is spoken of but not asked for counts this much of one that is.
const SPOKEN: f32 = 0.5;
/// Of the overlap, the share of "how much of mine is asked for"; the rest is "how much of theirs I have".
const MINE: f32 = 0.6;
/// Of the semantic part, the share of the whole against the whole; the rest is part against part.
const WHOLE: f32 = 0.4;

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
    at: usize,
    view: &View,
    telling: &Telling,
    calibration: Calibration,
) -> [f64; Part::ALL.len()] {
    let mut parts = [0.0; Part::ALL.len()];
    parts[Part::Overlap as usize] = f64::from(overlap(claims, at, view, telling));
    parts[Part::Semantic as usize] = f64::from(semantic(claims, at, calibration));
    parts[Part::Lexical as usize] = f64::from(mean(claims, |claim| claim.findings[at].lexical));
    parts
}

fn overlap(claims: &[Weighed<'_>], at: usize, view: &View, telling: &Telling) -> f32 {
    let named = claims.iter().filter(|c| c.claim.stance != Stance::Interest);
    let (mut sum, mut most) = (0.0, 0.0);
    for claim in named {
        let finding = &claim.findings[at];
        let asked = finding
            .credits
            .iter()
            .map(|credit| credit.strength * demand(view.asked[credit.item].requirement).max(0.5))
            .fold(0.0, f32::max);
        let spoken = finding.spoken.map_or(0.0, |(_, strength)| strength * SPOKEN);
        sum += claim.weight * asked.max(spoken);
        most += claim.weight;
    }
    let mine = if most > 0.0 { sum / most } else { 0.0 };
    match claims.iter().any(|c| fulfils(c.claim.stance) > 0.0) {
        true => MINE * mine + (1.0 - MINE) * coverage(claims, at, view, telling),
        false => mine,
    }
}

/// How much of what the project asks for the mentee has: `0..=1`.
fn coverage(claims: &[Weighed<'_>], at: usize, view: &View, telling: &Telling) -> f32 {
    let had = had(claims, at, view);
    let (mut sum, mut most) = (0.0, 0.0);
    for (item, asked) in view.asked.iter().enumerate() {
        let weight = telling.skills(&asked.skills) * demand(asked.requirement);
        sum += weight * had[item];
        most += weight;
    }
    if most > 0.0 { sum / most } else { 0.0 }
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

fn semantic(claims: &[Weighed<'_>], at: usize, calibration: Calibration) -> f32 {
    let parts = mean(claims, |claim| claim.findings[at].nearest.map_or(0.0, |(_, s)| s));
    WHOLE * calibration.similarity(whole(claims, at)) + (1.0 - WHOLE) * parts
}

/// The cosine of all that the mentee says with all of the project. The vector of all claims is the
/// weighted sum of theirs, so that its cosine needs only theirs and its length.
fn whole(claims: &[Weighed<'_>], at: usize) -> f32 {
    let mut sum: Vec<f32> = Vec::new();
    let mut dot = 0.0;
    for claim in claims.iter().filter(|claim| claim.claim.stance != Stance::Topic) {
        sum.resize(claim.vector.len(), 0.0);
        sum.iter_mut().zip(claim.vector).for_each(|(s, v)| *s += claim.weight * v);
        dot += claim.weight * claim.findings[at].whole;
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 { dot / length } else { 0.0 }
}

/// The mean over the claims, each by its weight. A topic stands within a sentence that counts already.
fn mean(claims: &[Weighed<'_>], value: impl Fn(&Weighed<'_>) -> f32) -> f32 {
    let (mut sum, mut most) = (0.0, 0.0);
    for claim in claims.iter().filter(|claim| claim.claim.stance != Stance::Topic) {
        sum += claim.weight * value(claim);
        most += claim.weight;
    }
    if most > 0.0 { sum / most } else { 0.0 }
}
