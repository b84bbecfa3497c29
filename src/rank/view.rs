//! A project as the ranking sees it: what it asks for, what its text speaks of, and its parts to compare with.
//!
//! Made once a catalog; nothing here depends on a mentee.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::claims::sentences;
use crate::model::{AskedSkill, Level, Project, Requirement};
use crate::skills::{
    Lexicon, Reached, Relation, SkillId, SkillKind, Tone, Tones, Written, spaced, words,
};

/// From this share of the field's projects on, a skill is one that everyone in it knows.
const EVERYONE: f32 = 0.1;

/// Something that a project asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// As written.
    pub(crate) text: String,
    /// The skills that it names; none where it is not understood.
    pub(crate) skills: Vec<SkillId>,
    /// It names its skill by another name than the lexicon's.
    pub(crate) alias: bool,
    /// It is a skill's name and nothing else.
    pub(crate) whole: bool,
    /// It is one of the technologies that the work is done with, not of the list of skills.
    pub(crate) is_technology: bool,
    pub(crate) requirement: Requirement,
    /// How well it is asked to be known, where said.
    pub(crate) level: Option<Level>,
    /// Items with the same number are alternatives.
    pub(crate) alternative: Option<u16>,
    pub(crate) line: usize,
}

/// A skill that the text names, be it asked for or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spoken {
    /// As written.
    pub(crate) text: String,
    pub(crate) line: usize,
    /// How often it is spoken of.
    pub(crate) times: u32,
    /// It stands in the title.
    pub(crate) in_title: bool,
}

/// Where a part stands in its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Place {
    Title,
    Skill,
    Description,
    Outcome,
}

/// A piece of a project's text that is compared with what a mentee says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) place: Place,
    pub(crate) text: String,
    pub(crate) line: usize,
    /// Its words, folded, with a space before and after each: to find what the lexicon does not know.
    pub(crate) folded: String,
}

/// A project, understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct View {
    pub(crate) asked: Vec<Asked>,
    pub(crate) spoken: BTreeMap<SkillId, Spoken>,
    /// What its organisation stands for: its skill and what that implies, each with its strength.
    pub(crate) home: Vec<Reached>,
    /// The organisation's own software, which nobody is asked to know beforehand.
    pub(crate) own: Vec<SkillId>,
    /// The organisation's name; empty where it has none.
    pub(crate) org: String,
    /// The line of its heading.
    pub(crate) line: usize,
    pub(crate) parts: Vec<Part>,
    /// All of its text in one piece, the most telling first.
    pub(crate) whole: String,
}

impl View {
    /// Whether an item names the project's own software and nothing else.
    pub(crate) fn is_own(&self, asked: &Asked) -> bool {
        !asked.skills.is_empty() && asked.skills.iter().all(|skill| self.own.contains(skill))
    }

    pub(crate) fn new(project: &Project, lexicon: &Lexicon) -> Self {
        let asked = asked(project, lexicon);
        let parts = parts(project, &asked);
        let mut spoken: BTreeMap<SkillId, Spoken> = BTreeMap::new();
        let mut note = |text: &str, line: usize, in_title: bool| {
            for mention in lexicon.mentions(text) {
                let text = text[mention.span].to_owned();
                let first = Spoken { text, line, times: 0, in_title };
                spoken.entry(mention.skill).or_insert(first).times += 1;
            }
        };
        note(&project.title, project.source.line, true);
        if let Some(org) = &project.org {
            note(org, project.source.line, false);
        }
        for part in parts.iter().filter(|part| part.place > Place::Skill) {
            note(&part.text, part.line, false);
        }
        for technology in &project.technologies {
            for mention in lexicon.understand(&technology.text).mentions {
                let text = technology.text.clone();
                let first = Spoken { text, line: technology.line, times: 0, in_title: false };
                spoken.entry(mention.skill).or_insert(first).times += 1;
            }
        }
        let home = home(project, lexicon);
        Self {
            asked,
            spoken,
            own: own(&home, lexicon),
            home,
            org: project.org.clone().unwrap_or_default(),
            line: project.source.line,
            whole: whole(project),
            parts,
        }
    }
}

