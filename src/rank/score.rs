//! From findings to the parts of a score: pure arithmetic.
//!
//! No part falls when a mentee adds a skill that the project asks for: each is a maximum over the claims or the probability
//! that at least one of them holds, which further claims never lower, or a mean in which what is asked for counts 1, the
//! largest value there is.

use super::claims::Stance;
use super::corpus::Corpus;
use super::difficulty::suits;
use super::emphases::Emphases;
use super::findings::{Finding, Found};
use super::parts::Part;
use super::profile::{Claim, Profile};
use super::specificity::SENTENCE;
use super::view::View;
use super::weights::{BEST, ITEMS, NEAR, SURE, WHOLE, fulfils};

/// A claim and what it finds in the project at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Met<'a> {
    pub(crate) claim: &'a Claim<'a>,
    pub(crate) finding: Finding<'a>,
}

/// What the claims of a mentee find in the project at `place`.
pub(crate) fn meet<'a>(profile: &'a Profile<'a>, place: usize) -> Vec<Met<'a>> {
    profile.claims.iter().map(|claim| Met { claim, finding: claim.at(place) }).collect()
}

/// The parts of the score of the project at `place`, each in `0..=1`.
pub(crate) fn parts(
    profile: &Profile<'_>,
    place: usize,
    corpus: &Corpus,
) -> [f64; Part::ALL.len()] {
    let project = profile.scope.project(place);
    let (mut overlap, mut lexical) = (Any::default(), Any::default());
    let (mut near, mut whole, mut field) = (Mean::default(), Mean::default(), Mean::default());
    let mut best = 0.0f32;
    for claim in &profile.claims {
        let (found, weight) = (&claim.statement.findings.found()[place], claim.weight);
        if claim.stance != Stance::Interest {
            overlap.add(weight * named_there(claim.stance, found));
        }
        if claim.counts_as_text() {
            lexical.add(weight.min(1.0) * found.alike.lexical);
            near.add(weight, found, found.closest);
            whole.add(weight, found, found.alike.whole);
            best = best.max(weight * found.closest);
        }
        if claim.statement.has_field {
            field.add(weight, found, found.alike.field);
        }
    }
    let theirs = profile.closest_to(place);
    let semantic = semantic(near.get(), whole.get(), best, theirs, &corpus.emphases[project]);
    Part::ALL.map(|part| {
        f64::from(match part {
            Part::Overlap => overlap.get(),
            Part::Semantic => semantic,
            Part::Lexical => lexical.get(),
            Part::Field => field.get(),
            Part::Level => {
                profile.level.map_or(0.0, |level| suits(corpus.hardness[project], level))
            }
        })
    })
}

/// The probability that at least one of several independent things holds, `1 - Π(1 - SURE * x)`: `0..=1`.
struct Any {
    none: f32,
}

impl Default for Any {
    fn default() -> Self {
        Self { none: 1.0 }
    }
}

impl Any {
    fn add(&mut self, strength: f32) {
        self.none *= 1.0 - SURE * strength;
    }

    fn get(&self) -> f32 {
        1.0 - self.none
    }
}

/// The mean over what the claims found, each by its weight; what is asked for counts in full.
#[derive(Default)]
struct Mean {
    sum: f32,
    weight: f32,
}

impl Mean {
    fn add(&mut self, weight: f32, found: &Found, value: f32) {
        self.sum += weight * if found.is_asked_for { 1.0 } else { value };
        self.weight += weight;
    }

    fn get(&self) -> f32 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }
}

/// How far the project asks for what is claimed, or speaks of it: `0..=1`.
fn named_there(stance: Stance, found: &Found) -> f32 {
    let mentioned = found.mentioned.map_or(0.0, |mention| mention.weight);
    match stance {
        Stance::Learn => fulfils(Stance::Learn) * found.asked.max(mentioned),
        _ => found.asked.max(mentioned),
    }
}

/// For each item that the project asks for, how much of it the mentee has: `0..=1`. One of several
/// alternatives stands for all of them.
pub(crate) fn had(met: &[Met<'_>], view: &View) -> Vec<f32> {
    let mut had = vec![0.0f32; view.asked.len()];
    for Met { claim, finding } in met {
        let share = fulfils(claim.stance);
        for credit in finding.credits {
            let had = &mut had[credit.item as usize];
            *had = had.max(credit.strength * share);
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

/// The semantic part, `0..=1`:
///
/// `NEAR * near + WHOLE * whole + BEST * best / SENTENCE + ITEMS * items + TITLE * title`
///
/// of the claims' means `near` and `whole`, the `best` that one of them finds, weighted, and `theirs`: the similarity of the
/// title and of each item with the claim closest to it, of which `emphases` has the shares. Where a project asks for no items,
/// `near` stands in for them.
fn semantic(near: f32, whole: f32, best: f32, theirs: &[f32], emphases: &Emphases) -> f32 {
    let theirs: f32 = theirs.iter().zip(&emphases.parts).map(|(near, share)| near * share).sum();
    let items = if emphases.no_items { ITEMS * near } else { 0.0 };
    NEAR * near + WHOLE * whole + BEST * best / SENTENCE + theirs + items
}
