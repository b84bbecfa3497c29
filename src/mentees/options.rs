//! How applicants are read: under which headings, and in which format.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

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
    pub(super) fn heading(&self, column: Column) -> &str {
        self.map.get(&column).map_or(column.name(), String::as_str)
    }
}

/// A heading as it is compared: case, spaces, underscores and hyphens do not matter.
pub(super) fn folded(heading: &str) -> String {
    let dropped = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-');
    heading.chars().filter(dropped).flat_map(char::to_lowercase).collect()
}
