//! Documents -> [`Catalog`]: finding them, telling their format, gathering their projects and flaws.
//!
//! `files` alone touches the file system; `documents`, `markdown` and `json` are pure. A new format is one file and one arm in
//! `documents::read_text`.

mod builtin;
mod checks;
pub mod codes;
mod completeness;
mod dedup;
mod documents;
mod files;
mod flaws;
mod ids;
mod json;
mod lines;
mod locate;
mod markdown;
mod maturity;
mod mentors;
pub mod organisations;
mod page;
mod rich_text;
mod scrub;
mod terms;
mod text;
mod urls;

use std::path::{Path, PathBuf};

pub use builtin::{builtin, check_builtin};
pub use documents::{Checked, from_text};
pub use files::{LARGEST_DOCUMENT, is_document};
pub use page::Page;

use crate::error::Result;
use crate::model::{Catalog, Code};
use documents::{Document, add, check_text, finish, read_text};
use flaws::Flaws;

/// Reads the catalog that `paths` name: files, folders (searched for `.md` and `lfx-export.json`), `-` for standard
/// input. Documents are read in the order given, within a folder in the order of their names.
///
/// # Errors
/// Where a document that was named cannot be read: missing, not permitted, larger than [`LARGEST_DOCUMENT`], not text,
/// or broken JSON. A document found in a folder is then passed over with a diagnostic.
pub fn read(paths: &[PathBuf]) -> Result<Catalog> {
    gather(paths, |path, text, named| read_text(path, &text, named))
}

/// Reads the catalog that `paths` name as [`read`] does, and looks for flaws that reading it does not need to know of.
///
/// # Errors
/// As [`read`].
pub fn check(paths: &[PathBuf]) -> Result<Checked> {
    let mut pages = Vec::new();
    let catalog = gather(paths, |path, text, named| check_text(path, text, named, &mut pages))?;
    Ok(Checked { catalog, pages })
}

/// Reads the documents that `paths` name with `take`.
fn gather(
    paths: &[PathBuf],
    mut take: impl FnMut(&Path, String, bool) -> Result<Document>,
) -> Result<Catalog> {
    let mut catalog = Catalog::default();
    for found in files::find(paths)? {
        let result = files::read(&found.path).and_then(|text| take(&found.path, text, found.named));
        match result {
            Ok(document) => add(&mut catalog, document, &found.path, found.named),
            Err(error) if found.named => return Err(error),
            Err(error) => {
                let mut flaws = Flaws::new(&found.path);
                flaws.error(
                    error.line().unwrap_or(1),
                    Code::UnreadableDocument,
                    format!("the document was left out: {error}"),
                    "",
                );
                catalog.diagnostics.extend(flaws.into_sorted());
            }
        }
    }
    finish(&mut catalog);
    Ok(catalog)
}
