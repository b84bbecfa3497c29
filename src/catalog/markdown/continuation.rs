//! Headings within a project: whether one continues the project above it, or is a title itself.
//!
//! Judged by the labels between the two headings and right after the second; `spans` decides what becomes of it.

use super::entries::{Entry, Kind};
use super::field::{Field, FieldSet};
use super::labels::{self, Label};

/// The fields that certain labels have named since the last heading of the structure.
#[derive(Debug, Default)]
pub(super) struct SeenFields {
    /// The entry up to which labels were read.
    upto: usize,
    /// The fields that they name.
    fields: FieldSet,
    /// The level of headings that name fields though they rank above the title.
    form: Option<u8>,
}

impl SeenFields {
    /// No fields yet: labels are read from the entry `start` on.
    pub(super) fn since(start: usize) -> Self {
        Self { upto: start, ..Self::default() }
    }

    fn read_up_to(&mut self, entries: &[Entry], at: usize) {
        let new = entries.get(self.upto..at).unwrap_or_default();
        let sure = new.iter().filter_map(|e| labels::read(&e.text)).filter(|l| l.primary);
        self.fields.extend(sure.map(|label| label.field));
        self.upto = at;
    }

    /// Whether the heading `at`, of the level `level`, continues the project above it.
    pub(super) fn continues(&mut self, entries: &[Entry], at: usize, level: u8) -> bool {
        let entry = &entries[at];
        let label = lone_label(entry);
        if entry.depth == 0 && label.is_none() {
            return false;
        }
        self.read_up_to(entries, at);
        // GitHub's issue forms write their labels as headings of one level, whatever the level of the title on the page.
        let of_form = label.is_some_and(|l| {
            let first = self.fields.is_empty() || self.form == Some(level);
            l.primary && first && !self.fields.contains(l.field)
        });
        if of_form {
            self.form = Some(level);
        }
        of_form || self.is_unfinished()
    }

    /// Whether there was a description but none of the fields that follow one, so that the project must continue.
    fn is_unfinished(&self) -> bool {
        let ends = [Field::Skills, Field::Mentors, Field::Upstream, Field::Lfx];
        let ended = ends.into_iter().any(|field| self.fields.contains(field));
        self.fields.contains(Field::Description) && !ended
    }

    /// Whether the heading `at` is a title though its words could be a label's ("Contributor experience"): the fields
    /// of a project begin right after it, and no project is open that still lacks them. `below_org` says that it is below
    /// the name of an organisation.
    pub(super) fn is_title(&mut self, entries: &[Entry], at: usize, below_org: bool) -> bool {
        let next = entries.get(at + 1).filter(|e| e.kind == Kind::Line);
        let label = next.and_then(|e| labels::read(&e.text));
        if !label.is_some_and(|l| l.primary && l.field == Field::Description) {
            return false;
        }
        self.read_up_to(entries, at);
        self.fields.contains(Field::Description) || below_org && self.fields.is_empty()
    }
}

/// The label that `entry` is and nothing else ("Goals"), spelt right.
fn lone_label(entry: &Entry) -> Option<Label> {
    labels::read(&entry.text)
        .filter(|l| !l.group && !l.mixed && l.repaired.is_none())
        .filter(|l| entry.text.plain[l.value_at..].trim().is_empty())
        .filter(|l| !matches!(l.field, Field::Title | Field::Org | Field::Term | Field::Other))
}
