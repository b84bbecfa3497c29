//! The constants of a score that are no options: how much each piece of what is said, and of a project, counts within its
//! part. The weights of the parts themselves stand in [`super::parts`].

use super::claims::Stance;
use crate::model::Requirement;

/// How sure one skill alone, as telling as can be and asked for, makes a match by names or by words.
pub(crate) const SURE: f32 = 0.5;
/// The shares of the semantic part: each of mine against their parts closest to it, and against all of
/// theirs; the best that any of mine finds; each item of their list, and their title, against mine closest to it.
pub(crate) const NEAR: f32 = 0.16;
pub(crate) const WHOLE: f32 = 0.21;
pub(crate) const BEST: f32 = 0.29;
pub(crate) const ITEMS: f32 = 0.27;
pub(crate) const TITLE: f32 = 0.07;
/// How much an item counts that names the project's own software, which nobody is asked to know beforehand.
pub(crate) const OWN: f32 = 0.1;
/// How much of an item of the list of skills one counts that stands only among the technologies.
pub(crate) const TECHNOLOGY: f32 = 0.5;

/// A skill that the text speaks of but does not ask for, or that the organisation stands for, counts this much of one that
/// is asked for.
pub(crate) const SPOKEN: f32 = 0.5;

/// How much what is spoken of counts of what is asked for: what the title names is what the work is done with.
pub(crate) fn spoken(in_title: bool) -> f32 {
    if in_title { 1.0 } else { SPOKEN }
}

/// How much an item counts by how much it is asked for.
pub(crate) fn demand(requirement: Requirement) -> f32 {
    match requirement {
        Requirement::Required => 1.0,
        Requirement::Preferred => 0.6,
        Requirement::Optional => 0.3,
    }
}

/// How much of an item a claim of this stance fulfils: who wants to learn it does not have it yet.
pub(crate) fn fulfils(stance: Stance) -> f32 {
    match stance {
        Stance::Have => 1.0,
        Stance::Learn => 0.4,
        Stance::Topic | Stance::Interest => 0.0,
    }
}
