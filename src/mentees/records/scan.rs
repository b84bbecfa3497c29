//! One record of CSV in bytes that are at hand: where its cells stand, where it ends, and what is wrong with its quotes.
//!
//! Pure: reads nothing, remembers nothing.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

/// Where a cell stands in its record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    content: Range<usize>,
    /// It holds quotes that are written twice.
    escapes: bool,
}

impl Cell {
    /// What it says.
    pub(super) fn content<'a>(&self, record: &'a [u8]) -> Cow<'a, [u8]> {
        let bytes = &record[self.content.clone()];
        if !self.escapes {
            return Cow::Borrowed(bytes);
        }
        let mut content = Vec::with_capacity(bytes.len());
        let mut bytes = bytes.iter();
        while let Some(&byte) = bytes.next() {
            content.push(byte);
            if byte == b'"' {
                bytes.next();
            }
        }
        Cow::Owned(content)
    }
}

/// What a scan has come to.
#[derive(Debug, PartialEq)]
pub(super) enum Scan {
    /// A record that ends, line end included, at `end`; `stray` where a quote stands within an unquoted cell.
    Complete { end: usize, stray: bool },
    /// A record that is broken and, as far as it can be told, ends at `end`.
    Broken { flaw: Flaw, end: usize },
}

/// What can be wrong with the quotes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    NeverClosed,
    Behind,
    TooLong,
}

impl Flaw {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Flaw::NeverClosed => "broken quoting: a quote is opened and never closed",
            Flaw::Behind => "broken quoting: a cell goes on behind its closing quote",
            Flaw::TooLong => "longer than a row can be (1 MiB)",
        }
    }
}

/// Cuts the record at the start of `bytes` into `cells`; `None` where more is needed to tell where it ends. `all`
/// says that nothing follows.
pub(super) fn scan_record(
    bytes: &[u8],
    delimiter: u8,
    all: bool,
    cells: &mut Vec<Cell>,
) -> Option<Scan> {
    cells.clear();
    let ends = |b: u8| b == delimiter || b == b'\n' || b == b'\r';
    let blanks = |from: usize| {
        bytes[from..].iter().take_while(|&&b| b == b' ' && b != delimiter).count() + from
    };
    let mut at = 0;
    let mut stray = false;
    loop {
        let opening = blanks(at);
        if bytes.get(opening) != Some(&b'"') {
            let length = memchr3(delimiter, b'\n', b'\r', &bytes[at..]);
            let end = at + length.or(all.then_some(bytes.len() - at))?;
            stray |= memchr(b'"', &bytes[at..end]).is_some();
            cells.push(Cell { content: at..end, escapes: false });
            at = end;
        } else {
            let from = opening + 1;
            let Some((closing, escapes)) = closing_quote(bytes, from) else {
                return all.then_some(Scan::Broken { flaw: Flaw::NeverClosed, end: bytes.len() });
            };
            cells.push(Cell { content: from..closing, escapes });
            at = blanks(closing + 1);
            match bytes.get(at) {
                None if !all => return None,
                Some(&b) if !ends(b) => {
                    let end = at + memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
                    let end = line_end(bytes, end, all)?;
                    // A quote where a cell begins, with something behind it, opens that cell: it is the one
                    // before that was never closed.
                    let before = bytes[from..closing].iter().rfind(|&&b| b != b' ');
                    let flaw = match before {
                        Some(&b) if ends(b) => Flaw::NeverClosed,
                        _ => Flaw::Behind,
                    };
                    return Some(Scan::Broken { flaw, end });
                }
                _ => {}
            }
        }
        if bytes.get(at) != Some(&delimiter) {
            return Some(Scan::Complete { end: line_end(bytes, at, all)?, stray });
        }
        at += 1;
    }
}

/// Where the quote stands that closes the cell whose content begins at `from`, and whether it holds quotes that are
/// written twice.
fn closing_quote(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    let mut escapes = false;
    loop {
        at += memchr(b'"', &bytes[at..])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some((at, escapes));
        }
        escapes = true;
        at += 2;
    }
}

/// Where the line end at `at` ends itself; `None` where that needs more to tell.
fn line_end(bytes: &[u8], at: usize, all: bool) -> Option<usize> {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(at + 2),
        (Some(b'\r'), None) if !all => None,
        (Some(_), _) => Some(at + 1),
        (None, _) => all.then_some(at),
    }
}

/// The length of the first line, its end included.
pub(super) fn first_line(bytes: &[u8]) -> usize {
    let end = memchr2(b'\n', b'\r', bytes).and_then(|at| line_end(bytes, at, true));
    end.unwrap_or(bytes.len())
}

/// How many lines end in `bytes`.
pub(super) fn lines(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    let returns = memchr_iter(b'\r', bytes).filter(|&at| bytes.get(at + 1) != Some(&b'\n'));
    (feeds + returns.count()) as u64
}
