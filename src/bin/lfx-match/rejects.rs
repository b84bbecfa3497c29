//! Where rejected rows are told of: in a file, or on standard error as they come.

use std::path::{Path, PathBuf};

use lfx_match::mentees::RowError;
use lfx_match::report::one_line;

use super::failure::Failure;
use super::output::{Access, Sink, Terminal};

/// The rows that could not be used.
pub(crate) struct Rejects<'a> {
    terminal: &'a Terminal,
    /// The file of the applicants.
    path: PathBuf,
    sink: Option<Sink>,
    count: u64,
}

impl<'a> Rejects<'a> {
    /// Of the applicants in `path`, told of in `file` where there is one.
    pub(crate) fn new(
        path: &Path,
        file: Option<&Path>,
        terminal: &'a Terminal,
    ) -> Result<Self, Failure> {
        let sink = file.map(|file| Sink::file(file, Access::Usual)).transpose()?;
        Ok(Self { terminal, path: path.to_owned(), sink, count: 0 })
    }

    pub(crate) fn add(&mut self, row: &RowError) -> Result<(), Failure> {
        self.count += 1;
        let told = format!("{}:{}: {}", self.path.display(), row.line, row.reason);
        match &mut self.sink {
            Some(sink) => sink.write(&format!("{}\n", one_line(&told))),
            None => {
                self.terminal.warning(&format!("{told}; the row is left out"));
                Ok(())
            }
        }
    }

    /// How many there are so far.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self.count {
            0 => {}
            1 => self.terminal.warning("one row was rejected"),
            count => self.terminal.warning(&format!("{count} rows were rejected")),
        }
        self.sink.map_or(Ok(()), Sink::finish)
    }
}
