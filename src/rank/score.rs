//! From findings to the parts of a score: pure arithmetic.

use super::claims::Stance;
use super::field::Field;
use super::findings::SpokenOf;
use super::ground::Ground;
use super::parts::Part;
use super::profile::Claim;
use super::telling::Telling;
use super::view::{Place, View};
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

/// The parts of the score of the project at `place`, each in `0..=1`. `field` is the mentee's.
pub(crate) fn parts(
    claims: &[Claim],
    field: &Field,
    place: usize,
    project: usize,
    ground: &Ground,
) -> [f64; Part::ALL.len()] {
    let view = &ground.views[project];
    Part::ALL.map(|part| {
        f64::from(match part {
            Part::Overlap => overlap(claims, place, view, &ground.telling),
            Part::Semantic => semantic(claims, place, view, ground),
            Part::Lexical => mean(claims, |claim| claim.at(place).lexical),
            Part::Field => field.likeness(&ground.fields[project]),
        })
    })
}

fn overlap(claims: &[Claim], place: usize, view: &View, telling: &Telling) -> f32 {
    let named = claims.iter().filter(|claim| claim.stance != Stance::Interest);
    let mut mine = Mean::default();
    for claim in named {
        let finding = claim.at(place);
        let asked = finding
            .credits
            .iter()
            .map(|credit| {
                credit.strength * demand(view.asked[credit.item as usize].requirement).max(0.5)
            })
            .fold(0.0, f32::max);
        let spoken = finding.spoken.map_or(0.0, |(of, strength)| match of {
            SpokenOf::Home => strength * HOME,
            SpokenOf::Skill(_) | SpokenOf::Phrase(_) => strength * SPOKEN,
        });
        mine.add(asked.max(spoken), claim.weight);
    }
    let mine = mine.value();
    match claims.iter().any(|claim| fulfils(claim.stance) > 0.0) {
        true => MINE * mine + (1.0 - MINE) * coverage(claims, place, view, telling),
        false => mine,
    }
}

/// How much of what the project asks for the mentee has: `0..=1`.
fn coverage(claims: &[Claim], place: usize, view: &View, telling: &Telling) -> f32 {
    let had = had(claims, place, view);
    let mut theirs = Mean::default();
    for (asked, had) in view.asked.iter().zip(had) {
        theirs.add(had, telling.skills(&asked.skills) * demand(asked.requirement));
    }
    theirs.value()
}

/// For each item that the project asks for, how much of it the mentee has: `0..=1`. One of several
/// alternatives stands for all of them.
pub(crate) fn had(claims: &[Claim], place: usize, view: &View) -> Vec<f32> {
    let mut had = vec![0.0f32; view.asked.len()];
    for claim in claims {
        let share = fulfils(claim.stance);
        for credit in claim.at(place).credits {
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

fn semantic(claims: &[Claim], place: usize, view: &View, ground: &Ground) -> f32 {
    let all = ground.calibration.similarity(whole(claims, place));
    let mine = mean(claims, |claim| claim.at(place).closest);
    let mut closest = vec![0.0f32; view.parts.len()];
    for claim in claims.iter().filter(|claim| claim.counts_as_text()) {
        for (closest, similar) in closest.iter_mut().zip(claim.at(place).similar) {
            *closest = closest.max(*similar);
        }
    }
    let (mut title, mut items, mut text) = (Mean::default(), Mean::default(), Mean::default());
    let mut asked = view.asked.iter();
    for (part, closest) in view.parts.iter().zip(closest) {
        match part.place {
            Place::Title => title.add(closest, 1.0),
            // Parts of this place are the items asked for, in their order.
            Place::Skill => items.add(
                closest,
                asked.next().map_or(0.0, |asked| {
                    ground.telling.skills(&asked.skills) * demand(asked.requirement)
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
fn whole(claims: &[Claim], place: usize) -> f32 {
    let mut sum: Vec<f32> = Vec::new();
    let mut dot = 0.0;
    for claim in claims.iter().filter(|claim| claim.counts_as_text()) {
        let vector = &claim.said.vector;
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(s, v)| *s += claim.weight * v);
        dot += claim.weight * claim.at(place).whole;
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 { dot / length } else { 0.0 }
}

/// The mean over the claims, each by its weight.
fn mean(claims: &[Claim], value: impl Fn(&Claim) -> f32) -> f32 {
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
