//! What a command reads and writes: nothing twice, and nothing over what it reads.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, error::ErrorKind};
use lfx_match::catalog::is_document;

use super::args::Cli;
use super::failure::Failure;

/// Refuses paths of which one would take the place of another or of a document or index file in a folder that is read, and
/// standard input (`-`) where it is named more than once.
pub(crate) fn keep_apart<'a>(
    inputs: impl IntoIterator<Item = &'a Path>,
    outputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let wrong = |message: String| {
        Err(Failure::usage(Cli::command().error(ErrorKind::ArgumentConflict, message)))
    };
    let (streams, inputs): (Vec<&Path>, Vec<&Path>) =
        inputs.into_iter().partition(|path| path.as_os_str() == "-");
    if streams.len() > 1 {
        let message = "standard input (`-`) is named more than once; save one input to a file";
        return wrong(message.to_owned());
    }
    let read: Vec<PathBuf> = inputs.into_iter().map(place).collect();
    let mut written: Vec<PathBuf> = Vec::new();
    for output in outputs {
        let place = place(output);
        if written.contains(&place) {
            return wrong(format!("{} is to be written twice; name two files", output.display()));
        }
        // A device may be both.
        let is_read = read.contains(&place) || read.iter().any(|folder| holds(folder, &place));
        if is_read && place.is_file() {
            let message = "is read by this command; name another file for the result";
            return wrong(format!("{} {message}", output.display()));
        }
        written.push(place);
    }
    Ok(())
}

/// Whether a file is one of those that a command reads of a folder: any of an index, the documents of a catalog.
fn holds(folder: &Path, file: &Path) -> bool {
    file.starts_with(folder) && (is_document(file) || folder.join("manifest.json").is_file())
}

/// The same for all paths that lead to the same file, be it there or not.
fn place(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    let beside =
        |name: &OsStr| Some(parent.unwrap_or(Path::new(".")).canonicalize().ok()?.join(name));
    let made = || path.file_name().and_then(beside);
    path.canonicalize().ok().or_else(made).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_or_written_already_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a.csv"), "id\n").unwrap();
        let again = path(".").join("a.csv");
        let apart = |inputs: &[&Path], outputs: &[&Path]| {
            keep_apart(inputs.iter().copied(), outputs.iter().copied()).is_ok()
        };
        assert!(apart(&[&path("a.csv")], &[&path("b.csv"), &path("c.csv")]));
        assert!(!apart(&[&path("a.csv")], &[&again]));
        assert!(!apart(&[], &[&path("b.csv"), &path("./b.csv")]));
        assert!(!apart(&[Path::new("-"), Path::new("-")], &[]));
    }

    #[test]
    fn what_is_read_of_a_folder_is_not_written() {
        let (folder, index) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let [page, table] = ["ideas.md", "ranking.csv"].map(|name| folder.path().join(name));
        let [manifest, texts] = ["manifest.json", "texts.bin"].map(|name| index.path().join(name));
        for path in [&page, &table, &manifest, &texts] {
            std::fs::write(path, "").unwrap();
        }
        let apart = |output: &Path| keep_apart([folder.path(), index.path()], [output]).is_ok();
        assert!(apart(&table) && apart(&folder.path().join("new.md")));
        let answers = folder.path().join("answers.json");
        std::fs::write(&answers, "").unwrap();
        assert!(apart(&answers), "a result of an earlier run may be replaced");
        assert!(!apart(&page) && !apart(&manifest) && !apart(&texts));
    }
}
