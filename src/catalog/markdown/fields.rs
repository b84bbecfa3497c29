//! The body of a project as fields: which lines belong to which label.
//!
//! Decides by labels, by nesting and by paragraph; understands no value.

use super::entries::{Entry, Kind, Page, Row};
use super::field::{Field, FieldSet};
use super::inline_labels::inline_labels;
use super::labels::{self, Label};
use super::rows;
use crate::catalog::rich_text::Text;
use crate::model::Requirement;

/// A line of a value.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: Text,
    pub(super) line: usize,
    /// How deep it is nested in lists below its label; 0 stands beside the label.
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
    /// Whether it stands inside another field's value or inside a quote.
    pub(super) nested: bool,
    pub(super) line: usize,
    /// The label as written.
    pub(super) label: Option<Line>,
    pub(super) lines: Vec<Line>,
    /// A line that does not belong to it has come, so that nothing that follows does.
    closed: bool,
    /// Whether the label stands alone, its value on the following lines.
    open: bool,
    depth: u32,
    block: u32,
    quote: u32,
}

/// What the lines under a heading hold.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Lines before the first label.
    pub(super) preamble: Vec<Line>,
    pub(super) parts: Vec<Part>,
    /// Lines behind a field that they do not belong to.
    pub(super) rest: Vec<Line>,
    /// Labels that were misspelt: line, as written, as read.
    pub(super) repaired: Vec<(usize, String, String)>,
    /// While the fields are read: which of them is the last that stands inside no other.
    pub(super) outer: Option<usize>,
}

impl Body {
    /// How many different fields stand here by a sure label of their own.
    pub(super) fn strength(&self) -> usize {
        let sure = self.parts.iter().filter(|p| !p.nested && p.primary).map(|p| p.field);
        let fields: FieldSet =
            sure.filter(|f| !matches!(f, Field::Other | Field::Term | Field::Title)).collect();
        // A timeline has durations and applications too: fields that only a project has must be among them.
        let common = [Field::Size, Field::Difficulty, Field::Mentee, Field::Org];
        let telling = fields.len() - common.into_iter().filter(|f| fields.contains(*f)).count();
        if telling >= 2 || telling == 1 && fields.len() >= 3 { fields.len() } else { telling }
    }

    /// Whether at least two things are really said here of a project, rather than only named, or told of how to apply.
    pub(super) fn is_told(&self) -> bool {
        let said = self.parts.iter().filter(|p| p.primary && !p.nested && !p.lines.is_empty());
        let told: FieldSet = said.map(|p| p.field).filter(|f| f.is_about_the_work()).collect();
        told.len() >= 2
    }

    /// The values of `field`: its sure labels, or else the nested or unsure ones.
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

/// The fields in `entries`; headings among them are labels or lines of text.
pub(super) fn read(entries: &[Entry], page: &Page) -> Body {
    let mut body = Body::default();
    for entry in entries {
        match entry.kind {
            Kind::Code => body.code(entry),
            Kind::Table(index) => body.table(entry, &page.tables[index]),
            Kind::Heading(_) | Kind::Line => {
                if entry.text.is_bare() || entry.text.is_local_link() {
                    continue;
                }
                let mut from = 0;
                for at in inline_labels(&entry.text) {
                    body.line(entry, entry.text.part(from..at), from == 0);
                    from = at;
                }
                body.line(entry, entry.text.tail(from), from == 0);
            }
        }
    }
    body
}

impl Body {
    fn line(&mut self, entry: &Entry, text: Text, first: bool) {
        match labels::read(&text).filter(|l| self.accepts(l, entry, &text, first)) {
            Some(label) => self.open_part(label, entry, &text),
            None if self.is_over(entry) => {
                self.open_part(Label::unknown(text.plain.len()), entry, &text);
            }
            None => self.value(entry, text, entry.bullet && first),
        }
    }

    /// Whether `entry`, which is no label that is known, ends the list that stands before it: a heading, or a paragraph in
    /// bold where the list's own label is one and its items are none.
    fn is_over(&self, entry: &Entry) -> bool {
        let Some(part) = self.parts.last().filter(|p| !p.field.is_text()) else { return false };
        let outside = entry.depth == 0 && entry.quote == 0 && !entry.bullet;
        let bold = || {
            let label = part.label.as_ref().is_some_and(|l| l.text.is_bold());
            let plain = part.lines.first().is_some_and(|l| !l.text.is_bold());
            label
                && plain
                && entry.text.is_bold()
                && part.lines.iter().all(|l| l.block != entry.block)
        };
        outside && (matches!(entry.kind, Kind::Heading(_)) || bold())
    }

    /// Whether `label` opens a field here, rather than being words of the running text.
    fn accepts(&self, label: &Label, entry: &Entry, text: &Text, first: bool) -> bool {
        let current = self.parts.last();
        if label.group {
            return current.is_some_and(|p| p.field == Field::Skills && p.depth == entry.depth);
        }
        let alone = text.plain[label.value_at..].trim().is_empty();
        let heading = matches!(entry.kind, Kind::Heading(_));
        // A line in the middle of a paragraph that is nothing but "Results" is a word of that paragraph.
        let starts =
            entry.bullet || heading || !text.bold.is_empty() || text.plain.contains([':', '：']);
        let inside = current.is_some_and(|p| p.block == entry.block);
        if alone && !starts && (inside || !label.primary) {
            return false;
        }
        let nested = current.is_some_and(|p| entry.depth > p.depth || entry.quote > p.quote);
        if !nested || !first {
            return label.primary || !inside;
        }
        if current.is_some_and(|p| !p.field.is_text()) {
            // Inside a list of mentors or skills nothing but a label reads like one.
            let sorts =
                label.field == Field::Skills && current.is_some_and(|p| p.field == Field::Skills);
            return label.primary || sorts || alone && label.field.is_text();
        }
        let quoted =
            entry.quote > 0 && (heading || entry.bullet || !text.bold.is_empty() || !inside);
        match label.field {
            Field::Skills | Field::Mentors | Field::Upstream | Field::Lfx => label.primary,
            Field::Description | Field::Outcome => label.primary && quoted,
            _ => false,
        }
    }

