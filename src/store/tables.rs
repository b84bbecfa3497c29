//! What is known of all projects without reading any: where each lies, what it is filtered by, and who uses a word or
//! asks for a skill.

use std::collections::BTreeMap;

use super::records::{Digest, from_bytes, to_bytes};
use super::sections::{Sections, compose};
use crate::error::Result;
use crate::model::Maturity;
use crate::skills::SkillId;

/// What projects are filtered by.
pub(super) type Facts = (Option<String>, Option<String>, Option<Maturity>);

/// The table in the making.
#[derive(Debug, Default)]
pub(super) struct TableWriter {
    /// Where each project ends in the file of projects.
    offsets: Vec<u64>,
    records: Vec<Digest>,
    projects: Vec<Digest>,
    texts: Vec<Digest>,
    facts: Vec<u32>,
    distinct: BTreeMap<Facts, u32>,
    lengths: Vec<f32>,
    id_ends: Vec<u64>,
    ids: Vec<u8>,
    words: Vec<u8>,
    word_ends: Vec<u64>,
}

/// One row of it.
pub(super) struct Row<'a> {
    /// Where its record ends.
    pub(super) end: u64,
    /// The digests of the record, of the project as the catalog gives it, and of its texts.
    pub(super) record: Digest,
    pub(super) project: Digest,
    pub(super) texts: Digest,
    pub(super) facts: Facts,
    pub(super) id: &'a str,
    /// Its words and how often each stands in it.
    pub(super) words: &'a BTreeMap<String, f32>,
}

impl TableWriter {
    pub(super) fn push(&mut self, row: Row<'_>) -> Result<()> {
        self.offsets.push(row.end);
        self.records.push(row.record);
        self.projects.push(row.project);
        self.texts.push(row.texts);
        let next = self.distinct.len() as u32;
        self.facts.push(*self.distinct.entry(row.facts).or_insert(next));
        self.lengths.push(row.words.values().sum());
        self.ids.extend(row.id.as_bytes());
        self.id_ends.push(self.ids.len() as u64);
        self.words.extend(to_bytes(row.words)?);
        self.word_ends.push(self.words.len() as u64);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Vec<u8>> {
        let mut distinct: Vec<(u32, Facts)> =
            self.distinct.into_iter().map(|(f, n)| (n, f)).collect();
        distinct.sort_unstable_by_key(|(number, _)| *number);
        let distinct: Vec<Facts> = distinct.into_iter().map(|(_, facts)| facts).collect();
        Ok(compose(&[
            bytemuck::cast_slice(&from_zero(&self.offsets)),
            bytemuck::cast_slice(&self.records),
            bytemuck::cast_slice(&self.projects),
            bytemuck::cast_slice(&self.texts),
            bytemuck::cast_slice(&self.facts),
            &to_bytes(&distinct)?,
            bytemuck::cast_slice(&self.lengths),
            bytemuck::cast_slice(&from_zero(&self.id_ends)),
            &self.ids,
            bytemuck::cast_slice(&from_zero(&self.word_ends)),
            &self.words,
        ]))
    }
}

fn from_zero(ends: &[u64]) -> Vec<u64> {
    std::iter::once(0).chain(ends.iter().copied()).collect()
}

/// The table of an index.
#[derive(Debug)]
pub(super) struct Table {
    sections: Sections,
    /// The distinct facts, which the projects number.
    pub(super) distinct: Vec<Facts>,
}

impl Table {
    pub(super) const ARRAYS: usize = 11;

    pub(super) fn new(sections: Sections) -> Result<Self> {
        let distinct = from_bytes(sections.get(5))?;
        Ok(Self { sections, distinct })
    }

    /// How many projects there are.
    pub(super) fn len(&self) -> usize {
        self.sections.get::<u64>(0).len().saturating_sub(1)
    }

    /// Where the record of a project lies, and its digest.
    pub(super) fn record(&self, project: u32) -> Option<(std::ops::Range<usize>, Digest)> {
        let at = project as usize;
        let &[start, end] = self.sections.get::<u64>(0).get(at..at + 2)? else { return None };
        let digest = self.sections.get::<Digest>(1).get(at)?;
        Some((usize::try_from(start).ok()?..usize::try_from(end).ok()?, *digest))
    }

