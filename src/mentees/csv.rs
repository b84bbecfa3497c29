//! Applicants from CSV: finds the delimiter and the columns in the header row, then takes row by row.

use std::borrow::Cow;
use std::io::Read;

use super::Rows;
use super::options::{Column, Options, folded};
use super::records::{Next, Record, Records};
use super::rows::RawRow;
use super::rows::{Cells, RowValidator};
use crate::error::{Error, ErrorKind, Result};
use crate::safe::{one_line, without_addresses};

/// What may part cells, in the order in which it is tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of the headings an error shows.
const SHOWN_HEADINGS: usize = 8;
const SHOWN_LETTERS: usize = 40;

pub(super) fn rows(input: impl Read + Send + 'static, options: &Options) -> Result<Rows> {
    let mut records = Records::new(input);
    let named = records.take_delimiter()?.or(options.delimiter);
    let header = header(&mut records, named, options)?;
    records.set_shape(header.delimiter, header.width);
    records.next()?;
    let mut validator = RowValidator::new(options);
    Ok(Box::new(std::iter::from_fn(move || match records.next() {
        Ok(None) => None,
        Ok(Some(Next::Broken { line, reason })) => Some(Ok(RawRow::rejected(line, reason))),
        Ok(Some(Next::Record(record))) => Some(Ok(header.row(&record, &mut validator))),
        Err(error) => Some(Err(error)),
    })))
}

/// What the header row says.
struct Header {
    delimiter: u8,
    width: usize,
    columns: [Option<usize>; Column::ALL.len()],
    keep: Vec<usize>,
}

/// The header row, cut so that the columns that are asked for are in it.
fn header(
    records: &mut Records<impl Read>,
    named: Option<u8>,
    options: &Options,
) -> Result<Header> {
    let candidates = named.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    // Where no delimiter fits, the one that cuts into most cells was meant.
    let mut nearest: Option<(usize, Error)> = None;
    for delimiter in candidates {
        let (line, headings) = match records.peek(delimiter)? {
            None => {
                return Err(Error::new(ErrorKind::Input, "no header row, and so no column \"id\"")
                    .at_line(1)
                    .with_help("the first row names the columns: id, skills, learn, interests"));
            }
            Some(Next::Record(record)) => (record.line, headings(&record)),
            Some(Next::Broken { line, reason }) => {
                let error = Error::new(ErrorKind::Input, reason).at_line(to_usize(line));
                // One cell alone is what every wrong delimiter gives.
                nearest = nearest.or(Some((1, error)));
                continue;
            }
        };
        match Header::find(&headings, options, delimiter) {
            Ok(header) => return Ok(header),
            Err(error) if nearest.as_ref().is_none_or(|(width, _)| *width < headings.len()) => {
                nearest = Some((headings.len(), error.at_line(to_usize(line))));
            }
            Err(_) => {}
        }
    }
    Err(nearest.map_or_else(|| Error::new(ErrorKind::Input, "no header row"), |(_, error)| error))
}

fn headings(record: &Record<'_>) -> Vec<String> {
    let heading = |at| String::from_utf8_lossy(&record.get(at).unwrap_or_default()).into_owned();
    (0..record.len()).map(heading).collect()
}

impl Header {
    fn find(headings: &[String], options: &Options, delimiter: u8) -> Result<Self> {
        let all: Vec<String> = headings.iter().map(|heading| folded(heading)).collect();
        let place = |wanted: &str, help: String| -> Result<usize> {
            let wanted_folded = folded(wanted);
            let mut places = (0..).zip(&all).filter(|(_, name)| **name == wanted_folded);
            let problem = match (places.next(), places.next()) {
                (Some((place, _)), None) => return Ok(place),
                (None, _) => format!("no column {wanted:?}"),
                (Some(_), Some(_)) => format!("more than one column {wanted:?}"),
            };
            let help = format!("{help}; the columns are {}", shown(headings));
            Err(Error::new(ErrorKind::Input, problem).with_help(help))
        };
        let mut columns = [None; Column::ALL.len()];
        for column in Column::ALL {
            let wanted = options.heading(column);
            let is_there = all.contains(&folded(wanted));
            if is_there || column == Column::Id || options.map.contains_key(&column) {
                let help = format!("name it with `--map {}=HEADING`", column.name());
                columns[column as usize] = Some(place(wanted, help)?);
            }
        }
        if columns.iter().flatten().count() < 2 {
            let help = "name one with `--map skills=HEADING`";
            return Err(Error::new(ErrorKind::Input, "no column to match on")
                .with_help(format!("{help}; the columns are {}", shown(headings))));
        }
        let keep = options.keep.iter();
        let keep = keep.map(|name| place(name, "--keep names a column".to_owned()));
        Ok(Self { delimiter, width: headings.len(), columns, keep: keep.collect::<Result<_>>()? })
    }

    fn row(&self, record: &Record<'_>, validator: &mut RowValidator) -> RawRow {
        let wrong = |reason| RawRow::rejected(record.line, reason);
        if record.len() != self.width {
            return wrong(format!("{} cells where the header has {}", record.len(), self.width));
        }
        let mut texts: [Cow<'_, str>; Column::ALL.len()] = Default::default();
        for column in Column::ALL {
            let Some(place) = self.columns[column as usize] else { continue };
            match text(record, place) {
                Some(text) => texts[column as usize] = text,
                None => return wrong(not_text(column.name())),
            }
        }
        let kept: Option<Vec<_>> = self.keep.iter().map(|&place| text(record, place)).collect();
        let Some(kept) = kept else { return wrong(not_text("kept columns")) };
        let [id, skills, learn, interests] = texts;
        validator.row(record.line, Cells { id, skills, learn, interests, kept })
    }
}

fn text<'a>(record: &Record<'a>, place: usize) -> Option<Cow<'a, str>> {
    match record.get(place)? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

fn not_text(what: &str) -> String {
    format!(
        "the {what} are not UTF-8 text; save the file as UTF-8, or name its encoding: --encoding windows-1252"
    )
}

/// The headings as an error shows them.
fn shown(headings: &[String]) -> String {
    let short = |heading: &String| {
        let heading = without_addresses(&one_line(heading));
        match heading.char_indices().nth(SHOWN_LETTERS) {
            Some((at, _)) => format!("{:?}", format!("{}…", &heading[..at])),
            None => format!("{heading:?}"),
        }
    };
    let mut names: Vec<String> = headings.iter().take(SHOWN_HEADINGS).map(short).collect();
    if headings.len() > SHOWN_HEADINGS {
        names.push(format!("{} more", headings.len() - SHOWN_HEADINGS));
    }
    names.join(", ")
}

fn to_usize(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}
