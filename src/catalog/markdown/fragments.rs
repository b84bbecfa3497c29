//! Sections that are not projects but continue the one above: "Stretch goals" between its description and
//! its skills.
//!
//! Judged by what fields each section has; a section is joined with the one above as if its heading were a line of it.

use super::entries::Page;
use super::field::{Field, FieldSet};
use super::field_reader;
use super::fields::Body;
use super::headings;
use super::spans::Span;
use crate::catalog::organisations;

/// Joins each of `spans` that continues the project above it with that project.
pub(super) fn join(spans: &mut Vec<Span<'_>>, page: &Page) {
    let mut own = [false; 8];
    for span in spans.iter().filter(|s| is_whole(&s.body)) {
        own[usize::from(span.level)] = true;
    }
    let mut out: Vec<Span<'_>> = Vec::with_capacity(spans.len());
    // The fields of the last span, and whether others were joined with it.
    let (mut fields, mut grown) = (FieldSet::default(), false);
    for span in spans.drain(..) {
        let here = fields_of(&span.body);
        let goes_on = out.last().is_some_and(|last| {
            let deeper = span.level > last.level && !own[usize::from(span.level)];
            let repeats =
                here.contains(Field::Description) || !here.intersection(fields).is_empty();
            deeper && is_open(last, fields) && !is_other(&span) && !repeats
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.below.end = span.below.end;
                (fields, grown) = (fields.union(here), true);
            }
            None => {
                refresh(&mut out, grown, page);
                (fields, grown) = (here, false);
                out.push(span);
            }
        }
    }
    refresh(&mut out, grown, page);
    *spans = out;
}

/// Reads the fields of the last of `spans` again, where it has grown.
fn refresh(spans: &mut [Span<'_>], grown: bool, page: &Page) {
    if let Some(last) = spans.last_mut().filter(|_| grown) {
        last.body = field_reader::read(&page.entries[last.below.clone()], page);
    }
}

/// The fields that certain labels of their own name in `body`.
fn fields_of(body: &Body) -> FieldSet {
    let sure = body.parts.iter().filter(|p| p.primary && !p.nested && p.field != Field::Other);
    sure.map(|part| part.field).collect()
}

/// Whether `body` has a description and more.
fn is_whole(body: &Body) -> bool {
    body.strength() >= 2 && fields_of(body).contains(Field::Description)
}

/// Whether `span`, which has `fields`, is a project that may continue: it has a description, or more than one field.
fn is_open(span: &Span<'_>, fields: FieldSet) -> bool {
    let begun = fields.contains(Field::Description) || fields.len() >= 2;
    begun
        && span.level > 0
        && span.head.is_some_and(|head| {
            let heading = &head.text.plain;
            !headings::is_frame(heading) && organisations::known().named(heading).is_none()
        })
}

/// Whether the heading of `span` is that of an organisation or a template.
fn is_other(span: &Span<'_>) -> bool {
    span.head.is_none_or(|head| {
        let heading = &head.text.plain;
        headings::is_template(heading) || organisations::known().named(heading).is_some()
    })
}
