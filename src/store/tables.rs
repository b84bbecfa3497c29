//! What is known of all projects without reading any: where each lies, its digests, its id, what it is filtered by.

use std::collections::BTreeMap;
use std::ops::Range;

use super::records::{Digest, from_bytes, to_bytes};
use super::sections::{Sections, compose, from_zero};
use crate::error::Result;
use crate::model::Maturity;

/// What projects are filtered by.
pub(super) type Facts = (Option<String>, Option<String>, Option<Maturity>);

/// The table in the making.
#[derive(Debug, Default)]
pub(super) struct TableWriter {
    text_ends: Vec<u64>,
    texts: Vec<Digest>,
    number_ends: Vec<u64>,
    numbers: Vec<Digest>,
    projects: Vec<Digest>,
    embedded: Vec<Digest>,
    facts: Vec<u32>,
    distinct: BTreeMap<Facts, u32>,
    lengths: Vec<f32>,
    id_ends: Vec<u64>,
    ids: Vec<u8>,
    looks: Vec<Digest>,
}

/// One row of it.
pub(super) struct Row<'a> {
    /// Where the project's text ends in the file of texts, and its digest.
    pub(super) text: (u64, Digest),
    /// The same of its numbers.
    pub(super) numbers: (u64, Digest),
    /// The digest of what a closer look needs.
    pub(super) look: Digest,
    /// The digests of the project as the catalog gives it, and of all that is embedded of it.
    pub(super) project: Digest,
    pub(super) embedded: Digest,
    pub(super) facts: Facts,
    pub(super) id: &'a str,
    /// How many words it has, each counted by where it stands.
    pub(super) length: f32,
}

impl TableWriter {
    pub(super) fn push(&mut self, row: Row<'_>) {
        self.text_ends.push(row.text.0);
        self.texts.push(row.text.1);
        self.number_ends.push(row.numbers.0);
        self.numbers.push(row.numbers.1);
        self.looks.push(row.look);
        self.projects.push(row.project);
        self.embedded.push(row.embedded);
        let next = self.distinct.len() as u32;
        self.facts.push(*self.distinct.entry(row.facts).or_insert(next));
        self.lengths.push(row.length);
        self.ids.extend(row.id.as_bytes());
        self.id_ends.push(self.ids.len() as u64);
    }

    pub(super) fn finish(self) -> Result<Vec<u8>> {
        let mut distinct: Vec<(u32, Facts)> =
            self.distinct.into_iter().map(|(f, n)| (n, f)).collect();
        distinct.sort_unstable_by_key(|(number, _)| *number);
        let distinct: Vec<Facts> = distinct.into_iter().map(|(_, facts)| facts).collect();
        Ok(compose(&[
            bytemuck::cast_slice(&from_zero(&self.text_ends)),
            bytemuck::cast_slice(&self.texts),
            bytemuck::cast_slice(&from_zero(&self.number_ends)),
            bytemuck::cast_slice(&self.numbers),
            bytemuck::cast_slice(&self.projects),
            bytemuck::cast_slice(&self.embedded),
            bytemuck::cast_slice(&self.facts),
            &to_bytes(&distinct)?,
            bytemuck::cast_slice(&self.lengths),
            bytemuck::cast_slice(&from_zero(&self.id_ends)),
            &self.ids,
            bytemuck::cast_slice(&self.looks),
        ]))
    }
}

/// The table of an index.
#[derive(Debug)]
pub(super) struct Table {
    sections: Sections,
    /// The distinct facts, which the projects number.
    pub(super) distinct: Vec<Facts>,
}

impl Table {
    pub(super) const ARRAYS: usize = 12;

    pub(super) fn new(sections: Sections) -> Result<Self> {
        let distinct = from_bytes(sections.get(7))?;
        Ok(Self { sections, distinct })
    }

    /// How many projects there are.
    pub(super) fn len(&self) -> usize {
        self.sections.get::<u64>(0).len().saturating_sub(1)
    }

    /// Where the text of a project lies.
    pub(super) fn text(&self, project: u32) -> Option<Range<usize>> {
        self.place(0, project)
    }

    pub(super) fn text_digest(&self, project: u32) -> Option<Digest> {
        self.digest(1, project)
    }

    /// Where the numbers of a project lie.
    pub(super) fn numbers(&self, project: u32) -> Option<Range<usize>> {
        self.place(2, project)
    }

    pub(super) fn numbers_digest(&self, project: u32) -> Option<Digest> {
        self.digest(3, project)
    }

    /// The digest of what a closer look at a project needs.
    pub(super) fn look_digest(&self, project: u32) -> Option<Digest> {
        self.digest(11, project)
    }

    fn place(&self, ends: usize, project: u32) -> Option<Range<usize>> {
        let at = project as usize;
        let &[start, end] = self.sections.get::<u64>(ends).get(at..at + 2)? else { return None };
        Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }

    fn digest(&self, array: usize, project: u32) -> Option<Digest> {
        self.sections.get::<Digest>(array).get(project as usize).copied()
    }

    pub(super) fn project_digest(&self, project: u32) -> Option<Digest> {
        self.digest(4, project)
    }

    pub(super) fn embedded_digest(&self, project: u32) -> Option<Digest> {
        self.digest(5, project)
    }

    /// For each project, which of the distinct facts it has.
    pub(super) fn facts(&self) -> &[u32] {
        self.sections.get(6)
    }

    /// For each project, how many words it has, each counted by where it stands.
    pub(super) fn lengths(&self) -> &[f32] {
        self.sections.get(8)
    }

    pub(super) fn id(&self, project: u32) -> &[u8] {
        self.sections.part(9, 10, project as usize)
    }
}
