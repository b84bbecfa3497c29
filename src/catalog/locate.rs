//! Where on a page a flaw is: the columns of what it is about, and the line where that is not the project's first.
//!
//! A message quotes what it is about, so the quoted words are looked for. Pure; changes nothing but places.

use std::ops::Range;

use super::page::Page;
use super::text::prefix;
use crate::model::{Code, Diagnostic, Project};

/// The longest stretch of a line that is searched, in bytes: hostile pages have lines of megabytes.
const LONGEST: usize = 1 << 14;
/// How many lines of a project are searched.
const MOST_LINES: usize = 400;
/// Quotations longer than this, in bytes, are not looked for.
const LONGEST_QUOTE: usize = 512;

/// The lines on which a page's projects begin.
pub(crate) struct Starts(Vec<usize>);

impl Starts {
    pub(crate) fn of(projects: &[Project]) -> Self {
        let mut starts: Vec<usize> = projects.iter().map(|p| p.source.line).collect();
        starts.sort_unstable();
        Self(starts)
    }

    /// The number of the project that `line` belongs to; 0 above the first one.
    pub(crate) fn around(&self, line: usize) -> usize {
        self.0.partition_point(|start| *start <= line)
    }

    /// The lines of the project that begins on `line`, the first one left out.
    fn below(&self, line: usize) -> Range<usize> {
        let next = self.0.get(self.around(line));
        let end = next.copied().unwrap_or(usize::MAX);
        line + 1..end.min(line.saturating_add(MOST_LINES))
    }
}

/// Gives `flaw` its columns, and its own line where it is reported for a project but is on another line of it.
pub(crate) fn locate(flaw: &mut Diagnostic, page: &Page, starts: &Starts) {
    if flaw.column.is_some() {
        return;
    }
    let quotes: Vec<String> =
        flaw.message.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let found = |number: usize, quotes: &[String]| {
        let line = prefix(page.line(number)?, LONGEST);
        let range = quotes.iter().find_map(|quote| find(line, quote))?;
        Some((number, columns(line, range)))
    };
    let subject = quotes.get(..1).unwrap_or_default();
    let place = match flaw.code {
        // What these quote first is somewhere in the project.
        Code::MentorWithoutHandle | Code::DeadUpstream | Code::SharedLfxUrl => {
            starts.below(flaw.line).find_map(|number| found(number, subject))
        }
        Code::UnknownOrganisation => {
            let nearest = (flaw.line.saturating_sub(MOST_LINES)..=flaw.line).rev();
            nearest.into_iter().find_map(|number| found(number, subject))
        }
        _ => None,
    };
    let place = place.or_else(|| found(flaw.line, &quotes)).or_else(|| {
        let line = prefix(page.line(flaw.line)?, LONGEST);
        Some((flaw.line, columns(line, content(line)?)))
    });
    if let Some((line, columns)) = place {
        flaw.line = line;
        (flaw.column, flaw.end_column) = (Some(columns.start), Some(columns.end));
    }
}

/// Bytes of `line` as columns, counted from 1 in characters.
pub(crate) fn columns(line: &str, bytes: Range<usize>) -> Range<usize> {
    let start = line[..bytes.start].chars().count() + 1;
    start..start + line[bytes].chars().count()
}

/// Where `quote` is in `line`, not as part of other words.
fn find(line: &str, quote: &str) -> Option<Range<usize>> {
    if quote.is_empty() || quote.len() > LONGEST_QUOTE {
        return None;
    }
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(quote).map(|(at, _)| at..at + quote.len()).find(|range| {
        let cuts_start =
            is_word(quote.chars().next()) && is_word(line[..range.start].chars().next_back());
        let cuts_end =
            is_word(quote.chars().next_back()) && is_word(line[range.end..].chars().next());
        !cuts_start && !cuts_end
    })
}

/// What `line` says, without the marks before it.
fn content(line: &str) -> Option<Range<usize>> {
    let is_mark = |c: char| c.is_whitespace() || "#>-*+|".contains(c);
    let start = line.find(|c| !is_mark(c)).or_else(|| line.find(|c: char| !c.is_whitespace()))?;
    Some(start..line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;

    const PAGE: &str = "# Ideas\n\n## Lamp\n\n### Über the lamp\n\n- Mentors: Alice, Al\n\n### Other\n\n- Mentors: Bo\n";

    fn located(line: usize, code: Code, message: &str) -> (usize, Option<usize>, Option<usize>) {
        let page = Page::new("p.md".into(), PAGE.into());
        let mut flaw = Diagnostic {
            path: "p.md".into(),
            line,
            severity: Severity::Note,
            code,
            message: message.into(),
            column: None,
            end_column: None,
            help: None,
        };
        locate(&mut flaw, &page, &Starts(vec![5, 9]));
        (flaw.line, flaw.column, flaw.end_column)
    }

    #[test]
    fn a_flaw_stands_where_the_words_it_quotes_stand() {
        let place = located(5, Code::MissingSkills, "\"Über the lamp\" has no skills");
        assert_eq!(place, (5, Some(5), Some(18)));
    }

    #[test]
    fn a_mentor_is_found_on_the_line_that_names_them_as_a_word_of_its_own() {
        let place = located(5, Code::MentorWithoutHandle, "the mentor \"Al\" of \"Über the lamp\"");
        assert_eq!(place, (7, Some(19), Some(21)));
    }

    #[test]
    fn the_search_ends_where_the_next_project_begins() {
        let place = located(5, Code::MentorWithoutHandle, "the mentor \"Bo\" of \"Über the lamp\"");
        assert_eq!(place, (5, Some(5), Some(18)));
    }

    #[test]
    fn an_organisation_is_found_above_its_projects() {
        let place = located(9, Code::UnknownOrganisation, "\"Lamp\" is no project");
        assert_eq!(place, (3, Some(4), Some(8)));
    }

    #[test]
    fn where_nothing_is_quoted_all_that_the_line_says_is_meant() {
        assert_eq!(located(7, Code::OpenFence, "a fence"), (7, Some(3), Some(21)));
        assert_eq!(located(2, Code::OpenFence, "a fence"), (2, None, None));
    }
}
