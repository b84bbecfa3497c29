//! Makes applicants of cells, whatever format they come from, and refuses the rows that are none.

use std::borrow::Cow;

use super::ids::Ids;
use super::{Applicant, Options, Row, RowError};
use crate::model::Mentee;
use crate::safe::{is_invisible, without_addresses};
use crate::skills::list;

/// What a row says, as written.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) skills: Cow<'a, str>,
    pub(super) learn: Cow<'a, str>,
    pub(super) interests: Cow<'a, str>,
    pub(super) kept: Vec<Cow<'a, str>>,
}

/// Turns cells into applicants, and remembers the ids.
#[derive(Debug)]
pub(super) struct Maker {
    ids: Ids,
    with_addresses: bool,
    with_address_ids: bool,
}

impl Maker {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            ids: Ids::default(),
            with_addresses: options.with_addresses,
            with_address_ids: options.with_address_ids,
        }
    }

    pub(super) fn row(&mut self, line: u64, cells: &Cells<'_>) -> Row {
        let wrong = |reason: &str| Err(RowError { line, reason: reason.to_owned() });
        let texts = [&cells.id, &cells.skills, &cells.learn, &cells.interests];
        if texts.iter().all(|text| text.trim().is_empty()) {
            return wrong("an empty row: no id, no skills, no skills to learn, no interests");
        }
        let id = harmless(cells.id.trim());
        if id.trim().is_empty() {
            return wrong("no id");
        }
        if !self.ids.insert(&id) {
            return wrong("the id stands in an earlier row");
        }
        let interests = self.safe(&cells.interests);
        let interests = interests.trim();
        let mentee = Mentee {
            skills: list::split(&self.safe(&cells.skills)),
            learn: list::split(&self.safe(&cells.learn)),
            interests: (!interests.is_empty()).then(|| interests.to_owned()),
            // No column but these is read.
            level: None,
        };
        if mentee.is_blank() {
            return wrong("nothing to match on: no skills, no skills to learn, no interests");
        }
        let is_renamed = !self.with_address_ids && holds_address(&id);
        let id = if is_renamed { self.by_line(line) } else { id.into_owned() };
        let kept = cells.kept.iter().map(|text| self.safe(text).into_owned()).collect();
        Ok(Applicant { id, line, mentee, kept, is_renamed })
    }

    /// A name that says nothing of the person, and that nobody else in the batch has.
    fn by_line(&mut self, line: u64) -> String {
        let mut name = format!("line-{line}");
        while !self.ids.insert(&name) {
            name.push('\'');
        }
        name
    }

    fn safe<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = harmless(text);
        match !self.with_addresses && holds_address(&text) {
            true => Cow::Owned(without_addresses(&text)),
            false => text,
        }
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
