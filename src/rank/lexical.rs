//! Lexical match: BM25 over the words of the projects, names folded to the lexicon's.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
//! Carries what vectors blur: names.

use std::collections::{BTreeMap, HashMap};

use super::claims::Words;
use super::view::{Place, View};
use crate::skills::{Lexicon, words};

const K1: f32 = 1.2;
const B: f32 = 0.6;

/// English words that carry no topic, sorted.
#[rustfmt::skip]
const STOP_WORDS: [&str; 116] = [
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "being", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each",
    "either", "for", "from", "get", "had", "has", "have", "having", "help", "here", "how", "i",
    "if", "in", "into", "is", "it", "its", "just", "like", "make", "many", "may", "me", "more",
    "most", "much", "my", "need", "new", "no", "not", "of", "on", "one", "only", "or", "other",
    "our", "out", "over", "own", "project", "projects", "should", "so", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "to", "too", "under", "until", "up", "us", "use", "used", "using", "very", "via", "want",
    "was", "way", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will",
    "with", "within", "work", "working", "would", "you", "your",
];

/// How often a word counts that stands in this place.
fn emphasis(place: Place) -> f32 {
    match place {
        Place::Title => 3.0,
        Place::Skill => 2.0,
        Place::Description | Place::Outcome => 1.0,
    }
}

/// An inverted index of the catalog's words.
#[derive(Debug)]
pub(crate) struct Lexical {
    /// Word to (project, weight): the saturated, length-normalised frequency times the word's rarity.
    postings: HashMap<String, Vec<(u32, f32)>>,
    /// Word to its rarity.
    rarity: HashMap<String, f32>,
    /// How many projects there are.
    projects: u32,
}

impl Lexical {
    pub(crate) fn new(views: &[View], lexicon: &Lexicon) -> Self {
        let documents: Vec<BTreeMap<String, f32>> =
            views.iter().map(|view| counts(view, lexicon)).collect();
        let lengths: Vec<f32> = documents.iter().map(|counts| counts.values().sum()).collect();
        let usage = Usage::new(&lengths);
        let mut frequencies: HashMap<&str, usize> = HashMap::new();
        for counts in &documents {
            for term in counts.keys() {
                *frequencies.entry(term).or_default() += 1;
            }
        }
        let rarity: HashMap<String, f32> = frequencies
            .iter()
            .map(|(term, holders)| ((*term).to_owned(), usage.rarity(*holders)))
            .collect();
        let mut postings: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        for (project, (counts, length)) in (0u32..).zip(documents.iter().zip(&lengths)) {
            for (term, times) in counts {
                let weight = usage.weight(rarity[term], *times, *length);
                postings.entry(term.clone()).or_default().push((project, weight));
            }
        }
        Self::of_postings(postings, rarity, views.len())
    }

    /// An inverted index of some words only: for each its projects, ascending, with its weights, and its rarity.
    pub(crate) fn of_postings(
        postings: HashMap<String, Vec<(u32, f32)>>,
        rarity: HashMap<String, f32>,
        projects: usize,
    ) -> Self {
        Self { postings, rarity, projects: projects as u32 }
    }

    /// Adds to `scores` (one a project) how well each matches `text`, and returns the most that could be had.
    pub(crate) fn score(&self, text: &str, lexicon: &Lexicon, scores: &mut [f32]) -> f32 {
        let mut most = 0.0;
        for term in terms(text, lexicon) {
            most += self.rarity.get(&term).copied().unwrap_or(0.0) * (K1 + 1.0);
            for (project, weight) in self.postings.get(&term).into_iter().flatten() {
                scores[*project as usize] += weight;
            }
        }
        most
    }

    /// The projects, by number, whose text has every one of these words that can carry a topic; none
    /// where there are no words at all.
    pub(crate) fn holders(&self, words: &[String]) -> Vec<u32> {
        if words.is_empty() {
            return Vec::new();
        }
        let mut holders: Option<Vec<u32>> = None;
        for word in words.iter().filter(|word| carries_topic(word)) {
            let of_word = self.postings.get(&stem(word)).map_or(&[][..], Vec::as_slice);
            let has_word = |project: &u32| {
                of_word.binary_search_by_key(project, |(holder, _)| *holder).is_ok()
            };
            match &mut holders {
                Some(holders) => holders.retain(has_word),
                None => holders = Some(of_word.iter().map(|(project, _)| *project).collect()),
            }
        }
        holders.unwrap_or_else(|| (0..self.projects).collect())
    }
}

