//! What is known of all projects without reading any: where each lies, its digests, its id, what it is filtered by.

use std::collections::BTreeMap;
use std::ops::Range;

use super::records::{Digest, from_bytes, to_bytes};
use super::sections::{Sections, arrays, compose, from_zero};
use crate::error::Result;
use crate::model::Maturity;

/// What projects are filtered by.
pub(super) type Facts = (Option<String>, Option<String>, Option<Maturity>);

arrays! {
    /// The arrays of the file.
    pub(super) enum Column {
        /// Of each project, where the record of its text lies, how long it is, and its digest.
        TextStarts,
        TextLengths,
        TextDigests,
        /// The same of the record of its numbers.
        NumberStarts,
        NumberLengths,
        NumberDigests,
        /// The digests of what the later stages need, of the project as the catalog gave it, and of all that is embedded of it.
        FeatureDigests,
        ProjectDigests,
        EmbeddedDigests,
        /// Which of the distinct facts each project has, and these.
        FactsOf,
        Facts,
        /// How many words each project has, each counted by where it stands.
        Lengths,
        /// How many texts of each project are embedded.
        Vectors,
        /// Where the id of each project begins, and the ids.
        IdStarts,
        Ids,
    }
}

/// Where a record lies among all records of its kind, and its digest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) length: u32,
    pub(super) digest: Digest,
}

/// The places of the records of a kind, project by project.
#[derive(Debug, Default)]
struct Places {
    starts: Vec<u64>,
    lengths: Vec<u32>,
    digests: Vec<Digest>,
}

impl Places {
    fn push(&mut self, place: Place) {
        self.starts.push(place.start);
        self.lengths.push(place.length);
        self.digests.push(place.digest);
    }
}

/// Collects the rows of the table, and writes it.
#[derive(Debug, Default)]
pub(super) struct TableWriter {
    texts: Places,
    numbers: Places,
    features: Vec<Digest>,
    projects: Vec<Digest>,
    embedded: Vec<Digest>,
    facts: Vec<u32>,
    distinct: BTreeMap<Facts, u32>,
    lengths: Vec<f32>,
    vectors: Vec<u32>,
    id_ends: Vec<u64>,
    ids: Vec<u8>,
}

/// One row of it.
pub(super) struct Row<'a> {
    pub(super) text: Place,
    pub(super) numbers: Place,
    /// The digest of what the later stages need.
    pub(super) features: Digest,
    /// The digests of the project as the catalog gives it, and of all that is embedded of it.
    pub(super) project: Digest,
    pub(super) embedded: Digest,
    pub(super) facts: Facts,
    pub(super) id: &'a str,
    /// How many words it has, each counted by where it stands.
    pub(super) length: f32,
    /// How many of its texts are embedded.
    pub(super) vectors: u32,
}

impl TableWriter {
    pub(super) fn push(&mut self, row: Row<'_>) {
        self.texts.push(row.text);
        self.numbers.push(row.numbers);
        self.features.push(row.features);
        self.projects.push(row.project);
        self.embedded.push(row.embedded);
        let next = self.distinct.len() as u32;
        self.facts.push(*self.distinct.entry(row.facts).or_insert(next));
        self.lengths.push(row.length);
        self.vectors.push(row.vectors);
        self.ids.extend(row.id.as_bytes());
        self.id_ends.push(self.ids.len() as u64);
    }

    /// How many texts are embedded.
    pub(super) fn vectors(&self) -> usize {
        self.vectors.iter().map(|vectors| *vectors as usize).sum()
    }

    pub(super) fn finish(self) -> Result<Vec<u8>> {
        let mut distinct: Vec<(u32, Facts)> =
            self.distinct.into_iter().map(|(f, n)| (n, f)).collect();
        distinct.sort_unstable_by_key(|(number, _)| *number);
        let distinct: Vec<Facts> = distinct.into_iter().map(|(_, facts)| facts).collect();
        let distinct = to_bytes(&distinct)?;
        Ok(compose([
            (Column::TextStarts, bytemuck::cast_slice(&self.texts.starts)),
            (Column::TextLengths, bytemuck::cast_slice(&self.texts.lengths)),
            (Column::TextDigests, bytemuck::cast_slice(&self.texts.digests)),
            (Column::NumberStarts, bytemuck::cast_slice(&self.numbers.starts)),
            (Column::NumberLengths, bytemuck::cast_slice(&self.numbers.lengths)),
            (Column::NumberDigests, bytemuck::cast_slice(&self.numbers.digests)),
            (Column::FeatureDigests, bytemuck::cast_slice(&self.features)),
            (Column::ProjectDigests, bytemuck::cast_slice(&self.projects)),
            (Column::EmbeddedDigests, bytemuck::cast_slice(&self.embedded)),
            (Column::FactsOf, bytemuck::cast_slice(&self.facts)),
            (Column::Facts, &distinct),
            (Column::Lengths, bytemuck::cast_slice(&self.lengths)),
            (Column::Vectors, bytemuck::cast_slice(&self.vectors)),
            (Column::IdStarts, bytemuck::cast_slice(&from_zero(&self.id_ends))),
            (Column::Ids, &self.ids),
        ]))
    }
}

