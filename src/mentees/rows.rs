//! Makes applicants of cells, whatever format they come from, and refuses the rows that are none.

use std::borrow::Cow;

use super::applicant::{Applicant, Row, RowError};
use super::ids::Ids;
use super::options::Options;
use crate::model::Mentee;
use crate::safe::{is_invisible, without_addresses};
use crate::skills::{list, unwrapped};

/// What a row says, as written.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) skills: Cow<'a, str>,
    pub(super) learn: Cow<'a, str>,
    pub(super) interests: Cow<'a, str>,
    pub(super) kept: Vec<Cow<'a, str>>,
}

/// A row whose cells have not been read yet: what an input gives one after another. Reading them needs no order and is
/// done where there is time for it.
#[derive(Debug)]
pub struct RawRow(std::result::Result<Raw, RowError>);

#[derive(Debug)]
struct Raw {
    line: u64,
    id: String,
    is_renamed: bool,
    skills: String,
    learn: String,
    interests: String,
    kept: Vec<String>,
    with_addresses: bool,
}

/// Nobody says more of themselves; whatever is said is compared with every project.
const MOST_ITEMS: usize = 500;
const LONGEST_INTERESTS: usize = 1 << 16;

impl RawRow {
    pub(super) fn rejected(line: u64, reason: impl Into<String>) -> Self {
        Self(Err(RowError { line, reason: reason.into() }))
    }

    /// Reads the cells.
    pub fn read(self) -> Row {
        let raw = self.0?;
        // Never with addresses: whether these are shown must not change a score.
        let said = |text: &str| safe(text, false).into_owned();
        let interests = unwrapped(&said(raw.interests.trim()));
        let mentee = Mentee {
            skills: list::split(&said(&raw.skills)),
            learn: list::split(&said(&raw.learn)),
            interests: (!interests.is_empty()).then_some(interests),
            // No column but these is read.
            level: None,
        };
        let items = mentee.skills.len() + mentee.learn.len();
        let said = mentee.interests.as_ref().map_or(0, String::len);
        if items > MOST_ITEMS || said > LONGEST_INTERESTS {
            let reason = format!(
                "{items} skills and {said} bytes of interests: at most {MOST_ITEMS} and {LONGEST_INTERESTS} are read; \
                 shorten the row"
            );
            return Err(RowError { line: raw.line, reason });
        }
        if mentee.is_blank() {
            let reason = "nothing to match on: no skills, no skills to learn, no interests";
            return Err(RowError { line: raw.line, reason: reason.to_owned() });
        }
        let kept =
            raw.kept.iter().map(|text| safe(text, raw.with_addresses).into_owned()).collect();
        Ok(Applicant { id: raw.id, line: raw.line, mentee, kept, is_renamed: raw.is_renamed })
    }
}

impl From<RawRow> for Row {
    fn from(row: RawRow) -> Self {
        row.read()
    }
}

/// Refuses rows that are blank, or whose id is missing or was there before; what else may be wrong with a row needs no order
/// and is seen when it is read.
#[derive(Debug)]
pub(super) struct RowValidator {
    ids: Ids,
    with_addresses: bool,
    with_address_ids: bool,
}

impl RowValidator {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            ids: Ids::default(),
            with_addresses: options.with_addresses,
            with_address_ids: options.with_address_ids,
        }
    }

    pub(super) fn row(&mut self, line: u64, cells: Cells<'_>) -> RawRow {
        let texts = [&cells.id, &cells.skills, &cells.learn, &cells.interests];
        if texts.iter().all(|text| text.trim().is_empty()) {
            let reason = "an empty row: no id, no skills, no skills to learn, no interests";
            return RawRow::rejected(line, reason);
        }
        let id = harmless(cells.id.trim());
        let id = id.trim();
        if id.is_empty() {
            return RawRow::rejected(line, "no id");
        }
        if !self.ids.insert(id) {
            return RawRow::rejected(line, "the id stands in an earlier row");
        }
        let is_renamed = !self.with_address_ids && holds_address(id);
        RawRow(Ok(Raw {
            line,
            id: if is_renamed { self.by_line(line) } else { id.to_owned() },
            is_renamed,
            skills: cells.skills.into_owned(),
            learn: cells.learn.into_owned(),
            interests: cells.interests.into_owned(),
            kept: cells.kept.into_iter().map(Cow::into_owned).collect(),
            with_addresses: self.with_addresses,
        }))
    }

    /// A name that says nothing of the person, and that nobody else in the batch has.
    fn by_line(&mut self, line: u64) -> String {
        let mut name = format!("line-{line}");
        while !self.ids.insert(&name) {
            name.push('\'');
        }
        name
    }
}

fn safe(text: &str, with_addresses: bool) -> Cow<'_, str> {
    let text = harmless(text);
    match !with_addresses && holds_address(&text) {
        true => Cow::Owned(without_addresses(&text)),
        false => text,
    }
}

/// The text without characters that a terminal would obey or that hide others. White space stays: line breaks part
/// lists.
fn harmless(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| (c.is_control() && !c.is_whitespace()) || is_invisible(c);
    match text.contains(obeyed) {
        true => Cow::Owned(text.replace(obeyed, "")),
        false => Cow::Borrowed(text),
    }
}

fn holds_address(text: &str) -> bool {
    // Most texts hold none of the signs that an address could be written with, which is quick to see.
    text.contains(['@', '＠', '%', '&', '\\']) && without_addresses(text) != text
}
