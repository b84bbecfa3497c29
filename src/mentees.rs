//! Applicants from CSV or JSON Lines, one at a time, each with its line.
//!
//! A row that cannot be used is a value beside the good ones ([`RowError`]), never a stop. Of a row only the
//! id, the skills, the skills to learn and the interests are read; nothing else can reach a score.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Mentee;
use crate::skills::list;

/// An applicant of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Their id, unique within the batch.
    pub id: String,
    /// The line on which their row starts, from 1.
    pub line: u64,
    /// What the ranking may see of them.
    pub mentee: Mentee,
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line on which the row starts, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// The columns that are read, by the names under which they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Who it is.
    Id,
    /// What they can do.
    Skills,
    /// What they want to learn.
    Learn,
    /// What they are interested in.
    Interests,
}

impl Column {
    /// All columns.
    pub const ALL: [Column; 4] = [Column::Id, Column::Skills, Column::Learn, Column::Interests];

    /// The column's name.
    pub fn name(self) -> &'static str {
        match self {
            Column::Id => "id",
            Column::Skills => "skills",
            Column::Learn => "learn",
            Column::Interests => "interests",
        }
    }
}

/// Other headings for the columns (`--map skills="What can you do?"`).
pub type ColumnMap = BTreeMap<Column, String>;

/// What a row is: an applicant, or the reason why it is none.
pub type Row = std::result::Result<Applicant, RowError>;