    pub(super) fn project_digest(&self, project: u32) -> Option<Digest> {
        self.sections.get::<Digest>(2).get(project as usize).copied()
    }

    pub(super) fn texts_digest(&self, project: u32) -> Option<Digest> {
        self.sections.get::<Digest>(3).get(project as usize).copied()
    }

    /// For each project, which of the distinct facts it has.
    pub(super) fn facts(&self) -> &[u32] {
        self.sections.get(4)
    }

    /// For each project, how many words it has, each counted by where it stands.
    pub(super) fn lengths(&self) -> &[f32] {
        self.sections.get(6)
    }

    pub(super) fn id(&self, project: u32) -> &[u8] {
        self.sections.part(7, 8, project as usize)
    }

    pub(super) fn words(&self, project: u32) -> Result<BTreeMap<String, f32>> {
        from_bytes(self.sections.part(9, 10, project as usize))
    }
}

/// Who uses which word and asks for which skill, in the making.
#[derive(Debug, Default)]
pub(super) struct PostingsWriter {
    words: BTreeMap<String, Vec<(u32, f32)>>,
    asked: Vec<Vec<u32>>,
    told: Vec<Vec<u32>>,
}

impl PostingsWriter {
    pub(super) fn new(skills: usize) -> Self {
        Self {
            words: BTreeMap::new(),
            asked: vec![Vec::new(); skills],
            told: vec![Vec::new(); skills],
        }
    }

    /// Adds the next project: its words, the skills it asks for, and those that it speaks of beside them.
    pub(super) fn push(
        &mut self,
        project: u32,
        words: BTreeMap<String, f32>,
        asked: impl IntoIterator<Item = SkillId>,
        told: impl IntoIterator<Item = SkillId>,
    ) {
        for (word, times) in words {
            self.words.entry(word).or_default().push((project, times));
        }
        asked.into_iter().for_each(|skill| self.asked[usize::from(skill.0)].push(project));
        told.into_iter().for_each(|skill| self.told[usize::from(skill.0)].push(project));
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let (mut word_ends, mut words) = (Vec::new(), Vec::new());
        let (mut ends, mut projects, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for (word, postings) in &self.words {
            words.extend(word.as_bytes());
            word_ends.push(words.len() as u64);
            projects.extend(postings.iter().map(|(project, _)| *project));
            times.extend(postings.iter().map(|(_, times)| *times));
            ends.push(projects.len() as u64);
        }
        let flat = |lists: &[Vec<u32>]| {
            let ends = lists.iter().scan(0u64, |end, list| {
                *end += list.len() as u64;
                Some(*end)
            });
            (from_zero(&ends.collect::<Vec<u64>>()), lists.concat())
        };
        let (asked_ends, asked) = flat(&self.asked);
        let (told_ends, told) = flat(&self.told);
        compose(&[
            bytemuck::cast_slice(&from_zero(&word_ends)),
            &words,
            bytemuck::cast_slice(&from_zero(&ends)),
            bytemuck::cast_slice(&projects),
            bytemuck::cast_slice(&times),
            bytemuck::cast_slice(&asked_ends),
            bytemuck::cast_slice(&asked),
            bytemuck::cast_slice(&told_ends),
            bytemuck::cast_slice(&told),
        ])
    }
}

/// Who uses which word and asks for which skill: projects ascending.
#[derive(Debug)]
pub(super) struct Postings(pub(super) Sections);

impl Postings {
    pub(super) const ARRAYS: usize = 9;

    /// The projects that use a word, and how often it stands in each.
    pub(super) fn word(&self, word: &str) -> (&[u32], &[f32]) {
        let count = self.0.get::<u64>(0).len().saturating_sub(1);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            match self.0.part::<u8>(0, 1, middle).cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return (self.0.part(2, 3, middle), self.0.part(2, 4, middle));
                }
            }
        }
        (&[], &[])
    }

    /// The projects that ask for a skill.
    pub(super) fn asked(&self, skill: SkillId) -> &[u32] {
        self.0.part(5, 6, usize::from(skill.0))
    }

    /// The projects that speak of a skill, or whose organisation stands for it.
    pub(super) fn told(&self, skill: SkillId) -> &[u32] {
        self.0.part(7, 8, usize::from(skill.0))
    }
}