/// The table of an index.
#[derive(Debug)]
pub(super) struct Table {
    sections: Sections<Column>,
    /// The distinct facts, which the projects number.
    pub(super) distinct: Vec<Facts>,
}

/// A kind of records.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Texts,
    Numbers,
}

impl Kind {
    /// Where its records begin, how long they are, and their digests.
    fn columns(self) -> [Column; 3] {
        match self {
            Self::Texts => [Column::TextStarts, Column::TextLengths, Column::TextDigests],
            Self::Numbers => [Column::NumberStarts, Column::NumberLengths, Column::NumberDigests],
        }
    }
}

impl Table {
    pub(super) fn new(sections: Sections<Column>) -> Result<Self> {
        let distinct = from_bytes(sections.get(Column::Facts))?;
        Ok(Self { sections, distinct })
    }

    /// How many projects there are.
    pub(super) fn len(&self) -> usize {
        self.sections.get::<u64>(Column::TextStarts).len()
    }

    /// Where a record of a project lies.
    pub(super) fn range(&self, kind: Kind, project: u32) -> Option<Range<u64>> {
        let ([starts, lengths, _], at) = (kind.columns(), project as usize);
        let start = *self.sections.get::<u64>(starts).get(at)?;
        let length = *self.sections.get::<u32>(lengths).get(at)?;
        Some(start..start.checked_add(u64::from(length))?)
    }

    /// The digest of a record of a project.
    pub(super) fn digest(&self, kind: Kind, project: u32) -> Option<Digest> {
        let [.., digests] = kind.columns();
        self.digest_in(digests, project)
    }

    /// Where a record of a project lies, and its digest.
    pub(super) fn place(&self, kind: Kind, project: u32) -> Option<Place> {
        let range = self.range(kind, project)?;
        let length = u32::try_from(range.end - range.start).ok()?;
        Some(Place { start: range.start, length, digest: self.digest(kind, project)? })
    }

    /// How many bytes all records of a kind have that some project needs.
    pub(super) fn needed(&self, kind: Kind) -> u64 {
        let [_, lengths, _] = kind.columns();
        self.sections.get::<u32>(lengths).iter().map(|length| u64::from(*length)).sum()
    }

    /// The digest of what the later stages need of a project.
    pub(super) fn feature_digest(&self, project: u32) -> Option<Digest> {
        self.digest_in(Column::FeatureDigests, project)
    }

    /// The digest of a project as its catalog gave it.
    pub(super) fn project_digest(&self, project: u32) -> Option<Digest> {
        self.digest_in(Column::ProjectDigests, project)
    }

    /// The digest of all that is embedded of a project.
    pub(super) fn embedded_digest(&self, project: u32) -> Option<Digest> {
        self.digest_in(Column::EmbeddedDigests, project)
    }

    fn digest_in(&self, array: Column, project: u32) -> Option<Digest> {
        self.sections.get::<Digest>(array).get(project as usize).copied()
    }

    /// For each project, which of the distinct facts it has.
    pub(super) fn facts(&self) -> &[u32] {
        self.sections.get(Column::FactsOf)
    }

    /// For each project, how many words it has, each counted by where it stands.
    pub(super) fn lengths(&self) -> &[f32] {
        self.sections.get(Column::Lengths)
    }

    /// For each project, how many of its texts are embedded.
    pub(super) fn vectors(&self) -> &[u32] {
        self.sections.get(Column::Vectors)
    }

    pub(super) fn id(&self, project: u32) -> &[u8] {
        self.sections.part(Column::IdStarts, Column::Ids, project as usize)
    }
}
