//! The folder of an index: to whom it belongs, and what is left in it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::files::{FEATURES, NUMBERS, TEXTS, is_finished, is_ours};
use super::manifest::{self, Manifest};
use crate::atomic_file;
use crate::error::{Error, ErrorKind, Result};

/// What the build at work in a folder holds. It stays: removed, it could be held by two.
pub(super) const LOCK: &str = ".lfx-match-lock";

/// Refuses a folder that holds something else than an index or what a build has left of one.
fn refuse_foreign(folder: &Path) -> Result<()> {
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

/// The folder of an index in which this process alone builds, until it is dropped.
#[derive(Debug)]
pub struct LockedFolder {
    path: PathBuf,
    _lock: File,
}

impl LockedFolder {
    /// Locks the folder at `path`, which is made where it is not there.
    ///
    /// # Errors
    ///
    /// The folder holds something else than an index ([`ErrorKind::Input`]), another build is at work in it
    /// ([`ErrorKind::Index`]), or it cannot be written ([`ErrorKind::Io`]).
    pub fn new(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(|error| Error::io(path, error))?;
        refuse_foreign(path)?;
        Ok(Self { path: path.to_owned(), _lock: lock(path)? })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes what a build in this folder that was stopped has begun. The next build would do the same.
    ///
    /// Only who holds the lock can know that these files are of no other build, which may be at work.
    pub fn discard_unfinished(&self) {
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(atomic_file::PREFIX) && name != LOCK {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn lock(folder: &Path) -> Result<File> {
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
pub(super) fn remove_stale(folder: &Path, manifest: &Manifest) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) && name != LOCK && !manifest.files.iter().any(|file| file.name == name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_build_that_was_stopped_only_what_it_had_begun_goes() {
        let folder = tempfile::tempdir().unwrap();
        let finished = "texts-0123456789abcdef.bin";
        for name in [finished, manifest::NAME, "notes.txt", ".lfx-match-Ab12"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        LockedFolder::new(folder.path()).unwrap().discard_unfinished();
        assert_eq!(names(folder.path()), [LOCK, manifest::NAME, "notes.txt", finished]);
    }

    #[test]
    fn of_a_build_that_is_at_work_nobody_else_can_remove_anything() {
        let folder = tempfile::tempdir().unwrap();
        let at_work = LockedFolder::new(folder.path()).unwrap();
        fs::write(folder.path().join(".lfx-match-Ab12"), "half").unwrap();
        let error = LockedFolder::new(folder.path()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Index), "{error}");
        assert_eq!(names(folder.path()), [".lfx-match-Ab12", LOCK]);
        drop(at_work);
        LockedFolder::new(folder.path()).unwrap().discard_unfinished();
        assert_eq!(names(folder.path()), [LOCK]);
    }

    fn names(folder: &Path) -> Vec<std::ffi::OsString> {
        let names = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }
}
