//! The best projects of very many for a mentee: those that `cascade` leaves, those that words lead to which vectors blur,
//! and then the ranking itself.
//!
//! Narrowing finds what is near in meaning and what shares skills; the words find names that neither the model nor the
//! lexicon knows. What they have found is scored as it would be among all projects.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::cascade::Cascade;
use super::error::damaged;
use super::open::CatalogIndex;
use super::scan::keep_first;
use super::words::QueryTerm;
use crate::embed::{Embedder, Role};
use crate::error::Result;
use crate::index::{Coded, Subset};
use crate::model::Mentee;
use crate::rank::claims::{ParsedText, TokenizedText};
use crate::rank::corpus::{Corpus, phrase};
use crate::rank::first_stage::CompiledQuery;
use crate::rank::lexical::looked_for;
use crate::rank::profile::{self, Profile};
use crate::rank::view::View;
use crate::rank::{Matcher, Part, Weights};

/// Up to so many projects, all of them are scored.
const SCORE_ALL: usize = 1_000;
/// The share of the score up to which single words and how hard a project is may count without being looked for; above,
/// all projects are scored.
const UNSEEN: f64 = 0.15;
/// How many come by their words, at least, and how many uses of words are looked at, the rarest first.
const BY_WORDS: usize = 16;
const MOST_USES: usize = 5_000;
/// Vectors that most projects have no more of.
const PARTS: usize = 32;
/// A thread scores at least, and at most, so many projects at a time: their vectors are in memory together.
const AT_ONCE: usize = 16;
const AT_MOST: usize = 1_024;

