//! The constants of a score that are no options: how much each claim of a mentee, and each piece of a project, counts within
//! its part. The weights of the parts themselves stand in [`super::parts`].

use super::claims::Stance;
use crate::model::Requirement;

/// The probability of a match, by names or by words, that a single claim gives which weighs 1 and is asked for in full:
/// claims with strengths `x` give `1 - Π(1 - SURE * x)`.
pub(crate) const SURE: f32 = 0.5;

// The shares of the semantic part, which add up to 1.
/// The mean similarity of the claims with the parts of the project closest to each.
pub(crate) const NEAR: f32 = 0.14;
/// The mean similarity of the claims with the whole text of the project.
pub(crate) const WHOLE: f32 = 0.32;
/// The largest of the claims' similarities with the parts closest to them, each times the claim's weight.
pub(crate) const BEST: f32 = 0.25;
/// The mean similarity of the items that the project asks for with the claim closest to each.
pub(crate) const ITEMS: f32 = 0.23;
/// The similarity of the title with the claim closest to it.
pub(crate) const TITLE: f32 = 0.06;

/// The weight among the items of one that names the project's own software, which nobody is asked to know beforehand.
pub(crate) const OWN: f32 = 0.1;
/// The weight among the items of one that is named as a technology but not in the list of skills, whose items weigh 1.
pub(crate) const TECHNOLOGY: f32 = 0.5;

/// How much a skill counts that the text mentions without asking for it; one that is asked for counts 1.
pub(crate) const MENTIONED: f32 = 0.5;
/// How much a skill counts that the organisation stands for.
pub(crate) const STANDS_FOR: f32 = 0.75;

/// How much a skill counts that the text mentions without asking for it: in full where the title names it, for that is what
/// the work is done with.
pub(crate) fn mentioned(in_title: bool) -> f32 {
    if in_title { 1.0 } else { MENTIONED }
}

/// How much an item counts, by how urgently it is asked for.
pub(crate) fn demand(requirement: Requirement) -> f32 {
    match requirement {
        Requirement::Required => 1.0,
        Requirement::Preferred => 0.6,
        Requirement::Optional => 0.3,
    }
}

/// How much of an item a claim of this stance fulfils, `0..=1`: whoever wants to learn something does not have it yet.
pub(crate) fn fulfils(stance: Stance) -> f32 {
    match stance {
        Stance::Have => 1.0,
        Stance::Learn => 0.4,
        Stance::Topic | Stance::Interest => 0.0,
    }
}
