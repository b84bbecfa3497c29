//! Reports as JSON and JSON Lines.

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};

/// A report as indented JSON, with a line feed at its end.
///
/// # Errors
///
/// A path in it is not Unicode.
pub fn json(report: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(report).map_err(not_json)?;
    Ok(text + "\n")
}

/// Reports as JSON Lines, each in one line.
///
/// # Errors
///
/// A path in one is not Unicode.
pub fn jsonl<T: Serialize>(reports: &[T]) -> Result<String> {
    let mut text = String::new();
    for report in reports {
        text += &serde_json::to_string(report).map_err(not_json)?;
        text.push('\n');
    }
    Ok(text)
}

pub(super) fn not_json(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::Input, format!("the result cannot be written as JSON: {error}"))
}
