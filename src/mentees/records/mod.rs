//! Cuts a stream of CSV into records, and tells where quoting is broken. `scan` looks at one record, this module reads.
//!
//! Readers of CSV take whatever comes: a quote that is never closed makes one cell of all that follows, without
//! a word. Here such a record costs its first line alone, and reading goes on with the next one. Otherwise the
//! rules are those of RFC 4180, with any delimiter, any line end, and blanks around quotes.

mod scan;

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use memchr::memchr2;

use scan::{Cell, Flaw, Scan, first_line, lines, scan_record};

use super::encoding::unreadable;
use crate::error::Result;

/// No record is longer, in bytes: what is taken into a quote beyond this was never closed.
const LONGEST: usize = 1 << 20;
/// How much is read at a time.
const CHUNK: usize = 1 << 16;

/// What stands next in the stream.
#[derive(Debug, PartialEq)]
pub(super) enum Next<'a> {
    /// A record.
    Record(Record<'a>),
    /// A record that is broken, and why.
    Broken {
        /// The line on which it starts.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// One record.
#[derive(Debug, PartialEq)]
pub(super) struct Record<'a> {
    /// The line on which it starts, from 1.
    pub(super) line: u64,
    bytes: &'a [u8],
    cells: &'a [Cell],
}

impl<'a> Record<'a> {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The content of a cell.
    pub(super) fn get(&self, at: usize) -> Option<Cow<'a, [u8]>> {
        Some(self.cells.get(at)?.content(self.bytes))
    }
}

/// A stream that is cut into records.
pub(super) struct Records<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the next record starts in the buffer.
    start: usize,
    /// The line on which it starts.
    line: u64,
    ended: bool,
    delimiter: u8,
    /// How many cells a row has; 0 where that is not known yet.
    width: usize,
    cells: Vec<Cell>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            start: 0,
            line: 1,
            ended: false,
            delimiter: b',',
            width: 0,
            cells: Vec::new(),
        }
    }

    /// How the records from here on are cut, and how many cells each should have.
    pub(super) fn set_shape(&mut self, delimiter: u8, width: usize) {
        (self.delimiter, self.width) = (delimiter, width);
    }

    /// Excel's way to name the delimiter: a first line `sep=;`, which is passed over.
    pub(super) fn take_delimiter(&mut self) -> Result<Option<u8>> {
        while !self.ended && self.buffer.len() < self.start + 6 {
            self.fill()?;
        }
        let head = &self.buffer[self.start..];
        let delimiter = match head {
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, b'\r' | b'\n', ..] => {
                Some(*delimiter)
            }
            _ => None,
        };
        if delimiter.is_some() {
            self.advance(first_line(head));
        }
        Ok(delimiter)
    }

    /// The next record as it would be cut at `delimiter`, which stays the next one.
    pub(super) fn peek(&mut self, delimiter: u8) -> Result<Option<Next<'_>>> {
        self.skip_blank_lines()?;
        if self.start == self.buffer.len() {
            return Ok(None);
        }
        self.set_shape(delimiter, 0);
        let line = self.line;
        Ok(Some(match self.scan()? {
            Scan::Complete { end, .. } => {
                let bytes = &self.buffer[self.start..self.start + end];
                Next::Record(Record { line, bytes, cells: &self.cells })
            }
            Scan::Broken { flaw, .. } => Next::Broken { line, reason: flaw.reason().to_owned() },
        }))
    }

    /// The next record, or why it is none; blank lines are passed over.
    pub(super) fn next(&mut self) -> Result<Option<Next<'_>>> {
        self.skip_blank_lines()?;
        if self.start == self.buffer.len() {
            return Ok(None);
        }
        let end = match self.scan()? {
            Scan::Complete { end, .. } => end,
            Scan::Broken { flaw, end } => return Ok(Some(self.broken(flaw, end)?)),
        };
        // Scanning may have moved what is in the buffer.
        let (line, start) = (self.line, self.start);
        let fits = self.width == 0 || self.cells.len() == self.width;
        let first = first_line(&self.buffer[start..start + end]);
        if !fits && first < end && self.is_row(start + first) {
            return Ok(Some(self.broken(Flaw::NeverClosed, end)?));
        }
        self.advance(end);
        let bytes = &self.buffer[start..start + end];
        Ok(Some(Next::Record(Record { line, bytes, cells: &self.cells })))
    }

    /// Passes over as much as a broken record costs.
    fn broken(&mut self, flaw: Flaw, end: usize) -> Result<Next<'static>> {
        let line = self.line;
        self.advance(match flaw {
            Flaw::NeverClosed => first_line(&self.buffer[self.start..]),
            Flaw::Behind | Flaw::TooLong => end,
        });
        if flaw == Flaw::TooLong {
            self.skip_line()?;
        }
        let mut reason = flaw.reason().to_owned();
        if self.line > line + 1 {
            reason += &format!("; it takes the lines up to {}", self.line - 1);
        }
        Ok(Next::Broken { line, reason })
    }

    /// Whether the line at `at` is a sound row by itself.
    fn is_row(&self, at: usize) -> bool {
        let end = at + first_line(&self.buffer[at..]);
        let mut cells = Vec::new();
        let scan = scan_record(&self.buffer[at..end], self.delimiter, true, &mut cells);
        matches!(scan, Some(Scan::Complete { stray: false, .. })) && cells.len() == self.width
    }

    /// Scans the record at the start of the buffer, reading as much as that needs.
    fn scan(&mut self) -> Result<Scan> {
        loop {
            let bytes = &self.buffer[self.start..];
            if let Some(scan) = scan_record(bytes, self.delimiter, self.ended, &mut self.cells) {
                return Ok(scan);
            }
            if bytes.len() >= LONGEST {
                let is_one_line = first_line(bytes) == bytes.len();
                let flaw = if is_one_line { Flaw::TooLong } else { Flaw::NeverClosed };
                return Ok(Scan::Broken { flaw, end: bytes.len() });
            }
            self.fill()?;
        }
    }

    /// Reads more behind what is there.
    fn fill(&mut self) -> Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(length + read.as_ref().copied().unwrap_or(0));
        self.ended = read.map_err(unreadable)? == 0;
        Ok(())
    }

    /// Passes over the rest of a line.
    fn skip_line(&mut self) -> Result<()> {
        while memchr2(b'\n', b'\r', &self.buffer[self.start..]).is_none() {
            self.start = self.buffer.len();
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
        self.advance(first_line(&self.buffer[self.start..]));
        Ok(())
    }

    fn skip_blank_lines(&mut self) -> Result<()> {
        loop {
            match self.buffer.get(self.start) {
                Some(b'\n' | b'\r') => {
                    // Whether a line feed belongs to this carriage return shows only when it is there.
                    if self.start + 1 == self.buffer.len() && !self.ended {
                        self.fill()?;
                    }
                    self.advance(first_line(&self.buffer[self.start..]));
                }
                Some(_) => return Ok(()),
                None if self.ended => return Ok(()),
                None => self.fill()?,
            }
        }
    }

    fn advance(&mut self, length: usize) {
        self.line += lines(&self.buffer[self.start..self.start + length]);
        self.start += length;
    }
}

#[cfg(test)]
mod tests;
