//! What was found wrong in a catalog, and how severe it is.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Code;

/// How severe a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something a reader may want to know.
    Note,
    /// Something was missing or was repaired.
    Warning,
    /// Something was lost or cannot be right.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something found wrong in a catalog: a flaw in the page, not a failure of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// How severe it is.
    pub severity: Severity,
    /// What kind of flaw it is.
    pub code: Code,
    /// What is wrong, and what was done about it.
    pub message: String,
    /// The column, counted from 1 in characters, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The column after the last character that it is about, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    /// What the editor of the page can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}
