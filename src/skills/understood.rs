//! What a text was understood as: the skills found in it, and how it names them.

use std::ops::Range;

use super::relation::SkillId;

/// How a piece of text names a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// By its name.
    Name,
    /// By another of its names.
    Alias,
    /// Misspelt; what it means was guessed.
    Misspelt,
}

/// A skill found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The skill.
    pub skill: SkillId,
    /// How the text names it.
    pub written: Written,
    /// Where it stands: a byte range of the text.
    pub span: Range<usize>,
}

/// What one written item was understood as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The skills found in it, in the order of the text, each once, but not those that it denies: "no Java".
    pub mentions: Vec<Mention>,
    /// The item is a skill's name and nothing else.
    pub whole: bool,
    /// It says nothing but what is not so: "no Java", "Rust (no experience)".
    pub denied: bool,
    /// Where nothing was found: the known skill that it resembles most, if any.
    pub suggestion: Option<SkillId>,
}
