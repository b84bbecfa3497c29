//! The files of an index: how they are named, written so that nobody ever sees half of one, and tidied up.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use super::manifest::{self, FileEntry, Manifest};
use crate::error::{Error, ErrorKind, Result};

pub(super) const TEXTS: &str = "texts";
pub(super) const NUMBERS: &str = "numbers";
pub(super) const FEATURES: &str = "features";
pub(super) const TABLE: &str = "table";
pub(super) const WORDS: &str = "words";
pub(super) const USES: &str = "uses";
pub(super) const SKETCHES: &str = "sketches";
const KINDS: [&str; 7] = [TEXTS, NUMBERS, FEATURES, TABLE, WORDS, USES, SKETCHES];
/// What files begin with that are not in place yet.
pub(super) const TEMPORARY: &str = ".lfx-match-";
/// What the build at work in a folder holds. It stays: removed, it could be held by two.
pub(super) const LOCK: &str = ".lfx-match-lock";
const EXTENSION: &str = ".bin";

/// Refuses a folder that holds something else than an index or what a build has left of one.
pub(super) fn refuse_foreign(folder: &Path) -> Result<()> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
            let names: Vec<String> = entries.flatten().map(name).collect();
            // Others have files called manifest.json, too.
            let is_index = names.iter().any(|name| is_finished(name)) || manifest::is_in(folder);
            if !is_index && !names.iter().all(|name| is_ours(name)) {
                let wrong = "the folder holds something else than an index";
                return Err(Error::new(ErrorKind::Input, wrong)
                    .at_path(folder)
                    .with_help("name a folder that is empty or not there"));
            }
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::io(folder, error)),
    }
}

/// Makes this build the only one in a folder, until what is returned is dropped.
pub(super) fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let failed = |error| Error::io(&path, error);
    let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let wrong = "another build is at work in this folder";
            let error = Error::new(ErrorKind::Index, wrong).at_path(folder);
            Err(error.with_help("wait until it is done, or name another folder"))
        }
        // Some file systems know no locks: two builds at a time are then the user's to avoid.
        Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Whether a file is one that a build has left.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with(TEMPORARY) || is_finished(name)
}

/// Whether a file is one of an index, by its name.
fn is_finished(name: &str) -> bool {
    let digits = |kind: &&str| name.strip_prefix(*kind)?.strip_prefix('-')?.strip_suffix(EXTENSION);
    let is_digest =
        |digits: &str| digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    KINDS.iter().filter_map(digits).any(is_digest)
}

/// Removes what a build in `folder` that was stopped has begun. The next build would do the same.
pub fn discard_unfinished(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(TEMPORARY) && name != LOCK {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file that is written piece by piece.
pub(super) struct Growing<'a> {
    folder: &'a Path,
    file: std::io::BufWriter<NamedTempFile>,
    hasher: blake3::Hasher,
    /// How long it is.
    end: u64,
}

impl<'a> Growing<'a> {
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

/// Whether any file of records was written to since its manifest was: by no build, then.
pub(super) fn were_touched(folder: &Path, manifest: &Manifest) -> bool {
    let written =
        |name: &str| fs::metadata(folder.join(name)).and_then(|file| file.modified()).ok();
    let at_last = written(manifest::NAME);
    let records = [TEXTS, NUMBERS, FEATURES].into_iter().flat_map(|kind| manifest.all_files(kind));
    // Clocks of file systems tick in milliseconds: what is of one moment may have been touched.
    records.map(|file| written(&file.name)).any(|file| file.is_none() || file >= at_last)
}

/// Removes what earlier builds have left. Nothing depends on it: what cannot be removed now will be the next time.
pub(super) fn tidy(folder: &Path, manifest: &Manifest) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) && name != LOCK && !manifest.files.iter().any(|file| file.name == name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The digest of a file, by all processors.
pub(super) fn hash(bytes: &[u8]) -> blake3::Hash {
    blake3::Hasher::new().update_rayon(bytes).finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_build_that_was_stopped_only_what_it_had_begun_goes() {
        let folder = tempfile::tempdir().unwrap();
        let finished = "texts-0123456789abcdef.bin";
        for name in [finished, manifest::NAME, LOCK, "notes.txt", ".lfx-match-Ab12"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        discard_unfinished(folder.path());
        let names = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [LOCK, manifest::NAME, "notes.txt", finished]);
    }
}
