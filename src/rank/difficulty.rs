//! How hard a project is said to be: from the words around the skills it asks for ("basic", "strong").
//!
//! What a text does not say is not guessed: most projects tell no level.

use super::view::View;
use crate::model::{Experience, Level};

/// What a project that tells no level is worth to anyone: neither for nor against.
const UNTOLD: f32 = 0.5;
/// What is easier than wanted costs this much of what is as much too hard.
const TOO_EASY: f32 = 0.5;

/// How well a project that is `hard` (`0..=1`, where its text says so) suits a mentee: `0..=1`.
pub(crate) fn suits(hard: Option<f32>, mentee: Experience) -> f32 {
    let Some(hard) = hard else { return UNTOLD };
    let able = match mentee {
        Experience::Beginner => 0.0,
        Experience::Intermediate => 0.5,
        Experience::Advanced => 1.0,
    };
    if hard > able { 1.0 - (hard - able) } else { 1.0 - TOO_EASY * (able - hard) }
}

/// How hard a project is, `0..=1`: the mean over the items that tell a level, by their weights.
pub(crate) fn hardness(view: &View, weights: &[f32]) -> Option<f32> {
    let told = || view.asked.iter().zip(weights).filter_map(|(a, w)| Some((hard(a.level?), *w)));
    let weight: f32 = told().map(|(_, weight)| weight).sum();
    let sum: f32 = told().map(|(hard, weight)| hard * weight).sum();
    (weight > 0.0).then(|| sum / weight)
}

/// Whether what is asked for at this level is more than the mentee claims to be.
pub(crate) fn is_above(asked: Level, mentee: Experience) -> bool {
    match mentee {
        Experience::Beginner => asked > Level::Basic,
        Experience::Intermediate => asked > Level::Working,
        Experience::Advanced => false,
    }
}

fn hard(level: Level) -> f32 {
    match level {
        Level::Basic => 0.0,
        Level::Working => 0.5,
        Level::Strong => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_hard_costs_more_than_too_easy_and_the_untold_is_between() {
        let beginner = |hard| suits(hard, Experience::Beginner);
        assert!(beginner(Some(0.0)) > beginner(None) && beginner(None) > beginner(Some(1.0)));
        assert!(suits(Some(0.0), Experience::Advanced) > beginner(Some(1.0)));
        assert_eq!(suits(Some(1.0), Experience::Advanced), 1.0);
    }

    #[test]
    fn nothing_is_above_who_is_advanced() {
        assert!(is_above(Level::Working, Experience::Beginner));
        assert!(!is_above(Level::Working, Experience::Intermediate));
        assert!(!is_above(Level::Strong, Experience::Advanced));
    }
}
