//! A page as sections: each heading that gives the page its structure, with the body below it.
//!
//! Decides which headings are structure and which are labels or text; what a section is, `structure` decides.

use std::ops::Range;

use super::entries::{Entry, Kind, Page};
use super::fields::{self, Body};
use super::fragments;
use super::headings;
use super::labels::{self, Field};
use super::rich::Text;
use super::tables;
use super::within::Said;
use crate::catalog::organisations;
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
    /// Whether one of them is a table of projects.
    pub(super) lists_projects: bool,
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
    let mut spans = spans(page);
    fragments::join(&mut spans, page);
    spans.into_iter().map(|span| span.section(page)).collect()
}

/// A heading of the structure and the entries below it.
pub(super) struct Span<'a> {
    pub(super) level: u8,
    pub(super) head: Option<&'a Entry>,
    /// The entries below the heading, by their index in the page.
    pub(super) below: Range<usize>,
    pub(super) body: Body,
}

impl Span<'_> {
    fn section(self, page: &Page) -> Section {
        let entries = &page.entries[self.below];
        let line = self.head.map_or(1, |e| e.line);
        let tables = entries.iter().filter_map(|e| match e.kind {
            Kind::Table(index) => Some(index),
            _ => None,
        });
        let tables: Vec<usize> = tables.collect();
        Section {
            level: self.level,
            title: self.head.map_or_else(Text::default, |e| e.text.clone()),
            line,
            lists_projects: tables.iter().any(|t| tables::holds_projects(&page.tables[*t])),
            tables,
            body: self.body,
            body_line: entries.first().map_or(line, |e| e.line),
        }
    }
}

fn spans(page: &Page) -> Vec<Span<'_>> {
    let entries = &page.entries;
    let mut spans = Vec::new();
    let (mut head, mut start): (Option<&Entry>, usize) = (None, 0);
    let (mut level, mut said) = (0, Said::default());
    let span = |level, head, below: Range<usize>| Span {
        level,
        head,
        body: fields::read(&entries[below.clone()], page),
        below,
    };
    for (at, entry) in entries.iter().enumerate() {
        let Some(own) = level_of(entry) else { continue };
        let framed = head.is_none_or(|e| headings::is_frame(&e.text.plain));
        let org = || head.is_some_and(|e| organisations::known().named(&e.text.plain).is_some());
        let title = said.is_title(entries, at, own > level && org());
        if title
            || !is_label(entry, own, level, framed) && (framed || !said.goes_on(entries, at, own))
        {
            if head.is_some() || at > start {
                spans.push(span(level, head, start..at));
            }
            (head, level, start) = (Some(entry), own, at + 1);
            said = Said::since(start);
        }
    }
    if head.is_some() || entries.len() > start {
        spans.push(span(level, head, start..entries.len()));
    }
    spans
}

/// The level of `entry`, if it is a heading.
fn level_of(entry: &Entry) -> Option<u8> {
    if entry.quote > 0 || entry.text.is_bare() {
        return None;
    }
    match entry.kind {
        Kind::Heading(level) => Some(level),
        Kind::Line if entry.depth == 0 && !entry.bullet => glued_level(&entry.text.plain),
        _ => None,
    }
}

/// Whether the heading `entry` of the level `level` is the label of a field; `above` is the level of the last heading of
/// the structure, and `framed` tells whether that one only holds the page together.
fn is_label(entry: &Entry, level: u8, above: u8, framed: bool) -> bool {
    // A page's own title names no field, nor does what names a term: "LFX Mentorship - Term 03 2023".
    if level == 1 || terms::find(&entry.text.plain).is_some() {
        return false;
    }
    let label = labels::read(&entry.text).filter(|l| !l.group && !l.mixed);
    label.is_some_and(|label| {
        let alone = entry.text.plain[label.value_at..].trim().is_empty()
            && entry.text.plain.split_whitespace().count() <= 4;
        let core = !matches!(label.field, Field::Title | Field::Org | Field::Term | Field::Other);
        // A field may even stand at the level of its project's own heading, if it is sure.
        let peer = !framed && level == above && alone && label.primary && label.repaired.is_none();
        core && (level > above && (alone || label.primary) || peer)
    })
}

/// The level of a heading whose marks lack the space behind them ("####Title") or are one too many for Markdown.
fn glued_level(line: &str) -> Option<u8> {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line[marks..].chars().next()?;
    let glued = (2..=7).contains(&marks) && rest.is_alphanumeric();
    (glued || marks == 7 && rest == ' ').then_some(marks as u8)
}
