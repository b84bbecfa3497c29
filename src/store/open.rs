//! An index that is open: checked, mapped, and made into a catalog and a matcher for whom it is asked for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::manifest::{FileEntry, Manifest};
use super::records::{self, Record, digest};
use super::sections::Sections;
use super::tables::{Postings, Table};
use super::{build, candidates, damaged};
use crate::embed::{Embedder, Role};
use crate::error::Result;
use crate::index::{Bytes, Subset, VectorIndex};
use crate::model::{Catalog, CatalogSource, Mentee};
use crate::rank::claims::Words;
use crate::rank::ground::Ground;
use crate::rank::lexical::{Lexical, Usage, looked_for};
use crate::rank::profile::words_of;
use crate::rank::telling::Telling;
use crate::rank::{Filter, Matcher, Weights};
use crate::skills::Lexicon;

/// Up to so many projects, all of them are ranked: choosing some first would save nothing.
const RANK_ALL: usize = 2_000;

/// An index of a catalog, open.
#[derive(Debug)]
pub struct CatalogIndex {
    folder: PathBuf,
    manifest: Manifest,
    pub(super) table: Table,
    pub(super) postings: Postings,
    pub(super) vectors: VectorIndex,
    projects: Bytes,
    /// How the catalog uses words.
    pub(super) usage: Usage,
}

/// Projects of an index ready to be matched: all of them, or those that may be the best for someone.
pub struct Ready {
    /// The projects, in the order of the whole catalog.
    pub catalog: Catalog,
    /// Ranks them as it would among all.
    pub matcher: Matcher,
}

