//! Writes the files of an index, project by project. What is taken over from the previous index stays where it is, as far as it
//! can.

use std::path::Path;

use super::error::damaged;
use super::files::{self, FileEntry, FileWriter};
use super::manifest::Manifest;
use super::postings::{PostingsWriter, Use};
use super::prepared::NewProject;
use super::previous::Previous;
use super::records::digest;
use super::sketch::{MOST_ITEMS, SketchWriter};
use super::tables::{Kind, Place, Row, TableWriter};
use crate::error::{Error, Result};
use crate::model::Project;
use crate::rank::sketch::ShortAxes;
use crate::skills::{Lexicon, SkillId};

/// The files of a new index, growing project by project.
pub(super) struct IndexWriter<'a> {
    folder: &'a Path,
    previous: Option<&'a Previous>,
    texts: RecordFile<'a>,
    numbers: RecordFile<'a>,
    features: FileWriter<'a>,
    table: TableWriter,
    postings: PostingsWriter,
    sketches: SketchWriter,
    /// The numbers that words and items of the previous index have in the new one.
    words: IdMap,
    items: IdMap,
}

impl<'a> IndexWriter<'a> {
    pub(super) fn new(
        folder: &'a Path,
        previous: Option<&'a Previous>,
        dimensions: usize,
    ) -> Result<Self> {
        let index = previous.map(|old| &old.index);
        Ok(Self {
            folder,
            previous,
            texts: RecordFile::new(folder, previous, Kind::Texts)?,
            numbers: RecordFile::new(folder, previous, Kind::Numbers)?,
            features: FileWriter::new(folder)?,
            table: TableWriter::default(),
            postings: PostingsWriter::new(Lexicon::builtin().len()),
            sketches: SketchWriter::new(dimensions),
            words: IdMap::new(index.map_or(0, |index| index.postings.words())),
            items: IdMap::new(index.map_or(0, |index| index.sketches.items())),
        })
    }

    /// Adds a project that was understood.
    pub(super) fn add(&mut self, project: &Project, new: &NewProject) -> Result<()> {
        let words = new.words.iter();
        let uses: Vec<Use> =
            words.map(|(word, times)| (self.postings.number(word), *times)).collect();
        self.features.push(&new.features)?;
        self.table.push(Row {
            text: self.texts.push(&new.text)?,
            numbers: self.numbers.push(&new.numbers)?,
            features: digest(&new.features),
            project: new.project,
            embedded: new.embedded,
            facts: (project.org.clone(), project.term.clone(), project.maturity),
            id: &project.id,
            length: uses.iter().map(|(_, times)| times).sum(),
            vectors: new.vectors.len() as u32,
        });
        self.postings.push(uses, &new.asked);
        let items = new.items.iter().enumerate().take(MOST_ITEMS).map(|(at, (text, skills))| {
            self.sketches.item(text, skills, new.vectors.raw(1 + at..2 + at))
        });
        let items: Vec<u32> = items.collect();
        self.sketches.push(&items, &new.sketch);
        Ok(())
    }

    /// Adds a project that is as it was, by its number in the previous index.
    pub(super) fn take_over(&mut self, project: &Project, number: u32) -> Result<()> {
        let Some(old) = self.previous else { return Err(missing_project()) };
        let (index, table) = (&old.index, &old.index.table);
        let uses = index.uses.of(number).map(|(word, times)| {
            let name = || index.postings.name(word as usize);
            let new = || self.postings.number(&String::from_utf8_lossy(name()));
            (self.words.get(word as usize, new), times)
        });
        let uses: Vec<Use> = uses.collect();
        let text = || index.text_bytes(number);
        let numbers = || index.number_bytes(number);
        self.features.push(index.feature_bytes(number)?)?;
        self.table.push(Row {
            text: self.texts.keep(table.place(Kind::Texts, number), text)?,
            numbers: self.numbers.keep(table.place(Kind::Numbers, number), numbers)?,
            features: table.feature_digest(number).ok_or_else(missing_project)?,
            project: table.project_digest(number).ok_or_else(missing_project)?,
            embedded: table.embedded_digest(number).ok_or_else(missing_project)?,
            facts: (project.org.clone(), project.term.clone(), project.maturity),
            id: &project.id,
            length: uses.iter().map(|(_, times)| times).sum(),
            vectors: table.vectors().get(number as usize).copied().ok_or_else(missing_project)?,
        });
        self.postings.push(uses, &old.asked(number)?);
        let (sketches, position) = (&index.sketches, old.position(number));
        let items = sketches.items_of(position).map(|item| {
            let item = item as usize;
            let new = || {
                let skills: Vec<SkillId> = sketches.skills(item).collect();
                self.sketches.item(sketches.item(item), &skills, sketches.item_vector(item))
            };
            self.items.get(item, new)
        });
        let items: Vec<u32> = items.collect();
        self.sketches.push(&items, &sketches.vector(position));
        Ok(())
    }

