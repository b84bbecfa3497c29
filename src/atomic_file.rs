//! Files that are whole or not there: each is written under a name of its own, and given its place when all of it is on disk.

use std::io::{Result, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// What the names of files begin with that are not in place yet.
pub(crate) const PREFIX: &str = ".lfx-match-";

/// A new file in `folder`, which is removed when dropped before it is put in [`place`].
///
/// Temporary files are their owner's alone, and keep that mode when they are renamed: whoever may read what the user writes
/// may read this one, too.
pub(crate) fn create(folder: &Path) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Gives a file that is written its name, in place of what had that name before.
pub(crate) fn place(file: NamedTempFile, path: &Path) -> Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Writes the file `path`, or leaves it as it was.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = create(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    place(file, path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for text in ["old", "new"] {
            write(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn a_file_that_is_not_put_in_place_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        create(folder.path()).unwrap().write_all(b"half").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_may_be_read_by_whoever_may_read_what_the_user_writes() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| {
            let metadata = fs::metadata(folder.path().join(name)).unwrap();
            metadata.permissions().mode()
        };
        fs::write(folder.path().join("plain"), "").unwrap();
        write(&folder.path().join("atomic"), b"").unwrap();
        assert_eq!(mode("atomic"), mode("plain"));
    }
}
