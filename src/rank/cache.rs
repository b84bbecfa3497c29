//! What was said lately, with all that it finds in a catalog.
//!
//! Many applicants say the same words. These are understood, embedded and looked for once, within a bounded room.

use std::sync::Arc;

use quick_cache::Equivalent;
use quick_cache::sync::Cache;

use super::claims::ParsedText;
use super::findings::{Findings, Scope};
use crate::skills::SkillId;

/// Room for what was said lately, in bytes.
const REMEMBERED: usize = 32 << 20;

/// Longer words, in bytes, are not remembered: hardly anybody says the same, and room is counted without them.
const LONGEST: usize = 512;

/// A text, understood, with all that it finds.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) words: Arc<ParsedText>,
    pub(crate) findings: Findings,
    /// How specific it is: `0..=1`.
    pub(super) weight: f32,
    /// It belongs to a field of work that is known.
    pub(crate) has_field: bool,
}

/// What words are remembered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Item(String),
    Topic(SkillId),
    Sentence(String),
}

/// The same, looked for without a copy of the words. Its digest is that of the [`Key`].
#[derive(Debug, Clone, Copy, Hash)]
pub(super) enum Wanted<'a> {
    Item(&'a str),
    Topic(SkillId),
    Sentence(&'a str),
}

impl Wanted<'_> {
    pub(super) fn key(self) -> Key {
        match self {
            Wanted::Item(text) => Key::Item(text.to_owned()),
            Wanted::Topic(skill) => Key::Topic(skill),
            Wanted::Sentence(text) => Key::Sentence(text.to_owned()),
        }
    }
}

impl Equivalent<Key> for Wanted<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        match (self, key) {
            (Wanted::Item(wanted), Key::Item(text)) => wanted == text,
            (Wanted::Topic(wanted), Key::Topic(skill)) => wanted == skill,
            (Wanted::Sentence(wanted), Key::Sentence(text)) => wanted == text,
            _ => false,
        }
    }
}

/// What was said lately.
pub(crate) struct FindingsCache(Cache<Key, Arc<Statement>>);

impl FindingsCache {
    /// What is known of these words.
    pub(super) fn get(&self, wanted: Wanted<'_>) -> Option<Arc<Statement>> {
        self.0.get(&wanted)
    }

    pub(super) fn insert(&self, key: Key, statement: Arc<Statement>) {
        if statement.words.text.len() <= LONGEST {
            self.0.insert(key, statement);
        }
    }

    /// A cache for what is said of the projects of `scope`; the larger they are, the fewer words it holds.
    pub(crate) fn new(scope: &Scope, dimensions: usize) -> Self {
        let floats = scope.parts() + 8 * scope.len() + dimensions;
        Self(Cache::new(REMEMBERED / (floats * size_of::<f32>()).max(1024)))
    }
}
