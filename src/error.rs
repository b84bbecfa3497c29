//! What can go wrong: one error type for the library, with the file and line it speaks of.
//!
//! Nothing here prints. A bad *row* or a flaw in a *page* is not an error but a value
//! ([`crate::model::Diagnostic`]): an [`Error`] means that the work asked for cannot be done.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The result of a fallible operation of this library.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of failure an [`Error`] is.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused to read or write.
    Io(std::io::Error),
    /// The input is not what its name or place says: not text, not JSON, not a catalog.
    Input,
    /// The input is larger than the stated limit.
    TooLarge,
    /// A name or value that was asked for is not known.
    Unknown,
    /// An embedding model could not be loaded or run.
    Model,
    /// An index is damaged, of another format version, or made for something else.
    Index,
}

/// A failure, with where it happened and what to do about it.
///
/// Displayed as `PATH:LINE: what is wrong; what to do`, the parts that are not known left out.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    line: Option<usize>,
    message: String,
    help: Option<String>,
}

impl Error {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, path: None, line: None, message: message.into(), help: None }
    }

    /// A failure to read or write `path`.
    pub fn io(path: &Path, error: std::io::Error) -> Self {
        let message = error.to_string();
        let help = match error.kind() {
            io::ErrorKind::NotFound => Some("check the path"),
            io::ErrorKind::PermissionDenied => Some("check who may read and write it"),
            _ => None,
        };
        let failure = Self::new(ErrorKind::Io(error), message).at_path(path);
        match help {
            Some(help) => failure.with_help(help),
            None => failure,
        }
    }

    /// The same error, of the file `path`.
    #[must_use]
    pub fn at_path(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// The same error, at line `line` (1 is the first).
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same error, with what the user can do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The file it speaks of, where there is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The line it speaks of, counted from 1, where there is one.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", path.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}
