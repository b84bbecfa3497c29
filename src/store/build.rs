//! Writes an index: understands and embeds what is new, takes over what is not, and puts the manifest in place last.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::folder::{self, LockedFolder};
use super::manifest::{self, FORMAT_VERSION, Manifest, ModelEntry, SourceEntry};
use super::open::CatalogIndex;
use super::prepared::{Prepared, Status};
use super::previous::Previous;
use super::writer::IndexWriter;
use crate::embed::Embedder;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Catalog, Project};
use crate::rank::corpus::Corpus;
use crate::rank::sketch::Sketcher;
use crate::rank::specificity::Specificity;
use crate::skills::Lexicon;

/// Projects that are worked on at a time: their memory is freed before the next.
const AT_ONCE: usize = 1024;

/// What a build has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Projects that were not in the index before.
    pub added: usize,
    /// Projects whose text has changed.
    pub changed: usize,
    /// Projects that are no longer in the catalog.
    pub removed: usize,
    /// Projects of which all that is embedded is as it was; links and requirements may have changed.
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
/// The folder holds something else, another build is at work in it, or it cannot be written; the model cannot be run.
pub fn build(catalog: &Catalog, embedder: &dyn Embedder, folder: &Path) -> Result<Changes> {
    build_in(&LockedFolder::new(folder)?, catalog, embedder)
}

/// As [`build`], in a folder that is locked already: whoever holds it can remove what the build has begun, should it be
/// stopped.
///
/// # Errors
///
/// The folder cannot be written; the catalog holds no project and the index that is there does; the model cannot be run.
pub fn build_in(
    folder: &LockedFolder,
    catalog: &Catalog,
    embedder: &dyn Embedder,
) -> Result<Changes> {
    let folder = folder.path();
    let (old, from_scratch) = old_index(folder, embedder)?;
    refuse_to_empty(catalog, old.as_ref()).map_err(|error| error.at_path(folder))?;
    let removed = old.as_ref().map_or(0, |old| old.missing_in(catalog));
    let mut changes = Changes { from_scratch, removed, ..Changes::default() };
    let sources = sources(catalog);
    let model = ModelEntry::of(embedder)?;
    let mut writer = IndexWriter::new(folder, old.as_ref(), model.dimensions)?;
    // What the sketches weigh skills by must not change with the catalog, or every change would change all of them.
    let lexicon = Lexicon::builtin();
    let specificity = Specificity::of_counts(0, &vec![0; lexicon.iter().count()], lexicon);
    let corpus = Corpus::bare(specificity, embedder);
    let sketcher = match &old {
        Some(old) => {
            Sketcher::with_axes(&corpus, embedder, old.index.sketches.axes(embedder.dimensions()))
        }
        None => Sketcher::new(&corpus, embedder)?,
    };
    for projects in catalog.projects.chunks(AT_ONCE) {
        let prepared: Vec<Prepared> = projects
            .par_iter()
            .map(|project| Prepared::new(project, old.as_ref(), &sketcher, embedder))
            .collect::<Result<_>>()?;
        for (project, prepared) in projects.iter().zip(prepared) {
            write(project, prepared, &mut writer, &mut changes)?;
        }
    }
    let (files, texts) = writer.finish(sketcher.axes())?;
    let manifest = Manifest {
        format_version: FORMAT_VERSION,
        model,
        lexicon: Lexicon::digest().to_hex().to_string(),
        projects: catalog.projects.len(),
        texts,
        flaws: catalog.flaws(),
        sources,
        files,
    };
    manifest.write(folder)?;
    folder::remove_stale(folder, &manifest);
    Ok(changes)
}

/// Refuses a catalog without projects in place of an index with some: more likely than not it is a mistake.
fn refuse_to_empty(catalog: &Catalog, old: Option<&Previous>) -> Result<()> {
    let projects = old.map_or(0, |old| old.index.manifest().projects);
    if !catalog.projects.is_empty() || projects == 0 {
        return Ok(());
    }
    let wrong = format!("the catalog holds no project, and the index {projects}");
    let help = "check the catalog; to be rid of the index, remove its folder";
    Err(Error::new(ErrorKind::Input, wrong).with_help(help))
}

/// Writes a project and counts it.
fn write(
    project: &Project,
    prepared: Prepared,
    writer: &mut IndexWriter<'_>,
    changes: &mut Changes,
) -> Result<()> {
    let status = match prepared {
        Prepared::Unchanged(number) => {
            writer.take_over(project, number)?;
            Status::Kept
        }
        Prepared::New(new) => {
            writer.add(project, &new)?;
            changes.embedded += new.anew;
            new.status
        }
    };
    let count = match status {
        Status::Added => &mut changes.added,
        Status::Changed => &mut changes.changed,
        Status::Kept => &mut changes.kept,
    };
    *count += 1;
    Ok(())
}

/// The index that is there, if it can be used; else why not.
fn old_index(folder: &Path, embedder: &dyn Embedder) -> Result<(Option<Previous>, Option<String>)> {
    if !folder.join(manifest::NAME).exists() {
        return Ok((None, None));
    }
    let open = || {
        let index = CatalogIndex::open(folder)?;
        index.check_model(embedder)?;
        // What is taken over is vouched for by a new manifest. To compare all of it takes longer than the build.
        if folder::were_touched(folder, index.manifest()) {
            index.check_projects()?;
        }
        Previous::new(index)
    };
    match open() {
        Ok(old) => Ok((Some(old), None)),
        Err::<_, Error>(error) => Ok((None, Some(error.to_string()))),
    }
}

/// The documents with their digests.
fn sources(catalog: &Catalog) -> Vec<SourceEntry> {
    let entry = |source: &crate::model::CatalogSource| {
        // What was not read from a file, as standard input, is not read again.
        let is_file = source.path.as_os_str() != "-" && source.path.is_file();
        let bytes = is_file.then(|| fs::read(&source.path).ok()).flatten();
        let digest = bytes.map(|bytes| blake3::hash(&bytes).to_hex().to_string());
        SourceEntry { path: source.path.clone(), projects: source.projects, digest }
    };
    catalog.sources.iter().map(entry).collect()
}
