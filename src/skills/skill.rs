//! A canonical skill, as `data/skills.toml` describes it.

use serde::{Deserialize, Serialize};

/// What sort of thing a skill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SkillKind {
    /// A programming, markup or query language.
    Language,
    /// A library or framework one builds with.
    Framework,
    /// A program one works with.
    Tool,
    /// An open-source project, mostly of the cloud-native landscape.
    Project,
    /// A field, technique, protocol or standard.
    Concept,
    /// A skill that is not code: writing, design, community.
    Craft,
}

/// A canonical skill.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// The name as its own community spells it.
    pub name: String,
    /// Other ways in which people write it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Everyday words that mean it in a list of skills, but not in running text.
    #[serde(default)]
    pub listed: Vec<String>,
    /// What sort of thing it is.
    pub kind: SkillKind,
    /// The fields it belongs to, most telling first.
    pub domains: Vec<String>,
    /// What it is for, in a few phrases.
    #[serde(default)]
    pub about: Vec<String>,
    /// Skills that this one implies, at least in part.
    #[serde(default)]
    pub implies: Vec<String>,
    /// Its members: any of them satisfies a request for this skill.
    #[serde(default)]
    pub contains: Vec<String>,
    /// Skills that substitute in part, in both directions.
    #[serde(default)]
    pub near: Vec<String>,
    /// The share of the field's projects that ask for it, where that is worth noting: `0..=1`.
    #[serde(default)]
    pub common: f32,
    /// It says hardly anything in this field: nearly everyone has it.
    #[serde(default)]
    pub generic: bool,
    /// Also an everyday word: in running text it counts only when capitalised as in the name.
    #[serde(default)]
    pub ambiguous: bool,
}
