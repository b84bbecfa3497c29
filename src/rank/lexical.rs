//! Lexical match: BM25 over the words of the projects, names folded to the lexicon's.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
//! Carries what vectors blur: names.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::claims::{ParsedText, TokenizedText};
use super::view::{Place, View};
use crate::skills::{Lexicon, SkillId, Word, words};

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

/// How often a word counts that stands in this place; not at all where it is none of the project's own.
fn emphasis(place: Place) -> Option<f32> {
    match place {
        Place::Title => Some(3.0),
        Place::Skill => Some(2.0),
        Place::Description | Place::Outcome => Some(1.0),
        Place::Organisation => None,
    }
}

/// An inverted index of the catalog's words.
#[derive(Debug)]
pub(crate) struct Lexical {
    terms: HashMap<String, Term>,
}

/// What is known of a word.
#[derive(Debug, Default)]
struct Term {
    idf: f32,
    /// The projects that use it, ascending, each with its weight: the saturated, length-normalised frequency times its
    /// idf.
    holders: Vec<(u32, f32)>,
}

impl Lexical {
    pub(crate) fn new(views: &[View], lexicon: &Lexicon) -> Self {
        let documents: Vec<BTreeMap<String, f32>> =
            views.iter().map(|view| counts(view, lexicon)).collect();
        let lengths: Vec<f32> = documents.iter().map(|counts| counts.values().sum()).collect();
        let bm25 = Bm25Stats::new(&lengths);
        let mut frequencies: HashMap<&str, usize> = HashMap::new();
        for counts in &documents {
            for term in counts.keys() {
                *frequencies.entry(term).or_default() += 1;
            }
        }
        let idf: HashMap<String, f32> = frequencies
            .iter()
            .map(|(term, holders)| ((*term).to_owned(), bm25.idf(*holders)))
            .collect();
        let mut postings: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        for (project, (counts, length)) in (0u32..).zip(documents.iter().zip(&lengths)) {
            for (term, times) in counts {
                let weight = bm25.weight(idf[term], *times, *length);
                postings.entry(term.clone()).or_default().push((project, weight));
            }
        }
        Self::of_postings(postings, idf)
    }

    /// An inverted index of some words only: for each its projects, ascending, with its weights, and its idf.
    pub(crate) fn of_postings(
        postings: HashMap<String, Vec<(u32, f32)>>,
        idf: HashMap<String, f32>,
    ) -> Self {
        let mut terms: HashMap<String, Term> = HashMap::with_capacity(idf.len());
        for (word, idf) in idf {
            terms.entry(word).or_default().idf = idf;
        }
        for (word, holders) in postings {
            terms.entry(word).or_default().holders = holders;
        }
        Self { terms }
    }

    /// Adds to `scores` (one a project) how well each matches a text, and returns the most that could be had.
    pub(crate) fn score(&self, text: &TokenizedText, scores: &mut [f32]) -> f32 {
        let mut most = 0.0;
        let mut add = |term: &str| {
            let Some(Term { idf, holders }) = self.terms.get(term) else { return };
            most += idf * (K1 + 1.0);
            for (project, weight) in holders {
                scores[*project as usize] += weight;
            }
        };
        let mut name = String::new();
        for mention in &text.mentions {
            name.clear();
            push_name(&mut name, mention.skill);
            add(&name);
        }
        stems(&text.words).for_each(add);
        most
    }

    /// The projects, by number, whose text has every one of these words that can carry a topic; none
    /// where no word can.
    pub(crate) fn holders(&self, words: &[Word]) -> Vec<u32> {
        let mut holders: Option<Vec<u32>> = None;
        for stem in stems(words) {
            let of_word = self.terms.get(stem).map_or(&[][..], |term| &term.holders);
            let has_word = |project: &u32| {
                of_word.binary_search_by_key(project, |(holder, _)| *holder).is_ok()
            };
            match &mut holders {
                Some(holders) => holders.retain(has_word),
                None => holders = Some(of_word.iter().map(|(project, _)| *project).collect()),
            }
        }
        holders.unwrap_or_default()
    }
}

