//! Fields of work: the domains of the lexicon as a vector, for a mentee and for a project.
//!
//! Writers, designers, security people and kernel people share languages and tools; what tells their
//! work apart is the field that their skills belong to.

use super::specificity::Specificity;
use super::view::View;
use super::weights::demand;
use crate::skills::{Lexicon, SkillId};

/// Domains that say nothing of the kind of work.
const NEUTRAL: [&str; 2] = ["general", "languages"];
/// What standing in the title adds to how often a skill is spoken of.
const TITLE: f32 = 1.0;

/// A direction in the space of domains: unit length, or zeros where no field is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Field(Vec<f32>);

impl Field {
    /// The field of skills, each with its weight.
    fn new(
        skills: impl Iterator<Item = (SkillId, f32)>,
        specificity: &Specificity,
        lexicon: &Lexicon,
    ) -> Self {
        let mut field = vec![0.0f32; lexicon.domains().len()];
        for (skill, weight) in skills {
            let domains = lexicon.domains_of(skill);
            let share = weight * specificity.skill(skill) / (domains.len().max(1) as f32).sqrt();
            for (place, &domain) in domains.iter().enumerate() {
                field[domain] += share / (1.0 + 0.5 * place as f32);
            }
        }
        for neutral in NEUTRAL {
            if let Ok(domain) =
                lexicon.domains().binary_search_by(|domain| domain.as_str().cmp(neutral))
            {
                field[domain] = 0.0;
            }
        }
        let length = field.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            field.iter_mut().for_each(|x| *x /= length);
        }
        Self(field)
    }

    /// The field that something said belongs to, by the skills it names.
    pub(crate) fn of_skills(
        skills: &[SkillId],
        specificity: &Specificity,
        lexicon: &Lexicon,
    ) -> Self {
        Self::new(skills.iter().map(|&skill| (skill, 1.0)), specificity, lexicon)
    }

    /// The field of what a project asks for and speaks of, and of its organisation.
    pub(crate) fn of_view(view: &View, specificity: &Specificity, lexicon: &Lexicon) -> Self {
        let asked = view.asked.iter().flat_map(|asked| {
            asked.skills.iter().map(move |&skill| (skill, demand(asked.requirement)))
        });
        let mentioned = view.mentioned.iter().map(|(&skill, mentioned)| {
            let title = if mentioned.in_title { TITLE } else { 0.0 };
            (skill, (mentioned.times as f32).ln_1p() + title)
        });
        let org_skills = view.org_skills.iter().map(|reached| (reached.skill, reached.strength));
        Self::new(asked.chain(mentioned).chain(org_skills), specificity, lexicon)
    }

    /// The share of each domain of the lexicon.
    pub(crate) fn shares(&self) -> &[f32] {
        &self.0
    }

    /// Whether any field of work is known.
    pub(crate) fn is_known(&self) -> bool {
        self.0.iter().any(|share| *share > 0.0)
    }

    /// How alike two fields are: `0..=1`.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        let cosine: f32 = self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum();
        cosine.clamp(0.0, 1.0)
    }
}
