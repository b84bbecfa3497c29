//! A few projects that go together: good for the mentee, and different from one another.
//!
//! Maximal marginal relevance: Carbonell and Goldstein, "The use of MMR, diversity-based reranking for
//! reordering documents and producing summaries" (SIGIR 1998). Pure: scores and likenesses in, choices out.

use super::answer::Recommendation;
use super::claims::Reading;
use super::explain::{How, Matched};
use crate::model::Requirement;

/// A project is picked only if its score is at least this share of the best one's: an application is too
/// scarce to be spent on variety alone.
const GOOD_ENOUGH: f64 = 0.75;
/// How much being like one that is picked already costs, as a share of the best score.
const ALIKE_COSTS: f64 = 0.6;
/// Below this likeness with each of the better ones, a project is unlike them.
const UNLIKE: f32 = 0.5;
/// How many missing skills are named to be learnt first.
const TO_LEARN: usize = 3;

/// Why a project is among the picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It has the best score.
    Best,
    /// It names these skills that the mentee has or wants, which no better one among the picked names.
    Adds(Vec<String>),
    /// It is a good match that is unlike the better ones among the picked.
    Unlike,
    /// It is the best of those that are left.
    Next,
}

/// A picked project.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// The project, with its score and why it has it.
    pub recommendation: Recommendation,
    /// Why it is among the picked.
    pub reason: Reason,
    /// The skills that the mentee wants to learn and the project asks for.
    pub teaches: Vec<String>,
    /// Skills that the project requires, that not everyone has, and that the mentee neither has nor wants to learn there: at
    /// most three, in the order of the text.
    pub learn_first: Vec<String>,
}

/// A few projects for a mentee that go together, and how their words were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// The skills they have.
    pub skills: Vec<Reading>,
    /// The skills they want to learn.
    pub learn: Vec<Reading>,
    /// The projects, best first.
    pub picks: Vec<Pick>,
}

/// The places of at most `count` of the projects, whose `scores` come best first: good and unlike each other.
/// `alike` says of two places how alike their projects are, `0..=1`.
pub(super) fn choose(
    scores: &[f64],
    count: usize,
    alike: impl Fn(usize, usize) -> f32,
) -> Vec<usize> {
    let Some(&best) = scores.first() else { return Vec::new() };
    let good = scores.iter().take_while(|score| **score >= best * GOOD_ENOUGH).count();
    let mut open: Vec<usize> = (0..scores.len().min(good.max(count))).collect();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count && !open.is_empty() {
        let worth = |place: usize| {
            let most = chosen.iter().map(|&other| alike(place, other)).fold(0.0, f32::max);
            scores[place] - best * ALIKE_COSTS * f64::from(most)
        };
        let mut next = 0;
        for at in 1..open.len() {
            // The better score wins among equals, for it stands first.
            if worth(open[at]) > worth(open[next]) {
                next = at;
            }
        }
        chosen.push(open.remove(next));
    }
    chosen.sort_unstable();
    chosen
}

/// A picked project, before it is told why.
pub(super) struct Picked {
    pub(super) recommendation: Recommendation,
    /// What the mentee wants to learn and finds there.
    pub(super) teaches: Vec<String>,
    /// How like it is to the better one among the picked that is most like it: `0..=1`.
    pub(super) alike: f32,
}

/// Why each of the picked, best first, is among them.
pub(super) fn explain(picked: Vec<Picked>) -> Vec<Pick> {
    let mut met: Vec<String> = Vec::new();
    let mut picks = Vec::with_capacity(picked.len());
    for Picked { recommendation, teaches, alike } in picked {
        let matched = || recommendation.explanation.matched.iter();
        let mut new: Vec<String> = matched().filter_map(said).collect();
        new.retain(|words| !met.contains(words));
        let reason = match (picks.is_empty(), new.is_empty()) {
            (true, _) => Reason::Best,
            (false, false) => Reason::Adds(new),
            (false, true) if alike < UNLIKE => Reason::Unlike,
            (false, true) => Reason::Next,
        };
        met.extend(matched().map(|matched| matched.name().to_owned()));
        let missing = recommendation.explanation.missing.iter();
        let required = missing.filter(|missing| {
            missing.requirement == Requirement::Required
                && !(missing.own || missing.is_generic() || missing.is_phrase())
                && !teaches.iter().any(|taught| *taught == missing.skill)
        });
        let learn_first =
            required.map(|missing| missing.name().to_owned()).take(TO_LEARN).collect();
        picks.push(Pick { recommendation, reason, teaches, learn_first });
    }
    picks
}

/// What of the mentee's the project names.
fn said(matched: &Matched) -> Option<String> {
    let is_named = matches!(matched.how, How::Exact | How::Alias | How::Mentioned);
    (is_named && matched.serves.is_none()).then(|| matched.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Projects with equal numbers are the same work.
    fn chosen(scores: &[f64], work: &[u8], count: usize) -> Vec<usize> {
        choose(scores, count, |a, b| if work[a] == work[b] { 1.0 } else { 0.0 })
    }

    #[test]
    fn a_good_project_of_another_kind_goes_before_a_better_one_of_the_same() {
        assert_eq!(chosen(&[0.8, 0.79, 0.7], &[1, 1, 2], 2), [0, 2]);
    }

    #[test]
    fn variety_never_brings_in_a_project_that_fits_badly() {
        assert_eq!(chosen(&[0.8, 0.79, 0.3], &[1, 1, 2], 2), [0, 1]);
    }

    #[test]
    fn as_many_are_chosen_as_there_are_and_no_more_than_wanted() {
        assert_eq!(chosen(&[0.8, 0.1], &[1, 2], 3), [0, 1]);
        assert_eq!(chosen(&[0.8, 0.7, 0.7], &[1, 2, 3], 1), [0]);
        assert!(chosen(&[], &[], 3).is_empty());
    }
}