impl Asked {
    /// Nothing where all that is named is not asked for: "no Java needed".
    fn new(skill: &AskedSkill, lexicon: &Lexicon) -> Option<Self> {
        let mut understood = lexicon.understand(&skill.text);
        let names_any = !understood.mentions.is_empty();
        let tones = Tones::new(&skill.text, &words(&skill.text));
        understood.mentions.retain(|mention| tones.at(mention.span.start) != Tone::Denied);
        if names_any && understood.mentions.is_empty() {
            return None;
        }
        Some(Self {
            text: skill.text.clone(),
            skills: understood.mentions.iter().map(|mention| mention.skill).collect(),
            alias: understood.mentions.iter().any(|mention| mention.written != Written::Name),
            whole: understood.whole,
            is_technology: false,
            requirement: skill.requirement,
            level: skill.level,
            alternative: skill.alternative,
            line: skill.line,
        })
    }
}

/// What the project's list of skills asks for, and what else its technologies ask for without saying so.
fn asked(project: &Project, lexicon: &Lexicon) -> Vec<Asked> {
    let mut asked: Vec<Asked> =
        project.skills.iter().filter_map(|skill| Asked::new(skill, lexicon)).collect();
    for technology in project.technologies.iter().filter_map(|tech| Asked::new(tech, lexicon)) {
        let requirement = match technology.requirement {
            Requirement::Required => Requirement::Preferred,
            weaker => weaker,
        };
        let technology = Asked { is_technology: true, requirement, ..technology };
        let is_known = asked.iter().any(|known| match &technology.skills[..] {
            [] => known.text.eq_ignore_ascii_case(&technology.text),
            skills => skills.iter().all(|skill| known.skills.contains(skill)),
        });
        if !is_known {
            asked.push(technology);
        }
    }
    asked
}

/// The software that is the organisation's own, unless everyone in the field knows it, as Kubernetes.
fn own(home: &[Reached], lexicon: &Lexicon) -> Vec<SkillId> {
    let is_own = |home: &&Reached| {
        let skill = lexicon.get(home.skill);
        let known = skill.common >= EVERYONE;
        home.relation == Relation::Same && skill.kind == SkillKind::Project && !known
    };
    home.iter().filter(is_own).map(|home| home.skill).collect()
}

/// The skills that an organisation's name tells: work on LitmusChaos is chaos engineering, whether or
/// not the text says so.
fn home(project: &Project, lexicon: &Lexicon) -> Vec<Reached> {
    let mut home: Vec<Reached> = Vec::new();
    for name in project.org.iter().chain(&project.suborg) {
        for mention in lexicon.understand(name).mentions {
            for &reached in lexicon.reach(mention.skill) {
                let known = home.iter().any(|known| known.skill == reached.skill);
                if reached.relation != Relation::Similar && !known {
                    home.push(reached);
                }
            }
        }
    }
    home
}

fn parts(project: &Project, asked: &[Asked]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |place: Place, text: &str, line: usize| {
        let folded = spaced(&words(text));
        parts.push(Part { place, text: text.to_owned(), line, folded });
    };
    add(Place::Title, &project.title, project.source.line);
    for item in asked {
        add(Place::Skill, &item.text, item.line);
    }
    for (place, passages) in
        [(Place::Description, &project.description), (Place::Outcome, &project.expected_outcome)]
    {
        for passage in passages {
            for sentence in sentences(&passage.text) {
                add(place, sentence, passage.line);
            }
        }
    }
    parts
}

fn whole(project: &Project) -> String {
    let skills = project.skills.iter().map(|skill| skill.text.as_str());
    let technologies = project.technologies.iter().map(|skill| skill.text.as_str());
    let passages = project.description.iter().chain(&project.expected_outcome);
    std::iter::once(project.title.as_str())
        .chain(project.org.as_deref())
        .chain(skills)
        .chain(technologies)
        .chain(passages.map(|passage| passage.text.as_str()))
        .collect::<Vec<_>>()
        .join(". ")
}