/// How often each word stands in a project, by where it stands.
pub(crate) fn counts(view: &View, lexicon: &Lexicon) -> BTreeMap<String, f32> {
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    for part in &view.parts {
        for term in terms(&part.text, lexicon) {
            *counts.entry(term).or_default() += emphasis(part.place);
        }
    }
    counts
}

/// How a catalog uses words, as far as the weights of BM25 depend on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    projects: f32,
    /// The mean of the projects' lengths.
    mean: f32,
}

impl Usage {
    /// Of projects with so many words, each word counted by where it stands.
    pub(crate) fn new(lengths: &[f32]) -> Self {
        let mean = (lengths.iter().sum::<f32>() / lengths.len().max(1) as f32).max(1.0);
        Self { projects: lengths.len() as f32, mean }
    }

    /// The rarity of a word that so many projects use.
    pub(crate) fn rarity(self, holders: usize) -> f32 {
        let holders = holders as f32;
        (1.0 + (self.projects - holders + 0.5) / (holders + 0.5)).ln()
    }

    /// The weight of a word that stands so many times in a project of this length.
    pub(crate) fn weight(self, rarity: f32, times: f32, length: f32) -> f32 {
        let scale = K1 * (1.0 - B + B * length / self.mean);
        rarity * times * (K1 + 1.0) / (times + scale)
    }
}

/// The words by which something said is looked for: those of what is compared, and those of it as written.
pub(crate) fn looked_for(said: &Words, lexicon: &Lexicon) -> Vec<String> {
    let mut found = terms(&said.plain, lexicon);
    let written = words(&said.text).into_iter().filter(|word| carries_topic(&word.form));
    found.extend(written.map(|word| stem(&word.form)));
    found
}

/// The words by which a phrase is looked for that the lexicon does not know.
pub(crate) fn topic_words(said: &Words) -> Vec<String> {
    let topics = words(&said.text).into_iter().filter(|word| carries_topic(&word.form));
    topics.map(|word| stem(&word.form)).collect()
}

/// The words of a text that can carry a topic: stems, and the names of the lexicon as one word each.
fn terms(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let mentions = lexicon.mentions(text);
    let names = mentions.iter().map(|mention| format!("={}", mention.skill.0));
    let stems = words(text)
        .into_iter()
        .filter(|word| carries_topic(&word.form))
        .map(|word| stem(&word.form));
    names.chain(stems).collect()
}

/// Whether a folded word can carry a topic.
fn carries_topic(word: &str) -> bool {
    word.len() > 1 && STOP_WORDS.binary_search(&word).is_err()
}

/// A light stem: what plural, gerund and participle leave of a word.
fn stem(word: &str) -> String {
    let cut = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() >= 4);
    let stem = cut("ings")
        .or_else(|| cut("ing"))
        .or_else(|| cut("ies"))
        .or_else(|| cut("es"))
        .or_else(|| cut("ed"))
        .or_else(|| cut("s").filter(|stem| !stem.ends_with('s')))
        .or_else(|| cut("e"))
        .or_else(|| cut("y"))
        .unwrap_or(word);
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::view::Part;
    use std::collections::BTreeMap;

    fn view(text: &str) -> View {
        let part =
            Part { place: Place::Description, text: text.into(), line: 1, folded: String::new() };
        View {
            asked: vec![],
            spoken: BTreeMap::new(),
            home: vec![],
            own: vec![],
            org: String::new(),
            line: 1,
            parts: vec![part],
            whole: text.into(),
        }
    }

    #[test]
    fn projects_that_name_the_word_score_and_no_more_than_the_most() {
        let lexicon = Lexicon::builtin();
        let views = [view("a scheduler for batch queues"), view("documents and tutorials")];
        let index = Lexical::new(&views, lexicon);
        let mut scores = [0.0; 2];
        let most = index.score("schedulers", lexicon, &mut scores);
        assert!(scores[0] > 0.0 && scores[0] <= most);
        assert_eq!(scores[1], 0.0);
    }

    #[test]
    fn stop_words_are_sorted_as_the_search_needs_them() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn other_names_of_a_skill_match_it() {
        let lexicon = Lexicon::builtin();
        let views = [view("it is written in golang"), view("it is written in Rust")];
        let index = Lexical::new(&views, lexicon);
        let mut scores = [0.0; 2];
        index.score("the Go language", lexicon, &mut scores);
        assert!(scores[0] > scores[1]);
    }
}
