//! Opens a file of applicants, and counts what is read of it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use lfx_match::Error;
use lfx_match::mentees::{self, Format, Options, Rows};

use super::failure::Failure;

/// A file of applicants that is being read.
pub(crate) struct Applicants {
    pub(crate) rows: Rows,
    /// How many bytes it has, where that is known.
    pub(crate) size: Option<u64>,
    /// How many of them have been read.
    pub(crate) read: Arc<AtomicU64>,
}

/// Opens `path`, `-` for standard input. A name that ends in `.jsonl` or `.ndjson` promises JSON Lines; otherwise the
/// first character tells.
pub(crate) fn open(path: &Path, mut options: Options) -> Result<Applicants, Failure> {
    let (input, size): (Box<dyn Read + Send>, _) = match path.to_str() {
        Some("-") => (Box::new(io::stdin()), None),
        _ => {
            let file = File::open(path).map_err(|error| Error::io(path, error))?;
            let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
            (Box::new(file), size)
        }
    };
    let extension = path.extension().map(|e| e.to_ascii_lowercase());
    if extension.is_some_and(|e| e == "jsonl" || e == "ndjson") {
        options.format = Some(Format::JsonLines);
    }
    let read = Arc::new(AtomicU64::new(0));
    let input = Counted { input, read: Arc::clone(&read) };
    let rows = mentees::read(input, &options).map_err(|error| error.at_path(path))?;
    let path = path.to_owned();
    let rows = rows.map(move |row| row.map_err(|error| error.at_path(&path)));
    Ok(Applicants { rows: Box::new(rows), size, read })
}

struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}
