//! An index that is open: checked, mapped, and read project by project.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::error::damaged;
use super::features;
use super::files::{self, FileEntry, hash};
use super::manifest::{Manifest, ModelEntry};
use super::postings::{Postings, Uses};
use super::records::{self, Digest, digest};
use super::sections::{Array, Sections};
use super::sketch::Sketches;
use super::tables::{Kind, Table};
use crate::embed::Embedder;
use crate::error::Result;
use crate::index::{Block, Bytes, Coded, blocks};
use crate::model::Project;
use crate::rank::lexical::Bm25Stats;
use crate::rank::specificity::Specificity;
use crate::rank::view::View;
use crate::skills::{Lexicon, spaced, words};

/// An index of a catalog, open.
#[derive(Debug)]
pub struct CatalogIndex {
    folder: PathBuf,
    manifest: Manifest,
    pub(super) table: Table,
    pub(super) postings: Postings,
    pub(super) uses: Uses,
    pub(super) sketches: Sketches,
    texts: Records,
    numbers: Records,
    features: Records,
    /// How the catalog uses words.
    pub(super) bm25: Bm25Stats,
    pub(super) specificity: Specificity,
    /// The items that projects ask for, folded; made when first needed.
    folded: OnceLock<Vec<String>>,
}

impl CatalogIndex {
    /// Opens the index in `folder`. Everything is compared with its digest, what belongs to a single project when it is
    /// first read.
    ///
    /// # Errors
    ///
    /// There is no index, or one of another format version, made with another lexicon, or damaged.
    pub fn open(folder: &Path) -> Result<Self> {
        let manifest = Manifest::read(folder)?;
        Self::of(folder, manifest.clone()).or_else(|error| {
            // A build may have put another index in its place meanwhile, and removed files of the old one.
            let now = Manifest::read(folder)?;
            if now == manifest { Err(error) } else { Self::of(folder, now) }
        })
    }

    fn of(folder: &Path, manifest: Manifest) -> Result<Self> {
        if manifest.lexicon != Lexicon::digest().to_hex().as_str() {
            return Err(
                damaged("the index was built with another lexicon of skills").at_path(folder)
            );
        }
        let contradiction =
            || damaged("the files of the index contradict each other").at_path(folder);
        let table = Table::new(arrays(folder, &manifest, files::TABLE)?)?;
        let projects = manifest.projects;
        // So many there are indeed: what follows can rely on it.
        if table.len() != projects {
            return Err(contradiction());
        }
        let postings = Postings(arrays(folder, &manifest, files::WORDS)?);
        let uses = Uses(arrays(folder, &manifest, files::USES)?);
        let sketches = Sketches::new(arrays(folder, &manifest, files::SKETCHES)?);
        let records = |kind: &str| Records::open(folder, &manifest, kind);
        let (texts, numbers) = (records(files::TEXTS)?, records(files::NUMBERS)?);
        let features = records(files::FEATURES)?;
        let lexicon = Lexicon::builtin();
        let counts = [sketches.len(), table.facts().len(), table.lengths().len()];
        let skills = lexicon.len();
        let features_are_whole =
            features.files.len() == 1 && features.len() == (projects * features::BYTES) as u64;
        if !features_are_whole
            || counts.iter().any(|count| *count != projects)
            || postings.asked().len() != skills
            || !sketches.knows_skills(lexicon)
        {
            return Err(contradiction());
        }
        Ok(Self {
            folder: folder.to_owned(),
            bm25: Bm25Stats::new(table.lengths()),
            specificity: Specificity::of_counts(projects, postings.asked(), lexicon),
            manifest,
            table,
            postings,
            uses,
            sketches,
            texts,
            numbers,
            features,
            folded: OnceLock::new(),
        })
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
        let (own, asked) = (&self.manifest.model, ModelEntry::of(embedder)?);
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

    /// Compares with its digest all that is otherwise compared as it is read.
    ///
    /// # Errors
    ///
    /// Something is damaged.
    pub fn check_projects(&self) -> Result<()> {
        (0..self.table.len() as u32).into_par_iter().try_for_each(|project| {
            self.text_bytes(project)?;
            self.number_bytes(project)?;
            self.feature_bytes(project).map(|_| ())
        })
    }

    /// How many bytes of the records of a kind there are, and in how many files.
    pub(super) fn size(&self, kind: Kind) -> (u64, usize) {
        let records = match kind {
            Kind::Texts => &self.texts,
            Kind::Numbers => &self.numbers,
        };
        (records.len(), records.files.len())
    }

    /// Reads a project and all that was understood of it.
    pub(super) fn text(&self, project: u32) -> Result<(Project, View)> {
        records::read_text(self.text_bytes(project)?)
    }

    /// The bytes of a project's text, compared with their digest.
    pub(super) fn text_bytes(&self, project: u32) -> Result<&[u8]> {
        let place = self.table.range(Kind::Texts, project);
        let digest = || self.table.digest(Kind::Texts, project);
        self.texts.get(project, place, digest).ok_or_else(|| self.wrong(project))
    }

    /// Reads what is scored of a project; its vectors are added to `vectors`.
    pub(super) fn numbers(&self, project: u32, vectors: &mut Coded) -> Result<View> {
        records::read_numbers(self.number_bytes(project)?, vectors)
    }

    /// The bytes of a project's numbers, compared with their digest.
    pub(super) fn number_bytes(&self, project: u32) -> Result<&[u8]> {
        let place = self.table.range(Kind::Numbers, project);
        let digest = || self.table.digest(Kind::Numbers, project);
        self.numbers.get(project, place, digest).ok_or_else(|| self.wrong(project))
    }

    /// How many blocks the vector of a text has.
    pub(super) fn text_blocks(&self) -> usize {
        blocks(self.manifest.model.dimensions)
    }

    /// The bytes of what the later stages need of a project, compared with their digest.
    pub(super) fn feature_bytes(&self, project: u32) -> Result<&[u8]> {
        let length = features::BYTES as u64;
        let start = u64::from(project) * length;
        let place = start..start + length;
        let bytes = self.features.get(project, Some(place), || self.table.feature_digest(project));
        bytes.ok_or_else(|| self.wrong(project))
    }

    /// The blocks of the whole file of features: what of it was compared with its digest can be relied on.
    pub(super) fn feature_blocks(&self) -> &[Block] {
        let file = self.features.files.first().map_or(&[][..], |(_, bytes)| bytes);
        bytemuck::cast_slice::<u8, i8>(file).as_chunks().0
    }

    fn wrong(&self, project: u32) -> crate::Error {
        // A rebuild copies records that no file time makes suspect, so silent corruption of a disk would survive it.
        damaged(format!("project {project} of the index is damaged")).at_path(&self.folder).with_help(
            "build the index again with `lfx-match index build`, in a new folder if that does not mend it",
        )
    }

    /// The items that projects ask for, each folded, with a space before and after each word.
    pub(super) fn folded_items(&self) -> &[String] {
        let fold = |number: usize| spaced(&words(self.sketches.item(number)));
        self.folded.get_or_init(|| (0..self.sketches.items()).map(fold).collect())
    }
}

/// Records of a kind, in one or several files as if these were one; each is compared with its digest when it is read for
/// the first time.
#[derive(Debug)]
struct Records {
    /// The files, each with where it begins.
    files: Vec<(u64, Bytes)>,
    /// One bit a record: whether it was compared.
    seen: Vec<AtomicU64>,
}

impl Records {
    fn open(folder: &Path, manifest: &Manifest, kind: &str) -> Result<Self> {
        let mut files = Vec::new();
        let mut start = 0;
        for entry in manifest.all_files(kind) {
            files.push((start, map(folder, entry, Bytes::mapped_in_part)?));
            start += entry.bytes;
        }
        let seen = (0..manifest.projects.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { files, seen })
    }

