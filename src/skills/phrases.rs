//! The phrases around a skill's name: how much it is asked for, how well it is to be known, where a list breaks.
//!
//! Word lists and judgements on one item; `list` does the cutting.

use crate::model::{Level, Requirement};

/// How much an item that reads `text` is asked for, where it says so.
pub(super) fn requirement(text: &str) -> Option<Requirement> {
    let lower = text.to_lowercase().replace(['-', '_'], " ");
    let has = |phrases: &[&str]| phrases.iter().any(|p| holds(&lower, p));
    if has(&[
        "preferred",
        "prefered",
        "preferable",
        "preferably",
        "nice to have",
        "good to have",
        "a plus",
        "big plus",
        "plus",
        "pluses",
        "bonus",
        "desirable",
        "desired",
        "beneficial",
        "advantage",
        "advantageous",
        "advantages",
        "helpful",
        "useful",
        "ideally",
        "appreciated",
        "extra credit",
        "welcome",
        "nice",
    ]) {
        return Some(Requirement::Preferred);
    }
    if has(&[
        "optional",
        "optionally",
        "not required",
        "not necessary",
        "not needed",
        "not mandatory",
        "if possible",
    ]) {
        return Some(Requirement::Optional);
    }
    has(&["required", "must have", "mandatory", "essential"]).then_some(Requirement::Required)
}

/// How well an item that reads `text` is to be known, where it says so.
pub(super) fn level(text: &str) -> Option<Level> {
    let lower = text.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|p| holds(&lower, p));
    if has(&[
        "strong",
        "deep",
        "expert",
        "expertise",
        "advanced",
        "proficient",
        "proficiency",
        "fluent",
        "fluently",
        "in-depth",
        "excellent",
        "solid",
    ]) {
        return Some(Level::Strong);
    }
    if has(&[
        "basic",
        "basics",
        "beginner",
        "familiar",
        "familiarity",
        "familiarities",
        "some",
        "fundamental",
        "fundamentals",
        "elementary",
        "introductory",
        "willingness",
        "interest",
        "awareness",
        "little",
    ]) {
        return Some(Level::Basic);
    }
    has(&[
        "good",
        "working knowledge",
        "experience",
        "experienced",
        "moderate",
        "intermediate",
        "hands-on",
        "competent",
        "understanding",
        "knowledge",
    ])
    .then_some(Level::Working)
}

/// Whether `phrase` stands in `text` between word borders; both in lower case.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Whether `text` begins as a phrase that takes a whole enumeration along ("familiarity with A, B and C").
pub(super) fn opens_phrase(text: &str) -> bool {
    const OPENERS: &[&str] = &[
        "familiarity",
        "familiarities",
        "familiar",
        "familar",
        "knowledge",
        "understanding",
        "understand",
        "experience",
        "experienced",
        "proficiency",
        "proficient",
        "interest",
        "interested",
        "ability",
        "able",
        "being",
        "comfort",
        "comfortable",
        "willingness",
        "basic",
        "strong",
        "solid",
        "good",
        "some",
        "deep",
        "working",
        "hands-on",
        "basics",
        "exposure",
        "background",
        "expertise",
        "any",
        "moderate",
        "how",
        "must",
        "the",
        "a",
        "an",
        "since",
        "he",
        "she",
        "ideally",
        "competence",
        "passion",
        "skilled",
        "be",
        "great",
        "excellent",
        "prior",
        "previous",
        "create",
        "write",
        "writing",
    ];
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    OPENERS.contains(&first.to_lowercase().as_str())
}

/// Whether `text` ends as a phrase whose last word governs all of it ("A and B knowledge").
pub(super) fn closes_phrase(text: &str) -> bool {
    const CLOSERS: &[&str] = &[
        "knowledge",
        "skills",
        "experience",
        "expertise",
        "workflows",
        "concepts",
        "understanding",
        "principles",
        "tools",
        "practices",
        "frameworks",
        "programming",
        "development",
        "testing",
        "language",
        "languages",
        "basics",
        "fundamentals",
        "plus",
        "helpful",
        "preferred",
        "required",
        "necessary",
        "have",
        "structures",
        "systems",
        "technologies",
        "management",
        "optional",
    ];
    let last = text
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric());
    CLOSERS.contains(&last.to_lowercase().as_str())
}

/// Whether `text`, behind a comma, goes on with the item before it instead of being one of its own.
pub(super) fn continues(text: &str) -> bool {
    const JOINTS: &[&str] = &[
        "but",
        "though",
        "although",
        "like",
        "such",
        "including",
        "e.g.",
        "e.g",
        "eg",
        "i.e.",
        "especially",
        "particularly",
        "preferably",
        "etc",
        "etc.",
        "as",
        "so",
        "which",
        "that",
        "because",
    ];
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    JOINTS.contains(&first.as_str())
}

/// Whether `label`, the words before a colon, tell a requirement for what follows ("nice to have").
pub(super) fn group(label: &str) -> Option<Requirement> {
    const ABOUT: &[&str] = &[
        "skills",
        "skill",
        "requirements",
        "must",
        "recommended",
        "required",
        "mandatory",
        "minimum",
        "essential",
        "core",
        "and",
        "or",
        "to",
        "have",
        "technical",
    ];
    let lower = label.to_lowercase().replace(['-', '_', '(', ')'], " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 {
        return None;
    }
    let found = requirement(label);
    let required = words.iter().all(|w| ABOUT.contains(w));
    let asking = found.is_some_and(|r| r != Requirement::Required)
        && words.iter().all(|w| {
            ABOUT.contains(w)
                || requirement(w).is_some()
                || matches!(
                    *w,
                    "nice" | "good" | "a" | "not" | "points" | "but" | "if" | "possible"
                )
        });
    match found {
        Some(found) if asking => Some(found),
        _ if required => Some(Requirement::Required),
        _ => None,
    }
}

/// What is no skill though it stands in a list of them.
pub(super) fn is_empty_word(text: &str) -> bool {
    let folded: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    matches!(
        folded.as_str(),
        "" | "etc"
            | "and"
            | "or"
            | "none"
            | "na"
            | "tbd"
            | "tba"
            | "skills"
            | "more"
            | "andmore"
            | "others"
    )
}
