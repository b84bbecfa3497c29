//! The words of an index: which of those looked for it has, and where projects use them.

use super::open::CatalogIndex;
use crate::error::Result;
use crate::rank::claims::ParsedText;
use crate::rank::corpus::phrase;
use crate::rank::lexical::{Lexical, topic_words};

/// A word that is looked for and that projects use.
pub(super) struct QueryTerm {
    word: String,
    pub(super) number: u32,
    idf: f32,
}

impl CatalogIndex {
    /// The words that any project uses, ascending by number.
    pub(super) fn query_terms(&self, words: &[String]) -> Vec<QueryTerm> {
        let terms = words.iter().filter_map(|word| {
            let number = self.postings.find(word)?;
            let idf = self.bm25.idf(self.postings.at(number).0.len());
            Some(QueryTerm { word: word.clone(), number: number as u32, idf })
        });
        let mut terms: Vec<QueryTerm> = terms.collect();
        terms.sort_unstable_by_key(|term| term.number);
        terms
    }

    /// How some projects use these words, as rare as they are in the whole catalog.
    pub(super) fn lexical(&self, chosen: &[u32], terms: &[QueryTerm]) -> Lexical {
        let mut uses: Vec<Vec<(u32, f32)>> = vec![Vec::new(); terms.len()];
        for (place, project) in (0u32..).zip(chosen) {
            let length = self.table.lengths().get(*project as usize).copied().unwrap_or(0.0);
            // Both lists ascend.
            let mut left = terms.iter().zip(&mut uses).peekable();
            for (number, times) in self.uses.of(*project) {
                while left.next_if(|(term, _)| term.number < number).is_some() {}
                if let Some((term, uses)) = left.next_if(|(term, _)| term.number == number) {
                    uses.push((place, self.bm25.weight(term.idf, times, length)));
                }
            }
        }
        let idf = terms.iter().map(|term| (term.word.clone(), term.idf)).collect();
        let words = terms.iter().map(|term| term.word.clone());
        Lexical::of_postings(words.zip(uses).collect(), idf)
    }

    /// Whether a phrase that the lexicon does not know stands in any project.
    pub(super) fn is_used(&self, words: &ParsedText) -> Result<bool> {
        let topics = topic_words(words);
        if topics.is_empty() {
            return Ok(false);
        }
        let phrase = phrase(words);
        if self.folded_items().iter().any(|item| item.contains(&phrase)) {
            return Ok(true);
        }
        let mut lists: Vec<&[u32]> = topics.iter().map(|word| self.postings.word(word).0).collect();
        lists.sort_by_key(|list| list.len());
        let Some((rarest, others)) = lists.split_first() else { return Ok(false) };
        let all = |project: &&u32| others.iter().all(|list| list.binary_search(project).is_ok());
        for project in rarest.iter().filter(all) {
            let (_, view) = self.text(*project)?;
            if view.parts.iter().any(|part| part.folded.contains(&phrase)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