/// How often each word stands in a project, by where it stands.
pub(crate) fn counts(view: &View, lexicon: &Lexicon) -> BTreeMap<String, f32> {
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    for part in &view.parts {
        let Some(emphasis) = emphasis(part.place) else { continue };
        for term in terms(&TokenizedText::new(&part.text, lexicon)) {
            *counts.entry(term).or_default() += emphasis;
        }
    }
    counts
}

/// What the weights of BM25 depend on beside the word and the project: the statistics of a whole catalog.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bm25Stats {
    projects: f32,
    /// The mean of the projects' lengths.
    mean: f32,
}

impl Bm25Stats {
    /// Of projects with so many words, each word counted by where it stands.
    pub(crate) fn new(lengths: &[f32]) -> Self {
        let mean = (lengths.iter().sum::<f32>() / lengths.len().max(1) as f32).max(1.0);
        Self { projects: lengths.len() as f32, mean }
    }

    /// Inverse document frequency of a word that `n` of all `N` projects use: `ln(1 + (N - n + 0.5) / (n + 0.5))`, from 0.
    pub(crate) fn idf(self, holders: usize) -> f32 {
        let holders = holders as f32;
        (1.0 + (self.projects - holders + 0.5) / (holders + 0.5)).ln()
    }

    /// The weight of a word that stands `times` in a project of this length (both counted by where words stand):
    /// `idf * times * (K1 + 1) / (times + K1 * (1 - B + B * length / mean))`, from 0 to `idf * (K1 + 1)`.
    pub(crate) fn weight(self, idf: f32, times: f32, length: f32) -> f32 {
        let scale = K1 * (1.0 - B + B * length / self.mean);
        idf * times * (K1 + 1.0) / (times + scale)
    }
}

/// The words by which something said is looked for: the tokens of what is compared, and those of it as written.
pub(crate) fn looked_for(said: &ParsedText, tokens: &TokenizedText) -> Vec<String> {
    let mut found = terms(tokens);
    found.extend(stems(&words(&said.text)).map(str::to_owned));
    found
}

/// The words by which a phrase is looked for that the lexicon does not know.
pub(crate) fn topic_words(said: &ParsedText) -> Vec<String> {
    stems(&words(&said.text)).map(str::to_owned).collect()
}

/// The words of a text that can carry a topic: stems, and the names of the lexicon as one word each.
fn terms(text: &TokenizedText) -> Vec<String> {
    let names = text.mentions.iter().map(|mention| {
        let mut name = String::new();
        push_name(&mut name, mention.skill);
        name
    });
    names.chain(stems(&text.words).map(str::to_owned)).collect()
}

/// A skill as a word of its own, which no text can hold.
fn push_name(name: &mut String, skill: SkillId) {
    // Writing to a string does not fail.
    let _ = write!(name, "={}", skill.0);
}

/// The stems of the words that can carry a topic.
fn stems(words: &[Word]) -> impl Iterator<Item = &str> {
    words.iter().map(|word| word.form.as_str()).filter(|word| carries_topic(word)).map(stem)
}

/// Whether a folded word can carry a topic.
fn carries_topic(word: &str) -> bool {
    word.len() > 1 && STOP_WORDS.binary_search(&word).is_err()
}

/// A light stem: what plural, gerund and participle leave of a word.
fn stem(word: &str) -> &str {
    let without = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() >= 4);
    without("ings")
        .or_else(|| without("ing"))
        .or_else(|| without("ies"))
        .or_else(|| without("es"))
        .or_else(|| without("ed"))
        .or_else(|| without("s").filter(|stem| !stem.ends_with('s')))
        .or_else(|| without("e"))
        .or_else(|| without("y"))
        .unwrap_or(word)
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
            mentioned: BTreeMap::new(),
            org_skills: vec![],
            own: vec![],
            org: String::new(),
            org_line: 1,
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
        let most = index.score(&TokenizedText::new("schedulers", lexicon), &mut scores);
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
        index.score(&TokenizedText::new("the Go language", lexicon), &mut scores);
        assert!(scores[0] > scores[1]);
    }
}