    fn open_part(&mut self, label: Label, entry: &Entry, text: &Text) {
        if let Some((written, read)) = label.repaired {
            self.repaired.push((entry.line, written, read));
        }
        let value = text.tail(label.value_at);
        let current = self.parts.last();
        let inner = current.is_some_and(|p| entry.depth > p.depth || entry.quote > p.quote);
        // Behind a field inside an item of a list, the next in the same list stands inside that item too.
        let outer = self.outer.map(|i| &self.parts[i]).filter(|p| p.depth > 0);
        let inner = inner || outer.is_some_and(|p| entry.depth > p.depth);
        let same = current.is_some_and(|p| {
            // "Tools: …" within a list of skills sorts them.
            let sorts = p.field == Field::Skills && label.field == Field::Technologies;
            p.field == label.field || sorts
        });
        if inner && same && !label.group {
            // "Upstream Issue: / - Upstream Issue: address": the label said twice. What it asks, the list itself reads.
            let asks = label.field == Field::Skills && label.requirement.is_some();
            self.value(entry, if asks { text.clone() } else { value }, entry.bullet);
            return;
        }
        let quoted_text =
            inner && label.field.is_text() && current.is_some_and(|p| p.field.is_text());
        let (depth, quote) = match current {
            // A heading inside the quote of a field starts another field of the same rank.
            Some(p) if quoted_text => (p.depth, p.quote),
            _ => (entry.depth, entry.quote),
        };
        let nested = inner && !quoted_text;
        if !nested {
            self.outer = Some(self.parts.len());
        }
        self.parts.push(Part {
            field: label.field,
            primary: label.primary || label.group && current.is_some_and(|p| p.primary),
            requirement: label.requirement,
            nested,
            line: entry.line,
            label: Some(Line {
                text: text.part(0..label.value_at),
                line: entry.line,
                depth: 0,
                bullet: false,
                number: None,
                block: entry.block,
            }),
            lines: Vec::new(),
            closed: false,
            open: value.is_bare(),
            depth,
            block: entry.block,
            quote,
        });
        if !value.is_bare() {
            self.value(entry, value, false);
        } else if matches!(label.field, Field::Upstream | Field::Lfx) && !text.urls().is_empty() {
            // The label is the link: its address is the value.
            self.value(entry, text.clone(), false);
        }
    }

    fn value(&mut self, entry: &Entry, text: Text, bullet: bool) {
        if text.is_bare() {
            return;
        }
        let base = self.parts.last().map_or(0, |p| p.depth);
        let line = Line {
            text,
            line: entry.line,
            depth: entry.depth.saturating_sub(base),
            bullet,
            number: entry.number.filter(|_| bullet),
            block: entry.block,
        };
        let Some(part) = self.parts.last_mut() else {
            self.preamble.push(line);
            return;
        };
        let text = part.field.is_text() && !part.nested;
        let near = entry.depth > part.depth
            || entry.quote > part.quote
            || part.field.is_text()
            || entry.block == part.block
            || (part.open && part.lines.last().is_none_or(|l| l.depth == 0))
            || part.lines.last().is_some_and(|l| l.block == entry.block);
        if text || near && !part.closed {
            part.lines.push(line);
        } else if part.nested {
            // Behind a field that stood inside another one, the outer one goes on.
            match self.outer.filter(|i| entry.depth > self.parts[*i].depth) {
                Some(i) => {
                    let depth = entry.depth.saturating_sub(self.parts[i].depth);
                    self.parts[i].lines.push(Line { depth, ..line });
                }
                None => self.rest.push(line),
            }
        } else {
            part.closed = true;
            self.rest.push(line);
        }
    }

    /// Code belongs to running text and to nothing else.
    fn code(&mut self, entry: &Entry) {
        if self.parts.last().is_none_or(|p| p.field.is_text()) {
            self.value(entry, entry.text.clone(), false);
        }
    }

    /// A table of two columns whose first holds labels is a list of fields; below a label its rows are items.
    fn table(&mut self, entry: &Entry, rows: &[Row]) {
        let label = |row: &Row| {
            let cell = row.cells.first().filter(|c| row.cells.len() == 2 && !c.is_bare())?;
            labels::phrase(cell.plain.trim().trim_end_matches(':')).filter(|l| !l.group)
        };
        let is_list = rows.iter().filter(|r| label(r).is_some_and(|l| l.primary)).count() >= 2;
        let field = self.parts.last().map(|p| p.field).filter(|_| !is_list);
        let items = rows::items(field, rows);
        for (row, item) in rows.iter().zip(items) {
            let entry = Entry {
                line: row.line,
                bullet: true,
                kind: Kind::Line,
                block: entry.block.wrapping_add(row.line as u32),
                ..entry.clone()
            };
            match label(row).filter(|_| is_list) {
                Some(label) => {
                    let value = row.cells[1].clone();
                    self.open_part(Label { value_at: 0, ..label }, &entry, &value);
                }
                None => item.into_iter().for_each(|text| self.value(&entry, text, true)),
            }
        }
    }
}