    /// Finishes the files; returns their entries, and how many texts are embedded.
    pub(super) fn finish(self, axes: &ShortAxes) -> Result<(Vec<FileEntry>, usize)> {
        let folder = self.folder;
        let vectors = self.table.vectors();
        let manifest = self.previous.map(|old| old.index.manifest());
        let mut entries = self.texts.finish(files::TEXTS, manifest)?;
        entries.extend(self.numbers.finish(files::NUMBERS, manifest)?);
        entries.push(self.features.finish(files::FEATURES)?);
        let (words, uses) = self.postings.finish();
        let (table, sketches) = (self.table.finish()?, self.sketches.finish(axes));
        for (kind, bytes) in [
            (files::TABLE, table),
            (files::WORDS, words),
            (files::USES, uses),
            (files::SKETCHES, sketches),
        ] {
            entries.push(files::write(folder, kind, &bytes)?);
        }
        Ok((entries, vectors))
    }
}

/// A new file of records, behind those that stay.
struct RecordFile<'a> {
    file: FileWriter<'a>,
    /// How long those are that stay; nothing where all is written anew.
    stay: Option<u64>,
}

impl<'a> RecordFile<'a> {
    fn new(folder: &'a Path, previous: Option<&Previous>, kind: Kind) -> Result<Self> {
        let stay = previous.filter(|old| old.is_compact()).map(|old| old.index.size(kind).0);
        Ok(Self { file: FileWriter::new(folder)?, stay })
    }

    /// Adds a record.
    fn push(&mut self, bytes: &[u8]) -> Result<Place> {
        let start = self.stay.unwrap_or(0) + self.file.push(bytes)?;
        Ok(Place { start, length: bytes.len() as u32, digest: digest(bytes) })
    }

    /// A record of the previous index: left where it is, or added.
    fn keep<'b>(
        &mut self,
        place: Option<Place>,
        bytes: impl FnOnce() -> Result<&'b [u8]>,
    ) -> Result<Place> {
        match self.stay {
            Some(_) => place.ok_or_else(missing_project),
            None => self.push(bytes()?),
        }
    }

    /// The entries of the files that stay, and of the new one where anything is in it or no other is there.
    fn finish(self, kind: &str, previous: Option<&Manifest>) -> Result<Vec<FileEntry>> {
        let previous = previous.filter(|_| self.stay.is_some());
        let stay = previous.into_iter().flat_map(|old| old.all_files(kind).cloned());
        let mut entries: Vec<FileEntry> = stay.collect();
        if entries.is_empty() || !self.file.is_empty() {
            entries.push(self.file.finish(kind)?);
        }
        Ok(entries)
    }
}

/// From old numbers to new ones, as far as they are known.
struct IdMap(Vec<u32>);

impl IdMap {
    const UNKNOWN: u32 = u32::MAX;

    fn new(count: usize) -> Self {
        Self(vec![Self::UNKNOWN; count])
    }

    fn get(&mut self, old: usize, new: impl FnOnce() -> u32) -> u32 {
        match self.0.get_mut(old) {
            Some(number) if *number != Self::UNKNOWN => *number,
            Some(number) => {
                *number = new();
                *number
            }
            None => new(),
        }
    }
}

fn missing_project() -> Error {
    damaged("the index names a project that it does not have")
}
