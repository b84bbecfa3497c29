//! Writes an index: understands and embeds what is new, takes over what is not, and puts the manifest in place last.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use tempfile::NamedTempFile;

use super::manifest::{self, FORMAT_VERSION, FileEntry, Manifest, ModelEntry, SourceEntry};
use super::open::{CatalogIndex, hash};
use super::records::{self, Digest, digest, to_bytes};
use super::tables::{PostingsWriter, Row, TableWriter};
use crate::embed::{Embedder, Role};
use crate::error::{Error, ErrorKind, Result};
use crate::index::{HnswParameters, Method, VectorIndexBuilder};
use crate::model::{Catalog, Project, Severity};
use crate::rank::ground::{ViewVectors, embed};
use crate::rank::lexical::counts;
use crate::rank::telling::asked_skills;
use crate::rank::view::View;
use crate::skills::{Lexicon, SkillId};

pub(super) const PROJECTS: &str = "projects";
pub(super) const TABLE: &str = "table";
pub(super) const WORDS: &str = "words";
pub(super) const VECTORS: &str = "vectors";
/// What files begin with that are not in place yet.
pub(super) const TEMPORARY: &str = ".lfx-match-";
const EXTENSION: &str = ".bin";
/// Projects that are worked on at a time: their memory is freed before the next.
const AT_ONCE: usize = 1024;
/// The text by which a model is known again.
const PROBE: &str = "A mentee writes a Kubernetes operator in Go, with tests and documentation.";

/// What a build has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Projects that were not in the index before.
    pub added: usize,
    /// Projects whose text has changed.
    pub changed: usize,
    /// Projects that are no longer in the catalog.
    pub removed: usize,
    /// Projects that are as they were.
    pub kept: usize,
    /// Texts that were embedded.
    pub embedded: usize,
    /// Why nothing of the index that was there could be used.
    pub from_scratch: Option<String>,
}

/// Builds the index of a catalog in `folder`, which is made where it is not there. An index that is there already gives
/// what has not changed; it stays whole until the new one is.
///
/// # Errors
///
/// The folder holds something else, or cannot be written; the model cannot be run; a source has changed since it was
/// read.
pub fn build(catalog: &Catalog, embedder: &dyn Embedder, folder: &Path) -> Result<Changes> {
    let (old, from_scratch) = old_index(folder, embedder)?;
    let mut changes = Changes { from_scratch, ..Changes::default() };
    let sources = sources(catalog)?;
    let mut work = Work::new(embedder, folder)?;
    let mut known: HashMap<&[u8], u32> = HashMap::new();
    if let Some(old) = &old {
        known.extend((0..old.table.len() as u32).map(|project| (old.table.id(project), project)));
    }
    changes.removed = known.len();
    for projects in catalog.projects.chunks(AT_ONCE) {
        let made: Vec<Made> = projects
            .par_iter()
            .map(|project| {
                let before = known.get(project.id.as_bytes()).copied();
                Made::new(project, old.as_ref().zip(before), embedder)
            })
            .collect::<Result<_>>()?;
        for (project, made) in projects.iter().zip(made) {
            let count = match made.what {
                What::Added => &mut changes.added,
                What::Changed => &mut changes.changed,
                What::Kept => &mut changes.kept,
            };
            *count += 1;
            changes.removed -= usize::from(!matches!(made.what, What::Added));
            changes.embedded += made.embedded;
            work.push(project, made)?;
        }
    }
    work.finish(catalog, sources)?;
    Ok(changes)
}

