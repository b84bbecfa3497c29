//! Which project uses which words, in both directions, and how many ask for a skill.

use std::collections::{BTreeSet, HashMap};

use super::sections::{Sections, arrays, compose, from_zero};
use crate::skills::SkillId;

/// A word by its number, and how often it is used.
pub(super) type Use = (u32, f32);

arrays! {
    /// The arrays of the file from words to projects.
    pub(super) enum ByWord {
        /// Where each word begins, in their order, and the words.
        WordStarts,
        ParsedText,
        /// Where the uses of each word begin: the projects, and how often each uses it.
        UseStarts,
        Projects,
        Times,
        /// Of each skill of the lexicon, how many projects ask for it.
        Asked,
    }
}

arrays! {
    /// The arrays of the file from projects to words.
    pub(super) enum ByProject {
        /// Where the uses of each project begin: the words, and how often it uses each.
        Starts,
        ParsedText,
        Times,
    }
}

/// Collects the words of projects, and writes both files.
#[derive(Debug)]
pub(super) struct PostingsWriter {
    numbers: HashMap<String, u32>,
    /// The uses of all projects, one after the other, words numbered as they came.
    uses: Vec<Use>,
    ends: Vec<u64>,
    /// Of each skill of the lexicon, how many projects ask for it.
    asked: Vec<u32>,
}

impl PostingsWriter {
    pub(super) fn new(skills: usize) -> Self {
        Self { numbers: HashMap::new(), uses: Vec::new(), ends: Vec::new(), asked: vec![0; skills] }
    }

    /// The number of a word.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = self.numbers.len() as u32;
                self.numbers.insert(word.to_owned(), next);
                next
            }
        }
    }

    /// Adds the next project: its words, and the skills it asks for.
    pub(super) fn push(&mut self, uses: impl IntoIterator<Item = Use>, asked: &BTreeSet<SkillId>) {
        self.uses.extend(uses);
        self.ends.push(self.uses.len() as u64);
        asked.iter().for_each(|skill| self.asked[usize::from(skill.0)] += 1);
    }

    /// The files of both directions: from words to projects, and from projects to words.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        let mut words: Vec<(String, u32)> = std::mem::take(&mut self.numbers).into_iter().collect();
        words.sort_unstable();
        let mut sorted = vec![0u32; words.len()];
        for (place, (_, number)) in (0u32..).zip(&words) {
            sorted[*number as usize] = place;
        }
        let mut start = 0;
        for end in &self.ends {
            let of_project = &mut self.uses[start..*end as usize];
            of_project.iter_mut().for_each(|(word, _)| *word = sorted[*word as usize]);
            of_project.sort_unstable_by_key(|(word, _)| *word);
            start = *end as usize;
        }
        let (inverted, forward) = (self.invert(words), self.forward());
        (inverted, forward)
    }

    fn invert(&self, words: Vec<(String, u32)>) -> Vec<u8> {
        let (mut word_ends, mut text) = (Vec::new(), Vec::new());
        let mut ends = vec![0u64; words.len()];
        self.uses.iter().for_each(|(word, _)| ends[*word as usize] += 1);
        let mut next = Vec::with_capacity(words.len());
        let mut end = 0;
        for ((word, _), count) in words.iter().zip(&mut ends) {
            text.extend(word.as_bytes());
            word_ends.push(text.len() as u64);
            next.push(end as usize);
            end += *count;
            *count = end;
        }
        let (mut projects, mut times) =
            (vec![0u32; self.uses.len()], vec![0.0f32; self.uses.len()]);
        let mut start = 0;
        for (project, end) in (0u32..).zip(&self.ends) {
            for (word, count) in &self.uses[start..*end as usize] {
                let place = &mut next[*word as usize];
                (projects[*place], times[*place]) = (project, *count);
                *place += 1;
            }
            start = *end as usize;
        }
        compose([
            (ByWord::WordStarts, bytemuck::cast_slice(&from_zero(&word_ends))),
            (ByWord::ParsedText, &text),
            (ByWord::UseStarts, bytemuck::cast_slice(&from_zero(&ends))),
            (ByWord::Projects, bytemuck::cast_slice(&projects)),
            (ByWord::Times, bytemuck::cast_slice(&times)),
            (ByWord::Asked, bytemuck::cast_slice(&self.asked)),
        ])
    }

    fn forward(&self) -> Vec<u8> {
        let (words, times): (Vec<u32>, Vec<f32>) = self.uses.iter().copied().unzip();
        compose([
            (ByProject::Starts, bytemuck::cast_slice(&from_zero(&self.ends))),
            (ByProject::ParsedText, bytemuck::cast_slice(&words)),
            (ByProject::Times, bytemuck::cast_slice(&times)),
        ])
    }
}

/// From words to the projects that use them, ascending, and how many projects ask for each skill.
#[derive(Debug)]
pub(super) struct Postings(pub(super) Sections<ByWord>);

impl Postings {
    /// How many words there are.
    pub(super) fn words(&self) -> usize {
        self.0.get::<u64>(ByWord::WordStarts).len().saturating_sub(1)
    }

    /// A word by its number.
    pub(super) fn name(&self, number: usize) -> &[u8] {
        self.0.part(ByWord::WordStarts, ByWord::ParsedText, number)
    }

    /// The number of a word; `None` where no project uses it.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.words());
        while low < high {
            let middle = low.midpoint(high);
            match self.name(middle).cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The projects that use the word of this number, and how often it stands in each.
    pub(super) fn at(&self, number: usize) -> (&[u32], &[f32]) {
        let projects = self.0.part(ByWord::UseStarts, ByWord::Projects, number);
        (projects, self.0.part(ByWord::UseStarts, ByWord::Times, number))
    }

    /// The projects that use a word, and how often it stands in each.
    pub(super) fn word(&self, word: &str) -> (&[u32], &[f32]) {
        self.find(word).map_or((&[], &[]), |number| self.at(number))
    }

    /// Of each skill of the lexicon, how many projects ask for it.
    pub(super) fn asked(&self) -> &[u32] {
        self.0.get(ByWord::Asked)
    }
}

/// Which words each project uses.
#[derive(Debug)]
pub(super) struct Uses(pub(super) Sections<ByProject>);

impl Uses {
    /// The words of a project by their numbers, ascending, and how often each is used.
    pub(super) fn of(&self, project: u32) -> impl Iterator<Item = Use> + '_ {
        let words: &[u32] = self.0.part(ByProject::Starts, ByProject::ParsedText, project as usize);
        let times: &[f32] = self.0.part(ByProject::Starts, ByProject::Times, project as usize);
        words.iter().copied().zip(times.iter().copied())
    }
}
