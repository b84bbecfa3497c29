//! What was found wrong in one document, as it is being read.
//!
//! Only collects: what is a flaw, the readers decide; how it is shown, the reports do.

use std::path::{Path, PathBuf};

use crate::model::{Code, Diagnostic, Severity};

/// The flaws of one document.
#[derive(Debug)]
pub(crate) struct Flaws {
    path: PathBuf,
    found: Vec<Diagnostic>,
}

/// More flaws of one document than this are not kept, so that garbage cannot fill the memory with messages.
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
        if self.found.len() < MOST {
            let help = (!help.is_empty()).then_some(help);
            self.found.push(Diagnostic {
                path: self.path.clone(),
                line,
                severity,
                code,
                message,
                column: None,
                end_column: None,
                help,
            });
        }
    }

    /// The flaws, in the order of the text.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|flaw| (flaw.line, flaw.code.name()));
        self.found
    }
}