/// The index that is there, if it can be used; else why not.
fn old_index(
    folder: &Path,
    embedder: &dyn Embedder,
) -> Result<(Option<CatalogIndex>, Option<String>)> {
    let is_there = folder.join(manifest::NAME).exists();
    if !is_there {
        let holds_else = match fs::read_dir(folder) {
            Ok(mut entries) => entries.any(|entry| {
                entry.is_ok_and(|entry| !is_ours(&entry.file_name().to_string_lossy()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
            Err(error) => return Err(Error::io(folder, error)),
        };
        if holds_else {
            return Err(Error::new(
                ErrorKind::Input,
                "the folder holds something else than an index",
            )
            .at_path(folder)
            .with_help("name a folder that is empty or not there"));
        }
        return Ok((None, None));
    }
    let open = || {
        let index = CatalogIndex::open(folder)?;
        index.check_model(embedder)?;
        Ok(index)
    };
    match open() {
        Ok(index) => Ok((Some(index), None)),
        Err::<_, Error>(error) => Ok((None, Some(error.to_string()))),
    }
}

/// Whether a file is one that a build has left.
fn is_ours(name: &str) -> bool {
    let kinds = [PROJECTS, TABLE, WORDS, VECTORS];
    let finished = |kind: &&str| {
        let rest = name.strip_prefix(*kind).and_then(|rest| rest.strip_prefix('-'));
        rest.and_then(|rest| rest.strip_suffix(EXTENSION)).is_some_and(|digits| {
            digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit())
        })
    };
    name.starts_with(TEMPORARY) || kinds.iter().any(finished)
}

/// The documents with their digests.
fn sources(catalog: &Catalog) -> Result<Vec<SourceEntry>> {
    let entry = |source: &crate::model::CatalogSource| -> Result<SourceEntry> {
        let digest = match fs::read(&source.path) {
            Ok(bytes) => Some(blake3::hash(&bytes).to_hex().to_string()),
            Err(_) => None,
        };
        Ok(SourceEntry { path: source.path.clone(), projects: source.projects, digest })
    };
    catalog.sources.iter().map(entry).collect()
}

/// How a model is named in a manifest.
pub(super) fn model_entry(embedder: &dyn Embedder) -> Result<ModelEntry> {
    let vectors = embedder.embed(&[PROBE], Role::Passage)?;
    // To three decimals: processors may differ in the last bits of a transformer's floats.
    let rounded: Vec<i16> = vectors.iter().flatten().map(|x| (x * 1e3).round() as i16).collect();
    Ok(ModelEntry {
        id: embedder.id().to_owned(),
        dimensions: embedder.dimensions(),
        digest: blake3::hash(bytemuck::cast_slice(&rounded)).to_hex().to_string(),
    })
}

/// What has become of a project since the last build.
#[derive(Debug, Clone, Copy)]
enum What {
    Added,
    Changed,
    Kept,
}

/// A project made ready to be written.
struct Made {
    what: What,
    record: Vec<u8>,
    project: Digest,
    texts: Digest,
    whole: Vec<f32>,
    words: BTreeMap<String, f32>,
    asked: Vec<SkillId>,
    told: Vec<SkillId>,
    parts: usize,
    embedded: usize,
}

impl Made {
    fn new(
        project: &Project,
        before: Option<(&CatalogIndex, u32)>,
        embedder: &dyn Embedder,
    ) -> Result<Self> {
        let own = digest(&to_bytes(project)?);
        if let Some((old, number)) = before
            && old.table.project_digest(number) == Some(own)
        {
            return Self::again(old, number);
        }
        let lexicon = Lexicon::builtin();
        let view = View::new(project, lexicon);
        let texts = texts_digest(&view);
        let old = before.filter(|(old, number)| old.table.texts_digest(*number) == Some(texts));
        let (vectors, embedded) = match old {
            Some((old, number)) => (old.record(number)?.vectors, 0),
            None => {
                let embedded = view.parts.len() + 1;
                let vectors =
                    embed(std::slice::from_ref(&view), embedder)?.pop().unwrap_or_default();
                (vectors, embedded)
            }
        };
        let what = match (before, old) {
            (None, _) => What::Added,
            (Some(_), None) => What::Changed,
            (Some(_), Some(_)) => What::Kept,
        };
        let record = records::write(project, &view, &vectors)?;
        let words = counts(&view, lexicon);
        Ok(Self::of(what, record, (own, texts), &view, vectors, words, embedded))
    }

    /// As it is in the old index.
    fn again(old: &CatalogIndex, number: u32) -> Result<Self> {
        let record = old.record_bytes(number)?.to_vec();
        let read = old.record(number)?;
        let digests = old.table.project_digest(number).zip(old.table.texts_digest(number));
        let words = old.table.words(number)?;
        Ok(Self::of(
            What::Kept,
            record,
            digests.unwrap_or_default(),
            &read.view,
            read.vectors,
            words,
            0,
        ))
    }

    fn of(
        what: What,
        record: Vec<u8>,
        (project, texts): (Digest, Digest),
        view: &View,
        vectors: ViewVectors,
        words: BTreeMap<String, f32>,
        embedded: usize,
    ) -> Self {
        let asked = asked_skills(view);
        let spoken = view.spoken.keys().copied();
        let told: std::collections::BTreeSet<SkillId> = spoken
            .chain(view.home.iter().map(|home| home.skill))
            .filter(|skill| !asked.contains(skill))
            .collect();
        Self {
            what,
            record,
            project,
            texts,
            whole: vectors.whole,
            words,
            asked: asked.into_iter().collect(),
            told: told.into_iter().collect(),
            parts: view.parts.len(),
            embedded,
        }
    }
}

/// The digest of all that is embedded of a project.
fn texts_digest(view: &View) -> Digest {
    let mut all = Vec::new();
    for text in view.parts.iter().map(|part| &part.text).chain([&view.whole]) {
        all.extend((text.len() as u64).to_le_bytes());
        all.extend(text.as_bytes());
    }
    digest(&all)
}

/// A new index in the making.
struct Work<'a> {
    folder: &'a Path,
    model: ModelEntry,
    projects: std::io::BufWriter<NamedTempFile>,
    hasher: blake3::Hasher,
    end: u64,
    number: u32,
    texts: usize,
    table: TableWriter,
    postings: PostingsWriter,
    vectors: VectorIndexBuilder,
}

impl<'a> Work<'a> {
    fn new(embedder: &dyn Embedder, folder: &'a Path) -> Result<Self> {
        let model = model_entry(embedder)?;
        fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
        Ok(Self {
            folder,
            projects: std::io::BufWriter::new(temporary(folder)?),
            hasher: blake3::Hasher::new(),
            end: 0,
            number: 0,
            texts: 0,
            table: TableWriter::default(),
            postings: PostingsWriter::new(Lexicon::builtin().iter().count()),
            vectors: VectorIndexBuilder::new(model.dimensions),
            model,
        })
    }

    fn push(&mut self, project: &Project, made: Made) -> Result<()> {
        self.projects.write_all(&made.record).map_err(|error| Error::io(self.folder, error))?;
        self.hasher.update(&made.record);
        self.end += made.record.len() as u64;
        self.table.push(Row {
            end: self.end,
            record: digest(&made.record),
            project: made.project,
            texts: made.texts,
            facts: (project.org.clone(), project.term.clone(), project.maturity),
            id: &project.id,
            words: &made.words,
        })?;
        self.vectors.add(&made.whole)?;
        self.postings.push(self.number, made.words, made.asked, made.told);
        self.texts += made.parts + 1;
        self.number += 1;
        Ok(())
    }

    fn finish(self, catalog: &Catalog, sources: Vec<SourceEntry>) -> Result<()> {
        let folder = self.folder;
        let failed = |error| Error::io(folder, error);
        let projects = self.projects.into_inner().map_err(|error| failed(error.into_error()))?;
        let entry = place(projects, folder, PROJECTS, self.end, self.hasher.finalize())?;
        let mut files = vec![entry];
        let vectors = self.vectors.build(Method::Auto, HnswParameters::default())?;
        let (table, words) = (self.table.finish()?, self.postings.finish());
        for (kind, bytes) in
            [(TABLE, &table[..]), (WORDS, &words[..]), (VECTORS, vectors.as_bytes())]
        {
            let mut file = temporary(folder)?;
            file.write_all(bytes).map_err(failed)?;
            files.push(place(file, folder, kind, bytes.len() as u64, hash(bytes))?);
        }
        let grave = |d: &&crate::model::Diagnostic| d.severity >= Severity::Warning;
        let manifest = Manifest {
            format_version: FORMAT_VERSION,
            model: self.model,
            lexicon: Lexicon::digest().to_hex().to_string(),
            projects: catalog.projects.len(),
            texts: self.texts,
            flaws: catalog.diagnostics.iter().filter(grave).count(),
            sources,
            files,
        };
        manifest.write(folder)?;
        tidy(folder, &manifest);
        Ok(())
    }
}

/// A file that is not in place yet; whoever may read what the user writes may read it.
pub(super) fn temporary(folder: &Path) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    let readable = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(readable);
    builder.tempfile_in(folder).map_err(|error| Error::io(folder, error))
}

/// Gives a file its name: what it holds, and what its content is.
fn place(
    file: NamedTempFile,
    folder: &Path,
    kind: &str,
    bytes: u64,
    digest: blake3::Hash,
) -> Result<FileEntry> {
    let digest = digest.to_hex().to_string();
    let name = format!("{kind}-{}{EXTENSION}", &digest[..16]);
    let path = folder.join(&name);
    file.as_file().sync_all().map_err(|error| Error::io(&path, error))?;
    file.persist(&path).map_err(|error| Error::io(&path, error.error))?;
    Ok(FileEntry { kind: kind.to_owned(), name, bytes, digest })
}

/// Removes what earlier builds have left. Nothing depends on it: what cannot be removed now will be the next time.
fn tidy(folder: &Path, manifest: &Manifest) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) && !manifest.files.iter().any(|file| file.name == name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
