//! What a résumé says of its writer's skills, wishes and interests, found paragraph by paragraph.

use std::collections::BTreeSet;

use super::sections::Section;
use crate::model::Mentee;
use crate::skills::{
    Assertion, Assertions, Lexicon, Mention, SkillId, fold, list, without_bullet, words,
};

/// How many words an item of a list has at most; with more it is running text.
const LONGEST_ITEM: usize = 4;

/// Skills in the order of the text, each once, with how they were written.
type Skills = Vec<(SkillId, String)>;

/// What was found in a résumé.
pub(super) struct Found {
    lexicon: &'static Lexicon,
    had: Skills,
    wanted: Skills,
    /// What a list of skills names, and what running text denies: a list has the last word.
    listed: BTreeSet<SkillId>,
    denied: BTreeSet<SkillId>,
    interests: Vec<String>,
}

impl Found {
    pub(super) fn new() -> Self {
        let lexicon = Lexicon::builtin();
        Self {
            lexicon,
            had: Skills::new(),
            wanted: Skills::new(),
            listed: BTreeSet::new(),
            denied: BTreeSet::new(),
            interests: Vec::new(),
        }
    }

    /// Takes what is known of the mentee when all has been read.
    pub(super) fn finish(self) -> Mentee {
        let interests = (!self.interests.is_empty()).then(|| self.interests.join("\n"));
        let is_had = |(skill, _): &(SkillId, String)| {
            self.listed.contains(skill) || !self.denied.contains(skill)
        };
        let had = self.had.into_iter().filter(is_had);
        Mentee {
            skills: had.map(|(_, text)| text).collect(),
            learn: self.wanted.into_iter().map(|(_, text)| text).collect(),
            interests,
            level: None,
        }
    }

    /// Reads a paragraph of a section.
    pub(super) fn read(&mut self, text: &str, section: Section) {
        match section {
            Section::Work => self.prose(text, Assertion::Affirmed),
            Section::Skills => self.list(text, Assertion::Affirmed),
            Section::Wishes => self.list(text, Assertion::Desired),
            Section::Interests => {
                self.interests.push(without_bullet(text).to_owned());
            }
            Section::Person => {}
        }
    }

    /// A line of running text. What it neither wishes for nor denies is said as `assertion`.
    fn prose(&mut self, line: &str, assertion: Assertion) {
        self.note_all(line, self.lexicon.mentions(line), assertion);
    }

    /// A line of a list, in which everyday words are names of skills where they are items by themselves.
    fn list(&mut self, line: &str, assertion: Assertion) {
        let mut assertion = assertion;
        for piece in without_bullet(line).split([':', ';']) {
            match &*fold(piece) {
                "learning" | "currentlylearning" | "tolearn" => assertion = Assertion::Desired,
                "not" | "no" => assertion = Assertion::Negated,
                _ => {}
            }
            let items = list::split(piece);
            if items.iter().any(|item| item.split_whitespace().count() > LONGEST_ITEM) {
                self.prose(piece, assertion);
                continue;
            }
            for item in items {
                let mentions = self.lexicon.understand(&item).mentions;
                if assertion == Assertion::Affirmed {
                    self.listed.extend(mentions.iter().map(|mention| mention.skill));
                }
                self.note_all(&item, mentions, assertion);
            }
        }
    }

    fn note_all(&mut self, text: &str, mentions: Vec<Mention>, otherwise: Assertion) {
        let assertions = Assertions::new(text, &words(text));
        for mention in &mentions {
            match assertions.at(mention.span.start) {
                Assertion::Affirmed => self.note(text, mention, otherwise),
                assertion => self.note(text, mention, assertion),
            }
        }
    }

    fn note(&mut self, text: &str, mention: &Mention, assertion: Assertion) {
        let skills = match assertion {
            Assertion::Affirmed => &mut self.had,
            Assertion::Desired => &mut self.wanted,
            Assertion::Negated => {
                self.denied.insert(mention.skill);
                return;
            }
        };
        if skills.iter().any(|(known, _)| *known == mention.skill) {
            return;
        }
        // As written, unless that means something else by itself.
        let written = &text[mention.span.clone()];
        let understood = self.lexicon.understand(written);
        let is_the_same = matches!(&understood.mentions[..], [only] if only.skill == mention.skill);
        let text = match is_the_same && understood.whole {
            true => written.to_owned(),
            false => self.lexicon.get(mention.skill).name.clone(),
        };
        skills.push((mention.skill, text));
    }
}
