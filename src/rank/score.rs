//! From findings to the parts of a score: pure arithmetic.

use super::claims::Stance;
use super::difficulty::suits;
use super::findings::{Finding, SpokenOf};
use super::ground::Ground;
use super::parts::Part;
use super::profile::{Claim, Profile};
use super::telling::Telling;
use super::view::{Asked, Place, View};
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

/// A claim and what it finds in the project at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Met<'a> {
    pub(crate) claim: &'a Claim,
    pub(crate) finding: Finding<'a>,
}

/// What the claims of a mentee find in the project at `place`.
pub(crate) fn meet<'a>(profile: &'a Profile, place: usize, met: &mut Vec<Met<'a>>) {
    met.clear();
    met.extend(profile.claims.iter().map(|claim| Met { claim, finding: claim.at(place) }));
}

/// The parts of the score of the project at `place`, each in `0..=1`, from what the claims met there.
pub(crate) fn parts(
    met: &[Met<'_>],
    profile: &Profile,
    place: usize,
    ground: &Ground,
) -> [f64; Part::ALL.len()] {
    let project = profile.scope.project(place);
    let view = &ground.views[project];
    let emphases = &ground.emphases[project];
    Part::ALL.map(|part| {
        f64::from(match part {
            Part::Overlap => overlap(met, view, emphases),
            Part::Semantic => {
                let all = ground.calibration.similarity(whole(met, profile));
                semantic(met, all, profile.closest_to(place), emphases)
            }
            Part::Lexical => mean(met, |finding| finding.lexical),
            Part::Field => profile.field.likeness(&ground.fields[project]),
            Part::Level => {
                profile.level.map_or(0.0, |level| suits(ground.hardness[project], level))
            }
        })
    })
}

fn overlap(met: &[Met<'_>], view: &View, emphases: &Emphases) -> f32 {
    let mut mine = Mean::default();
    for Met { claim, finding } in met.iter().filter(|met| met.claim.stance != Stance::Interest) {
        let asked = finding
            .credits
            .iter()
            .map(|c| c.strength * demand(view.asked[c.item as usize].requirement).max(0.5))
            .fold(0.0, f32::max);
        let spoken = finding.spoken.map_or(0.0, |(of, strength)| match of {
            SpokenOf::Home => strength * HOME,
            SpokenOf::Skill(_) | SpokenOf::Phrase(_) => strength * SPOKEN,
        });
        mine.add(asked.max(spoken), claim.weight);
    }
    let mine = mine.value();
    match met.iter().any(|met| fulfils(met.claim.stance) > 0.0) {
        true => MINE * mine + (1.0 - MINE) * coverage(met, view, emphases),
        false => mine,
    }
}

/// How much of what the project asks for the mentee has: `0..=1`.
fn coverage(met: &[Met<'_>], view: &View, emphases: &Emphases) -> f32 {
    let mut theirs = Mean::default();
    for (had, weight) in had(met, view).into_iter().zip(&emphases.items) {
        theirs.add(had, *weight);
    }
    theirs.value()
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

/// How much each piece of a project counts; made once a catalog.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Emphases {
    /// Of each item asked for: how telling it is and how much it is asked for.
    pub(crate) items: Vec<f32>,
    /// Of each part, its share of the semantic part of a score.
    parts: Vec<f32>,
}

impl Emphases {
    pub(crate) fn new(view: &View, telling: &Telling) -> Self {
        let weight = |asked: &Asked| telling.skills(&asked.skills) * demand(asked.requirement);
        let items: Vec<f32> = view.asked.iter().map(weight).collect();
        let count =
            |is: fn(Place) -> bool| view.parts.iter().filter(|p| is(p.place)).count() as f32;
        let title = TITLE_TO_MINE / count(|place| place == Place::Title).max(1.0);
        let text = TEXT_TO_MINE / count(|place| place > Place::Skill).max(1.0);
        let all_items: f32 = items.iter().sum();
        // Parts of this place are the items asked for, in their order.
        let mut item =
            items.iter().map(|weight| ITEMS_TO_MINE * weight / all_items.max(f32::MIN_POSITIVE));
        let share = |place: Place| match place {
            Place::Title => title,
            Place::Skill => item.next().unwrap_or(0.0),
            Place::Description | Place::Outcome => text,
        };
        let parts = view.parts.iter().map(|part| part.place).map(share).collect();
        Self { items, parts }
    }
}

fn semantic(met: &[Met<'_>], all: f32, closest: &[f32], emphases: &Emphases) -> f32 {
    let mine = mean(met, |finding| finding.closest);
    let theirs: f32 = closest.iter().zip(&emphases.parts).map(|(near, share)| near * share).sum();
    ALL_TO_ALL * all + MINE_TO_THEIRS * mine + theirs
}

/// The cosine of all that the mentee says with all of the project. The vector of all claims is the
/// weighted sum of theirs, so that its cosine needs only theirs and its length.
fn whole(met: &[Met<'_>], profile: &Profile) -> f32 {
    let counting = met.iter().filter(|met| met.claim.counts_as_text());
    let dot: f32 = counting.map(|met| met.claim.weight * met.finding.whole).sum();
    if profile.length > 0.0 { dot / profile.length } else { 0.0 }
}

/// The mean over what the claims found, each by its weight.
fn mean(met: &[Met<'_>], value: impl Fn(&Finding<'_>) -> f32) -> f32 {
    let mut mean = Mean::default();
    for Met { claim, finding } in met.iter().filter(|met| met.claim.counts_as_text()) {
        mean.add(value(finding), claim.weight);
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