    /// How long all files are together.
    fn len(&self) -> u64 {
        self.files.iter().map(|(_, bytes)| bytes.len() as u64).sum()
    }

    /// The bytes at a place; `None` where they are not what was written.
    fn get(
        &self,
        number: u32,
        place: Option<std::ops::Range<u64>>,
        expected: impl Fn() -> Option<Digest>,
    ) -> Option<&[u8]> {
        let place = place?;
        let file = self.files.partition_point(|(start, _)| *start <= place.start).checked_sub(1)?;
        let (start, bytes) = self.files.get(file)?;
        let within = |at: u64| usize::try_from(at - start).ok();
        let bytes = bytes.get(within(place.start)?..within(place.end)?)?;
        let (seen, bit) = (self.seen.get(number as usize / 64)?, 1 << (number % 64));
        if seen.load(Ordering::Relaxed) & bit == 0 {
            if Some(digest(bytes)) != expected() {
                return None;
            }
            seen.fetch_or(bit, Ordering::Relaxed);
        }
        Some(bytes)
    }
}

/// Maps a file that is as long as the manifest says.
fn map(folder: &Path, entry: &FileEntry, mapped: fn(&Path) -> Result<Bytes>) -> Result<Bytes> {
    let path = folder.join(&entry.name);
    if !files::is_ours(&entry.name) {
        return Err(damaged("the manifest names a file that is none of an index").at_path(&path));
    }
    if !path.is_file() {
        return Err(damaged("a file of the index is missing").at_path(&path));
    }
    let bytes = mapped(&path)?;
    if bytes.len() as u64 != entry.bytes {
        let wrong = format!("the file has {} bytes and should have {}", bytes.len(), entry.bytes);
        return Err(damaged(wrong).at_path(&path));
    }
    Ok(bytes)
}

/// Maps a file of arrays and compares it with its digest.
fn arrays<A: Array>(folder: &Path, manifest: &Manifest, kind: &str) -> Result<Sections<A>> {
    let entry = manifest.file(kind)?;
    let path = folder.join(&entry.name);
    let bytes = map(folder, entry, Bytes::mapped)?;
    if hash(&bytes).to_hex().as_str() != entry.digest {
        return Err(damaged("the file is damaged: its digest does not match").at_path(&path));
    }
    Sections::open(bytes, &path)
}