/// A mentee who looks for projects in an index.
pub(super) struct Search<'a> {
    index: &'a CatalogIndex,
    embedder: Arc<dyn Embedder>,
    weights: Weights,
    /// What knows the catalog's skills, but no project.
    corpus: Corpus,
    pub(super) profile: Profile<'a>,
    /// Of each claim.
    vectors: Vec<Vec<f32>>,
    /// What of each is compared with texts.
    tokens: Vec<TokenizedText>,
    /// The words to be looked for, each once.
    pub(super) terms: Vec<QueryTerm>,
    /// Phrases that the lexicon does not know and projects use.
    pub(super) used: Vec<String>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        index: &'a CatalogIndex,
        mentee: &'a Mentee,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Self> {
        let corpus = Corpus::bare(index.specificity.clone(), embedder.as_ref());
        let scope = Arc::clone(&corpus.all);
        let mut profile = profile::parse(mentee, &corpus, &scope, embedder.as_ref(), None)?;
        let said = || profile.claims.iter().map(|claim| claim.statement.words.as_ref());
        let mut used = Vec::new();
        for words in said().filter(|words| words.is_unknown_item()) {
            if index.is_used(words)? {
                used.push(phrase(words));
            }
        }
        let texts: Vec<&str> = said().map(|words| words.plain.as_str()).collect();
        let vectors = embedder.vectors(&texts, Role::Query)?;
        let tokens: Vec<TokenizedText> =
            texts.iter().map(|text| TokenizedText::new(text, corpus.lexicon)).collect();
        let mut words: Vec<String> =
            said().zip(&tokens).flat_map(|(words, tokens)| looked_for(words, tokens)).collect();
        words.sort_unstable();
        words.dedup();
        let corpus = corpus.with_known(used.clone());
        profile.reweigh(&corpus);
        let terms = index.query_terms(&words);
        Ok(Self { index, embedder, weights, corpus, profile, vectors, tokens, terms, used })
    }

    /// The numbers of the `count` best projects of those that are `kept`, ascending.
    pub(super) fn best(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let projects = self.index.manifest().projects;
        let count = count.min(projects);
        let are_few = kept.map_or(projects, Subset::count) <= SCORE_ALL;
        let candidates: Vec<u32> = match kept {
            _ if !are_few && !self.is_blind() => self.candidates(kept, count)?,
            Some(kept) => kept.iter().collect(),
            None => (0..projects as u32).collect(),
        };
        if candidates.len() <= count {
            return Ok(candidates);
        }
        let at_once = candidates.len().div_ceil(rayon::current_num_threads());
        let at_once = at_once.clamp(AT_ONCE, AT_MOST);
        let scored: Vec<Vec<(u32, f64)>> = candidates
            .par_chunks(at_once)
            .map(|projects| self.score(projects))
            .collect::<Result<_>>()?;
        let mut scored = scored.concat();
        scored.sort_unstable_by(|(one, of_one), (other, of_other)| {
            let id = |project: &u32| self.index.table.id(*project);
            of_other.total_cmp(of_one).then_with(|| id(one).cmp(id(other)))
        });
        let mut best: Vec<u32> = scored.iter().take(count).map(|(project, _)| *project).collect();
        best.sort_unstable();
        Ok(best)
    }

    /// Whether too little of the score is made of what narrowing sees.
    fn is_blind(&self) -> bool {
        let shares = self.weights.shares(self.profile.level.is_some());
        shares[Part::Lexical as usize] + shares[Part::Level as usize] > UNSEEN
    }

    /// Ranks what was found without understanding the same mentee again.
    pub(super) fn warm_up(&self, matcher: &Matcher) {
        matcher.remember(|corpus| self.profile.among(corpus, &self.vectors, &self.tokens));
    }

    /// The scores of some projects, as all of them are scored.
    pub(super) fn score(&self, projects: &[u32]) -> Result<Vec<(u32, f64)>> {
        let rows = PARTS * projects.len();
        let mut vectors = Coded::with_capacity(self.embedder.dimensions(), rows);
        let numbers = projects.iter().map(|project| self.index.numbers(*project, &mut vectors));
        let mut views: Vec<View> = numbers.collect::<Result<_>>()?;
        let lexical = self.index.lexical(projects, &self.terms);
        // Phrases are looked for in the text itself.
        for words in self.profile.claims.iter().map(|claim| &claim.statement.words) {
            if words.is_phrase() {
                for place in lexical.holders(&crate::skills::words(&words.text)) {
                    let text = self.index.text(projects[place as usize])?.1;
                    let view = &mut views[place as usize];
                    if text.parts.len() != view.parts.len() {
                        return Err(damaged("a project's text has other parts than its numbers"));
                    }
                    *view = text;
                }
            }
        }
        let specificity = self.index.specificity.clone();
        let calibration = self.embedder.calibration();
        let corpus = Corpus::assemble(views, vectors, specificity, lexical, calibration);
        let embedder = Arc::clone(&self.embedder);
        let profile = self.profile.among(&corpus, &self.vectors, &self.tokens);
        let matcher = Matcher::assemble(Vec::new(), corpus, embedder, self.weights);
        let scores = matcher.scores_of(&profile, &[]);
        Ok(scores.iter().map(|(place, score)| (projects[*place], *score)).collect())
    }

    /// Those that may be among the best, ascending.
    fn candidates(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let narrow = || self.cascade().best(kept, count);
        let by_words = || self.by_words(kept, BY_WORDS.max(count));
        let (narrowed, mut found) = rayon::join(narrow, by_words);
        found.extend(narrowed?);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    pub(super) fn cascade(&self) -> Cascade<'a> {
        let dimensions = self.embedder.dimensions();
        let compiled = CompiledQuery::new(
            &self.profile,
            &self.vectors,
            self.weights,
            &self.corpus,
            dimensions,
        );
        let claims = self.profile.claims.iter();
        let said: Vec<&ParsedText> = claims.map(|claim| claim.statement.words.as_ref()).collect();
        Cascade::new(self.index, compiled, &self.vectors, &said, self.corpus.calibrations())
    }

    /// The `count` projects that use most of the words, by BM25.
    fn by_words(&self, kept: Option<&Subset>, count: usize) -> Vec<u32> {
        let index = self.index;
        let mut lists: Vec<(&[u32], &[f32])> =
            self.terms.iter().map(|term| index.postings.at(term.number as usize)).collect();
        lists.sort_by_key(|(projects, _)| projects.len());
        let lengths = index.table.lengths();
        let mut left = MOST_USES;
        let affordable = lists.into_iter().take_while(|(projects, _)| {
            let rest = left.checked_sub(projects.len());
            left = rest.unwrap_or(0);
            rest.is_some()
        });
        let uses = affordable.flat_map(|(projects, times)| {
            let idf = index.bm25.idf(projects.len());
            projects.iter().zip(times).map(move |(project, times)| {
                let length = lengths.get(*project as usize).copied().unwrap_or(0.0);
                (*project, index.bm25.weight(idf, *times, length))
            })
        });
        let mut uses: Vec<(u32, f32)> =
            uses.filter(|(project, _)| kept.is_none_or(|kept| kept.contains(*project))).collect();
        most(&mut uses, count)
    }
}

/// The `count` projects with the largest sums.
fn most(uses: &mut [(u32, f32)], count: usize) -> Vec<u32> {
    uses.sort_by_key(|(project, _)| *project);
    let mut sums: Vec<(u32, f32)> = Vec::new();
    for (project, weight) in uses {
        match sums.last_mut() {
            Some((last, sum)) if last == project => *sum += *weight,
            _ => sums.push((*project, *weight)),
        }
    }
    keep_first(&mut sums, count, descending);
    sums.into_iter().map(|(project, _)| project).collect()
}

/// The larger first; of equals the one with the smaller number.
fn descending(a: &(u32, f32), b: &(u32, f32)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}
