//! Skills by their numbers, and how they serve one another.

use serde::{Deserialize, Serialize};

/// The number of a skill within its [`Lexicon`](super::Lexicon).
///
/// Read from elsewhere, it is one of the built-in lexicon, or an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16")]
pub struct SkillId(pub(crate) u16);

/// How one skill serves another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Relation {
    /// It is the same.
    Same,
    /// It implies it, or is a case of it.
    Implied,
    /// It is like it.
    Similar,
}

/// A skill that another one serves, and how well.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// The skill served.
    pub skill: SkillId,
    /// How.
    pub relation: Relation,
    /// How well: `0..=1`, 1 for the skill itself.
    pub strength: f32,
}
