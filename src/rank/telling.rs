//! How telling a skill is: rare ones tell more than those that nearly every project asks for.

use std::collections::{BTreeSet, HashMap};

use super::view::View;
use crate::skills::{Lexicon, SkillId};

/// What is left of the weight of a skill that nearly everyone in the field has.
const GENERIC: f32 = 0.2;
/// What an item that is not understood weighs: most such items are phrases ("patience with builds").
const NOT_UNDERSTOOD: f32 = 0.4;

/// The weight of each skill within one catalog.
#[derive(Debug)]
pub(crate) struct Telling {
    projects: f32,
    asked_by: HashMap<SkillId, f32>,
    generic: BTreeSet<SkillId>,
}

impl Telling {
    pub(crate) fn new(views: &[View], lexicon: &Lexicon) -> Self {
        let mut asked_by: HashMap<SkillId, f32> = HashMap::new();
        for view in views {
            let asked: BTreeSet<SkillId> =
                view.asked.iter().flat_map(|asked| asked.skills.iter().copied()).collect();
            for skill in asked {
                *asked_by.entry(skill).or_default() += 1.0;
            }
        }
        let generic = lexicon.iter().filter(|(_, skill)| skill.generic).map(|(id, _)| id).collect();
        Self { projects: views.len() as f32, asked_by, generic }
    }

    /// `0..=1`: smoothed inverse document frequency, as a share of its largest value.
    pub(crate) fn skill(&self, skill: SkillId) -> f32 {
        let asked = self.asked_by.get(&skill).copied().unwrap_or(0.0);
        let frequency = (asked + 0.5) / (self.projects + 1.0);
        let largest = (0.5 / (self.projects + 1.0)).ln();
        let weight = frequency.ln() / largest;
        if self.generic.contains(&skill) { weight * GENERIC } else { weight }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(projects: &[&[u16]]) -> Telling {
        let mut asked_by = HashMap::new();
        for skill in projects.iter().flat_map(|skills| skills.iter()) {
            *asked_by.entry(SkillId(*skill)).or_default() += 1.0;
        }
        let generic = [SkillId(9)].into();
        Telling { projects: projects.len() as f32, asked_by, generic }
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
