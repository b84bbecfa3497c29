//! How specific, or telling, a skill is: rare ones tell more than those that nearly every project asks for.
//!
//! Inverse document frequency: Spärck Jones, "A statistical interpretation of term specificity and its application in
//! retrieval" (1972).

use std::collections::BTreeSet;

use super::view::View;
use crate::skills::{Lexicon, SkillId};

/// The factor on the weight of a generic skill, which nearly everyone in the field has.
const GENERIC: f32 = 0.2;
/// How many projects of the field at large are counted in addition to those of a catalog (a pseudo-count), as many of which
/// ask for a skill as is usual in the field: a small catalog may name only once what the whole field asks for.
const FIELD: f32 = 30.0;
/// The weight of a sentence of the interests: that of two skills as telling as can be.
pub(crate) const SENTENCE: f32 = 2.0;
/// The weight of an item that names no skill of the lexicon: most such items are phrases ("patience with builds").
const NOT_UNDERSTOOD: f32 = 0.4;

/// The weight of each skill within one catalog.
#[derive(Debug, Clone)]
pub(crate) struct Specificity(Vec<f32>);

impl Specificity {
    pub(crate) fn new(views: &[View], lexicon: &Lexicon) -> Self {
        Self::weigh_all(views.iter().map(asked_skills), &known(lexicon))
    }

    /// The weights within a catalog of so many projects, of which so many ask for each skill.
    pub(crate) fn of_counts(projects: usize, asked_by: &[u32], lexicon: &Lexicon) -> Self {
        let asked_by = asked_by.iter().map(|count| *count as f32).collect();
        Self::weigh_counts(projects as f32, asked_by, &known(lexicon))
    }

    fn weigh_all(asked: impl Iterator<Item = BTreeSet<SkillId>>, known: &[(f32, bool)]) -> Self {
        let mut projects = 0.0;
        let mut asked_by = vec![0.0f32; known.len()];
        for skills in asked {
            projects += 1.0;
            skills.into_iter().for_each(|skill| asked_by[usize::from(skill.0)] += 1.0);
        }
        Self::weigh_counts(projects, asked_by, known)
    }

    /// Smoothed inverse document frequency, as a share of its largest value: `0..=1`. With `n` of `N` projects asking for a
    /// skill, and the share `c` of the field's, that is
    ///
    /// `ln((n + FIELD * c + 0.5) / (N + FIELD + 1)) / ln(0.5 / (N + FIELD + 1))`
    ///
    /// times [`GENERIC`] for a generic skill. `known` has `c` of each skill, and whether it is generic.
    fn weigh_counts(projects: f32, asked_by: Vec<f32>, known: &[(f32, bool)]) -> Self {
        let projects = projects + FIELD;
        let largest = (0.5 / (projects + 1.0)).ln();
        let weight = |(asked, &(common, generic)): (f32, &(f32, bool))| {
            let weight = ((asked + FIELD * common + 0.5) / (projects + 1.0)).ln() / largest;
            if generic { weight * GENERIC } else { weight }
        };
        Self(asked_by.into_iter().zip(known).map(weight).collect())
    }

    /// How telling a skill is: `0..=1`.
    pub(crate) fn skill(&self, skill: SkillId) -> f32 {
        self.0[usize::from(skill.0)]
    }

    /// The weight of a group of skills: that of its most telling one.
    pub(crate) fn skills(&self, skills: &[SkillId]) -> f32 {
        let largest = skills.iter().map(|&skill| self.skill(skill)).max_by(f32::total_cmp);
        largest.unwrap_or(NOT_UNDERSTOOD)
    }

    /// The weight of something said: that of the skills it names; where it names none, nothing unless
    /// it `touches` a project, for an unknown word that no project uses tells nothing about any.
    pub(crate) fn weigh(&self, skills: &[SkillId], touches: bool) -> f32 {
        if skills.is_empty() && !touches { 0.0 } else { self.skills(skills) }
    }
}

/// The skills that a project asks for, each once.
pub(crate) fn asked_skills(view: &View) -> BTreeSet<SkillId> {
    view.asked.iter().flat_map(|asked| asked.skills.iter().copied()).collect()
}

/// Of each skill: what share of the field's projects asks for it, and whether it is generic.
fn known(lexicon: &Lexicon) -> Vec<(f32, bool)> {
    lexicon.iter().map(|(_, skill)| (skill.common, skill.generic)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(projects: &[&[u16]]) -> Specificity {
        let asked =
            projects.iter().map(|skills| skills.iter().map(|&skill| SkillId(skill)).collect());
        let known = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
            .map(|skill| (if skill == 7 { 0.6 } else { 0.0 }, skill == 9));
        Specificity::weigh_all(asked, &known)
    }

    #[test]
    fn rare_skills_tell_more_and_all_weights_stay_in_range() {
        let specificity = catalog(&[&[1, 2], &[1], &[1, 3], &[1]]);
        assert!(specificity.skill(SkillId(2)) > specificity.skill(SkillId(1)));
        for skill in [1, 2, 3, 4] {
            assert!((0.0..=1.0).contains(&specificity.skill(SkillId(skill))));
        }
    }

    #[test]
    fn what_all_the_field_asks_for_tells_little_even_where_a_catalog_names_it_once() {
        let specificity = catalog(&[&[7], &[8], &[3]]);
        assert!(specificity.skill(SkillId(7)) < specificity.skill(SkillId(8)) / 2.0);
    }

    #[test]
    fn skills_that_everyone_has_tell_little() {
        let specificity = catalog(&[&[8, 9], &[3]]);
        assert!(specificity.skill(SkillId(9)) < specificity.skill(SkillId(8)) / 2.0);
    }
}
