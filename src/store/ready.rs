//! From an open index to a catalog and a matcher: of all projects, or of the best for someone.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::candidates::Search;
use super::open::CatalogIndex;
use crate::embed::Embedder;
use crate::error::Result;
use crate::index::{Coded, Subset};
use crate::model::{Catalog, CatalogSource, Mentee};
use crate::rank::ground::Ground;
use crate::rank::lexical::Lexical;
use crate::rank::{Filter, Matcher, Weights};

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
        let words = words.map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        self.assemble(&all, words, Vec::new(), embedder, weights)
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
        self.check_model(embedder.as_ref())?;
        let search = Search::new(self, mentee, Arc::clone(&embedder), weights)?;
        let best = search.best(self.kept(filter).as_ref(), count)?;
        self.assemble(&best, search.words, search.used, embedder, weights)
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
        words: Vec<String>,
        used: Vec<String>,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        let manifest = self.manifest();
        let texts: Vec<_> = chosen
            .par_iter()
            .with_min_len(64)
            .map(|project| self.text(*project))
            .collect::<Result<_>>()?;
        let mut vectors = Coded::new(manifest.model.dimensions);
        for project in chosen {
            self.numbers(*project, &mut vectors)?;
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
        let lexical = self.lexical(chosen, &words);
        let telling = self.telling.clone();
        let ground = Ground::assemble(views, vectors, telling, lexical, embedder.calibration());
        let ids = catalog.projects.iter().map(|project| project.id.clone()).collect();
        let matcher = Matcher::assemble(ids, ground.knowing(used), embedder, weights);
        Ok(Ready { catalog, matcher })
    }

    /// How some projects use these words, as rare as they are in the whole catalog.
    pub(super) fn lexical(&self, chosen: &[u32], words: &[String]) -> Lexical {
        let known = words.iter().filter_map(|word| Some((word, self.postings.find(word)?)));
        let (mut postings, mut rarity) = (HashMap::new(), HashMap::new());
        for (word, number) in known {
            let rare = self.usage.rarity(self.postings.at(number).0.len());
            let uses = (0u32..).zip(chosen).filter_map(|(place, project)| {
                let times = self.uses.times(*project, number)?;
                let length = self.table.lengths().get(*project as usize)?;
                Some((place, self.usage.weight(rare, times, *length)))
            });
            postings.insert(word.clone(), uses.collect());
            rarity.insert(word.clone(), rare);
        }
        Lexical::of_postings(postings, rarity, chosen.len())
    }
}
