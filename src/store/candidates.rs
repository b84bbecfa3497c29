//! The best projects of very many for a mentee: a glance at all, words that vectors blur, and then the ranking itself.
//!
//! The glance finds what is near in meaning and what shares skills; the words find names that neither the model nor the
//! lexicon knows. What both have found is scored as it would be among all projects.

use std::sync::Arc;

use rayon::prelude::*;

use super::open::CatalogIndex;
use super::scan::Scan;
use crate::embed::{Embedder, Role};
use crate::error::Result;
use crate::index::{Coded, Query, Subset};
use crate::model::Mentee;
use crate::rank::claims::Words;
use crate::rank::ground::{Ground, phrase};
use crate::rank::lexical::{looked_for, topic_words};
use crate::rank::profile::{self, Profile};
use crate::rank::sketch::{Glance, Item, Worth};
use crate::rank::view::View;
use crate::rank::{Matcher, Weights};
use crate::skills::{Lexicon, SkillId};

/// Up to so many projects, all of them are scored.
const SCORE_ALL: usize = 1_000;
/// How many are scored of more, and how many are held for a second glance; at least.
const SCORED: usize = 256;
const HELD: usize = 2_048;
/// How many come by their words, and how many uses of words are looked at, the rarest first.
const BY_WORDS: usize = 32;
const MOST_USES: usize = 5_000;
/// Projects that one thread scores at a time.
const AT_ONCE: usize = 64;

