//! A page as sections: each heading that gives the page its structure, with the body below it.
//!
//! `classes` decides what a section is.

use super::entries::{Kind, Page};
use super::fields::Body;
use super::fragments;
use super::spans::{self, Span};
use super::tables;
use crate::catalog::rich_text::Text;
use crate::catalog::text::clean;

/// A heading and what is below it, up to the next heading of the structure.
#[derive(Debug)]
pub(super) struct Section {
    /// The level of the heading, 1 to 6; 0 where the section is before all headings.
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

    /// Whether nothing is below the heading.
    pub(super) fn is_empty(&self) -> bool {
        self.body.parts.is_empty() && self.body.preamble.is_empty() && self.tables.is_empty()
    }
}

/// The sections of `page`.
pub(super) fn read(page: &Page) -> Vec<Section> {
    let mut spans = spans::read(page);
    fragments::join(&mut spans, page);
    spans.into_iter().map(|span| section(span, page)).collect()
}

fn section(span: Span<'_>, page: &Page) -> Section {
    let entries = &page.entries[span.below];
    let line = span.head.map_or(1, |e| e.line);
    let tables = entries.iter().filter_map(|e| match e.kind {
        Kind::Table(index) => Some(index),
        _ => None,
    });
    let tables: Vec<usize> = tables.collect();
    Section {
        level: span.level,
        title: span.head.map_or_else(Text::default, |e| e.text.clone()),
        line,
        lists_projects: tables.iter().any(|t| tables::holds_projects(&page.tables[*t])),
        tables,
        body: span.body,
        body_line: entries.first().map_or(line, |e| e.line),
    }
}
