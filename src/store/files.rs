//! The files of an index: how they are named, and written so that nobody ever sees half of one.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::atomic_file;
use crate::error::{Error, Result};

pub(super) const TEXTS: &str = "texts";
pub(super) const NUMBERS: &str = "numbers";
pub(super) const FEATURES: &str = "features";
pub(super) const TABLE: &str = "table";
pub(super) const WORDS: &str = "words";
pub(super) const USES: &str = "uses";
pub(super) const SKETCHES: &str = "sketches";
const KINDS: [&str; 7] = [TEXTS, NUMBERS, FEATURES, TABLE, WORDS, USES, SKETCHES];
const EXTENSION: &str = ".bin";

/// A file of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    /// What it holds: `texts`, `numbers`, `features`, `table`, `words`, `uses` or `sketches`.
    pub kind: String,
    /// Its name within the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its digest (BLAKE3).
    pub digest: String,
}

/// Whether a file is one that a build has left.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with(atomic_file::PREFIX) || is_finished(name)
}

/// Whether a file is one of an index, by its name.
pub(super) fn is_finished(name: &str) -> bool {
    let digits = |kind: &&str| name.strip_prefix(*kind)?.strip_prefix('-')?.strip_suffix(EXTENSION);
    let is_digest =
        |digits: &str| digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    KINDS.iter().filter_map(digits).any(is_digest)
}

/// A file that is written piece by piece.
pub(super) struct FileWriter<'a> {
    folder: &'a Path,
    file: std::io::BufWriter<NamedTempFile>,
    hasher: blake3::Hasher,
    /// How long it is.
    end: u64,
}

impl<'a> FileWriter<'a> {
    pub(super) fn new(folder: &'a Path) -> Result<Self> {
        let file = std::io::BufWriter::with_capacity(1 << 20, temporary(folder)?);
        Ok(Self { folder, file, hasher: blake3::Hasher::new(), end: 0 })
    }

    /// Adds bytes and returns where they begin.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<u64> {
        let start = self.end;
        self.file.write_all(bytes).map_err(|error| Error::io(self.folder, error))?;
        self.hasher.update(bytes);
        self.end += bytes.len() as u64;
        Ok(start)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.end == 0
    }

    pub(super) fn finish(self, kind: &str) -> Result<FileEntry> {
        let file = self.file.into_inner().map_err(|e| Error::io(self.folder, e.into_error()))?;
        place(file, self.folder, kind, self.end, self.hasher.finalize())
    }
}

/// Writes a file at once.
pub(super) fn write(folder: &Path, kind: &str, bytes: &[u8]) -> Result<FileEntry> {
    let mut file = temporary(folder)?;
    file.write_all(bytes).map_err(|error| Error::io(folder, error))?;
    place(file, folder, kind, bytes.len() as u64, hash(bytes))
}

fn temporary(folder: &Path) -> Result<NamedTempFile> {
    atomic_file::create(folder).map_err(|error| Error::io(folder, error))
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
    atomic_file::place(file, &path).map_err(|error| Error::io(&path, error))?;
    Ok(FileEntry { kind: kind.to_owned(), name, bytes, digest })
}

/// The digest of a file, by all processors.
pub(super) fn hash(bytes: &[u8]) -> blake3::Hash {
    blake3::Hasher::new().update_rayon(bytes).finalize()
}
