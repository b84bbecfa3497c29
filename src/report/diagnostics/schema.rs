//! What `catalog check` found, as data for programs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::excerpt::{Excerpt, LONGEST_ADDRESS};
use crate::catalog::{Checked, Page};
use crate::model::{Code, Diagnostic, Severity};
use crate::report::schema::SCHEMA_VERSION;
use crate::safe::{one_line, without_addresses};

/// What was found wrong in a catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// How many projects were read.
    pub projects: usize,
    /// How many flaws there are of each severity.
    pub counts: Counts,
    /// The flaws, in the order of the documents.
    pub diagnostics: Vec<DiagnosticReport>,
}

/// How many flaws there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Of severity error.
    pub errors: usize,
    /// Of severity warning.
    pub warnings: usize,
    /// Of severity note.
    pub notes: usize,
}

/// One flaw, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticReport {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column of the first character that it is about, counted from 1 in characters.
    pub column: Option<usize>,
    /// The column behind the last one.
    pub end_column: Option<usize>,
    /// How grave it is.
    pub severity: Severity,
    /// What kind of flaw it is.
    pub code: Code,
    /// What is wrong, in one line of at most some hundred characters.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The line itself, or the part of it around the place.
    pub excerpt: Option<Excerpt>,
}

/// The longest message that is shown, in characters: a heading may be as long as a page.
const LONGEST_MESSAGE: usize = 300;

impl From<&Checked> for CheckReport {
    fn from(checked: &Checked) -> Self {
        let pages: BTreeMap<&Path, &Page> =
            checked.pages.iter().map(|page| (page.path.as_path(), page)).collect();
        let found = &checked.catalog.diagnostics;
        let count = |severity| found.iter().filter(|flaw| flaw.severity == severity).count();
        Self {
            schema_version: SCHEMA_VERSION,
            projects: checked.catalog.projects.len(),
            counts: Counts {
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
                notes: count(Severity::Note),
            },
            diagnostics: found
                .iter()
                .map(|flaw| DiagnosticReport::new(flaw, pages.get(flaw.path.as_path()).copied()))
                .collect(),
        }
    }
}

impl DiagnosticReport {
    fn new(flaw: &Diagnostic, page: Option<&Page>) -> Self {
        let line = page.and_then(|page| page.line(flaw.line));
        Self {
            path: flaw.path.clone(),
            line: flaw.line,
            column: flaw.column,
            end_column: flaw.end_column,
            severity: flaw.severity,
            code: flaw.code,
            message: shown(&flaw.message),
            help: flaw.help.as_deref().map(shown),
            excerpt: line.map(|line| Excerpt::of(line, flaw.column.unwrap_or(1))),
        }
    }

    /// The path as a person may read it.
    pub(super) fn shown_path(&self) -> String {
        one_line(&self.path.to_string_lossy())
    }
}

/// `message` in one line, not too long, and without mail addresses.
fn shown(message: &str) -> String {
    let start: String = message.chars().take(LONGEST_MESSAGE + LONGEST_ADDRESS).collect();
    let safe = without_addresses(&one_line(&start));
    match safe.char_indices().nth(LONGEST_MESSAGE) {
        Some((at, _)) => format!("{}…", safe[..at].trim_end()),
        None => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::diagnostics::sample;

    #[test]
    fn messages_are_cut_without_showing_half_an_address() {
        let message = format!("{} ann@example.org", "x".repeat(LONGEST_MESSAGE - 6));
        let cut = shown(&message);
        assert!(cut.ends_with("x *****…"), "{cut}");
    }

    #[test]
    fn a_report_counts_and_keeps_the_order() {
        let report = sample::report();
        assert_eq!(report.counts, Counts { errors: 1, warnings: 1, notes: 1 });
        let lines: Vec<usize> = report.diagnostics.iter().map(|flaw| flaw.line).collect();
        assert_eq!(lines, [3, 7, 1]);
    }
}