/// A mentee who looks for projects in an index.
pub(super) struct Search<'a> {
    index: &'a CatalogIndex,
    embedder: Arc<dyn Embedder>,
    weights: Weights,
    /// What knows the catalog's skills, but no project.
    ground: Ground,
    profile: Profile<'a>,
    /// Of each claim.
    vectors: Vec<Vec<f32>>,
    /// The words to be looked for, each once.
    pub(super) words: Vec<String>,
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
        let lexicon = Lexicon::builtin();
        let said = profile::words_of(mentee, lexicon);
        let mut words: Vec<String> =
            said.iter().flat_map(|words| looked_for(words, lexicon)).collect();
        words.sort_unstable();
        words.dedup();
        let mut used = Vec::new();
        for words in said.iter().filter(|words| words.is_unknown_item()) {
            if index.is_used(words)? {
                used.push(phrase(words));
            }
        }
        let ground = Ground::bare(index.telling.clone(), embedder.as_ref()).knowing(used.clone());
        let scope = Arc::clone(&ground.all);
        let profile = profile::hear(mentee, &ground, &scope, embedder.as_ref(), None)?;
        let texts: Vec<&str> =
            profile.claims.iter().map(|claim| claim.said.words.plain.as_str()).collect();
        let vectors = embedder.embed(&texts, Role::Query)?;
        Ok(Self { index, embedder, weights, ground, profile, vectors, words, used })
    }

    /// The numbers of the `count` best projects of those that are `kept`, ascending.
    pub(super) fn best(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let projects = self.index.manifest().projects;
        let candidates: Vec<u32> = match kept {
            Some(kept) if kept.count() <= SCORE_ALL => kept.iter().collect(),
            None if projects <= SCORE_ALL => (0..projects as u32).collect(),
            _ => self.candidates(kept, count)?,
        };
        if candidates.len() <= count {
            return Ok(candidates);
        }
        let scored: Vec<Vec<(u32, f64)>> = candidates
            .par_chunks(AT_ONCE)
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

    fn score(&self, projects: &[u32]) -> Result<Vec<(u32, f64)>> {
        let mut vectors = Coded::new(self.embedder.dimensions());
        let numbers = projects.iter().map(|project| self.index.numbers(*project, &mut vectors));
        let mut views: Vec<View> = numbers.collect::<Result<_>>()?;
        let lexical = self.index.lexical(projects, &self.words);
        // Phrases are looked for in the text itself.
        for words in self.profile.claims.iter().map(|claim| &claim.said.words) {
            if words.is_unknown_item() {
                for place in lexical.holders(&crate::skills::words(&words.text)) {
                    views[place as usize] = self.index.text(projects[place as usize])?.1;
                }
            }
        }
        let telling = self.index.telling.clone();
        let calibration = self.embedder.calibration();
        let ground = Ground::assemble(views, vectors, telling, lexical, calibration);
        let embedder = Arc::clone(&self.embedder);
        let profile = self.profile.among(&ground, &self.vectors);
        let matcher = Matcher::assemble(Vec::new(), ground, embedder, self.weights);
        let scores = matcher.scores_of(&profile, &[]);
        Ok(scores.iter().map(|(place, score)| (projects[*place], *score)).collect())
    }

    fn candidates(&self, kept: Option<&Subset>, count: usize) -> Result<Vec<u32>> {
        let index = self.index;
        let (profile, vectors) = (&self.profile, &self.vectors);
        let dimensions = self.embedder.dimensions();
        let glance = Glance::new(profile, vectors, self.weights, &self.ground, dimensions);
        let worth = self.worth(&glance, vectors)?;
        let scan = Scan { sketches: &index.sketches, glance: &glance, worth: &worth, kept };
        let mut found = scan.best(SCORED.max(2 * count), HELD.max(8 * count));
        found.extend(self.by_words(kept));
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// What each distinct item is worth to the mentee.
    fn worth(&self, glance: &Glance, vectors: &[Vec<f32>]) -> Result<Vec<Worth>> {
        let sketches = &self.index.sketches;
        let (codes, scales) = sketches.item_vectors();
        let mut items = Coded::new(self.embedder.dimensions());
        if !items.extend(codes, scales.iter().copied()) {
            return Err(super::damaged("the vectors of the items are not all there"));
        }
        let (near, _) = self.ground.calibrations();
        let mut similar = vec![0.0f32; items.len() * vectors.len()];
        let mut cosines = vec![0.0f32; items.len()];
        for (claim, vector) in vectors.iter().enumerate() {
            items.cosines(0..items.len(), &Query::new(vector), &mut cosines);
            for (item, cosine) in cosines.iter().enumerate() {
                similar[item * vectors.len() + claim] = near.similarity(*cosine);
            }
        }
        let no_phrase = !self.profile.claims.iter().any(|c| c.said.words.is_unknown_item());
        let folded = if no_phrase { &[] } else { self.index.folded_items() };
        let mut skills: Vec<SkillId> = Vec::new();
        let worth = |item: usize| {
            skills.clear();
            skills.extend(sketches.skills(item));
            glance.worth(&Item {
                skills: &skills,
                folded: folded.get(item).map_or("", String::as_str),
                similar: similar.get(item * vectors.len()..).unwrap_or_default(),
            })
        };
        Ok((0..items.len()).map(worth).collect())
    }

    /// The projects that use most of the words, by BM25.
    fn by_words(&self, kept: Option<&Subset>) -> Vec<u32> {
        let index = self.index;
        let mut lists: Vec<(&[u32], &[f32])> =
            self.words.iter().map(|word| index.postings.word(word)).collect();
        lists.sort_by_key(|(projects, _)| projects.len());
        let lengths = index.table.lengths();
        let mut left = MOST_USES;
        let affordable = lists.into_iter().take_while(|(projects, _)| {
            let rest = left.checked_sub(projects.len());
            left = rest.unwrap_or(0);
            rest.is_some()
        });
        let uses = affordable.flat_map(|(projects, times)| {
            let rarity = index.usage.rarity(projects.len());
            projects.iter().zip(times).map(move |(project, times)| {
                let length = lengths.get(*project as usize).copied().unwrap_or(0.0);
                (*project, index.usage.weight(rarity, *times, length))
            })
        });
        let mut uses: Vec<(u32, f32)> =
            uses.filter(|(project, _)| kept.is_none_or(|kept| kept.contains(*project))).collect();
        most(&mut uses, BY_WORDS)
    }
}

impl CatalogIndex {
    /// Whether a phrase that the lexicon does not know stands in any project.
    fn is_used(&self, words: &Words) -> Result<bool> {
        let phrase = phrase(words);
        if self.folded_items().iter().any(|item| item.contains(&phrase)) {
            return Ok(true);
        }
        let mut lists: Vec<&[u32]> =
            topic_words(words).iter().map(|word| self.postings.word(word).0).collect();
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
    let better = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if sums.len() > count {
        sums.select_nth_unstable_by(count, better);
        sums.truncate(count);
    }
    sums.into_iter().map(|(project, _)| project).collect()
}
