//! Finding and reading the documents of a catalog: files, folders, standard input.
//!
//! The only place of the reader that touches the file system. Understands no content beyond "is it text".

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// The largest document that is read, in bytes (8 MiB): several times all catalogs of 2019 to 2026 together. Parsing
/// takes up to some sixty bytes for each byte of a hostile page, so this bounds the memory as well.
pub const LARGEST_DOCUMENT: u64 = 8 << 20;

/// Folders deeper than this below the one that was named are not searched.
const DEEPEST: usize = 32;

/// A document that was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// Whether it was named itself, rather than found in a folder.
    pub(crate) named: bool,
}

/// The documents that `paths` name, each once, folders searched in the order of their names for `.md` files and JSON
/// exports.
///
/// # Errors
/// Where a path does not exist, or a named folder cannot be read.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found { path: path.clone(), named: true });
            continue;
        }
        let meta =
            fs::metadata(path).map_err(|e| Error::io(path, e).with_help("check the path"))?;
        if !meta.is_dir() {
            if path.canonicalize().map_or(true, |real| seen.insert(real)) {
                found.push(Found { path: path.clone(), named: true });
            }
            continue;
        }
        fs::read_dir(path).map_err(|e| Error::io(path, e))?;
        search(path, DEEPEST, &mut seen, &mut found);
    }
    Ok(found)
}

/// Adds the documents in `folder`. A folder reached a second time, as through a link in a circle, is passed over; one
/// that may not be read is added itself, for reading it to fail.
fn search(
    folder: &Path,
    depth: usize,
    seen: &mut std::collections::HashSet<PathBuf>,
    found: &mut Vec<Found>,
) {
    let Ok(real) = folder.canonicalize() else { return };
    if depth == 0 || !seen.insert(real) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else {
        // Reading it will say why not.
        found.push(Found { path: folder.to_owned(), named: false });
        return;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        let Ok(meta) = fs::metadata(&path) else {
            // A link that leads nowhere, to a document as its name says.
            if is_document(&path) {
                found.push(Found { path, named: false });
            }
            continue;
        };
        if meta.is_dir() {
            search(&path, depth - 1, seen, found);
        } else if meta.is_file() && is_document(&path) {
            // A link to a file that is in the folder anyway would give its projects twice.
            if path.canonicalize().is_ok_and(|real| seen.insert(real)) {
                found.push(Found { path, named: false });
            }
        }
    }
}

/// Whether a file in a folder is read as a document of a catalog, by its name: Markdown, or `lfx-export.json`.
pub fn is_document(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.ends_with(".md") || name.ends_with(".markdown") || name == "lfx-export.json"
}

/// The text of the document at `path`, `-` being standard input.
///
/// # Errors
/// Where it cannot be read, is larger than [`LARGEST_DOCUMENT`], or is no text.
pub(crate) fn read(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        let stdin = std::io::stdin().lock();
        stdin.take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    } else {
        let file = fs::File::open(path).map_err(|e| Error::io(path, e))?;
        // Asking for the size first spares reading what is refused anyway.
        if file.metadata().is_ok_and(|m| m.len() > LARGEST_DOCUMENT) {
            return Err(too_large(path));
        }
        file.take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    }
    if bytes.len() as u64 > LARGEST_DOCUMENT {
        return Err(too_large(path));
    }
    text(path, bytes)
}

fn too_large(path: &Path) -> Error {
    let limit = LARGEST_DOCUMENT >> 20;
    Error::new(ErrorKind::TooLarge, format!("the document is larger than {limit} MiB"))
        .at_path(path)
        .with_help("split it, or name the catalog's own pages")
}

/// `bytes` as text: UTF-8 with or without a mark at its start, or UTF-16 with one.
fn text(path: &Path, bytes: Vec<u8>) -> Result<String> {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|b| pair([b[0], b[1]]));
        char::decode_utf16(units).collect::<std::result::Result<String, _>>()
    };
    let decoded = match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes).map_err(|_| 2),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes).map_err(|_| 2),
        _ => String::from_utf8(bytes).map_err(|e| e.utf8_error().valid_up_to()),
    };
    let binary = |line: usize, what: &str| {
        Error::new(ErrorKind::Input, what)
            .at_path(path)
            .at_line(line)
            .with_help("a catalog is a Markdown page or a JSON export, in UTF-8")
    };
    match decoded {
        // A stray NUL or two are noise; a file full of them is no text.
        Ok(text) if text.bytes().filter(|b| *b == 0).count() * 100 > text.len() => {
            Err(binary(1, "this is a binary file, not text"))
        }
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(bare) => bare.to_owned(),
            None => text,
        }),
        Err(at) => Err(binary(1, &format!("this is not text: byte {at} is no UTF-8"))),
    }
}