impl CatalogIndex {
    /// Opens the index in `folder`. Everything is compared with its digest, the projects' own texts and vectors when
    /// they are read.
    ///
    /// # Errors
    ///
    /// There is no index, or one of another format version, made with another lexicon, or damaged.
    pub fn open(folder: &Path) -> Result<Self> {
        let manifest = Manifest::read(folder)?;
        if manifest.lexicon != Lexicon::digest().to_hex().as_str() {
            return Err(
                damaged("the index was built with another lexicon of skills").at_path(folder)
            );
        }
        let map = |kind: &str| -> Result<(Bytes, PathBuf, &FileEntry)> {
            let entry = manifest.file(kind)?;
            let path = folder.join(&entry.name);
            let bytes = Bytes::mapped(&path)?;
            if bytes.len() as u64 != entry.bytes {
                let wrong =
                    format!("the file has {} bytes and should have {}", bytes.len(), entry.bytes);
                return Err(damaged(wrong).at_path(&path));
            }
            Ok((bytes, path, entry))
        };
        let whole = |kind: &str| -> Result<(Bytes, PathBuf)> {
            let (bytes, path, entry) = map(kind)?;
            if hash(&bytes).to_hex().as_str() != entry.digest {
                return Err(
                    damaged("the file is damaged: its digest does not match").at_path(&path)
                );
            }
            Ok((bytes, path))
        };
        let (bytes, path) = whole(build::TABLE)?;
        let table = Table::new(Sections::open(bytes, &path, Table::ARRAYS)?)?;
        let (bytes, path) = whole(build::WORDS)?;
        let postings = Postings(Sections::open(bytes, &path, Postings::ARRAYS)?);
        let vectors = VectorIndex::open(&folder.join(&manifest.file(build::VECTORS)?.name))?;
        let (projects, ..) = map(build::PROJECTS)?;
        let counts = [table.len(), vectors.len(), table.facts().len(), table.lengths().len()];
        if counts.iter().any(|count| *count != manifest.projects) {
            return Err(damaged("the files of the index contradict each other").at_path(folder));
        }
        let usage = Usage::new(table.lengths());
        Ok(Self { folder: folder.to_owned(), manifest, table, postings, vectors, projects, usage })
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Whether its texts were embedded by this model.
    ///
    /// # Errors
    ///
    /// They were not; or the model cannot be run.
    pub fn check_model(&self, embedder: &dyn Embedder) -> Result<()> {
        let (own, asked) = (&self.manifest.model, build::model_entry(embedder)?);
        if *own == asked {
            return Ok(());
        }
        let version = if own.id == asked.id { ", in another version" } else { "" };
        let wrong = format!(
            "the index was built with the model {}{version}, not with {}",
            own.id, asked.id
        );
        Err(damaged(wrong).at_path(&self.folder))
    }

    /// Compares every project with its digest, which otherwise happens as they are read.
    ///
    /// # Errors
    ///
    /// One is damaged.
    pub fn check_projects(&self) -> Result<()> {
        (0..self.table.len() as u32)
            .into_par_iter()
            .try_for_each(|project| self.record_bytes(project).map(|_| ()))
    }

    /// All projects, ready to be matched with anyone.
    ///
    /// # Errors
    ///
    /// As [`Self::check_model`]; or a project is damaged.
    pub fn ready(&self, embedder: Arc<dyn Embedder>, weights: Weights) -> Result<Ready> {
        self.check_model(embedder.as_ref())?;
        let all: Vec<u32> = (0..self.manifest.projects as u32).collect();
        // Whatever is said later, every word of theirs may be looked for.
        let mut words: Vec<String> = Vec::new();
        for project in &all {
            words.extend(self.table.words(*project)?.into_keys());
        }
        self.assemble(&all, words, embedder, weights)
    }

    /// The projects that may be among the best for a mentee, of those that `filter` lets through.
    ///
    /// # Errors
    ///
    /// As [`Self::ready`].
    pub fn ready_for(
        &self,
        mentee: &Mentee,
        filter: &Filter,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        self.check_model(embedder.as_ref())?;
        let kept = self.kept(filter);
        if kept.as_ref().map_or(self.manifest.projects, Subset::count) > RANK_ALL {
            return self.choose_for(mentee, filter, embedder, weights);
        }
        let said = words_of(mentee, Lexicon::builtin());
        let chosen: Vec<u32> = match &kept {
            Some(kept) => kept.iter().collect(),
            None => (0..self.manifest.projects as u32).collect(),
        };
        self.assemble(&chosen, words_looked_for(&said), embedder, weights)
    }

    /// The same for any number of projects.
    pub(super) fn choose_for(
        &self,
        mentee: &Mentee,
        filter: &Filter,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        let said = words_of(mentee, Lexicon::builtin());
        let texts: Vec<&str> = said.iter().map(|words| words.plain.as_str()).collect();
        let vectors = embedder.embed(&texts, Role::Query)?;
        let chosen = candidates::choose(self, &said, &vectors, self.kept(filter).as_ref())?;
        self.assemble(&chosen, words_looked_for(&said), embedder, weights)
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

    /// Reads some projects (ascending) and makes them ready for these words to be looked for in them.
    fn assemble(
        &self,
        chosen: &[u32],
        mut words: Vec<String>,
        embedder: Arc<dyn Embedder>,
        weights: Weights,
    ) -> Result<Ready> {
        let records: Vec<Record> = chosen
            .par_iter()
            .with_min_len(64)
            .map(|project| self.record(*project))
            .collect::<Result<_>>()?;
        let (mut postings, mut rarity) = (HashMap::new(), HashMap::new());
        words.sort_unstable();
        words.dedup();
        for word in words {
            let (projects, times) = self.postings.word(&word);
            if projects.is_empty() {
                continue;
            }
            let rare = self.usage.rarity(projects.len());
            postings.insert(word.clone(), self.among(chosen, projects, times, rare));
            rarity.insert(word, rare);
        }
        let lexicon = Lexicon::builtin();
        let asked_by: Vec<usize> =
            lexicon.iter().map(|(skill, _)| self.postings.asked(skill).len()).collect();
        let telling = Telling::of_counts(self.manifest.projects, &asked_by, lexicon);
        let lexical = Lexical::of_postings(postings, rarity, chosen.len());
        let mut catalog = Catalog {
            sources: self
                .manifest
                .sources
                .iter()
                .map(|source| CatalogSource {
                    path: source.path.clone(),
                    projects: source.projects,
                })
                .collect(),
            ..Catalog::default()
        };
        let (mut views, mut vectors) = (Vec::new(), Vec::new());
        for record in records {
            catalog.projects.push(record.project);
            views.push(record.view);
            vectors.push(record.vectors);
        }
        let ground = Ground::assemble(views, vectors, telling, lexical, embedder.calibration());
        let matcher = Matcher::assemble(&catalog, ground, embedder, weights);
        Ok(Ready { catalog, matcher })
    }

    /// Of the projects that use a word, those that were chosen: their places among these, and the word's weights.
    fn among(
        &self,
        chosen: &[u32],
        projects: &[u32],
        times: &[f32],
        rarity: f32,
    ) -> Vec<(u32, f32)> {
        let lengths = self.table.lengths();
        let mut from = 0;
        let mut found = Vec::new();
        for (place, project) in (0u32..).zip(chosen) {
            from += projects[from..].partition_point(|other| other < project);
            if projects.get(from) == Some(project) {
                let times = times.get(from).copied().unwrap_or(0.0);
                let length = lengths.get(*project as usize).copied().unwrap_or(0.0);
                found.push((place, self.usage.weight(rarity, times, length)));
            }
        }
        found
    }

    /// Reads a project.
    pub(super) fn record(&self, project: u32) -> Result<Record> {
        records::read(self.record_bytes(project)?, self.manifest.model.dimensions)
    }

    /// The bytes of a project's record, compared with their digest.
    pub(super) fn record_bytes(&self, project: u32) -> Result<&[u8]> {
        let wrong =
            || damaged(format!("project {project} of the index is damaged")).at_path(&self.folder);
        let (range, expected) = self.table.record(project).ok_or_else(wrong)?;
        let bytes = self.projects.get(range).ok_or_else(wrong)?;
        if digest(bytes) != expected { Err(wrong()) } else { Ok(bytes) }
    }
}

fn words_looked_for(said: &[Words]) -> Vec<String> {
    said.iter().flat_map(|said| looked_for(said, Lexicon::builtin())).collect()
}

/// The digest of a file, by all processors.
pub(super) fn hash(bytes: &[u8]) -> blake3::Hash {
    blake3::Hasher::new().update_rayon(bytes).finalize()
}
