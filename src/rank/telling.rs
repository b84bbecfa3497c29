//! How telling a skill is: rare ones tell more than those that nearly every project asks for.

use std::collections::BTreeSet;

use super::view::View;
use crate::skills::{Lexicon, SkillId};

/// What is left of the weight of a skill that nearly everyone in the field has.
const GENERIC: f32 = 0.2;
/// What an item that is not understood weighs: most such items are phrases ("patience with builds").
const NOT_UNDERSTOOD: f32 = 0.4;

/// The weight of each skill within one catalog.
#[derive(Debug)]
pub(crate) struct Telling(Vec<f32>);

impl Telling {
    pub(crate) fn new(views: &[View], lexicon: &Lexicon) -> Self {
        let generic = lexicon.iter().map(|(_, skill)| skill.generic).collect::<Vec<_>>();
        Self::weigh_all(views.iter().map(asked_skills), &generic)
    }

    /// The weights within a catalog of so many projects, of which so many ask for each skill.
    pub(crate) fn of_counts(projects: usize, asked_by: &[usize], lexicon: &Lexicon) -> Self {
        let generic = lexicon.iter().map(|(_, skill)| skill.generic).collect::<Vec<_>>();
        let asked_by = asked_by.iter().map(|count| *count as f32).collect();
        Self::weigh_counts(projects as f32, asked_by, &generic)
    }

    /// Smoothed inverse document frequency, as a share of its largest value: `0..=1`.
    fn weigh_all(asked: impl Iterator<Item = BTreeSet<SkillId>>, generic: &[bool]) -> Self {
        let mut projects = 0.0f32;
        let mut asked_by = vec![0.0f32; generic.len()];
        for skills in asked {
            projects += 1.0;
            skills.into_iter().for_each(|skill| asked_by[usize::from(skill.0)] += 1.0);
        }
        Self::weigh_counts(projects, asked_by, generic)
    }

    fn weigh_counts(projects: f32, asked_by: Vec<f32>, generic: &[bool]) -> Self {
        let largest = (0.5 / (projects + 1.0)).ln();
        let weight = |(asked, generic): (f32, &bool)| {
            let weight = ((asked + 0.5) / (projects + 1.0)).ln() / largest;
            if *generic { weight * GENERIC } else { weight }
        };
        Self(asked_by.into_iter().zip(generic).map(weight).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(projects: &[&[u16]]) -> Telling {
        let asked =
            projects.iter().map(|skills| skills.iter().map(|&skill| SkillId(skill)).collect());
        let mut generic = [false; 10];
        generic[9] = true;
        Telling::weigh_all(asked, &generic)
    }

    #[test]
    fn rare_skills_tell_more_and_all_weights_stay_in_range() {
        let telling = catalog(&[&[1, 2], &[1], &[1, 3], &[1]]);
        assert!(telling.skill(SkillId(2)) > telling.skill(SkillId(1)));
        for skill in [1, 2, 3, 4] {
            assert!((0.0..=1.0).contains(&telling.skill(SkillId(skill))));
        }
    }

    #[test]
    fn skills_that_everyone_has_tell_little() {
        let telling = catalog(&[&[8, 9], &[7]]);
        assert!(telling.skill(SkillId(9)) < telling.skill(SkillId(8)) / 2.0);
    }
}
