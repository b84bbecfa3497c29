//! The phrases around a skill's name: how much it is asked for, how well it is to be known, where a list breaks.
//!
//! Word lists and judgements on one item; `list` does the splitting.

use crate::model::{Level, Requirement};

/// How much an item that reads `text` is asked for, where it says so.
pub(super) fn requirement(text: &str) -> Option<Requirement> {
    const PREFERRED: &str = "preferred prefered preferable preferably plus pluses bonus desirable desired beneficial \
        advantage advantageous advantages helpful useful ideally appreciated welcome nice";
    const OPTIONAL: &str = "optional optionally";
    const REQUIRED: &str = "required mandatory essential";
    let words = Words::of(text);
    if words.any(PREFERRED) || words.follow("good to have") || words.follow("extra credit") {
        return Some(Requirement::Preferred);
    }
    let waived = ["not required", "not necessary", "not needed", "not mandatory", "if possible"];
    if words.any(OPTIONAL) || waived.iter().any(|p| words.follow(p)) {
        return Some(Requirement::Optional);
    }
    (words.any(REQUIRED) || words.follow("must have")).then_some(Requirement::Required)
}

/// How well an item that reads `text` is to be known, where it says so.
pub(super) fn level(text: &str) -> Option<Level> {
    const STRONG: &str = "strong deep expert expertise advanced proficient proficiency fluent fluently excellent solid";
    const BASIC: &str = "basic basics beginner familiar familiarity familiarities some fundamental fundamentals \
        elementary introductory willingness interest awareness little";
    const WORKING: &str =
        "good experience experienced moderate intermediate competent understanding knowledge";
    let words = Words::of(text);
    if words.any(STRONG) || words.follow("in depth") {
        return Some(Level::Strong);
    }
    if words.any(BASIC) {
        return Some(Level::Basic);
    }
    (words.any(WORKING) || words.follow("hands on")).then_some(Level::Working)
}

/// The words of a text in lower case, each between single spaces.
struct Words(String);

impl Words {
    fn of(text: &str) -> Self {
        let mut spaced = String::with_capacity(text.len() + 2);
        spaced.push(' ');
        for c in text.chars() {
            match c {
                c if c.is_alphanumeric() => spaced.extend(c.to_lowercase()),
                _ if spaced.ends_with(' ') => {}
                _ => spaced.push(' '),
            }
        }
        if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
        Self(spaced)
    }

    /// Whether one of the words of `list` is among them.
    fn any(&self, list: &str) -> bool {
        self.0.split_whitespace().any(|word| among(list, word))
    }

    /// Whether the words of `phrase` follow each other in them.
    fn follow(&self, phrase: &str) -> bool {
        self.0.match_indices(phrase).any(|(at, found)| {
            let bytes = self.0.as_bytes();
            at.checked_sub(1).is_some_and(|b| bytes[b] == b' ')
                && bytes.get(at + found.len()) == Some(&b' ')
        })
    }
}

/// Whether `word` is one of the words of `list`.
fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// Whether `text` begins as a phrase that takes a whole enumeration along ("familiarity with A, B and C").
pub(super) fn opens_phrase(text: &str) -> bool {
    const OPENERS: &str = "familiarity familiarities familiar familar knowledge understanding understand \
        experience experienced proficiency proficient interest interested ability able being \
        comfort comfortable willingness basic strong solid good some deep working hands-on \
        basics exposure background expertise any moderate how must the a an since he she \
        ideally competence passion skilled be great excellent prior previous create write \
        writing";
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    among(OPENERS, &first.to_lowercase())
}

/// Whether `text` ends as a phrase whose last word governs all of it ("A and B knowledge").
pub(super) fn closes_phrase(text: &str) -> bool {
    const CLOSERS: &str = "knowledge skills experience expertise workflows concepts understanding principles \
        tools practices frameworks programming development testing language languages basics \
        fundamentals plus helpful preferred required necessary have structures systems \
        technologies management optional";
    let last = text
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric());
    among(CLOSERS, &last.to_lowercase())
}

/// Whether `text`, behind a comma, goes on with the item before it instead of being one of its own.
pub(super) fn continues(text: &str) -> bool {
    const JOINTS: &str = "but though although like such including e.g. e.g eg i.e. especially particularly \
        preferably etc etc. as so which that because";
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    among(JOINTS, &first)
}

/// Whether `text` is said by the project of itself.
pub(super) fn speaks_of_us(text: &str) -> bool {
    let words = Words::of(text);
    ["we are", "we re", "we will", "we would like", "we expect"].iter().any(|p| words.follow(p))
}

/// Whether `text` opens a list of examples ("like A", "tools such as A").
pub(super) fn opens_examples(text: &str) -> bool {
    let words = Words::of(text);
    words.any("like including") || words.follow("such as") || words.follow("e g")
}

/// Whether `label`, the words before a colon, tell a requirement for what follows ("nice to have").
pub(super) fn group(label: &str) -> Option<Requirement> {
    const ABOUT: &str = "skills skill requirements must recommended required mandatory minimum essential core \
        and or to have technical";
    let lower = label.to_lowercase().replace(['-', '_', '(', ')'], " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 {
        return None;
    }
    let found = requirement(label);
    let required = words.iter().all(|w| among(ABOUT, w));
    let asking = found.is_some_and(|r| r != Requirement::Required)
        && words.iter().all(|w| {
            among(ABOUT, w)
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
