//! The body of a project as fields: labels, and the lines of their values.
//!
//! Plain data; `field_reader` fills it, and `project` reads the values.

use super::field::{Field, FieldSet};
use crate::catalog::rich_text::Text;
use crate::model::Requirement;

/// A line of a value.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: Text,
    pub(super) line: usize,
    /// How deeply it is nested in lists below its label; 0 is beside the label.
    pub(super) depth: u32,
    /// Whether it is the first line of a list item.
    pub(super) bullet: bool,
    /// Its number in a numbered list.
    pub(super) number: Option<u64>,
    pub(super) block: u32,
}

/// A field and its value.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) field: Field,
    pub(super) primary: bool,
    pub(super) requirement: Option<Requirement>,
    /// Whether it is inside another field's value or inside a quote.
    pub(super) nested: bool,
    pub(super) line: usize,
    /// The label as written.
    pub(super) label: Option<Line>,
    pub(super) lines: Vec<Line>,
    /// A line that does not belong to it has come, so that nothing that follows does.
    pub(super) closed: bool,
    /// Whether the label is alone on its line, its value on the following ones.
    pub(super) open: bool,
    /// How many lists the label is in.
    pub(super) depth: u32,
    /// The paragraph of the label.
    pub(super) block: u32,
    /// How many block quotes the label is in.
    pub(super) quote: u32,
}

/// What the lines under a heading hold.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Lines before the first label.
    pub(super) preamble: Vec<Line>,
    pub(super) parts: Vec<Part>,
    /// Lines after a field that they do not belong to.
    pub(super) rest: Vec<Line>,
    /// Labels that were misspelt: line, as written, as read.
    pub(super) repaired: Vec<(usize, String, String)>,
}

impl Body {
    /// How many different fields have a certain label of their own here.
    pub(super) fn strength(&self) -> usize {
        let sure = self.parts.iter().filter(|p| !p.nested && p.primary).map(|p| p.field);
        let fields: FieldSet =
            sure.filter(|f| !matches!(f, Field::Other | Field::Term | Field::Title)).collect();
        // A timeline has durations and applications too: fields that only a project has must be among them.
        let common = [Field::Size, Field::Difficulty, Field::Mentee, Field::Org];
        let telling = fields.len() - common.into_iter().filter(|f| fields.contains(*f)).count();
        if telling >= 2 || telling == 1 && fields.len() >= 3 { fields.len() } else { telling }
    }

    /// Whether at least two fields about the work have a value here.
    pub(super) fn is_described(&self) -> bool {
        let said = self.parts.iter().filter(|p| p.primary && !p.nested && !p.lines.is_empty());
        let told: FieldSet = said.map(|p| p.field).filter(|f| f.is_about_the_work()).collect();
        told.len() >= 2
    }

    /// The parts of `field` that have a value: those with certain labels, or else the nested or uncertain ones.
    pub(super) fn get(&self, field: Field) -> Vec<&Part> {
        let of = |primary: bool, nested: bool| -> Vec<&Part> {
            let is = |p: &&Part| p.field == field && p.primary == primary && p.nested == nested;
            self.parts.iter().filter(is).filter(|p| !p.lines.is_empty()).collect()
        };
        [(true, false), (true, true), (false, false), (false, true)]
            .into_iter()
            .map(|(primary, nested)| of(primary, nested))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}
