//! A page as sections: each heading that gives the page its structure, with the body below it.
//!
//! Decides which headings are structure and which are labels or text; what a section is, `structure` decides.

use super::entries::{Entry, Kind, Page};
use super::fields::{self, Body};
use super::headings;
use super::labels::{self, Field};
use super::rich::Text;
use crate::catalog::terms;
use crate::catalog::text::clean;

/// A heading and what stands below it, up to the next heading of the structure.
#[derive(Debug)]
pub(super) struct Section {
    /// The level of the heading, 1 to 6; 0 where the section stands before all headings.
    pub(super) level: u8,
    pub(super) title: Text,
    pub(super) line: usize,
    pub(super) body: Body,
    /// The tables in it, by their index in the page.
    pub(super) tables: Vec<usize>,
    /// The line on which its body begins.
    pub(super) body_line: usize,
}

impl Section {
    /// The heading as text.
    pub(super) fn heading(&self) -> String {
        clean(self.title.plain.trim_start_matches('#'))
    }

    /// Whether nothing stands below the heading.
    pub(super) fn is_empty(&self) -> bool {
        self.body.parts.is_empty() && self.body.preamble.is_empty() && self.tables.is_empty()
    }
}

/// The sections of `page`.
pub(super) fn read(page: &Page) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut start = 0;
    let mut head: Option<(u8, &Entry)> = None;
    let mut level = 0;
    for (at, entry) in page.entries.iter().enumerate() {
        let framed = head.is_none_or(|(_, e)| headings::is_frame(&e.text.plain));
        let goes_on = || !framed && is_within(entry) && is_unfinished(&page.entries[start..at]);
        if let Some(found) = structural(entry, level, framed).filter(|_| !goes_on()) {
            push(&mut sections, head, &page.entries[start..at], page);
            head = Some((found, entry));
            level = found;
            start = at + 1;
        }
    }
    push(&mut sections, head, &page.entries[start..], page);
    sections
}

fn push(sections: &mut Vec<Section>, head: Option<(u8, &Entry)>, entries: &[Entry], page: &Page) {
    if head.is_none() && entries.is_empty() {
        return;
    }
    let (level, title, line) =
        head.map_or((0, Text::default(), 1), |(l, e)| (l, e.text.clone(), e.line));
    let tables = entries.iter().filter_map(|e| match e.kind {
        Kind::Table(index) => Some(index),
        _ => None,
    });
    sections.push(Section {
        level,
        title,
        line,
        tables: tables.collect(),
        body: fields::read(entries, page),
        body_line: entries.first().map_or(line, |e| e.line),
    });
}

/// The level of `entry` if it is a heading of the structure; `above` is the level of the last one, and `framed` tells
/// whether that one only holds the page together.
fn structural(entry: &Entry, above: u8, framed: bool) -> Option<u8> {
    if entry.quote > 0 || entry.text.is_bare() {
        return None;
    }
    let level = match entry.kind {
        Kind::Heading(level) => level,
        Kind::Line if entry.depth == 0 && !entry.bullet => glued_level(&entry.text.plain)?,
        _ => return None,
    };
    // A page's own title names no field, nor does what names a term: "LFX Mentorship - Term 03 2023".
    if level == 1 || terms::find(&entry.text.plain).is_some() {
        return Some(level);
    }
    let label = labels::read(&entry.text).filter(|l| !l.group && !l.mixed);
    let is_label = label.is_some_and(|label| {
        let alone = entry.text.plain[label.value_at..].trim().is_empty()
            && entry.text.plain.split_whitespace().count() <= 4;
        let core = !matches!(label.field, Field::Title | Field::Org | Field::Term | Field::Other);
        // A field may even stand at the level of its project's own heading, if it is sure.
        let peer = !framed && level == above && alone && label.primary && label.repaired.is_none();
        core && (level > above && (alone || label.primary) || peer)
    });
    (!is_label).then_some(level)
}

/// Whether a heading may stand within a project at whatever level: in an item of a list, or as the label of a field and nothing
/// else ("Goals").
fn is_within(entry: &Entry) -> bool {
    if entry.depth > 0 {
        return true;
    }
    let label = labels::read(&entry.text).filter(|l| !l.group && !l.mixed && l.repaired.is_none());
    let is_alone = |label: &labels::Label| entry.text.plain[label.value_at..].trim().is_empty();
    label.filter(is_alone).is_some_and(|label| {
        !matches!(label.field, Field::Title | Field::Org | Field::Term | Field::Other)
    })
}

/// Whether a project that has been described by these entries still lacks all that follows a description, so that such a
/// heading goes on with it, and no other project begins.
fn is_unfinished(entries: &[Entry]) -> bool {
    let fields = || entries.iter().filter_map(|e| labels::read(&e.text)).filter(|l| l.primary);
    let ends =
        |field| matches!(field, Field::Skills | Field::Mentors | Field::Upstream | Field::Lfx);
    fields().any(|label| label.field == Field::Description) && !fields().any(|l| ends(l.field))
}

/// The level of a heading whose marks lack the space behind them ("####Title") or are one too many for Markdown.
fn glued_level(line: &str) -> Option<u8> {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line[marks..].chars().next()?;
    let glued = (2..=7).contains(&marks) && rest.is_alphanumeric();
    (glued || marks == 7 && rest == ' ').then_some(marks as u8)
}
