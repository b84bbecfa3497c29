//! Labels in the middle of a line: "**Skills:** Go **Mentors:** Jo", "Go, Rust. Mentor(s): Jo".
//!
//! Finds where they start; `field_reader` reads what is between them.

use super::field::Field;
use super::labels;
use crate::catalog::rich_text::Text;

/// The most labels in one line that are taken for labels.
const MOST_GLUED: usize = 24;

/// Where in a line further labels start: bold ones, and certain ones after the end of a sentence.
pub(super) fn inline_labels(text: &Text) -> Vec<usize> {
    let plain = text.plain.as_str();
    let mut found: Vec<usize> = Vec::new();
    for run in text.bold.iter().filter(|r| r.start > 0) {
        let inner = &plain[run.clone()];
        let colon =
            inner.trim_end().ends_with(':') || plain[run.end..].trim_start().starts_with(':');
        if colon
            && labels::phrase(inner.trim_end().trim_end_matches(':'))
                .is_some_and(|l| l.primary && !l.group)
        {
            found.push(run.start);
        }
    }
    for (colon, _) in plain.match_indices(':').filter(|(at, _)| *at > 0) {
        let floor = plain.ceil_char_boundary(colon.saturating_sub(48));
        let Some(stop) = plain[floor..colon].rfind(['.', ';', '!', '?', '|']) else { continue };
        let start = floor + stop + 1;
        let candidate = &plain[start..colon];
        let words = candidate.split_whitespace().count();
        let capital = candidate.trim_start().starts_with(|c: char| c.is_uppercase());
        if !capital || !candidate.starts_with(' ') || words == 0 {
            continue;
        }
        let sure = labels::phrase(candidate).is_some_and(|l| {
            let telling = words > 1
                || matches!(
                    l.field,
                    Field::Mentors | Field::Skills | Field::Difficulty | Field::Mentee
                );
            l.primary
                && !l.group
                && l.repaired.is_none()
                && telling
                && l.field != Field::Description
        });
        if sure {
            found.push(start);
        }
    }
    found.sort_unstable();
    found.dedup();
    // A line with more labels than that is noise, not a list of fields, and cutting it up would be slow.
    if found.len() > MOST_GLUED { Vec::new() } else { found }
}
