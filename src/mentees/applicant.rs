//! An applicant of a batch, or the reason why a row holds none.

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
    /// The cells of the columns that are handed through, in the order of [`Options::keep`](super::Options::keep).
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
