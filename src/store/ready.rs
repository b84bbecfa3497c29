//! From an open index to a catalog and a matcher: of all projects, or of the best for someone.

use std::sync::Arc;

use rayon::prelude::*;

use super::candidates::Search;
use super::error::damaged;
use super::open::CatalogIndex;
use super::words::QueryTerm;
use crate::embed::Embedder;
use crate::error::Result;
use crate::index::{Coded, Subset};
use crate::model::{Catalog, CatalogSource, Mentee};
use crate::rank::corpus::Corpus;
use crate::rank::{Filter, Matcher, Weights};

/// Texts that a thread reads at a time.
const TEXTS_AT_ONCE: usize = 4;

/// Projects of an index ready to be matched: all of them, or the best for someone.
pub struct Ready {
    /// The projects, in the order of the whole catalog.
    pub catalog: Catalog,
    /// Ranks them as it would among all.
    pub matcher: Matcher,
}

impl CatalogIndex {
    /// All projects, ready to be matched with anyone.
    ///
    /// # Errors
    ///
    /// As [`Self::check_model`]; or a project is damaged.
    pub fn ready(&self, embedder: Arc<dyn Embedder>, weights: Weights) -> Result<Ready> {
        self.check_model(embedder.as_ref())?;
        let all: Vec<u32> = (0..self.manifest().projects as u32).collect();
        // Whatever is said later, any word may be looked for.
        let words = (0..self.postings.words()).map(|number| self.postings.name(number));
        let words: Vec<String> =
            words.map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        self.assemble(&all, &self.query_terms(&words), Vec::new(), embedder, weights)
    }

    /// The `count` best projects for a mentee, of those that `filter` lets through.
    ///
    /// # Errors
    ///
    /// As [`Self::ready`].
    pub fn ready_for(
        &self,
        mentee: &Mentee,
        filter: &Filter,
        count: usize,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        // Enter the thread pool once, instead of at every parallel call.
        rayon::scope(|_| self.ready_for_here(mentee, filter, count, embedder, weights))
    }

    fn ready_for_here(
        &self,
        mentee: &Mentee,
        filter: &Filter,
        count: usize,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        self.check_model(embedder.as_ref())?;
        let search = Search::new(self, mentee, Arc::clone(&embedder), weights)?;
        let best = search.best(self.kept(filter).as_ref(), count)?;
        let ready = self.assemble(&best, &search.terms, search.used.clone(), embedder, weights)?;
        search.warm_up(&ready.matcher);
        Ok(ready)
    }

    /// The projects that a filter lets through; `None` where that is all.
    fn kept(&self, filter: &Filter) -> Option<Subset> {
        if *filter == Filter::default() {
            return None;
        }
        let lets_through: Vec<bool> = self
            .table
            .distinct
            .iter()
            .map(|(org, term, maturity)| {
                filter.lets_through(org.as_deref(), term.as_deref(), *maturity)
            })
            .collect();
        let facts = self.table.facts();
        let keep =
            |project: usize| lets_through.get(facts[project] as usize).copied().unwrap_or(false);
        Some(Subset::from_fn(facts.len(), keep))
    }

    /// Reads some projects (ascending) and makes them ready for these words to be looked for in them. Of phrases that
    /// the lexicon does not know, `used` are those that stand in any project of the index.
    fn assemble(
        &self,
        chosen: &[u32],
        words: &[QueryTerm],
        used: Vec<String>,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        let manifest = self.manifest();
        let texts = || {
            let texts = chosen.par_iter().with_min_len(TEXTS_AT_ONCE);
            texts.map(|project| self.text(*project)).collect::<Result<Vec<_>>>()
        };
        let vectors = || -> Result<Coded> {
            let mut vectors = Coded::new(manifest.model.dimensions);
            let mut read = chosen.iter().map(|project| self.numbers(*project, &mut vectors));
            read.try_for_each(|numbers| numbers.map(|_| ()))?;
            Ok(vectors)
        };
        let (texts, vectors) = rayon::join(texts, vectors);
        let (texts, vectors) = (texts?, vectors?);
        if vectors.len() != texts.iter().map(|(_, view)| view.parts.len() + 1).sum::<usize>() {
            return Err(damaged("texts of the index and their vectors contradict each other"));
        }
        let sources = manifest.sources.iter();
        let sources = sources
            .map(|source| CatalogSource { path: source.path.clone(), projects: source.projects });
        let mut catalog = Catalog { sources: sources.collect(), ..Catalog::default() };
        let mut views = Vec::with_capacity(texts.len());
        for (project, view) in texts {
            catalog.projects.push(project);
            views.push(view);
        }
        let lexical = self.lexical(chosen, words);
        let specificity = self.specificity.clone();
        let corpus = Corpus::assemble(views, vectors, specificity, lexical, embedder.calibration());
        let ids = catalog.projects.iter().map(|project| project.id.clone()).collect();
        let matcher = Matcher::assemble(ids, corpus.with_known(used), embedder, weights);
        Ok(Ready { catalog, matcher })
    }
}
