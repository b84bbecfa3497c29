//! Which headings give a page its structure, and which are labels or text; and the entries below each.

use std::ops::Range;

use super::continuation::SeenFields;
use super::entries::{Entry, Kind, Page};
use super::field::Field;
use super::field_reader;
use super::fields::Body;
use super::headings;
use super::labels;
use crate::catalog::organisations;
use crate::catalog::terms;

/// A heading of the structure and the entries below it.
pub(super) struct Span<'a> {
    pub(super) level: u8,
    pub(super) head: Option<&'a Entry>,
    /// The entries below the heading, by their index in the page.
    pub(super) below: Range<usize>,
    pub(super) body: Body,
}

/// The spans of `page`, in its order.
pub(super) fn read(page: &Page) -> Vec<Span<'_>> {
    let entries = &page.entries;
    let mut spans = Vec::new();
    let (mut head, mut start): (Option<&Entry>, usize) = (None, 0);
    let (mut level, mut seen) = (0, SeenFields::default());
    let span = |level, head, below: Range<usize>| Span {
        level,
        head,
        body: field_reader::read(&entries[below.clone()], page),
        below,
    };
    for (at, entry) in entries.iter().enumerate() {
        let Some(own) = level_of(entry) else { continue };
        let framed = head.is_none_or(|e| headings::is_frame(&e.text.plain));
        let org = || head.is_some_and(|e| organisations::known().named(&e.text.plain).is_some());
        let title = seen.is_title(entries, at, own > level && org());
        if title
            || !is_label(entry, own, level, framed) && (framed || !seen.continues(entries, at, own))
        {
            if head.is_some() || at > start {
                spans.push(span(level, head, start..at));
            }
            (head, level, start) = (Some(entry), own, at + 1);
            seen = SeenFields::since(start);
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
/// the structure, and `framed` says whether that one only structures the page.
fn is_label(entry: &Entry, level: u8, above: u8, framed: bool) -> bool {
    // Neither a page's own title names a field nor a heading that names a term: "LFX Mentorship - Term 03 2023".
    if level == 1 || terms::find(&entry.text.plain).is_some() {
        return false;
    }
    let label = labels::read(&entry.text).filter(|l| !l.group && !l.mixed);
    label.is_some_and(|label| {
        let alone = entry.text.plain[label.value_at..].trim().is_empty()
            && entry.text.plain.split_whitespace().count() <= 4;
        let core = !matches!(label.field, Field::Title | Field::Org | Field::Term | Field::Other);
        // A field may even be at the level of its project's own heading, if the label is certain.
        let peer = !framed && level == above && alone && label.primary && label.repaired.is_none();
        core && (level > above && (alone || label.primary) || peer)
    })
}

/// The level of a heading whose marks lack the space after them ("####Title") or are one too many for Markdown.
fn glued_level(line: &str) -> Option<u8> {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line[marks..].chars().next()?;
    let glued = (2..=7).contains(&marks) && rest.is_alphanumeric();
    (glued || marks == 7 && rest == ' ').then_some(marks as u8)
}
