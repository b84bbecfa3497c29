//! Applicants from JSON Lines: one object a line, lists or texts as values.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

use serde_json::value::RawValue;

use super::Rows;
use super::encoding::unreadable;
use super::options::{Column, Options, folded};
use super::rows::RawRow;
use super::rows::{Cells, RowValidator};
use crate::error::Result;

/// So deep lists of lists are read.
const DEEPEST: usize = 8;
/// No line is longer, in bytes, its end included.
const LONGEST: usize = 1 << 20;

pub(super) fn rows(mut input: impl BufRead + Send + 'static, options: &Options) -> Rows {
    let wanted = Column::ALL.map(|column| folded(options.heading(column)));
    let keep: Vec<String> = options.keep.iter().map(|heading| folded(heading)).collect();
    let mut validator = RowValidator::new(options);
    let mut buffer = Vec::new();
    let mut line = 0;
    Box::new(std::iter::from_fn(move || {
        loop {
            line += 1;
            let row = match next_line(&mut input, &mut buffer) {
                Err(error) => return Some(Err(unreadable(error))),
                Ok(Line::None) => return None,
                Ok(Line::TooLong) => RawRow::rejected(line, "longer than a row can be (1 MiB)"),
                Ok(Line::Whole) if buffer.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Line::Whole) => row(line, &buffer, &wanted, &keep, &mut validator),
            };
            return Some(Result::Ok(row));
        }
    }))
}

enum Line {
    Whole,
    TooLong,
    None,
}

/// Reads a line into `buffer`; of one that is too long, the rest is passed over.
fn next_line(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<Line> {
    let mut part = |buffer: &mut Vec<u8>| {
        buffer.clear();
        input.by_ref().take(LONGEST as u64).read_until(b'\n', buffer)
    };
    match part(buffer)? {
        0 => Ok(Line::None),
        LONGEST if !buffer.ends_with(b"\n") => {
            while part(buffer)? > 0 && !buffer.ends_with(b"\n") {}
            Ok(Line::TooLong)
        }
        _ => Ok(Line::Whole),
    }
}

fn row(
    line: u64,
    bytes: &[u8],
    wanted: &[String; 4],
    keep: &[String],
    validator: &mut RowValidator,
) -> RawRow {
    let object: BTreeMap<String, &RawValue> = match serde_json::from_slice(bytes) {
        Ok(object) => object,
        Err(error) => {
            // Its message names a line of its own, which is always the first.
            let column = error.column();
            let reason = match std::str::from_utf8(bytes) {
                Ok(_) => format!("not a JSON object: {} at column {column}", kind(&error)),
                Err(_) => "not UTF-8 text".to_owned(),
            };
            return RawRow::rejected(line, reason);
        }
    };
    let names: Vec<(String, &RawValue)> =
        object.iter().map(|(name, value)| (folded(name), *value)).collect();
    let text = |wanted: &String| -> Cow<'_, str> {
        let value = names.iter().find(|(name, _)| name == wanted);
        value.and_then(|(_, value)| as_text(value, DEEPEST)).unwrap_or_default().into()
    };
    let [id, skills, learn, interests] = wanted.each_ref().map(text);
    let kept = keep.iter().map(text).collect();
    validator.row(line, Cells { id, skills, learn, interests, kept })
}

fn kind(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Data => "another value",
        serde_json::error::Category::Eof => "it breaks off",
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => "broken",
    }
}

/// A value as a cell has it. A number stays as it is written: as one of the computer's, a long id would be another's.
fn as_text(value: &RawValue, depth: usize) -> Option<String> {
    let text = value.get();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok(),
        b'[' => {
            let deeper = depth.checked_sub(1)?;
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let items = items.into_iter().filter_map(|item| as_text(item, deeper));
            let items: Vec<String> = items.collect();
            Some(items.join(", "))
        }
        b'{' | b'n' => None,
        _ => Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &'static str) -> Vec<String> {
        let rows = rows(text.as_bytes(), &Options::default());
        rows.filter_map(|row| Some(row.unwrap().read().ok()?.id)).collect()
    }

    #[test]
    fn long_numbers_are_ids_as_they_are_written() {
        let text = "{\"id\": 12345678901234567890123456, \"skills\": [\"Go\"]}\n\
            {\"id\": 12345678901234567890123457, \"skills\": [\"Go\", 1.50]}\n";
        assert_eq!(ids(text), ["12345678901234567890123456", "12345678901234567890123457"]);
    }

    #[test]
    fn lists_nested_without_end_are_no_way_to_crash() {
        let text = format!(
            "{{\"id\": \"a\", \"skills\": {}Go{}}}",
            "[".repeat(90_000),
            "]".repeat(90_000)
        );
        let rows = rows(io::Cursor::new(text), &Options::default());
        assert_eq!(rows.count(), 1);
        let nested = "{\"id\": \"a\", \"skills\": [[\"Go\"], \"Rust\"]}";
        assert_eq!(ids(nested), ["a"]);
    }
}
