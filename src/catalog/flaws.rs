//! What was found wrong in one document, as it is being read.
//!
//! Only collects: the readers decide what is a flaw, and the reports how it is shown.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use crate::model::{Code, Diagnostic, Severity};

/// The flaws of one document.
#[derive(Debug)]
pub(crate) struct Flaws {
    path: PathBuf,
    found: Vec<Diagnostic>,
}

/// At most this many flaws of a document are kept, the most severe ones, so that garbage cannot fill the memory.
const MOST: usize = 10_000;

impl Flaws {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), found: Vec::new() }
    }

    /// Something that a reader may want to know.
    pub(crate) fn note(
        &mut self,
        line: usize,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Note, line, code, message.into(), help.into());
    }

    /// Something that was missing or was repaired.
    pub(crate) fn warning(
        &mut self,
        line: usize,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Warning, line, code, message.into(), help.into());
    }

    /// Something that was lost or cannot be right.
    pub(crate) fn error(
        &mut self,
        line: usize,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Error, line, code, message.into(), help.into());
    }

    fn add(&mut self, severity: Severity, line: usize, code: Code, message: String, help: String) {
        self.found.push(Diagnostic {
            path: self.path.clone(),
            line,
            severity,
            code,
            message,
            column: None,
            end_column: None,
            help: (!help.is_empty()).then_some(help),
        });
        // Not at every flaw above the limit: sorting each time would make hostile pages slow.
        if self.found.len() >= 2 * MOST {
            self.keep_most_severe();
        }
    }

    /// Drops notes before warnings and warnings before errors, the last ones first, until there are at most [`MOST`].
    fn keep_most_severe(&mut self) {
        if self.found.len() > MOST {
            self.found.sort_by_key(|flaw| Reverse(flaw.severity));
            self.found.truncate(MOST);
        }
    }

    /// The flaws, in the order of the text.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.keep_most_severe();
        self.found.sort_by_key(|flaw| (flaw.line, flaw.code.name()));
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_found_late_is_kept_however_many_notes_came_before() {
        let mut flaws = Flaws::new(Path::new("p.md"));
        for line in 1..=5 * MOST {
            flaws.note(line, Code::AddressInClear, "", "");
        }
        flaws.warning(5 * MOST + 1, Code::MissingSkills, "", "");
        flaws.error(5 * MOST + 2, Code::BadProgram, "", "");
        let kept = flaws.into_sorted();
        assert_eq!(kept.len(), MOST);
        // Of the notes the first ones stay, and all are in the order of the text.
        let lines: Vec<usize> = kept.iter().map(|flaw| flaw.line).collect();
        let notes = (1..=MOST - 2).chain([5 * MOST + 1, 5 * MOST + 2]);
        assert_eq!(lines, notes.collect::<Vec<_>>());
    }

    #[test]
    fn nothing_slighter_takes_the_place_of_an_error() {
        let mut flaws = Flaws::new(Path::new("p.md"));
        for line in 1..=MOST {
            flaws.error(line, Code::BadProgram, "", "");
        }
        for line in 1..=3 * MOST {
            flaws.warning(line, Code::MissingSkills, "", "");
        }
        let kept = flaws.into_sorted();
        assert_eq!(kept.len(), MOST);
        assert!(kept.iter().all(|flaw| flaw.severity == Severity::Error));
    }
}
