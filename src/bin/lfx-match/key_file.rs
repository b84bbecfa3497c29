//! The key to pseudonyms: a CSV file of which name is whose, and the salt that gives the same names again.
//!
//! ```text
//! pseudonym,id
//! salt,5f0c…            who has this line can tell whose name is whose
//! 0a1b2c…,a17
//! ```
//!
//! An earlier file is read for its salt and kept whole; what is new is added to it. In memory there are eight bytes a name.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use lfx_match::Error;
use lfx_match::mentees::Pseudonyms;
use lfx_match::report::spreadsheet_cell;

use super::failure::Failure;
use super::output::{Access, Sink};

const HEADER: &str = "pseudonym,id\n";
/// What stands before the salt.
const SALT: &str = "salt,";

/// A key file that is being written.
pub(crate) struct KeyFile {
    pseudonyms: Pseudonyms,
    /// The names that are in the file.
    known: HashSet<u64>,
    sink: Sink,
}

impl KeyFile {
    /// Goes on with the file of an earlier run, or begins a new one with a new salt.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let pseudonyms = Pseudonyms::random()?;
                let mut sink = Sink::file(path, Access::Private)?;
                sink.write(&format!("{HEADER}{SALT}{}\n", pseudonyms.salt()))?;
                Ok(Self { pseudonyms, known: HashSet::new(), sink })
            }
            Err(error) => Err(Error::io(path, error).into()),
            Ok(file) => Self::go_on(path, file),
        }
    }

    fn go_on(path: &Path, file: impl Read) -> Result<Self, Failure> {
        let mut lines = BufReader::new(file).lines();
        let mut next = || lines.next().transpose().map_err(|error| Error::io(path, error));
        let header = next()?;
        let salt = next()?;
        let salt = salt.as_ref().and_then(|line| line.trim_end().strip_prefix(SALT));
        let pseudonyms = salt.and_then(Pseudonyms::from_salt);
        let (Some(pseudonyms), Some("pseudonym,id")) = (pseudonyms, header.as_deref()) else {
            let message = "this is no key file, and is not overwritten";
            return Err(Error::new(lfx_match::ErrorKind::Input, message)
                .at_path(path)
                .with_help("name a new file, or the key file of an earlier run")
                .into());
        };
        let mut sink = Sink::file(path, Access::Private)?;
        sink.write(&format!("{HEADER}{SALT}{}\n", pseudonyms.salt()))?;
        let mut known = HashSet::new();
        while let Some(line) = next()? {
            known.extend(line.split(',').next().and_then(short));
            sink.write(&line)?;
            sink.write("\n")?;
        }
        Ok(Self { pseudonyms, known, sink })
    }

    /// What gives the names.
    pub(crate) fn pseudonyms(&self) -> &Pseudonyms {
        &self.pseudonyms
    }

    /// Notes whose name `pseudonym` is.
    pub(crate) fn note(&mut self, pseudonym: &str, id: &str) -> Result<(), Failure> {
        match short(pseudonym) {
            Some(name) if !self.known.insert(name) => Ok(()),
            _ => {
                let id = spreadsheet_cell(id).replace('"', "\"\"");
                self.sink.write(&format!("{pseudonym},\"{id}\"\n"))
            }
        }
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.sink.finish()
    }
}

/// The first 64 bits of a pseudonym: for a million ids, two share them with a chance of 3 in 10⁸.
fn short(pseudonym: &str) -> Option<u64> {
    u64::from_str_radix(pseudonym.get(..16)?, 16).ok()
}
