//! What a project asks for and a mentee lacks.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::score::{Met, had};
use super::view::{Asked, View};
use super::weights::fulfils;
use crate::model::Requirement;
use crate::skills::{Lexicon, SkillId, fold, words};

/// An item of which less than this is had counts as missing.
pub(super) const HAD: f32 = 0.5;
/// An item of several skills is named by its own words up to so many characters.
const SHORT: usize = 40;
/// Of a longer item that is content with any of several skills, so many are named.
const CHOICES: usize = 3;
const OR: &str = " or ";
const OTHERS: &str = "others";
/// Something that a project asks for and the mentee lacks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// The skill, or the item as written where it is not understood.
    pub skill: Cow<'static, str>,
    /// The project's words for it, where they are others and no longer than a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// It is the project's own software, which nobody is asked to know beforehand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

impl Missing {
    /// How it is called towards a person: by the project's words, where these are a name.
    pub fn name(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.skill)
    }

    /// Whether everyone has it or nearly: nobody learns English for an application written in it.
    pub fn is_generic(&self) -> bool {
        let lexicon = Lexicon::builtin();
        known(&self.skill).is_some_and(|skill| lexicon.get(skill).generic)
    }

    /// Whether it is half a sentence, and not the name of something that can be learnt.
    pub fn is_phrase(&self) -> bool {
        let is_name = |name: &str| name == OTHERS || known(name).is_some();
        self.skill.chars().count() > SHORT && !self.skill.split(OR).all(is_name)
    }
}

/// The skill that the lexicon knows by this name.
fn known(name: &str) -> Option<SkillId> {
    Lexicon::builtin().by_form(&fold(name)).map(|known| known.skill)
}

/// What the project asks for and the mentee lacks, skill by skill. Of alternatives, one line stands for all.
pub(crate) fn missing(met: &[Met<'_>], view: &View, lexicon: &'static Lexicon) -> Vec<Missing> {
    let had = had(met, view);
    let mut missing: Vec<Missing> = Vec::with_capacity(view.asked.len());
    let mut groups = Vec::new();
    for (item, asked) in view.asked.iter().enumerate() {
        if asked.alternative.is_some_and(|group| groups.contains(&group)) {
            continue;
        }
        groups.extend(asked.alternative);
        let is_choice = asked.alternative.is_some() || is_choice(asked);
        let skills: Vec<Cow<'static, str>> = match &asked.skills[..] {
            // "Go and Kubernetes" is not had by who has one of them.
            all @ [_, _, ..] if !is_choice => {
                let lacking = all.iter().filter(|skill| fulfilled(met, **skill, lexicon) < HAD);
                lacking.map(|skill| name_of(*skill, lexicon)).collect()
            }
            _ if had[item] >= HAD => continue,
            _ => match asked.alternative {
                Some(_) => {
                    let of_group = |other: &&Asked| other.alternative == asked.alternative;
                    let group = view.asked.iter().filter(of_group);
                    let names: Vec<_> = group.map(|other| name(other, lexicon)).collect();
                    vec![Cow::Owned(names.join(OR))]
                }
                None => vec![name(asked, lexicon)],
            },
        };
        for skill in skills {
            if !missing.iter().any(|known| known.skill == skill) {
                let (requirement, own) = (asked.requirement, view.is_own(asked));
                let text = words_for(&skill, asked);
                missing.push(Missing { skill, text, requirement, own });
            }
        }
    }
    missing
}

/// How much of a skill the mentee has, `0..=1`.
fn fulfilled(met: &[Met<'_>], skill: SkillId, lexicon: &Lexicon) -> f32 {
    let by_claim = |Met { claim, .. }: &Met<'_>| {
        let reached = claim.skills().iter().flat_map(|skill| lexicon.reach(*skill));
        let strength =
            reached.filter(|reached| reached.skill == skill).map(|reached| reached.strength);
        fulfils(claim.stance) * strength.fold(0.0, f32::max)
    };
    met.iter().map(by_claim).fold(0.0, f32::max)
}

/// An item's own words for the one skill that it asks for.
fn words_for(skill: &str, asked: &Asked) -> Option<String> {
    let is_alone = asked.alternative.is_none() && asked.skills.len() == 1;
    let is_name = asked.text.chars().count() <= SHORT && asked.text != skill;
    (is_alone && is_name).then(|| asked.text.clone())
}

/// Whether an item that names several skills is content with one of them: "Python or Go", "C/C++", but not "CI/CD".
fn is_choice(asked: &Asked) -> bool {
    let mut slashed = asked.text.split([' ', ',', ':', '(', ')']).filter(|w| w.contains('/'));
    slashed.any(|word| known(word).is_none())
        || words(&asked.text).iter().any(|word| word.form == "or")
}

fn name_of(skill: SkillId, lexicon: &'static Lexicon) -> Cow<'static, str> {
    Cow::Borrowed(&lexicon.get(skill).name)
}

/// The skill that an item asks for, or its own words where it is not understood or short.
fn name(asked: &Asked, lexicon: &'static Lexicon) -> Cow<'static, str> {
    match &asked.skills[..] {
        [] => Cow::Owned(asked.text.clone()),
        [skill] => name_of(*skill, lexicon),
        _ if asked.text.chars().count() <= SHORT => Cow::Owned(asked.text.clone()),
        all => {
            let mut names: Vec<Cow<'_, str>> =
                all.iter().take(CHOICES).map(|skill| name_of(*skill, lexicon)).collect();
            if all.len() > CHOICES {
                names.push(Cow::Borrowed(OTHERS));
            }
            Cow::Owned(names.join(OR))
        }
    }
}
