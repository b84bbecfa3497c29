//! Applicants from CSV or JSON Lines, one at a time, each with its line.
//!
//! A row that cannot be used is a value beside the good ones ([`RowError`]), never a stop. Of a row only the id, the
//! skills, the skills to learn and the interests are read, and the columns that are asked for to be handed through;
//! nothing else can reach a score.

mod applicant;
mod csv;
mod encoding;
mod ids;
mod jsonl;
mod options;
mod pseudonyms;
mod records;
mod rows;

use std::io::{BufRead, BufReader, Read};

pub use applicant::{Applicant, Row, RowError};
pub use options::{Column, ColumnMap, Format, Options};
pub use pseudonyms::Pseudonyms;
pub use rows::RawRow;

use crate::error::{Error, ErrorKind, Result};

/// The rows of an input, in its order. An error ends them: the input can no longer be read.
pub type Rows = Box<dyn Iterator<Item = Result<RawRow>> + Send>;

/// Reads applicants from CSV with a header row or from JSON Lines: in UTF-8, in UTF-16, or in the encoding that is named;
/// with commas, semicolons, tabs or bars between cells, and with Excel's line `sep=;` before them.
///
/// ```
/// use lfx_match::mentees::{Options, read};
///
/// let form = "ID;Skills\na1;\"Go, Rust\"\na1;C\n";
/// let mut rows = read(form.as_bytes(), &Options::default())?.map(|row| row.map(|row| row.read()));
/// let (first, second) = (rows.next().unwrap()?, rows.next().unwrap()?);
/// assert_eq!(first.unwrap().mentee.skills, ["Go", "Rust"]);
/// assert_eq!(second.unwrap_err().line, 3);
/// # Ok::<(), lfx_match::Error>(())
/// ```
///
/// # Errors
///
/// The input cannot be read, has no header row, or lacks the id, a column that is named, or every column that could be
/// matched on.
pub fn read(input: impl Read + Send + 'static, options: &Options) -> Result<Rows> {
    let input = encoding::decoded(input, options.encoding)?;
    let mut input = BufReader::with_capacity(1 << 16, input);
    let format = match options.format {
        Some(Format::Csv) => Format::Csv,
        // A list of objects is none to the line, whoever calls it JSON Lines.
        Some(Format::JsonLines) => sniff(&mut input).map(|_| Format::JsonLines)?,
        None => sniff(&mut input)?,
    };
    match format {
        Format::Csv => csv::rows(input, options),
        Format::JsonLines => Ok(jsonl::rows(input, options)),
    }
}

/// An object at the start means JSON Lines: no heading begins with a brace.
fn sniff(input: &mut impl BufRead) -> Result<Format> {
    let head = input.fill_buf().map_err(encoding::unreadable)?;
    match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => Ok(Format::JsonLines),
        Some(b'[') => {
            let message = "this is one JSON list, not JSON Lines";
            let help = "write one object a line, as `jq -c '.[]'` does";
            Err(Error::new(ErrorKind::Input, message).with_help(help))
        }
        _ => Ok(Format::Csv),
    }
}

#[cfg(test)]
mod tests;
