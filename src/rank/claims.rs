//! What a mentee says, taken apart: one claim a skill, a wish, a topic or a sentence.
//!
//! Understands text through the lexicon; knows nothing of projects.

use std::collections::BTreeSet;

use crate::model::Mentee;
use crate::skills::{Lexicon, SkillId, Understood, Written, fold};

/// What sort of statement a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Stance {
    /// "I can do this."
    Have,
    /// "I want to learn this."
    Learn,
    /// A skill of the lexicon named among the interests.
    Topic,
    /// A sentence of the interests.
    Interest,
}

/// One thing that a mentee says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claim {
    pub(crate) stance: Stance,
    /// As written.
    pub(crate) text: String,
    /// The skills that it names; none for a sentence or an unknown word.
    pub(crate) skills: Vec<SkillId>,
    /// It names its skill by another name than the lexicon's.
    pub(crate) alias: bool,
    /// What is compared with the words of projects: as written, or where that is a skill's name and
    /// nothing else, what the lexicon calls it, so that all its names (and misspellings) are equal.
    pub(crate) plain: String,
}

/// How many of its other names a skill is compared by, besides its own.
const OTHER_NAMES: usize = 2;

/// A written skill and what it was understood as, for the person to see.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// As written.
    pub text: String,
    /// What was found in it.
    pub understood: Understood,
}

/// A mentee, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Profile {
    pub(crate) claims: Vec<Claim>,
    pub(crate) skills: Vec<Reading>,
    pub(crate) learn: Vec<Reading>,
}

impl Profile {
    /// Understands a mentee. Order and repetition of skills make no difference to the claims.
    pub(crate) fn new(mentee: &Mentee, lexicon: &Lexicon) -> Self {
        let read = |items: &[String]| -> Vec<Reading> {
            let reading = |text: &String| Reading {
                text: text.clone(),
                understood: lexicon.understand(text),
            };
            items.iter().map(reading).collect()
        };
        let mut profile =
            Self { claims: Vec::new(), skills: read(&mentee.skills), learn: read(&mentee.learn) };
        for (readings, stance) in [(&profile.skills, Stance::Have), (&profile.learn, Stance::Learn)]
        {
            for reading in readings {
                profile.claims.push(Claim {
                    stance,
                    text: reading.text.clone(),
                    skills: reading.understood.mentions.iter().map(|m| m.skill).collect(),
                    alias: reading.understood.mentions.iter().any(|m| m.written != Written::Name),
                    plain: plain(reading, lexicon),
                });
            }
        }
        for sentence in mentee.interests.iter().flat_map(|text| sentences(text)) {
            for mention in lexicon.mentions(sentence) {
                profile.claims.push(Claim {
                    stance: Stance::Topic,
                    text: sentence[mention.span].to_owned(),
                    skills: vec![mention.skill],
                    alias: mention.written != Written::Name,
                    plain: lexicon.get(mention.skill).name.clone(),
                });
            }
            profile.claims.push(Claim {
                stance: Stance::Interest,
                text: sentence.to_owned(),
                skills: Vec::new(),
                alias: false,
                plain: sentence.to_owned(),
            });
        }
        profile.tidy();
        profile
    }

    /// Each statement once, in an order of its own: `Go, Rust` and `rust, golang, Go` are the same mentee.
    fn tidy(&mut self) {
        self.claims.sort_by(|a, b| {
            (a.stance, &a.skills, a.alias, &a.text).cmp(&(b.stance, &b.skills, b.alias, &b.text))
        });
        let mut seen = BTreeSet::new();
        self.claims.retain(|claim| {
            let form = if claim.skills.is_empty() { fold(&claim.text) } else { String::new() };
            seen.insert((claim.stance, claim.skills.clone(), form))
        });
    }
}

fn plain(reading: &Reading, lexicon: &Lexicon) -> String {
    match &reading.understood.mentions[..] {
        [only] if reading.understood.whole => {
            let skill = lexicon.get(only.skill);
            let others = skill.aliases.iter().take(OTHER_NAMES);
            std::iter::once(&skill.name).chain(others).cloned().collect::<Vec<_>>().join(" ")
        }
        _ => reading.text.clone(),
    }
}

/// The sentences of a text, without the empty ones.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '.' | '!' | '?' | ';' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '\n' => true,
            _ => false,
        };
        if ends {
            sentences.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentee(skills: &[&str]) -> Mentee {
        Mentee { skills: skills.iter().map(|s| (*s).to_owned()).collect(), ..Mentee::default() }
    }

    #[test]
    fn order_and_repetition_of_skills_do_not_matter() {
        let lexicon = Lexicon::builtin();
        let a = Profile::new(&mentee(&["Go", "Rust"]), lexicon).claims;
        let b = Profile::new(&mentee(&["rust", "golang", "Go", "Rust"]), lexicon).claims;
        let skills = |claims: &[Claim]| claims.iter().map(|c| c.skills.clone()).collect::<Vec<_>>();
        assert_eq!(skills(&a), skills(&b));
    }

    #[test]
    fn interests_give_topics_and_sentences() {
        let mentee = Mentee {
            interests: Some("Compilers. I like WebAssembly runtimes.".to_owned()),
            ..Mentee::default()
        };
        let claims = Profile::new(&mentee, Lexicon::builtin()).claims;
        let topics: Vec<_> = claims.iter().filter(|c| c.stance == Stance::Topic).collect();
        let sentences = claims.iter().filter(|c| c.stance == Stance::Interest).count();
        assert!(topics.iter().any(|claim| claim.text.starts_with("WebAssembly")));
        assert_eq!(sentences, 2);
    }

    #[test]
    fn versions_and_names_with_dots_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Uses Node.js 1.2 well. Then Go!"),
            ["Uses Node.js 1.2 well", "Then Go"]
        );
    }
}
