//! Entries -> the body of a project: which lines belong to which label.
//!
//! Decides by labels, by nesting and by paragraph; understands no value.

use super::entries::{Entry, Kind, Page, Row};
use super::field::Field;
use super::fields::{Body, Line, Part};
use super::inline_labels::inline_labels;
use super::labels::{self, Label};
use super::rows;
use crate::catalog::rich_text::Text;

/// The fields in `entries`; headings among them are labels or lines of text.
pub(super) fn read(entries: &[Entry], page: &Page) -> Body {
    let mut reader = Reader::default();
    for entry in entries {
        match entry.kind {
            Kind::Code => reader.code(entry),
            Kind::Table(index) => reader.table(entry, &page.tables[index]),
            Kind::Heading(_) | Kind::Line => {
                if entry.text.is_bare() || entry.text.is_local_link() {
                    continue;
                }
                let mut from = 0;
                for at in inline_labels(&entry.text) {
                    reader.line(entry, entry.text.part(from..at), from == 0);
                    from = at;
                }
                reader.line(entry, entry.text.tail(from), from == 0);
            }
        }
    }
    reader.body
}

/// Reads entry by entry.
#[derive(Default)]
struct Reader {
    body: Body,
    /// Which part of the body is the last that is inside no other.
    outer: Option<usize>,
}

impl Reader {
    fn line(&mut self, entry: &Entry, text: Text, first: bool) {
        match labels::read(&text).filter(|l| self.accepts(l, entry, &text, first)) {
            Some(label) => self.open_part(label, entry, &text),
            None if self.is_over(entry) => {
                self.open_part(Label::unknown(text.plain.len()), entry, &text);
            }
            None => self.value(entry, text, entry.bullet && first),
        }
    }

    /// Whether `entry`, which is not a known label, ends the list before it: a heading, or a paragraph in
    /// bold where the label of the list is bold and its items are not.
    fn is_over(&self, entry: &Entry) -> bool {
        let Some(part) = self.body.parts.last().filter(|p| !p.field.is_text()) else {
            return false;
        };
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
        let current = self.body.parts.last();
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
            // In a list of mentors or skills, what looks like a label is one.
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
            self.body.repaired.push((entry.line, written, read));
        }
        let value = text.tail(label.value_at);
        let current = self.body.parts.last();
        let inner = current.is_some_and(|p| entry.depth > p.depth || entry.quote > p.quote);
        // After a field inside a list item, the next field of the same list is inside that item too.
        let outer = self.outer.map(|i| &self.body.parts[i]).filter(|p| p.depth > 0);
        let inner = inner || outer.is_some_and(|p| entry.depth > p.depth);
        let same = current.is_some_and(|p| {
            // "Tools: …" within a list of skills groups them.
            let sorts = p.field == Field::Skills && label.field == Field::Technologies;
            p.field == label.field || sorts
        });
        if inner && same && !label.group {
            // "Upstream Issue: / - Upstream Issue: address": the label is repeated. The list parser reads what it requires.
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
            self.outer = Some(self.body.parts.len());
        }
        self.body.parts.push(Part {
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
        let base = self.body.parts.last().map_or(0, |p| p.depth);
        let line = Line {
            text,
            line: entry.line,
            depth: entry.depth.saturating_sub(base),
            bullet,
            number: entry.number.filter(|_| bullet),
            block: entry.block,
        };
        let Some(part) = self.body.parts.last_mut() else {
            self.body.preamble.push(line);
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
            // After a field that was inside another one, the outer one continues.
            match self.outer.filter(|i| entry.depth > self.body.parts[*i].depth) {
                Some(i) => {
                    let depth = entry.depth.saturating_sub(self.body.parts[i].depth);
                    self.body.parts[i].lines.push(Line { depth, ..line });
                }
                None => self.body.rest.push(line),
            }
        } else {
            part.closed = true;
            self.body.rest.push(line);
        }
    }

    /// Code belongs to running text and to nothing else.
    fn code(&mut self, entry: &Entry) {
        if self.body.parts.last().is_none_or(|p| p.field.is_text()) {
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
        let field = self.body.parts.last().map(|p| p.field).filter(|_| !is_list);
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
