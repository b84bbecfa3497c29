//! Applicants from CSV or JSON Lines, one at a time, each with its line.
//!
//! A row that cannot be used is a value beside the good ones ([`RowError`]), never a stop. Of a row only the id, the
//! skills, the skills to learn and the interests are read, and the columns that are asked for to be handed through;
//! nothing else can reach a score.

mod csv;
mod encoding;
mod ids;
mod jsonl;
mod pseudonyms;
mod records;
mod rows;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use encoding_rs::Encoding;

pub use pseudonyms::Pseudonyms;
pub use rows::RawRow;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Mentee;

/// An applicant of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applicant {
    /// Their id, unique within the batch.
    pub id: String,
    /// The line on which their row starts, from 1.
    pub line: u64,
    /// What the ranking may see of them.
    pub mentee: Mentee,
    /// The cells of the columns that are handed through, in the order of [`Options::keep`].
    pub kept: Vec<String>,
    /// The id as written is a mail address, and `id` says the line instead.
    pub is_renamed: bool,
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line on which the row starts, from 1.
    pub line: u64,
    /// What is wrong with it. It quotes nothing of the row.
    pub reason: String,
}

/// What a row is: an applicant, or the reason why it is none.
pub type Row = std::result::Result<Applicant, RowError>;

/// The rows of an input, in its order. An error ends them: the input can no longer be read.
pub type Rows = Box<dyn Iterator<Item = Result<RawRow>> + Send>;

/// The columns that are read, by the names under which they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Who it is.
    Id,
    /// What they can do.
    Skills,
    /// What they want to learn.
    Learn,
    /// What they are interested in.
    Interests,
}

impl Column {
    /// All columns.
    pub const ALL: [Column; 4] = [Column::Id, Column::Skills, Column::Learn, Column::Interests];

    /// The column's name.
    pub fn name(self) -> &'static str {
        match self {
            Column::Id => "id",
            Column::Skills => "skills",
            Column::Learn => "learn",
            Column::Interests => "interests",
        }
    }
}

/// Other headings for the columns (`--map skills="What can you do?"`).
pub type ColumnMap = BTreeMap<Column, String>;

/// How applicants are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV with a header row.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// How applicants are read. What is not said is found out from the input.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Other headings for the columns.
    pub map: ColumnMap,
    /// Headings of further columns, handed through to the results.
    pub keep: Vec<String>,
    /// The format; found out from the first character where it is not said.
    pub format: Option<Format>,
    /// What parts the cells of CSV; found out from the header row where it is not said.
    pub delimiter: Option<u8>,
    /// The encoding, where it is neither UTF-8 nor UTF-16.
    pub encoding: Option<&'static Encoding>,
    /// Mail addresses in kept columns stay; otherwise, and always in skills and interests, each of their characters becomes
    /// a `*`.
    pub with_addresses: bool,
    /// Ids stay even where they are mail addresses; otherwise such an id becomes `line-N`.
    pub with_address_ids: bool,
}

impl Options {
    /// The heading under which a column stands.
    fn heading(&self, column: Column) -> &str {
        self.map.get(&column).map_or(column.name(), String::as_str)
    }
}

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
        Some(format) => format,
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

/// A heading as it is compared: case, spaces, underscores and hyphens do not matter.
fn folded(heading: &str) -> String {
    let dropped = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-');
    heading.chars().filter(dropped).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
