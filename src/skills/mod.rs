//! Skills: the lexicon, the names people use for them, and the lists they write them in.
//!
//! Knows nothing of catalogs or applicants: text in, skills out.

mod fold;
mod lexicon;
pub mod list;
mod negation;
mod ordinary;
mod phrases;
mod reach;
mod relation;
mod resolve;
mod skill;
mod splitting;
mod understood;
mod wrapping;

pub(crate) use fold::{Word, fold, spaced, words};
pub use lexicon::Lexicon;
pub(crate) use negation::{Assertion, Assertions, is_wish};
pub use relation::{Reached, Relation, SkillId};
pub use skill::{Skill, SkillKind};
pub use understood::{Mention, Understood, Written};
pub use wrapping::unwrapped;
pub(crate) use wrapping::{goes_on, without_bullet};