/// Reads applicants from CSV with a header row.
///
/// # Errors
///
/// There is no header row, or it lacks the id or every column that could be matched on.
pub fn from_csv(
    input: impl Read + Send + 'static,
    map: &ColumnMap,
) -> Result<Box<dyn Iterator<Item = Row> + Send>> {
    let quotes = Arc::new(AtomicUsize::new(0));
    let input = QuoteCounter { input, quotes: Arc::clone(&quotes) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let headers = reader
        .byte_headers()
        .map_err(|error| Error::new(ErrorKind::Input, error.to_string()).at_line(1))?;
    let headers: Vec<String> = headers
        .iter()
        .map(|name| heading(String::from_utf8_lossy(name).trim_start_matches('\u{feff}')))
        .collect();
    let mut places = BTreeMap::new();
    for column in Column::ALL {
        let wanted = map.get(&column).map_or(column.name(), String::as_str);
        match headers.iter().position(|name| *name == heading(wanted)) {
            Some(place) => {
                places.insert(column, place);
            }
            None if column == Column::Id || map.contains_key(&column) => {
                return Err(Error::new(ErrorKind::Input, format!("no column {wanted:?}"))
                    .at_line(1)
                    .with_help(format!("name it with `--map {}=HEADING`", column.name())));
            }
            None => {}
        }
    }
    if places.len() < 2 {
        return Err(Error::new(ErrorKind::Input, "no column to match on")
            .at_line(1)
            .with_help("name one with `--map skills=HEADING`"));
    }
    let columns = headers.len();
    let mut seen = HashSet::new();
    let mut records = reader.into_byte_records().peekable();
    Ok(Box::new(std::iter::from_fn(move || {
        let record = match records.next()? {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                return Some(Err(RowError { line, reason: error.to_string() }));
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if records.peek().is_none() && quotes.load(Ordering::Relaxed) % 2 == 1 {
            let reason = "a quote is opened and never closed; all that follows was taken into it";
            return Some(Err(RowError { line, reason: reason.to_owned() }));
        }
        if record.len() != columns {
            let reason = format!("{} cells where the header has {columns}", record.len());
            return Some(Err(RowError { line, reason }));
        }
        let cell = |column| places.get(&column).and_then(|&place| record.get(place));
        let mut cells = BTreeMap::new();
        for column in Column::ALL {
            match cell(column).map(|bytes| std::str::from_utf8(bytes)) {
                Some(Ok(text)) => {
                    cells.insert(column, text.to_owned());
                }
                Some(Err(_)) => {
                    let reason = format!("the {} are not UTF-8 text", column.name());
                    return Some(Err(RowError { line, reason }));
                }
                None => {}
            }
        }
        Some(row(line, &cells, &mut seen))
    })))
}

/// Reads applicants from JSON Lines: one object a line, lists or texts as values.
pub fn from_jsonl(
    input: impl Read + Send + 'static,
    map: &ColumnMap,
) -> Box<dyn Iterator<Item = Row> + Send> {
    let map = map.clone();
    let mut seen = HashSet::new();
    let mut lines = (1u64..).zip(BufReader::new(input).split(b'\n'));
    Box::new(std::iter::from_fn(move || {
        loop {
            let (line, bytes) = lines.next()?;
            let wrong = |reason: String| Some(Err(RowError { line, reason }));
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(error) => return wrong(error.to_string()),
            };
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let object: serde_json::Map<String, Value> = match serde_json::from_slice(&bytes) {
                Ok(object) => object,
                Err(error) => return wrong(format!("not a JSON object: {error}")),
            };
            let mut cells = BTreeMap::new();
            for column in Column::ALL {
                let wanted = heading(map.get(&column).map_or(column.name(), String::as_str));
                let value = object.iter().find(|(name, _)| heading(name) == wanted);
                if let Some(text) = value.and_then(|(_, value)| as_text(value)) {
                    cells.insert(column, text);
                }
            }
            return Some(row(line, &cells, &mut seen));
        }
    }))
}

/// Counts the quotes that pass: an odd number at the end means that one was never closed, which the CSV
/// reader itself takes for a long last cell.
struct QuoteCounter<R> {
    input: R,
    quotes: Arc<AtomicUsize>,
}

impl<R: Read> Read for QuoteCounter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.input.read(buffer)?;
        let quotes = buffer.iter().take(length).filter(|byte| **byte == b'"').count();
        self.quotes.fetch_add(quotes, Ordering::Relaxed);
        Ok(length)
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            Some(items.iter().filter_map(as_text).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

/// A heading as it is compared: case, spaces, underscores and hyphens do not matter.
fn heading(name: &str) -> String {
    let dropped = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-');
    name.chars().filter(dropped).flat_map(char::to_lowercase).collect()
}

fn row(line: u64, cells: &BTreeMap<Column, String>, seen: &mut HashSet<String>) -> Row {
    let wrong = |reason: String| Err(RowError { line, reason });
    let text = |column| cells.get(&column).map_or("", |text: &String| text.trim());
    let id = text(Column::Id);
    if id.is_empty() {
        return wrong("no id".to_owned());
    }
    if !seen.insert(id.to_owned()) {
        return wrong(format!("the id {id:?} stands in an earlier row"));
    }
    let interests = text(Column::Interests);
    let mentee = Mentee {
        skills: list::split(text(Column::Skills)),
        learn: list::split(text(Column::Learn)),
        interests: (!interests.is_empty()).then(|| interests.to_owned()),
        // No column but these four is read.
        level: None,
    };
    if mentee.is_blank() {
        return wrong(
            "nothing to match on: no skills, no skills to learn, no interests".to_owned(),
        );
    }
    Ok(Applicant { id: id.to_owned(), line, mentee })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &'static str) -> Vec<Row> {
        from_csv(text.as_bytes(), &ColumnMap::new()).unwrap().collect()
    }

    #[test]
    fn headings_are_found_whatever_their_spelling() {
        let rows = csv("\u{feff}Name,ID,Skills \nnobody,a1,\"Go, Rust\"\n");
        let applicant = rows[0].as_ref().unwrap();
        assert_eq!((applicant.id.as_str(), applicant.line), ("a1", 2));
        assert_eq!(applicant.mentee.skills, ["Go", "Rust"]);
    }

    #[test]
    fn bad_rows_stand_beside_the_good_ones_with_their_lines() {
        let rows = csv("id,skills\n,Go\na,\nb,Go\nb,Rust\nc,Go,extra\nd,Rust\n");
        let lines: Vec<(u64, bool)> = rows
            .iter()
            .map(|row| match row {
                Ok(applicant) => (applicant.line, true),
                Err(error) => (error.line, false),
            })
            .collect();
        assert_eq!(lines, [(2, false), (3, false), (4, true), (5, false), (6, false), (7, true)]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_row() {
        let rows = csv("id,skills\na,Go\nb,\"Rust\nc,C\n");
        assert!(rows[0].is_ok());
        assert_eq!(rows[1].as_ref().unwrap_err().line, 3);
    }

    #[test]
    fn json_lines_take_lists_and_texts() {
        let text = "{\"id\":\"a\",\"skills\":[\"Go\",\"Rust\"]}\n\n{\"id\":7,\"Interests\":\"docs\"}\nno\n";
        let rows: Vec<Row> = from_jsonl(text.as_bytes(), &ColumnMap::new()).collect();
        assert_eq!(rows[0].as_ref().unwrap().mentee.skills, ["Go", "Rust"]);
        assert_eq!(rows[1].as_ref().unwrap().id, "7");
        assert_eq!(rows[2].as_ref().unwrap_err().line, 4);
    }

    #[test]
    fn a_missing_column_is_an_error_that_says_how_to_name_it() {
        let error = from_csv("name,skills\n".as_bytes(), &ColumnMap::new()).err().unwrap();
        assert!(error.to_string().contains("--map id=HEADING"), "{error}");
    }
}
